#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Redwood made anonymous: nobody is in its files, its schedules are those of redwood. No ids in
# messages where they are to be hidden; folders and files for their owner alone.
. tests/support.sh
school=examples/redwood/school.yaml
d=$TMP/anonymous

owner_alone() { # owner_alone MODE PATH...
        mode=$1
        shift
        [ "$(stat -c %a "$@" | sort -u)" = "$mode" ] || { stat -c '%a %n' "$@"; return 1; }
}

claim "redwood is made anonymous" "$MSCHED" anonymize $school -o "$d" --key "$TMP/key.csv"
claim "the folder is its owner's alone" owner_alone 700 "$d"
claim "so are its files and the key" owner_alone 600 "$d/school.yaml" "$d/students.csv" "$d/requests.csv" "$TMP/key.csv"
claim "check accepts it" "$MSCHED" check "$d/school.yaml"
claim "redwood has a schedule" "$MSCHED" solve $school -o "$TMP/redwood" --no-exact --work-limit 3 -q
claim "the anonymous school has one too" "$MSCHED" solve "$d/school.yaml" -o "$TMP/theirs" --no-exact --work-limit 3 -q

if "$PYTHON" -c 'import yaml' 2>/dev/null; then
        cat >"$TMP/names.py" <<'PYTHON'
"""No id or name of anybody is a word in any of the files; nor is any word of a name."""
import csv, re, sys, yaml
school, folder = sys.argv[1:]
people = yaml.safe_load(open(school))["teachers"]
people += list(csv.DictReader(open(school.replace("school.yaml", "students.csv"))))
words = set()
for p in people:
    words.add(p["id"].lower())
    words |= {w for w in re.findall(r"\w+", (p.get("name") or "").lower()) if len(w) > 2}
assert len(words) > 1300, len(words)
bad = 0
for name in ("school.yaml", "students.csv", "requests.csv"):
    text = open(f"{folder}/{name}").read().lower()
    text = re.sub(r"^#.*$", "", text, flags=re.M)
    found = words & (set(re.findall(r"\w+", text)) | set(re.findall(r"[\w.-]+", text)))
    for word in sorted(found)[:5]:
        print(f"{name}: {word}")
    bad += len(found)
sys.exit(bad > 0)
PYTHON
        claim "no id or name of anybody is a word in its files" "$PYTHON" "$TMP/names.py" $school "$d"
        if "$PYTHON" "$TMP/names.py" $school examples/redwood >/dev/null 2>&1; then
                not_ok "the search for names finds those of redwood"
        else
                ok "the search for names finds those of redwood"
        fi
        cat >"$TMP/map.py" <<'PYTHON'
"""A schedule of the school as one of the anonymous school, by the key."""
import csv, hashlib, json, sys
key, schedule, folder, out = sys.argv[1:]
code = {(r["kind"], r["id"]): r["code"] for r in csv.DictReader(open(key))}
def of(kind):
    return lambda x: x if x is None else code.get((kind, x), x)
s = json.load(open(schedule))
for x in s["sections"]:
    for k, kind in (("course", "course"), ("teacher", "teacher"), ("co_teacher", "teacher"), ("room", "room"),
                    ("cohort", "cohort")):
        x[k] = of(kind)(x[k])
    x["students"] = [of("student")(k) for k in x["students"]]
for x in s["unplaced"] + s["unmet"]:
    x["course"] = of("course")(x["course"])
    if "student" in x:
        x["student"] = of("student")(x["student"])
place = {r["id"]: i for i, r in enumerate(csv.DictReader(open(f"{folder}/students.csv")))}
asked = {(r["student"], r["course"]): i for i, r in enumerate(csv.DictReader(open(f"{folder}/requests.csv")))}
for x in s["sections"]:
    x["students"].sort(key=place.get)
s["unmet"].sort(key=lambda x: (place[x["student"]], asked[x["student"], x["course"]]))
h = hashlib.sha256()
for name in ("school.yaml", "students.csv", "requests.csv"):
    h.update(open(f"{folder}/{name}", "rb").read())
s["input"]["sha256"] = h.hexdigest()
json.dump(s, open(out, "w"))
PYTHON
        "$PYTHON" "$TMP/map.py" "$TMP/key.csv" "$TMP/redwood/schedule.json" "$d" "$TMP/mapped.json"
        score() { "$MSCHED" verify "$@" --json >"$TMP/verdict" && sed -n '/"score"/,/}/p' "$TMP/verdict"; }
        claim "redwood's schedule, mapped through the key, is one of the anonymous school" \
                "$MSCHED" verify "$d/school.yaml" "$TMP/mapped.json" -q
        score $school "$TMP/redwood/schedule.json" >"$TMP/a"
        score "$d/school.yaml" "$TMP/mapped.json" >"$TMP/b"
        claim "with the same score in all tiers" cmp "$TMP/a" "$TMP/b"
        claim "which is that of all tiers" grep -q '"moved"' "$TMP/a"

        claim "their schedule is taken back by the key" "$MSCHED" anonymize $school --key "$TMP/key.csv" \
                --restore "$TMP/theirs/schedule.json" -o "$TMP/ours.json" -q
        claim "and is one of redwood, lists and claims included" "$MSCHED" verify $school "$TMP/ours.json" -q
        score "$d/school.yaml" "$TMP/theirs/schedule.json" >"$TMP/a"
        score $school "$TMP/ours.json" >"$TMP/b"
        claim "with the score it had" cmp "$TMP/a" "$TMP/b"
        claim "it is its owner's alone" owner_alone 600 "$TMP/ours.json"
        codes() { cut -d, -f3 "$TMP/key.csv" | tail -n +2 | grep -qFf - "$TMP/ours.json"; }
        if codes; then not_ok "no code is left in it"; else ok "no code is left in it"; fi
