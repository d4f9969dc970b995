/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * Status codes and error messages, common to every part of Lupe.
 *
 * Every function that can fail returns a `lupe_status` and takes a `struct lupe_error *` as its
 * last argument. `LUPE_OK` is 0, the end of a stream is positive, errors are negative. The place
 * that knows the detail writes the message, once; callers pass it on unchanged. The library
 * prints nothing, exits never and does not read the environment.
 */
#ifndef LUPE_STATUS_H
#define LUPE_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

typedef enum lupe_status {
	LUPE_OK = 0,
	LUPE_END = 1,              /**< a stream has no further element; not an error */
	LUPE_ERROR_MEMORY = -1,    /**< out of memory */
	LUPE_ERROR_ARGUMENT = -2,  /**< the caller (or the user) asked for something impossible */
	LUPE_ERROR_NOT_FOUND = -3, /**< no such index, document or file */
	LUPE_ERROR_IO = -4,        /**< the system refused to read, write or connect */
	LUPE_ERROR_LOCKED = -5,    /**< another writer holds the database */
	LUPE_ERROR_MODIFIED =
		-6, /**< the database was changed twice while it was read: open again */
	LUPE_ERROR_CORRUPT = -7,   /**< what was read is damaged */
	LUPE_ERROR_SCHEMA = -8,    /**< made by another version: rebuild needed */
	LUPE_ERROR_LIMIT = -9,     /**< a documented limit was exceeded */
	LUPE_ERROR_INTERNAL = -10, /**< a defect in Lupe or in a library below it */
} lupe_status;

/** What went wrong, for a person: one line without a line feed, naming the thing concerned. */
struct lupe_error {
	lupe_status status;
	char message[500]; /**< NUL-terminated UTF-8; cut if longer */
};

/**
 * Fills `err` (which may be NULL) from a printf format and returns `status`, so that a function
 * can end with `return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", path, strerror(errno));`.
 */
lupe_status lupe_fail(struct lupe_error *err, lupe_status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#ifdef __cplusplus
}
#endif
#endif
