#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Batches: whole results or none, resumed after kill -9 of the batch or of a cell at any moment.
. tests/support.sh
cp -r examples/tiny "$TMP/tiny"
cd "$TMP" || exit 1
M=$MSCHED
hard_school hard 60

cat >scenarios.yaml <<'YAML'
scenarios:
  - {id: now, title: As it is}
  - {id: fewer, change: {contract: {load: 4}}}
  - {id: six, bell: trad-6}
YAML
cat >plan.yaml <<'YAML'
schools: [hard/school.yaml]
scenarios: scenarios.yaml
seeds: [1, 2]
options: {work_limit: 1, streams: 1}
YAML

# All results of a folder, without what the clock says.
results() { # results DIR
        (cd "$1/cells" && find . -name schedule.json | sort | while read -r f; do
                echo "$f"
                sed '/"seconds"/d' "$f"
                sed '/schedule_sha256/d' "$(dirname "$f")/cell.json"
        done)
}
same() { # same DIR: as the undisturbed run, and nothing left behind
        results "$1" >"$1.results"
        cmp calm.results "$1.results" || return 1
        litter=$(find "$1" -name '*.tmp' -o -name '.*' -path '*/*' ! -name . | grep -v "^$1\$")
        [ -z "$litter" ] || { echo "left: $litter" && return 1; }
}

began=$(date +%s%N)
claim "a plan is solved" code_is 0 "$M" batch plan.yaml -o calm -j 2
calm_ms=$((($(date +%s%N) - began) / 1000000))
results calm >calm.results
six() { [ "$(grep -c '^\./' calm.results)" = 6 ] && same calm; }
claim "all six cells are there, and nothing else" six
verified() {
        for s in now fewer six; do
                "$M" verify "calm/schools/hard/$s/school.yaml" "calm/cells/hard/$s/seed-2/schedule.json" || return 1
        done
}
claim "each result verifies against its school" verified
private() { [ -z "$(find calm -type f -perm /077 ! -name slurm.sh)" ] && [ -z "$(find calm -type d -perm /077)" ]; }
claim "folders are 0700 and files 0600" private
again() {
        "$M" batch plan.yaml -o calm -v 2>log || return 1
        [ "$(grep -c 'done before' log)" = 6 ]
}
claim "a second run solves nothing" again

damaged() {
        cp -r calm hurt
        hurt=hurt/cells/hard/six/seed-2/schedule.json
        head -c 900 "$hurt" >half && cp half "$hurt"
        "$M" batch plan.yaml -o hurt -v 2>log || return 1
        [ "$(grep -c 'done before' log)" = 5 ] && same hurt
}
claim "a damaged result is made anew" damaged

