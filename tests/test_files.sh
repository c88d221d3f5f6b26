#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Files of other systems: bad input, formulas, links, what is there already, requests, mappings.
. tests/support.sh
cd "$TMP" || exit 1
mkdir school
cat >school/school.yaml <<'YAML'
msched: 1
school: {name: "=High, 1", year: 2027-28, id: "7", district: Unified}
bell:
  terms: [S1, S2]
  term_dates: {S1: {start: 2027-08-16, end: 2027-12-17}, S2: {start: 2028-01-04, end: 2028-05-26}}
  periods: [{id: 1A, day: A}, {id: 2A, day: A}, {id: 1B, day: B}]
teachers:
  - {id: kim, name: "=Kim, Robin", email: kim@x.example, sis_id: T1}
  - {id: lee, name: Lee}
rooms: [{id: "-R1", types: [lab]}, {id: R2, types: [lab]}]
courses:
  - {id: ART, title: "+Art \"1\", basic", subject: "Arts, visual", grades: [9, 10], room: lab, periods: 2}
  - {id: "@MUS", terms: 1, room: lab, size: {min: 1, max: 2}}
students: {file: students.csv}
requests: {file: requests.csv}
YAML
cat >school/students.csv <<'CSV'
id,grade,name,sis_id
S1,9,"'=Doe, ""Jo""",
S2,10,Ada B. Byron,=2
S3,0,-Max,
CSV
cat >school/requests.csv <<'CSV'
student,course
S1,ART
S2,ART
S2,@MUS
S1,@MUS
CSV
s=school/school.yaml r=result/schedule.json
claim "the school has a schedule" "$MSCHED" solve $s -o result -q
second() { (cd "$OLDPWD" && "$PYTHON" tests/oneroster.py "$@"); }
here=$TMP

written() { # written CODE FORMAT OUT ARGUMENT...
        wanted=$1 format=$2 out=$3
        shift 3
        code_is "$wanted" "$MSCHED" export $s $r --format "$format" -o "$out" "$@"
}
says() { grep -q -e "$1" err || { cat err; return 1; }; }

# ---- formulas ----
claim "files for another system are exact" written 0 oneroster exact
claim "and warn of what a spreadsheet would run" says "orgs.csv:3:1: warning: a spreadsheet would take 1 cell of this file for formulas, the first in this line in column 'name'"
claim "without repeating it" sh -c "! grep -E 'Doe|Kim|Max' err"
claim "their cells are as the school has them" grep -q '"=High, 1"' exact/orgs.csv
claim "guarded files have no formula" sh -c "'$MSCHED' export $s $r --format oneroster -o guarded --spreadsheet-safe yes 2>err && ! grep -E '(^|,)\"?[=+@-]' guarded/*.csv"
claim "and warn of none" sh -c "! grep spreadsheet err"
claim "what is exact is read exactly" "$MSCHED" import exact --format oneroster -o a -q
claim "what is guarded is read the same" "$MSCHED" import guarded --format oneroster -o b -q --spreadsheet-safe yes
claim "to the byte" sh -c "cmp a/school.yaml b/school.yaml && cmp a/students.csv b/students.csv"
claim "names come through" grep -q "'=Doe" a/students.csv
claim "csv is for people, hence guarded" written 0 csv tables
claim "no table has a formula" sh -c "! grep -E '(^|,)\"?[=+@-]' tables/*.csv"
claim "unless it is asked for" sh -c "'$MSCHED' export $s $r --format csv -o tables2 --spreadsheet-safe no 2>err && grep -q '^@MUS' tables2/sections.csv"
claim "--spreadsheet-safe is yes or no" written 1 csv x --spreadsheet-safe maybe
if "$PYTHON" -c 'import yaml' 2>/dev/null; then
        claim "odd texts obey the standard" second "$here/exact" "$here/$s" "$here/$r"
        claim "and come back" second --imported "$here/$s" "$here/$r" "$here/a/school.yaml"
else
        skip "odd texts obey the standard" "no python3-yaml"
fi

