#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""priced.py MSCHED LIST.json SCHOOL.yaml SCHEDULE.json DIR N DRAW WORK: N entries of a price list at random, half of
them worth something; each school with the change made is solved whole, from nothing and from the schedule, with three
seeds and WORK. No schedule may beat a bound of the list, nor what it says is exact.
"""
import json
import os
import random
import subprocess
import sys

SEEDS = (1, 2, 3)


def read(path):
    with open(path, encoding='utf-8') as f:
        return json.load(f)


def solve(msched, school, folder, seed, work, start=None):
    args = [msched, 'solve', school, '-o', folder, '--time-limit', '0', '--work-limit', str(work), '--seed', str(seed), '-q']
    subprocess.run(args + (['--from', start] if start else []), check=True, stderr=subprocess.DEVNULL)
    return read(os.path.join(folder, 'schedule.json'))['score']


def beats_bound(score, entry):
    """The first tier below its bound while all above are as good as the list's; a bound is void past the first worse."""
    for tier, value in entry['after'].items():
        least = entry['bound'].get(tier)
        if least is not None and score[tier] < least:
            return f'{tier} {score[tier]} is below its bound {least}'
        if score[tier] > value:
            return None
    return None


def beats_exact(score, entry):
    """Better than what is proven. Sections asked for by the change are counted by the changed school alone."""
    for tier, value in entry['after'].items():
        if entry['kind'] == 'section' and tier in ('cte_unplaced', 'unplaced'):
            return None
        if score[tier] != value:
            return f'{tier} {score[tier]} is less than {value}, which is said to be exact' if score[tier] < value else None
    return None


def gain(before, after):
    return {t: before[t] - after[t] for t in before if before[t] != after[t]}


def first(difference):
    return next(iter(difference.items()), ('nothing', 0))


def check(msched, entry, school, schedule, folder, work):
    """One entry's school, solved whole; what contradicts the list."""
    subprocess.run([msched, 'price', school, schedule, '--entry', entry['key'], '--apply', folder, '-q'], check=True)
    changed, wrong, best = os.path.join(folder, 'school.yaml'), [], None
    for seed in SEEDS:
        for start in (None, schedule):
            score = solve(msched, changed, os.path.join(folder, f'out{seed}'), seed, work, start)
            wrong += [beats_bound(score, entry), entry['sure'] == 'proven' and beats_exact(score, entry)]
            best = score if best is None or list(score.values()) < list(best.values()) else best
    return best, sorted({w for w in wrong if w})


def main(msched, list_path, school, schedule, folder, n, draw, work):
    entries = [e for e in read(list_path)['entries'] if e['sure'] != 'none']
    worth = [e for e in entries if e['worth']]
    random.seed(int(draw))
    half = min(len(worth), int(n) // 2)
    chosen = random.sample(worth, half) + random.sample([e for e in entries if not e['worth']], int(n) - half)
    base = min((solve(msched, school, os.path.join(folder, f'base{s}'), s, work, schedule) for s in SEEDS),
               key=lambda score: list(score.values()))
    bad = 0
    for i, e in enumerate(chosen):
        best, wrong = check(msched, e, school, schedule, os.path.join(folder, f'entry{i}'), work)
        told, found = first(gain(e['before'], e['after'])), first(gain(base, best))
        print(f"{e['key']} ({e['sure']}): told {told[0]} {told[1]:g}, solved whole {found[0]} {found[1]:g};",
              'WRONG ' + '; '.join(wrong) if wrong else 'no contradiction')
        bad += bool(wrong)
    return bad


sys.exit(main(*sys.argv[1:]))
