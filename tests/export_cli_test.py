"""Exports read back by parsers that are not ours: Python's own for CSV, JSON and XML, networkx where it is installed."""

import csv
import io
import json
import re
import unittest
import xml.etree.ElementTree as ElementTree

from archive_cli_test import InFolder, VISIT, run

try:
    import networkx
except ImportError:
    networkx = None

SHELLS = """Northern forces shell Kharkiv

KYIV, April 7, 2031 (Wire) - Russian forces shelled the Ukrainian city of Kharkiv on Monday, killing at least 12 people.

"We will not yield; we stay," Ukrainian President Volodymyr Zelenskyy said on Tuesday. Ukraine condemned the attack.
"""


class Exporting(InFolder):
    def setUp(self):
        super().setUp()
        self.write("in/a.txt", VISIT)
        self.write("in/b.txt", SHELLS)
        self.add(self.folder / "in")

    def export(self, form, *more, code=0):
        done = run("export", self.archive, "--as", form, *more)
        self.assertEqual(done.code, code, done.err)
        return done.out

    def tab_rows(self, form, *more):
        return list(csv.reader(io.StringIO(self.export(form, *more)), delimiter="\t", quoting=csv.QUOTE_NONE))

    def text(self, number):
        return run("story", self.archive, str(number)).lines()[0]["text"]

    def test_gkg_rows_point_into_the_text(self):
        rows = self.tab_rows("gkg2")
        self.assertEqual([len(row) for row in rows], [27, 27])
        for number, row in enumerate(rows, 1):
            text = self.text(number)
            self.assertRegex(row[0], rf"^\d{{14}}-{number}$")
            self.assertRegex(row[1], r"^2031\d{10}$")
            for block in filter(None, row[12].split(";")):
                name, offset = block.rsplit(",", 1)
                self.assertEqual(text[int(offset):][:1], name[:1])
            for block in filter(None, row[10].split(";")):
                parts = block.split("#")
                self.assertEqual(len(parts), 9)
                self.assertIn(parts[0], "12345")
                self.assertTrue(-90 <= float(parts[5]) <= 90 and -180 <= float(parts[6]) <= 180)
            for block in filter(None, row[22].split("#")):
                offset, length, verb, quote = block.split("|")
                self.assertEqual(text[int(offset):][:int(length)], quote)
                self.assertEqual(verb, "said")
        self.assertIn("wang yi", rows[0][11].split(";"))
        self.assertIn("KILL#12#", rows[1][5])
        self.assertEqual(sum(bool(row[22]) for row in rows), 2)

    def test_polecat_has_its_header_and_lists(self):
        header, *rows = self.tab_rows("polecat")
        self.assertEqual(len(header), 40)
        events = [dict(zip(header, row)) for row in rows]
        self.assertTrue(all(len(row) == 40 and all(row) for row in rows))
        attack = [event for event in events if event["Event Type"] == "ASSAULT"][0]
        self.assertEqual((attack["Event Date"], attack["Quad Code"]), ("2031-04-07", "MATERIAL CONFLICT"))
        self.assertEqual((attack["Actor Country"], attack["City"]), ("Russia", "Kharkiv"))
        self.assertRegex(attack["Event ID"], r"^2_\d+$")
        self.assertIn("Volodymyr Zelenskyy", attack["Story People"].split("; "))

    def test_plover_lines_point_into_the_text(self):
        events = [json.loads(line) for line in self.export("plover").splitlines()]
        self.assertTrue(events)
        for event in events:
            self.assertLessEqual({"id", "date", "actor", "recipient", "event"}, event.keys())
            info, text = event["text_info"], self.text(int(event["id"].split("_")[0]))
            self.assertEqual(text[info["start"]:info["end"]], event["event_text"][0])
        attack = [event for event in events if event["event"] == ["ASSAULT"]][0]
        self.assertEqual(attack["size"], {"dead": 12})
        self.assertEqual(attack["event_loc"]["country_code"], "UKR")

    def test_geojson_is_a_collection_of_points(self):
        collection = json.loads(self.export("geojson"))
        self.assertEqual(collection["type"], "FeatureCollection")
        self.assertTrue(collection["features"])
        for feature in collection["features"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            self.assertTrue(20 < longitude < 45 and 45 < latitude < 60)
            self.assertIn("goldstein", feature["properties"])
        self.assertEqual(json.loads(self.export("geojson", "--source", "BRA"))["features"], [])
        near = json.loads(self.export("geojson", "--near", "Kharkiv,20km"))["features"]
        self.assertEqual({feature["properties"]["place"] for feature in near}, {"Kharkiv"})

    def test_json_ld_references_resolve(self):
        document = json.loads(self.export("json-ld"))
        self.assertEqual(document["@context"], "https://schema.org")
        first = document["@graph"][0]
        self.assertEqual((first["@type"], first["headline"]), ("NewsArticle", "Envoys meet in Moscow"))
        self.assertTrue(first["articleBody"].startswith("China's foreign minister"))
        known = {thing["@id"] for article in document["@graph"] for thing in article["mentions"]}
        named = [side["@id"] for article in document["@graph"] for event in article["about"]
                 for key in ("organizer", "about") for side in event.get(key, []) if "@id" in side]
        self.assertTrue(named)
        self.assertLessEqual(set(named), known)

    def test_brat_files_agree_with_their_text(self):
        target = self.folder / "brat"
        self.assertEqual(self.export("brat", "--to", target), "")
        configuration = (target / "annotation.conf").read_text()
        self.assertEqual(re.findall(r"^\[(\w+)\]$", configuration, re.MULTILINE),
                         ["entities", "relations", "events", "attributes"])
        for number in (1, 2):
            text = (target / f"{number}.txt").read_text(encoding="utf-8")
            ids, events = set(), 0
            for line in (target / f"{number}.ann").read_text(encoding="utf-8").splitlines():
                kind, *fields = line.split("\t")
                if kind[0] == "T":
                    name, spans = fields[0].split(" ", 1)
                    self.assertIn(name, configuration)
                    parts = [text[int(a):int(b)] for a, b in (span.split() for span in spans.split(";"))]
                    self.assertEqual(" ".join(parts), fields[1])
                    ids.add(kind)
                if kind[0] == "E":
                    events += 1
                    self.assertLessEqual({part.split(":")[1] for part in fields[0].split()}, ids)
            self.assertGreater(events, 1)

    def test_brat_and_timeml_want_a_folder(self):
        self.export("brat", code=2)
        self.export("gkg2", "--to", self.folder / "x", code=2)

    def test_conllu_is_what_read_writes(self):
        out = self.export("conllu")
        expected = run("read", "--conllu", self.folder / "in").out
        self.assertEqual(out, expected)
        for line in out.splitlines():
            if line and not line.startswith("#"):
                self.assertEqual(len(line.split("\t")), 10)

    def test_timeml_keeps_the_text(self):
        target = self.folder / "timeml"
        self.export("timeml", "--to", target)
        for number, day in ((1, "2031-03-04"), (2, "2031-04-07")):
            root = ElementTree.parse(target / f"{number}.tml").getroot()
            self.assertEqual(root.tag, "TimeML")
            self.assertEqual("".join(root.find("TEXT").itertext()), self.text(number))
            self.assertIn(day, [time.get("value") for time in root.find("TEXT").iter("TIMEX3")])
            created = root.find("DCT/TIMEX3")
            self.assertEqual(created.get("functionInDocument"), "CREATION_TIME")

    def test_networks_are_graphs(self):
        ties = run("network", self.archive, "--format", "jsonl").lines()
        gexf = ElementTree.fromstring(self.export("gexf").encode())
        space = {"g": "http://www.gexf.net/1.2draft"}
        labels = {node.get("id"): node.get("label") for node in gexf.iterfind(".//g:node", space)}
        edges = {(labels[e.get("source")], labels[e.get("target")]): float(e.get("weight"))
                 for e in gexf.iterfind(".//g:edge", space)}
        self.assertEqual(edges, {(tie["source"], tie["target"]): tie["events"] for tie in ties})
        graphml = ElementTree.fromstring(self.export("graphml").encode())
        self.assertEqual(len(graphml.findall(".//{*}edge")), len(ties))
        self.assertIn("Wang Yi", self.export("graphml", "--by", "name"))

    @unittest.skipIf(networkx is None, "networkx is not installed")
    def test_networkx_reads_networks(self):
        ties = {(tie["source"], tie["target"]): tie for tie in run("network", self.archive).lines()}
        for form, read in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
            path = self.write(f"net.{form}", self.export(form))
            graph = read(path)
            self.assertTrue(graph.is_directed())
            names = networkx.get_node_attributes(graph, "label")
            self.assertEqual(graph.number_of_edges(), len(ties))
            for source, target, data in graph.edges(data=True):
                tie = ties[names[source], names[target]]
                self.assertEqual(data["weight"], tie["events"])
                self.assertAlmostEqual(data["goldstein_sum"], tie["goldstein_sum"], places=2)

    def test_safe_csv_makes_formulas_inert(self):
        self.write("in/c.txt", VISIT.replace("Envoys meet in Moscow", "=HYPERLINK(1) envoys meet"))
        archive = self.folder / "other.db"
        self.assertEqual(run("add", archive, self.folder / "in/c.txt").code, 0)
        asked = "SELECT '=1+1' AS a, -2 AS b"
        self.assertEqual(run("sql", archive, asked, "--format", "tsv").out, "a\tb\n=1+1\t-2\n")
        self.assertEqual(run("sql", archive, asked, "--format", "tsv", "--safe-csv").out, "a\tb\n'=1+1\t-2\n")
        plain = run("events", archive, "--format", "tsv").out
        safe = run("events", archive, "--format", "tsv", "--safe-csv").out
        self.assertIn("\t=HYPERLINK", plain)
        self.assertIn("\t'=HYPERLINK", safe)
        self.assertNotIn("\t=", safe)


class Counting(InFolder):
    def setUp(self):
        super().setUp()
        self.write("in/a.txt", VISIT)
        self.write("in/b.txt", SHELLS)
        self.add(self.folder / "in")

    def test_every_form_tells_the_same(self):
        base = ["timeline", self.archive, "CHN", "RUS", "--by", "month"]
        lines = run(*base).lines()
        self.assertEqual([line["month"] for line in lines], ["2031-03"])
        self.assertEqual(lines[0]["verbal_cooperation"], lines[0]["events"])
        rows = list(csv.DictReader(io.StringIO(run(*base, "--format", "csv").out)))
        self.assertEqual(int(rows[0]["events"]), lines[0]["events"])
        tabs = list(csv.DictReader(io.StringIO(run(*base, "--format", "tsv").out), delimiter="\t"))
        self.assertEqual(tabs, rows)
        self.assertTrue(run(*base, "--format", "markdown").out.startswith("| month |"))
        self.assertIn("2031-03", run(*base, "--format", "table").out)

    def test_plots(self):
        plot = run("timeline", self.archive, "RUS", "--by", "week", "--format", "plot").out
        self.assertIn("2031-W10", plot)
        self.assertIn("█", plot)
        root = ElementTree.fromstring(run("timeline", self.archive, "RUS", "--format", "svg").out)
        self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
        told = [node.text for node in root.iter("{http://www.w3.org/2000/svg}title")]
        self.assertTrue(any("2031-04" in text for text in told))

    def test_bounds_and_filters(self):
        self.assertEqual(run("timeline", self.archive, "CHN", "--since", "2032").code, 1)
        lines = run("timeline", self.archive, "RUS", "--near", "Kharkiv,10km").lines()
        self.assertEqual([line["month"] for line in lines], ["2031-04"])
        ties = run("network", self.archive, "--about", "UKR", "--code", "19").lines()
        self.assertEqual([(tie["source"], tie["target"]) for tie in ties], [("RUS", "UKR")])

    def test_usage(self):
        for arguments in (["timeline", self.archive], ["timeline", self.archive, "CHN", "--format", "png"],
                          ["network"], ["network", self.archive, "--by", "week"],
                          ["timeline", self.archive, "CHN", "--near", "Moscow"],
                          ["events", self.archive, "--format", "pdf"], ["search", self.archive, "x", "--format", "x"]):
            self.assertEqual(run(*arguments).code, 2, arguments)
        done = run("timeline", self.archive, "CHN", "--near", "Nowhereville Upon Xyz,5km")
        self.assertEqual(done.code, 1)
        self.assertIn("no place is called", done.err)

    def test_formats_of_facts(self):
        stories = self.folder / "in"
        for command in ("events", "quotes"):
            for form in ("tsv", "markdown", "jsonl"):
                self.assertEqual(run(command, self.archive, "--format", form).out,
                                 run(command, stories, "--format", form).out)
            table = run(command, self.archive, "--format", "table").out
            self.assertIn("story", table.splitlines()[0])
            self.assertEqual(run(command, stories, "--format", "table").code, 2)
            self.assertEqual(run(command, self.archive, "--format", "csv").out,
                             run(command, self.archive, "--csv").out)
        found = run("search", self.archive, "Moscow", "--format", "tsv").out
        self.assertEqual(found.split("\n")[0].split("\t")[:2], ["story", "id"])

    def test_a_stored_fact_is_explained(self):
        events = run("events", self.archive, "--code", "19").lines()
        number = run("sql", self.archive, "SELECT story FROM events WHERE cameo LIKE '19%'").lines()[0]["story"]
        done = run("explain", self.archive, str(number), events[0]["event"]["id"])
        self.assertEqual(done.code, 0, done.err)
        self.assertIn("✓", done.out)
        self.assertIn(events[0]["event"]["rule"], done.out)
        self.assertNotIn("condemned", done.out)
        self.assertIn("condemned", run("explain", self.archive, str(number)).out)
        quoted = run("explain", self.archive, str(number), "a1")
        self.assertEqual(quoted.code, 0, quoted.err)
        missing = run("explain", self.archive, str(number), "v99")
        self.assertEqual(missing.code, 1)
        self.assertIn("has no 'v99'", missing.err)
        self.assertEqual(run("explain", self.archive).code, 2)


if __name__ == "__main__":
    unittest.main()
