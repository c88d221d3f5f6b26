#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Scenario files: what they change, what is printed, and errors that point into the overlay.
. tests/support.sh
docs=$PWD/docs network=$PWD/examples/network
cp -r examples/tiny examples/redwood "$TMP"
cd "$TMP" || exit 1
M=$MSCHED

cat >good.yaml <<'YAML'
base: tiny/school.yaml
scenarios:
  - {id: now, title: As it is}
  - id: changed
    change:
      contract: {load: 2}
      courses: {ART: {size: 5}, GUITAR: null}
      requests: {except: {course: GUITAR}}
    append: {rules: [{separate: [ENG10, GEOM]}]}
  - {id: both, like: changed, bell: trad-6, plus: [{room: K1}, {section: ART, count: 2}]}
  - {id: some, change: {students: {where: {pathway: culinary}}, locks: null}}
YAML
shown() { "$M" scenario good.yaml --show "$1"; }
base_stays() {
        shown now >now.yaml && ! grep -q '^#' now.yaml && [ "$(grep -c 'id: GUITAR' now.yaml)" = 1 ]
}
claim "a scenario without changes is the base" base_stays
merged() {
        shown changed >changed.yaml && grep -q '^contract: {load: 2, ' changed.yaml &&
                grep -q 'id: ART,.*size: 5' changed.yaml && ! grep -q 'id: GUITAR' changed.yaml &&
                grep -q 'separate: \[ENG10, GEOM\]' changed.yaml && grep -q 'free: ' changed.yaml &&
                grep -q '^# changed: courses.ART.size (good.yaml:7)$' changed.yaml &&
                grep -q '^# without courses.GUITAR (good.yaml:7)$' changed.yaml
}
claim "--show prints the merged school, and where each change was written" merged
on_top() {
        shown both >both.yaml && grep -q 'id: K1-2' both.yaml && grep -q 'periods: 6\|id: "\{0,1\}6' both.yaml &&
                grep -q 'id: ART,.*sections: ' both.yaml && ! grep -q 'id: GUITAR' both.yaml
}
claim "a scenario may build on another" on_top
written() {
        for s in now changed both; do
                "$M" scenario good.yaml --show $s -o out-$s && "$M" check out-$s/school.yaml --quiet &&
                        "$M" solve out-$s/school.yaml -o out-$s/result --quiet &&
                        "$M" verify out-$s/school.yaml out-$s/result/schedule.json || return 1
        done
        [ -z "$(find out-now -type f -perm /077)" ]
}
claim "what it writes is a school that can be solved and verified" written
filtered() {
        "$M" scenario good.yaml --show some -o out-some && "$PYTHON" - <<'PYTHON'
import csv
rows = list(csv.DictReader(open("out-some/students.csv")))
asked = {r["student"] for r in csv.DictReader(open("out-some/requests.csv"))}
assert rows and all(r["pathway"] == "culinary" for r in rows) and asked <= {r["id"] for r in rows}
PYTHON
}
claim "a table can be filtered; requests go with their students" filtered
lists() {
        "$M" scenario good.yaml >list && grep -q '^now: As it is$' list &&
                grep -q 'room K1-2 is new' list && "$M" scenario good.yaml --json >list.json &&
                "$PYTHON" -c 'import json; d = json.load(open("list.json")); assert len(d["scenarios"]) == 4 and d["scenarios"][2]["notes"]'
}
claim "without --show all are listed with what they assume" lists

# ---- includes ----
mkdir -p sub
echo 'scenarios: [{id: extra, minus: [{teacher: moss}]}]' >sub/more.yaml
printf 'include: sub/more.yaml\nbase: tiny/school.yaml\nscenarios: [{id: own}]\n' >including.yaml
included() { "$M" scenario including.yaml >list && grep -q 'teacher moss is gone' list && [ "$(sed -n 1p list)" = "extra: extra" ]; }
claim "an included file's scenarios come first" included
printf 'include: two.yaml\nscenarios: [{id: a}]\n' >one.yaml
printf 'include: one.yaml\nscenarios: [{id: b}]\n' >two.yaml
circle() { code_is 1 "$M" scenario one.yaml && grep -q '^two.yaml:1:10: .*includes itself' err; }
claim "a circle of files names its line" circle

