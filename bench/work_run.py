#!/usr/bin/env python3
"""Stories a second of `dateline work` beside `dateline read`, in turns in one run, on a broker of Apache Kafka:

    bench/work_run.py [--stories 2000] [--threads 2] [--runs 3] [--delivery exactly-once]

Needs build/release (or $DATELINE, $DATELINE_BUILD) and tools/fetch_kafka. Both read the same JSON records, of the
example stories with a line of their own each, and the records are compared. CPU is that of the program alone, without the broker's.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
os.environ.setdefault("DATELINE", str(ROOT / "build/release/bin/dateline"))
os.environ.setdefault("DATELINE_BUILD", str(ROOT / "build/release"))
import work_broker_test as broker  # noqa: E402
import work_test  # noqa: E402


def records(count):
    stories = [path.read_text() for path in sorted((ROOT / "examples/stories").glob("*.txt"))]
    for i in range(count):
        yield json.dumps({"text": stories[i % len(stories)] + f"\nThe report was the {i}th of its kind.\n"})


def timed(command, stdout):
    """Seconds of clock and of CPU."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE)
    err = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(err.decode())
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--threads", default="2")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--delivery", default="exactly-once")
    given = parser.parse_args()
    program = os.environ["DATELINE"]
    kafka = broker.Broker()
    folder = tempfile.TemporaryDirectory()
    try:
        lines = list(records(given.stories))
        path = pathlib.Path(folder.name) / "stories.jsonl"
        path.write_text("\n".join(lines) + "\n")
        topics = work_test.Topics(f"127.0.0.1:{kafka.port}")
        for topic in ("stories", "records", "records.dead"):
            work_test.tool("create", topics.brokers, topic, "4")
        topics.send("stories", [(str(i), line) for i, line in enumerate(lines)])
        read, work = [], []
        for run in range(given.runs):
            out = path.with_suffix(".out")
            with out.open("wb") as file:
                read.append(timed([program, "read", "--jsonl", "--threads", given.threads, path], file))
            work.append(timed([program, "work", "--brokers", topics.brokers, "--in", "stories", "--out", "records", "--group",
                               f"run{run}", "--delivery", given.delivery, "--until-end", "--threads", given.threads],
                              subprocess.DEVNULL))
        wanted = sorted(map(work_test.without_place, out.read_text().splitlines()))
        rows = topics.fetch("records")
        got = sorted(work_test.without_place(row.value) for row in rows)
        assert got == sorted(wanted * given.runs), "the records differ"
    finally:
        kafka.stop()
        folder.cleanup()
    for name, runs in (("read", read), ("work", work)):
        print(f"{name}: clock", *(f"{clock:.2f}" for clock, _, _ in runs), "CPU", *(f"{cpu:.2f}" for _, cpu, _ in runs),
              "memory", max(memory for _, _, memory in runs), "MB")
    for name, place in (("clock", 0), ("CPU", 1)):
        print(f"work has {statistics.median(r[place] / w[place] for r, w in zip(read, work)):.1%} of the throughput by {name}")


if __name__ == "__main__":
    main()
