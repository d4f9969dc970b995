#!/usr/bin/env bats
# What the language adds to a search: compounds, suspended hyphens, genders, citations, and what
# --via and --explain say of them.

load setup
load corpus

bats_require_minimum_version 1.5.0

setup_file() {
  export CORPUS=$BATS_FILE_TMPDIR/corpus
  mkdir -p "$CORPUS"
  cd "$CORPUS" || return
  put aus.txt <<<'Die Aus- und Weiterbildung.'
  put kleid.txt <<<'Ein Sommerkleid kostet wenig.'
  put sommer.txt <<<'Der Sommer war kalt.'
  put beides.txt <<<'Im Sommer trägt sie ein Kleid.'
  put fern.txt <<<'Ein Sommer: eins zwei drei vier fünf sechs sieben acht neun zehn elf Kleid.'
  put norm.txt <<<'Nach § 16a Abs. 1 AufenthG gilt das.'
  put er.txt <<<'Der Teilnehmer kommt.'
  put sie.txt <<<'Die Teilnehmerinnen kommen.'
  put kurs.txt <<<'Wir bieten Integrationskurse an.'
  put zahl.txt <<<'Am 3. Oktober 2023 zahlten 42 % der Leute 1.500 Euro.'
  lupe-index --quiet "$CORPUS"
}

setup() {
  cd "$CORPUS"
}

