/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only caller of libstemmer. What Snowball cannot know about German words is mended before it
 * is asked: by families (stem_table.h), by the endings of verbs (stem_verb.h), and by the few rules
 * here; and which umlauts it may fold is decided after it.
 */
#include "text/stem.h"

#include <libstemmer.h>
#include <stdlib.h>

#include "base/mem.h"
#include "text/stem_table.h"
#include "text/stem_umlaut.h"
#include "text/stem_verb.h"

enum { SHORTEST_STEMMED_BYTES = 3 };

struct stemmer {
	struct sb_stemmer *snowball;
	const struct stem_table *families;    /* the user's, or NULL */
	struct buf spelling, own, lead, stem; /* scratch, one for each step */
};

struct stemmer *stemmer_new(void)
{
	struct stemmer *stemmer = mem_zalloc(sizeof(*stemmer));
	stemmer->snowball = sb_stemmer_new("german", "UTF_8");
	if (!stemmer->snowball) /* German is in every build: only memory can be lacking */
		abort();
	return stemmer;
}

void stemmer_free(struct stemmer *stemmer)
{
	if (!stemmer)
		return;
	sb_stemmer_delete(stemmer->snowball);
	buf_done(&stemmer->spelling);
	buf_done(&stemmer->own);
	buf_done(&stemmer->lead);
	buf_done(&stemmer->stem);
	free(stemmer);
}

void stemmer_use_families(struct stemmer *stemmer, const struct stem_table *families)
{
	stemmer->families = families;
}

/* Words in -innen that are no women: verbs and their nouns, places, peoples. */
static bool is_plain_innen(struct span word)
{
	static const struct span ends[] = {
		{"winnen", 6}, {"beginnen", 8}, {"besinnen", 8}, {"entsinnen", 9}, {"spinnen", 7}};
	static const struct span whole[] = {{"innen", 5}, {"sinnen", 6}, {"ersinnen", 8},
		{"ansinnen", 8}, {"rinnen", 6}, {"gerinnen", 8}, {"zerrinnen", 9}, {"verrinnen", 9},
		{"entrinnen", 9}, {"finnen", 6}, {"zinnen", 6}, {"linnen", 6}, {"minnen", 6},
		{"binnen", 6}, {"drinnen", 7}, {"kinnen", 6}, {"pinnen", 6}};
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (span_ends(word, ends[i]))
			return true;
	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
		if (span_equal(word, whole[i]))
			return true;
	return false;
}

static bool has_digit(struct span word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] >= '0' && word.ptr[i] <= '9')
			return true;
	return false;
}

static bool take_end(struct span *word, struct span end)
{
	if (!span_ends(*word, end))
		return false;
	word->len -= end.len;
	return true;
}

/* ---- umlauts ---- */

/* A vowel but e, or the first byte of ä, ö, ü (and é). */
static bool is_full_vowel(char byte)
{
	return byte == 'a' || byte == 'i' || byte == 'o' || byte == 'u' || byte == 'y' ||
	       (unsigned char)byte == 0xc3;
}

/* Length of the vowel at `at` if it is ä, ö, ü or äu; else 0. */
static size_t umlaut_length(struct span word, size_t at)
{
	if (at + 1 >= word.len || (unsigned char)word.ptr[at] != 0xc3)
		return 0;
	switch ((unsigned char)word.ptr[at + 1]) {
	case 0xa4:
		return at + 2 < word.len && word.ptr[at + 2] == 'u' ? 3 : 2;
	case 0xb6:
	case 0xbc:
		return 2;
	default:
		return 0;
	}
}

/*
 * Appends the stem to `ret`, the first bytes of `word` with their umlauts folded where they may
 * come from inflection: Länd-er is Land, but Förd-erung no Ford-erung. Inflection changes the last
 * vowel of a stem or the last before -e- (Väter, Vögel), so an umlaut stays where a vowel other
 * than e follows it: Flüchtling, persönlich, Währung, Bürgeramt. In -ung, which the stemmer takes
 * off the longer words, the verb decides, so that ausführen and Ausführung agree; what is certain
 * of them stands in the families. From `kept` on everything stays.
 */
static void add_stem(struct span word, size_t stem_len, size_t kept, struct buf *ret)
{
	struct span tail = word;
	size_t last = 0;
	if ((take_end(&tail, SPAN("ungen")) || take_end(&tail, SPAN("ung"))) && tail.len < stem_len)
		tail = word;
	for (size_t i = 0; i < tail.len; i++)
		if (is_full_vowel(tail.ptr[i]))
			last = i;
	const char *begin = word.ptr, *end = begin + stem_len, *umlaut;
	for (const char *at = begin; (umlaut = memchr(at, 0xc3, (size_t)(end - at)));) {
		size_t i = (size_t)(umlaut - word.ptr), length = umlaut_length(word, i);
		bool stays = i >= kept || (last > i && last >= i + length);
		at = umlaut + (length ? length : 1);
		if (length == 0 || stays)
			continue;
		unsigned char second = (unsigned char)umlaut[1];
		buf_add(ret, begin, (size_t)(umlaut - begin));
		buf_add_byte(ret, second == 0xa4 ? 'a' : second == 0xb6 ? 'o' : 'u');
		begin = at = umlaut + 2;
	}
	buf_add(ret, begin, (size_t)(end - begin));
}

