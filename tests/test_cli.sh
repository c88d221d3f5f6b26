#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The command line: help, exit codes, files, JSON, refusals.
. tests/support.sh
cd "$TMP" || exit 1
root=$OLDPWD
M=$MSCHED
verbs=$("$M" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p')

is_json() { "$PYTHON" -c 'import json, sys; json.load(open(sys.argv[1]))' "$1"; }
same() { cmp "$1" "$2"; }

# ---- help and usage

help_of() {
        code_is 0 "$M" "$1" --help && prints "usage: msched $1" "$TMP/out" && cp "$TMP/out" "$TMP/h" &&
                code_is 0 "$M" help "$1" && same "$TMP/h" "$TMP/out"
}
for verb in $verbs; do claim "help explains $verb" help_of "$verb"; done
listed() { # every verb but help has its row in the README, and the other way round
        for verb in $verbs; do echo "$verb"; done | grep -vx help | sort >said &&
                sed -n 's/^| `msched \([a-z]*\) .*/\1/p' "$root/README.md" | sort -u | diff said -
}
claim "the README lists the verbs" listed
claim "without arguments: help and exit 1" code_is 1 "$M"
claim "--help exits 0" code_is 0 "$M" --help
version() { code_is 0 "$M" --version && grep -qx 'msched [0-9]*\.[0-9]*\.[0-9]*' "$TMP/out"; }
claim "--version prints a version" version
claim "an unknown verb is refused with a suggestion" says 1 "did you mean 'solve'" "$M" slove
claim "an unknown option is refused" says 1 "unknown option '--bogus'" "$M" check --bogus x
claim "a missing value is refused" says 1 "no value for '--time-limit'" "$M" solve x -o y --time-limit
claim "a wrong number is refused" says 1 "--time-limit: found 'soon'" "$M" solve x --time-limit soon
claim "a number out of range is refused" says 1 "--threads: found '65'" "$M" solve x --threads 65
claim "a missing argument shows the usage" says 1 "usage: msched verify" "$M" verify x
claim "one argument too many is refused" says 1 "one argument too many: 'y'" "$M" check x y
claim "solve wants -o" says 1 "-o DIR" "$M" solve x
claim "model wants -o" says 1 "-o FILE" "$M" model x
claim "help for an unknown verb is refused" code_is 1 "$M" help nothing

# ---- init, check, solve, verify

claim "init writes a school" code_is 0 "$M" init new/school
claim "check accepts it without a warning" code_is 0 "$M" check new/school/school.yaml
claim "check says how large it is" prints "no errors, 0 warnings; 12 students" out
again() {
        cp -r new old && ! "$M" init new/school 2>err && prints "is there already" err && diff -r old new
}
claim "init never overwrites" again
part() { mkdir -p part && : >part/students.csv && code_is 1 "$M" init part && [ ! -e part/school.yaml ]; }
claim "init writes nothing where one file is there" part
claim "the school's tables are private" mode_is 600 new/school/students.csv

S=new/school/school.yaml
claim "solve makes a schedule" code_is 0 "$M" solve "$S" -o a/b --time-limit 20
claim "the summary names the measures" prints "CTE requests met" out
claim "the summary names the law on empty periods" prints "51228.1" out
for f in schedule.json schedule.txt report.html input.json; do claim "$f is private" mode_is 600 a/b/$f; done
for d in a a/b; do claim "the new folder $d is private" mode_is 700 $d; done
claim "nothing else is left behind" [ "$(ls a/b | wc -l)" = 4 ]
claim "verify finds no fault" code_is 0 "$M" verify "$S" a/b/schedule.json
claim "--quiet says nothing" code_is 0 "$M" solve "$S" -o q --quiet --time-limit 20
claim "nothing at all" [ ! -s out -a ! -s err ]
claim "-v prints a line an event" code_is 0 "$M" solve "$S" -o q -v --time-limit 20
claim "with headings" prints "stage" err
claim "--from starts from a schedule" code_is 0 "$M" solve "$S" -o q --from a/b/schedule.json --time-limit 20
sum=$(sha256sum <a/b/schedule.json | cut -c1-64)
claim "schedule.txt carries the sha256" prints "$sum" a/b/schedule.txt
claim "input.json carries the sha256" prints "$sum" a/b/input.json
claim "input.json says where the school lies" prints "$PWD/new/school/school.yaml" a/b/input.json

if [ -x "$PYTHON" ]; then
        claim "schedule.json is JSON" is_json a/b/schedule.json
        claim "input.json is JSON" is_json a/b/input.json
        "$M" solve "$S" -o q --json --time-limit 20 >summary.json 2>/dev/null
        claim "solve --json prints JSON" is_json summary.json
        "$M" verify "$S" a/b/schedule.json --json >verdict.json
        claim "verify --json prints JSON" is_json verdict.json
        "$M" diff "$S" a/b/schedule.json q/schedule.json --json >diff.json
        claim "diff --json prints JSON" is_json diff.json
        claim "the sha256 is that of YAML, students, requests" "$PYTHON" -c '
import hashlib, json
want = json.load(open("a/b/schedule.json"))["input"]["sha256"]
data = b"".join(open("new/school/" + f, "rb").read() for f in ("school.yaml", "students.csv", "requests.csv"))
assert hashlib.sha256(data).hexdigest() == want'
else
        skip "what is printed is JSON" "no /usr/bin/python3"
fi

# ---- faults

sed 's/"S01", //' a/b/schedule.json >wrong.json
claim "verify exits 2 on a fault" code_is 2 "$M" verify "$S" wrong.json
claim "and names it" grep -qE '^(H[0-9]|claim|.*: H[0-9]|.*claim)' out
cp a/b/schedule.json broken.json
printf 'x' >>broken.json
claim "what is not JSON is named with line and column" says 1 "not JSON" "$M" verify "$S" broken.json
claim "line and column" grep -qE '^broken.json:[0-9]+:[0-9]+: ' err
claim "a missing school exits 1" code_is 1 "$M" check missing.yaml
claim "a missing schedule exits 1" code_is 1 "$M" verify "$S" missing.json
claim "a directory is no schedule" says 1 "is a directory" "$M" verify "$S" a
claim "a pipe without a writer does not hang" says 1 "" timeout 5 sh -c "mkfifo p; '$M' verify '$S' p"
rm -f p

# ---- another state of the school

cp -r new/school edited
sed -i 's/^S12,9,$/S12,9,\nS13,9,/' edited/students.csv
echo 'S13,ALG1,required' >>edited/requests.csv
E=edited/school.yaml
claim "verify refuses the schedule of another state" says 1 "--force" "$M" verify $E a/b/schedule.json
claim "verify --force goes on" code_is 2 "$M" verify $E a/b/schedule.json --force
claim "model --from refuses it too" says 1 "--force" "$M" model $E -o m.lp --from a/b/schedule.json
claim "solve --from takes it" code_is 0 "$M" solve $E -o e --from a/b/schedule.json --time-limit 20
claim "diff takes both" code_is 0 "$M" diff $E a/b/schedule.json e/schedule.json
claim "diff names the new student's class" prints "S13 gets ALG1" out
sed -i '/^S01,/d' edited/students.csv edited/requests.csv
claim "what no longer exists is reported" says 0 "warning" "$M" solve $E -o e --from a/b/schedule.json --time-limit 20
claim "the new schedule is right" code_is 0 "$M" verify $E e/schedule.json

awk 'BEGIN { print "{\"format\": \"msched-schedule/1\", \"sections\": ["
        for (i = 1; i <= 60; i++) printf "%s{\"course\": \"GONE%d\", \"section\": 1, \"terms\": [], \"periods\": [], \"students\": []}", (i == 1 ? "" : ",\n"), i
        print "]}" }' >strange.json
