#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The bench's schools are what benchmarks/README.md says, and the baseline's schedules are valid.
. tests/support.sh
"${MAKE:-make}" -s B="$B" VARIANT="${VARIANT:-release}" "$B/benchmarks/generate" "$B/benchmarks/baseline" >"$TMP/make.log" 2>&1 || {
        cat "$TMP/make.log"
        not_ok "the generator and the baseline build"
        finish
}
tools=$B/benchmarks

make_school() { # make_school DIR ARGUMENT...
        dir=$1
        shift
        "$tools/generate" "$@" -o "$dir"
}

nothing_is_lacking() { # nothing_is_lacking PLAN
        tr -d ' \n' <"$1" | grep -q '"unplaced":\[\],"unmet":\[\]'
}

# Every seat cap, load and room is one that the plan uses.
nothing_to_spare() { # nothing_to_spare DIR
        "$PYTHON" - "$1" <<'PYTHON'
import collections, json, sys, yaml
school = yaml.safe_load(open(sys.argv[1] + "/school.yaml"))
plan = json.load(open(sys.argv[1] + "/plan.json"))
seats, used, cells = collections.Counter(), set(), collections.defaultdict(set)
for s in plan["sections"]:
    seats[s["course"]] = max(seats[s["course"]], len(s["students"]))
    used.add(s["room"])
    for t in s["terms"]:
        cells[s["teacher"], t] |= set(s["periods"])
for c in school["courses"]:
    assert c["size"]["max"] == seats[c["id"]], c["id"]
for t in school["teachers"]:
    load = t.get("load", school["contract"]["load"])
    assert load == max(len(cells[t["id"], term]) for term in school["bell"]["terms"]), t["id"]
assert used == {r["id"] for r in school["rooms"]}, used
PYTHON
}

bells="trad-6 trad-7 trad-8 ab-8 4x4 trimester"
sizes="60 200"
[ -z "$MSCHED_FULL" ] || sizes="60 100 200 300 500 1000"
for n in $sizes; do
        for bell in $bells; do
                for kind in natural planted; do
                        claim "$kind, $n students, $bell: no easy school" \
                                make_school "$TMP/$kind" --check --kind $kind --students "$n" --bell $bell --seed 4
                        claim "$kind, $n students, $bell: the school reads back" code_is 0 "$MSCHED" check "$TMP/$kind/school.yaml"
                        claim "$kind, $n students, $bell: the baseline's schedule is valid" \
                                "$tools/baseline" "$TMP/$kind/school.yaml" -o "$TMP/base"
                        claim "$kind, $n students, $bell: and verify says so too" \
                                code_is 0 "$MSCHED" verify "$TMP/$kind/school.yaml" "$TMP/base/schedule.json"
                done
                claim "planted, $n students, $bell: verify finds no fault in the plan" \
                        code_is 0 "$MSCHED" verify "$TMP/planted/school.yaml" "$TMP/planted/plan.json"
                claim "planted, $n students, $bell: the plan meets and places all" nothing_is_lacking "$TMP/planted/plan.json"
                claim "planted, $n students, $bell: nothing is to spare" nothing_to_spare "$TMP/planted"
                claim "with rules, $n students, $bell: no easy school" make_school "$TMP/rules" --check --kind planted \
                        --students "$n" --bell $bell --seed 4 --rules --homes
                claim "with rules, $n students, $bell: the plan keeps them" \
                        code_is 0 "$MSCHED" verify "$TMP/rules/school.yaml" "$TMP/rules/plan.json"
                claim "with rules, $n students, $bell: the plan meets and places all" nothing_is_lacking "$TMP/rules/plan.json"
                claim "with rules, $n students, $bell: the baseline keeps them" \
                        "$tools/baseline" "$TMP/rules/school.yaml" -o "$TMP/base"
        done
done

every_kind() {
        make_school "$TMP/kinds" --kind planted --students 300 --bell 4x4 --seed 1 --rules --homes || return 1
        for kind in separate stack same_period adjacent same_teacher same_students before needs limit apart avoid free; do
                grep -q "^  - $kind: " "$TMP/kinds/school.yaml" || { echo "no $kind"; return 1; }
        done
        for word in 'preps: ' 'consecutive: ' 'contacts: ' 'support: ' 'strands: ' 'common_planning: ' 'home: ' '  - {course: '; do
                grep -q -- "$word" "$TMP/kinds/school.yaml" || { echo "no $word"; return 1; }
        done
}
claim "a planted school with rules has every kind of them" every_kind

same_twice() {
        make_school "$TMP/one" --kind planted --students 120 --bell ab-8 --seed 9 --rules &&
                make_school "$TMP/two" --kind planted --students 120 --bell ab-8 --seed 9 --rules &&
                for file in school.yaml students.csv requests.csv plan.json; do
                        cmp "$TMP/one/$file" "$TMP/two/$file" || return 1
                done
}
claim "the same arguments make the same school" same_twice

another_seed() {
        make_school "$TMP/two" --kind planted --students 120 --bell ab-8 --seed 10 --rules &&
                ! cmp -s "$TMP/one/requests.csv" "$TMP/two/requests.csv"
}
claim "another seed makes another school" another_seed
claim "a bell that is not known is refused" code_is 1 "$tools/generate" --bell 9x9
claim "a school of three students is refused" code_is 1 "$tools/generate" --students 3
finish
