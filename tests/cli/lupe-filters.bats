#!/usr/bin/env bats
# Which documents are searched and in which order: types, dates, names, lists of paths, sorting,
# duplicates, facets.

bats_require_minimum_version 1.5.0
load setup
load corpus

setup_file() {
  export CORPUS=$BATS_FILE_TMPDIR/corpus
  mkdir -p "$CORPUS"
  cd "$CORPUS" || return
  printf -- '---\ntitle: Alt\ndate: 2017-03-04\n---\nEsel eins\n' | put rat/alt.md
  printf -- '---\ntitle: Mitte\ndate: 2019-05\n---\nEsel zwei\n' | put rat/mitte.md
  printf -- '---\ntitle: Neu\ndate: 2021\n---\nEsel drei Pferd\n' | put presse/neu.md
  printf 'Ohne\n\nEsel vier\n' | put presse/ohne.txt
  printf 'Doppelt\n\nEsel und Pferd\n' | put presse/doppelt.txt
  cp presse/doppelt.txt rat/kopie.txt
  cp presse/doppelt.txt rat/zweite.txt
  lupe-index --quiet "$CORPUS"
}

setup() {
  cd "$CORPUS"
}

@test "--since and --until bound the date, both included" {
  run lupe -l --since 2019 Esel
  each rat/mitte.md presse/neu.md
  run lupe -l --until 2019-05 Esel
  each rat/alt.md rat/mitte.md
  run lupe -l --since 5.3.2017 --until 31.12.2019 Esel
  each rat/mitte.md
  run lupe -l --until 2017-03-04 Esel
  each rat/alt.md
}

@test "--body keeps those of a body, by its whole name" {
  mkdir -m 700 "$BATS_TEST_TMPDIR/index"
  printf '[meta]\nrat/ = body: Stadtrat Lindenau\npresse/ = body: Stadt Lindenau\n' >"$BATS_TEST_TMPDIR/index/lupe.conf"
  lupe-index --quiet --index "$BATS_TEST_TMPDIR/index" "$CORPUS"
  export LUPE_INDEX=$BATS_TEST_TMPDIR/index
  run lupe -l --body 'Stadtrat Lindenau' --duplicates=all Esel
  each rat/alt.md rat/mitte.md rat/kopie.txt rat/zweite.txt
  run lupe -l --body 'Stadt Lindenau' 'Esel drei'
  each presse/neu.md
  run lupe --count-by body --duplicates=all Esel
  [[ $output == *'Stadtrat Lindenau'* && $output == *'Stadt Lindenau'* ]]
  run lupe -l --body Lindenau Esel
  [ "$status" -eq 1 ]
}

@test "--body leaves out documents that somebody else or nobody has published" {
  run lupe -l --body Esel Esel
  [ "$status" -eq 1 ]
  [ "$output" = '' ]
  run --separate-stderr lupe --json --body Esel Esel
  holds "d['total']['documents'] == 0 and d['error'] is None"
}

@test "what is no date is refused with the forms that are" {
  for date in heute 19 2019-13 2019-05-32 5.2019. 2019-05-14-1 ''; do
    run --separate-stderr lupe -l --since "$date" Esel
    [ "$status" -eq 2 ]
    [[ $stderr == "lupe: --since: $date is no date like 2019, "* ]]
  done
}

@test "-t takes names of types and media types, several and lists" {
  run lupe -l -t md Esel
  each rat/alt.md rat/mitte.md presse/neu.md
  run lupe -l --type text/markdown,pdf Esel
  each rat/alt.md rat/mitte.md presse/neu.md
  run lupe -l -t md -t txt --until 2018 Esel
  each rat/alt.md
  run --separate-stderr lupe -l -t word Esel
  [ "$status" -eq 2 ]
  [[ $stderr == *"--type: word is none of txt md html pdf docx odt epub"* ]]
}

@test "--include and --exclude are globs over names, or over paths if they have a slash" {
  run lupe -l --include '*.md' Esel
  each rat/alt.md rat/mitte.md presse/neu.md
  run lupe -l --include 'presse/*' --exclude '*.md' Esel
  each presse/ohne.txt presse/doppelt.txt
  run lupe -l --exclude 'a*' --exclude '*.txt' Esel
  each rat/mitte.md presse/neu.md
  run lupe -l --include 'nix*' Esel
  [ "$status" -eq 1 ]
}

@test "filters hold together, with paths, and for -L" {
  run lupe -l --include '*.md' --since 2018 Esel rat
  each rat/mitte.md
  run lupe -L --include '*.md' Pferd
  each rat/alt.md rat/mitte.md
}

@test "--files-from restricts to a list of paths, -0 to one with NULs" {
  run lupe -l --files-from - Esel <<<$'rat/alt.md\npresse'
  each rat/alt.md presse/neu.md presse/ohne.txt presse/doppelt.txt
  lupe -l0 Pferd >"$BATS_TEST_TMPDIR/list"
  run lupe -l -0 --files-from "$BATS_TEST_TMPDIR/list" drei
  [ "${output//$'\0'/}" = presse/neu.md ]
  run --separate-stderr lupe -l --files-from - Esel <<<$'nix\nrat/alt.md'
  [ "$status" -eq 2 ]
  [ "$output" = rat/alt.md ]
}

