/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints a document, for those who mend a parser, and for its tests. */
#include "indexer/extract/show.h"

#include <inttypes.h>

static void show_field(const char *name, const char *value, FILE *out)
{
	if (*value)
		fprintf(out, "%s: %s\n", name, value);
}

static void show_block(const struct document *document, const struct block *block, FILE *out)
{
	static const char *const kinds[] = {"text", "title", "heading", "row", "note"};
	const struct record_fields fields = {
		.pages = document->pages,
		.page_labels = buf_span(&document->page_labels),
	};
	struct span label = record_page_label(&fields, block->page);

	fprintf(out, "[%s", kinds[block->kind]);
	if (block->level)
		fprintf(out, " %u", block->level);
	if (block->page)
		fprintf(out, ", page %" PRIu32, block->page);
	if (label.len)
		fprintf(out, " (%.*s)", SPAN_ARG(label));
	fputs("]\n", out);
}

void show_document(const struct document *document, FILE *out)
{
	show_field("type", document->type ? document->type : "", out);
	show_field("title", buf_string(&document->title), out);
	show_field("author", buf_string(&document->author), out);
	show_field("body", buf_string(&document->body), out);
	show_field("language", buf_string(&document->language), out);
	show_field("date", document->date.text, out);
	if (document->pages)
		fprintf(out, "pages: %" PRIu32 "\n", document->pages);
	show_field("notice", buf_string(&document->notice), out);
	for (size_t i = 0; i < document->block_count; i++) {
		const struct block *block = &document->blocks[i];
		size_t end = i + 1 < document->block_count ? block[1].begin : document->text.len;

		show_block(document, block, out);
		fwrite(document->text.ptr + block->begin, 1, end - block->begin, out);
	}
}