/* ---- rules ---- */

/*
 * Latin endings: Ministerium, Museum, Jubiläum and Antibiotika become Ministerien, Museen,
 * Jubiläen and Antibiotikum. (-um of Eigentum or Zentrum is not -ium.)
 */
static bool mend_latin(struct span *word, struct buf *scratch)
{
	static const struct {
		struct span from;
		size_t stays; /* bytes of it */
		const char *to;
	} ends[] = {{{"ium", 3}, 1, "en"}, {{"eum", 3}, 1, "en"}, {{"äum", 4}, 2, "en"},
		{{"tikum", 5}, 5, ""}, {{"tika", 4}, 3, "um"}, {{"fika", 4}, 3, "um"},
		{{"dika", 4}, 3, "um"}};
	struct span singular = *word;
	take_end(&singular, SPAN("s"));
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		if (singular.len < ends[i].from.len + 3 || !span_ends(singular, ends[i].from))
			continue;
		buf_clear(scratch);
		buf_add(scratch, singular.ptr, singular.len - ends[i].from.len + ends[i].stays);
		buf_add_string(scratch, ends[i].to);
		*word = buf_span(scratch);
		return true;
	}
	return false;
}

/*
 * What Snowball leaves: the -s of Workshops, Interviews, Handys, Archivs; the -n of Kapiteln; the
 * -e- that flexible and Variable lack.
 */
static void mend_ending(struct span *word, struct buf *scratch)
{
	static const struct span ends[] = {{"ps", 2}, {"ws", 2}, {"ys", 2}, {"vs", 2}, {"eln", 3}};
	static const char *const inflected[] = {"ble", "blen", "bler", "bles", "blem"};
	if (word->len < 4)
		return;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (span_ends(*word, ends[i])) {
			word->len--;
			return;
		}
	for (size_t i = 0; i < sizeof(inflected) / sizeof(inflected[0]); i++) {
		struct span root = *word;
		if (!take_end(&root, span_of(inflected[i])) || root.len < 3 ||
			!strchr("aio", root.ptr[root.len - 1]))
			continue;
		buf_clear(scratch);
		buf_add_span(scratch, root);
		buf_add_string(scratch, "bel");
		*word = buf_span(scratch);
		return;
	}
}

/*
 * Verbs in -ieren with their nouns: studieren, studiert, studierte, Studierende, Finanzierung; and
 * Papier, Papiere alike. True if `word` is such, cut behind -ier.
 */
static bool take_ieren(struct span *word)
{
	static const char *const endings[] = {"", "s", "n", "e", "en", "es", "t", "te", "ten",
		"ter", "tes", "tem", "tet", "end", "ende", "enden", "ender", "endes", "endem",
		"ung", "ungen", "ens"};
	enum { BEFORE_IER = 2 };
	/* there is no i in the endings */
	const char *end = word->ptr + word->len, *i = memrchr(word->ptr, 'i', word->len);
	if (!i || i - word->ptr < BEFORE_IER || !span_starts(span_from(i, end), SPAN("ier")))
		return false;
	struct span ending = span_from(i + strlen("ier"), end);
	for (size_t k = 0; k < sizeof(endings) / sizeof(endings[0]); k++) {
		if (span_equal(ending, span_of(endings[k]))) {
			word->len -= ending.len;
			return true;
		}
	}
	return false;
}

/* ---- families and verbs ---- */

struct analysis {
	struct span word; /* to be stemmed, or the stem */
	size_t kept;      /* offset from which umlauts stay */
	bool is_stem;
};

/* What the end of a word is. */
struct found {
	const struct stem_table *table;
	const struct stem_entry *entry; /* NULL: nothing known */
	struct span word;               /* without the ending behind the entry's form */
	enum verb_infix infix;
};

/*
 * Puts the lead of the family in place of what was found at the end of the word. The stem of a
 * verb is its infinitive without -en, as Snowball has it but for -igen (Beteiligung: beteil), and
 * the whole of it in -ern and -eln, which nouns are left alone by: handeln, Handel.
 */
static struct analysis apply(struct stemmer *stemmer, const struct found *found)
{
	const struct stem_entry *entry = found->entry;
	struct span front = {found->word.ptr, found->word.len - entry->form_len};
	struct span lead = stem_table_lead(found->table, entry);
	bool verb = entry->flags & STEM_VERB, verbatim = entry->flags & STEM_VERBATIM;
	struct buf *word = &stemmer->lead;
	buf_clear(word);
	if ((entry->flags & STEM_PREFIXED) && verb_front(front, found->infix))
		word->len = verb_prefixes(front, found->infix, buf_reserve(word, front.len));
	else
		buf_add_span(word, front);
	size_t front_len = word->len;
	bool is_stem = verbatim || (verb && !span_ends(lead, SPAN("igen")));
	if (is_stem && !verbatim && !verb_in_ern(lead) && lead.len > strlen("en"))
		take_end(&lead, SPAN("en"));
	buf_add_span(word, lead);
	return (struct analysis){.word = buf_span(word),
		.kept = verb || verbatim ? front_len : SIZE_MAX,
		.is_stem = is_stem};
}

