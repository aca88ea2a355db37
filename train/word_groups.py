#!/usr/bin/env python3
"""usage: word_groups.py VECTORS.json OUT.tsv [--words 40000] [--seed 1]

Groups the most frequent words of a word-vector file (that of train/run, most frequent first) by use: spherical k-means
into 600 groups, whose centres into 60 broader ones. What all vectors share is taken off first (mean and two main
directions: Mu and Viswanath 2018), and frequent words weigh more. Writes word, group and broad group."""
import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "coreference"))
from word_classes import read  # noqa: E402  (found by the line above)

import numpy as np  # noqa: E402

GROUPS, BROAD, ROUNDS = 600, 60, 25


def unit(matrix):
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)


def apart(matrix):
    """The vectors without what they share."""
    matrix = matrix - matrix.mean(axis=0)
    main = np.linalg.svd(matrix[:10000], full_matrices=False)[2][:2]
    return unit(matrix - matrix @ main.T @ main)


def cluster(matrix, weights, count, random):
    centres = matrix[random.choice(len(matrix), count, replace=False, p=weights / weights.sum())]
    for _ in range(ROUNDS):
        nearest = (matrix @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, matrix * weights[:, None])
        centres = np.where(np.linalg.norm(sums, axis=1, keepdims=True) > 0, unit(sums), centres)
    return (matrix @ centres.T).argmax(axis=1), centres


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vectors")
    parser.add_argument("out")
    parser.add_argument("--words", type=int, default=40000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    words, matrix = read(args.vectors, args.words)
    matrix = apart(matrix)
    random = np.random.default_rng(args.seed)
    weights = (np.arange(len(words)) + 100.0) ** -0.5
    group, centres = cluster(matrix, weights.astype(np.float32), GROUPS, random)
    broad, _ = cluster(centres, np.ones(GROUPS, dtype=np.float32), BROAD, random)
    with open(args.out, "w", encoding="utf-8") as out:
        for word, number in sorted(zip(words, group)):
            out.write(f"{word}\t{number + 1}\t{broad[number] + 1}\n")


if __name__ == "__main__":
    main()
