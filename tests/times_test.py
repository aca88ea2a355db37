"""Golden files of times: what the program finds in invented sentences. Anybody can correct one.

    === name of the case
    2020-05-07                         the date of the story; - for none
    Envoys met on Monday in Oslo.
    ---
    Monday = 2020-05-04                words = TYPE value mod; the type DATE is left out

DATELINE_UPDATE_GOLDEN=1 writes what is found."""
import unittest

from golden_cases import ROOT, check_folder


def printed(record):
    text = record["text"].encode("utf-8")

    def line(time):
        kind = "" if time["type"] == "DATE" else time["type"] + " "
        mod = f" {time['mod']}" if time["mod"] else ""
        return f"{text[time['start']:time['end']].decode('utf-8')} = {kind}{time['value']}{mod}\n"
    return "".join(map(line, record["times"]))


class Times(unittest.TestCase):
    def test_every_case_gives_what_its_file_says(self):
        check_folder(self, ROOT / "tests/golden/times", printed)


if __name__ == "__main__":
    unittest.main()
