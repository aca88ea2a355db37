#!/usr/bin/python3
"""Groups the words of a word-vector file into classes of words used alike.

  train/coreference/word_classes.py VECTORS.json OUT.tsv [--classes 255] [--words 40000] [--seed 1]

VECTORS.json is that of train/run (100 dimensions, most frequent words first). Spherical k-means.
"""
import argparse
import json

import numpy as np


def read(path, limit):
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    vectors = data.get("vectors", data)
    words, rows = [], []
    for word, row in vectors.items():
        if len(words) >= limit:
            break
        if word.isascii() and word.replace("-", "").isalpha() and word == word.lower():
            words.append(word)
            rows.append(row[:100])
    matrix = np.asarray(rows, dtype=np.float32)
    return words, matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)


def cluster(matrix, classes, seed, rounds=25):
    random = np.random.default_rng(seed)
    centres = matrix[random.choice(len(matrix), classes, replace=False)]
    for _ in range(rounds):
        nearest = (matrix @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, matrix)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(norms > 0, sums / np.maximum(norms, 1e-6), centres)
    return nearest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vectors")
    parser.add_argument("out")
    parser.add_argument("--classes", type=int, default=255)
    parser.add_argument("--words", type=int, default=40000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    words, matrix = read(args.vectors, args.words)
    nearest = cluster(matrix, args.classes, args.seed)
    with open(args.out, "w", encoding="utf-8") as out:
        for word, number in sorted(zip(words, nearest)):
            out.write(f"{word}\t{number + 1}\n")


if __name__ == "__main__":
    main()
