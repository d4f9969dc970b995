#!/usr/bin/env bats
# lupe.conf: where it is found, what it says, and how its mistakes are told.

bats_require_minimum_version 1.5.0
load setup

setup() {
  cd "$BATS_TEST_TMPDIR"
  mkdir -p korpus/rat/2019/anlagen korpus/entwurf
  echo 'Vorlage zur Kita' >korpus/rat/2019/kita.txt
  echo 'Anlage zur Kita' >korpus/rat/2019/anlagen/plan.txt
  printf 'Radweg\n\nStand: März 2021\n' >korpus/rat/radweg.txt
  echo 'Entwurf zum Radweg' >korpus/entwurf/radweg.txt
  mkdir -m 700 index
  export LUPE_INDEX=$PWD/index
}

conf() { cat >index/lupe.conf; }
index() { run --separate-stderr lupe-index "$@"; }
# refused LINE WORDS: the file is told with this line and these words, and nothing is written
refused() {
  index korpus
  [ "$status" -eq 2 ]
  [ "${#stderr_lines[@]}" -eq 1 ]
  [[ $stderr == *"lupe.conf:$1: "*"$2"* ]] || { echo "$stderr"; return 1; }
  [ ! -e index/index ]
}

@test "roots and rules of the file hold for a run without paths" {
  conf <<'END'
# Kommentar
[index]
root = ../korpus
exclude = entwurf/
jobs = 1
hidden = no
END
  index
  [ "$status" -eq 0 ]
  [[ $(lupe -l Radweg) == *rat/radweg.txt ]] && [ "$(lupe -l Radweg | wc -l)" -eq 1 ]
}

@test "roots are relative to the folder of the file" {
  mkdir etc
  printf '[index]\nroot = ../korpus\n' >etc/rat.conf
  index --config etc/rat.conf
  [ "$status" -eq 0 ]
  [ "$(lupe -l Kita | wc -l)" -eq 2 ]
}

@test "a root that is added to the file is indexed by the next run, with those before" {
  index korpus/rat
  mkdir neu
  echo 'Neues zum Radweg' >neu/neu.txt
  printf '[index]\nroot = ../neu\n' | conf
  index
  [ "$status" -eq 0 ]
  [ "$(lupe -l Radweg | wc -l)" -eq 2 ]
}

@test "the command line wins" {
  printf '[index]\nroot = ../korpus\nexclude = entwurf/\n' | conf
  index --exclude=rat/
  [[ $(lupe -l Radweg) == *entwurf/radweg.txt ]] && [ "$(lupe -l Radweg | wc -l)" -eq 1 ]
}

@test "an empty list takes back what the index remembers" {
  index --exclude=entwurf/ korpus
  printf '[index]\nexclude =\n' | conf
  index
  [ "$(lupe -l Radweg | wc -l)" -eq 2 ]
}

@test "a file in a folder that is merely indexed is not read" {
  printf '[index]\nunsinn = 1\n' >korpus/lupe.conf
  index korpus
  [ "$status" -eq 0 ]
}

@test "body, author, title and date come from the rules by path" {
  conf <<'END'
[meta]
rat/2019/* = body: Stadtrat, year: 2019
plan.txt = title: "Lageplan, farbig", author: Anna Weber
rat/radweg.txt = date: 2020-05-14
END
  index korpus
  [ "$status" -eq 0 ]
  run lupe --json Kita
  [[ $output == *'"body":"Stadtrat"'* ]]
  [[ $output == *'"title":"Lageplan, farbig"'* ]]
  [[ $output == *'"author":"Anna Weber"'* ]]
  [[ $output == *'"value":"2019","source":"configuration"'* ]]
  run lupe --json Radweg rat
  [[ $output == *'"value":"2020-05-14","source":"configuration"'* ]]
}

@test "later rules win, field by field; folders hold for what is in them" {
  conf <<'END'
[meta]
rat/ = body: Stadtrat, year: 2018
anlagen/ = year: 2020
END
  index korpus
  run lupe --json Anlage
  [[ $output == *'"body":"Stadtrat"'* ]]
  [[ $output == *'"value":"2020"'* ]]
}

@test "rules are for files read from then on; a rebuild reads all" {
  index korpus
  printf '[meta]\nrat/ = body: Stadtrat\n' | conf
  index
  run lupe --json Kita
  [[ $output != *Stadtrat* ]]
  index rebuild
  run lupe --json Kita
  [[ $output == *'"body":"Stadtrat"'* ]]
}

@test "mistakes are told by file and line, and nothing is written" {
  printf '[index]\n\nfarbe = rot\n' | conf
  refused 3 "farbe: no such key"
  printf '[indx]\nroot = .\n' | conf
  refused 2 "[indx]: no such section"
  printf 'root = .\n' | conf
  refused 1 "before any [section]"
  printf '[index]\nhidden = vielleicht\n' | conf
  refused 2 "neither yes nor no"
  printf '[index]\njobs = 1000\n' | conf
  refused 2 "1 to 256"
  printf '[index]\nroot =\n' | conf
  refused 2 "no value"
  printf '[index]\n# gut\nroot\n' | conf
  refused 3 "neither [SECTION] nor KEY = VALUE"
  printf '[index\n' | conf
  refused 1 "neither [SECTION] nor KEY = VALUE"
}

@test "mistakes in rules are told, too" {
  printf '[meta]\nrat/ = farbe: rot\n' | conf
  refused 2 "farbe: no such field"
  printf '[meta]\nrat/ = Stadtrat\n' | conf
  refused 2 "not FIELD: VALUE"
  printf '[meta]\nrat/ = year: 1850\n' | conf
  refused 2 "1850"
  printf '[meta]\nrat/ = year: 2019-05\n' | conf
  refused 2 "2019-05"
  printf '[meta]\nrat/ = date: 2019-13-01\n' | conf
  refused 2 "2019-13-01"
  printf '[meta]\nrat/ = body:\n' | conf
  refused 2 "no value"
  printf '[meta]\nrat/ = body: "Rat\n' | conf
  refused 2 "quote"
  printf '[meta]\n!rat/ = body: Rat\n' | conf
  refused 2 "take back"
}

@test "a long line is refused, not cut" {
  { printf '[index]\nroot = '; printf 'x%.0s' {1..300}; echo; } | conf
  refused 2 "longer than"
}

@test "a NUL byte, a missing file and one that everybody may write are told" {
  printf '[index]\nroot = a\0b\n' | conf
  refused 2 "NUL"
  printf '[index]\n' | conf
  chmod o+w index/lupe.conf
  index korpus
  [ "$status" -eq 2 ]
  [[ $stderr == *"everybody may write it"* ]]
  index --config nirgends.conf korpus
  [ "$status" -eq 2 ]
  [[ $stderr == *"nirgends.conf: No such file"* ]]
}
