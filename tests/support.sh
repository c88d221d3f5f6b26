# SPDX-License-Identifier: GPL-3.0-or-later
# For the shell tests: claims, and schools to try. Sourced; MSCHED, TMP, B come from tests/run.
set -u
: "${MSCHED:=$PWD/build/release/msched}" "${B:=build/release}" "${MSCHED_FULL:=}"
[ -n "${TMP:-}" ] || { TMP=$(mktemp -d) && trap 'rm -rf "$TMP"' EXIT; }
PYTHON=/usr/bin/python3
bad=0

ok() { echo "ok - $1"; }
not_ok() {
        echo "not ok - $1"
        bad=1
}
skip() { echo "ok - $1 # SKIP $2"; } # skip CLAIM WHY

claim() { # claim TEXT COMMAND...: the command must succeed
        text=$1
        shift
        if "$@" >"$TMP/claim.log" 2>&1; then
                ok "$text"
        else
                not_ok "$text"
                sed 's/^/# /' "$TMP/claim.log" | head -n 20
        fi
}

code_is() { # code_is CODE COMMAND...: its exit code; output to $TMP/out, $TMP/err
        wanted=$1
        shift
        "$@" >"$TMP/out" 2>"$TMP/err" </dev/null
        got=$?
        [ $got = "$wanted" ] && return 0
        echo "exit $got instead of $wanted: $*"
        head -n 5 "$TMP/err"
        return 1
}

finish() { exit $bad; }

# hard_school DIR STUDENTS: more demand than seats, so that no search ever proves it done.
hard_school() {
        mkdir -p "$1"
        awk -v n="$2" -v dir="$1" 'BEGIN {
                srand(7); courses = 24; file = dir "/school.yaml"
                print "msched: 1\nbell: {periods: 7}\ncontract: {size: {target: 24, max: 28}}" > file
                print "teachers:" > file
                for (t = 0; t < n * 7 / 24 / 5; t++)
                        printf "  - {id: t%d, credentials: [c%d, c%d]}\n", t, t % 8, (t + 3) % 8 > file
                print "rooms: [{id: LAB1, types: [lab]}, {id: LAB2, types: [lab]}]\ncourses:" > file
                for (c = 0; c < courses; c++) printf "  - {id: K%d, credential: c%d%s%s}\n", c, c % 8,
                        c % 6 ? "" : ", room: lab", c % 11 ? "" : ", periods: 2" > file
                print "students: {file: students.csv}\nrequests: {file: requests.csv}" > file
                print "id,grade,name" > (dir "/students.csv")
                print "student,course,kind" > (dir "/requests.csv")
                for (s = 0; s < n; s++) {
                        printf "P%04d,9,Xylophia Secret%d\n", s, s > (dir "/students.csv")
                        split("", taken)
                        for (k = 0; k < 7;) {
                                c = int(rand() * rand() * courses)
                                if (c in taken) continue
                                taken[c] = 1; k++
                                printf "P%04d,K%d,%s\n", s, c, k % 3 ? "elective" : "required" > (dir "/requests.csv")
                        }
                }
        }'
}
