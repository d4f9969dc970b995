#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What `check` calls sound is sound: bytes are changed by chance, everywhere."""

import random
import shutil

from common import Corpus, dump, lupe_index, run_tests


def what_check_calls_sound_says_what_it_said(scratch, full):
    corpus = Corpus(scratch / "corpus", 60)
    index, copy = scratch / "index", scratch / "copy"
    lupe_index("-q", "--index", index, corpus.path)
    truth = dump(index)
    chance = random.Random(7)
    generation = (index / "index").read_text().split()[1]
    tables = sorted(p.name for p in (index / generation).iterdir() if p.stat().st_size)
    seen = 0
    times = 400 if full else 40
    for _ in range(times):
        shutil.copytree(index, copy)
        table = copy / generation / chance.choice(tables)
        data = bytearray(table.read_bytes())
        place = chance.randrange(len(data))
        data[place] ^= 1 << chance.randrange(8)
        table.write_bytes(data)
        check = lupe_index("check", "--index", copy, check=False)
        assert check.returncode in (0, 1, 2), f"{table.name}, byte {place}: {check.returncode} {check.stderr}"
        seen += check.returncode != 0
        if check.returncode == 0:
            assert dump(copy) == truth, f"{table.name}, byte {place}: not noticed"
        else:
            assert check.stderr.startswith("lupe-index: "), check.stderr
        shutil.rmtree(copy)
    return f"{seen} of {times} noticed, the others changed nothing"


def check_names_what_is_damaged(scratch, full):
    corpus = Corpus(scratch / "corpus", 10)
    index = scratch / "index"
    lupe_index("-q", "--index", index, corpus.path)
    lexicon = index / (index / "index").read_text().split()[1] / "lexicon"
    data = bytearray(lexicon.read_bytes())
    data[len(data) // 2] ^= 1
    lexicon.write_bytes(data)
    check = lupe_index("check", "--index", index, check=False)
    assert check.returncode == 1 and "lexicon" in check.stderr, check.stderr
    assert "damaged" in check.stdout


run_tests([what_check_calls_sound_says_what_it_said, check_names_what_is_damaged])
