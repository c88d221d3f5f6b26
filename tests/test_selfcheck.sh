#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A solver that is wrong writes nothing: every schedule passes verify first, in each build.
. tests/support.sh
flags="-std=c11 -D_GNU_SOURCE -I. -pthread -fno-lto"
[ "$VARIANT" != san ] || flags="$flags -fsanitize=address,undefined"
# shellcheck disable=SC2086
claim "a program with a wrong solver builds" ${CC:-cc} $flags -Wl,--wrap=solution_answer -o "$TMP/wrong" \
        tests/spoil.c "$B"/cli/*.o "$B/msched.a" -lglpk -lyaml -lcsv -lutf8proc -lzip -lm
S=examples/tiny/school.yaml
run="solve $S -o $TMP/result --quiet --time-limit 10"

# shellcheck disable=SC2086
{
        claim "left alone it solves" code_is 0 "$TMP/wrong" $run
        cp -r "$TMP/result" "$TMP/keep"
        claim "a broken rule exits 4" code_is 4 env SPOIL_SEAT=1 "$TMP/wrong" $run
        claim "and names the rule" grep -q 'H[0-9]' "$TMP/err"
        claim "a false claim exits 4" code_is 4 env SPOIL_SCORE=1 "$TMP/wrong" $run
        claim "and names the claim" grep -q 'false claim: .*cte_unmet' "$TMP/err"
        claim "the last good result stays" diff -r "$TMP/result" "$TMP/keep"
}
finish
