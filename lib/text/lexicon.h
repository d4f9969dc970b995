/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What is known of German word forms: how they build compounds, and whom they name.
 *
 * A lexicon is one file, made at build time by tools/build-lexicon and mapped read-only; opening
 * it checks the header and touches nothing else. An index keeps a copy of the one it was built
 * with. Its words are folded (lower case, ss for ß, umlauts kept), UTF-8, a–z ä ö ü only. A user's
 * list (`lexicon_add_words`) goes before it.
 *
 *   header | edges of an automaton over all words | per word: number of its record | records | text
 *
 * The automaton (a minimal acyclic one: words share beginnings and ends) gives each word its
 * number in alphabetical order, and lets a splitter walk along a word once for all the parts that
 * begin at one place. All numbers are little-endian. Every access is checked against the section
 * it is in, so that a damaged file gives wrong words and nothing worse.
 *
 * A lexicon does not change after it was opened and `lexicon_add_words` was called; threads may
 * share it.
 */
#ifndef LUPE_TEXT_LEXICON_H
#define LUPE_TEXT_LEXICON_H

#include <stdint.h>

#include "base/span.h"
#include "lupe/status.h"

struct lexicon;

/** Largest lexicon that is opened, in bytes. */
#define LEXICON_MAX_BYTES ((size_t)64 << 20)

/** Maps the file. Errors: NOT_FOUND, IO, CORRUPT (not a lexicon, or cut), SCHEMA (of another
    version of the format). */
lupe_status lexicon_open(const char *path, struct lexicon **ret, struct lupe_error *err);
/** The same from memory, which must stay as long as the lexicon; `name` is for messages only.
    Errors: CORRUPT, SCHEMA. */
lupe_status lexicon_from_bytes(
	struct span bytes, const char *name, struct lexicon **ret, struct lupe_error *err);
/** A lexicon without words: nothing is split but what a user's list says. */
struct lexicon *lexicon_empty(void);
void lexicon_free(struct lexicon *lexicon);

/** The bytes it was opened from: what an index copies. */
struct span lexicon_bytes(const struct lexicon *lexicon);
/** Names the contents, user's list included, without reading them: part of an analyser's name. */
uint64_t lexicon_hash(const struct lexicon *lexicon);
/** Reads it all and compares with the checksum in its header. Errors: CORRUPT. */
lupe_status lexicon_verify(const struct lexicon *lexicon, struct lupe_error *err);

/* ---- a user's list ---- */

/** Told of a line that cannot be used; `line` counts from 1, `reason` is one phrase. */
typedef void lexicon_complaint(void *context, unsigned line, struct span text, const char *reason);

/**
 * Adds a user's list, at most once for a lexicon: a word a line, in any case, `#` starts a comment.
 *
 *   Willkommens|service   split here; its parts build other compounds as well
 *   =Karlsruhe            never split, with -s, -n or -en behind it neither
 *
 * Lines with families of words (user_families.h) are passed over.
 * A line that is neither is passed to `complain` (unless NULL) and left out. Returns the number of
 * such lines.
 */
size_t lexicon_add_words(
	struct lexicon *lexicon, struct span text, lexicon_complaint *complain, void *context);

/* ---- looking up ---- */

enum lexicon_flag {
	LEXICON_WORD = 1,      /**< stands alone: it is spelled so in dictionaries or laws */
	LEXICON_WHOLE = 2,     /**< never split */
	LEXICON_CURATED = 4,   /**< a linguist listed it as first part of compounds */
	LEXICON_FEMININE = 8,  /**< names a woman or women: teilnehmerin, kolleginnen */
	LEXICON_PARTICLE = 16, /**< never first part by itself: aus, ver, über */
	LEXICON_SUFFIX = 32,   /**< never last part: schaft, ung, lich */
	LEXICON_NAME = 64,     /**< a name of a place or person */
};

/** A change of a word's end: `strip` bytes taken off, `add` put behind. */
struct lexicon_edit {
	uint8_t strip;
	struct span add; /**< points into the lexicon */
};

struct lexicon_entry {
	float modifier; /**< ln(1 + number of words that begin with it as a part); 0: none does */
	float head;     /**< the same for words that end with it */
	unsigned flags; /**< of enum lexicon_flag */
	bool has_base, has_counterpart;
	struct lexicon_edit base;        /**< modifier form to word: arbeits → arbeit */
	struct lexicon_edit counterpart; /**< woman to man and man to woman, singular */
};

/** What is known of a folded word; false if nothing is. */
bool lexicon_find(const struct lexicon *lexicon, struct span word, struct lexicon_entry *ret);
/** True if it stands in the lexicon as a word of its own (for spelling). */
bool lexicon_has_word(const struct lexicon *lexicon, struct span word);

/** A place in the lexicon's words: what was walked so far. */
struct lexicon_cursor {
	uint32_t node;      /* first edge of the automaton's node; LEXICON_NOWHERE: off it */
	uint32_t number;    /* words before this place */
	bool word;          /* a word ends here */
	uint32_t low, high; /* of the user's words, those that begin so */
	uint32_t depth;     /* bytes walked */
};

/** At the beginning of all words. */
struct lexicon_cursor lexicon_start(const struct lexicon *lexicon);
/** Goes on by one byte of a word; false if no word goes on so, and then the cursor is used up. */
bool lexicon_step(const struct lexicon *lexicon, struct lexicon_cursor *cursor, char byte);
/** What is known of the word walked so far, without the changes of its end, which lexicon_find
    has; false if it is only a beginning. */
bool lexicon_at(const struct lexicon *lexicon, const struct lexicon_cursor *cursor,
	struct lexicon_entry *ret);

/** Where a user's list wants this very word split: byte offsets, ascending; 0 if it says nothing.
 */
size_t lexicon_user_split(
	const struct lexicon *lexicon, struct span word, uint16_t *ret, size_t room);

/** Writes `word` with its end changed and returns it; empty if it does not fit. `out` may not be
    where `word` is. */
struct span lexicon_edit_apply(
	const struct lexicon_edit *edit, struct span word, char *out, size_t room);

#endif
