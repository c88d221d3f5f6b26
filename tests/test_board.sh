#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Change one thing: board, solve --board, --from with --freeze; late enrolment.
. tests/support.sh
cd "$TMP" || exit 1
root=$OLDPWD
M=$MSCHED

cp -r "$root/examples/tiny" tiny
S=tiny/school.yaml
"$M" solve $S -o a --time-limit 10 --quiet || exit 1
A=a/schedule.json

# ---- board

claim "board wants -o" says 1 "-o board.csv" "$M" board $S $A
claim "board writes the table" code_is 0 "$M" board $S $A -o b.csv
claim "private" [ "$(stat -c %a b.csv)" = 600 ]
claim "with a row for each section" [ "$(wc -l <b.csv)" = 9 ]
claim "as it stands it changes nothing" code_is 0 "$M" solve $S --board b.csv -o b --time-limit 10 --quiet
same_board() { "$M" board $S b/schedule.json -o b2.csv -q && cut -d, -f1-6 b.csv >x && cut -d, -f1-6 b2.csv | diff x -; }
claim "section by section" same_board
claim "verify takes the board" code_is 0 "$M" verify $S b/schedule.json --board b.csv

art() { # art COLUMN VALUE: b.csv with that cell of ART changed, to c.csv
        awk -F, -v OFS=, -v c="$1" -v v="$2" '$1 == "ART" { $c = v } { print }' b.csv >c.csv
        line=$(grep -n '^ART,' c.csv | cut -d: -f1)
}
refused() { # refused CODE TEXT: c.csv, at the line of ART
        code_is "$1" "$M" solve $S --board c.csv -o c --time-limit 10 &&
                grep -qE "^c.csv:$line:[0-9]+: .*$2" err || { head -n 5 err; return 1; }
}
art 5 mos
claim "an unknown teacher is named with a suggestion" refused 1 "did you mean 'moss'"
art 5 gomez
claim "a teacher without the credential is a clash" refused 3 "gomez may not teach ART"
art 6 K9
claim "an unknown room is named" refused 1 "found room 'K9'"
art 6 K1
claim "a room of another type is a clash" refused 3 "room K1 is not of type"
art 4 9
claim "an unknown period is named" refused 1 "found period '9'"
art 2 2
claim "a section too many is named" refused 1 "expected 1 to 1"
claim "nothing is written then" [ ! -e c ]
guitar=$(grep '^GUITAR,' b.csv | cut -d, -f4)
art 4 "$guitar"
line=$(grep -n '^GUITAR,' c.csv | cut -d: -f1)
claim "two sections of one teacher at one time clash at the cell" refused 3 "moss teaches GUITAR-1 at the same time as ART-1"
art 4 ""
sed -i 's/^\(SPAN1,1,Y,\)[0-9]*,\([a-z]*\),[^,]*/\1,\2,/' c.csv
claim "empty cells leave the choice" code_is 0 "$M" solve $S --board c.csv -o d --time-limit 10 --quiet
echo 'period,teacher' >e.csv
claim "another table is refused" says 1 "no column 'course'" "$M" solve $S --board e.csv -o c
claim "a missing board exits 1" code_is 1 "$M" solve $S --board none.csv -o c

# ---- freeze

claim "--freeze needs --from" says 1 "--freeze needs --from" "$M" solve $S --freeze rooms -o c
claim "--freeze-only needs --freeze" says 1 "--freeze-only needs --freeze" "$M" solve $S --from $A --freeze-only course=ART -o c
claim "--freeze takes certain words" says 1 "found 'walls'" "$M" solve $S --from $A --freeze walls -o c
claim "--freeze-only too" says 1 "found key 'color'" "$M" solve $S --from $A --freeze rooms --freeze-only color=red -o c
claim "what it names must exist" says 1 "found course 'ARTS'" "$M" solve $S --from $A --freeze rooms --freeze-only course=ARTS -o c

# A board against what is frozen: told at the cell of the board.
frozen() { # frozen CODE ROW TEXT
        printf 'course,section,term,period,teacher,room\n%s\n' "$2" >c.csv
        rm -rf c
        says "$1" "$3" "$M" solve $S --from $A --freeze sections --board c.csv -o c --time-limit 10
}
claim "a frozen section in the way of a board's teacher gives way" frozen 0 "ART,1,Y,$guitar,moss," \
        "c.csv:2:$((10 + ${#guitar})): warning: GUITAR-1 has teacher moss at this time"
claim "a clash of many locks is told at the cell of the board" frozen 3 "ART,1,Y,$guitar,," "c.csv:2:9: found what"
claim "nothing is written then" [ ! -e c/schedule.json ]

