#!/usr/bin/env bats
# lupe-index with several threads: the same index, whatever their number and whoever was killed.

bats_require_minimum_version 1.5.0
load setup

setup() {
  cd "$BATS_TEST_TMPDIR"
  mkdir korpus
}

# make_files FROM TO: small texts that differ; some without text, some of them broken
make_files() {
  for i in $(seq "$1" "$2"); do
    printf 'Titel %d\n\nKurs %d der Stadt und der Länder.\n' "$i" $((i * i)) >"korpus/t$i.txt"
  done
  : >"korpus/leer$2.txt"
  printf 'a\0b' >"korpus/binär$2.txt"
  find korpus -exec touch -d '2024-01-01 12:00' {} +
}

# Texts large enough for several commits.
make_large() {
  numbers=$(seq -s ' ' 1 3000)
  for i in $(seq "$1"); do printf 'Titel %d\n\n%s\n' "$i" "$numbers" >"korpus/g$i.txt"; done
  find korpus -exec touch -d '2024-01-01 12:00' {} +
}

quietly() {
  lupe-index -q "$@" 2>/dev/null || [ $? -eq 1 ]
}

# same_index A B: what two indexes know is the same
same_index() {
  diff <(lupe-index dump --terms --index "$1") <(lupe-index dump --terms --index "$2")
}

@test "one thread or four make the same index" {
  make_files 1 60
  quietly --index eins -j 1 korpus
  quietly --index vier -j 4 korpus
  same_index eins vier
  [ "$(lupe-index dump --index vier | wc -l)" -eq 63 ]
  lupe-index check --index vier
  [ "$(lupe --index eins Kurs -l)" = "$(lupe --index vier Kurs -l)" ]
}

@test "an update by four threads gives what a build gives" {
  make_files 1 30
  quietly --index eins -j 4 korpus
  make_files 20 70
  rm korpus/t5.txt
  mv korpus/t6.txt korpus/anders.txt
  quietly --index eins -j 4
  quietly --index neu -j 1 korpus
  same_index eins neu
  lupe-index check --index eins
}

@test "more threads than files is fine, and so is none to read" {
  quietly --index leer -j 8 korpus
  [ "$(lupe-index dump --index leer | wc -l)" -eq 1 ]
  make_files 1 2
  quietly --index wenig -j 50 korpus
  lupe-index check --index wenig
  for n in 0 257 -1 x; do
    run lupe-index -j "$n" korpus
    [ "$status" -eq 2 ]
    [[ "$output" == *'--jobs'* ]]
  done
}

@test "a build killed with four threads is continued with one, three and two" {
  make_large 120
  for jobs in 4 1 3; do
    lupe-index -q --index x -j "$jobs" korpus &
    pid=$!
    sleep 0.5
    kill -KILL $pid 2>/dev/null || true
    wait $pid || true
    # what the killed run knew may be wrong by now
    echo "anders $jobs" >korpus/g1.txt
    rm -f "korpus/g$jobs.txt"
  done
  find korpus -exec touch -d '2024-01-01 12:00' {} +
  quietly --index x -j 2 korpus
  quietly --index neu korpus
  same_index x neu
  lupe-index check --index x
}

@test "after a crash of the system a build begins anew" {
  make_large 60
  lupe-index -q --index x korpus &
  pid=$!
  until [ -e x/building/shard-0/iamglass ]; do sleep 0.01; done
  kill -KILL $pid 2>/dev/null || true
  wait $pid || true
  [ ! -e x/index ] || skip 'it was done before it could be killed'
  echo 'another boot' >x/building/state
  echo 'damaged' >x/building/shard-0/postlist.glass
  quietly --index x korpus
  lupe-index check --index x
}

@test "a file too large for the memory kept for files is read alone" {
  make_files 1 10
  { yes 'Der Kurs der Stadt.' | head -c 17000000; echo Nashorn; } >korpus/gross.txt
  quietly --index x -j 4 korpus
  [ "$(lupe --index x -l Nashorn)" = korpus/gross.txt ]
}
