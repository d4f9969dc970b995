/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Addresses to answers. A path is compared with the ones below, byte for byte and undecoded; there
 * is no other way in, so that nothing in a path can name anything. How requests arrive is the
 * business of server.c and cgi.c.
 */
#include "web/site.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/hash.h"
#include "web/assets.h"
#include "web/download.h"
#include "web/original.h"
#include "web/pages.h"

/** A request on its way through the site. */
struct visit {
	const struct site *site;
	const struct request *request;
	struct response *response;
	struct ask ask;
	struct arena arena;
};

lupe_status site_open(struct site *ret, const struct settings *settings, struct lupe_error *err)
{
	*ret = (struct site){settings, &language_german, -1};
	if (access(settings->lupe, X_OK) != 0)
		return lupe_fail(
			err, LUPE_ERROR_NOT_FOUND, "%s: %s", settings->lupe, strerror(errno));
	if (!settings->files_root)
		return LUPE_OK;
	ret->files_root = open(settings->files_root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (ret->files_root < 0)
		return lupe_fail(
			err, LUPE_ERROR_IO, "%s: %s", settings->files_root, strerror(errno));
	if (original_possible(ret->files_root))
		return LUPE_OK;
	site_close(ret);
	return lupe_fail(err, LUPE_ERROR_IO,
		"--serve-files: no openat2 here: %s (a unit with RestrictSUIDSGID= has none)",
		strerror(errno));
}

void site_close(struct site *site)
{
	if (site->files_root >= 0)
		close(site->files_root);
	site->files_root = -1;
}

/* ---- pages ---- */

static struct page begin_page(struct visit *visit)
{
	visit->response->type = "text/html; charset=utf-8";
	visit->response->policy = POLICY_PAGE;
	return (struct page){HTML_INIT(&visit->response->body), visit->site, visit->request,
		&visit->ask, &visit->arena};
}

/* `reason` as page_error takes it. */
static void refuse(struct visit *visit, unsigned status, enum text reason)
{
	struct page page = begin_page(visit);
	visit->response->status = status;
	visit->response->retry_after_s = status == 503 ? 2 : status == 429 ? 10 : 0;
	page_error(&page, status, reason);
}

/* What decides about a page: the state of the index, the address, and the site itself. */
static void set_etag(struct visit *visit, const json_t *json)
{
	const json_t *index = json_object_get(json, "index");
	const struct settings *s = visit->site->settings;
	const char *const own[] = {LUPE_VERSION, asset_style_address(), s->title, s->url,
		s->imprint_url, s->privacy_url, s->contact, s->files_root};
	BUF_SCOPED(all);
	buf_add_counted(&all, json_text(index, "uuid"));
	buf_add_varint(&all, (uint64_t)json_number(index, "revision"));
	buf_add_counted(&all, json_text(index, "built"));
	buf_add_counted(&all, visit->request->path);
	buf_add_counted(&all, visit->request->query);
	buf_add_counted(&all, visit->request->base);
	buf_add_counted(&all, visit->request->host);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		buf_add_counted(&all, span_of(own[i]));
	char hex[HASH128_HEX_LEN + 1];
	hash128_hex(hash128(buf_span(&all)), hex);
	buf_printf(&visit->response->etag, "W/\"%s\"", hex);
}

static void answer_start(struct visit *visit)
{
	struct page page = begin_page(visit);
	visit->response->search_engines = true;
	set_etag(visit, NULL);
	page_start(&page);
}

static void answer_help(struct visit *visit)
{
	struct page page = begin_page(visit);
	visit->response->search_engines = true;
	set_etag(visit, NULL);
	page_help(&page);
}

static void answer_accessibility(struct visit *visit)
{
	struct page page = begin_page(visit);
	visit->response->search_engines = true;
	set_etag(visit, NULL);
	page_accessibility(&page);
}

/* Whether there is an answer to show; if not, the response says why not. */
static bool has_answer(struct visit *visit, const struct answer *answer)
{
	if (answer->status == 200)
		return true;
	enum text reason = answer->no_index ? T_ERROR_INDEX : T_SITE;
	refuse(visit, answer->status, answer->status == 400 ? T_ERROR_QUERY : reason);
	if (answer->no_index)
		visit->response->retry_after_s = 60;
	return false;
}

static void answer_search(struct visit *visit)
{
	struct answer answer;
	if (!visit->ask.query.len) {
		answer_start(visit);
		return;
	}
	lupe_search(&answer, visit->site->settings, &visit->ask,
		(visit->ask.page - 1) * ASK_RESULTS_A_PAGE, ASK_RESULTS_A_PAGE);
	if (has_answer(visit, &answer)) {
		struct page page = begin_page(visit);
		set_etag(visit, answer.json);
		page_results(&page, answer.json);
	}
	answer_done(&answer);
}

static void answer_download(struct visit *visit)
{
	struct answer answer;
	lupe_search_all(&answer, visit->site->settings, &visit->ask, ASK_DOWNLOAD_RESULTS);
	if (has_answer(visit, &answer)) {
		set_etag(visit, answer.json);
		download_write(
			visit->response, visit->site->language, visit->request->path, answer.json);
	}
	answer_done(&answer);
}

static void answer_document(struct visit *visit)
{
	struct answer answer;
	if (!visit->ask.path.len) {
		refuse(visit, 404, T_SITE);
		return;
	}
	lupe_document(
		&answer, visit->site->settings, &visit->ask, visit->ask.from, ASK_DOCUMENT_BYTES);
	if (has_answer(visit, &answer)) {
		struct page page = begin_page(visit);
		set_etag(visit, answer.json);
		page_document(&page, answer.json);
	}
	answer_done(&answer);
}

static void answer_original(struct visit *visit)
{
	struct answer answer;
	if (visit->site->files_root < 0 || !visit->ask.path.len) {
		refuse(visit, 404, T_SITE);
		return;
	}
	/* Only what is in the index is given out, whatever else lies beside it. */
	lupe_document(&answer, visit->site->settings, &visit->ask, 0, 1);
	if (has_answer(visit, &answer) && !original_open(visit->response, visit->site->files_root,
						  answer.json, &visit->arena))
		refuse(visit, 404, T_SITE);
	answer_done(&answer);
}

/* ---- for machines ---- */

static void answer_health(struct visit *visit)
{
	struct answer answer;
	struct ask probe = {.query = SPAN("a"), .page = 1};
	lupe_search(&answer, visit->site->settings, &probe, 0, 0);
	struct response *response = visit->response;
	json_t *report =
		json_pack("{s:s, s:O?, s:O?}", "status", answer.status == 200 ? "ok" : "failed",
			"index", json_object_get(answer.json, "index"), "completeness",
			json_object_get(answer.json, "completeness"));
	char *text = json_dumps(report, JSON_COMPACT);
	response->status = answer.status == 200 ? 200 : 503;
	response->retry_after_s = answer.status == 200 ? 0 : 10;
	response->type = "application/json";
	response->policy = POLICY_DATA;
	buf_printf(&response->body, "%s\n", text);
	free(text);
	json_decref(report);
	answer_done(&answer);
}

static void answer_robots(struct visit *visit)
{
	static const char *const closed[] = {"suche", "dokument", "datei"};
	visit->response->type = "text/plain; charset=utf-8";
	visit->response->policy = POLICY_DATA;
	visit->response->max_age_s = 24 * 60 * 60;
	buf_add_string(&visit->response->body, "User-agent: *\n");
	for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++)
		buf_printf(&visit->response->body, "Disallow: %.*s%s\n",
			SPAN_ARG(visit->request->base), closed[i]);
}

