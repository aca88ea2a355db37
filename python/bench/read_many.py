#!/usr/bin/env python3
"""Stories a second of read_many, and of Spark, beside those of the program, in turns in one run:

    python/bench/read_many.py [--stories 1000] [--threads 2] [--spark] [--java-options=-XX:TieredStopAtLevel=1]

Needs the program built (build/release/bin/dateline, or $DATELINE). All read the same JSON lines. The program and
read_many write records to a file, which are compared; Spark runs two workers of one core each, which hand their columns to
nobody, after a first run that starts them. CPU is that of all processes, Spark's Java among them: on a machine that does
other things too it tells more than the clock.
"""

import argparse

import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import dateline

ROOT = pathlib.Path(__file__).resolve().parents[2]


def texts(count):
    """Stories of the examples, each with a line of its own so that no two are the same."""
    stories = [path.read_text() for path in sorted((ROOT / "examples/stories").glob("*.txt"))]
    for i in range(count):
        yield stories[i % len(stories)] + f"\nThe report was the {i}th of its kind.\n"


def by_program(path, threads, out):
    program = os.environ.get("DATELINE", ROOT / "build/release/bin/dateline")
    with open(out, "wb") as file:
        subprocess.run([program, "read", "--jsonl", "--offsets", "chars", "--threads", str(threads), path], stdout=file,
                       check=True)


def by_python(path, threads, out):
    engine = dateline.Engine()
    with open(out, "w", encoding="utf-8") as file:
        for story in engine.read_many([pathlib.Path(path)], threads=threads):
            file.write(story.to_json() + "\n")


def start_spark(java_options=""):
    """A cluster of two workers, each of one core, on this machine."""
    import pyspark
    from pyspark.sql import SparkSession

    os.environ["SPARK_HOME"] = str(pathlib.Path(pyspark.__file__).parent)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false").config(
        "spark.executor.extraJavaOptions", java_options).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def by_spark(session, path, stories):
    from dateline.spark import read_stories

    # As many parts as a file has that is not shuffled: few enough that a task's own cost (0.1 s of processor time) is
    # little, many enough that both workers end at about the same time.
    parts = max(4, min(16, stories // 500))
    session.conf.set("spark.sql.files.maxPartitionBytes", os.path.getsize(path) // parts + 1)
    read_stories(session.read.schema("text string").json(path)).write.format("noop").mode("overwrite").save()


def processor_seconds():
    """Of this process, those that it started and waited for, and those of them that still run."""
    seconds = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    family = {os.getpid()}
    for folder in sorted(pathlib.Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        if int(fields[1]) in family:
            family.add(int(folder.name))
            seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds


def timed(function, *arguments):
    """Seconds of clock and of CPU."""
    clock, cpu = time.perf_counter(), processor_seconds()
    function(*arguments)
    return time.perf_counter() - clock, processor_seconds() - cpu


def measure(given, folder):
    """Seconds of each way, three times in turns, after which the records are compared."""
    source = f"{folder}/in.jsonl"
    lines = [json.dumps({"text": text}) + "\n" for text in texts(given.stories)]
    pathlib.Path(source).write_text("".join(lines))
    session = start_spark(given.java_options) if given.spark else None
    if session:
        by_spark(session, source, given.stories)
    seconds = {"program": [], "read_many": [], "Spark": []}
    for _ in range(3):
        seconds["program"].append(timed(by_program, source, given.threads, f"{folder}/a"))
        seconds["read_many"].append(timed(by_python, source, given.threads, f"{folder}/b"))
        if session:
            seconds["Spark"].append(timed(by_spark, session, source, given.stories))
    if session:
        session.stop()
    if pathlib.Path(f"{folder}/a").read_bytes() != pathlib.Path(f"{folder}/b").read_bytes():
        sys.exit("the records differ")
    return seconds, len(pathlib.Path(f"{folder}/a").read_text().splitlines())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--java-options", default="-XX:TieredStopAtLevel=1",
                        help="of Spark's workers (default %(default)s: compile fast, for their Java has little to do)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seconds, stories = measure(given, folder)
    clock, cpu = ({name: statistics.median(run[place] for run in runs) for name, runs in seconds.items() if runs} for place in (0, 1))
    print(f"{stories} stories, {given.threads} threads, medians of three runs in turns; the records are the same")
    for name in clock:
        print(f"{name:10} {clock[name]:6.2f} s  {stories / clock[name]:5.0f} stories/s {clock['program'] / clock[name]:7.1%}   "
              f"CPU {cpu[name]:6.2f} s {cpu['program'] / cpu[name]:7.1%}")


if __name__ == "__main__":
    main()
