/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The form for people: ranked documents, each with its title, date and best places, and below them
 * how much was found and how much was searched. Its words are in the user's language.
 */
#include "query/output/output.h"
#include "query/snippet.h"

enum {
	FULL_DOCUMENTS = 3, /* the first ones, with more places */
	PLACES_OF_FULL = 3,
	PLACES_OF_OTHERS = 2,
	SNIPPET_BYTES = 200,
};

/* Words around the results: English, German. */
struct phrases {
	const char *not_all, *shown, *total_one, *total, *nothing, *none_with_all, *searched,
		*no_text, *failed;
};

static const struct phrases *phrases_of(const struct answer *answer)
{
	static const struct phrases english = {"not all words", "%zu shown; ", "1 document",
		"%zu documents", "no document", "no document with all words",
		"%llu of %llu documents searched", "%llu without text", "%llu unreadable"};
	static const struct phrases german = {"nicht alle Wörter", "%zu gezeigt; ", "1 Dokument",
		"%zu Dokumente", "kein Dokument", "kein Dokument mit allen Wörtern",
		"%llu von %llu Dokumenten durchsucht", "%llu ohne Text", "%llu nicht lesbar"};
	return answer->german ? &german : &english;
}

/* Why it was found, where that is not plain to see. */
static void print_vias(const struct answer *answer, unsigned vias)
{
	static const char *const names[VIA_COUNT][2] = {
		[VIA_UMLAUT] = {"umlaut", "Umlaut"},
		[VIA_JOIN] = {"hyphen", "Bindestrich"},
		[VIA_GENDER] = {"gender form", "Genderform"},
		[VIA_NORM] = {"citation", "Fundstelle"},
		[VIA_COMPOUND] = {"compound", "Kompositum"},
		[VIA_SPELLING] = {"spelling corrected", "Schreibung verbessert"},
	};
	const char *separator = "  [";
	for (enum via via = VIA_EXACT; via < VIA_COUNT; via++) {
		if (!(vias & 1u << via) || !names[via][answer->german])
			continue;
		paint_begin(answer, PAINT_FAINT);
		fprintf(answer->out, "%s%s", separator, names[via][answer->german]);
		separator = ", ";
	}
	if (separator[0] == ',') {
		fputc(']', answer->out);
		paint_end(answer);
	}
}

/* "     12: ", in paged documents "  S. iv [PDF 4]: " or, if that is what is printed on it, "  S.
 * 4: " */
static void print_page_or_line(const struct answer *answer, const struct snippet *snippet)
{
	char number[16];
	int len = snprintf(number, sizeof(number), "%u", snippet->page);
	if (!snippet->page) {
		fprintf(answer->out, "%7u: ", snippet->line);
		return;
	}
	fprintf(answer->out, "  %s ", answer->german ? "S." : "p.");
	print_text(answer, buf_span(&snippet->label));
	if (!span_equal(buf_span(&snippet->label), (struct span){number, (size_t)len}))
		fprintf(answer->out, " [PDF %s]", number);
	fputs(": ", answer->out);
}

/* Under which heading, if that says more than the title. */
static void print_heading(const struct answer *answer, const struct snippet *snippet)
{
	struct span title = document_fields(answer->document)->title;
	if (!snippet->heading.len || span_equal(buf_span(&snippet->heading), title))
		return;
	paint_begin(answer, PAINT_FAINT);
	fputs("  › ", answer->out);
	print_text(answer, buf_span(&snippet->heading));
	paint_end(answer);
}

