"""eval/: adapters from records to the scorers' forms, the table of sets, the whole run on invented gold."""
import contextlib
import gzip
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import textwrap
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "eval"))

import actors  # noqa: E402
import convert  # noqa: E402
import coreference  # noqa: E402
import report  # noqa: E402
import sets  # noqa: E402
from engine import Engine, EngineError  # noqa: E402


def record(text="", **fields):
    empty = {k: [] for k in ("blocks", "sentences", "entities", "times", "places", "attributions", "events", "topics")}
    return {"dateline": 1, "id": "0", "source": {"id": "x", "path": "-"}, "article": {}, "text": text, **empty, **fields}


def event(confidence, source, target, cameo="042"):
    return {"cameo": cameo, "plover": "CONSULT", "confidence": confidence, "source": source, "target": target}


class Documents(unittest.TestCase):
    def test_title_becomes_the_headline_unless_the_text_opens_with_it(self):
        self.assertEqual(convert.document({"id": "a", "text": "\nBody.", "title": "Sud won"}),
                         {"id": "a", "text": "\nBody.", "headline": "Sud won"})
        self.assertEqual(convert.document({"id": "a", "text": "\nSud won\nBody.", "title": "Sud won"}),
                         {"id": "a", "text": "\nSud won\nBody."})

    def test_only_iso_dates_are_handed_over(self):
        self.assertEqual(convert.document({"id": "a", "text": "", "dct": "2031-05-04"})["date"], "2031-05-04")
        self.assertNotIn("date", convert.document({"id": "a", "text": "", "date": "Wed Nov 23"}))
        self.assertNotIn("date", convert.document({"id": "a", "text": "", "date": None}))

    def test_annotations_are_never_handed_over(self):
        self.assertEqual(set(convert.document({"id": "a", "text": "t", "events": [1], "markup": "m", "timexes": []})), {"id", "text"})


class Coreference(unittest.TestCase):
    """The scorer of eval/coreference.py on chains whose figures are known by hand."""

    GOLD = [["a", "b", "c"], ["d", "e", "f", "g"]]

    def figures(self, found, gold=None):
        tally = coreference.Tally()
        tally.add(gold or self.GOLD, found)
        return tally.figures()

    def test_the_same_chains_score_100(self):
        self.assertEqual(self.figures(self.GOLD)["conll"], 100)

    def test_nothing_found_scores_0(self):
        self.assertEqual(self.figures([])["conll"], 0)

    def test_muc_counts_links(self):
        # Of 2 + 3 gold links b-c and f-g, d-e are kept; all 3 links found are right.
        found = [["b", "c"], ["d", "e"], ["f", "g"]]
        self.assertEqual(self.figures(found)["muc"], {"p": 100, "r": 60, "f1": 75})

    def test_b_cubed_takes_the_share_of_each_mentions_chain(self):
        # One chain of all seven: precision (3 * 3/7 + 4 * 4/7) / 7, recall 1.
        figures = self.figures([["a", "b", "c", "d", "e", "f", "g"]])["b3"]
        self.assertAlmostEqual(figures["p"], 100 * 25 / 49, places=1)
        self.assertEqual(figures["r"], 100)

    def test_ceaf_aligns_each_chain_with_one(self):
        # The best alignment takes the second chain: 2 * 4 / (4 + 7).
        figures = self.figures([["a", "b", "c", "d", "e", "f", "g"]])["ceafe"]
        self.assertAlmostEqual(figures["p"], 100 * 8 / 11, places=1)
        self.assertAlmostEqual(figures["r"], 100 * 4 / 11, places=1)

    def test_assignment_beats_the_greedy_choice(self):
        self.assertEqual(coreference.assignment([[9, 8], [8, 1]]), 16)
        self.assertEqual(coreference.assignment([[1, 2, 3]]), 3)
        self.assertEqual(coreference.assignment([]), 0)

    def test_chains_are_read_from_corefud_marks(self):
        conllu = ("1-2\tAnn's\t_\t_\t_\t_\t_\t_\t_\t_\n"
                  "1\tAnn\t_\t_\t_\t_\t3\tx\t_\tEntity=(e2-3(e1-1)\n2\t's\t_\t_\t_\t_\t1\tx\t_\t_\n"
                  "3\tcar\t_\t_\t_\t_\t0\troot\t_\tEntity=e2)\n"
                  "4\tit\t_\t_\t_\t_\t3\tx\t_\tEntity=(e2-1)|NER=O\n\n")
        self.assertEqual(convert.chains(conllu, "Ann's car it"), [[[0, 3, 0]], [[0, 9, 6], [10, 12, 10]]])


