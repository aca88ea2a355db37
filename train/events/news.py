#!/usr/bin/env python3
"""Writes the raw texts that the classifier of events is trained on: FOLDER/news.jsonl of training parts, FOLDER/rules.jsonl
of the patterns' own examples.

    news.py GOLD FOLDER"""
import json
import pathlib
import sys

from train_confidence import examples, stories


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def main():
    gold, folder = map(pathlib.Path, sys.argv[1:3])
    write(folder / "news.jsonl", ({"id": d["id"], "text": d["text"]} for d in stories(gold)))
    write(folder / "rules.jsonl", ({"id": name, "text": one["text"]} for name, one in examples().items()))


if __name__ == "__main__":
    main()
