#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# tests/contradictions/*.yaml: schools that ask for what cannot be. Each line that is part of it
# ends with '#! EDIT', a sed command for that line which leaves it out. solve names just these
# lines, and each of them matters: without it the school has a schedule.
. tests/support.sh
work=$TMP/contradictions
mkdir -p "$work"
cases=0

solve() { "$MSCHED" solve "$1" -o "$work/out" --time-limit 20 --work-limit 20 --quiet >"$work/said" 2>&1; }

lines_are() { # lines_are SCHOOL: those said to clash are those marked
        grep -o '\.yaml:[0-9]*)' "$work/said" | tr -dc '0-9\n' | sort -nu >"$work/got"
        grep -n '#!' "$1" | cut -d: -f1 >"$work/want"
        diff "$work/want" "$work/got" || { cat "$work/said"; return 1; }
}
named() { # named SCHOOL: the lines that solve says clash, and no others
        solve "$1"
        [ $? = 3 ] || { echo "exit code is not 3"; cat "$work/said"; return 1; }
        lines_are "$1"
}
checked() { # checked SCHOOL: check finds it, too, at a line that is part of it
        "$MSCHED" check "$1" --quiet >"$work/said" 2>&1
        [ $? = 3 ] || { echo "exit code is not 3"; cat "$work/said"; return 1; }
        grep -v ': warning: ' "$work/said" | sed -n 's/^[^ ]*\.yaml:\([0-9]*\):.*/\1/p' | sort -u >"$work/at"
        grep -n '#!' "$1" | cut -d: -f1 | sort -u >"$work/parts"
        [ -s "$work/at" ] && [ -z "$(comm -23 "$work/at" "$work/parts")" ] || { cat "$work/said"; return 1; }
}
# A CTE section that cannot be placed: the first line names it. Its course's own line asks for it.
section() { sed -n '1s/^# section: \([^,]*\),.*/\1/p' "$1"; }
unplaced() { # unplaced SCHOOL: the schedule lacks the section
        grep -A9 '"unplaced": \[' "$work/out/schedule.json" |
                grep -q "\"course\": \"${cte%-*}\", \"section\": ${cte#*-}"
}
explained() {
        solve "$1" && unplaced && "$MSCHED" explain "$1" "$work/out/schedule.json" --section "$cte" \
                --no-fixes >"$work/said" && grep -q "$cte runs" "$work/said" && lines_are "$1"
}
without() { # without SCHOOL LINE: as it should be once the line is left out
        solve "$1" || { echo "without line $2:"; cat "$work/said"; return 1; }
        [ -z "$cte" ] || ! unplaced || { echo "without line $2 $cte is not placed"; return 1; }
        "$MSCHED" verify "$1" "$work/out/schedule.json" --quiet
}
needed() { # needed SCHOOL: without any one of them a schedule is found
        for line in $(cat "$work/want"); do
                edit=$(sed -n "${line}s/.*#! *//p" "$1")
                sed "${line}{ $edit
                }" "$1" >"$work/less.yaml"
                cmp -s "$1" "$work/less.yaml" && { echo "line $line: nothing left out"; return 1; }
                without "$work/less.yaml" "$line" || return 1
        done
}
for school in tests/contradictions/*.yaml; do
        name=$(basename "$school" .yaml)
        cp "$school" "$work/school.yaml"
        cte=$(section "$school")
        claim "$name: what cannot hold together is named" $([ -n "$cte" ] && echo explained || echo named) "$work/school.yaml"
        [ -n "$cte" ] || claim "$name: check finds it, too" checked "$work/school.yaml"
        claim "$name: each of it matters" needed "$work/school.yaml"
        cases=$((cases + 1))
done
claim "there are twenty cases and more" [ $cases -ge 20 ]
finish
