"""The gold sets: which files they are, how the engine is fed, how answers are scored.

Adding a set is adding a row to ROWS (at the end of this file)."""
import contextlib
import fnmatch
import gzip
import importlib.util
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

import actors
import convert
import entity_links

NOT_SCORED = ("train.*", "*.train.*", "agreement.*", "README*", "score_*")


class Skipped(Exception):
    """Why a set was not scored."""


@dataclass(frozen=True)
class Row:
    """One kind of gold. `score` gets (engine, gold path, scorer path, row) and returns figures."""
    folder: str                 # under --gold
    files: tuple                # patterns of the gold files; () when the folder as a whole is one set
    scorer: str                 # under --scorers
    score: Callable
    convert: Callable = None    # records -> the system form's fields
    plain: bool = False         # the text is prose without layout
    name: str = None            # of a folder that is one set; default: the folder


@dataclass(frozen=True)
class GoldSet:
    name: str
    row: Row
    gold: pathlib.Path
    scorer: pathlib.Path

    def score(self, engine):
        if self.gold is None:
            raise Skipped("no gold")
        if not self.scorer.is_file():
            raise Skipped(f"no scorer ({self.row.scorer})")
        return self.row.score(engine, self.gold, self.scorer, self.row)


def set_name(folder, path):
    """"syntax/ewt.dev" of syntax/ewt.dev.conllu.gz."""
    stem = path.name.removesuffix(".gz")
    return f"{folder}/{stem.rsplit('.', 1)[0]}"


def is_gold(path, patterns):
    name = path.name
    return path.is_file() and not any(fnmatch.fnmatch(name, p) for p in NOT_SCORED) and \
        any(fnmatch.fnmatch(name.removesuffix(".gz"), p) for p in patterns)


def find_sets(gold, scorers, only=(), rows=None):
    """Every set under `gold`, in the order of the table; a folder that is absent is a set without gold."""
    found = []
    for row in ROWS if rows is None else rows:
        folder, scorer = gold / row.folder, scorers / row.scorer
        if not row.files:
            found.append(GoldSet(row.name or row.folder, row, folder if folder.is_dir() else None, scorer))
            continue
        files = sorted(p for p in folder.glob("*") if is_gold(p, row.files)) if folder.is_dir() else []
        found += [GoldSet(set_name(row.folder, p), row, p, scorer) for p in files]
        if not files:
            found.append(GoldSet(row.folder, row, None, scorer))
    wanted = [o.rstrip("/") for o in only]
    return [s for s in found if not wanted or any(s.name == w or s.name.startswith(w + "/") or (s.row.name or s.row.folder) == w for w in wanted)]


# --------------------------------------------------------------------------------------- reading

def read_text(path):
    with (gzip.open if path.name.endswith(".gz") else open)(path, "rb") as file:
        return file.read().decode("utf-8")


def read_jsonl(path):
    return [json.loads(line) for line in read_text(path).split("\n") if line.strip()]


