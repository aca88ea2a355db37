"""A story for notebooks: its text with what was found marked in colour, then events and quotes."""

from __future__ import annotations

import html
from collections.abc import Iterator

from dateline._native import Story

#: Background colour and label of each kind of mark.
_COLOURS = {"entity": "#cfe3ff", "time": "#e6f5d0", "place": "#ffe8c2", "quote": "#f3e3f7"}


def _marks(story: Story) -> list[tuple[int, int, str, str]]:
    """(start, end, kind, title): longer ones first where they begin together."""
    marks = [(m.start, m.end, "entity", f"{e.name} {e.actor or e.type}") for e in story.entities for m in e.mentions]
    marks += [(t.start, t.end, "time", t.value) for t in story.times]
    marks += [(p.start, p.end, "place", f"{p.name} {p.country or ''}".strip()) for p in story.places]
    marks += [(s.start, s.end, "quote", q.speaker or "") for q in story.quotes for s in q.content]
    return sorted(marks, key=lambda mark: (mark[0], -mark[1]))


def _pieces(story: Story) -> Iterator[tuple[str, str, str]]:
    """(text, kind, title) from the beginning to the end; of marks that overlap the innermost shows."""
    text, marks = story.text, _marks(story)
    edges = sorted({0, len(text), *(edge for mark in marks for edge in mark[:2])})
    for start, end in zip(edges, edges[1:]):
        inside = [mark for mark in marks if mark[0] <= start and end <= mark[1]]
        _, _, kind, title = min(inside, key=lambda mark: mark[1] - mark[0], default=(0, 0, "", ""))
        yield text[start:end], kind, title


def story_html(story: Story) -> str:
    """Self-contained HTML; nothing of the story is taken for markup."""
    out = ['<div style="line-height:1.6;max-width:60em"><p style="white-space:pre-wrap">']
    for text, kind, title in _pieces(story):
        shown = html.escape(text)
        if kind:
            shown = f'<span style="background:{_COLOURS[kind]}" title="{html.escape(title, quote=True)}">{shown}</span>'
        out.append(shown)
    out.append("</p>")
    if story.events:
        out.append("<table><tr><th>source</th><th>event</th><th>target</th><th>date</th><th>evidence</th></tr>")
        for event in story.events:
            sides = [", ".join(actor.name for actor in side) for side in (event.source, event.target)]
            cells = [sides[0], f"{event.plover} {event.cameo}", sides[1], event.date or "", event.text]
            out.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>")
        out.append("</table>")
    out.append("</div>")
    return "".join(out)
