#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""OneRoster 1.1 and 1.2 bulk files against the standard's tables and against a schedule.

    oneroster.py FILES SCHOOL.yaml SCHEDULE.json     FILES: a folder or a zip archive
    oneroster.py --same FILES FILES                  the same records, in any order
    oneroster.py --imported SCHOOL.yaml SCHEDULE.json IMPORTED/school.yaml

Written from the standard, not from the program; prints each fault and exits with 1 if there is one.
"""
import csv
import io
import json
import os
import re
import sys
import zipfile

import yaml

faults = []


def fault(where, text):
    faults.append(f"{where}: {text}")


# ---- the standard's tables: name, required, type ----
# Types: id (unique in its file), ref:FILE, refs:FILE, text, list, date, year, grades, a|b|c.
COMMON = [("sourcedId", True, "id"), ("status", False, "blank"), ("dateLastModified", False, "blank")]
NAMES = [("username", True, "text"), ("userIds", False, "userids"), ("givenName", True, "text"),
         ("familyName", True, "text"), ("middleName", False, "text"), ("identifier", False, "text"),
         ("email", False, "text"), ("sms", False, "text"), ("phone", False, "text"),
         ("agentSourcedIds", False, "refs:users"), ("grades", False, "grades"), ("password", False, "text")]
USERS = {
    "1.1": [("enabledUser", True, "true|false"), ("orgSourcedIds", True, "refs:orgs"),
            ("role", True, "administrator|aide|guardian|parent|proctor|relative|student|teacher")] + NAMES,
    "1.2": [("enabledUser", True, "true|false")] + NAMES +
           [("userMasterIdentifier", False, "text"), ("preferredGivenName", False, "text"),
            ("preferredMiddleName", False, "text"), ("preferredFamilyName", False, "text"),
            ("primaryOrgSourcedId", False, "ref:orgs"), ("pronouns", False, "text")],
}
TABLES = {
    "orgs": [("name", True, "text"), ("type", True, "department|school|district|local|state|national"),
             ("identifier", False, "text"), ("parentSourcedId", False, "ref:orgs")],
    "academicSessions": [("title", True, "text"), ("type", True, "gradingPeriod|semester|schoolYear|term"),
                         ("startDate", True, "date"), ("endDate", True, "date"),
                         ("parentSourcedId", False, "ref:academicSessions"), ("schoolYear", True, "year")],
    "courses": [("schoolYearSourcedId", False, "ref:academicSessions"), ("title", True, "text"),
                ("courseCode", False, "text"), ("grades", False, "grades"), ("orgSourcedId", True, "ref:orgs"),
                ("subjects", False, "list"), ("subjectCodes", False, "list")],
    "classes": [("title", True, "text"), ("grades", False, "grades"), ("courseSourcedId", True, "ref:courses"),
                ("classCode", False, "text"), ("classType", True, "homeroom|scheduled"),
                ("location", False, "text"), ("schoolSourcedId", True, "ref:orgs"),
                ("termSourcedIds", True, "refs:academicSessions"), ("subjects", False, "list"),
                ("subjectCodes", False, "list"), ("periods", False, "list")],
    "users": None,
    "enrollments": [("classSourcedId", True, "ref:classes"), ("schoolSourcedId", True, "ref:orgs"),
                    ("userSourcedId", True, "ref:users"),
                    ("role", True, "administrator|proctor|student|teacher"), ("primary", False, "true|false"),
                    ("beginDate", False, "date"), ("endDate", False, "date")],
}
ROLES = [("userSourcedId", True, "ref:users"), ("roleType", True, "primary|secondary"),
         ("role", True, "aide|counselor|districtAdministrator|guardian|parent|principal|proctor|relative|"
                        "siteAdministrator|student|systemAdministrator|teacher"),
         ("beginDate", False, "date"), ("endDate", False, "date"), ("orgSourcedId", True, "ref:orgs"),
         ("userProfileSourcedId", False, "text")]
V11 = ["academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics",
       "enrollments", "lineItems", "orgs", "resources", "results", "users"]
V12 = V11 + ["lineItemLearningObjectiveIds", "lineItemScoreScales", "resultLearningObjectiveIds",
             "resultScoreScales", "roles", "scoreScales", "userProfiles", "userResources"]
GRADES = {"IT", "PR", "PK", "TK", "KG", "PS", "UG", "Other"} | {f"{g:02}" for g in range(1, 14)}


# ---- reading ----
def members(path):
    """File names and their bytes."""
    if os.path.isdir(path):
        out = {}
        for name in os.listdir(path):
            with open(os.path.join(path, name), "rb") as f:
                out[name] = f.read()
        return out
    with zipfile.ZipFile(path) as z:
        if z.testzip():
            fault(path, "the archive is damaged")
        return {name: z.read(name) for name in z.namelist()}


def rows(data, name):
    text = data.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    for i, line in enumerate(lines):
        if len(line) != len(lines[0]):
            fault(f"{name}:{i + 1}", "another number of cells than the header")
    return lines


def values(cell):
    """The items of a list in a cell."""
    return next(csv.reader([cell]), []) if cell else []


def is_date(text):
    try:
        import datetime
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class Roster:
    def __init__(self, path):
        files = members(path)
        self.tables = {}
        self.version = self.manifest(files)
        tables = dict(TABLES, users=USERS[self.version])
        if self.version == "1.2":
            tables["roles"] = ROLES
        for name, columns in tables.items():
            self.table(name, COMMON + columns, files.get(name + ".csv"))
        for name, columns in tables.items():
            for i, record in enumerate(self.tables[name]):
                for column, required, kind in COMMON + columns:
                    self.check(f"{name}.csv:{i + 2} {column}", record.get(column, ""), required, kind)
        self.rules()

    def manifest(self, files):
        lines = rows(files.get("manifest.csv", b""), "manifest.csv")
        if not lines or lines[0] != ["propertyName", "value"]:
            fault("manifest.csv", "header is not propertyName,value")
        properties = {}
        for line in lines[1:]:
            if line[0] in properties:
                fault("manifest.csv", f"{line[0]} twice")
            properties[line[0]] = line[1]
        version = properties.get("oneroster.version")
        known = {"1.1": V11, "1.2": V12}.get(version, [])
        if not known:
            fault("manifest.csv", f"version {version}")
        if properties.get("manifest.version") != "1.0":
            fault("manifest.csv", "manifest.version is not 1.0")
        wanted = {"manifest.version", "oneroster.version", "source.systemName", "source.systemCode"}
        wanted |= {"file." + name for name in known}
        if set(properties) != wanted:
            fault("manifest.csv", f"properties differ: {set(properties) ^ wanted}")
        present = {"manifest.csv"}
        for name in known:
            mode = properties.get("file." + name)
            if mode == "bulk":
                present.add(name + ".csv")
            elif mode != "absent":
                fault("manifest.csv", f"file.{name} is {mode}")
        if present != set(files):
            fault("manifest.csv", f"files differ: {present ^ set(files)}")
        return version if known else "1.1"

    def table(self, name, columns, data):
        self.tables[name] = []
        if data is None:
            fault(name, "no such file")
            return
        lines = rows(data, name + ".csv")
        if lines[0] != [c[0] for c in columns]:
            fault(name + ".csv", f"header {lines[0]}")
        self.tables[name] = [dict(zip(lines[0], line)) for line in lines[1:]]
        ids = [r["sourcedId"] for r in self.tables[name]]
        if len(set(ids)) != len(ids):
            fault(name + ".csv", "a sourcedId twice")
        setattr(self, "ids_" + name, set(ids))

    def check(self, where, value, required, kind):
        if not value:
            if required:
                fault(where, "is required")
            return
        kind, _, target = kind.partition(":")
        if kind == "id":
            if len(value) > 255 or value != value.strip():
                fault(where, "too long or not trimmed")
        elif kind == "blank":
            fault(where, "not blank in a bulk file")
        elif kind == "ref" and value not in getattr(self, "ids_" + target):
            fault(where, f"refers to nothing: {value}")
        elif kind == "refs" and not set(values(value)) <= getattr(self, "ids_" + target):
            fault(where, f"refers to nothing: {value}")
        elif kind == "date" and not is_date(value):
            fault(where, f"is no date: {value}")
        elif kind == "year" and not re.fullmatch("[0-9]{4}", value):
            fault(where, f"is no year: {value}")
        elif kind == "grades" and not set(values(value)) <= GRADES:
            fault(where, f"is no grade: {value}")
        elif "|" in kind and value not in kind.split("|"):
            fault(where, f"is {value}")

    def rules(self):
        t = self.tables
        sessions = {s["sourcedId"]: s for s in t["academicSessions"]}
        for s in t["academicSessions"]:
            if s["startDate"] >= s["endDate"]:
                fault("academicSessions.csv", f"{s['title']} ends before it starts")
            parent = sessions.get(s["parentSourcedId"])
            if parent and not parent["startDate"] <= s["startDate"] < s["endDate"] <= parent["endDate"]:
                fault("academicSessions.csv", f"{s['title']} is not inside its parent")
            if s["type"] == "schoolYear" and (s["parentSourcedId"] or s["endDate"][:4] != s["schoolYear"]):
                fault("academicSessions.csv", "a school year with a parent, or not named by its end")
        orgs = {o["sourcedId"]: o for o in t["orgs"]}
        for name in ("classes", "enrollments"):
            for r in t[name]:
                if orgs.get(r["schoolSourcedId"], {}).get("type") != "school":
                    fault(name + ".csv", "schoolSourcedId is no school")
        classes = {c["sourcedId"]: c for c in t["classes"]}
        primary = {}
        for e in t["enrollments"]:
            c = classes.get(e["classSourcedId"], {})
            if c.get("schoolSourcedId") != e["schoolSourcedId"]:
                fault("enrollments.csv", "class and enrollment of two schools")
            if e["role"] == "student" and e["primary"] == "true":
                fault("enrollments.csv", "a primary student")
            if e["primary"] == "true":
                if e["classSourcedId"] in primary:
                    fault("enrollments.csv", "two primary teachers")
                primary[e["classSourcedId"]] = e["userSourcedId"]
            if e["beginDate"] and e["endDate"] and e["beginDate"] > e["endDate"]:
                fault("enrollments.csv", "ends before it begins")
        for c in t["classes"]:
            if len(values(c["subjectCodes"])) not in (0, len(values(c["subjects"]))):
                fault("classes.csv", "subjects and subjectCodes differ in number")

    def role_of(self, user):
        if self.version == "1.1":
            return user["role"]
        roles = [r["role"] for r in self.tables["roles"] if r["userSourcedId"] == user["sourcedId"]]
        if len(roles) != 1:
            fault("roles.csv", f"{len(roles)} roles of one user")
        return roles[0] if roles else ""


# ---- against the schedule ----
def people(school, folder):
    students = school.get("students") or []
    if isinstance(students, dict):
        with open(os.path.join(folder, students["file"]), encoding="utf-8-sig", newline="") as f:
            students = list(csv.DictReader(f))
    return ({str(s["id"]): int(s["grade"]) for s in students}, {str(t["id"]) for t in school.get("teachers") or []})


def load(path):
    with open(path, encoding="utf-8") as f:
        return yaml.load(f, yaml.BaseLoader)


def sections_of(schedule):
    with open(schedule, encoding="utf-8") as f:
        plan = json.load(f)
    return {(s["course"], s["section"]): (s["teacher"], s["co_teacher"], s["room"], tuple(s["terms"]),
                                          tuple(s["periods"]), frozenset(s["students"])) for s in plan["sections"]}


def compare(roster, school_path, schedule):
    school = load(school_path)
    students, teachers = people(school, os.path.dirname(school_path) or ".")
    t = roster.tables
    roles = {u["sourcedId"]: roster.role_of(u) for u in t["users"]} if roster.version == "1.1" else \
            {r["userSourcedId"]: r["role"] for r in t["roles"]}
    users = {u["sourcedId"]: (roles.get(u["sourcedId"]), u["identifier"]) for u in t["users"]}
    wanted = {("student", s) for s in students} | {("teacher", x) for x in teachers}
    if set(users.values()) != wanted or len(users) != len(wanted):
        fault("users.csv", f"not the people of the school: {set(users.values()) ^ wanted}")
    for u in t["users"]:
        grade = students.get(u["identifier"]) if roles.get(u["sourcedId"]) == "student" else None
        if u["grades"] != ("" if grade is None else "KG" if grade == 0 else f"{grade:02}"):
            fault("users.csv", f"grade of {u['identifier']}")
    courses = {c["sourcedId"]: c["courseCode"] for c in t["courses"]}
    if sorted(courses.values()) != sorted(str(c["id"]) for c in school["courses"]):
        fault("courses.csv", "not the courses of the school")
    terms = {s["sourcedId"]: s["title"] for s in t["academicSessions"]}
    seats = {}
    for e in t["enrollments"]:
        who = seats.setdefault(e["classSourcedId"], {"student": [], True: [], False: []})
        if users[e["userSourcedId"]][0] != e["role"]:
            fault("enrollments.csv", "in another role than the user's")
        key = "student" if e["role"] == "student" else e["primary"] == "true"
        who[key].append(users[e["userSourcedId"]][1])
    found = {}
    for c in t["classes"]:
        code = courses[c["courseSourcedId"]]
        number = int(c["classCode"][len(code) + 1:])
        who = seats.get(c["sourcedId"], {"student": [], True: [], False: []})
        if len(set(who["student"])) != len(who["student"]):
            fault("enrollments.csv", f"a student twice in {c['classCode']}")
        found[code, number] = (who[True][0] if who[True] else None, who[False][0] if who[False] else None,
                               c["location"] or None, tuple(terms[x] for x in values(c["termSourcedIds"])),
                               tuple(values(c["periods"])), frozenset(who["student"]))
    differ(found, sections_of(schedule), "classes")
    print(f"# {len(found)} classes, {len(t['enrollments'])} enrollments, {len(users)} users")


def differ(found, wanted, what):
    for key in sorted(set(found) | set(wanted)):
        if found.get(key) != wanted.get(key):
            fault(what, f"{key}: {str(found.get(key))[:200]} instead of {str(wanted.get(key))[:200]}")


def same(first, second):
    a, b = members(first), members(second)
    if set(a) != set(b):
        fault(second, f"other files: {set(a) ^ set(b)}")
    for name in set(a) & set(b):
        x, y = rows(a[name], name), rows(b[name], name)
        if x[0] != y[0]:
            fault(name, "another header")
        left, right = ({tuple(r) for r in t} for t in (x, y))
        for record in sorted(left ^ right)[:3]:
            fault(name, f"only in {'the first' if record in left else 'the second'}: {record}")


def imported(school_path, schedule, other_path):
    """A school made of the files: the same people, courses and sections."""
    a, b = load(school_path), load(other_path)
    for what, x, y in zip(("students", "teachers"), people(a, os.path.dirname(school_path)),
                          people(b, os.path.dirname(other_path))):
        if x != y:
            fault(other_path, f"other {what}: {sorted(set(x) ^ set(y))[:5]}")
    if {c["id"] for c in a["courses"]} != {c["id"] for c in b["courses"]}:
        fault(other_path, "other courses")
    if a["bell"].get("terms", ["Y"]) != b["bell"]["terms"]:
        fault(other_path, "other terms")
    differ(sections_of(os.path.join(os.path.dirname(other_path), "last", "schedule.json")), sections_of(schedule),
           "last/schedule.json")


def main(args):
    try:
        if args[0] == "--same":
            same(*args[1:])
        elif args[0] == "--imported":
            imported(*args[1:])
        else:
            compare(Roster(args[0]), *args[1:])
    except (KeyError, ValueError, IndexError, csv.Error) as e:
        fault(args[0], f"cannot be followed: {e!r}")
    for text in faults[:20]:
        print(text)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
