#!/usr/bin/env bats
# What is not searchable and why, how much was read, and who may read what.

bats_require_minimum_version 1.5.0
load setup

setup() {
  cd "$BATS_TEST_TMPDIR"
  mkdir -p korpus
  printf 'Bericht über Kurse\n\nText über Integrationskurse.\n' >korpus/gut.txt
  printf '\n\n' >korpus/leer.txt
  printf 'a\0b\0c\0' >korpus/binaer.txt
  printf 'x' >korpus/bild.jpg
  printf 'x' >korpus/b2.JPG
  printf 'x' >korpus/ohne
  settle
}

settle() {
  find korpus -exec touch -h -d '2024-01-01 12:00' {} +
}

index() {
  run lupe-index -q "$@"
}

# value KEY: a value in the status, as Python prints it
value() {
  lupe-index status --json --index korpus/.lupe |
    python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"
}

# A group that is not the files' own.
other_group() {
  [ "$(id -u)" -eq 0 ] || skip 'only root can give files to another group'
  getent group games >/dev/null || skip 'no group games'
}

@test "a file that fails is named with reason, cause and date" {
  index korpus
  [ "$status" -eq 1 ]
  [ "$output" = 'lupe-index: binaer.txt: binary data, not text' ]
  run lupe-index failures --index korpus/.lupe
  [ "${lines[0]}" = "failed: binaer.txt: binary data, not text (since $(date -u +%F))" ]
  [ "${lines[1]}" = "no text: leer.txt (since $(date -u +%F))" ]
  [ "${#lines[@]}" -eq 2 ]
  lupe-index failures --json --index korpus/.lupe |
    python3 -c 'import json,sys
a, b = json.load(sys.stdin)["failures"]
assert a["cause"] == "damaged" and a["outcome"] == "failed", a
assert b["cause"] is None and b["outcome"] == "no text", b'
}

@test "a failed file is read again when it has changed, or when asked for" {
  index korpus
  index -v korpus
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
  index -v --retry-failed korpus
  [ "$status" -eq 0 ]
  [ "$(value failed)" = 1 ]
  printf 'Jetzt ein Text.\n' >korpus/binaer.txt
  index korpus
  [ "$(value failed)" = 0 ]
}

@test "--retry-failed reads what could not be read for another reason than its bytes" {
  rm korpus/binaer.txt
  PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$LUPE_SOURCE/tests/hostile python3 -c 'import samples, sys
sys.stdout.buffer.write(samples.sound_pdf())' >korpus/a.pdf
  settle
  LUPE_EXTRACT=$LUPE_TEST_HELPER index korpus
  [ "$status" -eq 1 ]
  [ "$output" = 'lupe-index: a.pdf: more than enough' ]
  [ "$(value limits_hit)" = 1 ]
  # Another lupe-extract reads it well, but is not asked to.
  index korpus
  [ "$status" -eq 0 ]
  [ "$(value failed)" = 1 ]
  index --retry-failed korpus
  [ "$status" -eq 0 ]
  [ "$(value failed)" = 0 ]
  [ "$(value pages)" = 3 ]
}

@test "status tells causes, bytes, types that are not read, and protections" {
  index korpus
  [ "$(value causes)" = "{'damaged': 1}" ]
  [ "$(value limits_hit)" = 0 ]
  [ "$(value other_types)" = "{'jpg': 2, '-': 1}" ]
  [ "$(value file_bytes)" -eq "$(cat korpus/*.txt | wc -c)" ]
  [[ $(value protections) == *seccomp* ]]
  run lupe-index status --index korpus/.lupe
  [[ $output == *$'\ncauses    1 damaged\n'* ]]
  [[ $output == *$'\nothers    jpg:2 -:1 (not read)\n'* ]]
  [[ $output == *$'\nsandbox   no_new_privs rlimits '* ]]
}

@test "a run over a part of the files does not change what is known of the others" {
  index korpus
  mkdir korpus/teil
  echo 'Ein Text.' >korpus/teil/a.txt
  index korpus/teil
  [ "$(value other_types)" = "{'jpg': 2, '-': 1}" ]
}

# ---- the helper ----

@test "where nothing protects from documents, they are not read; --no-sandbox reads them" {
  printf 'Ein Dokument.\n' >korpus/a.pdf
  settle
  cat >helper <<'END'
#!/bin/sh
# A lupe-extract on a system without protections: says hello with none.
printf 'h\2\0\0\0\2\0' >&3
exec sleep 10
END
  chmod +x helper
  LUPE_EXTRACT=$PWD/helper index korpus
  [ "$status" -eq 2 ]
  [[ $output == 'lupe-index: lupe-extract: this system has neither seccomp nor Landlock '*'--no-sandbox)' ]]
  LUPE_EXTRACT=$LUPE_TEST_HELPER index --no-sandbox korpus
  [ "$(value searchable)" = 2 ]
}

@test "without lupe-extract there is one line and no index; text needs none" {
  LUPE_EXTRACT=/nonexistent/x index korpus
  [ "$status" -eq 1 ]
  printf 'Ein Dokument.\n' >korpus/a.pdf
  LUPE_EXTRACT=/nonexistent/x index korpus
  [ "$status" -eq 2 ]
  [ "$output" = 'lupe-index: /nonexistent/x: No such file or directory' ]
}

# ---- permissions ----

@test "an index is its owner's, and so may hold what is private" {
  chmod 600 korpus/gut.txt
  index korpus
  [ "$(stat -c %a korpus/.lupe)" = 700 ]
  [ "$(value searchable)" = 1 ]
}

@test "--group gives the index to a group, and leaves out what the group may not read" {
  other_group
  printf 'Geheimes.\n' >korpus/geheim.txt
  printf 'Gemeinsames.\n' >korpus/gemeinsam.txt
  chmod 600 korpus/geheim.txt
  chmod 640 korpus/gemeinsam.txt
  chgrp games korpus/gemeinsam.txt
  settle
  index --group games korpus
  [ "$status" -eq 1 ]
  [[ $output == *'geheim.txt: not everybody who may read the index may read it'* ]]
  [ "$(value searchable)" = 2 ]
  [ "$(stat -c '%a %G' korpus/.lupe)" = '2750 games' ]
  ! find korpus/.lupe -mindepth 1 ! -name lock ! -perm -040 | grep .
  ! find korpus/.lupe -mindepth 1 ! -name lock ! -group games | grep .
  index korpus
  [ "$(value causes)" = "{'damaged': 1, 'private': 1}" ]
  ! find korpus/.lupe -mindepth 1 ! -name lock ! -perm -040 | grep .
  index --group games --allow-private --retry-failed korpus
  [ "$(value searchable)" = 3 ]
}

@test "a file that becomes private leaves the index of a group" {
  other_group
  index --group games korpus
  [ "$(value searchable)" = 1 ]
  chmod 600 korpus/gut.txt
  index korpus
  [ "$status" -eq 1 ]
  [ "$(value searchable)" = 0 ]
  chmod 644 korpus/gut.txt
  index korpus
  [ "$(value searchable)" = 1 ]
}

@test "a group that is not there is an error, and nothing is made" {
  index --group keine-solche-gruppe korpus
  [ "$status" -eq 2 ]
  [ ! -e korpus/.lupe ]
}
