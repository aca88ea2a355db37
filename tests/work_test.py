"""`dateline work` against a broker in memory, librdkafka's mock cluster.

The mock of librdkafka 2.0 knows groups and takes the requests of transactions, but it neither keeps the offsets of a
transaction nor hides the messages of one that was not committed, and takes no offsets while partitions change hands.
That records arrive exactly once when workers die, come and go is therefore tested by work_broker_test.py, on a real
broker; here they arrive at least once, and what comes twice is the same.
"""

import collections
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.request

DATELINE = os.environ.get("DATELINE", "build/dev/bin/dateline")
BUILD = pathlib.Path(os.environ.get("DATELINE_BUILD", "build/dev"))
TOOL = BUILD / "bin/kafka_tool"
CACHE = BUILD / "CMakeCache.txt"
# Not whether the tool is there: one that an earlier build left stays when librdkafka goes.
KAFKA = CACHE.exists() and "DATELINE_KAFKA:INTERNAL=ON" in CACHE.read_text()
PARTITIONS = 4
BOTH = ("exactly-once", "at-least-once")
# A worker that is killed is missed after this time. The mock waits three seconds for members of a new group, and counts
# them as gone when they wait longer than that.
SETTINGS = "session.timeout.ms=3500\nheartbeat.interval.ms=200\n"

Row = collections.namedtuple("Row", "partition offset key value headers")


def hexed(data):
    if data is None:
        return "-"
    data = data.encode() if isinstance(data, str) else data
    return data.hex() or "="


def unhexed(digits):
    return None if digits == "-" else b"" if digits == "=" else bytes.fromhex(digits)


