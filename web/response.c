/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every response has in common: the header fields that keep browsers from doing what we never
 * ask of them, validators, and compression. Values that come from data are percent-encoded or
 * hashed by whoever sets them: no line end can get into a field.
 */
#include "web/response.h"

#include <strings.h>
#include <unistd.h>
#include <zlib.h>

void response_init(struct response *response)
{
	*response = (struct response){.status = 200, .route = "-", .fd = -1};
}

void response_done(struct response *response)
{
	if (response->fd >= 0)
		close(response->fd);
	buf_done(&response->body);
	buf_done(&response->etag);
	buf_done(&response->location);
	buf_done(&response->disposition);
}

/* ---- validators and compression ---- */

/* Weak comparison: our tags are weak, since a gzipped body has the same one. */
static bool has_tag(struct span list, struct span tag)
{
	while (list.ptr) {
		struct span one = span_trim(span_take(&list, ','));
		if (span_equal(one, SPAN("*")) || span_equal(one, tag))
			return true;
	}
	return false;
}

static bool reads_gzip(struct span list)
{
	while (list.ptr) {
		struct span weight = span_take(&list, ',');
		struct span coding = span_trim(span_take(&weight, ';'));
		if (coding.len != 4 || strncasecmp(coding.ptr, "gzip", 4) != 0)
			continue;
		weight = span_trim(weight);
		bool zero = span_starts(weight, SPAN("q=0")) &&
			    strspn(weight.ptr + 3, ".0") >= weight.len - 3;
		return !weight.len || !zero;
	}
	return false;
}

static void compress_body(struct response *response)
{
	enum { GZIP_WINDOW = 15 + 16, LEVEL = 5, MEMORY = 8 };
	z_stream stream = {0};
	struct buf out = BUF_INIT;
	if (deflateInit2(&stream, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) !=
		Z_OK)
		return;
	size_t room = deflateBound(&stream, response->body.len);
	stream.next_out = (unsigned char *)buf_reserve(&out, room);
	stream.avail_out = (unsigned)room;
	stream.next_in = (unsigned char *)response->body.ptr;
	stream.avail_in = (unsigned)response->body.len;
	if (deflate(&stream, Z_FINISH) == Z_STREAM_END) {
		out.len = stream.total_out;
		buf_done(&response->body);
		response->body = out;
		response->gzipped = true;
	} else {
		buf_done(&out);
	}
	deflateEnd(&stream);
}

void response_finish(struct response *response, const struct request *request)
{
	enum { WORTH_IT = 1000, MOST = 64 * 1024 * 1024 };
	if (response->etag.len && response->status == 200 &&
		has_tag(request->if_none_match, buf_span(&response->etag))) {
		response->status = 304;
		buf_clear(&response->body);
	}
	if (response->body.len >= WORTH_IT && response->body.len <= MOST &&
		reads_gzip(request->accept_encoding))
		compress_body(response);
}

/* ---- header fields ---- */

static const char *policy_of(const struct response *response)
{
	switch (response->policy) {
	case POLICY_PAGE:
		return "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
		       "base-uri 'none'; frame-ancestors 'none'";
	case POLICY_FILE: /* without `sandbox`: browsers do not show PDF under it */
		return "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
		       "frame-ancestors 'none'";
	default:
		return "default-src 'none'; sandbox; frame-ancestors 'none'";
	}
}

static void number_header(
	response_header header, void *context, const char *name, const char *format, unsigned value)
{
	BUF_SCOPED(text);
	buf_printf(&text, format, value);
	header(context, name, text.ptr);
}

void response_headers(const struct response *r, response_header header, void *context)
{
	if (r->status != 304)
		header(context, "Content-Type", r->type);
	header(context, "Content-Security-Policy", policy_of(r));
	header(context, "X-Content-Type-Options", "nosniff");
	header(context, "Referrer-Policy", "no-referrer");
	header(context, "X-Frame-Options", "DENY");
	header(context, "Cross-Origin-Opener-Policy", "same-origin");
	header(context, "Cross-Origin-Resource-Policy", "same-origin");
	header(context, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
	header(context, "Vary", "Accept-Encoding");
	if (!r->search_engines)
		header(context, "X-Robots-Tag", "noindex, nofollow");
	if (r->max_age_s)
		number_header(header, context, "Cache-Control", "public, max-age=%u", r->max_age_s);
	else
		header(context, "Cache-Control",
			r->status == 200 ? "private, no-cache" : "no-store");
	if (r->etag.len)
		header(context, "ETag", r->etag.ptr);
	if (r->location.len)
		header(context, "Location", r->location.ptr);
	if (r->disposition.len)
		header(context, "Content-Disposition", r->disposition.ptr);
	if (r->retry_after_s)
		number_header(header, context, "Retry-After", "%u", r->retry_after_s);
	if (r->status == 405)
		header(context, "Allow", "GET, HEAD");
	if (r->gzipped)
		header(context, "Content-Encoding", "gzip");
}

const char *response_reason(unsigned status)
{
	switch (status) {
	case 200:
		return "OK";
	case 301:
		return "Moved Permanently";
	case 303:
		return "See Other";
	case 304:
		return "Not Modified";
	case 400:
		return "Bad Request";
	case 404:
		return "Not Found";
	case 405:
		return "Method Not Allowed";
	case 413:
		return "Content Too Large";
	case 429:
		return "Too Many Requests";
	case 503:
		return "Service Unavailable";
	default:
		return "Internal Server Error";
	}
}
