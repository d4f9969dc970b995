/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Markdown, as far as it matters for searching: front matter, headings, table rows and footnotes
 * become blocks of their own; everything else, fenced code included, is running text and keeps its
 * marks. Only marks at the begin of a line count.
 */
#include "indexer/document.h"
#include "indexer/frontmatter.h"

struct reader {
	struct document *document;
	struct span text;
	struct span previous; /* the line before, as long as it may become an underlined heading */
	bool paragraph;       /* whether the line before that belongs to the same paragraph */
	char fence;           /* '`' or '~' inside fenced code, else 0 */
	bool has_title;
};

static size_t run_length(struct span line, char byte)
{
	size_t n = 0;

	while (n < line.len && line.ptr[n] == byte)
		n++;
	return n;
}

static bool is_blank_at(struct span line, size_t i)
{
	return i >= line.len || line.ptr[i] == ' ' || line.ptr[i] == '\t';
}

/* The level of a heading "## Ziele", or 0. */
static unsigned hash_level(struct span line)
{
	size_t n = run_length(line, '#');

	return n <= 6 && is_blank_at(line, n) ? (unsigned)n : 0;
}

/* The level that an underline gives to the line above, or 0. */
static unsigned underline_level(struct span line)
{
	line = span_trim(line);
	if (line.len && run_length(line, '=') == line.len)
		return 1;
	return line.len >= 2 && run_length(line, '-') == line.len ? 2 : 0;
}

static size_t offset(const struct reader *reader, struct span line)
{
	return (size_t)(line.ptr - reader->text.ptr);
}

/* The words of a heading, without the marks around them. */
static struct span heading_text(struct span line)
{
	static const char marks[] = "# \t*_`";

	line = span_trim(line);
	while (line.len && strchr(marks, line.ptr[0]))
		line = span_skip(line, 1);
	while (line.len && strchr(marks, line.ptr[line.len - 1]))
		line.len--;
	return line;
}

/* The first heading is the title, unless front matter gave one. */
static void add_heading(struct reader *reader, struct span line, unsigned level)
{
	struct span words = heading_text(line);
	enum block_kind kind = BLOCK_HEADING;

	if (!reader->has_title && words.len) {
		document_set_title(reader->document, words);
		reader->has_title = true;
		kind = BLOCK_TITLE;
	}
	document_add_block(
		reader->document, offset(reader, line), kind, kind == BLOCK_TITLE ? 0 : level);
}

static bool is_footnote(struct span line)
{
	return span_starts(line, SPAN("[^")) && memmem(line.ptr, line.len, "]:", 2);
}

/* True if the line begins, continues or ends fenced code. */
static bool read_fence(struct reader *reader, struct span line)
{
	struct span inner = span_trim(line);
	char byte = inner.len ? inner.ptr[0] : 0;
	bool marked = (byte == '`' || byte == '~') && run_length(inner, byte) >= 3;

	if (reader->fence) {
		if (marked && byte == reader->fence && run_length(inner, byte) == inner.len)
			reader->fence = 0;
		return true;
	}
	if (marked)
		reader->fence = byte;
	return marked;
}

static void read_line(struct reader *reader, struct span line)
{
	struct document *document = reader->document;
	struct span above = reader->previous;
	bool above_alone = above.len && !reader->paragraph;
	unsigned level;

	reader->previous = (struct span){NULL, 0};
	reader->paragraph = false;
	if (read_fence(reader, line)) {
		document_add_block(document, offset(reader, line), BLOCK_TEXT, 0);
	} else if ((level = hash_level(line)) != 0) {
		add_heading(reader, line, level);
	} else if (above_alone && (level = underline_level(line)) != 0) {
		add_heading(reader, above, level);
	} else if (span_starts(line, SPAN("|"))) {
		document_add_block(document, offset(reader, line), BLOCK_ROW, 0);
	} else if (is_footnote(line)) {
		document_add_block(document, offset(reader, line), BLOCK_NOTE, 0);
	} else {
		document_add_block(document, offset(reader, line), BLOCK_TEXT, 0);
		reader->previous = span_trim(line).len ? line : (struct span){NULL, 0};
		reader->paragraph = above.len > 0;
	}
}

/* The bytes of front matter stay in the text, each entry as a row. */
static void add_rows(struct reader *reader, struct span rows)
{
	struct span rest = rows;

	while (rest.ptr && rest.len) {
		struct span line = span_take(&rest, '\n');
		if (!is_blank_at(line, 0) || line.ptr == rows.ptr)
			document_add_block(reader->document, offset(reader, line), BLOCK_ROW, 0);
	}
}

static void read_fields(struct reader *reader, struct span rows)
{
	static const char *const title[] = {"title", "titel", NULL};
	static const char *const author[] = {"author", "autor", "authors", "verfasser", NULL};
	static const char *const body[] = {"body", "herausgeber", "publisher", NULL};
	static const char *const date[] = {"date", "datum", "stand", NULL};
	struct document *document = reader->document;
	BUF_SCOPED(value);

	if (frontmatter_value(rows, title, &value)) {
		document_set_title(document, buf_span(&value));
		reader->has_title = document->title.len > 0;
	}
	if (frontmatter_value(rows, author, &value))
		buf_add_span(&document->author, buf_span(&value));
	if (frontmatter_value(rows, body, &value))
		document_set_field(&document->body, buf_span(&value));
	if (frontmatter_value(rows, date, &value) &&
		date_in_value(buf_span(&value), &document->date))
		document->date_source = DATE_FRONT_MATTER;
}

void document_parse_markdown(struct document *document)
{
	struct reader reader = {.document = document, .text = buf_span(&document->text)};
	size_t front = frontmatter_length(reader.text);
	struct span rest = span_skip(reader.text, front);

	if (front) {
		struct span rows = {reader.text.ptr, front};
		read_fields(&reader, rows);
		add_rows(&reader, rows);
	}
	if (document->date_source == DATE_NONE && date_in_first_lines(rest, &document->date))
		document->date_source = DATE_TITLE_PAGE;
	while (rest.ptr && rest.len)
		read_line(&reader, span_take(&rest, '\n'));
}
