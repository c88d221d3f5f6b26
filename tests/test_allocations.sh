#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each allocation fails in turn: exit 0 or 4, no crash, and the result is the old or a new whole one.
# Then valgrind: no error, nothing lost.
. tests/support.sh
M=$MSCHED
S=examples/tiny/school.yaml
run="--quiet --time-limit 0 --work-limit 0.05"

# shellcheck disable=SC2086
"$M" solve $S -o "$TMP/old" $run

one() { # one NUMBER ALL
        rm -rf "$TMP/new"
        cp -r "$TMP/old" "$TMP/new"
        (
                [ -z "$2" ] || export FAIL_ALL=1
                export FAIL_AT="$1" LD_PRELOAD="$TMP/failmalloc.so"
                # shellcheck disable=SC2086
                exec timeout 60 "$M" solve $S -o "$TMP/new" $run
        ) >"$TMP/log" 2>&1
        code=$?
        if [ $code != 0 ] && [ $code != 4 ]; then
                echo "allocation $1 ${2:+and later }fails: exit $code" && tail -n 5 "$TMP/log"
                return 1
        fi
        [ "$(ls "$TMP/new" | wc -l)" = 4 ] && "$M" verify $S "$TMP/new/schedule.json" >"$TMP/log" && return 0
        echo "allocation $1 ${2:+and later }fails: exit $code, and leaves" && ls "$TMP/new"
        return 1
}

each() { # each ALL: the first ones, then a sample
        result=0 n=1
        while [ $n -le "$total" ]; do
                one $n "$1" || result=1
                if [ $n -lt 20 ]; then n=$((n + 1)); else n=$((n + step)); fi
        done
        return $result
}

if ${CC:-cc} -shared -fPIC -O1 -o "$TMP/failmalloc.so" tests/failmalloc.c -ldl 2>"$TMP/log" && [ "$VARIANT" != san ]; then
        # shellcheck disable=SC2086
        FAIL_COUNT="$TMP/count" LD_PRELOAD="$TMP/failmalloc.so" "$M" solve $S -o "$TMP/new" $run
        total=$(cat "$TMP/count")
        echo "# $total allocations"
        claim "the shim counts the allocations" [ "$total" -gt 100 ]
        step=$((total / ${MSCHED_FULL:+20}40 + 1))
        claim "a failed allocation ends in exit 0 or 4" each ""
        claim "memory that stays short ends so too" each all
else
        skip "each allocation fails in turn" "no shared library for this build"
fi

if ! command -v valgrind >/dev/null; then
        skip "valgrind finds nothing" "no valgrind"
elif [ "$VARIANT" = san ]; then
        echo "# the sanitizers stand for valgrind"
else
        vg="valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect"
        # shellcheck disable=SC2086
        claim "valgrind finds no error in a solve" code_is 0 $vg "$M" solve $S -o "$TMP/vg" $run
        claim "nor in verify" code_is 0 $vg "$M" verify $S "$TMP/vg/schedule.json"
        claim "nor in diff" code_is 0 $vg "$M" diff $S "$TMP/vg/schedule.json" "$TMP/old/schedule.json"
        claim "nor in model" code_is 0 $vg "$M" model $S -o "$TMP/m.lp"
        claim "nor for a bad school" code_is 1 $vg "$M" check tests/support.sh
fi
finish
