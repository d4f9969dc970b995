#!/usr/bin/env bats
# lupe-index: what gets into the index, what is said about the rest, and what is never lost.

bats_require_minimum_version 1.5.0
load setup

setup() {
  cd "$BATS_TEST_TMPDIR"
  mkdir -p korpus/rat
  printf 'Bericht über Kurse\n\nText über Integrationskurse.\n' >korpus/bericht.txt
  printf -- '---\ntitle: Antrag\n---\n\n# Antrag\n\nDer Rat beschließt.\n' >korpus/rat/antrag.md
  printf 'Protokoll\n\nNiemand war da.\n' >korpus/rat/protokoll.txt
  settle
}

# Files that changed just now are read again by the next run; these did not.
settle() {
  find "${1:-korpus}" -exec touch -h -d '2024-01-01 12:00' {} +
}

# Enough text for several commits.
many_files() {
  numbers=$(seq -s ' ' 1 3000)
  for i in $(seq "$1"); do printf 'Titel %d\n\n%s\n' "$i" "$numbers" >"korpus/t$i.txt"; done
}

# Runs without the seconds at the end of the summary.
index() {
  run bash -c 'lupe-index "$@" 2>&1 | sed "s/ — .*//"; exit ${PIPESTATUS[0]}' lupe-index "$@"
}

# Runs lupe-index as somebody whom file permissions stop.
as_nobody() {
  if [ "$(id -u)" -ne 0 ]; then
    run lupe-index "$@"
  elif command -v setpriv >/dev/null; then
    chmod o+x "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR/test" "$BATS_TEST_TMPDIR"
    run setpriv --reuid=65534 --regid=65534 --clear-groups "$(command -v lupe-index)" "$@"
  else
    skip 'no setpriv'
  fi
}

paths_that_failed() {
  lupe-index failures --json --index "${1:-korpus/.lupe}" |
    python3 -c 'import json,sys
for f in json.load(sys.stdin)["failures"]: print(f["outcome"], f["path"], f["reason"], sep="|")'
}

# ---- first build and updates ----

@test "the first run makes an index beside the files" {
  index korpus
  [ "$status" -eq 0 ]
  [ "$output" = '3 files: 3 searchable, 0 without text, 0 failed; 3 new, 0 changed, 0 removed' ]
  [ -f korpus/.lupe/index ]
  [ ! -e korpus/.lupe/building ]
  lupe-index check --index korpus/.lupe
}

@test "the index folder is its owner's alone and marked as a cache" {
  umask 022
  lupe-index -q korpus
  [ "$(stat -c %a korpus/.lupe)" = 700 ]
  head -1 korpus/.lupe/CACHEDIR.TAG | grep -qx 'Signature: 8a477f597d28d172789f06886806bc55'
}

@test "a second run has nothing to do and writes nothing" {
  lupe-index -q korpus
  before=$(md5sum korpus/.lupe/gen-*/*)
  index korpus
  [ "$status" -eq 0 ]
  [ "$output" = '3 files: 3 searchable, 0 without text, 0 failed; unchanged' ]
  [ "$(md5sum korpus/.lupe/gen-*/*)" = "$before" ]
}

@test "without a path the index here or above is brought up to date" {
  lupe-index -q korpus
  cd korpus/rat
  index
  [ "$status" -eq 0 ]
  [ "$output" = '3 files: 3 searchable, 0 without text, 0 failed; unchanged' ]
}

@test "changed, new and removed files are counted" {
  lupe-index -q korpus
  echo 'Noch ein Satz.' >>korpus/bericht.txt
  echo 'Ganz neu.' >korpus/neu.md
  rm korpus/rat/protokoll.txt
  index korpus
  [ "$status" -eq 0 ]
  [ "$output" = '3 files: 3 searchable, 0 without text, 0 failed; 1 new, 1 changed, 1 removed' ]
  lupe-index check --index korpus/.lupe
}

@test "--verbose names new, changed and removed files" {
  lupe-index -q korpus
  echo 'Noch ein Satz.' >>korpus/bericht.txt
  echo 'Ganz neu.' >korpus/neu.md
  rm korpus/rat/protokoll.txt
  run --separate-stderr lupe-index -qv korpus
  [ "$output" = '' ]
  [ "$stderr" = $'changed bericht.txt\nnew neu.md\nremoved rat/protokoll.txt' ]
}

