#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The unit tests (a sample, or all) and a solve under AddressSanitizer and UBSan.
. tests/support.sh
if [ "$VARIANT" = san ]; then
        ok "this is the sanitizer build"
        finish
fi
if ! echo 'int main(void){return 0;}' | ${CC:-cc} -fsanitize=address,undefined -x c - -o "$TMP/probe" 2>/dev/null; then
        skip "the sanitizers find nothing" "no sanitizers in this compiler"
        finish
fi
folder=build/san
names="file json schedule_json verify yaml csv bad problem_read fuzz sweep"
[ -z "$MSCHED_FULL" ] || names=$(ls tests/test_*.c | sed 's|tests/test_||; s|\.c$||')
targets=$folder/msched
for name in $names; do
        if [ -e "tests/test_$name.c" ]; then targets="$targets $folder/tests/test_$name"; fi
done
# shellcheck disable=SC2086
claim "the sanitizer build builds" ${MAKE:-make} -s -j2 VARIANT=san B=$folder $targets
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
for target in $targets; do
        case $target in */tests/*) claim "$(basename "$target") is clean" "$target" ;; esac
done
for school in tiny academy-120; do
        claim "solving $school is clean" code_is 0 $folder/msched solve examples/$school/school.yaml \
                -o "$TMP/$school" --time-limit 5 --quiet
        claim "verifying $school is clean" code_is 0 $folder/msched verify examples/$school/school.yaml \
                "$TMP/$school/schedule.json"
done
finish