# ---- who may read ----
claim "folders are their owner's alone" [ "$(stat -c %a exact tables a a/last | sort -u)" = 700 ]
claim "files too" [ "$(stat -c %a exact/* tables/* a/*.* a/last/* | sort -u)" = 600 ]

# ---- what is there already ----
claim "nothing is overwritten" written 1 oneroster exact
claim "and it says so" says "found '.*' there already; nothing was written"
claim "but by --force" written 0 oneroster exact --force
claim "an archive is written" written 0 oneroster one.zip -q
claim "nor is an archive overwritten" written 1 oneroster one.zip
claim "but by --force, too" written 0 oneroster one.zip --force
claim "it has the mode of a secret" [ "$(stat -c %a one.zip)" = 600 ]
: >exact/roles.csv
claim "a file that would be taken for ours is refused" written 1 oneroster exact --force
claim "and named" says "found 'roles.csv' there, which would be taken for one of the files"
rm exact/roles.csv
echo precious >precious && rm exact/users.csv && ln -s ../precious exact/users.csv
claim "a link is replaced" written 0 oneroster exact --force
claim "never followed" [ "$(cat precious)" = precious ]
claim "by a file" [ ! -L exact/users.csv ]
claim "a folder in the place of a file is refused" sh -c "rm exact/users.csv && mkdir exact/users.csv && ! '$MSCHED' export $s $r --format oneroster -o exact --force 2>err && rmdir exact/users.csv"
claim "and the files are whole again" written 0 oneroster exact --force
claim "no temporary file is left" sh -c "! ls exact | grep tmp"
claim "import overwrites nothing" code_is 1 "$MSCHED" import guarded --format oneroster -o a
claim "nor half of it" sh -c "mkdir c && echo mine >c/requests.csv && ! '$MSCHED' import guarded --format oneroster -o c 2>err && [ \"\$(ls c)\" = requests.csv ]"

mkdir -m 755 open
claim "a folder that others may enter is told" written 0 csv open
claim "so that it can be closed" says 'open: warning: others may enter this folder'

# ---- links and paths that lead elsewhere ----
cp -r guarded linked && rm linked/users.csv && ln -s /etc/passwd linked/users.csv
claim "a link out of the folder is refused" code_is 1 "$MSCHED" import linked --format oneroster -o d
claim "and named" says "linked/users.csv: is a link out of its folder"
claim "nothing of it is shown" sh -c "! grep root err"
claim "nothing is written" [ ! -e d ]
printf 'msched: 1\nbell: {periods: 2}\nstudents: {file: ../../etc/passwd}\n' >school/away.yaml
claim "a table elsewhere is refused" code_is 1 "$MSCHED" check school/away.yaml
claim "by name" says 'cannot be opened\|lies outside'
map() { printf 'files:\n  - {file: "%s", rows: %s, columns: {%s}}\n' "$1" "$2" "$3" >map.yaml; }
for name in ../x.csv /tmp/x.csv a/b.csv .hidden.csv x.sh; do
        map $name sections 'c: course'
        claim "a mapping cannot write to $name" written 1 csv y --map map.yaml
done
claim "nothing was written" [ ! -e y ]

# ---- mappings ----
claim "a mapping is printed" sh -c "'$MSCHED' export --format powerschool --print-map >map.yaml && grep -q Expression map.yaml"
claim "and taken" written 0 powerschool ps --map map.yaml -q
claim "as the format's own" sh -c "'$MSCHED' export $s $r --format powerschool -o ps2 -q 2>/dev/null && cmp ps/ScheduleCC.csv ps2/ScheduleCC.csv"
claim "periods and days are PowerSchool's" grep -q '1-2(A)' ps/ScheduleSections.csv
map t.csv sections 'Term: {field: term, codes: {year: "3300", S1: "3301", S2: "3302"}}, Code: code, X: {text: "7"}'
claim "codes are replaced" written 0 csv coded --map map.yaml
claim "each by its own" sh -c "grep -q '^3300,ART-1,7' coded/t.csv && grep -qE \"^330[12],'@MUS-1,7\" coded/t.csv"
map t.csv sections 'c: corse'
claim "an unknown field is an error" written 1 csv y --map map.yaml
claim "with its place and a guess" says "map.yaml:2:50: found 'corse'; expected a field that 'sections' have (did you mean 'course'?)"
map t.csv rooms 'c: student'
claim "so is one that such rows do not have" written 1 csv y --map map.yaml
map t.csv things 'c: course'
claim "so are unknown rows" written 1 csv y --map map.yaml
printf 'files: [' >map.yaml
claim "so is broken YAML" written 1 csv y --map map.yaml
claim "a mapping that is not there" written 1 csv y --map none.yaml
claim "OneRoster takes none" written 1 oneroster y --map map.yaml