@test "a file that was only touched counts as unchanged" {
  lupe-index -q korpus
  touch -d '2024-02-02 12:00' korpus/bericht.txt
  index korpus
  [ "$output" = '3 files: 3 searchable, 0 without text, 0 failed; unchanged' ]
}

@test "a change within the same second and size is found" {
  touch korpus/bericht.txt
  lupe-index -q korpus
  stamp=$(stat -c %y korpus/bericht.txt)
  sed -i.old s/Kurse/Kulse/ korpus/bericht.txt && rm korpus/bericht.txt.old
  cat korpus/bericht.txt >korpus/x && cat korpus/x >korpus/bericht.txt && rm korpus/x
  touch -d "$stamp" korpus/bericht.txt
  index korpus
  [[ "$output" == *'0 new, 1 changed, 0 removed' ]]
}

@test "a moved file is found under its new name only" {
  lupe-index -q korpus
  mv korpus/rat/protokoll.txt korpus/rat/sitzung.txt
  index korpus
  [ "$output" = '3 files: 3 searchable, 0 without text, 0 failed; 0 new, 0 changed, 0 removed, 1 moved' ]
  [[ $(lupe --json --index korpus/.lupe Protokoll) == *'"total":{"documents":1,'*'"path":"rat/sitzung.txt"'* ]]
  lupe-index check --index korpus/.lupe
  [[ $(lupe-index status --json --index korpus/.lupe) == *'"new":0,"changed":0,"moved":1,"removed":0'* ]]
}

# Compares with an index made of the files as they are now; CONFIG for both is lupe.conf.
same_as_fresh() {
  lupe-index check --index index
  lupe-index -q --config lupe.conf --index fresh korpus || [ $? -eq 1 ]
  diff <(lupe-index dump --terms --index index) <(lupe-index dump --terms --index fresh)
  rm -r fresh
}

@test "a moved document is what it would be had it been read at its new place" {
  printf '[meta]\nrat/ = body: Stadtrat Lindenau\nneu/ = title: Neuer Titel, year: 2020\n' >lupe.conf
  mkdir -p korpus/viel/tief korpus/rat
  printf 'ein satz ohne titel, der klein anfängt.\nund ein zweiter.\n' >korpus/viel/tief/notiz-2019-05-14.txt
  printf 'noch ein satz, auch der ohne titel.\n' >korpus/viel/tief/ohne.txt
  printf 'ein satz mit einem datum im namen.\n' >korpus/viel/2018.txt
  printf 'Titel mit Datum\n\nLindenau, den 4. März 2019\n\nText.\n' >korpus/viel/brief.txt
  settle
  lupe-index -q --config lupe.conf --index index korpus
  mv korpus/viel/tief korpus/woanders
  mv korpus/woanders/ohne.txt korpus/woanders/mit-2021.txt
  mv korpus/viel/2018.txt korpus/viel/jahrlos.txt
  mkdir korpus/neu
  mv korpus/viel/brief.txt korpus/neu/
  mv korpus/bericht.txt korpus/rat/Bericht.txt
  index --config lupe.conf --index index korpus
  [[ "$output" == *'; 0 new, 0 changed, 0 removed, 5 moved' ]]
  same_as_fresh
}

@test "a moved file is read anew where a rule hid what it says itself" {
  printf '[meta]\nrat/ = body: Stadtrat Lindenau, year: 2019\n' >lupe.conf
  lupe-index -q --config lupe.conf --index index korpus
  mv korpus/rat korpus/kreis
  index --config lupe.conf --index index korpus
  [[ "$output" == *'; 2 new, 0 changed, 2 removed' ]]
  same_as_fresh
}

@test "a moved file is not read by a program again" {
  printf '[filter]\n.zeit = date "+Sekunde %%N"\n' >lupe.conf
  mkdir index && chmod 700 index && cp lupe.conf index/
  echo 1 >korpus/a.zeit
  lupe-index -q --index index korpus
  before=$(lupe-index dump --index index | grep -o '"text_hash":[^,]*')
  mkdir korpus/neu && mv korpus/a.zeit korpus/neu/b.zeit
  cp korpus/neu/b.zeit korpus/neu/c.zeit && rm korpus/neu/b.zeit # as from one disk to another
  index --index index korpus
  [[ "$output" == *'; 0 new, 0 changed, 0 removed, 1 moved' ]]
  [ "$(lupe-index dump --index index | grep -o '"text_hash":[^,]*' | sort)" = "$(sort <<<"$before")" ]
  lupe-index check --index index
}

