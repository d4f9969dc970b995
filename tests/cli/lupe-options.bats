#!/usr/bin/env bats
# What the shell sees of lupe: completion, misspelled options, pager, links, viewer.

bats_require_minimum_version 1.5.0
load setup
load corpus

setup_file() {
  make_corpus
  printf -- '---\ntitle: Alt\ndate: 2017-03-04\n---\nEsel\n' | put "rat/mit leer.md"
  lupe-index --quiet "$CORPUS"
}

setup() {
  cd "$CORPUS"
}

# ---- completion ----

@test "every option of the help can be completed, with its explanation" {
  run lupe --complete --
  for option in $(lupe --help | grep -oE -- '--[a-z0-9-]+' | sort -u); do
    grep -qE "^$option=?"$'\t' <<<"$output"
  done
  [ "${#lines[@]}" -gt 50 ]
}

@test "values of options are completed behind = and as the next word" {
  run lupe --complete --sort=
  [ "${lines[*]}" = "--sort=relevance --sort=date --sort=path" ]
  run lupe --complete --sort d
  [ "$output" = date ]
  run lupe --complete -t m
  [ "$output" = md ]
  run lupe --complete -lt m
  [ "$output" = md ]
}

@test "years and paths come from the index" {
  run lupe --complete --since 2017
  [ "$output" = 2017 ]
  run lupe --complete --since 202
  [ "$output" = 2021 ]
  run lupe --complete --until=2017
  [ "$output" = --until=2017 ]
  run lupe --complete Esel ''
  [ "${lines[*]}" = "presse/ rat/" ]
  run lupe --complete Esel rat/m
  [ "$output" = "rat/mit leer.md" ]
  cd rat
  run lupe --complete Esel ''
  [[ $output == *"mit leer.md"* ]]
}

@test "a query and a number are left to the user" {
  run lupe --complete Es
  [ "$output" = '' ]
  run lupe --complete -m ''
  [ "$output" = '' ]
  run lupe --complete -e Esel ra
  [ "$output" = rat/ ]
}

@test "completion says nothing where there is no index" {
  cd "$BATS_TEST_TMPDIR"
  run lupe --complete --since 20
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
}

@test "bash completes options, values and paths with blanks" {
  script=$BATS_TEST_DIRNAME/../../data/completions/lupe.bash
  run bash --norc -c '. "$1"; COMP_WORDS=(lupe --so) COMP_CWORD=1; _lupe; printf "%s\n" "${COMPREPLY[@]}"' - "$script"
  [ "${lines[*]}" = "--sort= --sort-context=" ]
  run bash --norc -c '. "$1"; COMP_WORDS=(lupe Esel rat/m) COMP_CWORD=2; _lupe; printf "%s\n" "${COMPREPLY[@]}"' - "$script"
  [ "$output" = "rat/mit leer.md" ]
}

# zsh LINE: the line after the tab key, in a zsh on a terminal
zsh_completes() {
  "$BATS_TEST_DIRNAME/zsh-complete" "$BATS_TEST_DIRNAME/../../data/completions" "$1"
}

@test "zsh completes options, values and paths with blanks" {
  command -v zsh >/dev/null || skip "no zsh"
  run zsh_completes 'lupe --jsonl --kwi'
  [[ $output == *'<lupe --jsonl --kwic >'* ]]
  run zsh_completes 'lupe --unti'
  [[ $output == *'<lupe --until=>'* ]]
  run zsh_completes 'lupe --so'
  [[ $output == *'<lupe --sort>'* ]]
  run zsh_completes 'lupe --sort=d'
  [[ $output == *'<lupe --sort=date >'* ]]
  run zsh_completes 'lupe --sort '
  [[ $output == *date*path*relevance* ]]
  run zsh_completes 'lupe Esel rat/m'
  [[ $output == *'<lupe Esel rat/mit\ leer.md >'* ]]
}

