#!/usr/bin/env python3
"""usage: attribution_gold.py GOLD.jsonl[.gz] OUT.jsonl

Writes the gold as `train_attributions` reads it: what the evaluation would feed the engine (eval/convert.py), and beside
it the annotation as "gold"."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "eval"))
import convert  # noqa: E402  (found by the line above)
from sets import read_jsonl  # noqa: E402

ROLES = ("source", "cue", "content")


def line(gold):
    return {**convert.document(gold), "gold": [{role: a[role] for role in ROLES} for a in gold["attributions"]]}


def main(source, out):
    with open(out, "w", encoding="utf-8") as file:
        for gold in read_jsonl(pathlib.Path(source)):
            file.write(json.dumps(line(gold), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
