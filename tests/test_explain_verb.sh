#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# explain: reasons and fixes; a fix that is applied does what it says.
. tests/support.sh
cd "$TMP" || exit 1
root=$OLDPWD
M=$MSCHED

cp -r "$root/examples/tiny" tiny
S=tiny/school.yaml A=a/schedule.json
"$M" solve $S -o a --time-limit 10 --quiet || exit 1

claim "explains all beside the schedule" code_is 0 "$M" explain $S $A
claim "and counts" prints "1 request unmet" out
claim "by kind" grep -qE '^  (a seat|one more section|another request given up).*: [0-9]+' out
claim "private" [ "$(stat -c %a a/explain.json)" = 600 ]
claim "as JSON" "$PYTHON" -m json.tool a/explain.json
claim "for this schedule" prints "$(sha256sum $A | cut -d' ' -f1)" a/explain.json
claim "the page takes it" code_is 0 "$M" report $S $A -o r.html --quiet
claim "and shows the fix" prints "verified_by" r.html
student=$("$PYTHON" -c 'import json; print(json.load(open("a/explain.json"))["requests"][0]["student"])')
course=$("$PYTHON" -c 'import json; print(json.load(open("a/explain.json"))["requests"][0]["course"])')
claim "explains a student as text" code_is 0 "$M" explain $S $A --student "$student"
claim "by name of the course" prints "$student, $course: " out
claim "with the grid: sections, seats left, what is in the way" grep -qE '^  [A-Z0-9]+ .*#[0-9]+ \([0-9]+\) [A-Z]' out
claim "and where he sits" prints "sits here" out
claim "--json prints JSON" code_is 0 "$M" explain $S $A --student "$student" --json
claim "with the grid" prints '"grids"' out
claim "--quiet is quiet" code_is 0 "$M" explain $S $A --course "$course" --quiet
claim "really" [ ! -s out ]
claim "--no-fixes leaves them out" code_is 0 "$M" explain $S $A --no-fixes -o n.json
claim "reasons stay" prints '"reason"' n.json
claim "no fix there" sh -c '! grep -q verified_by n.json'

# A fix that is offered works: the school edited, solved from the schedule with the limit stated.
claim "--apply writes the school" code_is 0 "$M" explain $S $A --student "$student" --course "$course" --apply e
claim "which is a school" code_is 0 "$M" check e/school.yaml
"$M" explain $S $A --student "$student" --course "$course" --apply f >said
claim "says which fix that is" grep -q "^f/school.yaml: fix 1 of [0-9]* for $student, $course: " said
claim "and how to solve it" prints "msched solve f/school.yaml --from $A --freeze sections --time-limit 0 --work-limit" said
how=$(sed -n "s/.*--from $(echo $A | sed 's|/|.|g') \(.*\) -o DIR/\1/p" said)
claim "not over what is there" code_is 1 "$M" explain $S $A --student "$student" --course "$course" --apply tiny
# shellcheck disable=SC2086
claim "solves from the schedule" code_is 0 "$M" solve e/school.yaml --from $A $how -o b --quiet
claim "verify takes it" code_is 0 "$M" verify e/school.yaml b/schedule.json
met() {
        "$PYTHON" - "$student" "$course" <<'PY'
import json, sys
unmet = json.load(open("b/schedule.json"))["unmet"]
sys.exit(any(u["student"] == sys.argv[1] and u["course"] == sys.argv[2] for u in unmet))
PY
}
claim "the request is no longer unmet" met

claim "--fix says which" code_is 0 "$M" explain $S $A --student "$student" --course "$course" --apply g --fix 1 --quiet
claim "as the first is" cmp -s e/school.yaml g/school.yaml
claim "a fix that is not there is not made" says 1 "no fix of that number" "$M" explain $S $A --student "$student" \
        --course "$course" --apply h --fix 99
claim "--fix without --apply is refused" says 1 "beside --apply" "$M" explain $S $A --fix 1

# JAZZ, which is required, is in the way of ART, and there is no other period: nothing but that helps.
cat >one.yaml <<'END'
msched: 1
bell: {periods: 1}
teachers: [{id: kim}, {id: lee}]
courses: [{id: JAZZ, teachers: [kim], sections: 1, size: {min: 0}}, {id: ART, teachers: [lee], sections: 1, size: {min: 0}}]
students: [{id: K, grade: 9}]
requests: [{student: K, course: JAZZ, kind: required}, {student: K, course: ART}]
END
"$M" solve one.yaml -o one --time-limit 5 --quiet || exit 1
claim "what is required is a last resort" code_is 0 "$M" explain one.yaml one/schedule.json --student K
claim "and said to be one" prints "gives up JAZZ, which is required" out
claim "which is not made by itself" says 1 "--fix 1 makes it all the same" "$M" explain one.yaml one/schedule.json \
        --student K --apply i
claim "nothing is written then" [ ! -e i ]
claim "but by its number" code_is 0 "$M" explain one.yaml one/schedule.json --student K --apply i --fix 1

claim "fixes are numbered from 1" says 1 "--fix: found '0'" "$M" explain one.yaml one/schedule.json --student K --apply j --fix 0
claim "without fixes none is said to be missing" code_is 0 "$M" explain one.yaml one/schedule.json --student K --no-fixes
none_said() { ! grep -q "No small change" out && grep -q "^K, ART: " out; }
claim "but the reason is told" none_said
claim "a placed section has nothing to explain" code_is 0 "$M" explain one.yaml one/schedule.json --section JAZZ-1
claim "and that is said" prints "Nothing is unmet or unplaced here" out
cp -r one "o'ne o"
claim "a path with a blank is taken" code_is 0 "$M" explain one.yaml "o'ne o/schedule.json" --student K --apply "k k" --fix 1
sed -n 's/^  msched solve/solve/p' out | sed 's/ DIR$/ kk/' >line
pasted() { eval "\"\$M\" $(cat line) --quiet" && [ -e kk/schedule.json ]; }
claim "and the command that is printed can be pasted" pasted

claim "an unknown student is named" says 1 "found 'nobody'" "$M" explain $S $A --student nobody
claim "an unknown course is named" says 1 "found 'NOPE'" "$M" explain $S $A --course NOPE
claim "an unknown section is named" says 1 "found 'ART-99'" "$M" explain $S $A --section ART-99
claim "a section without a number is named" says 1 "found 'ART'" "$M" explain $S $A --section ART
claim "a schedule that is none is refused" code_is 1 "$M" explain $S $S
claim "two arguments are wanted" code_is 1 "$M" explain $S
claim "another school's schedule is refused" code_is 1 "$M" explain tiny/step4.yaml $A
claim "nowhere to write is our fault" code_is 4 "$M" explain $S $A -o nowhere/at/all/x.json
finish