@test "files without text, and those that fail, stay so when they are moved, and nothing is told" {
  : >korpus/leer.txt
  printf 'a\0b' >korpus/kaputt.txt
  settle
  lupe-index -q korpus || [ $? -eq 1 ]
  since=$(lupe-index failures --json --index korpus/.lupe | grep -o '"since":[^,]*')
  sleep 1
  mkdir korpus/neu && mv korpus/leer.txt korpus/kaputt.txt korpus/neu/
  index korpus
  [ "$status" -eq 0 ]
  [ "$output" = '5 files: 3 searchable, 1 without text, 1 failed; 0 new, 0 changed, 0 removed, 2 moved' ]
  [ "$(paths_that_failed)" = $'failed|neu/kaputt.txt|binary data, not text\nno text|neu/leer.txt|' ]
  [ "$(lupe-index failures --json --index korpus/.lupe | grep -o '"since":[^,]*')" = "$since" ]
  lupe-index check --index korpus/.lupe
}

@test "--dry-run and --verbose tell what was moved" {
  lupe-index -q korpus
  mv korpus/rat/protokoll.txt korpus/sitzung.txt
  run --separate-stderr lupe-index --dry-run -v korpus
  [ "$output" = 'nothing written; 0 new, 0 to be read again, 0 gone, 1 moved; 0.0 MB to read' ]
  [ "$stderr" = 'moved sitzung.txt: was rat/protokoll.txt' ]
  run --separate-stderr lupe-index -qv korpus
  [ "$stderr" = 'moved sitzung.txt: was rat/protokoll.txt' ]
}

@test "a file moved over another takes its place" {
  touch lupe.conf
  lupe-index -q --index index korpus
  mv korpus/bericht.txt korpus/rat/protokoll.txt
  index --index index korpus
  [[ "$output" == *'2 files: 2 searchable, '*'; 0 new, 0 changed, 0 removed, 1 moved' ]]
  same_as_fresh
}

@test "a copy of a file that stays is new, and a moved one of two copies goes once" {
  touch lupe.conf
  cp korpus/bericht.txt korpus/zwei.txt
  settle
  lupe-index -q --index index korpus
  cp korpus/zwei.txt korpus/drei.txt
  index --index index korpus
  [[ "$output" == *'; 1 new, 0 changed, 0 removed' ]]
  mv korpus/drei.txt korpus/rat/ && mv korpus/zwei.txt korpus/rat/ && cp korpus/bericht.txt korpus/rat/vier.txt
  index --index index korpus
  [[ "$output" == *'; 1 new, 0 changed, 0 removed, 2 moved' ]]
  same_as_fresh
}

@test "another file with the inode and time of one that is gone is not taken for it" {
  touch lupe.conf
  lupe-index -q --index index korpus
  mv korpus/rat/protokoll.txt korpus/rat/x.txt
  printf 'Protokoll\n\nNiemand war hie.\n' >korpus/rat/x.txt
  settle
  index --index index korpus
  [[ "$output" == *'; 1 new, 0 changed, 1 removed' ]]
  same_as_fresh
}

@test "an empty folder gives an empty index" {
  mkdir leer
  index leer
  [ "$status" -eq 0 ]
  [ "$output" = '0 files: 0 searchable, 0 without text, 0 failed; unchanged' ]
  index leer
  [ "$status" -eq 0 ]
}

@test "other types are counted, hidden files and links are not" {
  echo x >korpus/bild.png
  echo x >korpus/.versteckt.txt
  ln -s bericht.txt korpus/link.txt
  ln -s rat korpus/rat2
  index korpus
  [ "$output" = '3 files: 3 searchable, 0 without text, 0 failed; 3 new, 0 changed, 0 removed; 1 of other types not read' ]
}

