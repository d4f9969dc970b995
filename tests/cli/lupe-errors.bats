#!/usr/bin/env bats
# What can be wrong with an index: each time one clear line on standard error, status 2, nothing
# on standard output, and never a crash.

load setup
load corpus

bats_require_minimum_version 1.5.0

setup_file() {
  make_corpus
}

setup() {
  cp -r "$CORPUS" "$BATS_TEST_TMPDIR/k"
  cd "$BATS_TEST_TMPDIR/k"
}

# fails TEXT ARGUMENT...: `lupe ARGUMENT...` ends with status 2 and one line that holds TEXT
fails() {
  local text=$1
  shift
  run --separate-stderr lupe "$@"
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
  [ "${#stderr_lines[@]}" -eq 1 ]
  [[ $stderr == "lupe: "*"$text"* ]]
}

databases() {
  find .lupe -name '*.glass'
}

@test "no index anywhere" {
  cd /
  fails "no index here or above; make one with: lupe-index FOLDER" Haus
}

@test "an index folder that is not there" {
  fails "nowhere: no index in this folder" --index nowhere Haus
  LUPE_INDEX=nowhere fails "nowhere: no index in this folder" Haus
}

@test "an index folder that holds none" {
  fails "no index in this folder" --index rat Haus
}

@test "an index folder that is a file" {
  fails "rat/antrag.txt" --index rat/antrag.txt Haus
}

@test "an empty .lupe" {
  rm -r .lupe
  mkdir .lupe
  fails "no index in this folder" Haus
}

@test "a stub that is empty, long or nonsense" {
  for content in "" "nonsense" "glass ../../etc" "glass /etc" "remote :lupe x" "remote host x"; do
    printf '%s\n' "$content" >.lupe/index
    fails "/.lupe" Haus
  done
  head -c 3000000 /dev/zero >.lupe/index
  fails "/.lupe" Haus
}

@test "a database that is gone" {
  rm -r .lupe/gen-*
  fails "index is damaged" Haus
  [[ $stderr == *"rebuild needed"* ]]
}

@test "each file of the database cut short, emptied, or gone" {
  cp -r .lupe kept
  for file in $(databases); do
    for size in 0 1 100 4096; do
      rm -r .lupe
      cp -r kept .lupe
      truncate -s "$size" "$file"
      run --separate-stderr lupe --lines "Haus ODER Markt"
      # a cut behind the blocks in use does no harm
      [ "$status" -eq 2 ] || [ "$status" -eq 0 ]
      if [ "$status" -eq 2 ]; then
        [ "${#stderr_lines[@]}" -eq 1 ]
        [[ $stderr == "lupe: "* ]]
      fi
    done
    rm -r .lupe
    cp -r kept .lupe
    rm "$file"
    run --separate-stderr lupe --lines "Haus ODER Markt"
    # terms of documents are not needed; without positions nothing is shown
    [ "$status" -eq 2 ] || [[ $file == *termlist* || $file == *position* ]]
  done
}

@test "bytes overwritten anywhere end in an answer or an error, never in a crash" {
  cp -r .lupe kept
  for file in $(databases); do
    for seed in 1 2 3 4 5 6; do
      rm -r .lupe
      cp -r kept .lupe
      python3 - "$file" "$seed" <<'END'
import os, random, sys
path, seed = sys.argv[1], int(sys.argv[2])
random.seed(path.rsplit("/", 1)[1] + str(seed))
size = os.path.getsize(path)
with open(path, "r+b") as f:
    for _ in range(4 ** (seed % 4)):
        f.seek(random.randrange(size) if size else 0)
        f.write(bytes([random.randrange(256)]))
END
      for form in --lines --json; do
        run --separate-stderr timeout 20 lupe "$form" 'Haus ODER "der Stadt" ODER =Kurs'
        [ "$status" -le 2 ]
        if [ "$status" -eq 2 ]; then
          [[ ${stderr_lines[-1]} == "lupe: "* ]]
        fi
      done
    done
  done
}

