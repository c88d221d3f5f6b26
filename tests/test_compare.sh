#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Comparisons: proven, found and noise; page, CSV and JSON; students by id only where wanted.
. tests/support.sh
cp -r examples/tiny examples/network "$TMP"
cd "$TMP" || exit 1
M=$MSCHED
hard_school hard 40

cat >tiny.yaml <<'YAML'
base: tiny/school.yaml
scenarios:
  - {id: now}
  - {id: same, title: The same again}
  - {id: less, title: Without <b>moss</b>, minus: [{teacher: moss}]}
YAML
from_file() {
        "$M" compare tiny.yaml -o result --json >c.json && "$PYTHON" - <<'PYTHON'
import json
s = json.load(open("c.json"))["schools"][0]["scenarios"]
assert [x["standing"] for x in s] == ["base", "proven_equal", "proven_worse"], s
assert s[2]["students_lose"] > 0 and s[2]["usage"]["teachers"] == s[0]["usage"]["teachers"] - 1
PYTHON
}
claim "a scenario file is solved and compared; bounds prove who is worse" from_file
again() { "$M" compare tiny.yaml -o result --json >again.json && cmp c.json again.json; }
claim "a second time nothing is solved, and the same is said" again
# It asks for a section that nobody needs, which is missing then: no loss to anybody.
asks() {
        cat >asks.yaml <<'YAML'
base: tiny/school.yaml
scenarios:
  - {id: now}
  - {id: more, title: One more, plus: [{section: ART}], options: {streams: 1}}
YAML
        "$M" compare asks.yaml -o asks --json >asks.json && "$PYTHON" - <<'PYTHON' &&
import json
now, more = json.load(open("asks.json"))["schools"][0]["scenarios"]
assert now["not_compared"] == [] and more["not_compared"] == ["unplaced", "extra_sections"], more
assert more["standing"] in ("equal", "found_better", "proven_better"), more["standing"]
assert more["runs"][0]["score"]["unplaced"] > now["runs"][0]["score"]["unplaced"]
PYTHON
                grep -q 'not compared: [0-9]* asked for, not [0-9]*' asks/compare.html &&
                grep -q 'One more: searched with streams: 1' asks/compare.html
}
claim "what a scenario itself asks for does not make it worse" asks
network() {
        sed -i 's/work-limit: [0-9]*/work-limit: 0.5/' network/plan.yaml
        "$M" compare network/plan.yaml -o net --quiet && "$PYTHON" - <<'PYTHON'
import json
schools = json.load(open("net/compare.json"))["schools"]
assert [x["id"] for x in schools] == ["north", "river", "valley"]
for s in schools:
    assert [len(x["runs"]) for x in s["scenarios"]] == [2, 2, 2, 2] and not any(x["failed"] for x in s["scenarios"])
page = open("net/compare.html").read()
for part in ("All schools", "together", "valley: Score, tier by tier", "searched with cte-first: no", "north: what was changed"):
    assert part in page, part
PYTHON
}
claim "three schools, four scenarios and two seeds stand on one page, by one command" network
page() {
        "$M" compare result -o page --quiet && ! grep -q '<b>moss' page/compare.html && grep -q '&lt;b' page/compare.html &&
                grep -q 'proven worse' page/compare.html && grep -q 'teacher moss is gone' page/compare.html &&
                ! grep -qE '(src|href)="?(http|//)' page/compare.html && [ "$(stat -c %a page/compare.html)" = 600 ]
}
claim "the page is whole in itself, and its texts are escaped" page
nameless() {
        "$M" compare result -o bare --no-students --quiet && grep -qE 'S[0-9]{2}' page/compare.html &&
                ! grep -rqE '\bS[0-9]{2}\b' bare && grep -q 'fewer than 10' bare/compare.html
}
claim "without students no id is there, and small groups are left out" nameless
# Groups of the sizes 20, 12 and 4: the smallest is hidden, and with it the next, or the total would tell.
cells() {
        mkdir cells
        awk 'BEGIN {
                print "msched: 1\nbell: {periods: 2}\nteachers: [{id: ann}]" > "cells/school.yaml"
                print "courses: [{id: ART, size: {min: 1, max: 40}}]" > "cells/school.yaml"
                print "students: {file: students.csv}\nrequests: {file: requests.csv}" > "cells/school.yaml"
                print "id,grade,flags" > "cells/students.csv"
                print "student,course" > "cells/requests.csv"
                for (i = 1; i <= 36; i++) {
                        print "Q" i "," (i <= 20 ? 9 : i <= 32 ? 10 : 11) "," (i <= 30 ? "most" : "") > "cells/students.csv"
                        print "Q" i ",ART" > "cells/requests.csv"
                }
        }' && "$M" solve cells/school.yaml -o cells/out --quiet &&
                "$M" compare cells/out -o cells/all --quiet && "$M" compare cells/out -o cells/few --no-students --quiet &&
                "$PYTHON" - <<'PYTHON'
