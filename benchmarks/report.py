#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cells of the bench to RESULTS.md, plots and known.txt.

    report.py CELLS MISSING DIR [RECORD]

CELLS lists cells (name, set, program, limit, seed of the solver, file), MISSING the peers that are not there. Fails
if a schedule is invalid, worse than the worst of the recorded seeds, or better than a bound. With RECORD the worst of
the seeds that are there becomes the record.
"""
import os
import re
import statistics
import sys

from plot import lines, points

TIERS = ("cte_unmet cte_unplaced cohort_breaks requirement_shortfall required_unmet empty_periods request_loss uneven "
         "unplaced planning_missed imbalance extra_sections away moved").split()
TITLES = {
    "whole": "Whole schools",
    "planted": "Planted schools: a schedule that meets everything is known, nothing is to spare",
    "rules": "Planted schools with limits, rules, locks, teams and home rooms",
    "small": "Small planted schools",
    "natural": "Natural schools",
    "tight": "Natural schools with seats taken away",
    "growth": "Growth",
    "view": "Mountain View demand, by seats of a section",
    "examples": "Examples",
    "peers": "Schools that the peers solve, too",
}
SECONDS, MEMORY = 120, 1024  # what an odd school may take


class Cell:
    def __init__(self, name, kind, program, limit, seed, path):
        self.name, self.sets, self.program, self.limit, self.seed = name, {kind}, program, float(limit), int(seed)
        with open(path, encoding="utf-8") as f:
            self.v = dict(line.rstrip("\n").split("=", 1) for line in f if "=" in line)
        self.valid = self.v.get("end") == "valid" and self.v.get("judge") != "invalid"
        if self.program == "baseline":
            self.limit = 0.0

    def number(self, key, otherwise=0.0):
        return float(self.v.get(key, "") or otherwise)

    @property
    def order(self):
        return self.v.get("order", " ".join(TIERS)).split()

    def score(self):
        """In the order in which tiers compare."""
        return tuple(self.number(t) for t in self.order)

    def bound(self):
        """The bounds that hold whatever the tiers above are: down to the first that the score exceeds."""
        b = []
        for t in self.order:
            if not self.v.get("bound_" + t):
                break
            b.append(self.number("bound_" + t))
            if self.number(t) > b[-1]:
                break
        return tuple(b)

    def unmet(self):
        return self.number("primary") - self.number("primary_met")

    def shape(self):
        return re.sub(r"-seed\d+$", "", self.name)


def read_cells(path):
    cells = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            name, kind, program, limit, seed, file = line.rstrip("\n").split("\t")
            if not os.path.exists(file):
                continue
            if file in cells:
                cells[file].sets.add(kind)
            else:
                cells[file] = Cell(name, kind, program, limit, seed, file)
    return list(cells.values())


def share(a, b, digits=2):
    return "-" if not b else f"{100 * a / b:.{digits}f}%"


def number(x):
    return f"{x:.6g}"


def table(out, head, rows):
    out.append("| " + " | ".join(head) + " |")
    out.append("|" + " --- |" * len(head))
    out.extend("| " + " | ".join(str(x) for x in r) + " |" for r in rows)
    out.append("")


def median(values):
    values = list(values)
    return statistics.median(values) if values else 0.0


def gap(c):
    """Unmet requests beyond what the bound of request_loss proves, a fourth of it each; None: no bound."""
    if not c.v.get("bound_request_loss"):
        return None
    return max(0.0, (c.number("request_loss") - c.number("bound_request_loss")) / 4)


def ratio(c, base):
    if c.unmet() == 0:
        return "all met" if base.unmet() else "both all"
    return f"{base.unmet() / c.unmet():.1f}"


def of_set(cells, kind, program="ours"):
    return [c for c in cells if kind in c.sets and c.program == program and c.seed == 1]


def section_set(out, cells, baselines, kind):
    shapes = {}
    for c in of_set(cells, kind):
        if c.valid:
            shapes.setdefault((c.shape(), c.limit), []).append(c)
    if not shapes:
        return
    out += [f"## {TITLES[kind]}", "", "Medians over the seeds that were run.", ""]
    rows = []
    for (shape, limit), group in shapes.items():
        gaps = [gap(c) for c in group if gap(c) is not None]
        ratios = [baselines[c.name].unmet() / c.unmet() for c in group if c.name in baselines and c.unmet()]
        rows.append((
            shape, len(group), f"{limit:g}", number(median(c.number("primary") for c in group)),
            f"{median(100 * c.number('primary_met') / max(1, c.number('primary')) for c in group):.3f}%",
            number(median(c.unmet() for c in group)), sum(c.unmet() == 0 for c in group),
            number(median(gaps)) if gaps else "no bound",
            sum(all(c.number(t) == c.number("bound_" + t, -1) for t in TIERS[:3]) for c in group),
            share(median(c.number("whole") for c in group), median(c.number("students") for c in group)),
            *(f"{median(c.number(k) for c in group):.1f}" for k in ("to90", "to99", "to99_5", "seconds")),
            f"{median(c.number('memory_mib') for c in group):.0f}",
            f"{median(ratios):.1f}" if ratios else "-"))
    table(out, ("school", "seeds", "limit", "primary", "met", "unmet", "all met", "unmet beyond the bound", "tiers 1-3 proven",
                "whole", "s to 90%", "99%", "99.5%", "s", "MiB", "times fewer unmet than build-then-load"), rows)


def tier_text(c, t):
    value, bound = c.v.get(t, "-"), c.v.get("bound_" + t)
    return f"{value}=" if bound == value else f"{value} ({bound})" if bound else value


def section_scores(out, cells):
    out += ["## Scores", "", "Tier by tier; = marks a value that is proven, brackets hold a bound below it.", ""]
    rows = [(c.name, f"{c.limit:g}", *(tier_text(c, t) for t in TIERS), c.v.get("commit", "-"))
            for c in cells if c.program == "ours" and c.seed == 1 and c.valid]
    table(out, ("school", "limit", *TIERS, "commit"), rows)


def section_view(out, cells):
    rows = []
    for c in of_set(cells, "view"):
        bound = c.number("bound_request_loss") / 4
        rows.append((c.name, f"{c.limit:g}", c.v["primary"], c.v["primary_met"], f"{c.number('primary') - bound:g}",
                     share(c.number("primary_met"), c.number("primary") - bound, 3)))
    if rows:
        out += ["Requests met against the bound:", ""]
        table(out, ("school", "limit", "requests", "met", "at most", "share"), rows)


def section_baseline(out, cells, baselines):
    rows, ratios = [], []
    for c in cells:
        b = baselines.get(c.name)
        if c.program != "ours" or c.seed != 1 or not b or not c.valid:
            continue
        if c.number("students") >= 800 and c.unmet():
            ratios.append(b.unmet() / c.unmet())
        rows.append((c.name, f"{c.limit:g}", c.v["primary"], number(c.unmet()), number(b.unmet()), ratio(c, b),
                     f"{b.v['cte_met']}/{b.v['cte_requests']}", share(b.number("whole"), b.number("students")),
                     b.v["seconds"]))
    if not rows:
        return
    out += ["## Build, then load", "", "Unmet primary requests beside those of build-then-load.", ""]
    table(out, ("school", "limit", "primary", "ours", "build-then-load", "times fewer", "its CTE requests", "its students whole",
                "its s"), rows)
    if ratios:
        out += [f"Median over schools of 800 students and more where something is unmet: {median(ratios):.1f} times fewer.", ""]


def whole_rows(cells, baselines):
    """A line a school, and the sums beside build-then-load."""
    rows, ours, theirs, larger = [], 0, 0, []
    for c in sorted(of_set(cells, "whole"), key=lambda c: (c.name.split("-")[0], int(c.number("students")), c.name)):
        b = baselines.get(c.name)
        if c.limit != 120 or not c.valid:
            continue
        if b:
            ours, theirs = ours + c.unmet(), theirs + b.unmet()
            larger += [c.name] if c.unmet() > b.unmet() else []
        primary = c.number("primary")
        rows.append((c.name, share(c.number("primary_met"), primary, 3),
                     share(c.number("primary_met") + c.number("alternates"), primary, 3),
                     share(c.number("required_met"), c.number("required")), share(c.number("whole"), c.number("students")),
                     f"{c.v['cte_placed']}/{c.v['cte_sections']}", f"{c.v['cte_met']}/{c.v['cte_requests']}",
                     " ".join(tier_text(c, t).replace(" ", "") for t in c.order), c.v.get("judge", "-"),
                     c.v["false_claims"], c.v["seconds"], f"{c.number('memory_mib'):.0f}", number(c.unmet()),
                     number(b.unmet()) if b else "-"))
    return rows, ours, theirs, larger


def write_whole(path, cells, baselines):
    """The table of whole schools, between its marks in README.md."""
    begin, end = "<!-- whole schools: written by make bench -->", "<!-- end -->"
    rows, ours, theirs, larger = whole_rows(cells, baselines)
    if not rows or not os.path.exists(path):
        return
    out = []
    table(out, ("school", "primary met", "with alternates", "required", "students whole", "CTE sections", "CTE requests",
                "tiers 1-14", "judge", "false claims", "s", "MiB", "unmet", "build-then-load's"), rows)
    times = f"{theirs / ours:.1f} times fewer" if ours else "none"
    out += [f"Unmet in all of these: {ours:g}, build-then-load {theirs:g}: {times}; more than it on {len(larger)} of {len(rows)}."]
    with open(path, encoding="utf-8") as f:
        text = f.read()
    if begin in text and end in text:
        text = text[:text.index(begin)] + "\n".join([begin, "", *out, "", ""]) + text[text.index(end):]
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)


def verdict(ours, peer):
    a, b = ours.score(), peer.score() if peer.valid else None
    if b is None or a < b:
        return "ahead"
    return "level" if a == b else "BEHIND"


def short(c):
    """The tiers that are not 0, by number."""
    if not c.valid:
        return "nothing found"
    parts = [f"{TIERS.index(t) + 1}: {number(c.number(t))}" for t in c.order if c.number(t)]
    return ", ".join(parts) or "all 0"


def section_peers(out, cells, missing):
    out += ["## Peers on the exported programs", "",
            "CBC and HiGHS (WebAssembly; both on one core, ours on up to two) solve the exported programs tier by tier in the "
            "same total time, which includes writing and reading them. Tiers that are not 0, by number.", ""]
    for line in missing:
        out += [f"Not run: {line}.", ""]
    rows, failed = [], []
    for c in of_set(cells, "peers"):
        if not c.valid:
            continue
        for peer in cells:
            if peer.program in ("cbc", "highs") and peer.name == c.name and peer.limit == c.limit:
                ended = peer.v.get("tiers", "").split()
                proven = sum(t.endswith(":proven") for t in ended)
                word = verdict(c, peer)
                if word == "BEHIND":
                    failed.append(f"{c.name}: behind {peer.program}")
                rows.append((c.name, f"{c.limit:g}", short(c), c.v.get("status"), peer.program, short(peer), proven,
                             peer.v.get("seconds"), word))
    table(out, ("school", "limit", "ours", "status", "peer", "its score", "tiers it proved", "its s", "we are"), rows)
    return failed


def section_odd(out, cells):
    rows, failed = [], []
    for c in of_set(cells, "odd"):
        late, large = c.number("seconds") > SECONDS, c.number("memory_mib") > MEMORY
        if late or large:
            failed.append(f"{c.name}: {c.v.get('seconds')} s, {c.v.get('memory_mib')} MiB")
        rows.append((c.name, f"{c.limit:g}", c.v.get("students"), f"{c.v.get('primary_met')}/{c.v.get('primary')}",
                     f"{c.v.get('placed')}/{c.v.get('sections')}", c.v.get("status"), c.v.get("seconds"),
                     c.v.get("memory_mib"), "valid" if c.valid else "FAILED"))
    if rows:
        out += ["## Odd schools", "", f"Each within {SECONDS} s and {MEMORY} MiB.", ""]
        table(out, ("school", "limit", "students", "met", "placed", "status", "s", "MiB", "verify"), rows)
    return failed


def read_known(path):
    """(name, what) -> values; what is best, bound or worst-LIMIT."""
    known = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            for line in f:
                words = line.split()
                if words and words[0] != "#":
                    known[words[0], words[1]] = tuple(float(x) for x in words[2:])
    return known


def write_known(path, known):
    with open(path + ".new", "w", encoding="utf-8") as f:
        f.write("# NAME best|bound|worst-LIMIT VALUES: the best score ever seen, the tiers in the order of the school; the\n"
                "# best bound that holds for any schedule, of the first tiers (scores compare with it from the top); the\n"
                "# worst score of five seeds of the solver at that limit in seconds (make bench RECORD=1).\n")
        for (name, what), values in sorted(known.items()):
            f.write(f"{name} {what} {' '.join(number(x) for x in values)}\n")
    os.replace(path + ".new", path)


def keep_known(cells, known, record):
    """What is wrong, told; known is brought up to date."""
    failed, worst = [], {}
    for c in cells:
        if not c.valid:
            continue
        score = c.score()
        if score < known.get((c.name, "best"), (float("inf"),)):
            known[c.name, "best"] = score
        if c.program != "ours":
            continue
        if c.bound() > known.get((c.name, "bound"), ()):
            known[c.name, "bound"] = c.bound()
        what = c.name, f"worst-{c.limit:g}"
        worst.setdefault(what, []).append(score)
        if c.seed == 1 and not record and score > known.get(what, (float("inf"),)):
            failed.append(f"{c.name} ({c.limit:g} s): worse than the worst of the recorded seeds")
    for (name, what), best in list(known.items()):
        bound = known.get((name, "bound"), ())
        if what == "best" and best[:len(bound)] < bound:
            failed.append(f"{name}: a score is better than a bound")
    if record:
        known.update({what: max(scores) for what, scores in worst.items() if len(scores) >= 5})
    return failed


def plots(out, cells, folder):
    os.makedirs(folder, exist_ok=True)
    curves = []
    for c in cells:
        steps = [tuple(float(x) for x in p.split(":")) for p in c.v.get("course", "").split()]
        if c.program == "ours" and c.seed == 1 and c.number("students") >= 300 and len(steps) > 1 and steps[-1][1] > 0:
            curves.append((c.name, [(t, 100 * m / steps[-1][1]) for t, m in steps]))
    names = []
    if curves:
        spread = curves[::max(1, len(curves) // 8)][:8]
        lines(os.path.join(folder, "progress.svg"), "Primary requests met, in percent of those finally met", "seconds", spread, 90)
        names.append("progress")
    grown = [c for c in of_set(cells, "growth") if c.v.get("to99_5")]
    if grown:
        for key, title in (("to99_5", "Seconds to 99.5% of the requests finally met"), ("memory_mib", "Memory, MiB")):
            points(os.path.join(folder, f"growth_{key}.svg"), title, "students",
                   [(c.number("students"), c.number(key)) for c in grown])
            names.append(f"growth_{key}")
    if names:
        out += ["## Plots", ""] + [f"![{n}](plots/{n}.svg)" for n in names] + [""]


def head(cells, missing):
    commits = sorted({c.v.get("commit", "") for c in cells} - {""})
    ran = sum(c.program == "ours" for c in cells)
    loads = sorted(c.number("load") for c in cells if c.program != "baseline" and "load" in c.v)
    busy = f" The load of the machine as they began was {loads[0]:g} to {loads[-1]:g}, {median(loads):g} in the median." if loads else ""
    return ["# Results of the bench", "",
            "Written by `make bench`; README.md tells how to read it. Times are on "
            f"{os.cpu_count()} cores; limits in seconds. Cells of our program: {ran}, made on "
            f"{', '.join(commits) if commits else 'an unknown commit'}.{busy} A school of instances.txt that is not below has not "
            "been run.", ""] + ([f"**Not run: {m}.**" for m in missing] + [""] if missing else [])


def main():
    cells_path, missing_path, folder = sys.argv[1:4]
    record = len(sys.argv) > 4 and sys.argv[4] != ""
    with open(missing_path, encoding="utf-8") as f:
        missing = f.read().splitlines()
    cells = read_cells(cells_path)
    baselines = {c.name: c for c in cells if c.program == "baseline" and c.valid}
    out, failed = head(cells, missing), []
    for kind in TITLES:
        section_set(out, cells, baselines, kind)
        if kind == "view":
            section_view(out, cells)
    section_scores(out, cells)
    section_baseline(out, cells, baselines)
    failed += section_peers(out, cells, missing)
    failed += section_odd(out, cells)
    plots(out, cells, os.path.join(folder, "plots"))
    write_whole(os.path.join(folder, "README.md"), cells, baselines)
    known_path = os.path.join(folder, "known.txt")
    known = read_known(known_path)
    failed += [f"{c.name} {c.program}: no valid schedule" for c in cells if not c.valid and c.program in ("ours", "baseline")]
    failed += keep_known(cells, known, record)
    write_known(known_path, known)
    unrecorded = len({c.name for c in cells if c.program == "ours"} - {n for n, w in known if w.startswith("worst")})
    out += ["## Checks", "", f"Schools without a record of five seeds: {unrecorded}.", ""]
    out += [f"- FAILED: {x}" for x in failed] or ["Nothing failed."]
    with open(os.path.join(folder, "RESULTS.md"), "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")
    print("\n".join(["FAILED: " + x for x in failed] or [f"{folder}/RESULTS.md"]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