# ---- credits that no decimal tells ----
cat >thirds.yaml <<'YAML'
msched: 1
bell: {terms: [T1, T2, T3], periods: 6}
teachers: [{id: t}]
courses: [{id: A, terms: 1, area: x}]
students: [{id: s, grade: 9}]
requests: [{student: s, course: A}]
YAML
sed 's/terms: 1/&, credits: 3.3/' thirds.yaml >stated.yaml
cp thirds.yaml counted.yaml
tee -a stated.yaml >>counted.yaml <<'YAML'
requirements: [{id: r, area: x, years_by_grade: {9: 0.3}}]
YAML
third() { # third SCHOOL COMMAND...: with {id: x, bell: 4x4} over it
        printf 'base: %s\nscenarios: [{id: x, bell: 4x4}]\n' "$1" >third.yaml
        rm -rf third
        shift
        "$@" "$M" scenario third.yaml --show x -o third --quiet
}
uncounted() { third thirds.yaml code_is 0 && "$M" check third/school.yaml && ! grep -q credits: third/school.yaml; }
claim "a third of a year in a 4x4 is a school where no requirement counts it" uncounted
claim "where one does it cannot be, and that is said at the course" third counted.yaml \
        says 1 "counted.yaml:4:11: found no 'credits' for A"
claim "and where the credits are stated it can" third stated.yaml code_is 0

# ---- errors point into the overlay ----
refused() { # refused TEXT PLACE PART
        printf 'base: tiny/school.yaml\nscenarios:\n%s\n' "$1" >bad.yaml
        code_is 1 "$M" scenario bad.yaml && grep -qF "$2" err && grep -qF "$3" err || { cat err && return 1; }
}
claim "a bad value in a change names the overlay's own line" refused \
        '  - id: x
    change:
      courses:
        ART: {size: many}' bad.yaml:6:21 "found 'many'"
claim "an unknown id in a change says what was meant" refused \
        '  - {id: x, change: {courses: {ARTT: {size: 3}}}}' bad.yaml:3:32 "did you mean 'ART'"
claim "an unknown key in a change names the overlay's own line" refused \
        '  - {id: x, change: {courses: {ART: {siez: 3}}}}' bad.yaml:3:38 "unknown key 'siez'"
claim "an unknown course of plus is refused" refused '  - {id: x, plus: [{section: ATR}]}' bad.yaml:3:30 "unknown course"
claim "an unknown bell is refused" refused '  - {id: x, bell: trad-9}' bad.yaml:3:19 "one of trad-6"
claim "a teacher cannot go twice" refused '  - {id: x, minus: [{teacher: moss}, {teacher: moss}]}' bad.yaml:3:48 "unknown teacher"
claim "an id given twice is refused" refused '  - {id: x}
  - {id: x}' bad.yaml:4:10 "a second time"
claim "an id that is no folder's name is refused" refused '  - {id: ../x}' bad.yaml:3:10 "names a folder"
claim "like must name an earlier scenario" refused '  - {id: x, like: y}
  - {id: y}' bad.yaml:3:19 "stands before this"
claim "append needs lists" refused '  - {id: x, append: {contract: [1]}}' bad.yaml:3:32 "expected a list"
outside() {
        mkdir -p elsewhere && echo 'base: ../tiny/school.yaml
scenarios: [{id: x, change: {students: {file: ../tiny/students.csv}}}]' >elsewhere/s.yaml
        code_is 1 "$M" scenario elsewhere/s.yaml && grep -q 's.yaml:2:47: .*outside of the school' err &&
                code_is 1 "$M" scenario elsewhere/s.yaml --root elsewhere && grep -q 'outside of the root' err
}
claim "an overlay reads no file outside of its own folder" outside
claim "an unknown name to show is refused" code_is 1 "$M" scenario good.yaml --show none
claim "a file that is not there is refused" code_is 1 "$M" scenario none.yaml