@test "fish completes options, values and paths with blanks" {
  command -v fish >/dev/null || skip "no fish"
  fish_completes() {
    HOME=$BATS_TEST_TMPDIR fish --no-config -c '. $argv[1]; complete -C $argv[2]' \
      "$BATS_TEST_DIRNAME/../../data/completions/lupe.fish" "$1"
  }
  run fish_completes 'lupe --so'
  [ "${#lines[@]}" -eq 2 ]
  [[ ${lines[0]} == '--sort='$'\t'* ]]
  run fish_completes 'lupe --sort=d'
  [ "$output" = '--sort=date' ]
  run fish_completes 'lupe Esel rat/m'
  [ "$output" = 'rat/mit leer.md' ]
}

# ---- misspelled options ----

@test "an option that is nearly one says which" {
  run --separate-stderr lupe --jsno Esel
  [ "$status" -eq 2 ]
  [ "$stderr" = "lupe: unknown option --jsno; did you mean --json?" ]
  run --separate-stderr lupe --etwas-anderes Esel
  [ "$stderr" = "lupe: unknown option --etwas-anderes; lupe --help lists all" ]
}

# ---- pager ----

@test "on a terminal the answer goes through the pager, elsewhere not" {
  run script -qec "LUPE_PAGER='sed s/^/P:/' lupe --color=never -l Esel" /dev/null
  [[ $output == *"P:rat/mit leer.md"* ]]
  run script -qec "LUPE_PAGER= PAGER='sed s/^/Q:/' lupe --color=never -l Esel" /dev/null
  [[ $output != *Q:* ]]
  run script -qec "unset LUPE_PAGER; PAGER='sed s/^/Q:/' lupe --color=never -l Esel" /dev/null
  [[ $output == *"Q:rat/mit leer.md"* ]]
  run script -qec "LUPE_PAGER='sed s/^/P:/' lupe --pager=never --color=never -l Esel" /dev/null
  [[ $output != *P:* ]]
  LUPE_PAGER='sed s/^/P:/' run lupe -l Esel
  [ "$output" = "rat/mit leer.md" ]
  LUPE_PAGER='sed s/^/P:/' run lupe --pager=always -l Esel
  [ "$output" = "P:rat/mit leer.md" ]
}

@test "the status is that of the search, not of the pager" {
  LUPE_PAGER='cat >/dev/null; exit 7' run lupe --pager=always -l Esel
  [ "$status" -eq 0 ]
  LUPE_PAGER='cat >/dev/null' run lupe --pager=always -l Flugzeug
  [ "$status" -eq 1 ]
}

# ---- links and the viewer ----

@test "--hyperlink puts links around paths, percent-encoded" {
  run lupe --hyperlink -l Esel
  [[ $output == *$'\e]8;;file://'*"/rat/mit%20leer.md"$'\e\\rat/mit leer.md\e]8;;\e\\' ]]
  run lupe -l Esel
  [ "$output" = "rat/mit leer.md" ]
}

@test "--open gives the file to the viewer as one argument, without a shell" {
  printf '#!/bin/sh\nprintf "<%%s>\\n" "$@"\n' >"$BATS_TEST_TMPDIR/zeige"
  chmod +x "$BATS_TEST_TMPDIR/zeige"
  LUPE_VIEWER="$BATS_TEST_TMPDIR/zeige -x %f %p %u %%" run lupe --open Esel
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "<-x>" ]
  [ "${lines[1]}" = "<$(realpath "$CORPUS")/rat/mit leer.md>" ]
  [ "${lines[2]}" = "<1>" ]
  [ "${lines[3]}" = "<file://$(realpath "$CORPUS")/rat/mit%20leer.md>" ]
  [ "${lines[4]}" = "<%>" ]
}

@test "--open=N opens the document of that rank; none is status 1" {
  LUPE_VIEWER='echo %f' run lupe --open=2 Kurs
  [ "$output" = "$(realpath "$(lupe --duplicates=collapse -l Kurs | sed -n 2p)")" ]
  LUPE_VIEWER='echo %f' run lupe --open Flugzeug
  [ "$status" -eq 1 ]
  [ "$output" = '' ]
}

@test "a viewer that is missing is an error" {
  LUPE_VIEWER=gibt-es-nicht run --separate-stderr lupe --open Esel
  [ "$status" -eq 2 ]
  [ "$stderr" = "lupe: gibt-es-nicht: no such program; LUPE_VIEWER names one" ]
}