# ---- what is missing ----
sed '/term_dates/d; s/name: "=High, 1", year: 2027-28, //' $s >school/bare.yaml
claim "what the standard wants is listed" code_is 1 "$MSCHED" check school/bare.yaml --for oneroster
claim "all of it" sh -c "grep -q \"term 'S1'\" err && grep -q \"term 'S2'\" err && grep -q 'name of the school' err && grep -q 'school year' err"
claim "and nothing is written without it" code_is 1 "$MSCHED" export school/bare.yaml $r --format oneroster -o y
claim "other formats do not want it" code_is 0 "$MSCHED" export school/bare.yaml $r --format csv -o bare
sed 's/"S1", "S2"\]/"S1", "S1", "S2"]/' $r >double.json
claim "a schedule that breaks a rule is not exported" code_is 1 "$MSCHED" export $s double.json --format csv -o y
claim "but by --force" code_is 0 "$MSCHED" export $s double.json --format csv -o z --force
sed 's/"ART"/"GONE"/' $r >gone.json
claim "what the school does not have is left out" code_is 0 "$MSCHED" export $s gone.json --format csv -o gone --force
claim "and said" says 'name what the school does not have'
sed 's/sis_id: T1/sis_id: "=2"/' $s >school/twice.yaml
claim "one sis_id of two people is an error" code_is 1 "$MSCHED" export school/twice.yaml $r --format oneroster -o y
claim "nothing was written meanwhile" [ ! -e y ]

