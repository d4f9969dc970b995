/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A request to the helper, and what can become of it. Starting, limiting and ending the process is
 * helper.c's; what an answer says, extract/answer.h's.
 */
#include "indexer/extractor.h"

#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "indexer/extract/answer.h"
#include "indexer/extract/limits.h"
#include "indexer/extract/protection.h"
#include "indexer/helper.h"
#include "indexer/installed.h"

enum {
	FILES_MAX = 1000,           /* then a helper is replaced: libraries leak */
	IDLE_BYTES_MAX = 128 << 20, /* so large a helper is not kept */
};

struct extractor {
	const struct extract_settings *settings;
	struct helper helper;
	unsigned protections; /* of the helper that runs */
	unsigned files;       /* that it has read */
};

void extract_settings_init(struct extract_settings *settings)
{
	static const struct installed program = {
		.environment = "LUPE_EXTRACT",
		.beside = {"../libexec/lupe/lupe-extract", "lupe-extract"},
		.fallback = LUPE_EXTRACT_PATH,
	};
	const char *seconds = getenv("LUPE_EXTRACT_SECONDS");

	*settings = (struct extract_settings){.seconds = LIMIT_SECONDS};
	installed_find(&program, &settings->program);
	if (seconds && atoi(seconds) > 0)
		settings->seconds = (unsigned)atoi(seconds);
}

void extract_settings_done(struct extract_settings *settings)
{
	buf_done(&settings->program);
}

struct extractor *extractor_new(const struct extract_settings *settings)
{
	struct extractor *extractor = mem_zalloc(sizeof(*extractor));

	extractor->settings = settings;
	helper_init(&extractor->helper);
	return extractor;
}

void extractor_free(struct extractor *extractor)
{
	if (!extractor)
		return;
	helper_end(&extractor->helper);
	helper_done(&extractor->helper);
	free(extractor);
}

/* ---- starting ---- */

static lupe_status take_hello(struct extractor *extractor, struct lupe_error *err)
{
	struct message message;
	uint64_t version, protections;
	lupe_status st = helper_next(&extractor->helper, &message, err);

	if (st != LUPE_OK)
		return st;
	if (message.type != MESSAGE_HELLO || !span_take_varint(&message.payload, &version) ||
		version != PROTOCOL_VERSION || !span_take_varint(&message.payload, &protections))
		return lupe_fail(err, LUPE_ERROR_INTERNAL,
			"%s: not the one that belongs to this lupe-index",
			buf_string(&extractor->settings->program));
	extractor->protections = (unsigned)protections & PROTECTIONS;
	if (!extractor->settings->no_sandbox && !protections_suffice(extractor->protections))
		return lupe_fail(err, LUPE_ERROR_INTERNAL,
			"lupe-extract: this system has neither seccomp nor Landlock to keep "
			"documents from doing harm (read them all the same: --no-sandbox)");
	return LUPE_OK;
}

/* What goes wrong here is no file's fault. */
static lupe_status start(struct extractor *extractor, struct lupe_error *err)
{
	const struct extract_settings *settings = extractor->settings;
	const struct helper_settings helper = {
		.program = buf_string(&settings->program),
		.no_sandbox = settings->no_sandbox,
		.stopped = settings->stopped,
	};
	struct lupe_error reason;
	lupe_status st = helper_start(&extractor->helper, &helper, err);

	if (st < 0)
		return st;
	extractor->files = 0;
	helper_limit(&extractor->helper, LIMIT_SECONDS, 0);
	st = take_hello(extractor, &reason);
	if (st != LUPE_OK)
		helper_end(&extractor->helper);
	if (st == LUPE_ERROR_INTERNAL)
		return lupe_fail(err, st, "%s", reason.message);
	if (st < 0)
		return lupe_fail(err, LUPE_ERROR_INTERNAL, "%s does not start: %s", helper.program,
			reason.message);
	return st;
}

static lupe_status start_if_needed(struct extractor *extractor, struct lupe_error *err)
{
	return helper_runs(&extractor->helper) ? LUPE_OK : start(extractor, err);
}

lupe_status extractor_protections(
	struct extractor *extractor, unsigned *ret_protections, struct lupe_error *err)
{
	lupe_status st = start_if_needed(extractor, err);

	if (st == LUPE_OK)
		*ret_protections = extractor->protections;
	return st;
}

/* ---- a file ---- */

static lupe_status send_request(
	struct extractor *extractor, int fd, uint64_t size, struct span name)
{
	BUF_SCOPED(payload);
	BUF_SCOPED(out);

	buf_add_varint(&payload, size);
	buf_add_counted(&payload, name);
	message_add(&out, MESSAGE_REQUEST, buf_span(&payload));
	return helper_send_fd(&extractor->helper, buf_span(&out), fd);
}

static lupe_status receive_answer(
	struct extractor *extractor, struct document *document, struct lupe_error *err)
{
	struct answer answer;
	struct message message;
	lupe_status st;

	answer_start(&answer, document);
	while ((st = helper_next(&extractor->helper, &message, err)) == LUPE_OK) {
		st = answer_take(&answer, &message, err);
		if (st == LUPE_OK)
			continue;
		if (st == LUPE_ERROR_CORRUPT)
			helper_end(&extractor->helper);
		return st == LUPE_END ? LUPE_OK : st;
	}
	helper_end(&extractor->helper);
	return st;
}

static lupe_status read_once(struct extractor *extractor, int fd, uint64_t size, struct span name,
	struct document *document, struct lupe_error *err)
{
	lupe_status st = start_if_needed(extractor, err);

	if (st != LUPE_OK)
		return st;
	helper_limit(&extractor->helper, extractor->settings->seconds, size);
	/* If the helper has died meanwhile, receiving says of what. */
	send_request(extractor, fd, size, name);
	st = receive_answer(extractor, document, err);
	extractor->files++;
	return st;
}

lupe_status extractor_read(struct extractor *extractor, int fd, uint64_t size, struct span name,
	struct document *document, struct lupe_error *err)
{
	bool fresh = !helper_runs(&extractor->helper) || extractor->files == 0;
	lupe_status st = read_once(extractor, fd, size, name, document, err);

	/* It may have died of what a file before had done to it. */
	if (st == LUPE_ERROR_CORRUPT && !fresh)
		st = read_once(extractor, fd, size, name, document, err);
	if (helper_runs(&extractor->helper) &&
		(extractor->files >= FILES_MAX ||
			helper_resident_bytes(&extractor->helper) > IDLE_BYTES_MAX))
		helper_end(&extractor->helper);
	return st;
}
