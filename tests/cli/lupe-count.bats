#!/usr/bin/env bats
# Counts over the sample corpus, against a naive count over its analysed words.

load setup

bats_require_minimum_version 1.5.0

setup_file() {
  export INDEX=$BATS_FILE_TMPDIR/index
  lupe-index --quiet --index "$INDEX" "$LUPE_SOURCE/corpus/documents"
  python3 - "$LUPE_SOURCE/corpus/documents" >"$BATS_FILE_TMPDIR/words" <<'END'
import json, os, subprocess, sys
# one line for each word of each document: path, line, then kind:term of its terms
for where, _, names in sorted(os.walk(sys.argv[1])):
    for name in sorted(names):
        path = os.path.join(where, name)
        data = open(path, "rb").read()
        # headings stand apart from what is around them; `analyze` does not know of them
        gaps, gap, lines = {}, 0, data.split(b"\n")
        for number, line in enumerate(lines, 1):
            heading = line.startswith(b"#")
            gap += 100 * (heading or lines[number - 2].startswith(b"#"))
            gaps[number] = gap
        for word in subprocess.run(["lupe-index", "analyze", "--json"], input=data, check=True,
                                   stdout=subprocess.PIPE).stdout.splitlines():
            word = json.loads(word)
            for term in word["terms"]:
                line = data.count(b"\n", 0, term.get("begin", word["begin"])) + 1
                print(path, line, word["position"] + gaps[line], term["kind"], term["t"], sep="\t")
END
}

# counts_agree WORD...: documents, lines and hits of each are what counting finds. A compound is
# also found where each of its parts is a word, or a part of one, and all stand within ten words.
counts_agree() {
  python3 - "$INDEX" "$LUPE_SOURCE/corpus/documents" "$BATS_FILE_TMPDIR/words" "$@" <<'END'
import itertools, json, subprocess, sys
index, corpus, words, *queries = sys.argv[1:]
rows = [line.rstrip("\n").split("\t") for line in open(words, encoding="utf-8")]

def lupe(*arguments):
    return subprocess.run(["lupe", "--index", index, *arguments], cwd=corpus,
                          stdout=subprocess.PIPE).stdout.decode().splitlines()

def apart(choices):
    """Whether one of each list can be taken, no two the same."""
    return any(len(set(c)) == len(c) for c in itertools.product(*choices))

tiers = {"stem": ["stem", "joined", "part"], "joined": ["stem", "joined", "part"],
         "gender": ["stem", "part"]}
wrong = []
for query in queries:
    exact = query.startswith("=")
    analysed = json.loads(subprocess.run(["lupe-index", "analyze", "--json"], check=True,
        input=query.lstrip("=").encode(), stdout=subprocess.PIPE).stdout)
    terms = [t for t in analysed["terms"] if (t["kind"] == "exact") == exact]
    norms = {("norm", t["t"]) for t in terms if t["kind"] == "asked-norm"}
    wanted = norms or {("exact", t["t"]) for t in terms if exact} | {
        (tier, t["t"]) for t in terms for tier in tiers.get(t["kind"], [])}
    # a stretch of several parts holds others
    spans = {(t["begin"], t["end"]): t["t"] for t in terms if t["kind"] == "part"}
    parts = [spans[a] for a in sorted(spans)
             if not any(a != b and a[0] <= b[0] and b[1] <= a[1] for b in spans)]
    hits, covers = {}, {}
    for path, line, position, kind, term in rows:
        position, line = int(position), int(line)
        if (kind, term) in wanted:
            at = hits.setdefault(path, {})
            at[position] = min(at.get(position, line), line)
        if kind in tiers["stem"] and term in parts and not norms:
            at = covers.setdefault(path, {}).setdefault(position, (line, set()))
            at[1].add(term)
            covers[path][position] = (min(at[0], line), at[1])
    for path, places in covers.items():
        at = {}
        for first in places:
            window = [p for p in places if first <= p < first + 10]
            if set().union(*(places[p][1] for p in window)) == set(parts):
                at.update((p, places[p][0]) for p in window)
                if apart([[p for p in window if part in places[p][1]] for part in parts]):
                    hits.setdefault(path, {})
        if path in hits:
            hits[path] = {p: min(l for l in (at.get(p), hits[path].get(p)) if l)
                          for p in {*at, *hits[path]}}
    expected = (len(hits), sum(len(set(h.values())) for h in hits.values()),
                sum(len(h) for h in hits.values()))
    found = (len(lupe("-l", query)), sum(int(l.rsplit(":", 1)[1]) for l in lupe("-c", query)),
             len(lupe("-o", query)))
    if found != expected:
        wrong.append("%s: documents, lines, hits %s, not %s" % (query, found, expected))
    if not expected[0]:
        wrong.append("%s: not in the corpus, this tests nothing" % query)
sys.exit("\n".join(wrong) or 0)
END
}

@test "documents, lines and hits of frequent words are what counting finds" {
  counts_agree Integration Stadt Kommune Gemeinde Rat Antrag Bericht Deutsch Arbeit Behörde \
    Migrant Migrantinnen Bürger Bürgerin Schüler Kind Schule Verein Euro Jahr
}

@test "and of rarer ones" {
  counts_agree Integrationskurs Arbeitsmarkt Sprachkurs Ausländerbehörde Aufenthaltserlaubnis \
    Einbürgerung Kita Ehrenamt Beauftragte Straße Förderung Wohnung Anerkennung 2019 AufenthG
}

@test "and of forms as written" {
  counts_agree =Stadt =Städte =Kommunen =Bürger =Bürgerinnen =Schülerinnen =Kinder =Kindern \
    =Jahr =Jahre =Jahren =Integration =der =und =Straße
}
