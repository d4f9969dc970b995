#!/usr/bin/env bats
# grep's letters, side by side with grep where both mean the same: words without inflections in
# plain text. Documents come ranked, so the lines of several are compared sorted.

load setup

bats_require_minimum_version 1.5.0

setup_file() {
  export CORPUS=$BATS_FILE_TMPDIR/corpus
  mkdir -p "$CORPUS"
  cd "$CORPUS" || return
  cat >zug.txt <<'END'
Zug um Zug

eins
Der Zug kommt.
zwei
drei
vier
Ein Zug, zwei Zug.
Noch ein Zug
fünf
sechs
END
  printf 'Bahn\n\nKein Zug da\nund\nkeine Bahn' >bahn.txt
  printf 'Bus\n\nNur der Bus.\n' >bus.txt
  lupe-index --quiet "$CORPUS"
}

setup() {
  cd "$CORPUS"
}

# same LUPE-ARGUMENTS -- GREP-ARGUMENTS: the same lines and status
same() {
  local -a ours=()
  while [ "$1" != -- ]; do
    ours+=("$1")
    shift
  done
  shift
  local status=0 expected_status=0
  lupe "${ours[@]}" >"$BATS_TEST_TMPDIR/ours" || status=$?
  grep -w -i "$@" >"$BATS_TEST_TMPDIR/grep" || expected_status=$?
  diff <(sort "$BATS_TEST_TMPDIR/grep") <(sort "$BATS_TEST_TMPDIR/ours")
  [ "$status" -eq "$expected_status" ]
}

# in_order LETTERS...: the same, line by line, in one file
in_order() {
  diff <(grep -w -i -H -n "$@" Zug zug.txt) <(lupe "$@" Zug zug.txt)
}

@test "a pipe gets path, line number and line" {
  same Zug -- -n Zug zug.txt bahn.txt bus.txt
  in_order
}

@test "documents come one after the other, the best first" {
  run lupe Zug
  [ "$(cut -d: -f1 <<<"$output" | uniq)" = "$(printf 'zug.txt\nbahn.txt')" ]
}

@test "nothing found is status 1 and no output" {
  run lupe Flugzeug
  [ "$status" -eq 1 ]
  [ "$output" = "" ]
}

@test "-l prints the paths of documents that match" {
  same -l Zug -- -l Zug zug.txt bahn.txt bus.txt
}

@test "-L prints the paths of those that do not" {
  run lupe -L Zug
  [ "$output" = bus.txt ]
  run lupe -L "Zug ODER Bus"
  [ "$output" = "" ]
}

@test "-L and -l of a form as written share the documents out" {
  run lupe -l =Bahn
  [ "$output" = bahn.txt ]
  run lupe -L =Bahn
  [ "$(sort <<<"$output")" = "$(printf 'bus.txt\nzug.txt')" ]
}

@test "-c counts matching lines of documents that have some" {
  run lupe -c Zug
  [ "$(sort <<<"$output")" = "$(printf 'bahn.txt:1\nzug.txt:4')" ]
  same -c Zug zug.txt -- -H -c Zug zug.txt
}

@test "-c goes with -m" {
  same -c -m 2 Zug zug.txt -- -H -c -m 2 Zug zug.txt
}

@test "-o prints every hit on a line of its own" {
  same -o Zug -- -n -o Zug zug.txt bahn.txt bus.txt
  in_order -o
}

@test "-o prints a phrase that goes over a line end on one line" {
  run lupe -o '"da und keine"'
  [ "$output" = "bahn.txt:3:da und keine" ]
}

@test "-m limits the matching lines of each document" {
  in_order -m 1
  in_order -m 3
  same -m 1 Zug -- -n -m 1 Zug zug.txt bahn.txt
}

@test "-m limits lines, not hits, of -o" {
  in_order -o -m 3
}

@test "-h leaves paths out and -H puts them back" {
  same -h Zug -- -h -n Zug zug.txt bahn.txt
  same -h -H Zug -- -n Zug zug.txt bahn.txt
  same -h -c Zug zug.txt -- -c Zug zug.txt
}

@test "-A prints lines behind" {
  in_order -A 1
  in_order -A 2
  in_order -A 100
}

@test "-B prints lines before" {
  in_order -B 1
  in_order -B 2
  in_order -B 100
}

@test "-C prints lines on both sides, groups apart by two dashes" {
  in_order -C 1
  in_order -C 2
  in_order -A 1 -B 2
}

@test "context goes with -m" {
  in_order -m 1 -A 2
  in_order -m 2 -C 1
}

@test "two dashes stand between the groups of two documents" {
  run lupe -C 1 Zug
  [ "$(grep -c '^--$' <<<"$output")" -eq 2 ]
  [[ ${lines[-1]} == bahn.txt-4-und ]]
}

@test "-Z puts a NUL behind each path" {
  run bash -c 'lupe -Z -l Zug | tr "\0" "@"'
  [ "$output" = "zug.txt@bahn.txt@" ]
  diff <(grep -w -i -H -n -Z Zug bahn.txt | tr '\0' @) <(lupe -Z Zug bahn.txt | tr '\0' @)
  diff <(grep -w -i -H -c -Z Zug bahn.txt | tr '\0' @) <(lupe -Z -c Zug bahn.txt | tr '\0' @)
}

