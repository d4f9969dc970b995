/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table itself; what the options do is in settings.c. */
#include "query/options.h"

#include "query/filter.h"

/* clang-format off */
const struct option_row lupe_options[] = {
	{OPTION_INDEX, 0, "index", "DIR", "the index folder [$LUPE_INDEX, the nearest .lupe]"},
	{'e', 'e', "regexp", "QUERY", "a query; with several, any of them"},
	{'f', 'f', "file", "FILE", "queries from FILE, one a line: any of them (- is standard input)"},
	{OPTION_MATCH, 0, "match", "HOW", "all, any or auto words of the query [auto]"},
	{'F', 'F', "fixed-strings", NULL, "the query is no language: its words stand together as written"},
	{'w', 'w', "word-regexp", NULL, "only whole words, no parts of compounds"},
	{'E', 'E', "extended-regexp", NULL, "each query is a regular expression over the text"},
	{OPTION_STRICT, 0, "strict-query", NULL, "an odd query is an error, not a notice"},
	{'t', 't', "type", "TYPE", "only documents of a type: txt, md, html, pdf, docx, odt, epub"},
	{OPTION_BODY, 0, "body", "NAME", "only documents that NAME has published, as results have it"},
	{OPTION_SINCE, 0, "since", "DATE", "only documents of DATE or later: 2019, 2019-05, 14.5.2019"},
	{OPTION_UNTIL, 0, "until", "DATE", "only documents of DATE or earlier"},
	{OPTION_INCLUDE, 0, "include", "GLOB", "only documents whose name matches"},
	{OPTION_EXCLUDE, 0, "exclude", "GLOB", "no documents whose name matches"},
	{OPTION_FILES_FROM, 0, "files-from", "FILE", "only the paths in FILE, one a line (- is standard input)"},
	{'0', '0', "null-lists", NULL, "lists of paths, read and printed, have a NUL behind each"},
	{OPTION_SORT, 0, "sort", "ORDER", "relevance, date (newest first) or path [relevance]"},
	{OPTION_DUPLICATES, 0, "duplicates", "HOW", "of documents with one text: all, or collapse [if pretty or JSON]"},
	{OPTION_PRETTY, 0, "pretty", NULL, "ranked documents with their best places [on a terminal]"},
	{OPTION_LINES, 0, "lines", NULL, "path:line:text, best document first [elsewhere]"},
	{'o', 'o', "only-matching", NULL, "path:line:match, every hit on a line of its own"},
	{'l', 'l', "files-with-matches", NULL, "only the paths of documents that match"},
	{'L', 'L', "files-without-match", NULL, "only the paths of documents that do not"},
	{'c', 'c', "count", NULL, "only the number of matching lines of each document"},
	{'q', 'q', "quiet", NULL, "print nothing; the exit status tells"},
	{OPTION_JSON, 0, "json", NULL, "one JSON object (doc/json.md)"},
	{OPTION_JSONL, 0, "jsonl", NULL, "a JSON object a line for each hit, as it is found"},
	{OPTION_KWIC, 0, "kwic", "[WIDTH]", "every hit with WIDTH columns of context on either side [40]"},
	{OPTION_SORT_CONTEXT, 0, "sort-context", "KEY", "sort --kwic by the word before (-1L), behind (+1R), the date"},
	{OPTION_COUNT_BY, 0, "count-by", "FIELD", "documents, hits and hits per 10,000 words by year, type, path, author, body"},
	{OPTION_CSV, 0, "csv", NULL, "every hit, or the counts, as rows separated by commas"},
	{OPTION_TSV, 0, "tsv", NULL, "the same, separated by tabs"},
	{OPTION_BIBTEX, 0, "bibtex", NULL, "an entry for each document, with the pages of its hits"},
	{OPTION_FACETS, 0, "facets", NULL, "with --json: documents by year, type and body"},
	{OPTION_DOCUMENT, 0, "document", "PATH", "with --json: the text of one document with its hits"},
	{OPTION_WEB, 0, "web", NULL, "for web pages: JSON, limits, nothing from the environment"},
	{OPTION_TREC, 0, "trec", NULL, "qid Q0 document rank score tag"},
	{OPTION_QUERIES, 0, "queries", "FILE", "a batch, in any form: lines of id, tab, query, or of a query"},
	{'m', 'm', "max-count", "NUM", "at most NUM matching lines a document"},
	{OPTION_LIMIT, 0, "limit", "NUM", "at most NUM documents [10 if pretty or JSON, 1000 if TREC]"},
	{OPTION_OFFSET, 0, "offset", "NUM", "pass over the NUM best documents"},
	{'A', 'A', "after-context", "NUM", "also NUM lines after a matching line"},
	{'B', 'B', "before-context", "NUM", "also NUM lines before it"},
	{'C', 'C', "context", "NUM", "also NUM lines on both sides"},
	{'h', 'h', "no-filename", NULL, "without paths"},
	{'H', 'H', "with-filename", NULL, "with paths [the default]"},
	{'Z', 'Z', "null", NULL, "a NUL byte behind each path"},
	{'s', 's', "no-messages", NULL, "no messages about paths that are not in the index"},
	{OPTION_COLOR, 0, "color", "[WHEN]", "always, never or auto"},
	{OPTION_COLOR, 0, "colour", "[WHEN]", NULL},
	{OPTION_HYPERLINK, 0, "hyperlink", "[WHEN]", "links to files around paths: always, never or auto"},
	{OPTION_PAGER, 0, "pager", "WHEN", "long answers through $LUPE_PAGER or $PAGER: auto, always, never"},
	{OPTION_OPEN, 0, "open", "[N]", "open the document of rank N at its best place [1]"},
	{OPTION_K1, 0, "k1", "X", "BM25: how much repetition counts [1.6]"},
	{OPTION_B, 0, "b", "X", "BM25: how much long documents are marked down, 0 to 1 [0.8]"},
	{OPTION_VIA, 0, "via", "LIST", "only hits found so: exact, inflection, umlaut, join, gender, norm, compound, spelling"},
	{OPTION_SPELL, 0, "spell", "HOW", "unknown words: offer a correction, auto to search it, off [offer]"},
	{OPTION_EXPLAIN, 0, "explain", NULL, "what each word of the query is searched as, instead of results"},
	{OPTION_WEIGHTS, 0, "weights", "LIST", "for experiments: exact=X,whole=X,part=X,cover=X,gender=X,umlaut=X"},
	{OPTION_COMPLETE, 0, "complete", NULL, NULL},
	{'i', 'i', "ignore-case", NULL, NULL},
	{'n', 'n', "line-number", NULL, NULL},
	{'v', 'v', "invert-match", NULL, NULL},
	{'r', 'r', "recursive", NULL, NULL},
	{OPTION_HELP, 0, "help", NULL, "this help"},
	{OPTION_HELP_QUERY, 0, "help-query", NULL, "what a query can say, with examples"},
	{'V', 'V', "version", NULL, "version of lupe and of its libraries"},
	{0, 0, NULL, NULL, NULL},
};
/* clang-format on */

