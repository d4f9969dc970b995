/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paths alone (-l, -L), and lines for evaluation programs (--trec). */
#include "query/output/output.h"

lupe_status output_files(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	for (size_t i = 0; i < answer->results->count; i++) {
		if (!answer->results->items[i].all && answer->settings->form == FORM_FILES)
			break;
		struct span path;
		lupe_status status = document_path(
			answer->document, answer->results->items[i].docid, &path, err);
		if (status != LUPE_OK)
			return status;
		print_path(answer, path, '\n');
		++*ret_printed;
	}
	return LUPE_OK;
}

/* The path without its extension. */
static struct span document_name(struct span path)
{
	for (size_t i = path.len; i > 0 && path.ptr[i - 1] != '/'; i--)
		if (path.ptr[i - 1] == '.' && i > 1 && path.ptr[i - 2] != '/')
			return (struct span){path.ptr, i - 1};
	return path;
}

/* TREC's fields are separated by blanks: those in a name become underscores. */
static void print_name(FILE *out, struct span name)
{
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];
		fputc(c <= ' ' || c == 0x7f ? '_' : c, out);
	}
}

lupe_status output_trec(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	for (size_t i = 0; i < answer->results->count; i++) {
		const struct result *result = &answer->results->items[i];
		struct span path;
		lupe_status status = document_path(answer->document, result->docid, &path, err);
		if (status != LUPE_OK)
			return status;
		fprintf(answer->out, "%s Q0 ", answer->qid ? answer->qid : "1");
		print_name(answer->out, document_name(path));
		fprintf(answer->out, " %zu %.6f lupe\n", answer->settings->search.offset + i + 1,
			result->score);
		++*ret_printed;
	}
	return LUPE_OK;
}
