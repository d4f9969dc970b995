#!/usr/bin/env bats
# PDF files, made by make-pdf, as lupe-index reads them and lupe finds them.

bats_require_minimum_version 1.5.0
load setup

setup() {
  cd "$BATS_TEST_TMPDIR"
  mkdir files
}

# index SAMPLE...: an index over these samples
index() {
  for sample; do
    "$BATS_TEST_DIRNAME/make-pdf" "$sample" >"files/$sample.pdf"
  done
  run --separate-stderr lupe-index files
  export LUPE_INDEX=$PWD/files/.lupe
}

# field JQ-LIKE-PATH QUERY: a value of the first result, by python
field() {
  lupe --json "$2" | python3 -c "import json,sys; print(json.load(sys.stdin)['results'][0]$1)"
}

# found QUERY: it is found; lost QUERY: it is not
found() { lupe -q "$1" || { echo "not found: $1"; return 1; }; }
lost() { ! lupe -q "$1" || { echo "found: $1"; return 1; }; }

@test "words broken at the ends of lines and columns are found whole" {
  index columns
  found '=viele'
  found '=Arbeitsmarktnahe'
  found '"Bundesagentur Arbeitsmarktnahe Angebote"'
}

@test "a hyphen before a capital stays" {
  index columns
  found '=EU-Mittel'
  found '=EU-Kommission'
  lost '=EUMittel'
}

@test "words broken at the ends of pages are found whole, past heads, numbers and footnotes" {
  index book
  found '=dieser'
  found '=Weiterbildungsangeboten'
  found '=EU-Richtlinie'
  found '"Sprachkursen in Leipzig und Umgebung"'
  found '"Fußnote die unten"'
}

@test "a hit has its page and the page's label" {
  index book
  [ "$(field "['hits'][0]['page']" Sprachkursen)" = 4 ]
  [ "$(field "['hits'][0]['page_label']" Sprachkursen)" = 2 ]
  [ "$(field "['hits'][0]['page_label']" Fußnote)" = ii ]
  [ "$(field "['pages']" Sprachkursen)" = 5 ]
}

@test "a running head is found on the first page only" {
  index book
  [ "$(field "['hits_total']" '"Jahrbuch der Stadt"')" = 1 ]
}

@test "a title is taken from the metadata, in UTF-16 too, if it is one" {
  index book columns
  [ "$(field "['title']" Sprachkursen)" = Übersicht ]
  [ "$(field "['title']" EU-Kommission)" = "Kurse in Lindenau" ]
}

@test "the date on the title page comes before that of the file" {
  index columns
  [ "$(field "['date']['value']" Kurse)" = 2019-03-04 ]
  [ "$(field "['date']['source']" Kurse)" = title-page ]
}

@test "title, author and date come from XMP where the Info dictionary is silent" {
  index xmp columns
  [ "$(field "['title']" Leitfaden)" = "Leitfaden für Ämter" ]
  [ "$(field "['author']" Leitfaden)" = "Ina Wolf" ]
  [ "$(field "['date']['value']" Leitfaden)" = 2021-06-07 ]
  [ "$(field "['date']['source']" Leitfaden)" = metadata ]
}

@test "text that only files outside the sandbox could tell is told to be missing" {
  index chinese columns
  [ "$status" -eq 0 ]
  found '"Deutscher Text"'
  run --separate-stderr lupe-index failures --index files/.lupe
  [[ $output == "searchable: chinese.pdf: text in a Chinese, Japanese or Korean font is not read: "* ]]
  [[ $output != *columns* ]]
}

@test "what is written in a form is found beside its label" {
  index form
  found '"Name Anna Weber"'
  found '"Ort Lindenau"'
}

@test "a scan is no failure but without text" {
  index scan
  [ "$status" -eq 0 ]
  run --separate-stderr lupe-index failures --index files/.lupe
  [[ $output =~ ^"no text: scan.pdf: only pictures (since "[0-9-]+")"$ ]]
}

@test "pages without text are told" {
  index partly
  run --separate-stderr lupe-index failures --index files/.lupe
  [[ $output == *"2 of 3 pages without text"* ]]
  found Anlage
}

@test "locked and damaged files are told apart, without a word from the parser" {
  index locked cut empty columns
  [ "$status" -eq 1 ]
  [[ $stderr == *"locked.pdf: locked PDF, a password is needed"* ]]
  [[ $stderr == *"cut.pdf: damaged PDF: its structure cannot be read"* ]]
  [[ $stderr != *yntax* && $stderr != *oppler* ]]
  found EU-Kommission
  lost Geheimer
}

@test "a file that can be mended is read, without a word" {
  index mended
  [ "$status" -eq 0 ]
  [ "$(grep -c . <<<"$stderr")" -le 1 ]
  found EU-Kommission
}

@test "all sample PDFs are read, but for two scans without text" {
  samples=${LUPE_SOURCE-}/../shared/data/office/pdf
  [ -d "$samples" ] || skip "no ../shared/data/office/pdf"
  run --separate-stderr lupe-index --index samples.lupe "$samples"
  [ "$status" -eq 0 ]
  run --separate-stderr lupe-index failures --index samples.lupe
  [ "$(grep -c '^no text: ' <<<"$output")" = 2 ]
  [[ $output == *"no text: linsengericht-entschaedigungssatzung.pdf"* ]]
  [[ $output == *"no text: linsengericht-hundesteuersatzung-2017-03-21-original.pdf"* ]]
  [ "$(lupe -l --index samples.lupe Straßenreinigungssatzung | wc -l)" -ge 1 ]
}
