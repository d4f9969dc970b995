#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Who searches while the index changes sees every file, each in its old or its new state."""

import re
import subprocess
import threading

from common import lupe_index, run_tests

FILES = 60


def write_version(corpus, version):
    for i in range(FILES):
        (corpus / f"t{i}.txt").write_text(f"Titel {i}\n\nFassung {version} ist beständig.\n{'Kurs ' * (i * 7)}\n")


class Reader(threading.Thread):
    """Searches until told to stop."""

    def __init__(self, index, published, written):
        super().__init__()
        self.index, self.published, self.written = index, published, written
        self.stop = threading.Event()
        self.answers = 0
        self.changed = 0
        self.problem = None

    def run(self):
        while not self.stop.is_set() and not self.problem:
            self.problem = self.search()
            self.answers += 1

    def search(self):
        oldest = self.published[-1]
        run = subprocess.run(
            ["lupe", "--index", str(self.index), "-h", "beständig"], text=True, capture_output=True
        )
        newest = self.written[-1]
        if run.returncode == 2 and "index changed" in run.stderr:
            self.changed += 1
            return None
        if run.returncode != 0:
            return f"status {run.returncode}: {run.stderr}"
        versions = [int(v) for v in re.findall(r"Fassung (\d+) ist", run.stdout)]
        if len(versions) != FILES:
            return f"{len(versions)} of {FILES} files"
        if min(versions) < oldest or max(versions) > newest:
            return f"versions {min(versions)} to {max(versions)}, not from {oldest} to {newest}"
        return None


def four_readers_see_whole_states_through_updates_and_rebuilds(scratch, full):
    corpus, index = scratch / "corpus", scratch / "index"
    corpus.mkdir()
    published, written = [0], [0]
    write_version(corpus, 0)
    lupe_index("-q", "--index", index, corpus)
    readers = [Reader(index, published, written) for _ in range(4)]
    for reader in readers:
        reader.start()
    updates, rebuilds = (20, 3) if full else (4, 1)
    steps = ["update"] * updates
    for i in range(rebuilds):
        steps.insert((i + 1) * len(steps) // (rebuilds + 1), "rebuild")
    try:
        for version, step in enumerate(steps, 1):
            written.append(version)
            write_version(corpus, version)
            lupe_index("-q", step, "--index", index)
            published.append(version)
    finally:
        for reader in readers:
            reader.stop.set()
        for reader in readers:
            reader.join()
    for reader in readers:
        assert not reader.problem, reader.problem
    answers = sum(r.answers for r in readers)
    return f"{len(steps)} changes, {answers} answers, {sum(r.changed for r in readers)} times 'index changed'"


run_tests([four_readers_see_whole_states_through_updates_and_rebuilds])
