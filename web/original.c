/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Gives out files. The path comes from the index, not from the request, and the kernel resolves it
 * below the root. The content type is one of ours: what a browser would run is only ever saved.
 */
#include "web/original.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "web/lupe.h"
#include "web/url.h"

struct kind {
	const char *ending, *type;
	bool shown; /* by the browser; others are saved */
};

static const struct kind *kind_of(struct span path)
{
	static const struct kind kinds[] = {
		{".pdf", "application/pdf", true},
		{".txt", "text/plain; charset=utf-8", true},
		{".md", "text/plain; charset=utf-8", true},
		{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
			false},
		{".odt", "application/vnd.oasis.opendocument.text", false},
		{".epub", "application/epub+zip", false},
		{"", "application/octet-stream", false},
	};
	size_t i = 0;
	while (!span_ends(path, span_of(kinds[i].ending)))
		i++;
	return &kinds[i];
}

static int open_beneath(int root, struct span path)
{
	BUF_SCOPED(name);
	struct open_how how = {
		.flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};
	buf_add_span(&name, path);
	return (int)syscall(SYS_openat2, root, buf_string(&name), &how, sizeof(how));
}

bool original_possible(int root)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_BENEATH};
	int fd = (int)syscall(SYS_openat2, root, ".", &how, sizeof(how));

	if (fd < 0)
		return false;
	close(fd);
	return true;
}

/* The name to save it under: RFC 6266, percent-encoded, so that it cannot end the field. */
static void set_disposition(struct buf *out, struct span path, bool shown)
{
	const char *slash = memrchr(path.ptr, '/', path.len);
	struct span name = slash ? span_from(slash + 1, path.ptr + path.len) : path;
	BUF_SCOPED(encoded);
	url_add_encoded(&encoded, name);
	buf_printf(out, "%s; filename*=UTF-8''", shown ? "inline" : "attachment");
	for (size_t i = 0; i < encoded.len; i++)
		buf_add_string(out, encoded.ptr[i] == '+' ? "%20" : (char[]){encoded.ptr[i], '\0'});
}

bool original_open(struct response *response, int root, const json_t *json, struct arena *arena)
{
	struct span path = json_path(json_object_get(json, "document"), arena);
	struct stat about;
	if (!path.len || memchr(path.ptr, '\0', path.len))
		return false;
	int fd = open_beneath(root, path);
	if (fd < 0)
		return false;
	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
		close(fd);
		return false;
	}
	const struct kind *kind = kind_of(path);
	response->fd = fd;
	response->file_bytes = (uint64_t)about.st_size;
	response->type = kind->type;
	response->policy = kind->shown ? POLICY_FILE : POLICY_DATA;
	set_disposition(&response->disposition, path, kind->shown);
	buf_printf(&response->etag, "W/\"%llx-%llx-%llx\"", (unsigned long long)about.st_ino,
		(unsigned long long)about.st_size, (unsigned long long)about.st_mtim.tv_sec);
	return true;
}
