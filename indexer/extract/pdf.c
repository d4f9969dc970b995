/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads PDF with poppler, through its interface for GLib. Pages are read in lots, so that what
 * stands on each of them can be told before the first is added, and no more than a lot is kept in
 * memory. What poppler complains about while it mends a file is no message to anybody.
 */
#include "indexer/extract/pdf.h"

#include <iconv.h>
#include <math.h>
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "indexer/body.h"
#include "indexer/extract/limits.h"
#include "indexer/extract/pdf_emit.h"
#include "indexer/extract/pdf_furniture.h"
#include "indexer/extract/pdf_title.h"
#include "indexer/extract/pdf_words.h"
#include "indexer/extract/xmp.h"

enum {
	LOT_PAGES = 32,
	PICTURE_PAGES_MOST =
		1000, /* with little text or none, that are searched; others are as the last */
	STAMP_LETTERS_MOST = 100,
};

/* A page that a picture fills to this part, with no letters but few and small ones (in points), is
   a scan that somebody has stamped or numbered. What is large is a title: of a cover, of a slide.
 */
static const double scan_least = 0.75;
static const float stamp_highest = 16;

struct reading {
	PopplerDocument *file;
	struct document *document;
	struct page pages[LOT_PAGES + FURNITURE_PAGES_AROUND];
	struct furniture furniture;
	struct emitter emitter;
	uint32_t read; /* pages */
	bool labelled; /* by the file itself */
	struct buf labels;
	uint32_t picture_pages_sought;
	bool picture;  /* whether the page that was searched last is one */
	bool pictures; /* whether any is */
	bool lost_font;
};

/* Of all its complaints one is a loss that nothing else shows: fonts for Chinese, Japanese and
   Korean may leave it to the reader to know their characters. Those tables are files
   (poppler-data), many megabytes, and in the sandbox there are none. */
static void on_message(
	const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer user_data)
{
	struct reading *reading = user_data;

	(void)domain;
	(void)level;
	if (message && strstr(message, "Missing language pack"))
		reading->lost_font = true;
}

/* ---- opening ---- */

static lupe_status open_failed(
	struct document *document, const GError *error, struct lupe_error *err)
{
	if (g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)) {
		document->encrypted = true;
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "locked PDF, a password is needed");
	}
	return lupe_fail(err, LUPE_ERROR_ARGUMENT, "damaged PDF: %s",
		g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_BAD_CATALOG)
			? "no catalogue of its pages"
			: "its structure cannot be read");
}

/* The mark of a PDF may have rubbish before it. */
static bool is_pdf(struct span bytes)
{
	size_t head = bytes.len < 1024 ? bytes.len : 1024;

	return head >= 5 && memmem(bytes.ptr, head, "%PDF-", 5);
}

static lupe_status open_file(struct reading *reading, struct span bytes, struct lupe_error *err)
{
	GError *error = NULL;

	if (!is_pdf(bytes))
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "no PDF");
	GBytes *data = g_bytes_new_static(bytes.ptr, bytes.len);
	reading->file = poppler_document_new_from_bytes(data, NULL, &error);
	g_bytes_unref(data);
	if (!reading->file) {
		lupe_status st = open_failed(reading->document, error, err);

		g_clear_error(&error);
		return st;
	}
	int pages = poppler_document_get_n_pages(reading->file);
	if (pages <= 0)
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "damaged PDF: no pages");
	if (pages > LIMIT_PAGES)
		return lupe_fail(err, LUPE_ERROR_LIMIT, "more than %d pages", LIMIT_PAGES);
	reading->document->pages = (uint32_t)pages;
	return LUPE_OK;
}

/* ---- pages ---- */

static void add_label(struct reading *reading, PopplerPage *page, uint32_t number)
{
	char *label = NULL, counted[16];

	g_object_get(page, "label", &label, NULL);
	snprintf(counted, sizeof(counted), "%u", (unsigned)number);
	reading->labelled |= label && strcmp(label, counted) != 0;
	buf_add_string(&reading->labels, label ? label : counted);
	buf_add_byte(&reading->labels, '\0');
	g_free(label);
}

