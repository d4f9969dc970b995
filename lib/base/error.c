/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fills error structures. Messages may hold names from a file system: no control byte leaves. */
#include <stdarg.h>
#include <stdio.h>

#include "lupe/status.h"

lupe_status lupe_fail(struct lupe_error *err, lupe_status status, const char *format, ...)
{
	if (!err)
		return status;
	va_list args;
	va_start(args, format);
	vsnprintf(err->message, sizeof(err->message), format, args);
	va_end(args);
	err->status = status;
	for (char *c = err->message; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	return status;
}
