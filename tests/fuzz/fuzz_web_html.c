/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as text and as an attribute's value: what comes out is printable UTF-8 without a byte
 * that could end a text or a value, and every `&` begins one of our five entities.
 */
#include <stdint.h>
#include <stdlib.h>

#include "web/html.h"
#include "web/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static bool is_entity(struct span s)
{
	return span_starts(s, SPAN("&amp;")) || span_starts(s, SPAN("&lt;")) ||
	       span_starts(s, SPAN("&gt;")) || span_starts(s, SPAN("&quot;")) ||
	       span_starts(s, SPAN("&#39;"));
}

static void check_escaped(struct span s)
{
	while (s.len) {
		uint32_t code;
		size_t len = utf8_take(s, &code);
		check(code != UTF8_INVALID && utf8_printable(code));
		check(code != '<' && code != '>' && code != '"' && code != '\'');
		check(code != '&' || is_entity(s));
		s = span_skip(s, len);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = {(const char *)data, size};
	BUF_SCOPED(out);
	html_escape(&out, text);
	check_escaped(buf_span(&out));
	size_t escaped = out.len;

	buf_clear(&out);
	struct html h = HTML_INIT(&out);
	html_open(&h, "p");
	html_attr(&h, "title", text);
	html_text(&h, text);
	html_end(&h);
	check(out.len == 2 * escaped + strlen("<p title=\"\"></p>"));
	return 0;
}
