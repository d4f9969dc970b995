/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each option does to the settings. */
#include "query/settings.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/option.h"
#include "query/concordance.h"
#include "query/help_query.h"
#include "query/message.h"
#include "query/options.h"

enum { PATTERN_FILE_LIMIT = 16 << 20 };

static lupe_status add_pattern_file(struct settings *s, const char *name, struct lupe_error *err)
{
	ARRAY_GROW(s->pattern_files, s->pattern_file_count, s->pattern_file_capacity);
	struct buf *contents = &s->pattern_files[s->pattern_file_count++];
	*contents = BUF_INIT;
	lupe_status status =
		strcmp(name, "-") == 0
			? file_read_fd(0, "standard input", PATTERN_FILE_LIMIT, contents, err)
			: file_read(name, PATTERN_FILE_LIMIT, contents, err);
	if (status != LUPE_OK)
		return status;
	char *line = contents->ptr;
	while (line && *line) {
		char *end = strchr(line, '\n');
		if (end)
			*end = '\0';
		size_t len = strlen(line);
		if (len && line[len - 1] == '\r')
			line[len - 1] = '\0';
		if (*line)
			strings_add(&s->patterns, line);
		line = end ? end + 1 : NULL;
	}
	return LUPE_OK;
}

/* One of several words; `names` ends in NULL. */
static lupe_status choose(const char *value, const char *const *names, const char *what, int *ret,
	struct lupe_error *err)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(value, names[i]) == 0) {
			*ret = i;
			return LUPE_OK;
		}
	char list[100] = "";
	for (int i = 0; names[i]; i++)
		snprintf(list + strlen(list), sizeof(list) - strlen(list), "%s%s", i ? ", " : "",
			names[i]);
	return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: %s is none of %s", what, value, list);
}

static lupe_status take_size(
	const char *value, const char *what, size_t *ret, struct lupe_error *err)
{
	unsigned long number = 0;
	lupe_status status = option_number(value, what, &number, err);
	if (status == LUPE_OK)
		*ret = number;
	return status;
}

/* One element of a list, "name" or "name=value"; false at its end. */
static bool next_element(struct span *list, struct span *ret_name, struct span *ret_value)
{
	if (!list->ptr)
		return false;
	*ret_value = span_take(list, ',');
	*ret_name = span_take(ret_value, '=');
	return true;
}

/* "pdf,docx" */
static lupe_status take_types(struct settings *s, const char *value, struct lupe_error *err)
{
	struct span list = span_of(value);
	while (list.ptr) {
		struct span name = span_take(&list, ',');
		if (!name.len)
			continue;
		const char *kept = arena_copy(&s->strings, name).ptr;
		lupe_status status = filter_check_type(kept, err);
		if (status != LUPE_OK)
			return status;
		strings_add(&s->filter.types, kept);
	}
	return LUPE_OK;
}

static lupe_status take_vias(const char *value, unsigned *ret, struct lupe_error *err)
{
	struct span list = span_of(value), name, rest;
	*ret = 0;
	while (next_element(&list, &name, &rest)) {
		enum via via = VIA_EXACT;
		while (via < VIA_COUNT && !span_equal(name, span_of(via_name(via))))
			via++;
		if (via == VIA_COUNT)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT,
				"--via: %.*s is none of exact, inflection, umlaut, join, gender, "
				"norm, compound, spelling",
				SPAN_ARG(name));
		*ret |= 1u << via;
	}
	return LUPE_OK;
}

