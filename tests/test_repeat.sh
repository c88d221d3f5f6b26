#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One seed and a work limit give one schedule, however often and with any number of threads: two runs each with one
# and two threads, ten each in the full test.
. tests/support.sh
runs="1 2"
limit=3
if [ -n "$MSCHED_FULL" ]; then
        runs="1 2 3 4 5 6 7 8 9 10"
        limit=20
fi
hard_school "$TMP/hard" 200
schools="$TMP/hard/school.yaml examples/academy-120/school.yaml"

# What a run came to, without its time and the options as they were given.
bare() { sed '/"seconds"/d; /"options"/d' "$1"; }

same() { # same SCHOOL SEED
        rm -f "$TMP/first"
        for threads in 1 2; do
                for run in $runs; do
                        "$MSCHED" solve "$1" -o "$TMP/run" --quiet --time-limit 0 --work-limit $limit --seed "$2" \
                                --threads $threads || return 1
                        bare "$TMP/run/schedule.json" >"$TMP/now"
                        [ -f "$TMP/first" ] || cp "$TMP/now" "$TMP/first"
                        cmp "$TMP/first" "$TMP/now" || { echo "run $run, $threads threads"; return 1; }
                done
        done
}
for school in $schools; do
        claim "$(basename "$(dirname "$school")"): a seed and a work limit give one schedule" same "$school" 1
        cp "$TMP/first" "$TMP/first.$(basename "$(dirname "$school")")"
done
differs() { # if not, the comparison above would see nothing
        "$MSCHED" solve "$TMP/hard/school.yaml" -o "$TMP/run" --quiet --time-limit 0 --work-limit $limit --seed 2 || return 1
        bare "$TMP/run/schedule.json" >"$TMP/now"
        ! cmp -s "$TMP/first.hard" "$TMP/now"
}
claim "another seed gives another" differs
finish
