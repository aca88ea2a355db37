"""Stories and facts as Arrow tables and data frames, and an archive's answers."""


import pytest

import dateline

pyarrow = pytest.importorskip("pyarrow")


def without_null(value):
    """As the record has it: what is null or an empty struct of nulls is left out."""
    if isinstance(value, dict):
        kept = {key: without_null(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner is not None}
    if isinstance(value, list):
        return [without_null(item) for item in value]
    return value


def pairs_to_dicts(record):
    """The record in the form of the columns."""
    record = {key: value for key, value in record.items() if key != "dateline"}

    def span(pair):
        return {"start": pair[0], "end": pair[1]}

    def walk(value, key=""):
        if isinstance(value, dict):
            return {name: walk(inner, name) for name, inner in value.items() if inner is not None}
        if key == "trigger":
            return span(value)
        if key in {"spans", "addressee", "medium"}:
            return [span(pair) for pair in value]
        return [walk(item) for item in value] if isinstance(value, list) else value

    def flat(quotes, inside=None):
        for quote in quotes:
            nested = quote.pop("nested", [])
            yield quote if inside is None else quote | {"inside": inside}
            yield from flat(nested, quote["id"])

    record["attributions"] = list(flat(record["attributions"]))
    return walk(record)


def test_a_row_says_what_the_record_says(stories):
    batch = dateline.to_arrow(stories, tokens=True)
    assert batch.num_rows == len(stories)
    batch.validate(full=True)
    for story, row in zip(stories, batch.to_pylist()):
        assert without_null(row) == pairs_to_dicts(story.to_dict(tokens=True))


def test_the_schema_is_the_same_for_any_stories(stories):
    schema = dateline.to_arrow([]).schema
    assert schema == dateline.to_arrow(stories).schema
    assert schema == pyarrow.schema(dateline.Columns([]))


def test_none_is_a_row_of_nulls(stories):
    batch = dateline.to_arrow([None, stories[0]])
    assert batch.column("id").to_pylist() == [None, stories[0].id]


def test_columns_outlive_stories(engine):
    batch = dateline.to_arrow(engine.read("Kenya met Oman on Monday."))
    import gc

    gc.collect()
    assert batch.column("text").to_pylist() == ["Kenya met Oman on Monday."]


def test_facts_are_rows(stories):
    table = dateline.events(stories).to_arrow()
    assert table.num_rows == sum(len(story.events) for story in stories)
    assert table.schema.field("cameo").type == pyarrow.string()
    assert dateline.events([]).to_arrow().schema == table.schema
    for make in (dateline.quotes, dateline.entities, dateline.times, dateline.places):
        rows = make(stories)
        assert rows.to_arrow().num_rows == len(rows) > 0
        assert "<table>" in rows._repr_html_()


def test_rows_agree_with_the_csv(stories, cli):
    import csv
    import pathlib

    root = pathlib.Path(__file__).resolve().parents[2]
    want = list(csv.DictReader(cli("events", "--csv", root / "examples/stories").splitlines()))
    got = dateline.events(stories).to_dict()
    for name in ("cameo", "plover", "status", "rule"):
        assert got[name] == [row[name] for row in want], name
    assert ["|".join(codes) for codes in got["source"]] == [row["source"].lstrip("'") for row in want]


def test_data_frames(stories):
    pandas = pytest.importorskip("pandas")
    frame = dateline.quotes(stories).to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.groupby("speaker").size().sum() == frame.speaker.notna().sum()
    assert len(dateline.to_pandas(stories)) == len(stories)


def test_rows_are_a_sequence(stories):
    rows = dateline.events(stories)
    assert rows[0] == stories[0].events[0]
    assert isinstance(rows[:2], dateline.Rows) and len(rows[:2]) == 2
    assert "more]" in repr(rows)


def test_an_archive_answers(archive, stories):
    assert len(archive) == len({story.id for story in stories})
    hits = archive.search("Luanda")
    assert hits[0].headline.startswith("Portuguese Foreign Minister")
    story = archive.story(hits[0].story)
    assert story.headline == hits[0].headline
    assert hits.to_arrow().num_rows == len(hits)


def test_events_of_an_archive(archive):
    events = archive.events(source="PRT")
    assert len(events) > 0
    assert all(any(actor.code.startswith("PRT") for actor in event.source) for event in events)
    assert events[0].text == events[0].story.text[events[0].start : events[0].end]
    assert len(archive.events(source="PRT", limit=2)) == 2
    assert archive.events(since="2031-01-01") == [] or len(archive.events(since="2031-01-01")) == 0


def test_quotes_of_an_archive(archive):
    quotes = archive.quotes(by="Falcao")
    assert {quote.speaker for quote in quotes} == {"Rita Falcao"}


def test_timeline_of_an_archive(archive):
    points = archive.timeline("PRT", "AGO", period="day")
    assert sum(point.events for point in points) > 0
    assert list(points.to_arrow().column("period")) == [pyarrow.scalar(point.period) for point in points]


def test_sql_of_an_archive(archive):
    rows = archive.sql("SELECT count(*) AS n, 1.5 AS x, NULL AS none, 'a' AS word FROM articles")
    assert rows == [{"n": len(archive), "x": 1.5, "none": None, "word": "a"}]
    with pytest.raises(dateline.DatelineError):
        archive.sql("DELETE FROM articles")


def test_threads_may_share_an_archive(archive):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: len(archive.events(source="PRT")), range(40)))
    assert len(set(counts)) == 1


def test_what_is_no_archive_is_refused(tmp_path):
    with pytest.raises(dateline.NotFoundError):
        dateline.Archive(tmp_path / "none.db")
    (tmp_path / "no.db").write_text("not an archive at all, though long enough to be looked at" * 30)
    with pytest.raises(dateline.DatelineError, match="no.db"):
        dateline.Archive(tmp_path / "no.db")