# finds QUERY PATH...: just these documents, in any order
finds() {
  run --separate-stderr lupe -l "$1"
  [ "$status" -eq $(($# == 1)) ]
  shift
  each "$@"
}

@test "a word finds the compounds it is a part of" {
  finds Kurs kurs.txt
  finds Kurse kurs.txt
  finds Integration kurs.txt
  finds Kleid kleid.txt beides.txt fern.txt
}

@test "a compound is found whole or as all its parts near each other" {
  finds Sommerkleid kleid.txt beides.txt
  finds "NICHT Sommerkleid" aus.txt er.txt fern.txt kurs.txt norm.txt sie.txt sommer.txt zahl.txt
}

@test "a compound as written or quoted is not looked for as its parts" {
  finds =Sommerkleid kleid.txt
  finds '"Sommerkleid"' kleid.txt
}

@test "any words will do: parts of a compound as well" {
  run lupe -l --match=any Sommerkleid
  each kleid.txt beides.txt sommer.txt fern.txt
}

@test "only the part that answers is marked" {
  run lupe -o -h Kurs
  [ "$output" = "1:kurse" ]
}

@test "a suspended hyphen stands for the word that is meant" {
  finds Ausbildung aus.txt
  finds Weiterbildung aus.txt
  run lupe -o -h Ausbildung
  [ "$output" = "1:Aus" ]
}

@test "women and men find each other" {
  finds Teilnehmerin sie.txt er.txt
  finds Teilnehmer er.txt sie.txt
  finds =Teilnehmer er.txt
  run lupe -l Teilnehmerin
  [ "${lines[0]}" = sie.txt ]
}

@test "a citation is found by less, and not by other numbers" {
  finds "§ 16a Abs. 1 AufenthG" norm.txt
  finds "§16a AufenthG" norm.txt
  finds "§ 16a" norm.txt
  finds "Kurs ODER § 16a AufenthG" norm.txt kurs.txt
  finds "§ 16"
  finds "§ 16a Abs. 2 AufenthG"
  finds "§ 16a BGB"
}

@test "a citation is marked from its begin to its end" {
  run lupe -o -h "§ 16a AufenthG"
  [ "$output" = "1:§ 16a Abs. 1 AufenthG" ]
}

@test "numbers, dates and units are found however they are written" {
  finds 1500 zahl.txt
  finds "1 500" zahl.txt
  finds 42% zahl.txt
  finds "42 Prozent" zahl.txt
  finds 03.10.2023 zahl.txt
  finds 2023-10-03 zahl.txt
  finds "Oktober 2023" zahl.txt
  finds 2023 zahl.txt
  finds 2.10.2023
}

@test "a number or date that is written otherwise is found as such" {
  run lupe -l --via=norm "42 Prozent"
  [ "$output" = zahl.txt ]
  run lupe -l --via=norm 3.10.2023
  [ "$output" = zahl.txt ]
  run lupe -l --via=exact 42%
  [ "$output" = zahl.txt ]
  run lupe -l --via=exact "3. Oktober 2023"
  [ "$output" = zahl.txt ]
  run lupe -l --via=norm 42%
  [ "$status" -eq 1 ]
}

@test "--via leaves out what is found otherwise" {
  run lupe -l --via=exact,inflection Kurs
  [ "$status" -eq 1 ]
  run lupe -l --via=compound Kurs
  [ "$output" = kurs.txt ]
  run lupe -l --via=exact,inflection Teilnehmerin
  [ "$output" = sie.txt ]
  run lupe -l --via=gender Teilnehmerin
  [ "$output" = er.txt ]
  run --separate-stderr lupe -l --via=nonsense Kurs
  [ "$status" -eq 2 ]
}

@test "why a place was found is told where it is not plain to see" {
  run lupe --pretty Kurs
  [[ ${lines[1]} == *"Integrationskurse an.  [compound]" ]]
  run lupe --pretty Teilnehmerin
  [[ $output == *"Der Teilnehmer kommt.  [gender form]"* ]]
  [[ $output == *$'Die Teilnehmerinnen kommen.\n'* ]]
  LC_ALL=de_DE.UTF-8 run lupe --pretty Kurs
  [[ ${lines[1]} == *"[Kompositum]" ]]
}

@test "--explain says what is searched" {
  run lupe --explain Sommerkleid
  [ "$status" -eq 0 ]
  [[ $output == *"as written: sommerkleid"* ]]
  [[ $output == *"parts within 10 words:"* ]]
  [[ $output =~ stem\ +kleid\ .*\ 2\ documents ]]
  [[ $output =~ part\ +Ckleid\ .*\ 1\ documents ]]
  run lupe --explain "§ 16a AufenthG"
  [[ $output =~ norm\ +N§16a\ aufenthg\ .*\ 1\ documents ]]
}

@test "a family in words.txt brings words together and sets them apart, from the next rebuild on" {
  mkdir "$BATS_TEST_TMPDIR/own" && cd "$BATS_TEST_TMPDIR/own"
  put amt.txt <<<'Die Ortssigla des Amtes.'
  put wahl.txt <<<'Nach den Wahlen.'
  put rode.txt <<<'Sie haben den Wald aufgerödelt.'
  lupe-index --quiet .
  finds Sigel
  finds Wahl wahl.txt
  put .lupe/words.txt <<'END'
Sigel: Siglen Sigla      # also at the end of compounds
Wahlen! =
rödeln: rödelt gerödelt
END
  run lupe-index status
  [ "${lines[-1]}" = "words.txt changed: rebuild" ]
  run lupe-index status --json
  [[ $output == *'"words_changed":true'* ]]
  run lupe-index update
  [ "$status" -eq 2 ]
  finds Sigel
  lupe-index --quiet rebuild
  run lupe-index status
  [[ $output != *rebuild* ]]
  finds Ortssigel amt.txt
  finds Wahl
  finds Wahlen wahl.txt
  finds aufrödeln rode.txt
}

@test "every thread of a build knows the families of words.txt, and so does check" {
  mkdir "$BATS_TEST_TMPDIR/many" && cd "$BATS_TEST_TMPDIR/many"
  lupe-index --quiet .
  put .lupe/words.txt <<<'Sigel: Siglen Sigla'
  for i in {1..60}; do
    put "$i.txt" <<<"Die Ortssigla Nummer $i."
  done
  lupe-index --quiet --jobs=4 rebuild
  [ "$(lupe -l Ortssigel | wc -l)" -eq 60 ]
  [ "$(lupe-index check)" = sound ]
}

@test "a line of words.txt that is no family is told and left out" {
  mkdir "$BATS_TEST_TMPDIR/bad" && cd "$BATS_TEST_TMPDIR/bad"
  put a.txt <<<'Die Sigla.'
  lupe-index --quiet .
  printf 'zwei Worte: drei\nX: Y\nSigel: Sigla\nnichts\n' >.lupe/words.txt
  run --separate-stderr lupe-index --quiet rebuild
  [[ $stderr == *"words.txt, line 1: not a family"*": zwei Worte: drei"* ]]
  [[ $stderr == *"words.txt, line 2: not a family"* ]]
  [[ $stderr == *"words.txt, line 4: neither a compound"* ]]
  finds Sigel a.txt
}

@test "a slip is offered on standard error, and changes neither output nor exit status" {
  run --separate-stderr lupe -l "Integrationskruse?"
  [ "$status" -eq 1 ]
  [ "$output" = "" ]
  [ "$stderr" = "lupe: did you mean: Integrationskurse?" ]
  run --separate-stderr lupe -c --spell=off "Integrationskruse"
  [ "$status" -eq 1 ]
  [ "$stderr" = "" ]
}

@test "--spell=auto searches what was meant, and says so" {
  run --separate-stderr lupe -l --spell=auto "Integrationskruse?"
  [ "$status" -eq 0 ]
  [ "$output" = kurs.txt ]
  [ "$stderr" = "lupe: searched instead: Integrationskurse?" ]
}

@test "hits of a corrected word are found by their spelling, those of other words are not" {
  run --separate-stderr lupe --json --spell=auto "Integrationskruse"
  [[ "$output" == *'"via": ["spelling"]'* || "$output" == *'"via":["spelling"]'* ]]
  [ "$(lupe -l --spell=auto --via=spelling Integrationskruse 2>/dev/null)" = kurs.txt ]
  run --separate-stderr lupe -l --spell=auto --via=exact,inflection Integrationskruse
  [ "$status" -eq 1 ]
  run --separate-stderr lupe -l --spell=auto --via=spelling Integrationskurs
  [ "$status" -eq 1 ]
  run --separate-stderr lupe --explain --spell=auto Integrationskruse
  [[ "${lines[0]}" == *"(spelling corrected)" ]]
}

@test "a compound with a wrong link between its parts is offered as it stands in the texts" {
  run --separate-stderr lupe -l Integrationkurs
  [ "$stderr" = "lupe: did you mean: Integrationskurs" ]
  run --separate-stderr lupe -l Sommerskleid
  [ "$stderr" = "lupe: did you mean: Sommerkleid" ]
  run --separate-stderr lupe -l Integrationskurs
  [ "$stderr" = "" ]
}

@test "a question is searched for by its subject, not by the words that ask" {
  run lupe -l --spell=off "Wo finde ich Informationen über ein Sommerkleid?"
  [ "$output" = "$(lupe -l --spell=off Sommerkleid)" ]
  run lupe -l --spell=off "In welchen Fällen bekomme ich ein Sommerkleid"
  [ "$status" -eq 1 ]
  run lupe -l --spell=off "Wie bieten?"
  [ "$output" = kurs.txt ]
  run lupe -l --spell=off "Sommer bieten"
  [ "$status" -eq 1 ]
  run lupe --explain "Wo finde ich einen Sommer?"
  [[ $output == *"finde  (stop word, not searched)"* ]]
}

@test "words.txt may be there before the index is" {
  mkdir "$BATS_TEST_TMPDIR/neu"
  cd "$BATS_TEST_TMPDIR/neu"
  put text.txt <<<'Der Willkommensservice hilft.'
  put .lupe/words.txt <<<'=Willkommensservice'
  lupe-index --quiet .
  run lupe -c --match=all Service
  [ "$status" -eq 1 ]
  lupe -q Willkommensservice
}
