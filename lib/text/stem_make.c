/* SPDX-License-Identifier: GPL-2.0-or-later */
/* make-stem-table FAMILIES...: the families of words as C, so that a program starts with them. */
#include <stdio.h>

#include "base/file.h"
#include "text/stem_table.h"

static void print_strings(const struct stem_table *table)
{
	printf("static const char strings[] = {");
	for (uint32_t i = 0; i < table->strings_len; i++)
		printf("%s%d,", i % 20 ? "" : "\n\t", (signed char)table->strings[i]);
	printf("\n};\n");
}

static void print_entries(const struct stem_table *table)
{
	printf("static const struct stem_entry entries[] = {\n");
	for (uint32_t i = 0; i < table->entry_count; i++) {
		const struct stem_entry *entry = &table->entries[i];
		printf("\t{%uu, %u, %u, %u, %u, %u},\n", entry->hash, entry->form, entry->lead,
			entry->form_len, entry->lead_len, entry->flags);
	}
	printf("};\n");
}

static void print_slots(const struct stem_table *table)
{
	printf("static const uint32_t slots[] = {");
	for (uint32_t i = 0; i < table->slot_count; i++)
		printf("%s%u,", i % 16 ? "" : "\n\t", table->slots[i]);
	printf("\n};\n");
}

static void print_filter(const struct stem_table *table)
{
	printf("static const uint8_t filter[] = {");
	for (uint32_t i = 0; i < STEM_FILTER_BITS / 8; i++)
		printf("%s%u,", i % 24 ? "" : "\n\t", table->filter[i]);
	printf("\n};\n");
}

int main(int argc, char **argv)
{
	struct stem_table table;
	struct lupe_error err = {.message = ""};
	BUF_SCOPED(text);
	lupe_status st = LUPE_OK;
	for (int i = 1; i < argc && st == LUPE_OK; i++)
		st = file_read(argv[i], 1 << 20, &text, &err);
	if (st == LUPE_OK)
		st = stem_table_parse(buf_span(&text), argc > 1 ? argv[1] : "", &table, &err);
	if (st != LUPE_OK) {
		fprintf(stderr, "make-stem-table: %s\n", err.message);
		return 2;
	}
	printf("/* Made from lib/text/data/stems.txt by stem_make.c. */\n"
	       "#include \"text/stem_table.h\"\n\n");
	print_strings(&table);
	print_entries(&table);
	print_slots(&table);
	print_filter(&table);
	printf("const struct stem_table stem_table_builtin = {\n"
	       "\tentries, slots, strings, %u, %u, %u, filter};\n",
		table.entry_count, table.slot_count, table.strings_len);
	stem_table_done(&table);
	return 0;
}