@test "--exclude takes names, and paths with a slash" {
  index korpus --exclude 'ber*.txt' --exclude 'rat/*.md'
  [[ "$output" == '1 files: 1 searchable'* ]]
  index korpus --exclude rat
  [[ "$output" == '1 files: 1 searchable'*'; 1 new, 0 changed, 1 removed' ]]
}

@test "a FIFO is not waited for" {
  mkfifo korpus/rohr.txt
  run timeout 10 lupe-index -q korpus
  [ "$status" -eq 0 ]
}

@test "rebuild reads everything again and keeps the generation before" {
  lupe-index -q korpus
  old=$(ls -d korpus/.lupe/gen-*)
  index rebuild korpus
  [ "$status" -eq 0 ]
  [ "$output" = '3 files: 3 searchable, 0 without text, 0 failed; 3 new, 0 changed, 0 removed' ]
  [ "$(ls -d korpus/.lupe/gen-*)" != "$old" ]
  [ "$(ls -d korpus/.lupe/gen-* | wc -l)" -eq 2 ]
}

# ---- what cannot be read ----

@test "an unreadable file is reported once, counted always, and read when it can be" {
  chmod -R a+rwX korpus
  mkdir --mode=777 index
  chmod 000 korpus/rat/antrag.md
  [ "$(id -u)" -ne 0 ] || chown -R 65534 korpus index
  as_nobody -q --index index korpus
  [ "$status" -eq 1 ]
  [ "$output" = 'lupe-index: rat/antrag.md: Permission denied' ]
  as_nobody --index index
  [ "$status" -eq 0 ]
  [[ "$output" == '3 files: 2 searchable, 0 without text, 1 failed; unchanged'* ]]
  chmod 644 korpus/rat/antrag.md
  as_nobody --index index
  [ "$status" -eq 0 ]
  [[ "$output" == '3 files: 3 searchable, 0 without text, 0 failed; 0 new, 1 changed'* ]]
}

@test "a folder that cannot be read is reported and nothing of it is removed" {
  chmod -R a+rwX korpus
  mkdir --mode=777 index
  [ "$(id -u)" -ne 0 ] || chown -R 65534 korpus index
  as_nobody -q --index index korpus
  [ "$status" -eq 0 ]
  chmod 000 korpus/rat
  as_nobody --index index
  chmod 755 korpus/rat
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 'lupe-index: rat: Permission denied' ]
  [[ "${lines[1]}" == '4 files: 3 searchable, 0 without text, 1 failed; unchanged'* ]]
  as_nobody --index index
  [[ "$output" == '3 files: 3 searchable, 0 without text, 0 failed; unchanged'* ]]
}

@test "an empty file is without text" {
  : >korpus/leer.txt
  index korpus
  [ "$status" -eq 0 ]
  [[ "$output" == '4 files: 3 searchable, 1 without text, 0 failed;'* ]]
  [ "$(paths_that_failed)" = 'no text|leer.txt|' ]
}

@test "binary data is a failure, told once" {
  head -c 1000 /dev/zero >korpus/zahlen.txt
  run lupe-index -q korpus
  [ "$status" -eq 1 ]
  [ "$output" = 'lupe-index: zahlen.txt: binary data, not text' ]
  index korpus
  [ "$status" -eq 0 ]
  [[ "$output" == *'1 failed; unchanged' ]]
}

@test "a file that is mended is searchable again" {
  head -c 1000 /dev/zero >korpus/zahlen.txt
  lupe-index -q korpus || [ $? -eq 1 ]
  echo 'Jetzt Text.' >korpus/zahlen.txt
  index korpus
  [ "$status" -eq 0 ]
  [[ "$output" == '4 files: 4 searchable, 0 without text, 0 failed; 0 new, 1 changed, 0 removed' ]]
}

@test "bytes that are not UTF-8 are reported with their position" {
  printf 'äöüäöüäöüä \xff äöü\n' >korpus/defekt.txt
  lupe-index -q korpus
  [ "$(paths_that_failed)" = 'searchable|defekt.txt|1 byte was not UTF-8, at offset 21' ]
  run lupe-index failures --index korpus/.lupe
  [[ $output == 'searchable: defekt.txt: 1 byte was not UTF-8, at offset 21 (since '????-??-??')' ]]
}

