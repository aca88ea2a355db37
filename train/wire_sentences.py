#!/usr/bin/env python3
"""usage: wire_sentences.py OUT.jsonl [--stories 120] [--seed 1]

Writes made-up wire stories in the form of attribution_gold.py, for train_attributions to learn from beside real ones:
frames of wire/frames.tsv and wire/headlines.tsv, filled with the words of wire/words.tsv. All of it is invented."""
import argparse
import json
import pathlib
import random
import re

HERE = pathlib.Path(__file__).resolve().parent / "wire"
ROLE = {"s": "source", "c": "cue", "q": "content"}
SAID = re.compile(r"""("|“|''|')\{Quote2?\}([,.])("|”|''|')""")


def lines(name):
    rows = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


def words():
    bank = {}
    for row in lines("words.tsv"):
        name, values = row.split("\t")
        bank[name] = values.split("|") if "|" in values else values.split()
    return bank


def capital(text):
    return text[:1].upper() + text[1:]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.bank = words()
        self.frames, self.headlines = lines("frames.tsv"), lines("headlines.tsv")

    def word(self, name):
        """A word for {name}; a capital asks for one in the text, a 2 at the end for another one."""
        key = name[0].lower() + name[1:]
        if key == "person":
            return self.person()
        key = key if key in self.bank else key.rstrip("2")
        value = self.fill(self.random.choice(self.bank[key]))
        return capital(value) if name[0].isupper() else value

    def person(self):
        both = self.random.random() < 0.75
        first, last = self.random.choice(self.bank["first"]), self.random.choice(self.bank["last"])
        return f"{first} {last}" if both else last

    def fill(self, frame):
        return re.sub(r"\{(\w+)\}", lambda m: self.word(m[1]), frame)

    def paragraph(self, frame):
        """(text, attributions) of a frame; offsets are of characters."""
        marked = SAID.sub(lambda m: f"[q {m[0]}]", frame)
        text, found = "", {}
        for part in re.split(r"(\[[scq]\d? [^\]]*\])", marked):
            inner = re.fullmatch(r"\[([scq])(\d?) ([^\]]*)\]", part)
            piece = self.fill(inner[3] if inner else part)
            if not text:
                piece = capital(piece)
            if inner:
                attribution = found.setdefault(inner[2], {role: [] for role in ROLE.values()})
                attribution[ROLE[inner[1]]].append((len(text), len(text) + len(piece)))
            text += piece
        return text, [a for a in found.values() if a["cue"] and a["content"]]

    def story(self, number):
        text, gold = "", []

        def add(part, attributions, end):
            nonlocal text
            start = len(text.encode())
            for a in attributions:
                byte = lambda at: start + len(part[:at].encode())  # noqa: E731
                gold.append({role: [[byte(s), byte(e)] for s, e in spans] for role, spans in a.items()})
            text += part + end

        add(*self.paragraph(self.random.choice(self.headlines)), "\n\n")
        if self.random.random() < 0.6:
            add(self.fill("{capital}, May {num} ({agencyshort}) - ").replace("at least ", ""), [], "")
        for _ in range(self.random.randint(7, 13)):
            add(*self.paragraph(self.random.choice(self.frames)), " " if self.random.random() < 0.15 else "\n\n")
        return {"id": f"wire-{number}", "text": text, "gold": gold}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--stories", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    maker = Maker(args.seed)
    with open(args.out, "w", encoding="utf-8") as out:
        for number in range(args.stories):
            out.write(json.dumps(maker.story(number), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
