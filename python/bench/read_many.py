#!/usr/bin/env python3
"""Stories a second of read_many, and of Spark, beside those of the program, in turns in one run:

    python/bench/read_many.py [--stories 1000] [--threads 2] [--spark]

Needs the program built (build/release/bin/dateline, or $DATELINE). All read the same JSON lines. The program and
read_many write records to a file, which are compared; Spark runs two workers of one core each, which hand their columns to
nobody, after a first run that starts them.
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

import dateline

ROOT = pathlib.Path(__file__).resolve().parents[2]


def texts(count):
    """Stories of the examples, each with a line of its own so that no two are the same."""
    stories = [path.read_text() for path in sorted((ROOT / "examples/stories").glob("*.txt"))]
    for i in range(count):
        yield stories[i % len(stories)] + f"\nThe report was the {i}th of its kind.\n"


def by_program(path, threads, out):
    began = time.perf_counter()
    program = os.environ.get("DATELINE", ROOT / "build/release/bin/dateline")
    with open(out, "wb") as file:
        subprocess.run([program, "read", "--jsonl", "--offsets", "chars", "--threads", str(threads), path], stdout=file,
                       check=True)
    return time.perf_counter() - began


def by_python(path, threads, out):
    began = time.perf_counter()
    engine = dateline.Engine()
    with open(out, "w", encoding="utf-8") as file:
        for story in engine.read_many([pathlib.Path(path)], threads=threads):
            file.write(story.to_json() + "\n")
    return time.perf_counter() - began


def start_spark():
    """A cluster of two workers, each of one core, on this machine."""
    import pyspark
    from pyspark.sql import SparkSession

    os.environ["SPARK_HOME"] = str(pathlib.Path(pyspark.__file__).parent)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def by_spark(session, path):
    from dateline.spark import read_stories

    began = time.perf_counter()
    # Many small parts, so that both workers end at about the same time.
    df = session.read.schema("text string").json(path).repartition(16)
    read_stories(df).write.format("noop").mode("overwrite").save()
    return time.perf_counter() - began


def measure(given, folder):
    """Seconds of each way, three times in turns, after which the records are compared."""
    source = f"{folder}/in.jsonl"
    lines = [json.dumps({"text": text}) + "\n" for text in texts(given.stories)]
    pathlib.Path(source).write_text("".join(lines))
    session = start_spark() if given.spark else None
    if session:
        by_spark(session, source)
    seconds = {"program": [], "read_many": [], "Spark": []}
    for _ in range(3):
        seconds["program"].append(by_program(source, given.threads, f"{folder}/a"))
        seconds["read_many"].append(by_python(source, given.threads, f"{folder}/b"))
        if session:
            seconds["Spark"].append(by_spark(session, source))
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
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seconds, stories = measure(given, folder)
    rates = {name: stories / statistics.median(times) for name, times in seconds.items() if times}
    print(f"{stories} stories, {given.threads} threads, medians of three runs in turns; the records are the same")
    for name, rate in rates.items():
        print(f"{name:10} {rate:6.0f} stories/s  {rate / rates['program']:6.1%}")


if __name__ == "__main__":
    main()
