#!/usr/bin/env bats
# Which index is searched, which part of it, and how paths are shown.

load setup
load corpus

bats_require_minimum_version 1.5.0

setup_file() {
  make_corpus
}

setup() {
  cd "$CORPUS"
}

MISSING="no such path in the index; quote a query of several words"

@test "a path restricts the search to a file" {
  run lupe -l Haus rat/bericht.txt
  [ "$output" = rat/bericht.txt ]
  run lupe -l Haus presse/markt.txt
  [ "$status" -eq 1 ]
}

@test "a path restricts the search to a folder" {
  run lupe -l "Rat ODER Markt" presse
  [ "$output" = presse/markt.txt ]
  run lupe -l "Rat ODER Markt" presse/
  [ "$output" = presse/markt.txt ]
  run lupe -l "Rat ODER Markt" ./presse/../presse
  [ "$output" = presse/markt.txt ]
}

@test "several paths are searched together" {
  run lupe -l "Rat ODER Markt ODER Haus" presse rat/antrag.txt
  each presse/markt.txt rat/antrag.txt
}

@test "the folder of the index is all of it" {
  run lupe -l "Rat ODER Markt" .
  each rat/antrag.txt presse/markt.txt
  run lupe -l "Rat ODER Markt" "$CORPUS"
  each rat/antrag.txt presse/markt.txt
  run lupe -l "Rat ODER Markt" "$(dirname "$CORPUS")"
  each rat/antrag.txt presse/markt.txt
}

