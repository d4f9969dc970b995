#!/usr/bin/env bats
# --json: schema 1 of doc/json.md; --trec and batches; pages of a ranked list.

load setup
load corpus

bats_require_minimum_version 1.5.0

setup_file() {
  make_corpus
}

setup() {
  cd "$CORPUS"
}

@test "an answer has all fields of the schema" {
  run lupe --json Haus
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 1 ]
  holds 'd["schema"] == 1 and d["error"] is None'
  holds 'set(d) == {"schema", "query", "index", "completeness", "total", "offset", "limit",
    "took_ms", "facets", "results", "error", "sort"}'
  holds 'd["query"]["input"] == "Haus" and d["query"]["match"] == "auto"'
  holds 'd["query"]["notices"] == [] and d["query"]["did_you_mean"] is None'
  holds 'd["index"]["analyser"].startswith("de-") and d["index"]["built"].endswith("Z")'
  holds 'd["completeness"] == {"files": 4, "searchable": 4, "no_text": 0, "failed": 0}'
  holds 'd["total"] == {"documents": 2, "exact": True, "results": None} and len(d["results"]) == 2'
  holds 'd["offset"] == 0 and d["limit"] == 10 and d["took_ms"] >= 0 and d["facets"] == {}'
  holds '[x["rank"] for x in d["results"]] == [1, 2]'
  holds 'set(r) >= {"rank", "score", "all", "path", "path_b64", "type", "title", "date", "pages",
    "hits", "hits_total", "duplicates"}'
}

@test "a result tells path, type, title, date and author" {
  run lupe --json Ziege
  holds 'r["path"] == "presse/leer.md" and r["path_b64"] is None'
  holds 'r["type"] == "text/markdown" and r["title"] == "Alles über Ziegen"'
  holds 'r["date"] == {"value": "2021-03-04", "source": "front-matter"}'
  holds 'r["author"] == "Amt für Tiere" and r["pages"] is None'
}

@test "the marks of a snippet are the hits, its segments the text" {
  run lupe --json Häuser rat/bericht.txt
  holds 'r["hits_total"] == 2 and len(r["hits"]) == 1'
  holds 'marked(r["hits"][0]) == ["Haus", "Haus"]'
  holds '"im Haus der Stadt. Ein Haus, ein Kurs" in text(r["hits"][0])'
  holds 'r["hits"][0]["line"] == 3 and r["hits"][0]["via"] == ["inflection"]'
}

@test "the number of a mark is the word of the query" {
  run lupe --json 'Stadt "im Haus"' rat/bericht.txt
  holds '[(s["t"], s["m"]) for s in r["hits"][0]["snippet"] if "m" in s][:2] ==
    [("im Haus", 1), ("Stadt", 0)]'
}

@test "what was hit is named: as written, gender form, joined form" {
  run lupe --json Haus rat/bericht.txt
  holds 'r["hits"][0]["via"] == ["exact"]'
  run lupe --json Migrant
  holds 'r["hits"][0]["via"] == ["gender"] and marked(r["hits"][0])[0].startswith("Migrant")'
  run lupe --json Euländer
  holds 'r["hits"][0]["via"] == ["join"] and marked(r["hits"][0]) == ["EU-Länder"]'
}

@test "words broken at a line end are shown and marked whole" {
  run lupe --json Arbeitsmarkt
  holds 'marked(r["hits"][0])[0] == "Arbeitsmarkt" and r["hits"][0]["line"] == 3'
}

@test "a part of a broken word is marked as it stands in the whole" {
  run lupe --json Markt presse/markt.txt
  holds 'marked(r["hits"][0])[-1] in ("markt", "Markt")'
  holds '"Arbeitsmarkt wächst" in "".join(text(h) for h in r["hits"])'
  run lupe --json EU-Kommission
  holds '"EU-Kommission hört zu" in text(r["hits"][0])'
}

@test "a place says where it stands, under which heading, and what was cut" {
  mkdir -p "$BATS_TEST_TMPDIR/k"
  { printf '# Bericht\n\n## Lage der *Ziegen*\n\nKühe.\n\nEsel '; printf 'wort %.0s' {1..90}; } \
    >"$BATS_TEST_TMPDIR/k/a.md"
  lupe-index --quiet "$BATS_TEST_TMPDIR/k"
  run lupe --json --index "$BATS_TEST_TMPDIR/k/.lupe" Esel
  holds 'r["hits"][0]["heading"] == "Lage der *Ziegen*" and r["hits"][0]["line"] == 7'
  holds 'not r["hits"][0]["cut_begin"] and r["hits"][0]["cut_end"]'
  holds 'r["hits"][0]["begin"] == 41'
}

