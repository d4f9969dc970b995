# A corpus that fits on a screen, for the tests of `lupe`. Load it behind setup; then
# `setup_file() { make_corpus; }` and, to stand in its folder, `setup() { cd "$CORPUS"; }`.

# put PATH: a file of the corpus from standard input
put() {
  mkdir -p "$(dirname "$1")"
  cat >"$1"
}

make_corpus() {
  export CORPUS=$BATS_FILE_TMPDIR/corpus
  mkdir -p "$CORPUS"
  cd "$CORPUS" || return
  put rat/antrag.txt <<'END'
Antrag zum Kurs

Der Rat fördert jeden Kurs.
Die Stadt zahlt.
Alle Migrant*innen sind eingeladen.
Kurse oder Häuser gehören nicht der Stadt.

Ende.
END
  put rat/bericht.txt <<'END'
Bericht 2019

Die EU-Länder tagen im Haus der Stadt.
Ein Haus, ein Kurs, noch ein Kurs.
Die EU-
Kommission hört zu.
END
  put presse/markt.txt <<'END'
Markt

Der Arbeits-
markt wächst. Integration gelingt.
Straße und Strasse.
END
  put presse/leer.md <<'END'
---
title: Alles über Ziegen
date: 2021-03-04
author: Amt für Tiere
---
Nur Text.
END
  lupe-index --quiet "$CORPUS"
}

# each LINE...: the lines of $output, in any order, are just these
each() {
  diff <(printf '%s\n' "$@" | sort) <(printf '%s\n' "$output" | sort)
}

# holds EXPRESSION: true in Python of the object `d` in $output, its first result being `r`
holds() {
  python3 - "$1" "$output" <<'END'
import json, sys
d = json.loads(sys.argv[2])
r = d["results"][0] if d.get("results") else None
text = lambda h: "".join(s["t"] for s in h["snippet"])
marked = lambda h: [s["t"] for s in h["snippet"] if "m" in s]
if not eval("(%s)" % sys.argv[1]):
    sys.exit("not so: %s\n%s" % (sys.argv[1], json.dumps(d, indent=1, ensure_ascii=False)))
END
}
