"""Golden files of the dates of events: what the program finds in invented sentences. Anybody can correct one.

    === name of the case
    2024-05-09                         the date of the story; - for none
    Chad expelled the Kenyan consul on Monday.
    ---
    expelled = 16 2024-05-06           trigger = root date, "?" for none; each once

DATELINE_UPDATE_GOLDEN=1 writes what is found."""
import json
import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests/golden/dates"
DATELINE = os.environ.get("DATELINE", str(ROOT / "build/release/bin/dateline"))


def read_cases(path):
    """[(name, date, text, expected), ...]."""
    cases = []
    for part in path.read_text(encoding="utf-8").split("=== ")[1:]:
        given, expected = part.split("---\n")
        name, date, text = given.split("\n", 2)
        cases.append((name, date, text, expected))
    return cases


def found_in(cases):
    """What is found in each case, a line for each trigger."""
    documents = [{"id": str(n), "text": text, **({} if date == "-" else {"date": date})}
                 for n, (_, date, text, _) in enumerate(cases)]
    lines = "".join(json.dumps(d) + "\n" for d in documents).encode()
    command = [DATELINE, "read", "--format", "json", "--jsonl", "--plain", "-"]
    done = subprocess.run(command, input=lines, capture_output=True, check=True)
    records = {}
    for line in filter(None, done.stdout.decode("utf-8").split("\n")):
        record = json.loads(line)
        records[int(record["source"]["id"])] = record
    return ["".join(dict.fromkeys(map(printed(records[n]), records[n]["events"]))) for n in range(len(cases))]


def printed(record):
    text = record["text"].encode("utf-8")

    def line(event):
        begin, end = event["trigger"]
        return f"{text[begin:end].decode('utf-8')} = {event['cameo'][:2]} {event.get('date') or '?'}\n"
    return line


class EventDates(unittest.TestCase):
    def test_every_case_gives_what_its_file_says(self):
        paths = sorted(FOLDER.glob("*.txt"))
        self.assertTrue(paths)
        for path in paths:
            cases = read_cases(path)
            found = found_in(cases)
            if os.environ.get("DATELINE_UPDATE_GOLDEN"):
                path.write_text("".join(f"=== {name}\n{date}\n{text}---\n{lines}" for (name, date, text, _), lines
                                        in zip(cases, found)), encoding="utf-8")
                continue
            for (name, _, text, expected), lines in zip(cases, found):
                with self.subTest(file=path.name, case=name, text=text):
                    self.assertEqual(lines, expected)


if __name__ == "__main__":
    unittest.main()
