/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the file that tools/build-lexicon writes; its layout is told there and here, nowhere else.
 * Nothing is unpacked: numbers are read where they stand, each after a check of its section's
 * bounds. The costs of compounds are made from it in compound.c.
 *
 *   header, 64 bytes: magic, version, file size, counts of edges, words, records, bytes of text,
 *                     root, CRC-32 of what follows the header, identity (16 bytes)
 *   edges, 8 bytes:   label 8 bits, word ends here 1, last edge of its node 1, target 22 (0: none);
 *                     32 bits: number of words that come before, among those from this node on
 *   values, 2 bytes:  for each word in order, the number of its record
 *   records, 12 bytes, and the text that their edits add, each piece ending in NUL
 */
#include "text/lexicon.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "text/user_words.h"

enum { HEADER_BYTES = 64, VERSION = 1, EDGE_BYTES = 8, VALUE_BYTES = 2, RECORD_BYTES = 12 };
enum { WORD_ENDS = 1, LAST_EDGE = 2 }; /* in the second byte of an edge */
enum { HAS_BASE = 1, HAS_COUNTERPART = 2 };
#define NOWHERE UINT32_MAX
static const char magic[8] = "LupeLex\n";
/* Counts in the file are sixteenths of ln(1 + count). */
static const float count_unit = 1 / 16.0F;
/* What a user's part is worth: as much as the parts of some hundred words. */
static const float user_count = 7;

struct lexicon {
	struct span bytes;
	bool mapped;
	const char *edges, *values, *records, *texts;
	uint32_t edge_count, word_count, record_count, text_bytes, root, checksum;
	uint64_t hash;
	struct user_words user;
};

static uint32_t read32(const char *at)
{
	uint32_t value;
	memcpy(&value, at, sizeof(value));
	return le32toh(value);
}

static unsigned read16(const char *at)
{
	uint16_t value;
	memcpy(&value, at, sizeof(value));
	return le16toh(value);
}

/* ---- opening ---- */

/* Finds the sections; false if they do not fill the file. */
static bool lay_out(struct lexicon *lexicon)
{
	const char *header = lexicon->bytes.ptr;
	lexicon->edge_count = read32(header + 16);
	lexicon->word_count = read32(header + 20);
	lexicon->record_count = read32(header + 24);
	lexicon->text_bytes = read32(header + 28);
	lexicon->root = read32(header + 32);
	lexicon->checksum = read32(header + 36);
	uint64_t edges = (uint64_t)lexicon->edge_count * EDGE_BYTES;
	uint64_t values = (uint64_t)lexicon->word_count * VALUE_BYTES;
	uint64_t records = (uint64_t)lexicon->record_count * RECORD_BYTES;
	if (HEADER_BYTES + edges + values + records + lexicon->text_bytes != lexicon->bytes.len)
		return false;
	lexicon->edges = header + HEADER_BYTES;
	lexicon->values = lexicon->edges + edges;
	lexicon->records = lexicon->values + values;
	lexicon->texts = lexicon->records + records;
	if (lexicon->edge_count == 0)
		return true;
	/* no walk along edges goes beyond the last one */
	bool ends = lexicon->values[-EDGE_BYTES + 1] & LAST_EDGE;
	return ends && lexicon->root < lexicon->edge_count;
}

static lupe_status read_header(struct lexicon *lexicon, const char *name, struct lupe_error *err)
{
	struct span bytes = lexicon->bytes;
	if (bytes.len < HEADER_BYTES || memcmp(bytes.ptr, magic, sizeof(magic)) != 0)
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "%s: not a lexicon of Lupe", name);
	if (read32(bytes.ptr + 8) != VERSION)
		return lupe_fail(err, LUPE_ERROR_SCHEMA, "%s: lexicon of format %u, not %d", name,
			read32(bytes.ptr + 8), VERSION);
	if (bytes.len > LEXICON_MAX_BYTES || read32(bytes.ptr + 12) != bytes.len ||
		!lay_out(lexicon))
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "%s: damaged lexicon", name);
	lexicon->hash = hash64((struct span){bytes.ptr, HEADER_BYTES});
	return LUPE_OK;
}

struct lexicon *lexicon_empty(void)
{
	return mem_zalloc(sizeof(struct lexicon));
}

lupe_status lexicon_from_bytes(
	struct span bytes, const char *name, struct lexicon **ret, struct lupe_error *err)
{
	struct lexicon *lexicon = lexicon_empty();
	lexicon->bytes = bytes;
	lupe_status st = read_header(lexicon, name, err);
	if (st != LUPE_OK)
		lexicon_free(lexicon);
	else
		*ret = lexicon;
	return st;
}