/* The part of the page that its pictures cover; each counts, though they may overlap. */
static double covered(GList *pictures, const struct page *page)
{
	double sum = 0, whole = (double)page->width * (double)page->height;

	for (GList *at = pictures; at; at = at->next) {
		const PopplerRectangle *area = &((PopplerImageMapping *)at->data)->area;

		sum += fmin(fabs((area->x2 - area->x1) * (area->y2 - area->y1)), whole);
	}
	return whole > 0 ? sum / whole : 0;
}

static bool is_stamp_at_most(const struct page *page)
{
	size_t letters = 0;

	for (size_t i = 0; i < page->count; i++) {
		letters += page->segments[i].letters;
		if (page->segments[i].size > stamp_highest)
			return false;
	}
	return letters <= STAMP_LETTERS_MOST;
}

/* Whether the page has pictures; if there is text on it, whether they fill it. */
static bool is_picture(struct reading *reading, PopplerPage *source, const struct page *page)
{
	if (reading->picture_pages_sought++ < PICTURE_PAGES_MOST) {
		GList *pictures = poppler_page_get_image_mapping(source);

		reading->picture =
			page->count ? covered(pictures, page) >= scan_least : pictures != NULL;
		poppler_page_free_image_mapping(pictures);
	}
	return reading->picture;
}

/* Reads the next page into `page`. A page that cannot be read counts as one without text. */
static void read_page(struct reading *reading, struct page *page)
{
	uint32_t number = ++reading->read;
	PopplerPage *source = poppler_document_get_page(reading->file, (int)number - 1);

	page_clear(page, number, 0, 0);
	if (source) {
		pdf_read_words(source, number, page);
		add_label(reading, source, number);
	} else {
		buf_printf(&reading->labels, "%u", (unsigned)number);
		buf_add_byte(&reading->labels, '\0');
	}
	bool picture = source && is_stamp_at_most(page) && is_picture(reading, source, page);
	reading->pictures |= picture;
	reading->document->pages_without_text += picture || page->count == 0;
	buf_add_byte(&reading->document->picture_pages, picture);
	furniture_learn(&reading->furniture, page);
	if (source)
		g_object_unref(source);
}

/* The pages are in a ring: those of a lot, and some ahead for what furniture is. */
static lupe_status read_pages(struct reading *reading, struct lupe_error *err)
{
	struct document *document = reading->document;
	uint32_t ring = LOT_PAGES + FURNITURE_PAGES_AROUND;

	while (reading->read < document->pages && reading->read < ring)
		read_page(reading, &reading->pages[reading->read]);
	for (uint32_t i = 0; i < reading->read; i++)
		emitter_measure(&reading->emitter, &reading->pages[i]);
	for (uint32_t i = 0; i < document->pages; i++) {
		struct page *page = &reading->pages[i % ring];

		furniture_mark(&reading->furniture, page, document->pages);
		emitter_add_page(&reading->emitter, page);
		if (document->text.len > LIMIT_TEXT_BYTES)
			return lupe_fail(err, LUPE_ERROR_LIMIT, "more than %d MB of text",
				LIMIT_TEXT_BYTES >> 20);
		if (reading->read < document->pages)
			read_page(reading, page);
	}
	return LUPE_OK;
}

/* ---- what the file says of itself ---- */

static void read_xmp(PopplerDocument *file, struct xmp *ret)
{
	char *packet = poppler_document_get_metadata(file);

	if (packet)
		xmp_read(span_of(packet), ret);
	g_free(packet);
}

/* "2019-05-14", of the Info dictionary; NULL if it does not say. */
static char *creation_date(PopplerDocument *file)
{
	GDateTime *created = poppler_document_get_creation_date_time(file);
	char *text = created ? g_date_time_format(created, "%Y-%m-%d") : NULL;

	if (created)
		g_date_time_unref(created);
	return text;
}

