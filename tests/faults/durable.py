#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Power loss: whatever a name leads to is on disk before the name is, seen by strace."""

import os
import re
import shutil
import subprocess

from common import Corpus, Skip, assert_as_fresh, lupe_index, run_tests

CALLS = "openat,open,creat,close,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,mkdir,mkdirat"

# The search for leaks at the end of a sanitized program needs ptrace, which strace has.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"


class Trace:
    """What a run did to files, in order: (call, path, new path of a rename)."""

    def __init__(self, scratch, *arguments):
        if not shutil.which("strace"):
            raise Skip("no strace")
        log = scratch / "strace"
        command = ["strace", "-f", "-y", "-s", "0", "-e", "trace=" + CALLS, "-o", str(log), "lupe-index", "-q"]
        run = subprocess.run([*command, *map(str, arguments)], capture_output=True, text=True)
        if "ptrace" in run.stderr:
            raise Skip("may not trace")
        assert run.returncode == 0, run.stderr
        self.events = list(self.parse(log.read_text(errors="replace").splitlines()))

    @staticmethod
    def parse(lines):
        unfinished = {}
        for line in lines:
            thread, text = line.split(None, 1)
            if text.endswith("<unfinished ...>"):
                unfinished[thread] = text[: -len("<unfinished ...>")]
                continue
            resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", text)
            if resumed:
                text = unfinished.pop(thread, "") + resumed.group(1)
            call = text.split("(")[0]
            if call.startswith("rename"):
                old, new = re.findall(r'"([^"]*)"', text)[:2]
                yield call, old, new
            elif call in ("write", "pwrite64", "ftruncate", "fsync", "fdatasync"):
                path = re.search(r"<([^>]*)>", text)
                if path and text.rstrip().split("= ")[-1][:1] != "-":
                    yield call, path.group(1), None
            elif call in ("openat", "open", "creat") and "O_CREAT" in text:
                path = re.search(r"= \d+<([^>]*)>", text)
                if path:
                    yield "create", path.group(1), None

    def unsynced(self, end):
        """Files written, and folders with new names, that no fsync followed before event `end`."""
        files, folders = set(), set()
        for call, path, new in self.events[:end]:
            if call in ("write", "pwrite64", "ftruncate"):
                files.add(path)
            elif call == "create":
                folders.add(os.path.dirname(path))
            elif call in ("fsync", "fdatasync"):
                files.discard(path)
                folders.discard(path)
            elif call.startswith("rename"):
                folders.add(os.path.dirname(new))
                files = {new + f[len(path) :] if f == path or f.startswith(path + "/") else f for f in files}
                folders = {new + f[len(path) :] if f == path or f.startswith(path + "/") else f for f in folders}
        return files | folders

    def find_rename(self, new):
        """The number of the last rename to a path."""
        found = [i for i, event in enumerate(self.events) if event[2] == str(new)]
        assert found, f"nothing renamed to {new}"
        return found[-1]


def live(index):
    return index / (index / "index").read_text().split()[1]


def assert_published_in_order(trace, index):
    generation = live(index)
    swap = trace.find_rename(index / "index")
    waiting = trace.unsynced(swap)
    bad = [p for p in waiting if p.startswith(str(generation)) or p == str(index / "index.new")]
    assert not bad, f"not on disk when the stub is renamed: {bad}"
    assert trace.find_rename(generation) < swap
    named = trace.find_rename(generation)
    between = {path for call, path, _ in trace.events[named:swap] if call == "fsync"}
    assert str(index) in between, "the generation's name is not on disk when the stub is renamed"
    for table in ("iamglass", "postlist.glass", "termlist.glass", "lexicon"):
        assert (generation / table).exists()
    rest = [path for call, path, _ in trace.events[swap + 1 :] if call == "fsync"]
    assert str(index) in rest, "the stub's name is not on disk at the end"


def a_build_is_on_disk_before_the_stub_names_it(scratch, full):
    corpus = Corpus(scratch / "corpus", 60)
    index = scratch / "index"
    trace = Trace(scratch, "-j", 3, "--index", index, corpus.path)
    assert_published_in_order(trace, index)
    assert_published_in_order(Trace(scratch, "rebuild", "--index", index), index)


def an_update_is_on_disk_before_its_version_is_renamed(scratch, full):
    corpus = Corpus(scratch / "corpus", 60)
    index = scratch / "index"
    lupe_index("-q", "--index", index, corpus.path)
    corpus.change(20)
    corpus.settle()
    trace = Trace(scratch, "--index", index)
    generation = live(index)
    commit = trace.find_rename(generation / "iamglass")
    waiting = {p for p in trace.unsynced(commit) if p.startswith(str(generation) + "/")}
    assert not waiting, f"not on disk when the version is renamed: {waiting}"
    assert_as_fresh(index, corpus, scratch)


def a_rollback_is_on_disk(scratch, full):
    corpus = Corpus(scratch / "corpus", 10)
    index = scratch / "index"
    lupe_index("-q", "--index", index, corpus.path)
    lupe_index("-q", "rebuild", "--index", index)
    trace = Trace(scratch, "rollback", "--index", index)
    swap = trace.find_rename(index / "index")
    assert str(index / "index.new") not in trace.unsynced(swap)
    assert ("fsync", str(index), None) in trace.events[swap + 1 :]


def an_error_behind_the_rename_loses_nothing(scratch, full):
    """The folder cannot be synced when the stub is there already: its generation must stay."""
    corpus = Corpus(scratch / "corpus", 10)
    index = scratch / "index"
    lupe_index("-q", "--index", index, corpus.path)
    if not shutil.which("strace"):
        raise Skip("no strace")
    for when in range(1, 60):
        inject = f"inject=fsync:error=EIO:when={when}"
        command = ["strace", "-f", "-o", "/dev/null", "-e", "trace=fsync", "-e", inject]
        run = subprocess.run([*command, "lupe-index", "-q", "rebuild", "--index", str(index)], capture_output=True)
        check = lupe_index("check", "--index", index, check=False)
        assert check.returncode == 0, f"fsync {when} failed: {check.stderr}"
        if run.returncode == 0:
            return f"{when - 1} places"
    raise AssertionError("it never succeeds")


run_tests(
    [
        a_build_is_on_disk_before_the_stub_names_it,
        an_update_is_on_disk_before_its_version_is_renamed,
        a_rollback_is_on_disk,
        an_error_behind_the_rename_loses_nothing,
    ]
)
