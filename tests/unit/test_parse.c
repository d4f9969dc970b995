/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Queries and the trees they become, in a notation of their own:
 *
 *   word   =word   "phrase"   ="phrase"   -x   (x y) all of them   (x & y) all, by an operator
 *   (x | y) any of them   (x ~5 y) near   [word] with wildcards   titel:x   jahr{2015..2023}
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "query/parse.h"

static void print_tree(const struct node *node, struct buf *out)
{
	static const char *const fields[] = {
		"", "titel:", "autor:", "norm:", "typ", "pfad", "datum", "sprache"};
	if (node->kind == NODE_FILTER) {
		buf_printf(out, "%s{%.*s}", fields[node->field], SPAN_ARG(node->text));
		return;
	}
	if (node_is_leaf(node)) {
		const char *open = node->kind == NODE_PHRASE ? "\"" : node->pattern ? "[" : "";
		const char *close = node->pattern ? "]" : open;
		buf_printf(out, "%s%s%s%.*s%s", fields[node->field], node->exact ? "=" : "", open,
			SPAN_ARG(node->text), close);
		return;
	}
	if (node->kind == NODE_NOT) {
		buf_add_string(out, "-");
		assert_null(node->children->next);
		print_tree(node->children, out);
		return;
	}
	const char *between = node->kind == NODE_OR ? " | " : node->required ? " & " : " ";
	for (const struct node *child = node->children; child; child = child->next) {
		buf_add_string(out, child == node->children   ? "("
				    : node->kind == NODE_NEAR ? ""
							      : between);
		if (node->kind == NODE_NEAR && child != node->children)
			buf_printf(out, "~%u ", child->reach);
		print_tree(child, out);
	}
	buf_add_string(out, ")");
}

/* The tree of `query`, behind it the offsets of its notices: "(a b) !3". */
static void assert_tree(const char *query, const char *expected)
{
	struct arena arena = ARENA_INIT;
	BUF_SCOPED(out);
	struct parsed parsed = parse_query(span_of(query), &arena);
	if (parsed.root)
		print_tree(parsed.root, &out);
	size_t before = 0;
	for (const struct notice *n = parsed.notices; n; n = n->next) {
		buf_printf(&out, "%s!%zu", out.len ? " " : "", n->offset);
		assert_true(n->offset >= before);
		before = n->offset;
	}
	if (strcmp(buf_string(&out), expected) != 0)
		fail_msg("%s became %s, not %s", query, buf_string(&out), expected);
	arena_done(&arena);
}

struct tree_case {
	const char *query, *tree;
};

static void assert_trees(const struct tree_case *cases)
{
	for (; cases->query; cases++)
		assert_tree(cases->query, cases->tree);
}

static void words_side_by_side_are_all_wanted(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"", ""},
		{" \t\n ", ""},
		{"Kurs", "Kurs"},
		{"  Kurs  ", "Kurs"},
		{"Kurs Amt", "(Kurs Amt)"},
		{"Kurs\tAmt\nRat", "(Kurs Amt Rat)"},
		{"Kurs\u00a0Amt", "(Kurs Amt)"},
		{NULL, NULL},
	});
}

static void a_citation_is_one_word(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"§ 44a AufenthG", "§ 44a AufenthG"},
		{"Kurs § 44a Abs. 1 Satz 2 AufenthG Amt",
			"(Kurs § 44a Abs. 1 Satz 2 AufenthG Amt)"},
		{"SGB II Leistung", "(SGB II Leistung)"},
		{"42 % UND 3. Oktober 2023", "(42 % & 3. Oktober 2023)"},
		{"NICHT § 5 ODER (§ 6 BGB)", "((-§ 5) | § 6 BGB)"},
		{"§", "§"},
		{"\"§ 44a AufenthG\"", "\"§ 44a AufenthG\""},
		{NULL, NULL},
	});
}