@test "documents without all words come behind and say so" {
  run lupe --json "Haus Rat"
  [ "$status" -eq 0 ]
  holds '[(x["path"], x["all"]) for x in d["results"]] ==
    [("rat/antrag.txt", True), ("rat/bericht.txt", False)]'
  holds 'd["total"]["documents"] == 1'
  holds 'd["results"][0]["score"] >= d["results"][1]["score"]'
}

@test "only documents without all words are no hit for the status" {
  run lupe --json "Haus Zug"
  [ "$status" -eq 1 ]
  holds 'd["total"]["documents"] == 0 and [x["all"] for x in d["results"]] == [False, False]'
}

@test "--match=all leaves them out, --match=any counts them" {
  run lupe --json --match=all "Haus Rat"
  holds '[x["path"] for x in d["results"]] == ["rat/antrag.txt"]'
  run lupe --json --match=any "Haus Rat"
  holds 'd["total"]["documents"] == 2 and {x["path"]: x["all"] for x in d["results"]} ==
    {"rat/antrag.txt": True, "rat/bericht.txt": False}'
}

@test "no hit is an empty list and status 1" {
  run lupe --json Flugzeug
  [ "$status" -eq 1 ]
  holds 'd["results"] == [] and d["total"] == {"documents": 0, "exact": True, "results": None}'
  holds 'd["error"] is None'
}

@test "notices have their place in the object and not on standard error" {
  run --separate-stderr lupe --json 'Haus "Rat'
  [ "$stderr" = "" ]
  holds 'd["query"]["notices"][0]["offset"] == 5'
}

# ---- errors ----

@test "an error is an object, too" {
  run --separate-stderr lupe --json "..."
  [ "$status" -eq 2 ]
  holds 'd["schema"] == 1 and d["results"] == [] and d["error"]["code"] == "bad_query"'
  holds 'd["error"]["message"] == "the query holds no word to search for"'
  [ "$stderr" = "lupe: the query holds no word to search for" ]
}

@test "a missing index is an error object" {
  run --separate-stderr lupe --json --index "$BATS_TEST_TMPDIR" Haus
  [ "$status" -eq 2 ]
  holds 'd["error"]["code"] == "index_missing" and d["query"]["input"] == "Haus"'
}

@test "an error about a name that is no UTF-8 is valid JSON" {
  run --separate-stderr lupe --json --index $'/nowhere/\xff' $'Haus\xff'
  [ "$status" -eq 2 ]
  holds '"/nowhere/" in d["error"]["message"]'
}

@test "a path that is not in the index is an error object" {
  run --separate-stderr lupe --json Haus Zug
  [ "$status" -eq 2 ]
  holds '"Zug: no such path in the index" in d["error"]["message"]'
}

# ---- odd names and texts ----

@test "a path that is no UTF-8 comes in base64" {
  mkdir -p "$BATS_TEST_TMPDIR/k"
  printf 'Pferd\n' >"$BATS_TEST_TMPDIR/k/"$'\xe4\xff.txt'
  lupe-index --quiet "$BATS_TEST_TMPDIR/k"
  cd "$BATS_TEST_TMPDIR/k"
  run lupe --json Pferd
  holds 'r["path"] is None and r["path_b64"] == "5P8udHh0"'
  run --separate-stderr lupe -l Pferd
  [ "$output" = $'\xe4\xff.txt' ]
}

@test "control characters, quotation marks and astral letters come through" {
  mkdir -p "$BATS_TEST_TMPDIR/k"
  printf 'Titel\n\nEsel \x1b[31m "rot" \\ \xf0\x9f\x90\xb4 \x01 <b>Esel</b> & Ende\n' \
    >"$BATS_TEST_TMPDIR/k/a\"b.txt"
  lupe-index --quiet "$BATS_TEST_TMPDIR/k"
  run lupe --json --index "$BATS_TEST_TMPDIR/k/.lupe" Esel
  holds 'text(r["hits"][0]) == "Esel \x1b[31m \"rot\" \\ \U0001F434 \x01 <b>Esel</b> & Ende"'
  holds 'r["path"] == "a\"b.txt"'
}

@test "a snippet of a line without end is short" {
  mkdir -p "$BATS_TEST_TMPDIR/k"
  python3 -c 'print("Titel\n\n" + "ä" * 9000 + " Esel " + "wort " * 90000)' \
    >"$BATS_TEST_TMPDIR/k/a.txt"
  lupe-index --quiet "$BATS_TEST_TMPDIR/k"
  run lupe --json --index "$BATS_TEST_TMPDIR/k/.lupe" Esel
  holds 'len(text(r["hits"][0]).encode()) < 300 and marked(r["hits"][0]) == ["Esel"]'
}

# ---- pages ----

