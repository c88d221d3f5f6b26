#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/guide.md says what is so: its ```sh blocks after '<!-- run -->' are run one after the other,
# in a folder that has ./msched and examples/; each '<!-- expect: TEXT -->' above one must be in
# what it prints, blanks apart. Its pages are photographed to $B/guide.
. tests/support.sh
work=$TMP/guide
mkdir -p "$work/examples"
ln -s "$MSCHED" "$work/msched"
cp -r examples/redwood "$work/examples/redwood"

run_blocks docs/guide.md "the guide" "$work"
claim "the guide has blocks to run" [ $n -ge 11 ]

# Every verb in the table of the year is a verb, and every word of the glossary has its sentence.
verbs_exist() {
        "$MSCHED" --help | sed -n 's/^  \([a-z]*\) .*/\1/p' >"$work/verbs"
        sed -n '/^| when/,/^$/p' docs/guide.md | grep -o '`[a-z]* *[^`]*`' | sed 's/`\([a-z]*\).*/\1/' | sort -u |
                while read -r verb; do
                        grep -qx "$verb" "$work/verbs" || { echo "no verb $verb"; exit 1; }
                done
}
claim "the verbs of the year exist" verbs_exist
links_lead() {
        grep -o '](\([^):#]*\))' docs/guide.md | tr -d ']()' | while read -r link; do
                [ -e "docs/$link" ] || { echo "$link"; exit 1; }
        done
}
claim "links lead to files" links_lead

photo() { # photo NAME WIDTH FILE
        chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size="$2",1200 \
                --user-data-dir="$TMP/chromium" --screenshot="$B/guide/$1.png" "file://$3" \
                >"$TMP/photo.log" 2>&1 && [ -s "$B/guide/$1.png" ]
}
if command -v chromium >/dev/null; then
        mkdir -p "$B/guide"
        claim "the analysis is photographed" photo analyze 1200 "$work/year/analyze/analyze.html"
        claim "the report is photographed" photo report 1200 "$work/year/april/report.html"
        claim "the difference is photographed" photo diff 800 "$work/year/may/diff.html"
else
        skip "the pages are photographed" "no chromium"
fi
finish
