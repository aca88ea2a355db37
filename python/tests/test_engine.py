"""One engine for all threads; many stories in order; what goes wrong is said."""

import pathlib
import re
import subprocess
import sys
import threading
import time

import pytest

import dateline

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXTS = [f"Minister Ada Berg met envoy number {i} in Luanda. “We agreed on {i},” she said." for i in range(60)]


def records(stories):
    return [story.to_json() for story in stories]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_read_many_keeps_the_order_whatever_the_threads(engine, threads):
    assert records(engine.read_many(TEXTS, threads=threads)) == [engine.read(text).to_json() for text in TEXTS]


def test_read_many_fetches_no_more_than_it_can_hold(engine):
    fetched = 0

    def items():
        nonlocal fetched
        for text in TEXTS * 5:
            fetched += 1
            yield text

    stories = engine.read_many(items(), threads=2)
    assert fetched == 0
    for read in range(1, 40):
        next(stories)
        assert fetched <= read + 16


def test_an_unfinished_run_can_be_dropped(engine):
    stories = engine.read_many(iter(TEXTS), threads=2)
    next(stories)
    del stories


def test_what_the_items_raise_comes_through(engine):
    def items():
        yield TEXTS[0]
        raise KeyError("lost")

    stories = engine.read_many(items())
    with pytest.raises(KeyError, match="lost"):
        list(stories)


def test_errors_stand_at_their_place(engine):
    items = [TEXTS[0], {"id": "without a text"}, TEXTS[1], ""]
    got = list(engine.read_many(items, threads=2, errors="return"))
    assert [type(one) for one in got] == [
        dateline.Story, dateline.MalformedError, dateline.Story, dateline.NoStoryError]
    stories = engine.read_many(items)
    next(stories)
    with pytest.raises(dateline.MalformedError):
        next(stories)
    assert next(stories).text == TEXTS[1]


def test_items_of_every_kind(engine):
    fields = {"text": "Kenya met Oman on Monday.", "headline": "Talks", "date": "2031-05-07", "id": "k-1"}
    sentence = b"Kenya met Oman on Monday in Muscat, and the two signed an agreement on the harbour of Lamu. "
    page = b"<html><body><article><h1>Talks in Muscat</h1><p>" + b"</p><p>".join([sentence * 3] * 4) + b"</p></article></body></html>"
    path = ROOT / "examples/stories/feed.jsonl"
    got = list(engine.read_many([fields, page, path]))
    assert (got[0].source_id, got[0].headline, got[0].published) == ("k-1", "Talks", "2031-05-07")
    assert got[1].format == "html"
    assert len(got) == 2 + len(path.read_text().splitlines())
    with pytest.raises(dateline.InvalidArgumentError, match="not int"):
        next(engine.read_many([7]))
    with pytest.raises(TypeError, match="use read"):
        engine.read_many("one text")


def test_pieces_are_read_one_at_a_time(engine, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "Kenya met Oman."}\n{"text": \n{"text": "Peru left."}\n')
    pieces = dateline.pieces(path)
    first = next(pieces)
    assert (first.line, first.record) == (1, 1)
    assert first.bytes == b'{"text": "Kenya met Oman."}'
    got = list(engine.read_many([path], errors="return"))
    assert [type(one) for one in got] == [dateline.Story, dateline.MalformedError, dateline.Story]
    assert got[1].where == f"{path}:2"


def test_one_engine_for_all_threads(engine):
    want = [engine.read(text).to_json() for text in TEXTS]
    failed = []

    def work(shift):
        for i in range(len(TEXTS)):
            place = (i + shift) % len(TEXTS)
            if engine.read(TEXTS[place]).to_json() != want[place]:
                failed.append(place)

    threads = [threading.Thread(target=work, args=(7 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_python_runs_while_a_story_is_read(engine):
    text = "Minister Ada Berg met the envoy in Luanda on Monday and the two signed an agreement. " * 1500
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    began = time.perf_counter()
    engine.read(text)
    ended = time.perf_counter()
    done.set()
    thread.join()
    during = sum(began < tick < ended for tick in ticks)
    assert during > 10, f"{during} ticks in {ended - began:.2f} s"


def test_many_stories_in_one_item(engine):
    text = (ROOT / "examples/stories/two-briefs.txt").read_text()
    assert len(engine.read_all(text)) == 2
    with pytest.raises(dateline.InvalidArgumentError, match="2 stories in it; use read_all"):
        engine.read(text)
    with pytest.raises(dateline.NoStoryError):
        engine.read("")


def test_errors_name_place_and_remedy(engine, tmp_path):
    with pytest.raises(dateline.NotFoundError) as caught:
        dateline.Engine(tables=tmp_path / "none.tables")
    assert caught.value.where.endswith("none.tables")
    assert isinstance(caught.value, FileNotFoundError)
    with pytest.raises(dateline.InvalidArgumentError, match="none of auto, text"):
        engine.read("a", format="papyrus")
    with pytest.raises(ValueError, match="2031-02-30"):
        engine.read("a", date="2031-02-30")


def test_data_adds_to_the_tables(engine, tmp_path):
    (tmp_path / "places").mkdir()
    with pytest.raises(dateline.DatelineError, match="no-such-folder"):
        dateline.Engine(data=[tmp_path / "no-such-folder"])


def test_import_is_quick():
    code = "import time; t = time.perf_counter(); import dateline; print(time.perf_counter() - t)"
    seconds = min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5))
    assert seconds < 0.150


def test_version_says_what_records_are_made_with(engine):
    assert re.fullmatch(r"dateline \S+, tables \w+, model .+", engine.version())
    assert engine.version().startswith(f"dateline {dateline.__version__},")
