"""What is the same across stories, from outside: clusters, events told many times, corrections."""

import csv
import io
import json
import unittest

from archive_cli_test import InFolder, run

VISIT = """Envoys meet in Moscow

MOSCOW, March 5, 2031 (Wire) - China's foreign minister Wang Yi met Russian President Vladimir Putin in Moscow on Tuesday.

"Our ties are good and will grow," Wang Yi said after the talks on pipelines, grain and fishing grounds.
"""
VISIT_AGAIN = """Wang Yi talks with Putin about grain and pipelines

MOSCOW, March 6, 2031 (Post) - Russian President Vladimir Putin met China's foreign minister Wang Yi in Moscow on Tuesday.

They talked about pipelines and grain. Wang Yi praised good ties and spoke of fishing grounds.

READ MORE: Envoys meet in Moscow
"""
BRIDGE = """Harbour minister opens new bridge

OSLAVIA, March 3, 2031 (Wire) - The harbour minister opened a bridge across the river on Monday.

"We have waited thirty years for this day," Minister Ada Quill said.
"""


class Same(InFolder):
    def setUp(self):
        super().setUp()
        for name, text in (("a.txt", VISIT), ("b.txt", BRIDGE), ("c.txt", VISIT_AGAIN)):
            self.add(self.write(name, text))

    def test_clusters(self):
        [cluster] = run("clusters", self.archive).lines()
        self.assertEqual((cluster["cluster"], cluster["stories"]), (1, 2))
        self.assertEqual((cluster["first_day"], cluster["last_day"]), ("2031-03-05", "2031-03-06"))
        self.assertIn("Wang Yi", [actor["name"] for actor in cluster["actors"]])
        [life] = run("clusters", self.archive, "3").lines()
        self.assertEqual([member["story"] for member in life["members"]], [1, 3])
        self.assertIn("Wang Yi talks", run("clusters", "--text", self.archive, "1").out)
        rows = list(csv.DictReader(io.StringIO(run("clusters", "--csv", self.archive).out)))
        self.assertEqual(rows[0]["cluster"], "1")
        self.assertEqual(run("clusters", self.archive, "--from", "2031-04-01").code, 1)
        self.assertEqual(len(run("clusters", self.archive, "--least", "1").lines()), 2)

    def test_related_headlines_are_resolved(self):
        [row] = run("sql", self.archive, "SELECT story, target FROM related_stories").lines()
        self.assertEqual(row, {"story": 3, "target": 1})

    def meetings(self, *more):
        return run("events", self.archive, "--code", "04", "--status", "occurred", *more)

    def test_one_event_told_twice(self):
        self.assertEqual(len({line["story"] for line in self.meetings().lines()}), 2)
        same = self.meetings("--same", "cluster").lines()
        both = [line for line in same if line["same"]["stories"] == 2]
        self.assertEqual(len(both), 2, "each met the other")
        self.assertEqual(both[0]["same"]["dates"], {"2031-03-04": len(both[0]["same"]["sightings"])})
        self.assertEqual(len(self.meetings("--same", "cluster", "--limit", "1").lines()), 1)
        rows = list(csv.DictReader(io.StringIO(self.meetings("--same", "cluster", "--csv").out)))
        self.assertEqual(len(rows), len(same))
        self.assertIn("2", [row["stories"] for row in rows])
        self.assertIn("told", self.meetings("--same", "cluster", "--text").out)

    def test_an_export_has_one_row_of_what_is_one(self):
        every = run("export", self.archive, "--as", "gdelt2", "--code", "04").out.splitlines()
        one = run("export", self.archive, "--as", "gdelt2", "--code", "04", "--same", "cluster")
        self.assertLess(len(one.out.splitlines()), len(every))
        self.assertEqual(run("export", self.archive, "--as", "gdelt2", "--same", "all").code, 2)

    def test_corrections(self):
        before = self.meetings().lines()
        event = before[0]["event"]
        name = event["id"] if isinstance(event, dict) else event
        done = run("correct", self.archive, "1", name, "--not-an-event", "--note", "a rumour")
        self.assertEqual((done.code, done.out), (0, "correction 1\n"), done.err)
        self.assertEqual(len(self.meetings().lines()), len(before) - 1)
        again = run("correct", self.archive, "1", name, "--code", "190")
        self.assertEqual(again.code, 2)
        self.assertIn("take correction 1 back", again.err)
        self.assertEqual(run("correct", self.archive, "--undo", "1").code, 0)
        self.assertEqual(len(self.meetings().lines()), len(before))
        self.assertEqual(run("correct", self.archive, "1", name, "--code", "036").code, 0)
        [line] = [json.loads(each) for each in
                  run("events", self.archive, "--code", "036", "--jsonl").out.splitlines()
                  if '"user:2"' in each]
        self.assertEqual(line["event"]["cameo"], "036")
        listed = run("correct", self.archive).lines()
        self.assertEqual([each["state"] for each in listed], ["taken back", "holds"])
        self.assertEqual(listed[0]["note"], "a rumour")
        self.assert_sound(3)

    def test_who_is_who(self):
        [wang] = run("who", self.archive, "wang yi").lines()
        self.assertEqual((wang["type"], wang["name"], wang["country"]), ("person", "Wang Yi", "CHN"))
        self.assertEqual([each["story"] for each in wang["evidence"]], [3, 1])
        self.assertEqual([each["reason"] for each in wang["evidence"]], ["known", "new"])
        self.assertIn("foreign minister", [role["title"] for role in wang["roles"]])
        number = str(wang["identity"])
        rows = list(csv.DictReader(io.StringIO(run("who", self.archive, number, "--csv").out)))
        self.assertEqual([row["story"] for row in rows], ["3", "1"])
        text = run("who", self.archive, "Wang Yi", "--text").out
        self.assertRegex(text, r"(?s)Wang Yi.*person · CHN · 2 stories.*foreign minister.*known 0\.\d\d")
        people = list(csv.DictReader(io.StringIO(
            run("who", self.archive, "--type", "person", "--country", "RUS", "--csv").out)))
        self.assertEqual([each["name"] for each in people], ["Vladimir Putin"])
        self.assertEqual(run("who", self.archive, "Nobody").code, 1)
        self.assertEqual(run("who", self.archive, "9999").code, 1)
        self.assertEqual(run("who").code, 2)

        entity = wang["evidence"][0]["entity"]
        self.assertEqual(run("correct", self.archive, "3", entity, "--another").code, 0)
        both = run("who", self.archive, "wang yi").lines()
        self.assertEqual([len(each["evidence"]) for each in both], [1, 1])
        self.assertEqual(both[1]["evidence"][0]["correction"], 1)
        self.assertEqual(run("correct", self.archive, "3", entity, "--same-as", number).code, 0)
        self.assertEqual(len(run("who", self.archive, "wang yi").lines()), 1)
        listed = run("correct", self.archive).lines()
        self.assertEqual([each["kind"] for each in listed], ["anotherEntity", "sameEntity"])
        for correction in ("1", "2"):
            self.assertEqual(run("correct", self.archive, "--undo", correction).code, 0)
        self.assertEqual(run("who", self.archive, "wang yi").lines(), [wang])
        self.assert_sound(3)

    def test_usage(self):
        for arguments in (("correct",), ("correct", self.archive, "1"),
                          ("correct", self.archive, "1", "v1"),
                          ("correct", self.archive, "1", "x1", "--not-an-event"),
                          ("correct", self.archive, "1", "v1", "--code", "999"),
                          ("correct", self.archive, "1", "v1", "--another"),
                          ("correct", self.archive, "1", "e1", "--another", "--same-as", "1"),
                          ("correct", self.archive, "--same-as", "1"),
                          ("correct", self.archive, "1", "v1", "--code", "04", "--undo", "1"),
                          ("clusters",), ("clusters", self.archive, "--about", "(")):
            self.assertEqual(run(*arguments).code, 2, arguments)
        self.assertEqual(run("correct", self.archive, "9", "v1", "--not-an-event").code, 1)
        self.assertEqual(run("clusters", self.folder / "none.db").code, 1)


if __name__ == "__main__":
    unittest.main()
