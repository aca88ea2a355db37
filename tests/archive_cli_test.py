"""The archive from outside: what is added stays, is found, and survives whatever ends the program.

DATELINE_KILLS sets how often an ingest is killed (default 20), DATELINE_SEED when."""

import contextlib
import csv
import io
import json
import os
import pathlib
import random
import resource
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest

DATELINE = os.path.abspath(os.environ.get("DATELINE", "build/dev/bin/dateline"))
SHORT_WAIT = 30  # seconds, on a machine that does other things too
KILLS = int(os.environ.get("DATELINE_KILLS", "20"))
SEED = int(os.environ.get("DATELINE_SEED", random.randrange(1 << 30)))

BRIDGE = """Harbour minister opens new bridge

OSLAVIA, March 3, 2031 (Wire) - The harbour minister opened a bridge across the river on Monday.

"We have waited thirty years for this day," Minister Ada Quill said.
"""
VISIT = """Envoys meet in Moscow

MOSCOW, March 5, 2031 (Wire) - China's foreign minister Wang Yi met Russian President Vladimir Putin in Moscow on Tuesday.

"Our ties are good and will grow," Wang Yi said after the talks.
"""


def stories(count):
    """Stories of which no two are alike, as lines of JSON."""
    names = ["Ada Quill", "Bo Lund", "Cy Marsh", "Di Thorne", "Eva Holm", "Finn Aske"]
    towns = ["Halvik", "Oslavia", "Brenn", "Tarn", "Sudmark"]
    lines = []
    for i in range(count):
        name, town = names[i % len(names)], towns[i % len(towns)]
        lines.append(json.dumps({
            "headline": f"Talks number {i} end in {town}",
            "date": f"2031-{i % 12 + 1:02d}-{i % 28 + 1:02d}",
            "text": f"Minister {name} met envoys in {town} for round {i}.\n\n"
                    f"\"We agreed on point {i},\" {name} said on Monday. "
                    f"The {i}th round took {i + 2} hours, officials of {town} said.",
        }))
    return "\n".join(lines) + "\n"


class Finished:
    def __init__(self, process, out, err):
        self.code = process.returncode
        self.out = out.decode("utf-8", "replace")
        self.err = err.decode("utf-8", "replace")

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


