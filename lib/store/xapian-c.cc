/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The C wrapper over libxapian, and the only C++ of the project. Every function is one guarded
 * lambda, so that no exception reaches a C caller; map_exception() alone knows which error of
 * Xapian's is which status of ours. Nothing here knows of language, files or schema.
 *
 * The header gives the functions their C linkage. No iostreams and no objects with constructors at
 * file level: query programs start through here.
 */
#include "lupe/xapian-c.h"

#include <cassert>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <forward_list>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <xapian.h>

#include "xapian-c-test.h"

static_assert(sizeof(Xapian::docid) == 4 && sizeof(Xapian::termcount) == 4 &&
		      sizeof(Xapian::termpos) == 4 && sizeof(Xapian::valueno) == 4,
	"the interface promises 32-bit ids, counts, positions and slots");
static_assert(XC_NO_SLOT == Xapian::BAD_VALUENO, "no slot must be Xapian's no slot");

/* ---- Errors --------------------------------------------------------------------------------- */

namespace
{

/** Length of the UTF-8 character at the start of s[0..len), or 0 if it is none or a control. */
size_t printable_length(const unsigned char *s, size_t len)
{
	if (s[0] < 0x80)
		return s[0] >= 0x20 && s[0] != 0x7f;
	size_t n = s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : s[0] < 0xf5 ? 4 : 0;
	if (n == 0 || n > len)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	bool c1_control = s[0] == 0xc2 && s[1] < 0xa0;
	bool overlong = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90);
	bool beyond = (s[0] == 0xed && s[1] >= 0xa0) || (s[0] == 0xf4 && s[1] >= 0x90);
	return c1_control || overlong || beyond ? 0 : n;
}

/** A message under construction: valid UTF-8 without control characters, cut between characters. */
struct message {
	char text[sizeof(lupe_error::message)];
	size_t used = 0;

	void add(const char *s, size_t len)
	{
		auto *bytes = reinterpret_cast<const unsigned char *>(s);
		for (size_t i = 0; i < len;) {
			size_t n = printable_length(bytes + i, len - i);
			if (used + (n ? n : 1) >= sizeof text)
				break;
			if (n)
				memcpy(text + used, s + i, n);
			else
				text[used] = '?';
			used += n ? n : 1;
			i += n ? n : 1;
		}
		text[used] = '\0';
	}

	void add(const char *s)
	{
		add(s, strlen(s));
	}

	/** As add(), but a capital that only begins a sentence becomes small. */
	void add_sentence(const char *s)
	{
		size_t start = used;
		add(s);
		bool capital = text[start] >= 'A' && text[start] <= 'Z';
		if (capital && text[start + 1] >= 'a' && text[start + 1] <= 'z')
			text[start] = static_cast<char>(text[start] + 'a' - 'A');
	}
};

/** Reports "subject: message (context): system error", leaving out what is empty or said before. */
lupe_status fail(struct lupe_error *err, lupe_status status, const char *subject, const char *text,
	const char *context = "", const char *system = nullptr)
{
	message m;
	m.text[0] = '\0';
	if (*subject && !strstr(text, subject)) {
		m.add(subject);
		m.add(": ");
	}
	m.add_sentence(*text ? text : "unknown error");
	bool repeats = strstr(m.text, context) || (*subject && strstr(context, subject));
	if (*context && !repeats) {
		m.add(" (");
		m.add(context);
		m.add(")");
	}
	if (system && *system) {
		m.add(": ");
		m.add_sentence(system);
	}
	return lupe_fail(err, status, "%s", m.text);
}

lupe_status fail(
	struct lupe_error *err, lupe_status status, const char *subject, const Xapian::Error &e)
{
	return fail(err, status, subject, e.get_msg().c_str(), e.get_context().c_str(),
		e.get_error_string());
}

lupe_status system_status(const std::error_code &code)
{
	if (code == std::errc::not_enough_memory)
		return LUPE_ERROR_MEMORY;
	if (code == std::errc::no_such_file_or_directory)
		return LUPE_ERROR_NOT_FOUND;
	return LUPE_ERROR_IO;
}

/** Xapian's lock error also covers missing rights and file systems without locks. */
lupe_status lock_status(const Xapian::DatabaseLockError &e)
{
	bool in_use = e.get_msg().find("already locked") != std::string::npos;
	return in_use ? LUPE_ERROR_LOCKED : LUPE_ERROR_IO;
}

/** Likewise "could not make the folder" and "there is a database already". */
lupe_status create_status(const Xapian::DatabaseCreateError &e)
{
	return e.get_error_string() ? LUPE_ERROR_IO : LUPE_ERROR_ARGUMENT;
}

/** Thrown where a test of the caller's failed. */
struct failed_test {
	lupe_status status;
};

/** Turns the exception being handled into a status; derived classes before their bases. */
lupe_status rethrow_and_map(struct lupe_error *err, const char *subject)
{
	try {
		throw;
	} catch (const Xapian::DatabaseLockError &e) {
		return fail(err, lock_status(e), subject, e);
	} catch (const Xapian::DatabaseModifiedError &e) {
		return fail(err, LUPE_ERROR_MODIFIED, subject, e);
	} catch (const Xapian::DatabaseNotFoundError &e) {
		return fail(err, LUPE_ERROR_NOT_FOUND, subject, "no glass database", "",
			e.get_error_string());
	} catch (const Xapian::DatabaseCorruptError &e) {
		return fail(err, LUPE_ERROR_CORRUPT, subject, e);
	} catch (const Xapian::DatabaseVersionError &e) {
		return fail(err, LUPE_ERROR_SCHEMA, subject, e);
	} catch (const Xapian::DatabaseCreateError &e) {
		return fail(err, create_status(e), subject, e);
	} catch (const Xapian::DatabaseClosedError &e) {
		return fail(err, LUPE_ERROR_ARGUMENT, subject, e);
	} catch (const Xapian::DatabaseError &e) {
		/* a table that was cut is told by its message alone: "EOF reading block 7" */
		bool cut = e.get_msg().compare(0, 3, "EOF") == 0;
		return fail(err, cut ? LUPE_ERROR_CORRUPT : LUPE_ERROR_IO, subject, e);
	} catch (const Xapian::NetworkError &e) {
		return fail(err, LUPE_ERROR_IO, subject, e);
	} catch (const Xapian::DocNotFoundError &e) {
		return fail(err, LUPE_ERROR_NOT_FOUND, subject, e);
	} catch (const Xapian::SerialisationError &e) {
		return fail(err, LUPE_ERROR_CORRUPT, subject, e);
	} catch (const Xapian::WildcardError &e) {
		return fail(err, LUPE_ERROR_LIMIT, subject, e);
	} catch (const Xapian::RangeError &e) {
		return fail(err, LUPE_ERROR_ARGUMENT, subject, e);
	} catch (const Xapian::QueryParserError &e) {
		return fail(err, LUPE_ERROR_ARGUMENT, subject, e);
	} catch (const Xapian::InvalidArgumentError &e) {
		return fail(err, LUPE_ERROR_ARGUMENT, subject, e);
	} catch (const Xapian::InvalidOperationError &e) {
		return fail(err, LUPE_ERROR_ARGUMENT, subject, e);
	} catch (const Xapian::UnimplementedError &e) {
		return fail(err, LUPE_ERROR_ARGUMENT, subject, e);
	} catch (const Xapian::Error &e) {
		return fail(err, LUPE_ERROR_INTERNAL, subject, e);
	} catch (const failed_test &e) {
		return fail(err, e.status, subject, "a value cannot be tested");
	} catch (const std::bad_alloc &) {
		return fail(err, LUPE_ERROR_MEMORY, subject, "out of memory");
	} catch (const std::length_error &e) {
		return fail(err, LUPE_ERROR_LIMIT, subject, e.what());
	} catch (const std::system_error &e) {
		return fail(err, system_status(e.code()), subject, e.what());
	} catch (const std::exception &e) {
		return fail(err, LUPE_ERROR_INTERNAL, subject, e.what());
	} catch (...) {
		return fail(err, LUPE_ERROR_INTERNAL, subject, "unknown exception");
	}
}

