"""The documents tell the truth about the tree: every path that they name exists."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHECK = ROOT / "tools" / "check_paths.py"


def check(*documents):
    run = subprocess.run([sys.executable, CHECK, *documents], capture_output=True, text=True, check=False)
    return run.returncode, run.stdout


class DocumentedPaths(unittest.TestCase):
    def test_every_path_in_the_documents_exists(self):
        code, report = check()
        self.assertEqual(code, 0, report)


class TheCheckItself(unittest.TestCase):
    def complaints(self, text):
        with tempfile.TemporaryDirectory(dir=ROOT / "docs") as folder:
            document = pathlib.Path(folder) / "page.md"
            document.write_text(text, encoding="utf-8")
            report = check(document)[1].splitlines()[:-1]
        return [line.split(":", 2)[2].strip() for line in report]

    def test_existing_paths_pass(self):
        self.assertEqual(self.complaints("`src/base` `docs/` [tour](../ARCHITECTURE.md#x) `src/CMakeLists.txt`"), [])

    def test_missing_paths_are_named(self):
        self.assertEqual(self.complaints("`src/nothing/here.h`"), ["src/nothing/here.h does not exist"])
        self.assertEqual(self.complaints("[x](nothing.md)"), ["nothing.md does not exist"])

    def test_what_is_no_path_of_the_tree_is_left_alone(self):
        self.assertEqual(self.complaints("`build/x/y` `and/or` `DIR/x` [web](https://example.org/x) `std::string`"), [])

    def test_fenced_code_is_left_alone(self):
        self.assertEqual(self.complaints("```\n`src/nothing`\n```\n"), [])


if __name__ == "__main__":
    unittest.main()
