/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one place that sees PCRE2. A whole stretch of text is searched for the next line that may
 * match, at the speed of compiled code; the match itself is made in that line alone, so that
 * neither a blank class nor a look-around reaches into the next one.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "query/regex.h"

#include <pcre2.h>
#include <stdlib.h>

#include "base/mem.h"

/* Steps of one match, far beyond what a sensible expression takes in a line; memory in KiB. */
enum { MATCH_LIMIT = 2000000, DEPTH_LIMIT = 20000, HEAP_LIMIT = 32768, LETTERS_MIN = 4 };

struct regex {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *context;
	bool by_lines; /* anchored in ways that differ between a text and a line */
};

/* \A \Z \z \G and what begins with a parenthesis and a sign. */
static bool needs_lines(struct span expression)
{
	for (size_t i = 0; i + 1 < expression.len; i++) {
		const char *at = expression.ptr + i;
		if (at[0] == '(' && (at[1] == '?' || at[1] == '*'))
			return true;
		if (at[0] != '\\')
			continue;
		if (strchr("AZzGKRX", at[1]))
			return true;
		i++;
	}
	return false;
}

lupe_status regex_new(struct span expression, struct regex **ret, struct lupe_error *err)
{
	int code;
	PCRE2_SIZE offset;
	uint32_t options =
		PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C;
	pcre2_code *compiled = pcre2_compile(
		(PCRE2_SPTR)expression.ptr, expression.len, options, &code, &offset, NULL);
	if (!compiled) {
		char reason[160] = "";
		pcre2_get_error_message(code, (PCRE2_UCHAR *)reason, sizeof(reason));
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "regular expression, byte %zu: %s: %.*s",
			(size_t)offset, reason, SPAN_ARG(expression));
	}
	pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE); /* where there is none, it is slower */
	struct regex *regex = mem_zalloc(sizeof(*regex));
	regex->code = compiled;
	regex->data = pcre2_match_data_create_from_pattern(compiled, NULL);
	regex->context = pcre2_match_context_create(NULL);
	regex->by_lines = needs_lines(expression);
	pcre2_set_match_limit(regex->context, MATCH_LIMIT);
	pcre2_set_depth_limit(regex->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(regex->context, HEAP_LIMIT);
	*ret = regex;
	return LUPE_OK;
}

void regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_match_data_free(regex->data);
	pcre2_match_context_free(regex->context);
	pcre2_code_free(regex->code);
	free(regex);
}

static lupe_status match(struct regex *regex, struct span text, size_t from, bool filled,
	size_t *ret_begin, size_t *ret_end, struct lupe_error *err)
{
	uint32_t options = PCRE2_NO_UTF_CHECK | (filled ? PCRE2_NOTEMPTY : 0);
	int count = pcre2_match(regex->code, (PCRE2_SPTR)text.ptr, text.len, from, options,
		regex->data, regex->context);
	if (count == PCRE2_ERROR_NOMATCH)
		return LUPE_END;
	if (count < 0)
		return lupe_fail(err, LUPE_ERROR_LIMIT,
			"regular expression: too many steps in one line; make it more specific");
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(regex->data);
	*ret_begin = ends[0];
	*ret_end = ends[1] > ends[0] ? ends[1] : ends[0];
	return LUPE_OK;
}

static struct span line_at(struct span text, size_t at, size_t *ret_begin)
{
	while (at > 0 && text.ptr[at - 1] != '\n')
		at--;
	const char *end = memchr(text.ptr + at, '\n', text.len - at);
	*ret_begin = at;
	return span_from(text.ptr + at, end ? end : text.ptr + text.len);
}

lupe_status regex_find(struct regex *regex, struct span text, size_t from, size_t *ret_begin,
	size_t *ret_end, struct lupe_error *err)
{
	while (from <= text.len && text.len) {
		size_t begin = from, end = from, line_begin;
		lupe_status status = LUPE_OK;
		if (!regex->by_lines)
			status = match(regex, text, from, false, &begin, &end, err);
		if (status != LUPE_OK)
			return status;
		struct span line = line_at(text, begin, &line_begin);
		size_t start = from > line_begin ? from - line_begin : 0;
		status = match(regex, line, start, true, &begin, &end, err);
		if (status == LUPE_OK) {
			*ret_begin = line_begin + begin;
			*ret_end = line_begin + end;
		}
		if (status != LUPE_END)
			return status;
		from = line_begin + line.len + 1;
	}
	return LUPE_END;
}

