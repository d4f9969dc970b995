#!/usr/bin/env bats
# Odd queries: never a crash, never an error for what is in them.

bats_require_minimum_version 1.5.0
load setup
load corpus

setup_file() { make_corpus; }
setup() { cd "$CORPUS"; }

# Pieces that are put side by side in all pairs.
pieces=('UND' 'ODER' 'NICHT' 'NAHE/3' 'NEAR' '"' '„' '(' ')' '*' '**' '?' '-' '--' '=' '="' ':' '§' '§§ 1 bis' 'titel:'
  'jahr:' 'jahr:..' 'pfad:[' 'typ:x' 'https://a.b/?c=*&d=(e)' 'Migrant*innen' '*kurs*' 'a*' '😀' '👩‍👩‍👧' 'שלום' '‮abc' 'é' '\'
  '%s%n' "$(printf '\t')" '0' '1e999' 'Kurs' '<b>' '&amp;' '../..' '$(id)' ';' '|' '[a-z' '{1,' '0x00' 'ﬁ' 'ß' 'ǅ')

@test "two thousand odd queries end with 0 or 1 and no message about syntax" {
  local file=$BATS_TEST_TMPDIR/odd
  local count=0 first second
  for first in "${pieces[@]}"; do
    for second in "${pieces[@]}"; do
      printf '%s\t%s %s%s\n' "q$count" "$first" "$second" "$second"
      count=$((count + 1))
    done
  done >"$file"
  [ "$(wc -l <"$file")" -gt 2000 ]
  run lupe --queries "$file" --trec
  [ "$status" -le 1 ]
  [[ $output != *rror* ]]
}

@test "each piece alone is a query, by itself and thrice" {
  local piece status_of
  for piece in "${pieces[@]}"; do
    for query in "$piece" "$piece$piece$piece" "$piece Kurs" "(Kurs $piece"; do
      echo "query: $query"
      status_of=0
      lupe -q --spell=off -e "$query" 2>"$BATS_TEST_TMPDIR/stderr" || status_of=$?
      # 2 is for queries without any word
      [ "$status_of" -le 1 ] || grep -q 'holds no word' "$BATS_TEST_TMPDIR/stderr"
    done
  done
}

@test "expressions of -E are compiled or refused with a message, and those that run wild are stopped" {
  local piece status_of
  for piece in "${pieces[@]}" '(a+)+$' '(?=' '\C' '(*LIMIT_MATCH=1)a' '[[:foo:]]' '(.*)*Kurs(.*)*(.*)*x'; do
    echo "expression: $piece"
    status_of=0
    timeout 20 lupe -E -q -e "$piece" 2>"$BATS_TEST_TMPDIR/stderr" || status_of=$?
    [ "$status_of" -le 2 ]
    [ "$status_of" -le 1 ] || grep -q '^lupe: ' "$BATS_TEST_TMPDIR/stderr"
  done
}

@test "a megabyte of text is a query" {
  head -c 1000000 /dev/zero | tr '\0' 'a' >"$BATS_TEST_TMPDIR/word"
  run -1 lupe -q --spell=off -f "$BATS_TEST_TMPDIR/word"
  yes 'Kurs Amt (' | head -c 30000 | tr '\n' ' ' >"$BATS_TEST_TMPDIR/words"
  run lupe -q --spell=off -f "$BATS_TEST_TMPDIR/words"
  [[ $output == *'at most'* || $status -le 1 ]]
  head -c 1000000 /dev/zero | tr '\0' '(' >"$BATS_TEST_TMPDIR/parentheses"
  run lupe -q --spell=off -f "$BATS_TEST_TMPDIR/parentheses"
  [ "$status" -le 2 ]
}

@test "NULs and bytes that are no UTF-8 in a file of queries are survived" {
  printf 'Kurs\0Amt\nKurs \xff\xfe\n\0\n' >"$BATS_TEST_TMPDIR/nul"
  run -0 lupe -q --spell=off -f "$BATS_TEST_TMPDIR/nul"
}

@test "a kind of oddity is told once" {
  run --separate-stderr lupe -l --spell=off "((((((((((Kurs UND) UND)"
  [ "$status" -le 1 ]
  [ "$(wc -l <<<"$stderr")" -eq 2 ]
}

@test "--strict-query shows a caret below the place, counted in letters" {
  run -2 --separate-stderr lupe --strict-query 'Bürgermeister Kurs ODER'
  [ "${stderr_lines[0]}" = 'lupe: query, byte 20: operator without a word beside it, searched as a word' ]
  [ "${stderr_lines[1]}" = '  Bürgermeister Kurs ODER' ]
  [ "${stderr_lines[2]}" = '                     ^' ]
  [ "${#stderr_lines[@]}" -eq 3 ]
}