static lupe_status map_file(int fd, const char *path, struct span *ret, struct lupe_error *err)
{
	struct stat info;
	if (fstat(fd, &info) != 0)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", path, strerror(errno));
	if (!S_ISREG(info.st_mode) || info.st_size < HEADER_BYTES ||
		(uint64_t)info.st_size > LEXICON_MAX_BYTES)
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "%s: not a lexicon of Lupe", path);
	void *mapped = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (mapped == MAP_FAILED)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", path, strerror(errno));
	*ret = (struct span){mapped, (size_t)info.st_size};
	return LUPE_OK;
}

lupe_status lexicon_open(const char *path, struct lexicon **ret, struct lupe_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return lupe_fail(err, errno == ENOENT ? LUPE_ERROR_NOT_FOUND : LUPE_ERROR_IO,
			"%s: %s", path, strerror(errno));
	struct span bytes = {NULL, 0};
	lupe_status st = map_file(fd, path, &bytes, err);
	close(fd);
	if (st != LUPE_OK)
		return st;
	st = lexicon_from_bytes(bytes, path, ret, err);
	if (st == LUPE_OK)
		(*ret)->mapped = true;
	else
		munmap((void *)bytes.ptr, bytes.len);
	return st;
}

void lexicon_free(struct lexicon *lexicon)
{
	if (!lexicon)
		return;
	if (lexicon->mapped)
		munmap((void *)lexicon->bytes.ptr, lexicon->bytes.len);
	user_words_done(&lexicon->user);
	free(lexicon);
}

struct span lexicon_bytes(const struct lexicon *lexicon)
{
	return lexicon->bytes;
}

uint64_t lexicon_hash(const struct lexicon *lexicon)
{
	return lexicon->hash;
}

/* CRC-32 as in zlib (polynomial 0xedb88320), four bits at a time. */
static uint32_t crc32_of(struct span bytes)
{
	uint32_t table[16], crc = UINT32_MAX;
	for (uint32_t i = 0; i < 16; i++) {
		table[i] = i;
		for (int bit = 0; bit < 4; bit++)
			table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320U : 0);
	}
	for (size_t i = 0; i < bytes.len; i++) {
		crc ^= (unsigned char)bytes.ptr[i];
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return ~crc;
}

lupe_status lexicon_verify(const struct lexicon *lexicon, struct lupe_error *err)
{
	if (!lexicon->bytes.len)
		return LUPE_OK;
	if (crc32_of(span_skip(lexicon->bytes, HEADER_BYTES)) != lexicon->checksum)
		return lupe_fail(err, LUPE_ERROR_CORRUPT, "lexicon: checksum differs");
	return LUPE_OK;
}

/* ---- a user's list ---- */

size_t lexicon_add_words(
	struct lexicon *lexicon, struct span text, lexicon_complaint *complain, void *context)
{
	size_t bad = user_words_parse(&lexicon->user, text, complain, context);
	for (size_t i = 0; i < lexicon->user.count; i++) {
		const struct user_word *item = &lexicon->user.items[i];
		uint64_t mixed[3] = {lexicon->hash, hash64(item->text),
			(uint64_t)item->whole | (uint64_t)item->modifier << 1 |
				(uint64_t)item->head << 2 |
				hash64((struct span){(const char *)item->splits,
					item->split_count * sizeof(item->splits[0])})
					<< 3};
		lexicon->hash = hash64((struct span){(const char *)mixed, sizeof(mixed)});
	}
	return bad;
}

size_t lexicon_user_split(
	const struct lexicon *lexicon, struct span word, uint16_t *ret, size_t room)
{
	if (!lexicon->user.count)
		return 0;
	const struct user_word *item = user_words_find(&lexicon->user, word);
	if (!item || item->whole || item->split_count > room)
		return 0;
	memcpy(ret, item->splits, item->split_count * sizeof(*ret));
	return item->split_count;
}

/* ---- walking ---- */

struct lexicon_cursor lexicon_start(const struct lexicon *lexicon)
{
	return (struct lexicon_cursor){
		.node = lexicon->edge_count ? lexicon->root : NOWHERE,
		.high = (uint32_t)lexicon->user.count,
	};
}

/* Along the edges of a node, which are in the order of their labels. */
static void step_edges(const struct lexicon *lexicon, struct lexicon_cursor *cursor, char byte)
{
	const unsigned char *edges = (const unsigned char *)lexicon->edges;
	unsigned char wanted = (unsigned char)byte;
	if (cursor->word)
		cursor->number++;
	cursor->word = false;
	uint32_t node = cursor->node;
	cursor->node = NOWHERE;
	if (node >= lexicon->edge_count)
		return;
	const unsigned char *edge = edges + (size_t)node * EDGE_BYTES;
	while (edge[0] < wanted && !(edge[1] & LAST_EDGE))
		edge += EDGE_BYTES;
	if (edge[0] != wanted)
		return;
	uint32_t target = read32((const char *)edge) >> 10;
	cursor->number += read32((const char *)edge + 4);
	cursor->word = edge[1] & WORD_ENDS;
	cursor->node = target ? target : NOWHERE;
}

