#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Odd schools of the bench: a valid schedule for each, in time. A sample of small ones, all of them in the full test.
. tests/support.sh
"${MAKE:-make}" -s B="$B" VARIANT="${VARIANT:-release}" "$B/benchmarks/generate" "$B/benchmarks/make_odd" \
        "$B/benchmarks/cell" >"$TMP/make.log" 2>&1 || {
        cat "$TMP/make.log"
        not_ok "the makers of odd schools build"
        finish
}
names=$(awk '$1 == "odd" { print $2 == "odd" ? $3 : $2 "-" $3 "-" $4 }' benchmarks/instances.txt)
limit=30
if [ -z "$MSCHED_FULL" ]; then
        names="one-student no-requests 16-periods singletons part-time few-seats no-rooms one-teacher 12-requests"
        limit=0.7
fi
for name in $names; do
        claim "$name: a valid schedule in time" env B="$B" LIMIT=$limit TO="$TMP/odd" benchmarks/odd "$name"
done

# What cannot run must fail, or the claims above prove nothing.
fails() {
        ! env B="$TMP/nowhere" TO="$TMP/none" LIMIT=1 benchmarks/odd one-student
}
claim "without a program there is no schedule" fails
finish