static struct span either(const char *info, const struct buf *xmp)
{
	return span_of(info && *info ? info : buf_string(xmp));
}

static void read_fields(struct reading *reading, struct span file_name)
{
	struct document *document = reading->document;
	char *info_title = poppler_document_get_title(reading->file);
	char *info_author = poppler_document_get_author(reading->file);
	char *info_created = creation_date(reading->file);
	struct xmp xmp = {0};

	read_xmp(reading->file, &xmp);
	struct span title = either(info_title, &xmp.title);
	struct span author = either(info_author, &xmp.author);
	struct span created = either(info_created, &xmp.created);
	if (pdf_title_is_name(title, file_name))
		document->origins |= ORIGIN_NAME_REFUSED;
	if (pdf_title_is_one(title, file_name))
		document_set_title(document, title);
	else if (reading->emitter.title.len)
		document_set_title(document, buf_span(&reading->emitter.title));
	if (author_is_name(author))
		document_set_field(&document->author, author);
	if (created.len)
		document_set_file_date(document, created);
	xmp_done(&xmp);
	g_free(info_title);
	g_free(info_author);
	g_free(info_created);
}

static void finish(struct reading *reading, struct span file_name)
{
	struct document *document = reading->document;

	read_fields(reading, file_name);
	if (reading->labelled)
		buf_add_span(&document->page_labels, buf_span(&reading->labels));
	else
		furniture_labels(&reading->furniture, &document->page_labels);
	document->image_only = reading->pictures && document->text.len == 0 &&
			       document->pages_without_text == document->pages;
	if (!reading->pictures)
		buf_clear(&document->picture_pages);
	if (reading->lost_font)
		buf_add_string(&document->notice,
			"text in a Chinese, Japanese or Korean font is not read: "
			"its characters are not told in the file");
}

lupe_status extract_pdf(
	const struct source *source, struct document *document, struct lupe_error *err)
{
	struct reading *reading = mem_zalloc(sizeof(*reading));
	guint handler = g_log_set_handler("Poppler", G_LOG_LEVEL_MASK, on_message, reading);

	reading->document = reading->emitter.document = document;
	lupe_status st = open_file(reading, source->bytes, err);
	if (st == LUPE_OK)
		st = read_pages(reading, err);
	if (st == LUPE_OK)
		finish(reading, source->name);

	if (reading->file)
		g_object_unref(reading->file);
	for (size_t i = 0; i < sizeof(reading->pages) / sizeof(reading->pages[0]); i++)
		page_done(&reading->pages[i]);
	furniture_done(&reading->furniture);
	emitter_done(&reading->emitter);
	buf_done(&reading->labels);
	free(reading);
	g_log_remove_handler("Poppler", handler);
	return st;
}

void extract_pdf_prepare(void)
{
	/* poppler mends what is missing, and complains about it */
	static const char sample[] =
		"%PDF-1.4\n"
		"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
		"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
		"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
		"4 0 obj<</Length 30>>stream\nBT /F 9 Tf 9 9 Td (\344bc) Tj ET \n"
		"endstream endobj\n"
		"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
		"/Encoding/WinAnsiEncoding>>endobj\n"
		"trailer<</Root 1 0 R>>\n";
	struct document document = {0};
	struct source source = {span_of(sample), SPAN("sample.pdf")};
	struct lupe_error err;

	/* titles may be in UTF-16: what converts them stays loaded as long as one of these is open
	 */
	static iconv_t kept[2];

	if (!kept[0]) {
		kept[0] = iconv_open("UTF-8", "UTF-16BE");
		kept[1] = iconv_open("UTF-8", "UTF-16LE");
	}
	/* a failure shows again with the first document */
	extract_pdf(&source, &document, &err);
	document_done(&document);
}
