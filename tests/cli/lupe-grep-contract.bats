#!/usr/bin/env bats
# lupe against GNU grep, on texts whose words have no other forms: what both promise, both do. Each
# row of the table is one invocation of each; what lupe does otherwise on purpose is below, and in
# lupe(1) under "Differences from grep".

bats_require_minimum_version 1.5.0
load setup
load corpus

setup_file() {
  export CORPUS=$BATS_FILE_TMPDIR/corpus
  mkdir -p "$CORPUS"
  cd "$CORPUS" || return
  put a.txt <<<$'Tim\nOslo Rom\n\neins zwei\nRom\ndrei\nvier\nRom und Oslo und Rom\nacht\nneun\nzehn\nelf\nOslo'
  put b.txt <<<$'Rom Kiew\nnull\nKiew'
  put sub/c.txt <<<$'Kiew\n\nnichts\nOslo'
  put sub/d.md <<<$'Paris'
  printf 'Kiew\nParis\n' >"$BATS_FILE_TMPDIR/patterns"
  lupe-index --quiet "$CORPUS"
}

setup() {
  cd "$CORPUS"
  PATTERNS=$BATS_FILE_TMPDIR/patterns
}

# The table: what lupe and grep are called with, how their outputs compare:
#   same    byte by byte
#   sorted  line by line, in any order: lupe's documents come ranked
#   quiet   neither prints anything
# grep is called as grep -rnwi (lupe -rnwi is the same as lupe); @ stands for the file of patterns.
table() {
  cat <<'END'
Rom | Rom | sorted
Kiew | Kiew | sorted
Nirgendwo | Nirgendwo | quiet
rom | rom | sorted
Rom a.txt | -H Rom a.txt | same
Rom a.txt b.txt | Rom a.txt b.txt | sorted
Kiew sub | Kiew sub | sorted
Paris sub/d.md | -H Paris sub/d.md | same
Paris a.txt | Paris a.txt | quiet
-e Rom -e Paris | -e Rom -e Paris | sorted
-e Kiew b.txt | -H -e Kiew b.txt | same
-f @ | -f @ | sorted
-f @ -e Tim | -f @ -e Tim | sorted
--regexp=Rom | --regexp=Rom | sorted
--file=@ | --file=@ | sorted
-i Rom | -i Rom | sorted
-n Rom | -n Rom | sorted
-r Rom | -r Rom | sorted
-F Rom | -F Rom | sorted
-w Rom | -w Rom | sorted
-l Rom | -l Rom | sorted
-l Nirgendwo | -l Nirgendwo | quiet
--files-with-matches Kiew | --files-with-matches Kiew | sorted
-l Oslo sub | -l Oslo sub | sorted
-L Rom | -L Rom | sorted
--files-without-match Kiew | --files-without-match Kiew | sorted
-L Oslo sub | -L Oslo sub | sorted
-q Rom | -q Rom | quiet
-q Nirgendwo | -q Nirgendwo | quiet
--quiet Rom a.txt | --quiet Rom a.txt | quiet
-o Rom a.txt | -oH Rom a.txt | same
-o Rom | -o Rom | sorted
--only-matching Oslo | --only-matching Oslo | sorted
-oh Rom a.txt | -oh Rom a.txt | same
-h Rom | -h Rom | sorted
--no-filename Kiew | --no-filename Kiew | sorted
-H Rom a.txt | -H Rom a.txt | same
--with-filename Rom b.txt | --with-filename Rom b.txt | same
-m1 Rom a.txt | -m1 -H Rom a.txt | same
-m 2 Rom a.txt | -m 2 -H Rom a.txt | same
-m1 Rom | -m1 Rom | sorted
--max-count=1 Kiew | --max-count=1 Kiew | sorted
-o -m1 Rom a.txt | -o -m1 -H Rom a.txt | same
-o -m3 Rom a.txt | -o -m3 -H Rom a.txt | same
-A1 Rom a.txt | -A1 -H Rom a.txt | same
-B1 Rom a.txt | -B1 -H Rom a.txt | same
-C1 Rom a.txt | -C1 -H Rom a.txt | same
-A2 -B1 Oslo a.txt | -A2 -B1 -H Oslo a.txt | same
-C5 Rom a.txt | -C5 -H Rom a.txt | same
-A9 Kiew b.txt | -A9 -H Kiew b.txt | same
--after-context=1 Oslo a.txt | --after-context=1 -H Oslo a.txt | same
--before-context=2 Oslo a.txt | --before-context=2 -H Oslo a.txt | same
--context=1 Kiew b.txt | --context=1 -H Kiew b.txt | same
-m1 -A3 Rom a.txt | -m1 -A3 -H Rom a.txt | same
-h -C1 Rom a.txt | -h -C1 Rom a.txt | same
-A0 Rom a.txt | -A0 -H Rom a.txt | same
-lZ Rom | -lZ Rom | sorted
-LZ Rom | -LZ Rom | sorted
-Z Rom a.txt | -Z -H Rom a.txt | same
-oZ Rom a.txt | -oZ -H Rom a.txt | same
--null -l Kiew | --null -l Kiew | sorted
-l --include=*.md Paris | -l --include=*.md Paris | sorted
-l --include=*.txt Rom | -l --include=*.txt Rom | sorted
-l --exclude=a* Rom | -l --exclude=a* Rom | sorted
-l --include=*.md Rom | -l --include=*.md Rom | quiet
-s Rom fehlt.txt | -s Rom fehlt.txt | quiet
-s Rom fehlt.txt b.txt | -s Rom fehlt.txt b.txt | same
Rom fehlt.txt | Rom fehlt.txt | quiet
Rom fehlt.txt b.txt | Rom fehlt.txt b.txt | same
-q Rom fehlt.txt b.txt | -q Rom fehlt.txt b.txt | quiet
-q Nirgendwo fehlt.txt b.txt | -q Nirgendwo fehlt.txt b.txt | quiet
--no-messages Rom fehlt.txt | --no-messages Rom fehlt.txt | quiet
--gibt-es-nicht Rom | --gibt-es-nicht Rom | quiet
-m viel Rom | -m viel Rom | quiet
-f fehlt.txt | -f fehlt.txt | quiet
--color=always Rom a.txt | --color=always -H Rom a.txt | same
--color=always -o Rom a.txt | --color=always -oH Rom a.txt | same
--color=always -C1 Rom a.txt | --color=always -C1 -H Rom a.txt | same
--color=always -l Kiew b.txt | --color=always -l Kiew b.txt | same
--color=never Rom a.txt | --color=never -H Rom a.txt | same
--colour=always Rom b.txt | --colour=always -H Rom b.txt | same
END
}

