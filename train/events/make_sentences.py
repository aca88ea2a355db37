#!/usr/bin/env python3
"""Writes the sentences of sentences.tsv with their slots filled, as documents of one sentence.

    make_sentences.py OUT.jsonl [--each 3] [--seed 1]

A line: {"id", "text", "root", "start", "end"}: bytes of the trigger; none where the root is 00. Each word of a trigger
is used in `each` sentences with other sides and surroundings."""
import argparse
import json
import pathlib
import random
import re

HERE = pathlib.Path(__file__).resolve().parent
NATIONS = """Peru Peruvian|Chile Chilean|Kenya Kenyan|Uganda Ugandan|Turkey Turkish|Greece Greek|Iran Iranian|Iraq Iraqi|Syria Syrian|Israel Israeli|Egypt Egyptian|Sudan Sudanese|Chad Chadian|Niger Nigerien|Mali Malian|Nigeria Nigerian|Russia Russian|Ukraine Ukrainian|Poland Polish|Germany German|France French|Spain Spanish|Italy Italian|Norway Norwegian|Japan Japanese|China Chinese|India Indian|Pakistan Pakistani|Nepal Nepalese|Thailand Thai|Vietnam Vietnamese|Cambodia Cambodian|Indonesia Indonesian|Canada Canadian|Mexico Mexican|Cuba Cuban|Colombia Colombian|Venezuela Venezuelan|Brazil Brazilian|Serbia Serbian|Croatia Croatian|Armenia Armenian|Azerbaijan Azerbaijani|Ethiopia Ethiopian|Eritrea Eritrean|Somalia Somali|Yemen Yemeni|Afghanistan Afghan|Rwanda Rwandan|Burundi Burundian"""
NATIONS = [tuple(pair.split(" ")) for pair in NATIONS.split("|")]
STATES = ["{n}"] * 6 + ["{n}'s government", "the {a} government", "{n}'s foreign minister", "the {a} president", "{a} officials",
          "the {a} prime minister", "{n}'s parliament", "the {a} foreign ministry", "{n}'s defence minister", "{a} diplomats",
          "the {a} army", "{n}'s ruling party", "{n}'s opposition"]
FORCES = ["{a} troops", "{a} soldiers", "{a} rebels", "the {a} army", "{a} warplanes", "{a} militants", "{n}'s navy", "{a} forces",
          "{a} guerrillas", "{a} marines", "{a} gunmen", "{a} commandos", "{a} separatists"]
PEOPLE = ["{a} students", "{a} farmers", "{a} journalists", "{a} villagers", "{a} nurses", "{a} dissidents", "{a} protesters", "{a} workers",
          "{a} miners", "{a} teachers", "{a} civilians", "{a} activists", "{a} lawyers", "{a} monks", "{a} refugees"]
RULERS = ["the {a} government", "{n}'s president", "the {a} prime minister", "the {a} authorities", "{n}'s interior minister", "the {a} police"]
TOPICS = """the dam|fishing rights|the border|the leaked report|trade|the pipeline|human rights|the debt|the airspace|the island|the election|the tariffs|its nuclear programme|the hostages|the drought|grain prices|the railway|the treaty|the spy case|the oil field|the visa rules|the sanctions|climate change|the refugees|the ceasefire""".split("|")
BEFORE = [""] * 8 + ["On Monday ", "Earlier this week ", "In a statement, ", "Last month ", "Hours later ", "For the second time, "]
AFTER = [""] * 6 + [" on Tuesday", " last week", ", state media reported", ", officials said", ", according to diplomats", " overnight",
         " in a new sign of tension", " after weeks of talks"]


def fill(text, draw):
    home, other, third = draw.sample(NATIONS, 3)
    own = draw.random() < 0.3  # people and who governs them, beside forces of the same country

    def name(kinds, nation):
        return draw.choice(kinds).format(n=nation[0], a=nation[1])

    slots = {"S": name(STATES, home), "O": name(STATES, other), "L": other[0], "M": name(FORCES, home),
             "N": name(FORCES, home if own else other), "C": name(PEOPLE, home if own else other), "D": name(PEOPLE, third),
             "T": draw.choice(TOPICS)}
    slots["c"] = name(RULERS, home if own else other)
    if text.startswith(("{C}", "{S}")) and "{C}" in text:  # a state and its people
        slots["C"] = name(PEOPLE, home)
        slots["c"] = name(RULERS, home)
    return re.sub(r"\{(\w)\}", lambda m: slots[m[1]], text)


def sentences(each, draw):
    lines = [l.split("\t") for l in (HERE / "sentences.tsv").read_text("utf-8").splitlines() if l and not l.startswith("#")]
    for number, (root, text) in enumerate(lines[1:]):
        marked = re.search(r"\[([^\]]+)\]", text)
        for word in marked[1].split("|") if marked else [""]:
            for n in range(each):
                one = text.replace(marked[0], "\x01" + word + "\x02") if marked else text
                one = fill(one, draw)
                one = draw.choice(BEFORE) + one[:-1] + draw.choice(AFTER) + "."
                one = one[0].upper() + one[1:] if not one.startswith("\x01") else one
                start, end = one.find("\x01"), one.find("\x02")
                clean = one.replace("\x01", "").replace("\x02", "")
                row = {"id": f"{number}.{word}.{n}", "text": clean, "root": root, "word": word}
                if root != "00":
                    row |= {"start": len(one[:start].encode()), "end": len(one[:end].encode()) - 1}
                yield row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = sentences(options.each, random.Random(options.seed))
    options.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main()
