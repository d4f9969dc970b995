/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The folder's mode decides who gets in: 0700, or with --group 2750, so that what is made in it
 * later belongs to the group, too. Files in it need no secrets from those who are in.
 */
#include "indexer/share.h"

#include <errno.h>
#include <fts.h>
#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static lupe_status find_group(const char *name, gid_t *ret, struct lupe_error *err)
{
	const struct group *group = getgrnam(name);

	if (!group)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "--group: %s: no such group", name);
	*ret = group->gr_gid;
	return LUPE_OK;
}

lupe_status share_readers(const struct folder *folder, const struct options *options,
	struct readers *ret, struct lupe_error *err)
{
	struct stat s;
	lupe_status st = LUPE_OK;

	*ret = (struct readers){0};
	if (options->group) {
		ret->group = true;
		st = find_group(options->group, &ret->group_id, err);
	} else if (stat(folder->path, &s) == 0) {
		*ret = readers_of(&s);
	}
	if (options->allow_private)
		*ret = (struct readers){0};
	return st;
}

/* Folders 2750, files at least 0640; the lock is nobody's business. */
static int give(const FTSENT *entry, gid_t group)
{
	mode_t mode = entry->fts_statp->st_mode & 07777;

	if (entry->fts_info == FTS_D)
		mode = 02750;
	else if (entry->fts_info == FTS_F && strcmp(entry->fts_name, "lock") != 0)
		mode |= 0640;
	else
		return 0;
	if (chown(entry->fts_accpath, (uid_t)-1, group) != 0)
		return -1;
	return chmod(entry->fts_accpath, mode);
}

static lupe_status give_all(const struct folder *folder, gid_t group, struct lupe_error *err)
{
	char *const roots[] = {folder->path, NULL};
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;
	lupe_status st = LUPE_OK;

	while (walk && st == LUPE_OK && (entry = fts_read(walk)) != NULL)
		if (give(entry, group) != 0)
			st = lupe_fail(
				err, LUPE_ERROR_IO, "%s: %s", entry->fts_path, strerror(errno));
	if (walk)
		fts_close(walk);
	return st;
}

void share_begin(const struct folder *folder, const struct options *options)
{
	struct stat s;
	bool there = stat(folder->path, &s) == 0;

	if (there && readers_of(&s).others)
		umask(S_IWGRP | S_IWOTH);
	else if (options->group || (there && readers_of(&s).group))
		umask(S_IWGRP | S_IRWXO);
}

lupe_status share_end(
	const struct folder *folder, const struct options *options, struct lupe_error *err)
{
	gid_t group = 0;

	if (!options->group)
		return LUPE_OK;
	lupe_status st = find_group(options->group, &group, err);
	return st < 0 ? st : give_all(folder, group, err);
}
