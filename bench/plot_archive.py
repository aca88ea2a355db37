#!/usr/bin/env python3
"""Draws how the cost of an archive grows with its stories, from the table that archive_run writes:

    for n in 10000 100000 1000000; do archive_run $n /tmp/run.db 1 bench/archive_growth.tsv; done
    bench/plot_archive.py bench/archive_growth.tsv > docs/archive-growth.svg
"""

import collections
import html
import math
import sys

WIDTH, HEIGHT, LEFT, TOP, GAP = 420, 230, 60, 40, 70
COLOURS = ["#1b6ca8", "#c0392b", "#2e8b57", "#8e5ea2", "#d98c1f", "#555555", "#17a2a2", "#a0522d", "#d14f8f",
           "#6b8e23", "#4b0082"]
RATES = ["prepared, stories/s", "written, stories/s"]


def read(path):
    """{what: [(stories, value)]}, the last value of each."""
    table = collections.defaultdict(dict)
    with open(path, encoding="utf-8") as rows:
        for row in rows:
            stories, what, value = row.rstrip("\n").split("\t")
            table[what][int(stories)] = float(value)
    return {what: sorted(values.items()) for what, values in table.items()}


def panel(number, title, lines, bar=None):
    """One plot, both axes in powers of ten."""
    x0, y0 = LEFT + number % 2 * (WIDTH + 220), TOP + number // 2 * (HEIGHT + GAP)
    stories = sorted({n for values in lines.values() for n, _ in values})
    values = [v for points in lines.values() for _, v in points] + ([bar] if bar else [])
    low = math.floor(math.log10(max(min(values), 0.001)))
    high = max(low + 1, math.ceil(math.log10(max(values))))
    span = max(math.log10(stories[-1] / stories[0]), 1)

    def at(n, value):
        return (x0 + WIDTH * math.log10(n / stories[0]) / span,
                y0 + HEIGHT * (high - math.log10(max(value, 0.001))) / (high - low))

    out = [f'<text x="{x0}" y="{y0 - 14}" font-weight="bold">{html.escape(title)}</text>',
           f'<rect x="{x0}" y="{y0}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#bbb"/>']
    for power in range(low, high + 1):
        y = at(stories[0], 10 ** power)[1]
        out.append(f'<path d="M{x0} {y:.1f}h{WIDTH}" stroke="#eee"/>'
                   f'<text x="{x0 - 6}" y="{y + 4:.1f}" text-anchor="end">{10 ** power:g}</text>')
    for n in stories:
        out.append(f'<text x="{at(n, 1)[0]:.1f}" y="{y0 + HEIGHT + 16}" text-anchor="middle">{n:,}</text>')
    if bar:
        y = at(stories[0], bar)[1]
        out.append(f'<path d="M{x0} {y:.1f}h{WIDTH}" stroke="#000" stroke-dasharray="4 4"/>')
    for i, (what, points) in enumerate(lines.items()):
        colour = COLOURS[i % len(COLOURS)]
        path = "L".join("%.1f %.1f" % at(n, v) for n, v in points)
        out.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += ['<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>' % (*at(n, v), colour) for n, v in points]
        out.append(f'<text x="{x0 + WIDTH + 8}" y="{y0 + 14 + 16 * i}" fill="{colour}">{html.escape(what)}</text>')
    return "\n".join(out)


def main():
    table = read(sys.argv[1])
    sizes = ["bytes a story"]
    rest = RATES + sizes + ["times the compressed texts", "peak memory, MB"]
    queries = {what: points for what, points in table.items() if what not in rest}
    panels = [panel(0, "stories a second of processor time", {w: table[w] for w in RATES}, 3000),
              panel(1, "questions: p95 in ms (bar: 200)", queries, 200),
              panel(2, "bytes of the file a story", {w: table[w] for w in sizes}),
              panel(3, "peak memory of filling and asking, MB (bar: 500)",
                    {"peak memory, MB": table["peak memory, MB"]}, 500)]
    width, height = LEFT + 2 * (WIDTH + 220), TOP + 2 * (HEIGHT + GAP)
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" '
          f'font-size="12">\n<rect width="{width}" height="{height}" fill="#fff"/>')
    print("\n".join(panels))
    print("</svg>")


if __name__ == "__main__":
    main()
