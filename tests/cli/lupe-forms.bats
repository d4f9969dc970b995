#!/usr/bin/env bats
# Every hit as a line of a concordance, a row or an object; counts by year; entries for reference
# managers; batches in every form.

bats_require_minimum_version 1.5.0
load setup
load corpus

setup_file() {
  make_corpus
  printf -- '---\ntitle: =Formel\ndate: 2019-01-02\nauthor: Änne Öhm\n---\n# Kopf\n\nEin Esel, „Esel“ und Esel-\nohren.\n' |
    put jahr/a.md
  printf -- '---\ntitle: B & C_{x}\ndate: 2021\n---\nDer Esel\tist grau.\n' | put jahr/b.md
  printf -- '---\ntitle: Leer\ndate: 2020-05-05\n---\nKein Tier.\n' | put jahr/c.md
  lupe-index --quiet "$CORPUS"
}

setup() {
  cd "$CORPUS"
}

# hits QUERY: the number of hits in all documents, as JSON has it
hits() {
  lupe --json --limit 1000 --duplicates=all "$1" |
    python3 -c 'import json,sys; print(sum(r["hits_total"] for r in json.load(sys.stdin)["results"] if r["all"]))'
}

# rows: the rows of the CSV in $output as Python lists, one a line
rows() {
  python3 -c 'import csv,sys; [print(r) for r in csv.reader(sys.stdin)]' <<<"$output"
}

# word_of FIELD NUMBER: that word of a field of each row in $output
word_of() {
  python3 -c 'import csv,re,sys
print(*(re.findall(r"\w+", r[int(sys.argv[1])])[int(sys.argv[2])] for r in list(csv.reader(sys.stdin))[1:]))' \
    "$@" <<<"$output"
}

# ---- concordances ----

@test "--kwic lines up the hits, with their places behind" {
  run lupe --kwic=12 --sort=path Esel jahr
  [ "${lines[0]}" = "        Ein Esel, „Esel“ und  jahr/a.md:8" ]
  [ "${lines[1]}" = " Ein Esel, „Esel“ und Eseloh  jahr/a.md:8" ]
  [ "${lines[2]}" = " „Esel“ und Eselohren.        jahr/a.md:8" ]
  run lupe --kwic=12 -h Esel jahr/b.md
  [[ $output == *"Der Esel ist grau." ]]
}

@test "--kwic is complete" {
  for query in Esel Kurs Haus 'Haus Stadt' '"EU-Länder"' Arbeitsmarkt; do
    run lupe --kwic "$query"
    [ "${#lines[@]}" -eq "$(hits "$query")" ]
  done
}

@test "a concordance is sorted by the word before or behind" {
  run lupe --kwic=20 -h --sort-context=-1L Esel jahr
  [ "${#lines[@]}" -eq 4 ]
  [[ ${lines[0]} == *"Der Esel ist"* ]]
  run lupe --csv --sort-context=-1L Esel jahr
  [ "$(word_of 12 -1)" = "Der Ein Esel und" ]
  run lupe --csv --sort-context=+1R Esel jahr
  [ "$(word_of 14 0)" = "Esel ist ohren und" ]
  run lupe --csv --sort-context=date Esel jahr
  [ "$(rows | sed 1d | grep -c 2019)" -eq 3 ]
  [[ ${lines[-1]} == *2021* ]]
}

@test "what is no key is refused, and a key without a concordance" {
  for key in L -1R +1L 0L 6R 1 datum; do
    run --separate-stderr lupe --kwic --sort-context="$key" Esel
    [ "$status" -eq 2 ]
    [[ $stderr == *"$key is none of -1L"* ]]
  done
  run --separate-stderr lupe --sort-context=date -l Esel
  [ "$status" -eq 2 ]
  run --separate-stderr lupe --kwic=1001 Esel
  [ "$status" -eq 2 ]
}