class Facts(unittest.TestCase):
    def test_times_of_all_stories_of_a_document(self):
        time = {"start": 1, "end": 4, "type": "DATE", "value": "2031", "mod": None}
        self.assertEqual(convert.times([record(times=[time]), record(times=[time])])["timexes"],
                         2 * [{"start": 1, "end": 4, "type": "DATE", "value": "2031"}])

    def test_places_without_coordinates_have_none(self):
        place = {"start": 1, "end": 4, "name": "Halvik", "country": "NLD", "literal": True}
        self.assertEqual(convert.places([record(places=[place, {**place, "lat": 1.5, "lon": 2, "geonameid": 7}])])["toponyms"],
                         [{"start": 1, "end": 4, "name": "Halvik", "literal": True},
                          {"start": 1, "end": 4, "name": "Halvik", "literal": True, "lat": 1.5, "lon": 2, "geonameid": 7}])

    def test_attributions_are_span_lists(self):
        said = {"source": {"spans": [[0, 2]], "entity": "e1"}, "cue": {"spans": [], "lemma": "say"}, "content": {"spans": [[3, 9]]}}
        self.assertEqual(convert.attributions([record(attributions=[said])])["attributions"],
                         [{"source": [[0, 2]], "cue": [], "content": [[3, 9]]}])

    def test_events_are_one_row_an_actor_pair_most_certain_first(self):
        entities = [{"id": "e1", "actor": "NLDGOV"}, {"id": "e2", "country": "SDN"}]
        rows = convert.events([record(entities=entities, events=[
            event(0.5, [{"actor": "IGO"}], []),
            event(0.9, [{"entity": "e1"}], [{"entity": "e2"}, {"actor": "FRA", "entity": "e2"}])])])["events"]
        self.assertEqual([(r["source_code"], r["target_code"]) for r in rows],
                         [("NLDGOV", "SDN"), ("NLDGOV", "FRA"), ("IGO", None)])

    def test_the_same_row_twice_is_one(self):
        self.assertEqual(len(convert.events([record(events=2 * [event(0.5, [{"actor": "A"}], [])])])["events"]), 1)


class Actors(unittest.TestCase):
    """Codes of gold actor texts against what the engine says of those texts."""
    TEXT = "Gr\u00fcnland's army warned Norland."
    CODES = type("Rules", (), {"ROLES": {"GOV", "MIL", "REB", "CVL", "CIV"}, "country": staticmethod(lambda c: (c or "")[:3] or None)})

    def entity(self, start, end, **fields):
        return {"mentions": [{"start": start, "end": end}], **fields}

    def score(self, gold, *entities, places=()):
        document = {"id": "x", "text": self.TEXT, "events": [{"source": [gold], "target": None}]}
        found = actors.score([document], {"x": [record(self.TEXT, entities=list(entities), places=list(places))]}, self.CODES)
        return [found[f]["right"] for f in actors.FIELDS]

    def test_spans_count_bytes(self):
        self.assertEqual(actors.find_span(self.TEXT, "army"), (12, 16))
        self.assertIsNone(actors.find_span(self.TEXT, "navy"))

    def test_the_mention_that_covers_most_tells_the_code(self):
        gold = {"text": "Gr\u00fcnland's army", "code": "GRN", "sector": "MIL"}
        self.assertEqual(self.score(gold, self.entity(0, 9, country="GRN"), self.entity(0, 16, actor="GRNMIL")), [[1, 1]] * 3)

    def test_country_and_sector_are_told_apart(self):
        gold = {"text": "army", "code": "GRN", "sector": "MIL"}
        self.assertEqual(self.score(gold, self.entity(12, 16, actor="GRNREB")), [[1, 1], [0, 1], [0, 1]])
        self.assertEqual(self.score(gold, self.entity(12, 16, actor="XXXMIL")), [[0, 1], [1, 1], [0, 1]])

    def test_names_of_peoples_are_no_roles(self):
        gold = {"text": "army", "code": "GRN", "sector": "CIVsrp"}
        self.assertEqual(self.score(gold, self.entity(12, 16, actor="GRNCVL")), [[1, 1]] * 3)

    def test_a_country_that_is_spelt_like_a_role_has_no_role(self):
        gold = {"text": "army", "code": "CIV", "sector": None}
        self.assertEqual(self.score(gold, self.entity(12, 16, actor="CIV")), [[1, 1]] * 3)

    def test_a_place_stands_for_its_country_where_nobody_is_found(self):
        gold = {"text": "Norland", "code": "NOR", "sector": None}
        self.assertEqual(self.score(gold, places=[{"start": 24, "end": 31, "country": "NOR"}]), [[1, 1]] * 3)

    def test_what_the_sentence_does_not_say_is_not_counted(self):
        self.assertEqual(self.score({"text": "navy", "code": "GRN"}), [[0, 0]] * 3)


