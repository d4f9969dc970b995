#!/usr/bin/env bats
# doc/cron.example, run by a cron: what it mails, and when it mails nothing. The daemon has mounts of
# its own, over its tables, its mail program and its lock; nothing of it is left on the machine.

bats_require_minimum_version 1.5.0
load setup

# cron works at the full minute.
WAIT_S=80

setup() {
  cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
  stop_cron
}

# example NAME: the lines of doc/cron.example, every minute, over the folder NAME into NAME.index
example() {
  sed -E "s|^15 3 \* \* \*|* * * * *|; s|/srv/dokumente|$PWD/$1|; s|/var/lib/lupe/dokumente|$PWD/$1.index|
    s|^PATH=|PATH=$LUPE_BUILD/indexer:|" "$LUPE_SOURCE/doc/cron.example"
}

can_run_cron() {
  command -v cron >/dev/null || skip 'no cron'
  [ "$(id -u)" -eq 0 ] || skip 'cron needs root'
  [ -e /usr/sbin/sendmail ] || skip 'no sendmail to stand in for'
  unshare --mount --pid --fork true 2>/dev/null || skip 'may not make namespaces'
}

# Leaves a file for each mail: its recipient in the headers, then its text.
make_sendmail() {
  cat >sendmail <<END
#!/bin/sh
cat >"\$(mktemp '$PWD/mail/part.XXXXXX')"
END
  chmod 755 sendmail
  mkdir mail
}

# cron with the table TABLE of root
start_cron() {
  mkdir -p spool/crontabs empty
  cp "$1" spool/crontabs/root
  chmod 600 spool/crontabs/root
  : >none
  cat >start <<'END'
set -e
mount --bind spool /var/spool/cron
mount --bind empty /etc/cron.d
[ ! -e /etc/crontab ] || mount --bind none /etc/crontab
mount --bind sendmail /usr/sbin/sendmail
mount -t tmpfs none /run
exec cron -f
END
  unshare --mount --propagation private --pid --fork --kill-child --mount-proc sh start >cron.out 2>&1 3>&- &
  echo $! >pid
}

# unshare passes a SIGTERM over, and takes all with it that it has started when it is killed.
stop_cron() {
  if [ -s pid ]; then
    kill -KILL "$(cat pid)" 2>/dev/null || true
  fi
}

# is_over PID: there is no such process, or nobody has asked yet how it ended
is_over() {
  [ ! -d "/proc/$1" ] || grep -q '^State:.Z' "/proc/$1/status"
}

@test "the line in doc/cron.example ends in silence when nothing is wrong" {
  command -v ionice >/dev/null || skip 'no ionice'
  mkdir gut
  echo 'Ein Bericht.' >gut/bericht.txt
  line=$(example gut | sed -n 's/^\* \* \* \* \*  //p')
  [[ "$line" == *'lupe-index --cron'* ]]
  run env -i PATH="$LUPE_BUILD/indexer:/usr/bin:/bin" HOME="$HOME" \
    ASAN_OPTIONS="${ASAN_OPTIONS-}" sh -c "$line"
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
  [ -e gut.index/index ]
}

@test "cron mails what is newly wrong, and nothing else" {
  can_run_cron
  mkdir neu alt
  echo 'Ein Bericht.' | tee neu/bericht.txt alt/bericht.txt >/dev/null
  printf 'a\0b' >alt/bekannt.txt
  lupe-index --cron --index alt.index alt 2>/dev/null || [ $? -eq 1 ]
  lupe-index --cron --index neu.index neu
  printf 'a\0b' >'neu/Jahresübersicht.txt'
  echo 'Noch ein Bericht.' | tee neu/zwei.txt >alt/zwei.txt
  touch -d '2001-01-01' alt.index/last-run neu.index/last-run
  { example neu; example alt | grep '^\*'; } >table
  make_sendmail
  start_cron table
  end=$((SECONDS + WAIT_S))
  until [ alt.index/last-run -nt table ] && [ neu.index/last-run -nt table ] &&
    [ -n "$(find mail -type f -size +0)" ]; do
    kill -0 "$(cat pid)"
    [ $SECONDS -lt $end ]
    sleep 0.2
  done
  # What the other run has to say would be on its way by now.
  sleep 2
  daemon=$(pgrep -P "$(cat pid)")
  stop_cron
  for _ in {1..50}; do
    is_over "$daemon" && break
    sleep 0.1
  done
  is_over "$daemon"
  [ "$(find mail -type f | wc -l)" -eq 1 ]
  cat mail/*
  grep -qx 'To: bibliothek@example.org' mail/*
  grep -qxi 'Content-Type: text/plain; charset=UTF-8' mail/*
  [ "$(sed '1,/^$/d' mail/*)" = 'lupe-index: Jahresübersicht.txt: binary data, not text' ]
  lupe --index alt.index -q Noch
  lupe --index neu.index -q Noch
}
