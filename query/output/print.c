/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Colours, paths and harmless text, common to the forms for people. */
#include "query/output/output.h"
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

void print_painted(const struct answer *answer, enum paint paint, struct span text)
{
	paint_begin(answer, paint);
	print_text(answer, text);
	paint_end(answer);
}

void print_path(const struct answer *answer, struct span path, char end)
{
	BUF_SCOPED(shown);
	paths_add_shown(answer->paths, path, &shown);
	print_painted(answer, PAINT_PATH, buf_span(&shown));
	if (answer->settings->null)
		fputc('\0', answer->out);
	else if (end == '\n')
		fputc(end, answer->out);
	else
		print_painted(answer, PAINT_SEPARATOR, (struct span){&end, 1});
}
