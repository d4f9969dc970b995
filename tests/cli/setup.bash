# For `load setup` in a .bats file: finds the programs and keeps the caller's settings out.
#
# `meson test` sets LUPE_BUILD; by hand: LUPE_BUILD=$PWD/build bats tests/cli

if [ -n "${LUPE_BUILD-}" ]; then
  PATH="$LUPE_BUILD/indexer:$LUPE_BUILD/query:$LUPE_BUILD/web:$PATH"
fi
export LC_ALL=C.UTF-8
unset LUPE_INDEX LUPE_PAGER PAGER NO_COLOR CLICOLOR_FORCE
export LUPE_PAGER=cat
export HOME=$BATS_TEST_TMPDIR XDG_DATA_HOME=$BATS_TEST_TMPDIR/share