@test "Windows-1252 is read and said so" {
  printf '\334ber F\366rderung f\374r Gro\337e\n' >korpus/alt.txt
  lupe-index -q korpus
  [ "$(paths_that_failed)" = 'searchable|alt.txt|read as Windows-1252' ]
}

@test "file names may be any bytes" {
  printf 'Eins\n' >"korpus/a"$'\n'"b.txt"
  printf 'Zwei\n' >"korpus/"$'\e[31m'"rot.txt"
  printf 'Drei\n' >"korpus/B"$'\xfc'"rger.txt"
  printf 'Vier\n' >'korpus/-q.txt'
  : >"korpus/leer"$'\n\x80'".txt"
  index korpus
  [ "$status" -eq 0 ]
  [[ "$output" == '8 files: 7 searchable, 1 without text, 0 failed;'* ]]
  run lupe-index failures --index korpus/.lupe
  [[ $output == 'no text: leer\x0A\x80.txt (since '????-??-??')' ]]
  lupe-index failures --json --index korpus/.lupe | grep -q '"path_b64":"bGVlcgqALnR4dA=="'
  run lupe-index -v rebuild korpus
  [[ "$output" == *'new a\x0Ab.txt'* ]]
  [[ "$output" == *'new \x1B[31mrot.txt'* ]]
  [[ "$output" == *'new B\xFCrger.txt'* ]]
  [[ "$output" != *$'\e'* ]]
}

@test "paths longer than a system call takes are read" {
  cd korpus
  name=$(printf 'o%.0s' {1..200})
  for i in {1..25}; do mkdir "$name" && cd "$name"; done
  echo 'Ganz unten.' >tief.txt
  cd "$BATS_TEST_TMPDIR"
  index korpus
  [ "$status" -eq 0 ]
  [[ "$output" == '4 files: 4 searchable'* ]]
  index korpus
  [ "$status" -eq 0 ]
}

# ---- what is never done by mistake ----

@test "a root that is gone loses nothing" {
  lupe-index -q --index index korpus
  mv korpus weg
  index --index index
  [ "$status" -eq 2 ]
  [ "$output" = "lupe-index: $PWD/korpus: not there any more; nothing removed (if that is right: --allow-mass-delete)" ]
  mv weg korpus
  index --index index
  [[ "$output" == '3 files: 3 searchable, 0 without text, 0 failed; unchanged' ]]
}

