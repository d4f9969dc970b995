#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Full disks, read-only ones, clocks set back, files that change while they are read."""

import os
import subprocess
import threading
import time

from common import Corpus, Skip, assert_as_fresh, assert_sound, dump, lupe_index, run_tests


class SmallDisk:
    """A file system in memory, of a size that can change."""

    def __init__(self, path):
        self.path = path
        path.mkdir()
        if self.mount("size=64m", "-t", "tmpfs", "none"):
            raise Skip("may not mount")

    def mount(self, options, *arguments):
        command = ["mount", "-o", options, *arguments, str(self.path)]
        return subprocess.run(command, capture_output=True).returncode

    def remount(self, options):
        assert self.mount("remount," + options) == 0

    def used(self):
        space = os.statvfs(self.path)
        return (space.f_blocks - space.f_bfree) * space.f_frsize

    def leave(self, amount):
        """Lets only so many bytes be free."""
        self.remount(f"size={max(self.used() + amount, 4096)}")  # 0 would be no limit, for good

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", str(self.path)], check=True)


def assert_one_line(run, what):
    lines = run.stderr.splitlines()
    assert len(lines) == 1 and lines[0].startswith("lupe-index: ") and what in lines[0].lower(), run.stderr


def until_it_fits(disk, index, step, *arguments):
    """Runs with ever more room; says what failed in between, and how often."""
    failures = 0
    for amount in range(0, 64 << 20, step):
        disk.leave(amount)
        run = lupe_index("-q", "--index", index, *arguments, check=False)
        if run.returncode in (0, 1):
            return failures
        failures += 1
        assert run.returncode == 2, f"status {run.returncode}: {run.stderr}"
        assert_one_line(run, "no space left on device")
        disk.remount("size=64m")
        if (index / "index").exists():
            assert_sound(index)
    raise AssertionError("it never fits")


def a_full_disk_leaves_no_index_or_the_old_one(scratch, full):
    corpus = Corpus(scratch / "corpus", 120)
    with SmallDisk(scratch / "disk") as disk:
        index = disk.path / "index"
        step = 65536 if full else 400000
        failures = until_it_fits(disk, index, step, corpus.path)
        assert_as_fresh(index, corpus, scratch)
        for _ in range(3 if full else 1):
            disk.remount("size=64m")
            corpus.change(60)
            corpus.settle()
            failures += until_it_fits(disk, index, step // 2)
            assert_as_fresh(index, corpus, scratch)
        disk.remount("size=64m")
        before = dump(index)
        failures += until_it_fits(disk, index, step, "rebuild")
        assert dump(index) == before
        assert_sound(index)
    return f"{failures} times full"


def an_index_that_cannot_be_written_still_answers(scratch, full):
    corpus = Corpus(scratch / "corpus", 20)
    with SmallDisk(scratch / "disk") as disk:
        index = disk.path / "index"
        lupe_index("-q", "--index", index, corpus.path)
        before = dump(index)
        corpus.change(5)
        disk.remount("ro")
        run = lupe_index("-q", "--index", index, check=False)
        assert run.returncode == 2, run.returncode
        assert_one_line(run, "read-only file system")
        assert dump(index) == before
        assert subprocess.run(["lupe", "-q", "--index", str(index), "Kurs"]).returncode == 0
        disk.remount("rw")
        lupe_index("-q", "--index", index)
        assert_as_fresh(index, corpus, scratch)


def set_back(name, stamp):
    os.utime(name, ns=(stamp, stamp))


def a_clock_set_back_hides_no_change(scratch, full):
    """The files are from a time that is still to come; one is changed within its size and time."""
    corpus = Corpus(scratch / "corpus", 20)
    index = scratch / "index"
    stamp = time.time_ns() + 3600 * 10**9
    for name in corpus.names:
        set_back(name, stamp)
    lupe_index("-q", "--index", index, corpus.path)
    name = corpus.names[3]
    text = name.read_text()
    name.write_text(text.replace("Kurs", "Rusk"))
    set_back(name, stamp)
    lupe_index("-q", "--index", index)
    assert_as_fresh(index, corpus, scratch)
    assert_sound(index)


def files_changed_within_two_seconds_are_read_again(scratch, full):
    corpus = Corpus(scratch / "corpus", 20)
    index = scratch / "index"
    name = corpus.names[3]
    stamp = time.time_ns() - 500_000_000
    set_back(name, stamp)
    lupe_index("-q", "--index", index, corpus.path)
    name.write_text(name.read_text().replace("Kurs", "Rusk"))
    set_back(name, stamp)
    lupe_index("-q", "--index", index)
    assert_as_fresh(index, corpus, scratch)


def files_that_change_while_they_are_read_do_no_harm(scratch, full):
    corpus = Corpus(scratch / "corpus", 60)
    index = scratch / "index"
    stop = threading.Event()

    def disturb():
        turn = 0
        while not stop.is_set():
            turn += 1
            for i in range(5):
                path = corpus.path / f"flink{i}.txt"
                with path.open("a") as file:
                    file.write("Noch ein Kurs.\n" * 2000)
                if turn % 3 == i % 3:
                    path.unlink()
            folder = corpus.path / f"kurz{turn % 2}"
            folder.mkdir(exist_ok=True)
            (folder / "x.txt").write_text("Kurs\n")
            (folder / "x.txt").unlink()
            folder.rmdir()

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        for _ in range(10 if full else 3):
            run = lupe_index("-q", "--index", index, corpus.path)
            assert run.stderr == "" or "No such file" in run.stderr, run.stderr
            assert_sound(index)
    finally:
        stop.set()
        thread.join()
    lupe_index("-q", "--index", index)
    assert_as_fresh(index, corpus, scratch)


run_tests(
    [
        a_full_disk_leaves_no_index_or_the_old_one,
        an_index_that_cannot_be_written_still_answers,
        a_clock_set_back_hides_no_change,
        files_changed_within_two_seconds_are_read_again,
        files_that_change_while_they_are_read_do_no_harm,
    ]
)
