/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens an index to look at it. */
#include "indexer/reading.h"

#include <stdio.h>

#include "text/decode.h"

void reading_done(struct reading *reading)
{
	catalog_done(&reading->catalog);
	index_close(reading->index);
	folder_done(&reading->folder);
}

static lupe_status start(
	const struct options *options, bool locked, struct reading *ret, struct lupe_error *err)
{
	lupe_status st;

	*ret = (struct reading){.folder = {NULL, -1}};
	if (options->operand_count)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: this command takes no path",
			options->operands[0]);
	st = folder_locate(options, &ret->folder, err);
	if (st == LUPE_OK && locked && folder_has_index(&ret->folder))
		st = folder_lock_to_read(&ret->folder, options->wait_s, err);
	if (st == LUPE_OK)
		st = index_open(ret->folder.path, NULL, &ret->index, err);
	if (st < 0)
		return st;
	ret->manifest = index_manifest(ret->index);
	return catalog_load(&ret->catalog, index_database(ret->index), err);
}

lupe_status reading_start(
	const struct options *options, struct reading *ret, struct lupe_error *err)
{
	return start(options, false, ret, err);
}

lupe_status reading_start_locked(
	const struct options *options, struct reading *ret, struct lupe_error *err)
{
	return start(options, true, ret, err);
}

void print_json(json_t *object)
{
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(object);
}

json_t *json_text(struct span text)
{
	BUF_SCOPED(decoded);

	if (utf8_valid(text))
		return json_stringn(text.ptr ? text.ptr : "", text.len);
	text_decode(text, &decoded, NULL);
	return json_stringn(buf_string(&decoded), decoded.len);
}
