#!/usr/bin/env bats
# The query language, as far as which documents are found.

load setup
load corpus

bats_require_minimum_version 1.5.0

setup_file() {
  make_corpus
}

setup() {
  cd "$CORPUS"
}

# finds QUERY PATH...: just these documents, in any order
finds() {
  run --separate-stderr lupe -l "$1"
  [ "$status" -eq $(($# == 1)) ]
  [ "$stderr" = "" ]
  shift
  each "$@"
}

@test "a word finds its inflections" {
  finds Haus rat/antrag.txt rat/bericht.txt
  finds Häuser rat/antrag.txt rat/bericht.txt
  finds HAUSES rat/antrag.txt rat/bericht.txt
}

@test "of several words all are wanted" {
  finds "Haus Rat" rat/antrag.txt
  finds "Haus Zug"
}

@test "UND and AND want both" {
  finds "Haus UND Rat" rat/antrag.txt
  finds "Haus AND Rat" rat/antrag.txt
}

@test "ODER and OR want one" {
  finds "Rat ODER Markt" rat/antrag.txt presse/markt.txt
  finds "Rat OR Markt" rat/antrag.txt presse/markt.txt
}

@test "NICHT, NOT and a minus exclude" {
  finds "Haus NICHT Rat" rat/bericht.txt
  finds "Haus NOT Rat" rat/bericht.txt
  finds "Haus -Rat" rat/bericht.txt
}

@test "NICHT alone finds all the others" {
  finds "NICHT Stadt" presse/markt.txt presse/leer.md
}

@test "NICHT excludes a phrase and a parenthesis" {
  finds 'Stadt NICHT "im Haus"' rat/antrag.txt
  finds 'Stadt -(Rat ODER Zug)' rat/bericht.txt
}

@test "operators in lower case are words" {
  finds "wächst oder Rat"
  finds "Häuser nicht Stadt" rat/antrag.txt rat/bericht.txt
  finds "Häuser NICHT Stadt"
}

@test "words bind before ODER, parentheses before both" {
  finds "Markt ODER Haus Rat" presse/markt.txt rat/antrag.txt
  finds "(Markt ODER Haus) Rat" rat/antrag.txt
}

@test "a phrase wants its words in order, inflected" {
  finds '"ein Kurs"' rat/bericht.txt
  finds '"Kurse oder Haus"' rat/antrag.txt
  finds '"Haus oder Kurse"'
}

@test "a phrase runs over line ends but not over the title" {
  finds '"Kurs die Stadt"' rat/antrag.txt
  finds '"Kurs der Rat"'
}

@test "typographic quotation marks are quotation marks" {
  finds '„ein Kurs“' rat/bericht.txt
  finds '“ein Kurs”' rat/bericht.txt
  finds '»ein Kurs«' rat/bericht.txt
  finds '«ein Kurs»' rat/bericht.txt
}

@test "an equals sign wants the form as written" {
  finds =Häuser rat/antrag.txt
  finds =Haus rat/bericht.txt
  finds =häuser rat/antrag.txt
  finds =Straße presse/markt.txt
}

@test "an equals sign before a phrase wants its forms as written" {
  finds '="Kurse oder Häuser"' rat/antrag.txt
  finds '="Kurs oder Häuser"'
  finds '="Kurse oder Haus"'
}

@test "a form as written can be excluded and be one of several" {
  finds "Haus NICHT =Häuser" rat/bericht.txt
  finds "Haus -=Haus" rat/antrag.txt
  finds "NICHT =Haus" rat/antrag.txt presse/markt.txt presse/leer.md
  finds "=Häuser ODER Markt" rat/antrag.txt presse/markt.txt
}

@test "a stop word beside a form as written is passed over" {
  finds "der ODER =Häuser" rat/antrag.txt
  finds "=Häuser NICHT zwischen" rat/antrag.txt
}

@test "gender forms are found by either gender and as typed" {
  finds Migrant rat/antrag.txt
  finds Migrantinnen rat/antrag.txt
  finds 'Migrant*innen' rat/antrag.txt
  finds 'Migrant:innen' rat/antrag.txt
  finds '"Migrantinnen sind"' rat/antrag.txt
}

@test "hyphenated words are found joined, apart and by their parts" {
  finds EU-Länder rat/bericht.txt
  finds Euländer rat/bericht.txt
  finds Länder rat/bericht.txt
  finds '"EU Kommission"'
  finds EU-Kommission rat/bericht.txt
}

@test "a hyphenated word of two equal parts is not found by one of them" {
  finds Stadt-Stadt
}

@test "words hyphenated at a line end are one word" {
  finds Arbeitsmarkt presse/markt.txt
}

@test "stop words alone are searched for" {
  finds zum rat/antrag.txt
  finds "oder" rat/antrag.txt
}

@test "the title of the front matter is found" {
  finds Ziege presse/leer.md
}

# ---- several queries ----

@test "several -e are any of them" {
  run lupe -l -e Rat -e Ziege
  each rat/antrag.txt presse/leer.md
}

@test "with -e all operands are paths" {
  run lupe -l -e Haus rat/bericht.txt
  [ "$output" = rat/bericht.txt ]
}

@test "-f reads queries, one a line, empty lines passed over" {
  printf 'Rat Stadt\n\nZiege\r\n' >"$BATS_TEST_TMPDIR/queries"
  run lupe -l -f "$BATS_TEST_TMPDIR/queries"
  each rat/antrag.txt presse/leer.md
}

@test "-f - reads standard input" {
  run lupe -l -f - <<<Ziege
  [ "$output" = presse/leer.md ]
}

@test "-e and -f go together" {
  run lupe -l -e Markt -f - <<<Ziege
  each presse/markt.txt presse/leer.md
}

# ---- match ----

@test "--match=any finds documents with any of the words" {
  run lupe -l --match=any "Rat Markt"
  each rat/antrag.txt presse/markt.txt
}

@test "--match=any still excludes" {
  run lupe -l --match=any "Rat Markt Haus -Antrag"
  each rat/bericht.txt presse/markt.txt
}

@test "--match=any excludes no document for a part of a hyphenated word" {
  run lupe -l --match=any "Kurs Zug NICHT Haus-Rat"
  each rat/antrag.txt rat/bericht.txt
}

@test "--match=any does not loosen operators and phrases" {
  run lupe -l --match=any "Rat UND Markt"
  [ "$status" -eq 1 ]
  run lupe -l --match=any '"Rat Kurs"'
  [ "$status" -eq 1 ]
}

@test "in a pipe only documents with all words are found" {
  run lupe -l --match=auto "Haus Rat"
  [ "$output" = rat/antrag.txt ]
}

# ---- odd queries ----

# notices QUERY TEXT: searched, with a notice that holds TEXT
notices() {
  run --separate-stderr lupe -l "$1"
  [ "$status" -eq 0 ]
  [[ $stderr == *"$2"* ]]
  [ "$(wc -l <<<"$stderr")" -eq 1 ]
}

@test "an unbalanced quotation mark is noticed and the words are searched" {
  notices 'Haus "Rat' "byte 5: quotation mark"
  [ "$output" = rat/antrag.txt ]
}

@test "an open parenthesis is noticed" {
  notices '(Rat ODER Markt' "byte 0: parenthesis"
  each rat/antrag.txt presse/markt.txt
}

@test "an operator without operands is noticed and searched as a word" {
  notices 'Stadt NICHT' "byte 6: operator"
  notices '(Haus ODER)' "byte 6: operator"
}

@test "--strict-query makes an error of a notice" {
  run --separate-stderr lupe --strict-query -l 'Haus "Rat'
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
  [[ $stderr == "lupe: query, byte 5: "* ]]
}

@test "a query without a word is an error" {
  for query in "" " " "..." '""' "()" "-" "=" "\"?!\" - ()"; do
    run --separate-stderr lupe "$query"
    [ "$status" -eq 2 ]
    [ "$output" = "" ]
    [ "$stderr" = "lupe: the query holds no word to search for" ]
  done
}

@test "a query in Windows-1252 is understood and noticed" {
  run --separate-stderr lupe -l $'=H\xe4user'
  [ "$status" -eq 0 ]
  [ "$output" = rat/antrag.txt ]
  [[ $stderr == *"not UTF-8"* ]]
}

@test "control bytes in a query reach nobody's terminal" {
  run --separate-stderr lupe --strict-query $'Haus "\e[31mRat'
  [[ $stderr != *$'\e'* ]]
}

@test "a query of a megabyte is answered, one of too many words refused" {
  head -c 1000000 /dev/zero | tr '\0' a >"$BATS_TEST_TMPDIR/word"
  run lupe -l -f "$BATS_TEST_TMPDIR/word"
  [ "$status" -eq 1 ]
  yes "(Haus " | head -n 100000 | tr -d '\n' >"$BATS_TEST_TMPDIR/deep"
  run --separate-stderr timeout 20 lupe -l -f "$BATS_TEST_TMPDIR/deep"
  [ "$status" -eq 2 ]
  yes "Haus" | head -n 4000 | tr '\n' ' ' >"$BATS_TEST_TMPDIR/many"
  run timeout 20 lupe -l -f "$BATS_TEST_TMPDIR/many"
  [ "$status" -eq 0 ]
  yes "Haus ODER" | head -n 9000 | tr '\n' ' ' >"$BATS_TEST_TMPDIR/more"
  run --separate-stderr timeout 20 lupe -l -f "$BATS_TEST_TMPDIR/more"
  [ "$status" -eq 2 ]
  [[ ${stderr_lines[-1]} == *"at most"* ]]
}
