#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Files that cannot lie in the repository: huge, unreadable, no files at all. msched check must say
# what is wrong, at once, with exit code 1.
# shellcheck disable=SC2086
set -u
: "${MSCHED:=$PWD/build/release/msched}"
# Another user must reach it, so it is no part of a private folder.
work=$(mktemp -d /tmp/msched-files-XXXXXX) || exit 1
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir "$work/s" && cp "$MSCHED" "$work/msched" && cd "$work/s" || exit 1
n=0 failed=0

limit_memory() { # the sanitizer reserves terabytes
        [ "${VARIANT:-}" = san ] || ulimit -v 2000000
}

claim() { # claim NAME WANTED COMMAND...: its messages are WANTED, its code is 1, it takes 5 s at most
        name=$1 wanted=$2
        shift 2
        found=$(limit_memory; timeout 5 "$@" 2>&1)
        code=$?
        n=$((n + 1))
        if [ "$found" = "$wanted" ] && [ $code = 1 ]; then
                echo "ok $n - $name"
        else
                echo "not ok $n - $name"
                printf 'code %d\nfound:    %s\nexpected: %s\n' $code "$found" "$wanted"
                failed=1
        fi
}

head='msched: 1
bell: {periods: 2}
students: {file: students.csv}'
check="$work/msched check"
nobody=
[ "$(id -u)" != 0 ] || nobody="setpriv --reuid=nobody --regid=nogroup --clear-groups" # root reads all

echo "$head" >good.yaml
truncate -s 100M huge.yaml
claim a_huge_school "huge.yaml: 'huge.yaml' is too large; expected at most 32 MB" $check huge.yaml
truncate -s 100M students.csv
claim a_huge_table "good.yaml:3:18: 'students.csv' is too large; expected at most 32 MB" $check good.yaml

yes 'x: [a, a, a, a, a, a, a, a, a, a]' 2>/dev/null | head -n 100000 | sed = | sed 'N;s/\(.*\)\nx/k\1/' >many.yaml
claim a_school_of_too_many_values \
        "many.yaml:83334:13: found more than 1000000 values, with aliases written out; expected fewer" \
        $check many.yaml
rm many.yaml huge.yaml

{ echo id,grade; seq 1 10001 | sed 's/$/,9/'; } >students.csv
claim too_many_students "students.csv:10002:1: found 10001 students; expected at most 10000" $check good.yaml
rm students.csv
claim an_absent_table "good.yaml:3:18: found file 'students.csv', which cannot be opened (No such file or directory); expected a file that can be read" \
        $check good.yaml
claim an_absent_school "absent.yaml: cannot open 'absent.yaml': No such file or directory" $check absent.yaml
mkdir folder
claim a_folder_for_a_school "folder: 'folder' is a directory; expected a regular file" $check folder
claim a_device_for_a_school "/dev/zero: '/dev/zero' is a device or a pipe; expected a regular file" \
        $check /dev/zero
mkfifo students.csv
claim a_pipe_for_a_table "good.yaml:3:18: 'students.csv' is a device or a pipe; expected a regular file" \
        $check good.yaml
rm students.csv

echo id,grade >students.csv
echo "$head" >secret.yaml
chmod 000 secret.yaml students.csv
claim a_school_that_may_not_be_read "secret.yaml: cannot open 'secret.yaml': Permission denied" \
        $nobody $check secret.yaml
claim a_table_that_may_not_be_read "good.yaml:3:18: cannot open 'students.csv': Permission denied" \
        $nobody $check good.yaml

ln -s loop.csv loop.csv
printf 'msched: 1\nbell: {periods: 2}\nstudents: {file: loop.csv}\n' >loop.yaml
claim a_link_to_itself "loop.yaml:3:18: found file 'loop.csv', which cannot be opened (Too many levels of symbolic links); expected a file that can be read" \
        $check loop.yaml
echo "1..$n"
exit $failed
