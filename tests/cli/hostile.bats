#!/usr/bin/env bats
# Files that are made to do harm: the run goes on, all other files are indexed, each that cannot be
# read is named, and memory stays bounded.

bats_require_minimum_version 1.5.0
load setup

setup() {
  cd "$BATS_TEST_TMPDIR"
  mkdir -p korpus
  printf 'Bericht\n\nText über Kurse.\n' >korpus/a-gut.txt
  printf '<html><body><p>Kurse im Haus.</p></body></html>' >korpus/z-gut.html
}

# Runs lupe-index; sets `peak` to the memory in MB of its largest process.
index() {
  run python3 -c 'import resource, subprocess, sys
code = subprocess.call(["lupe-index"] + sys.argv[1:])
print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
sys.exit(code)' "$@"
  peak=${lines[-1]#peak }
}

# causes: "outcome cause path" of what is not searchable, a line each
causes() {
  lupe-index failures --json --index korpus/.lupe | python3 -c 'import json,sys
for f in json.load(sys.stdin)["failures"]:
    if f["outcome"] != "searchable": print(f["outcome"], f["cause"], f["path"])' | sort
}

searchable() {
  lupe-index status --json --index korpus/.lupe |
    python3 -c 'import json,sys; print(json.load(sys.stdin)["searchable"])'
}

# AddressSanitizer takes memory of its own.
bounded() {
  [ "$peak" -lt 700 ] || ldd "$(command -v lupe-extract)" | grep -q asan ||
    nm "$(command -v lupe-extract)" | grep -q __asan_init
}

@test "bombs and loops are limits or damage, and everything else is read" {
  "$LUPE_SOURCE/tests/hostile/make" korpus
  index -q korpus
  [ "$status" -eq 1 ]
  bounded
  causes >causes
  cat causes
  ! grep -v '^failed \(limit\|damaged\) \|^no text ' causes
  for name in bomb-one-member.docx bomb-overlapping.epub deep.docx; do
    grep -q "^failed limit $name\$" causes
  done
  for name in no-archive.docx entities.docx; do
    grep -q "^failed [a-z]* $name\$" causes
  done
  lupe --index korpus/.lupe -l tief | grep -q deep.html
  [ "$(lupe --index korpus/.lupe -l Kurse | wc -l)" -ge 2 ]
  ! lupe --index korpus/.lupe -l root
}

@test "a document of a helper that was taken over harms nobody" {
  export LUPE_EXTRACT=$LUPE_TEST_HELPER LUPE_EXTRACT_SECONDS=2
  for deed in crash hang eat babble lie leave exec connect fork kill refuse locked limit tell; do
    echo "$deed" >"korpus/$deed.html"
  done
  index -q korpus
  [ "$status" -eq 1 ]
  diff - <(causes) <<'END'
failed crash babble.html
failed crash connect.html
failed crash crash.html
failed crash exec.html
failed crash fork.html
failed crash kill.html
failed crash leave.html
failed crash lie.html
failed damaged refuse.html
failed encrypted locked.html
failed limit eat.html
failed limit hang.html
failed limit limit.html
END
  [ "$(searchable)" = 3 ]
}

@test "an interrupted run does not blame the file that it waited for" {
  export LUPE_EXTRACT=$LUPE_TEST_HELPER
  echo 'hang' >korpus/haengt.html
  lupe-index -q korpus &
  sleep 1
  kill -INT $!
  run ! wait $!
  rm korpus/haengt.html
  index -q korpus
  [ "$status" -eq 0 ]
  [ "$(searchable)" = 2 ]
}

@test "pipes, devices, loops of links and holes of 10 GB do not hold up a run" {
  mkfifo korpus/pipe.txt korpus/pipe.html
  [ "$(id -u)" -ne 0 ] || mknod korpus/null.html c 1 3 || true
  ln -s . korpus/schleife
  ln -s schleife.html korpus/schleife.html
  truncate -s 10G korpus/loch.txt korpus/loch.html
  index -q korpus
  [ "$status" -eq 1 ]
  [ "$(causes)" = $'failed limit loch.html\nfailed limit loch.txt' ]
  [ "$(searchable)" = 2 ]
  [ "$peak" -lt 300 ] || bounded
}

@test "names with line ends, escapes, bytes that are no UTF-8 or a leading dash are read and shown" {
  for name in $'zeile\nzeile.html' $'\e[31mrot.html' $'kein-utf8-\xff.html' '-q.html' '--help.html'; do
    printf '<p>Ein Kurs.</p>' >"korpus/$name"
    printf 'kein Archiv' >"korpus/${name%.html}.docx"
  done
  index -q korpus
  [ "$status" -eq 1 ]
  [ "$(searchable)" = 7 ]
  [[ $output != *$'\e'* ]]
  [ "$(grep -c '^lupe-index: ' <<<"$output")" -eq 5 ]
}

@test "what is broken or cut in any place ends in words or in a failure" {
  [ "$("$LUPE_SOURCE/tests/hostile/mutants" --quick korpus)" -gt 50 ]
  index -q korpus
  [ "$status" -le 1 ]
  bounded
  [ "$(searchable)" -ge 2 ]
  ! causes | grep ' crash '
}
