#!/usr/bin/env bats
# lupe-index as cron runs it: what it reads, what it says, whom it waits for, what it can take back.

bats_require_minimum_version 1.5.0
load setup

setup() {
  cd "$BATS_TEST_TMPDIR"
  mkdir -p korpus/rat
  printf 'Bericht über Kurse\n\nText.\n' >korpus/bericht.txt
  printf '# Antrag\n\nDer Rat beschließt.\n' >korpus/rat/antrag.md
  printf 'Protokoll\n\nNiemand war da.\n' >korpus/rat/protokoll.txt
  settle
}

settle() {
  find "${1:-korpus}" -exec touch -h -d '2024-01-01 12:00' {} +
}

# indexed PATH...: the index has just these files
indexed() {
  diff <(printf '%s\n' "$@" | sort) <(lupe-index dump --index "${INDEX:-korpus/.lupe}" | sed 1d |
    python3 -c 'import json,sys
for line in sys.stdin: print(json.loads(line)["path"])' | sort)
}

generation() {
  sed -n 's/^glass //p' "${1:-korpus/.lupe}/index"
}

# ---- which files ----

@test "patterns are remembered, and the next ones take their place" {
  lupe-index -q korpus --exclude 'prot*' --exclude '/bericht.txt'
  indexed rat/antrag.md
  lupe-index -q korpus
  indexed rat/antrag.md
  lupe-index -q korpus --exclude '*.md'
  indexed bericht.txt rat/protokoll.txt
  lupe-index -q rebuild --index korpus/.lupe
  indexed bericht.txt rat/protokoll.txt
  lupe-index -q korpus --exclude ''
  indexed bericht.txt rat/antrag.md rat/protokoll.txt
}

@test "--include reads no others" {
  lupe-index -q korpus --include '*.md' --include 'bericht*'
  indexed bericht.txt rat/antrag.md
  lupe-index -q korpus --include '' --exclude rat/
  indexed bericht.txt
}

@test "hidden files are read when asked for, but no index" {
  mkdir -p korpus/.amt korpus/tief/.lupe
  echo Text | tee korpus/.amt/a.txt korpus/.b.txt korpus/tief/.lupe/c.txt >/dev/null
  lupe-index -q korpus --hidden
  indexed .amt/a.txt .b.txt bericht.txt rat/antrag.md rat/protokoll.txt
  lupe-index -q korpus --hidden=no
  indexed bericht.txt rat/antrag.md rat/protokoll.txt
  run lupe-index korpus --hidden=vielleicht
  [ "$status" -eq 2 ]
}

@test "symbolic links are followed when asked for, and never in a circle" {
  mkdir anderswo
  echo Text >anderswo/fern.txt
  ln -s ../anderswo korpus/link
  ln -s ../bericht.txt korpus/rat/verweis.txt
  ln -s .. korpus/rat/kreis
  ln -s nirgends korpus/tot.txt
  lupe-index -q korpus
  indexed bericht.txt rat/antrag.md rat/protokoll.txt
  lupe-index -q korpus --follow
  indexed bericht.txt rat/antrag.md rat/protokoll.txt link/fern.txt rat/verweis.txt
  [ "$(lupe --index korpus/.lupe -l Text | wc -l)" -ge 2 ]
  lupe-index -q korpus --follow=no
  indexed bericht.txt rat/antrag.md rat/protokoll.txt
}

@test "-x leaves out what is mounted below a root" {
  mkdir korpus/platte
  mount -t tmpfs none korpus/platte 2>/dev/null || skip 'may not mount'
  echo Text >korpus/platte/c.txt
  lupe-index -q korpus || true
  indexed bericht.txt rat/antrag.md rat/protokoll.txt platte/c.txt
  lupe-index -q korpus -x
  umount korpus/platte
  indexed bericht.txt rat/antrag.md rat/protokoll.txt
}

@test ".lupeignore: names, paths, folders, exceptions, and the deepest list decides" {
  mkdir -p korpus/alt/neu korpus/rat/entwurf korpus/tief/a/b/c
  for f in alt/x.txt alt/neu/y.txt rat/entwurf/z.md rat/a.tmp.txt tief/a/b/c/t.txt tief/t.txt 'x#.txt'; do
    echo Text >"korpus/$f"
  done
  printf '%s\n' '# Kommentar' '' '*.tmp.txt' '/alt/' 'entwurf/' '!wichtig.txt' 'tief/**/t.txt' '\#*' \
    'x\#.txt  ' 'prot*' >korpus/.lupeignore
  printf '!protokoll.txt\n' >korpus/rat/.lupeignore
  lupe-index -q korpus
  indexed bericht.txt rat/antrag.md rat/protokoll.txt
  : >korpus/.lupeignore
  lupe-index -q korpus
  [ "$(lupe-index dump --index korpus/.lupe | wc -l)" -eq 11 ]
}

@test ".lupeignore means what .gitignore means" {
  command -v git >/dev/null || skip 'no git'
  mkdir g && cd g && git init -q .
  printf '%s\n' 'a*.txt' '!ab.txt' 'd/' '/e.txt' 'f/g.txt' '**/h.txt' 'i/**' 'j/**/k.txt' 'l[0-9].txt' \
    'm?.txt' '!/n/' 'n/o' '\!p.txt' 'q.txt\ ' 'r.txt ' 's/**/' '/t*/u' 'v/*' '!v/w.txt' 'l[!x]y.txt' >.gitignore
  cp .gitignore .lupeignore
  for p in a.txt ab.txt b.txt x/a1.txt x/ab.txt d/b.txt x/d/b.txt e.txt x/e.txt f/g.txt x/f/g.txt h.txt \
    x/y/h.txt i/b.txt i/x/b.txt j/k.txt j/x/k.txt j/x/y/k.txt l1.txt lx.txt m1.txt m12.txt n/o/b.txt n/b.txt \
    '!p.txt' 'q.txt ' r.txt s/x/b.txt s/b.txt t1/u/b.txt x/t1/u/b.txt v/b.txt v/w.txt v/x/w.txt l5y.txt lxy.txt; do
    mkdir -p "$(dirname "$p")" && echo Text >"$p"
  done
  lupe-index -q .
  INDEX=.lupe
  mapfile -t wanted < <(git ls-files --others --exclude-standard | grep '\.txt$' | grep -v '^\.lupe')
  [ "${#wanted[@]}" -gt 10 ]
  indexed "${wanted[@]}"
}

@test "a path inside a root obeys the lists above it" {
  echo 'rat/prot*' >korpus/.lupeignore
  lupe-index -q korpus
  echo neu >>korpus/rat/antrag.md
  lupe-index -q korpus/rat
  indexed bericht.txt rat/antrag.md
  lupe-index -q korpus/rat/protokoll.txt
  indexed bericht.txt rat/antrag.md
}

@test "a list that cannot be read hides its folder, and says so" {
  mkdir korpus/rat/.lupeignore
  run lupe-index -q korpus
  [ "$status" -eq 1 ]
  [[ "$output" == 'lupe-index: rat: '* ]]
  lupe --index korpus/.lupe -q Bericht
}

# ---- which index ----

@test "\$LUPE_INDEX is where a path goes" {
  LUPE_INDEX=$PWD/dort lupe-index -q korpus
  [ -e dort/index ]
  [ ! -e korpus/.lupe ]
  LUPE_INDEX=$PWD/dort lupe-index -q --index hier korpus
  [ -e hier/index ]
}

@test "a first build that was stopped needs no path again" {
  numbers=$(seq -s ' ' 1 3000)
  for i in $(seq 150); do printf 'Titel %d\n\n%s\n' "$i" "$numbers" >"korpus/t$i.txt"; done
  settle
  lupe-index -q --index x korpus --exclude '*.md' &
  pid=$!
  until [ -e x/building/shard-0/iamglass ]; do sleep 0.01; done
  sleep 0.3
  kill -KILL $pid 2>/dev/null || true
  wait $pid || true
  [ ! -e x/index ] || skip 'it was done before it could be killed'
  lupe-index -q --index x
  lupe-index check --index x
  [ "$(lupe-index dump --index x | wc -l)" -eq 153 ]
}

@test "a rebuild that was killed is gone on with by the next run" {
  numbers=$(seq -s ' ' 1 3000)
  lupe-index -q --index x korpus
  for i in $(seq 150); do printf 'Titel %d\n\n%s\n' "$i" "$numbers" >"korpus/t$i.txt"; done
  settle
  before=$(generation x)
  lupe-index -q rebuild --index x &
  pid=$!
  until [ -e x/building/shard-0/iamglass ]; do sleep 0.01; done
  sleep 0.2
  kill -KILL $pid 2>/dev/null || true
  wait $pid || true
  [ "$(generation x)" = "$before" ] || skip 'it was done before it could be killed'
  lupe-index -q --index x
  [ "$(generation x)" != "$before" ]
  [ ! -e x/building ]
  lupe-index check --index x
}

# ---- one at a time ----

@test "--wait waits for the lock, for as long as told" {
  lupe-index -q korpus
  (
    flock 9
    sleep 1.5
  ) 9<korpus/.lupe/lock &
  sleep 0.2
  run lupe-index -q --wait=0.3 korpus
  [ "$status" -eq 75 ]
  run lupe-index -q --wait korpus
  [ "$status" -eq 0 ]
  wait
}

@test "the lock dies with its holder" {
  lupe-index -q korpus
  flock korpus/.lupe/lock sleep 30 &
  pid=$!
  sleep 0.3
  run lupe-index -q korpus
  [ "$status" -eq 75 ]
  pkill -KILL -P $pid || true
  kill -KILL $pid 2>/dev/null || true
  wait $pid || true
  lupe-index -q --wait=5 korpus
}

# ---- what is said ----

@test "--dry-run tells, and touches nothing" {
  run lupe-index --dry-run korpus
  [ "$status" -eq 0 ]
  [[ "$output" == 'nothing written; 3 new, 0 to be read again, 0 gone; '* ]]
  [ ! -e korpus/.lupe ]
  lupe-index -q korpus
  rm korpus/bericht.txt
  echo neu >>korpus/rat/antrag.md
  echo neu >korpus/c.txt
  before=$(md5sum korpus/.lupe/gen-*/* korpus/.lupe/last-run)
  run lupe-index --dry-run -v korpus
  [ "$status" -eq 0 ]
  diff - <(printf '%s\n' "${lines[@]}" | sort) <<'END'
gone bericht.txt
new c.txt
nothing written; 1 new, 1 to be read again, 1 gone; 0.0 MB to read
to be read rat/antrag.md
END
  [ "$(md5sum korpus/.lupe/gen-*/* korpus/.lupe/last-run)" = "$before" ]
  run lupe-index --dry-run rebuild --index korpus/.lupe
  [[ "$output" == 'nothing written; 3 new, '* ]]
}

@test "--cron is silent unless something is newly wrong" {
  run lupe-index --cron --index index korpus
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
  printf 'a\0b' >korpus/kaputt.txt
  run lupe-index --cron --index index korpus
  [ "$status" -eq 1 ]
  [ "$output" = 'lupe-index: kaputt.txt: binary data, not text' ]
  run lupe-index --cron --index index korpus
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
  run lupe-index --cron rebuild --index index
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
  mv korpus weg
  run lupe-index --cron --index index
  [ "$status" -eq 2 ]
  [[ "$output" == *'not there any more'* ]]
  run lupe-index --cron --index index
  [ "$status" -eq 2 ]
  [ "$output" = '' ]
  run lupe-index --index index
  [ "$status" -eq 2 ]
  [[ "$output" == *'not there any more'* ]]
  exec 9<index/lock
  flock 9
  run lupe-index --cron --index index
  [ "$status" -eq 75 ]
  [ "$output" = '' ]
}

@test "--cron tells a mistake in lupe.conf once, until there is another" {
  mkdir -m 700 index
  lupe-index -q --index index korpus
  printf '[filter]\n.x = gibt-es-nicht\n' >index/lupe.conf
  run lupe-index --cron --index index
  [ "$status" -eq 2 ]
  [[ $output == *'lupe.conf:2: '*'no such program'* ]]
  run lupe-index --cron --index index
  [ "$status" -eq 2 ]
  [ "$output" = '' ]
  [[ $(lupe-index status --index index) == *'exit status 2'* ]]
  printf '[unsinn]\na = b\n' >index/lupe.conf
  run lupe-index --cron --index index
  [[ $output == *'no such section'* ]]
  rm index/lupe.conf
  run lupe-index --cron --index index
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
}

@test "--log keeps a line for each run" {
  lupe-index --cron --log lauf.log korpus
  lupe-index -q --log lauf.log --index nirgends/x korpus 2>/dev/null || true
  echo neu >korpus/c.txt
  lupe-index --cron --log lauf.log korpus
  time='20[0-9-]{8}T[0-9:]{8}Z'
  sed -n 1p lauf.log | grep -Ex "$time exit 0: 3 files: 3 searchable, 0 without text, 0 failed; 3 new, .* — .* s"
  sed -n 2p lauf.log | grep -Ex "$time exit 2: .*nirgends.*"
  sed -n 3p lauf.log | grep -Ex "$time exit 0: 4 files: .*; 1 new, 0 changed, 0 removed.*"
  run lupe-index -q --log /nirgends/x korpus
  [ "$status" -eq 0 ]
  [[ "$output" == 'lupe-index: /nirgends/x: '* ]]
}

@test "status knows the last run" {
  lupe-index -q --index index korpus
  echo neu >korpus/c.txt
  lupe-index -q --index index korpus
  run lupe-index status --index index
  [[ "$output" == *'last run  20'*', exit status 0: 1 new, 0 changed, 0 removed, 0 newly failed, '* ]]
  mv korpus weg
  lupe-index -q --index index 2>/dev/null || true
  run lupe-index status --index index
  [[ "$output" == *'exit status 2'*'not there any more'* ]]
}

@test "a terminal gets a progress line with a bar and the rest of the time" {
  command -v script >/dev/null || skip 'no script'
  numbers=$(seq -s ' ' 1 20000)
  for i in $(seq 60); do echo "$i $numbers" >"korpus/t$i.txt"; done
  run env TERM=xterm script -qec 'lupe-index -j 1 korpus' /dev/null
  [[ "$output" == *'▕'*'▏ '*'/63 files  '*' MB/s'* ]]
  [[ "$output" == *'merging'* ]]
}

# ---- taking back ----

@test "rollback goes back to the index before the rebuild, and forth again" {
  lupe-index -q korpus
  one=$(generation)
  echo 'Nashorn' >korpus/neu.txt
  lupe-index -q rebuild --index korpus/.lupe
  two=$(generation)
  lupe --index korpus/.lupe -q Nashorn
  run lupe-index rollback --index korpus/.lupe
  [ "$status" -eq 0 ]
  [ "$(generation)" = "$one" ]
  run lupe --index korpus/.lupe -q Nashorn
  [ "$status" -eq 1 ]
  lupe-index check --index korpus/.lupe
  lupe-index -q rollback --index korpus/.lupe
  [ "$(generation)" = "$two" ]
  lupe-index -q rollback --index korpus/.lupe
  lupe-index -q korpus
  lupe --index korpus/.lupe -q Nashorn
  lupe-index -q rebuild --index korpus/.lupe
  [ -d "korpus/.lupe/$one" ]
  [ ! -d "korpus/.lupe/$two" ]
}

@test "prune leaves the live generation, and nothing to go back to" {
  lupe-index -q korpus
  lupe-index -q rebuild --index korpus/.lupe
  mkdir korpus/.lupe/building
  live=$(generation)
  run lupe-index prune --index korpus/.lupe
  [ "$status" -eq 0 ]
  [ "$(cd korpus/.lupe && echo gen-* building*)" = "$live building*" ]
  run lupe-index rollback --index korpus/.lupe
  [ "$status" -eq 2 ]
  [[ "$output" == *'no index from before a rebuild' ]]
  lupe-index check --index korpus/.lupe
}

@test "prune --purge leaves nothing of a deleted text" {
  secret=$(head -c 300000 /dev/urandom | base64 -w 76)
  printf 'Geheim\n\nNashornbulle\n%s\n' "$secret" >korpus/geheim.txt
  for i in $(seq 30); do printf 'Titel %d\n\nKurs %d\n' "$i" "$i" >"korpus/t$i.txt"; done
  lupe-index -q korpus
  lupe-index -q rebuild --index korpus/.lupe
  rm korpus/geheim.txt
  lupe-index -q korpus
  grep -rqa nashornbull korpus/.lupe
  before=$(lupe-index dump --terms --index korpus/.lupe)
  lupe-index -q prune --purge --index korpus/.lupe
  run grep -rqai nashornbull korpus/.lupe
  [ "$status" -eq 1 ]
  [ "$(lupe-index dump --terms --index korpus/.lupe)" = "$before" ]
  [ "$(ls -d korpus/.lupe/gen-* | wc -l)" -eq 1 ]
  lupe-index -q korpus
  lupe-index check --index korpus/.lupe
}

@test "a rebuild refuses to lose what an update would not" {
  lupe-index -q --index x korpus
  rm -r korpus/*
  run lupe-index rebuild --index x
  [ "$status" -eq 2 ]
  [[ "$output" == *'empty, but files in it are indexed; nothing removed'* ]]
  indexed_before=$(lupe-index dump --index x | wc -l)
  [ "$indexed_before" -eq 4 ]
  lupe-index -q rebuild --index x --allow-mass-delete
}
