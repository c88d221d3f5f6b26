#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A job array of 40 cells with real daemons: one cell fails, one task is requeued in mid-run, the
# controller is killed and started again; the results equal those of a local run.
. tests/support.sh
here=$PWD/tests/slurm
cp -r examples/tiny "$TMP/tiny"
cd "$TMP" || exit 1
M=$MSCHED
what="a Slurm array of 40 cells ends as the local run does"
for tool in slurmctld slurmd munged sbatch; do
        if ! command -v $tool >/dev/null && [ ! -x /usr/sbin/$tool ]; then
                skip "$what" "$tool is not installed"
                finish
        fi
done
[ "$(id -u)" = 0 ] || { skip "$what" "slurmd needs root" && finish; }
PATH=$PATH:/usr/sbin

# ---- the daemons; each is ended by the number under which it was started ----
D=$TMP/slurm
mkdir -p "$D/state" "$D/spool"
port=$((20000 + $$ % 20000))
sed -e "s|@HOST@|$(hostname)|g" -e "s|@DIR@|$D|g" -e "s|@USER@|$(id -un)|g" \
        -e "s|@PORT1@|$port|" -e "s|@PORT2@|$((port + 1))|" "$here/slurm.conf.in" >"$D/slurm.conf"
export SLURM_CONF="$D/slurm.conf"
controller() { slurmctld -D "$@" >>"$D/slurmctld.out" 2>&1 & ctld=$!; }
end() { # end PID
        kill "$1" 2>/dev/null
        tries=0
        while kill -0 "$1" 2>/dev/null && [ $tries -lt 80 ]; do
                tries=$((tries + 1))
                sleep 0.1
        done
        kill -KILL "$1" 2>/dev/null
        wait "$1" 2>/dev/null
}
ctld= sld= mun=
stop_all() { for p in $sld $ctld $mun; do end "$p"; done; }
trap stop_all EXIT
wait_for() { # wait_for SECONDS COMMAND...
        tries=$(($1 * 10))
        shift
        while [ $tries -gt 0 ]; do
                "$@" >/dev/null 2>&1 && return 0
                tries=$((tries - 1))
                sleep 0.1
        done
        return 1
}
idle() { [ "$(timeout 5 sinfo -h -o %T)" = idle ]; }
mungekey --create --keyfile="$D/munge.key"
munged --foreground --force --key-file="$D/munge.key" --socket="$D/munge.sock" --pid-file="$D/munged.pid" \
        --log-file="$D/munged.log" --seed-file="$D/munge.seed" --num-threads=2 >"$D/munged.out" 2>&1 &
mun=$!
wait_for 10 timeout 5 munge -n -S "$D/munge.sock"
controller -c -i
slurmd -D -N "$(hostname)" >"$D/slurmd.out" 2>&1 &
sld=$!
if ! wait_for 40 idle; then
        not_ok "Slurm comes up"
        tail -n 5 "$D"/*.out | sed 's/^/# /'
        finish
fi

# ---- 5 schools x 2 scenarios x 4 seeds; one school fails in one scenario ----
hard_school s1 30
for k in 2 3 4; do cp -r s1 s$k && sed -i "s/target: 24/target: 2$k/" s$k/school.yaml; done
cp -r tiny odd
cat >scenarios.yaml <<'YAML'
scenarios:
  - {id: now}
  - {id: less, minus: [{teacher: t1}]}
YAML
printf '%s\n' 'schools: [s1/school.yaml, s2/school.yaml, s3/school.yaml, s4/school.yaml, odd/school.yaml]' \
        'scenarios: scenarios.yaml' 'seeds: [1, 2, 3, 4]' 'options: {work-limit: 0.3, streams: 1, exact: no}' >plan.yaml
results() {
        (cd "$1/cells" && find . \( -name schedule.json -o -name '*.failed' \) | sort | while read -r f; do
                echo "$f"
                sed '/"seconds"/d' "$f"
        done)
}
code_is 5 "$M" batch plan.yaml -o local --quiet || echo "# the local run: $got"
results local >local.txt

job=
submit() {
        code_is 0 timeout 60 "$M" batch plan.yaml -o far --slurm --partition main --cells-per-task 5 || return 1
        job=$(cat out)
        echo "job '$job'"
        [ "$job" -gt 0 ]
}
claim "the array is submitted" submit
requeued() { # while it runs
        wait_for 30 sh -c "timeout 5 squeue -h -r -t RUNNING -j $job -o %K | grep -q ." || return 1
        task=$(timeout 5 squeue -h -r -t RUNNING -j "$job" -o %K | head -n 1)
        timeout 10 scontrol requeue "${job}_$task" && echo "task $task"
}
claim "a task is requeued in mid-run" requeued
killed() {
        kill -KILL $ctld
        wait $ctld 2>/dev/null
        sleep 1
        controller
        wait_for 30 sh -c 'timeout 5 sinfo -h -o %T | grep -Eq "idle|alloc|mix"'
}
claim "the controller is killed and started again" killed
# A requeued task is held for two minutes unless told otherwise; told so before slurmd has buried its
# first life, it drains the node, which an administrator would resume.
hasten() {
        [ "$(date +%s)" -ge "$patience" ] || return 0
        patience=$(($(date +%s) + 5))
        case $(timeout 5 sinfo -h -o %T) in
        drain*) timeout 5 scontrol update nodename="$(hostname)" state=resume && timeout 5 scontrol release "$job" ;;
        esac
        timeout 5 scontrol update jobid="$job" StartTime=now
}
patience=$(($(date +%s) + 10))
ended() {
        hasten >/dev/null 2>&1
        [ -z "$(timeout 5 squeue -h -j "$job" 2>/dev/null)" ] && timeout 5 sinfo -h >/dev/null
}
comes_to_end() {
        wait_for 150 ended && return 0
        timeout 5 squeue -r -o '%K %T %r'
        timeout 5 sinfo -h -o '%T %E'
        tail -n 15 "$D/slurmctld.out"
        return 1
}
claim "the array comes to its end" comes_to_end
equal() {
        code_is 5 "$M" collect far || return 1
        tail -n 1 out
        grep -q '40 cells: 36 done, 4 failed, 0 missing' out && results far >far.txt && cmp local.txt far.txt &&
                [ -z "$(find far/cells -name '.*.tmp')" ]
}
claim "$what" equal
finish
