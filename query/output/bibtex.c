/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An entry for each document, with the pages on which the hits stand: what a reference manager
 * reads. Signs that mean something to TeX are escaped.
 */
#include "base/hash.h"
#include "query/output/stream.h"

struct bibtex {
	const struct answer *answer;
	uint32_t docid; /* whose entry is open; 0: none */
	struct buf pages;
	uint32_t last_page;
	size_t hits, entries;
	struct buf entry; /* as far as it is known before the last hit */
};

static void add_escaped(struct buf *ret, struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '\\')
			buf_add_string(ret, "\\textbackslash{}");
		else if (c == '~')
			buf_add_string(ret, "\\textasciitilde{}");
		else if (c == '^')
			buf_add_string(ret, "\\textasciicircum{}");
		else if (c == '{' || c == '}')
			buf_add_byte(ret, c == '{' ? '(' : ')');
		else if (c && strchr("&%$#_", c))
			buf_printf(ret, "\\%c", c);
		else
			buf_add_byte(ret, (unsigned char)c < ' ' ? ' ' : c);
	}
}

static void add_field(struct buf *ret, const char *name, struct span value)
{
	if (!value.len)
		return;
	buf_printf(ret, "  %s = {", name);
	add_escaped(ret, value);
	buf_add_string(ret, "},\n");
}

/* "2019-integrationsbericht-3f2a": year, letters of the title, four digits of the path's hash. */
static void add_key(struct buf *ret, const struct record_fields *fields)
{
	size_t letters = 0;
	if (fields->date.len >= 4)
		buf_printf(ret, "%.4s-", fields->date.ptr);
	for (size_t i = 0; i < fields->title.len && letters < 24; i++) {
		char c = fields->title.ptr[i];
		bool upper = c >= 'A' && c <= 'Z';
		if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
			buf_add_byte(ret, (char)(upper ? c - 'A' + 'a' : c));
			letters++;
		} else if (c == ' ' && letters) {
			break;
		}
	}
	buf_printf(ret, "%s%04x", letters ? "-" : "", (unsigned)(hash64(fields->path) & 0xffff));
}

static void begin_entry(struct bibtex *b, const struct record_fields *fields)
{
	struct buf *entry = &b->entry;
	BUF_SCOPED(shown);
	buf_clear(entry);
	buf_clear(&b->pages);
	b->last_page = 0;
	b->hits = 0;
	buf_add_string(entry, "@misc{");
	add_key(entry, fields);
	buf_add_string(entry, ",\n");
	buf_add_string(entry, "  title = {{");
	add_escaped(entry, fields->title);
	buf_add_string(entry, "}},\n");
	add_field(entry, "author", fields->author);
	add_field(entry, "organization", fields->body);
	if (fields->date.len >= 4)
		add_field(entry, "year", (struct span){fields->date.ptr, 4});
	add_field(entry, "date", fields->date);
	paths_add_shown(b->answer->paths, fields->path, &shown);
	add_field(entry, "file", buf_span(&shown));
	if (b->answer->qid)
		add_field(entry, "keywords", answer_id(b->answer));
}

static void end_entry(struct bibtex *b)
{
	if (!b->docid)
		return;
	fwrite(b->entry.ptr, 1, b->entry.len, b->answer->out);
	if (b->pages.len)
		fprintf(b->answer->out, "  pages = {%s},\n", b->pages.ptr);
	fprintf(b->answer->out, "  note = {%zu %s}\n}\n\n", b->hits, b->hits == 1 ? "hit" : "hits");
	b->entries++;
}

static lupe_status take(void *context, const struct occurrence *o, struct lupe_error *err)
{
	struct bibtex *b = context;
	(void)err;
	if (o->docid != b->docid) {
		end_entry(b);
		b->docid = o->docid;
		begin_entry(b, o->fields);
	}
	b->hits++;
	if (o->where.page && o->where.page != b->last_page) {
		if (b->pages.len)
			buf_add_string(&b->pages, ", ");
		add_escaped(&b->pages, o->where.label);
		b->last_page = o->where.page;
	}
	return LUPE_OK;
}

lupe_status output_bibtex(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	struct bibtex b = {.answer = answer};
	struct stream_options options = {.heading = false};
	lupe_status status = stream_hits(answer, &options, take, &b, err);
	if (status == LUPE_OK)
		end_entry(&b);
	*ret_printed += b.entries;
	buf_done(&b.pages);
	buf_done(&b.entry);
	return status;
}
