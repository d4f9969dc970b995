#!/usr/bin/env bats
# The transcripts of doc/tour.md are what the programs print.

bats_require_minimum_version 1.5.0
load setup

@test "the tour shows what the programs print" {
  "$BATS_TEST_DIRNAME/../../tools/tour" --check
}

@test "the list of terms for the journalist has 200, each once" {
  terms=$BATS_TEST_DIRNAME/../../corpus/begriffe.txt
  [ "$(wc -l <"$terms")" -eq 200 ]
  [ "$(sort -u "$terms" | wc -l)" -eq 200 ]
}
