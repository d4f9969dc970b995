/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --open: one document of the list, in a viewer, at the page of its best place. */
#include "query/output/output.h"
#include "query/snippet.h"
#include "query/viewer.h"

lupe_status output_open(const struct answer *answer, size_t *ret_printed, struct lupe_error *err)
{
	struct snippets snippets = {0};
	BUF_SCOPED(location);
	if (answer->results->count == 0)
		return LUPE_OK;
	lupe_status status =
		document_open(answer->document, answer->results->items[0].docid, answer->plan, err);
	if (status == LUPE_OK)
		status = snippets_read(
			&snippets, answer->document, answer->finder, answer->plan, 1, 1, err);
	if (status != LUPE_OK)
		return status;
	uint32_t page = snippets.count ? snippets.items[0].page : 0;
	if (paths_add_location(answer->paths, document_fields(answer->document)->path, &location))
		status = viewer_run(buf_span(&location), page, err);
	snippets_done(&snippets);
	++*ret_printed;
	return status;
}
