/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Permission bits held against each other. */
#include "indexer/readers.h"

struct readers readers_of(const struct stat *folder)
{
	return (struct readers){
		.group = (folder->st_mode & 0050) == 0050,
		.others = (folder->st_mode & 0005) == 0005,
		.group_id = folder->st_gid,
	};
}

bool readers_exceed(const struct readers *readers, const struct stat *file)
{
	if (file->st_mode & S_IROTH)
		return false;
	if (readers->others)
		return true;
	return readers->group && !(file->st_mode & S_IRGRP && file->st_gid == readers->group_id);
}
