/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a text, decoded first as the indexer does: the promises of analyser.h. The first
 * byte says how far breaks lie apart (0: there are none).
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/analysis.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_BREAKS = 64 };

static size_t make_breaks(struct span text, size_t step, uint32_t ret[MAX_BREAKS])
{
	size_t count = 0;
	for (size_t at = step; step && at <= text.len && count < MAX_BREAKS; at += step)
		if (analysis_is_boundary(text, at))
			ret[count++] = (uint32_t)at;
	return count;
}

static void check_text(struct span text, size_t step)
{
	uint32_t breaks[MAX_BREAKS];
	struct analyser *analyser = analyser_new(NULL), *other = analyser_new(NULL);
	struct analyser_input input = {text, 1, breaks, make_breaks(text, step, breaks)};
	BUF_SCOPED(fresh);
	BUF_SCOPED(warm);
	analysis_print(analyser, &input, &fresh);
	const char *broken = analysis_check(analyser, other, &input);
	analysis_print(analyser, &input, &warm);
	if (!broken && !span_equal(buf_span(&fresh), buf_span(&warm)))
		broken = "the second time the terms are others";
	if (broken) {
		fprintf(stderr, "%s\n", broken);
		abort();
	}
	analyser_free(other);
	analyser_free(analyser);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	BUF_SCOPED(decoded);
	if (size == 0)
		return 0;
	text_decode((struct span){(const char *)data + 1, size - 1}, &decoded, NULL);
	/* in memory of its very size, without the NUL behind a buffer */
	char *copy = mem_alloc(decoded.len + !decoded.len);
	memcpy(copy, buf_string(&decoded), decoded.len);
	check_text((struct span){copy, decoded.len}, data[0]);
	free(copy);
	return 0;
}
