/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Classes of code points. Latin letters, which nearly all text here consists of, are told by
 * ranges; the rest comes from utf8proc's tables. Unicode's Word_Break property is not in utf8proc:
 * it is derived from the general category, which agrees with it for letters and numbers.
 */
#include "text/chars.h"

#include <utf8proc.h>

uint32_t char_plain(uint32_t cp)
{
	switch (cp) {
	case 0x2217: /* asterisk operator */
	case 0xff0a: /* full width */
	case 0x204e: /* low */
	case 0x2731: /* heavy */
	case 0xfe61: /* small */
		return '*';
	case 0xff1a:
		return ':';
	case 0x2010:
	case 0x2011:
		return '-';
	case 0x2019:
		return '\'';
	default:
		return cp;
	}
}

static enum char_class ascii_class(uint32_t cp)
{
	if ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z')
		return CHAR_LETTER;
	if (cp >= '0' && cp <= '9')
		return CHAR_DIGIT;
	switch (cp) {
	case ' ':
	case '\t':
	case '\n':
	case '\r':
	case '\f':
	case '\v':
		return CHAR_SPACE;
	case '-':
		return CHAR_HYPHEN;
	case '*':
	case ':':
	case '_':
	case '/':
	case '(':
	case ')':
	case '\'':
	case '.':
	case ',':
		return CHAR_SIGN;
	default:
		return CHAR_OTHER;
	}
}

static bool is_ideograph(uint32_t cp)
{
	return (cp >= 0x3041 && cp <= 0x3096) || (cp >= 0x3400 && cp <= 0x4dbf) ||
	       (cp >= 0x4e00 && cp <= 0x9fff) || (cp >= 0xf900 && cp <= 0xfaff) ||
	       (cp >= 0x20000 && cp <= 0x3ffff);
}

static enum char_class table_class(uint32_t cp)
{
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_NL:
		return is_ideograph(cp) ? CHAR_IDEOGRAPH : CHAR_LETTER;
	case UTF8PROC_CATEGORY_ND:
		return CHAR_DIGIT;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return CHAR_MARK;
	case UTF8PROC_CATEGORY_CF:
		return CHAR_IGNORED;
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return CHAR_SPACE;
	default:
		return CHAR_OTHER;
	}
}

enum char_class char_class(uint32_t cp)
{
	if (cp < 0x80)
		return ascii_class(cp);
	if (cp >= 0xc0 && cp < 0x250)
		return cp == 0xd7 || cp == 0xf7 ? CHAR_OTHER : CHAR_LETTER;
	switch (cp) {
	case 0x2010:
	case 0x2011:
		return CHAR_HYPHEN;
	case 0xb7:
		return CHAR_SIGN;
	}
	uint32_t plain = char_plain(cp);
	return plain != cp ? ascii_class(plain) : table_class(cp);
}

uint32_t char_lower(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 0x20 : cp;
	if (cp < 0x100)
		return cp >= 0xc0 && cp <= 0xde && cp != 0xd7 ? cp + 0x20 : cp;
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

bool char_is_upper(uint32_t cp)
{
	return char_lower(cp) != cp;
}

unsigned char_columns(uint32_t cp)
{
	if (cp >= ' ' && cp < 0x7f)
		return 1;
	int width = utf8proc_charwidth((utf8proc_int32_t)cp);
	return width > 0 ? (unsigned)width : 0;
}
