"""An archive of stories: one file, filled with `dateline add`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from dateline._native import Event, Hit, NativeArchive, Point, Quote, Story
from dateline._rows import Rows

if TYPE_CHECKING:
    import pandas


class Archive:
    """Opened for reading; any number of programs may read while one adds. Threads take turns."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._native = NativeArchive(os.fspath(path))
        self._path = os.fspath(path)

    def __len__(self) -> int:
        return self._native.count()

    def __repr__(self) -> str:
        return f"<dateline.Archive {self._path!r}: {len(self)} stories>"

    def search(self, query: str, *, since: str | None = None, until: str | None = None, limit: int = 20,
               newest_first: bool = False) -> Rows[Hit]:
        """Stories with words, "phrases", beginnings*, headline:word; AND, OR, NOT and parentheses."""
        return Rows(Hit, self._native.search(query, since, until, limit, newest_first))

    def events(self, *, source: str = "", target: str = "", code: str = "", status: str = "", place: str = "",
               since: str | None = None, until: str | None = None, limit: int = 0) -> Rows[Event]:
        """Events for which all that is given holds; a code or actor code may be given by its beginning."""
        return Rows(Event, self._native.events(source, target, code, status, place, since, until, limit))

    def quotes(self, *, by: str = "", about: str = "", since: str | None = None, until: str | None = None,
               limit: int = 0) -> Rows[Quote]:
        """What was said by somebody, about something (a query as of search)."""
        return Rows(Quote, self._native.quotes(by, about, since, until, limit))

    def timeline(self, one: str, other: str = "", *, period: str = "month", directed: bool = False, code: str = "",
                 status: str = "", place: str = "", since: str | None = None, until: str | None = None) -> Rows[Point]:
        """How many events there were between two actors, period ('day', 'week', 'month') by period."""
        points = self._native.timeline(one, other, period, directed, code, status, place, since, until)
        return Rows(Point, points)

    def story(self, id: str) -> Story:
        """The story with this number, or whose id begins so."""
        return self._native.story(id)

    def sql(self, statement: str) -> list[dict[str, Any]]:
        """The rows of a statement that changes nothing; the tables are described in docs/schema.md."""
        names, rows = self._native.sql(statement)
        return [dict(zip(names, row)) for row in rows]

    def sql_pandas(self, statement: str) -> pandas.DataFrame:
        """The same as a data frame."""
        import pandas

        names, rows = self._native.sql(statement)
        return pandas.DataFrame(rows, columns=names)
