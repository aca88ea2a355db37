#!/usr/bin/env python3
"""Checks that every path a document names exists.

    tools/check_paths.py [DOCUMENT...]

A path is the target of a Markdown link, or words in `backticks` of which the first part is a folder
or file of the tree (`src/base`, `docs/RESULTS.md`). What the build makes (`build/...`) is left out,
and so is what holds a placeholder (`DIR`, `*`, `<...>`). Documents default to README.md,
docs/ARCHITECTURE.md and the README.md of every folder. Exit code 1 when a path is missing.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([\w.+-]+(?:/[\w.+-]+)*/?)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def named_paths(text):
    """Yields (line number, path, whether it is relative to the document)."""
    text = FENCE.sub(lambda block: "\n" * block.group().count("\n"), text)
    for number, line in enumerate(text.splitlines(), 1):
        for target in LINK.findall(line):
            if "://" not in target and not target.startswith("mailto:"):
                yield number, target, True
        for words in CODE.findall(line):
            yield number, words, False


def is_claim(path):
    """Whether words in backticks claim to be a path of the tree."""
    first = path.split("/")[0]
    return "/" in path and first != "build" and (ROOT / first).exists()


def missing(document):
    """The complaints about one document."""
    text = document.read_text(encoding="utf-8")
    for number, path, linked in named_paths(text):
        if linked:
            exists = (document.parent / path).exists()
        elif is_claim(path):
            exists = (ROOT / path).exists()
        else:
            continue
        if not exists:
            yield f"{document.relative_to(ROOT)}:{number}: {path} does not exist"


def default_documents():
    yield ROOT / "README.md"
    yield ROOT / "docs/ARCHITECTURE.md"
    for folder in ("src", "apps", "data", "bench", "fuzz", "eval", "tests"):
        yield from sorted((ROOT / folder).rglob("README.md"))


def main(arguments):
    documents = [pathlib.Path(a).resolve() for a in arguments] or list(default_documents())
    complaints = [c for document in documents if document.exists() for c in missing(document)]
    print("\n".join(complaints + [f"{len(documents)} documents, {len(complaints)} missing paths"]))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