def module(path):
    """A scorer as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))
    spec.loader.exec_module(loaded)
    sys.path.pop(0)
    return loaded


def run_scorer(scorer, *arguments):
    done = subprocess.run([sys.executable, str(scorer), *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return {"error": f"{scorer.name}: {(done.stderr or done.stdout).strip()[-400:]}"}
    return done.stdout


def parsed(output):
    return json.loads(output) if isinstance(output, str) else output


def rows_as_figures(rows):
    """[(measure, ..., precision, recall, F1)] in per cent."""
    return {row[0]: dict(zip(("p", "r", "f1"), (round(x, 2) for x in row[-3:]))) for row in rows}


# --------------------------------------------------------------------------------------- scoring

@contextlib.contextmanager
def system_answers(engine, gold, row):
    """(gold file, system file) as JSONL: answers to every document of a gold file."""
    documents = read_jsonl(gold)
    records = engine.records([convert.document(d) for d in documents], row.plain)
    unread = sum(bool(d["text"].strip()) and not records[d["id"]] for d in documents)
    if unread:
        print(f"eval: {gold.name}: {unread} of {len(documents)} documents gave no record", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        plain_gold, system = pathlib.Path(folder, "gold.jsonl"), pathlib.Path(folder, "system.jsonl")
        plain_gold.write_text(read_text(gold), encoding="utf-8", newline="")
        with open(system, "w", encoding="utf-8") as out:
            for d in documents:
                out.write(json.dumps({"id": d["id"], **row.convert(records[d["id"]])}) + "\n")
        yield plain_gold, system


def score_gold_system(engine, gold, scorer, row):
    """Scorers called as: SCORER GOLD SYSTEM --json."""
    with system_answers(engine, gold, row) as (plain_gold, system):
        return parsed(run_scorer(scorer, plain_gold, system, "--json"))


def score_events(engine, gold, scorer, row):
    with system_answers(engine, gold, row) as (plain_gold, system):
        result = parsed(run_scorer(scorer, "--gold", plain_gold, "--system", system, "--json"))
    return next(iter(result.values())) if len(result) == 1 and "error" not in result else result


def score_attributions(engine, gold, scorer, row):
    """The full figures, and those of --speech beside them."""
    with system_answers(engine, gold, row) as (plain_gold, system):
        figures = {}
        for key, option in (("all", ()), ("speech", ("--speech",))):
            out = system.with_suffix("." + key)
            said = run_scorer(scorer, plain_gold, system, *option, "--json", out)
            if isinstance(said, dict):
                return said
            figures[key] = json.loads(out.read_text(encoding="utf-8"))
        return figures


def score_syntax(engine, gold, scorer, _row):
    scorer, annotated = module(scorer), read_text(gold)
    text = scorer.raw_text(annotated)
    conllu = engine.conllu([{"id": "gold", "text": text}]).get("gold", "")
    return call(lambda: rows_as_figures(scorer.score(annotated, convert.restore(conllu, text))))


def score_ner(engine, gold, scorer, _row):
    scorer, annotated = module(scorer), read_text(gold)
    documents = convert.conll_documents(annotated)
    conllu = engine.conllu(documents)
    parts = []
    for d in documents:
        part = conllu.get(d["id"])
        parts.append(convert.bio_lines(convert.restore(part, d["text"])) if part else convert.solid(d["text"]) + "\tO\n")
    figures = call(lambda: [(*r[:1], *r[4:]) for r in scorer.score(annotated, "\n".join(parts))])
    return figures if isinstance(figures, dict) else rows_as_figures(figures)


def score_coreference(engine, gold, scorer, _row):
    documents = [json.loads(line) for line in read_text(gold).splitlines() if line.strip()]
    conllu = engine.conllu([{"id": d["doc"], "text": d["text"]} for d in documents])
    found = {d["doc"]: convert.chains(convert.restore(conllu[d["doc"]], d["text"]), d["text"])
             for d in documents if d["doc"] in conllu}
    return module(scorer).score(documents, found)


def score_actors(engine, gold, scorer, _row):
    """Sets whose actors carry their text: each against what the engine says of that text."""
    rules, figures = module(scorer), {}
    for path in sorted(gold.glob("*.jsonl")):
        documents = read_jsonl(path)
        if not any(a.get("text") for d in documents for _, a in actors.actors_of(d)):
            continue
        if path.stem == "petr_unit":  # a world of its own, with dictionaries of its own
            continue
        found = actors.score(documents, engine.records([convert.document(d) for d in documents], plain=True), rules)
        if found["country"]["right"][1]:
            figures[path.stem] = found
    if not figures:
        raise Skipped("no actors with their text")
    return figures


def score_links(engine, gold, _scorer, _row):
    """Pronouns and descriptions of entities; gold without names in its chains (OntoGUM's text is masked) tells nothing."""
    figures = {}
    for path in sorted(p for p in gold.glob("gum.*.jsonl*") if is_gold(p, JSONL)):
        documents = list(entity_links.lines(path))
        records = engine.records([{"id": d["doc"], "text": d["text"]} for d in documents], plain=True)
        figures = entity_links.score(documents, {name: found[0] for name, found in records.items() if found})
    if not figures:
        raise Skipped("no gum gold")
    return figures


def call(measure):
    """Scorers used as modules leave by SystemExit when the texts differ."""
    try:
        return measure()
    except SystemExit as error:
        return {"error": str(error)}


def score_stories(engine, gold, scorer, _row):
    folders = [gold] if (gold / "analysis.json").is_file() else sorted(p.parent for p in gold.glob("*/analysis.json"))
    if not folders:
        raise Skipped("no analysis.json")
    records = engine.file_records([f / "story.txt" for f in folders])
    with tempfile.TemporaryDirectory() as folder:
        lines = pathlib.Path(folder, "records.jsonl")
        lines.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
        return parsed(run_scorer(scorer, lines, *folders, "--json"))


def layout_source(gold):
    """The text file of a layout's gold: NAME.txt, else story.txt (seed)."""
    named = gold.with_suffix(".txt")
    return named if named.is_file() else gold.with_name("story.txt")


def score_layouts(engine, gold, scorer, _row):
    answers = [p for p in sorted(gold.glob("*.json")) if "articles" in json.loads(p.read_text(encoding="utf-8"))]
    if not answers:
        raise Skipped("no articles")
    sources = {p.stem: layout_source(p) for p in answers}
    articles = {str(path): [] for path in sources.values()}
    for record in engine.file_records(sources.values()):
        articles[record["source"]["path"]].append(convert.article(record))
    with tempfile.TemporaryDirectory() as folder:
        for stem, path in sources.items():
            pathlib.Path(folder, stem + ".json").write_text(json.dumps({"articles": articles[str(path)]}), encoding="utf-8")
        said = run_scorer(scorer, "layouts", gold, folder, "--quiet")
    return said if isinstance(said, dict) else layout_figures(said)


def layout_figures(said):
    """The figures of what `score_articles.py layouts` prints."""
    found = re.search(r"stories (\d+)\s+all right (\d+)\s+stories too many (\d+)\s+block F1 ([\d.]+)\s+fields right (\d+)/(\d+)", said)
    if not found:
        return {"error": "no figures in: " + said[-300:]}
    stories, right, extra, f1, fields, wanted = found.groups()
    each = {k: [int(a), int(b)] for k, a, b in re.findall(r"(\w+) (\d+)/(\d+)", said[found.end():])}
    return {"all right": [int(right), int(stories)], "stories too many": int(extra), "block f1": float(f1),
            "fields right": [int(fields), int(wanted)], "fields": each}


def score_pages(engine, gold, scorer, _row):
    """Web pages. The engine's weights were fitted on these pages: RESULTS.md has the figures of pages not fitted on."""
    pages = sorted((gold / "html").glob("*.html.gz"))
    if not pages or not (gold / "truth.json").is_file():
        raise Skipped("no pages")
    answers = {p.name.removesuffix(".html.gz"): {} for p in pages}
    for record in engine.page_records(pages):
        convert.add_page(answers[pathlib.Path(record["source"]["path"].split("!")[0]).name.removesuffix(".html.gz")], record)
    with tempfile.TemporaryDirectory() as folder:
        found = pathlib.Path(folder, "dateline.jsonl")
        found.write_text("".join(json.dumps({"id": k, **v}) + "\n" for k, v in answers.items()), encoding="utf-8")
        said = run_scorer(scorer, "pages", gold / "truth.json", found, "--boot", "0")
    return said if isinstance(said, dict) else page_figures(said)


def page_figures(said):
    """The figures of what `score_articles.py pages` prints."""
    figures = {}
    for kind, n, f1, p, r in re.findall(r"(zyte|trafilatura) +n= *(\d+) F1 ([\d.]+) ± [\d.]+ +P ([\d.]+) +R ([\d.]+)", said):
        figures[kind] = {"pages": int(n), "p": float(p), "r": float(r), "f1": float(f1)}
    gold = re.search(r"metadata gold +(.*)", said)
    for field, right, n in re.findall(r"([\w~]+) ([\d.]+) \(n=(\d+)\)", gold.group(1) if gold else ""):
        figures[field] = {"pages": int(n), "right": float(right)}
    return figures or {"error": "no figures in: " + said[-300:]}


JSONL = ("*.jsonl",)
COREFERENCE = str(pathlib.Path(__file__).with_name("coreference.py"))  # no scorer comes with that gold
LINKS = str(pathlib.Path(__file__).with_name("entity_links.py"))
ARTICLES = "articles/score_articles.py"
STORIES = "stories/score_stories.py"

ROWS = (
    Row("seed", (), STORIES, score_stories),
    Row("seed", (), ARTICLES, score_layouts, name="seed/article"),
    Row("stories", (), STORIES, score_stories),
    Row("layouts", (), ARTICLES, score_layouts),
    Row("articles", (), ARTICLES, score_pages),
    Row("syntax", ("*.conllu",), "syntax/score_syntax.py", score_syntax),
    Row("ner", ("*.conll",), "ner/score_ner.py", score_ner),
    Row("coref", JSONL, COREFERENCE, score_coreference),
    Row("coref", (), LINKS, score_links, name="links"),
    Row("time", JSONL, "time/score_time.py", score_gold_system, convert.times),
    Row("places", JSONL, "places/score_places.py", score_gold_system, convert.places),
    Row("attributions", JSONL, "attributions/score_attributions.py", score_attributions, convert.attributions),
    Row("events", (), "events/score_events.py", score_actors, name="actors"),
    Row("events", JSONL, "events/score_events.py", score_events, convert.events, plain=True),
)