@test "combining and wide letters do not bend the column" {
  printf 'Titel\n\n漢字漢字 Esel 漢\n\ne\u0301e\u0301e\u0301e\u0301 Esel x\n\nabcdefgh Esel y\n' \
    >"$BATS_TEST_TMPDIR/x.txt"
  lupe-index --quiet --index "$BATS_TEST_TMPDIR/i" "$BATS_TEST_TMPDIR/x.txt"
  run lupe --kwic=5 -h --index "$BATS_TEST_TMPDIR/i" Esel
  python3 - "$output" <<'END'
import sys, unicodedata
def width(s):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
lines = sys.argv[1].splitlines()
assert len(lines) == 3, lines
assert [width(l[:l.index("Esel")]) for l in lines] == [5, 5, 5], lines
END
}

# ---- tables ----

@test "--csv has a row for each hit and one for the names" {
  run lupe --csv --sort=path Esel jahr
  [ "${lines[0]}" = "query,rank,path,title,author,body,date,page,page_label,line,heading,via,left,match,right" ]
  [ "${#lines[@]}" -eq $((1 + $(hits Esel))) ]
  [[ $(rows | sed -n 2p) == "['Esel', '1', 'jahr/a.md', \"'=Formel\", 'Änne Öhm', '', '2019-01-02', '', '', '8', 'Kopf', 'exact', "* ]]
}

@test "what a spreadsheet takes for a formula gets an apostrophe" {
  printf 'Titel\n\n+49 Esel\n\n@Esel\n\n- Esel =1+1\n' >"$BATS_TEST_TMPDIR/x.txt"
  lupe-index --quiet --index "$BATS_TEST_TMPDIR/i" "$BATS_TEST_TMPDIR/x.txt"
  for form in --csv --tsv; do
    run lupe "$form" --kwic=3 --index "$BATS_TEST_TMPDIR/i" -e Esel
    run ! grep -E "(^|[,\t])\"?[=+@-]" <<<"$output"
  done
}

@test "--tsv has as many fields in every line, whatever is in them" {
  run lupe --tsv Esel
  [ "$(awk -F'\t' '{ print NF }' <<<"$output" | sort -u)" = 15 ]
}

@test "quotation marks and commas come through CSV" {
  printf 'Titel, "zitiert"\n\nsagt "Esel", oder\n' >"$BATS_TEST_TMPDIR/x.txt"
  lupe-index --quiet --index "$BATS_TEST_TMPDIR/i" "$BATS_TEST_TMPDIR/x.txt"
  run lupe --csv --index "$BATS_TEST_TMPDIR/i" Esel
  [[ $(rows | tail -n 1) == *"'Titel, \"zitiert\"'"*"sagt \"', 'Esel', '\", oder'"* ]]
}

# ---- JSON lines ----

@test "--jsonl begins, has an object for each hit, and ends with their number" {
  run lupe --jsonl Esel
  python3 - "$output" "$(hits Esel)" <<'END'
import json, sys
objects = [json.loads(l) for l in sys.argv[1].splitlines()]
hits = [o for o in objects if o["type"] == "hit"]
assert objects[0]["type"] == "begin" and objects[0]["schema"] == 1
assert objects[-1] == {"type": "end", "documents": 2, "hits": int(sys.argv[2]), "error": None}
assert len(hits) == int(sys.argv[2]) and len(objects) == len(hits) + 2
h = [h for h in hits if h["path"] == "jahr/b.md"][0]
assert h["left"].endswith("Der ") and h["match"] == "Esel" and h["right"] == " ist grau."
text = open(h["path"], "rb").read()
assert text[h["begin"]:h["end"]] == b"Esel"
END
}

# ---- counts ----

@test "--count-by year has all years of the documents searched, with rates" {
  run lupe --count-by year --csv Esel
  [ "${lines[0]}" = "query,year,documents,hits,words,per_10000_words" ]
  [[ ${lines[1]} == "Esel,2019,1,3,"* ]]
  [[ ${lines[2]} == "Esel,2020,0,0,"*",0.0000" ]]
  [[ ${lines[3]} == "Esel,2021,1,1,"* ]]
  python3 - "${lines[1]}" <<'END'
import sys
_, _, _, hits, words, rate = sys.argv[1].split(",")
assert abs(float(rate) - 10000 * int(hits) / int(words)) < 0.0001
END
}

