"""An archive and a PostgreSQL server, which this test starts by itself in a folder of its own.

Without an installed server (Debian: postgresql) or libpq the tests that need them are skipped by name."""

import glob
import json
import os
import pathlib
import pwd
import random
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest

DATELINE = os.path.abspath(os.environ.get("DATELINE", "build/dev/bin/dateline"))
KILLS = int(os.environ.get("DATELINE_KILLS", "6"))
SHORT_WAIT = 60

VISIT = """Envoys meet in Moscow

MOSCOW, March 5, 2031 (Wire) - China's foreign minister Wang Yi met Russian President Vladimir Putin in Moscow on Tuesday.

"Our ties are good and will grow," Wang Yi said after the talks. "We'll meet in Halvik," he said, in May.
"""


def stories(count, prefix="Talks"):
    """Stories of which no two are alike, but that every tenth is a copy of the one before."""
    names = ["Ada Quill", "Bo Lund", "Cy Marsh", "Di Thorne"]
    towns = ["Halvik", "Oslavia", "Brenn", "Tarn", "Sudmark"]
    lines = []
    for i in range(count):
        n = i - 1 if i % 10 == 9 else i
        name, town = names[n % len(names)], towns[n % len(towns)]
        lines.append(json.dumps({
            "id": f"{prefix}-{i}", "headline": f"{prefix} number {n} end in {town}", "date": f"2031-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
            "publisher": "Halvik Post" if i % 10 != 9 else "Tarn Daily",
            "text": f"Chinese minister {name} met Russian envoys in {town} for {prefix} round {n}.\n\n\"We agreed on point {n},\" {name} said on "
                    f"Monday. The {n}th round of {prefix} took {n + 2} hours, officials of {town} said about what they call plan {n * 7}."}))
    return "\n".join(lines) + "\n"


# What schema 3 has added on the server, taken away.
WITHOUT_ARRIVALS = """DROP VIEW dateline.corrected_events, dateline.event_corrections;
ALTER TABLE dateline.corrections DROP COLUMN arrival;
CREATE VIEW dateline.event_corrections AS
SELECT k.correction, k.story, k.fact AS event, k.kind, k.machine, k.value, k.plover, k.quad, k.goldstein, k.made, k.note
FROM dateline.corrections AS k WHERE k.undone IS NULL;
CREATE VIEW dateline.corrected_events AS
SELECT w.story, w.event, w.date, w.day, w.published, w.cameo, w.plover, w.quad, w.goldstein, w.status, w.source, w.source_name,
       w.target, w.target_name, w.place, w.country, w.evidence, w.cameo AS machine, NULL::uuid AS correction
FROM dateline.who_did_what AS w;
"""


def find_server():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"))
    return os.path.dirname(found[-1]) if found else None


