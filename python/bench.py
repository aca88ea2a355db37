#!/usr/bin/env python3
"""Stories a second of read_many beside those of the program, in turns in one run:

    python/bench.py [STORIES] [THREADS]

Needs the program built (build/release/bin/dateline, or $DATELINE). Both read the same JSON lines and give the same records;
the program prints them into a file.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import dateline

ROOT = pathlib.Path(__file__).resolve().parent.parent


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


def main():
    count, threads = (int(a) for a in (sys.argv[1:] + ["1000", "2"][len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        source = f"{folder}/in.jsonl"
        pathlib.Path(source).write_text("".join(json.dumps({"text": text}) + "\n" for text in texts(count)))
        seconds = {"program": [], "python": []}
        for _ in range(3):
            seconds["program"].append(by_program(source, threads, f"{folder}/a"))
            seconds["python"].append(by_python(source, threads, f"{folder}/b"))
        same = pathlib.Path(f"{folder}/a").read_bytes() == pathlib.Path(f"{folder}/b").read_bytes()
        stories = len(pathlib.Path(f"{folder}/a").read_text().splitlines())
    rates = {name: stories / statistics.median(times) for name, times in seconds.items()}
    print(f"{stories} stories, {threads} threads, medians of three: program {rates['program']:.0f}/s, "
          f"read_many {rates['python']:.0f}/s ({rates['python'] / rates['program']:.1%}); records "
          f"{'the same' if same else 'DIFFER'}")


if __name__ == "__main__":
    main()