static void answer_style(struct visit *visit)
{
	visit->response->type = "text/css; charset=utf-8";
	visit->response->policy = POLICY_DATA;
	visit->response->max_age_s = 365 * 24 * 60 * 60; /* its address changes with it */
	buf_add_span(&visit->response->body, asset_style());
}

static void answer_symbol(struct visit *visit)
{
	visit->response->type = "image/svg+xml";
	visit->response->policy = POLICY_DATA;
	visit->response->max_age_s = 24 * 60 * 60;
	buf_add_span(&visit->response->body, asset_symbol());
}

static bool is_host(struct span host)
{
	for (size_t i = 0; i < host.len; i++) {
		char c = host.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    (c && strchr(".-:[]", c))))
			return false;
	}
	return host.len > 0 && host.len < 256;
}

/* OpenSearch 1.1 wants whole addresses. */
static void answer_opensearch(struct visit *visit)
{
	const struct settings *settings = visit->site->settings;
	const char *const *texts = visit->site->language->texts;
	BUF_SCOPED(template);
	if (settings->url) {
		buf_printf(&template, "%ssuche?q={searchTerms}", settings->url);
	} else if (is_host(visit->request->host)) {
		buf_printf(&template, "%s://%.*s%.*ssuche?q={searchTerms}",
			visit->request->https ? "https" : "http", SPAN_ARG(visit->request->host),
			SPAN_ARG(visit->request->base));
	} else {
		refuse(visit, 400, T_SITE);
		return;
	}
	struct html h = HTML_INIT(&visit->response->body);
	visit->response->type = "application/opensearchdescription+xml";
	visit->response->policy = POLICY_DATA;
	html_xml_declaration(&h);
	html_open(&h, "OpenSearchDescription");
	html_attr_string(&h, "xmlns", "http://a9.com/-/spec/opensearch/1.1/");
	html_element(&h, "ShortName", span_of(settings->title ? settings->title : texts[T_SITE]));
	html_element(&h, "Description", span_of(texts[T_START_LEAD]));
	html_element(&h, "InputEncoding", SPAN("UTF-8"));
	html_element(&h, "Language", span_of(visit->site->language->tag));
	html_open(&h, "Url");
	html_attr_string(&h, "type", "text/html");
	html_attr_string(&h, "method", "get");
	html_attr(&h, "template", buf_span(&template));
	html_end(&h);
	html_end(&h);
}