# ---- schemas ----
schemas() {
        "$PYTHON" - "$docs" good.yaml "$network/plan.yaml" "$network/scenarios.yaml" <<'PYTHON'
import json, sys, yaml, jsonschema
docs, good, plan, network = sys.argv[1:]
schema = {n: json.load(open(f"{docs}/{n}.schema.json")) for n in ("plan", "scenarios")}
for n, path in (("scenarios", good), ("plan", plan), ("scenarios", network)):
    jsonschema.validate(yaml.safe_load(open(path)), schema[n])
for n, wrong in (("plan", {"seeds": [1]}), ("scenarios", {"scenarios": [{"id": "x", "bel": "4x4"}]})):
    try:
        jsonschema.validate(wrong, schema[n])
        sys.exit(f"{wrong} passes")
    except jsonschema.ValidationError:
        pass
PYTHON
}
claim "the schemas take the examples and refuse what is wrong" schemas
cat >what.yaml <<'YAML'
base: tiny/school.yaml
scenarios:
  - {id: now}
  - id: twice
    change:
      locks:
        - {course: ENG10, section: 1, period: 1}
        - {course: ENG10, section: 1, period: 2}
YAML
# ---- ready-made overlays, on a whole school ----
cat >ready.yaml <<'YAML'
base: redwood/school.yaml
scenarios:
  - {id: trad-6, bell: trad-6}
  - {id: trad-7, bell: trad-7}
  - {id: trad-8, bell: trad-8}
  - {id: ab-8, bell: ab-8}
  - {id: block, bell: 4x4}
  - {id: more-staff, plus: [{teacher: maravik}]}
  - {id: less-staff, minus: [{teacher: maravik}]}
  - {id: more-rooms, plus: [{room: R1}]}
  - {id: fewer-rooms, minus: [{room: R1}]}
  - {id: more-sections, plus: [{section: AUTO1}]}
  - {id: fewer-sections, minus: [{section: AUTO1}]}
  - {id: more-cohorts, plus: [{cohort: auto-10}]}
  - {id: fewer-cohorts, minus: [{cohort: auto-10}]}
YAML
ready() { # ready SCENARIO: a school that check accepts; in full, one that can be solved
        "$M" scenario ready.yaml --show "$1" -o "ready/$1" --quiet && "$M" check "ready/$1/school.yaml" --quiet || return 1
        [ -n "$MSCHED_FULL" ] || return 0
        "$M" solve "ready/$1/school.yaml" -o "ready/$1/out" --work-limit 5 --no-exact --quiet &&
                "$M" verify "ready/$1/school.yaml" "ready/$1/out/schedule.json" --quiet
}
for s in $(sed -n 's/.*{id: \([^,]*\),.*/\1/p' ready.yaml); do
        claim "redwood with $s is a school" ready "$s"
done
told() {
        "$M" scenario ready.yaml >told &&
                for part in "contract: load 4 instead of 6" "own loads of teachers, before in brackets: .*rovavik 4 (5)" \
                        "97 more: 1 period in 2 of 4 terms instead of 1 in 2 of 2" "4 locks lose their period" \
                        "8 part-time teachers, 8 students and 0 rooms" "3 courses with periods of their own" \
                        "teacher maravik is gone" "AUTO1: 1 section instead of 2" "12 of its 25 members"; do
                        grep -q "$part" told || { echo "no $part" && return 1; }
                done
}
claim "what they assume is told" told

# Cohorts then lead the order: to seat nobody breaks none of them, and must not pass for a schedule.
last() {
        "$M" solve "$network/river/school.yaml" -o last --cte-last --work-limit 6 --seed 2 --threads 1 --quiet &&
                "$PYTHON" - <<'PYTHON'
import json
d = json.load(open("last/schedule.json"))
assert d["score"]["cohort_breaks"] == 0 and d["score"]["cte_unmet"] > 0, d["score"]
assert len(d["sections"]) >= 60 and d["score"]["required_unmet"] < 40, (len(d["sections"]), d["score"])
PYTHON
}
claim "with CTE last the others still get what they asked for" last
overlay() {
        code_is 5 "$M" compare what.yaml -o what --quiet && grep -q 'what.yaml:7: found what cannot hold' err &&
                grep -q '(what.yaml:8)' err && ! grep -q 'school.yaml:' err
}
claim "locks of an overlay that clash are named by its own lines" overlay
finish
