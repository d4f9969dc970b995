/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as what lupe-extract says: the document must keep the promises of document.h. */
#include <stdint.h>
#include <stdlib.h>

#include "indexer/extract/answer.h"
#include "indexer/extract/limits.h"
#include "text/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_blocks(const struct document *document)
{
	size_t before = 0;

	check((document->block_count != 0) == (document->text.len != 0));
	for (size_t i = 0; i < document->block_count; i++) {
		const struct block *block = &document->blocks[i];

		check(i ? block->begin > before : block->begin == 0);
		check(block->begin < document->text.len && block->kind <= BLOCK_NOTE);
		check(block->begin == 0 || document->text.ptr[block->begin - 1] == '\n');
		check(block->page <= document->pages);
		before = block->begin;
	}
}

static void check_document(const struct document *document)
{
	size_t labels = 0;

	check(utf8_valid(buf_span(&document->text)));
	check(utf8_valid(buf_span(&document->title)) && utf8_valid(buf_span(&document->notice)));
	check(!document->text.len || !memchr(document->text.ptr, '\0', document->text.len));
	check(document->pages <= LIMIT_PAGES);
	check(document->pages_without_text <= document->pages);
	check(document->picture_pages.len == 0 || document->picture_pages.len == document->pages);
	for (size_t i = 0; i < document->picture_pages.len; i++)
		check((unsigned char)document->picture_pages.ptr[i] <= 1);
	for (size_t i = 0; i < document->page_labels.len; i++)
		labels += document->page_labels.ptr[i] == '\0';
	check(labels == (document->page_labels.len ? document->pages : 0));
	check((document->date_source == DATE_NONE) == (*document->date.text == '\0'));
	check_blocks(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct document document;
	struct inbox inbox = {{NULL, 0, 0}, 0};
	struct answer answer;
	struct message message;
	struct lupe_error err;
	lupe_status st = LUPE_END; /* as inbox_next's: more is needed */
	bool complete = false;

	answer_start(&answer, &document);
	/* In parts, as they come from a socket. */
	for (size_t i = 0, step = 1; i < size && st >= 0 && !complete; i += step, step *= 2) {
		inbox_add(&inbox, data + i, size - i < step ? size - i : step);
		while (!complete && (st = inbox_next(&inbox, &message, &err)) == LUPE_OK) {
			st = answer_take(&answer, &message, &err);
			complete = st == LUPE_END;
			if (st < 0)
				break;
		}
	}
	if (complete)
		check_document(&document);
	check(st >= 0 || (err.message[0] && utf8_valid(span_of(err.message))));
	inbox_done(&inbox);
	return 0;
}