static void operators_are_german_or_english_capitals(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"a UND b", "(a & b)"},
		{"a AND b", "(a & b)"},
		{"a ODER b", "(a | b)"},
		{"a OR b", "(a | b)"},
		{"a NICHT b", "(a -b)"},
		{"a NOT b", "(a -b)"},
		{"a -b", "(a -b)"},
		{"a UND NICHT b", "(a & -b)"},
		{"a UND b AND c", "(a & b & c)"},
		{"a ODER b OR c", "(a | b | c)"},
		{NULL, NULL},
	});
}

static void operators_in_other_letters_are_words(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"a und b", "(a und b)"},
		{"a or b", "(a or b)"},
		{"a Oder b", "(a Oder b)"},
		{"a nicht b", "(a nicht b)"},
		{"a Not b", "(a Not b)"},
		{"UNDINE ODERBRUCH", "(UNDINE ODERBRUCH)"},
		{"NICHT-EU-Bürger", "NICHT-EU-Bürger"},
		{"NICHTS ORT ANDERS", "(NICHTS ORT ANDERS)"},
		{NULL, NULL},
	});
}

static void not_binds_before_and_before_or(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"a b ODER c d", "((a b) | (c d))"},
		{"a UND b ODER c", "((a & b) | c)"},
		{"a ODER b UND c", "(a | (b & c))"},
		{"NICHT a b", "(-a b)"},
		{"NICHT a ODER b", "((-a) | b)"},
		{"a ODER -b c", "(a | (-b c))"},
		{NULL, NULL},
	});
}

static void parentheses_group(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"(a)", "a"},
		{"((a))", "a"},
		{"( a )", "a"},
		{"(a b)", "(a & b)"},
		{"(a ODER b) c", "((a | b) c)"},
		{"a (b ODER c)", "(a (b | c))"},
		{"a ODER (b c)", "(a | (b & c))"},
		{"(a)(b)", "(a b)"},
		{"(a)ODER(b)", "(a | b)"},
		{"NICHT (a ODER b)", "(-(a | b))"},
		{"a -(b c)", "(a -(b & c))"},
		{"(a ODER (b UND (c ODER d)))", "(a | (b & (c | d)))"},
		{"()", ""},
		{"a () b", "(a b)"},
		{NULL, NULL},
	});
}

static void parentheses_in_a_word_belong_to_it(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"Lehrer(innen)", "Lehrer(innen)"},
		{"(Lehrer(innen) ODER Eltern)", "(Lehrer(innen) | Eltern)"},
		{"a) b", "(a) b)"},
		{NULL, NULL},
	});
}

static void stars_colons_and_slashes_are_no_operators(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"Migrant*innen", "Migrant*innen"},
		{"Bürger:innen Schüler/-innen", "(Bürger:innen Schüler/-innen)"},
		{"Kolleg_innen jede*r", "(Kolleg_innen jede*r)"},
		{"m/w/d https://example.org/?a=b", "(m/w/d https://example.org/?a=b)"},
		{"migrant*innen Bürger*innenbeteiligung",
			"(migrant*innen Bürger*innenbeteiligung)"},
		{"der*die", "der*die"},
		{NULL, NULL},
	});
}

static void stars_in_other_words_are_wildcards(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"kurs* *kurs *kurs* k*rs", "([kurs*] [*kurs] [*kurs*] [k*rs])"},
		{"M?ller wer? Was kostet das?", "([M?ller] wer? Was kostet das?)"},
		{"=kurs* -kurs*", "(=[kurs*] -[kurs*])"},
		{"(kurs*, amt*)", "([kurs*] & [amt*])"},
		{"EU-Länd* Migrant*", "([EU-Länd*] [Migrant*])"},
		{"a*", "a* !0"},
		{"* ** ***", "(* ** ***) !0"},
		{"a*b.c x**", "(a*b.c x**) !0 !6"},
		{"Bürger*innen*", "Bürger*innen* !0"},
		{"\"der Kurs*\"", "\"der Kurs*\" !5"},
		{NULL, NULL},
	});
}

