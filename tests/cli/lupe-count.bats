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
        for word in subprocess.run(["lupe-index", "analyze", "--json"], input=data, check=True,
                                   stdout=subprocess.PIPE).stdout.splitlines():
            word = json.loads(word)
            for term in word["terms"]:
                line = data.count(b"\n", 0, term.get("begin", word["begin"])) + 1
                tier = "exact" if term["kind"] == "exact" else "stem"
                print(path, line, word["position"], tier, term["t"], sep="\t")
END
}

# counts_agree WORD...: documents, lines and hits of each are what counting finds
counts_agree() {
  python3 - "$INDEX" "$LUPE_SOURCE/corpus/documents" "$BATS_FILE_TMPDIR/words" "$@" <<'END'
import json, subprocess, sys
index, corpus, words, *queries = sys.argv[1:]
rows = [line.rstrip("\n").split("\t") for line in open(words, encoding="utf-8")]

def lupe(*arguments):
    return subprocess.run(["lupe", "--index", index, *arguments], cwd=corpus,
                          stdout=subprocess.PIPE).stdout.decode().splitlines()

wrong = []
for query in queries:
    exact = query.startswith("=")
    analysed = json.loads(subprocess.run(["lupe-index", "analyze", "--json"], check=True,
        input=query.lstrip("=").encode(), stdout=subprocess.PIPE).stdout)
    tier = "exact" if exact else "stem"
    wanted = {t["t"] for t in analysed["terms"] if (t["kind"] == "exact") == exact}
    hits, lines = {}, {}
    for path, line, position, kind, term in rows:
        if kind == tier and term in wanted:
            hits.setdefault(path, {}).setdefault(position, line)
            hits[path][position] = min(hits[path][position], line, key=int)
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