static lupe_status take_weights(const char *value, struct weights *ret, struct lupe_error *err)
{
	struct {
		struct span name;
		double *weight;
	} const all[] = {{SPAN("exact"), &ret->exact}, {SPAN("whole"), &ret->whole},
		{SPAN("part"), &ret->part}, {SPAN("cover"), &ret->cover},
		{SPAN("gender"), &ret->gender}, {SPAN("umlaut"), &ret->umlaut}};
	struct span list = span_of(value), name, number;
	while (next_element(&list, &name, &number)) {
		size_t i = 0, count = sizeof(all) / sizeof(all[0]);
		while (i < count && !span_equal(name, all[i].name))
			i++;
		if (i == count)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT, "--weights: unknown: %.*s",
				SPAN_ARG(name));
		char digits[32];
		snprintf(digits, sizeof(digits), "%.*s", SPAN_ARG(number));
		lupe_status status = option_decimal(digits, "--weights", all[i].weight, err);
		if (status != LUPE_OK)
			return status;
	}
	return LUPE_OK;
}

static const char *const count_bys[] = {"year", "type", "path", "author", "body", NULL};

const char *count_by_name(enum count_by by)
{
	return count_bys[by];
}

static lupe_status take_width(const char *value, size_t *ret, struct lupe_error *err)
{
	lupe_status status = take_size(value, "--kwic", ret, err);
	if (status == LUPE_OK && *ret > CONCORDANCE_MOST)
		return lupe_fail(
			err, LUPE_ERROR_ARGUMENT, "--kwic: at most %d columns", CONCORDANCE_MOST);
	return status;
}

/* "-1L", "+2R", "1R", "date" */
static lupe_status take_sort_context(
	const char *value, struct sort_context *ret, struct lupe_error *err)
{
	const char *digit = value + (*value == '-' || *value == '+');
	*ret = (struct sort_context){.given = true, .date = strcmp(value, "date") == 0};
	if (ret->date)
		return LUPE_OK;
	bool sound = *digit >= '1' && *digit <= '5' && (digit[1] == 'L' || digit[1] == 'R') &&
		     !digit[2] && *value != (digit[1] == 'L' ? '+' : '-');
	if (!sound)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"--sort-context: %s is none of -1L to -5L, +1R to +5R, date", value);
	ret->word = (unsigned)(*digit - '0');
	ret->left = digit[1] == 'L';
	return LUPE_OK;
}

