/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line on stderr, in order with the results. */
#include "query/message.h"

#include <stdio.h>

#include "text/harmless.h"

void message_print(const char *what, const char *message)
{
	fflush(stdout);
	fprintf(stderr, "lupe: %s", what);
	print_harmless(stderr, span_of(message));
	fputc('\n', stderr);
}