@test "-q prints nothing, the status tells" {
  run lupe -q Zug
  [ "$status" -eq 0 ]
  [ "$output" = "" ]
  run lupe -q Flugzeug
  [ "$status" -eq 1 ]
  [ "$output" = "" ]
}

@test "-q is content with a hit beside an error" {
  run --separate-stderr lupe -q Zug nowhere zug.txt
  [ "$status" -eq 0 ]
  [ "$output" = "" ]
}

@test "-s keeps quiet about paths that are not in the index" {
  run lupe -s Zug nowhere zug.txt
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 4 ]
  run lupe -s Zug nowhere
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
}

@test "letters may be combined and stand behind operands" {
  same -lZ Zug -- -lZ Zug zug.txt bahn.txt
  same -hm1 Zug -- -hn -m1 Zug zug.txt bahn.txt
  same Zug zug.txt -c -- -H -c Zug zug.txt
  same -A1 Zug zug.txt -- -H -n -A1 Zug zug.txt
}

@test "-i, -n, -r and -e are taken as by grep" {
  same -inr Zug -- -inr Zug zug.txt bahn.txt
  same -e Zug -e Bus -- -n -e Zug -e Bus zug.txt bahn.txt bus.txt
}

@test "long names may be shortened" {
  same --files-with-m Zug -- -l Zug zug.txt bahn.txt
  same --max-count=1 Zug zug.txt -- -H -n --max-count=1 Zug zug.txt
}

@test "two dashes end the options" {
  run lupe -l -- -Zug
  [ "$output" = bus.txt ]
}

@test "--color=always paints path, number, separators and hits as grep does" {
  diff <(grep -w -i -H -n --color=always Zug zug.txt | sed 's/\x1b\[K//g') \
    <(lupe --color=always Zug zug.txt)
  diff <(grep -w -i -H -n -C1 --color=always Zug zug.txt | sed 's/\x1b\[K//g') \
    <(lupe -C1 --color=always Zug zug.txt)
}

@test "a pipe gets no colours unless they are asked for" {
  run lupe Zug
  [[ $output != *$'\e'* ]]
  run lupe --color=never Zug
  [[ $output != *$'\e'* ]]
  run lupe --colour Zug
  [[ $output == *$'\e[01;31mZug'* ]]
}

@test "--lines is the form for pipes anywhere" {
  diff <(lupe Zug) <(lupe --lines Zug)
}

@test "an unknown option or value is an error" {
  for arguments in "--nonsense Zug" "-y Zug" "-m x Zug" "-m -1 Zug" "--match=some Zug" "-A" \
    "--color=sometimes Zug" "--limit=1e3 Zug" "--b=2 Zug" "--k1=-1 Zug" ""; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr lupe $arguments
    [ "$status" -eq 2 ]
    [ "$output" = "" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
  done
}

@test "a reader that goes away ends lupe quietly" {
  for i in $(seq 3000); do echo "Zug $i"; done >"$BATS_TEST_TMPDIR/viel.txt"
  lupe-index --quiet --index "$BATS_TEST_TMPDIR/index" "$BATS_TEST_TMPDIR/viel.txt"
  run bash -c 'lupe --index "$0/index" Zug | head -n 1; echo "${PIPESTATUS[0]}"' "$BATS_TEST_TMPDIR"
  [ "${#lines[@]}" -eq 2 ]
  [ "${lines[1]}" -eq 141 ]
}

@test "a reader that goes away is an error where the signal is ignored" {
  for i in $(seq 3000); do echo "Zug $i"; done >"$BATS_TEST_TMPDIR/viel.txt"
  lupe-index --quiet --index "$BATS_TEST_TMPDIR/index" "$BATS_TEST_TMPDIR/viel.txt"
  run bash -c 'trap "" PIPE; lupe --index "$0/index" Zug | head -n 1; echo "${PIPESTATUS[0]}"' \
    "$BATS_TEST_TMPDIR"
  [ "${#lines[@]}" -eq 2 ]
  [ "${lines[1]}" -eq 2 ]
}

@test "a full disk is an error" {
  for form in -l -c --lines --json --pretty --trec --help --version; do
    run --separate-stderr bash -c 'lupe "$1" Zug >/dev/full' bash "$form"
    [ "$status" -eq 2 ]
    [ "$stderr" = "lupe: standard output: No space left on device" ]
  done
}

@test "a disk that fills up in the middle is an error" {
  for i in $(seq 3000); do echo "Zug $i"; done >"$BATS_TEST_TMPDIR/viel.txt"
  lupe-index --quiet --index "$BATS_TEST_TMPDIR/index" "$BATS_TEST_TMPDIR/viel.txt"
  run --separate-stderr bash -c 'lupe --index "$0/index" Zug >/dev/full' "$BATS_TEST_TMPDIR"
  [ "$status" -eq 2 ]
  [ "$stderr" = "lupe: standard output: No space left on device" ]
}
