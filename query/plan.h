/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * From the tree of a query to what the store is asked.
 *
 * Every word and phrase of the tree becomes a leaf: the analyser's terms, arranged so that a
 * document can be asked for them (as a store query) and searched for their places (hits.h).
 *
 *   leaf Sprachkurs  = sequence | sequence
 *     sequence 1: one slot    { sprachkurs, Csprachkurs, Jsprachkurs }      the word, whole
 *     sequence 2: two slots   { sprach, Csprach } { kurs, Ckurs }           within 10 words
 *
 * The second is the cover rule: a compound is also found as all of its parts near each other,
 * never as one of them alone.
 */
#ifndef LUPE_QUERY_PLAN_H
#define LUPE_QUERY_PLAN_H

#include "lupe/xapian-c.h"
#include "query/parse.h"
#include "store/positions.h"
#include "text/analyser.h"

enum {
	COVER_WINDOW = 10, /**< positions within which the parts of a compound must stand */
};

/** How a hit's surface relates to the query's word, from the nearest to the farthest. */
enum via {
	VIA_EXACT,      /**< as written, but for case and ß */
	VIA_INFLECTION, /**< another form of the same word */
	VIA_UMLAUT,     /**< spelled with ae for ä, or without the dots */
	VIA_JOIN,       /**< hyphens: EU-Länder for Euländer, Aus- und Weiterbildung */
	VIA_GENDER,     /**< a gender form, or the other gender */
	VIA_NORM,       /**< a citation, however it is spelled */
	VIA_COMPOUND,   /**< a part of a compound, or a compound as its parts */
	VIA_SPELLING,   /**< any of these, of a word that was corrected */
	VIA_COUNT,
};
/** "exact", "inflection", "umlaut", "join", "gender", "norm", "compound", "spelling". */
const char *via_name(enum via via);

/** Where a term is looked for, from the nearest to the word to the farthest. */
enum tier {
	TIER_STEM,
	TIER_JOINED, /**< written apart in the text */
	TIER_PART,   /**< within a compound of the text */
	TIER_GENDER, /**< the other gender */
	TIER_UMLAUT, /**< the dots of an unknown word added: Oberburgermeister */
	TIER_NORM,   /**< citations */
	TIER_COUNT,
};

struct alternative {
	struct span term;   /**< with prefix, as in the database; has positions */
	uint8_t tier;       /**< enum tier */
	uint32_t documents; /**< that have it */
};

/** Terms of which any one may stand at a position. */
struct slot {
	struct alternative *terms;
	size_t term_count;
	struct span *forms; /**< folded surfaces: what `=` and the bonus for exactness compare */
	size_t form_count;
	bool hyphenated; /**< the query's word has hyphens */
	bool sorted;     /**< `terms` are in order of their bytes, and counted: many */
	const struct pattern *pattern; /**< takes the place of `forms` */
	/* Where surfaces are compared: terms of which each tells that a form wanted is there, and
	   terms that are such a form or its stem. See known.h. */
	struct span *written, *bare;
	size_t written_count, bare_count;
};

/** Slots that stand together. */
struct sequence {
	struct slot *slots;
	size_t slot_count;
	uint32_t window; /**< 0: one behind the other; else in any order within so many positions */
};

/** Weights beside that of the word itself, which is 1; chosen in doc/ranking.md. */
struct weights {
	double exact;  /**< of a form as written, on top */
	double whole;  /**< of a compound itself, beside its parts, where any word will do */
	double part;   /**< of one part of a compound, where any word of the query will do */
	double cover;  /**< of a compound as its parts near each other */
	double gender; /**< of the other gender */
	double umlaut; /**< of a word whose dots were left out */
};
#define WEIGHTS_DEFAULT                                                                            \
	((struct weights){.exact = 0.15,                                                           \
		.whole = 0.7,                                                                      \
		.part = 1,                                                                         \
		.cover = 0.5,                                                                      \
		.gender = 0.2,                                                                     \
		.umlaut = 0.5})

/** How a query is to be read. */
struct plan_options {
	struct weights weights;
	unsigned vias; /**< bit set over enum via of what may be found; 0: everything */
};

/** Documents by rising id. */
struct docids {
	const uint32_t *items;
	size_t count;
};

struct leaf {
	size_t index; /**< in plan.leaves: `m` in JSON */
	struct span text;
	struct sequence *sequences;
	size_t sequence_count;
	bool phrase; /**< was quoted: holds in every mode */
	bool exact;  /**< only as written: surfaces are compared */
	enum field field;
	struct regex *regex; /**< the plan's; sequences, if any, only narrow the search */
	bool dropped;        /**< a stop word beside other words: neither asked for nor shown */
	bool negative;       /**< below NICHT: nothing to show */
	bool spelled;        /**< was typed otherwise and corrected */
	double weight;       /**< ln(1 + N / documents): how much a hit of it tells */
	bool known;          /**< documents that are in neither list do not answer it */
	struct docids sure, doubtful; /**< that do; that may, unless they are in the other list */
};

struct plan {
	struct node *root;
	struct leaf **leaves;
	size_t leaf_count;
	xc_query *all; /**< documents with all words; NULL if there is nothing to ask for */
	xc_query *any; /**< with any of them; NULL if that is the same */
	bool verify;   /**< `all` may match too much: document_matches decides on each document */
	bool verify_vias;       /**< for `vias` exclude what only the text tells */
	unsigned vias;          /**< as in plan_options */
	bool capped;            /**< a wildcard stands for more words than are searched for */
	struct notice *notices; /**< what came out otherwise than it may be expected */
	struct regex **regexes; /**< owned */
	size_t regex_count, regex_capacity;
	bool tiers[TIER_COUNT];            /**< those that are looked for */
	struct sequence_reader *sequences; /**< owned: tells which candidates have a sequence */
	struct position_list found;        /**< its result */
	struct xc_query **queries;         /**< owned */
	size_t query_count, query_capacity;
};

/**
 * Makes a plan for `root` (may be NULL), which it completes with leaves. Everything but the store
 * queries is in `arena`. End with plan_done, after errors too.
 */
lupe_status plan_make(struct plan *ret, struct node *root, const struct plan_options *options,
	struct analyser *analyser, xc_database *db, struct arena *arena, struct lupe_error *err);
void plan_done(struct plan *plan);

/** Adds a notice, behind those that are there; `message` lives as long as the plan. */
void plan_note(struct plan *plan, struct arena *arena, const char *message, size_t offset);

/** Keeps a query for the life of the plan. */
xc_query *plan_keep(struct plan *plan, xc_query *query);

#endif
