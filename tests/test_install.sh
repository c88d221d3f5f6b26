#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make install, the man page, the completion, the order of layers, the house rules.
. tests/support.sh
make=${MAKE:-make}

if command -v scdoc >/dev/null; then
        claim "make install installs" $make -s B="$B" VARIANT="$VARIANT" install DESTDIR="$TMP/root" PREFIX=/usr
        claim "the program runs from there" "$TMP/root/usr/bin/msched" --version
        claim "the man page is there" [ -s "$TMP/root/usr/share/man/man1/msched.1" ]
        claim "the completion is there" [ -s "$TMP/root/usr/share/bash-completion/completions/msched" ]
        claim "nothing else is" [ "$(find "$TMP/root" -type f | wc -l)" = 3 ]
        if command -v mandoc >/dev/null; then
                claim "mandoc accepts the man page" mandoc -T lint -W error "$TMP/root/usr/share/man/man1/msched.1"
        else
                skip "mandoc accepts the man page" "no mandoc"
        fi
else
        skip "make install installs" "no scdoc"
fi

complete() { # complete EXPECTED WORD...: the last word is completed
        expected=$1
        shift
        found=$(bash -c '. docs/completion.bash
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
                _msched
                printf "%s\n" "${COMPREPLY[@]}"' bash "$@")
        echo "$found" | grep -qxF -e "$expected" || { echo "found: $found"; return 1; }
}
if command -v bash >/dev/null; then
        claim "verbs are completed" complete verify "$MSCHED" ver
        claim "options are completed" complete --time-limit "$MSCHED" solve --ti
        claim "switches are completed" complete --no-exact "$MSCHED" solve --no
        claim "other verbs have other options" complete --tier "$MSCHED" model --
        claim "files are completed" complete Makefile "$MSCHED" check Makef
else
        skip "words are completed" "no bash"
fi

claim "includes point one way" $make -s layers
claim "make help lists the targets" sh -c "$make -s help | grep -q '^demo '"

licensed() {
        for f in */*.[ch] */*/*.[ch]; do
                [ -e "$f" ] || continue
                head -n 1 "$f" | grep -qxF '/* SPDX-License-Identifier: GPL-3.0-or-later */' || echo "$f"
        done | grep . && return 1
        return 0
}
claim "every source names its licence" licensed
short() {
        for f in */*.[ch] benchmarks/*/*.[ch]; do
                awk -v f="$f" '
                        /^[a-z].*\)$|^        .*\)$/ { head = NR }
                        /^{$/ { from = NR }
                        /^}$/ { if (from && NR - from > 71) { print f ":" from ": " NR - from - 1 " lines"; bad = 1 } from = 0 }
                        END { if (NR > 600) { print f ": " NR " lines"; bad = 1 } exit bad }' "$f" || long=1
        done
        [ -z "${long:-}" ]
}
claim "functions have at most 70 lines, files 600" short
clean() {
        ! grep -nwE 'TO''DO|FIX''ME|X''XX|not imple''mented' -r model io solver batch cli tests benchmarks docs Makefile README.md --include='*.[ch]' --include='*.sh' --include='*.md' --include='*.scd'
}
claim "nothing is left to be done in the sources" clean
local_paths() { ! grep -rnE '/wo''rk/|/home''/' --include='*.[ch]' --include='*.md' --include='*.sh' --include='*.scd' . ; }
claim "no file names a path of one machine" local_paths
finish
