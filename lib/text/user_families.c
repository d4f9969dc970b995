/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Takes the families out of words.txt. Each line is tried alone, so that a bad one costs nothing
 * but itself; those that are good make one table. Compounds and whole words are user_words.c's.
 */
#include "text/user_families.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "text/decode.h"

bool is_user_family(struct span line)
{
	if (line.len == 0 || line.ptr[0] == '=' || memchr(line.ptr, '|', line.len))
		return false;
	return memchr(line.ptr, ':', line.len) || memchr(line.ptr, '=', line.len);
}

/* NULL if the line can be used, or what is wrong with it. */
static const char *fault_of(struct span line)
{
	struct stem_table table;
	if (!utf8_valid(line))
		return "not UTF-8";
	if (stem_table_parse(line, "", &table, NULL) != LUPE_OK)
		return "not a family of words of 2 to 60 letters";
	stem_table_done(&table);
	return NULL;
}

size_t user_families_parse(
	struct user_families *ret, struct span text, lexicon_complaint *complain, void *context)
{
	BUF_SCOPED(good);
	size_t bad = 0;
	*ret = (struct user_families){.hash = 0};
	if (span_starts(text, SPAN("\xef\xbb\xbf")))
		text = span_skip(text, 3);
	for (unsigned number = 1; text.ptr; number++) {
		struct span rest = span_take(&text, '\n');
		struct span line = span_trim(span_take(&rest, '#'));
		if (!is_user_family(line))
			continue;
		const char *fault = fault_of(line);
		if (fault && complain)
			complain(context, number, line, fault);
		bad += fault != NULL;
		if (fault)
			continue;
		buf_add_span(&good, line);
		buf_add_byte(&good, '\n');
	}
	if (good.len && stem_table_parse(buf_span(&good), "", &ret->table, NULL) == LUPE_OK)
		ret->hash = hash64(buf_span(&good));
	return bad;
}

void user_families_done(struct user_families *families)
{
	if (families->hash)
		stem_table_done(&families->table);
	*families = (struct user_families){.hash = 0};
}
