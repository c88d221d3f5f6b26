#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The bench solves what is missing or stale, and fails where it says that it does.
. tests/support.sh
"${MAKE:-make}" -s B="$B" VARIANT="${VARIANT:-release}" "$B/benchmarks/make_odd" "$B/benchmarks/cell" \
        "$B/benchmarks/baseline" >"$TMP/make.log" 2>&1 || {
        cat "$TMP/make.log"
        not_ok "what the bench needs builds"
        finish
}
cat >"$TMP/instances.txt" <<'DATA'
# set   kind     who      bells  seeds  limits  quick  options
odd     odd      single   -      1-1    1       yes    --students 1
peers   example  tiny     -      1-1    1       yes
DATA
mkdir -p "$TMP/results"
bench() { # bench NAME=VALUE...
        env -u ONLY -u SET -u LIMIT -u RECORD B="$B" WORK="$TMP/work" CELLS="$TMP/cells" RESULTS="$TMP/results" INSTANCES="$TMP/instances.txt" \
                PROGRAMS="ours baseline" "$@" benchmarks/run >"$TMP/said" 2>&1
}
known=$TMP/results/known.txt
cell=$TMP/cells/tiny.ours-1s

claim "the bench runs" bench QUICK=1
claim "a cell a school and program" test -f "$TMP/cells/odd-single.ours-1s" -a -f "$TMP/cells/tiny.baseline" -a -f "$cell"
claim "the report shows the score and the odd school" grep -qE '^\| (tiny|odd-single) ' "$TMP/results/RESULTS.md"
claim "the best score and the bound are known" grep -q '^tiny best 0 0 0 0 0 ' "$known"
again() {
        bench QUICK=1 && ! grep -q ' in [0-9.]* s$' "$TMP/said"
}
claim "a second run solves nothing" again
stale() {
        sed -i 's/^key=.*/key=0/' "$cell" && bench QUICK=1 && grep -q '^tiny ours: valid' "$TMP/said"
}
claim "a stale cell is solved again" stale
cp "$known" "$TMP/known"
fails() { # fails TEXT LINE: with this line among what is known
        cp "$TMP/known" "$known"
        echo "$2" >>"$known"
        ! bench SOLVE=no && grep -q "FAILED: $1" "$TMP/said"
}
claim "worse than the worst of the record fails" fails 'tiny (1 s): worse' "tiny worst-1 0 0 0 0 0 0 0"
claim "better than a bound fails" fails 'tiny: a score is better' "tiny bound 0 0 0 1000"
cp "$TMP/known" "$known"
record() {
        bench ONLY=odd RECORD=1 && grep -q '^odd-single worst-1 ' "$known" && test -f "$TMP/cells/odd-single.ours-1s-s5"
}
claim "five seeds make a record" record
invalid() {
        sed -i 's/^end=.*/end=failed/' "$cell"
        ! bench SOLVE=no && grep -q 'FAILED: tiny ours: no valid schedule' "$TMP/said"
}
claim "a schedule that is not valid fails" invalid
finish