# ---- import ----
claim "a folder without the files" code_is 1 "$MSCHED" import school --format oneroster -o e
claim "a file that is no archive" code_is 1 "$MSCHED" import $s --format oneroster -o e
claim "nothing there" code_is 1 "$MSCHED" import none --format oneroster -o e
head -c 400 one.zip >cut.zip
claim "an archive cut short" code_is 1 "$MSCHED" import cut.zip --format oneroster -o e
cp -r guarded delta && sed -i 's/users,bulk/users,delta/' delta/manifest.csv
claim "delta files" code_is 1 "$MSCHED" import delta --format oneroster -o e
claim "are named" says "delta/manifest.csv:.*found 'delta' files"
cp -r guarded header && sed -i '1s/enabledUser/enabled/; 1s/sourcedId/id/' header/users.csv
claim "a column that is missing" code_is 1 "$MSCHED" import header --format oneroster -o e
claim "is named" says "header/users.csv:1:1: found no column 'sourcedId'"
cp -r guarded two && echo '8,,,Other High,school,8,' >>two/orgs.csv
claim "several schools" code_is 1 "$MSCHED" import two --format oneroster -o e
claim "ask which" says "to be named by --school: '7', '8'"
claim "one is taken" code_is 0 "$MSCHED" import two --format oneroster -o two-7 --school 7 -q --spreadsheet-safe yes
claim "as if there were no other" cmp two-7/students.csv a/students.csv
claim "none of that name" code_is 1 "$MSCHED" import two --format oneroster -o e --school 9
claim "the other has nobody" sh -c "'$MSCHED' import two --format oneroster -o two-8 --school 8 >out 2>err; grep -q ' 0 students' out"
claim "next year" code_is 0 "$MSCHED" import exact --format oneroster -o next --next-year -q
claim "everybody is a grade higher" sh -c "cut -d, -f1,2 next/students.csv | tail -n +2 | sort | tr '\n' ' ' | grep -qx 'S1,10 S2,11 S3,1 '"
claim "nothing was written in vain" [ ! -e e ]
if command -v zip >/dev/null; then
        (cd guarded && zip -q -r ../inside.zip . && cd .. && zip -q -r below.zip guarded)
        claim "an archive of another program is read" "$MSCHED" import inside.zip --format oneroster -o in -q
        claim "what lies in a folder of it is not" code_is 1 "$MSCHED" import below.zip --format oneroster -o e
        mkdir bomb && cp guarded/*.csv bomb && truncate -s 200M bomb/users.csv && (cd bomb && zip -q ../bomb.zip ./*)
        claim "a file that swells is refused at once" timeout 10 sh -c "! '$MSCHED' import bomb.zip --format oneroster -o e 2>err"
        claim "and named" says 'bomb.zip/users.csv: cannot be read from the archive'
else
        skip "archives of another program" "no zip"
fi

# ---- requests ----
printf 'SN,CN,AlternateTag,ActualPrimaryCourseID\nS1,ART,,\n=2,@MUS,,\n=2,ART,X,@MUS\nS9,ART,,\nS1,ART,,\n' >aeries.csv
claim "requests by a preset" code_is 0 "$MSCHED" import exact --format oneroster -o f --requests aeries.csv --preset aeries
claim "are found by sis_id and course" sh -c "grep -qx 'S1,ART,elective,,' f/requests.csv && grep -qx 'S2,@MUS,elective,,' f/requests.csv"
claim "alternates stand for what they name" grep -qx 'S2,ART,alternate,,@MUS' f/requests.csv
claim "strangers are counted, not named" sh -c "grep -q 'aeries.csv:5:1: warning: 1 requests name a student or a course' err && ! grep S9 err"
claim "doubles too" says 'aeries.csv:6:1: warning: 1 requests were there before'
claim "columns on the command line" code_is 0 "$MSCHED" import exact --format oneroster -o g --requests aeries.csv --columns student=SN,course=CN -q
claim "without an alternate" grep -qx 'S2,ART,elective,,' g/requests.csv
printf 'who;what\n' >bad.csv
claim "columns that are not there" code_is 1 "$MSCHED" import exact --format oneroster -o h --requests bad.csv
claim "are asked for" says "bad.csv:1:1: found no column 'student' for the student"
printf 'student: a\ncourse: b\nkind: {column: k, required: [R], alternat: [A]}\n' >map.yaml
claim "a mapping with a wrong key" code_is 1 "$MSCHED" import exact --format oneroster -o h --requests bad.csv --map map.yaml
claim "has a place" says 'map.yaml:3:34: '
printf 'student: a\ncourse: b\nkind: {column: k, required: [R]}\nrank: n\nalternate: [t]\n' >map.yaml
printf 'a,b,k,n,t\nS1,ART,R,,\nS2,ART,?,2,no\nS2,@MUS,,2,1\n' >kinds.csv
claim "kinds and ranks" code_is 0 "$MSCHED" import exact --format oneroster -o h --requests kinds.csv --map map.yaml
claim "are as mapped" sh -c "tail -n +2 h/requests.csv | tr '\n' ' ' | grep -qxF 'S1,ART,required,, S2,ART,elective,, S2,@MUS,alternate,2, '"
claim "an unknown kind is said" says 'kinds.csv:3:1: warning: 1 requests are of a kind'
claim "what was imported with requests can be solved" "$MSCHED" solve f/school.yaml -o f/result -q
for wrong in "--columns student" "--columns x=y" "--preset none" "--preset aeries --map map.yaml"; do
        # shellcheck disable=SC2086
        claim "import $wrong is refused" code_is 1 "$MSCHED" import exact --format oneroster -o i --requests kinds.csv $wrong
done
claim "columns without requests" code_is 1 "$MSCHED" import exact --format oneroster -o i --preset aeries
for verb in export import; do
        claim "$verb without arguments" code_is 1 "$MSCHED" $verb
        claim "$verb --help" code_is 0 "$MSCHED" $verb --help
done
claim "an unknown format" written 1 excel i
claim "check --for something else" code_is 1 "$MSCHED" check $s --for excel
claim "nothing was written for any of these" [ ! -e i ]
finish