# call OUT PROGRAM ARGUMENT...: its output without "erase to the end of the line", its status behind
call() {
  local out=$1 status=0
  shift
  "$@" >"$out" 2>"$out.err" </dev/null || status=$?
  sed -i 's/\x1b\[K//g' "$out"
  echo "$status" >"$out.status"
}

compare() {
  local mine=$1 theirs=$2 how=$3 a=$BATS_TEST_TMPDIR/lupe b=$BATS_TEST_TMPDIR/grep
  local -a lupe_args grep_args
  read -ra lupe_args <<<"${mine//@/$PATTERNS}"
  read -ra grep_args <<<"${theirs//@/$PATTERNS}"
  set -f
  call "$a" lupe "${lupe_args[@]}"
  call "$b" grep -rnwi --exclude-dir=.lupe "${grep_args[@]}"
  set +f
  if [ "$how" = sorted ]; then
    for f in "$a" "$b"; do tr '\0' '\n' <"$f" | sort -o "$f"; done
  fi
  [ "$how" != quiet ] || { [ ! -s "$a" ] && [ ! -s "$b" ]; } || return 1
  cmp -s "$a" "$b" && cmp -s "$a.status" "$b.status" || return 1
  # both say something on standard error, or neither
  [ "$(wc -c <"$a.err" | sed 's/[1-9].*/1/')" = "$(wc -c <"$b.err" | sed 's/[1-9].*/1/')" ]
}

@test "lupe does what grep does, invocation by invocation" {
  failed=0 rows=0
  while IFS='|' read -r mine theirs how; do
    read -r how <<<"$how"
    rows=$((rows + 1))
    if ! compare "$mine" "$theirs" "$how"; then
      failed=$((failed + 1))
      echo "lupe $mine / grep $theirs"
      diff "$BATS_TEST_TMPDIR/lupe" "$BATS_TEST_TMPDIR/grep" || true
      head "$BATS_TEST_TMPDIR"/{lupe,grep}.{status,err}
    fi
  done < <(table)
  [ "$rows" -ge 60 ]
  [ "$failed" -eq 0 ]
}

@test "a broken pipe ends it quietly" {
  for _ in {1..20000}; do echo "Wien Zeile"; done >"$BATS_TEST_TMPDIR/viel.txt"
  lupe-index --quiet --index "$BATS_TEST_TMPDIR/i" "$BATS_TEST_TMPDIR/viel.txt"
  for form in -h -oh -c --kwic --csv --jsonl -Z; do
    lupe "$form" --index "$BATS_TEST_TMPDIR/i" Wien 2>"$BATS_TEST_TMPDIR/err" | head -n 1 >/dev/null
    [ ! -s "$BATS_TEST_TMPDIR/err" ]
  done
}

# ---- differences, as lupe(1) lists them ----

@test "difference: -c passes over documents without a hit" {
  run lupe -c Rom
  each a.txt:3 b.txt:1
  [ "$(grep -rwc --exclude-dir=.lupe Rom | grep -v ':0$' | sort)" = "$(sort <<<"$output")" ]
}

@test "difference: path and line number are always there" {
  run lupe Kiew b.txt
  [ "${lines[0]}" = "b.txt:1:Rom Kiew" ]
}

@test "difference: words of a query may stand in different lines" {
  run lupe -c 'Tim elf'
  [ "$output" = a.txt:2 ]
  run grep -rwc 'Tim elf' a.txt
  [ "$output" = 0 ]
}

@test "difference: of several forms the last one holds" {
  run lupe -l -c Kiew b.txt
  [ "$output" = b.txt:2 ]
}

@test "difference: -m 0 prints nothing but is no question that has the answer no" {
  run lupe -m 0 Rom
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
}

@test "difference: -v is refused" {
  run --separate-stderr lupe -v Rom
  [ "$status" -eq 2 ]
  [ "$output" = '' ]
}
