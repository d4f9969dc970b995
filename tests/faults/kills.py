#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs that are killed or asked to stop at any moment leave an index that is whole."""

import random
import signal
import subprocess
import time

from common import Corpus, assert_as_fresh, assert_sound, lupe_index, run_tests


def timed(*arguments):
    start = time.monotonic()
    lupe_index("-q", *arguments)
    return time.monotonic() - start


def interrupted(delay, number, *arguments):
    """Starts a run, sends a signal after a delay; returns how the run ended."""
    run = subprocess.Popen(
        ["lupe-index", "-q", *map(str, arguments)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    try:
        run.wait(delay)
    except subprocess.TimeoutExpired:
        run.send_signal(number)
    stderr = run.communicate()[1]
    expected = {0, 1, -number, 128 + number}
    assert run.returncode in expected, f"ended with {run.returncode}: {stderr}"
    return run.returncode


def counts(ends, number):
    hit = sum(end in (-number, 128 + number) for end in ends)
    return f"{len(ends)} runs, {hit} of them hit"


def builds(scratch, times, number):
    corpus = Corpus(scratch / "corpus", 150)
    chance = random.Random(number)
    length = timed("--index", scratch / "measure", corpus.path)
    index = scratch / "index"
    ends = []
    rounds = 0
    while len(ends) < times:
        while not (index / "index").exists() and len(ends) < times:
            jobs = chance.choice([1, 2, 3])
            ends.append(interrupted(chance.uniform(0, length / 2), number, "-j", jobs, "--index", index, corpus.path))
            if chance.random() < 0.3:
                corpus.change(3)
                corpus.settle()
        if (index / "index").exists():
            assert_sound(index)
            rounds += 1
            index = scratch / f"index{rounds}"
    lupe_index("-q", "--index", index, corpus.path)
    assert_sound(index)
    assert_as_fresh(index, corpus, scratch)
    return counts(ends, number)


def updates(scratch, times, number):
    corpus = Corpus(scratch / "corpus", 150)
    chance = random.Random(number)
    index = scratch / "index"
    lupe_index("-q", "--index", index, corpus.path)
    corpus.change(40)
    corpus.settle()
    options = ["--allow-mass-delete", "--index", index]  # what was not applied adds up
    length = timed(*options)
    ends = []
    for _ in range(times):
        corpus.change(chance.randint(1, 40))
        corpus.settle()
        ends.append(interrupted(chance.uniform(0, 1.2 * length), number, "-j", chance.choice([1, 3]), *options))
        assert_sound(index)
    lupe_index("-q", *options)
    assert_as_fresh(index, corpus, scratch)
    return counts(ends, number)


def rebuilds(scratch, times, number):
    """The later part of a rebuild: merging, syncing, swapping, tidying."""
    corpus = Corpus(scratch / "corpus", 150)
    chance = random.Random(number)
    index = scratch / "index"
    lupe_index("-q", "--index", index, corpus.path)
    length = timed("rebuild", "--index", index)
    ends = []
    for _ in range(times):
        corpus.change(2)
        corpus.settle()
        delay = chance.uniform(0.4, 1.2) * length
        ends.append(interrupted(delay, number, "-j", chance.choice([1, 3]), "rebuild", "--index", index))
        assert_sound(index)
    lupe_index("-q", "--index", index)
    lupe_index("-q", "--index", index)
    assert_as_fresh(index, corpus, scratch)
    assert_sound(index)
    return counts(ends, number)


def builds_killed_at_random_are_gone_on_with(scratch, full):
    return builds(scratch, 60 if full else 6, signal.SIGKILL)


def updates_killed_at_random_leave_the_old_state_or_the_new(scratch, full):
    return updates(scratch, 80 if full else 5, signal.SIGKILL)


def rebuilds_killed_at_random_leave_the_old_index_or_the_new(scratch, full):
    return rebuilds(scratch, 60 if full else 4, signal.SIGKILL)


def builds_asked_to_stop_stop_and_go_on(scratch, full):
    return builds(scratch, 7 if full else 2, signal.SIGTERM)


def updates_asked_to_stop_stop_and_go_on(scratch, full):
    return updates(scratch, 7 if full else 2, signal.SIGINT)


def rebuilds_asked_to_stop_stop_and_go_on(scratch, full):
    return rebuilds(scratch, 6 if full else 2, signal.SIGTERM)


run_tests(
    [
        builds_killed_at_random_are_gone_on_with,
        updates_killed_at_random_leave_the_old_state_or_the_new,
        rebuilds_killed_at_random_leave_the_old_index_or_the_new,
        builds_asked_to_stop_stop_and_go_on,
        updates_asked_to_stop_stop_and_go_on,
        rebuilds_asked_to_stop_stop_and_go_on,
    ]
)
