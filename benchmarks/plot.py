# SPDX-License-Identifier: GPL-3.0-or-later
"""Two kinds of plots as SVG, without any library."""
import html
import math

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 60, 220, 40, 50
COLOURS = ("#1b6ca8", "#c8553d", "#3c8d5a", "#8e5ea2", "#b8860b", "#4a4a4a", "#d16ba5", "#2a9d8f")


def text(x, y, words, anchor="middle", size=12):
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">{html.escape(words)}</text>'


class Axis:
    """From a value to a place; with log, decades."""

    def __init__(self, low, high, start, end, log):
        self.log = log
        self.low, self.high = (math.log10(low), math.log10(high)) if log else (low, high)
        if self.high <= self.low:
            self.high = self.low + 1
        self.start, self.end = start, end

    def at(self, value):
        x = math.log10(max(value, 1e-9)) if self.log else value
        part = min(1.0, max(0.0, (x - self.low) / (self.high - self.low)))
        return self.start + part * (self.end - self.start)

    def ticks(self):
        if not self.log:
            return [self.low + (self.high - self.low) * i / 5 for i in range(6)]
        ticks = [m * 10.0 ** e for e in range(math.floor(self.low), math.ceil(self.high) + 1) for m in (1, 2, 5)]
        return [t for t in ticks if self.low - 1e-9 <= math.log10(t) <= self.high + 1e-9]


def frame(title, x_title, x, y):
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" role="img">',
             f"<title>{html.escape(title)}</title>", f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
             text(LEFT, 22, title, "start", 15), text((x.start + x.end) / 2, HEIGHT - 12, x_title)]
    for t in x.ticks():
        parts.append(f'<path d="M{x.at(t):.1f} {y.start}V{y.end}" stroke="#e4e4e4"/>')
        parts.append(text(x.at(t), y.start + 18, f"{t:g}"))
    for t in y.ticks():
        parts.append(f'<path d="M{x.start} {y.at(t):.1f}H{x.end}" stroke="#e4e4e4"/>')
        parts.append(text(x.start - 6, y.at(t) + 4, f"{t:g}", "end"))
    return parts


def save(path, parts):
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(parts + ["</svg>"]) + "\n")


def lines(path, title, x_title, curves, low):
    """Curves (name, [(x, y)]) of steps, y from low to 100; x on a logarithmic scale."""
    times = [t for _, steps in curves for t, _ in steps]
    x = Axis(max(0.05, min(times)), max(times), LEFT, WIDTH - RIGHT, True)
    y = Axis(low, 100, HEIGHT - BOTTOM, TOP, False)
    parts = frame(title, x_title, x, y)
    for i, (name, steps) in enumerate(curves):
        colour = COLOURS[i % len(COLOURS)]
        d = f"M{x.at(steps[0][0]):.1f} {y.at(steps[0][1]):.1f}"
        for t, v in steps[1:]:
            d += f"H{x.at(t):.1f}V{y.at(v):.1f}"
        parts.append(f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        parts.append(f'<rect x="{WIDTH - RIGHT + 12}" y="{TOP + 20 * i}" width="12" height="12" fill="{colour}"/>')
        parts.append(text(WIDTH - RIGHT + 30, TOP + 20 * i + 10, name, "start", 11))
    save(path, parts)


def points(path, title, x_title, pairs):
    """Dots on two logarithmic scales, and the line of growth in proportion through the first."""
    pairs = sorted((a, max(b, 0.01)) for a, b in pairs)
    x = Axis(pairs[0][0] / 1.2, pairs[-1][0] * 1.2, LEFT, WIDTH - RIGHT, True)
    last = pairs[0][1] * pairs[-1][0] / pairs[0][0]
    y = Axis(min(b for _, b in pairs) / 1.5, max(last, *(b for _, b in pairs)) * 1.5, HEIGHT - BOTTOM, TOP, True)
    parts = frame(title, x_title, x, y)
    parts.append(f'<path d="M{x.at(pairs[0][0]):.1f} {y.at(pairs[0][1]):.1f}L{x.at(pairs[-1][0]):.1f} {y.at(last):.1f}" '
                 'stroke="#999" stroke-dasharray="4 4"/>')
    parts.append(text(WIDTH - RIGHT + 12, TOP + 10, "dashed: in proportion to size", "start", 11))
    for a, b in pairs:
        parts.append(f'<circle cx="{x.at(a):.1f}" cy="{y.at(b):.1f}" r="4" fill="{COLOURS[0]}"/>')
    save(path, parts)
