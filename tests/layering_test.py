"""The tree keeps its layers: a folder of src/ knows those above it, and the library stays silent."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)
DEPS = re.compile(r"dateline_module\(\s*(\w+)(?:\s+DEPS\s+([\w\s]*?))?(?:\s+LIBRARIES[^)]*)?\)")
TEST_FILE = re.compile(r"_(test|fuzz|bench)\.cc$")

#: What the library must not do, and how it looks in C++.
FORBIDDEN = {
    "prints": r"\b(?:std::)?(?:printf|puts|putchar|perror|vprintf)\s*\(|\bstd::(?:cout|cerr|clog)\b|\bfmt::print\s*\(",
    "ends the program": r"(?<![\w.:>])(?:std::|::)?_?(?:exit|quick_exit|abort|terminate)\s*\(",
    "opens a socket": r'(?<![\w.>])(?:::)?(?:socket|getaddrinfo|gethostbyname)\s*\(|<sys/socket\.h>|<netdb\.h>',
    "asks the clock": r"\b(?:system|steady|high_resolution)_clock::now\b|(?<![\w.:>])(?:std::|::)?(?:time|clock|gettimeofday)\s*\(\s*(?:nullptr|NULL|0|&|\))",
    "uses a locale": r"\bstd::locale\b|\bsetlocale\s*\(",
}


def code_of(path):
    """The file without comments and without the inside of its strings; includes are kept."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'R"(\w*)\(.*?\)\1"', '""', text, flags=re.DOTALL)
    token = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)

    def keep(match):
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if match.group().startswith('"') and re.match(r"\s*#\s*include", before):
            return match.group()
        return "\n" * match.group().count("\n") + ("''" if match.group()[0] in "\"'" else "")

    return token.sub(keep, text)


def folders():
    """The folders of src/ in their order."""
    text = (SRC / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.findall(r"^add_subdirectory\((\w+)\)", text, re.MULTILINE)


def sources(folder):
    return sorted(p for p in (SRC / folder).iterdir() if p.suffix in {".cc", ".h"})


class Layers(unittest.TestCase):
    def test_every_folder_has_its_place_in_the_order(self):
        on_disk = sorted(p.name for p in SRC.iterdir() if p.is_dir())
        self.assertEqual(on_disk, sorted(folders()))

    def test_folders_include_only_folders_above_them(self):
        order = folders()
        for folder in order:
            for path in sources(folder):
                for _, header in INCLUDE.findall(code_of(path)):
                    other = header.split("/")[0]
                    if "/" in header and other in order:
                        self.assertLessEqual(order.index(other), order.index(folder),
                                             f"{path.relative_to(ROOT)} includes {header}")

    def test_folders_link_only_folders_above_them(self):
        order = folders()
        for folder in order:
            for name, deps in DEPS.findall((SRC / folder / "CMakeLists.txt").read_text(encoding="utf-8")):
                self.assertEqual(name, folder)
                for dep in deps.split():
                    self.assertLess(order.index(dep), order.index(folder), f"src/{folder} links {dep}")

    def test_nothing_is_included_by_a_relative_path(self):
        for top in ("include", "src", "apps", "tools", "bench"):
            for path in (ROOT / top).rglob("*"):
                if path.suffix not in {".cc", ".h"}:
                    continue
                for mark, header in INCLUDE.findall(code_of(path)):
                    self.assertNotIn("..", header.split("/"), f"{path.relative_to(ROOT)} includes {header}")

    def test_public_headers_know_only_public_headers(self):
        for path in sorted((ROOT / "include").rglob("*.h")):
            for mark, header in INCLUDE.findall(code_of(path)):
                if mark == '"':
                    self.assertTrue(header.startswith("dateline/"), f"{path.name} includes {header}")


class Library(unittest.TestCase):
    def test_it_neither_prints_nor_exits_nor_asks_the_outside(self):
        for folder in folders():
            for path in sources(folder):
                if TEST_FILE.search(path.name):
                    continue
                code = code_of(path)
                for deed, pattern in FORBIDDEN.items():
                    found = re.search(pattern, code)
                    line = code[: found.start()].count("\n") + 1 if found else 0
                    self.assertIsNone(found, f"{path.relative_to(ROOT)}:{line} {deed}: {found and found.group()}")

    def test_the_patterns_find_what_they_forbid(self):
        for deed, snippet in {
            "prints": "  printf(x);", "ends the program": "  std::exit(1);", "opens a socket": "  socket(AF_INET);",
            "asks the clock": "std::chrono::system_clock::now()", "uses a locale": "std::locale()",
        }.items():
            self.assertRegex(snippet, FORBIDDEN[deed])
        for deed, snippet in {
            "prints": "snprintf(b, 1, c);", "ends the program": "options.exit(1);", "asks the clock": "date.time(x)",
        }.items():
            self.assertNotRegex(snippet, FORBIDDEN[deed])


if __name__ == "__main__":
    unittest.main()
