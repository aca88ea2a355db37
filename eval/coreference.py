#!/usr/bin/env python3
"""Scores coreference chains: MUC, B3 and CEAF-e, their mean (CoNLL-2012), and links of pronouns.

  eval/coreference.py GOLD.jsonl[.gz] PREDICTIONS.jsonl [--genre news]

Gold: a JSON object a line with `doc` and `mentions` (`cluster`, `begin`, `end`). Predictions: a line
each with `doc` and `chains` ([[begin, end, head], ...] each; `head`: where the head word begins).
Mentions match when both ends do. Chains of one mention are left out on both sides, as in OntoNotes.
Python 3 standard library only.

Links of people: of the gold mentions of persons that are names or personal pronouns and not the first of
their chain, the share whose nearest earlier mention in the program's chain is of their gold chain. Here
mentions match by both ends, else by their heads, and only genres of news count.

MUC: Vilain et al. 1995. B3: Bagga and Baldwin 1998. CEAF-e with phi 4: Luo 2005.
"""
import argparse
import collections
import gzip
import json


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def index(chains):
    return {mention: number for number, chain in enumerate(chains) for mention in chain}


def muc(these, those):
    """(links of `these` that `those` keep together, all links of `these`)."""
    where = index(those)
    right = total = 0
    for chain in these:
        parts = {where[m] for m in chain if m in where}
        alone = sum(m not in where for m in chain)
        right += len(chain) - (len(parts) + alone)
        total += len(chain) - 1
    return right, total


def b_cubed(these, those):
    """(sum over the mentions of `these` of the share of its chain that is also in the other's, mentions)."""
    where = index(those)
    right, total = 0.0, 0
    for chain in these:
        shared = collections.Counter(where[m] for m in chain if m in where)
        right += sum(n * n for n in shared.values()) / len(chain)
        total += len(chain)
    return right, total


def assignment(weights):
    """The greatest sum of weights with one of each row and column (Kuhn-Munkres with potentials)."""
    if not weights or not weights[0]:
        return 0.0
    if len(weights) > len(weights[0]):
        weights = [list(column) for column in zip(*weights)]
    n, m = len(weights), len(weights[0])
    u, v, match, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for row in range(1, n + 1):
        match[0], at = row, 0
        least, used = [float("inf")] * (m + 1), [False] * (m + 1)
        while match[at]:
            used[at] = True
            i, delta, to = match[at], float("inf"), 0
            for j in range(1, m + 1):
                if used[j]:
                    continue
                cost = -weights[i - 1][j - 1] - u[i] - v[j]
                if cost < least[j]:
                    least[j], way[j] = cost, at
                if least[j] < delta:
                    delta, to = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            at = to
        while at:
            match[at], at = match[way[at]], way[at]
    return sum(weights[match[j] - 1][j - 1] for j in range(1, m + 1) if match[j])


def ceaf_e(gold, found):
    """(similarity of the best alignment, chains of gold, chains found)."""
    where = index(found)
    similar = []
    for chain in gold:
        shared = collections.Counter(where[m] for m in chain if m in where)
        row = [0.0] * len(found)
        for number, n in shared.items():
            row[number] = 2 * n / (len(chain) + len(found[number]))
        similar.append(row)
    # Chains that touch no other cannot add anything.
    rows = [r for r in similar if any(r)]
    columns = [j for j in range(len(found)) if any(r[j] for r in rows)]
    return assignment([[r[j] for j in columns] for r in rows]), len(gold), len(found)


class Tally:
    """Sums over documents; figures at the end, as the CoNLL scorer does."""

    def __init__(self):
        self.sums = collections.Counter()

    def add(self, gold, found):
        for name, measure in (("muc", muc), ("b3", b_cubed)):
            for side, pair in (("r", (gold, found)), ("p", (found, gold))):
                right, total = measure(*pair)
                self.sums[name, side, "right"] += right
                self.sums[name, side, "total"] += total
        right, wanted, given = ceaf_e(gold, found)
        for side, total in (("r", wanted), ("p", given)):
            self.sums["ceafe", side, "right"] += right
            self.sums["ceafe", side, "total"] += total
        shared = len(set(index(gold)) & set(index(found)))
        for side, chains in (("r", gold), ("p", found)):
            self.sums["mentions", side, "right"] += shared
            self.sums["mentions", side, "total"] += sum(map(len, chains))

    def figures(self):
        out = {}
        for name in ("mentions", "muc", "b3", "ceafe"):
            p, r = (self.sums[name, side, "right"] / max(1, self.sums[name, side, "total"]) for side in "pr")
            out[name] = {"p": round(100 * p, 2), "r": round(100 * r, 2), "f1": round(100 * f1(p, r), 2)}
        out["conll"] = round(sum(out[n]["f1"] for n in ("muc", "b3", "ceafe")) / 3, 2)
        return out


def chains_of(mentions):
    chains = collections.defaultdict(list)
    for mention in mentions:
        chains[mention["cluster"]].append((mention["begin"], mention["end"]))
    return [sorted(set(c)) for c in chains.values() if len(set(c)) > 1]


def person_links(document, chains):
    """{"pronouns": [right, all], "names": [right, all]} of one document."""
    text = document["text"].encode("utf-8")
    before = {later: earlier for chain in chains for earlier, later in zip(chain, chain[1:])}
    by_span = {m[:2]: m for chain in chains for m in chain}
    by_head = {m[2]: m for chain in chains for m in reversed(chain)}
    counted = {"pronouns": [0, 0], "names": [0, 0]}
    clusters, met = {}, set()
    for m in sorted(document["mentions"], key=lambda m: (m["begin"], -m["end"])):
        head = m.get("head", [m["begin"], m["end"]])
        ours = by_span.get((m["begin"], m["end"]), by_head.get(head[0]))
        clusters.setdefault(ours, set()).add(m["cluster"])
        again = m["cluster"] in met
        met.add(m["cluster"])
        word = text[head[0]:head[1]].decode("utf-8")
        pronoun = word.lower() in PRONOUNS
        if not again or m.get("type") != "person" or m.get("link") not in ("coref", "ana"):
            continue
        if not pronoun and not word[:1].isupper():
            continue
        count = counted["pronouns" if pronoun else "names"]
        count[1] += 1
        count[0] += ours in before and m["cluster"] in clusters.get(before[ours], ())
    return counted


NEWS = ("news", "interview")
PRONOUNS = {"he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their", "theirs",
            "i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "yours"}


def score(documents, predictions, genres=()):
    tally, links = Tally(), {"pronouns": [0, 0], "names": [0, 0]}
    for document in documents:
        if genres and document.get("genre") not in genres:
            continue
        gold = chains_of(document["mentions"])
        found = [sorted({tuple(m) for m in c}) for c in predictions.get(document["doc"], [])]
        found = [c for c in found if len(c) > 1]
        tally.add(gold, [[m[:2] for m in c] for c in found])
        if document.get("genre") not in NEWS:
            continue
        for kind, (right, total) in person_links(document, found).items():
            links[kind][0] += right
            links[kind][1] += total
    return {**tally.figures(), "person links": links}


def lines(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if str(path).endswith(".gz") else open(path, encoding="utf-8")
    with opened as file:
        return [json.loads(line) for line in file if line.strip()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("predictions")
    parser.add_argument("--genre", action="append", default=[])
    args = parser.parse_args()
    predictions = {p["doc"]: p["chains"] for p in lines(args.predictions)}
    print(json.dumps(score(lines(args.gold), predictions, args.genre), indent=1))


if __name__ == "__main__":
    main()
