/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The border to the query program: an argument vector there, JSON back. A value of a request only
 * ever is the value of an option, or an operand behind `--`, so that none is taken for an option.
 */
#include "web/lupe.h"

#include "web/child.h"

enum { MOST_ARGUMENTS = 16, OUTPUT_BYTES = 32 * 1024 * 1024 };

struct arguments {
	struct arena arena;
	char *words[MOST_ARGUMENTS];
	size_t count;
};

static void add(struct arguments *arguments, const char *word)
{
	if (arguments->count < MOST_ARGUMENTS - 1)
		arguments->words[arguments->count++] =
			(char *)arena_copy(&arguments->arena, span_of(word)).ptr;
}

static void add_value(struct arguments *arguments, const char *option, struct span value)
{
	BUF_SCOPED(word);
	buf_printf(&word, "%s=%.*s", option, SPAN_ARG(value));
	if (value.len)
		add(arguments, word.ptr);
}

static void add_number(struct arguments *arguments, const char *option, unsigned long number)
{
	BUF_SCOPED(digits);
	buf_printf(&digits, "%lu", number);
	add_value(arguments, option, buf_span(&digits));
}

/* A year is a time from its first to its last day; within it the other limits do nothing. */
static void add_filters(struct arguments *arguments, const struct ask *ask)
{
	add_value(arguments, "--since", ask->year.len ? ask->year : ask->since);
	add_value(arguments, "--until", ask->year.len ? ask->year : ask->until);
	add_value(arguments, "--type", ask->type);
	add_value(arguments, "--body", ask->body);
	if (ask->order == ORDER_NEWEST)
		add(arguments, "--sort=date");
	if (ask->order == ORDER_PATH)
		add(arguments, "--sort=path");
}

static void add_common(
	struct arguments *arguments, const struct settings *settings, const struct ask *ask)
{
	add(arguments, settings->lupe);
	add(arguments, "--web");
	add_value(arguments, "--index", span_of(settings->index_folder));
	add_value(arguments, "--regexp", ask->query);
}

/* ---- running ---- */

static unsigned status_of_code(struct span code, bool *ret_no_index)
{
	static const struct {
		const char *code;
		unsigned status;
	} known[] = {
		{"bad_query", 400},
		{"bad_request", 400},
		{"window_too_large", 400},
		{"document_missing", 404},
		{"query_too_long", 413},
		{"query_too_complex", 413},
		{"limit", 413},
		{"timeout", 503},
		{"index_changed", 503},
	};
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (span_equal(code, span_of(known[i].code)))
			return known[i].status;
	*ret_no_index = span_starts(code, SPAN("index_"));
	return *ret_no_index ? 503 : 500;
}

static void run(struct answer *ret, const struct settings *settings, struct arguments *arguments)
{
	BUF_SCOPED(output);
	struct lupe_error err;
	int ended;
	*ret = (struct answer){.status = 500};
	lupe_status status = child_run(arguments->words, (unsigned)settings->time_limit_s * 1000,
		OUTPUT_BYTES, &output, &ended, &err);
	arena_done(&arguments->arena);
	if (status == LUPE_ERROR_LIMIT || status == LUPE_ERROR_IO)
		ret->status = 503;
	if (status == LUPE_OK)
		ret->json = json_loadb(output.ptr ? output.ptr : "", output.len, 0, NULL);
	if (!json_is_object(ret->json))
		return;
	const json_t *error = json_object_get(ret->json, "error");
	ret->status = json_is_object(error)
			      ? status_of_code(json_text(error, "code"), &ret->no_index)
			      : 200;
}

void answer_done(struct answer *answer)
{
	json_decref(answer->json);
	answer->json = NULL;
}

void lupe_search(struct answer *ret, const struct settings *settings, const struct ask *ask,
	unsigned offset, unsigned limit)
{
	struct arguments arguments = {0};
	add_common(&arguments, settings, ask);
	add_filters(&arguments, ask);
	add_number(&arguments, "--limit", limit);
	add_number(&arguments, "--offset", offset);
	run(ret, settings, &arguments);
}

void lupe_search_all(
	struct answer *ret, const struct settings *settings, const struct ask *ask, unsigned most)
{
	enum { AT_A_TIME = 100 }; /* more it does not give to the web */
	lupe_search(ret, settings, ask, 0, AT_A_TIME);
	json_t *results = json_object_get(ret->json, "results");
	for (unsigned have = AT_A_TIME; ret->status == 200 && have < most; have += AT_A_TIME) {
		struct answer further;
		if (json_array_size(results) < have)
			break;
		lupe_search(&further, settings, ask, have, AT_A_TIME);
		ret->status = further.status;
		json_array_extend(results, json_object_get(further.json, "results"));
		answer_done(&further);
	}
	json_object_set_new(ret->json, "limit", json_integer(most));
}

void lupe_document(struct answer *ret, const struct settings *settings, const struct ask *ask,
	unsigned long from, unsigned long bytes)
{
	struct arguments arguments = {0};
	add_common(&arguments, settings, ask);
	add_value(&arguments, "--document", ask->path);
	add_number(&arguments, "--limit", bytes);
	add_number(&arguments, "--offset", from);
	run(ret, settings, &arguments);
	if (ret->status == 400) /* a path that is not in the index */
		ret->status = 404;
}

/* ---- fields ---- */

struct span json_text(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	if (!json_is_string(value))
		return (struct span){NULL, 0};
	return (struct span){json_string_value(value), json_string_length(value)};
}

long long json_number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static int base64_digit(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

struct span json_path(const json_t *result, struct arena *arena)
{
	struct span encoded = json_text(result, "path_b64");
	if (!encoded.len)
		return json_text(result, "path");
	char *out = arena_alloc(arena, encoded.len + 1);
	size_t len = 0;
	uint32_t bits = 0;
	unsigned have = 0;
	for (size_t i = 0; i < encoded.len && base64_digit(encoded.ptr[i]) >= 0; i++) {
		bits = bits << 6 | (uint32_t)base64_digit(encoded.ptr[i]);
		have += 6;
		if (have >= 8) {
			have -= 8;
			out[len++] = (char)(bits >> have & 0xFF);
		}
	}
	return (struct span){out, len};
}
