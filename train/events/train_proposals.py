#!/usr/bin/env python3
"""Trains models/events.dlm, the learned classifier of events where no pattern fires.

    train_proposals.py FOLDER OUT.dlm DATE [--folds] [--epochs 16] [--seed 1]

FOLDER holds what dump_triggers wrote: own.out of the sentences of make_sentences.py (own.jsonl), news.out of raw news,
rules.out of the examples of the patterns and breadth.out of the sentences by others (breadth.jsonl, news.py). A trigger
of an own sentence has the sentence's root, and so have triggers in the phrase that carries the act of a sentence by
others; in its near misses every trigger is none. In news and examples the patterns are the teacher: where they made an
event its root, but none where a reader judged it wrong (judged.tsv); where nothing fired none. How often kinds of
features that name the trigger are left out: half of the time, as at run time the trigger is a word unseen.

--folds: trains on four fifths of the lines of own sentences, without any event of the words of the last fifth, and tells
how that is read; five times."""
import argparse
import collections
import json
import pathlib
import struct

import numpy as np
import scipy.sparse
import xxhash

JUDGED = pathlib.Path(__file__).resolve().parent / "judged.tsv"
OUTPUTS, HIDDEN, NETS, BITS = 21, 32, 3, 13
LEMMA_KINDS, KNOWN = 8, 23  # of src/events/proposal_input.cc
NEWS_NONE, NEWS_FOUND = 0.5, 1.0  # weights beside an own sentence
JUDGED_WRONG, BREADTH = 0.5, 3.0
DROPPED = 0.5
TESTS = 10
NEVER = 2.0
# By root: how sure the classifier must be. Statements (01) it leaves to the patterns.
LEAST = {root: 0.4 for root in range(1, OUTPUTS)} | {1: NEVER}
NOTES = """own sentences (train/events/sentences.tsv) and sentences by others (eval/events/breadth.tsv),
and what the patterns find in raw news of training parts: attributions/train of PolNeAR and names/worldwide.train;
nothing of their text is in the file but weights"""


class Rows:
    """Triggers with labels: dense inputs, features as (kind, hash), weights, the line that each is of."""

    def __init__(self):
        self.dense, self.features, self.labels, self.weights, self.words, self.notes = [], [], [], [], [], []

    def add(self, trigger, label, weight, word):
        features = [(k, h) for k, h in trigger["features"] if not (trigger["taken"] and k == KNOWN)]
        self.dense.append(trigger["dense"])
        self.features.append(features)
        self.labels.append(label)
        self.weights.append(weight)
        self.words.append(word)
        self.notes.append(trigger)


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def triggers(folder, name):
    return (row for row in read_lines(folder / (name + ".out")) if "dense" in row)


def judged():
    """{(story, trigger): whether its event is right}"""
    lines = [l.split("\t") for l in JUDGED.read_text("utf-8").splitlines() if l and not l.startswith("#")]
    return {(story, int(start)): right == "1" for story, start, _, _, right in lines[1:]}


def add_breadth(folder, without, rows):
    told = {row["id"]: row for row in read_lines(folder / "breadth.jsonl")}
    for t in triggers(folder, "breadth"):
        row = told[t["id"]]
        carries = row["root"] == "00" or any(begin <= t["start"] < end for begin, end in row["parts"])
        if carries and t["lemma"] not in without:
            rows.add(t, int(row["root"]), BREADTH, "news")


def read(folder, without=frozenset()):
    own = {row["id"]: row for row in read_lines(folder / "own.jsonl")}
    rows = Rows()
    for t in triggers(folder, "own"):
        row = own[t["id"]]
        if t["lemma"] in without:
            continue
        if row["root"] == "00":
            rows.add(t, 0, 1.0, row["id"].split(".")[0])
        elif row["start"] <= t["start"] < row["end"]:
            rows.add(t, int(row["root"]), 1.0, row["id"].split(".")[0])
    verdicts = judged()
    for name in ("news", "rules"):
        for t in triggers(folder, name):
            if t["lemma"] in without:
                continue
            if t["cameo"] and not verdicts.get((t["id"], t["start"]), True):
                rows.add(t, 0, JUDGED_WRONG, "news")
            elif t["cameo"]:
                rows.add(t, int(t["cameo"][:2]), NEWS_FOUND, "news")
            elif not t["taken"]:
                rows.add(t, 0, NEWS_NONE, "news")
    add_breadth(folder, without, rows)
    return rows


