"""Golden files of entities: who is who in invented sentences. Anybody can correct one.

    === name of the case
    2020-05-07                               the date of the story; - for none
    Danish Defence Minister Karen Holst visited Kyiv. Holst promised tanks.
    ---
    Karen Holst → person, DNK, DNKGOVMIL     words → type, country, actor code; - none, * any
    Sisi → person, *, *, Abdel Fattah al-Sisi    fourth: the name under which the tables know it
    Holst #2 → = Karen Holst                 the second "Holst" means the same entity, ≠ another
    Kyiv → !country                          anything but this type

The words' entity is that of the narrowest mention around them. Every line of sentences.txt and stories.txt
holds but those that begin with "? ": they are right and not found yet; one that is found loses its mark.
stories.txt holds whole stories, read with their layout. unseen.txt was written before the rules it tests;
at least UNSEEN_HELD of its lines hold. tests/entities_test.py FILE lists what does not hold."""
import pathlib
import re
import sys
import unittest

from golden_cases import ROOT, read_cases, records_of

FOLDER = ROOT / "tests/golden/entities"
UNSEEN_HELD = 117  # lines of unseen.txt that hold today; may rise, never fall


def entity_of(record, words):
    """The entity of the narrowest mention around the words ("Holst #2": their second occurrence)."""
    words, _, nth = words.partition(" #")
    text = record["text"].encode("utf-8")
    places = [m.span() for m in re.finditer(rb"\b" + re.escape(words.encode("utf-8")) + rb"\b", text)]
    if len(places) < int(nth or 1):
        raise ValueError(f"'{words}' does not stand {nth or 1} times in: {record['text']}")
    begin, end = places[int(nth or 1) - 1]
    around = [(m["end"] - m["start"], n) for n, e in enumerate(record["entities"])
              for m in e["mentions"] if m["start"] <= begin and end <= m["end"]]
    return record["entities"][min(around)[1]] if around else None


def described(entity):
    return ["nothing"] if entity is None else [entity["type"], entity.get("country") or "-",
                                               entity.get("actor") or "-", entity.get("knownAs") or "-"]


def holds(record, line):
    words, _, wanted = line.partition(" → ")
    entity = entity_of(record, words)
    if wanted[0] in "=≠":
        same = entity is not None and entity is entity_of(record, wanted[2:])
        return same == (wanted[0] == "=")
    if wanted[0] == "!":
        return described(entity)[0] != wanted[1:]
    return entity is not None and all(w in ("*", f) for w, f in zip(wanted.split(", "), described(entity)))


def failures_in(path):
    """How many lines hold, how many are known misses, and a printed form of each line that is not as marked."""
    held, open_lines, failures = 0, 0, []
    cases = read_cases(path)
    options = [] if "stories" in path.name else ["--plain"]
    for (name, _, text, expected), record in zip(cases, records_of(cases, *options)):
        for line in expected.strip().split("\n"):
            miss, wanted = line.startswith("? "), line.removeprefix("? ")
            open_lines += miss
            if holds(record, wanted) != miss:
                held += not miss
                continue
            found = ", ".join(described(entity_of(record, wanted.partition(" → ")[0])))
            failures.append(f"{name}: {text.strip()}\n    {line}\n    found: {found}")
    return held, open_lines, failures


class Entities(unittest.TestCase):
    def check(self, file):
        held, open_lines, failures = failures_in(FOLDER / file)
        self.assertGreater(held, 4 * open_lines)
        self.assertEqual(failures, [], "\n".join(failures))

    def test_every_line_of_the_sentences_is_as_marked(self):
        self.check("sentences.txt")

    def test_every_line_of_the_stories_is_as_marked(self):
        self.check("stories.txt")

    def test_no_fewer_unseen_lines_hold_than_are_recorded(self):
        held, _, failures = failures_in(FOLDER / "unseen.txt")
        self.assertGreaterEqual(held, UNSEEN_HELD, "\n".join(failures))


def show(paths):
    for path in paths:
        held, open_lines, failures = failures_in(pathlib.Path(path))
        print("\n".join(failures))
        print(f"{path}: {held} lines hold, {open_lines} known misses, {len(failures)} not as marked")


if __name__ == "__main__":
    if sys.argv[1:]:
        show(sys.argv[1:])
    else:
        unittest.main()