static void print_snippet(const struct answer *answer, const struct snippet *snippet)
{
	struct span text = buf_span(&snippet->text);
	size_t at = 0;
	print_page_or_line(answer, snippet);
	if (snippet->cut_begin)
		fputs("… ", answer->out);
	for (size_t i = 0; i < snippet->mark_count; i++) {
		const struct mark *mark = &snippet->marks[i];
		print_text(answer, (struct span){text.ptr + at, mark->begin - at});
		print_painted(answer, PAINT_MATCH,
			(struct span){text.ptr + mark->begin, mark->end - mark->begin});
		at = mark->end;
	}
	print_text(answer, span_skip(text, at));
	if (snippet->cut_end)
		fputs(" …", answer->out);
	print_vias(answer, snippet->vias);
	print_heading(answer, snippet);
	fputc('\n', answer->out);
}

static void print_title_line(const struct answer *answer, const struct record_fields *fields)
{
	print_linked(answer, fields->path, 0);
	if (fields->title.len) {
		fputs(" — ", answer->out);
		print_painted(answer, PAINT_TITLE, fields->title);
	}
	if (fields->date.len) {
		fputs(" (", answer->out);
		print_text(answer, fields->date);
		fputc(')', answer->out);
	}
	fputc('\n', answer->out);
}

static lupe_status print_result(const struct answer *answer, size_t number,
	struct snippets *snippets, struct lupe_error *err)
{
	lupe_status status = document_open(
		answer->document, answer->results->items[number].docid, answer->plan, err);
	if (status != LUPE_OK)
		return status;
	print_title_line(answer, document_fields(answer->document));
	size_t room = number < FULL_DOCUMENTS ? PLACES_OF_FULL : PLACES_OF_OTHERS;
	if (room > answer->settings->max_lines)
		room = answer->settings->max_lines;
	status = snippets_read(
		snippets, answer->document, answer->finder, answer->plan, room, SNIPPET_BYTES, err);
	for (size_t i = 0; i < snippets->count && status == LUPE_OK; i++)
		print_snippet(answer, &snippets->items[i]);
	return status;
}

static void print_count(const struct answer *answer, const char *format, unsigned long long count)
{
	if (!count)
		return;
	fputs("; ", answer->out);
	fprintf(answer->out, format, count); /* NOLINT: formats are the constants above */
}

static void print_summary(const struct answer *answer, size_t shown)
{
	const struct phrases *words = phrases_of(answer);
	const struct manifest *manifest = index_manifest(answer->index);
	size_t total = answer->results->total;
	paint_begin(answer, PAINT_FAINT);
	if (total && shown < total)
		fprintf(answer->out, words->shown, shown);
	if (total == 0)
		fputs(answer->results->count ? words->none_with_all : words->nothing, answer->out);
	else if (total == 1)
		fputs(words->total_one, answer->out);
	else
		fprintf(answer->out, words->total, total);
	fputs("; ", answer->out);
	fprintf(answer->out, words->searched, (unsigned long long)manifest->searchable,
		(unsigned long long)manifest->files);
	print_count(answer, words->no_text, manifest->no_text);
	print_count(answer, words->failed, manifest->failed);
	paint_end(answer);
	fputc('\n', answer->out);
}

lupe_status output_pretty(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	struct snippets snippets = {0};
	lupe_status status = LUPE_OK;
	size_t shown_with_all = 0;
	bool rule = false;
	if (answer->qid) {
		paint_begin(answer, PAINT_FAINT);
		fprintf(answer->out, "──── %.*s ────\n\n", SPAN_ARG(answer_id(answer)));
		paint_end(answer);
	}
	for (size_t i = 0; i < answer->results->count && status == LUPE_OK; i++) {
		const struct result *result = &answer->results->items[i];
		if (!result->all && !rule) {
			rule = true;
			paint_begin(answer, PAINT_FAINT);
			fprintf(answer->out, "──── %s ────", phrases_of(answer)->not_all);
			paint_end(answer);
			fputs("\n\n", answer->out);
		}
		shown_with_all += result->all;
		status = print_result(answer, i, &snippets, err);
		fputc('\n', answer->out);
		++*ret_printed;
	}
	if (status == LUPE_OK)
		print_summary(answer, shown_with_all);
	snippets_done(&snippets);
	return status;
}
