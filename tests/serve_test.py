"""The server from outside: every operation of docs/api/openapi.json against what is served, the same answers
as the command line's, and what strangers may try."""

import contextlib
import csv
import gzip
import http.client
import io
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

DATELINE = os.path.abspath(os.environ.get("DATELINE", "build/dev/bin/dateline"))
ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = json.loads((ROOT / "docs/api/openapi.json").read_text(encoding="utf-8"))
WAIT = 60  # seconds, on a machine that does other things too

PAIRS = [("Chinese Foreign Minister Wang Yi", "Russian President Vladimir Putin", "Moscow"),
         ("French President Emmanuel Macron", "German Chancellor Olaf Scholz", "Paris"),
         ("Turkish President Recep Tayyip Erdogan", "Iranian President Hassan Rouhani", "Ankara")]
DEEDS = ["met", "criticized", "praised", "threatened"]
EVIL = "& \"quotes\" é漢𝄞"


def story(i):
    who, whom, where = PAIRS[i % len(PAIRS)]
    return {"headline": f"Talks number {i} in {where}" + (f" {EVIL}" if i == 5 else ""),
            "date": f"2031-{i % 6 + 1:02d}-{i % 28 + 1:02d}", "section": ["World", "Business"][i % 2],
            "publisher": ["Wire", "Daily Brenn", "Halvik Post"][i % 3],
            "text": f"{who} {DEEDS[i % 4]} {whom} in {where} on Tuesday over treaty number {i}.\n\n"
                    f"\"Our ties will grow in year {i},\" {who.split()[-1]} said after the talks about point {i}. "
                    f"Officials of the ministry said that round {i} took {i + 2} hours."}


STORIES = [story(i) for i in range(30)]
NEW = """Envoys sign pact in Brenn

BRENN, March 5, 2031 (Wire) - British Prime Minister Keir Starmer met Italian Prime Minister Giorgia Meloni in London on Tuesday.
"""
ALERTS = "ties: CHN does anything\nwords: anyone quotes \"Emmanuel Macron\" on ties\nwho: Wire mentions \"Wang Yi\"\n"


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def kind(self):
        return (self.headers.get("Content-Type") or "").split(";")[0]