/** The same for callers that must not throw: reporting an error may run out of memory. */
lupe_status map_exception(struct lupe_error *err, const char *subject) noexcept
{
	try {
		return rethrow_and_map(err, subject);
	} catch (...) {
		return lupe_fail(err, LUPE_ERROR_MEMORY, "out of memory");
	}
}

/** Runs `body`; errors name `subject`, which `body` may change as it goes. */
template <typename Body>
lupe_status guard(struct lupe_error *err, const char *const &subject, Body &&body) noexcept
{
	try {
		return body();
	} catch (...) {
		return map_exception(err, subject);
	}
}

} /* namespace */

/* ---- Handles -------------------------------------------------------------------------------- */

/** What errors call a database, shared with everything made from it. */
using shared_name = std::shared_ptr<const std::string>;

struct xc_database {
	Xapian::Database db;
	shared_name name;
	bool borrowed = false;
};

struct xc_writer {
	Xapian::WritableDatabase db;
	xc_database view;
	std::string term; /* scratch */
};

struct xc_document {
	Xapian::Document document;
	shared_name name;
	bool has_data = false;
	std::string data;
	std::forward_list<std::pair<Xapian::valueno, std::string>> values; /* stable addresses */
};

struct xc_terms {
	Xapian::TermIterator next;
	shared_name name;
	bool started = false; /* whether `next` was handed out already */
	bool has_documents = false;
	bool has_wdf = false;
	bool has_positions = false;
	std::string current;
};

struct xc_postings {
	Xapian::PostingIterator next;
	shared_name name;
	bool started = false;
	Xapian::docid current = 0;
};

struct xc_query {
	Xapian::Query query;
};

struct xc_matches {
	std::vector<std::pair<Xapian::valueno, std::unique_ptr<Xapian::ValueCountMatchSpy>>> facets;
	Xapian::Enquire enquire; /* points at the facets */
	Xapian::MSet mset;
	shared_name name;
	bool collapsed;
	std::string collapse_key;

	explicit xc_matches(const xc_database &db, bool is_collapsed)
	    : enquire(db.db), name(db.name), collapsed(is_collapsed)
	{
	}
};

namespace
{

bool at_end(const Xapian::TermIterator &i)
{
	return i == Xapian::TermIterator();
}

bool at_end(const Xapian::PostingIterator &i)
{
	return i == Xapian::PostingIterator();
}

/** std::string does not take NULL, not even with length 0. */
std::string to_string(struct xc_bytes bytes)
{
	return bytes.len ? std::string(bytes.ptr, bytes.len) : std::string();
}

struct xc_bytes to_bytes(const std::string &s)
{
	return {s.data(), s.size()};
}

struct xc_blob to_blob(std::string &&s)
{
	auto *owner = new std::string(std::move(s));
	return {to_bytes(*owner), owner};
}

shared_name make_name(std::string &&name)
{
	return std::make_shared<const std::string>(std::move(name));
}

/** Whether Xapian's key of a term fits a block: NULs are escaped there, and take two bytes. */
bool fits_key(struct xc_bytes term)
{
	if (term.len > XC_TERM_MAX)
		return false;
	if (term.len <= XC_TERM_MAX / 2)
		return true;
	size_t size = term.len;
	for (size_t i = 0; i < term.len; i++)
		size += term.ptr[i] == '\0';
	return size <= XC_TERM_MAX;
}

lupe_status check_key(struct xc_bytes term, const char *what, struct lupe_error *err)
{
	if (fits_key(term))
		return LUPE_OK;
	message start;
	start.add(term.ptr, term.len < 40 ? term.len : 40);
	return lupe_fail(err, LUPE_ERROR_LIMIT, "%s of %zu bytes exceeds %d bytes: \"%s...\"", what,
		term.len, XC_TERM_MAX, start.text);
}

lupe_status check_document(const struct xc_new_document *in, struct lupe_error *err)
{
	lupe_status st = check_key(in->id, "id term", err);
	for (size_t i = 0; st == LUPE_OK && i < in->posting_count; i++)
		st = check_key(in->postings[i].term, "term", err);
	return st;
}

/**
 * One call for each position is what Xapian offers. Letting the first bring the wdf saves the
 * look-up of an add_term() besides: 15 to 25 % of all (doc/xapian-c.md).
 */
void add_posting(Xapian::Document &out, const std::string &term, const struct xc_posting &in)
{
	if (in.position_count == 0) {
		out.add_term(term, in.wdf);
		return;
	}
	out.add_posting(term, in.positions[0], in.wdf);
	for (uint32_t i = 1; i < in.position_count; i++)
		out.add_posting(term, in.positions[i], 0);
}

Xapian::Document build_document(const struct xc_new_document *in, std::string &term)
{
	Xapian::Document out;
	if (in->data.len)
		out.set_data(to_string(in->data));
	for (size_t i = 0; i < in->value_count; i++)
		out.add_value(in->values[i].slot, to_string(in->values[i].value));
	if (in->id.len)
		out.add_boolean_term(to_string(in->id));
	/* A document keeps its terms in a search tree: of sorted terms, first those in the middle,
	   then those in the middle of what lies between them, keep it balanced as it grows. */
	size_t gap = 1;
	while (gap < in->posting_count)
		gap *= 2;
	for (; gap; gap /= 2)
		for (size_t i = gap - 1; i < in->posting_count; i += 2 * gap) {
			const struct xc_posting &posting = in->postings[i];
			term.assign(posting.term.len ? posting.term.ptr : "", posting.term.len);
			add_posting(out, term, posting);
		}
	return out;
}

void remove_term(Xapian::Document &document, const std::string &term)
{
	try {
		document.remove_term(term);
	} catch (const Xapian::InvalidArgumentError &) {
		/* not there */
	}
}

} /* namespace */

