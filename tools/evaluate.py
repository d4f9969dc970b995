#!/usr/bin/env python3
"""How good is a ranking? evaluate.py [--names] QRELS RUN [RUN]

QRELS has lines "query 0 document grade", RUN has lines "query Q0 document rank score tag", both as
TREC writes them. --names compares documents by file name without folder and suffix, for
collections whose judgements name documents so.

Measures are means over the queries that have at least one relevant document; a query without an
answer counts 0. nDCG uses the gain 2^grade - 1 and the discount log2(rank + 1) (Burges et al.
2005), MRR the rank of the first relevant document. With two runs, the second is compared with the
first query by query, and the difference of the means comes with a bootstrap interval.

Also a module: tests/relevance and bench/quality use it.
"""
import argparse
import math
import os
import random
import sys


def name_of(document):
    return os.path.splitext(os.path.basename(document))[0]


def read_judgements(path, rename=lambda document: document):
    """{query: {document: grade > 0}}; queries without a relevant document are left out."""
    judgements = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if not line.strip() or line.startswith("#"):
                continue
            query, _, rest = line.split(None, 2)
            document, grade = rest.rsplit(None, 1)
            if int(grade) > 0:
                judgements.setdefault(query, {})[rename(document)] = int(grade)
    return judgements


def read_run(path, rename=lambda document: document):
    """{query: [document, best first]}; a document named twice counts where it stands first."""
    ranked = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                continue
            query, _, rest = line.split(None, 2)
            document, rank, _, _ = rest.rsplit(None, 3)
            ranked.setdefault(query, []).append((int(rank), rename(document)))
    return {query: list(dict.fromkeys(document for _, document in sorted(answers, key=lambda a: a[0])))
            for query, answers in ranked.items()}


def ndcg(grades, answers, depth):
    def discounted(sequence):
        return sum((2 ** grade - 1) / math.log2(rank + 1)
                   for rank, grade in enumerate(sequence[:depth], 1))
    best = discounted(sorted(grades.values(), reverse=True))
    return discounted([grades.get(document, 0) for document in answers]) / best


def reciprocal_rank(grades, answers, depth):
    for rank, document in enumerate(answers[:depth], 1):
        if document in grades:
            return 1 / rank
    return 0.0


def recall(grades, answers, depth):
    return sum(document in grades for document in answers[:depth]) / len(grades)


MEASURES = {
    "nDCG@10": lambda grades, answers: ndcg(grades, answers, 10),
    "MRR@10": lambda grades, answers: reciprocal_rank(grades, answers, 10),
    "R@10": lambda grades, answers: recall(grades, answers, 10),
    "R@100": lambda grades, answers: recall(grades, answers, 100),
}


def score_queries(judgements, run):
    """{measure: [score of each judged query, in the order of the judgements]}"""
    return {measure: [score(grades, run.get(query, [])) for query, grades in judgements.items()]
            for measure, score in MEASURES.items()}


def mean(values):
    return sum(values) / len(values) if values else 0.0


def bootstrap(before, after, samples=5000, seed=1):
    """Mean difference, the ends of its 95 % interval and a two-sided p, all by resampling queries."""
    differences = [b - a for a, b in zip(before, after)]
    rng = random.Random(seed)
    means = sorted(mean(rng.choices(differences, k=len(differences))) for _ in range(samples))
    at_most_zero = sum(value <= 0 for value in means) / samples
    at_least_zero = sum(value >= 0 for value in means) / samples
    return (mean(differences), means[int(samples * 0.025)], means[int(samples * 0.975)],
            min(1.0, 2 * min(at_most_zero, at_least_zero)))


def print_scores(scores_by_run, out=sys.stdout):
    width = max(len(name) for name in scores_by_run)
    print(" " * width, *("%8s" % measure for measure in MEASURES), file=out)
    for name, scores in scores_by_run.items():
        print(name.ljust(width), *("%8.4f" % mean(scores[measure]) for measure in MEASURES), file=out)


def print_comparison(before, after, out=sys.stdout):
    for measure in MEASURES:
        difference, low, high, p = bootstrap(before[measure], after[measure])
        print("%-8s %+.4f  95 %% interval %+.4f to %+.4f  p %.3f" % (measure, difference, low, high, p),
              file=out)


def main():
    parser = argparse.ArgumentParser(description="scores of one or two TREC runs")
    parser.add_argument("--names", action="store_true", help="compare documents by file name")
    parser.add_argument("qrels")
    parser.add_argument("runs", nargs="+", metavar="run")
    options = parser.parse_args()
    rename = name_of if options.names else lambda document: document
    judgements = read_judgements(options.qrels, rename)
    scores = {path: score_queries(judgements, read_run(path, rename)) for path in options.runs}
    print("%d queries" % len(judgements))
    print_scores(scores)
    for path in options.runs[1:]:
        print("\n%s against %s" % (path, options.runs[0]))
        print_comparison(scores[options.runs[0]], scores[path])


if __name__ == "__main__":
    main()
