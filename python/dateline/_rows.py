"""Facts as flat rows: what `dateline events --csv` and `dateline quotes --csv` print, with types."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from dateline._native import Entity, Event, Hit, Place, Point, Quote, Story, Time

if TYPE_CHECKING:
    import pandas
    import pyarrow

T = TypeVar("T")

#: A column: its name, its Arrow type ("text", "integer", "real", "bool", "texts"), and how to get its value.
Column = tuple[str, str, Callable[[Any], Any]]

_STORY: list[Column] = [
    ("story", "text", lambda fact: fact.story.source_id or fact.story.id),
    ("path", "text", lambda fact: fact.story.path),
    ("headline", "text", lambda fact: fact.story.headline),
    ("published", "text", lambda fact: fact.story.published),
]
_SPAN: list[Column] = [
    ("start", "integer", lambda fact: fact.start),
    ("end", "integer", lambda fact: fact.end),
    ("text", "text", lambda fact: fact.text),
]


def _of(attribute: str, kind: str, name: str | None = None) -> Column:
    def get(fact: Any) -> Any:
        for part in attribute.split("."):
            fact = None if fact is None else getattr(fact, part)
        return fact

    return (name or attribute, kind, get)


COLUMNS: dict[type, list[Column]] = {
    Event: [
        *_STORY,
        _of("id", "text"),
        ("source", "texts", lambda event: [actor.code for actor in event.source]),
        ("source_name", "texts", lambda event: [actor.name for actor in event.source]),
        ("target", "texts", lambda event: [actor.code for actor in event.target]),
        ("target_name", "texts", lambda event: [actor.name for actor in event.target]),
        _of("cameo", "text"),
        _of("plover", "text"),
        _of("mode", "text"),
        _of("contexts", "texts"),
        _of("quad", "integer"),
        _of("goldstein", "real"),
        _of("date", "text"),
        _of("place.name", "text", "place"),
        _of("place.country", "text", "country"),
        _of("place.lat", "real", "lat"),
        _of("place.lon", "real", "lon"),
        _of("status", "text"),
        _of("confidence", "real"),
        _of("rule", "text"),
        *_SPAN,
    ],
    Quote: [
        *_STORY,
        _of("id", "text"),
        _of("speaker", "text"),
        _of("entity.country", "text", "country"),
        _of("entity.actor", "text", "actor"),
        _of("kind", "text"),
        _of("cue_lemma", "text", "cue"),
        _of("confidence", "real"),
        *_SPAN,
    ],
    Entity: [*_STORY, _of("id", "text"), _of("type", "text"), _of("name", "text"), _of("country", "text"),
             _of("actor", "text"), _of("known_as", "text"), ("mentions", "integer", lambda entity: len(entity.mentions)), *_SPAN],
    Time: [*_STORY, _of("type", "text"), _of("value", "text"), _of("mod", "text"), _of("first_day", "text"),
           _of("last_day", "text"), *_SPAN],
    Place: [*_STORY, _of("name", "text"), _of("country", "text"), _of("admin1", "text"), _of("lat", "real"),
            _of("lon", "real"), _of("geonameid", "integer"), _of("precision", "text"), _of("literal", "bool"), *_SPAN],
    Hit: [_of("story", "text"), _of("id", "text"), _of("published", "text"), _of("headline", "text"),
          _of("publisher", "text"), _of("snippet", "text"), _of("score", "real")],
    Point: [
        _of("period", "text"),
        _of("events", "integer"),
        *[(f"quad{n + 1}", "integer", lambda point, n=n: point.quads[n]) for n in range(4)],
        _of("goldstein", "real"),
    ],
}


class Rows(Sequence[T], Generic[T]):
    """A list of facts that is also a table."""

    def __init__(self, kind: type[T], items: Iterable[T]) -> None:
        self.kind = kind
        self._items = list(items)

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Rows[T]: ...
    def __getitem__(self, place: int | slice) -> T | Rows[T]:
        if isinstance(place, slice):
            return Rows(self.kind, self._items[place])
        return self._items[place]

    def __repr__(self) -> str:
        shown = ",\n ".join(map(repr, self._items[:10]))
        more = f",\n … {len(self) - 10} more" if len(self) > 10 else ""
        return f"[{shown}{more}]"

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns, each with its values."""
        return {name: [get(item) for item in self._items] for name, _, get in COLUMNS[self.kind]}

    def to_arrow(self) -> pyarrow.Table:
        """A table with the same columns and types whatever is in it."""
        import pyarrow

        types = {
            "text": pyarrow.string(),
            "integer": pyarrow.int64(),
            "real": pyarrow.float64(),
            "bool": pyarrow.bool_(),
            "texts": pyarrow.list_(pyarrow.string()),
        }
        schema = pyarrow.schema([(name, types[kind]) for name, kind, _ in COLUMNS[self.kind]])
        return pyarrow.Table.from_pydict(self.to_dict(), schema=schema)

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a data frame."""
        import pandas

        return pandas.DataFrame(self.to_dict(), columns=[name for name, _, _ in COLUMNS[self.kind]])

    def _repr_html_(self) -> str:
        names = [name for name, _, _ in COLUMNS[self.kind]]

        def row(cells: Iterable[Any], tag: str) -> str:
            shown = ("" if cell is None else ", ".join(cell) if isinstance(cell, list) else str(cell) for cell in cells)
            return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in shown) + "</tr>"

        values = [[get(item) for _, _, get in COLUMNS[self.kind]] for item in self._items[:50]]
        more = f"<p>{len(self) - 50} more</p>" if len(self) > 50 else ""
        return f"<table>{row(names, 'th')}{''.join(row(cells, 'td') for cells in values)}</table>{more}"


def events(stories: Iterable[Story]) -> Rows[Event]:
    """Who did what to whom, in all of the stories."""
    return Rows(Event, (event for story in stories for event in story.events))


def quotes(stories: Iterable[Story]) -> Rows[Quote]:
    """Who said what, in all of the stories."""
    return Rows(Quote, (quote for story in stories for quote in story.quotes))


def entities(stories: Iterable[Story]) -> Rows[Entity]:
    """Who and what is named, in all of the stories."""
    return Rows(Entity, (entity for story in stories for entity in story.entities))


def times(stories: Iterable[Story]) -> Rows[Time]:
    """The time expressions of all of the stories."""
    return Rows(Time, (time for story in stories for time in story.times))


def places(stories: Iterable[Story]) -> Rows[Place]:
    """The places named in all of the stories."""
    return Rows(Place, (place for story in stories for place in story.places))
