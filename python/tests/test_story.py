"""What a Story is to Python: typed values whose indices are those of its str."""

import json
import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dateline

ROOT = pathlib.Path(__file__).resolve().parents[2]
FACTS = ["blocks", "sentences", "tokens", "entities", "times", "places", "quotes", "quoted_phrases", "events"]
TEXT = "“Très bien,” Portugal’s Prime Minister Zoë Brandão told reporters in Luanda on 3 May 2031.\n"


def spans(story):
    """Every fact with a span, the inner ones too."""
    for name in FACTS:
        for fact in getattr(story, name):
            yield fact
            for inner in ("mentions", "roles", "evidence", "source", "target", "counts", "cue", "content", "addressee"):
                yield from getattr(fact, inner, [])


def test_text_is_where_start_and_end_say(stories):
    count = 0
    for story in stories:
        for fact in spans(story):
            assert fact.text == story.text[fact.start : fact.end]
            assert fact.story == story
            count += 1
    assert count > 1000


def test_indices_count_characters_not_bytes(engine):
    story = engine.read(TEXT)
    (person,) = [entity for entity in story.entities if entity.name == "Zoë Brandão"]
    assert person.type == "person"
    assert story.text.index("Zoë Brandão") + len("Zoë Brandão") == person.mentions[0].end
    assert [time.text for time in story.times] == ["3 May 2031"]


def test_a_quote_knows_its_speaker(engine):
    story = engine.read(TEXT)
    quote = story.quotes[0]
    assert (quote.kind, quote.speaker, quote.cue_lemma) == ("direct", "Zoë Brandão", "tell")
    assert quote.text == "“Très bien,”"
    assert quote.addressee[0].text.startswith("reporters")
    assert quote.entity == next(e for e in story.entities if e.name == quote.speaker)


def test_an_event_knows_its_sides(engine):
    story = engine.read("France’s president met Germany’s chancellor in Berlin on Monday.", date="2031-05-07")
    event = story.events[0]
    assert event.cameo.startswith("04")
    assert [actor.code[:3] for actor in event.source] == ["FRA"]
    assert (event.date, event.status, event.quad) == ("2031-05-05", "occurred", 1)
    assert event.text == story.text.rstrip(".")
    assert event.evidence[0].text == event.text


def test_the_dictionary_is_the_record_in_characters(engine, cli, tmp_path):
    for path in sorted((ROOT / "examples/stories").iterdir()):
        want = [json.loads(line) for line in cli("read", "--jsonl", "--offsets", "chars", path).splitlines()]
        got = [story.to_dict() for story in engine.read_many([path])]
        assert got == want, path.name


def golden_texts():
    for path in sorted((ROOT / "tests/golden/layouts").glob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        yield pytest.param(text.split("\n", 1)[1].split("\n---\n")[0] + "\n", id=path.stem)


@pytest.mark.parametrize("text", list(golden_texts()))
def test_golden_stories_are_read_as_the_program_reads_them(engine, cli, text, tmp_path):
    path = tmp_path / "story.txt"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    want = cli("read", "--jsonl", "--offsets", "chars", "--tokens", path).splitlines()
    got = [story.to_json(tokens=True) for story in engine.read_many([path])]
    assert got == want


def test_facts_compare_by_what_they_are(engine):
    one, other = engine.read(TEXT), engine.read(TEXT)
    assert one == other and hash(one) == hash(other)
    assert one.entities[0] == one.entities[0]
    assert len({one.entities[0], one.entities[0], one.entities[1]}) == 2
    assert one.entities[0] != one.times[0]
    assert one != "a story"


def test_facts_keep_their_story_alive(engine):
    quotes = engine.read(TEXT).quotes
    import gc

    gc.collect()
    assert quotes[0].story.text == TEXT.strip()


def test_nothing_can_be_changed(engine):
    story = engine.read(TEXT)
    for thing, name in [(story, "text"), (story.entities[0], "name"), (story.quotes[0], "kind")]:
        with pytest.raises(AttributeError):
            setattr(thing, name, "other")


def test_shown_for_people(engine):
    story = engine.read(TEXT)
    assert repr(story).startswith("<Story ")
    assert repr(story.quotes[0]) == "<Quote Zoë Brandão: '“Très bien,”'>"
    assert repr(story.times[0]) == "<Time 2031-05-03 '3 May 2031'>"


def test_html_marks_the_text_and_takes_nothing_for_markup(engine):
    story = engine.read("Zoë Brandão said <b>“no & never”</b> in Luanda on 3 May 2031.")
    shown = story._repr_html_()
    assert "<b>" not in shown and "&lt;b&gt;" in shown
    assert 'title="2031-05-03">3 May 2031</span>' in shown
    import html
    import re

    body = re.search(r"<p[^>]*>(.*?)</p>", shown, re.DOTALL).group(1)
    assert html.unescape(re.sub(r"<[^>]+>", "", body)) == story.text


def test_tokens_form_trees(stories):
    for story in stories:
        tokens = story.tokens
        for token in tokens:
            if token.head is not None:
                assert token.head.sentence == token.sentence
            assert tokens[token.index] == token


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.booleans())
def test_any_text_is_read_or_refused(engine, text, layout):
    try:
        stories = engine.read_all(text, layout=layout)
    except dateline.DatelineError:
        return
    for story in stories:
        for fact in spans(story):
            assert fact.text == story.text[fact.start : fact.end]
        assert json.loads(story.to_json()) == story.to_dict()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(engine, data):
    try:
        assert all(isinstance(story.text, str) for story in engine.read_all(data))
    except dateline.DatelineError as error:
        assert str(error)
