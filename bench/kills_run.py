#!/usr/bin/env python3
"""A hundred kills and more, at any time, over all that keeps or delivers stories: is each there exactly once after?

    build/python-clean/bin/python bench/kills_run.py [--seed 1] [--archive 40] [--kafka 40] [--spark 30]

Runs the tests that kill with the numbers given, and tells how many processes SIGKILL ended. After each run every story is
there once and its record is the one that is made when nothing is killed, or the run fails. Needs build/release (or
$DATELINE, $DATELINE_BUILD), tools/fetch_kafka, and the Python of tools/check_python, in which the package is installed.
"""

import argparse
import os
import pathlib
import sys
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[1]
SPARK_TEST = f"{ROOT}/python/tests/test_spark.py::test_killed_workers_lose_and_double_nothing"


def prepare(kills, seed):
    """What tests read when they are loaded."""
    os.environ.setdefault("DATELINE", str(ROOT / "build/release/bin/dateline"))
    os.environ.setdefault("DATELINE_BUILD", str(ROOT / "build/release"))
    os.environ.update(DATELINE_KILLS=str(kills), DATELINE_SEED=str(seed), DATELINE_STORIES="4000")
    sys.path.insert(0, str(ROOT / "tests"))


def passed(case):
    """Runs a test; whether it did, and passed."""
    suite = unittest.TestSuite([case])
    result = unittest.TextTestRunner(verbosity=0, stream=sys.stderr).run(suite)
    for _, reason in result.skipped:
        print(f"skipped: {reason}", file=sys.stderr)
    return result.wasSuccessful() and not result.skipped


def kill_archive(kills, seed):
    prepare(kills, seed)
    import archive_cli_test

    case = archive_cli_test.Surviving("test_kills")
    if not passed(case):
        return 0, ""
    return case.kills, (f"of 'dateline add', {case.partial} with some of the stories added and others not; "
                        f"{case.rounds} archives of {case.COUNT} stories")


def kill_kafka(kills, seed):
    prepare(kills, seed)
    import work_broker_test

    case = work_broker_test.OnABroker("test_killed_workers_leave_each_record_exactly_once")
    return (case.kills, f"of one of two 'dateline work'; {case.stories} stories") if passed(case) else (0, "")


class Properties:
    """Keeps what a test of pytest records."""

    def __init__(self):
        self.found = {}

    def pytest_runtest_logreport(self, report):
        self.found.update(report.user_properties)


def kill_spark(kills, seed):
    prepare(kills, seed)
    import pytest

    properties = Properties()
    code = pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", SPARK_TEST], plugins=[properties])
    if code != 0 or not properties.found:
        return 0, ""
    found = properties.found
    return found["Java"] + found["Python"], (f"of workers of a cluster of two, {found['Java']} of Java, {found['Python']} of "
                                             f"Python; {found['jobs']} jobs of {os.environ['DATELINE_STORIES']} stories")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parts = {"archive": kill_archive, "kafka": kill_kafka, "spark": kill_spark}
    for name, kills in (("archive", 40), ("kafka", 40), ("spark", 30)):
        parser.add_argument(f"--{name}", type=int, default=kills, metavar="KILLS", help=f"(default {kills}; 0 leaves it out)")
    given = parser.parse_args()
    total, failed, lines = 0, [], []
    for name, part in parts.items():
        wanted = getattr(given, name)
        if wanted == 0:
            continue
        began = time.monotonic()
        kills, what = part(wanted, given.seed)
        total += kills
        if kills < wanted:
            failed.append(name)
            lines.append(f"{name:8} FAILED or was skipped, see above")
        else:
            lines.append(f"{name:8} {kills:4} kills {what}; {time.monotonic() - began:.0f} s")
    print(*lines, sep="\n")
    print(f"{total} kills, seed {given.seed}: " +
          (f"not all is well: {', '.join(failed)}" if failed else "every story's record exactly once, the same as without a kill"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