@test "counts add up to the hits, by whatever they are counted" {
  for field in year type path author body; do
    run lupe --count-by "$field" --csv Esel
    [ "$(sed 1d <<<"$output" | awk -F, '{ n += $4 } END { print n }')" -eq "$(hits Esel)" ]
    [ "$(sed 1d <<<"$output" | awk -F, '{ n += $3 } END { print n }')" -eq 2 ]
  done
}

@test "counts are of what the filters leave" {
  run lupe --count-by year --csv --since 2020 Esel
  [ "${#lines[@]}" -eq 3 ]
}

@test "counts come as a table, as a chart on a terminal, and as JSON" {
  run lupe --count-by author Esel
  [[ $output == *"Änne Öhm"*" 1 "*" 3 "* ]]
  [[ $output != *█* ]]
  run script -qec "lupe --count-by year Esel" /dev/null
  [[ $output == *"████"* ]]
  run lupe --json --count-by year Esel
  holds '[(c["value"], c["documents"], c["hits"]) for c in d["counts"]][:3] ==
    [("2019", 1, 3), ("2020", 0, 0), ("2021", 1, 1)] and d["count_by"] == "year"'
}

# ---- reference managers ----

@test "--bibtex escapes what means something to TeX" {
  run lupe --bibtex Esel jahr/b.md
  [[ $output == *"title = {{B \\& C\\_(x)}},"* ]]
  [[ $output == *"year = {2021},"* ]]
  [[ $output == *"file = {jahr/b.md},"* ]]
  [[ $output == *"note = {1 hit}"* ]]
  [[ ${lines[0]} =~ ^@misc\{2021-b-[0-9a-f]{4},$ ]]
}

# ---- batches ----

@test "a batch comes in every form, each query with its id" {
  printf 'q1\tEsel\ngrau\n\nq3\tFlugzeug\n' >"$BATS_TEST_TMPDIR/q"
  run lupe -l --queries "$BATS_TEST_TMPDIR/q"
  each $'q1\tjahr/a.md' $'q1\tjahr/b.md' $'grau\tjahr/b.md'
  run lupe -c --queries "$BATS_TEST_TMPDIR/q"
  each $'q1\tjahr/a.md:1' $'q1\tjahr/b.md:1' $'grau\tjahr/b.md:1'
  run lupe --csv --queries "$BATS_TEST_TMPDIR/q"
  [ "$(cut -d, -f1 <<<"$output" | sort | uniq -c | awk '{ print $1 $2 }' | xargs)" = "1grau 4q1 1query" ]
  run lupe --count-by year --tsv --queries "$BATS_TEST_TMPDIR/q"
  [ "$(grep -c ^query <<<"$output")" -eq 1 ]
  [ "$(grep -c ^q3 <<<"$output")" -eq "$(grep -c ^q1 <<<"$output")" ]
  run lupe --json --queries "$BATS_TEST_TMPDIR/q"
  [ "$(python3 -c 'import json,sys; print(*(json.loads(l)["id"] for l in sys.stdin))' <<<"$output")" = "q1 grau q3" ]
  run lupe --pretty --queries "$BATS_TEST_TMPDIR/q"
  [[ $output == *"──── q1 ────"* ]]
}

@test "no locale puts a comma into numbers" {
  for locale in C de_DE.UTF-8 C.UTF-8; do
    LC_ALL=$locale run lupe --json Esel
    holds 'isinstance(d["took_ms"], float)'
    LC_ALL=$locale run lupe --count-by type --csv Esel
    [ "$(awk -F, 'NR == 2 { print NF }' <<<"$output")" -eq 6 ]
  done
}
