#!/usr/bin/env python3
"""Trains the weights by which places of one name are told apart (data/places/weights.tsv).

  tools/train_places.py WEIGHTS.tsv RESOLVE_SPANS GOLD.jsonl [GOLD.jsonl ...] [--write]

GOLD: lines of {"id", "text", "domain"?, "title"?, "toponyms": [{"start", "end", "lat"?, "lon"?, "geonameid"?}]}.
RESOLVE_SPANS is the program of that name (tools/resolve_spans.cc). The model is a conditional logit: of the
candidates of a name, those within 161 km of the gold place are right. L2 pulls towards the weights as they stand, so
that what the gold seldom shows keeps its hand-set value. Prints accuracy before, after, and in five folds of
documents, and the weights; --write puts them into WEIGHTS.tsv. Names are weighted once a document. Standard library."""
import json
import math
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "eval"))

import convert  # noqa: E402

FOLDS, ROUNDS, RATE, PULL, REACH = 5, 150, 0.5, 0.002, 161


def kilometres(gold, row):
    a, b, c, d = map(math.radians, (gold["lat"], gold["lon"], row[4], row[5]))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def is_right(gold, row):
    return (gold.get("geonameid") and gold["geonameid"] == row[6]) or kilometres(gold, row) <= REACH


def feature_names():
    """In the order of enum Feature."""
    source = (ROOT / "src/places/ranker.cc").read_text(encoding="utf-8")
    return re.findall(r'"(\w+)"', source.split("kFeatureCount> kNames{")[1].split("}")[0])


def cases_of(program, path):
    """[(document, [(features, right), ...])], each name of a document once."""
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    fed = ({**convert.document(d), "spans": [[t["start"], t["end"]] for t in d["toponyms"]]} for d in documents)
    lines = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in fed)
    said = subprocess.run([program, "--features"], input=lines, capture_output=True, text=True, check=True).stdout
    cases = []
    for document, answer in zip(documents, map(json.loads, said.splitlines())):
        seen = set()
        for toponym in answer["toponyms"]:
            gold = [g for g in document["toponyms"] if "lat" in g and g["start"] < toponym["end"] and toponym["start"] < g["end"]]
            rows = toponym["alternatives"]
            if not gold or len(rows) < 2:
                continue
            marked = [(row[8], bool(is_right(gold[0], row))) for row in rows]
            key = (gold[0]["text"], str(marked))
            if key in seen or not any(right for _, right in marked):
                continue
            seen.add(key)
            cases.append((document["id"], marked))
    return cases


def chances(weights, rows):
    sums = [sum(w * x for w, x in zip(weights, features)) for features, _ in rows]
    top = max(sums)
    powers = [math.exp(s - top) for s in sums]
    total = sum(powers)
    return [p / total for p in powers]


def train(cases, start):
    """AdaGrad on the log-likelihood of the right candidates."""
    weights, squares = list(start), [1e-6] * len(start)
    for _ in range(ROUNDS):
        slope = [PULL * (w - s) for w, s in zip(weights, start)]
        for _, rows in cases:
            shares = chances(weights, rows)
            right = sum(p for p, (_, ok) in zip(shares, rows) if ok) or 1e-12
            for share, (features, ok) in zip(shares, rows):
                pull = (share - (share / right if ok else 0)) / len(cases)
                if pull:
                    for i, x in enumerate(features):
                        if x:
                            slope[i] += pull * x
        for i, g in enumerate(slope):
            squares[i] += g * g
            weights[i] -= RATE * g / math.sqrt(squares[i])
    return weights


def accuracy(weights, cases):
    right = 0
    for _, rows in cases:
        shares = chances(weights, rows)
        right += rows[shares.index(max(shares))][1]
    return 100 * right / max(1, len(cases))


def cross_validate(cases, start):
    documents = sorted({name for name, _ in cases})
    fold = {name: i % FOLDS for i, name in enumerate(documents)}
    total = 0
    for k in range(FOLDS):
        weights = train([c for c in cases if fold[c[0]] != k], start)
        held = [c for c in cases if fold[c[0]] == k]
        total += accuracy(weights, held) * len(held)
    return total / len(cases)


def main(argv):
    arguments = [a for a in argv[1:] if a != "--write"]
    if len(arguments) < 3:
        sys.exit(__doc__)
    table = pathlib.Path(arguments[0])
    rows = dict(line.split("\t")[:2] for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    names = feature_names()
    start = [float(rows[name]) for name in names]
    sets = [cases_of(arguments[1], pathlib.Path(path)) for path in arguments[2:]]
    cases = [case for one in sets for case in one]
    weights = train(cases, start)
    print(f"{len(cases)} names: before {accuracy(start, cases):.1f}, after {accuracy(weights, cases):.1f}, "
          f"{FOLDS} folds {cross_validate(cases, start):.1f}; by set " +
          ", ".join(f"{accuracy(start, one):.1f} -> {accuracy(weights, one):.1f}" for one in sets))
    for name, old, new in zip(names, start, weights):
        print(f"{name:<14} {old:7.2f} {new:7.2f}")
    if "--write" in argv:
        text = table.read_text(encoding="utf-8")
        for name, weight in zip(names, weights):
            text = re.sub(rf"^{name}\t\S+\t.*$", f"{name}\t{weight:.2f}\ttrained", text, flags=re.M)
        table.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv)
