#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every reason of explain is confirmed by tests/explained.py, which reads the school by itself; at
# least half of the unmet requests have a fix that takes none from anyone, nine tenths any; fixes
# taken at random and applied do what they say. With MSCHED_FULL: redwood, three schools of 1,000
# and 2,000 students, and a hundred fixes.
. tests/support.sh
GENERATE=$B/benchmarks/generate
[ -x "$GENERATE" ] || ${MAKE:-make} B="$B" VARIANT="${VARIANT:-release}" "$GENERATE" >"$TMP/make.log" 2>&1
list=

confirmed() { # confirmed NAME SCHOOL
        "$PYTHON" tests/explained.py reasons "$2" "$TMP/$1/schedule.json" "$TMP/$1/explain.json"
}
many() { # many NAME: fixes, and in time
        "$PYTHON" tests/explained.py shares "$TMP/$1/explain.json"
}
first_unmet() { sed -n 's/.*{"student": "\([^"]*\)".*"kind".*/\1/p' "$TMP/$1/schedule.json" | head -n 1; }

explained() { # explained NAME SCHOOL WORK: solve, explain, check
        claim "$1 is solved" "$MSCHED" solve "$2" -o "$TMP/$1" --time-limit 0 --work-limit "$3" -q
        claim "$1 is explained in three minutes" within 180 "$MSCHED" explain "$2" "$TMP/$1/schedule.json" -q
        claim "a student of $1 in five seconds" within 5 "$MSCHED" explain "$2" "$TMP/$1/schedule.json" \
                --student "$(first_unmet "$1")" -q
        claim "every reason of $1 is so" confirmed "$1" "$2"
        claim "requests of $1 have fixes" many "$1"
        list="$list $2:$TMP/$1/schedule.json:$TMP/$1/explain.json"
}
school() { # school NAME KIND STUDENTS BELL SEED WORK OPTION...
        name=$1 kind=$2 students=$3 bell=$4 seed=$5 work=$6
        shift 6
        "$GENERATE" --kind "$kind" --students "$students" --bell "$bell" --seed "$seed" "$@" -o "$TMP/school-$name" \
                >"$TMP/generate.log" 2>&1
        explained "$name" "$TMP/school-$name/school.yaml" "$work"
}

# What is told must be found wrong once it is: one class more in the way, a reason less, a seat more.
noticed() { # noticed NAME SCHOOL CHANGE
        mkdir -p "$TMP/wrong"
        cp "$TMP/$1/schedule.json" "$TMP/wrong"
        "$PYTHON" - "$TMP/$1/explain.json" "$TMP/wrong/explain.json" "$3" <<'PY'
import json, sys
told = json.load(open(sys.argv[1]))
unmet = {(q["student"], q["course"]) for q in told["requests"]}
spots = [s for g in told["grids"] for r in g["rows"] if (g["student"], r["course"]) in unmet for s in r["sections"]]
of = lambda code: next(s["blocked_by"] for s in spots if code in [o["code"] for o in s["blocked_by"]])
without = lambda list_, code: list_.remove(next(o for o in list_ if o["code"] == code))
if sys.argv[3] == "full": without(of("full"), "full")
if sys.argv[3] == "overlap": without(of("overlap"), "overlap")
if sys.argv[3] == "class": next(o for o in of("overlap") if o["code"] == "overlap")["courses"].append("NONE")
if sys.argv[3] == "seat": next(s for s in spots if not s["free"])["free"] = 1
if sys.argv[3] == "request": told["requests"].pop()
if sys.argv[3] == "why": told["requests"][0]["why"] = "grade"
json.dump(told, open(sys.argv[2], "w"))
PY
        ! confirmed wrong "$2" || { echo "nothing wrong with $3"; return 1; }
}

if [ -n "$MSCHED_FULL" ]; then
        count=100
        explained redwood examples/redwood/school.yaml 150
        school thousand planted 1000 trad-7 1 100
        school twice planted 2000 trad-7 2 100
        school tight natural 2000 ab-8 3 100 --tight 4
else
        count=5
        school small natural 300 trad-7 5 4 --tight 8
        for change in full overlap class seat request why; do
                claim "a wrong $change is noticed" noticed small "$TMP/school-small/school.yaml" "$change"
        done
fi
# shellcheck disable=SC2086
claim "$count fixes at random do what they say" "$PYTHON" tests/explained.py fixes "$MSCHED" $count 1 "$TMP/fixes" $list
finish
