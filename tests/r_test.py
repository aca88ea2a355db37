"""What docs/r.md asks an archive is SQL that it answers, in SQLite and (where there is one) on a PostgreSQL server."""

import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

import postgresql_test
from postgresql_test import BIN, SKIP, VISIT, Server

PAGE = pathlib.Path(__file__).resolve().parent.parent / "docs/r.md"


def statements():
    """The statements of dbGetQuery, by the name of what they give."""
    found = re.findall(r'^(\w+) <- dbGetQuery\(news, "((?:[^"\\]|\\.)*)"\)', PAGE.read_text(), re.M)
    return {name: sql.replace('\\"', '"') for name, sql in found}


class Asking(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.archive = str(pathlib.Path(self.folder.name) / "news.db")
        postgresql_test.run("add", self.archive, "-", data=VISIT.encode())

    def test_every_statement_is_found(self):
        self.assertEqual(len(statements()), PAGE.read_text().count("dbGetQuery("))

    def test_sqlite_answers_each(self):
        with sqlite3.connect(self.archive) as database:
            for name, sql in statements().items():
                self.assertTrue(database.execute(sql).fetchall(), name)

    @unittest.skipIf(SKIP, SKIP)
    def test_postgresql_answers_each_alike(self):
        server = Server(BIN)
        self.addCleanup(server.stop)
        postgresql_test.run("sync", "--push", self.archive, server.url("postgres"))
        with sqlite3.connect(self.archive) as database:
            for name, sql in statements().items():
                answer = server.sql("postgres", "SET search_path = dateline; " + sql)
                self.assertEqual(len(answer), len(database.execute(sql).fetchall()), name)

    @unittest.skipUnless(shutil.which("Rscript"), "no R installed")
    def test_r_runs_the_first_block(self):
        code = re.search(r"```r\n(.*?)```", PAGE.read_text(), re.S).group(1)
        packages = subprocess.run(["Rscript", "-e", 'stopifnot(requireNamespace("DBI"), requireNamespace("RSQLite"))'], capture_output=True)
        if packages.returncode != 0:
            self.skipTest("no DBI or RSQLite in R")
        subprocess.run(["Rscript", "-e", code], cwd=self.folder.name, check=True, capture_output=True)


if __name__ == "__main__":
    unittest.main()
