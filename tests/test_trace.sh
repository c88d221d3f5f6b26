#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# solve --trace: a row for each score on the way, the last one what was delivered.
. tests/support.sh
S=examples/tiny/school.yaml
cp -r examples/tiny "$TMP/tiny"

traced() {
        code_is 0 "$MSCHED" solve $S -o "$TMP/result" --quiet --time-limit 0 --work-limit 30 --trace "$TMP/trace.csv"
}
claim "a solve writes its trace" traced

holds() { # holds CODE: python about the rows and the schedule
        "$PYTHON" - "$TMP/trace.csv" "$TMP/result/schedule.json" <<PYTHON
import csv, json, sys
rows = list(csv.DictReader(open(sys.argv[1])))
done = json.load(open(sys.argv[2]))
tiers = list(done["score"])
scores = [tuple(float(r[t]) for t in tiers) for r in rows]
$1
PYTHON
}
claim "its columns are time, steps, stage, the tiers and their bounds" holds '
assert list(rows[0]) == ["seconds", "steps", "stage"] + tiers + ["bound_" + t for t in tiers]'
claim "its last row is the score delivered" holds '
assert rows[-1]["stage"] == "end" and scores[-1] == tuple(done["score"].values()), rows[-1]'
claim "and its bounds" holds '
for t, b in done["bound"].items():
    assert rows[-1]["bound_" + t] == ("" if b is None else "%g" % b), t'
claim "no row is worse than the one before" holds '
assert scores == sorted(scores, reverse=True) and len(scores) > 1, scores'
claim "time and work only grow" holds '
for key in "seconds", "steps":
    v = [float(r[key]) for r in rows]
    assert v == sorted(v), v'

claim "a folder that is not there is refused before the search" code_is 4 \
        "$MSCHED" solve $S -o "$TMP/none" --time-limit 600 --trace "$TMP/nowhere/trace.csv"
claim "and named" grep -q 'nowhere/trace.csv' "$TMP/err"
refused() {
        code_is 1 "$MSCHED" solve "$TMP/tiny/school.yaml" -o "$TMP/none" --trace "$TMP/tiny/school.yaml" &&
                cmp examples/tiny/school.yaml "$TMP/tiny/school.yaml"
}
claim "the school is not written over" refused
finish
