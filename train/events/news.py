#!/usr/bin/env python3
"""Writes the raw texts that the classifier of events is trained on: FOLDER/news.jsonl of training parts, FOLDER/rules.jsonl
of the patterns' own examples, FOLDER/breadth.jsonl of sentences by others (eval/events/breadth.tsv) with the bytes of what
carries the act.

    news.py GOLD FOLDER"""
import json
import pathlib
import sys

from train_confidence import examples, stories


BREADTH = pathlib.Path(__file__).resolve().parent.parent.parent / "eval" / "events" / "breadth.tsv"


def told_in(text, phrase):
    """Where the parts of a phrase stand, which "…" keeps apart: bytes."""
    found = []
    for part in (part.strip().strip('"“”').lower() for part in phrase.split("…")):
        at = text.lower().find(part) if part else -1
        if at >= 0:
            found.append([len(text[:at].encode()), len(text[:at + len(part)].encode())])
    return found


def breadth():
    lines = [l.split("\t") for l in BREADTH.read_text("utf-8").splitlines() if l and not l.startswith("#")]
    for number, line in enumerate(lines[1:]):
        row = dict(zip(lines[0], line))
        root = "00" if row["code"] == "none" else row["code"][:2]
        yield {"id": f"breadth.{number}", "text": row["text"], "root": root, "parts": told_in(row["text"], row["phrase"])}


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def main():
    gold, folder = map(pathlib.Path, sys.argv[1:3])
    write(folder / "news.jsonl", ({"id": d["id"], "text": d["text"]} for d in stories(gold)))
    write(folder / "breadth.jsonl", breadth())
    write(folder / "rules.jsonl", ({"id": name, "text": one["text"]} for name, one in examples().items()))


if __name__ == "__main__":
    main()
