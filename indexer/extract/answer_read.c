/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages to a document, without trust in them. Text and blocks are held against each other when
 * all of both is there.
 */
#include "indexer/extract/answer.h"

#include "base/mem.h"
#include "indexer/extract/limits.h"
#include "text/decode.h"

enum { FIELD_MAX_BYTES = 1000, LABELS_MAX_BYTES = 4 << 20, REASON_MAX_BYTES = 400 };

/* In the order in which they come. */
static const struct {
	uint8_t type;
	bool repeats;
} order[] = {
	{0, false},
	{MESSAGE_FIELD, true},
	{MESSAGE_DATE, false},
	{MESSAGE_PAGES, false},
	{MESSAGE_LABELS, true},
	{MESSAGE_PICTURES, true},
	{MESSAGE_TEXT, true},
	{MESSAGE_BLOCKS, true},
	{MESSAGE_END, false},
};

static lupe_status nonsense(const char *what, struct lupe_error *err)
{
	return lupe_fail(err, LUPE_ERROR_CORRUPT, "lupe-extract gave a senseless answer: %s", what);
}

void answer_start(struct answer *answer, struct document *document)
{
	*answer = (struct answer){.document = document};
	document_clear(document);
}

/* Whether a message of this type may come now; then it has. */
static bool advance(struct answer *answer, uint8_t type)
{
	for (uint8_t i = answer->stage; i < sizeof(order) / sizeof(order[0]); i++) {
		if (order[i].type != type || (i == answer->stage && !order[i].repeats))
			continue;
		answer->stage = i;
		return true;
	}
	return false;
}

/* Printable, on one line. */
static bool is_line(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == 0x7f)
			return false;
	return utf8_valid(text);
}

/* ---- fields ---- */

static bool take_field(struct answer *answer, struct span payload)
{
	struct document *document = answer->document;
	struct buf *const fields[ANSWER_FIELDS] = {
		[ANSWER_TITLE] = &document->title,
		[ANSWER_AUTHOR] = &document->author,
		[ANSWER_BODY] = &document->body,
		[ANSWER_LANGUAGE] = &document->language,
		[ANSWER_NOTICE] = &document->notice,
	};

	if (payload.len < 2 || (unsigned char)payload.ptr[0] >= ANSWER_FIELDS)
		return false;
	unsigned field = (unsigned char)payload.ptr[0];
	struct span value = span_skip(payload, 1);
	if (answer->fields & 1u << field || value.len > FIELD_MAX_BYTES || !is_line(value))
		return false;
	answer->fields |= 1u << field;
	buf_add_span(fields[field], value);
	return true;
}

/* "2024", "2024-09" or "2024-09-23". */
static bool is_date(struct span text)
{
	static const char form[] = "dddd-dd-dd";

	if (text.len != 4 && text.len != 7 && text.len != 10)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';

		if (form[i] == 'd' ? !digit : text.ptr[i] != '-')
			return false;
	}
	return true;
}

static bool take_date(struct document *document, struct span payload)
{
	if (payload.len < 1 || payload.ptr[0] <= DATE_NONE || payload.ptr[0] > DATE_FILE_NAME)
		return false;
	struct span text = span_skip(payload, 1);
	if (!is_date(text))
		return false;
	memcpy(document->date.text, text.ptr, text.len);
	document->date_source = (enum date_source)payload.ptr[0];
	return true;
}

static bool take_number(struct span *in, uint64_t most, uint32_t *ret)
{
	uint64_t value;

	if (!span_take_varint(in, &value) || value > most)
		return false;
	*ret = (uint32_t)value;
	return true;
}

static bool take_pages(struct document *document, struct span payload)
{
	uint32_t flags;

	if (!take_number(&payload, LIMIT_PAGES, &document->pages) ||
		!take_number(&payload, document->pages, &document->pages_without_text) ||
		!take_number(&payload, ANSWER_IMAGE_ONLY | ANSWER_NAME_REFUSED, &flags) ||
		flags & ANSWER_ENCRYPTED)
		return false;
	document->image_only = flags & ANSWER_IMAGE_ONLY;
	if (flags & ANSWER_NAME_REFUSED)
		document->origins |= ORIGIN_NAME_REFUSED;
	return payload.len == 0;
}

static bool take_part(struct buf *whole, struct span part, size_t limit)
{
	if (!part.len || part.len > limit - whole->len)
		return false;
	buf_add_span(whole, part);
	return true;
}

/* ---- blocks ---- */

