#!/usr/bin/env bats
# The units that are installed: systemd takes them, finds them hardened, and what they start works
# behind what they forbid.

bats_require_minimum_version 1.5.0
load setup

# Exposure that `systemd-analyze security` may find, in tenths; 100 is none of it hardened.
EXPOSURE_MAX=5

setup() {
  cd "$BATS_TEST_TMPDIR" || return
  mkdir units
  cp "$LUPE_BUILD/data/lupe-index@.service" "$LUPE_BUILD/data/lupe-web.service" \
    "$LUPE_SOURCE/data/systemd/lupe-index@.timer" "$LUPE_SOURCE/data/systemd/lupe-web.socket" units
  # Where the programs are that are tested.
  sed -i "s|^ExecStart=[^ ]*/|ExecStart=$LUPE_BUILD/indexer/|" units/lupe-index@.service
  sed -i "s|^ExecStart=[^ ]*/|ExecStart=$LUPE_BUILD/web/|" units/lupe-web.service
  # Settings are for users of the service that systemd starts, not for the machine of the test.
  export SYSTEMD_LOG_LEVEL=warning
}

have_systemd() {
  command -v systemd-analyze >/dev/null || skip 'no systemd-analyze'
}

can_confine() {
  have_systemd
  [ "$(id -u)" -eq 0 ] || skip 'needs root'
  unshare --mount --net true 2>/dev/null || skip 'may not make namespaces'
  # Debian's, which python3-seccomp is for.
  /usr/bin/python3 -c 'import seccomp' 2>/dev/null || skip 'no python3-seccomp'
}

# confined [COMMAND...]: what as-unit does, over the folder korpus
confined() {
  # The sanitizer looks for leaks with what the unit forbids.
  ASAN_OPTIONS=${ASAN_OPTIONS-}:detect_leaks=0 unshare --mount --propagation private --net \
    /usr/bin/python3 "$BATS_TEST_DIRNAME/as-unit" "units/lupe-index@.service" "$PWD/korpus" "$PWD/state" "$@"
}

index_folder() {
  echo "$PWD/state/lupe/$(systemd-escape --path "$PWD/korpus")"
}

make_korpus() {
  can_confine
  mkdir -p korpus state
  printf 'Bericht über Kurse\n\nText.\n' >korpus/bericht.txt
  printf '<!DOCTYPE html><title>Nashörner</title><p>Im Zoo leben Nashörner.</p>' >korpus/zoo.html
  find korpus -exec touch -h -d '2024-01-01 12:00' {} +
}

@test "systemd finds no fault in the units" {
  have_systemd
  for unit in units/*@*; do
    cp "$unit" "${unit/@/@srv-dokumente}"
  done
  run systemd-analyze verify --man=no ./units/lupe-index@srv-dokumente.service \
    ./units/lupe-index@srv-dokumente.timer ./units/lupe-web.service ./units/lupe-web.socket
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
}

@test "systemd finds the service hardened" {
  have_systemd
  cp units/lupe-index@.service units/lupe-index@srv-dokumente.service
  run systemd-analyze security --no-pager --offline=true --threshold="$EXPOSURE_MAX" \
    ./units/lupe-index@srv-dokumente.service
  echo "$output"
  [ "$status" -eq 0 ]
  [[ "$output" == *'Overall exposure level'* ]]
}

@test "the timer runs at night, and after a night that the machine was off" {
  have_systemd
  calendar=$(sed -n 's/^OnCalendar=//p' units/lupe-index@.timer)
  run systemd-analyze calendar "$calendar"
  [ "$status" -eq 0 ]
  [[ "$output" == *' 03:15:00'* ]]
  grep -qx 'Persistent=yes' units/lupe-index@.timer
}

@test "the service indexes behind what its unit forbids, helpers and all" {
  make_korpus
  run confined
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
  index=$(index_folder)
  [ "$(stat -c %a "$index")" = 700 ]
  [[ "$(lupe --index "$index" -l Nashorn)" == */zoo.html ]]
  lupe --index "$index" -q Kurs
  lupe-index check --index "$index"
}

@test "a filter of lupe.conf reads its files behind the unit, too" {
  make_korpus
  command -v antiword >/dev/null || skip 'no antiword'
  cp "$BATS_TEST_DIRNAME/merkblatt.doc" korpus
  confined true
  index=$(index_folder)
  printf '[filter]\n.doc = antiword -w 0 -\n' >"$index/lupe.conf"
  run confined
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
  [[ "$(lupe --index "$index" -l Geburtsurkundenabschrift)" == */merkblatt.doc ]]
}

@test "a second run of the service updates, and tells once what newly fails" {
  make_korpus
  confined
  printf 'a\0b' >korpus/kaputt.txt
  rm korpus/bericht.txt
  run confined
  [ "$status" -eq 1 ]
  [ "$output" = 'lupe-index: kaputt.txt: binary data, not text' ]
  run confined
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
  run lupe --index "$(index_folder)" -q Kurs
  [ "$status" -eq 1 ]
}

@test "with the mode that lupe-index(1) tells of, a group may read the index of the service" {
  make_korpus
  sed -i 's/^StateDirectoryMode=.*/StateDirectoryMode=2750/' units/lupe-index@.service
  grep -q 'StateDirectoryMode=2750' "$LUPE_SOURCE/doc/lupe-index.1"
  confined
  index=$(index_folder)
  [ -n "$(find "$index"/gen-* -type f)" ]
  [ -z "$(find "$index"/gen-* "$index/index" ! -perm -g+r)" ]
  [ "$(stat -c %a "$index")" = 2750 ]
}

@test "lupe-extract keeps its own protections behind those of the unit" {
  make_korpus
  confined
  outside=$(lupe-index status --index "$(index_folder)" | grep '^sandbox')
  [[ "$outside" == *seccomp* ]]
  [ "$(confined lupe-index status --index "$(index_folder)" | grep '^sandbox')" = "$outside" ]
}

@test "behind the unit nothing but the index can be written, and there is no network" {
  make_korpus
  confined true
  run confined touch korpus/neu.txt "$PWD/neu.txt" /etc/neu
  [ "$status" -ne 0 ]
  [ ! -e korpus/neu.txt ]
  [ ! -e neu.txt ]
  [ ! -e /etc/neu ]
  confined touch "$(index_folder)/lock"
  confined grep -qx $'Seccomp:\t2' /proc/self/status
  ionice -c 3 true
  run confined ionice -c 3 true
  [ "$status" -ne 0 ]
  [ "$(confined cat /proc/self/net/dev | grep -c :)" -le 1 ]
}
