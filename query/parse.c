/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recursive descent over the bytes of a query. Asterisks, colons, slashes and parentheses within
 * a word belong to the word (Migrant*innen, Lehrer(innen)); an operator stands between blanks.
 */
#include "query/parse.h"

#include "text/norm.h"
#include "text/utf8.h"

enum { MAX_DEPTH = 64 };

struct parser {
	struct span query;
	size_t at;
	int open; /* parentheses */
	struct arena *arena;
	struct notice *first_notice, **next_notice;
};

static struct node *parse_or(struct parser *p);

/* Puts a notice before those that were added since `place` was p->next_notice. */
static void insert_notice(
	struct parser *p, struct notice **place, size_t offset, const char *message)
{
	struct notice *notice = arena_alloc(p->arena, sizeof(*notice));
	*notice = (struct notice){message, offset, *place};
	*place = notice;
	if (p->next_notice == place)
		p->next_notice = &notice->next;
}

static void add_notice(struct parser *p, size_t offset, const char *message)
{
	insert_notice(p, p->next_notice, offset, message);
}

static struct node *new_node(struct parser *p, enum node_kind kind, struct node *children)
{
	struct node *node = arena_alloc(p->arena, sizeof(*node));
	*node = (struct node){.kind = kind, .children = children};
	return node;
}

static struct node *new_leaf(
	struct parser *p, enum node_kind kind, size_t begin, size_t end, bool exact)
{
	struct node *node = new_node(p, kind, NULL);
	node->text = (struct span){p->query.ptr + begin, end - begin};
	node->offset = begin;
	node->exact = exact;
	return node;
}

static struct span rest(const struct parser *p)
{
	return span_skip(p->query, p->at);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static size_t blank_length(struct span s)
{
	if (s.len && is_blank(s.ptr[0]))
		return 1;
	return span_starts(s, SPAN("\u00a0")) ? strlen("\u00a0") : 0;
}

static void skip_blanks(struct parser *p)
{
	for (size_t len = blank_length(rest(p)); len; len = blank_length(rest(p)))
		p->at += len;
}

/* Length of a quotation mark at the begin of `s`, 0 if there is none. */
static size_t quote_length(struct span s)
{
	static const struct span marks[] = {
		{"\"", 1}, {"„", 3}, {"“", 3}, {"”", 3}, {"«", 2}, {"»", 2}};
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (span_starts(s, marks[i]))
			return marks[i].len;
	return 0;
}

/* An operator in capitals between blanks or parentheses: takes it. */
static bool take_operator(struct parser *p, struct span german, struct span english)
{
	struct span s = rest(p);
	size_t len = span_starts(s, german)    ? german.len
		     : span_starts(s, english) ? english.len
					       : 0;
	if (!len)
		return false;
	struct span behind = span_skip(s, len);
	bool ends = behind.len == 0 || blank_length(behind) || behind.ptr[0] == '(' ||
		    (behind.ptr[0] == ')' && p->open > 0) || quote_length(behind);
	if (!ends)
		return false;
	p->at += len;
	return true;
}

static bool at_end(struct parser *p)
{
	skip_blanks(p);
	return p->at == p->query.len || (p->open > 0 && p->query.ptr[p->at] == ')');
}

/* An operator that has nothing on one side is a word after all. */
static struct node *operator_as_word(struct parser *p, size_t begin, size_t end)
{
	add_notice(p, begin, "operator without a word beside it, searched as a word");
	return new_leaf(p, NODE_WORD, begin, end, false);
}

static struct node *parse_phrase(struct parser *p, bool exact)
{
	size_t open = p->at;
	p->at += quote_length(rest(p));
	size_t begin = p->at;
	while (p->at < p->query.len && !quote_length(rest(p)))
		p->at += utf8_length((unsigned char)p->query.ptr[p->at]);
	if (p->at >= p->query.len) {
		p->at = begin;
		add_notice(p, open, "quotation mark without a second one, ignored");
		return NULL;
	}
	size_t end = p->at;
	p->at += quote_length(rest(p));
	return new_leaf(p, NODE_PHRASE, begin, end, exact);
}

/* A citation of several words is one: § 16a Abs. 1 AufenthG. */
static struct node *parse_norm(struct parser *p)
{
	struct norm norm;
	struct span s = rest(p);
	const char *end = s.ptr + s.len;
	if (!norm_may_begin(s.ptr, end) || !norm_read(s.ptr, end, &norm))
		return NULL;
	for (size_t i = 0; i < norm.context_len; i++)
		if (quote_length(span_skip(s, i)))
			return NULL;
	struct span behind = span_skip(s, norm.context_len);
	if (behind.len && !blank_length(behind) && behind.ptr[0] != ')')
		return NULL;
	size_t begin = p->at;
	p->at += norm.context_len;
	return new_leaf(p, NODE_WORD, begin, p->at, false);
}

/* What looks like more than a word, and is searched as the words in it. */
static void note_oddities(struct parser *p, size_t begin)
{
	static const struct span fields[] = {{"autor:", 6}, {"author:", 7}, {"typ:", 4},
		{"type:", 5}, {"pfad:", 5}, {"path:", 5}, {"jahr:", 5}, {"year:", 5}, {"datum:", 6},
		{"date:", 5}, {"sprache:", 8}};
	struct span word = {p->query.ptr + begin, p->at - begin};
	if (word.len > 1 && (word.ptr[0] == '*' || word.ptr[word.len - 1] == '*'))
		add_notice(p, begin, "no wildcards here: searched as a word without its star");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (span_starts(word, fields[i]))
			add_notice(p, begin, "not a field here: searched as words");
}

static struct node *parse_word(struct parser *p, bool exact)
{
	size_t begin = p->at;
	struct node *norm = exact ? NULL : parse_norm(p);
	if (norm)
		return norm;
	int inner = 0;
	while (p->at < p->query.len && !blank_length(rest(p)) && !quote_length(rest(p))) {
		char c = p->query.ptr[p->at];
		if (c == ')' && inner == 0 && p->open > 0)
			break;
		inner += c == '(' ? 1 : c == ')' && inner > 0 ? -1 : 0;
		p->at += utf8_length((unsigned char)c);
	}
	if (p->at > p->query.len)
		p->at = p->query.len;
	note_oddities(p, begin);
	return new_leaf(p, NODE_WORD, begin, p->at, exact);
}

/* "titel:" right before a word or a quotation mark: takes it. */
static enum field take_field(struct parser *p)
{
	static const struct {
		struct span name;
		enum field field;
	} fields[] = {{{"titel:", 6}, FIELD_TITLE}, {{"title:", 6}, FIELD_TITLE},
		{{"norm:", 5}, FIELD_NORM}};
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		struct span behind = rest(p);
		if (!span_starts(behind, fields[i].name))
			continue;
		behind = span_skip(behind, fields[i].name.len);
		if (behind.len == 0 || blank_length(behind) || behind.ptr[0] == ')')
			continue;
		p->at += fields[i].name.len;
		return fields[i].field;
	}
	return FIELD_TEXT;
}