class Server:
    """A server of its own on a free port of this machine."""

    def __init__(self, archive, *options):
        self.process = subprocess.Popen([DATELINE, "serve", str(archive), "--listen", "127.0.0.1:0", *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = self.process.stdout.readline().decode()
        if not line:
            raise AssertionError(self.process.stderr.read().decode())
        self.port = int(line.strip().rstrip("/").rsplit(":", 1)[1])
        self.host = f"127.0.0.1:{self.port}"
        self.log = []
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True)
        self.reader.start()

    def ask(self, method, target, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        try:
            connection.request(method, target, body=body,
                               headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return Answer(response, response.read())
        finally:
            connection.close()

    def get(self, target, **headers):
        return self.ask("GET", target, **headers)

    def raw(self, data, wait=WAIT):
        """What comes back to these bytes until the server closes, or nothing more comes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as link:
            link.sendall(data)
            got = b""
            with contextlib.suppress(TimeoutError, ConnectionResetError):
                while piece := link.recv(65536):
                    got += piece
            return got

    def stop(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(WAIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self.reader.join(WAIT)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


def run(*arguments, data=None):
    return subprocess.run([DATELINE, *map(str, arguments)], input=data, capture_output=True, check=False, timeout=300)


def lines(*arguments):
    return [json.loads(line) for line in run(*arguments).stdout.decode().splitlines()]


# ---- a validator of what the document says

def resolve(node):
    while "$ref" in node:
        target = DOCUMENT
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


KNOWN = {"$ref", "type", "description", "properties", "required", "additionalProperties", "items", "enum", "const", "pattern",
         "minimum", "maximum", "minItems", "maxItems", "maxLength", "default"}


def mistakes(value, schema, where="$"):
    """What of the value is not as the schema says, as lines."""
    if schema is True or schema == {}:
        return []
    schema = resolve(schema)
    unknown = set(schema) - KNOWN
    if unknown:
        return [f"{where}: the validator does not know {unknown}"]
    types = schema.get("type")
    if types and not any(is_type(value, name) for name in ([types] if isinstance(types, str) else types)):
        return [f"{where}: {value!r} is no {types}"]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value!r} is none of {schema['enum']}")
    if "const" in schema and value != schema["const"]:
        found.append(f"{where}: {value!r} is not {schema['const']!r}")
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append(f"{where}: {value!r} does not match {schema['pattern']}")
    if is_type(value, "number") and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        found.append(f"{where}: {value} is out of bounds")
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{where}: {len(value)} items")
        for i, item in enumerate(value):
            found += mistakes(item, schema.get("items", True), f"{where}[{i}]")
    if isinstance(value, dict):
        properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        found += [f"{where}: {name} is missing" for name in schema.get("required", []) if name not in value]
        for name, item in value.items():
            if name in properties:
                found += mistakes(item, properties[name], f"{where}.{name}")
            elif others is False:
                found.append(f"{where}: {name} is not described")
            elif others is not True:
                found += mistakes(item, others, f"{where}.{name}")
    return found


class ValidatorTest(unittest.TestCase):
    def test_it_finds_what_is_wrong(self):
        schema = {"type": "object", "required": ["a"], "additionalProperties": False,
                  "properties": {"a": {"type": "integer", "minimum": 1}, "b": {"type": "array", "items": {"enum": ["x"]}}}}
        self.assertEqual(mistakes({"a": 1, "b": ["x"]}, schema), [])
        for wrong in ({}, {"a": 0}, {"a": "1"}, {"a": True}, {"a": 1, "b": ["y"]}, {"a": 1, "c": 1}, []):
            self.assertTrue(mistakes(wrong, schema), wrong)


class ServedTest(unittest.TestCase):
    """One server for all that only reads."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        path = pathlib.Path(cls.folder.name)
        cls.archive = path / "news.db"
        (path / "stories.jsonl").write_text("\n".join(map(json.dumps, STORIES)), encoding="utf-8")
        (path / "alerts.txt").write_text(ALERTS, encoding="utf-8")
        added = run("add", cls.archive, path / "stories.jsonl")
        assert added.returncode == 0, added.stderr
        cls.server = Server(cls.archive, "--alerts", str(path / "alerts.txt"), *cls.options())

    @classmethod
    def options(cls):
        return []

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def ok(self, target, **headers):
        answer = self.server.get(target, **headers)
        self.assertEqual(answer.status, 200, (target, answer.body[:500]))
        return answer

    def pages(self, target, limit):
        """All items of a list, page by page."""
        items, cursor = [], ""
        for _ in range(1000):
            page = self.ok(f"{target}{'&' if '?' in target else '?'}limit={limit}{cursor}").json
            self.assertLessEqual(len(page["items"]), limit)
            items += page["items"]
            if "next" not in page:
                self.assertEqual(len(items), page["total"], target)
                return items
            cursor = "&cursor=" + urllib.parse.quote(page["next"])
        raise AssertionError("pages without end")


#: A request for each operation: method, target, body.
def operations(entity, fresh):
    api = "/api/v1"
    return {
        "health": ("GET", f"{api}/health", None), "openapi": ("GET", f"{api}/openapi.json", None),
        "metrics": ("GET", "/metrics", None), "archive": ("GET", f"{api}/archive", None),
        "codes": ("GET", f"{api}/codes", None), "listStories": ("GET", f"{api}/stories?limit=5", None),
        "addStories": ("POST", f"{api}/stories?offsets=utf16", NEW), "story": ("GET", f"{api}/stories/1", None),
        "storyText": ("GET", f"{api}/stories/1/text", None), "storyOriginal": ("GET", f"{api}/stories/1/original", None),
        "storyContext": ("GET", f"{api}/stories/1/context", None),
        "explainStory": ("GET", f"{api}/stories/1/explain?fact=v1&offsets=utf16", None),
        "explainText": ("POST", f"{api}/explain", "France condemned Russia."), "read": ("POST", f"{api}/read", NEW),
        "search": ("GET", f"{api}/search?q=talks&facets=true&limit=3", None),
        "events": ("GET", f"{api}/events?same=one-a-day", None), "quotes": ("GET", f"{api}/quotes?about=ties&by=Wang", None),
        "entities": ("GET", f"{api}/entities?q=wan", None), "entity": ("GET", f"{api}/entities/{entity}", None),
        "identities": ("GET", f"{api}/identities", None), "identity": ("GET", f"{api}/identities/1", None),
        "timeline": ("GET", f"{api}/timeline?one=CHN&other=RUS", None), "network": ("GET", f"{api}/network", None),
        "places": ("GET", f"{api}/places", None), "clusters": ("GET", f"{api}/clusters?least=1", None),
        "cluster": ("GET", f"{api}/clusters/1", None), "export": ("GET", f"{api}/export/geojson", None),
        "alerts": ("GET", f"{api}/alerts", None), "corrections": ("GET", f"{api}/corrections", None),
        "correct": ("POST", f"{api}/corrections", json.dumps({"story": 1, "fact": "v1", "not_an_event": True, "note": "no"})),
        "undoCorrection": ("DELETE", f"{api}/corrections/{fresh}", None),
    }


def documented():
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


class EveryOperation(ServedTest):
    def check(self, operation, answer):
        described = operation["responses"].get(str(answer.status))
        self.assertIsNotNone(described, (operation["operationId"], answer.status, answer.body[:300]))
        content = resolve(described).get("content", {})
        if not content:
            return
        self.assertIn(answer.kind, content, operation["operationId"])
        if answer.kind.endswith("json"):
            self.assertEqual(mistakes(answer.json, content[answer.kind]["schema"])[:5], [], operation["operationId"])

    def test_answers_as_the_document_says(self):
        entity = self.ok("/api/v1/entities?q=Wang%20Yi").json["items"][0]["entity"]
        asked = operations(entity, 1)
        described = {operation["operationId"]: operation for _, _, operation in documented()}
        self.assertEqual(sorted(asked), sorted(described))
        for name, (method, target, body) in asked.items():
            with self.subTest(name):
                answer = self.server.ask(method, target, body and body.encode())
                self.assertIn(answer.status, (200, 201), answer.body[:300])
                self.check(described[name], answer)

    def test_problems_are_as_the_document_says(self):
        for method, path, operation in documented():
            if path in ("/metrics", "/api/v1/openapi.json") or method != "GET":
                continue
            target = path.replace("{id}", "1").replace("{number}", "1").replace("{form}", "events.csv")
            answer = self.server.get(target + "?colour=red")
            with self.subTest(path):
                self.assertEqual(answer.status, 400, answer.body)
                self.assertEqual(answer.json["parameter"], "colour")
                self.check(operation, answer)

    def test_every_parameter_is_taken_and_checked(self):
        samples = {"near": "55.75,37.62,50km", "q": "talks", "about": "ties", "place": "RUS", "country": "CHN", "event": "04",
                   "code": "04", "cursor": "1.1.0", "fact": "v1", "columns": "date", "story": "1"}
        for method, path, operation in documented():
            target = path.replace("{id}", "1").replace("{form}", "events.csv").replace(
                "{number}", "1" if "clusters" in path or "identities" in path else str(self.ok("/api/v1/entities").json["items"][0]["entity"]))
            for parameter in map(resolve, operation.get("parameters", [])):
                if parameter["in"] != "query" or method != "GET":
                    continue
                schema, name = resolve(parameter["schema"]), parameter["name"]
                values = schema.get("enum") or [samples.get(name) or {
                    "integer": schema.get("minimum", 1), "number": "0.5", "boolean": "true"}.get(schema["type"]) or "2031-03"]
                for value in values:
                    with self.subTest(f"{path} {name}={value}"):
                        answer = self.server.get(f"{target}?{name}={urllib.parse.quote(str(value))}")
                        self.assertEqual(answer.status, 200, answer.body[:300])
                if schema["type"] != "string" or "enum" in schema or "pattern" in schema:
                    with self.subTest(f"{path} {name}=§"):
                        answer = self.server.get(f"{target}?{name}=%C2%A7")
                        self.assertIn(answer.status, (200, 400, 404))  # a pattern may find nothing
                        if "enum" in schema or schema["type"] != "string":
                            self.assertEqual(answer.status, 400, answer.body)

    def test_there_is_an_operation_for_each_that_is_served(self):
        self.assertEqual(self.ok("/api/v1/openapi.json").json, DOCUMENT)


class AsTheCommandLine(ServedTest):
    FILTERS = ["", "source=CHN", "target=RUS", "code=04", "status=occurred", "place=Paris", "place=RUS", "since=2031-03",
               "until=2031-02-10", "source=Wang%20Yi", "near=55.75,37.62,300km", "sure=0.6", "sure=0.95",
               "target=RUS&near=55.75,37.62,300km&sure=0.5", "source=FRA&code=11", "target=Putin&since=2031-02"]

    def option(self, query):
        return [part for name, value in urllib.parse.parse_qsl(query) for part in (f"--{name}", value)]

    def test_events_are_the_same(self):
        for query in self.FILTERS:
            with self.subTest(query):
                want = lines("events", "--jsonl", self.archive, *self.option(query))
                got = self.pages(f"/api/v1/events?{query}" if query else "/api/v1/events", 7)
                for item in got:
                    item.pop("number")
                self.assertEqual(got, want)
                if query in ("", "source=CHN", "place=Paris", "source=Wang%20Yi"):
                    self.assertGreater(len(want), 3)

    def test_a_bound_of_confidence_takes_some_events_out(self):
        sure = [item["event"]["confidence"] for item in self.pages("/api/v1/events", 500)]
        bound = sorted(sure)[len(sure) // 2]
        got = self.pages(f"/api/v1/events?sure={bound}", 500)
        self.assertEqual(len(got), sum(each >= bound for each in sure))
        self.assertLess(len(got), len(sure))
        for wrong in ("1.5", "-1", "half", "nan", "50%25"):
            answer = self.server.get(f"/api/v1/events?sure={wrong}")
            self.assertEqual((answer.status, answer.json["parameter"]), (400, "sure"), wrong)

    def test_events_told_many_times_are_the_same(self):
        for rule in ("one-a-day", "story", "cluster"):
            want = lines("events", "--jsonl", self.archive, "--same", rule)
            got = self.ok(f"/api/v1/events?same={rule}&limit=500").json["items"]
            for item in got:
                item.pop("number")
            self.assertEqual(got, want)

    def test_newest_first_is_the_other_way_around(self):
        forwards = [(i["number"], i["event"]["id"]) for i in self.pages("/api/v1/events", 500)]
        backwards = [(i["number"], i["event"]["id"]) for i in self.pages("/api/v1/events?newest=true", 9)]
        self.assertEqual(backwards, forwards[::-1])

    def test_quotes_are_the_same(self):
        for query in ("", "by=Wang", "about=ties", "since=2031-03&until=2031-04", "by=Macron&about=ties%20NOT%20war"):
            with self.subTest(query):
                want = lines("quotes", "--jsonl", self.archive, *self.option(query))
                got = self.pages(f"/api/v1/quotes?{query}" if query else "/api/v1/quotes", 11)
                for item in got:
                    item.pop("number")
                self.assertEqual(got, want)

    def test_search_is_the_same(self):
        for query in ("talks", "treaty Moscow", '"Wang Yi"', "headline:Paris OR Ankara", "tal* NOT Moscow"):
            with self.subTest(query):
                want = lines("search", "--jsonl", self.archive, query, "--limit", 100, "--from", "2031-02", "--to", "2031-05")
                got = self.pages(f"/api/v1/search?q={urllib.parse.quote(query)}&from=2031-02&to=2031-05", 6)
                self.assertEqual([hit["story"] for hit in got], [hit["story"] for hit in want])
                self.assertEqual(got, want)

    def test_series_are_the_same(self):
        for query in ("one=CHN&other=RUS", "one=FRA", "one=FRA&other=DEU&directed=true&by=week", "one=TUR&by=day&status=occurred",
                      "one=CHN&sure=0.6"):
            given = dict(urllib.parse.parse_qsl(query))
            options = [given["one"], *([given["other"]] if "other" in given else [])]
            options += ["--directed"] if "directed" in given else []
            by = given.get("by", "month")
            want = lines("timeline", self.archive, *options, "--by", by, "--format", "jsonl",
                         *(part for name in ("status", "sure") if name in given for part in (f"--{name}", given[name])))
            got = self.ok(f"/api/v1/timeline?{query}").json["points"]
            self.assertGreater(len(want), 1)
            self.assertEqual([{by: p.pop("period"), **{k: v for k, v in p.items() if not k.endswith("_day")}} for p in got], want)

    def test_networks_are_the_same(self):
        for query in ("", "by=actor", "by=name&least=2", "about=CHN", "code=04&about=Macron", "sure=0.6"):
            want = lines("network", self.archive, *self.option(query), "--format", "jsonl")
            got = self.pages(f"/api/v1/network?{query}" if query else "/api/v1/network", 3)
            self.assertEqual(got, want, query)

    def test_who_is_who_is_the_same(self):
        for query in ("", "name=wang", "name=yi%20wang&country=CHN", "type=organization", "country=FRA&type=person", "name=nobody",
                      "name=%22%20-"):
            with self.subTest(query):
                options = [part for name, value in urllib.parse.parse_qsl(query)
                           for part in ([value] if name == "name" else [f"--{name}", value])]
                want = lines("who", self.archive, "--jsonl", "--limit", 500, *options)
                got = self.pages(f"/api/v1/identities?{query}" if query else "/api/v1/identities", 2)
                short = [{k: v for k, v in who.items() if k not in ("roles", "evidence")} for who in want]
                self.assertEqual(got, short)
                for who in want:
                    self.assertEqual(self.ok(f"/api/v1/identities/{who['identity']}").json, who)
        self.assertEqual(self.ok("/api/v1/identities?name=wang").json["items"][0]["name"], "Wang Yi")
        for wrong in ("type=place", "country=China", "country=chn"):
            self.assertEqual(self.server.get(f"/api/v1/identities?{wrong}").status, 400, wrong)
        for none in ("9999", "0", "x"):
            self.assertEqual(self.server.get(f"/api/v1/identities/{none}").status, 404, none)

    def test_clusters_are_the_same(self):
        for query in ("least=1&limit=500", "about=Moscow&least=1&limit=500", "from=2031-03&least=1&newest=true&limit=500"):
            options = [f"--{n}" if v == "true" else f"--{n}={v}" for n, v in urllib.parse.parse_qsl(query)]
            want = lines("clusters", self.archive, "--jsonl", *options)
            self.assertEqual(self.ok(f"/api/v1/clusters?{query}").json["items"], want, query)
        self.assertEqual(self.ok("/api/v1/clusters/1").json, lines("clusters", self.archive, 1, "--jsonl")[0])

    def test_stories_are_the_same(self):
        self.assertEqual(self.ok("/api/v1/stories/3").json, lines("story", self.archive, 3, "--json")[0])
        record = self.ok("/api/v1/stories/3").json
        self.assertEqual(self.ok(f"/api/v1/stories/{record['id'][:12]}").json, record)
        self.assertEqual(self.ok("/api/v1/stories/3/text").body.decode(), record["text"])
        self.assertEqual(self.ok("/api/v1/stories/3/original").body, run("story", self.archive, 3, "--original").stdout)

    def test_files_are_the_same(self):
        for form in ("gdelt1", "gdelt2", "gdelt2-mentions", "icews", "phoenix", "polecat", "plover", "geojson", "gkg2", "json-ld",
                     "conllu", "gexf", "graphml"):
            with self.subTest(form):
                want = run("export", self.archive, "--as", form, "--since", "2031-02", "--sure", "0.6")
                self.assertEqual(self.ok(f"/api/v1/export/{form}?since=2031-02&sure=0.6").body, want.stdout)
        for unit, command in (("events", "events"), ("quotes", "quotes")):
            want = run(command, "--csv", self.archive).stdout
            self.assertEqual(self.ok(f"/api/v1/export/{unit}.csv").body, want)
            rows = list(csv.DictReader(io.StringIO(want.decode())))
            self.assertGreater(len(rows), 20)
        picked = self.ok("/api/v1/export/events.tsv?columns=date,cameo&source=CHN").body.decode().splitlines()
        want = lines("events", "--jsonl", self.archive, "--source", "CHN")
        self.assertEqual(picked, ["date\tcameo"] + [f"{i['event'].get('date', '')}\t{i['event']['cameo']}" for i in want])
        self.assertEqual(self.server.get("/api/v1/export/events.csv?columns=colour").status, 400)
        self.assertEqual(self.server.get("/api/v1/export/brat").status, 404)
        records = self.ok("/api/v1/export/stories.jsonl").body.decode().splitlines()
        self.assertEqual(len(records), len(STORIES))


class Answers(ServedTest):
    def test_facets_count_the_stories_found(self):
        page = self.ok("/api/v1/search?q=talks&facets=true&limit=500&copies=true").json
        facets = page["facets"]
        for name, values in facets.items():
            for value in values[:3]:
                key = {"date": "from"}.get(name, name)
                query = f"{key}={urllib.parse.quote(value['value'])}" + (f"&to={value['value']}" if name == "date" else "")
                found = self.ok(f"/api/v1/search?q=talks&copies=true&{query}").json["total"]
                self.assertEqual(found, value["count"], (name, value))
            self.assertTrue(values, name)
        self.assertEqual({c["value"]: c["count"] for c in facets["outlet"]}, {"Wire": 10, "Daily Brenn": 10, "Halvik Post": 10})

    def test_stories_are_listed_newest_first(self):
        heads = self.pages("/api/v1/stories", 4)
        self.assertEqual(len(heads), len(STORIES))
        self.assertEqual([h["published"] for h in heads], sorted((s["date"] for s in STORIES), reverse=True))
        self.assertEqual({h["section"] for h in self.pages("/api/v1/stories?section=Business", 50)}, {"Business"})

    def test_places_count_events(self):
        page = self.ok("/api/v1/places?limit=500").json
        events = self.ok("/api/v1/events?limit=500&status=occurred").json["items"]
        moscow = [p for p in page["items"] if p["name"] == "Moscow"]
        self.assertEqual(len(moscow), 1)
        self.assertEqual(moscow[0]["precision"], "city")
        self.assertGreaterEqual(moscow[0]["events"], sum(i["event"].get("place", {}).get("name") == "Moscow" for i in events) // 2)

    def test_entities_are_found_by_the_beginning_of_a_name(self):
        item = self.ok("/api/v1/entities?q=Wan&type=person").json["items"][0]
        self.assertEqual((item["name"], item["type"], item["country"], item["stories"]), ("Wang Yi", "person", "CHN", 10))
        page = self.ok(f"/api/v1/entities/{item['entity']}").json
        self.assertEqual(page["stories"], 10)
        self.assertIn("Vladimir Putin", [other["name"] for other in page["with"]])
        self.assertEqual(sum(m["count"] for m in page["months"]), 10)
        self.assertEqual(self.server.get("/api/v1/entities/999999").status, 404)

    def test_entities_are_found_by_their_country(self):
        everybody = self.pages("/api/v1/entities", 500)
        for country in ("CHN", "FRA", "PER"):
            want = [each for each in everybody if each.get("country") == country]
            self.assertEqual(self.pages(f"/api/v1/entities?country={country}", 3), want)
        self.assertIn("Wang Yi", [each["name"] for each in self.pages("/api/v1/entities?country=CHN&type=person", 50)])
        self.assertEqual(self.ok("/api/v1/entities?country=FRA&q=wang").json["total"], 0)
        self.assertEqual(self.server.get("/api/v1/entities?country=Norway").json["parameter"], "country")

    def test_alerts_are_told_as_follow_tells_them(self):
        page = self.ok("/api/v1/alerts?limit=500").json
        self.assertEqual([a["alert"] for a in page["alerts"]], ["ties", "words", "who"])
        self.assertEqual({i["alert"] for i in page["items"]}, {"ties", "words", "who"})
        self.assertEqual({i["alert"] for i in self.ok("/api/v1/alerts?alert=who").json["items"]}, {"who"})

    def test_offsets_count_what_is_asked_for(self):
        number = next(h["story"] for h in self.ok("/api/v1/stories?limit=500").json["items"] if "𝄞" in h["headline"])
        text = self.ok(f"/api/v1/stories/{number}").json["text"]
        units = {"bytes": text.encode(), "chars": text, "utf16": text.encode("utf-16-le")}
        words = {}
        for unit, whole in units.items():
            block = self.ok(f"/api/v1/stories/{number}?offsets={unit}").json["blocks"][1]
            scale = 2 if unit == "utf16" else 1
            part = whole[block["start"] * scale:block["end"] * scale]
            words[unit] = part if unit == "chars" else part.decode("utf-16-le" if unit == "utf16" else "utf-8")
        self.assertEqual(len(set(words.values())), 1, words)

    def test_an_answer_is_not_sent_twice(self):
        first = self.ok("/api/v1/events")
        again = self.server.get("/api/v1/events", If_None_Match=first.headers["ETag"])
        self.assertEqual((again.status, again.body), (304, b""))
        self.assertEqual(self.server.get("/api/v1/events", If_None_Match='"other"').status, 200)

    def test_gzip_is_sent_to_who_takes_it(self):
        plain = self.ok("/api/v1/events?limit=500")
        packed = self.ok("/api/v1/events?limit=500", Accept_Encoding="br, gzip;q=0.8")
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        self.assertIsNone(self.ok("/api/v1/events?limit=500", Accept_Encoding="gzip;q=0").headers["Content-Encoding"])
        file = self.ok("/api/v1/export/events.csv", Accept_Encoding="gzip")
        self.assertEqual(gzip.decompress(file.body), self.ok("/api/v1/export/events.csv").body)

    def test_head_is_get_without_the_body(self):
        head = self.server.ask("HEAD", "/api/v1/stories/1")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(int(head.headers["Content-Length"]), len(self.ok("/api/v1/stories/1").body))
        self.assertEqual(self.server.ask("HEAD", "/api/v1/export/events.csv").status, 200)

    def test_one_connection_takes_many_requests(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=WAIT)
        for _ in range(50):
            connection.request("GET", "/api/v1/health")
            self.assertEqual(connection.getresponse().read()[:15], b'{"status":"ok",')
        connection.close()

    def test_figures_are_in_the_format_of_prometheus(self):
        self.ok("/api/v1/health")
        text = self.ok("/metrics").body.decode()
        for line in text.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [0-9.e+-]+)$')
        self.assertIn('dateline_http_requests_total{operation="health",status="200"}', text)
        self.assertRegex(text, r"dateline_resident_memory_bytes [1-9]")

    def test_unknown_paths_methods_and_facts_are_refused(self):
        for method, target, status in (("GET", "/api/v1/nothing", 404), ("GET", "/api/v1/stories/99", 404), ("PUT", "/api/v1/stories", 405),
                                       ("DELETE", "/api/v1/stories/1", 405), ("POST", "/api/v1/health", 405),
                                       ("GET", "/api/v1/stories/1/explain?fact=v99", 404), ("GET", "/api/v1/search?q=(", 400),
                                       ("GET", "/api/v1/events?limit=0", 400), ("GET", "/api/v1/events?limit=501", 400),
                                       ("GET", "/api/v1/events?since=tomorrow", 400), ("GET", "/api/v1/events?cursor=x", 400),
                                       ("GET", "/api/v1/events?source=a&source=b", 400), ("GET", "/api/v1/events?near=Nowhere", 400),
                                       ("POST", "/api/v1/read", 422), ("GET", "/api/v1/events?code=0%27", 400)):
            answer = self.server.ask(method, target)
            self.assertEqual(answer.status, status, (target, answer.body))
            self.assertEqual(answer.kind, "application/problem+json")
            self.assertEqual(mistakes(answer.json, {"$ref": "#/components/schemas/Problem"}), [])
        self.assertEqual(self.server.ask("PUT", "/api/v1/stories").headers["Allow"], "GET, POST")

    def test_text_of_stories_is_never_markup(self):
        for target in ("/api/v1/search?q=talks", "/api/v1/events?limit=500", "/api/v1/stories/6/text", "/api/v1/stories/6/original"):
            answer = self.ok(target)
            self.assertIn(answer.kind, ("application/json", "text/plain", "application/octet-stream"))
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_every_answer_carries_the_headers_of_safety(self):
        for target in ("/", "/api/v1/health", "/api/v1/nothing", "/metrics", "/api/v1/export/icews"):
            headers = self.server.get(target).headers
            policy = headers["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(headers["X-Frame-Options"], "DENY")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")

    def test_the_page_is_served_or_said_to_be_missing(self):
        answer = self.server.get("/")
        if (ROOT / "web/dist/index.html").exists():
            self.assertEqual((answer.status, answer.kind), (200, "text/html"))
            self.assertEqual(self.server.get("/story/12").body, answer.body)
            self.assertEqual(self.server.get("/nothing.js").status, 404)
        else:
            self.assertEqual(answer.status, 404)
            self.assertIn(b"web/build", answer.body)


class Strangers(ServedTest):
    def head(self, method="GET", target="/api/v1/health", *more):
        return "\r\n".join([f"{method} {target} HTTP/1.1", f"Host: {self.server.host}", *more, "", ""]).encode()

    def status(self, data, wait=WAIT):
        return int((self.server.raw(data, wait) or b"x 0 ").split()[1])

    def alive(self):
        self.assertEqual(self.ok("/api/v1/health").json["status"], "ok")

    def test_other_hosts_are_refused(self):
        for host in ("evil.example", f"evil.example:{self.server.port}", "", "127.0.0.1:1"):
            self.assertIn(self.server.get("/api/v1/health", Host=host).status, (400, 421), host)
        for host in ("localhost", "127.0.0.1", f"LOCALHOST:{self.server.port}", f"[::1]:{self.server.port}"):
            self.assertEqual(self.server.get("/api/v1/health", Host=host).status, 200, host)
        self.assertEqual(self.status(b"GET /api/v1/health HTTP/1.1\r\nConnection: close\r\n\r\n"), 400)
        self.assertEqual(self.status(self.head("GET", "/api/v1/health", "Host: evil.example", "Connection: close")), 400)

    def test_other_origins_are_refused(self):
        for origin in ("https://evil.example", "null", f"http://evil.example:{self.server.port}", f"http://127.0.0.1:{self.server.port}.evil.example"):
            self.assertEqual(self.server.get("/api/v1/events", Origin=origin).status, 403, origin)
            self.assertEqual(self.server.ask("POST", "/api/v1/stories", NEW.encode(), Origin=origin).status, 403, origin)
        self.assertEqual(self.server.get("/api/v1/health", Origin=f"http://{self.server.host}").status, 200)
        self.assertEqual(self.server.get("/api/v1/health", Sec_Fetch_Site="cross-site").status, 403)
        self.assertEqual(self.server.get("/api/v1/health", Sec_Fetch_Site="same-origin").status, 200)

    def test_paths_do_not_lead_out(self):
        for target in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/assets/..%5c..%5cx", "/%00",
                       "/api/v1/../../etc/passwd", "/api/v1/stories/..%2f1", "//etc/passwd", "/%c0%ae%c0%ae/x"):
            answer = self.server.get(target)
            self.assertIn(answer.status, (400, 404), target)
            self.assertNotIn(b"root:", answer.body)

    def test_headers_cannot_be_put_in(self):
        for target in ("/api/v1/stories/1%0d%0aX-Evil:%20yes", "/api/v1/events?source=%0d%0aX-Evil:%20yes", "/x%0d%0aX-Evil:%20yes"):
            answer = self.server.get(target)
            self.assertIsNone(answer.headers.get("X-Evil"), target)
        self.assertIn(self.status(self.head("GET", "/api/v1/health", "X-A: a\x01b", "Connection: close")), (200, 400))
        self.alive()

    def test_malformed_requests_are_refused(self):
        for data in (b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"NONSENSE / HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"GET /%zz HTTP/1.1\r\nHost: " + self.server.host.encode() + b"\r\n\r\n",
                     b"GET / HTTP/1.1\nHost: x\n\n\r\n\r\n"):
            with self.subTest(data):
                got = self.server.raw(data, 5)
                self.assertTrue(got == b"" or got.startswith(b"HTTP/1.1 4"), got[:80])
        self.alive()

    def test_two_lengths_of_one_body_are_refused(self):
        for more in (["Content-Length: 3", "Content-Length: 5"], ["Transfer-Encoding: chunked", "Content-Length: 3"],
                     ["Transfer-Encoding: chunked"], ["Content-Length: -1"], ["Content-Length: 3x"], ["Content-Length: 99999999999999999999"]):
            data = self.head("POST", "/api/v1/read", *more) + b"abcGET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
            got = self.server.raw(data)
            self.assertEqual(got.count(b"HTTP/1.1 "), 1, (more, got))
            self.assertIn(got.split()[1], (b"400", b"411", b"413"), more)
        self.alive()

    def test_a_body_of_a_get_is_not_the_next_request(self):
        got = self.server.raw(self.head("GET", "/api/v1/health", "Content-Length: 60") +
                              b"GET /api/v1/archive HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".ljust(60))
        self.assertEqual(got.count(b"HTTP/1.1 "), 1, got)

    def test_what_is_too_large_is_refused(self):
        self.assertEqual(self.status(self.head("POST", "/api/v1/read", "Content-Length: 900000000")), 413)
        self.assertEqual(self.status(self.head("GET", "/api/v1/health", "X-Long: " + "a" * 20000)), 431)
        self.assertIn(self.status(self.head("GET", "/api/v1/search?q=" + "a" * 9000, "Connection: close")), (400, 414))
        packed = gzip.compress(b"a" * 1000000)
        self.assertEqual(self.server.ask("POST", "/api/v1/read", packed, Content_Encoding="gzip").status, 415)
        self.assertEqual(self.server.ask("POST", "/api/v1/read", b"--x\r\n", Content_Type="multipart/form-data; boundary=x").status, 415)
        self.alive()

    def test_pipelined_requests_are_answered_in_order(self):
        got = self.server.raw(self.head() + self.head("GET", "/api/v1/nothing") + self.head("GET", "/api/v1/health", "Connection: close"))
        self.assertEqual([int(part) for part in re.findall(rb"HTTP/1.1 (\d+)", got)], [200, 404, 200])

    def test_a_head_that_dawdles_keeps_nobody_waiting_and_is_ended(self):
        links = [socket.create_connection(("127.0.0.1", self.server.port), timeout=WAIT) for _ in range(60)]
        try:
            for link in links:
                link.sendall(b"GET /api/v1/health HTTP/1.1\r\nX: ")
            begin = time.monotonic()
            for _ in range(5):
                self.alive()
            self.assertLess(time.monotonic() - begin, 5)
            for _ in range(14):  # more than the time for a head
                time.sleep(1)
                for link in links:
                    with contextlib.suppress(OSError):
                        link.sendall(b"a")
            ended = 0
            for link in links:
                link.settimeout(5)
                with contextlib.suppress(OSError):
                    got = link.recv(4096)
                    ended += got.startswith(b"HTTP/1.1 408") or got == b""
                    continue
                ended += 1
            self.assertEqual(ended, len(links))
        finally:
            for link in links:
                link.close()
        self.alive()

    def test_bodies_that_dawdle_keep_only_other_bodies_waiting(self):
        links = [socket.create_connection(("127.0.0.1", self.server.port), timeout=WAIT) for _ in range(2)]
        try:
            for link in links:
                link.sendall(self.head("POST", "/api/v1/read", "Content-Length: 100") + b"slow")
            time.sleep(0.5)
            for _ in range(5):
                self.alive()
            refused = self.server.ask("POST", "/api/v1/read", NEW.encode())
            self.assertEqual((refused.status, refused.headers["Retry-After"]), (503, "1"))
        finally:
            for link in links:
                link.close()
        for _ in range(100):
            if self.server.ask("POST", "/api/v1/read", NEW.encode()).status == 200:
                return
            time.sleep(0.1)
        self.fail("no body is taken any more")

    def test_too_many_connections_are_told_so(self):
        links = []
        try:
            for _ in range(540):
                links.append(socket.create_connection(("127.0.0.1", self.server.port), timeout=WAIT))
            links[-1].settimeout(10)
            self.assertTrue(links[-1].recv(4096).startswith(b"HTTP/1.1 503"))
        finally:
            for link in links:
                link.close()
        for _ in range(50):
            time.sleep(0.1)
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.server.get("/api/v1/health").status == 200:
                    return
        self.alive()

    def test_readers_who_go_away_cost_nothing(self):
        for _ in range(30):
            with socket.create_connection(("127.0.0.1", self.server.port), timeout=WAIT) as link:
                link.sendall(self.head("GET", "/api/v1/export/stories.jsonl"))
        self.alive()
        for _ in range(100):  # their turns are given back
            if self.server.get("/api/v1/export/icews").status == 200:
                return
            time.sleep(0.1)
        self.fail("no export any more")


class WithToken(ServedTest):
    @classmethod
    def options(cls):
        path = pathlib.Path(cls.folder.name) / "token"
        path.write_text("a-token-of-some-length\n")
        return ["--token-file", str(path), "--allow-host", "news.example"]

    def test_the_api_wants_it_and_the_page_does_not(self):
        answer = self.server.get("/api/v1/health")
        self.assertEqual((answer.status, answer.headers["WWW-Authenticate"]), (401, "Bearer"))
        self.assertEqual(self.server.get("/metrics").status, 401)
        for wrong in ("Bearer", "Bearer ", "Bearer a-token-of-some-lengtH", "Bearer a-token-of-some-length-x", "Basic a-token-of-some-length"):
            self.assertEqual(self.server.get("/api/v1/health", Authorization=wrong).status, 401, wrong)
        self.assertEqual(self.server.get("/api/v1/health", Authorization="Bearer a-token-of-some-length").status, 200)
        self.assertNotEqual(self.server.get("/").status, 401)
        self.assertEqual(self.server.get("/api/v1/health", Authorization="Bearer a-token-of-some-length", Host="news.example").status, 200)

    def test_the_log_does_not_tell_it(self):
        self.server.get("/api/v1/health", Authorization="Bearer a-token-of-some-length")
        time.sleep(0.2)
        self.assertTrue(self.server.log)
        self.assertNotIn(b"a-token", b"".join(self.server.log))


class ReadOnly(ServedTest):
    @classmethod
    def options(cls):
        return ["--read-only"]

    def test_nothing_is_changed_and_texts_are_read(self):
        before = self.archive.read_bytes()
        self.assertEqual(self.server.ask("POST", "/api/v1/stories", NEW.encode()).status, 403)
        self.assertEqual(self.server.ask("POST", "/api/v1/corrections", b'{"story":1,"fact":"v1","code":"042"}').status, 403)
        self.assertEqual(self.server.ask("DELETE", "/api/v1/corrections/1").status, 403)
        self.assertEqual(self.server.ask("POST", "/api/v1/read", NEW.encode()).status, 200)
        self.assertTrue(self.ok("/api/v1/health").json["read_only"])
        self.assertEqual(self.archive.read_bytes(), before)


class Changes(ServedTest):
    def correct(self, **fields):
        return self.server.ask("POST", "/api/v1/corrections", json.dumps(fields).encode())

    def test_corrections_are_the_rows_that_the_command_writes(self):
        before = self.ok("/api/v1/events?limit=500").json
        first = before["items"][0]
        made = self.correct(story=first["number"], fact=first["event"]["id"], code="190", note="é they fought")
        self.assertEqual((made.status, made.json["state"], made.json["value"]), (201, "holds", "190"))
        self.assertEqual(lines("correct", self.archive, "--jsonl")[-1], made.json)
        again = self.correct(story=first["number"], fact=first["event"]["id"], not_an_event=True)
        self.assertEqual(again.status, 409)
        event = self.ok(f"/api/v1/stories/{first['number']}").json["events"][int(first["event"]["id"][1:]) - 1]
        self.assertEqual((event["cameo"], event["rule"]), ("190", f"user:{made.json['correction']}"))
        self.assertIn(first["number"], [i["number"] for i in self.ok("/api/v1/events?code=190").json["items"]])
        self.assertEqual(self.ok(f"/api/v1/stories/{first['number']}/context").json["corrections"], [made.json])
        undone = self.server.ask("DELETE", f"/api/v1/corrections/{made.json['correction']}")
        self.assertEqual((undone.status, undone.json["state"]), (200, "taken back"))
        self.assertEqual(self.ok("/api/v1/events?limit=500").json, before)
        self.assertEqual(self.server.ask("DELETE", f"/api/v1/corrections/{made.json['correction']}").status, 404)

    def test_identities_are_parted_and_united(self):
        before = self.ok("/api/v1/identities?name=Wang%20Yi").json
        [wang] = before["items"]
        first = self.ok(f"/api/v1/identities/{wang['identity']}").json["evidence"][0]
        parted = self.correct(story=first["story"], fact=first["entity"], another=True, note="a namesake")
        self.assertEqual((parted.status, parted.json["kind"]), (201, "anotherEntity"))
        self.assertEqual(lines("correct", self.archive, "--jsonl")[-1], parted.json)
        self.assertEqual(self.ok("/api/v1/identities?name=Wang%20Yi").json["total"], 2)
        self.assertEqual(self.correct(story=first["story"], fact=first["entity"], another=True).status, 409)
        united = self.correct(story=first["story"], fact=first["entity"], same_as=wang["identity"])
        self.assertEqual((united.status, united.json["value"]), (201, str(wang["identity"])))
        self.assertEqual(self.ok("/api/v1/identities?name=Wang%20Yi").json["total"], 1)
        for made in (parted, united):
            self.assertEqual(self.server.ask("DELETE", f"/api/v1/corrections/{made.json['correction']}").status, 200)
        self.assertEqual(self.ok("/api/v1/identities?name=Wang%20Yi").json, before)
        self.assertEqual(self.correct(story=first["story"], fact=first["entity"], same_as=9999).status, 404)
        self.assertEqual(self.correct(story=first["story"], fact="e999", another=True).status, 404)
        for wrong in ({"another": False}, {"same_as": "1"}, {"same_as": 0}, {"another": True, "same_as": 1}):
            answer = self.correct(story=first["story"], fact=first["entity"], **wrong)
            self.assertEqual((answer.status, answer.json["type"].split("/")[-1]), (400, "bad-body"), wrong)

    def test_what_is_no_event_is_not_found(self):
        total = self.ok("/api/v1/events").json["total"]
        last = self.ok("/api/v1/events?newest=true").json["items"][0]
        counted = lambda: next(i["events"] for i in self.ok("/api/v1/stories?limit=500").json["items"] if i["story"] == last["number"])
        events = counted()
        made = self.correct(story=last["number"], fact=last["event"]["id"], not_an_event=True)
        self.assertEqual(made.status, 201)
        self.assertEqual(self.ok("/api/v1/events").json["total"], total - 1)
        self.assertEqual(counted(), events - 1)
        self.assertEqual(run("correct", self.archive, "--undo", made.json["correction"]).returncode, 0)
        self.assertEqual(self.ok("/api/v1/events").json["total"], total)  # made by another program

    def test_wrong_corrections_are_refused(self):
        for body in (b"", b"[]", b"{", b'{"story":1}', b'{"story":1,"fact":"v1"}', b'{"story":1,"fact":"v1","code":"999"}',
                     b'{"story":1,"fact":"v1","code":"042","not_an_event":true}', b'{"story":1,"fact":"e1","code":"042"}',
                     b'{"story":1,"fact":"v1","code":"042","colour":"red"}', b'{"story":[],"fact":"v1","code":"042"}',
                     b'{"story":1,"fact":"v1","code":"042","note":"' + b"a" * 3000 + b'"}', b"\xff\xfe", b"[" * 5000):
            answer = self.server.ask("POST", "/api/v1/corrections", body)
            self.assertEqual(answer.status, 400, (body[:60], answer.body))
        self.assertEqual(self.correct(story=99, fact="v1", code="042").status, 404)
        self.assertEqual(self.correct(story=1, fact="v99", code="042").status, 404)

    def test_a_story_is_added_once_and_found_at_once(self):
        text = NEW.replace("pact", "accord")
        added = self.server.ask("POST", "/api/v1/stories", text.encode())
        self.assertEqual((added.status, added.json["added"]), (201, 1))
        number = added.json["items"][0]["story"]
        self.assertEqual(self.ok("/api/v1/search?q=accord").json["items"][0]["story"], number)
        self.assertEqual(self.ok(f"/api/v1/stories/{number}").json["text"], added.json["items"][0]["record"]["text"])
        again = self.server.ask("POST", "/api/v1/stories", text.encode())
        self.assertEqual((again.status, again.json["added"], again.json["known"]), (200, 0, 1))
        file = pathlib.Path(self.folder.name) / "same.txt"
        file.write_text(text, encoding="utf-8")
        self.assertIn(b"1 was there already", run("add", self.archive, file).stderr)
        self.assertEqual(run("check", self.archive).returncode, 0)

    def test_files_of_many_stories_are_added(self):
        many = "\n".join(json.dumps(story(i)) for i in range(100, 110)).encode()
        self.assertEqual(self.server.ask("POST", "/api/v1/stories", many).json["added"], 10)
        page = b"<html><body><article><h1>Bridge opens</h1><p>The mayor of Halvik opened a bridge on Monday after ten years.</p></article></body></html>"
        self.assertEqual(self.server.ask("POST", "/api/v1/read?format=html", page).json["items"][0]["article"]["headline"], "Bridge opens")

    def test_a_text_is_read_as_the_command_reads_it(self):
        want = json.loads(run("read", "--date", "2031-03-06", "-", data=NEW.encode()).stdout)
        got = self.server.ask("POST", "/api/v1/read?date=2031-03-06", NEW.encode()).json["items"]
        want["source"]["path"] = got[0]["source"]["path"]
        self.assertEqual(got, [want])

    def test_explanations_are_those_of_the_command(self):
        want = json.loads(run("explain", self.archive, 1, "--json").stdout)
        got = self.ok("/api/v1/stories/1/explain").json["items"][0]
        self.assertEqual(got, want)
        narrow = self.ok("/api/v1/stories/1/explain?fact=v1").json
        self.assertLess(len(narrow["items"][0]["candidates"]), len(want["candidates"]))
        self.assertTrue(narrow["sentences"])

    def test_readers_and_writers_do_not_hinder_each_other(self):
        wrong, stop = [], threading.Event()

        def read():
            while not stop.is_set():
                for target in ("/api/v1/search?q=talks", "/api/v1/events", "/api/v1/archive"):
                    if self.server.get(target).status != 200:
                        wrong.append(target)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for each in readers:
            each.start()
        for i in range(200, 212):
            if self.server.ask("POST", "/api/v1/stories", json.dumps(story(i)).encode()).status != 201:
                wrong.append(i)
        stop.set()
        for each in readers:
            each.join()
        self.assertEqual(wrong, [])


class TheDocument(unittest.TestCase):
    """docs/API.md shows what is answered: "…" stands for anything."""

    def test_every_example_answers_so(self):
        text = (ROOT / "docs/API.md").read_text(encoding="utf-8")
        examples = re.findall(r"^    \$ (curl .+)\n((?:    .+\n)+)", text, re.MULTILINE)
        self.assertGreater(len(examples), 12)
        self.assertEqual(len(examples), text.count("    $ curl"))
        with tempfile.TemporaryDirectory() as folder:
            archive = pathlib.Path(folder) / "news.db"
            self.assertEqual(run("add", archive, ROOT / "examples/stories").returncode, 0)
            server = Server(archive, "--quiet")
            self.addCleanup(server.stop)
            for command, shown in examples:
                with self.subTest(command):
                    done = subprocess.run(["bash", "-c", command.replace("127.0.0.1:8080", server.host)], cwd=ROOT, capture_output=True,
                                          check=True, timeout=WAIT)
                    wanted = "".join(line[4:] for line in shown.splitlines(keepends=True)).rstrip("\n")
                    pattern = ".*".join(map(re.escape, wanted.split("…")))
                    self.assertRegex(done.stdout.decode().replace("\r\n", "\n").rstrip("\n"), re.compile(f"\\A{pattern}\\Z", re.DOTALL))


class Starting(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.archive = pathlib.Path(self.folder.name) / "news.db"
        file = pathlib.Path(self.folder.name) / "in.jsonl"
        file.write_text("\n".join(map(json.dumps, STORIES)), encoding="utf-8")
        self.assertEqual(run("add", self.archive, file).returncode, 0)

    def test_what_cannot_be_is_said(self):
        for options, code, words in ((["--listen", "0.0.0.0:0"], 2, b"--token-file"), (["--listen", "nowhere"], 2, b"no address"),
                                     (["--token", "short"], 2, b"16 characters"), (["--listen", "203.0.113.1:0", "--token", "a" * 20], 1, b"listened")):
            done = run("serve", self.archive, *options)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn(words, done.stderr)
        self.assertEqual(run("serve", self.archive.with_name("none.db")).returncode, 1)
        self.assertEqual(run("serve").returncode, 2)

    def test_a_signal_ends_it_when_answers_are_written(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            server = Server(self.archive, "--quiet")
            with socket.create_connection(("127.0.0.1", server.port), timeout=WAIT) as link:
                link.sendall(f"GET /api/v1/events?limit=500 HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
                time.sleep(0.3)
                idle = socket.create_connection(("127.0.0.1", server.port), timeout=WAIT)
                begin = time.monotonic()
                self.assertEqual(server.stop(number), 0)
                self.assertLess(time.monotonic() - begin, 8)
                idle.close()
                got = b""
                with contextlib.suppress(OSError):
                    while piece := link.recv(65536):
                        got += piece
            head, _, body = got.partition(b"\r\n\r\n")
            self.assertIn(b"200 OK", head)
            self.assertEqual(len(body), int(re.search(rb"Content-Length: (\d+)", head)[1]))

    def test_the_log_is_a_line_of_json_a_request(self):
        log = pathlib.Path(self.folder.name) / "access.log"
        server = Server(self.archive, "--log", str(log))
        server.get("/api/v1/search?q=talks%0aevil")
        server.get("/api/v1/nothing")
        server.stop()
        entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        entries.sort(key=lambda entry: entry["status"])  # written behind the answer, by several threads
        self.assertEqual([(e["operation"], e["status"], e["method"], e["remote"]) for e in entries],
                         [("search", 200, "GET", "127.0.0.1"), ("other", 404, "GET", "127.0.0.1")])
        self.assertRegex(entries[0]["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertGreater(entries[0]["bytes"], 10)


if __name__ == "__main__":
    unittest.main()
