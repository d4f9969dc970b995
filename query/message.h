/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Messages of `lupe` to the person at the terminal. */
#ifndef LUPE_QUERY_MESSAGE_H
#define LUPE_QUERY_MESSAGE_H

/** Prints one line on stderr, made harmless, behind what stdout holds so far. */
void message_print(const char *what, const char *message);

#endif
