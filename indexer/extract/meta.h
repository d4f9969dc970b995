/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What a file says of itself, as far as it can be believed.
 *
 * Programs fill in titles and authors that are none ("Microsoft Word - a.doc", "Administrator").
 * A date of publication is the document's; when the file was made or saved is only used where
 * neither the text's first lines nor the file say more: forms are filled in anew for years.
 */
#ifndef LUPE_INDEXER_EXTRACT_META_H
#define LUPE_INDEXER_EXTRACT_META_H

#include "indexer/document.h"

/** Whether a program's word for a document's title is one. */
bool meta_is_title(struct span title);
/** These set the field if it is empty and the value is one; white space around it is dropped. */
void meta_set_title(struct document *document, struct span title);
void meta_set_author(struct document *document, struct span author);
void meta_set_body(struct document *document, struct span body);
void meta_set_language(struct document *document, struct span language);
/** The date of publication: the first that is one counts. */
void meta_set_date(struct document *document, struct span date);
/** When the file was made or saved; to be called when the text is there, last. */
void meta_set_file_date(struct document *document, struct span date);

#endif
