#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Signals, kill -9 and the time limit: the best so far is written, and never half of it.
. tests/support.sh
cd "$TMP" || exit 1
M=$MSCHED
S=school/school.yaml
hard_school school 300
"$M" solve $S -o old --time-limit 2 --quiet || echo "# no first schedule"

now() { date +%s%3N; } # milliseconds

# A background shell ignores SIGINT, and what it starts would inherit that.
start() { # start DIR OPTIONS...: $pid
        folder=$1
        shift
        env --default-signal=INT,TERM "$M" solve $S -o "$folder" --quiet "$@" 2>err &
        pid=$!
}

# Other work on the machine may slow one try down; three slow ones are ours.
try_thrice() {
        "$@" || "$@" || "$@"
}

stops() { # stops SIGNAL
        rm -rf new
        start new --time-limit 0
        sleep 2
        begin=$(now)
        kill -"$1" $pid
        wait $pid
        code=$?
        took=$(($(now) - begin))
        echo "exit $code after $took ms"
        [ $code = 0 ] && [ $took -le 2000 ] && [ "$(ls new | wc -l)" = 4 ] &&
                "$M" verify $S new/schedule.json && grep -q '"status": "interrupted"' new/schedule.json
}
claim "SIGINT writes the best so far within two seconds" try_thrice stops INT
claim "SIGTERM does so too" try_thrice stops TERM
claim "SIGHUP does so too" try_thrice stops HUP

stops_twice() {
        rm -rf new
        cp -r old new
        start new --time-limit 0
        sleep 1
        # Of two kinds, since two of one kind merge; at once, since a small school is written in 20 ms.
        kill -INT $pid
        kill -TERM $pid 2>/dev/null
        begin=$(now)
        wait $pid
        code=$?
        took=$(($(now) - begin))
        echo "exit $code after $took ms"
        { [ $code = 130 ] || [ $code = 143 ]; } && [ $took -le 500 ] && diff -r old new
}
claim "a second signal exits at once and leaves the old result" try_thrice stops_twice

ignored() {
        (
                trap '' INT
                "$M" solve $S -o new --quiet --time-limit 3 &
                pid=$!
                sleep 1
                kill -INT $pid
                wait $pid
        ) && grep -q '"status": "feasible"' new/schedule.json
}
claim "an ignored signal stays ignored" ignored

killed() { # at any moment, also while writing
        for delay in ${MSCHED_FULL:+0.2 0.4 0.6 0.7 0.75 0.8 0.82 0.84 0.86 0.88} 0.9 0.95 1 1.05 1.1; do
                rm -rf new
                cp -r old new
                start new --time-limit 1
                sleep "$delay"
                kill -KILL $pid 2>/dev/null
                wait $pid 2>/dev/null
                "$M" verify $S new/schedule.json >log || { cat log && return 1; }
                find new -name 'schedule.json*tmp' -exec rm {} + # of a killed run
        done
}
claim "kill -9 leaves a whole schedule, old or new" killed

in_time() {
        begin=$(now)
        "$M" solve $S -o new --quiet --time-limit 3
        took=$(($(now) - begin))
        echo "$took ms"
        [ $took -le 5000 ]
}
claim "the time limit is kept, reading and writing included" try_thrice in_time

repeats() {
        for threads in 1 2; do
                "$M" solve $S -o w$threads --quiet --time-limit 0 --work-limit 20 --threads $threads
                sed '/"seconds"/d; /"options"/d' w$threads/schedule.json >w$threads.json
        done
        cmp w1.json w2.json
}
claim "a work limit gives the same schedule on any number of threads" repeats

ended() { # ended VERB NAME: by a signal at some moment, with nothing left behind
        rm -rf late && mkdir late
        for i in 02 03 04 05 06 07 08 09 10 12 14 16 18 20 22 24 26 28 30; do
                env --default-signal=INT,TERM "$M" "$1" $S old/schedule.json -o "late/$2" -q 2>err &
                pid=$!
                sleep 0.0$i
                kill -TERM $pid 2>/dev/null
                wait $pid
                [ -z "$(find late -name '*.tmp')" ] || { find late && return 1; }
        done
}
claim "a page cut off leaves no temporary file" ended report page.html
claim "nor does a table" ended board board.csv

early() { # a reader who leaves takes nothing along
        "$M" solve $S -o new -v --time-limit 2 2>&1 | head -n 1 >/dev/null
        "$M" verify $S new/schedule.json
}
claim "a closed pipe for the progress does not end the search" early
finish