/* ---- Strings -------------------------------------------------------------------------------- */

void xc_blob_done(struct xc_blob *blob)
{
	if (!blob)
		return;
	delete static_cast<std::string *>(blob->owner);
	*blob = XC_BLOB_INIT;
}

const char *xc_xapian_version(void)
{
	return Xapian::version_string();
}

void xc_set_fatal_handler(void (*handler)(const char *message))
{
	static void (*fatal_handler)(const char *message);
	fatal_handler = handler;
	std::set_terminate([] {
		int number = errno; /* of the write that failed: the exception may be lost */
		struct lupe_error err = {};
		if (std::current_exception())
			map_exception(&err, "Xapian");
		else
			lupe_fail(&err, LUPE_ERROR_IO, "Xapian: a write failed: %s",
				strerror(number));
		if (fatal_handler)
			fatal_handler(err.message);
		std::abort();
	});
}

/* ---- Databases, for reading ----------------------------------------------------------------- */

lupe_status xc_database_open(
	const char *const *paths, size_t count, xc_database **ret_db, struct lupe_error *err)
{
	const char *subject = "";
	return guard(err, subject, [&]() -> lupe_status {
		if (count == 0)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT, "no database to open");
		auto db = std::make_unique<xc_database>();
		std::string name;
		for (size_t i = 0; i < count; i++) {
			subject = paths[i];
			Xapian::Database shard(paths[i], Xapian::DB_BACKEND_GLASS);
			if (i == 0)
				db->db = std::move(shard);
			else
				db->db.add_database(shard);
			name.append(i ? ", " : "").append(paths[i]);
		}
		db->name = make_name(std::move(name));
		*ret_db = db.release();
		return LUPE_OK;
	});
}

lupe_status xc_database_open_remote(const char *host, uint16_t port, uint32_t timeout_ms,
	xc_database **ret_db, struct lupe_error *err)
{
	const char *subject = host;
	shared_name name;
	return guard(err, subject, [&] {
		name = make_name(host + (":" + std::to_string(port)));
		subject = name->c_str();
		if (timeout_ms == 0)
			timeout_ms = 10000;
		auto db = std::make_unique<xc_database>();
		db->db = Xapian::Remote::open(host, port, timeout_ms, timeout_ms);
		db->name = std::move(name);
		*ret_db = db.release();
		return LUPE_OK;
	});
}

lupe_status xc_database_add(xc_database *db, const xc_database *other, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&]() -> lupe_status {
		if (db == other)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: joined to itself",
				db->name->c_str());
		shared_name name = make_name(*db->name + ", " + *other->name);
		db->db.add_database(other->db);
		db->name = std::move(name);
		return LUPE_OK;
	});
}

lupe_status xc_database_reopen(xc_database *db, bool *ret_changed, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		bool changed = db->db.reopen();
		if (ret_changed)
			*ret_changed = changed;
		return LUPE_OK;
	});
}

void xc_database_close(xc_database *db)
{
	assert(!db || !db->borrowed);
	delete db;
}

lupe_status xc_database_statistics(
	xc_database *db, struct xc_statistics *ret_statistics, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		struct xc_statistics s = {};
		s.documents = db->db.get_doccount();
		s.last_docid = db->db.get_lastdocid();
		s.total_length = db->db.get_total_length();
		s.average_length = s.documents ? double(s.total_length) / s.documents : 0;
		s.has_positions = db->db.has_positions();
		s.shards = db->db.size();
		*ret_statistics = s;
		return LUPE_OK;
	});
}

lupe_status xc_database_uuid(xc_database *db, struct xc_blob *ret_uuid, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		*ret_uuid = to_blob(db->db.get_uuid());
		return LUPE_OK;
	});
}

lupe_status xc_database_revision(xc_database *db, uint64_t *ret_revision, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		*ret_revision = db->db.get_revision();
		return LUPE_OK;
	});
}

/* ---- Terms ---------------------------------------------------------------------------------- */

lupe_status xc_term_exists(
	xc_database *db, struct xc_bytes term, bool *ret_exists, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		*ret_exists = db->db.term_exists(to_string(term));
		return LUPE_OK;
	});
}

lupe_status xc_term_documents(
	xc_database *db, struct xc_bytes term, uint32_t *ret_documents, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		*ret_documents = db->db.get_termfreq(to_string(term));
		return LUPE_OK;
	});
}

lupe_status xc_term_occurrences(
	xc_database *db, struct xc_bytes term, uint32_t *ret_occurrences, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		*ret_occurrences = db->db.get_collection_freq(to_string(term));
		return LUPE_OK;
	});
}

static lupe_status start_terms(xc_database *db, struct xc_bytes prefix, bool has_documents,
	xc_terms **ret_terms, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		auto terms = std::make_unique<xc_terms>();
		terms->next = db->db.allterms_begin(to_string(prefix));
		terms->name = db->name;
		terms->has_documents = has_documents;
		*ret_terms = terms.release();
		return LUPE_OK;
	});
}

lupe_status xc_terms_start(
	xc_database *db, struct xc_bytes prefix, xc_terms **ret_terms, struct lupe_error *err)
{
	return start_terms(db, prefix, true, ret_terms, err);
}

lupe_status xc_term_names_start(
	xc_database *db, struct xc_bytes prefix, xc_terms **ret_terms, struct lupe_error *err)
{
	return start_terms(db, prefix, false, ret_terms, err);
}

lupe_status xc_terms_documents(xc_terms *terms, uint32_t *ret_documents, struct lupe_error *err)
{
	return guard(err, terms->name->c_str(), [&] {
		*ret_documents = terms->next.get_termfreq();
		return LUPE_OK;
	});
}

lupe_status xc_document_terms_start(xc_database *db, uint32_t docid, bool count_positions,
	xc_terms **ret_terms, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		auto terms = std::make_unique<xc_terms>();
		terms->next = db->db.termlist_begin(docid);
		terms->name = db->name;
		terms->has_wdf = true;
		terms->has_positions = count_positions;
		*ret_terms = terms.release();
		return LUPE_OK;
	});
}

lupe_status xc_metadata_keys_start(
	xc_database *db, struct xc_bytes prefix, xc_terms **ret_keys, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		auto keys = std::make_unique<xc_terms>();
		keys->next = db->db.metadata_keys_begin(to_string(prefix));
		keys->name = db->name;
		*ret_keys = keys.release();
		return LUPE_OK;
	});
}

/** Hands out the element that `next` stands at, which stays where it is. */
static lupe_status current_term(xc_terms *terms, struct xc_term *ret_term)
{
	terms->started = true;
	if (at_end(terms->next))
		return LUPE_END;
	struct xc_term term = {};
	terms->current = *terms->next;
	term.term = to_bytes(terms->current);
	term.documents = terms->has_documents ? terms->next.get_termfreq() : 0;
	term.wdf = terms->has_wdf ? terms->next.get_wdf() : 0;
	term.position_count = terms->has_positions ? terms->next.positionlist_count() : 0;
	*ret_term = term;
	return LUPE_OK;
}

