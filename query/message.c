/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line on stderr, in order with the results; the user's language. */
#include "query/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/harmless.h"

void message_print(const char *what, const char *message)
{
	fflush(stdout);
	fprintf(stderr, "lupe: %s", what);
	print_harmless(stderr, span_of(message));
	fputc('\n', stderr);
}

bool message_in_german(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < 3; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return strncmp(value, "de", 2) == 0;
	}
	return false;
}
