"""The command line from outside: what a person or a script meets. Each bad input has its test."""

import csv
import io
import json
import os
import pathlib
import pty
import re
import resource
import select
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest

DATELINE = os.environ.get("DATELINE", "build/dev/bin/dateline")
MIB = 1 << 20

STORY = """Harbour minister opens new bridge

OSLAVIA, March 3 (Wire) - The harbour minister opened a bridge across the river on Monday.

"We have waited thirty years for this day," Minister Ada Quill said.
"""


def sanitized():
    """Whether the program carries a sanitizer, which multiplies memory and time."""
    with open(DATELINE, "rb") as program:
        data = program.read()
    return any(name in data for name in (b"__asan_init", b"__tsan_init"))


class Finished:
    def __init__(self, process, out, err):
        self.code = process.returncode
        self.out = out
        self.err = err.decode("utf-8", "replace")

    def records(self):
        return [json.loads(line) for line in self.out.splitlines()]

    def headlines(self):
        return [record["article"].get("headline") for record in self.records()]


def run(*arguments, stdin=b"", env=None, timeout=120, cwd=None):
    """Runs the program to its end, with no terminal anywhere."""
    if isinstance(stdin, str):
        stdin = stdin.encode()
    process = subprocess.Popen(
        [os.path.abspath(DATELINE), *map(os.fspath, arguments)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd,
        env={**os.environ, **(env or {})})
    try:
        out, err = process.communicate(stdin, timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Finished(process, out, err)


def run_measured(*arguments, timeout=300):
    """Runs the program; its peak resident memory in bytes comes with the result."""
    code = ("import resource, subprocess, sys\n"
            "done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
            "sys.stdout.buffer.write(done.stdout)\n"
            "sys.stderr.buffer.write(done.stderr)\n"
            "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
            "sys.stderr.write(f'\\npeak {peak}')\n"
            "sys.exit(done.returncode)\n")
    done = subprocess.run(
        [sys.executable, "-c", code, os.path.abspath(DATELINE), *map(os.fspath, arguments)],
        capture_output=True, timeout=timeout, check=False)
    err, peak = done.stderr.decode("utf-8", "replace").rsplit("\npeak ", 1)
    return done.returncode, done.stdout, err, int(peak) * 1024


def run_in_terminal(*arguments, columns=60, env=None):
    """Standard output is a terminal of that width; returns what it was sent."""
    main, terminal = pty.openpty()
    import fcntl
    import struct
    import termios
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [os.path.abspath(DATELINE), *map(os.fspath, arguments)], stdin=subprocess.DEVNULL,
        stdout=terminal, stderr=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "", **(env or {})})
    os.close(terminal)
    shown = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        shown += piece
    os.close(main)
    process.stderr.close()
    process.wait(timeout=60)
    return shown.decode().replace("\r\n", "\n")


