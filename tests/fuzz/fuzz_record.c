/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a stored document: read everything in it, and check what record.h promises. The
 * first two bytes are the length of the record, little-endian; what follows it is the text's
 * pieces, each the same.
 */
#include <stdint.h>
#include <stdlib.h>

#include "store/record.h"
#include "store/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	struct span record, pieces;
};

static lupe_status give(void *context, uint32_t slot, struct span *ret, struct lupe_error *err)
{
	struct input *input = context;
	(void)err;
	*ret = slot == SLOT_RECORD ? input->record : input->pieces;
	return LUPE_OK;
}

static void check_frame(struct record *record, size_t i, uint32_t begin)
{
	const struct frame *frame = record_frame(record, i);
	struct span text;
	size_t count;
	const uint32_t *breaks = record_frame_breaks(record, i, &count);
	if (frame->begin != begin || frame->end < begin || frame->first_line < 1)
		abort();
	for (size_t k = 0; k < count; k++)
		if (breaks[k] >= frame->end - frame->begin)
			abort();
	if (record_frame_text(record, i, &text, NULL) == LUPE_OK &&
		text.len != frame->end - frame->begin)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record *record;
	struct input input;
	if (!record)
		record = record_new();
	if (size < 2)
		return 0;
	size_t len = data[0] | (size_t)data[1] << 8;
	len = len < size - 2 ? len : size - 2;
	input.record = (struct span){(const char *)data + 2, len};
	input.pieces = span_skip(input.record, len);
	input.pieces.len = size - 2 - len;
	if (record_open(record, give, &input, NULL) != LUPE_OK)
		return 0;
	uint32_t end = 0;
	for (size_t i = 0; i < record_frame_count(record); i++) {
		check_frame(record, i, end);
		end = record_frame(record, i)->end;
	}
	if (end != record_text_bytes(record))
		abort();
	if (record_frame_of_position(record, (uint32_t)size) >= record_frame_count(record))
		abort();
	return 0;
}