const char *lupe_option_values(int id)
{
	switch (id) {
	case 't':
		return filter_type_names();
	case OPTION_MATCH:
		return "auto all any";
	case OPTION_SPELL:
		return "offer auto off";
	case OPTION_COLOR:
	case OPTION_HYPERLINK:
	case OPTION_PAGER:
		return "auto always never";
	case OPTION_SORT:
		return "relevance date path";
	case OPTION_DUPLICATES:
		return "all collapse";
	case OPTION_COUNT_BY:
		return "year type path author body";
	case OPTION_SORT_CONTEXT:
		return "-1L +1R date";
	case OPTION_VIA:
		return "exact inflection umlaut join gender norm compound spelling";
	case OPTION_SINCE:
	case OPTION_UNTIL:
		return "@years";
	case OPTION_DOCUMENT:
		return "@paths";
	case OPTION_INDEX:
		return "@folders";
	case 'f':
	case OPTION_QUERIES:
	case OPTION_FILES_FROM:
		return "@files";
	default:
		return NULL;
	}
}

void lupe_print_help(void)
{
	fputs("Usage: lupe [OPTION]... QUERY [PATH]...\n"
	      "Find documents in an index made by lupe-index, and the places in them.\n\n"
	      "QUERY: words (all of them in the document), \"a phrase\", =word as written,\n"
	      "a ODER b (a OR b), a NICHT b (a NOT b, a -b), ( ), a NAHE/5 b (a NEAR/5 b),\n"
	      "wort*, *wort*, titel: autor: typ: pfad: jahr: datum: norm: sprache:\n\n",
		stdout);
	option_print_help(lupe_options, stdout);
	fputs("\nExit status: 0 if a document matches, 1 if none does, 2 on errors.\n", stdout);
}