class Articles(unittest.TestCase):
    def test_body_blocks_and_positions(self):
        text = "Head\nÉin  satz.\nREAD: x\nTwo."
        blocks = [{"kind": "headline", "start": 0, "end": 4}, {"kind": "paragraph", "start": 5, "end": 16},
                  {"kind": "related", "start": 17, "end": 24}, {"kind": "utterance", "start": 25, "end": 29, "speaker": "Ann"}]
        got = convert.article(record(text, blocks=blocks, article={
            "headline": "Head", "relatedLink": [{"label": "READ", "headline": "x", "start": 23, "end": 24}]}))
        self.assertEqual(got["blocks"], [{"type": "paragraph", "text": "Éin satz."},
                                         {"type": "utterance", "text": "Two.", "speaker": "Ann"}])
        self.assertEqual(got["relatedLink"], [{"label": "READ", "headline": "x", "position": 1}])
        self.assertEqual(got["headline"], "Head")


def conllu(*words):
    """Rows "ID FORM [NER]"; "" ends a sentence."""
    lines = ["# newdoc id = d0"]
    for word in words:
        cells = word.split(" ")
        lines.append("\t".join([cells[0], cells[1], *"______", "_", f"NER={cells[2]}" if len(cells) > 2 else "_"]) if word else "")
    return "\n".join(lines) + "\n\n"


class Words(unittest.TestCase):
    def test_surfaces_are_ranges_and_words_outside_them(self):
        rows = convert.surfaces(conllu("1-2 can't", "1 ca", "2 not", "3 go", "", "1 Stop"))
        self.assertEqual([r[1] for r in rows], ["can't", "go", "Stop"])

    def test_the_same_characters_stay_as_they_are(self):
        text = conllu("1 Go", "2 on")
        self.assertIs(convert.restore(text, "Go  on\n"), text)

    def test_what_normalisation_changed_comes_back(self):
        for name, forms, text, want in (
                ("entity", ["AT", "&", "T", "said", "it", "would"], "AT&amp;T said it would", ["AT", "&amp;", "T", "said", "it", "would"]),
                ("soft hyphen", ["co", "op", "went", "on"], "co\u00adop went on", ["co\u00ad", "op", "went", "on"]),
                ("lost at the end", ["Go", "on"], "Go on\u200b", ["Go", "on\u200b"]),
                ("lost at the start", ["Go", "on"], "\ufeffGo on", ["\ufeffGo", "on"])):
            with self.subTest(name):
                words = conllu(*(f"{n} {form}" for n, form in enumerate(forms, 1)))
                self.assertEqual([r[1] for r in convert.surfaces(convert.restore(words, text))], want)

    def test_every_restored_text_has_the_characters_asked_for(self):
        text = "“Ann &amp; Bo”,\u00a0it said\u00ad ... &quot;no&quot; \u200bend"
        words = "“ Ann & Bo ” , it said ... \" no \" end".split()
        got = convert.restore(conllu(*(f"{n} {w}" for n, w in enumerate(words, 1))), text)
        self.assertEqual("".join(r[1] for r in convert.surfaces(got)), convert.solid(text))

    def test_tags_a_line_a_token(self):
        text = conllu("1-2 Ann's", "1 Ann B-PER", "2 's", "3 car", "", "1-2 can't", "1 can B-X", "2 not")
        self.assertEqual(convert.bio_lines(text), "Ann\tB-PER\n's\tO\ncar\tO\n\ncan't\tB-X\n\n")

    def test_documents_of_tags(self):
        text = "# newdoc id = a\n# types = PER\nAnn\tB-PER\tx\tSpaceAfter=No\n,\tO\tx\t_\nhi\tO\tx\t_\n\n#\tO\tx\t_\n\n# newdoc id = b\nBo\tB-PER\n"
        self.assertEqual(convert.conll_documents(text), [{"id": "d0", "text": "Ann, hi\n\n#"}, {"id": "d1", "text": "Bo"}])


