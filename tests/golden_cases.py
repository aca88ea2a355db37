"""Golden files of cases, which anybody can correct: a name, a date, a text, and behind the line --- what is found in it.

    === name of the case
    2024-05-09                         the date of the story; - for none
    Chad expelled the Kenyan consul on Monday.
    ---
    what is expected, in the form of the test that reads the file"""
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATELINE = os.environ.get("DATELINE", str(ROOT / "build/release/bin/dateline"))


def read_cases(path):
    """[(name, date, text, expected), ...]."""
    cases = []
    for part in path.read_text(encoding="utf-8").split("=== ")[1:]:
        given, expected = part.split("---\n")
        name, date, text = given.split("\n", 2)
        cases.append((name, date, text, expected))
    return cases


def records_of(cases, *options):
    """The record of each case, read with the options."""
    documents = [{"id": str(n), "text": text, **({} if date == "-" else {"date": date})}
                 for n, (_, date, text, _) in enumerate(cases)]
    lines = "".join(json.dumps(d) + "\n" for d in documents).encode()
    command = [DATELINE, "read", "--format", "json", "--jsonl", *options, "-"]
    done = subprocess.run(command, input=lines, capture_output=True, check=True)
    records = {}
    for line in filter(None, done.stdout.decode("utf-8").split("\n")):
        record = json.loads(line)
        records[int(record["source"]["id"])] = record
    return [records[n] for n in range(len(cases))]


def check_folder(test, folder, printed):
    """Every case of the folder's files gives the lines that `printed` makes of its record.
    DATELINE_UPDATE_GOLDEN=1 writes what is found."""
    paths = sorted(folder.glob("*.txt"))
    test.assertTrue(paths)
    for path in paths:
        cases = read_cases(path)
        found = [printed(record) for record in records_of(cases, "--plain")]
        if os.environ.get("DATELINE_UPDATE_GOLDEN"):
            path.write_text("".join(f"=== {name}\n{date}\n{text}---\n{lines}" for (name, date, text, _), lines
                                    in zip(cases, found)), encoding="utf-8")
            continue
        for (name, _, text, expected), lines in zip(cases, found):
            with test.subTest(file=path.name, case=name, text=text):
                test.assertEqual(lines, expected)