# patch_manifest FROM TO: changes the index's manifest in the database, both of one length
patch_manifest() {
  python3 - "$1" "$2" <<'END'
import glob, sys
old, new = (s.encode() for s in sys.argv[1:])
assert len(old) == len(new)
found = False
for path in glob.glob(".lupe/gen-*/postlist.glass"):
    data = open(path, "rb").read()
    found = found or old in data
    open(path, "wb").write(data.replace(old, new))
assert found
END
}

@test "an index of another schema" {
  patch_manifest "schema 3" "schema 9"
  fails "schema 9" Haus
  [[ $stderr == *"rebuild needed"* ]]
}

@test "an index of another analyser" {
  patch_manifest "analyser de-1" "analyser de-0"
  fails "made with analyser de-0" Haus
  [[ $stderr == *"rebuild needed"* ]]
}

@test "an index whose manifest is damaged" {
  patch_manifest "searchable 4" "searchable x"
  fails "index is damaged" Haus
}

@test "--json tells all of these as objects" {
  patch_manifest "schema 3" "schema 9"
  run --separate-stderr lupe --json Haus
  [ "$status" -eq 2 ]
  [[ $output == '{"schema":1,'*'"code":"index_version"'* ]]
  rm -r .lupe/gen-*
  run --separate-stderr lupe --json Haus
  [[ $output == *'"code":"index_damaged"'* ]]
}

# as_nobody ARGUMENT...: runs lupe as somebody whom file permissions stop
as_nobody() {
  if [ "$(id -u)" -ne 0 ]; then
    run --separate-stderr lupe "$@"
  elif command -v setpriv >/dev/null; then
    chmod o+x "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR/test" "$BATS_TEST_TMPDIR"
    run --separate-stderr setpriv --reuid=65534 --regid=65534 --clear-groups \
      "$(command -v lupe)" "$@"
  else
    skip 'no setpriv'
  fi
}

@test "an index that the user may not read" {
  chmod 0 .lupe/index
  as_nobody --index "$PWD/.lupe" Haus
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
  [ "${#stderr_lines[@]}" -eq 1 ]
  [[ $stderr == "lupe: "*[Pp]"ermission denied"* ]]
}

@test "a database that the user may not read" {
  chmod 755 .lupe
  chmod 644 .lupe/index
  chmod 0 .lupe/gen-*
  as_nobody --index "$PWD/.lupe" Haus
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
  [ "${#stderr_lines[@]}" -eq 1 ]
  [[ $stderr == "lupe: "*[Pp]"ermission denied"* ]]
}

@test "an index found above that belongs to somebody else" {
  [ "$(id -u)" -eq 0 ] || skip 'needs root'
  chown -R 65533:65533 .lupe
  fails "belongs to another user" Haus
  run lupe --index .lupe -l Haus
  [ "$status" -eq 0 ]
}

@test "a working folder that was removed" {
  mkdir gone
  cd gone
  rmdir ../gone
  run --separate-stderr lupe Haus
  [ "$status" -eq 2 ]
  [ "${#stderr_lines[@]}" -eq 1 ]
  run --separate-stderr lupe --index "$BATS_TEST_TMPDIR/k/.lupe" -l Markt
  [ "$status" -eq 0 ]
  [ -e "$output" ]
}

@test "a file of queries that is not there, a folder, or too long" {
  fails "nowhere" -f nowhere
  fails "rat" -f rat
  truncate -s 20M long
  fails "long" -f long
  fails "nowhere" --trec --queries nowhere
}

@test "an empty index is searched and found empty" {
  mkdir "$BATS_TEST_TMPDIR/leer"
  lupe-index --quiet "$BATS_TEST_TMPDIR/leer"
  cd "$BATS_TEST_TMPDIR/leer"
  run --separate-stderr lupe Haus
  [ "$status" -eq 1 ]
  [ "$output$stderr" = "" ]
}
