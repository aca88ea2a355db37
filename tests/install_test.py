"""What `cmake --install` lays down is enough to build and run programs with, wherever it is moved to."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("DATELINE_BUILD", ROOT / "build/release"))
STORY = ROOT / "examples/stories/port-agreement.txt"
#: Nothing of the build tree or the environment may help.
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith("DATELINE")}


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


@unittest.skipUnless((BUILD / "lib/libdateline.so").exists(), "libdateline is not built in this preset")
class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        first = pathlib.Path(cls.folder.name) / "first"
        run("cmake", "--install", BUILD, "--prefix", first, "--strip")
        cls.prefix = pathlib.Path(cls.folder.name) / "moved"
        first.rename(cls.prefix)
        cls.record = run(BUILD / "bin/dateline", "read", "--jsonl", STORY)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def pkg_config(self, *options):
        environment = CLEAN | {"PKG_CONFIG_PATH": str(self.prefix / "lib/pkgconfig")}
        return run("pkg-config", *options, "dateline", env=environment).split()

    def compile_header(self, compiler, header, *options):
        run(*compiler, "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", self.prefix / "include",
            "-", *options, input=f"#include <{header}>\n")

    def test_the_program_finds_its_tables_beside_itself(self):
        self.assertEqual(run(self.prefix / "bin/dateline", "read", "--jsonl", STORY, env=CLEAN), self.record)

    def test_every_public_header_compiles_alone(self):
        headers = sorted((self.prefix / "include").rglob("*.h"))
        self.assertGreater(len(headers), 20)
        for header in headers:
            with self.subTest(header=header.name):
                self.compile_header(["g++", "-std=c++23", "-x", "c++"], header.relative_to(self.prefix / "include"))

    def test_the_c_header_is_c(self):
        self.compile_header(["gcc", "-std=c11", "-x", "c"], "dateline.h")

    def test_programs_find_it_as_a_cmake_package(self):
        build = pathlib.Path(self.folder.name) / "examples"
        run("cmake", "-S", ROOT / "examples", "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}", env=CLEAN)
        run("cmake", "--build", build, env=CLEAN)
        self.assertEqual(run(build / "read", STORY, env=CLEAN), self.record)
        said = run(build / "who_said_what", input=STORY.read_text(), env=CLEAN)
        self.assertIn('Rita Falcao: "Our ports have spoken to each other for centuries.', said)

    def test_a_version_that_is_not_there_is_not_found(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "CMakeLists.txt").write_text(
                "cmake_minimum_required(VERSION 3.25)\nproject(x LANGUAGES CXX)\nfind_package(dateline 99 REQUIRED)\n")
            with self.assertRaisesRegex(AssertionError, "version"):
                run("cmake", "-S", folder, "-B", folder + "/build", f"-DCMAKE_PREFIX_PATH={self.prefix}", env=CLEAN)

    def test_programs_find_it_by_pkg_config(self):
        program = pathlib.Path(self.folder.name) / "read_by_pkg_config"
        run("gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", ROOT / "examples/c/read.c", "-o", program,
            *self.pkg_config("--cflags", "--libs"), f"-Wl,-rpath,{self.prefix}/lib")
        self.assertEqual(run(program, STORY, env=CLEAN), self.record)
        missing = subprocess.run([program, "/no/such/file"], capture_output=True, text=True, env=CLEAN)
        self.assertEqual((missing.returncode, missing.stdout), (1, ""))

    def test_a_program_without_tables_is_told_what_to_do(self):
        bare = pathlib.Path(self.folder.name) / "bare"
        shutil.copytree(self.prefix / "lib", bare / "lib")
        (bare / "bin").mkdir()
        shutil.copy(self.prefix / "bin/dateline", bare / "bin")
        failed = subprocess.run([bare / "bin/dateline", "read", STORY], capture_output=True, text=True, env=CLEAN)
        self.assertEqual(failed.returncode, 2)
        self.assertIn("DATELINE_TABLES", failed.stderr)

    def test_only_public_names_are_seen(self):
        names = run("nm", "-DC", "--defined-only", self.prefix / "lib/libdateline.so").splitlines()
        inner = [line for line in names if "dateline::engine::Run" in line or "simdjson::" in line.split("(")[0]]
        self.assertEqual(inner, [])
        self.assertTrue(any("dateline::Engine::Open" in line for line in names))
        self.assertTrue(any(line.endswith(" dateline_open") for line in names))

    def test_the_record_is_one_of_the_contract(self):
        self.assertEqual(json.loads(self.record)["dateline"], 1)


if __name__ == "__main__":
    unittest.main()