static lupe_status current_posting(xc_postings *postings, uint32_t *ret_docid, uint32_t *ret_wdf)
{
	postings->started = true;
	if (at_end(postings->next))
		return LUPE_END;
	Xapian::termcount wdf = ret_wdf ? postings->next.get_wdf() : 0;
	*ret_docid = postings->current = *postings->next;
	if (ret_wdf)
		*ret_wdf = wdf;
	return LUPE_OK;
}

lupe_status xc_terms_next(xc_terms *terms, struct xc_term *ret_term, struct lupe_error *err)
{
	return guard(err, terms->name->c_str(), [&] {
		if (terms->started && !at_end(terms->next))
			++terms->next;
		return current_term(terms, ret_term);
	});
}

lupe_status xc_terms_skip_to(
	xc_terms *terms, struct xc_bytes term, struct xc_term *ret_term, struct lupe_error *err)
{
	return guard(err, terms->name->c_str(), [&] {
		std::string target = to_string(term);
		if (!at_end(terms->next)) {
			if (terms->started && terms->current >= target)
				++terms->next;
			else
				terms->next.skip_to(target);
		}
		return current_term(terms, ret_term);
	});
}

void xc_terms_close(xc_terms *terms)
{
	delete terms;
}

/* ---- Posting lists and positions ------------------------------------------------------------ */

lupe_status xc_postings_start(
	xc_database *db, struct xc_bytes term, xc_postings **ret_postings, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		auto postings = std::make_unique<xc_postings>();
		postings->next = db->db.postlist_begin(to_string(term));
		postings->name = db->name;
		*ret_postings = postings.release();
		return LUPE_OK;
	});
}

lupe_status xc_postings_next(
	xc_postings *postings, uint32_t *ret_docid, uint32_t *ret_wdf, struct lupe_error *err)
{
	return guard(err, postings->name->c_str(), [&] {
		if (postings->started && !at_end(postings->next))
			++postings->next;
		return current_posting(postings, ret_docid, ret_wdf);
	});
}

lupe_status xc_postings_skip_to(xc_postings *postings, uint32_t docid, uint32_t *ret_docid,
	uint32_t *ret_wdf, struct lupe_error *err)
{
	return guard(err, postings->name->c_str(), [&] {
		if (!at_end(postings->next)) {
			if (postings->started && postings->current >= docid)
				++postings->next;
			else
				postings->next.skip_to(docid);
		}
		return current_posting(postings, ret_docid, ret_wdf);
	});
}

void xc_postings_close(xc_postings *postings)
{
	delete postings;
}

static void append_position(struct xc_positions *positions, uint32_t position)
{
	if (positions->count == positions->capacity) {
		size_t capacity = positions->capacity ? positions->capacity * 2 : 64;
		void *items = realloc(positions->items, capacity * sizeof *positions->items);
		if (!items)
			throw std::bad_alloc();
		positions->items = static_cast<uint32_t *>(items);
		positions->capacity = capacity;
	}
	positions->items[positions->count++] = position;
}

lupe_status xc_positions_read(xc_database *db, uint32_t docid, struct xc_bytes term,
	struct xc_positions *positions, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		positions->count = 0;
		const Xapian::PositionIterator end;
		auto position = db->db.positionlist_begin(docid, to_string(term));
		for (; position != end; ++position)
			append_position(positions, *position);
		return LUPE_OK;
	});
}

void xc_positions_done(struct xc_positions *positions)
{
	if (!positions)
		return;
	free(positions->items);
	*positions = {};
}

/* ---- Documents and metadata ----------------------------------------------------------------- */

lupe_status xc_document_open(xc_database *db, uint32_t docid, bool known,
	xc_document **ret_document, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		auto document = std::make_unique<xc_document>();
		document->document =
			db->db.get_document(docid, known ? Xapian::DOC_ASSUME_VALID : 0);
		document->name = db->name;
		*ret_document = document.release();
		return LUPE_OK;
	});
}

lupe_status xc_document_data(
	xc_document *document, struct xc_bytes *ret_data, struct lupe_error *err)
{
	return guard(err, document->name->c_str(), [&] {
		if (!document->has_data)
			document->data = document->document.get_data();
		document->has_data = true;
		*ret_data = to_bytes(document->data);
		return LUPE_OK;
	});
}

lupe_status xc_document_value(
	xc_document *document, uint32_t slot, struct xc_bytes *ret_value, struct lupe_error *err)
{
	return guard(err, document->name->c_str(), [&] {
		for (const auto &known : document->values) {
			if (known.first == slot) {
				*ret_value = to_bytes(known.second);
				return LUPE_OK;
			}
		}
		document->values.emplace_front(slot, document->document.get_value(slot));
		*ret_value = to_bytes(document->values.front().second);
		return LUPE_OK;
	});
}

void xc_document_close(xc_document *document)
{
	delete document;
}

lupe_status xc_document_length(
	xc_database *db, uint32_t docid, uint32_t *ret_length, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		*ret_length = db->db.get_doclength(docid);
		return LUPE_OK;
	});
}

lupe_status xc_metadata_get(
	xc_database *db, struct xc_bytes key, struct xc_blob *ret_value, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&] {
		*ret_value = to_blob(db->db.get_metadata(to_string(key)));
		return LUPE_OK;
	});
}

/* ---- Writing -------------------------------------------------------------------------------- */

namespace
{

/** Sets the flush threshold in the environment, where alone Xapian looks, for as long as it lives.
 */
class flush_threshold
{
	static constexpr const char *NAME = "XAPIAN_FLUSH_THRESHOLD";
	bool active;
	std::unique_ptr<std::string> before;

      public:
	explicit flush_threshold(uint32_t documents) : active(documents != 0)
	{
		if (!active)
			return;
		if (const char *value = getenv(NAME))
			before = std::make_unique<std::string>(value);
		if (setenv(NAME, std::to_string(documents).c_str(), 1) != 0)
			throw std::bad_alloc();
	}
	~flush_threshold()
	{
		if (active && before)
			setenv(NAME, before->c_str(), 1);
		else if (active)
			unsetenv(NAME);
	}
	flush_threshold(const flush_threshold &) = delete;
	flush_threshold &operator=(const flush_threshold &) = delete;
};

static_assert(XC_WRITER_CREATE_OR_OPEN == Xapian::DB_CREATE_OR_OPEN &&
		      XC_WRITER_CREATE_OR_OVERWRITE == Xapian::DB_CREATE_OR_OVERWRITE &&
		      XC_WRITER_CREATE == Xapian::DB_CREATE && XC_WRITER_OPEN == Xapian::DB_OPEN &&
		      XC_WRITER_NO_SYNC == Xapian::DB_NO_SYNC,
	"writer flags are Xapian's");

/**
 * Closes without a commit. A transaction that is not flushed takes in what is pending, and is
 * dropped when the database is closed.
 */
void close_dropping(xc_writer *writer) noexcept
{
	guard(nullptr, "", [&] {
		writer->db.begin_transaction(false);
		return LUPE_OK;
	});
	guard(nullptr, "", [&] {
		writer->db.close();
		return LUPE_OK;
	});
	delete writer;
}

} /* namespace */