class Server:
    """A server on a socket in its own folder; stopped by its process id."""

    def __init__(self, bin_folder):
        self.bin = bin_folder
        self.folder = tempfile.TemporaryDirectory(prefix="dateline-pg-")
        self.root = pathlib.Path(self.folder.name)
        self.user = []
        if os.getuid() == 0:  # the server refuses to be root
            owner = pwd.getpwnam("postgres")
            os.chown(self.root, owner.pw_uid, owner.pw_gid)
            self.user = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
        subprocess.run([*self.user, f"{self.bin}/initdb", "-D", self.root / "data", "-U", "news", "-A", "trust", "-E", "UTF8", "--locale=C",
                        "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [*self.user, f"{self.bin}/postgres", "-D", self.root / "data", "-k", self.root, "-c", "listen_addresses=", "-c", "fsync=off"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        end = time.monotonic() + SHORT_WAIT
        while subprocess.run(["psql", "-qAt", "-c", "SELECT 1", self.url("postgres")], capture_output=True).returncode != 0:
            if time.monotonic() > end:
                raise RuntimeError("the server does not start")
            time.sleep(0.05)

    def kill(self):
        self.process.send_signal(signal.SIGQUIT)  # at once, as after a power cut
        self.process.wait(SHORT_WAIT)

    def url(self, database):
        return f"postgresql://news@/{database}?host={self.root}"

    def sql(self, database, statement):
        done = subprocess.run(["psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-F", "\t", "-c", statement, self.url(database)], capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode())
        return [line.split("\t") for line in done.stdout.decode().splitlines()]

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(SHORT_WAIT)
        self.folder.cleanup()


def run(*arguments, data=b"", code=0):
    done = subprocess.run([DATELINE, *map(str, arguments)], input=data, capture_output=True, timeout=300)
    if code is not None and done.returncode != code:
        raise AssertionError(f"{arguments}: exit {done.returncode}: {done.stderr.decode()}")
    return done.stderr.decode()


def built_with_libpq():
    return "without PostgreSQL" not in run("sync", "none.db", "postgresql://127.0.0.1:1/none", code=None)


BIN = find_server()
SKIP = "" if BIN and built_with_libpq() else "no PostgreSQL server installed, or dateline built without libpq"


class Case(unittest.TestCase):
    server = None

    @classmethod
    def setUpClass(cls):
        if SKIP:
            raise unittest.SkipTest(f"{cls.__name__}: {SKIP}")
        if Case.server is None:
            Case.server = Server(BIN)

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.at = pathlib.Path(self.folder.name)
        self.database = "d" + self.id().rpartition(".")[2].lower()
        self.server.sql("postgres", f'CREATE DATABASE "{self.database}"')
        self.url = self.server.url(self.database)

    def archive(self, name, text, *options):
        path = self.at / name
        run("add", *options, path, "-", data=text if isinstance(text, bytes) else text.encode())
        return path

    def sync(self, archive, *options, code=0):
        return run("sync", *options, archive, self.url, code=code)

    def count(self, table):
        return int(self.server.sql(self.database, f"SELECT count(*) FROM dateline.{table}")[0][0])


def rows(archive, statement):
    with sqlite3.connect(archive) as database:
        return [["" if v is None else str(v) for v in row] for row in database.execute(statement)]


# What both sides must say of every story: the same columns, in SQLite and in PostgreSQL.
SAME = [
    ("stories", "coalesce(published, ''), coalesce(publisher, ''), number, coalesce(source_id, ''), words"),
    ("texts", "coalesce(headline, ''), hex(text)"),
    ("sentences", 'sentence, start, "end"'),
    ("roles", 'role, entity, title, coalesce("of", \'\'), coalesce("time", \'\'), start, "end"'),
    ("mentions", 'mention, entity, kind, start, "end"'),
    ("times", '"time", type, value, coalesce(mod, \'\'), coalesce(first_day, \'\'), coalesce(last_day, \'\'), start, "end"'),
    ("attributions", 'attribution, kind, coalesce(entity, 0), coalesce(source, \'\'), coalesce(cue, \'\'), coalesce(lemma, \'\'), start, "end"'),
    ("said", 'passage, attribution, part, start, "end"'),
    ("event_actors", 'event, side, number, coalesce(entity, 0), actor, start, "end"'),
    ("quotes", "attribution, coalesce(speaker, ''), coalesce(title, ''), coalesce(country, ''), kind, quote, headline"),
    ("people", "entity, name, coalesce(country, ''), coalesce(actor, ''), coalesce(title, '')"),
    ("who_did_what", "event, coalesce(date, ''), cameo, root, plover, status, coalesce(source, ''), coalesce(source_name, ''), "
                     "coalesce(target, ''), coalesce(target_name, ''), coalesce(place, ''), evidence"),
    ("who_met_whom", "event, one, other, one_actor, other_actor, cameo"),
    ("sentence_texts", "sentence, text"),
]


class Sharing(Case):
    def test_the_tables_say_what_the_archive_says(self):
        one = self.archive("one.db", stories(20))
        run("add", one, "-", data=VISIT.encode())
        self.assertIn("21 stories pushed", self.sync(one, "--push"))
        for table, columns in SAME:
            key = "(SELECT lower(hex(hash)) FROM stories AS k WHERE k.story = x.story)"
            here = sorted(rows(one, f"SELECT {key}, {columns} FROM {table} AS x"))
            there_columns = columns.replace("hex(text)", "upper(encode(convert_to(text, 'UTF8'), 'hex'))")
            for day in ("first_day", "last_day"):
                there_columns = there_columns.replace(f"coalesce({day}, '')", f"coalesce({day}::text, '')")
            there = sorted(self.server.sql(self.database, f"SELECT replace(story::text, '-', ''), {there_columns} FROM dateline.{table}"))
            self.assertEqual(here, there, table)
            self.assertTrue(here, table)

    def test_a_second_push_sends_nothing_and_a_later_one_what_is_new(self):
        one = self.archive("one.db", stories(30))
        self.assertIn("30 stories pushed, 0 stories pulled", self.sync(one))
        self.assertIn("0 stories pushed", self.sync(one))
        run("add", one, "-", data=stories(5, "Votes").encode())
        self.assertIn("5 stories pushed, 0 stories pulled", self.sync(one))
        self.assertEqual(self.count("stories"), 35)

    def test_a_pull_makes_the_same_archive(self):
        one = self.archive("one.db", stories(40))
        run("add", one, "-", data=b'{"text": "Bare text of one sentence.", "id": "plain"}\n')
        self.sync(one, "--push")
        other = self.at / "other.db"
        self.assertIn("41 stories pulled", self.sync(other, "--pull"))
        run("check", other)
        key = "SELECT lower(hex(hash)) FROM stories ORDER BY 1"
        self.assertEqual(rows(one, key), rows(other, key))
        for (story,) in rows(one, key)[::8]:
            for what in ("--json", "--original"):
                a = subprocess.run([DATELINE, "story", what, one, story], capture_output=True, check=True).stdout
                b = subprocess.run([DATELINE, "story", what, other, story], capture_output=True, check=True).stdout
                self.assertEqual(a, b)
        self.assertIn("0 stories pulled", self.sync(other, "--pull"))
        self.assertIn("0 stories pushed", self.sync(other))
        self.assertEqual(len(rows(one, "SELECT * FROM copies")), len(rows(other, "SELECT * FROM copies")))
        self.assertEqual(self.server.sql(self.database, "SELECT count(copy_of) FROM dateline.story_clusters")[0],
                         [str(len(rows(one, "SELECT * FROM copies")))])

    def test_two_archives_share_without_doubling(self):
        one = self.archive("one.db", stories(20) + stories(10, "Votes"))
        two = self.archive("two.db", stories(10, "Votes") + stories(15, "Trade"))
        self.sync(one)
        self.assertIn("15 stories pushed, 20 stories pulled", self.sync(two))
        self.assertIn("0 stories pushed, 15 stories pulled", self.sync(one))
        self.assertEqual(self.count("stories"), 45)
        for archive in (one, two):
            run("check", archive)
            self.assertEqual(rows(archive, "SELECT count(*) FROM stories"), [["45"]])

    def test_corrections_travel_and_are_taken_back(self):
        one = self.archive("one.db", VISIT)
        self.sync(one)
        two = self.at / "two.db"
        self.sync(two, "--pull")
        run("correct", one, 1, "v1", "--not-an-event", "--note", "a rehearsal")
        self.assertIn("1 correction pushed", self.sync(one))
        self.assertIn("1 correction pulled", self.sync(two))
        self.assertEqual(rows(one, "SELECT kind, machine, note FROM event_corrections"), rows(two, "SELECT kind, machine, note FROM event_corrections"))
        self.assertEqual(self.count("corrected_events"), self.count("events") - 1)
        run("correct", two, "--undo", 1)
        self.sync(two)
        self.assertIn("1 correction pulled", self.sync(one))
        self.assertEqual(rows(one, "SELECT * FROM event_corrections"), [])
        self.assertEqual(self.count("corrected_events"), self.count("events"))
        self.assertNotIn("correction", self.sync(one))
        run("check", one)

    def who(self, archive):
        """Which entities are the same, by stories' ids: these are alike in every archive."""
        links = rows(archive, "SELECT i.identity, lower(hex(s.hash)) || '.' || i.entity FROM story_identities AS i JOIN stories AS s USING(story)")
        return sorted(sorted(e for j, e in links if j == i) for i in {i for i, _ in links})

    def who_there(self):
        links = self.server.sql(self.database, "SELECT identity, replace(story::text, '-', '') || '.' || entity FROM dateline.story_identities")
        return sorted(sorted(e for j, e in links if j == i) for i in {i for i, _ in links})

    def test_the_server_shows_who_is_who(self):
        one = self.archive("one.db", VISIT)
        run("add", one, "-", data=stories(30).encode())
        run("add", one, "-", data=b"Wang Yi, China's foreign minister, went home on March 9, 2031.\n")
        self.sync(one)
        self.assertEqual(self.who_there(), self.who(one))
        wang = self.server.sql(self.database, "SELECT type, country, stories, confidence FROM dateline.who_is_who WHERE name = 'Wang Yi'")
        here = rows(one, "SELECT type, country, stories, confidence FROM who_is_who WHERE name = 'Wang Yi'")
        self.assertEqual(wang, here)
        self.assertEqual(wang[0][2], "2")
        self.assertEqual(self.server.sql(self.database, "SELECT title FROM dateline.identity_roles JOIN dateline.who_is_who USING(identity) "
                                                        "WHERE name = 'Wang Yi' AND title = 'foreign minister'"), [["foreign minister"]])

    def test_corrections_of_identities_travel_and_are_taken_back(self):
        one = self.archive("one.db", VISIT)
        run("add", one, "-", data=b"Wang Yi, China's foreign minister, went home on March 9, 2031.\n")
        run("add", one, "-", data=b"Yi Wang the baker sang in Halvik on March 12, 2031.\n")
        self.sync(one)
        two = self.at / "two.db"
        run("add", two, "-", data=stories(20).encode())  # so that identities have other numbers there
        self.sync(two)
        before = self.who(one)
        [[story, entity]] = rows(one, "SELECT story, entity FROM story_identities JOIN people USING(story, entity) WHERE story = 2 AND name = 'Wang Yi'")
        run("correct", one, story, f"e{entity}", "--another", "--note", "a namesake")
        [[baker]] = rows(one, "SELECT identity FROM story_identities JOIN people USING(story, entity) WHERE name = 'Yi Wang'")
        run("correct", one, story, f"e{entity}", "--same-as", baker)
        self.assertNotEqual(self.who(one), before)
        self.assertIn("2 corrections pushed", self.sync(one, "--push"))
        self.assertEqual([each for each in self.who_there() if each in self.who(one)], self.who(one))
        self.assertIn("2 corrections pulled", self.sync(two))
        both = [each for each in self.who(two) if each in self.who(one)]
        self.assertEqual(both, self.who(one))
        kinds = "SELECT kind, name, note FROM entity_corrections ORDER BY correction"
        self.assertEqual(rows(two, kinds), rows(one, kinds))
        self.assertNotIn("correction", self.sync(two))
        self.assertIn("20 stories pulled", self.sync(one))
        self.assertNotIn("correction", self.sync(one))
        for correction in (2, 1):
            run("correct", two, "--undo", correction)
        self.sync(two)
        self.assertIn("2 corrections pulled", self.sync(one))
        self.assertEqual([each for each in self.who(one) if each in before], before)
        for archive in (one, two):
            run("check", archive)

    def test_a_server_of_an_earlier_schema_is_brought_up_to_date(self):
        one = self.archive("one.db", VISIT)
        self.sync(one)
        self.server.sql(self.database, "DROP VIEW dateline.who_is_who, dateline.identity_roles, dateline.story_identities; "
                                       "DROP TABLE dateline.identity_links; " + WITHOUT_ARRIVALS + "UPDATE dateline.schema_version SET version = 1")
        self.assertIn("1 story pulled", self.sync(self.at / "two.db", "--pull"))
        self.sync(one)
        self.assertEqual(self.server.sql(self.database, "SELECT version FROM dateline.schema_version"), [["3"]])
        self.assertEqual(self.who_there(), self.who(one))

    def test_corrections_on_a_server_of_an_earlier_schema_keep_the_order_of_their_moments(self):
        one = self.archive("one.db", stories(3))
        for story, when in ((1, "2031-03-05T10:00:00Z"), (2, "2031-03-04T10:00:00Z"), (3, "2031-03-06T10:00:00Z")):
            run("correct", one, story, "v1", "--not-an-event")
            with sqlite3.connect(one) as database:
                database.execute("UPDATE corrections SET made = ? WHERE story = ?", (when, story))
        self.sync(one)
        self.server.sql(self.database, WITHOUT_ARRIVALS + "UPDATE dateline.schema_version SET version = 2")
        self.assertIn("3 corrections pulled", self.sync(self.at / "two.db", "--pull"))
        self.sync(one)
        self.assertEqual(self.server.sql(self.database, "SELECT EXTRACT(day FROM made AT TIME ZONE 'UTC') FROM dateline.corrections ORDER BY arrival"),
                         [["4"], ["5"], ["6"]])

    def test_corrections_of_one_second_that_say_the_same_are_two(self):
        one = self.archive("one.db", VISIT)
        for _ in range(2):
            run("correct", one, 1, "v1", "--not-an-event")
            run("correct", one, "--undo", rows(one, "SELECT max(correction) FROM corrections")[0][0])
        run("correct", one, 1, "v1", "--code", "190")
        moment = "UPDATE corrections SET made = '2031-03-05T10:00:00Z'"
        with sqlite3.connect(one) as database:
            database.execute(moment)
        self.assertIn("3 corrections pushed", self.sync(one, "--push"))
        two = self.at / "two.db"
        self.assertIn("3 corrections pulled", self.sync(two, "--pull"))
        said = "SELECT lower(hex(id)), kind, value, undone IS NULL FROM corrections ORDER BY correction"
        self.assertEqual(rows(two, said), rows(one, said))
        self.assertNotIn("correction", self.sync(one) + self.sync(two))

    def test_corrections_without_an_id_are_known_by_what_they_say(self):
        one = self.archive("one.db", VISIT)
        for _ in range(2):
            run("correct", one, 1, "v1", "--not-an-event")
            run("correct", one, "--undo", rows(one, "SELECT max(correction) FROM corrections")[0][0])
        with sqlite3.connect(one) as database:  # as an earlier program has made them, within one second
            database.execute("UPDATE corrections SET id = NULL, made = '2031-03-05T10:00:00Z'")
        self.assertIn("2 corrections pushed", self.sync(one, "--push"))
        two = self.at / "two.db"
        self.assertIn("2 corrections pulled", self.sync(two, "--pull"))
        self.assertNotIn("correction", self.sync(one) + self.sync(two))

    def test_the_correction_that_came_last_counts_on_the_server(self):
        one = self.archive("one.db", VISIT)
        two = self.at / "two.db"
        self.sync(one)
        self.sync(two, "--pull")
        run("correct", one, 1, "v1", "--code", "190")
        run("correct", two, 1, "v1", "--code", "173")
        for archive in (one, two):  # two clocks that say the same
            with sqlite3.connect(archive) as database:
                database.execute("UPDATE corrections SET made = '2031-03-05T10:00:00Z'")
        self.sync(one, "--push")
        self.sync(two, "--push")
        self.assertEqual(self.server.sql(self.database, "SELECT cameo FROM dateline.corrected_events WHERE machine IS NOT NULL"), [["173"]])

    def test_stories_read_anew_take_the_place_of_the_old(self):
        one = self.archive("one.db", stories(5))
        self.sync(one)
        with sqlite3.connect(one) as database:  # as if an earlier program had read them
            database.execute("UPDATE runs SET program = 'dateline 0.0.1', started = '2020-01-01T00:00:00Z'")
        run("rebuild", one)
        self.assertIn("5 stories pushed, 5 of them read anew", self.sync(one))
        self.assertIn("0 stories pushed", self.sync(one))
        self.assertEqual((self.count("stories"), self.count("cluster_stories")), (5, 5))

    def test_the_full_text_index_finds_words(self):
        self.sync(self.archive("one.db", VISIT + "\n"), "--push")
        found = self.server.sql(self.database, "SELECT headline FROM dateline.texts WHERE search @@ websearch_to_tsquery('simple', 'wang halvik')")
        self.assertEqual(found, [["Envoys meet in Moscow"]])


class Hostile(Case):
    def test_what_the_server_cannot_hold_comes_back_as_it_was(self):
        lines = [
            b'{"id": "nul\\u0000id", "publisher": "A\\u0000B", "url": "http://x/\\u0000", "text": "Minister Ada Quill spoke on Monday in Halvik."}',
            b'{"id": "tab\\tline\\nback\\\\slash", "publisher": "\\\\.", "headline": "\\\\N", "text": "Cy Marsh\\tmet Di Thorne.\\n\\\\.\\nEnd of it."}',
            json.dumps({"id": "long", "publisher": "P" * 9000, "headline": "W" * 5000, "text": "".join(f"w{i:05x} " for i in range(300000))}).encode(),
        ]
        one = self.at / "one.db"
        for i, line in enumerate(lines):
            path = self.at / f"{i}.json"
            path.write_bytes(line + b"\n")
            run("add", "--no-analysis", one, path)
        strange = os.fsencode(self.at) + b"/na\xefve.txt"
        with open(strange, "wb") as file:
            file.write(b"Di Thorne went to Brenn.\n")
        subprocess.run([os.fsencode(DATELINE), b"add", os.fsencode(one), strange], check=True, capture_output=True)
        count = int(rows(one, "SELECT count(*) FROM stories")[0][0])
        self.assertEqual(count, 4)
        self.assertEqual(len(rows(one, "SELECT 1 FROM stories WHERE instr(source_id, char(0)) > 0")), 1)
        self.assertIn(f"{count} stories pushed", self.sync(one, "--push"))
        other = self.at / "other.db"
        self.assertIn(f"{count} stories pulled", self.sync(other, "--pull"))
        run("check", other)
        for (story,) in rows(one, "SELECT lower(hex(hash)) FROM stories"):
            for what in ("--json", "--original"):
                a = subprocess.run([DATELINE, "story", what, one, story], capture_output=True, check=True).stdout
                b = subprocess.run([DATELINE, "story", what, other, story], capture_output=True, check=True).stdout
                self.assertEqual(a, b)
        self.assertIn("0 stories pushed, 0 stories pulled", self.sync(one))

    def test_a_server_that_changed_what_it_was_given_is_not_believed(self):
        self.sync(self.archive("one.db", VISIT), "--push")
        self.server.sql(self.database, "UPDATE dateline.inputs SET original = 'other'")
        said = self.sync(self.at / "other.db", "--pull", code=1)
        self.assertIn("is not what its name says", said)
        self.assertEqual(rows(self.at / "other.db", "SELECT count(*) FROM stories"), [["0"]])


class Refusing(Case):
    def test_says_what_is_wrong(self):
        one = self.archive("one.db", VISIT)
        self.assertIn("there is no archive in this database", self.sync(self.at / "none.db", "--pull", code=1))
        self.assertIn("there is no such archive", self.sync(self.at / "none.db", code=1))
        said = run("sync", one, "postgresql://ada:secret@127.0.0.1:1/news", code=1)
        self.assertIn("cannot connect", said)
        self.assertNotIn("secret", said)
        self.assertIn("say what with what", run("sync", one, code=2))
        self.server.sql("postgres", f"CREATE DATABASE \"{self.database}_latin\" ENCODING 'LATIN1' TEMPLATE template0")
        self.assertIn("encoded as LATIN1", run("sync", one, self.server.url(self.database + "_latin"), code=1))
        self.sync(one)
        self.server.sql(self.database, "UPDATE dateline.schema_version SET version = 99")
        self.assertIn("schema 99", self.sync(one, code=1))

    def test_a_reader_may_pull_and_not_push(self):
        one = self.archive("one.db", VISIT)
        self.sync(one)
        self.server.sql(self.database, "CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA dateline TO reader; "
                                       "GRANT SELECT ON ALL TABLES IN SCHEMA dateline TO reader")
        url = self.url.replace("news@", "reader@")
        self.assertIn("1 story pulled", run("sync", "--pull", self.at / "two.db", url))
        run("add", one, "-", data=stories(1).encode())
        self.assertIn("permission denied", run("sync", "--push", one, url, code=1))


class Surviving(Case):
    def whole(self, count):
        self.assertEqual(self.count("stories"), count)
        for table in ("texts", "records", "cluster_stories"):
            self.assertEqual(self.count(table), count, table)
        told = self.server.sql(self.database, "SELECT count(*) FROM dateline.records WHERE jsonb_array_length(record->'sentences') <> "
                                              "(SELECT count(*) FROM dateline.sentences AS s WHERE s.story = records.story)")
        self.assertEqual(told, [["0"]])

    def test_two_pushes_at_once_bring_each_story_once(self):
        common = stories(400)
        archives = [self.archive(f"{i}.db", common + stories(100, f"Own{i}"), "--no-analysis") for i in range(3)]
        pushes = [subprocess.Popen([DATELINE, "sync", "--push", a, self.url], stderr=subprocess.PIPE) for a in archives]
        said = [p.communicate(timeout=120)[1].decode() for p in pushes]
        self.assertEqual([p.returncode for p in pushes], [0, 0, 0], said)
        self.whole(700)
        self.assertEqual(sum(int(s.split()[1]) for s in said), 700)

    def test_kills_in_the_middle_of_push_and_pull_lose_and_double_nothing(self):
        one = self.archive("one.db", stories(1500), "--no-analysis")
        chance = random.Random(7)

        def kill(*arguments):
            for _ in range(KILLS):
                process = subprocess.Popen([DATELINE, "sync", *arguments, self.url], stderr=subprocess.DEVNULL)
                time.sleep(0.05 + chance.random() * 0.4)
                process.kill()
                process.wait()

        kill("--push", one)
        self.sync(one, "--push")
        self.whole(1500)
        two = self.at / "two.db"
        kill("--pull", two)
        self.sync(two, "--pull")
        run("check", two)
        self.assertEqual(rows(two, "SELECT count(*) FROM stories"), [["1500"]])

    def test_a_server_that_goes_away_is_named_and_what_it_had_stays(self):
        one = self.archive("one.db", stories(1500), "--no-analysis")
        self.sync(self.archive("small.db", VISIT), "--push")
        process = subprocess.Popen([DATELINE, "sync", "--push", one, self.url], stderr=subprocess.PIPE)
        end = time.monotonic() + SHORT_WAIT
        while self.count("stories") < 2 and time.monotonic() < end:
            time.sleep(0.01)
        self.server.kill()
        said = process.communicate(timeout=SHORT_WAIT)[1].decode()
        self.server.start()
        if process.returncode != 0:  # else it was faster
            self.assertEqual(process.returncode, 1)
            self.assertRegex(said, "the connection is lost|terminating connection|cannot connect")
        self.sync(one, "--push")
        self.whole(1501)


def tearDownModule():
    if Case.server is not None:
        Case.server.stop()


if __name__ == "__main__":
    unittest.main()
