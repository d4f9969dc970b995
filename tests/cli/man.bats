#!/usr/bin/env bats
# The man pages and the programs agree about options and commands.

bats_require_minimum_version 1.5.0
load setup

pages=$BATS_TEST_DIRNAME/../../doc

# Options as `--help` lists them, one a line: -e, --regexp
options_of_help() {
  "$1" --help | sed -nE 's/^ +(-[^ ].*)/\1/p' |
    sed -E 's/  .*//; s/\[?=[^ ]*//g' | tr -d ',' | tr ' ' '\n' | grep '^-' | sort -u
}

# Options that have an entry in the page: `.It Fl e Ar query , Fl -regexp Ns = Ns Ar query`
options_of_page() {
  sed -nE '/^\.It .*Fl /p' "$pages/$1.1" | grep -oE 'Fl -?[[:alnum:]][[:alnum:]-]*' |
    sed 's/^Fl /-/' | sort -u
}

# Commands of lupe-index
commands_of_help() {
  lupe-index --help | sed -nE '/^Commands:/,/^$/s/^  ([a-z]+) .*/\1/p' | sort
}

same() {
  diff <(printf '%s\n' "$1") <(printf '%s\n' "$2")
}

@test "every option of lupe --help stands in lupe(1), and vice versa" {
  help=$(options_of_help lupe)
  [ "$(wc -l <<<"$help")" -gt 20 ]
  same "$help" "$(options_of_page lupe)"
}

@test "every option of lupe-index --help stands in lupe-index(1), and vice versa" {
  help=$(options_of_help lupe-index)
  [ "$(wc -l <<<"$help")" -gt 5 ]
  same "$help" "$(options_of_page lupe-index)"
}

@test "every option of lupe-web --help stands in lupe-web(1), and vice versa" {
  help=$(options_of_help lupe-web)
  [ "$(wc -l <<<"$help")" -gt 15 ]
  same "$help" "$(options_of_page lupe-web)"
}

@test "every command of lupe-index --help stands in lupe-index(1), and vice versa" {
  help=$(commands_of_help)
  [ "$(wc -l <<<"$help")" -gt 3 ]
  same "$help" "$(sed -nE '/^\.Ss Commands/,/^\.Ss Options/s/^\.It Cm ([a-z]+).*/\1/p' \
    "$pages/lupe-index.1" | sort)"
}

@test "options that lupe(1) calls accepted are accepted" {
  for option in -i -n -r --ignore-case --line-number --recursive --colour; do
    lupe "$option" --version
  done
}

@test "mandoc finds no fault in the man pages" {
  command -v mandoc >/dev/null || skip 'no mandoc'
  cd "$pages"
  run mandoc -T lint lupe.1 lupe-index.1 lupe-web.1
  [ "$output" = '' ]
  [ "$status" -eq 0 ]
}
