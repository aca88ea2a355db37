#!/usr/bin/env python3
"""Trains how sure an event is: weights of data/events/confidence.tsv.

    train/events/run GOLD            the folder of gold

Reads whole stories that were written to be read by it (eval/events/stories, those that rules were written from), of which
gold tells what is right, the examples and counters of the rules themselves (data/events/patterns.tsv, acts.tsv), which are texts of one
sentence, and judged.tsv: events that the program once accepted in raw news (texts of training parts alone), each judged by hand:
1 where code, sides and status are right. The program reads the same stories again; what it still finds at the same
place with the same code is a row of features. Ten folds by story tell how good the weights are on stories not seen."""
import argparse
import gzip
import importlib.util
import json
import math
import pathlib
import random
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TABLE = ROOT / "data" / "events" / "confidence.tsv"
PULL = 6.0  # of the weights towards nothing
ROUNDS = 150
OWN = 0.4  # weight of an event of an example, against one of the news
LEAST = 0.14  # what is less sure is no event in a sentence that stands alone …
LEAST_IN_ARTICLE = 0.55  # … in an article
WRITTEN = ("first", "second", "third", "fourth", "wire", "held", "later", "fresh")
MARK = re.compile(r"\[(?:([SO]) )?([^|\]]+)\|([A-Z]*)\]")  # [S Peru|PERGOV]
DROPPED = 0.005  # weights that small are left out


def news_stories(path):
    """The articles of a file of named entities, paragraph for paragraph."""
    stories, words = {}, []
    paragraphs = None

    def end():
        if words and paragraphs is not None:
            paragraphs.append("".join(words).strip())
        words.clear()

    for line in gzip.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            end()
            paragraphs = stories.setdefault("ww/" + line.split(" = ", 1)[1], [])
        elif line.startswith("#"):
            continue
        elif not line:
            end()
        else:
            cells = line.split("\t")
            if len(cells) >= 4:
                words.append(cells[0] + ("" if "SpaceAfter=No" in cells[3] else " "))
    end()
    out = []
    for name, paragraphs in stories.items():
        if paragraphs and paragraphs[0].startswith("http"):
            paragraphs = paragraphs[1:]
        out.append({"id": name, "text": "\n\n".join(paragraphs) + "\n"})
    return out


def stories(gold):
    found = news_stories(gold / "ner" / "worldwide.train.conll.gz")
    for line in gzip.open(gold / "attributions" / "train.jsonl.gz", "rt", encoding="utf-8"):
        article = json.loads(line)
        found.append({"id": article["id"], "text": article["text"], "date": article.get("date") or ""})
    return found


def table(name):
    lines = [l.split("\t") for l in (TABLE.parent / name).read_text("utf-8").splitlines() if l and not l.startswith("#")]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def examples():
    """The sentences of the rules without their marks; wanted: the root that they tell, or None, and whose sides."""
    found = {}
    for name, code in (("patterns.tsv", "cameo"), ("acts.tsv", "code")):
        for row in table(name):
            for kind in ("example", "counter"):
                marked = row.get(kind)
                if marked:
                    sides = {side: {code[:3] for s, _, code in MARK.findall(marked) if s == side} for side in "SO"}
                    found[f"{name}/{row['id']}/{kind}"] = {
                        "text": MARK.sub(lambda m: m[2], marked) + "\n", "rule": row["id"], "sides": sides,
                        "root": row[code][:2] if kind == "example" else None}
    return found


def is_right(candidate, wanted):
    def told(side):
        return {(actor.get("actor") or "")[:3] for actor in candidate.get(side) or []}

    sides = wanted["sides"]
    return candidate["cameo"][:2] == wanted["root"] and all(
        not sides[mark] or sides[mark] & told(side) for mark, side in (("S", "source"), ("O", "target")))


def own_rows(program):
    """(features, right) of what the rules find in their own sentences; in a counter only what its own rule finds."""
    wanted = examples()
    rows = []
    for name, candidate in read(program, [{"id": name, "text": one["text"]} for name, one in wanted.items()]):
        if wanted[name]["root"] or candidate["rule"] == wanted[name]["rule"]:
            rows.append((candidate["features"], int(is_right(candidate, wanted[name]))))
    return rows


