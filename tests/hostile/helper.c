/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A lupe-extract that does what its document says, as one does that a document has taken over.
 * The document's first word is the deed; the text it makes of any other is the document.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"
#include "indexer/extract/protocol.h"
#include "indexer/extract/serve.h"

static void crash(void)
{
	volatile int *volatile nowhere = NULL;

	*nowhere = 1;
}

static void hang(void)
{
	for (volatile unsigned i = 0;; i++)
		;
}

/* A little at a time, all of it used. */
static void eat(void)
{
	for (;;) {
		char *memory = mem_alloc(1 << 20);
		for (size_t i = 0; i < 1 << 20; i += 4096)
			((volatile char *)memory)[i] = 1;
	}
}

/* As a library that will not go on without memory. */
static void eat_and_abort(void)
{
	while (malloc(1 << 20))
		;
	abort();
}

/* As one that asks for more than there is when there is much, and as GLib does. */
static void ask_too_much(void)
{
	void *volatile memory = malloc((size_t)600 << 20);

	free(memory);
	abort();
}

static void ask_too_much_and_trap(void)
{
	void *volatile memory = malloc((size_t)600 << 20);

	free(memory);
	raise(SIGTRAP);
}

/* With all the memory in the world. */
static void give_up(void)
{
	abort();
}

static void babble(void)
{
	protocol_send(PROTOCOL_SOCKET, SPAN("no message at all, no message at all"), NULL);
	hang();
}

static void lie(void)
{
	BUF_SCOPED(out);

	message_add(&out, MESSAGE_TEXT, SPAN("\xff\xfe no UTF-8\n"));
	message_add(&out, MESSAGE_BLOCKS, SPAN("\0\0\0\0"));
	message_add(&out, MESSAGE_END, SPAN("\013"));
	protocol_send(PROTOCOL_SOCKET, buf_span(&out), NULL);
	hang();
}

static void leave(void)
{
	_exit(3);
}

static void exec_shell(void)
{
	execl("/bin/sh", "sh", "-c", "true", (char *)NULL);
}

static void connect_out(void)
{
	socket(AF_INET, SOCK_STREAM, 0);
}

static void fork_twice(void)
{
	fork();
}

static void kill_parent(void)
{
	kill(getppid(), SIGTERM);
}

static const struct {
	const char *name;
	void (*run)(void);
} deeds[] = {
	{"crash", crash},
	{"hang", hang},
	{"eat", eat},
	{"eat-and-abort", eat_and_abort},
	{"ask-too-much", ask_too_much},
	{"ask-too-much-and-trap", ask_too_much_and_trap},
	{"give-up", give_up},
	{"babble", babble},
	{"lie", lie},
	{"leave", leave},
	{"exec", exec_shell},
	{"connect", connect_out},
	{"fork", fork_twice},
	{"kill", kill_parent},
};

/* What trying to open a file comes to, and how many files this process has read. */
static void tell(struct document *document)
{
	static unsigned files;
	BUF_SCOPED(text);
	int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);

	buf_printf(&text, "open: %s, environment: %s, files: %u\n",
		fd < 0 ? strerror(errno) : "opened", environ && *environ ? *environ : "empty",
		++files);
	document_add_block(document, 0, BLOCK_TEXT, 0);
	document_add_text(document, buf_span(&text));
}

static lupe_status extract(
	const struct source *source, struct document *document, struct lupe_error *err)
{
	struct span rest = source->bytes;
	struct span first = span_trim(span_take(&rest, '\n'));

	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++)
		if (span_equal(first, span_of(deeds[i].name)))
			deeds[i].run();
	if (span_equal(first, SPAN("refuse")))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "no, \x1b[31mnot \xff this");
	/* Of a sound PDF, too, so that a test can have the real one read it after this. */
	if (span_equal(first, SPAN("limit")) || span_equal(first, SPAN("%PDF-1.7")))
		return lupe_fail(err, LUPE_ERROR_LIMIT, "more than enough");
	if (span_equal(first, SPAN("locked"))) {
		document->encrypted = true;
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "needs a password");
	}
	if (span_equal(first, SPAN("tell"))) {
		tell(document);
		return LUPE_OK;
	}
	document->pages = 2;
	document->pages_without_text = 1;
	document->page = 1;
	buf_add(&document->page_labels, "iv\0001", 5);
	document_set_title(document, SPAN("Vom Helfer"));
	document->date = (struct date){"2022-02"};
	document->date_source = DATE_METADATA;
	document_set_field(&document->body, SPAN("Amt"));
	document_set_field(&document->language, SPAN("de"));
	document_add_block(document, 0, BLOCK_HEADING, 2);
	document_add_text(document, source->bytes);
	document_add_block(document, document->text.len, BLOCK_TEXT, 0);
	return LUPE_OK;
}

static void prepare(void)
{
}

int main(int argc, char **argv)
{
	(void)argc;
	return serve(prepare, extract, strcmp(argv[1], "--no-sandbox") != 0);
}
