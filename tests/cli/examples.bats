#!/usr/bin/env bats
# What the documentation shows is run as it stands, over the sample documents.

bats_require_minimum_version 1.5.0
load setup

source=$BATS_TEST_DIRNAME/../..

setup_file() {
  cp -r "$BATS_TEST_DIRNAME/../../corpus/documents" "$BATS_FILE_TMPDIR/documents"
  lupe-index --quiet "$BATS_FILE_TMPDIR/documents"
}

setup() {
  cd "$BATS_FILE_TMPDIR/documents"
}

# Examples of a grammar page: lines that begin with two blanks, up to the next two blanks.
examples_of_help() {
  LC_ALL=$1 lupe --help-query | sed -nE 's/^  ([^ ].*)/\1/p' | sed -E 's/  .*//'
}

# Each example finds something, and nothing about it is odd.
run_examples() {
  local count=0 query
  while IFS= read -r query; do
    count=$((count + 1))
    echo "example: $query"
    lupe --strict-query -l -e "$query" >/dev/null
  done
  echo "$count examples"
  [ "$count" -ge "$1" ]
}

@test "every example of lupe --help-query finds something, in German and in English" {
  examples_of_help C.UTF-8 | run_examples 20
  examples_of_help de_DE.UTF-8 | run_examples 20
}

# The queries of a man page, without its markup.
examples_of_page() {
  sed -nE 's/^\.Dl \$ lupe -l (.*)/\1/p' "$source/doc/$1" | sed -e "s/^'//; s/'\$//" \
    -e 's/\\(ss/ß/g; s/\\(dq/"/g; s/\\(:u/ü/g; s/\\(:o/ö/g; s/\\(:a/ä/g; s/\\(sc/§/g; s/\\-/-/g; s/\\&//g'
}

@test "every query of lupe-query(7) finds something, in English and in German" {
  examples_of_page lupe-query.7 | run_examples 15
  examples_of_page lupe-query.de.7 | run_examples 15
}

@test "the German and the English page show the same queries" {
  fields='s/titel:/title:/; s/autor:/author:/; s/typ:/type:/; s/pfad:/path:/; s/jahr:/year:/; s/datum:/date:/'
  words='s/UND/AND/; s/ODER/OR/; s/NICHT/NOT/; s/NAHE/NEAR/'
  diff <(examples_of_help de_DE.UTF-8 | sed -e "$fields" -e "$words") <(examples_of_help C.UTF-8)
}

@test "every lupe command of the man page's EXAMPLES runs" {
  mkdir -p auswahl
  count=0
  while IFS= read -r command; do
    count=$((count + 1))
    echo "command: $command"
    bash -o pipefail -c "$command" >/dev/null
  done < <(sed -n '/^\.Sh EXAMPLES/,/^\.Sh DIAG/s/^\.Dl \$ //p' "$source/doc/lupe.1" |
    sed 's/\\(:a/ä/g; s/\\(:o/ö/g; s/\\(:u/ü/g; s/\\-/-/g')
  [ "$count" -ge 4 ]
}

@test "every query of the README runs" {
  count=0
  while IFS= read -r command; do
    count=$((count + 1))
    echo "command: $command"
    run bash -c "$command"
    [ "$status" -le 1 ]
    [[ $output != *'query, byte'* ]]
  done < <(sed -nE 's/^\$ (lupe -.*)/\1/p' "$source/README.md" | grep -v -- '--index')
  [ "$count" -ge 4 ]
}

@test "the answer in doc/json.md is the one that the query has, but for names and times" {
  lupe --json --limit 1 'Teilnehmerinnen Jobcenter' >"$BATS_TEST_TMPDIR/answer"
  python3 - "$source/doc/json.md" "$BATS_TEST_TMPDIR/answer" <<'END'
import json, sys
shown = open(sys.argv[1]).read().split("```json\n")[1].split("```")[0]
shown, real = json.loads(shown), json.load(open(sys.argv[2]))
for answer in shown, real:
    answer["index"] = sorted(answer["index"])
    answer["took_ms"] = 0
sys.exit(0 if shown == real else "doc/json.md shows\n%s\nnot\n%s" % (shown, real))
END
}