changed() {
        cp -r calm other
        sed -i 's/load: 4/load: 3/' scenarios.yaml
        "$M" batch plan.yaml -o other -v 2>log || return 1
        sed -i 's/load: 3/load: 4/' scenarios.yaml
        [ "$(grep -c 'done before' log)" = 4 ] && ! cmp -s calm/cells/hard/fewer/seed-1/schedule.json \
                other/cells/hard/fewer/seed-1/schedule.json
}
claim "only cells whose input changed are solved again" changed
seeds() {
        sed 's/seeds: .*/seeds: [2, 3]/' plan.yaml >more.yaml
        "$M" batch more.yaml -o calm -v 2>log || return 1
        [ "$(grep -c 'done before' log)" = 3 ] && code_is 0 "$M" collect calm &&
                grep -q '6 cells: 6 done' out && rm -r calm/cells/hard/*/seed-3
}
claim "another seed is one more cell" seeds

# ---- kill -9 ----
kills=5
[ -z "$MSCHED_FULL" ] || kills=50
random() { # random N: 0..N-1
        awk -v n="$1" -v s="$(od -An -N3 -tu /dev/urandom)" 'BEGIN { srand(s); print int(rand() * n) }'
}
# Up to the time that an undisturbed run took.
pause() { sleep "$(awk -v x="$(random 1000)" -v all="$calm_ms" 'BEGIN { print x / 1000 * all / 1000 }')"; }
all_done() { [ "$(find rough/cells -name cell.json -path '*/seed-[12]/*' | wc -l)" = 6 ]; }
# Half of the kills are of the batch, half of a cell, which the batch then reports; those that come
# too late do not count.
killed() {
        rm -rf rough
        mkdir -p rough
        hits=0 tries=0
        while [ $hits -lt $kills ] && [ $tries -lt $((20 * kills)) ]; do
                tries=$((tries + 1))
                all_done && rm -rf rough/cells/hard/now rough/cells/hard/six
                "$M" batch plan.yaml -o rough -j 2 --quiet 2>/dev/null &
                pid=$!
                pause
                target=$pid wanted=137
                if [ $((hits % 2)) = 0 ]; then
                        target=$(ps -o pid= --ppid $pid | head -n 1) wanted=5
                fi
                [ -z "$target" ] || kill -KILL "$target" 2>/dev/null
                wait $pid 2>/dev/null
                [ $? != $wanted ] || hits=$((hits + 1))
        done
        [ $hits = $kills ] || { echo "only $hits of $tries kills hit" && return 1; }
        code_is 0 "$M" batch plan.yaml -o rough -j 2 --quiet && same rough
}
claim "after $kills kills a last run ends with the same results, and leaves no litter" killed
# wait_for_cell PID: until the batch solves one; its processes in $cells.
wait_for_cell() {
        cells=
        tries=0
        while [ -z "$cells" ] && [ $tries -lt 500 ]; do
                cells=$(ps -o pid= --ppid "$1")
                tries=$((tries + 1))
                sleep 0.01
        done
}
orphans() {
        "$M" batch plan.yaml -o orphan -j 2 --quiet 2>/dev/null &
        pid=$!
        wait_for_cell $pid
        kill -KILL $pid
        wait $pid 2>/dev/null
        sleep 0.2
        [ -n "$cells" ] || return 1
        for p in $cells; do
                case $(ps -o stat= -p "$p") in '' | Z*) ;; *) return 1 ;; esac
        done
}
claim "the cells of a killed batch die with it" orphans

stopped() {
        rm -rf late
        "$M" batch plan.yaml -o late -j 1 2>log &
        pid=$!
        wait_for_cell $pid
        kill -TERM $pid
        wait $pid
        [ $? = 75 ] && grep -q 'run it again' log && [ -z "$(find late -name '.*.tmp')" ] &&
                code_is 0 "$M" batch plan.yaml -o late --quiet && same late
}
claim "SIGTERM exits with 75, and a second run goes on" stopped
twice() {
        "$M" batch plan.yaml -o two -j 1 --quiet &
        pid=$!
        wait_for_cell $pid
        code_is 1 "$M" batch plan.yaml -o two && grep -q 'another batch' err
        bad=$?
        wait $pid && [ $bad = 0 ]
}
claim "two batches do not work in one folder" twice

# ---- failures ----
cat >bad.yaml <<'YAML'
schools: [tiny/school.yaml, {id: clash, file: clash/school.yaml}, hard/school.yaml]
options: {work_limit: 1}
limits: {memory: 2000, seconds: 600}
YAML
cp -r tiny clash
cat >>clash/school.yaml <<'YAML'
  - {course: COOK1, section: 1, teacher: ellis}
YAML
stops_nothing() {
        code_is 5 "$M" batch bad.yaml -o failing -j 2 || return 1
        grep -q 'clash/base/seed-1: exit' err && [ -s failing/cells/tiny/base/seed-1/schedule.json ] &&
                [ -s failing/cells/hard/base/seed-1/schedule.json ] && code_is 5 "$M" collect failing &&
                grep -q 'clash/base/seed-1: failed: exit' out && grep -q '2 done, 1 failed' out
}
claim "a failing cell is reported and stops nothing" stops_nothing
mended() {
        cp tiny/school.yaml clash/school.yaml
        code_is 0 "$M" batch bad.yaml -o failing --quiet && code_is 0 "$M" collect failing &&
                [ ! -e failing/cells/clash/base/seed-1.failed ]
}
claim "once mended it is solved" mended
memory() {
        hard_school large 3000
        echo '{schools: [large/school.yaml, tiny/school.yaml], options: {work_limit: 1}, limits: {memory: 16}}' >small.yaml
        code_is 5 "$M" batch small.yaml -o small --quiet && grep -q 'large/base/seed-1: exit 4' err &&
                grep -q 'memory' small/cells/large/base/seed-1.failed && [ -s small/cells/tiny/base/seed-1/schedule.json ]
}
claim "a cell without memory fails alone" memory
slow() {
        echo '{schools: [hard/school.yaml], options: {time_limit: 60}, limits: {seconds: 1}}' >slow.yaml
        code_is 5 "$M" batch slow.yaml -o slow --quiet && grep -q 'over the limit of 1 seconds' err &&
                [ ! -e slow/cells/hard/base/seed-1 ]
}
claim "a cell over its time is stopped" slow

# ---- other programs ----
parallel_run() {
        "$M" batch plan.yaml -o pool --list >cells.txt && [ "$(wc -l <cells.txt)" = 6 ] &&
                parallel -j 2 --joblog jobs.txt "$M" batch plan.yaml -o pool --quiet --cell {} <cells.txt &&
                same pool && "$M" collect pool
}
if command -v parallel >/dev/null; then
        claim "GNU parallel runs the cells to the same results" parallel_run
else
        skip "GNU parallel runs the cells to the same results" "parallel is not installed"
fi
tasks() {
        "$M" batch plan.yaml -o tasks --slurm --write-only --cells-per-task 4 --partition 'a b' >out &&
                grep -q '^#SBATCH --array=0-1$' tasks/slurm.sh && grep -q '^#SBATCH --partition="a b"$' tasks/slurm.sh &&
                sh -n tasks/slurm.sh && for t in 0 1; do SLURM_ARRAY_TASK_ID=$t sh tasks/slurm.sh 2>/dev/null || return 1; done
        code_is 1 sh -c 'SLURM_ARRAY_TASK_ID=2 sh tasks/slurm.sh' && rm -r tasks/slurm tasks/slurm.sh && same tasks
}
claim "the tasks of the Slurm script solve all cells" tasks

# ---- bad input ----
refused() { # refused TEXT PART
        printf '%s\n' "$1" >wrong.yaml
        code_is 1 "$M" batch wrong.yaml -o wrong && grep -qF "$2" err || { cat err && return 1; }
}
claim "a plan without schools is refused" refused 'seeds: [1]' "found no 'schools'"
claim "an unknown key names its line" refused 'schools: [tiny/school.yaml]
seed: [1]' "wrong.yaml:2:1: found unknown key 'seed'"
claim "an unknown option names its line" refused 'schools: [tiny/school.yaml]
options: {worklimit: 3}' "wrong.yaml:2:11: no option"
claim "a seed among the options is refused" refused 'schools: [tiny/school.yaml]
options: {seed: 3}' "'seeds' of the plan"
claim "a seed given twice is refused" refused '{schools: [tiny/school.yaml], seeds: [1, 1]}' "a second time"
claim "two schools of one name are refused" refused 'schools: [tiny/school.yaml, hard/../tiny/school.yaml]' "'tiny' a second time"
claim "a name that is no folder's is refused" refused 'schools: [{id: ../up, file: tiny/school.yaml}]' "names a folder"
claim "scenarios that are not there are refused" refused '{schools: [tiny/school.yaml], scenarios: none.yaml}' "none.yaml"
missing_school() {
        echo '{schools: [tiny/school.yaml, gone/school.yaml], options: {work_limit: 1}}' >gone.yaml
        code_is 5 "$M" batch gone.yaml -o gone && grep -q "gone.yaml:1:30: found file 'gone/school.yaml'" err || { cat err && return 1; }
}
claim "a school that is not there fails alone, and names the plan's line" missing_school
claim "batch without -o is refused" code_is 1 "$M" batch plan.yaml
claim "collect refuses a folder without a batch" code_is 1 "$M" collect tiny
claim "an unknown cell is refused" code_is 1 "$M" batch plan.yaml -o calm --cell no/such/cell
full() {
        code_is 4 "$M" batch plan.yaml -o /proc/none || code_is 1 "$M" batch plan.yaml -o /proc/none
}
claim "a folder that cannot be made is an error" full
tables() {
        "$M" collect calm --csv >t.csv && [ "$(wc -l <t.csv)" = 7 ] && "$M" collect calm --json >t.json &&
                "$PYTHON" -c 'import csv, json
rows = list(csv.DictReader(open("t.csv")))
cells = json.load(open("t.json"))["cells"]
assert [float(r["request_loss"]) for r in rows] == [c["score"]["request_loss"] for c in cells]
assert cells[0]["found"] == "done" and rows[0]["scenario"] == "now"'
}
cp plan.yaml again.yaml
"$M" batch plan.yaml -o calm --quiet
claim "collect writes CSV and JSON" tables
finish
