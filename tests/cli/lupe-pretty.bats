#!/usr/bin/env bats
# The form for people, and what terminals are kept from.

load setup
load corpus

bats_require_minimum_version 1.5.0

setup_file() {
  make_corpus
}

setup() {
  cd "$CORPUS"
}

# terminal COMMAND: its output in $output as a terminal gets it, but for the CRs; $status
terminal() {
  # shellcheck disable=SC2030
  run bash -c 'TERM=xterm script -qec "$1" /dev/null </dev/null | tr -d "\r"; exit "${PIPESTATUS[0]}"' \
    bash "$1"
}

@test "--pretty shows title, places and what was searched" {
  run lupe --pretty Ziege
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "presse/leer.md — Alles über Ziegen (2021-03-04)" ]
  [ "${lines[-1]}" = "1 document; 4 of 4 documents searched" ]
}

@test "places have the number of their line" {
  run lupe --pretty Häuser rat/bericht.txt
  [[ $output == *$'\n      3: '*"im Haus der Stadt. Ein Haus"* ]]
}

@test "the footer counts documents with all words" {
  run lupe --pretty Haus
  [ "${lines[-1]}" = "2 documents; 4 of 4 documents searched" ]
  run lupe --pretty --limit 1 Haus
  [ "${lines[-1]}" = "1 shown; 2 documents; 4 of 4 documents searched" ]
  run lupe --pretty Flugzeug
  [ "$status" -eq 1 ]
  [ "$output" = "no document; 4 of 4 documents searched" ]
}

@test "a rule stands before documents without all words" {
  run lupe --pretty "Haus Rat"
  [ "$(grep -n '^──── not all words ────$' <<<"$output" | wc -l)" -eq 1 ]
  [ "$(grep -n '^rat/antrag' <<<"$output" | cut -d: -f1)" -lt \
    "$(grep -n '^────' <<<"$output" | cut -d: -f1)" ]
  [ "$(grep -n '^rat/bericht' <<<"$output" | cut -d: -f1)" -gt \
    "$(grep -n '^────' <<<"$output" | cut -d: -f1)" ]
  [ "${lines[-1]}" = "1 document; 4 of 4 documents searched" ]
}

@test "no rule where all have all words, or any was asked for" {
  run lupe --pretty Haus
  [[ $output != *────* ]]
  run lupe --pretty --match=all "Haus Rat"
  [[ $output != *────* ]]
  run lupe --pretty --match=any "Haus Rat"
  [[ $output != *────* ]]
}

@test "documents without all words do not make the status 0" {
  run lupe --pretty "Haus Flugzeug"
  [ "$status" -eq 1 ]
  [[ ${lines[0]} == "──── not all words ────" ]]
}

@test "ten documents are shown unless --limit says otherwise" {
  mkdir -p "$BATS_TEST_TMPDIR/k"
  for i in $(seq 12); do echo "Esel $i" >"$BATS_TEST_TMPDIR/k/$i.txt"; done
  lupe-index --quiet "$BATS_TEST_TMPDIR/k"
  cd "$BATS_TEST_TMPDIR/k"
  run lupe --pretty Esel
  [ "$(grep -c '^[0-9]*\.txt' <<<"$output")" -eq 10 ]
  [ "${lines[-1]}" = "10 shown; 12 documents; 12 of 12 documents searched" ]
  run lupe --pretty --limit 50 Esel
  [ "$(grep -c '^[0-9]*\.txt' <<<"$output")" -eq 12 ]
}

@test "-m limits the places of a document" {
  run lupe --pretty -m 0 Haus rat/bericht.txt
  [ "${#lines[@]}" -eq 2 ]
  run lupe --pretty -m 1 "Haus ODER Kommission" rat/bericht.txt
  [ "${#lines[@]}" -eq 3 ]
}

@test "a German user is spoken to in German, no locale needed" {
  LC_ALL=de_DE.UTF-8 run lupe --pretty "Haus Rat"
  [[ $output == *"──── nicht alle Wörter ────"* ]]
  [ "${lines[-1]}" = "1 Dokument; 4 von 4 Dokumenten durchsucht" ]
  LC_ALL='' LC_MESSAGES='' LANG=de_AT run lupe --pretty Flugzeug
  [ "$output" = "kein Dokument; 4 von 4 Dokumenten durchsucht" ]
  LC_ALL=C LANG=de_DE.UTF-8 run lupe --pretty Flugzeug
  [[ $output == "no document"* ]]
}

@test "a terminal gets this form, coloured" {
  terminal "lupe Haus"
  [ "$status" -eq 0 ]
  [[ $output == *"2 documents; 4 of 4 documents searched"* ]]
  [[ $output == *$'\e[01;31mHaus\e[m'* ]]
}

@test "NO_COLOR, a dumb terminal and --color=never leave colours out" {
  terminal "NO_COLOR=1 lupe Haus"
  [[ $output != *$'\e'* ]]
  terminal "TERM=dumb lupe Haus"
  [[ $output != *$'\e'* ]]
  terminal "lupe --color=never Haus"
  [[ $output != *$'\e'* ]]
  terminal "NO_COLOR= lupe Haus"
  [[ $output == *$'\e[01;31mHaus'* ]]
  terminal "NO_COLOR=1 lupe --color Haus"
  [[ $output == *$'\e[01;31mHaus'* ]]
}

@test "grep's letters give grep's form on a terminal, too" {
  terminal "NO_COLOR=1 lupe -l Haus"
  each rat/antrag.txt rat/bericht.txt
  terminal "NO_COLOR=1 lupe --lines -h Antrag"
  [ "$output" = "1:Antrag zum Kurs" ]
}

# ---- harmless ----

make_evil() {
  mkdir -p "$BATS_TEST_TMPDIR/k"
  cd "$BATS_TEST_TMPDIR/k"
  printf 'Esel \e]0;böse\a Titel\n\nEsel \e[2J weg \xc2\x9b31m rot \xe2\x80\xae kehrt \x7f\b\n' \
    >$'Esel\e[31m.txt'
  lupe-index --quiet .
}

@test "control bytes in texts and names do nothing to a terminal" {
  make_evil
  for form in "" -l -c -o --lines -C1 --json --trec; do
    terminal "NO_COLOR=1 lupe $form Esel"
    [ "$status" -eq 0 ]
    [[ $output != *$'\e'* ]]
    [[ $output != *$'\a'* ]]
    [[ $output != *$'\b'* ]]
    if [[ $form != --json ]]; then
      [[ $output != *$'\xc2\x9b'* ]]
      [[ $output != *$'\u202e'* ]]
    fi
  done
  terminal "NO_COLOR=1 lupe -l Esel"
  [ "$output" = 'Esel\x1B[31m.txt' ]
}

@test "a pipe gets names and texts as they are" {
  make_evil
  run lupe -l Esel
  [ "$output" = $'Esel\e[31m.txt' ]
  run lupe -h weg
  [ "$output" = $'3:Esel \e[2J weg \xc2\x9b31m rot \u202e kehrt \x7f\b' ]
}

@test "messages are harmless wherever they go" {
  run --separate-stderr lupe --index $'/nowhere/\e[31m' Haus
  [[ $stderr != *$'\e'* ]]
  run --separate-stderr lupe Haus $'nowhere\e[31m'
  [ "$status" -eq 2 ]
  [[ $stderr != *$'\e'* ]]
}