class Net:
    """Dense inputs and features to a hidden layer, from there to the roots; Adam, all by hand."""

    def __init__(self, inputs, features, rng):
        def draw(*shape, scale):
            return (rng.standard_normal(shape) * scale).astype(np.float32)

        self.p = {"W": draw(HIDDEN, inputs, scale=0.05), "E": draw(features, HIDDEN, scale=0.02), "b": np.zeros(HIDDEN, np.float32),
                  "V": draw(OUTPUTS, HIDDEN, scale=0.2), "c": np.zeros(OUTPUTS, np.float32)}
        self.m = {k: np.zeros_like(v) for k, v in self.p.items()}
        self.s = {k: np.zeros_like(v) for k, v in self.p.items()}
        self.t = 0

    def forward(self, dense, sparse):
        h = dense @ self.p["W"].T + sparse @ self.p["E"] + self.p["b"]
        a = np.maximum(h, 0)
        return a, a @ self.p["V"].T + self.p["c"]

    def probabilities(self, dense, sparse):
        scores = self.forward(dense, sparse)[1]
        e = np.exp(scores - scores.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def step(self, dense, sparse, labels, weights, rate, rng, decay):
        a, scores = self.forward(dense, sparse)
        keep = (rng.random(a.shape) > 0.2) / 0.8
        a = (a * keep).astype(np.float32)
        scores = a @ self.p["V"].T + self.p["c"]
        e = np.exp(scores - scores.max(1, keepdims=True))
        d = e / e.sum(1, keepdims=True)
        d[np.arange(len(labels)), labels] -= 1
        d *= (weights / len(labels))[:, None]
        g = {"V": d.T @ a, "c": d.sum(0)}
        dh = (d @ self.p["V"]) * keep * (a > 0)
        dh = dh.astype(np.float32)
        g |= {"W": dh.T @ dense, "E": sparse.T @ dh, "b": dh.sum(0)}
        self.t += 1
        for k, v in g.items():
            if k in decay:
                v = v + decay[k] * self.p[k]
            self.m[k] = 0.9 * self.m[k] + 0.1 * v
            self.s[k] = 0.999 * self.s[k] + 0.001 * v * v
            self.p[k] -= (rate * (self.m[k] / (1 - 0.9**self.t)) / (np.sqrt(self.s[k] / (1 - 0.999**self.t)) + 1e-8)).astype(np.float32)


def owners(rows):
    """The feature that each row of the table belongs to: of those that share it the commonest."""
    counts = collections.Counter(h for fs in rows.features for _, h in fs)
    table = {}
    for h, n in counts.most_common():
        if n >= 3:
            table.setdefault(h & ((1 << BITS) - 1), h)
    return table


def matrices(rows, table):
    dense = np.array(rows.dense, np.float32) / 64
    index, column, kind = [0], [], []
    for fs in rows.features:
        for k, h in fs:
            row = h & ((1 << BITS) - 1)
            if table.get(row) is not None and table[row] >> 24 == h >> 24:
                column.append(row)
                kind.append(k)
        index.append(len(column))
    return dense, np.array(index), np.array(column, np.int32), np.array(kind, np.int32)


def sparse_of(data, dropped=None, without=()):
    _, index, column, kind = data
    values = np.ones(len(column), np.float32)
    if dropped is not None:
        per_row = np.repeat(dropped, np.diff(index))
        values[(kind < LEMMA_KINDS) & per_row] = 0
    for k in without:
        values[kind == k] = 0
    return scipy.sparse.csr_matrix((values, column, index), shape=(len(index) - 1, 1 << BITS))


def train(data, labels, weights, options, seed):
    rng = np.random.default_rng(seed)
    dense = data[0]
    net = Net(dense.shape[1], 1 << BITS, rng)
    decay = {"W": 1e-4, "V": 1e-4, "E": 1e-5}
    size = len(labels)
    for epoch in range(options.epochs):
        order = rng.permutation(size)
        sparse = sparse_of(data, rng.random(size) < DROPPED)
        rate = 0.002 * (1 - epoch / options.epochs) + 0.0001
        for at in range(0, size, 256):
            batch = order[at:at + 256]
            part = sparse[batch]
            part.data = part.data * ((rng.random(len(part.data)) > 0.25) / 0.75).astype(np.float32)
            net.step(dense[batch], part, labels[batch], weights[batch], rate, rng, decay)
    return net


class Ensemble:
    """Networks that begin differently, side by side as one whose scores are their mean."""

    def __init__(self, nets):
        def side_by_side(name, axis):
            return np.concatenate([net.p[name] for net in nets], axis)

        self.p = {"W": side_by_side("W", 0), "E": side_by_side("E", 1), "b": side_by_side("b", 0),
                  "V": side_by_side("V", 1) / np.float32(len(nets)), "c": sum(net.p["c"] for net in nets) / np.float32(len(nets))}

    forward, probabilities = Net.forward, Net.probabilities


def train_all(data, labels, weights, options):
    return Ensemble([train(data, labels, weights, options, options.seed + n) for n in range(NETS)])


def folds(rows, options):
    words = sorted({w for w in rows.words if w != "news"})
    np.random.default_rng(7).shuffle(words)
    fold = {w: i % 5 for i, w in enumerate(words)}
    labels, weights = np.array(rows.labels), np.array(rows.weights, np.float32)
    of = np.array([fold.get(w, -1) for w in rows.words])
    data = matrices(rows, owners(rows))
    all_p = np.zeros((len(labels), OUTPUTS), np.float32)
    for k in range(options.fold_count):
        # Neither the lines nor any event of their words is seen, whoever tells it.
        lemmas = {n["lemma"] for n, f, l in zip(rows.notes, of, labels) if f == k and l > 0}
        seen = (of != k) & ~np.array([n["lemma"] in lemmas and l > 0 for n, l in zip(rows.notes, labels)])
        net = train_all(tuple_rows(data, seen), labels[seen], weights[seen], options)
        p = net.probabilities(data[0], sparse_of(data, np.ones(len(labels), bool)))
        all_p[of == k] = p[of == k]
    held = (of >= 0) & (of < options.fold_count)
    report(all_p[held], labels[held])
    return all_p


def tuple_rows(data, mask):
    dense, index, column, kind = data
    lengths = np.diff(index)
    keep = np.repeat(mask, lengths)
    return dense[mask], np.concatenate([[0], np.cumsum(lengths[mask])]), column[keep], kind[keep]


def report(p, labels):
    best = p[:, 1:].argmax(1) + 1
    sure = p[np.arange(len(p)), best]
    print(f"{len(labels)} triggers of lines and words unseen, {(labels > 0).sum()} events")
    for least in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept = sure >= least
        right = kept & (best == labels)
        print(f"  at {least}: {right.sum()} right of {kept.sum()} proposed ({right.sum() / max(1, kept.sum()):.2f}), "
              f"{right.sum() / (labels > 0).sum():.2f} of the events; of nothing {(kept & (labels == 0)).sum()} of {(labels == 0).sum()}")
    for root in range(1, OUTPUTS):
        kept = (sure >= 0.6) & (best == root)
        print(f"    {root:02}: {(kept & (labels == root)).sum()} of {kept.sum()} proposed, {(labels == root).sum()} there")


def quantised(weights):
    scale = float(np.abs(weights).max()) / 127 or 1.0
    return np.clip(np.rint(weights / scale), -127, 127).astype(np.int8), scale


def mix(h, value):
    product = ((h << 32 | value) * 0x9E3779B97F4A7C15) & (1 << 64) - 1
    return (product >> 32 ^ product >> 7) & 0xFFFFFFFF


def scores_of_test(seed, inputs, W, wscale, E, escale, tags, p):
    """What ProposalModel::MakeTest gives, in the same order of float operations."""
    f = np.float32
    hashes = [mix(seed, i) for i in range(24)]
    dense = np.array([mix(seed, i + 24) & 0x7F for i in range(inputs)], np.int64)
    sums = np.zeros(len(W), np.int64)
    for h in hashes:
        row = h & ((1 << BITS) - 1)
        if tags[row] == h >> 24:
            sums += E[row]
    scores = p["c"].astype(f).copy()
    for j in range(len(W)):
        value = f(f(f(int((W[j].astype(np.int64) * dense).sum())) * f(wscale)) + f(f(int(sums[j])) * f(escale))) + p["b"][j]
        if value <= 0:
            continue
        for k in range(OUTPUTS):
            scores[k] = f(scores[k] + f(p["V"][k, j] * f(value)))
    return [int(s * f(64)) for s in scores]


def model_file(net, table, mark, date):
    p = {k: v.astype(np.float32) for k, v in net.p.items()}
    tags = np.zeros(1 << BITS, np.uint8)
    used = np.zeros(1 << BITS, bool)
    for row, h in table.items():
        tags[row], used[row] = h >> 24, True
    W, wscale = quantised(p["W"])
    E, escale = quantised(np.where(used[:, None], p["E"], 0))
    wscale /= 64  # of the inputs
    notes = f"events {date}\n{NOTES}"
    text = notes.encode()
    body = struct.pack("<I", len(text)) + text + struct.pack("<QIIff", mark, W.shape[1], BITS, wscale, escale)
    body += W.tobytes() + tags.tobytes() + E.tobytes() + p["b"].tobytes() + p["V"].tobytes() + p["c"].tobytes()
    body += np.array([2.0] + [LEAST[root] for root in range(1, OUTPUTS)], np.float32).tobytes()
    body += struct.pack("<I", TESTS)
    for seed in range(1, TESTS + 1):
        scores = scores_of_test(seed, W.shape[1], W, wscale, E.astype(np.int64), escale, tags, p)
        body += struct.pack("<I", seed) + np.array(scores, np.int32).tobytes()
    head = b"DLEVENTS" + struct.pack("<IIQQ", 1, 0, 32 + len(body), xxhash.xxh3_64_intdigest(body))
    return head + body


def fingerprint(folder):
    return next(read_lines(folder / "own.out"))["fingerprint"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("date")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--without", type=pathlib.Path, help="a file of lemmas that training is not to see (withhold.py)")
    parser.add_argument("--fold-count", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    without = frozenset(options.without.read_text("utf-8").split()) if options.without else frozenset()
    rows = read(options.folder, without)
    labels, weights = np.array(rows.labels), np.array(rows.weights, np.float32)
    print(f"{len(labels)} triggers: {(labels == 0).sum()} none, {(labels > 0).sum()} events, {sum(w != 'news' for w in rows.words)} of own sentences")
    if options.folds:
        folds(rows, options)
        return
    table = owners(rows)
    net = train_all(matrices(rows, table), labels, weights, options)
    options.out.write_bytes(model_file(net, table, fingerprint(options.folder), options.date))


if __name__ == "__main__":
    main()
