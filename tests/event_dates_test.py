"""Golden files of the dates of events: what the program finds in invented sentences. Anybody can correct one.

    === name of the case
    2024-05-09                         the date of the story; - for none
    Chad expelled the Kenyan consul on Monday.
    ---
    expelled = 16 2024-05-06           trigger = root date, "?" for none; each once

DATELINE_UPDATE_GOLDEN=1 writes what is found."""
import unittest

from golden_cases import ROOT, check_folder


def printed(record):
    text = record["text"].encode("utf-8")

    def line(event):
        begin, end = event["trigger"]
        return f"{text[begin:end].decode('utf-8')} = {event['cameo'][:2]} {event.get('date') or '?'}\n"
    return "".join(dict.fromkeys(map(line, record["events"])))


class EventDates(unittest.TestCase):
    def test_every_case_gives_what_its_file_says(self):
        check_folder(self, ROOT / "tests/golden/dates", printed)


if __name__ == "__main__":
    unittest.main()
