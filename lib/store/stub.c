/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The stub file: parsing with distrust, since an index may have been made by somebody else, and
 * publishing by rename. Opening what it names is index.c's.
 */
#include "store/stub.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"

#define PREVIOUS "# previous "
enum { STUB_LIMIT_BYTES = 64 * 1024, HIGHEST_PORT = 65535 };

void stub_done(struct stub *stub)
{
	for (size_t i = 0; i < stub->count; i++) {
		free(stub->entries[i].path);
		free(stub->entries[i].name);
		free(stub->entries[i].host);
	}
	free(stub->entries);
	free(stub->previous);
	*stub = (struct stub){0};
}

static bool same_string(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool stub_equal(const struct stub *a, const struct stub *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct stub_entry *x = &a->entries[i], *y = &b->entries[i];
		if (!same_string(x->path, y->path) || !same_string(x->host, y->host) ||
			x->port != y->port)
			return false;
	}
	return true;
}

/* ---- parsing ---- */

static bool has_control_byte(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < 0x20 || text.ptr[i] == 0x7f)
			return true;
	return false;
}

/* Relative, and every component a plain name: it cannot lead out of the folder. */
static bool is_inside(struct span path)
{
	if (!path.len || has_control_byte(path) || span_trim(path).len != path.len)
		return false;
	while (path.ptr) {
		struct span part = span_take(&path, '/');
		if (!part.len || span_equal(part, SPAN(".")) || span_equal(part, SPAN("..")))
			return false;
	}
	return true;
}

static bool parse_port(struct span text, unsigned *ret)
{
	unsigned port = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		port = port * 10 + (unsigned)(text.ptr[i] - '0');
		if (port > HIGHEST_PORT)
			return false;
	}
	*ret = port;
	return port > 0;
}

/* "HOST:PORT" or "HOST PORT"; an IPv6 address may stand in brackets, and has to before "::". */
static const char *parse_remote(struct span value, struct stub_entry *ret)
{
	size_t host_len = value.len;
	while (host_len && value.ptr[host_len - 1] >= '0' && value.ptr[host_len - 1] <= '9')
		host_len--;
	struct span port = span_skip(value, host_len);
	struct span host = {value.ptr, host_len};
	if (span_starts(value, SPAN(":")))
		return "a program is never run";
	if (!span_ends(host, SPAN(":")) && !span_ends(host, SPAN(" ")) &&
		!span_ends(host, SPAN("\t")))
		return "the port is missing";
	host.len--;
	host = span_trim(host);
	if (span_starts(host, SPAN("[")) && span_ends(host, SPAN("]")))
		host = (struct span){host.ptr + 1, host.len - 2};
	if (!host.len || has_control_byte(host) || memchr(host.ptr, ' ', host.len))
		return "not a host name";
	if (!parse_port(port, &ret->port))
		return "not a port number";
	ret->host = mem_strndup(host.ptr, host.len);
	return NULL;
}

static const char *parse_glass(struct span value, const char *folder, struct stub_entry *ret)
{
	if (!is_inside(value))
		return "a path must lie inside the index folder";
	ret->name = mem_strndup(value.ptr, value.len);
	ret->path = path_join(folder, ret->name);
	return NULL;
}

/* Fills `ret`, or returns what is wrong. */
static const char *parse_entry(struct span line, const char *folder, struct stub_entry *ret)
{
	size_t kind_len = 0;
	while (kind_len < line.len && line.ptr[kind_len] != ' ' && line.ptr[kind_len] != '\t')
		kind_len++;
	struct span kind = {line.ptr, kind_len};
	struct span value = span_trim(span_skip(line, kind_len));
	if (span_equal(kind, SPAN("glass")))
		return parse_glass(value, folder, ret);
	if (span_equal(kind, SPAN("remote")))
		return parse_remote(value, ret);
	return "neither glass nor remote";
}

static void set_previous(struct stub *stub, struct span name)
{
	if (stub->previous || !is_inside(name))
		return;
	stub->previous = mem_strndup(name.ptr, name.len);
}

lupe_status stub_parse(
	struct span text, const char *folder, struct stub *ret, struct lupe_error *err)
{
	struct stub stub = {0};
	size_t capacity = 0;
	size_t number = 0;
	while (text.ptr) {
		struct span line = span_trim(span_take(&text, '\n'));
		number++;
		if (span_starts(line, SPAN(PREVIOUS)))
			set_previous(&stub, span_skip(line, strlen(PREVIOUS)));
		if (!line.len || line.ptr[0] == '#')
			continue;
		struct stub_entry entry = {0};
		const char *wrong = parse_entry(line, folder, &entry);
		if (wrong) {
			stub_done(&stub);
			return lupe_fail(err, LUPE_ERROR_CORRUPT, "%s/" STUB_FILE ":%zu: %s: %.*s",
				folder, number, wrong, SPAN_ARG(line));
		}
		ARRAY_GROW(stub.entries, stub.count, capacity);
		stub.entries[stub.count++] = entry;
	}
	if (!stub.count) {
		stub_done(&stub);
		return lupe_fail(
			err, LUPE_ERROR_CORRUPT, "%s/" STUB_FILE ": names no database", folder);
	}
	*ret = stub;
	return LUPE_OK;
}

lupe_status stub_read(const char *folder, struct stub *ret, struct lupe_error *err)
{
	char *path = path_join(folder, STUB_FILE);
	BUF_SCOPED(text);
	lupe_status st = file_read(path, STUB_LIMIT_BYTES, &text, err);
	free(path);
	if (st == LUPE_ERROR_NOT_FOUND)
		return lupe_fail(err, st,
			"%s: no index in this folder; make one with: lupe-index --index %s FOLDER",
			folder, folder);
	if (st == LUPE_ERROR_LIMIT)
		return lupe_fail(err, LUPE_ERROR_CORRUPT,
			"%s/" STUB_FILE ": too large to be an index's list of databases", folder);
	return st < 0 ? st : stub_parse(buf_span(&text), folder, ret, err);
}

/* ---- publishing ---- */

lupe_status stub_publish(
	const char *folder, const char *name, const char *previous, struct lupe_error *err)
{
	if (!is_inside(span_of(name)) || (previous && !is_inside(span_of(previous))))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT,
			"%s: not a name for a database inside %s", name, folder);
	struct stat folder_stat;
	if (stat(folder, &folder_stat) != 0)
		return lupe_fail(err, LUPE_ERROR_IO, "%s: %s", folder, strerror(errno));
	char *path = path_join(folder, STUB_FILE);
	BUF_SCOPED(text);
	buf_printf(&text, "glass %s\n", name);
	if (previous)
		buf_printf(&text, PREVIOUS "%s\n", previous);
	unsigned mode = 0600 | (folder_stat.st_mode & 0444);
	lupe_status st = file_replace(path, buf_span(&text), mode, err);
	free(path);
	return st;
}
