#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Disks that are full, read-only or closed to us: exit 4 with a message, and the old result stays.
. tests/support.sh
cd "$TMP" || exit 1
M=$MSCHED
"$M" init --quiet school
S=school/school.yaml
"$M" solve $S -o old --quiet --time-limit 20
cp -r old keep

fails() { # fails COMMAND...: exit 4, a message, the old result as it was
        code_is 4 "$@" && [ -s err ] && diff -r keep old
}
limited() { (ulimit -f 1 && exec "$M" solve "$1" -o "$2" --quiet --time-limit 2); }
hard_school big 100
claim "a file that grows too large is an error and leaves the old result" fails limited big/school.yaml old
unprepared() { rm -rf fresh && code_is 4 limited big/school.yaml fresh && [ -z "$(ls fresh)" ]; }
claim "and leaves no part of a file" unprepared

if [ "$(id -u)" != 0 ]; then
        as_nobody=
elif command -v setpriv >/dev/null; then
        as_nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
        chmod -R a+rX "$TMP" && chmod a+rx "$TMP/.." # TMP is below a folder of mktemp's
else
        as_nobody=none
fi
if [ "$as_nobody" = none ]; then
        skip "a folder that may not be written" "no setpriv"
else
        chmod a+rX,a-w old school
        chmod a+r old/* school/*
        cp "$M" msched
        claim "a folder that may not be written exits 4, at once" fails timeout 5 $as_nobody ./msched solve $S -o old --quiet
        claim "a folder that may not be made exits 4" fails timeout 5 $as_nobody ./msched solve $S -o old/new --quiet
        chmod a-r school/students.csv
        claim "a table that may not be read exits 1" code_is 1 $as_nobody ./msched check $S
        claim "and is named" grep -q 'students.csv' err
        chmod u+w old school
        chmod a+r school/students.csv
fi

# on_disk_of SIZE: solve where the old result lies already, on a disk of that size; its files to "after".
on_disk_of() {
        mkdir -p full && mount -t tmpfs -o "size=$1" none full || return 1
        cp -r old full/
        code_is 4 "$M" solve big/school.yaml -o full/old --quiet --no-exact --work-limit 0.1
        result=$?
        rm -rf after && cp -r full/old after
        umount full
        return $result
}
full() { on_disk_of 128k && diff -r keep after; }
no_page() { # room for the schedule, some 90 KB, not for its page, some 200 KB
        on_disk_of 300k && "$M" verify big/school.yaml after/schedule.json --quiet &&
                [ "$(ls after)" = "$(printf '%s\n' input.json schedule.json schedule.txt)" ] &&
                grep -q "$(sha256sum <after/schedule.json | cut -c 1-64)" after/schedule.txt &&
                grep -q 'report.html: warning: left out' err
}
# barely FREE VERB...: on a disk with so much room: exit 4, the reason, and nothing but what was there.
barely() {
        mkdir -p tm && mount -t tmpfs -o size=64k none tm || return 1
        head -c $((65536 - $1)) /dev/zero >tm/fill
        shift
        says 4 'No space left on device' "$M" "$@"
        result=$?
        cp err err.disk
        [ "$(ls tm)" = fill ] || { ls -R tm && result=1; }
        umount tm
        return $result
}
barely_told() { barely "$@" && grep -q "^tm/anon/students.csv: .*cannot write the file" err.disk; }
printf 'base: school/school.yaml\nscenarios: [{id: now}]\n' >scenarios.yaml
cp -r school dated
printf 'bell: {terms: [Y], periods: 4, term_dates: {Y: {start: 2027-08-16, end: 2028-06-02}}}\n' >dated/bell
awk '/^bell:/ { while ((getline line < "dated/bell") > 0) print line; skip = 1; next } /^[a-z]/ { skip = 0 } !skip' $S >dated/school.yaml
"$M" solve dated/school.yaml -o dated/out --quiet --time-limit 20
"$M" export dated/school.yaml dated/out/schedule.json --format oneroster-1.2 -o roster.zip --quiet 2>/dev/null
if [ "$(id -u)" = 0 ] && mkdir -p probe && mount -t tmpfs -o size=16k none probe 2>/dev/null; then
        umount probe
        claim "a full disk exits 4 and leaves the old result" full
        claim "no room for a table: anonymize says which, and leaves neither folder nor key" \
                barely_told 4096 anonymize $S -o tm/anon --key tm/k
        claim "analyze leaves no half folder" barely 12288 analyze $S -o tm/sheets
        claim "nor does scenario --show" barely 4096 scenario scenarios.yaml --show now -o tm/now
        claim "nor import" barely 4096 import roster.zip --format oneroster -o tm/roster
        claim "nor init" barely 4096 init tm/init
        claim "a page without room says why" barely 32768 report $S old/schedule.json -o tm/x.html
        claim "where the page alone has no room the schedule is written, and no old page stays" no_page
else
        echo "# no tmpfs may be mounted here: the limit on file sizes stands for the full disk"
fi
no_room_for_page() { (ulimit -f "$1" && exec "$M" solve $S -o late --quiet --time-limit 20); }
small_schedule() {
        mkdir late && echo old >late/report.html
        code_is 4 no_room_for_page 50 && "$M" verify $S late/schedule.json --quiet && [ ! -e late/report.html ]
}
claim "a page that grows too large costs the schedule nothing" small_schedule

code_is_full() { "$M" "$@" >/dev/full 2>err; [ $? = 4 ]; }
claim "what cannot be printed exits 4" code_is_full --help
claim "and says so" grep -q 'standard output' err
claim "the schedule is written nevertheless" code_is_full solve $S -o late --time-limit 20
claim "as verify confirms" code_is 0 "$M" verify $S late/schedule.json
claim "a file is no folder" code_is 1 "$M" solve $S -o school/school.yaml --quiet
claim "nor is a folder below a file" code_is 1 "$M" solve $S -o school/school.yaml/x --quiet
claim "a folder in the place of schedule.json is left alone" sh -c "
        mkdir -p odd/schedule.json && ! '$M' solve $S -o odd --quiet && [ -d odd/schedule.json ]"
finish
