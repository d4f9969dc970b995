/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Results for other programs: a table, a bibliography, JSON.
 */
#ifndef LUPE_WEB_DOWNLOAD_H
#define LUPE_WEB_DOWNLOAD_H

#include <jansson.h>

#include "web/response.h"
#include "web/texts.h"

/** Writes the results of `json` in the form that `path` ends in: .csv, .bib or .json. */
void download_write(struct response *response, const struct language *language, struct span path,
	const json_t *json);

#endif
