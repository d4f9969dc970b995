#!/usr/bin/env bats
# What a program can still do behind each protection of lupe-extract, and behind all of them.

bats_require_minimum_version 1.5.0
load setup

setup() {
  cd "$BATS_TEST_TMPDIR"
  echo 'do not remove' >precious
  all=(no_new_privs landlock rlimits seccomp)
}

# done_without DEED...: without protections it is possible
done_without() {
  for deed; do
    run "$LUPE_TEST_ESCAPE" -- "$deed"
    [ "$status" -eq 1 ] || skip "this machine does not let a program do this anyway: $deed"
  done
}

# try DEED PROTECTION...: sets status; skips where the system has no such protection
try() {
  local deed=$1
  shift
  run "$LUPE_TEST_ESCAPE" "$@" -- "$deed"
  [ "$status" -ne 3 ] || skip "this system does not have all of: $*"
}

@test "what is shown of a file can go to a file" {
  printf '<p>Ein Absatz</p>' >"$BATS_TEST_TMPDIR/a.html"
  lupe-extract "$BATS_TEST_TMPDIR/a.html" >"$BATS_TEST_TMPDIR/a.out"
  grep -qx 'Ein Absatz' "$BATS_TEST_TMPDIR/a.out"
}

@test "of broken encodings the library of XML prints nothing" {
  printf '<?xml version="1.0" encoding="ISO-2022-JP"?><a>\377\033$B\377</a>' >word.xml
  PYTHONDONTWRITEBYTECODE=1 python3 -c 'import zipfile
with zipfile.ZipFile("a.epub", "w") as book: book.write("word.xml", "META-INF/container.xml")'
  run --separate-stderr lupe-extract a.epub
  [ "$status" -eq 1 ]
  [[ "$stderr" == "lupe-extract: a.epub: "* ]]
  [ "${#stderr_lines[@]}" -eq 1 ]
}

@test "no file can be read, made or removed" {
  done_without read write
  for deed in read write remove; do
    try "$deed" "${all[@]}"
    [ "$status" -eq 0 ] || [ "$status" -eq 159 ]
  done
  [ -e precious ]
}

@test "Landlock alone keeps files from being read, made or removed" {
  done_without read write
  for deed in read write remove; do
    try "$deed" no_new_privs landlock
    [ "$status" -eq 0 ]
  done
  [ -e precious ]
}

@test "the list of system calls alone does, too: looking for a file is refused, the rest ends it" {
  try read no_new_privs seccomp
  [ "$status" -eq 0 ]
  try write no_new_privs seccomp
  [ "$status" -eq 0 ]
  try remove no_new_privs seccomp
  [ "$status" -eq 159 ]
  [ -e precious ]
}

@test "limits alone keep anything from being written" {
  done_without write
  rm escaped
  run "$LUPE_TEST_ESCAPE" rlimits -- write
  [ "$status" -ne 1 ]
  [ ! -s escaped ]
}

@test "there is no network" {
  done_without online
  try online "${all[@]}"
  [ "$status" -eq 159 ]
}

@test "no program is run and no process made" {
  done_without fork
  for deed in exec fork; do
    try "$deed" "${all[@]}"
    [ "$status" -eq 159 ]
  done
}

@test "nothing in memory becomes code" {
  done_without code
  try code "${all[@]}"
  [ "$status" -eq 159 ]
}

@test "other processes are neither signalled nor looked into" {
  done_without signal
  for deed in signal ptrace; do
    try "$deed" "${all[@]}"
    [ "$status" -eq 159 ]
  done
}