lupe_status xc_writer_open(const char *path, unsigned flags, uint32_t flush_threshold_documents,
	xc_writer **ret_writer, struct lupe_error *err)
{
	return guard(err, path, [&] {
		assert(flags < 8);
		auto writer = std::make_unique<xc_writer>();
		writer->view.name = make_name(path);
		writer->view.borrowed = true;
		flush_threshold threshold(flush_threshold_documents);
		writer->db = Xapian::WritableDatabase(
			path, static_cast<int>(flags) | Xapian::DB_BACKEND_GLASS);
		writer->view.db = writer->db;
		*ret_writer = writer.release();
		return LUPE_OK;
	});
}

xc_database *xc_writer_database(xc_writer *writer)
{
	return &writer->view;
}

lupe_status xc_writer_add(xc_writer *writer, const struct xc_new_document *document,
	uint32_t *ret_docid, struct lupe_error *err)
{
	return guard(err, writer->view.name->c_str(), [&] {
		lupe_status st = check_document(document, err);
		if (st != LUPE_OK)
			return st;
		*ret_docid = writer->db.add_document(build_document(document, writer->term));
		return LUPE_OK;
	});
}

lupe_status xc_writer_replace(xc_writer *writer, const struct xc_new_document *document,
	uint32_t *ret_docid, struct lupe_error *err)
{
	return guard(err, writer->view.name->c_str(), [&] {
		lupe_status st = check_document(document, err);
		if (st != LUPE_OK)
			return st;
		*ret_docid = writer->db.replace_document(
			to_string(document->id), build_document(document, writer->term));
		return LUPE_OK;
	});
}

lupe_status xc_writer_replace_at(xc_writer *writer, uint32_t docid,
	const struct xc_new_document *document, struct lupe_error *err)
{
	return guard(err, writer->view.name->c_str(), [&] {
		lupe_status st = check_document(document, err);
		if (st != LUPE_OK)
			return st;
		writer->db.replace_document(docid, build_document(document, writer->term));
		return LUPE_OK;
	});
}

lupe_status xc_writer_edit(
	xc_writer *writer, uint32_t docid, const struct xc_edit *edit, struct lupe_error *err)
{
	return guard(err, writer->view.name->c_str(), [&] {
		for (size_t i = 0; i < edit->added_count; i++) {
			lupe_status st = check_key(edit->added[i], "term", err);
			if (st != LUPE_OK)
				return st;
		}
		Xapian::Document document = writer->db.get_document(docid);
		for (size_t i = 0; i < edit->removed_count; i++)
			remove_term(document, to_string(edit->removed[i]));
		for (size_t i = 0; i < edit->added_count; i++)
			document.add_boolean_term(to_string(edit->added[i]));
		for (size_t i = 0; i < edit->value_count; i++)
			document.add_value(edit->values[i].slot, to_string(edit->values[i].value));
		writer->db.replace_document(docid, document);
		return LUPE_OK;
	});
}

lupe_status xc_writer_delete(xc_writer *writer, struct xc_bytes term, struct lupe_error *err)
{
	return guard(err, writer->view.name->c_str(), [&] {
		writer->db.delete_document(to_string(term));
		return LUPE_OK;
	});
}

lupe_status xc_writer_delete_at(xc_writer *writer, uint32_t docid, struct lupe_error *err)
{
	return guard(err, writer->view.name->c_str(), [&] {
		writer->db.delete_document(docid);
		return LUPE_OK;
	});
}

lupe_status xc_writer_set_metadata(
	xc_writer *writer, struct xc_bytes key, struct xc_bytes value, struct lupe_error *err)
{
	return guard(err, writer->view.name->c_str(), [&] {
		lupe_status st = check_key(key, "metadata key", err);
		if (st != LUPE_OK)
			return st;
		writer->db.set_metadata(to_string(key), to_string(value));
		return LUPE_OK;
	});
}

lupe_status xc_writer_begin_transaction(xc_writer *writer, bool flushed, struct lupe_error *err)
{
	return guard(err, writer->view.name->c_str(), [&] {
		writer->db.begin_transaction(flushed);
		return LUPE_OK;
	});
}

lupe_status xc_writer_commit_transaction(xc_writer *writer, struct lupe_error *err)
{
	return guard(err, writer->view.name->c_str(), [&] {
		writer->db.commit_transaction();
		return LUPE_OK;
	});
}

lupe_status xc_writer_cancel_transaction(xc_writer *writer, struct lupe_error *err)
{
	return guard(err, writer->view.name->c_str(), [&] {
		writer->db.cancel_transaction();
		return LUPE_OK;
	});
}

lupe_status xc_writer_commit(xc_writer *writer, struct lupe_error *err)
{
	return guard(err, writer->view.name->c_str(), [&] {
		writer->db.commit();
		return LUPE_OK;
	});
}

lupe_status xc_writer_close(xc_writer *writer, struct lupe_error *err)
{
	if (!writer)
		return LUPE_OK;
	lupe_status st = guard(err, writer->view.name->c_str(), [&] {
		writer->db.close();
		return LUPE_OK;
	});
	if (st == LUPE_OK)
		delete writer;
	else
		close_dropping(writer); /* or its destructor would try to commit once more */
	return st;
}

void xc_writer_discard(xc_writer *writer)
{
	if (writer)
		close_dropping(writer);
}

/* ---- Whole databases ------------------------------------------------------------------------ */

/** Whether `folder`/`file` exists. */
static bool holds(const char *folder, const char *file)
{
	struct stat info;
	return stat(std::string(folder).append("/").append(file).c_str(), &info) == 0;
}

lupe_status xc_compact(const char *const *sources, size_t count, const char *destination,
	unsigned flags, struct lupe_error *err)
{
	const char *subject = destination;
	return guard(err, subject, [&]() -> lupe_status {
		assert(flags < 8);
		if (count == 0)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT, "%s: no database to compact",
				destination);
		/* Xapian would write into whatever a stub file there points to. */
		struct stat info;
		bool taken = stat(destination, &info) == 0 && !S_ISDIR(info.st_mode);
		if (taken || holds(destination, "iamglass") || holds(destination, "XAPIANDB"))
			return lupe_fail(err, LUPE_ERROR_ARGUMENT,
				"%s: holds a database or file already", destination);
		Xapian::Database all;
		for (size_t i = 0; i < count; i++) {
			subject = sources[i];
			all.add_database(Xapian::Database(sources[i], Xapian::DB_BACKEND_GLASS));
		}
		subject = destination;
		unsigned xapian_flags = 0;
		if (flags & XC_COMPACT_FULL)
			xapian_flags |= Xapian::Compactor::FULL;
		if (flags & XC_COMPACT_NO_RENUMBER)
			xapian_flags |= Xapian::DBCOMPACT_NO_RENUMBER;
		if (flags & XC_COMPACT_MULTIPASS)
			xapian_flags |= Xapian::DBCOMPACT_MULTIPASS;
		all.compact(destination, xapian_flags);
		return LUPE_OK;
	});
}

