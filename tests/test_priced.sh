#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A price list against schools solved whole: entries at random, three seeds each, contradict no
# bound and nothing that is said to be exact. With MSCHED_FULL ten entries of redwood.
. tests/support.sh
school=examples/tiny/school.yaml solved=2 priced=40 n=4 again=2
if [ -n "$MSCHED_FULL" ]; then
        school=examples/redwood/school.yaml solved=60 priced=900 n=10 again=10
fi

list() {
        "$MSCHED" price "$school" "$TMP/a/schedule.json" --time-limit 0 --work-limit $priced --json >"$TMP/list.json"
}
told() { # told COUNT SURE: at least so many entries are so
        "$PYTHON" - "$TMP/list.json" "$@" <<'PY'
import json, sys
sure = [e["sure"] for e in json.load(open(sys.argv[1]))["entries"]]
print({s: sure.count(s) for s in sure})
sys.exit(sure.count(sys.argv[3]) < int(sys.argv[2]))
PY
}
agrees() {
        "$PYTHON" tests/priced.py "$MSCHED" "${2:-$TMP/list.json}" "$school" "$TMP/a/schedule.json" "$TMP/$1" $n 1 $again
}
# A list that says that nothing can be gained any more is found out.
boastful() {
        "$PYTHON" - "$TMP/list.json" "$TMP/boast.json" <<'PY'
import json, sys
d = json.load(open(sys.argv[1]))
for e in d["entries"]:
    e["after"]["request_loss"] += 999
    e["bound"].update(request_loss=e["after"]["request_loss"])
json.dump(d, open(sys.argv[2], "w"))
PY
        ! agrees boast "$TMP/boast.json"
}

claim "the school is solved" "$MSCHED" solve "$school" -o "$TMP/a" --time-limit 0 --work-limit $solved -q
claim "it has a price list" list
if [ -n "$MSCHED_FULL" ]; then
        claim "many entries are searched, not just tried" told 100 solved
        claim "some are certain" told 20 proven
else
        claim "a bound that does not hold is found out" boastful
fi
claim "$n entries at random contradict no bound and nothing exact" agrees entries
finish