else
        skip "the anonymous files" "no python3-yaml"
fi

# ---- two runs, bad input ----
claim "another run" "$MSCHED" anonymize $school -o "$TMP/second" -q
claim "has other codes" sh -c "! grep -qxFf '$d/students.csv' '$TMP/second/students.csv' || [ \$(grep -cxFf '$d/students.csv' '$TMP/second/students.csv') = 1 ]"
claim "no folder that holds something is filled" code_is 1 "$MSCHED" anonymize $school -o "$d"
claim "and it says so" grep -q 'not empty' "$TMP/err"
claim "no key is overwritten" code_is 1 "$MSCHED" anonymize $school -o "$TMP/third" --key "$TMP/key.csv"
claim "the key must lie apart" sh -c "mkdir '$TMP/shared' && ! '$MSCHED' anonymize $school -o '$TMP/shared' --key '$TMP/shared/key.csv'"
claim "also by another way" sh -c "ln -s shared '$TMP/link' && mkdir '$TMP/shared/sub' && ! '$MSCHED' anonymize $school -o '$TMP/shared' --key '$TMP/link/sub/../key.csv'"
claim "no folder is left by a key that is refused" [ ! -e "$TMP/third" ]
claim "-o is asked for" code_is 1 "$MSCHED" anonymize $school
claim "the key is asked for" code_is 1 "$MSCHED" anonymize $school --restore "$TMP/theirs/schedule.json" -o "$TMP/x.json"
claim "a key of another school is refused" sh -c "printf 'kind,id,code\nstudent,nobody,x\n' >'$TMP/k' &&
        ! '$MSCHED' anonymize $school --key '$TMP/k' --restore '$TMP/theirs/schedule.json' -o '$TMP/x.json'"
claim "no restored schedule overwrites a file" code_is 1 "$MSCHED" anonymize $school --key "$TMP/key.csv" \
        --restore "$TMP/theirs/schedule.json" -o "$TMP/ours.json"
claim "a folder that cannot be is refused" code_is 1 "$MSCHED" anonymize $school -o /dev/null/x

# ---- --redact ----
mkdir "$TMP/bad"
cat >"$TMP/bad/school.yaml" <<'YAML'
msched: 1
bell: {periods: 2}
courses: [{id: ART}]
students: {file: students.csv}
requests: {file: requests.csv}
rules: [{apart: [S0042, S9999]}]
YAML
printf 'id,grade\nS0042,9\nS0043,9\nS0043,10\n' >"$TMP/bad/students.csv"
printf 'student,course\nS0042,ART\nS0042,ART\nS004,ART\n' >"$TMP/bad/requests.csv"
claim "bad input names students by id" sh -c "'$MSCHED' check '$TMP/bad/school.yaml' 2>&1 | grep -q S0042"
claim "--redact hides them while the school cannot be read" sh -c "! '$MSCHED' check '$TMP/bad/school.yaml' --redact 2>&1 | grep S00"
claim "and still says where" sh -c "'$MSCHED' check '$TMP/bad/school.yaml' --redact 2>&1 | grep -q 'requests.csv:3:1: found a second request of student'"
sed '0,/"students": \["/s//"students": ["S0001", "S0001", "/' "$TMP/redwood/schedule.json" >"$TMP/false.json"
claim "verify names students by id" sh -c "'$MSCHED' verify $school '$TMP/false.json' | grep -q 'S0001'"
claim "verify --redact hides them" sh -c "'$MSCHED' verify $school '$TMP/false.json' --redact >'$TMP/out'; [ \$? = 2 ] && grep -q '\[student\]' '$TMP/out' && ! grep -E 'S[0-9]{4}' '$TMP/out'"
claim "so does its JSON" sh -c "'$MSCHED' verify $school '$TMP/false.json' --redact --json >'$TMP/out'; [ \$? = 2 ] && grep -q '\[student\]' '$TMP/out' && ! grep -E 'S[0-9]{4}' '$TMP/out'"
printf 'base: school.yaml\nscenarios: [{id: now}]\n' >"$TMP/bad/scenarios.yaml"
printf 'schools: [school.yaml]\nscenarios: scenarios.yaml\nseeds: [1]\n' >"$TMP/bad/plan.yaml"
for verb in scenario batch compare; do
        file=scenarios.yaml out="-o $TMP/bad-$verb"
        [ $verb = batch ] && file=plan.yaml
        [ $verb = scenario ] && out=
        shows() { "$MSCHED" $verb "$TMP/bad/$file" $out 2>&1 | grep -q S0042; }
        hides() {
                rm -rf "$TMP/bad-$verb"
                "$MSCHED" $verb "$TMP/bad/$file" $out --redact >"$TMP/out" 2>&1
                grep -q 'requests.csv:3' "$TMP/out" && ! grep S00 "$TMP/out"
        }
        claim "$verb names students by id" shows
        claim "$verb --redact hides them" hides
done
hides() { "$MSCHED" collect "$TMP/bad-batch" "$@" --redact >"$TMP/out" 2>&1; grep -q failed "$TMP/out" && ! grep S00 "$TMP/out"; }
claim "collect --redact hides them" hides
claim "in JSON, too" hides --json
finish