lupe_status xc_check(const char *path, size_t *ret_errors, struct lupe_error *err)
{
	return guard(err, path, [&]() -> lupe_status {
		/* Xapian also checks single tables and other formats, and tells less of a miss. */
		if (!holds(path, "iamglass"))
			return lupe_fail(err, LUPE_ERROR_NOT_FOUND, "%s: no glass database", path);
		*ret_errors = Xapian::Database::check(path);
		return LUPE_OK;
	});
}

/* ---- Queries -------------------------------------------------------------------------------- */

namespace
{

lupe_status make_query(Xapian::Query &&query, xc_query **ret_query)
{
	*ret_query = new xc_query{std::move(query)};
	return LUPE_OK;
}

/** An iterator over an array of handles that shows their queries, for Xapian's constructor. */
struct query_iterator {
	using iterator_category = std::random_access_iterator_tag;
	using value_type = Xapian::Query;
	using difference_type = ptrdiff_t;
	using pointer = const Xapian::Query *;
	using reference = const Xapian::Query &;

	const xc_query *const *at;

	reference operator*() const
	{
		return (*at)->query;
	}
	query_iterator &operator++()
	{
		++at;
		return *this;
	}
	bool operator!=(const query_iterator &other) const
	{
		return at != other.at;
	}
	bool operator==(const query_iterator &other) const
	{
		return at == other.at;
	}
	difference_type operator-(const query_iterator &other) const
	{
		return at - other.at;
	}
};

lupe_status join(Xapian::Query::op op, const xc_query *const *subs, size_t count, uint32_t window,
	xc_query **ret_query, struct lupe_error *err) noexcept
{
	return guard(err, "query", [&] {
		query_iterator begin = {subs};
		query_iterator end = {subs + count};
		return make_query(Xapian::Query(op, begin, end, window), ret_query);
	});
}

} /* namespace */

void xc_query_free(xc_query *query)
{
	delete query;
}

lupe_status xc_query_term(
	struct xc_bytes term, uint32_t wqf, xc_query **ret_query, struct lupe_error *err)
{
	return guard(err, "query", [&]() -> lupe_status {
		if (term.len == 0)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT, "query: empty term");
		return make_query(Xapian::Query(to_string(term), wqf), ret_query);
	});
}

lupe_status xc_query_all(xc_query **ret_query, struct lupe_error *err)
{
	/* Not Query::MatchAll: its reference count is not for several threads. */
	return guard(
		err, "query", [&] { return make_query(Xapian::Query(std::string()), ret_query); });
}

lupe_status xc_query_nothing(xc_query **ret_query, struct lupe_error *err)
{
	return guard(err, "query", [&] { return make_query(Xapian::Query(), ret_query); });
}

lupe_status xc_query_or(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err)
{
	return join(Xapian::Query::OP_OR, subs, count, 0, ret_query, err);
}

lupe_status xc_query_and(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err)
{
	return join(Xapian::Query::OP_AND, subs, count, 0, ret_query, err);
}

lupe_status xc_query_and_not(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err)
{
	return join(Xapian::Query::OP_AND_NOT, subs, count, 0, ret_query, err);
}

lupe_status xc_query_filter(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err)
{
	return join(Xapian::Query::OP_FILTER, subs, count, 0, ret_query, err);
}

lupe_status xc_query_and_maybe(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err)
{
	return join(Xapian::Query::OP_AND_MAYBE, subs, count, 0, ret_query, err);
}

lupe_status xc_query_synonym(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err)
{
	return join(Xapian::Query::OP_SYNONYM, subs, count, 0, ret_query, err);
}

lupe_status xc_query_max(
	const xc_query *const *subs, size_t count, xc_query **ret_query, struct lupe_error *err)
{
	return join(Xapian::Query::OP_MAX, subs, count, 0, ret_query, err);
}

lupe_status xc_query_near(const xc_query *const *subs, size_t count, uint32_t window,
	xc_query **ret_query, struct lupe_error *err)
{
	return join(Xapian::Query::OP_NEAR, subs, count, window, ret_query, err);
}

lupe_status xc_query_phrase(const xc_query *const *subs, size_t count, uint32_t window,
	xc_query **ret_query, struct lupe_error *err)
{
	return join(Xapian::Query::OP_PHRASE, subs, count, window, ret_query, err);
}

lupe_status xc_query_scale(
	const xc_query *query, double factor, xc_query **ret_query, struct lupe_error *err)
{
	return guard(err, "query", [&]() -> lupe_status {
		if (!(factor >= 0)) /* Xapian lets NaN pass */
			return lupe_fail(err, LUPE_ERROR_ARGUMENT, "query: scaled by %g", factor);
		return make_query(Xapian::Query(factor, query->query), ret_query);
	});
}

lupe_status xc_query_value_range(uint32_t slot, struct xc_bytes least, struct xc_bytes most,
	xc_query **ret_query, struct lupe_error *err)
{
	return guard(err, "query", [&] {
		return make_query(Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot,
					  to_string(least), to_string(most)),
			ret_query);
	});
}

lupe_status xc_query_value_ge(
	uint32_t slot, struct xc_bytes least, xc_query **ret_query, struct lupe_error *err)
{
	return guard(err, "query", [&] {
		return make_query(Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, to_string(least)),
			ret_query);
	});
}

lupe_status xc_query_value_le(
	uint32_t slot, struct xc_bytes most, xc_query **ret_query, struct lupe_error *err)
{
	return guard(err, "query", [&] {
		return make_query(Xapian::Query(Xapian::Query::OP_VALUE_LE, slot, to_string(most)),
			ret_query);
	});
}

/** Values read forward, slot by slot, as documents are asked about in their order. */
struct xc_values {
	struct reader {
		Xapian::valueno slot;
		Xapian::ValueIterator at;
		std::string value;
	};

	Xapian::Database db;
	Xapian::docid docid = 0;
	std::forward_list<reader> readers;
	std::exception_ptr failure; /* no exception may pass through the caller's C */

	const std::string &get(Xapian::valueno slot)
	{
		reader *found = nullptr;
		for (auto &known : readers)
			if (known.slot == slot)
				found = &known;
		if (!found) {
			readers.push_front({slot, db.valuestream_begin(slot), {}});
			found = &readers.front();
		}
		const Xapian::ValueIterator end;
		if (found->at != end && found->at.get_docid() < docid)
			found->at.skip_to(docid);
		if (found->at != end && found->at.get_docid() == docid)
			found->value = *found->at;
		else
			found->value.clear();
		return found->value;
	}
};

