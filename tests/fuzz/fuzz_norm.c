/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a text, decoded first as the indexer does: the promises of norm.h, at each word. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "text/chars.h"
#include "text/decode.h"
#include "text/norm.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

static bool is_boundary(const char *at, const char *end)
{
	return at == end || ((unsigned char)*at & 0xc0) != 0x80;
}

static void check_form(const struct norm *norm, const struct norm_form *form)
{
	struct span text = {form->text, form->len};
	require(form->len > 0 && form->len < NORM_FORM_BYTES, "a form is empty or too long");
	require(strlen(form->text) == form->len && utf8_valid(text), "a form is not UTF-8");
	require(form->begin < form->end && form->end <= norm->surface_len,
		"a form lies outside its surface");
}

/* The terms, one a line. */
static void check_terms(const struct norm *norm, struct buf *ret)
{
	struct norm_terms terms;
	struct norm_term term;
	size_t count = 0, asked = 0;
	norm_terms_start(&terms, norm);
	while (norm_terms_next(&terms, &term)) {
		require(term.text.len > 0 && term.text.len < NORM_TERM_BYTES, "a term's length");
		require(utf8_valid(term.text) && !memchr(term.text.ptr, '\0', term.text.len),
			"a term is not UTF-8");
		require(term.indexed || term.asked, "a term is for nothing");
		asked += term.asked;
		count++;
		buf_printf(ret, "%.*s %d\n", SPAN_ARG(term.text), term.asked);
	}
	require(count <= 4 * NORM_MAX_MEMBERS + 16 * NORM_MAX_CITES, "too many terms");
	require(count == 0 || asked > 0, "terms that nothing asks for");
	require(count > 0 || norm->form_count > 0, "neither forms nor terms");
}

static void print_all(const struct norm *norm, struct buf *ret)
{
	buf_printf(ret, "%zu %zu\n", norm->surface_len, norm->context_len);
	for (size_t i = 0; i < norm->form_count; i++)
		buf_printf(ret, "%s %d %u %u\n", norm->forms[i].text, norm->forms[i].kind,
			norm->forms[i].begin, norm->forms[i].end);
	check_terms(norm, ret);
}

static size_t check_at(const char *at, const char *end)
{
	struct norm norm, again;
	BUF_SCOPED(all);
	BUF_SCOPED(context_only);
	if (!norm_read(at, end, &norm))
		return 0;
	require(norm_may_begin(at, end), "something begins where nothing may");
	require(norm.surface_len > 0 && norm.surface_len <= norm.context_len,
		"the surface's length");
	require(norm.context_len <= NORM_MAX_CONTEXT && norm.context_len <= (size_t)(end - at),
		"the context's length");
	require(is_boundary(at + norm.surface_len, end) && is_boundary(at + norm.context_len, end),
		"an end within a code point");
	for (size_t i = 0; i < norm.form_count; i++)
		check_form(&norm, &norm.forms[i]);
	print_all(&norm, &all);
	require(norm_read(at, at + norm.context_len, &again), "the context alone is nothing");
	print_all(&again, &context_only);
	require(span_equal(buf_span(&all), buf_span(&context_only)),
		"the context alone is something else");
	return norm.surface_len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	BUF_SCOPED(decoded);
	text_decode((struct span){(const char *)data, size}, &decoded, NULL);
	/* in memory of its very size, without the NUL behind a buffer */
	char *copy = mem_alloc(decoded.len + !decoded.len);
	memcpy(copy, buf_string(&decoded), decoded.len);
	const char *end = copy + decoded.len;
	bool within = false;
	for (const char *at = copy; at < end;) {
		size_t length, read = within ? 0 : check_at(at, end);
		enum char_class class = char_class(utf8_get(at, end, &length));
		within = class == CHAR_LETTER || class == CHAR_DIGIT || class == CHAR_MARK;
		if (read) {
			at += read;
			within = false;
		} else {
			at += length;
		}
	}
	free(copy);
	return 0;
}