import csv, json
def groups(name):
    g = json.load(open(f"cells/{name}/compare.json"))["schools"][0]["scenarios"][0]["groups"]
    c = [r["of"] for r in csv.DictReader(open(f"cells/{name}/compare.csv")) if r["measure"] == "primary_met"]
    assert sorted(f"{x['kind']} {x['id'] or 'none'}" for x in g) == sorted(c), (g, c)
    return sorted(c)
assert groups("all") == ["flag most", "grade 10", "grade 11", "grade 9", "pathway none"]
assert groups("few") == ["grade 9", "pathway none"], groups("few") # six are not "most"
page = open("cells/few/compare.html").read()
assert "grade 10 (not shown)" in page and "grade 11 (fewer than 10)" in page, page
PYTHON
}
claim "what is left out cannot be had by subtraction" cells
csv() {
        "$PYTHON" - <<'PYTHON'
import csv, json
rows = list(csv.DictReader(open("page/compare.csv")))
runs = json.load(open("page/compare.json"))["schools"][0]["scenarios"]
for s in runs:
    for r in s["runs"]:
        for tier, value in r["score"].items():
            assert any(x["scenario"] == s["id"] and x["measure"] == tier and float(x["value"]) == value for x in rows), tier
PYTHON
}
claim "CSV and JSON agree" csv

# Seeds that differ: the same school under two names is noise or the same, never better.
cat >plan.yaml <<'YAML'
schools: [hard/school.yaml]
scenarios: noise.yaml
seeds: [1, 2, 3]
options: {work_limit: 0.3, streams: 1}
YAML
cat >noise.yaml <<'YAML'
scenarios:
  - {id: now}
  - {id: twin, change: {school: {name: Another name}}}
  - {id: half, change: {contract: {load: 2}}}
YAML
noise() {
        "$M" compare plan.yaml -o noise --json 2>/dev/null >n.json && "$PYTHON" - <<'PYTHON'
import json
s = {x["id"]: x for x in json.load(open("n.json"))["schools"][0]["scenarios"]}
assert s["twin"]["standing"] in ("noise", "equal", "proven_equal"), s["twin"]["standing"]
assert s["half"]["standing"] in ("found_worse", "proven_worse") and not s["half"]["single_seed"], s["half"]["standing"]
PYTHON
}
claim "what seeds alone explain is called noise" noise

folders() {
        for seed in 1 2; do
                "$M" solve hard/school.yaml -o d$seed --work-limit 0.3 --seed $seed --quiet || return 1
        done
        "$M" solve tiny/school.yaml -o other --quiet || return 1
        "$M" compare d1 d2 other --json >d.json && "$PYTHON" - <<'PYTHON'
import json
s = json.load(open("d.json"))["schools"][0]["scenarios"]
assert [(x["title"], len(x["runs"])) for x in s] == [("d1", 2), ("other", 1)]
assert s[1]["standing"] == "not_comparable"
PYTHON
}
claim "folders of solve find their schools; seeds are runs of one scenario" folders
altered() {
        cp -r d1 d3
        "$PYTHON" - <<'PYTHON'
import json
p = "d3/schedule.json"
d = json.load(open(p))
d["sections"][1]["teacher"] = d["sections"][0]["teacher"] = "nobody"
json.dump(d, open(p, "w"))
PYTHON
        code_is 1 "$M" compare d1 d3 && grep -q 'breaks a rule' err
}
claim "a schedule that breaks a rule is refused" altered
says() { # says TEXT ARGS...
        text=$1
        shift
        "$M" "$@" 2>&1 | grep -q "$text"
}
claim "a file without -o is refused" code_is 1 "$M" compare tiny.yaml
claim "a name that is no file is told so" says 'nothere: there is no such file' compare nothere
claim "a folder without results is refused" code_is 1 "$M" compare tiny
finish
