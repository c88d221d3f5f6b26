#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No verb writes over a file that it was given, whatever name or link leads to it: exit 1, and it stays.
. tests/support.sh
cp -r examples/tiny "$TMP/tiny"
cd "$TMP" || exit 1
M=$MSCHED
S=tiny/school.yaml
A=a/schedule.json
"$M" solve $S -o a --quiet
cp -r a b
"$M" explain $S $A --quiet
"$M" board $S $A -o board.csv --quiet
"$M" export --format csv --print-map >map.yaml
ln -s tiny/school.yaml link.html
ln tiny/school.yaml same.html
ln -s ../tiny/school.yaml a/school.zip
mkdir sheets && ln -s ../tiny/school.yaml sheets/analyze.txt
sums() { find tiny a b board.csv map.yaml link.html -type f -exec cksum {} + | sort; }
sums >sums.before

refused() { # refused COMMAND...: exit 1, the reason, and nothing changed
        code_is 1 "$@" && grep -q 'one of the files that were read' err && sums | cmp - sums.before
}
for to in $S tiny/students.csv $A a/explain.json ./tiny/../$S link.html same.html; do
        claim "report does not replace $to" refused "$M" report $S $A -o $to
done
for to in $S tiny/requests.csv $A link.html; do
        claim "board does not replace $to" refused "$M" board $S $A -o $to
        claim "diff does not replace $to" refused "$M" diff $S $A b/schedule.json -o $to
done
claim "diff does not replace the second schedule" refused "$M" diff $S $A b/schedule.json -o b/schedule.json
claim "explain does not replace its schedule" refused "$M" explain $S $A --no-fixes -o $A
claim "analyze does not replace the school" refused "$M" analyze $S -o sheets
claim "export does not replace the school, even by force" refused "$M" export $S $A --format csv --force -o a/school.zip
cp $S tiny/schedule.txt
sums >sums.before
claim "solve does not replace the school" refused "$M" solve tiny/schedule.txt -o tiny
for to in board.csv ./tiny/../board.csv $A; do
        claim "a trace of solve does not replace $to" refused "$M" solve $S --board board.csv --from $A -o new --trace $to
done
claim "solve does not replace its board by a result" sh -c "
        mkdir r && cp board.csv r/schedule.txt && ! '$M' solve $S --board r/schedule.txt -o r --quiet && cmp board.csv r/schedule.txt"
its_own() { # its_own TRACE: refused at once, no result is left half
        rm -rf own && code_is 1 "$M" solve $S -o own --quiet --trace "$1" && grep -q 'one of the files of the result' err &&
                [ -z "$(ls own)" ]
}
ln -s own same
for name in schedule.json schedule.txt report.html input.json; do
        claim "nor its own $name" its_own own/$name
done
claim "by another way neither" its_own same/../own/./schedule.json
beside() { code_is 0 "$M" solve $S -o own --quiet --trace own/trace.csv && "$M" verify $S own/schedule.json --quiet; }
claim "a trace may lie beside its result" beside
again() { code_is 0 "$M" solve $S --from $A -o a --quiet; }
claim "solve may go on in the folder that it starts from" again
explained() { code_is 0 "$M" explain $S $A --no-fixes --quiet && code_is 0 "$M" explain $S $A --no-fixes --quiet; }
claim "explain may be repeated" explained
finish
