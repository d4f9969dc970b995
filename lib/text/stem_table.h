/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Families of words: what a stemmer's rules cannot know, as a text that a linguist can write.
 *
 * A line is a family. Its first word is the lead, behind it come the forms that belong to it:
 *
 *   Zentrum: Zentren             the stem is what Zentrum has without this line
 *   Kurs = Kurse Kursen Kurses   the stem is the word Kurs as it stands
 *   helfen: hilft half geholfen  lower case and -n: a verb
 *   hoch: hohe hohen höher       lower case: any other word
 *   # a comment
 *
 * Forms of nouns (written with a capital) are also known as the last part of a compound
 * (Sprachkurse), forms of verbs behind prefixes (verholfen); regular forms of a verb (helfend,
 * helfe) need not be listed, nor the endings of its participles. `Raten!` is a word but never a
 * part, `-schloss` a part but never a word, `Gliedern*` is no noun behind verb prefixes
 * (Schulgliedern, but ausgliedern). A form of two families belongs to the first.
 */
#ifndef LUPE_TEXT_STEM_TABLE_H
#define LUPE_TEXT_STEM_TABLE_H

#include <stdint.h>

#include "base/span.h"
#include "lupe/status.h"

enum stem_entry_flag {
	STEM_WHOLE = 1,     /**< may be a whole word */
	STEM_LAST = 2,      /**< may be the last part of a compound */
	STEM_PREFIXED = 4,  /**< may stand behind verb prefixes */
	STEM_ROOT = 8,      /**< what the regular endings of a verb are put to: förder */
	STEM_VERB = 16,     /**< the lead is a verb */
	STEM_VERBATIM = 32, /**< the lead is the stem as it stands */
	STEM_OR_VERB = 64,  /**< behind verb prefixes the form is one of a verb's */
};

struct stem_entry {
	uint32_t hash;       /**< of the form, read from its end */
	uint32_t form, lead; /**< where they begin in `strings`; folded */
	uint8_t form_len, lead_len;
	uint8_t flags;
};

enum { STEM_FILTER_BITS = 1 << 13 };

/**
 * A hash table of entries. Zeroed, it is empty. The filter has a bit for the hash of the last
 * three and five bytes of every form that is so long: most words are known not to be there behind
 * these.
 */
struct stem_table {
	const struct stem_entry *entries;
	const uint32_t *slots; /**< number of an entry, from 1; 0: free. Linear probing */
	const char *strings;
	uint32_t entry_count;
	uint32_t slot_count; /**< 0 or a power of two */
	uint32_t strings_len;
	const uint8_t *filter; /**< STEM_FILTER_BITS bits */
};

/** What lib/text/data/stems.txt says; made at build time. */
extern const struct stem_table stem_table_builtin;

/**
 * Reads families; `name` is for messages. Free `*ret` with stem_table_done. Errors: ARGUMENT, with
 * the number of the line.
 */
lupe_status stem_table_parse(
	struct span text, const char *name, struct stem_table *ret, struct lupe_error *err);
/** Frees what stem_table_parse made. */
void stem_table_done(struct stem_table *table);

/** What is looked for. */
struct stem_sought {
	bool root;     /**< a root of a verb, not a form */
	bool noun;     /**< of a noun: the root may also end a compound (Sprachförder-ung) */
	uint8_t infix; /**< enum verb_infix between prefixes and root */
};
/** The longest end of `word` that is what is sought and may stand where it does; NULL if none. */
const struct stem_entry *stem_table_find(
	const struct stem_table *table, struct span word, struct stem_sought sought);

static inline struct span stem_table_lead(
	const struct stem_table *table, const struct stem_entry *entry)
{
	return (struct span){table->strings + entry->lead, entry->lead_len};
}

#endif