@test "--sort=date has the newest first and the undated last" {
  run lupe -l --sort=date --include '*.md' Esel
  [ "${lines[*]}" = "presse/neu.md rat/mitte.md rat/alt.md" ]
  run lupe -l --sort=date Esel
  [ "${lines[0]}" = presse/neu.md ]
  [ "${lines[2]}" = rat/alt.md ]
}

@test "--sort=path is the order of bytes" {
  run lupe -l --sort=path Esel
  [ "${lines[*]}" = "$(lupe -l Esel | LC_ALL=C sort | xargs)" ]
}

@test "duplicates are collapsed on a page, with the paths of all" {
  run lupe --json --facets Pferd
  holds 'len(d["results"]) == 2 and d["total"] == {"documents": 4, "exact": True, "results": 2}'
  holds '[len(x["duplicates"]) for x in d["results"] if x["title"] == "Doppelt"] == [2]'
  holds '{p["path"] for x in d["results"] for p in [x] + x["duplicates"]} ==
    {"presse/neu.md", "presse/doppelt.txt", "rat/kopie.txt", "rat/zweite.txt"}'
  run lupe --json --duplicates=all --facets Pferd
  holds 'len(d["results"]) == 4 and d["total"]["results"] == 4'
  holds 'all(x["duplicates"] == [] for x in d["results"])'
}

@test "duplicates are all there in lists, unless they are to be collapsed" {
  run lupe -l Pferd
  [ "${#lines[@]}" -eq 4 ]
  run lupe -l --duplicates=collapse Pferd
  [ "${#lines[@]}" -eq 2 ]
}

@test "the same is collapsed where each document is decided by its text" {
  run lupe --json --facets =Pferd
  holds 'len(d["results"]) == 2 and d["total"] == {"documents": 4, "exact": True, "results": 2}'
  holds 'd["facets"]["year"] == [{"value": "2021", "documents": 1}]'
}

@test "pages of collapsed lists follow each other without gaps and doubles" {
  run lupe --json --limit 100 "Esel drei"
  whole=$(python3 -c 'import json,sys; print(*(x["path"] for x in json.loads(sys.argv[1])["results"]))' "$output")
  [ "$(wc -w <<<"$whole")" -eq 5 ]
  pages=
  for offset in 0 2 4 6; do
    pages+=$(lupe --json --limit 2 --offset "$offset" "Esel drei" | python3 -c 'import json,sys
for x in json.load(sys.stdin)["results"]: print(x["path"], end=" ")')" "
  done
  # shellcheck disable=SC2086 # words
  [ "$(echo $pages)" = "$whole" ]
}

@test "facets count the documents that match, by year, type and body" {
  run lupe --json --facets --limit 1 Esel
  holds 'd["facets"]["year"] == [{"value": "2021", "documents": 1},
    {"value": "2019", "documents": 1}, {"value": "2017", "documents": 1}]'
  holds 'd["facets"]["type"] == [{"value": "text/plain", "documents": 4},
    {"value": "text/markdown", "documents": 3}]'
  holds 'd["facets"]["body"] == []'
  run lupe --json Esel
  holds 'd["facets"] == {}'
}

@test "-F takes the query as it stands" {
  printf 'a ODER b\n' >"$BATS_TEST_TMPDIR/x.txt"
  lupe-index --quiet --index "$BATS_TEST_TMPDIR/i" "$BATS_TEST_TMPDIR/x.txt"
  run lupe -F -h --index "$BATS_TEST_TMPDIR/i" 'a ODER b'
  [ "$output" = "1:a ODER b" ]
  run lupe -F --index "$BATS_TEST_TMPDIR/i" 'b ODER a'
  [ "$status" -eq 1 ]
  run lupe -F -h --index "$BATS_TEST_TMPDIR/i" 'a "ODER" „b'
  [ "$output" = "1:a ODER b" ]
}

@test "-w passes over parts of compounds" {
  printf 'Arbeitsmarkt\n\nMarkt\n' >"$BATS_TEST_TMPDIR/x.txt"
  lupe-index --quiet --index "$BATS_TEST_TMPDIR/i" "$BATS_TEST_TMPDIR/x.txt"
  run lupe -oh --index "$BATS_TEST_TMPDIR/i" Markt
  [ "${#lines[@]}" -eq 2 ]
  run lupe -ohw --index "$BATS_TEST_TMPDIR/i" Markt
  [ "$output" = "3:Markt" ]
}

@test "-v is refused with what to do instead" {
  run --separate-stderr lupe -v Esel
  [ "$status" -eq 2 ]
  [[ $stderr == *"NICHT"*"-L"* ]]
}