def run(*arguments, stdin=b"", timeout=120, **more):
    process = subprocess.Popen([DATELINE, *map(os.fspath, arguments)], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    out, err = process.communicate(stdin, timeout=timeout)
    return Finished(process, out, err)


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.archive = self.folder / "news.db"

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    def add(self, *arguments, code=0, **more):
        done = run("add", self.archive, *arguments, **more)
        self.assertEqual(done.code, code, done.err)
        return done

    def assert_sound(self, count=None):
        done = run("check", self.archive)
        self.assertEqual((done.code, done.err), (0, ""))
        if count is not None:
            self.assertIn(f"sound, {count} stor", done.out)

    def ids(self):
        done = run("sql", "--csv", self.archive, "SELECT lower(hex(hash)) FROM stories ORDER BY 1")
        self.assertEqual(done.code, 0, done.err)
        return done.out.split()[1:]


class Adding(InFolder):
    def test_stories_are_added_once(self):
        self.write("in/a.txt", BRIDGE)
        self.write("in/b.txt", VISIT)
        self.assertIn("2 stories added", self.add(self.folder / "in").err)
        self.assertIn("0 stories added, 2 were there already", self.add(self.folder / "in").err)
        self.write("in/c.txt", BRIDGE.replace("bridge", "tunnel"))
        self.assertIn("1 story added", self.add(self.folder / "in").err)
        self.assert_sound(3)

    def test_standard_input_is_added(self):
        self.add("-", stdin=BRIDGE.encode())
        self.assert_sound(1)

    def test_what_cannot_be_read_is_named_and_the_rest_added(self):
        self.write("in/a.txt", BRIDGE)
        self.write("in/b.txt", "")
        done = self.add(self.folder / "in", code=1)
        self.assertIn("b.txt", done.err)
        self.assertIn("1 story added, 1 input failed", done.err)
        self.assert_sound(1)

    def test_a_copy_is_told(self):
        long = VISIT + "\n" + " ".join(f"The envoys spoke of matter {i} at length." for i in range(9)) + "\n"
        self.write("a.txt", long)
        self.add(self.folder / "a.txt")
        self.write("b.txt", long.replace("Envoys meet in Moscow", "Talks held"))
        self.assertIn("1 story added, 1 of them a copy of another", self.add(self.folder / "b.txt").err)
        self.assertEqual(len(run("search", self.archive, "matter").lines()), 1)
        self.assertEqual(len(run("search", self.archive, "matter", "--copies").lines()), 2)

    def test_records_are_the_same_as_read_prints(self):
        path = self.write("a.txt", VISIT)
        self.add(path)
        self.assertEqual(run("story", self.archive, "1").out, run("read", path).out)
        self.assertEqual(run("story", self.archive, "1", "--original").out, VISIT)

    def test_the_same_for_any_number_of_threads(self):
        path = self.write("a.jsonl", stories(60))
        outs = []
        for threads in (1, 4):
            self.archive = self.folder / f"{threads}.db"
            self.add(path, "--threads", str(threads))
            outs.append(run("events", self.archive).out + run("quotes", self.archive).out)
        self.assertEqual(*outs)
        self.assertIn("Ada Quill", outs[0])

    def test_the_run_is_told(self):
        self.add(self.write("a.txt", BRIDGE), "--plain")
        [row] = run("sql", self.archive, "SELECT program, tables, model, options FROM runs").lines()
        self.assertTrue(row["program"].startswith("dateline "))
        self.assertTrue(row["tables"] and row["model"])
        self.assertEqual(row["options"], "add --plain")

    def test_usage(self):
        self.assertEqual(run("add").code, 2)
        done = run("add", self.folder / "none" / "news.db", self.write("a.txt", BRIDGE))
        self.assertEqual(done.code, 1)
        self.assertIn("cannot be opened", done.err)

    def test_a_file_that_is_no_archive_is_left_alone(self):
        path = self.write("a.txt", BRIDGE)
        done = run("add", path, path)
        self.assertEqual(done.code, 1)
        self.assertIn("is no archive", done.err)
        self.assertEqual(path.read_text(), BRIDGE)


class Asking(InFolder):
    def setUp(self):
        super().setUp()
        self.write("in/a.txt", BRIDGE)
        self.write("in/b.txt", VISIT)
        self.add(self.folder / "in")

    def test_search(self):
        [hit] = run("search", self.archive, "ties AND (Moscow OR Beijing)").lines()
        self.assertEqual(hit["headline"], "Envoys meet in Moscow")
        snippet = hit["snippet"].encode()
        self.assertLessEqual({snippet[a:b].decode() for a, b in hit["marks"]}, {"ties", "Moscow", "MOSCOW"})
        self.assertTrue(hit["marks"])
        found = run("search", self.archive, "bridge OR ties", "--from", "2031-03-04", "--csv")
        self.assertEqual([row["published"] for row in csv.DictReader(io.StringIO(found.out))], ["2031-03-05"])
        self.assertIn("Envoys meet", run("search", self.archive, "ties", "--text").out)

    def test_a_query_that_cannot_be_read_says_why(self):
        done = run("search", self.archive, "(ties")
        self.assertEqual((done.code, done.out), (2, ""))
        self.assertIn("a '(' is not closed", done.err)

    def test_nothing_found(self):
        done = run("search", self.archive, "nowhere")
        self.assertEqual((done.code, done.out), (1, ""))
        self.assertIn("nothing found", done.err)

    def test_events_by_filter(self):
        lines = run("events", self.archive, "--source", "CHN", "--target", "RUS", "--code", "04",
                    "--status", "occurred", "--place", "Moscow", "--since", "2031-02", "--until", "2031-03-31").lines()
        self.assertEqual([line["event"]["source"][0]["actor"][:3] for line in lines], ["CHN"])
        self.assertEqual(run("events", self.archive, "--source", "BRA").code, 1)
        every = run("events", self.archive, "--csv").out
        self.assertEqual(every, run("events", "--csv", self.folder / "in").out)
        self.assertEqual(len(run("events", self.archive, "--limit", "1").lines()), 1)
        self.assertIn("Moscow", run("events", self.archive, "--text").out)

    def test_quotes_by_filter(self):
        [line] = run("quotes", self.archive, "--by", "Wang Yi", "--about", "ties").lines()
        self.assertIn("Our ties are good", line["quote"])
        self.assertEqual(run("quotes", self.archive, "--about", "bridge").code, 1)
        self.assertEqual(run("quotes", self.archive, "--csv").out, run("quotes", "--csv", self.folder / "in").out)

    def test_filters_want_an_archive(self):
        done = run("events", self.folder / "in", "--source", "CHN")
        self.assertEqual(done.code, 2)
        self.assertIn("archive", done.err)

    def test_stories(self):
        identity = run("story", self.archive, "1").lines()[0]["id"]
        self.assertEqual(run("story", self.archive, identity[:10]).lines()[0]["id"], identity)
        done = run("story", self.archive, "99")
        self.assertEqual(done.code, 1)
        self.assertIn("there is no story '99'", done.err)

    def test_sql(self):
        done = run("sql", self.archive, "SELECT speaker, quote FROM quotes ORDER BY speaker")
        self.assertEqual([row["speaker"] for row in done.lines()], ["Ada Quill", "Wang Yi"])
        self.assertEqual(run("sql", self.archive, "DELETE FROM stories").code, 2)
        self.assert_sound(2)

    def export(self, form, *more):
        done = run("export", self.archive, "--as", form, *more)
        self.assertEqual(done.code, 0, done.err)
        rows = [line.split("\t") for line in done.out.splitlines()]
        self.assertLessEqual(len({len(row) for row in rows}), 1)
        return rows

    def test_gdelt_exports_join(self):
        events = self.export("gdelt2", "--source", "CHN")
        self.assertTrue(events)
        for row in events:
            self.assertEqual(len(row), 61)
            self.assertRegex(row[1], r"^2031\d{4}$")
            self.assertEqual(row[2:4], [row[1][:6], row[1][:4]])
            self.assertEqual(row[5][:3], "CHN")
            self.assertTrue(row[26].startswith(row[28]) and row[26].startswith(row[27][:3]))
            self.assertIn(row[29], "1234")
            self.assertTrue(-10 <= float(row[30]) <= 10)
        place = [row for row in events if row[52]][0]
        self.assertEqual((place[51], place[53]), ("4", "RS"))
        self.assertAlmostEqual(float(place[56]), 55.75, places=1)
        mentions = self.export("gdelt2-mentions", "--source", "CHN")
        self.assertEqual({row[0] for row in mentions}, {row[0] for row in events})
        text = run("story", self.archive, "2").lines()[0]["text"]
        for row in mentions:
            self.assertEqual(len(row), 16)
            self.assertEqual(int(row[12]), len(text))
            self.assertEqual(text[int(row[7]):].split()[0][:5], "China")
        self.assertEqual([len(row) for row in self.export("gdelt1")], [58] * len(self.export("gdelt2")))

    def test_icews_and_phoenix_exports(self):
        header, *rows = self.export("icews", "--source", "CHN")
        named = [dict(zip(header, row)) for row in rows]
        self.assertEqual(len(header), 20)
        self.assertEqual(named[0]["Source Country"], "China")
        self.assertEqual(named[0]["Source Sectors"], "Government")
        self.assertEqual(named[0]["City"], "Moscow")
        self.assertEqual(named[0]["Event Text"], "Consult, not specified below")
        for row in self.export("phoenix", "--source", "CHN"):
            self.assertEqual(len(row), 26)
            self.assertEqual("".join(row[2:5]), row[1])
            self.assertEqual(row[6], "CHN")

    def test_exports_want_a_form(self):
        done = run("export", self.archive)
        self.assertEqual(done.code, 2)
        self.assertIn("gdelt2-mentions", done.err)

    def test_other_programs_read_it(self):
        with sqlite3.connect(self.archive) as database:
            rows = database.execute("SELECT source_name, target_name FROM who_did_what").fetchall()
        self.assertIn(("Wang Yi", "Vladimir Putin"), rows)

    def test_an_archive_that_is_not_there(self):
        for command in (["search", "x"], ["story", "1"], ["sql", "SELECT 1"], ["check"]):
            done = run(command[0], self.folder / "none.db", *command[1:])
            self.assertEqual(done.code, 1, command)
            self.assertIn("there is no such archive", done.err)
        self.assertFalse((self.folder / "none.db").exists())

    def test_damage_is_told(self):
        data = bytearray(self.archive.read_bytes())
        data[4096 * 3:4096 * 4] = b"\xa5" * 4096
        self.archive.write_bytes(data)
        done = run("check", self.archive)
        self.assertEqual(done.code, 1)
        self.assertRegex(done.err, "is not sound|is damaged")


class Rebuilding(InFolder):
    """Stories read again are as if they had been added by this program, and keep their numbers."""

    COUNT = 300

    def setUp(self):
        super().setUp()
        self.input = self.write("in.jsonl", stories(self.COUNT))
        self.add(self.input)
        self.events = run("events", self.archive).out
        self.quotes = run("quotes", self.archive).out
        self.numbers = self.sql("SELECT story, lower(hex(hash)) FROM stories ORDER BY 1")
        self.fresh, self.archive = self.archive, self.folder / "old.db"
        self.add(self.input, "--no-analysis")
        self.assertEqual(run("events", self.archive).out, "")
        self.make_old()

    def sql(self, statement):
        with sqlite3.connect(self.archive) as database:
            return database.execute(statement).fetchall()

    def make_old(self):
        """As if another program had read the stories, and found nothing in them."""
        self.sql("UPDATE runs SET tables = 'older', options = 'add'")

    def assert_as_fresh(self):
        self.assertEqual(run("events", self.archive).out, self.events)
        self.assertEqual(run("quotes", self.archive).out, self.quotes)
        self.assertEqual(self.sql("SELECT story, lower(hex(hash)) FROM stories ORDER BY 1"), self.numbers)
        self.assert_sound(self.COUNT)

    def test_all_is_as_this_program_tells_it(self):
        done = run("rebuild", self.archive)
        self.assertEqual(done.code, 0, done.err)
        self.assertIn(f"{self.COUNT} stories read again, {self.COUNT} of them changed", done.err)
        self.assert_as_fresh()
        self.assertIn("0 stories read again", run("rebuild", self.archive).err)

    def test_what_is_the_same_stays(self):
        self.archive = self.fresh
        self.sql("UPDATE runs SET model = 'older'")
        done = run("rebuild", self.archive)
        self.assertIn(f"{self.COUNT} stories read again, 0 of them changed", done.err)
        self.assert_as_fresh()

    def test_how_it_was_read_is_kept(self):
        self.sql("UPDATE runs SET options = 'add --no-analysis'")
        self.assertIn("0 of them changed", run("rebuild", self.archive).err)
        self.assertEqual(run("events", self.archive).out, "")

    def test_kills(self):
        begin = time.monotonic()
        self.assertEqual(run("rebuild", self.archive).code, 0)
        duration = time.monotonic() - begin
        dice = random.Random(SEED)
        for kill in range(KILLS // 2):
            if kill % 4 == 0:
                self.make_old()
            process = subprocess.Popen([DATELINE, "rebuild", self.archive],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(dice.uniform(0, duration))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            self.assert_sound(self.COUNT)
        self.assertEqual(run("rebuild", self.archive).code, 0)
        self.assert_as_fresh()

    def test_an_original_that_is_damaged_is_named_and_its_story_stays(self):
        self.sql("UPDATE inputs SET original = x'00' WHERE input = 7")
        done = run("rebuild", self.archive)
        self.assertEqual(done.code, 1)
        self.assertIn("1 input failed", done.err)
        self.assertIn(f"{self.COUNT - 1} stories read again", done.err)
        self.assertEqual(run("story", self.archive, "7", "--json").code, 0)


class Hostile(InFolder):
    """Whatever a story says is words and nothing else."""

    TEXTS = ["Robert'); DROP TABLE stories;-- said so. \"' OR 1=1 --",
             "=HYPERLINK(\"http://example.org\",\"x\") was said. @SUM(A1) and +1 and -1 too.",
             "A \x07 bell, \x1b[31m red \x1b[0m and \u202e turned round.",
             "\ufeffWords \ufffe \uffff \ud83d\ude00 \u0301\u0301\u0301 of all kinds.",
             "x" * 30_000 + " " + "y" * 30_000,
             "a," * 5_000]

    def test_it_is_stored_and_comes_out_unharmed(self):
        lines = [json.dumps({"headline": f"Number {i} {text[:40]}", "date": "2031-05-04",
                             "text": f"Envoys met in Moscow on Monday. {text}\n\n\"{text[:300]}\" said Ann Lee."})
                 for i, text in enumerate(self.TEXTS)]
        lines.append(json.dumps({"headline": "Long " * 200_000, "text": "The minister met the envoy."}))
        path = self.write("in.jsonl", "\n".join(lines) + "\n")
        self.add(path)
        self.assert_sound(len(lines))
        records = run("read", path).lines()
        for number, record in enumerate(records, 1):
            stored = json.loads(run("story", self.archive, str(number), "--json").out)
            self.assertEqual(stored, record)
            self.assertEqual(run("story", self.archive, str(number), "--original").out.strip(), lines[number - 1])
        with sqlite3.connect(self.archive) as other:
            texts = [bytes(text).decode() for (text,) in
                     other.execute("SELECT CAST(text AS BLOB) FROM texts ORDER BY story")]
            self.assertEqual(texts, [record["text"] for record in records])
            self.assertEqual(other.execute("SELECT count(*) FROM stories").fetchone(), (len(lines),))
        csv.field_size_limit(1 << 24)
        rows = list(csv.reader(io.StringIO(run("sql", "--csv", self.archive, "SELECT headline FROM articles").out)))
        self.assertEqual(len(rows), len(lines) + 1)
        self.assertEqual(len(run("search", self.archive, "minister").lines()), 1)


class Surviving(InFolder):
    """What ends an ingest loses and doubles nothing, and the same command goes on with it."""

    COUNT = 800

    def setUp(self):
        super().setUp()
        self.input = self.write("in.jsonl", stories(self.COUNT))
        clean = self.folder / "clean.db"
        begin = time.monotonic()
        self.assertEqual(run("add", clean, self.input).code, 0)
        self.duration = time.monotonic() - begin
        self.archive, clean = clean, self.archive
        self.expected = self.ids()
        self.archive = clean
        self.assertEqual(len(self.expected), self.COUNT)

    def everything(self):
        """What the archive holds of its stories and of what was found in them."""
        with contextlib.closing(sqlite3.connect(self.archive)) as database:
            return [database.execute(f"SELECT {what} ORDER BY 1").fetchall() for what in (
                "story, lower(hex(hash)), input, number, published, words FROM stories", "* FROM texts", "* FROM facts",
                "* FROM terms", "* FROM spots", "* FROM kinds", "* FROM time_values", "* FROM names")]

    def kill_adding(self, dice):
        """Adds, and kills that at any time; what is there then is sound."""
        process = subprocess.Popen([DATELINE, "add", self.archive, self.input],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(dice.uniform(0, self.duration / 2))
        process.kill()
        if process.wait() != -signal.SIGKILL:
            return  # it was faster
        self.kills += 1
        if not self.archive.exists():
            return
        done = run("check", self.archive)
        fresh = "is empty" in done.err  # killed before there were tables
        self.assertTrue(done.code == 0 or fresh, done.err)
        if not fresh:
            self.partial += 0 < len(self.ids()) < self.COUNT

    def test_kills(self):
        """Killed up to four times and then left alone, it is as if it had been left alone from the start."""
        dice = random.Random(SEED)
        self.add(self.input)
        whole = self.everything()
        self.kills = self.partial = self.rounds = 0
        while self.kills < KILLS or (self.partial == 0 and self.kills < 5 * KILLS):
            self.rounds += 1
            for left in self.folder.glob("news.db*"):
                left.unlink()
            with self.subTest(seed=SEED, round=self.rounds):
                for _ in range(4):
                    self.kill_adding(dice)
                self.add(self.input)
                self.assertEqual(self.everything(), whole)
                self.assert_sound(self.COUNT)
        self.assertGreater(self.partial, 0, "no kill came while stories were being added")

    def test_ctrl_c_keeps_what_is_done(self):
        process = subprocess.Popen([DATELINE, "add", self.archive, self.input],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(self.duration * 0.6)
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=60)[1].decode()
        if process.returncode != 0:
            self.assertEqual(process.returncode, 130, err)
            self.assertIn("run the same command again to go on", err)
            self.assert_sound()
        self.add(self.input)
        self.assertEqual(self.ids(), self.expected)

    def test_two_at_once(self):
        codes = []
        threads = [threading.Thread(target=lambda: codes.append(run("add", self.archive, self.input).code))
                   for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(codes, [0, 0])
        self.assertEqual(self.ids(), self.expected)
        self.assert_sound(self.COUNT)

    def test_a_disk_that_refuses(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        done = run("add", self.archive, self.input, preexec_fn=limit, restore_signals=False)
        self.assertEqual(done.code, 1)
        self.assertRegex(done.err, "the disk refused|no space is left")
        self.assert_sound()
        self.assertLess(len(self.ids()), self.COUNT)
        self.add(self.input)
        self.assertEqual(self.ids(), self.expected)

    def test_a_reader_does_not_stop_the_writer(self):
        self.add(self.write("first.txt", BRIDGE))
        with sqlite3.connect(self.archive) as reader:
            rows = reader.execute("SELECT s.story FROM stories AS s, stories AS t")
            rows.fetchone()  # holds its view of the file open
            self.add(self.input)
        self.assert_sound(self.COUNT + 1)

    def test_a_writer_that_does_not_end_is_named(self):
        self.add(self.write("first.txt", BRIDGE))
        with sqlite3.connect(self.archive) as writer:
            writer.execute("BEGIN IMMEDIATE")
            done = run("add", self.archive, self.input)
            writer.rollback()
        self.assertEqual(done.code, 1)
        self.assertIn("another program is writing to it; run the same command again", done.err)
        self.add(self.input)
        self.assert_sound(self.COUNT + 1)


if __name__ == "__main__":
    unittest.main()