static lupe_status take_option(
	struct settings *s, int id, const char *value, struct lupe_error *err)
{
	static const char *const matches[] = {"auto", "all", "any", NULL};
	static const char *const spellings[] = {"offer", "auto", "off", NULL};
	static const char *const orders[] = {"relevance", "date", "path", NULL};
	static const char *const duplicates[] = {"all", "collapse", NULL};
	static const char *const colors[] = {"auto", "always", "never", NULL};
	int choice = 0;
	lupe_status status = LUPE_OK;
	switch (id) {
	case OPTION_INDEX:
		s->index_folder = value;
		return LUPE_OK;
	case 'e':
		strings_add(&s->patterns, value);
		return LUPE_OK;
	case 'f':
		return add_pattern_file(s, value, err);
	case OPTION_MATCH:
		status = choose(value, matches, "--match", &choice, err);
		s->search.match = (enum match_mode)choice;
		return status;
	case OPTION_SPELL:
		status = choose(value, spellings, "--spell", &choice, err);
		s->spell = (enum spelling)choice;
		return status;
	case OPTION_COLOR:
		status = choose(value ? value : "always", colors, "--color", &choice, err);
		s->color = (enum color)choice;
		return status;
	case OPTION_PAGER:
		status = choose(value, colors, "--pager", &choice, err);
		s->pager = (enum color)choice;
		return status;
	case OPTION_OPEN:
		s->open = 1;
		s->form = FORM_OPEN;
		return value ? take_size(value, "--open", &s->open, err) : LUPE_OK;
	case OPTION_HYPERLINK:
		status = choose(value ? value : "always", colors, "--hyperlink", &choice, err);
		s->hyperlink = (enum color)choice;
		return status;
	case OPTION_K1:
		return option_decimal(value, "--k1", &s->search.k1, err);
	case OPTION_B:
		status = option_decimal(value, "--b", &s->search.b, err);
		if (status == LUPE_OK && s->search.b > 1)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT, "--b: more than 1");
		return status;
	case OPTION_LIMIT:
		s->limit_given = true;
		return take_size(value, "--limit", &s->search.limit, err);
	case OPTION_OFFSET:
		return take_size(value, "--offset", &s->search.offset, err);
	case 'm':
		return take_size(value, "-m", &s->max_lines, err);
	case 'A':
		s->context_given = true;
		return take_size(value, "-A", &s->after, err);
	case 'B':
		s->context_given = true;
		return take_size(value, "-B", &s->before, err);
	case 'C':
		s->context_given = true;
		status = take_size(value, "-C", &s->after, err);
		s->before = s->after;
		return status;
	case 't':
		return take_types(s, value, err);
	case OPTION_BODY:
		s->filter.body = value;
		return LUPE_OK;
	case OPTION_SINCE:
		return filter_read_date(&s->filter, value, false, err);
	case OPTION_UNTIL:
		return filter_read_date(&s->filter, value, true, err);
	case OPTION_INCLUDE:
		strings_add(&s->filter.includes, value);
		return LUPE_OK;
	case OPTION_EXCLUDE:
		strings_add(&s->filter.excludes, value);
		return LUPE_OK;
	case OPTION_SORT:
		status = choose(value, orders, "--sort", &choice, err);
		s->search.sort = (enum sort_order)choice;
		return status;
	case OPTION_DUPLICATES:
		status = choose(value, duplicates, "--duplicates", &choice, err);
		s->search.collapse = choice == 1;
		s->collapse_given = true;
		return status;
	case OPTION_FILES_FROM:
		s->files_from = value;
		return LUPE_OK;
	case OPTION_KWIC:
		s->form = FORM_KWIC;
		return value ? take_width(value, &s->kwic_width, err) : LUPE_OK;
	case OPTION_SORT_CONTEXT:
		return take_sort_context(value, &s->sort_context, err);
	case OPTION_COUNT_BY:
		status = choose(value, count_bys, "--count-by", &choice, err);
		s->count_by = (enum count_by)choice;
		s->count_by_given = true;
		s->form = FORM_COUNT_BY;
		return status;
	case OPTION_DOCUMENT:
		s->document_path = value;
		s->form = FORM_DOCUMENT;
		return LUPE_OK;
	case 'v':
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"-v: exclude words with NICHT in the query, list documents without it with "
			"-L");
	case OPTION_VIA:
		return take_vias(value, &s->plan.vias, err);
	case OPTION_WEIGHTS:
		return take_weights(value, &s->plan.weights, err);
	case OPTION_QUERIES:
		s->queries_file = value;
		return LUPE_OK;
	default:
		break;
	}
	switch (id) {
	case OPTION_STRICT:
		s->strict_query = true;
		break;
	case 'E':
		s->regex = true;
		break;
	case OPTION_EXPLAIN:
		s->explain = true;
		break;
	case OPTION_PRETTY:
		s->form = FORM_PRETTY;
		break;
	case OPTION_LINES:
		s->form = FORM_LINES;
		break;
	case OPTION_JSON:
		s->json_given = true;
		s->form = FORM_JSON;
		break;
	case OPTION_TREC:
		s->form = FORM_TREC;
		break;
	case OPTION_JSONL:
		s->form = FORM_JSONL;
		break;
	case OPTION_BIBTEX:
		s->form = FORM_BIBTEX;
		break;
	case OPTION_CSV:
	case OPTION_TSV:
		s->table = id == OPTION_CSV ? TABLE_CSV : TABLE_TSV;
		break;
	case OPTION_FACETS:
		s->facets = true;
		break;
	case OPTION_WEB:
		s->web = true;
		break;
	case 'F':
		s->literal = true;
		break;
	case 'w':
		s->whole_words = true;
		break;
	case 'o':
		s->form = FORM_MATCHES;
		break;
	case 'l':
		s->form = FORM_FILES;
		break;
	case 'L':
		s->form = FORM_FILES_WITHOUT;
		break;
	case 'c':
		s->form = FORM_COUNT;
		break;
	case 'q':
		s->form = FORM_QUIET;
		break;
	case 'h':
	case 'H':
		s->no_filename = id == 'h';
		break;
	case 'Z':
		s->null = true;
		break;
	case '0':
		s->null_lists = s->null = true;
		break;
	case 's':
		s->no_messages = true;
		break;
	default: /* -i -n -r: always so */
		break;
	}
	return LUPE_OK;
}

