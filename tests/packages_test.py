"""The Debian packages and the tarball, unpacked into an empty folder, are all that is needed."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("DATELINE_BUILD", ROOT / "build/release"))
STORY = ROOT / "examples/stories/port-agreement.txt"
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith("DATELINE")}
PACKAGES = {"dateline", "libdateline1", "libdateline-dev", "dateline-data"}


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


def field(package, name):
    return run("dpkg-deb", "-f", package, name).strip()


@unittest.skipUnless((BUILD / "lib/libdateline.so").exists(), "libdateline is not built in this preset")
class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.out = pathlib.Path(cls.folder.name)
        cls.record = run(BUILD / "bin/dateline", "read", "--jsonl", STORY)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def pack(self, generator):
        out = self.out / generator
        run("cpack", "-G", generator, "-B", out, "--config", BUILD / "CPackConfig.cmake", cwd=BUILD)
        return out

    @unittest.skipUnless(shutil.which("dpkg-deb") and shutil.which("dpkg-shlibdeps"), "no tools of Debian's packages")
    def test_debian_packages(self):
        packages = {field(path, "Package"): path for path in self.pack("DEB").glob("*.deb")}
        self.assertEqual(set(packages), PACKAGES)
        root = self.out / "root"
        for name, path in packages.items():
            run("dpkg-deb", "-x", path, root)
            for wanted in filter(None, field(path, "Depends").split(", ")):
                other = wanted.split()[0].split(":")[0]
                if other not in PACKAGES:
                    status = run("dpkg-query", "-W", "-f=${db:Status-Status}", other)
                    self.assertEqual(status, "installed", f"{name} needs {wanted}")
        self.assertIn("libicu72", field(packages["dateline"], "Depends"))
        self.assertIn("dateline-data (= ", field(packages["dateline"], "Depends"))
        self.assertEqual(field(packages["dateline-data"], "Architecture"), "all")
        self.assertEqual(run(root / "usr/bin/dateline", "read", "--jsonl", STORY, env=CLEAN), self.record)
        program = self.out / "read"
        run("gcc", ROOT / "examples/c/read.c", "-o", program, "-I", root / "usr/include", "-L", root / "usr/lib",
            "-ldateline", f"-Wl,-rpath,{root}/usr/lib")
        self.assertEqual(run(program, STORY, env=CLEAN), self.record)

    def test_tarball(self):
        (tarball,) = self.pack("TGZ").glob("*.tar.gz")
        place = self.out / "anywhere"
        place.mkdir()
        run("tar", "-xzf", tarball, "-C", place, "--strip-components=1")
        self.assertEqual(run(place / "bin/dateline", "read", "--jsonl", STORY, env=CLEAN), self.record)
        self.assertTrue((place / "lib/libdateline.so.1").exists())
        self.assertTrue((place / "share/man/man1/dateline.1").exists())


if __name__ == "__main__":
    unittest.main()
