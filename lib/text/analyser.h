/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * From German text to index terms: the one analyser for documents, queries and highlights.
 *
 * Text goes in as UTF-8 in NFC (see decode.h); words come out in order, each with its position and
 * its byte range in the text; on request each word's terms. A word has one position, however many
 * terms it has: `Migrant*innen` is one word with the exact forms *migrant* and *migrantinnen* and
 * the stems *migrant* and *migrantin*; `EU-Länder` has *euländer*, *eu* and *länder*.
 *
 *   analyser_start(analyser, &(struct analyser_input){.text = text, .first_position = 1});
 *   while (analyser_next(analyser, &word)) {
 *           const struct terms *terms = analyser_terms(analyser, &word);
 *           ...
 *   }
 *
 * The terms of a surface are computed once and cached; the same text always gives the same terms.
 * An analyser belongs to one thread at a time.
 */
#ifndef LUPE_TEXT_ANALYSER_H
#define LUPE_TEXT_ANALYSER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "text/lexicon.h"
#include "text/token.h"

enum {
	/** Longest term in bytes; longer ones are cut at a code point and keep their position.
	    Xapian's limit is 245 with prefix, a NUL counted twice (there are none here). */
	TERM_MAX_BYTES = 240,
	/** Positions left free behind a title, heading, table row or footnote, so that no phrase
	    and no nearness reaches across. */
	POSITION_GAP = 100,
};

enum term_kind {
	TERM_EXACT,      /**< the word as written, in lower case, ss for ß */
	TERM_STEM,       /**< what its inflections share; stop words stand for themselves */
	TERM_PART,       /**< the stem of a part of a compound: kurs of Integrationskurse */
	TERM_JOINED,     /**< the stem of a word that is written apart: euland of EU-Länder,
			      ausbildungssyst of Aus- und Weiterbildungssystem */
	TERM_GENDER,     /**< the stem of the same person noun of the other gender; not indexed, a
			      query looks for it */
	TERM_NORM,       /**< a citation in its canonical form: "§16a abs1 aufenthg" */
	TERM_ASKED_NORM, /**< the same, as a query with these words looks for it; not indexed */
	TERM_KINDS,
};

/** The name of a kind in `lupe-index analyze --json`: "exact", "stem", "part", "joined", "gender".
 */
const char *term_kind_name(enum term_kind kind);

struct term {
	struct span
		text;   /**< normalised UTF-8, at most TERM_MAX_BYTES; valid until analyser_trim */
	uint32_t id;    /**< number of (kind, text), from 0, the same until analyser_trim */
	uint16_t begin; /**< where it stands, relative to the surface, in bytes */
	uint16_t end;
	uint8_t kind; /**< enum term_kind */
	uint8_t part; /**< 0: stands for the whole word; 1, 2, …: for that hyphenated part of it;
			   TERM_FRAGMENT: for less (the Bürger in Bürger*innenrat) */
};
enum { TERM_FRAGMENT = 255 };

/** What one surface becomes. Owned by the analyser, valid until analyser_trim. */
struct terms {
	const struct term *items;
	uint16_t count;
	uint8_t hyphenated; /**< number of parts between hyphens; 0 if the word has none */
	uint8_t compound;   /**< number of parts of the compound; 0 if it is none, or hyphenated */
	bool stop; /**< an article, a preposition, …: indexed by its stem alone, and dropped from
		    queries that have other words */
	bool gendered; /**< a form that names two genders at once: Migrant*innen, jede*r */
};

/** A word as it stands in the text. */
struct word {
	struct span surface; /**< points into the input; offset = surface.ptr - text.ptr */
	struct span context; /**< the surface, and what behind it decides its terms */
	uint32_t position;
};

/** A term by its number: all that counting needs. */
struct counted_term {
	uint32_t id : 29;
	uint32_t kind : 3; /**< enum term_kind */
};
struct counted_terms {
	const struct counted_term *items; /**< valid until analyser_trim */
	size_t count;
};

struct analyser_input {
	struct span text;        /**< UTF-8, NFC; borrowed until the last analyser_next */
	uint32_t first_position; /**< of its first word; 1 at the beginning of a document */
	const uint32_t *breaks;  /**< ascending byte offsets at which POSITION_GAP is inserted */
	size_t break_count;
};

struct analyser;

/** `lexicon` (borrowed; NULL: none, nothing is split) decides on compounds and genders. */
struct analyser *analyser_new(const struct lexicon *lexicon);
void analyser_free(struct analyser *analyser);
/**
 * Families of words (stem_table.h) that go before the built-in ones, borrowed; `hash` names them
 * in the analyser's name. Before the first word.
 */
struct stem_table;
void analyser_use_families(
	struct analyser *analyser, const struct stem_table *families, uint64_t hash);
uint64_t analyser_families_hash(const struct analyser *analyser);
/**
 * From now on leaves out the terms that only a query looks for (TERM_GENDER, TERM_ASKED_NORM), and
 * exact forms of stop words and of words that are their own stem: to find what is not indexed is a
 * tenth of the work. Before the first word.
 */
void analyser_index_only(struct analyser *analyser);
/** The lexicon it was made with, or an empty one. */
const struct lexicon *analyser_lexicon(const struct analyser *analyser);

void analyser_start(struct analyser *analyser, const struct analyser_input *input);
/** Starts with `input`, but at `offset` in its text, behind a word outside of addresses (URLs), and
    with `position` for the next one. */
void analyser_start_at(struct analyser *analyser, const struct analyser_input *input, size_t offset,
	uint32_t position);
/** The next word; false at the end. */
bool analyser_next(struct analyser *analyser, struct word *ret);

/** Where an analyser is in its input: to go on from there another time. */
struct analyser_mark {
	struct tokeniser tokeniser;
	size_t next_break;
	uint32_t next_position;
};
struct analyser_mark analyser_tell(const struct analyser *analyser);
/** Starts with the same input again, behind the word after which `mark` was taken. */
void analyser_resume(struct analyser *analyser, const struct analyser_input *input,
	const struct analyser_mark *mark);

/** The position that a word after the last one would get. */
uint32_t analyser_next_position(const struct analyser *analyser);

const struct terms *analyser_terms(struct analyser *analyser, const struct word *word);

/**
 * The next words with the terms that an index has of them: all but those that only a query looks
 * for, exact forms of stop words, and exact forms that are a stem of the word. Most of the time
 * that known words take is spent waiting for memory; for several at once that is done at once.
 * Returns how many there are, at most `most` and ANALYSER_BATCH; 0 at the end.
 */
struct read_word {
	struct word word;
	struct counted_terms terms;
};
enum { ANALYSER_BATCH = 16 };
size_t analyser_read(struct analyser *analyser, struct read_word *ret, size_t most);
/** The text of a term, valid until analyser_trim. */
struct span analyser_term_text(const struct analyser *analyser, uint32_t id);

/** Number of term ids given out since the last trim: the size of a table indexed by them. */
uint32_t analyser_term_count(const struct analyser *analyser);
/**
 * Forgets all cached surfaces and terms if they hold more than `limit_bytes`; true if it did.
 * Call it between documents: ids and terms given out before are invalid then.
 */
bool analyser_trim(struct analyser *analyser, size_t limit_bytes);

enum { ANALYSER_NAME_BYTES = 32 };
/**
 * Writes the name of this chain, "de-1-" and a hash of what becomes of probe words that use every
 * rule and table, and of lexicon and families: programs with the same name give the same terms. An
 * index keeps the name it was built with.
 */
void analyser_name(struct analyser *analyser, char ret_name[ANALYSER_NAME_BYTES]);

#endif
