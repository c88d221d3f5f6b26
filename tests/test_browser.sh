#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The page in a real browser, without a window: every view, filter and search; hostile names.
# With MSCHED_FULL redwood in light, dark and on a phone, too.
# SHOTS=DIR keeps screenshots and prints.
. tests/support.sh
TOOLS=build/browser
CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
export TOOLS CHROMIUM SHOTS="${SHOTS:-}"

lacking() {
        [ -n "$CHROMIUM" ] || { echo "no chromium"; return; }
        command -v node >/dev/null || { echo "no node"; return; }
        if ! cmp -s tests/page/package-lock.json "$TOOLS/package-lock.json" || [ ! -d "$TOOLS/node_modules/axe-core" ]; then
                command -v npm >/dev/null || { echo "no npm"; return; }
                mkdir -p "$TOOLS" && cp tests/page/package.json tests/page/package-lock.json "$TOOLS" &&
                        npm ci --prefix "$TOOLS" --no-audit --no-fund --ignore-scripts >"$TMP/npm.log" 2>&1 ||
                        { rm -rf "$TOOLS"; echo "npm cannot install playwright-core and axe-core"; }
        fi
}
why=$(lacking)
if [ -n "$why" ]; then
        skip "the page works in a browser" "$why"
        exit 0
fi

look() { # look NAME SCHOOL LIMIT: solve, make both pages, browse them
        "$MSCHED" solve "$2" -o "$TMP/$1" --time-limit "$3" -q || return 1
        "$MSCHED" explain "$2" "$TMP/$1/schedule.json" --no-fixes -q || return 1
        "$MSCHED" report "$2" "$TMP/$1/schedule.json" -q -o "$TMP/$1/report.html" || return 1
        "$MSCHED" report "$2" "$TMP/$1/schedule.json" --no-students -q -o "$TMP/$1/shared.html" || return 1
}

browse() { # browse NAME SCHOOL LIMIT
        if look "$1" "$2" "$3" >"$TMP/log" 2>&1; then
                node tests/page/browse.mjs "$TMP/$1/report.html" "$TMP/$1/schedule.json" "$TMP/$1/shared.html" || bad=1
        else
                not_ok "$1 has a page"
                cat "$TMP/log"
        fi
}

node tests/page/hostile.mjs plain "$TMP/plain"
browse plain "$TMP/plain/school.yaml" 2

node tests/page/hostile.mjs school "$TMP/hostile"
if look hostile "$TMP/hostile/school.yaml" 2 >"$TMP/log" 2>&1; then
        node tests/page/hostile.mjs browse "$TMP/hostile/report.html" || bad=1
else
        not_ok "a school of hostile names has a page"
        cat "$TMP/log"
fi

if [ -n "$MSCHED_FULL" ]; then
        browse redwood examples/redwood/school.yaml 60
else
        look redwood examples/redwood/school.yaml 4 || bad=1
        node tests/page/browse.mjs "$TMP/redwood/report.html" || bad=1
fi
names_stay() { ! grep -qE 'S0001|S1200|Isidro Harashi' "$TMP/redwood/shared.html"; }
claim "the page to share holds no student's id or name" names_stay
small() { [ "$(wc -c <"$TMP/redwood/report.html")" -lt 3000000 ]; }
claim "the page of 1,200 students is well under 3 MB" small
finish