class Sets(unittest.TestCase):
    def test_names_of_files(self):
        for file, name in (("ewt.dev.conllu.gz", "syntax/ewt.dev"), ("pud.test.conllu", "syntax/pud.test"), ("dev.conllu.gz", "syntax/dev")):
            self.assertEqual(sets.set_name("syntax", pathlib.Path(file)), name)

    def test_training_files_are_no_gold(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("train.conllu.gz", "a.train.conllu.gz", "agreement.conllu", "README.md", "a.dev.conllu.gz", "b.conllu", "c.txt"):
                pathlib.Path(folder, name).write_bytes(b"")
            gold = [p.name for p in sorted(pathlib.Path(folder).iterdir()) if sets.is_gold(p, ("*.conllu",))]
        self.assertEqual(gold, ["a.dev.conllu.gz", "b.conllu"])

    def test_only_chooses_folders_and_sets(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("time/a.jsonl", "time/b.jsonl", "events/c.jsonl"):
                path = pathlib.Path(folder, name)
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(b"")
            names = lambda *only: [s.name for s in sets.find_sets(pathlib.Path(folder), pathlib.Path(folder), only)]
            self.assertEqual(names("time"), ["time/a", "time/b"])
            self.assertEqual(names("time/b", "events"), ["time/b", "events/c"])
            self.assertIn("places", names())

    def test_layout_figures(self):
        said = "stories 3  all right 2  stories too many 1  block F1 0.950  fields right 11/12\nheadline 3/3  dateText 1/2\n"
        self.assertEqual(sets.layout_figures(said), {
            "all right": [2, 3], "stories too many": 1, "block f1": 0.95, "fields right": [11, 12],
            "fields": {"headline": [3, 3], "dateText": [1, 2]}})


class Table(unittest.TestCase):
    def test_shares_and_per_cent_both_show_as_per_cent(self):
        for name, value, want in (("events/a", 0.5, "50.0"), ("syntax/a", 0.5, "0.5"), ("attributions/a", 1.0, "100.0"),
                                  ("stories", [3, 4], "3/4"), ("ner/a", None, "-"), ("seed/article", 1.0, "100.0")):
            self.assertEqual(report.shown(name, value), want)


class Check(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name, "recorded.json")

    def check(self, before, now):
        report.record(self.path, "dateline 0", before)
        with contextlib.redirect_stdout(io.StringIO()):
            return report.check(self.path, now)

    def test_a_drop_fails(self):
        figures = lambda f1: {"ner/a": {"all": {"f1": f1}, "untyped": {"f1": 50.0}}}
        self.assertEqual(self.check(figures(70.0), figures(70.0)), 0)
        self.assertEqual(self.check(figures(70.0), figures(71.0)), 0)
        self.assertEqual(self.check(figures(70.0), figures(69.99)), 1)
        self.assertEqual(self.check(figures(70.0), {"ner/a": {"error": "x"}}), 1)
        self.assertEqual(self.check(figures(70.0), {}), 0)

    def test_less_is_better_for_extra_and_never(self):
        figures = lambda extra: {"stories": {"total": {"extra": [extra, 10], "events": [3, 4]}}}
        self.assertEqual(self.check(figures(2), figures(2)), 0)
        self.assertEqual(self.check(figures(2), figures(1)), 0)
        self.assertEqual(self.check(figures(2), figures(3)), 1)


FAKE_ENGINE = '''
import json, sys
args = sys.argv[1:]
if args == ["--version"]:
    print("dateline 0.0.0")
elif "--conllu" in args:
    for line in sys.stdin:
        d = json.loads(line)
        print("# newdoc id = " + d["id"])
        for n, word in enumerate(d["text"].split(), 1):
            print(n, word, *"______", "_", "_" if word.islower() else "NER=B-PER", sep="\\t")
        print()
else:
    for line in sys.stdin:
        d = json.loads(line)
        empty = {k: [] for k in ("blocks", "entities", "places", "attributions", "events")}
        print(json.dumps({"source": {"id": d["id"]}, "text": d["text"], "times": [{"start": 0, "end": 6, "type": "DATE", "value": d["date"]}], **empty}))
'''
FAKE_TIME_SCORER = '''
import json, sys
gold, system = ({d["id"]: d["timexes"] for d in map(json.loads, open(p))} for p in sys.argv[1:3])
assert sys.argv[3] == "--json"
right = sum(g["value"] == s["value"] for k in gold for g, s in zip(gold[k], system[k]))
print(json.dumps({"all": {"strict": {"f1": 100.0 * right / len(gold)}, "relaxed": {"f1": 0}, "value_f1": 0}}))
'''
FAKE_NER_SCORER = '''
def score(gold, system):
    tags = lambda text: [l.split("\\t")[1] for l in text.split("\\n") if "\\t" in l]
    right = sum(a == b for a, b in zip(tags(gold), tags(system)))
    return [("all", 1, 1, 1, 0.0, 0.0, 100.0 * right / len(tags(gold))), ("untyped", 1, 1, 1, 0.0, 0.0, 0.0)]
'''


class WholeRun(unittest.TestCase):
    """eval/run on an invented gold folder, with an engine and scorers that are as simple as can be."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.root = pathlib.Path(self.temporary.name)
        self.engine = self.write("engine", f"#!{sys.executable}\n{FAKE_ENGINE}")
        self.engine.chmod(0o755)
        documents = [{"id": "a", "dct": "2031-05-04", "text": "Sunday it rained", "timexes": [{"value": "2031-05-04"}]},
                     {"id": "b", "dct": "2031-05-05", "text": "Monday it did not", "timexes": [{"value": "2031"}]}]
        self.write("gold/time/first.test.jsonl.gz", gzip.compress("".join(json.dumps(d) + "\n" for d in documents).encode()))
        self.write("gold/ner/names.dev.conll", "# newdoc id = x\nAnn\tB-PER\nsaid\tO\n\nno\tO\nHalvik\tB-LOC\n")
        self.write("gold/ner/names.train.conll", "broken")
        self.write("scorers/time/score_time.py", FAKE_TIME_SCORER)
        self.write("scorers/ner/score_ner.py", FAKE_NER_SCORER)

    def write(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else textwrap.dedent(content).encode())
        return path

    def run_eval(self, *arguments, gold="gold"):
        return subprocess.run([sys.executable, ROOT / "eval" / "run", "--gold", self.root / gold, "--scorers", self.root / "scorers",
                               "--dateline", self.engine, *arguments], capture_output=True, text=True, check=False)

    def test_figures_of_every_set_and_reasons_for_the_skipped(self):
        out = self.root / "out.json"
        done = self.run_eval("--json", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        result = json.loads(out.read_text())
        self.assertEqual(result["engine"], "dateline 0.0.0")
        self.assertEqual(set(result["sets"]), {"time/first.test", "ner/names.dev"})
        self.assertEqual(result["sets"]["time/first.test"]["all"]["strict"]["f1"], 50.0)
        self.assertEqual(result["sets"]["ner/names.dev"]["all"]["f1"], 75.0)
        self.assertIn("events           skipped: no gold", done.stdout)

    def test_check_passes_then_fails(self):
        recorded = self.root / "recorded.json"
        self.assertEqual(self.run_eval("--record", recorded).returncode, 0)
        self.assertEqual(self.run_eval("--check", recorded).returncode, 0)
        recorded.write_text(recorded.read_text().replace("75.0", "75.1"))
        self.assertEqual(self.run_eval("--check", recorded).returncode, 1)

    def test_without_gold_it_says_so(self):
        done = self.run_eval(gold="nowhere")
        self.assertEqual(done.returncode, 0)
        self.assertIn("skipped: eval (no gold at", done.stdout)

    def test_without_program_it_names_the_remedy(self):
        self.engine.unlink()
        done = self.run_eval()
        self.assertEqual(done.returncode, 2)
        self.assertIn("build it or name it with --dateline", done.stderr)


@unittest.skipUnless(os.path.exists(os.environ.get("DATELINE", "")), "no program built")
class RealEngine(unittest.TestCase):
    def setUp(self):
        self.engine = Engine(os.environ["DATELINE"])
        try:
            self.engine.version()
        except EngineError as error:
            self.skipTest(str(error))

    def test_plain_text_keeps_every_character(self):
        text = "READ MORE: a\n\nBy Ann\n\nIt isn't so.\nHALVIK (NPA) - one, two\n\n&amp; Ends\n"
        words = self.engine.conllu([{"id": "gold", "text": text}])["gold"]
        restored = convert.restore(words, text)
        self.assertEqual("".join(convert.solid(r[1]) for r in convert.surfaces(restored)), convert.solid(text))

    def test_records_carry_the_caller_s_id_and_offsets_of_the_given_text(self):
        text = "On May 4, 2031 the caf\u00e9 &amp; bar in Paris closed, Ann Lee said."
        found = self.engine.records([{"id": "k/1", "text": text, "headline": "Paris in May 2031", "date": "2031-05-04"}], plain=False)
        self.assertEqual(list(found), ["k/1"])
        for story in found["k/1"]:
            for fact in [*story["times"], *story["places"]]:
                self.assertLessEqual(fact["end"], len(text.encode()))
        spans = [text.encode()[p["start"]:p["end"]] for story in found["k/1"] for p in story["places"]]
        self.assertLessEqual(set(spans), {b"Paris"})


if __name__ == "__main__":
    unittest.main()
