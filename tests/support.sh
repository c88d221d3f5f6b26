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

prints() { # prints TEXT FILE
        grep -qF -- "$1" "$2" || { echo "no '$1' in:"; head -n 5 "$2"; return 1; }
}
says() { # says CODE TEXT COMMAND...: exits so, with the text among its messages
        wanted_code=$1 wanted_text=$2
        shift 2
        code_is "$wanted_code" "$@" && prints "$wanted_text" "$TMP/err"
}
mode_is() { # mode_is MODE PATH
        [ "$(stat -c %a "$2")" = "$1" ] || { stat -c '%a %n' "$2"; return 1; }
}

within() { # within SECONDS COMMAND...: of the processor, however busy the machine is
        most=$1
        shift
        "$PYTHON" - "$most" "$@" <<'PY'
import resource, subprocess, sys
code = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, "seconds of the processor")
sys.exit(code or used.ru_utime + used.ru_stime > float(sys.argv[1]))
PY
}

# run_blocks FILE NAME DIR: run in DIR, one after the other, the ```sh blocks of a page that stand
# after '<!-- run -->'; each '<!-- expect: TEXT -->' between must be in what is printed, blanks apart.
# n is then one more than there are.
run_blocks() {
        awk -v dir="$3" '
                /^<!-- run -->$/ { n++; file = dir "/block" n; printf "" > (file ".expect"); armed = 1; next }
                armed && /^<!-- expect: .* -->$/ {
                        sub(/^<!-- expect: /, ""); sub(/ -->$/, ""); print > (file ".expect"); next
                }
                armed && /^```sh$/ { inside = 1; next }
                inside && /^```$/ { inside = armed = 0; next }
                inside { print > (file ".sh") }
        ' "$1"
        n=1
        while [ -f "$3/block$n.sh" ]; do
                claim "block $n of $2 runs" run_block "$3" $n
                while read -r text; do
                        claim "block $n prints: $text" printed "$text" "$3/block$n.out"
                done <"$3/block$n.expect"
                n=$((n + 1))
        done
}
run_block() { # run_block DIR N: its output to DIR/blockN.out
        (cd "$1" && sh -e "block$2.sh") >"$1/block$2.out" 2>&1 </dev/null || {
                tail -n 5 "$1/block$2.out"
                return 1
        }
}
printed() { # printed TEXT FILE: blanks count as one
        tr -s ' \t' '  ' <"$2" | grep -qF -- "$1" || {
                echo "no '$1' in:"
                head -n 20 "$2"
                return 1
        }
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