bool lexicon_step(const struct lexicon *lexicon, struct lexicon_cursor *cursor, char byte)
{
	if (cursor->low < cursor->high)
		user_words_narrow(&lexicon->user, &cursor->low, &cursor->high, cursor->depth, byte);
	step_edges(lexicon, cursor, byte);
	cursor->depth++;
	return cursor->word || cursor->node != NOWHERE || cursor->low < cursor->high;
}

/* ---- entries ---- */

static bool read_edit(
	const struct lexicon *lexicon, const char *strip, const char *add, struct lexicon_edit *ret)
{
	uint32_t offset = read16(add);
	if (offset >= lexicon->text_bytes)
		return false;
	const char *text = lexicon->texts + offset;
	const char *end = memchr(text, '\0', lexicon->text_bytes - offset);
	if (!end)
		return false;
	*ret = (struct lexicon_edit){(unsigned char)*strip, span_from(text, end)};
	return true;
}

/* NULL in a damaged file. */
static const char *find_record(const struct lexicon *lexicon, uint32_t number)
{
	if (number >= lexicon->word_count)
		return NULL;
	uint32_t index = read16(lexicon->values + (size_t)number * VALUE_BYTES);
	return index < lexicon->record_count ? lexicon->records + (size_t)index * RECORD_BYTES
					     : NULL;
}

static void read_edits(
	const struct lexicon *lexicon, const char *record, struct lexicon_entry *entry)
{
	if (record[3] & HAS_BASE)
		entry->has_base = read_edit(lexicon, record + 4, record + 6, &entry->base);
	if (record[3] & HAS_COUNTERPART)
		entry->has_counterpart =
			read_edit(lexicon, record + 5, record + 8, &entry->counterpart);
}

static bool read_record(const struct lexicon *lexicon, uint32_t number, struct lexicon_entry *ret)
{
	const char *record = find_record(lexicon, number);
	if (!record)
		return false;
	*ret = (struct lexicon_entry){
		.modifier = (float)(unsigned char)record[0] * count_unit,
		.head = (float)(unsigned char)record[1] * count_unit,
		.flags = (unsigned char)record[2],
	};
	return true;
}

static void add_user_word(const struct user_word *item, struct lexicon_entry *entry)
{
	if (item->modifier && entry->modifier < user_count)
		entry->modifier = user_count;
	if (item->head && entry->head < user_count)
		entry->head = user_count;
	if (item->modifier)
		entry->flags = (entry->flags | LEXICON_CURATED) & ~(unsigned)LEXICON_PARTICLE;
	if (item->head)
		entry->flags &= ~(unsigned)LEXICON_SUFFIX;
	if (item->whole)
		entry->flags |= LEXICON_WHOLE;
}

bool lexicon_at(const struct lexicon *lexicon, const struct lexicon_cursor *cursor,
	struct lexicon_entry *ret)
{
	bool found = cursor->word && read_record(lexicon, cursor->number, ret);
	if (cursor->low < cursor->high) {
		/* The shortest of the words that begin so comes first. */
		const struct user_word *item = &lexicon->user.items[cursor->low];
		if (item->text.len == cursor->depth) {
			if (!found)
				*ret = (struct lexicon_entry){0};
			add_user_word(item, ret);
			found = true;
		}
	}
	return found;
}

bool lexicon_find(const struct lexicon *lexicon, struct span word, struct lexicon_entry *ret)
{
	struct lexicon_cursor cursor = lexicon_start(lexicon);
	for (size_t i = 0; i < word.len; i++)
		if (!lexicon_step(lexicon, &cursor, word.ptr[i]))
			return false;
	if (!word.len || !lexicon_at(lexicon, &cursor, ret))
		return false;
	const char *record = cursor.word ? find_record(lexicon, cursor.number) : NULL;
	if (record)
		read_edits(lexicon, record, ret);
	return true;
}

bool lexicon_has_word(const struct lexicon *lexicon, struct span word)
{
	struct lexicon_entry entry;
	return lexicon_find(lexicon, word, &entry) && entry.flags & LEXICON_WORD;
}

struct span lexicon_edit_apply(
	const struct lexicon_edit *edit, struct span word, char *out, size_t room)
{
	if (edit->strip > word.len || word.len - edit->strip + edit->add.len > room)
		return (struct span){out, 0};
	size_t kept = word.len - edit->strip;
	memcpy(out, word.ptr, kept);
	if (edit->add.len)
		memcpy(out + kept, edit->add.ptr, edit->add.len);
	return (struct span){out, kept + edit->add.len};
}
