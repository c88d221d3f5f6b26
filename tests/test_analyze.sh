#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# analyze: its files, what they must not hold, bad input.
. tests/support.sh
cd "$TMP" || exit 1
root=$OLDPWD
M=$MSCHED

R=$root/examples/redwood/school.yaml
claim "analyze wants -o" says 1 "-o DIR" "$M" analyze "$R"
claim "a missing school exits 1" code_is 1 "$M" analyze missing.yaml -o a
claim "nothing is written then" [ ! -e a ]
claim "a folder that cannot be made exits 1" code_is 1 "$M" analyze "$R" -o /dev/null/x
claim "redwood is analyzed" code_is 0 "$M" analyze "$R" -o a
claim "it says what to look at first" prints "requests: 8 stay unmet" out
claim "the folder is private" mode_is 700 a
for f in analyze.txt analyze.html tally.csv conflicts.csv student_loads.csv; do
        claim "$f is private" mode_is 600 a/$f
done
claim "--quiet says nothing" code_is 0 "$M" analyze "$R" -o a --quiet
claim "nothing at all" [ ! -s out -a ! -s err ]
no_students() { ! grep -qE 'S0[0-9]{3}' a/analyze.txt a/analyze.html; }
claim "text and page name no student" no_students
no_names() { ! grep -rq 'Harashi' a; }
claim "no name of a student is anywhere" no_names
claim "the tally counts" grep -q '^BAND,Concert Band,0,68,85,0,1,2,60,60,68.0,-8,,,20,18,18,12$' a/tally.csv
claim "and the seats that purity leaves to others" grep -q '^ENG10,.*,10,66,76,0,246,0,0$' a/tally.csv
claim "pairs that hurt most lead" grep -q '^EMR,INTERN,26,26,1,1,26.0,must not overlap$' a/conflicts.csv
first_pair() { [ "$(sed -n '2p' a/conflicts.csv | cut -d, -f1,2)" = EMR,INTERN ]; }
claim "in the matrix, too" first_pair
offline() { ! grep -qE 'https?:|src=|href="[^#]' a/analyze.html; }
claim "the page asks for nothing" offline

# ---- names made to annoy

mkdir -p evil
cat >evil/school.yaml <<'END'
msched: 1
school: {name: "<script>alert(1)</script>", year: "\" onload=x"}
bell: {periods: 2}
teachers: [{id: "=cmd()", credentials: ["@x"]}]
courses:
  - {id: "=HYPERLINK(1)", title: "<b>&\"", credential: "@x"}
  - {id: "-2+3", title: "a,b"}
students: [{id: "+S1", grade: 9}]
requests: [{student: "+S1", course: "=HYPERLINK(1)"}, {student: "+S1", course: "-2+3"}]
END
claim "hostile names are analyzed" code_is 0 "$M" analyze evil/school.yaml -o e
no_markup() { ! grep -qE '<script|<b>' e/analyze.html && prints "&lt;script&gt;" e/analyze.html; }
claim "none of them is markup" no_markup
no_formula() { ! grep -nE '(^|,|")[=+@]|(^|,|")-[^0-9]|(^|,|")-2' e/*.csv; }
claim "none of them is a formula" no_formula

if [ -x "$PYTHON" ]; then
        "$M" analyze "$R" -o a --json >a.json
        claim "--json prints JSON" "$PYTHON" -c 'import json; assert len(json.load(open("a.json"))["first"]) > 5'
        # The tally a second time, from the tables.
        claim "an independent count agrees" "$PYTHON" - "$root" <<'PY'
import collections, csv, itertools, sys
root = sys.argv[1] + "/examples/redwood/"
kinds, both, own = collections.Counter(), collections.Counter(), collections.defaultdict(list)
for r in csv.DictReader(open(root + "requests.csv")):
    kind = r["kind"] or "elective"
    kinds[r["course"], kind] += 1
    if kind != "alternate":
        own[r["student"]].append(r["course"])
for courses in own.values():
    for a, b in itertools.combinations(courses, 2):
        both[frozenset((a, b))] += 1
rows = list(csv.DictReader(open("a/tally.csv")))
assert len(rows) == 113
for r in rows:
    for kind, column in (("required", "required"), ("elective", "elective"), ("alternate", "alternates")):
        assert int(r[column]) == kinds[r["course"], kind], r
pairs = list(csv.DictReader(open("a/conflicts.csv")))
assert len(pairs) == len(both)
for p in pairs:
    assert int(p["students"]) == both[frozenset((p["course"], p["with"]))], p
PY
else
        skip "an independent count agrees" "no $PYTHON"
fi
finish
