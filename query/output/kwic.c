/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Concordances: every hit on a line with what stands around it, lined up for the eye, or as a row
 * of a table. Unsorted they are printed as they are found; sorting has to wait for the last.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "query/output/stream.h"
#include "query/output/table.h"

/* A printed line and what it is sorted by; both in the arena. */
struct sorted {
	struct span key, line;
	size_t number;
};

struct kwic {
	const struct answer *answer;
	FILE *out; /* the answer's, or a memory stream that becomes a sorted line */
	char *memory;
	size_t memory_len;
	struct sorted *items;
	size_t count, capacity;
	struct arena arena;
	struct buf key;
	size_t printed;
};

static void print_blanks(FILE *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fputc(' ', out);
}

/* "    left |match| right      path#page=12:7" */
static void print_line(const struct kwic *k, const struct occurrence *o)
{
	struct answer answer = *k->answer;
	const struct concordance *words = o->words;
	size_t width = answer.settings->kwic_width;
	answer.out = k->out;
	print_batch_id(&answer);
	print_blanks(k->out, width - words->left_columns);
	print_text(&answer, buf_span(&words->left));
	print_painted(&answer, PAINT_MATCH, buf_span(&words->match));
	print_text(&answer, buf_span(&words->right));
	if (!answer.settings->no_filename) {
		print_blanks(k->out, width - words->right_columns + 2);
		print_place(&answer, o->fields, &o->where);
	}
	fputc('\n', k->out);
}

static void print_row(const struct kwic *k, const struct occurrence *o)
{
	struct table table = {k->out, k->answer->settings->table, 0};
	const struct record_fields *fields = o->fields;
	BUF_SCOPED(shown);
	paths_add_shown(k->answer->paths, fields->path, &shown);
	table_field(&table, answer_id(k->answer));
	table_number(&table, o->rank);
	table_field(&table, buf_span(&shown));
	table_field(&table, fields->title);
	table_field(&table, fields->author);
	table_field(&table, fields->body);
	table_field(&table, fields->date);
	table_known(&table, o->where.page);
	table_field(&table, o->where.label);
	table_number(&table, o->where.line);
	table_field(&table, o->heading);
	table_field(&table, span_of(via_name((enum via)o->place->via)));
	table_field(&table, buf_span(&o->words->left));
	table_field(&table, buf_span(&o->words->match));
	table_field(&table, buf_span(&o->words->right));
	table_end_row(&table);
}

static void print_occurrence(struct kwic *k, const struct occurrence *o)
{
	if (k->answer->settings->table)
		print_row(k, o);
	else
		print_line(k, o);
	k->printed++;
}

/* What a hit is sorted by; dates from the oldest on, none last. */
static void make_key(struct kwic *k, const struct occurrence *o)
{
	const struct sort_context *sort = &k->answer->settings->sort_context;
	buf_clear(&k->key);
	if (sort->date)
		buf_add_span(&k->key, o->fields->date.len ? o->fields->date : SPAN("~"));
	else
		concordance_sort_key(
			sort->left ? buf_span(&o->words->left) : buf_span(&o->words->right),
			sort->left, sort->word, &k->key);
}

static lupe_status take_sorted(struct kwic *k, const struct occurrence *o, struct lupe_error *err)
{
	k->out = open_memstream(&k->memory, &k->memory_len);
	if (!k->out)
		return lupe_fail(err, LUPE_ERROR_MEMORY, "out of memory");
	print_occurrence(k, o);
	fclose(k->out);
	make_key(k, o);
	ARRAY_GROW(k->items, k->count, k->capacity);
	k->items[k->count] = (struct sorted){arena_copy(&k->arena, buf_span(&k->key)),
		arena_copy(&k->arena, (struct span){k->memory, k->memory_len}), k->count};
	k->count++;
	free(k->memory);
	return LUPE_OK;
}

static lupe_status take(void *context, const struct occurrence *o, struct lupe_error *err)
{
	struct kwic *k = context;
	if (k->answer->settings->sort_context.given)
		return take_sorted(k, o, err);
	print_occurrence(k, o);
	return output_is_closed(k->answer) ? LUPE_END : LUPE_OK;
}

static int compare_sorted(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	int order = span_compare(x->key, y->key);
	return order ? order : (x->number > y->number) - (x->number < y->number);
}

static void print_sorted(struct kwic *k)
{
	if (k->count)
		qsort(k->items, k->count, sizeof(*k->items), compare_sorted);
	for (size_t i = 0; i < k->count; i++)
		fwrite(k->items[i].line.ptr, 1, k->items[i].line.len, k->answer->out);
}

lupe_status output_kwic(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	struct kwic k = {.answer = answer, .out = answer->out, .arena = ARENA_INIT};
	struct stream_options options = {.heading = answer->settings->table != TABLE_NONE,
		.words = true,
		.width = answer->settings->kwic_width};
	struct table table = {answer->out, answer->settings->table, 0};
	if (table.format && !answer->later)
		table_header(&table, "query rank path title author body date page page_label line "
				     "heading via left match right");
	lupe_status status = stream_hits(answer, &options, take, &k, err);
	if (status == LUPE_OK)
		print_sorted(&k);
	*ret_printed += k.printed;
	free(k.items);
	arena_done(&k.arena);
	buf_done(&k.key);
	return status < 0 ? status : LUPE_OK;
}
