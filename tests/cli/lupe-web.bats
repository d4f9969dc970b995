#!/usr/bin/env bats
# --web: what a web page may ask for, always answered in JSON; --document.

bats_require_minimum_version 1.5.0
load setup
load corpus

setup_file() {
  make_corpus
  seq 1 3000 | sed 's/.*/Zeile & mit Text/; 1500s/$/ und Esel/; 2999s/$/ und Esel/' \
    >"$CORPUS/lang.txt"
  printf '# Eins\n\nZiege\n\n## Zwei\n\nEsel, <b>Ziege</b>\n' >"$CORPUS/kurz.md"
  lupe-index --quiet "$CORPUS"
}

setup() {
  cd "$CORPUS"
  INDEX=$CORPUS/.lupe
}

# code CODE ARGUMENT...: lupe --web with the arguments fails with this code, in JSON
code() {
  local expected=$1
  shift
  run --separate-stderr lupe --web "$@"
  [ "$status" -eq 2 ]
  holds "d['error']['code'] == '$expected' and d['results'] == [] and d['schema'] == 1"
}

@test "--web answers in JSON, with facets and totals of results" {
  run lupe --web --index "$INDEX" Haus
  [ "$status" -eq 0 ]
  holds 'd["error"] is None and d["total"] == {"documents": 2, "exact": True, "results": 2}'
  holds 'set(d["facets"]) == {"year", "type", "body"}'
}

@test "the state of the index has a name that changes with the index" {
  cp -r "$CORPUS" "$BATS_TEST_TMPDIR/copy"
  cd "$BATS_TEST_TMPDIR/copy"
  run lupe --web --index .lupe Haus
  holds 'len(d["index"]["uuid"]) == 36 and d["index"]["revision"] > 0'
  before=$(python3 -c 'import json,sys; print(json.loads(sys.argv[1])["index"]["revision"])' "$output")
  echo 'Noch ein Haus.' >neu.txt
  lupe-index --quiet
  run lupe --web --index .lupe Haus
  holds "d['index']['revision'] > $before"
}

@test "every error is JSON with a code" {
  code bad_request Haus
  code bad_request --index "$INDEX" --gibt-es-nicht Haus
  code bad_request --index "$INDEX"
  code bad_request --index "$INDEX" --limit viel Haus
  code bad_request --index "$INDEX" -l Haus
  code bad_query --index "$INDEX" ...
  code index_missing --index "$BATS_TEST_TMPDIR" Haus
}

@test "no files are read" {
  code bad_request --index "$INDEX" -f /etc/passwd
  code bad_request --index "$INDEX" --files-from /etc/passwd Haus
  code bad_request --index "$INDEX" --queries /etc/passwd --trec
}

@test "the environment names no index" {
  LUPE_INDEX=$INDEX code bad_request Haus
}

@test "a query is bounded in bytes and words, the list in length" {
  code query_too_long --index "$INDEX" "$(printf 'a%.0s' {1..1025})"
  code query_too_complex --index "$INDEX" "$(printf 'w%s ' {1..33})"
  run lupe --web --index "$INDEX" "$(printf 'w%s ' {1..32})"
  [ "$status" -eq 1 ]
  code window_too_large --index "$INDEX" --limit 101 Haus
  code window_too_large --index "$INDEX" --offset 1001 Haus
  code window_too_large --index "$INDEX" --limit 100 --offset 901 Haus
  run lupe --web --index "$INDEX" --limit 100 --offset 900 Haus
  [ "$status" -eq 0 ]
}

@test "a wildcard is for a thousand words, and that more match is told" {
  mkdir "$BATS_TEST_TMPDIR/viel"
  printf '%s\n' quax{a..z}{a..z}{b,d} >"$BATS_TEST_TMPDIR/viel/woerter.txt"
  lupe-index --quiet "$BATS_TEST_TMPDIR/viel"
  run lupe --web --index "$BATS_TEST_TMPDIR/viel/.lupe" 'quax*'
  [ "$status" -eq 0 ]
  holds 'any("1000" in n["message"] for n in d["query"]["notices"])'
}