@test "a path restricts -L, -c, JSON and TREC, too" {
  run lupe -L Antrag rat
  [ "$output" = rat/bericht.txt ]
  run lupe --trec Haus rat/antrag.txt
  [ "${#lines[@]}" -eq 1 ]
  run bash -c 'lupe --json Haus rat/antrag.txt | python3 -c "import json,sys
print(json.load(sys.stdin)[\"total\"][\"documents\"])"'
  [ "$output" = 1 ]
}

@test "a restriction changes neither scores nor what is a rare word" {
  whole=$(lupe --trec Haus | awk '$3 == "rat/antrag" { print $5 }')
  run lupe --trec Haus rat/antrag.txt
  [ "$(cut -d' ' -f5 <<<"$output")" = "$whole" ]
}

@test "a path that is not in the index is an error" {
  run --separate-stderr lupe Haus Stadt
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
  [ "$stderr" = "lupe: Stadt: $MISSING" ]
}

@test "a file that is there but not indexed is an error" {
  touch "$BATS_TEST_TMPDIR/neu.txt"
  run --separate-stderr lupe Haus "$BATS_TEST_TMPDIR/neu.txt"
  [ "$status" -eq 2 ]
  [ "$stderr" = "lupe: $BATS_TEST_TMPDIR/neu.txt: $MISSING" ]
}

@test "a part of a name is no path" {
  run --separate-stderr lupe Haus ra
  [ "$status" -eq 2 ]
  run --separate-stderr lupe Haus rat/bericht
  [ "$status" -eq 2 ]
}

@test "of several paths the known ones are searched, the others told" {
  run --separate-stderr lupe -l Haus nowhere rat/bericht.txt elsewhere
  [ "$status" -eq 2 ]
  [ "$output" = rat/bericht.txt ]
  [ "$stderr" = "lupe: nowhere: $MISSING
lupe: elsewhere: $MISSING" ]
}

@test "several paths that are all unknown find nothing" {
  run --separate-stderr lupe -l Haus nowhere elsewhere
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
  [ "$stderr" = "lupe: nowhere: $MISSING
lupe: elsewhere: $MISSING" ]
}

@test "a document that was deleted since is still a path" {
  cp -r "$CORPUS" "$BATS_TEST_TMPDIR/k"
  cd "$BATS_TEST_TMPDIR/k"
  rm -r rat
  run lupe -l "im Haus" rat/bericht.txt
  [ "$output" = rat/bericht.txt ]
  run lupe --lines Kommission rat
  [ "$output" = "rat/bericht.txt:6:Kommission hört zu." ]
}

# ---- paths as shown ----

@test "paths are shown so that they can be opened from the working folder" {
  cd rat
  run lupe -l "Rat ODER Markt"
  each antrag.txt ../presse/markt.txt
  run lupe -l Haus bericht.txt
  [ "$output" = bericht.txt ]
  mkdir -p tief/er
  cd tief/er
  run lupe -l "Rat ODER Markt"
  each ../../antrag.txt ../../../presse/markt.txt
  cd ../..
  run lupe -l Markt ../presse
  [ "$output" = ../presse/markt.txt ]
}

@test "from elsewhere they are absolute" {
  cd /
  run lupe --index "$CORPUS/.lupe" -l Markt
  [ "$output" = "$CORPUS/presse/markt.txt" ] || [ "/$output" = "$CORPUS/presse/markt.txt" ]
  [ -e "$output" ]
  cd "$BATS_TEST_TMPDIR"
  run lupe --index "$CORPUS/.lupe" -l Markt
  [ -e "$output" ]
}

@test "from above they begin with the folder" {
  cd "$CORPUS/.."
  run lupe --index "$CORPUS/.lupe" -l Markt
  [ "$output" = corpus/presse/markt.txt ]
}

@test "through a symbolic link they can be opened, too" {
  ln -s "$CORPUS" "$BATS_TEST_TMPDIR/link"
  cd "$BATS_TEST_TMPDIR/link/rat"
  run lupe -l Markt
  [ -e "$output" ]
  run lupe -l Markt "$BATS_TEST_TMPDIR/link/presse"
  [ "$status" -eq 0 ]
}

@test "JSON names documents as the index does, from everywhere" {
  cd rat
  run bash -c 'lupe --json Markt | python3 -c "import json,sys
print(json.load(sys.stdin)[\"results\"][0][\"path\"])"'
  [ "$output" = presse/markt.txt ]
  run lupe -l Markt presse/markt.txt
  [ "$output" = ../presse/markt.txt ]
}

@test "documents of several roots keep apart" {
  mkdir -p "$BATS_TEST_TMPDIR/a" "$BATS_TEST_TMPDIR/b"
  printf 'Esel\n' >"$BATS_TEST_TMPDIR/a/x.txt"
  printf 'Esel\n' >"$BATS_TEST_TMPDIR/b/x.txt"
  cd "$BATS_TEST_TMPDIR"
  lupe-index --quiet --index "$BATS_TEST_TMPDIR/index" a b
  export LUPE_INDEX=$BATS_TEST_TMPDIR/index
  run lupe -l Esel
  each a/x.txt b/x.txt
  run lupe -l Esel b
  [ "$output" = b/x.txt ]
  cd a
  run lupe -l Esel
  each x.txt "$BATS_TEST_TMPDIR/b/x.txt"
}

# ---- which index ----

@test "the index is found above, as git finds its own" {
  mkdir -p rat/tief/unten
  cd rat/tief/unten
  run lupe -l Markt
  [ "$output" = ../../../presse/markt.txt ]
}

@test "the nearest index wins" {
  mkdir -p "$BATS_TEST_TMPDIR/k/innen"
  printf 'Esel\n' >"$BATS_TEST_TMPDIR/k/aussen.txt"
  printf 'Esel\n' >"$BATS_TEST_TMPDIR/k/innen/innen.txt"
  lupe-index --quiet "$BATS_TEST_TMPDIR/k/innen"
  cp -r "$BATS_TEST_TMPDIR/k/innen/.lupe" "$BATS_TEST_TMPDIR/kept"
  lupe-index --quiet "$BATS_TEST_TMPDIR/k"
  cd "$BATS_TEST_TMPDIR/k/innen"
  run lupe -l Esel
  [ "$output" = innen.txt ]
}

@test "\$LUPE_INDEX goes before the nearest, --index before both" {
  mkdir -p "$BATS_TEST_TMPDIR/k"
  printf 'Markt\n' >"$BATS_TEST_TMPDIR/k/eigen.txt"
  lupe-index --quiet "$BATS_TEST_TMPDIR/k"
  LUPE_INDEX=$BATS_TEST_TMPDIR/k/.lupe run lupe -h --lines Markt
  [ "$output" = "1:Markt" ]
  LUPE_INDEX=$BATS_TEST_TMPDIR/k/.lupe run lupe --index "$CORPUS/.lupe" -l Markt
  [ "$output" = presse/markt.txt ]
  LUPE_INDEX='' run lupe -l Markt
  [ "$output" = presse/markt.txt ]
}

@test "at last the index of the user is taken" {
  mkdir -p "$BATS_TEST_TMPDIR/k" "$XDG_DATA_HOME"
  printf 'Esel\n' >"$BATS_TEST_TMPDIR/k/eigen.txt"
  lupe-index --quiet --index "$XDG_DATA_HOME/lupe" "$BATS_TEST_TMPDIR/k"
  cd "$BATS_TEST_TMPDIR"
  run lupe -l Esel
  [ "$output" = k/eigen.txt ]
}