def tool(*arguments, stdin=""):
    done = subprocess.run([TOOL, *arguments], input=stdin, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout


def story(number, sentences=1):
    """A story as JSON, and different for each number."""
    lines = (f"Envoy {number} of Peru met President Vladimir Putin in Moscow on Tuesday, delegate {line} said."
             for line in range(sentences))
    return json.dumps({"headline": f"Envoy {number} visits Moscow", "date": "2031-04-08", "text": " ".join(lines)})


def without_place(record):
    """A record, but for where it was read from: to be compared with one that came another way."""
    return json.dumps({**json.loads(record), "source": None}, sort_keys=True)


class Topics:
    """Messages in and out of topics."""

    def __init__(self, brokers, prefix=""):
        self.brokers = brokers
        self.prefix = prefix

    def send(self, topic, messages):
        tool("send", self.brokers, self.prefix + topic, stdin="".join(f"{hexed(key)} {hexed(value)}\n" for key, value in messages))

    def fetch(self, topic, which="committed"):
        rows = []
        for line in tool("fetch", self.brokers, self.prefix + topic, which).splitlines():
            partition, offset, key, value, *headers = line.split(" ")
            pairs = [header.split("=", 1) for header in headers]
            rows.append(Row(int(partition), int(offset), unhexed(key), unhexed(value),
                            {name: unhexed(digits).decode() for name, digits in pairs}))
        return rows


class Worker:
    """One `dateline work`."""

    def __init__(self, topics, folder, *options, delivery="at-least-once", settings=SETTINGS, until_end=True,
                 group="dateline"):
        config = pathlib.Path(folder) / f"kafka{time.monotonic_ns()}.conf"
        config.write_text(settings)
        self.process = subprocess.Popen(
            [DATELINE, "work", "--brokers", topics.brokers, "--in", topics.prefix + "stories",
             "--out", topics.prefix + "records", "--group", topics.prefix + group, "--threads", "1", "--delivery", delivery,
             "--config", config, *(["--until-end"] if until_end else []), *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def finish(self, stop=None, timeout=60):
        """The exit code and what it said; `stop`: a signal to be sent first."""
        if stop is not None:
            self.process.send_signal(stop)
        try:
            _, err = self.process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode, err

    def lines(self, pattern):
        """The first line of standard error that has the pattern."""
        for line in self.process.stderr:
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"no line has {pattern}")


def committed(err):
    """The messages that the last line of a worker counts."""
    return int(re.findall(r"([0-9,]+) messages? \(", err)[-1].replace(",", ""))


class Base(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.workers = []
        self.addCleanup(lambda: [worker.process.kill() for worker in self.workers if worker.process.poll() is None])

    def work(self, *options, **named):
        worker = Worker(self.topics, self.folder, *options, **named)
        self.addCleanup(worker.process.stderr.close)
        self.addCleanup(worker.process.stdout.close)
        self.workers.append(worker)
        return worker

    def send_stories(self, count, sentences=1, first=0):
        self.topics.send("stories", [(f"k{number}", story(number, sentences)) for number in range(first, first + count)])

    def assert_once(self, rows, count):
        """Each story's record once."""
        self.assertEqual(sorted(row.key.decode() for row in rows), sorted(f"k{number}" for number in range(count)))
        self.assert_own(rows)

    def assert_own(self, rows):
        """Each record is its own message's, and those of one story are the same bytes."""
        values = collections.defaultdict(set)
        for row in rows:
            values[row.key].add(row.value)
            self.assertEqual(json.loads(row.value)["article"]["headline"], f"Envoy {row.key.decode()[1:]} visits Moscow")
        self.assertEqual({len(each) for each in values.values()}, {1})


@unittest.skipUnless(KAFKA, "built without librdkafka")
class OnTheMock(Base):
    def setUp(self):
        super().setUp()
        self.mock = subprocess.Popen([TOOL, "mock", f"stories:{PARTITIONS}", "records:8", "records.dead:1"],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.mock.wait)
        self.addCleanup(self.mock.stdout.close)
        self.addCleanup(self.mock.stdin.close)
        self.topics = Topics(self.mock.stdout.readline().strip())

    def test_messages_become_records_dead_letters_or_pass(self):
        text = "Oslavia, March 3 - The harbour minister met his Peruvian counterpart on Monday.\n\nThey spoke for an hour.\n"
        page = ("<html><body><article><h1>Ministers meet</h1><p>The harbour minister met his Peruvian counterpart on "
                "Monday, and they spoke for an hour about ships and tides.</p></article></body></html>")
        two = f"{story(1)}\n{story(2)}\n"
        mapped = json.dumps({"titel": "Der Rest", "body": "Peru recalled its envoy to Chile.", "date": "2031-04-08"})
        good = {"text": text, "page": page, "json": story(0), "map": mapped}
        self.topics.send("stories", [*good.items(), (None, story(3)), ("both", two), ("binary", b"%PDF\x00\x01\x02"),
                                     ("empty", b""), ("gone", None), (None, None),
                                     ("half", f"{story(4)}\n{{\"text\": 3}}\n")])
        both = [self.work("--map", "headline=titel", delivery=delivery, group=delivery) for delivery in BOTH]
        for worker in both:
            code, err = worker.finish()
            self.assertEqual((code, committed(err)), (0, 11), err)
        rows = self.topics.fetch("records")
        by_key = {row.key.decode(): row for row in rows}
        self.assertEqual(len(rows), 2 * len(by_key), "the second delivery has the same keys")
        for key, value in good.items():
            done = subprocess.run([DATELINE, "read", "--jsonl", "--map", "headline=titel", "-"], input=value.encode(),
                                  capture_output=True, check=True)
            self.assertEqual(by_key[key].value + b"\n", done.stdout, key)
            self.assertEqual(by_key[key].headers["dateline.topic"], "stories")
        self.assertIsNone(by_key["gone"].value)
        ids = {json.loads(row.value)["id"]: key for key, row in by_key.items() if row.value}
        self.assertEqual(sum(key == name for name, key in ids.items()), 3, "one without a key, and two of one message")
        dead = {row.key: row for row in self.topics.fetch("records.dead")}
        self.assertEqual(set(dead), {b"binary", b"empty", None, *([b"half"] if b"half" in dead else [])})
        self.assertIn("is no text (binary data)", dead[b"binary"].headers["dateline.reason"])
        self.assertEqual(dead[b"binary"].value, b"%PDF\x00\x01\x02")
        self.assertIn("empty", dead[b"empty"].headers["dateline.reason"])
        self.assertEqual({"dateline.topic", "dateline.partition", "dateline.offset", "dateline.reason"},
                         set(dead[None].headers))

    def test_workers_that_come_go_and_die_lose_nothing_and_what_is_doubled_is_the_same(self):
        count = 300
        self.send_stories(count, sentences=15)
        first = self.work("--batch", "20", until_end=False)
        time.sleep(3.6)
        second = self.work("--batch", "20", until_end=False)
        time.sleep(0.5)
        first.process.kill()
        third = self.work("--batch", "20", until_end=False)
        time.sleep(3)
        second.finish(signal.SIGTERM)
        wanted = {f"k{number}" for number in range(count)}
        deadline = time.monotonic() + 30
        while {row.key.decode() for row in self.topics.fetch("records")} != wanted:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.2)
        third.finish(signal.SIGINT)
        self.assert_own(self.topics.fetch("records"))

    def test_what_brokers_do_not_take_is_a_dead_letter(self):
        self.topics.send("stories", [("small", story(0)), ("large", story(1, 60))])
        limit = len(story(1, 60)) + 500
        settings = f"{SETTINGS}message.max.bytes={limit}\n"
        both = [self.work(delivery=delivery, group=delivery, settings=settings) for delivery in BOTH]
        for worker in both:
            code, err = worker.finish()
            self.assertEqual((code, committed(err)), (0, 2), err)
        # Delivered at least once, it comes again with the batch in which another message was refused.
        self.assertEqual({row.key for row in self.topics.fetch("records")}, {b"small"})
        letters = self.topics.fetch("records.dead")
        self.assertGreaterEqual(len(letters), 2)
        for row in letters:
            self.assertEqual(row.key, b"large")
            self.assertEqual(row.value.decode(), story(1, 60))
            self.assertRegex(row.headers["dateline.reason"], r"^[0-9]+ bytes are more than the brokers take")

    def test_figures_tell_lag_and_that_little_is_held(self):
        count = 300
        self.send_stories(count, sentences=15)
        worker = self.work("--batch", "10", "--metrics", "0", "--every", "1s", until_end=False)
        address = worker.lines(r"figures are at (http\S+)").group(1)
        held, lags, figures = set(), [], {}
        deadline = time.monotonic() + 25
        while figures.get("dateline_work_messages_total") != count and time.monotonic() < deadline:
            with urllib.request.urlopen(address, timeout=5) as answer:
                text = answer.read().decode()
            figures = {name: float(value) for name, value in re.findall(r"^(\w+) (\S+)$", text, re.MULTILINE)}
            held.add(figures["dateline_work_held_messages"])
            lags.append(sum(int(lag) for lag in re.findall(r'dateline_work_lag{topic="stories",partition="\d"} (\d+)', text)))
            time.sleep(0.05)
        self.assertEqual(figures["dateline_work_messages_total"], count)
        self.assertEqual(figures["dateline_work_records_total"], count)
        self.assertEqual(figures["dateline_work_partitions"], PARTITIONS)
        self.assertLessEqual(max(held), 64 + 10 + 1)
        self.assertGreater(max(held), 0)
        self.assertGreater(max(lags), 20)
        self.assertEqual(lags[-1], 0)
        with self.assertRaises(urllib.error.HTTPError):
            urllib.request.urlopen(address.replace("/metrics", "/other"), timeout=5)
        code, err = worker.finish(signal.SIGTERM)
        self.assertEqual(code, 0)
        self.assertRegex(err, r"300 messages \(\d+/s\), 300 records, 0 dead letters; 0 behind on 4 partitions")


class Usage(Base):
    def refused(self, *options):
        done = subprocess.run([DATELINE, "work", *options], capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual(done.returncode, 2, done.stderr)
        return done.stderr

    def test_what_is_wrong_is_named(self):
        topics = ("--brokers", "127.0.0.1:1", "--in", "a", "--out", "b")
        self.assertIn("say where from and where to", self.refused("--in", "a"))
        self.assertIn("three topics", self.refused(*topics[:-1], "a"))
        self.assertIn("three topics", self.refused(*topics, "--dead-letters", "b"))
        self.assertIn("--delivery", self.refused(*topics, "--delivery", "sometimes"))
        self.assertIn("unexpected argument", self.refused(*topics, "story.txt"))
        self.assertIn("unknown option --skip", self.refused(*topics, "--skip", "3"))
        if not KAFKA:
            self.assertIn("built without Kafka", self.refused(*topics))
            return
        config = pathlib.Path(self.folder) / "kafka.conf"
        for text, word in (("enable.auto.commit=true", ":1: enable.auto.commit is not for the file"), ("\nx", ":2: write name=value"),
                           ("no.such.thing=1", "no.such.thing")):
            config.write_text(text)
            self.assertIn(word, self.refused(*topics, "--config", config))
        self.assertIn("--metrics", self.refused(*topics, "--metrics", "here"))


if __name__ == "__main__":
    unittest.main()