/* ---- letters ---- */

static bool is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Length of the letter at `s`: one of ASCII, or one of ä ö ü ß in either case; 0 if it is none. */
static size_t letter_length(struct span s)
{
	static const char *const others[] = {"ä", "ö", "ü", "ß", "Ä", "Ö", "Ü"};
	if (s.len && is_letter((unsigned char)s.ptr[0]))
		return 1;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (span_starts(s, span_of(others[i])))
			return 2;
	return 0;
}

/* Behind the class or group that begins at `at`; the end if it is not closed. */
static size_t skip_closed(struct span s, size_t at, char open, char close)
{
	size_t depth = 0;
	for (size_t first = at; at < s.len; at++) {
		if (s.ptr[at] == '\\') {
			at++;
		} else if (open == '[' && s.ptr[at] == close &&
			   at > first + 1 + (s.ptr[first + 1] == '^')) {
			return at + 1;
		} else if (open == '(' && s.ptr[at] == '[') {
			at = skip_closed(s, at, '[', ']') - 1;
		} else if (open == '(' && s.ptr[at] == open) {
			depth++;
		} else if (open == '(' && s.ptr[at] == close && --depth == 0) {
			return at + 1;
		}
	}
	return s.len;
}

/* What norms are read from: such words may stand in a text within a term that lacks them. */
static bool may_be_in_norm(struct span letters)
{
	static const char *const words[] = {"januar", "jänner", "februar", "märz", "april", "mai",
		"juni", "juli", "august", "september", "oktober", "november", "dezember", "prozent",
		"prozente", "prozenten", "vomhundert", "euro", "euros", "cent", "million",
		"millionen", "milliarde", "milliarden", "billion", "billionen", "tausend",
		"paragraf", "paragrafen", "paragraph", "paragraphen", "artikel", "artikeln",
		"artikels", "absatz", "absätze", "absatzes", "nummer", "nummern", "buchstabe",
		"buchstaben", "satz", "sätze", "drucksache", "drucksachen", "bundesgesetzblatt",
		"hundert", "vorlage", "seite", "seiten"};
	char lower[64];
	if (letters.len >= sizeof(lower))
		return false;
	for (size_t i = 0; i < letters.len; i++)
		lower[i] = letters.ptr[i] >= 'A' && letters.ptr[i] <= 'Z'
				   ? (char)(letters.ptr[i] + 32)
				   : letters.ptr[i];
	lower[letters.len] = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(words[i], lower))
			return true;
	return false;
}

size_t regex_letters(struct span s, char *ret)
{
	size_t best = 0;
	for (size_t i = 0; i + 1 < s.len; i++)
		if (s.ptr[i] == '(' && (s.ptr[i + 1] == '?' || s.ptr[i + 1] == '*'))
			return 0;
	for (size_t at = 0; at < s.len;) {
		size_t begin = at, last = at, letter;
		char c = s.ptr[at];
		while ((letter = letter_length(span_skip(s, at)))) {
			last = at;
			at += letter;
		}
		/* a quantifier takes the last letter back */
		size_t end = at < s.len && strchr("*?{+", s.ptr[at]) ? last : at;
		struct span letters = {s.ptr + begin, end - begin};
		if (letters.len >= LETTERS_MIN && letters.len > best && !may_be_in_norm(letters)) {
			memcpy(ret, letters.ptr, letters.len);
			best = letters.len;
		}
		if (at > begin)
			continue;
		if (c == '|')
			return 0;
		at = c == '\\'  ? at + 2
		     : c == '[' ? skip_closed(s, at, '[', ']')
		     : c == '(' ? skip_closed(s, at, '(', ')')
		     : c == '{' ? skip_closed(s, at, '{', '}')
				: at + 1;
	}
	return best;
}