@test "a search that takes too long ends with an answer that says so" {
  run --separate-stderr strace -o "$BATS_TEST_TMPDIR/trace" -e trace=pread64 \
    -e inject=pread64:delay_enter=3000000:when=20 lupe --web --index "$INDEX" Haus
  [ "$status" -eq 2 ]
  holds 'd["error"]["code"] == "timeout" and d["results"] == [] and d["query"]["input"] == "Haus"'
}

@test "paths are those of the index, not of the file system" {
  cd /
  run lupe --web --index "$INDEX" Haus rat
  holds '{x["path"] for x in d["results"]} == {"rat/antrag.txt", "rat/bericht.txt"}'
  code bad_query --index "$INDEX" Haus "$CORPUS/rat"
  code bad_query --index "$INDEX" Haus ../../../etc/passwd
}

@test "behind -- everything is a query" {
  run lupe --web --index "$INDEX" -- --web
  holds 'd["query"]["input"] == "--web"'
  run lupe -l --index "$INDEX" -- --web
  [ "$output" = '' ]
}

# ---- --document ----

@test "a document comes as blocks of text with all its hits" {
  run lupe --web --index "$INDEX" --document kurz.md Ziege
  [ "$status" -eq 0 ]
  holds 'd["document"]["path"] == "kurz.md" and d["document"]["title"] == "Eins"'
  holds '[(b["kind"], b["level"]) for b in d["document"]["blocks"]] ==
    [("title", None), ("text", None), ("heading", 2), ("text", None)]'
  holds '"".join(s["t"] for b in d["document"]["blocks"] for s in b["text"]) ==
    open("kurz.md").read()'
  holds '[(h["begin"], h["end"], h["line"], h["heading"]) for h in d["document"]["hits"]] ==
    [(8, 13, 3, None), (33, 38, 7, "Zwei")]'
  holds '[s["t"] for b in d["document"]["blocks"] for s in b["text"] if "m" in s] ==
    ["Ziege", "Ziege"]'
  holds 'd["document"]["hits_total"] == 2 and d["document"]["next"] is None'
}

@test "it needs no query" {
  run lupe --web --index "$INDEX" --document kurz.md
  [ "$status" -eq 0 ]
  holds 'd["document"]["hits"] == [] and d["document"]["bytes"] == 43'
}

@test "a long one comes in stretches of lines that join without gaps" {
  offset=0
  text=
  while [ "$offset" != None ]; do
    output=$(lupe --json --limit 5000 --offset "$offset" --document lang.txt Esel)
    holds 'd["document"]["window"]["end"] - d["document"]["window"]["begin"] <= 5000'
    text+=$(python3 -c 'import json,sys; d = json.load(sys.stdin)["document"]
print("".join(s["t"] for b in d["blocks"] for s in b["text"]), end="")' <<<"$output")$'\n'
    offset=$(python3 -c 'import json,sys; print(json.load(sys.stdin)["document"]["next"])' <<<"$output")
  done
  diff <(printf %s "$text") lang.txt
}

@test "a stretch says where the hits around it are" {
  run lupe --json --limit 100 --offset 50000 --document lang.txt Esel
  holds 'd["document"]["hits"] == [] and d["document"]["hits_before"] == 1'
  holds 'open("lang.txt").read()[d["document"]["previous_hit"]:][:4] == "Esel"'
  holds 'open("lang.txt").read()[d["document"]["next_hit"]:][:4] == "Esel"'
}

@test "a document that is not there, or a folder, is document_missing" {
  code document_missing --index "$INDEX" --document nix.txt Haus
  code document_missing --index "$INDEX" --document rat Haus
  code document_missing --index "$INDEX" --document ../kurz.md Haus
  code window_too_large --index "$INDEX" --limit 300000 --document kurz.md Haus
}
