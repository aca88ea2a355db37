"""`dateline work` against a real broker of Apache Kafka: each record exactly once, whatever dies when.

tools/fetch_kafka brings the broker; without it the tests are skipped.
"""

import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

from work_test import DATELINE, KAFKA, Base, Topics, committed, story, tool, without_place

ROOT = pathlib.Path(__file__).resolve().parent.parent
JARS = ROOT / "build/kafka"
KILLS = int(os.environ.get("DATELINE_KILLS", "10"))
SEED = int(os.environ.get("DATELINE_SEED", KILLS))
SETTINGS = "session.timeout.ms=800\nheartbeat.interval.ms=100\n"
# Of one node; a member that dies is missed soon, and a group does not wait for more members.
BROKER = """
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{control}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{control}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
log.dirs={folder}/logs
num.partitions=4
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=500
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Broker:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(self.folder.name)
        self.port = free_port()
        config = folder / "server.properties"
        config.write_text(BROKER.format(folder=folder, port=self.port, control=free_port()))
        java = ["java", "-Xmx400m", "-cp", f"{JARS}/*"]
        subprocess.run([*java, "kafka.tools.StorageTool", "format", "-t", "AAAAAAAAQACAAAAAAAAAAA", "-c", config],
                       capture_output=True, check=True, timeout=60)
        self.log = (folder / "log").open("w+")
        self.process = subprocess.Popen([*java, "kafka.Kafka", config], stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while "Kafka Server started" not in (folder / "log").read_text():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError((folder / "log").read_text()[-2000:])
            time.sleep(0.1)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.log.close()
        self.folder.cleanup()


@unittest.skipUnless(KAFKA, "built without librdkafka")
@unittest.skipUnless((JARS / ".complete").exists() and shutil.which("java"), "no broker: see tools/fetch_kafka")
class OnABroker(Base):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker()
        cls.addClassCleanup(cls.broker.stop)

    def setUp(self):
        super().setUp()
        self.topics = Topics(f"127.0.0.1:{self.broker.port}", f"{self.id().rsplit('.', 1)[1]}.")
        for topic, partitions in (("stories", "4"), ("records", "4"), ("records.dead", "1")):
            tool("create", self.topics.brokers, self.topics.prefix + topic, partitions)

    def kill_in_mid_job(self, kills, each):
        """Kills one of two workers at any time, `each` stories more before each time; what is left then is done by two that
        end when all is read."""
        chance = random.Random(SEED)
        named = {"delivery": "exactly-once", "settings": SETTINGS}

        def start(place, until_end=False):
            return self.work("--batch", "10", "--id", f"w{place}", until_end=until_end, **named)

        self.kills, self.stories = 0, kills * each
        running = [start(0), start(1)]

        def kill(place):
            self.assertIsNone(running[place].process.poll(), "ended by itself")
            running[place].process.kill()
            self.kills += running[place].process.wait() == -signal.SIGKILL

        for batch in range(kills):
            self.send_stories(each, sentences=15, first=batch * each)
            time.sleep(chance.uniform(0.3, 1.0))
            place = chance.randrange(2)
            kill(place)
            running[place] = start(place)
        time.sleep(3)  # so long at least both live, that something is committed on a slow machine as well
        kill(0)
        kill(1)
        time.sleep(1.5)  # until the broker misses them, their partitions are nobody else's
        ends = [worker.finish(timeout=300) for worker in [start(0, True), start(1, True)]]
        for code, err in ends:
            self.assertEqual(code, 0, err)
        left = sum(committed(err) for _, err in ends)
        self.assertLess(left, kills * each, "no worker that was killed had committed anything")

    def wait_for_records(self, least):
        """Until a worker has delivered so many, however fast the machine is."""
        deadline = time.monotonic() + 60
        while len(self.topics.fetch("records")) < least:
            self.assertLess(time.monotonic(), deadline, "no worker delivers anything")

    def assert_as_read(self, rows):
        """The records are those that `dateline read` makes of the same stories."""
        lines = "".join(story(number, sentences=15) + "\n" for number in range(len(rows)))
        done = subprocess.run([DATELINE, "read", "--jsonl", "-"], input=lines, capture_output=True, text=True, check=True)
        self.assertEqual(sorted(without_place(row.value) for row in rows), sorted(map(without_place, done.stdout.splitlines())))

    def test_killed_workers_leave_each_record_exactly_once(self):
        """Two workers, of which one or the other is killed at any time."""
        self.kill_in_mid_job(KILLS, 80)
        rows = self.topics.fetch("records")
        self.assert_once(rows, KILLS * 80)
        self.assert_as_read(rows)
        self.assertEqual(self.topics.fetch("records.dead"), [])

    def test_workers_that_come_and_go_lose_nothing_and_double_nothing(self):
        count = 300
        self.send_stories(100, sentences=15)
        named = {"delivery": "exactly-once", "settings": SETTINGS, "until_end": False}
        first = self.work("--batch", "20", **named)
        self.wait_for_records(20)
        second = self.work("--batch", "20", **named)
        self.send_stories(100, sentences=15, first=100)
        time.sleep(1)
        ends = [first.finish(signal.SIGTERM)]
        self.send_stories(100, sentences=15, first=200)
        ends += [self.work("--batch", "20", **{**named, "until_end": True}).finish(), second.finish(signal.SIGINT)]
        ends.append(self.work(**{**named, "until_end": True}).finish())
        for code, err in ends:
            self.assertEqual(code, 0, err)
        self.assertEqual(sum(committed(err) for _, err in ends), count)
        self.assertTrue(0 < committed(ends[0][1]) < count)
        self.assert_once(self.topics.fetch("records"), count)

    def test_two_workers_of_one_name_are_told_apart(self):
        """The later one fences the earlier one off, which ends and says why."""
        self.send_stories(200, sentences=15)
        named = {"delivery": "exactly-once", "settings": SETTINGS}
        first = self.work("--id", "same", "--batch", "1", until_end=False, **named)
        self.wait_for_records(1)
        second = self.work("--id", "same", **named)
        self.send_stories(200, sentences=15, first=200)
        second.finish()
        code, err = first.finish(signal.SIGTERM)
        self.assertEqual(code, 1, err)
        self.assertIn("fenced", err)
        self.work(**named).finish()
        self.assert_once(self.topics.fetch("records"), 400)


if __name__ == "__main__":
    unittest.main()
