"""Stories read by Spark: a data frame of texts in, a data frame of stories out.

    from dateline.spark import read_stories

    stories = read_stories(spark.read.json("news.jsonl"), text="text", date="date", id="id")
    events = stories.selectExpr("id", "explode(story.events) AS event")

Every worker process opens one engine and keeps it. A story's row depends on its own input row alone, so that
results are the same however the data is partitioned and whichever tasks are run again.
"""

from __future__ import annotations

import functools
import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow

from dateline._errors import DatelineError
from dateline._native import Columns, Engine, Story

if TYPE_CHECKING:
    import pyspark.sql
    import pyspark.sql.types

#: Rows that are read before they are handed on: what a worker holds in memory.
_ROWS_AT_ONCE = 256


class _Options(NamedTuple):
    """What the workers are told."""

    text: str
    date: str | None
    id: str | None
    kept: tuple[str, ...]
    data: tuple[str, ...]
    layout: bool
    tokens: bool
    offsets: str


@functools.lru_cache(maxsize=4)
def _engine(data: tuple[str, ...]) -> Engine:
    engine = Engine(data=list(data))
    # Spark collects garbage after every task; what stays as long as the worker need not be looked at each time.
    gc.collect()
    gc.freeze()
    return engine


def _read_row(engine: Engine, fields: dict[str, Any], layout: bool) -> tuple[list[Story | None], str | None]:
    """The stories of one row, or [None] and why there are none."""
    if fields["text"] is None:
        return [None], "there is no text in this row"
    given = {name: value for name, value in fields.items() if value is not None}
    try:
        stories = engine.read_all(given, layout=layout)
    except DatelineError as error:
        return [None], str(error)
    return (list(stories), None) if stories else ([None], "there is no story in it: no letter of text")


def _read_rows(batch: pyarrow.RecordBatch, options: _Options) -> pyarrow.RecordBatch:
    columns = {"text": options.text, "date": options.date, "id": options.id}
    values = {name: batch.column(column).to_pylist() for name, column in columns.items() if column is not None}
    engine = _engine(options.data)
    stories: list[Story | None] = []
    errors: list[str | None] = []
    origins: list[int] = []
    for row in range(batch.num_rows):
        read, error = _read_row(engine, {name: column[row] for name, column in values.items()}, options.layout)
        stories += read
        errors += [error] * len(read)
        origins += [row] * len(read)
    kept = [batch.column(name).take(pyarrow.array(origins, pyarrow.int32())) for name in options.kept]
    found = pyarrow.array(Columns(stories, options.offsets, options.tokens))
    return pyarrow.RecordBatch.from_arrays(
        [*kept, found, pyarrow.array(errors, pyarrow.string())], [*options.kept, "story", "error"]
    )


def _read_batches(batches: Iterable[pyarrow.RecordBatch], options: _Options) -> Iterator[pyarrow.RecordBatch]:
    for batch in batches:
        for begin in range(0, batch.num_rows, _ROWS_AT_ONCE):
            yield _read_rows(batch.slice(begin, _ROWS_AT_ONCE), options)


def story_type(tokens: bool = False) -> pyspark.sql.types.StructType:
    """The type of the column `story`: docs/formats/arrow.md."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(pyarrow.schema(Columns([], tokens=tokens)))


def read_stories(
    df: pyspark.sql.DataFrame,
    text: str = "text",
    date: str | None = "date",
    id: str | None = "id",
    *,
    data: Sequence[str | os.PathLike[str]] = (),
    layout: bool = True,
    tokens: bool = False,
    offsets: str = "chars",
) -> pyspark.sql.DataFrame:
    """The columns of `df` but `text`, with `story` (a struct) and `error` for each story of each row.

    A row that cannot be read has no `story`, and `error` says why: it does not fail the job. `date` and `id` name
    columns that hold the day of publication and the caller's own id; where `df` has none of that name it is passed over.
    `data`: folders of tables, to be found on every worker. `offsets`: 'chars' (as Spark's substring counts) or 'utf16'.
    """
    from pyspark.sql.types import StringType, StructField, StructType

    kept = tuple(name for name in df.columns if name != text)
    options = _Options(
        text=text,
        date=date if date in kept else None,
        id=id if id in kept else None,
        kept=kept,
        data=tuple(os.fspath(folder) for folder in data),
        layout=layout,
        tokens=tokens,
        offsets=offsets,
    )
    schema = StructType(
        [*(df.schema[name] for name in kept), StructField("story", story_type(tokens)),
         StructField("error", StringType())]
    )
    return df.mapInArrow(functools.partial(_read_batches, options=options), schema)