@test "a root that is empty loses nothing, unless told" {
  lupe-index -q --index index korpus
  rm -r korpus/*
  index --index index
  [ "$status" -eq 2 ]
  [ "$output" = "lupe-index: $PWD/korpus: empty, but files in it are indexed; nothing removed (if that is right: --allow-mass-delete)" ]
  index --index index --allow-mass-delete
  [ "$status" -eq 0 ]
  [[ "$output" == '0 files: 0 searchable, 0 without text, 0 failed; 0 new, 0 changed, 3 removed' ]]
}

@test "a root that is gone for good is forgotten when told" {
  mkdir zwei && echo Text >zwei/b.txt
  lupe-index -q --index index korpus zwei
  rm -r zwei
  index --index index --allow-mass-delete
  [ "$status" -eq 0 ]
  [[ "$output" == '3 files: 3 searchable, '*'0 new, 0 changed, 1 removed' ]]
  [ "$(lupe-index status --index index | grep -c ^root)" -eq 1 ]
}

@test "more than a fifth of the files gone is not believed" {
  for i in {1..40}; do echo "Text $i" >"korpus/t$i.txt"; done
  lupe-index -q korpus
  rm korpus/t1?.txt korpus/t2.txt korpus/t3.txt
  index korpus
  [ "$status" -eq 2 ]
  [ "$output" = 'lupe-index: 12 of 43 indexed files are gone; nothing removed (if that is right: --allow-mass-delete)' ]
  index korpus --allow-mass-delete
  [ "$status" -eq 0 ]
}

@test "a folder that was renamed is believed" {
  mkdir korpus/alt
  for i in {1..40}; do echo "Text $i" >"korpus/alt/t$i.txt"; done
  lupe-index -q korpus
  mv korpus/alt korpus/neu
  index korpus
  [ "$status" -eq 0 ]
  [[ "$output" == *'; 0 new, 0 changed, 0 removed, 40 moved' ]]
}

@test "two runs at a time: the second says who holds the lock, status 75" {
  lupe-index -q korpus
  exec 9<korpus/.lupe/lock
  flock 9
  index korpus
  [ "$status" -eq 75 ]
  [[ "$output" =~ ^'lupe-index: '.*'/korpus/.lupe: another run (pid '[0-9]+') holds the lock'$ ]]
}

@test "a build that was killed is continued" {
  many_files 300
  settle
  lupe-index -q korpus &
  pid=$!
  until [ -e korpus/.lupe/building/shard-0/iamglass ]; do sleep 0.01; done
  sleep 0.3
  kill -KILL $pid
  wait $pid || true
  [ ! -e korpus/.lupe/index ] || skip 'it was done before it could be killed'
  run lupe-index korpus
  [ "$status" -eq 0 ]
  [[ "$output" == '303 files: 303 searchable, 0 without text, 0 failed; '* ]]
  lupe-index check --index korpus/.lupe
}

@test "an interrupted build keeps what it has, status 130" {
  many_files 300
  settle
  # A background job of a shell ignores SIGINT; setpriv or env cannot undo that, python can.
  run python3 - <<'END'
import os, signal, subprocess, sys, time
p = subprocess.Popen(["lupe-index", "-q", "korpus"], stderr=subprocess.PIPE, text=True)
while p.poll() is None and not os.path.exists("korpus/.lupe/building/shard-0/iamglass"):
    time.sleep(0.005)
p.send_signal(signal.SIGINT)
print(p.communicate()[1], end="")
sys.exit(p.returncode)
END
  [ "$status" -eq 130 ]
  [ "$output" = 'lupe-index: interrupted; what was read is kept, the next run goes on' ]
  index korpus
  [ "$status" -eq 0 ]
  [[ "$output" == '303 files: 303 searchable, '* ]]
  lupe-index check --index korpus/.lupe
}

# ---- roots ----

@test "several folders need an index of their own, and further ones a label" {
  mkdir zwei && echo Text >zwei/b.txt
  index korpus zwei
  [ "$status" -eq 2 ]
  [ "$output" = 'lupe-index: several paths: say where the index goes with --index DIR' ]
  index --index index korpus zwei
  [ "$status" -eq 0 ]
  [[ "$output" == '4 files: 4 searchable'* ]]
  run lupe-index status --index index --json
  [[ "$output" == *'"roots":[{"location":"../korpus","label":""},{"location":"../zwei","label":"zwei"}],'* ]]
}

@test "labels are unique" {
  mkdir -p a/rat b/rat
  echo Text >a/rat/x.txt
  echo Text >b/rat/x.txt
  lupe-index -q --index index korpus a/rat b/rat
  run lupe-index status --index index
  [[ "$output" == *'../a/rat as rat~2'*'../b/rat as rat~3' ]]
  index --index index
  [[ "$output" == '5 files: 5 searchable, '*'unchanged' ]]
}

@test "a single file can be a root" {
  index --index index korpus/bericht.txt
  [ "$status" -eq 0 ]
  [[ "$output" == '1 files: 1 searchable'* ]]
  echo 'Mehr.' >>korpus/bericht.txt
  index --index index
  [[ "$output" == '1 files: 1 searchable, '*'0 new, 1 changed, 0 removed' ]]
}

@test "a path in a root brings up to date only that part" {
  lupe-index -q korpus
  echo 'Mehr.' >>korpus/bericht.txt
  echo 'Mehr.' >>korpus/rat/antrag.md
  rm korpus/rat/protokoll.txt
  index korpus/rat
  [ "$status" -eq 0 ]
  [ "$output" = '2 files: 2 searchable, 0 without text, 0 failed; 0 new, 1 changed, 1 removed' ]
  index korpus/bericht.txt
  [[ "$output" == *'0 new, 1 changed, 0 removed' ]]
}

@test "the index folder is not indexed, wherever it is" {
  mkdir korpus/index
  lupe-index -q --index korpus/index korpus
  echo 'Text' >korpus/index/notiz.txt
  index --index korpus/index
  [[ "$output" == '3 files: 3 searchable, '*'unchanged' ]]
}

@test "an index moves with its folder" {
  lupe-index -q korpus
  mv korpus woanders
  index woanders
  [ "$status" -eq 0 ]
  [ "$output" = '3 files: 3 searchable, 0 without text, 0 failed; unchanged' ]
}

# ---- mistakes ----

@test "a path that is not there is one line, and nothing is made" {
  index nirgends
  [ "$status" -eq 2 ]
  [ "$output" = 'lupe-index: nirgends: No such file or directory' ]
  index --index index nirgends
  [ "$status" -eq 2 ]
  [ "$output" = 'lupe-index: nirgends: No such file or directory' ]
  [ ! -e index ]
}

@test "a file is no index folder" {
  echo x >datei
  index --index datei korpus
  [ "$status" -eq 2 ]
  [ "$output" = "lupe-index: $PWD/datei: Not a directory" ]
  [ "$(cat datei)" = x ]
}

@test "a folder with other things in it does not become an index" {
  index --index korpus/rat korpus
  [ "$status" -eq 2 ]
  [ "$output" = "lupe-index: $PWD/korpus/rat: neither empty nor an index; the index needs a folder of its own" ]
  [ "$(ls -A korpus/rat)" = $'antrag.md\nprotokoll.txt' ]
}

@test "no index here is one line" {
  index
  [ "$status" -eq 2 ]
  [ "$output" = 'lupe-index: no index here or above; make one with: lupe-index FOLDER' ]
  index status --index nirgends
  [ "$status" -eq 2 ]
  [[ "$output" == 'lupe-index: '*'nirgends: no index in this folder; '* ]]
}

@test "an index of another schema is refused, and can be made anew" {
  lupe-index -q korpus
  sed -i 's/schema 3/schema 9/' korpus/.lupe/gen-*/postlist.glass
  before=$(md5sum korpus/.lupe/gen-*/* korpus/.lupe/index)
  index korpus
  [ "$status" -eq 2 ]
  [[ "$output" == 'lupe-index: '*'rebuild needed'* ]]
  [ "${#lines[@]}" -eq 1 ]
  [ "$(md5sum korpus/.lupe/gen-*/* korpus/.lupe/index)" = "$before" ]
  index rebuild --index korpus/.lupe
  [ "$status" -eq 2 ]
  [[ "$output" == *'name it: lupe-index rebuild PATH' ]]
  index rebuild korpus
  [ "$status" -eq 0 ]
  lupe-index check --index korpus/.lupe
}