class InFolder(unittest.TestCase):
    """A new folder for each test."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dateline_cli_"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def write(self, name, content=STORY):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


class Reading(InFolder):
    def test_a_file_gives_one_record_a_line(self):
        done = run("read", self.write("a.txt"))
        self.assertEqual((done.code, done.err), (0, ""))
        self.assertEqual(done.headlines(), ["Harbour minister opens new bridge"])
        self.assertEqual(done.records()[0]["source"]["path"], str(self.folder / "a.txt"))

    def test_standard_input_is_read_without_arguments_and_as_a_dash(self):
        for arguments in (["read"], ["read", "-"]):
            done = run(*arguments, stdin=STORY)
            self.assertEqual((done.code, len(done.records())), (0, 1), arguments)
            self.assertIsNone(done.records()[0]["source"]["path"])

    def test_folders_are_walked_in_byte_order_and_hidden_files_skipped(self):
        for name in ("b.txt", "a/2.txt", "a/10.txt", "a.txt", ".hidden.txt", ".git/x.txt"):
            self.write(name)
        done = run("read", self.folder)
        found = [os.path.relpath(r["source"]["path"], self.folder) for r in done.records()]
        self.assertEqual(found, ["a.txt", "a/10.txt", "a/2.txt", "b.txt"])

    def test_link_loops_in_folders_end(self):
        self.write("a/story.txt")
        (self.folder / "a/up").symlink_to("..")
        (self.folder / "a/self").symlink_to(".")
        done = run("read", self.folder)
        self.assertEqual((done.code, len(done.records())), (0, 1), done.err)

    def test_a_name_that_begins_with_a_dash_comes_after_two_dashes(self):
        self.write("-story.txt")
        self.assertEqual(run("read", "--", "-story.txt", cwd=self.folder).code, 0)

    def test_json_lines_keep_the_callers_id(self):
        lines = "".join(json.dumps({"id": f"s{i}", "text": STORY}) + "\n" for i in range(3))
        done = run("read", self.write("dump.jsonl", lines))
        self.assertEqual([r["source"]["id"] for r in done.records()], ["s0", "s1", "s2"])
        self.assertEqual([r["source"]["index"] for r in done.records()], [0, 1, 2])

    def test_any_number_of_threads_gives_the_same_bytes(self):
        for i in range(60):
            self.write(f"{i:02}.txt", STORY.replace("bridge", f"bridge {i}") * (1 + i % 5))
        self.write("30.bad", b"\0\1\2\3" * 100)
        one = run("read", "--threads", "1", "--tokens", self.folder)
        eight = run("read", "--threads", "8", "--tokens", self.folder)
        self.assertEqual((one.out, one.err, one.code), (eight.out, eight.err, eight.code))
        self.assertEqual(one.code, 1)

    def test_no_analysis_reads_the_article_alone(self):
        record = run("read", "--no-analysis", self.write("a.txt")).records()[0]
        self.assertEqual(record["article"]["headline"], "Harbour minister opens new bridge")
        self.assertFalse(record.get("attributions"))

    def test_plain_takes_all_text_for_prose(self):
        record = run("read", "--plain", self.write("a.txt")).records()[0]
        self.assertEqual({block["kind"] for block in record["blocks"]}, {"paragraph"})


class Output(InFolder):
    def test_json_is_one_array(self):
        paths = [self.write("a.txt"), self.write("b.txt")]
        for option in ("--json", "--pretty"):
            array = json.loads(run("read", option, *paths).out)
            self.assertEqual([os.path.basename(r["source"]["path"]) for r in array],
                             ["a.txt", "b.txt"])
            self.assertEqual(array, run("read", *paths).records())

    def test_json_of_nothing_is_an_empty_array(self):
        self.assertEqual(json.loads(run("read", "--json", self.write("e.txt", "")).out), [])

    def test_pretty_is_indented(self):
        self.assertIn(b'\n    "', run("read", "--pretty", self.write("a.txt")).out)

    def test_tokens_come_on_request(self):
        path = self.write("a.txt")
        self.assertNotIn("tokens", run("read", path).records()[0])
        record = run("read", "--tokens", path).records()[0]
        words = [record["text"].encode()[t["start"]:t["end"]] for t in record["tokens"]]
        self.assertIn(b"minister", words)

    def test_conllu_has_ten_columns(self):
        out = run("read", "--conllu", self.write("a.txt")).out.decode()
        rows = [line for line in out.splitlines() if line and line[0] != "#"]
        self.assertTrue(rows)
        self.assertEqual({len(row.split("\t")) for row in rows}, {10})

    def test_source_offsets_give_the_bytes_as_handed_in(self):
        text = "Caf\xe9 owner says &amp;quot;no&amp;quot;\r\n\r\nThe caf\xe9 in Reykjav\xedk closed.\r\n"
        source = text.encode("windows-1252")
        record = run("read", "--offsets", "source", self.write("a.txt", source)).records()[0]
        parts = [source[b["start"]:b["end"]].decode("windows-1252") for b in record["blocks"]]
        self.assertEqual("".join("".join(parts).split()), "".join(text.split()))

    def test_offset_units_agree_on_the_same_text(self):
        path = self.write("a.txt", STORY.replace("Ada", "\U0001F600 Ad\xe4"))
        for unit, cut in {
                "bytes": lambda t, b, e: t.encode()[b:e].decode(),
                "chars": lambda t, b, e: t[b:e],
                "utf16": lambda t, b, e: t.encode("utf-16-le")[2 * b:2 * e].decode("utf-16-le"),
        }.items():
            record = run("read", "--offsets", unit, path).records()[0]
            ends = [cut(record["text"], s["start"], s["end"])[-1] for s in record["sentences"]]
            self.assertLessEqual(set(ends[1:]), set('.,"'), unit)

    def test_explain_tells_what_else_a_time_and_a_place_may_mean(self):
        path = self.write("a.txt", "Riots in Paris on Friday\n\nMay 14, 2024\n\nA mill burned.\n")
        plain, explained = (run("read", *options, path).records()[0]
                            for options in ((), ("--explain",)))
        self.assertNotIn("alternatives", plain["places"][0])
        paris = explained["places"][0]
        self.assertEqual(paris["precision"], "city")
        self.assertGreater(paris["score"], paris["alternatives"][0]["score"])
        friday = next(t for t in explained["times"] if "alternative" in t)
        self.assertNotEqual(friday["alternative"]["value"], friday["value"])
        self.assertLessEqual(friday["alternative"]["probability"], 0.5)

    def test_an_event_tells_where_its_date_and_place_were_found(self):
        def origins(text):
            path = self.write("a.json", json.dumps({"date": "2024-05-14", "text": text}))
            event = run("read", "--plain", path).records()[0]["events"][0]
            return event.get("dateFrom"), event.get("placeFrom")

        self.assertEqual(origins("Peruvian troops attacked Chile in Arica on Monday."),
                         ("clause", "clause"))
        self.assertEqual(origins("Peruvian troops attacked Chile."), ("story", None))

    def test_a_full_disk_is_said(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        with open("/dev/full", "wb") as full:
            done = subprocess.run([DATELINE, "read", self.write("a.txt")], stdout=full,
                                  stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"standard output: cannot be written: No space left", done.stderr)


class Digest(InFolder):
    def test_in_a_pipe_it_is_plain_and_shows_who_said_what_with_the_sentence(self):
        out = run("read", "--text", self.write("a.txt")).out.decode()
        self.assertNotIn("\x1b", out)
        self.assertTrue(out.startswith("Harbour minister opens new bridge\n"))
        self.assertIn("Who said what", out)
        self.assertIn("We have waited thirty years for this day", out)
        self.assertIn("      > ", out)

    def test_on_a_terminal_it_is_the_default_coloured_and_wrapped_to_the_width(self):
        shown = run_in_terminal("read", self.write("a.txt"), columns=48)
        self.assertIn("\x1b[0;1m", shown)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
        self.assertLessEqual(max(len(line) for line in plain.splitlines()
                                 if str(self.folder) not in line), 48)

    def test_no_color_is_respected_on_a_terminal(self):
        path = self.write("a.txt")
        self.assertNotIn("\x1b", run_in_terminal("read", path, env={"NO_COLOR": "1"}))
        self.assertNotIn("\x1b", run_in_terminal("read", path, env={"TERM": "dumb"}))
        self.assertNotIn("\x1b", run_in_terminal("read", "--color=never", path))

    def test_color_always_overrules_pipe_and_no_color(self):
        done = run("read", "--text", "--color=always", self.write("a.txt"), env={"NO_COLOR": "1"})
        self.assertIn(b"\x1b[", done.out)

    def test_a_story_cannot_command_the_terminal(self):
        evil = STORY.replace("bridge", "\x1b[2J\x1b]0;owned\x07 &#27;[31m \u202ebridge \x9b31m")
        for option in ("--text", "--jsonl", "--conllu"):
            out = run("read", option, self.write("a.txt", evil)).out.decode()
            self.assertIsNone(re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", out), option)
        self.assertNotIn("\u202e", run("read", "--text", self.write("a.txt", evil)).out.decode())

    def test_a_file_name_cannot_command_the_terminal(self):
        done = run("read", "gone\x1b[31m.txt")
        self.assertNotIn("\x1b", done.err)
        self.assertIn("gone\\x1b[31m.txt", done.err)


class BadInput(InFolder):
    """What is wrong is named with place and remedy, the rest is read, the exit code is 1."""

    def assert_only_bad_fails(self, done, bad, reason):
        """`good.txt`, read before and after the bad input, must be there."""
        self.assertEqual(done.code, 1, done.err)
        self.assertEqual(len(done.records()), 2, done.err)
        lines = done.err.splitlines()
        self.assertEqual(len(lines), 2, done.err)
        self.assertTrue(lines[0].startswith(f"dateline: {bad}"), done.err)
        self.assertRegex(lines[0], reason)
        self.assertEqual(lines[1], "dateline: 2 stories read, 1 input failed")

    def read_between_good(self, bad, *options):
        good = self.write("good.txt")
        return run("read", *options, good, bad, good)

    def test_empty_file(self):
        bad = self.write("empty.txt", "")
        self.assert_only_bad_fails(self.read_between_good(bad), bad, "empty: there is no story")

    def test_file_of_white_space(self):
        bad = self.write("blank.txt", " \n\n\t\n")
        self.assert_only_bad_fails(self.read_between_good(bad), bad, "no story in it")

    def test_empty_standard_input(self):
        done = run("read")
        self.assertEqual((done.code, done.out), (1, b""))
        self.assertIn("standard input: empty", done.err)

    def test_missing_file(self):
        bad = self.folder / "none.txt"
        self.assert_only_bad_fails(self.read_between_good(bad), bad, "no such file")

    def test_directory_without_stories(self):
        bad = self.folder / "nothing"
        (bad / "in/here").mkdir(parents=True)
        self.write("nothing/.hidden.txt")
        self.assert_only_bad_fails(self.read_between_good(bad), bad, "no stories found")

    def test_directory_whose_files_hold_no_stories_names_each_file(self):
        for name in ("1", "2"):
            self.write(f"empties/{name}", "")
        done = run("read", self.folder / "empties")
        self.assertEqual(done.code, 1)
        self.assertEqual(done.err.count("there is no story in it"), 2)

    def test_200_mb_of_one_line(self):
        """Refused with the remedy; memory stays within the limit of one piece and the program."""
        bad = self.folder / "line.txt"
        with open(bad, "wb") as out:
            for _ in range(200):
                out.write(b"word " * (MIB // 5))
        good = self.write("good.txt")
        code, out, err, peak = run_measured("read", good, bad, good)
        self.assertEqual((code, out.count(b"\n")), (1, 2), err)
        self.assertRegex(err, re.escape(str(bad)) + ".*16777216 bytes.*--max-bytes")
        if not sanitized():
            self.assertLess(peak, 16 * MIB * 2 + 104 * MIB)

    def test_a_line_just_under_the_limit_is_read_in_bounded_memory(self):
        """One sentence of --max-bytes, fully analysed: the worst a piece can cost. It costs no more
        than 154 bytes of memory for each byte, and linear time."""
        size = MIB
        bad = self.write("line.txt", (b"The minister said on Monday that talks go on and " * size)[:size])
        code, out, err, peak = run_measured("read", "--max-bytes", str(size), bad)
        self.assertEqual((code, err), (0, ""))
        self.assertGreater(len(out), size)
        if not sanitized():
            self.assertLess(peak, 117 * MIB + 154 * size)

    def test_binary_file(self):
        bad = self.write("program.bin", bytes(range(256)) * 64)
        self.assert_only_bad_fails(self.read_between_good(bad), bad, "@[0-9]+: ")

    def test_nul_bytes(self):
        bad = self.write("nul.txt", STORY.encode().replace(b"bridge", b"bri\0dge", 1))
        self.assert_only_bad_fails(self.read_between_good(bad), bad, "@[0-9]+: is no text")

    def test_truncated_utf16(self):
        """The last character lacks its second byte: replaced and counted, the rest is there."""
        cut = self.write("cut.txt", b"\xff\xfe" + STORY.encode("utf-16-le")[:-1])
        done = run("read", cut)
        self.assertEqual((done.code, done.err), (0, ""))
        record = done.records()[0]
        self.assertEqual(record["source"]["encoding"], "utf-16le")
        self.assertEqual(record["source"]["replaced"], 1)
        self.assertEqual(record["article"]["headline"], "Harbour minister opens new bridge")
        self.assertIn("thirty years", record["text"])

    def test_a_file_removed_between_listing_and_reading(self):
        """The folder is listed, then the reader is held up by its full output; the last file goes."""
        count = 3000
        for i in range(count):
            self.write(f"many/{i:04}.txt")
        process = subprocess.Popen([DATELINE, "read", "--threads", "2", self.folder / "many"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
        first = process.stdout.read(1)  # something is out: the folder has been listed
        gone = self.folder / f"many/{count - 1:04}.txt"
        gone.unlink()
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 1)
        self.assertEqual((first + out).count(b"\n"), count - 1)
        self.assertIn(f"{gone}: there is no such file", err.decode())

    def test_a_file_removed_before_its_turn(self):
        """A named pipe holds the program up; meanwhile the file named behind it goes."""
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        good, gone = self.write("good.txt"), self.write("gone.txt")
        process = subprocess.Popen([DATELINE, "read", good, pipe, gone, good],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with open(pipe, "wb") as writer:  # opens when the program has opened it too
            gone.unlink()
            writer.write(STORY.encode())
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, out.count(b"\n")), (1, 3), err)
        self.assertIn(f"{gone}: there is no such file", err.decode())

    def test_a_file_removed_while_it_is_read(self):
        """What is open stays readable: nothing is lost."""
        lines = "".join(json.dumps({"id": str(i), "text": STORY}) + "\n" for i in range(5000))
        dump = self.write("dump.jsonl", lines)
        process = subprocess.Popen([DATELINE, "read", "--no-analysis", dump],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
        first = process.stdout.read(1)
        dump.unlink()
        out, err = process.communicate(timeout=120)
        self.assertEqual((process.returncode, (first + out).count(b"\n")), (0, 5000), err)

    def test_read_error_of_the_system(self):
        bad = "/proc/self/mem"  # opens, and gives an I/O error on the first read
        if not os.path.exists(bad):
            self.skipTest("no /proc")
        self.assert_only_bad_fails(self.read_between_good(bad), bad, "cannot be read: .+")

    def test_unreadable_permissions(self):
        locked_file = self.write("locked.txt")
        locked_folder = self.write("locked/inside.txt").parent
        good = self.write("open/good.txt")
        os.chmod(locked_file, 0)
        os.chmod(locked_folder, 0)
        self.addCleanup(os.chmod, locked_folder, 0o700)
        command = [os.path.abspath(DATELINE), "read", good, locked_file, locked_folder, good]
        if os.geteuid() == 0:  # the superuser reads everything: give that up first
            if not shutil.which("setpriv"):
                self.skipTest("running as root without setpriv")
            os.chmod(self.folder, 0o755)
            program = self.folder / "dateline"
            try_run = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
            reachable = subprocess.run([*try_run, "test", "-x", command[0]], check=False)
            tables = pathlib.Path(command[0]).parent.parent / "share/dateline/dateline.tables"
            if reachable.returncode != 0:
                shutil.copy(command[0], program)
                command[0] = str(program)
            copy = self.folder / "tables"
            if tables.exists():
                shutil.copy(tables, copy)
                for model in ("english.dlm", "english.dlc", "attributions.dlm", "events.dlm", "gazetteer.tables"):
                    shutil.copy(tables.parent / model, self.folder / model)
                command = ["env", f"DATELINE_TABLES={copy}", *command]
            command = [*try_run, *command]
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        err = done.stderr.decode()
        self.assertEqual((done.returncode, done.stdout.count(b"\n")), (1, 2), err)
        self.assertIn(f"{locked_file}: cannot be opened: Permission denied", err)
        self.assertIn(f"{locked_folder}/: the folder cannot be listed: Permission denied", err)
        self.assertIn("2 stories read, 2 inputs failed", err)

    def test_a_pipe_closed_early(self):
        """`dateline read … | head -n 1` stops, says nothing, and ends as SIGPIPE would end it."""
        for i in range(2000):
            self.write(f"many/{i:04}.txt")
        process = subprocess.Popen([DATELINE, "read", self.folder / "many"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
        process.stderr.close()
        self.assertEqual(process.wait(timeout=60), 141)
        self.assertEqual(err, b"")
        self.assertEqual(json.loads(line)["dateline"], 1)

    def test_100000_tiny_files(self):
        """Bounded memory, no descriptor left open (the limit is set low), every file read."""
        count = 2000 if sanitized() else 100000
        for i in range(count // 1000):  # links cost less than files and read the same
            seed = self.write(f"many/{i:03}/000.txt", "Talks went on.\n")
            for j in range(1, 1000):
                os.link(seed, seed.with_name(f"{j:03}.txt"))
        started = time.monotonic()
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, limit[1]))
        try:
            code, out, err, peak = run_measured("read", "--no-analysis", self.folder / "many")
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limit)
        self.assertEqual((code, err, out.count(b"\n")), (0, "", count))
        paths = [line.split(b'"path":"', 1)[1].split(b'"', 1)[0] for line in out.splitlines()]
        self.assertEqual(paths, sorted(paths))
        self.assertLess(time.monotonic() - started, 120)
        if not sanitized():
            self.assertLess(peak, 150 * MIB)

    def test_json_lines_with_a_bad_line_in_the_midst(self):
        lines = [json.dumps({"id": str(i), "text": STORY}) for i in range(5)]
        lines[2] = '{"id": "2", "text": "Broken'
        bad = self.write("dump.jsonl", "\n".join(lines) + "\n")
        done = run("read", bad)
        self.assertEqual(done.code, 1)
        self.assertEqual([r["source"]["id"] for r in done.records()], ["0", "1", "3", "4"])
        self.assertIn(f"dateline: {bad}:3: ", done.err)
        self.assertIn("4 stories read, 1 input failed", done.err)

    def test_a_json_record_without_text_is_named_by_its_line(self):
        bad = self.write("dump.jsonl", '{"text": "Talks went on."}\n{"text": ""}\n')
        done = run("read", bad)
        self.assertEqual((done.code, len(done.records())), (1, 1))
        self.assertIn(f"{bad}:2: ", done.err)


class Interruption(InFolder):
    def test_control_c_finishes_what_is_begun_and_closes_the_document(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        process = subprocess.Popen([DATELINE, "read", "--json", self.write("a.txt"), pipe],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with open(pipe, "wb"):  # the program now waits for bytes that do not come
            ready, _, _ = select.select([process.stdout], [], [], 30)
            self.assertTrue(ready)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(len(json.loads(out)), 1)
        self.assertIn(b"interrupted: 1 story read", err)

    def test_records_come_out_while_the_input_is_still_open(self):
        process = subprocess.Popen([DATELINE, "read", "--format", "json", "-"],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = json.dumps({"text": STORY}).encode() + b"\n"
        process.stdin.write(line * 100)
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], 30)
        self.assertTrue(ready, "nothing came out before the end of the input")
        drain = threading.Thread(target=process.stdout.read)
        drain.start()
        process.stdin.close()
        drain.join(timeout=60)
        process.stdout.close()
        self.assertEqual(process.wait(timeout=60), 0)


class Usage(InFolder):
    def test_wrong_usage_exits_with_2_and_says_what_to_do(self):
        for arguments, message in {
                (): "the commands are read, events, quotes, add, search, story, sql, timeline, network",
                ("reed", "x"): "unknown command reed, did you mean read?",
                ("read", "--jsn"): "unknown option --jsn, did you mean --json?",
                ("read", "--json", "--text"): "--json excludes --text",
                ("read", "--conllu", "--no-analysis"): "excludes",
                ("read", "--text", "--tokens"): "--text excludes --tokens",
                ("read", "--threads", "many"): "'many' is not a whole number from 0 to 1024",
                ("read", "--threads", "-1"): "--threads",
                ("read", "--max-bytes", "0"): "'0' is not a whole number from 1",
                ("read", "--max-bytes", "5GB"): "is not a whole number from 1",
                ("read", "--format", "pdf"): "'pdf' is not one of auto, text, json",
                ("read", "--offsets", "lines"): "is not one of bytes, chars, utf16, source",
                ("read", "--color", "red"): "is not one of auto, always, never",
                ("read", "--format"): "--format: 1 required FORM missing",
                ("read", "--data", "no/such/folder", "x"): "no/such/folder",
                ("help", "nothing"): "unknown command nothing",
                ("actors",): "dateline actors lookup NAME",
                ("actors", "lookup"): "dateline actors lookup NAME",
                ("actors", "lookup", "Ann Lee", "--date", "2023-02-30"): "'2023-02-30' is not YYYY-MM-DD",
                ("actors", "lookup", "Ann Lee", "--data", "no/such/folder"): "no/such/folder",
                ("actors", "import", "x"): "dateline actors import FILE",
                ("actors", "import", "x", "--to", "y", "--kind", "verbs"): "is not one of actors, agents, discards",
                ("tables", "check"): "dateline tables check DIR",
                ("tables", "check", "no/such/folder"): "no such folder",
        }.items():
            with self.subTest(" ".join(arguments)):
                done = run(*arguments)
                self.assertEqual((done.code, done.out), (2, b""), done.err)
                self.assertIn(message, done.err)

    def test_help_and_version_go_to_standard_output(self):
        for arguments in (["--help"], ["help"], ["help", "read"], ["read", "--help"], ["read", "-h"],
                          ["help", "tables"], ["tables", "check", "--help"], ["help", "actors"], ["actors", "lookup", "--help"],
                          ["actors", "import", "--help"], ["--version"]):
            done = run(*arguments)
            self.assertEqual((done.code, done.err), (0, ""), arguments)
            self.assertTrue(done.out, arguments)
        self.assertRegex(run("--version").out.decode(), r"^dateline \d+\.\d+\.\d+, tables [0-9a-f]+, model english [-0-9]+ [0-9a-f]+\n$")
        self.assertEqual(run("help", "read").out, run("read", "--help").out)

    def test_sizes_may_carry_a_unit(self):
        path = self.write("a.txt", STORY * 40)
        self.assertEqual(run("read", "--max-bytes", "1KB", path).code, 1)
        self.assertEqual(run("read", "--max-bytes", "1MB", path).code, 0)


class Tables(InFolder):
    def test_a_sound_folder_of_tables_is_in_order(self):
        self.write("own/words.tsv", "#: key = word\nword\tsource\nbridge\town\n")
        done = run("tables", "check", self.folder)
        self.assertEqual((done.code, done.err), (0, ""))
        self.assertIn(b"in order", done.out)

    def test_each_mistake_is_named_by_file_and_line(self):
        self.write("own/words.tsv", "#: key = word\nword\tsource\nbridge\town\nbridge\town\nroad\n")
        done = run("tables", "check", self.folder)
        self.assertEqual(done.code, 1)
        self.assertRegex(done.err, r"words\.tsv:4: ")
        self.assertRegex(done.err, r"words\.tsv:5: ")


class Events(InFolder):
    """`dateline events` and `dateline explain`."""

    RAID = "Raid\n\nChad attacked Niger on Monday.\n"

    def test_rows_have_names_first_and_one_event_each(self):
        rows = list(csv.DictReader(io.StringIO(run("events", "--csv", "--date", "2024-05-08", self.write("a.txt", self.RAID)).out.decode())))
        self.assertEqual([(r["cameo"], r["source"], r["target"], r["date"], r["date_from"]) for r in rows],
                         [("190", "TCD", "NER", "2024-05-06", "clause")])
        self.assertEqual(rows[0]["evidence"], "Chad attacked Niger on Monday")

    def test_lines_carry_the_event_and_its_words(self):
        line, = run("events", self.write("a.txt", self.RAID)).records()
        self.assertEqual((line["source"], line["target"], line["event"]["cameo"]), (["Chad"], ["Niger"], "190"))

    def test_rows_are_the_same_on_one_thread_and_on_four(self):
        paths = [self.write(f"{n}.txt", self.RAID) for n in range(20)]
        self.assertEqual(run("events", "--csv", "--threads", "1", *paths).out, run("events", "--csv", "--threads", "4", *paths).out)

    def test_a_story_without_events_gives_the_names_alone(self):
        self.assertEqual(run("events", "--csv", self.write("a.txt")).out.count(b"\r\n"), 1)

    def test_explain_tells_the_rule_that_fired_and_why_others_did_not(self):
        out = run("explain", "Chad attacked Niger.").out.decode()
        self.assertRegex(out, "✓ +190\\S* +190 +\\S.* TCD → NER +occurred")
        self.assertNotIn("\x1b", out)
        self.assertIn("sport", run("explain", "Norway's strikers attacked Denmark in the second half of the match.").out.decode())

    def test_explain_reads_standard_input_and_writes_candidates_as_json(self):
        record = json.loads(run("explain", "--json", "-", stdin="Chad attacked Niger.").out)
        self.assertIn("accepted", [c["verdict"] for c in record["candidates"]])
        self.assertNotIn("candidates", run("read", self.write("a.txt", self.RAID)).records()[0])

    def test_explain_without_a_sentence_says_what_to_do(self):
        for arguments in (["explain"], ["explain", "--date", "May", "Chad attacked Niger."]):
            self.assertEqual(run(*arguments).code, 2, arguments)


class Quotes(InFolder):
    """`dateline quotes`."""

    VOTE = ('Recount\n\n"We counted every box," the Norwegian trade minister Ann Lee told reporters on Monday. '
            "Chad denied that it had closed the border.\n")

    def rows(self, text, *options):
        out = run("quotes", "--csv", *options, self.write("a.txt", text)).out.decode()
        return list(csv.DictReader(io.StringIO(out)))

    def test_rows_have_names_first_and_one_quote_each(self):
        rows = self.rows(self.VOTE, "--date", "2024-05-08")
        self.assertEqual([(r["speaker"], r["country"], r["kind"], r["lemma"], r["quote"], r["date"]) for r in rows],
                         [("Ann Lee", "NOR", "direct", "tell", '"We counted every box,"', "2024-05-06"),
                          ("Chad", "TCD", "indirect", "deny", "that it had closed the border", "2024-05-08")])
        self.assertEqual((rows[0]["role"], rows[0]["addressee"]), ("trade minister", "reporters"))
        self.assertEqual(rows[1]["sentence"], "Chad denied that it had closed the border.")

    def test_start_and_end_cut_the_quote_from_the_text(self):
        path = self.write("a.txt", self.VOTE)
        text = run("read", path).records()[0]["text"].encode()
        for row in self.rows(self.VOTE):
            self.assertEqual(text[int(row["start"]):int(row["end"])].decode(), row["quote"])

    def test_lines_carry_the_attribution_and_its_words(self):
        path = self.write("a.txt", self.VOTE)
        first, second = run("quotes", "--jsonl", path).records()
        self.assertEqual((first["speaker"], first["kind"], second["speaker"]), ("Ann Lee", "direct", "Chad"))
        record = run("read", path).records()[0]
        self.assertEqual([first["attribution"], second["attribution"]], record["attributions"])

    def test_speech_in_speech_names_what_it_stands_in(self):
        rows = self.rows("Talks\n\nAnn Lee said on Monday that Ola Ek had told her that the port would be closed.\n")
        self.assertEqual([(r["attribution"], r["inside"], r["speaker"]) for r in rows], [("a1", "", "Ann Lee"), ("a2", "a1", "Ola Ek")])

    def test_a_transcript_gives_each_turn_to_who_is_named(self):
        rows = self.rows("Interview with the minister\n\nThe following is a transcript.\n\nANN LEE: Why was the bridge closed?\n\n"
                         "OLA EK: The river rose by two metres.\n\nLEE: When will it open?\n\nEK: We will look at it on Friday.\n")
        self.assertEqual([r["source"] for r in rows], ["ANN LEE", "OLA EK", "LEE", "EK"])
        self.assertEqual((rows[1]["quote"], rows[1]["kind"]), ("The river rose by two metres.", "direct"))

    def test_answers_are_given_to_whom_the_interview_is_with(self):
        rows = self.rows("Interview with the minister\n\nMinister Ann Lee spoke to the Halvik Post.\n\nQ: Why was the bridge closed?\n\n"
                         "A: The river rose by two metres.\n\nIt was a bad night.\n\nQ: When will it open?\n\nA: We will look at it on Friday.\n")
        self.assertEqual([(r["source"], r["speaker"]) for r in rows], [("Q", "Q"), ("A", "Ann Lee")] * 2)
        self.assertEqual(rows[1]["quote"], "The river rose by two metres. … It was a bad night.")

    def test_a_quote_of_several_paragraphs_is_one(self):
        row, = self.rows("Bridge\n\nOla Ek said: “We looked at every bolt of the bridge in the winter.\n\n"
                         "“The river rose by two metres.”\n")
        self.assertTrue(row["quote"].startswith("“We looked") and row["quote"].endswith("metres.”"), row["quote"])

    def test_rows_and_lines_are_the_same_on_one_thread_and_on_four(self):
        paths = [self.write(f"{n}.txt", self.VOTE) for n in range(20)]
        for form in ("--csv", "--jsonl"):
            self.assertEqual(run("quotes", form, "--threads", "1", *paths).out, run("quotes", form, "--threads", "4", *paths).out)

    def test_a_story_without_quotes_gives_the_names_alone(self):
        path = self.write("a.txt", "Bridge\n\nThe bridge is closed.\n")
        self.assertEqual(run("quotes", "--csv", path).out.count(b"\r\n"), 1)
        self.assertEqual(run("quotes", "--jsonl", path).out, b"")

    def test_for_people_the_speaker_stands_above_the_words(self):
        out = run("quotes", "--text", "--color", "never", self.write("a.txt", self.VOTE)).out.decode()
        self.assertLess(out.index("Ann Lee"), out.index("We counted every box"))
        self.assertNotIn("\x1b", out)


class Actors(InFolder):
    DICTIONARY = ("# Kyleland\nFARID_OSMAN_\n+GENERAL_OSMAN_\n  [KYLREB <920418] [KYLGOV >920417]\n"
                  "BAD_DAY_ [KYLGOV >920431]\n")

    def lookup(self, *arguments):
        return run("actors", "lookup", *arguments)

    def test_a_name_is_explained_by_the_row_that_says_so(self):
        done = self.lookup("Kofi Annan", "--date", "2003-05-05")
        self.assertEqual((done.code, done.err), (0, ""))
        self.assertRegex(done.out.decode(), r"^Kofi Annan on 2003-05-05: IGOUNO\n  IGOUNO .*\n +actors/leaders row \d+, source: ")

    def test_json_has_every_row(self):
        done = self.lookup("Moscow", "--date", "1985-01-01", "--json")
        self.assertEqual(done.code, 0, done.err)
        answer = json.loads(done.out)
        self.assertEqual((answer["name"], answer["date"], answer["code"]), ("Moscow", "1985-01-01", "SUN"))
        self.assertEqual({row["country"] for row in answer["rows"]}, {"SUN", "RUS"})
        self.assertTrue(all(row["table"] == "actors/country_aliases" and row["row"] > 0 for row in answer["rows"]))

    def test_near_names_are_told_where_nothing_is_found(self):
        done = self.lookup("Kofi Anan")
        self.assertEqual((done.code, done.out), (1, b""))
        self.assertIn("no table knows Kofi Anan; near it are Kofi Annan", done.err)

    def test_a_dictionary_is_imported_and_read_with(self):
        self.write("kyl.actors", self.DICTIONARY)
        self.write("kyl.agents", "FISHERMAN {FISHERMEN} [~LAB]\n")
        own = f"{self.folder}/own"
        done = run("actors", "import", f"{self.folder}/kyl.actors", f"{self.folder}/kyl.agents", "--to", own)
        self.assertEqual(done.code, 1)
        self.assertIn("kyl.actors:5: there is no day '920431'", done.err)
        self.assertIn(b"kyl.actors: 1 actors, 1 skipped", done.out)
        self.assertIn(b"KYLREB", self.lookup("Farid Osman", "--date", "1990-01-01", "--data", own).out)
        self.write("story.txt", "KYLE CITY, March 3, 1995 (Wire) - Farid Osman met Norwegian fishermen on Monday.\n")
        done = run("read", "--json", "--data", own, f"{self.folder}/story.txt")
        codes = {e["name"]: e.get("actor") for e in json.loads(done.out)[0]["entities"]}
        self.assertEqual(codes.get("Farid Osman"), "KYLGOV")
        self.assertEqual(codes.get("Norwegian fishermen"), "NORLAB")

    def test_a_phrase_of_a_discard_dictionary_leaves_out_its_sentence_or_the_story(self):
        text = "OSLO, March 3, 1995 (Wire) - Norway accused Chad of spying. In the lantern month Norway bombed Mali.\n"
        self.write("story.txt", text)
        roots = {}
        for phrase in ("QUIZ_NIGHT", "LANTERN_MONTH", "+LANTERN_MONTH"):
            self.write("kyl.discards", phrase + "\n")
            own = f"{self.folder}/own{len(roots)}"
            self.assertEqual(run("actors", "import", f"{self.folder}/kyl.discards", "--to", own).code, 0)
            record = json.loads(run("read", "--json", "--data", own, f"{self.folder}/story.txt").out)[0]
            roots[phrase] = sorted(e["cameo"][:2] for e in record["events"])
        self.assertEqual(roots, {"QUIZ_NIGHT": ["11", "19"], "LANTERN_MONTH": ["11"], "+LANTERN_MONTH": []})

    def test_a_file_that_is_not_there_is_named(self):
        done = run("actors", "import", f"{self.folder}/none", "--to", f"{self.folder}/own")
        self.assertEqual(done.code, 1)
        self.assertIn("none", done.err)


class Documents(unittest.TestCase):
    """Man page and completions name every option that the help names."""

    ROOT = pathlib.Path(__file__).resolve().parent.parent

    def options(self):
        asked = (["--help"], *(["help", command] for command in ("read", "events", "quotes", "add", "search", "story", "sql",
                                                         "timeline", "network", "follow", "serve", "work", "export", "clusters", "who", "correct", "check", "rebuild", "sync", "explain",
                                                         "tables")),
                 ["actors", "lookup", "--help"], ["actors", "import", "--help"])
        pages = [run(*page).out.decode() for page in asked]
        return sorted(set(re.findall(r"--[a-z][a-z0-9-]+", " ".join(
            line.split("  ")[1] for page in pages for line in page.splitlines()
            if line.startswith("  -")))))

    def test_the_help_lists_options(self):
        self.assertIn("--offsets", self.options())
        self.assertGreater(len(self.options()), 12)

    def test_the_man_page_names_every_option(self):
        page = (self.ROOT / "docs/man/dateline.1").read_text().replace("\\-", "-")
        for option in self.options():
            self.assertRegex(page, rf"\.It .*Fl {option[1:]}\b", option)

    def test_the_man_page_is_sound(self):
        if not shutil.which("man") or not shutil.which("groff"):
            self.skipTest("no man, no groff")
        done = subprocess.run(["man", "--warnings", "-l", self.ROOT / "docs/man/dateline.1"],
                              capture_output=True, check=False,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANPAGER": "cat"})
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertIn(b"EXIT STATUS", re.sub(b".\x08", b"", done.stdout))

    def test_completions_name_every_option(self):
        for name in ("dateline.bash", "_dateline", "dateline.fish"):
            text = (self.ROOT / "completions" / name).read_text()
            for option in self.options():
                wanted = f"-l {option[2:]}" if name.endswith(".fish") else option
                self.assertIn(wanted, text, name)

    def test_bash_completes_options_values_and_commands(self):
        if not shutil.which("bash"):
            self.skipTest("no bash")
        script = self.ROOT / "completions/dateline.bash"
        for words, expected in {
                ("dateline", "rea"): "read",
                ("dateline", "read", "--js"): "--json --jsonl",
                ("dateline", "read", "--offsets", "ut"): "utf16",
                ("dateline", "read", "--color", ""): "always auto never",
                ("dateline", "help", "t"): "tables timeline",
                ("dateline", "q"): "quotes",
                ("dateline", "quotes", "--c"): "--color --csv",
                ("dateline", "export", "x", "--as", "g"): "gdelt1 gdelt2 gdelt2-mentions geojson gexf gkg2 graphml",
                ("dateline", "quotes", "--ab"): "--about",
                ("dateline", "events", "--c"): "--code --color --csv",
                ("dateline", "explain", "--da"): "--data --date",
                ("dateline", "tables", "c"): "check",
                ("dateline", "actors", "l"): "lookup",
                ("dateline", "actors", "import", "x", "--kind", "a"): "actors agents",
        }.items():
            code = (f"source {script}; COMP_WORDS=({' '.join(repr(w) for w in words)}); "
                    f"COMP_CWORD={len(words) - 1}; _dateline; "
                    "printf '%s\\n' \"${COMPREPLY[@]}\" | LC_ALL=C sort | paste -sd' '")
            done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=False)
            self.assertEqual(done.stdout.strip(), expected, (words, done.stderr))


class ProgressBar(InFolder):
    def test_nothing_is_drawn_where_standard_error_is_no_terminal(self):
        self.assertEqual(run("read", self.write("a.txt")).err, "")

    def test_a_long_run_shows_stories_rate_and_wipes_itself(self):
        """A pipe keeps the run going for more than a second."""
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        main, terminal = pty.openpty()
        process = subprocess.Popen([DATELINE, "read", self.write("a.txt"), pipe],
                                   stdout=subprocess.DEVNULL, stderr=terminal,
                                   env={**os.environ, "TERM": "xterm"})
        os.close(terminal)
        with open(pipe, "wb") as writer:
            time.sleep(1.6)
            writer.write(STORY.encode())
        shown = b""
        while True:
            try:
                shown += os.read(main, 4096)
            except OSError:
                break
        os.close(main)
        self.assertEqual(process.wait(timeout=60), 0)
        self.assertRegex(shown, rb"1 stories  \d+/s")
        self.assertTrue(shown.endswith(b"\r\x1b[K"), shown)


if __name__ == "__main__":
    unittest.main()