/* Participles have the endings of adjectives: beschlossene. */
static bool is_participle(struct span form, const struct stem_entry *entry, bool of_past)
{
	return (entry->flags & STEM_VERB) && !(entry->flags & STEM_LAST) &&
	       (of_past || span_ends(form, SPAN("en")) || span_ends(form, SPAN("t")));
}

static struct found find_form(const struct stem_table *table, struct span word)
{
	static const struct span endings[] = {{"", 0}, {"e", 1}, {"en", 2}, {"er", 2}, {"es", 2},
		{"em", 2}, {"ene", 3}, {"enen", 4}, {"ener", 4}, {"enes", 4}, {"enem", 4}};
	enum { BEHIND_PAST = 6 }; /* erlitt-ene, of participles that are the past's plural */
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		struct found found = {.table = table, .word = word};
		if (!take_end(&found.word, endings[i]))
			continue;
		found.entry =
			stem_table_find(table, found.word, (struct stem_sought){.root = false});
		if (found.entry &&
			(i == 0 || is_participle(found.word, found.entry, i >= BEHIND_PAST)))
			return found;
	}
	return (struct found){.entry = NULL};
}

/* -ung belongs to verbs with an umlaut and in -ern, -eln: what Snowball cannot bring together. */
static bool may_have_noun(struct span lead)
{
	for (size_t i = 0; i < lead.len; i++)
		if (umlaut_length(lead, i))
			return true;
	return verb_in_ern(lead);
}

static struct found find_verb(const struct stem_table *table, struct span word)
{
	for (const struct verb_ending *ending = verb_endings; ending->text.len; ending++) {
		struct found found = {.table = table, .word = word, .infix = ending->infix};
		if (!take_end(&found.word, ending->text))
			continue;
		found.entry = stem_table_find(table, found.word,
			(struct stem_sought){true, ending->kind == VERB_NOUN, ending->infix});
		if (!found.entry)
			continue;
		struct span lead = stem_table_lead(table, found.entry);
		if ((ending->kind == VERB_NOUN && may_have_noun(lead)) ||
			(ending->kind == VERB_ERN && verb_in_ern(lead)) || ending->kind == VERB_ANY)
			return found;
	}
	return (struct found){.entry = NULL};
}

static bool look_up(struct stemmer *stemmer, const struct stem_table *table, struct span word,
	struct analysis *ret)
{
	struct found found = find_form(table, word);
	if (!found.entry)
		found = find_verb(table, word);
	if (!found.entry)
		return false;
	*ret = apply(stemmer, &found);
	return true;
}

static struct analysis analyse(struct stemmer *stemmer, struct span word)
{
	struct analysis analysis;
	if (stemmer->families && look_up(stemmer, stemmer->families, word, &analysis)) {
		if (analysis.kept != SIZE_MAX)
			return analysis;
		buf_clear(&stemmer->own); /* a lead that the built-in families may know */
		buf_add_span(&stemmer->own, analysis.word);
		word = buf_span(&stemmer->own);
	}
	if (look_up(stemmer, &stem_table_builtin, word, &analysis))
		return analysis;
	if (take_ieren(&word))
		return (struct analysis){word, SIZE_MAX, true};
	if (!mend_latin(&word, &stemmer->lead))
		mend_ending(&word, &stemmer->lead);
	return (struct analysis){word, SIZE_MAX, false};
}

static bool begins_letter(char byte)
{
	return ((unsigned char)byte & 0xc0) != 0x80;
}

/* How many bytes of the folded word are its stem. Snowball takes letters off the end, and the dots
   off umlauts, which is decided otherwise here: what counts is how many letters it leaves. */
static size_t snowball_length(struct stemmer *stemmer, struct span word)
{
	const sb_symbol *stem =
		sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)word.ptr, (int)word.len);
	size_t letters = 0, at = 0;
	if (!stem)
		return word.len;
	for (int i = 0; i < sb_stemmer_length(stemmer->snowball); i++)
		letters += begins_letter((char)stem[i]);
	for (; at < word.len; at++)
		if (begins_letter(word.ptr[at]) && letters-- == 0)
			break;
	return at;
}

struct span stem_word(struct stemmer *stemmer, struct span word)
{
	if (word.len < SHORTEST_STEMMED_BYTES || has_digit(word))
		return word;
	word = umlaut_spelling(word, &stemmer->spelling);
	if (span_ends(word, SPAN("innen")) && !is_plain_innen(word))
		word.len -= strlen("nen");
	struct analysis found = analyse(stemmer, word);
	size_t stem_len = found.is_stem ? found.word.len : snowball_length(stemmer, found.word);
	buf_clear(&stemmer->stem);
	add_stem(found.word, stem_len, found.kept, &stemmer->stem);
	return buf_span(&stemmer->stem);
}