@test "a damaged index is refused in one line" {
  lupe-index -q korpus
  yes | head -c 65536 >"$(echo korpus/.lupe/gen-*/postlist.glass)"
  index korpus
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 1 ]
  [[ "$output" == 'lupe-index: '*'rebuild'* ]]
}

@test "an index folder that cannot be written is one line" {
  chmod -R a+rX korpus
  mkdir --mode=755 index
  [ "$(id -u)" -eq 0 ] || chmod 555 index
  as_nobody --index index korpus
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 1 ]
  [[ "$output" == 'lupe-index: '*'index'*': Permission denied' ]]
}

@test "unknown options and words where none belong are usage errors" {
  index --nirgends
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 1 ]
  lupe-index -q korpus
  index status korpus
  [ "$status" -eq 2 ]
  [ "$output" = 'lupe-index: korpus: this command takes no path' ]
}

# ---- looking ----

@test "status tells counts, size and age" {
  : >korpus/leer.txt
  lupe-index -q korpus
  cd korpus
  run lupe-index status --json
  [ "$status" -eq 0 ]
  [[ "$output" == '{"schema":1,"index":"'*'/korpus/.lupe","built":"'*'","age_seconds":'*',"analyser":"de-1-'*'","files":4,"searchable":3,"no_text":1,"failed":0,"limits_hit":0,"bytes":'*',"file_bytes":'*',"pages":0,"causes":{},"other_types":{},"protections":["'*'"],"configuration":{"filters":{},"ocr":null,"error":null},"words_changed":false,"roots":[{"location":"..","label":""}],"last_run":{"finished":"'*'","seconds":'*',"exit":0,"new":4,"changed":0,"moved":0,"removed":0,"newly_failed":0,"error":null}}' ]]
  run lupe-index status
  [[ "$output" == *'files     4: 3 searchable, 1 without text, 0 failed'* ]]
}