/* `block` is the one before, or zero. */
static bool take_block(struct answer *answer, struct span *in, struct block *block)
{
	struct document *document = answer->document;
	bool first = document->block_count == 0;
	uint32_t distance, page;

	if (!take_number(in, document->text.len, &distance) ||
		!take_number(in, document->pages, &page) || in->len < 2)
		return false;
	uint64_t begin = (uint64_t)block->begin + distance;
	uint8_t kind = (uint8_t)in->ptr[0];
	if (first != (distance == 0) || begin >= document->text.len || kind > BLOCK_NOTE)
		return false;
	if (begin && document->text.ptr[begin - 1] != '\n')
		return false;
	*block = (struct block){(uint32_t)begin, page, kind, (uint8_t)in->ptr[1]};
	*in = span_skip(*in, 2);
	return true;
}

static bool take_blocks(struct answer *answer, struct span payload)
{
	struct document *document = answer->document;
	struct block block = {0};

	if (document->block_count)
		block = document->blocks[document->block_count - 1];
	while (payload.len) {
		if (!take_block(answer, &payload, &block))
			return false;
		ARRAY_GROW(document->blocks, document->block_count, document->block_capacity);
		document->blocks[document->block_count++] = block;
	}
	return true;
}

/* ---- the end ---- */

static bool labels_fit(const struct document *document)
{
	struct span labels = buf_span(&document->page_labels);
	size_t count = 0;

	for (size_t i = 0; i < labels.len; i++)
		count += labels.ptr[i] == '\0';
	return labels.len == 0 || (count == document->pages && labels.ptr[labels.len - 1] == '\0' &&
					  utf8_valid(labels));
}

/* A page of pictures is one without text. */
static bool pictures_fit(const struct document *document)
{
	struct span pages = buf_span(&document->picture_pages);
	size_t count = 0;

	for (size_t i = 0; i < pages.len; i++) {
		if ((unsigned char)pages.ptr[i] > 1)
			return false;
		count += (size_t)pages.ptr[i];
	}
	return pages.len == 0 ||
	       (pages.len == document->pages && count <= document->pages_without_text);
}

static lupe_status take_end(struct answer *answer, struct span payload, struct lupe_error *err)
{
	struct document *document = answer->document;
	struct span text = buf_span(&document->text);
	uint64_t bytes;

	if (!span_take_varint(&payload, &bytes) || payload.len || bytes != text.len)
		return nonsense("a part of the text is missing", err);
	if (text.len && (!utf8_valid(text) || memchr(text.ptr, '\0', text.len)))
		return nonsense("the text is not UTF-8", err);
	if ((text.len != 0) != (document->block_count != 0))
		return nonsense("text without blocks", err);
	if (!labels_fit(document))
		return nonsense("page labels", err);
	if (!pictures_fit(document))
		return nonsense("pages of pictures", err);
	return LUPE_END;
}

static lupe_status take_error(struct answer *answer, struct span payload, struct lupe_error *err)
{
	uint64_t status, flags;

	if (!span_take_varint(&payload, &status) || !span_take_varint(&payload, &flags) ||
		payload.len == 0 || payload.len > FIELD_MAX_BYTES || !is_line(payload) ||
		(status != -LUPE_ERROR_ARGUMENT && status != -LUPE_ERROR_LIMIT))
		return nonsense("an error", err);
	answer->document->encrypted = flags & ANSWER_ENCRYPTED;
	if (payload.len > REASON_MAX_BYTES) {
		payload.len = REASON_MAX_BYTES;
		while ((payload.ptr[payload.len] & 0xc0) == 0x80)
			payload.len--;
	}
	return lupe_fail(err, (lupe_status) - (int)status, "%.*s", SPAN_ARG(payload));
}

lupe_status answer_take(
	struct answer *answer, const struct message *message, struct lupe_error *err)
{
	struct document *document = answer->document;
	struct span payload = message->payload;
	bool sound = false;

	if (message->type == MESSAGE_ERROR)
		return take_error(answer, payload, err);
	if (!advance(answer, message->type))
		return nonsense("a message out of place", err);
	switch (message->type) {
	case MESSAGE_FIELD:
		sound = take_field(answer, payload);
		break;
	case MESSAGE_DATE:
		sound = take_date(document, payload);
		break;
	case MESSAGE_PAGES:
		sound = take_pages(document, payload);
		break;
	case MESSAGE_LABELS:
		sound = take_part(&document->page_labels, payload, LABELS_MAX_BYTES);
		break;
	case MESSAGE_PICTURES:
		sound = take_part(&document->picture_pages, payload, LIMIT_PAGES);
		break;
	case MESSAGE_TEXT:
		sound = take_part(&document->text, payload, LIMIT_TEXT_BYTES);
		break;
	case MESSAGE_BLOCKS:
		sound = take_blocks(answer, payload);
		break;
	default:
		return take_end(answer, payload, err);
	}
	return sound ? LUPE_OK : nonsense("a value out of its range", err);
}