/* ---- routes ---- */

struct route {
	const char *path;
	void (*answer)(struct visit *visit);
	bool needs_lupe;
};

static const struct route routes[] = {
	{"/", answer_start, false},
	{"/suche", answer_search, true},
	{"/suche.csv", answer_download, true},
	{"/suche.bib", answer_download, true},
	{"/suche.json", answer_download, true},
	{"/dokument", answer_document, true},
	{"/datei", answer_original, true},
	{"/hilfe", answer_help, false},
	{"/barrierefreiheit", answer_accessibility, false},
	{"/health", answer_health, true},
	{"/opensearch.xml", answer_opensearch, false},
	{"/robots.txt", answer_robots, false},
	{"/stil.css", answer_style, false},
	{"/symbol.svg", answer_symbol, false},
	{"/favicon.ico", answer_symbol, false},
};

static const struct route *route_of(struct span path)
{
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		if (span_equal(path, span_of(routes[i].path)))
			return &routes[i];
	return NULL;
}

static bool is_read(const struct request *request)
{
	return span_equal(request->method, SPAN("GET")) ||
	       span_equal(request->method, SPAN("HEAD"));
}

bool site_needs_lupe(const struct request *request)
{
	const struct route *route = route_of(request->path);
	return route && route->needs_lupe && is_read(request) && !request->has_body;
}

static void answer(struct visit *visit)
{
	const struct request *request = visit->request;
	const struct route *route = route_of(request->path);
	enum ask_fault fault = ask_parse(&visit->ask, request->query, &visit->arena);
	struct ask nothing = {.page = 1};
	if (route)
		visit->response->route = route->path;
	if (fault != ASK_FINE)
		visit->ask = nothing;
	if (!is_read(request))
		refuse(visit, 405, T_SITE);
	else if (request->has_body || fault == ASK_TOO_LONG)
		refuse(visit, 413, T_SITE);
	else if (!route)
		refuse(visit, 404, T_SITE);
	else if (fault == ASK_WRONG)
		refuse(visit, 400, T_SITE);
	else
		route->answer(visit);
}

void site_answer(const struct site *site, const struct request *request, struct response *ret)
{
	struct visit visit = {
		.site = site, .request = request, .response = ret, .arena = ARENA_INIT};
	answer(&visit);
	arena_done(&visit.arena);
	response_finish(ret, request);
}

void site_refuse(const struct site *site, const struct request *request, unsigned status,
	struct response *ret)
{
	struct visit visit = {.site = site,
		.request = request,
		.response = ret,
		.ask = {.page = 1},
		.arena = ARENA_INIT};
	const struct route *route = route_of(request->path);
	if (route)
		ret->route = route->path;
	refuse(&visit, status, T_SITE);
	arena_done(&visit.arena);
	response_finish(ret, request);
}