static struct node *parse_leaf(struct parser *p)
{
	if (span_starts(rest(p), SPAN("="))) {
		struct span behind = span_skip(rest(p), 1);
		if (behind.len && !blank_length(behind)) {
			p->at++;
			return quote_length(behind) ? parse_phrase(p, true) : parse_word(p, true);
		}
	}
	return quote_length(rest(p)) ? parse_phrase(p, false) : parse_word(p, false);
}

static struct node *parse_group(struct parser *p)
{
	size_t begin = p->at;
	if (p->query.ptr[p->at] == '(' && p->open < MAX_DEPTH) {
		struct notice **place = p->next_notice;
		p->at++;
		p->open++;
		struct node *node = at_end(p) ? NULL : parse_or(p);
		p->open--;
		skip_blanks(p);
		if (p->at < p->query.len)
			p->at++;
		else
			insert_notice(p, place, begin, "parenthesis without a second one, ignored");
		if (node && node->kind == NODE_AND)
			node->required = true;
		return node;
	}
	enum field field = take_field(p);
	struct node *leaf = parse_leaf(p);
	if (leaf)
		leaf->field = field;
	return leaf;
}

static bool take_minus(struct parser *p)
{
	struct span s = rest(p);
	if (s.len < 2 || s.ptr[0] != '-' || blank_length(span_skip(s, 1)) || s.ptr[1] == '-')
		return false;
	p->at++;
	return true;
}

static struct node *parse_not(struct parser *p)
{
	bool negated = false;
	for (;;) {
		size_t begin = p->at;
		bool word = take_operator(p, SPAN("NICHT"), SPAN("NOT"));
		size_t end = p->at;
		if (!word && !take_minus(p))
			break;
		if (at_end(p))
			return word ? operator_as_word(p, begin, end) : NULL;
		negated = !negated;
	}
	struct node *node = parse_group(p);
	return node && negated ? new_node(p, NODE_NOT, node) : node;
}

/* Appends `node` (which may be NULL) to a list of siblings. */
static void append(struct node ***next, struct node *node)
{
	if (!node)
		return;
	**next = node;
	*next = &node->next;
}

static struct node *parse_and(struct parser *p)
{
	struct node *first = NULL, **next = &first;
	bool required = false;
	while (!at_end(p)) {
		size_t begin = p->at;
		if (take_operator(p, SPAN("UND"), SPAN("AND"))) {
			size_t end = p->at;
			if (!first || at_end(p))
				append(&next, operator_as_word(p, begin, end));
			else
				required = true;
			continue;
		}
		if (take_operator(p, SPAN("ODER"), SPAN("OR"))) {
			size_t end = p->at;
			if (first && !at_end(p)) {
				p->at = begin;
				break;
			}
			append(&next, operator_as_word(p, begin, end));
			continue;
		}
		append(&next, parse_not(p));
	}
	if (!first || (!first->next && first->kind != NODE_NOT))
		return first;
	struct node *node = new_node(p, NODE_AND, first);
	node->required = required;
	return node;
}

static struct node *parse_or(struct parser *p)
{
	struct node *first = NULL, **next = &first;
	append(&next, parse_and(p));
	while (!at_end(p) && take_operator(p, SPAN("ODER"), SPAN("OR"))) {
		skip_blanks(p);
		append(&next, parse_and(p));
	}
	return first && first->next ? new_node(p, NODE_OR, first) : first;
}

struct parsed parse_query(struct span query, struct arena *arena)
{
	struct parser parser = {.query = query, .arena = arena};
	parser.next_notice = &parser.first_notice;
	struct node *first = NULL, **next = &first;
	while (!at_end(&parser))
		append(&next, parse_or(&parser));
	return (struct parsed){first, parser.first_notice};
}

struct node *parse_any_of(struct node *const *roots, size_t count, struct arena *arena)
{
	struct node *first = NULL, **next = &first;
	for (size_t i = 0; i < count; i++)
		append(&next, roots[i]);
	if (!first || !first->next)
		return first;
	struct node *node = arena_alloc(arena, sizeof(*node));
	*node = (struct node){.kind = NODE_OR, .children = first};
	return node;
}
