# SPDX-License-Identifier: GPL-2.0-or-later
"""What the fault tests share: a folder of texts that changes, runs of lupe-index, TAP."""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

WORDS = """Integration Kurs Sprachkurs Stadt Land Länder Arbeitsmarkt Förderung Bürger Gemeinde Antrag
Bericht Maßnahme Ausschuss Haushalt Schule Ausbildung Wohnung Beratung Verein Ehrenamt Gesundheit Pflege
Migrant*innen Teilnehmerinnen Beschluss Vorlage Kreistag Verwaltung Behörde Anerkennung Einbürgerung""".split()


def lupe_index(*arguments, check=True, **options):
    """Runs lupe-index; fails the test on an error, unless `check` is False."""
    run = subprocess.run(["lupe-index", *map(str, arguments)], text=True, capture_output=True, **options)
    if check and run.returncode not in (0, 1):
        raise AssertionError(f"lupe-index {arguments}: {run.returncode}: {run.stderr}")
    return run


def dump(index):
    return lupe_index("dump", "--terms", "--index", index).stdout


def assert_sound(index):
    """The index opens, is sound and answers."""
    check = lupe_index("check", "--index", index, check=False)
    assert check.returncode == 0, f"check: {check.stdout}{check.stderr}"
    query = subprocess.run(["lupe", "--index", str(index), "-l", "Kurs"], text=True, capture_output=True)
    assert query.returncode == 0, f"lupe: {query.returncode} {query.stderr}"


def assert_as_fresh(index, corpus, scratch):
    """The index has the documents, terms, frequencies and positions of one built just now."""
    fresh = scratch / "fresh"
    lupe_index("-q", "-j", 1, "--index", fresh, corpus.path)
    old, new = dump(index).splitlines(), dump(fresh).splitlines()
    shutil.rmtree(fresh)
    for a, b in zip(old, new):
        assert a == b, f"differs from a fresh build:\n{a[:300]}\n{b[:300]}"
    assert len(old) == len(new), f"{len(old)} lines of dump, {len(new)} of a fresh build"


class Corpus:
    """Text files, made and changed by chance, but the same chance each time."""

    def __init__(self, path, files, seed=1):
        self.path = path
        self.chance = random.Random(seed)
        self.names = []
        self.next = 0
        path.mkdir()
        for _ in range(files):
            self.add()
        self.settle()

    def text(self):
        lines = [" ".join(self.chance.choices(WORDS, k=10)) for _ in range(self.chance.randint(3, 60))]
        return f"Titel {self.chance.randint(1, 999)}\n\nEin Kurs.\n" + "\n".join(lines) + "\n"

    def add(self):
        folder = self.path / f"d{self.next % 7}"
        folder.mkdir(exist_ok=True)
        name = folder / f"t{self.next}.txt"
        name.write_text(self.text())
        self.names.append(name)
        self.next += 1

    def pick(self):
        return self.names[self.chance.randrange(len(self.names))]

    def edit(self):
        self.pick().write_text(self.text())

    def delete(self):
        name = self.pick()
        self.names.remove(name)
        name.unlink()

    def move(self):
        name = self.pick()
        self.names.remove(name)
        new = name.with_name(f"m{self.next}.txt")
        self.next += 1
        name.rename(new)
        self.names.append(new)

    def break_one(self):
        self.pick().write_bytes(b"a\0b")

    def change(self, times):
        for _ in range(times):
            self.chance.choice([self.add, self.edit, self.edit, self.delete, self.move])()

    def settle(self):
        """Makes all files old enough to be told by size and time."""
        for name in self.names:
            stamp = 1700000000 + self.chance.randint(0, 10**7)
            if name.exists() and name.stat().st_mtime > time.time() - 3600:
                os.utime(name, (stamp, stamp))


def run_tests(tests):
    """Runs functions of (scratch folder, full), tells of each as TAP; SystemExit(77) skips."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true", help="the full number of runs")
    parser.add_argument("--only", help="the test of this name")
    options = parser.parse_args()
    tests = [t for t in tests if options.only in (None, t.__name__)]
    print(f"1..{len(tests)}", flush=True)
    failed = False
    for number, test in enumerate(tests, 1):
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="lupe-faults-") as scratch:
            try:
                note = test(__import__("pathlib").Path(scratch), options.full) or ""
                result = "ok"
            except Skip as reason:
                result, note = "ok", f"SKIP {reason}"
            except Exception:
                result, note, failed = "not ok", "", True
                print("\n".join("# " + line for line in traceback.format_exc().splitlines()))
        name = test.__name__.replace("_", " ")
        seconds = time.monotonic() - start
        tail = f" # {note}" if note.startswith("SKIP") else f" ({note + ', ' if note else ''}{seconds:.0f} s)"
        print(f"{result} {number} {name}{tail}", flush=True)
    sys.exit(1 if failed else 0)


class Skip(Exception):
    """The machine has not what the test needs."""
