/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * What may stand at the end of a command line, for the shells' completion.
 */
#ifndef LUPE_QUERY_COMPLETE_H
#define LUPE_QUERY_COMPLETE_H

/**
 * Prints the ways in which the last of the words behind `lupe` may go on, one a line, a tab and an
 * explanation behind those that have one. Options, their values, years and paths of the index that
 * would be used; nothing where only the user knows (a query, a number). Errors print nothing.
 */
void complete(int count, char **words);

#endif
