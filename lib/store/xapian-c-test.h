/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * A hook for the unit tests of xapian-c, to prove that no exception passes the boundary. Not part
 * of the public interface.
 */
#ifndef LUPE_STORE_XAPIAN_C_TEST_H
#define LUPE_STORE_XAPIAN_C_TEST_H

#include "lupe/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What xc_test_throw() can throw: each concrete class of xapian/error.h, and other things. */
enum xc_test_kind {
	XC_TEST_ASSERTION,
	XC_TEST_INVALID_ARGUMENT,
	XC_TEST_INVALID_OPERATION,
	XC_TEST_UNIMPLEMENTED,
	XC_TEST_DATABASE,
	XC_TEST_DATABASE_CORRUPT,
	XC_TEST_DATABASE_CREATE,
	XC_TEST_DATABASE_LOCK,
	XC_TEST_DATABASE_MODIFIED,
	XC_TEST_DATABASE_OPENING,
	XC_TEST_DATABASE_VERSION,
	XC_TEST_DATABASE_NOT_FOUND,
	XC_TEST_DATABASE_CLOSED,
	XC_TEST_DOC_NOT_FOUND,
	XC_TEST_FEATURE_UNAVAILABLE,
	XC_TEST_INTERNAL,
	XC_TEST_NETWORK,
	XC_TEST_NETWORK_TIMEOUT,
	XC_TEST_QUERY_PARSER,
	XC_TEST_SERIALISATION,
	XC_TEST_RANGE,
	XC_TEST_WILDCARD,
	XC_TEST_BAD_ALLOC,
	XC_TEST_LENGTH_ERROR,
	XC_TEST_SYSTEM_NO_MEMORY,
	XC_TEST_SYSTEM_NO_ENTRY,
	XC_TEST_SYSTEM_IO,
	XC_TEST_STD_EXCEPTION,
	XC_TEST_INT,
	XC_TEST_HOSTILE_MESSAGE, /**< InvalidArgumentError with control characters, 2000 bytes long
				  */
	XC_TEST_KINDS,
};

/** Throws inside the guard that all functions of xapian-c share; returns what that made of it. */
lupe_status xc_test_throw(enum xc_test_kind kind, struct lupe_error *err);

#ifdef __cplusplus
}
#endif
#endif
