#!/usr/bin/env python3
"""The stored output of the bundled stories is what the program prints.

docs/examples/NAME.txt holds `dateline read --text examples/stories/NAME.txt`, NAME.json the record.
Rewrite them with DATELINE_UPDATE_GOLDEN=1 and review the difference.
"""
import json
import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("DATELINE", str(ROOT / "build/release/bin/dateline"))
STORED = ROOT / "docs/examples"
STORIES = sorted((ROOT / "examples/stories").iterdir())


def run(*arguments):
    done = subprocess.run([PROGRAM, "read", *arguments], cwd=ROOT, capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf-8")


class Examples(unittest.TestCase):
    maxDiff = None

    def compare(self, stored, printed):
        if os.environ.get("DATELINE_UPDATE_GOLDEN") == "1":
            stored.parent.mkdir(parents=True, exist_ok=True)
            stored.write_text(printed, encoding="utf-8")
        self.assertEqual(stored.read_text(encoding="utf-8"), printed, stored.name)

    def test_digests_are_as_stored(self):
        for story in STORIES:
            with self.subTest(story.name):
                self.compare(STORED / (story.stem + ".txt"), run("--text", f"examples/stories/{story.name}"))

    def test_records_are_as_stored(self):
        for story in STORIES:
            with self.subTest(story.name):
                self.compare(STORED / (story.stem + ".json"), run("--pretty", f"examples/stories/{story.name}"))

    def test_every_fact_carries_the_bytes_that_prove_it(self):
        for line in run("--jsonl", "examples/stories").splitlines():
            record = json.loads(line)
            text = record["text"].encode("utf-8")
            for kind in ("entities", "times", "places", "attributions", "events"):
                for fact in record[kind]:
                    with self.subTest(kind=kind, fact=fact):
                        spans = list(spans_of(fact))
                        self.assertTrue(spans)
                        for start, end in spans:
                            self.assertTrue(0 <= start < end <= len(text))
                            text[start:end].decode("utf-8")


def spans_of(fact):
    """Every [start, end) that stands in a fact, however deep."""
    if isinstance(fact, dict):
        if "start" in fact:
            yield fact["start"], fact["end"]
        for value in fact.values():
            yield from spans_of(value)
    elif isinstance(fact, list):
        if len(fact) == 2 and all(isinstance(n, int) for n in fact):
            yield tuple(fact)
        else:
            for value in fact:
                yield from spans_of(value)


if __name__ == "__main__":
    unittest.main()
