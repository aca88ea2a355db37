"""Whole stories as tables: a row a story, what was found in nested lists (docs/formats/arrow.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline._native import Columns, Story

if TYPE_CHECKING:
    import pandas
    import pyarrow


def to_arrow(
    stories: Iterable[Story | None] | Story, *, offsets: str = "chars", tokens: bool = False
) -> pyarrow.RecordBatch:
    """The stories as a record batch, handed over without a copy. A story that is None gives a row of nulls."""
    import pyarrow

    rows = [stories] if isinstance(stories, Story) else list(stories)
    return pyarrow.RecordBatch.from_struct_array(pyarrow.array(Columns(rows, offsets, tokens)))


def to_pandas(stories: Iterable[Story | None] | Story, *, offsets: str = "chars") -> pandas.DataFrame:
    """The same as a data frame; for a row a fact see dateline.events, quotes, entities, times, places."""
    return to_arrow(stories, offsets=offsets).to_pandas()
