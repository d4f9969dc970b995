/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Colours, links, paths and harmless text, common to the forms for people. */
#include <unistd.h>

#include "query/output/output.h"
#include "query/viewer.h"
#include "text/harmless.h"

void paint_begin(const struct answer *answer, enum paint paint)
{
	/* grep's: path magenta, line green, separator cyan, match bold red */
	static const char *const codes[] = {"35", "32", "36", "01;31", "01", "02"};
	if (answer->color)
		fprintf(answer->out, "\033[%sm", codes[paint]);
}

void paint_end(const struct answer *answer)
{
	if (answer->color)
		fputs("\033[m", answer->out);
}

void print_text(const struct answer *answer, struct span text)
{
	if (answer->terminal)
		print_harmless(answer->out, text);
	else if (text.len)
		fwrite(text.ptr, 1, text.len, answer->out);
}

void print_linked(const struct answer *answer, struct span path, uint32_t page)
{
	BUF_SCOPED(shown);
	BUF_SCOPED(location);
	bool link = answer->links && paths_add_location(answer->paths, path, &location);
	paths_add_shown(answer->paths, path, &shown);
	if (link) {
		char host[256] = "";
		BUF_SCOPED(uri);
		gethostname(host, sizeof(host) - 1);
		viewer_add_uri(&uri, host, buf_span(&location), page);
		fprintf(answer->out, "\033]8;;%s\033\\", uri.ptr);
	}
	print_painted(answer, PAINT_PATH, buf_span(&shown));
	if (link)
		fputs("\033]8;;\033\\", answer->out);
}

void print_painted(const struct answer *answer, enum paint paint, struct span text)
{
	paint_begin(answer, paint);
	print_text(answer, text);
	paint_end(answer);
}

void print_path(const struct answer *answer, struct span path, char end)
{
	print_batch_id(answer);
	print_linked(answer, path, 0);
	if (answer->settings->null)
		fputc('\0', answer->out);
	else if (end == '\n')
		fputc(end, answer->out);
	else
		print_painted(answer, PAINT_SEPARATOR, (struct span){&end, 1});
}

void print_file_name(const struct answer *answer, struct span path, uint32_t page, char separator)
{
	if (answer->settings->no_filename && !page)
		return;
	if (!answer->settings->no_filename)
		print_linked(answer, path, page);
	if (page) {
		char text[24];
		int len = snprintf(text, sizeof(text), "#page=%u", page);
		size_t skip = answer->settings->no_filename; /* "page=3:7:" */
		print_painted(answer, PAINT_PATH, (struct span){text + skip, (size_t)len - skip});
	}
	if (answer->settings->null && !answer->settings->no_filename)
		fputc('\0', answer->out);
	else
		print_painted(answer, PAINT_SEPARATOR, (struct span){&separator, 1});
}

void print_place(
	const struct answer *answer, const struct record_fields *fields, const struct where *where)
{
	print_linked(answer, fields->path, where->page);
	paint_begin(answer, PAINT_FAINT);
	if (where->page)
		fprintf(answer->out, "#page=%u", where->page);
	fprintf(answer->out, ":%u", where->line);
	paint_end(answer);
}

struct span answer_id(const struct answer *answer)
{
	return answer->qid ? span_of(answer->qid) : answer->request->input;
}

void print_batch_id(const struct answer *answer)
{
	if (!answer->qid)
		return;
	print_text(answer, span_of(answer->qid));
	fputc('\t', answer->out);
}

bool output_is_closed(const struct answer *answer)
{
	return ferror(answer->out) != 0;
}