claim "of many such warnings the first are printed" says 0 "and 40 more warnings" "$M" diff $E strange.json e/schedule.json

# ---- model

claim "model writes LP" code_is 0 "$M" model "$S" -o m.lp
claim "with its map" [ -s m.lp -a -s m.lp.map ]
claim "model writes MPS" code_is 0 "$M" model "$S" -o m.mps --tier 7 --from a/b/schedule.json
claim "a lower tier needs a schedule" says 1 "--from" "$M" model "$S" -o m.lp --tier 7
claim "there is no tier 15" says 1 "14 tiers" "$M" model "$S" -o m.lp --tier 15
claim "another ending is refused" code_is 1 "$M" model "$S" -o m.txt

# ---- contradictions

cp -r new/school clash
cat >>clash/school.yaml <<'END'
locks:
  - {course: ENG9, section: 1, period: 1}
  - {course: ENG9, section: 1, period: 2}
END
claim "contradictory locks exit 3" code_is 3 "$M" solve clash/school.yaml -o c --time-limit 20
claim "their lines are named" grep -qE 'clash/school.yaml:[0-9]+:[0-9]+: ' err
claim "nothing is written then" [ ! -e c/schedule.json ]

# ---- names, and what files may hold

hard_school big 60
names_stay() {
        "$M" solve big/school.yaml -o b --time-limit 2 -v >log 2>&1
        "$M" check big/school.yaml >>log 2>&1
        "$M" verify big/school.yaml b/schedule.json >>log 2>&1
        sed -i 's/P0003/nobody/' big/requests.csv
        "$M" check big/school.yaml >>log 2>&1
        ! grep -rq --exclude=report.html Xylophia log b && grep -q Xylophia b/report.html
}
claim "names of students go nowhere but into the page" names_stay
printf 'msched: 1\nbell: {periods: 7}\n"\\e[31mred": 1\n' >escape.yaml
terminal_safe() { code_is 1 "$M" check escape.yaml && ! grep -q "$(printf '\033')" err out; }
claim "no escape sequence reaches the terminal" terminal_safe

# ---- on a terminal

hard_school shown 60
watched() { # watched OPTION...: the run as a terminal sees it
        script -qec "$M solve shown/school.yaml -o w --time-limit 2 $*" log </dev/null >/dev/null
}
if command -v script >/dev/null; then
        changing() { watched && grep -q "$(printf '\r')search.*loss" log; }
        claim "a terminal shows the search as it goes" changing
        silent() { watched --quiet && ! grep -q 'search .*loss' log; }
        claim "but not with --quiet" silent
else
        skip "a terminal shows the search as it goes" "no script"
fi

# ---- documentation

claim "the man page names every option" sh -c "
        for verb in $(echo $verbs); do '$M' \$verb --help; done | grep -oE -e '--[a-z][a-z-]+' | sort -u |
        while read -r option; do
                grep -qF -- \"\$option\" '$root/docs/msched.1.scd' || { echo \"\$option\"; exit 1; }
        done"
claim "the man page names every verb" sh -c "
        for verb in $(echo $verbs); do grep -q \"^\\*\$verb\\*\" '$root/docs/msched.1.scd' || exit 1; done"
finish
