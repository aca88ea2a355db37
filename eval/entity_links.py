#!/usr/bin/env python3
"""Scores the pronouns and descriptions of entities against gold chains.

  eval/entity_links.py GOLD.jsonl[.gz] [--genre news] [--dateline PROGRAM]

A mention of an entity is right when the entity's other mentions hold a phrase that the gold chain of that
mention has too (mentions match by both ends, else by their heads). Counted are he, she, I and we in their forms
(`people`), other pronouns (`things`) and descriptions (`nominals`), each with precision (of the entities'
mentions), recall (of the gold mentions whose chain has a name) and F1. Python 3 standard library only.
"""
import argparse
import collections
import json
import subprocess

from coreference import f1, lines

PEOPLE = {"he", "him", "his", "himself", "she", "her", "hers", "herself", "i", "me", "my", "mine", "we", "us", "our"}
THINGS = {"it", "its", "itself", "they", "them", "their", "theirs"}


def kind_of(word, phrase):
    word = word.lower()
    if word in PEOPLE:
        return "people"
    if word in THINGS:
        return "things"
    return "nominals" if phrase.lower().startswith(("the ", "this ", "that ", "these ", "those ")) else None


class Gold:
    def __init__(self, document):
        self.text = document["text"].encode("utf-8")
        self.spans, self.heads, self.kinds = {}, {}, {}
        self.named = set()
        for m in document["mentions"]:
            head = m.get("head", [m["begin"], m["end"]])
            word = self.text[head[0]:head[1]].decode("utf-8")
            kind = kind_of(word, self.text[m["begin"]:m["end"]].decode("utf-8"))
            capital = word[:1].isupper()
            self.spans[m["begin"], m["end"]] = self.heads[head[0]] = m["cluster"]
            self.kinds[head[0]] = (None if capital and kind == "nominals" else kind, m["cluster"])
            if capital and word.lower() not in PEOPLE | THINGS:
                self.named.add(m["cluster"])

    def cluster(self, mention):
        exact = self.spans.get((mention["start"], mention["end"]))
        if exact is not None:
            return exact
        inside = [h for h in self.heads if mention["start"] <= h < mention["end"]]
        return self.heads[max(inside)] if inside else None

    def kind(self, mention):
        phrase = self.text[mention["start"]:mention["end"]].decode("utf-8")
        return kind_of(phrase if mention["kind"] == "pronoun" else "", phrase)


def score(documents, records):
    counts = collections.defaultdict(lambda: [0, 0, 0])  # right, given, wanted
    for document in documents:
        gold = Gold(document)
        for kind, cluster in gold.kinds.values():
            if kind and cluster in gold.named:
                counts[kind][2] += 1
        for entity in records.get(document["doc"], {"entities": []})["entities"]:
            named = {gold.cluster(m) for m in entity["mentions"] if m["kind"] == "name"} - {None}
            for m in entity["mentions"]:
                kind = gold.kind(m) if m["kind"] != "name" else None
                cluster = gold.cluster(m)
                if kind and named and (kind != "nominals" or cluster is not None):
                    counts[kind][1] += 1
                    counts[kind][0] += cluster in named
    out = {}
    for kind, (right, given, wanted) in sorted(counts.items()):
        p, r = right / max(1, given), right / max(1, wanted)
        out[kind] = {"p": round(100 * p, 1), "r": round(100 * r, 1), "f1": round(100 * f1(p, r), 1),
                     "right": right, "given": given, "wanted": wanted}
    return out


def records_of(documents, program):
    lines_in = "".join(json.dumps({"id": d["doc"], "text": d["text"]}) + "\n" for d in documents).encode()
    done = subprocess.run([program, "read", "--format", "json", "--jsonl", "--plain", "-"], input=lines_in,
                          capture_output=True, check=True)
    records = map(json.loads, filter(None, done.stdout.decode("utf-8").split("\n")))
    return {record["source"]["id"]: record for record in records}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--genre", action="append", default=[])
    parser.add_argument("--dateline", default="build/release/bin/dateline")
    args = parser.parse_args()
    documents = [d for d in lines(args.gold) if not args.genre or d.get("genre") in args.genre]
    for kind, figures in score(documents, records_of(documents, args.dateline)).items():
        print(kind, json.dumps(figures))


if __name__ == "__main__":
    main()