@test "pages follow each other without gaps and doubles" {
  mkdir -p "$BATS_TEST_TMPDIR/k"
  cd "$BATS_TEST_TMPDIR/k"
  for i in $(seq 30); do
    { echo "Nummer $i"; echo; yes Esel | head -n $((i % 7)); echo "Hund"; } >"$i.txt"
  done
  lupe-index --quiet .
  run lupe --json --limit 100 "Esel Hund"
  holds 'd["total"]["documents"] == 26 and len(d["results"]) == 30'
  holds '[x["rank"] for x in d["results"]] == list(range(1, 31))'
  holds '(lambda s: s == sorted(s, reverse=True))([x["score"] for x in d["results"]])'
  whole=$(python3 -c 'import json,sys; print(*(x["path"] for x in json.loads(sys.argv[1])["results"]))' "$output")
  pages=
  for offset in 0 7 14 21 28 35; do
    run lupe --json --limit 7 --offset "$offset" "Esel Hund"
    holds 'd["total"]["documents"] == 26 and d["limit"] == 7'
    pages+=$(python3 -c 'import json,sys
for x in json.loads(sys.argv[1])["results"]: print(x["path"], end=" ")' "$output")" "
  done
  # shellcheck disable=SC2086 # words
  [ "$(echo $pages)" = "$whole" ]
}

@test "equal documents keep one order" {
  mkdir -p "$BATS_TEST_TMPDIR/k"
  cd "$BATS_TEST_TMPDIR/k"
  for i in $(seq 20); do printf 'Esel\n' >"$i.txt"; done
  lupe-index --quiet .
  first=$(lupe -l Esel)
  lupe-index rebuild --quiet .
  [ "$(lupe -l Esel)" = "$first" ]
  [ "$(wc -l <<<"$first")" -eq 20 ]
}

@test "a limit of 0 counts only, an offset beyond the end shows nothing" {
  run lupe --json --limit 0 Haus
  [ "$status" -eq 0 ]
  holds 'd["results"] == [] and d["total"]["documents"] == 2'
  run lupe --json --offset 1000000000000 Haus
  [ "$status" -eq 0 ]
  holds 'd["results"] == [] and d["total"]["documents"] == 2'
}

@test "--limit and --offset hold in a pipe, too" {
  best=$(lupe -l Haus | head -n 1)
  run lupe -l --limit 1 Haus
  [ "$output" = "$best" ]
  run lupe -l --offset 1 Haus
  [ "$output" != "$best" ]
  [ "${#lines[@]}" -eq 1 ]
}

# ---- TREC ----

@test "--trec prints six fields, names without extension, falling scores" {
  run lupe --trec "Haus Rat"
  [ "${#lines[@]}" -eq 2 ]
  [[ ${lines[0]} =~ ^1\ Q0\ rat/antrag\ 1\ [0-9.]+\ lupe$ ]]
  [[ ${lines[1]} =~ ^1\ Q0\ rat/bericht\ 2\ [0-9.]+\ lupe$ ]]
  awk '{ if (NR > 1 && $5 > last) exit 1; last = $5 }' <<<"$output"
}

@test "--queries runs a batch of lines of id, tab and query" {
  printf 'q1\tHaus\nq2\tFlugzeug\nq3\t...\nx y\tZiege\tMarkt\r\n' >"$BATS_TEST_TMPDIR/queries"
  run lupe --trec --queries "$BATS_TEST_TMPDIR/queries"
  [ "$status" -eq 0 ]
  [ "$(cut -d' ' -f1 <<<"$output" | uniq -c | awk '{ print $1 $2 }' | xargs)" = "2q1 2x" ]
  run lupe --trec --queries - <<<$'q1\tZiege'
  [[ $output == "q1 Q0 presse/leer 1 "* ]]
}

@test "a batch without a tab for --trec, or with a query beside it, is refused" {
  run --separate-stderr lupe --trec --queries - <<<"q1 Haus"
  [ "$status" -eq 2 ]
  [[ $stderr == *"line 1 has no tab"* ]]
  run lupe -c --queries - <<<"Ziege"
  [ "$output" = $'Ziege\tpresse/leer.md:1' ]
  run --separate-stderr lupe --trec --queries - -e Haus <<<$'q1\tHaus'
  [ "$status" -eq 2 ]
}

@test "blanks in names do not add fields to TREC lines" {
  mkdir -p "$BATS_TEST_TMPDIR/k"
  printf 'Esel\n' >"$BATS_TEST_TMPDIR/k/mit leer.zeichen.txt"
  lupe-index --quiet "$BATS_TEST_TMPDIR/k"
  run lupe --trec --index "$BATS_TEST_TMPDIR/k/.lupe" Esel
  [[ $output == "1 Q0 mit_leer.zeichen 1 "* ]]
}