lupe_status xc_values_get(xc_values *values, uint32_t slot, struct xc_bytes *ret_value)
{
	try {
		*ret_value = to_bytes(values->get(slot));
		return LUPE_OK;
	} catch (...) {
		values->failure = std::current_exception();
		return LUPE_ERROR_IO;
	}
}

namespace
{

/** The documents that a function of the caller's finds good. */
class tested_documents : public Xapian::FixedWeightPostingSource
{
	const xc_test test;
	void *const context;
	const std::vector<std::string> good;
	std::vector<Xapian::PostingIterator> good_documents;
	xc_values values;

	/** Documents are asked about in rising order. */
	bool is_good(Xapian::docid docid)
	{
		const Xapian::PostingIterator end;
		for (auto &at : good_documents) {
			if (at != end && *at < docid)
				at.skip_to(docid);
			if (at != end && *at == docid)
				return true;
		}
		return false;
	}

	bool matches(Xapian::docid docid)
	{
		if (is_good(docid))
			return true;
		values.docid = docid;
		lupe_status status = test(context, &values);
		if (status < 0 && values.failure)
			std::rethrow_exception(values.failure);
		if (status < 0)
			throw failed_test{status};
		return status == LUPE_OK;
	}

	void skip_failing(double min_weight)
	{
		while (!at_end() && !matches(get_docid()))
			FixedWeightPostingSource::next(min_weight);
	}

      public:
	tested_documents(xc_test test_, void *context_, std::vector<std::string> good_)
	    : FixedWeightPostingSource(0), test(test_), context(context_), good(std::move(good_))
	{
	}

	std::string get_description() const override
	{
		return "tested";
	}

	tested_documents *clone() const override
	{
		return new tested_documents(test, context, good);
	}

	void init(const Xapian::Database &db) override
	{
		FixedWeightPostingSource::init(db);
		values.db = db;
		values.docid = 0;
		values.readers.clear();
		good_documents.clear();
		for (const auto &term : good)
			good_documents.push_back(db.postlist_begin(term));
	}

	Xapian::doccount get_termfreq_min() const override
	{
		return 0;
	}

	void next(double min_weight) override
	{
		FixedWeightPostingSource::next(min_weight);
		skip_failing(min_weight);
	}

	void skip_to(Xapian::docid docid, double min_weight) override
	{
		FixedWeightPostingSource::skip_to(docid, min_weight);
		skip_failing(min_weight);
	}

	bool check(Xapian::docid docid, double min_weight) override
	{
		return matches(docid) && FixedWeightPostingSource::check(docid, min_weight);
	}
};

} /* namespace */

lupe_status xc_query_test(xc_test test, void *context, const struct xc_bytes *good,
	size_t good_count, xc_query **ret_query, struct lupe_error *err)
{
	return guard(err, "query", [&] {
		std::vector<std::string> terms;
		for (size_t i = 0; i < good_count; i++)
			terms.push_back(to_string(good[i]));
		auto source = new tested_documents(test, context, std::move(terms));
		return make_query(Xapian::Query(source->release()), ret_query);
	});
}

lupe_status xc_query_description(
	const xc_query *query, struct xc_blob *ret_text, struct lupe_error *err)
{
	return guard(err, "query", [&] {
		*ret_text = to_blob(query->query.get_description());
		return LUPE_OK;
	});
}

/* ---- Searching ------------------------------------------------------------------------------ */

namespace
{

void set_weighting(Xapian::Enquire &enquire, const struct xc_search_options &o)
{
	if (o.weighting == XC_WEIGHTING_NONE)
		enquire.set_weighting_scheme(Xapian::BoolWeight());
	else
		enquire.set_weighting_scheme(
			Xapian::BM25Weight(o.k1, o.k2, o.k3, o.b, o.min_normlen));
}

void set_order(Xapian::Enquire &enquire, const struct xc_search_options &o)
{
	switch (o.sort) {
	case XC_SORT_RELEVANCE:
		enquire.set_sort_by_relevance();
		break;
	case XC_SORT_RELEVANCE_THEN_VALUE:
		enquire.set_sort_by_relevance_then_value(o.sort_slot, o.sort_descending);
		break;
	case XC_SORT_VALUE:
		enquire.set_sort_by_value(o.sort_slot, o.sort_descending);
		break;
	case XC_SORT_VALUE_THEN_RELEVANCE:
		enquire.set_sort_by_value_then_relevance(o.sort_slot, o.sort_descending);
		break;
	}
	enquire.set_docid_order(o.docid_order == XC_DOCID_ANY ? Xapian::Enquire::DONT_CARE
				: o.docid_order == XC_DOCID_DESCENDING
					? Xapian::Enquire::DESCENDING
					: Xapian::Enquire::ASCENDING);
}

void add_facets(xc_matches &matches, const struct xc_search_options &o)
{
	for (size_t i = 0; i < o.facet_count; i++) {
		Xapian::valueno slot = o.facet_slots[i];
		auto spy = std::make_unique<Xapian::ValueCountMatchSpy>(slot);
		matches.enquire.add_matchspy(spy.get());
		matches.facets.emplace_back(slot, std::move(spy));
	}
}

} /* namespace */

void xc_search_options_init(struct xc_search_options *options)
{
	*options = {};
	options->k1 = 1;
	options->k3 = 1;
	options->b = 0.5;
	options->min_normlen = 0.5;
	options->max_items = 10;
	options->collapse_slot = XC_NO_SLOT;
	options->collapse_max = 1;
}

lupe_status xc_search(xc_database *db, const xc_query *query,
	const struct xc_search_options *options, xc_matches **ret_matches, struct lupe_error *err)
{
	return guard(err, db->name->c_str(), [&]() -> lupe_status {
		struct xc_search_options o;
		if (options)
			o = *options;
		else
			xc_search_options_init(&o);
		bool percent_is_one = o.percent_cutoff >= 0 && o.percent_cutoff <= 100;
		if (!percent_is_one || !(o.weight_cutoff >= 0)) /* Xapian does not look */
			return lupe_fail(err, LUPE_ERROR_ARGUMENT, "cutoff of %d %% or %g",
				o.percent_cutoff, o.weight_cutoff);
		auto matches = std::make_unique<xc_matches>(*db, o.collapse_slot != XC_NO_SLOT);
		Xapian::Enquire &enquire = matches->enquire;
		enquire.set_query(query->query);
		set_weighting(enquire, o);
		set_order(enquire, o);
		add_facets(*matches, o);
		if (matches->collapsed)
			enquire.set_collapse_key(o.collapse_slot, o.collapse_max);
		enquire.set_cutoff(o.percent_cutoff, o.weight_cutoff);
		enquire.set_time_limit(o.time_limit_s);
		matches->mset = enquire.get_mset(o.first, o.max_items, o.check_at_least);
		*ret_matches = matches.release();
		return LUPE_OK;
	});
}

void xc_matches_close(xc_matches *matches)
{
	delete matches;
}

uint32_t xc_matches_count(const xc_matches *matches)
{
	return matches->mset.size();
}