static void fields_stand_right_before_their_value(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"titel:Kurs title:Kurs", "(titel:Kurs titel:Kurs)"},
		{"titel:\"a b\" titel:=Kurs", "(titel:\"a b\" titel:=Kurs)"},
		{"titel:(a ODER b) c", "((titel:a | titel:b) c)"},
		{"titel:(a norm:b)", "(titel:a & norm:b)"},
		{"Autor:Meier -author:Meier", "(autor:Meier -autor:Meier)"},
		{"typ:pdf path:rat/*.md", "(typ{pdf} pfad{rat/*.md})"},
		{"sprache:de language:\"de-DE\"", "(sprache{de} sprache{de-DE})"},
		{"jahr:2019 year:>=2015 date:2019-05..2020",
			"(datum{2019} datum{>=2015} datum{2019-05..2020})"},
		{"jahr:(2019 ODER 2021)", "(datum{2019} | datum{2021})"},
		{"jahr:bald Kurs", "(jahr:bald Kurs) !0"},
		{"titel: Kurs", "(titel: Kurs)"},
		{"(titel:)", "titel:"},
		{"Autor:innen Autor:in autor:innenrat", "(Autor:innen Autor:in autor:innenrat)"},
		{"ort:Berlin https://a.b/c", "(ort:Berlin https://a.b/c)"},
		{NULL, NULL},
	});
}

static void near_stands_between_words_phrases_and_ors(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"a NAHE b", "(a~10 b)"},
		{"a NEAR/3 b NAHE/5 c", "(a~3 b~5 c)"},
		{"a NAHE/5 \"b c\" d", "((a~5 \"b c\") d)"},
		{"(a ODER b) NAHE/2 =c", "((a | b)~2 =c)"},
		{"x NICHT a NAHE b", "(x -(a~10 b))"},
		{"x ODER a NAHE b", "(x | (a~10 b))"},
		{"a NAHE/0 b NAHE/9999999999999 c", "(a~1 b~1000 c) !2"},
		{"a NAHE/ b NAHE/x c nahe d", "(a NAHE/ b NAHE/x c nahe d)"},
		{"NAHE a", "(NAHE a) !0"},
		{"a NAHE", "(a NAHE) !2"},
		{"a NAHE UND b", "(a & NAHE & b) !2"},
		{"(a b) NAHE c", "((a & b) & c) !0"},
		{"titel:a NAHE b", "(titel:a & b) !0"},
		{"a NAHE (-b)", "(a & (-b)) !0"},
		{NULL, NULL},
	});
}

static void quotation_marks_of_all_kinds_make_phrases(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"\"a b\"", "\"a b\""},
		{"„a b“", "\"a b\""},
		{"“a b”", "\"a b\""},
		{"»a b«", "\"a b\""},
		{"«a b»", "\"a b\""},
		{"„a b\"", "\"a b\""},
		{"x \"a b\" y", "(x \"a b\" y)"},
		{"\"a b\"\"c d\"", "(\"a b\" \"c d\")"},
		{"-\"a b\"", "(-\"a b\")"},
		{"\"a UND (b\"", "\"a UND (b\""},
		{"\"\"", "\"\""},
		{"x\"a b\"", "(x \"a b\")"},
		{NULL, NULL},
	});
}

static void an_equals_sign_asks_for_the_form_as_written(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"=Kurs", "=Kurs"},
		{"=\"Der Kurs\"", "=\"Der Kurs\""},
		{"=„Der Kurs“", "=\"Der Kurs\""},
		{"-=Kurs a", "(-=Kurs a)"},
		{"= Kurs", "(= Kurs)"},
		{"=", "="},
		{"a=b", "a=b"},
		{"==a", "==a"},
		{NULL, NULL},
	});
}

static void a_minus_excludes_only_before_a_word(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"a - b", "(a - b)"},
		{"a-b", "a-b"},
		{"a --b", "(a --b)"},
		{"-a", "(-a)"},
		{"NICHT NICHT a", "a"},
		{"NICHT -a", "a"},
		{"-", "-"},
		{NULL, NULL},
	});
}

