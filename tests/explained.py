#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""explained.py reasons SCHOOL.yaml SCHEDULE.json EXPLAIN.json: every reason, counted from the school's files alone.
explained.py shares EXPLAIN.json: of the unmet requests, at least half have a fix that takes no request, nine tenths any.
explained.py fixes MSCHED N SEED DIR SCHOOL.yaml:SCHEDULE.json:EXPLAIN.json...: N fixes at random are applied; each does
what it says. Shares no code with msched.
"""
import collections
import csv
import json
import os
import random
import re
import subprocess
import sys
from fractions import Fraction

import yaml


def words(value):
    return value if isinstance(value, list) else [value]


def lined(path):
    """The school as text, and for each rule and lock the line where it stands."""
    with open(path, encoding='utf-8') as f:
        text = f.read()
    lines = {}
    for key, value in yaml.compose(text, Loader=yaml.BaseLoader).value:
        if key.value in ('rules', 'locks'):
            lines[key.value] = [node.start_mark.line + 1 for node in value.value]
    return yaml.load(text, Loader=yaml.BaseLoader), lines


def rows_of(school, key, folder):
    given = school.get(key) or []
    if isinstance(given, dict):
        with open(os.path.join(folder, given['file']), encoding='utf-8-sig', newline='') as f:
            return list(csv.DictReader(f))
    return given


def several(value):
    return value if isinstance(value, list) else [v for v in (value or '').split(';') if v]


class School:
    def __init__(self, path, schedule):
        self.raw, self.lines = lined(path)
        folder = os.path.dirname(path)
        bell = self.raw['bell']
        self.terms = bell.get('terms') or ['Y']
        periods = bell['periods']
        if isinstance(periods, str):
            periods = [{'id': str(i + 1)} for i in range(int(periods))]
        self.periods = [p['id'] for p in periods]
        self.day = {p['id']: p.get('day') for p in periods}
        self.break_after = {p['id'] for p in periods if p.get('break_after') == 'true'}
        self.courses = {c['id']: c for c in self.raw['courses']}
        self.teachers = {t['id']: t for t in self.raw.get('teachers') or []}
        self.rooms = {r['id']: r for r in self.raw.get('rooms') or []}
        self.contract = self.raw.get('contract') or {}
        self.rules = self.raw.get('rules') or []
        self.locks = self.raw.get('locks') or []
        self.read_people(folder)
        self.read_schedule(schedule)

    def read_people(self, folder):
        self.cohorts, self.pathway_of = {}, {}
        for path in self.raw.get('pathways') or []:
            for k in path.get('cohorts') or []:
                self.cohorts[k['id']] = k
                self.pathway_of[k['id']] = path['id']
        self.students = {s['id']: dict(s) for s in rows_of(self.raw, 'students', folder)}
        for s in self.students.values():
            s['flags'] = several(s.get('flags'))
            if s.get('cohort') == '-':
                s['cohort'] = ''
            elif s.get('cohort'):
                s['pathway'] = s.get('pathway') or self.pathway_of[s['cohort']]
            elif s.get('pathway'):
                first = [k for k, c in self.cohorts.items()
                         if self.pathway_of[k] == s['pathway'] and int(c.get('grade', -1)) == int(s['grade'])]
                s['cohort'] = first[0] if first else ''
        self.requests = collections.defaultdict(list)
        for q in rows_of(self.raw, 'requests', folder):
            self.requests[q['student']].append(dict(q, kind=q.get('kind') or 'elective'))

    def read_schedule(self, schedule):
        self.sections = {(s['course'], s['section']): s for s in schedule['sections']}
        self.taken = collections.defaultdict(dict)
        for key, s in self.sections.items():
            s['cells'] = {(t, p) for t in s['terms'] for p in s['periods']}
            for x in s['students']:
                self.taken[x][key[0]] = key
        self.of_course = collections.defaultdict(list)
        for key in self.sections:
            self.of_course[key[0]].append(key)

    def size_max(self, course):
        size = self.courses[course].get('size')
        if isinstance(size, str):
            return int(size)
        return int((size or {}).get('max') or (self.contract.get('size') or {}).get('max') or 36)

    def stack(self, key):
        """The section and those stacked with it."""
        for u in self.rules:
            if 'stack' in u and key[0] in u['stack']:
                return [(c, key[1]) for c in u['stack'] if (c, key[1]) in self.sections]
        return [key]

    def members(self, key, x):
        k = self.cohorts[self.sections[key]['cohort']]
        if k.get('purity_of') == 'pathway':
            return self.students[x].get('pathway') == self.pathway_of[k['id']]
        return self.students[x].get('cohort') == k['id']

    def around(self, key):
        """Cells that a student of the section must have free: its own, and what it asks beside them."""
        s, c = self.sections[key], self.courses[key[0]]
        cells = set(s['cells'])
        day = [p for p in self.periods if self.day[p] == self.day[s['periods'][0]]]
        first, last = day.index(s['periods'][0]), day.index(s['periods'][-1])
        out = set()
        if c.get('off_campus') == 'end':
            out |= set(day[last + 1:])
        if c.get('off_campus') == 'start':
            out |= set(day[:first])
        n = int(c.get('travel') or 0)
        out |= set(day[max(0, first - n):first]) | set(day[last + 1:last + 1 + n])
        return cells | {(t, p) for t in s['terms'] for p in out}


class Checker:
    def __init__(self, path, schedule_path, explain_path):
        with open(schedule_path, encoding='utf-8') as f:
            schedule = json.load(f)
        with open(explain_path, encoding='utf-8') as f:
            self.told = json.load(f)
        self.path, self.sc = path, School(path, schedule)
        self.unmet = [(u['student'], u['course']) for u in schedule['unmet']]
        self.faults, self.seen = [], collections.Counter()

    def fault(self, *what):
        self.faults.append(' '.join(str(w) for w in what))

    # ---- one obstacle: does it stand before student x and section key? ----

    def full(self, x, key, o):
        sc, s = self.sc, self.sc.sections[key]
        unit = sc.stack(key)
        n = sum(len(sc.sections[k]['students']) for k in unit)
        room = sc.rooms.get(s['room']) or {}
        most = max(sc.size_max(k[0]) for k in unit)
        return (len(s['students']) >= sc.size_max(key[0]) or n >= most or
                ('capacity' in room and n >= int(room['capacity'])))

    def in_the_way(self, x, key, course):
        sc, other = self.sc, self.sc.taken[x].get(course)
        return bool(other) and bool(sc.sections[other]['cells'] & sc.around(key) or
                                    sc.sections[key]['cells'] & sc.around(other))

    def overlap(self, x, key, o):
        named = o.get('courses', [])
        return bool(named) and all(self.in_the_way(x, key, c) for c in named)

    def support(self, x, key, o):
        sup = self.sc.courses[key[0]]['support']
        return sup['flag'] in self.sc.students[x]['flags'] and key[1] > int(sup['sections'])

    def purity(self, x, key, o):
        sc, s = self.sc, self.sc.sections[key]
        if not s['cohort'] or sc.members(key, x):
            return False
        n = sum(sc.members(key, y) for y in s['students'])
        return n < Fraction(sc.cohorts[s['cohort']].get('purity') or '0.75') * (len(s['students']) + 1)

    def contacts(self, x, key, o):
        sc, s = self.sc, self.sc.sections[key]
        for who in (s['teacher'], s['co_teacher']):
            most = who and (sc.teachers[who].get('contacts') or sc.contract.get('contacts'))
            for term in s['terms'] if most else []:
                n = sum(len(z['students']) for k, z in sc.sections.items()
                        if who in (z['teacher'], z['co_teacher']) and term in z['terms'] and
                        sc.courses[k[0]].get('load') != 'false')
                if n >= int(most):
                    return True
        return False

    def away(self, x, key, o):
        here = several(self.sc.students[x].get('available'))
        return bool(here) and not set(self.sc.sections[key]['periods']) <= set(here)

    def alternate(self, x, key, o):
        sc = self.sc
        mine = sc.requests[x]
        unmet = sum(q['kind'] != 'alternate' and q['course'] not in sc.taken[x] for q in mine)
        used = [q for q in mine if q['kind'] == 'alternate' and q['course'] in sc.taken[x]]
        named = any((q.get('for') or '') == key[0] for q in used)
        return (all(c in sc.taken[x] for c in o.get('courses', [])) and bool(o.get('courses')) and
                (named or len(used) > unmet - 1))

    def strands(self, x, key, o):
        sc = self.sc
        k = sc.sections[key]['cohort']

        def at(y, course):
            got = key if (y, course) == (x, key[0]) else sc.taken[y].get(course)
            return got if got and sc.sections[got]['cohort'] == k else None
        for y in sc.students:
            if y != x and sc.students[y].get('cohort') == k:
                both = [at(x, c) == at(y, c) for c in sc.cohorts[k]['courses'] if at(x, c) and at(y, c)]
                if True in both and False in both:
                    return True
        return False

    def lock(self, x, key, o):
        sc = self.sc
        l = sc.locks[sc.lines['locks'].index(o['line'])]
        return l.get('student') == x and self.in_the_way(x, key, l['course'])

    def rule(self, x, key, o):
        sc = self.sc
        u = sc.rules[sc.lines['rules'].index(o['line'])]
        s, flags = sc.sections[key], sc.students[x]['flags']
        if 'needs' in u:
            wanted = words(u['needs']['credential'])
            held = [c for who in (s['teacher'], s['co_teacher']) if who for c in sc.teachers[who].get('credentials') or []]
            return u['needs']['flag'] in flags and not set(wanted) & set(held)
        if 'limit' in u:
            n = sum(u['limit']['flag'] in sc.students[y]['flags'] for y in s['students']) + 1
            listed = u['limit'].get('courses')
            return (u['limit']['flag'] in flags and (listed is None or key[0] in listed) and
                    n > Fraction(u['limit']['share']) * sc.size_max(key[0]))
        if 'apart' in u:
            return x in u['apart'] and any(y in u['apart'] for k in sc.stack(key) for y in sc.sections[k]['students'])
        if 'avoid' in u:
            return u['avoid']['student'] == x and u['avoid']['teacher'] in (s['teacher'], s['co_teacher'])
        if 'same_students' in u:
            return key[0] in u['same_students'] and any(
                sc.taken[x][c][1] != key[1] for c in u['same_students'] if c in sc.taken[x] and c != key[0])
        if 'before' in u:
            return self.wrong_order(x, key, u['before'])
        if 'free' in u:
            taken = set(s['cells']).union(*(sc.sections[k]['cells'] for k in sc.taken[x].values()))
            return any(sum((t, p) not in taken for p in u['free']['periods']) < int(u['free']['count'])
                       for t in s['terms'])
        return False

    def wrong_order(self, x, key, listed):
        sc = self.sc
        at = listed.index(key[0])
        span = [sc.terms.index(t) for t in sc.sections[key]['terms']]
        for i, c in enumerate(listed):
            other = sc.taken[x].get(c)
            if i == at or not other:
                continue
            his = [sc.terms.index(t) for t in sc.sections[other]['terms']]
            if (max(his) >= min(span)) if i < at else (max(span) >= min(his)):
                return True
        return False

    # ---- a request ----

    def check_grid(self, x, course, row):
        """Section by section: what is said to stand before it does. What then blocks each, by its code."""
        sc, stands = self.sc, {}
        told = {(course, s['section']) for s in row['sections']}
        if told != set(sc.of_course[course]):
            self.fault(x, course, 'the grid has other sections than the schedule')
        for spot in row['sections']:
            key = (course, spot['section'])
            s = sc.sections[key]
            if (spot['term'], spot['period']) != (s['terms'][0], s['periods'][0]):
                self.fault(x, course, spot, 'is at another time')
            if (spot['free'] == 0) != self.full(x, key, {}):
                self.fault(x, course, spot, 'free seats')
            stands[key] = set()
            for o in spot['blocked_by']:
                self.seen[o['code']] += 1
                stands[key].add(o['code'])
                if not getattr(self, o['code'])(x, key, o):
                    self.fault(x, course, spot['section'], o, 'is not so')
            if not spot.get('seated'):
                self.nothing_left_out(x, key, spot['blocked_by'])
        return stands

    def nothing_left_out(self, x, key, told):
        sc, codes = self.sc, {o['code'] for o in told}
        sup = sc.courses[key[0]].get('support')
        truth = {'full': self.full(x, key, {}), 'purity': self.purity(x, key, {}), 'contacts': self.contacts(x, key, {}),
                 'away': self.away(x, key, {}), 'support': bool(sup) and self.support(x, key, {})}
        for code, so in truth.items():
            if so and code not in codes:
                self.fault(x, key, 'does not say', code)
        named = {c for o in told if o['code'] == 'overlap' for c in o.get('courses', [])}
        if named != {c for c in sc.taken[x] if c != key[0] and self.in_the_way(x, key, c)}:
            self.fault(x, key, 'overlaps with others than', *named)

    def check_held(self, x, course, sentence, stands):
        """Without what it says of locks: each is on its line, and its section is one of those that overlap."""
        held = re.compile(r' (\S+)-(\d+) is kept at its time by the lock at school\.yaml:(\d+)\.')
        for c, k, line in held.findall(sentence):
            with open(self.path, encoding='utf-8') as f:
                text = f.read().split('\n')[int(line) - 1]
            if not re.search(rf'course: {re.escape(c)}, section: {k}, .*(period|term): ', text) or 'student' in text:
                self.fault(x, course, 'there is no such lock:', sentence)
            if c != course and not any(self.in_the_way(x, key, c) for key in stands):
                self.fault(x, course, 'is not in the way:', sentence)
        return held.sub('', sentence)

    def check_sentence(self, x, course, sentence, stands):
        """What the sentence says of its sections: so many, full, in the way of what is named."""
        sentence = self.check_held(x, course, sentence, stands)
        said, every = set(), r"(?:All|Each of the) (\d+) (?:placed )?sections|(Both) (?:placed )?sections|The only (?:placed )?section"
        whole = re.match(every, sentence)
        if whole and (2 if whole.group(2) else int(whole.group(1) or 1)) != len(stands):
            self.fault(x, course, 'counts other sections:', sentence)
        for clause in sentence.rstrip('.').split('; '):
            counted = re.match(r'(all|\d+) of them (.*)', clause)
            if counted:
                kind = 'overlap' if 'overlap' in counted.group(2) else 'purity'
                n = sum(kind in k for k in stands.values())
                if n != (len(stands) if counted.group(1) == 'all' else int(counted.group(1))):
                    self.fault(x, course, 'counts otherwise:', clause)
                continue
            names = [k for k in stands if re.search(r'(?<![\w-])' + re.escape(f'{k[0]}-{k[1]}') + r'(?![\w-])', clause)]
            keys = list(stands) if whole else names
            said |= set(keys)
            if not keys:
                self.fault(x, course, 'speaks of no section:', clause)
            if re.search(r'(is|are) full', clause) and not all('full' in stands[k] for k in keys):
                self.fault(x, course, 'full:', clause)
            in_way = re.search(r'overlaps with (.*)', clause)
            for k in keys if in_way else []:
                named = re.split(', | and ', re.split('(?:,| and) (?:is|has|would|does) ', in_way.group(1))[0])
                if not named or not all(self.in_the_way(x, k, c) for c in named):
                    self.fault(x, course, 'overlap:', clause)
        if said != set(stands):
            self.fault(x, course, 'leaves out a section:', sentence)

    def check_request(self, q, row):
        sc, x, course = self.sc, q['student'], q['course']
        c, why = sc.courses[course], q['why']
        self.seen[why] += 1
        stands = self.check_grid(x, course, row)
        if why == 'blocked':
            if not stands or not all(stands.values()):
                self.fault(x, course, 'is blocked, but not everywhere')
            self.check_sentence(x, course, q['reason'], stands)
        elif why == 'possible':
            if all(stands.values()):
                self.fault(x, course, 'is possible nowhere')
        elif why == 'not_placed':
            if sc.of_course[course]:
                self.fault(x, course, 'has a section')
        elif why == 'grade':
            if 'grades' not in c or int(sc.students[x]['grade']) in [int(g) for g in c['grades']]:
                self.fault(x, course, 'is open to the grade')
        elif why == 'only':
            if all(v in (sc.students[x].get(k), *(sc.students[x]['flags'] if k == 'flag' else ()))
                   for k, v in c['only'].items()):
                self.fault(x, course, 'is open to him')
        elif why == 'not_offered':
            n = c.get('sections')
            if n is None or int(n['max'] if isinstance(n, dict) else n) > 0:
                self.fault(x, course, 'is offered')
        elif why == 'away':
            here = several(sc.students[x].get('available'))
            at = (c.get('at') or {}).get('periods') or sc.periods
            if not here or (int(c.get('periods') or 1) == 1 and set(at) & set(here)):
                self.fault(x, course, 'he is there')
        else:
            self.fault(x, course, 'no reason:', why)

    def check_section(self, u):
        """A missing section whose teachers are said never to be free: each of them, in each single period."""
        sc, c = self.sc, self.sc.courses[u['course']]
        self.seen['section ' + u['why']] += 1
        if u['why'] != 'no_teacher' or int(c.get('periods') or 1) > 1 or len(sc.stack((u['course'], u['section']))) > 1:
            return
        wanted = set(words(c.get('credential') or []))
        able = [t for t in sc.teachers.values() if (not wanted or wanted & set(t.get('credentials') or [])) and
                (not c.get('teachers') or t['id'] in c['teachers'])]
        n = int(c.get('terms') or len(sc.terms))
        at = c.get('at') or {}
        for t in able:
            mine = [(k, s) for k, s in sc.sections.items() if t['id'] in (s['teacher'], s['co_teacher'])]
            counted = [(k, s) for k, s in mine if sc.courses[k[0]].get('load') != 'false']
            load = int(t.get('load') or sc.contract.get('load') or max(1, len(sc.periods) - 1))
            preps = t.get('preps') or sc.contract.get('preps')
            for i in range(len(sc.terms) - n + 1):
                run = sc.terms[i:i + n]
                if sc.terms[i] not in (at.get('terms') or sc.terms) or u['reason'].count('by the rule'):
                    continue
                if any(len({p for k, s in counted for r, p in s['cells'] if r == term}) >= load for term in run):
                    continue
                if preps and any(len({k[0] for k, s in counted if term in s['terms']} | {u['course']}) > int(preps) for term in run):
                    continue
                for p in at.get('periods') or sc.periods:
                    if self.could_teach(t, mine, run, p):
                        self.fault(u['course'], u['section'], 'could be taught by', t['id'], 'in', p)

    def could_teach(self, t, mine, run, p):
        sc, limit = self.sc, t.get('consecutive') or self.sc.contract.get('consecutive')
        if isinstance(t.get('available'), dict) or isinstance(t.get('unavailable'), dict):
            return False
        if p in (t.get('unavailable') or []) or p not in (t.get('available') or sc.periods):
            return False
        for term in run:
            busy = {q for k, s in mine for r, q in s['cells'] if r == term}
            if p in busy:
                return False
            longest = length = 0
            for i, q in enumerate(sc.periods):
                fresh = i and (sc.day[q] != sc.day[sc.periods[i - 1]] or sc.periods[i - 1] in sc.break_after)
                length = (0 if fresh else length) + 1 if q in busy | {p} else 0
                longest = max(longest, length)
            if limit and longest > int(limit):
                return False
        return True

    def run(self):
        rows = {(g['student'], r['course']): r for g in self.told['grids'] for r in g['rows']}
        if [(q['student'], q['course']) for q in self.told['requests']] != self.unmet:
            self.fault('other requests than the schedule says are unmet')
        for g in self.told['grids']:
            for r in g['rows']:
                if (r['course'] in self.sc.taken[g['student']]) != r['met']:
                    self.fault(g['student'], r['course'], 'met?')
        for q in self.told['requests']:
            if (q['student'], q['course']) not in rows:
                self.fault(q['student'], q['course'], 'has no row in a grid')
            else:
                self.check_request(q, rows[q['student'], q['course']])
        for u in self.told['sections']:
            self.check_section(u)
        print(len(self.unmet), 'unmet;', ', '.join(f'{k} {n}' for k, n in self.seen.most_common()))
        for line in self.faults[:20]:
            print('WRONG', line)
        return not self.faults


def shares(path):
    with open(path, encoding='utf-8') as f:
        requests = json.load(f)['requests']
    first = [q['fixes'][0] for q in requests if q['fixes']]
    free = [x for x in first if x['cost'] == 'takes no request from anyone']
    wrong = [x for x in free if x['lost'] or x['own_lost'] or x['kind'] == 'swap']
    kinds = collections.Counter(x['kind'] for x in first)
    print(f'{len(requests)} unmet, {len(first)} with a fix, {len(free)} with one that takes no request:',
          ', '.join(f'{k} {n}' for k, n in kinds.most_common()))
    return not wrong and 2 * len(free) >= len(requests) and 10 * len(first) >= 9 * len(requests)


# ---- fixes ----

def met(schedule):
    return {(x, s['course']): (s['section'], tuple(s['periods'])) for s in schedule['sections'] for x in s['students']}


def primaries(school):
    return {(x, q['course']) for x, list_ in school.requests.items() for q in list_ if q['kind'] != 'alternate'}


def read(path):
    with open(path, encoding='utf-8') as f:
        return json.load(f)


def effects(school, x, before, after):
    """Requests that x loses; that others lose, gain; others who only change sections."""
    was, now, primary = met(before), met(after), primaries(school)
    own = sum(q in was and q not in now for q in primary if q[0] == x)
    lost = sum(q in was and q not in now for q in primary if q[0] != x)
    gained = sum(q not in was and q in now for q in primary if q[0] != x)
    taken = {}
    for x2, c in was:
        if x2 != x and (x2, c) not in primary and (x2, c) not in now:
            taken[x2] = taken.get(x2, 0) + 1
    count = lambda seats, y: sum(q[0] == y and q in primary for q in seats)
    alternates = sum(k for y, k in taken.items() if count(now, y) <= count(was, y))
    place = lambda s: (s['terms'], s['periods'], s['teacher'], s['room'])
    a, b = ({(s['course'], s['section']): place(s) for s in z['sections']} for z in (before, after))
    sections = sum(k in b and a[k] != b[k] for k in a)
    moved = {q[0] for q in was if q[0] != x and q in now and was[q] != now[q]}
    return {'own_lost': own, 'lost': lost, 'gained': gained, 'moved': len(moved), 'alternates': alternates, 'sections': sections}


def try_fix(msched, school_path, schedule, q, folder):
    """The school with the fix made, solved from the schedule with the work that is stated; what then is wrong."""
    fix = q['fixes'][0]
    out = subprocess.run([msched, 'explain', school_path, schedule, '--student', q['student'], '--course', q['course'],
                          '--fix', '1', '--apply', folder], capture_output=True, text=True)
    if out.returncode or fix['text'] not in out.stdout:
        return 'is another fix now: ' + out.stderr + out.stdout[:300]
    options = fix['verified_by'].split('SCHEDULE.json ')[1]
    new, made = os.path.join(folder, 'school.yaml'), os.path.join(folder, 'out')
    if f'msched solve {new} --from {schedule} {options} -o DIR' not in out.stdout:
        return f'is not said to be solved with {options}: ' + out.stdout[:300]
    for args in (['solve', new, '--from', schedule, *options.split(), '-o', made, '-q'],
                 ['verify', new, os.path.join(made, 'schedule.json'), '-q']):
        out = subprocess.run([msched, *args], capture_output=True, text=True)
        if out.returncode:
            return f'{args[0]} ends with {out.returncode}: {out.stderr[:300]}'
    before, after = read(schedule), read(os.path.join(made, 'schedule.json'))
    instead = re.search(r'takes (\S+) instead of', fix['text'])
    wanted = (q['student'], instead.group(1) if instead else q['course'])
    if wanted not in met(after):
        return f'{wanted} is not met'
    got = effects(School(school_path, read(schedule)), q['student'], before, after)
    worse = {k: max(0, after['score'][k] - before['score'][k]) for k in ('cte_unmet', 'cte_unplaced', 'cohort_breaks', 'requirement_shortfall', 'empty_periods')}
    got |= {'cte_lost': worse['cte_unmet'] + worse['cte_unplaced'], 'cohort_breaks': worse['cohort_breaks'],
            'requirement_shorter': worse['requirement_shortfall'] > 0, 'empty_periods': worse['empty_periods']}
    said = {k: fix[k] for k in got}
    return None if got == said else f'has the effects {got} instead of {said}'


def fixes(msched, n, seed, folder, triples):
    pool = []
    for triple in triples:
        school, schedule, explain = triple.split(':')
        pool += [(school, schedule, q) for q in read(explain)['requests'] if q['fixes']]
    random.seed(int(seed))
    chosen, kinds, bad = random.sample(pool, min(int(n), len(pool))), collections.Counter(), 0
    for i, (school, schedule, q) in enumerate(chosen):
        wrong = try_fix(msched, school, schedule, q, os.path.join(folder, f'fix{i}'))
        kinds[q['fixes'][0]['kind']] += 1
        if wrong:
            bad += 1
            print('WRONG', q['student'], q['course'], q['fixes'][0]['text'], '-', wrong)
    print(f'{len(chosen)} fixes applied, {bad} wrong:', ', '.join(f'{k} {m}' for k, m in kinds.most_common()))
    return not bad


def main(args):
    if args[0] == 'reasons':
        return Checker(*args[1:]).run()
    if args[0] == 'shares':
        return shares(args[1])
    return fixes(*args[1:5], args[5:])


sys.exit(not main(sys.argv[1:]))
