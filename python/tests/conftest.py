import os
import pathlib
import shutil
import subprocess

import pytest

import dateline

ROOT = pathlib.Path(__file__).resolve().parents[2]


def program() -> pathlib.Path | None:
    """The program of the C++ build, where there is one."""
    named = os.environ.get("DATELINE")
    path = pathlib.Path(named) if named else ROOT / "build/release/bin/dateline"
    return path if path.exists() else None


@pytest.fixture(scope="session")
def engine() -> dateline.Engine:
    return dateline.Engine()


@pytest.fixture(scope="session")
def stories(engine):
    """Every example story."""
    return [story for path in sorted((ROOT / "examples/stories").iterdir()) for story in engine.read_many([path])]


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """An archive of the example stories, made by the program."""
    made = program()
    if made is None:
        pytest.skip("the program dateline is not built")
    path = tmp_path_factory.mktemp("archive") / "news.db"
    subprocess.run([made, "add", path, ROOT / "examples/stories"], check=True, capture_output=True)
    return dateline.Archive(path)


@pytest.fixture(scope="session")
def cli():
    made = program()
    if made is None:
        pytest.skip("the program dateline is not built")

    def run(*arguments, text=None):
        done = subprocess.run([made, *map(str, arguments)], input=text, capture_output=True, text=True, check=True)
        return done.stdout

    return run