static void what_is_no_operator_after_all_is_noticed(void **state)
{
	(void)state;
	assert_trees((struct tree_case[]){
		{"UND", "UND !0"},
		{"ODER a", "(ODER a) !0"},
		{"a ODER", "(a ODER) !2"},
		{"a UND", "(a UND) !2"},
		{"a NICHT", "(a NICHT) !2"},
		{"a ODER ODER b", "(a | (ODER b)) !7"},
		{"\"a b", "(a b) !0"},
		{"x „a b", "(x a b) !2"},
		{"(a", "a !0"},
		{"x (a b", "(x (a & b)) !2"},
		{"((a", "a !0"},
		{"((((((((a UND) UND) (", "((a & UND) & UND) !0 !10"},
		{"(x \"a", "(x & a) !0 !3"},
		{"(a UND)", "(a & UND) !3"},
		{"(a ODER) b", "((a & ODER) b) !3"},
		{NULL, NULL},
	});
}

/* ---- abuse ---- */

static size_t depth_of(const struct node *node)
{
	size_t deepest = 0;
	for (const struct node *child = node->children; child; child = child->next) {
		size_t depth = depth_of(child);
		deepest = depth > deepest ? depth : deepest;
	}
	return deepest + 1;
}

static void depth_is_bounded_however_deep_the_parentheses(void **state)
{
	(void)state;
	static const char *const pieces[] = {"(", "(a ", "-(a ODER ", "NICHT ", "=(", "((\""};
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct arena arena = ARENA_INIT;
		BUF_SCOPED(query);
		for (size_t k = 0; k < 100 * 1000; k++)
			buf_add_string(&query, pieces[i]);
		struct parsed parsed = parse_query(buf_span(&query), &arena);
		if (parsed.root)
			assert_true(depth_of(parsed.root) < 1000);
		arena_done(&arena);
	}
}

static void a_query_that_ends_within_a_character_is_read_to_its_end(void **state)
{
	(void)state;
	static const char *const queries[] = {"a\xc3", "\xe2\x80", "\"\xf0", "=\xe2", "(\xc2"};
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		struct arena arena = ARENA_INIT;
		struct span query = span_of(queries[i]);
		struct parsed parsed = parse_query(query, &arena);
		assert_non_null(parsed.root);
		assert_true(parsed.root->offset + parsed.root->text.len <= query.len);
		arena_done(&arena);
	}
}

/* ---- several queries ---- */

static void several_queries_are_any_of_them(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	BUF_SCOPED(out);
	struct node *roots[] = {
		parse_query(SPAN("a b"), &arena).root, NULL, parse_query(SPAN("c"), &arena).root};
	print_tree(parse_any_of(roots, 3, &arena), &out);
	assert_string_equal(out.ptr, "((a b) | c)");
	assert_null(parse_any_of(roots, 0, &arena));
	assert_null(parse_any_of(roots + 1, 1, &arena));
	assert_ptr_equal(parse_any_of(roots + 1, 2, &arena), roots[2]);
	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_side_by_side_are_all_wanted),
		cmocka_unit_test(a_citation_is_one_word),
		cmocka_unit_test(operators_are_german_or_english_capitals),
		cmocka_unit_test(operators_in_other_letters_are_words),
		cmocka_unit_test(not_binds_before_and_before_or),
		cmocka_unit_test(parentheses_group),
		cmocka_unit_test(parentheses_in_a_word_belong_to_it),
		cmocka_unit_test(stars_colons_and_slashes_are_no_operators),
		cmocka_unit_test(stars_in_other_words_are_wildcards),
		cmocka_unit_test(fields_stand_right_before_their_value),
		cmocka_unit_test(near_stands_between_words_phrases_and_ors),
		cmocka_unit_test(quotation_marks_of_all_kinds_make_phrases),
		cmocka_unit_test(an_equals_sign_asks_for_the_form_as_written),
		cmocka_unit_test(a_minus_excludes_only_before_a_word),
		cmocka_unit_test(what_is_no_operator_after_all_is_noticed),
		cmocka_unit_test(depth_is_bounded_however_deep_the_parentheses),
		cmocka_unit_test(a_query_that_ends_within_a_character_is_read_to_its_end),
		cmocka_unit_test(several_queries_are_any_of_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
