#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Thirty nights in fast motion: what cron would mail is just what it should."""

from common import Corpus, assert_as_fresh, assert_sound, lupe_index, run_tests


class Nights:
    """A folder, its index, and the mail of each run."""

    def __init__(self, scratch):
        self.scratch = scratch
        self.corpus = Corpus(scratch / "corpus", 120)
        self.index = scratch / "index"
        self.log = scratch / "log"
        self.runs = 0

    def run(self, mail, status):
        """One night; `mail` are the lines that cron gets."""
        self.corpus.settle()
        run = lupe_index("--cron", "--log", self.log, "--index", self.index, self.corpus.path, check=False)
        self.runs += 1
        told = (run.stdout + run.stderr).splitlines()
        assert told == mail, f"night {self.runs}: {told} instead of {mail}"
        assert run.returncode == status, f"night {self.runs}: status {run.returncode} instead of {status}"

    def damage(self):
        """Breaks a file; returns its name and what cron is told."""
        name = self.corpus.pick()
        self.corpus.names.remove(name)
        name.write_bytes(b"a\0b")
        return name, f"lupe-index: {name.relative_to(self.corpus.path)}: binary data, not text"


def thirty_nights_mail_what_they_should(scratch, full):
    nights = Nights(scratch)
    corpus = nights.corpus
    nights.run([], 0)
    nights.run([], 0)
    for _ in range(8):
        corpus.change(6)
        nights.run([], 0)
    first, line = nights.damage()
    nights.run([line], 1)
    nights.run([], 0)  # still broken: told once
    corpus.change(5)
    second, other = nights.damage()
    nights.run([other], 1)
    first.write_text("Nun ein Kurs.\n")
    corpus.names.append(first)
    nights.run([], 0)  # mended: nothing to tell
    second.unlink()
    nights.run([], 0)
    # the share is not mounted for three nights
    away = scratch / "away"
    corpus.path.rename(away)
    gone = f"lupe-index: {corpus.path}: No such file or directory"
    nights.run([gone], 2)
    nights.run([], 2)
    corpus.path.mkdir()
    names, corpus.names = corpus.names, []
    empty = (
        f"lupe-index: {corpus.path}: empty, but files in it are indexed; "
        "nothing removed (if that is right: --allow-mass-delete)"
    )
    nights.run([empty], 2)
    corpus.path.rmdir()
    away.rename(corpus.path)
    corpus.names = names
    nights.run([], 0)
    for _ in range(4):
        corpus.change(8)
        nights.run([], 0)
    name, line = nights.damage()
    nights.run([line], 1)
    assert lupe_index("--cron", "rebuild", "--index", nights.index).stderr == ""
    nights.run([], 0)
    moved = name.with_name("anders.txt")  # a broken file under a new name is the old failure
    name.rename(moved)
    nights.run([], 0)
    moved.unlink()
    # all folders renamed at once: moved, not deleted
    for folder in sorted(corpus.path.iterdir()):
        folder.rename(folder.with_name("neu-" + folder.name))
    corpus.names = sorted(corpus.path.glob("*/*.txt"))
    nights.run([], 0)
    while nights.runs < 30:
        corpus.change(4)
        nights.run([], 0)
    assert_sound(nights.index)
    assert_as_fresh(nights.index, corpus, scratch)
    assert len(nights.log.read_text().splitlines()) == nights.runs
    return f"{nights.runs} runs"


run_tests([thirty_nights_mail_what_they_should])
