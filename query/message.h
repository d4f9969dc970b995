/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Messages of `lupe` to the person at the terminal. */
#ifndef LUPE_QUERY_MESSAGE_H
#define LUPE_QUERY_MESSAGE_H

#include <stdbool.h>

/** Prints one line on stderr, made harmless, behind what stdout holds so far. */
void message_print(const char *what, const char *message);

/** Whether the user's language is German, by the variables that setlocale(LC_MESSAGES) reads. */
bool message_in_german(void);

#endif
