#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# msched report: the page of a schedule, and what it refuses.
. tests/support.sh
here=$PWD S=$PWD/examples/tiny/school.yaml
cd "$TMP" || exit 1

"$MSCHED" solve "$S" -o r --time-limit 5 -q || not_ok "the school is scheduled"
claim "solve writes the page, too" grep -q '<title>' r/report.html
claim "report makes a page" code_is 0 "$MSCHED" report "$S" r/schedule.json -o page.html
claim "it says how large it is" grep -q 'page.html: [0-9]* KB' out
quiet() { code_is 0 "$MSCHED" report "$S" r/schedule.json -q -o quiet.html && [ ! -s out ] && [ ! -s err ]; }
claim "quiet says nothing" quiet
same_page() { sed 's/"seconds": [0-9.]*//' page.html >a && sed 's/"seconds": [0-9.]*//' r/report.html >b && cmp a b; }
claim "both pages are the same" same_page
mode() { [ "$(stat -c %a "$1")" = "$2" ]; }
claim "a page with students is private" mode page.html 600

claim "students can be left out" code_is 0 "$MSCHED" report "$S" r/schedule.json --no-students -o shared.html
bare() { ! grep -qE '"S0[0-9]+"|"S1[0-2]"' shared.html && grep -qE '"S0[0-9]+"' page.html; }
claim "then no student is named" bare

claim "the page needs a name" code_is 1 "$MSCHED" report "$S" r/schedule.json
claim "a schedule is needed" code_is 1 "$MSCHED" report "$S" -o x.html
claim "what is no schedule is refused" code_is 1 "$MSCHED" report "$S" "$S" -o x.html
claim "so is a schedule that is not there" code_is 1 "$MSCHED" report "$S" none.json -o x.html
claim "and one of another school" code_is 1 "$MSCHED" report "$here/examples/tiny/step4.yaml" r/schedule.json -o x.html
claim "unless forced" code_is 0 "$MSCHED" report "$here/examples/tiny/step4.yaml" r/schedule.json --force -o forced.html
claim "a folder that is not there is an error of the system" code_is 4 "$MSCHED" report "$S" r/schedule.json -o none/x.html
echo '{"requests": [' >r/explain.json
claim "a broken explain.json is left out" code_is 0 "$MSCHED" report "$S" r/schedule.json -o x.html
claim "and named, with its place" grep -q 'r/explain.json:2:1: warning: ' err
claim "the page is as it is without" cmp x.html page.html
sed 's/"period[a-z]*": \["1"\]/"periods": ["2"]/' r/schedule.json >wrong.json
rm r/explain.json
claim "a schedule that breaks rules has a page that says so" sh -c '"$0" report "$1" wrong.json -q -o wrong.html; grep -q "\"rule\": \"" wrong.html' "$MSCHED" "$S"
finish
