#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/*.schema.json against all examples, cases and bad schools.

Good schools are valid. A bad school is invalid, or its YAML cannot be read at all, or its name
stands in tests/schema_beyond.txt: the list of what no schema can see, which must be exact.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"ok 1 - schemas # SKIP no python3-{missing.name}")
    print("1..1")
    sys.exit(0)

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
count = failed = 0


def claim(name, truth, detail=""):
    global count, failed
    count += 1
    failed += not truth
    print(("ok" if truth else "not ok") + f" {count} - {name}" + ("" if truth else f"\n{detail}"))


class Loader(yaml.SafeLoader):
    """YAML 1.2's core types, as editors read it."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
                            ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
                            ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
                            ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$",
                             list("-+.0123456789")),
                            ("merge", r"^<<$", ["<"])):
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), first)
# 09 and 010 are decimal here.
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node)))


def as_json(value, room=None):
    """Keys of maps as text. ValueError for what aliases blow up."""
    room = room or [1000000]
    room[0] -= 1
    if room[0] <= 0:
        raise ValueError("too many values")
    if isinstance(value, dict):
        return {str(k): as_json(v, room) for k, v in value.items()}
    return [as_json(v, room) for v in value] if isinstance(value, list) else value


def errors(validator, value):
    return [f"{'/'.join(map(str, e.path))}: {e.message[:200]}" for e in validator.iter_errors(value)][:3]


def load(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return as_json(yaml.load(f, Loader))


def validator(path):
    with open(path, encoding="utf-8") as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


school, schedule = validator("docs/school.schema.json"), validator("docs/schedule.schema.json")
accepted = [d for d in sorted(glob.glob("tests/bad/*/"))
            if open(d + "expect", encoding="utf-8").read().endswith("accepted\n")]
plans = [("examples/network/plan.yaml", "plan"), ("examples/network/scenarios.yaml", "scenarios")]
for path, name in plans:
    found = errors(validator(f"docs/{name}.schema.json"), load(path))
    claim(f"{path} is valid", not found, "\n".join(found))
schools = set(glob.glob("examples/**/*.yaml", recursive=True)) - {path for path, _ in plans}
good = sorted(schools) + sorted(glob.glob("tests/cases/**/*.yaml", recursive=True))
for path in good + [d + "school.yaml" for d in accepted]:
    found = errors(school, load(path))
    claim(f"{path} is valid", not found, "\n".join(found))
claim("there are good schools", len(good) >= 4)
folder = tempfile.mkdtemp(prefix="msched-schema-")
msched = os.environ.get("MSCHED", "build/release/msched")
for example in ("tiny", "academy-120"):
    solved = subprocess.run([msched, "solve", f"examples/{example}/school.yaml", "-o", f"{folder}/{example}",
                             "--time-limit", "5", "--quiet"], capture_output=True, text=True, check=False)
    claim(f"{example} is solved", solved.returncode == 0, solved.stderr)
made = sorted(glob.glob(f"{folder}/*/schedule.json"))
for path in made + sys.argv[1:]:
    with open(path, encoding="utf-8") as f:
        found = errors(schedule, json.load(f))
    claim(f"{os.path.relpath(path, folder)} is valid", not found, "\n".join(found))
shutil.rmtree(folder)

with open("tests/schema_beyond.txt", encoding="utf-8") as f:
    beyond = {line.strip() for line in f if line.strip() and not line.startswith("#")}
for folder in sorted(glob.glob("tests/bad/*/")):
    name = os.path.basename(folder[:-1])
    if folder in accepted:
        continue
    try:
        invalid = bool(errors(school, load(folder + "school.yaml")))
    except (yaml.YAMLError, ValueError, RecursionError):
        invalid = True
    claim(f"{name} is {'beyond the schema' if name in beyond else 'invalid'}", invalid != (name in beyond))
    beyond.discard(name)
claim("every name in schema_beyond.txt is a bad school", not beyond, str(beyond))

minimal = {"format": "msched-schedule/1", "input": {"file": "a", "sha256": "0" * 64},
           "solver": {"version": "1", "options": {"exact": True}, "seed": 1, "seconds": 0.5, "status": "optimal"},
           "score": {}, "bound": {}, "unplaced": [], "unmet": [],
           "sections": [{"course": "A", "section": 1, "teacher": None, "co_teacher": None, "room": "R", "terms": ["Y"],
                         "periods": ["1"], "cohort": None, "students": ["S1"]}]}
tiers = schedule.schema["properties"]["score"]["required"]
minimal["score"], minimal["bound"] = dict.fromkeys(tiers, 0), dict.fromkeys(tiers)
claim("a small schedule is valid", not errors(schedule, minimal), str(errors(schedule, minimal)))
for what, change in (("format", {"format": "2"}), ("score", {"score": {}}), ("section", {"sections": [{"course": "A"}]}),
                     ("kind", {"unmet": [{"student": "S", "course": "A", "kind": "alternate", "reason": ""}]}),
                     ("sum", {"input": {"file": "a", "sha256": "x"}})):
    claim(f"a schedule with a wrong {what} is invalid", errors(schedule, {**minimal, **change}))
print(f"1..{count}")
sys.exit(failed > 0)
