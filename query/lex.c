/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What stands between the words of a query. Operators are in capitals and stand between blanks; a
 * field's name stands right before its value, so that "Titel: Bericht" is two words, and so is
 * every gender form with a colon (Autor:innen).
 */
#include "query/lex.h"

#include "text/utf8.h"

void lex_note(struct lexer *l, size_t offset, const char *message)
{
	for (struct notice *n = l->notices; n; n = n->next)
		if (strcmp(n->message, message) == 0) {
			n->offset = offset < n->offset ? offset : n->offset;
			return;
		}
	struct notice *notice = arena_alloc(l->arena, sizeof(*notice));
	*notice = (struct notice){message, offset, l->notices};
	l->notices = notice;
}

struct notice *lex_notices(struct lexer *l)
{
	struct notice *sorted = NULL;
	for (struct notice *n = l->notices, *next; n; n = next) {
		struct notice **place = &sorted;
		next = n->next;
		while (*place && (*place)->offset < n->offset)
			place = &(*place)->next;
		n->next = *place;
		*place = n;
	}
	l->notices = NULL;
	return sorted;
}

struct span lex_rest(const struct lexer *l)
{
	return span_skip(l->query, l->at);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

size_t lex_blank(struct span s)
{
	if (s.len && is_blank(s.ptr[0]))
		return 1;
	return span_starts(s, SPAN("\u00a0")) ? strlen("\u00a0") : 0;
}

size_t lex_quote(struct span s)
{
	static const struct span marks[] = {
		{"\"", 1}, {"„", 3}, {"“", 3}, {"”", 3}, {"«", 2}, {"»", 2}};
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (span_starts(s, marks[i]))
			return marks[i].len;
	return 0;
}

bool lex_at_end(struct lexer *l)
{
	for (size_t len = lex_blank(lex_rest(l)); len; len = lex_blank(lex_rest(l)))
		l->at += len;
	return l->at == l->query.len || (l->open > 0 && l->query.ptr[l->at] == ')');
}

/* The number behind NAHE/; `*len` goes on behind it. False if what follows the slash is none. */
static bool read_reach(struct span s, size_t *len, uint32_t *ret)
{
	*ret = NEAR_DEFAULT;
	if (*len >= s.len || s.ptr[*len] != '/')
		return true;
	size_t at = *len + 1;
	uint32_t number = 0;
	for (; at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9'; at++)
		number = number > NEAR_MOST ? number : number * 10 + (uint32_t)(s.ptr[at] - '0');
	if (at == *len + 1)
		return false;
	*len = at;
	*ret = number;
	return true;
}

enum operation lex_operator(const struct lexer *l, size_t *ret_len, uint32_t *ret_reach)
{
	static const struct {
		struct span name;
		enum operation op;
	} operators[] = {{{"UND", 3}, OPERATOR_AND}, {{"AND", 3}, OPERATOR_AND},
		{{"ODER", 4}, OPERATOR_OR}, {{"OR", 2}, OPERATOR_OR}, {{"NICHT", 5}, OPERATOR_NOT},
		{{"NOT", 3}, OPERATOR_NOT}, {{"NAHE", 4}, OPERATOR_NEAR},
		{{"NEAR", 4}, OPERATOR_NEAR}};
	struct span s = lex_rest(l);
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		size_t len = operators[i].name.len;
		if (!span_starts(s, operators[i].name))
			continue;
		if (operators[i].op == OPERATOR_NEAR && !read_reach(s, &len, ret_reach))
			continue;
		struct span behind = span_skip(s, len);
		bool ends = behind.len == 0 || lex_blank(behind) || behind.ptr[0] == '(' ||
			    (behind.ptr[0] == ')' && l->open > 0) || lex_quote(behind);
		if (!ends)
			continue;
		*ret_len = len;
		return operators[i].op;
	}
	return OPERATOR_NONE;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool starts_lower(struct span s, struct span prefix)
{
	if (s.len < prefix.len)
		return false;
	for (size_t i = 0; i < prefix.len; i++)
		if (lower(s.ptr[i]) != prefix.ptr[i])
			return false;
	return true;
}

/* The rest of Autor:in, Autor:innen. */
static bool is_gender_ending(struct span value)
{
	if (!starts_lower(value, SPAN("in")))
		return false;
	struct span behind = span_skip(value, 2);
	return behind.len == 0 || lex_blank(behind) || starts_lower(behind, SPAN("nen"));
}

size_t lex_field(const struct lexer *l, enum field *ret)
{
	static const struct {
		struct span name;
		enum field field;
	} fields[] = {{{"titel:", 6}, FIELD_TITLE}, {{"title:", 6}, FIELD_TITLE},
		{{"autor:", 6}, FIELD_AUTHOR}, {{"author:", 7}, FIELD_AUTHOR},
		{{"norm:", 5}, FIELD_NORM}, {{"typ:", 4}, FIELD_TYPE}, {{"type:", 5}, FIELD_TYPE},
		{{"pfad:", 5}, FIELD_PATH}, {{"path:", 5}, FIELD_PATH}, {{"jahr:", 5}, FIELD_DATE},
		{{"year:", 5}, FIELD_DATE}, {{"datum:", 6}, FIELD_DATE}, {{"date:", 5}, FIELD_DATE},
		{{"sprache:", 8}, FIELD_LANGUAGE}, {{"language:", 9}, FIELD_LANGUAGE}};
	struct span s = lex_rest(l);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (!starts_lower(s, fields[i].name))
			continue;
		struct span value = span_skip(s, fields[i].name.len);
		bool none = value.len == 0 || lex_blank(value) || value.ptr[0] == ')';
		if (none || (fields[i].field == FIELD_AUTHOR && is_gender_ending(value)))
			continue;
		*ret = fields[i].field;
		return fields[i].name.len;
	}
	return 0;
}

struct span lex_take_word(struct lexer *l)
{
	size_t begin = l->at;
	int inner = 0;
	while (l->at < l->query.len && !lex_blank(lex_rest(l)) && !lex_quote(lex_rest(l))) {
		char c = l->query.ptr[l->at];
		if (c == ')' && inner == 0 && l->open > 0)
			break;
		inner += c == '(' ? 1 : c == ')' && inner > 0 ? -1 : 0;
		l->at += utf8_length((unsigned char)c);
	}
	if (l->at > l->query.len)
		l->at = l->query.len;
	return (struct span){l->query.ptr + begin, l->at - begin};
}