void xc_matches_total(
	const xc_matches *matches, struct xc_total *ret_total, struct xc_total *ret_uncollapsed)
{
	const Xapian::MSet &m = matches->mset;
	*ret_total = {m.get_matches_lower_bound(), m.get_matches_estimated(),
		m.get_matches_upper_bound()};
	if (ret_uncollapsed)
		*ret_uncollapsed = {m.get_uncollapsed_matches_lower_bound(),
			m.get_uncollapsed_matches_estimated(),
			m.get_uncollapsed_matches_upper_bound()};
}

lupe_status xc_matches_item(
	xc_matches *matches, uint32_t i, struct xc_match *ret_match, struct lupe_error *err)
{
	return guard(err, matches->name->c_str(), [&] {
		if (i >= matches->mset.size())
			return LUPE_END;
		Xapian::MSetIterator item = matches->mset[i];
		struct xc_match match = {};
		match.docid = *item;
		match.weight = item.get_weight();
		match.percent = item.get_percent();
		if (matches->collapsed) {
			match.collapse_count = item.get_collapse_count();
			matches->collapse_key = item.get_collapse_key();
			match.collapse_key = to_bytes(matches->collapse_key);
		}
		*ret_match = match;
		return LUPE_OK;
	});
}

lupe_status xc_matching_terms_start(
	xc_matches *matches, uint32_t i, xc_terms **ret_terms, struct lupe_error *err)
{
	return guard(err, matches->name->c_str(), [&]() -> lupe_status {
		if (i >= matches->mset.size())
			return lupe_fail(err, LUPE_ERROR_ARGUMENT, "no match number %u", i);
		auto terms = std::make_unique<xc_terms>();
		terms->next = matches->enquire.get_matching_terms_begin(*matches->mset[i]);
		terms->name = matches->name;
		*ret_terms = terms.release();
		return LUPE_OK;
	});
}

lupe_status xc_matches_term(xc_matches *matches, struct xc_bytes term, uint32_t *ret_documents,
	double *ret_weight, struct lupe_error *err)
{
	return guard(err, matches->name->c_str(), [&] {
		std::string name = to_string(term);
		double weight = ret_weight ? matches->mset.get_termweight(name) : 0;
		if (ret_documents)
			*ret_documents = matches->mset.get_termfreq(name);
		if (ret_weight)
			*ret_weight = weight;
		return LUPE_OK;
	});
}

lupe_status xc_facets_start(xc_matches *matches, uint32_t slot, uint32_t *ret_counted,
	xc_terms **ret_values, struct lupe_error *err)
{
	return guard(err, matches->name->c_str(), [&]() -> lupe_status {
		for (const auto &facet : matches->facets) {
			if (facet.first != slot)
				continue;
			auto values = std::make_unique<xc_terms>();
			values->next = facet.second->values_begin();
			values->name = matches->name;
			values->has_documents = true;
			if (ret_counted)
				*ret_counted = static_cast<uint32_t>(facet.second->get_total());
			*ret_values = values.release();
			return LUPE_OK;
		}
		return lupe_fail(err, LUPE_ERROR_ARGUMENT, "slot %u was not counted", slot);
	});
}

/* ---- For the tests -------------------------------------------------------------------------- */

[[noreturn]] static void throw_kind(enum xc_test_kind kind)
{
	switch (kind) {
	case XC_TEST_ASSERTION:
		throw Xapian::AssertionError("Test");
	case XC_TEST_INVALID_ARGUMENT:
		throw Xapian::InvalidArgumentError("Test");
	case XC_TEST_INVALID_OPERATION:
		throw Xapian::InvalidOperationError("Test");
	case XC_TEST_UNIMPLEMENTED:
		throw Xapian::UnimplementedError("Test");
	case XC_TEST_DATABASE:
		throw Xapian::DatabaseError("Test", EIO);
	case XC_TEST_DATABASE_CORRUPT:
		throw Xapian::DatabaseCorruptError("Test");
	case XC_TEST_DATABASE_CREATE:
		throw Xapian::DatabaseCreateError("Test", EACCES);
	case XC_TEST_DATABASE_LOCK:
		throw Xapian::DatabaseLockError("Test: already locked");
	case XC_TEST_DATABASE_MODIFIED:
		throw Xapian::DatabaseModifiedError("Test");
	case XC_TEST_DATABASE_OPENING:
		throw Xapian::DatabaseOpeningError("Test");
	case XC_TEST_DATABASE_VERSION:
		throw Xapian::DatabaseVersionError("Test");
	case XC_TEST_DATABASE_NOT_FOUND:
		throw Xapian::DatabaseNotFoundError("Test");
	case XC_TEST_DATABASE_CLOSED:
		throw Xapian::DatabaseClosedError("Test");
	case XC_TEST_DOC_NOT_FOUND:
		throw Xapian::DocNotFoundError("Test");
	case XC_TEST_FEATURE_UNAVAILABLE:
		throw Xapian::FeatureUnavailableError("Test");
	case XC_TEST_INTERNAL:
		throw Xapian::InternalError("Test");
	case XC_TEST_NETWORK:
		throw Xapian::NetworkError("Test", "somewhere:1234");
	case XC_TEST_NETWORK_TIMEOUT:
		throw Xapian::NetworkTimeoutError("Test");
	case XC_TEST_QUERY_PARSER:
		throw Xapian::QueryParserError("Test");
	case XC_TEST_SERIALISATION:
		throw Xapian::SerialisationError("Test");
	case XC_TEST_RANGE:
		throw Xapian::RangeError("Test");
	case XC_TEST_WILDCARD:
		throw Xapian::WildcardError("Test");
	case XC_TEST_BAD_ALLOC:
		throw std::bad_alloc();
	case XC_TEST_LENGTH_ERROR:
		throw std::length_error("Test");
	case XC_TEST_SYSTEM_NO_MEMORY:
		throw std::system_error(ENOMEM, std::generic_category());
	case XC_TEST_SYSTEM_NO_ENTRY:
		throw std::system_error(ENOENT, std::generic_category());
	case XC_TEST_SYSTEM_IO:
		throw std::system_error(EIO, std::generic_category());
	case XC_TEST_STD_EXCEPTION:
		throw std::exception();
	case XC_TEST_INT:
		throw 42;
	case XC_TEST_HOSTILE_MESSAGE: {
		std::string text("\x1b[31mrot\n\xc3\xa4\xc2\x9b\xff\xed\xa0\x80");
		while (text.size() < 2000)
			text += "\xe2\x82\xac"; /* of three bytes, so that a cut may hit one */
		throw Xapian::InvalidArgumentError(text);
	}
	case XC_TEST_KINDS:
		break;
	}
	throw Xapian::InternalError("no such kind");
}

lupe_status xc_test_throw(enum xc_test_kind kind, struct lupe_error *err)
{
	return guard(err, "xc_test_throw", [&]() -> lupe_status { throw_kind(kind); });
}
