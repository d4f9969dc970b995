/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A pager for long answers on a terminal, as git has it.
 */
#ifndef LUPE_QUERY_PAGER_H
#define LUPE_QUERY_PAGER_H

/** Sends standard output through $LUPE_PAGER, $PAGER or less, if there is one; "" and "cat" mean
    none. LESS is set to FRX unless it is set. */
void pager_start(void);
/** Waits until the reader has left it. What is on standard output must be flushed. */
void pager_finish(void);

#endif
