#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# price: known prices of a small school, the list as text, data and page, refusals.
. tests/support.sh
cd "$TMP" || exit 1
root=$OLDPWD
M=$MSCHED

prints() { # prints TEXT FILE
        grep -qF -- "$1" "$2" || { echo "no '$1' in:"; head -n 5 "$2"; return 1; }
}
says() { # says CODE TEXT COMMAND...
        wanted_code=$1 wanted_text=$2
        shift 2
        code_is "$wanted_code" "$@" && prints "$wanted_text" "$TMP/err"
}

# ART is locked to the period of BIO, both with one section: A can sit in one of them. CHOIR holds
# two of three. C may not sit in the cohort's pure section of LAB, and there is no other. The room of POT holds one of
# two.
cat >school.yaml <<'END'
msched: 1
bell: {periods: 3}
contract: {load: 2, size: {min: 1, max: 9}}
teachers:
  - {id: kim}
  - {id: lee}
  - {id: ray, credentials: [music]}
rooms: [{id: R1, types: [lab]}, {id: R2, types: [kiln], capacity: 1}]
pathways:
  - id: H
    cohorts:
      - {id: K, grade: 9, courses: [LAB], purity: 1}
courses:
  - {id: ART, sections: 1, teachers: [kim]}
  - {id: BIO, sections: 1, teachers: [lee], at: {periods: ["2"]}}
  - {id: CHOIR, sections: 1, credential: music, size: 2}
  - {id: LAB, sections: 1, room: lab, teachers: [kim]}
  - {id: POT, sections: 1, room: kiln, teachers: [lee]}
students:
  - {id: A, grade: 9}
  - {id: B, grade: 9}
  - {id: C, grade: 9}
  - {id: D, grade: 9, pathway: H}
  - {id: E, grade: 9, pathway: H}
  - {id: F, grade: 9}
  - {id: G, grade: 9}
requests:
  - {student: A, course: ART}
  - {student: A, course: BIO}
  - {student: A, course: CHOIR}
  - {student: B, course: CHOIR}
  - {student: C, course: CHOIR}
  - {student: C, course: LAB}
  - {student: D, course: LAB}
  - {student: E, course: LAB}
  - {student: F, course: POT}
  - {student: G, course: POT}
locks:
  - {course: ART, section: 1, period: "2"}
  - {course: LAB, section: 1, cohort: K, period: "1"}
END
S=school.yaml A=a/schedule.json
"$M" solve $S -o a --time-limit 10 --quiet || exit 1

price() { "$M" price $S $A --time-limit 0 --work-limit 60 "$@"; }
price --json >list.json || exit 1
gains() { # gains KEY TIER VALUE SURE: of one entry
        "$PYTHON" - "$@" <<'PY'
import json, sys
key, tier, value, sure = sys.argv[1:]
e = next(e for e in json.load(open("list.json"))["entries"] if e["key"] == key)
print(key, e["gain"], e["sure"])
sys.exit(e["gain"][tier] != float(value) or e["sure"] != sure)
PY
}
line() { # line KEY TEXT: the entry's line in school.yaml holds it
        "$PYTHON" - "$@" <<'PY'
import json, sys
e = next(e for e in json.load(open("list.json"))["entries"] if e["key"] == sys.argv[1])
text = open("school.yaml").read().split("\n")[e["line"] - 1]
print(e["line"], text)
sys.exit(sys.argv[2] not in text)
PY
}
claim "the lock of ART costs one request" gains lock:1 request_loss 4 proven
claim "its line is named" line lock:1 "course: ART, section: 1"
claim "the period of BIO costs the same" gains course:BIO:at request_loss 4 proven
claim "one more section of the full course seats one more" gains section:CHOIR request_loss 4 proven
claim "one more place in the full room does so, too" gains place:R2 request_loss 4 proven
claim "a room with space has no price" sh -c '! grep -q place:R1 list.json'
claim "the cohort costs C a request" gains cohort:K request_loss 4 proven
claim "what it scores itself is no gain" gains cohort:K cohort_breaks 0 proven
claim "its purity alone costs that" gains purity:K request_loss 4 proven
claim "its lock alone costs nothing" gains lock:2 request_loss 0 proven
claim "its line is named, too" line purity:K "id: K"
claim "the load costs nothing" gains limit:load request_loss 0 proven
claim "nobody's gain is negative" "$PYTHON" - <<'PY'
import json, sys
for e in json.load(open("list.json"))["entries"]:
    first = [g for g in e["gain"].values() if g]
    if first and first[0] < 0: sys.exit(e["key"])
PY
sorted_by_value() {
        "$PYTHON" - <<'PY'
import json, sys
gains = [list(e["gain"].values()) for e in json.load(open("list.json"))["entries"]]
sys.exit(gains != sorted(gains, reverse=True))
PY
}
claim "most valuable first" sorted_by_value

claim "the same list again" sh -c "'$M' price $S $A --time-limit 0 --work-limit 60 --json | cmp - list.json"
claim "with other threads, too" sh -c "'$M' price $S $A --time-limit 0 --work-limit 60 --threads 1 --json | cmp - list.json"
claim "as text" code_is 0 price
claim "with the rule's place" prints "$S:" out
claim "and the count" prints "entries are worth something" out
claim "a page" code_is 0 price -o p.html --quiet
claim "for oneself" [ "$(stat -c %a p.html)" = 600 ]
claim "with the entries" prints "without the lock of ART-1" p.html
claim "quiet" [ ! -s out ]
claim "one entry alone" code_is 0 price --entry purity:K
claim "is told" prints "1. without the purity of cohort K" out

claim "--apply writes the school" code_is 0 price --entry lock:1 --apply less
claim "which is one" code_is 0 "$M" check less/school.yaml
claim "without the lock" sh -c '! grep -q "course: ART" less/school.yaml'
"$M" solve less/school.yaml --from $A --time-limit 5 -o b --quiet
gained() {
        "$PYTHON" - <<'PY'
import json, sys
e = next(e for e in json.load(open("list.json"))["entries"] if e["key"] == "lock:1")
sys.exit(json.load(open("b/schedule.json"))["score"] != e["after"])
PY
}
claim "solving it has the score that the list says" gained
claim "not over what is there" code_is 1 price --entry lock:1 --apply less
claim "an unknown entry is named" says 1 "found 'rule:77'" "$M" price $S $A --entry rule:77
claim "--apply wants an entry" says 1 "--apply needs --entry" "$M" price $S $A --apply new
claim "a schedule that is none is refused" code_is 1 "$M" price $S $S
claim "two arguments are wanted" code_is 1 "$M" price $S
claim "another school's schedule is refused" code_is 1 "$M" price "$root/examples/tiny/school.yaml" $A
claim "nowhere to write is our fault" code_is 4 "$M" price $S $A --time-limit 1 -o nowhere/at/all/x.html --quiet
sed -i '/"course": "ART"/,/}/ s/"2"/"1"/' a/schedule.json
claim "a schedule that breaks a rule is refused" code_is 1 "$M" price $S $A --force
finish