/* --csv and --tsv are a form of their own, or of another; so is JSON of counts. */
static void settle_tables(struct settings *s)
{
	if (s->count_by_given && s->form == FORM_JSON)
		s->form = FORM_COUNT_BY;
	s->json_counts = s->form == FORM_COUNT_BY && s->json_given;
	if (s->table && s->form != FORM_COUNT_BY)
		s->form = FORM_KWIC;
}

static lupe_status check(struct settings *s, struct lupe_error *err)
{
	bool has_query = s->patterns.count || s->pattern_file_count;
	settle_tables(s);
	if (s->sort_context.given && s->form != FORM_KWIC)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "--sort-context needs --kwic or --csv");
	if (s->queries_file) {
		if (has_query)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT,
				"--queries brings its own queries: no -e and -f beside it");
	} else if (!has_query && s->form != FORM_DOCUMENT) {
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"a query is missing; usage: lupe [OPTION]... QUERY [PATH]...");
	}
	if (s->whole_words) {
		unsigned all = (1u << VIA_COUNT) - 1;
		s->plan.vias = (s->plan.vias ? s->plan.vias : all) & ~(1u << VIA_COMPOUND);
	}
	return LUPE_OK;
}

/* Known before the rest is read, because an error in that must be answered in JSON, too. */
static bool is_for_web(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--web") == 0)
			return true;
	return false;
}

static void take_operands(struct settings *s, const struct option_parser *parser)
{
	int count = 0;
	char **operands = option_operands(parser, &count);
	bool own_query = !s->patterns.count && !s->pattern_file_count && !s->queries_file;
	if (own_query && count > 0) {
		strings_add(&s->patterns, *operands++);
		count--;
	}
	s->paths = operands;
	s->path_count = count > 0 ? (size_t)count : 0;
}

lupe_status settings_parse(struct settings *ret, int argc, char **argv, struct lupe_error *err)
{
	*ret = (struct settings){.max_lines = SIZE_MAX,
		.kwic_width = CONCORDANCE_WIDTH,
		.plan = {.weights = WEIGHTS_DEFAULT},
		.web = is_for_web(argc, argv)};
	ret->json_given = ret->web;
	if (ret->web)
		ret->form = FORM_JSON;
	search_options_init(&ret->search);
	struct option_parser *parser = option_start(lupe_options, argc, argv, "lupe");
	lupe_status status;
	int id;
	const char *value;
	while ((status = option_next(parser, &id, &value, err)) == LUPE_OK) {
		if (id == OPTION_HELP_QUERY) {
			help_query_print(stdout, message_in_german());
			status = LUPE_END;
		} else if (id == OPTION_HELP) {
			lupe_print_help();
			status = LUPE_END;
		} else if (id == 'V') {
			printf("lupe " LUPE_VERSION " (Xapian %s)\n", xc_xapian_version());
			status = LUPE_END;
		} else {
			status = take_option(ret, id, value, err);
		}
		if (status != LUPE_OK) {
			option_free(parser);
			return status;
		}
	}
	take_operands(ret, parser);
	option_free(parser);
	return status == LUPE_END ? check(ret, err) : status;
}

bool settings_is_json(const struct settings *s)
{
	return s->form == FORM_JSON || s->form == FORM_JSONL || s->form == FORM_DOCUMENT ||
	       s->json_counts;
}

void settings_done(struct settings *s)
{
	for (size_t i = 0; i < s->pattern_file_count; i++)
		buf_done(&s->pattern_files[i]);
	free(s->pattern_files);
	free(s->patterns.items);
	filter_done(&s->filter);
	arena_done(&s->strings);
}