@test "check finds a sound index sound and a damaged one damaged" {
  lupe-index -q korpus
  run lupe-index check --index korpus/.lupe
  [ "$status" -eq 0 ]
  [ "$output" = sound ]
  yes | head -c 8192 >"$(echo korpus/.lupe/gen-*/termlist.glass)"
  run lupe-index check --index korpus/.lupe
  [ "$status" -ne 0 ]
}

@test "whoever may only read an index can check it" {
  mkdir index
  lupe-index -q --index index korpus
  chmod -R a+rX index korpus && chmod a-w index index/gen-*
  as_nobody check --index index
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = 'lupe-index: without permission to write, the blocks of the tables were not checked; all that is in them was read' ]
  [ "${lines[1]}" = sound ]
  # a list of documents that names another document: as Xapian sees it, nothing is wrong
  python3 - index/gen-*/postlist.glass <<'END'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[data.rindex(b"\tprotokoll") + 12] ^= 1
open(sys.argv[1], "wb").write(data)
END
  as_nobody check --index index
  [ "$status" -eq 1 ]
  [[ "$output" == *'lists of documents'*damaged* ]]
  run --separate-stderr lupe-index check --index index
  [ "$status" -eq 1 ]
}

@test "checking an index read only waits for a run that writes" {
  mkdir index
  lupe-index -q --index index korpus
  chmod -R a+rX index && chmod a+r index/lock && chmod a-w index index/gen-*
  exec 9<index/lock
  flock 9
  as_nobody check --index index
  [ "$status" -eq 75 ]
}

@test "a letter that the disk changed in a stored text is noticed, by check and by a search" {
  mkdir kurz
  echo 'Der Brunnen am Markt.' >kurz/a.txt
  lupe-index -q kurz
  [ "$(lupe --index kurz/.lupe Brunnen)" = 'kurz/a.txt:1:Der Brunnen am Markt.' ]
  sed -i 's/Der Brunnen am Markt/Der Brunner am Markt/' kurz/.lupe/gen-*/postlist.glass
  run lupe --index kurz/.lupe Brunnen
  [ "$status" -eq 2 ]
  [[ "$output" == *'a stored value is not what it was'* ]]
  run lupe-index check --index kurz/.lupe
  [ "$status" -ne 0 ]
  [[ "$output" == *'a.txt'*'a stored value is not what it was'* ]]
}

@test "analyze --json prints a line for each word" {
  run lupe-index analyze --json 'Kurse in Ulm'
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = '{"surface":"Kurse","begin":0,"end":5,"position":1,"terms":[{"t":"kurse","kind":"exact"},{"t":"kurs","kind":"stem"}]}' ]
  [ "${#lines[@]}" -eq 3 ]
}

@test "analyze shows how a compound is split, and what the split and the whole cost" {
  run lupe-index analyze Sprachkurs
  [[ $output =~ "  (sprach|kurs "[0-9.]+" < "[0-9.]+" whole)"$ ]]
  run lupe-index analyze Rat
  [[ $output != *"("* ]]
  run lupe-index analyze --json Sprachkurs
  [[ $output == *'"split":{"parts":["sprach","kurs"],"cost":'*',"whole_cost":'* ]]
}

@test "analyze --json gives the place of a term that is not the whole word" {
  run lupe-index analyze --json 'die EU-Kurse'
  [[ "${lines[1]}" == '{"surface":"EU-Kurse","begin":4,"end":12,"position":2,"terms":['*'{"t":"kurs","kind":"stem","begin":7,"end":12}'* ]]
}

@test "analyze reads standard input, and words for people" {
  run bash -c "printf 'F\\366rderung' | lupe-index analyze"
  [ "$status" -eq 0 ]
  [[ "$output" == '1  Förderung  exact:förderung stem:'* ]]
}

@test "help and version" {
  run lupe-index --help
  [ "$status" -eq 0 ]
  [[ "$output" == 'Usage: lupe-index '* ]]
  run lupe-index --version
  [ "$status" -eq 0 ]
  [[ "$output" == 'lupe-index 0.'*'(Xapian 1.4.'* ]]
}
