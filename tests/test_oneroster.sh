#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# OneRoster files: what a second implementation says of them, and the way there and back, on redwood
# and on a school of 400 students; with MSCHED_FULL on one of 2,000.
. tests/support.sh
if ! "$PYTHON" -c 'import yaml' 2>/dev/null; then
        skip "OneRoster files" "no python3-yaml"
        finish
fi
second="$PYTHON tests/oneroster.py"
"${MAKE:-make}" -s B="$B" VARIANT="${VARIANT:-release}" "$B/benchmarks/generate" >"$TMP/make.log" 2>&1 || {
        cat "$TMP/make.log"
        not_ok "the generator builds"
        finish
}
dates='  term_dates: {S1: {start: 2027-08-16, end: 2027-12-17}, S2: {start: 2028-01-04, end: 2028-05-26}}'

quietly() { # quietly COMMAND...: its warnings are not asked for
        "$@" 2>"$TMP/warnings" || {
                cat "$TMP/warnings"
                return 1
        }
}

there_and_back() { # there_and_back NAME SCHOOL.yaml SCHEDULE.json
        d=$TMP/$1
        # shellcheck disable=SC2086
        for v in 1.1 1.2; do
                claim "$1: $v is written" quietly "$MSCHED" export "$2" "$3" --format oneroster-$v -o "$d-$v" -q
                claim "$1: $v obeys the standard and holds every class, enrollment and user" \
                        $second "$d-$v" "$2" "$3"
                claim "$1: $v is written as an archive" \
                        quietly "$MSCHED" export "$2" "$3" --format oneroster-$v -o "$d-$v.zip" -q
                claim "$1: the archive holds the same" $second --same "$d-$v" "$d-$v.zip"
                claim "$1: $v is read" "$MSCHED" import "$d-$v" --format oneroster -o "$d-$v-school" -q
                claim "$1: what was read is a school" "$MSCHED" check "$d-$v-school/school.yaml"
                claim "$1: every class, enrollment and user survives in $v" \
                        $second --imported "$2" "$3" "$d-$v-school/school.yaml"
                claim "$1: $v written again" quietly "$MSCHED" export "$d-$v-school/school.yaml" \
                        "$d-$v-school/last/schedule.json" --format oneroster-$v --force -o "$d-$v-again" -q
                claim "$1: has the same records under the same sourcedIds" $second --same "$d-$v" "$d-$v-again"
        done
        claim "$1: another run" quietly "$MSCHED" export "$2" "$3" --format oneroster -o "$d-twice.zip" -q
        claim "$1: another run writes the same bytes" cmp "$d-1.1.zip" "$d-twice.zip"
}

mkdir "$TMP/redwood" "$TMP/large"
sed "s/^  terms: \[S1, S2\]/&\n$dates/" examples/redwood/school.yaml >"$TMP/redwood/school.yaml"
cp examples/redwood/*.csv "$TMP/redwood"
claim "redwood has a schedule" "$MSCHED" solve "$TMP/redwood/school.yaml" -o "$TMP/redwood/result" --no-exact \
        --work-limit 3 -q
claim "redwood has all that OneRoster wants" "$MSCHED" check "$TMP/redwood/school.yaml" --for oneroster
there_and_back redwood "$TMP/redwood/school.yaml" "$TMP/redwood/result/schedule.json"

students=400
[ -z "$MSCHED_FULL" ] || students=2000
"$B/benchmarks/generate" --kind planted --students $students --bell ab-8 --seed 3 -o "$TMP/large" >/dev/null 2>&1
sed -i "s/^  terms: \[S1, S2\]/&\n$dates/" "$TMP/large/school.yaml"
in_all() { [ "$(wc -l <"$TMP/large/students.csv")" = $((students + 1)) ]; }
claim "a school of $students students" in_all
there_and_back large "$TMP/large/school.yaml" "$TMP/large/plan.json"

# ---- the second implementation can find fault ----
spoiled() { # spoiled CLAIM FILE SED-SCRIPT: the files of redwood, one of them changed
        rm -rf "$TMP/spoiled"
        cp -r "$TMP/redwood-1.1" "$TMP/spoiled"
        sed -i "$3" "$TMP/spoiled/$2"
        # shellcheck disable=SC2086
        if cmp -s "$TMP/redwood-1.1/$2" "$TMP/spoiled/$2"; then
                not_ok "it finds $1 (nothing was changed)"
        elif $second "$TMP/spoiled" "$TMP/redwood/school.yaml" "$TMP/redwood/result/schedule.json" >/dev/null; then
                not_ok "it finds $1"
        else
                ok "it finds $1"
        fi
}
spoiled "a user who is missing" users.csv 40d
spoiled "a user of another grade" users.csv 's/,09,$/,10,/'
spoiled "an enrollment that is missing" enrollments.csv 900d
spoiled "a seat in another class" enrollments.csv '900s/\.class\.[0-9]*/.class.77/g'
spoiled "an unknown role" enrollments.csv '900s/,student,/,pupil,/'
spoiled "a primary student" enrollments.csv '900s/,student,false/,student,true/'
spoiled "a class in another room" classes.csv '30s/,scheduled,[^,]*/,scheduled,R999/'
spoiled "a class in another period" classes.csv '30s/,[^,]*$/,9Z/'
spoiled "a header in another order" courses.csv '1s/title,courseCode/courseCode,title/'
spoiled "a file that the manifest calls absent" manifest.csv 's/file.orgs,bulk/file.orgs,absent/'
spoiled "a date that there is not" academicSessions.csv 's/2028-05-26/2028-05-32/'
spoiled "a status in a bulk file" orgs.csv '2s/,,,/,active,,/'
spoiled "a sourcedId twice" courses.csv '5p'
finish