# The teacher of the one section of Art leaves: hers are taken over, the rest stays.
cp -r tiny later
sed -i 's/id: moss/id: reed/' later/school.yaml
L=later/school.yaml
claim "all is kept but the teacher who left" code_is 0 "$M" solve $L --from $A --freeze sections -o f --time-limit 10 --quiet
taken_over() { "$M" board $L f/schedule.json -o f.csv -q && sed 's/,moss,/,reed,/' b.csv | cut -d, -f1-6 >x && cut -d, -f1-6 f.csv | diff x -; }
claim "period and room of her sections too" taken_over

# A course is gone, and with it what an alternate stood for: who had that is let go.
cp -r tiny fewer
sed -i '/{id: ART,/d' fewer/school.yaml
sed -i '/,ART,/d' fewer/requests.csv
claim "the seat of an alternate for nothing is not kept" code_is 0 "$M" solve fewer/school.yaml --from $A --freeze sections \
        -o g --time-limit 10 --quiet

# ---- locks that cannot hold are told by check

cp -r tiny locked
printf '  - {course: ART, section: 1, teacher: gomez}\n' >>locked/school.yaml
last=$(wc -l <locked/school.yaml)
claim "check tells a lock that can never hold" says 3 "school.yaml:$last:5: gomez may not teach ART" "$M" check locked/school.yaml

# ---- late enrolment

enrolled=300 first=4
[ -z "$MSCHED_FULL" ] || enrolled=2000 first=20
late() {
        hard_school big $enrolled
        "$M" solve big/school.yaml -o big/old --time-limit $first --quiet || return 1
        mkdir -p new && cp big/*.csv big/school.yaml new
        for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20; do
                echo "Q$i,9," >>new/students.csv
                for c in 1 3 5 7 9; do echo "Q$i,K$c,required" >>new/requests.csv; done
        done
        within 10 "$M" solve new/school.yaml --from big/old/schedule.json --freeze sections -o new/now \
                --time-limit 0 --work-limit 4 --quiet || return 1
        "$M" verify new/school.yaml new/now/schedule.json -q || return 1
        "$M" diff new/school.yaml big/old/schedule.json new/now/schedule.json --json >late.json 2>late.err
}
claim "twenty enrol late, within ten seconds" late
if [ -x "$PYTHON" ]; then
        claim "nobody loses or changes a seat" "$PYTHON" -c '
import json
d = json.load(open("late.json"))
lost = [s for s in d["students"] if s["before"] is not None]
assert not lost, lost[:3]
assert sum(s["student"][0] == "Q" for s in d["students"]) >= 20
assert all(s["before"] is None or {k: s["before"][k] for k in ("period", "teacher", "room")} ==
           {k: s["after"][k] for k in ("period", "teacher", "room")} for s in d["sections"])'
else
        skip "nobody loses or changes a seat" "no $PYTHON"
fi

# ---- who won, who lost

diff_late() { "$M" diff new/school.yaml big/old/schedule.json new/now/schedule.json "$@" 2>late.err; }
claim "diff writes a page" diff_late -o late.html -q
claim "private" [ "$(stat -c %a late.html)" = 600 ]
claim "which names who won" prints "Q01" late.html
claim "diff --no-students writes one for all" diff_late --no-students -o late2.html -q
claim "readable by all" [ "$(stat -c %a late2.html)" = 644 ]
claim "without students" sh -c "! grep -qE 'Q[0-9]{2}|P0[0-9]{3}' late2.html"
diff_late --no-students --json >late2.json
claim "in JSON neither" sh -c "! grep -qE '\"(Q[0-9]{2}|P0[0-9]{3})\"' late2.json"
claim "a page that cannot be written is an error" code_is 4 "$M" diff new/school.yaml big/old/schedule.json \
        new/now/schedule.json -o none/x.html

# ---- a schedule that was built in part

"$PYTHON" - $A part.json <<'PY'
import json, sys
d = json.load(open(sys.argv[1]))
d["sections"] = d["sections"][:3]
for s in d["sections"]:
    s["students"] = []
json.dump(d, open(sys.argv[2], "w"))
PY
claim "a part-built schedule is completed" code_is 0 "$M" solve $S --from part.json --freeze periods,teachers,rooms -o g --time-limit 10 --quiet
kept_part() { "$M" board $S g/schedule.json -o g.csv -q && head -n 4 b.csv | cut -d, -f1-6 >x && head -n 4 g.csv | cut -d, -f1-6 | diff x -; }
claim "around what is there" kept_part
claim "to a whole one" [ "$(awk -F, '$4 == ""' g.csv | wc -l)" = 0 ]
finish