def judged():
    lines = [l.split("\t") for l in (HERE / "judged.tsv").read_text("utf-8").splitlines() if l and not l.startswith("#")]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def written_rows(program, gold):
    """(features, right, story) of what is accepted in the stories of eval/events/stories: right where gold has it."""
    spec = importlib.util.spec_from_file_location("score_stories", gold / "stories" / "score_stories.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    rows = []
    for folder in sorted(path for name in WRITTEN for path in (ROOT / "eval" / "events" / "stories" / name).iterdir()):
        wanted = json.loads((folder / "analysis.json").read_text("utf-8"))["events"]
        done = subprocess.run([program, "read", "--jsonl", "--explain", folder / "story.txt"], capture_output=True, check=True)
        record = json.loads(done.stdout)
        text = score.Text(record["text"])
        entities = {entity["id"]: entity for entity in record["entities"]}

        def tells(event, one):
            sides = [(one["source"], one["target"])] + ([(one["target"], one["source"])] if one.get("reciprocal") else [])
            who, whom = (score.countries(event.get(side), entities) for side in ("source", "target"))
            return event["cameo"][:2] in {code[:2] for code in one["cameo"]} and any(
                (source in who if source else not who) and (target in whom or not target) for source, target in sides) and any(
                score.overlap(text.find(place), span) for place in one["evidence"] for span in score.evidence(event))

        for candidate in record["candidates"]:
            if "features" in candidate and candidate["rule"] != "learned":
                event = {**candidate, "evidence": []}
                rows.append((candidate["features"], int(any(tells(event, one) for one in wanted)), "written/" + folder.name))
    return rows


def read(program, documents):
    """(id of the document, candidate) of all that the patterns find, accepted or too unsure."""
    fed = "".join(json.dumps({k: v for k, v in d.items() if v}) + "\n" for d in documents)
    done = subprocess.run([program, "read", "--jsonl", "--explain", "-"], input=fed.encode(), capture_output=True, check=True)
    for line in done.stdout.splitlines():
        record = json.loads(line)
        for candidate in record.get("candidates", []):
            if "features" in candidate:
                yield record["source"]["id"], candidate


def candidates(program, documents):
    """{(story, trigger, code): features}"""
    return {(name, c["trigger"][0], c["cameo"]): c["features"] for name, c in read(program, documents)}


def fit(rows, own):
    """Logistic regression by AdaGrad: (weights by feature, bias)."""
    names = sorted({feature for features, _ in rows + own for feature in features})
    number = {name: i for i, name in enumerate(names)}
    data = [([number[f] for f in features], y, 1.0) for features, y in rows]
    share = sum(y for _, y, _ in data) / len(data)
    data += [([number[f] for f in features], y, OWN) for features, y in own]
    weights, bias = [0.0] * len(names), math.log(share / (1 - share))
    squares, bias_square = [1e-8] * len(names), 1e-8
    for _ in range(ROUNDS):
        slope, bias_slope = [PULL * w for w in weights], 0.0
        for features, y, weight in data:
            error = weight * (1 / (1 + math.exp(-bias - sum(weights[f] for f in features))) - y)
            bias_slope += error
            for f in features:
                slope[f] += error
        for i, g in enumerate(slope):
            squares[i] += g * g
            weights[i] -= 0.3 * g / math.sqrt(squares[i])
        bias_square += bias_slope**2
        bias -= 0.3 * bias_slope / math.sqrt(bias_square)
    return dict(zip(names, weights)), bias


def probability(model, features):
    weights, bias = model
    return 1 / (1 + math.exp(-bias - sum(weights.get(f, 0.0) for f in features)))


def folds(rows, names, own, count=10):
    """For each row its probability by a model that saw no event of its story."""
    order = sorted(set(names))
    random.Random(1).shuffle(order)
    fold = {name: i % count for i, name in enumerate(order)}
    out = [0.0] * len(rows)
    for k in range(count):
        model = fit([row for row, name in zip(rows, names) if fold[name] != k], own)
        for i, name in enumerate(names):
            if fold[name] == k:
                out[i] = probability(model, rows[i][0])
    return out


def report(rows, given):
    right = [p for (_, y), p in zip(rows, given) if y]
    wrong = [p for (_, y), p in zip(rows, given) if not y]
    area = sum((a > b) + (a == b) / 2 for a in right for b in wrong) / (len(right) * len(wrong))
    print(f"{len(rows)} events, {len(right)} right ({len(right) / len(rows):.2f}); area under the curve {area:.3f}")
    for least in (0.0, LEAST, 0.2, 0.3, 0.4, 0.5):
        kept = [y for (_, y), p in zip(rows, given) if p >= least]
        print(f"  confidence >= {least:.2f}: {sum(kept):4} right of {len(kept):4} = {sum(kept) / max(1, len(kept)):.2f}, {sum(kept) / len(right):.2f} of those right")
    for low in (0.0, 0.2, 0.4, 0.6):
        band = [(p, y) for (_, y), p in zip(rows, given) if low <= p < low + 0.2 + (low > 0.5)]
        if band:
            print(f"  of {len(band):3} said to be {sum(p for p, _ in band) / len(band):.2f} sure {sum(y for _, y in band) / len(band):.2f} are right")


def write(model, count):
    weights, bias = model
    head = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("#")]
    cells = {"bias": bias, "least": LEAST, "least-in-article": LEAST_IN_ARTICLE,
             **{f: w for f, w in weights.items() if abs(w) >= DROPPED}}
    source = f"train/events/run on {count} events"
    lines = [f"{feature}\t{value:.3f}\t{source}" for feature, value in sorted(cells.items())]
    TABLE.write_text("\n".join([*head, "feature\tweight\tsource", *lines]) + "\n", "utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=pathlib.Path)
    arguments.add_argument("--dateline", default=str(ROOT / "build/release/bin/dateline"))
    arguments.add_argument("--write", action="store_true", help="put the weights into data/events/confidence.tsv")
    options = arguments.parse_args()
    wanted = judged()
    names = {row["story"] for row in wanted}
    found = candidates(options.dateline, [d for d in stories(options.gold) if d["id"] in names])
    rows, of = [], []
    for row in wanted:
        features = found.get((row["story"], int(row["start"]), row["cameo"]))
        if features:
            rows.append((features, int(row["right"])))
            of.append(row["story"])
    print(f"{len(wanted)} judged, {len(rows)} still found", file=sys.stderr)
    of_news = len(rows)
    for features, right, story in written_rows(options.dateline, options.gold):
        rows.append((features, right))
        of.append(story)
    own = own_rows(options.dateline)
    given = folds(rows, of, own)
    report(rows[:of_news], given[:of_news])
    report(rows[of_news:], given[of_news:])
    if options.write:
        write(fit(rows, own), len(rows))


if __name__ == "__main__":
    main()
