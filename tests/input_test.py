"""Feeds, dumps and archives from outside: every record is read or reported, in bounded memory."""

import gzip
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

DATELINE = os.path.abspath(os.environ.get("DATELINE", "build/dev/bin/dateline"))
MIB = 1 << 20
STORY = "The harbour minister opened a bridge in Lima on Monday.\n\nThe minister praised the port."


def sanitized():
    with open(DATELINE, "rb") as program:
        data = program.read()
    return any(name in data for name in (b"__asan_init", b"__tsan_init"))


def run(*arguments, stdin=b""):
    done = subprocess.run([DATELINE, "read", "--jsonl", *map(os.fspath, arguments)], input=stdin,
                          capture_output=True, timeout=300, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def run_streamed(chunks, *arguments):
    """Pipes the chunks in; gives the exit code, what came out, messages and the peak memory."""
    code = ("import resource, subprocess, sys\n"
            "done = subprocess.run(sys.argv[1:], stdin=sys.stdin, capture_output=True)\n"
            "print(done.returncode, done.stdout.count(b'\\n'),\n"
            "      resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)\n"
            "sys.stdout.flush()\n"
            "sys.stdout.buffer.write(done.stderr)\n")
    process = subprocess.Popen([sys.executable, "-c", code, DATELINE, "read", "--no-analysis", *arguments, "-"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for chunk in chunks:
        process.stdin.write(chunk)
    process.stdin.close()
    first, _, messages = process.stdout.read().partition(b"\n")
    process.stdout.close()
    process.wait()
    status, lines, peak = map(int, first.split())
    return status, lines, messages.decode(), peak


class InFolder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dateline_input_"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


class Dumps(InFolder):
    def test_records_in_are_records_out_and_reported(self):
        items = "".join(f"<item><title>T{i}</title><description>{STORY}</description>"
                        + ("</item>" if i % 10 else "<b></item>") for i in range(100))
        path = self.write("feed", f"<rss><channel><title>LH</title>{items}</channel></rss>")
        code, records, err = run("--no-analysis", path)
        self.assertEqual(code, 1)
        self.assertEqual(len(records), 90)
        self.assertEqual(err.count("no sound XML"), 10)
        self.assertIn(f"dateline: {path}:", err)
        self.assertIn("record 11, byte ", err)
        self.assertIn("90 stories read, 10 inputs failed", err)

    def test_one_dump_says_the_same_however_it_is_packed(self):
        lines = "".join(json.dumps({"id": i, "title": f"T{i}", "text": STORY}) + "\n" for i in range(20))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("in/dump.jsonl.gz", gzip.compress(lines.encode()))
        plain = run("--no-analysis", self.write("a", lines))[1]
        for name, content in (("b", gzip.compress(lines.encode())), ("c", packed.getvalue())):
            records = run("--no-analysis", self.write(name, content))[1]
            self.assertEqual([(r["id"], r["text"]) for r in records], [(r["id"], r["text"]) for r in plain])
        self.assertTrue(records[0]["source"]["path"].endswith("c!in/dump.jsonl.gz"))

    def test_any_number_of_threads_gives_the_same(self):
        lines = "".join(json.dumps({"id": i, "text": STORY}) + ("\n" if i % 7 else "{\n") for i in range(60))
        path = self.write("dump", lines)
        self.assertEqual(run("--threads", "1", path), run("--threads", "8", path))

    def test_columns_are_mapped(self):
        table = self.write("t", f'kopf;inhalt\nDam opens;"{STORY}"\n')
        code, records, err = run("--no-analysis", "--format", "csv", "--map", "headline=kopf,text=inhalt", table)
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(records[0]["article"]["headline"], "Dam opens")
        code, _, err = run("--format", "csv", "--map", "text=nichts", table)
        self.assertEqual(code, 1)
        self.assertIn("no column 'nichts'", err)
        code, _, err = run("--map", "titel=x", table)
        self.assertEqual(code, 2)
        self.assertIn("'titel' is no field", err)

    def test_a_run_goes_on_where_it_is_told(self):
        lines = [json.dumps({"id": i, "text": STORY}) + "\n" for i in range(10)]
        path = self.write("dump", "".join(lines))
        wanted = [str(i) for i in range(4, 10)]
        for option in (("--skip", "4"), ("--from", str(sum(map(len, lines[:4]))))):
            records = run("--no-analysis", *option, path)[1]
            self.assertEqual([r["source"]["id"] for r in records], wanted, option)

    def test_a_killed_story_is_a_notice_and_is_not_analysed(self):
        kill = json.dumps({"uri": "urn:1", "pubStatus": "canceled", "version": "3",
                           "headlines": [{"value": "Minister opens bridge in Lima"}]})
        code, records, err = run(self.write("kill", kill))
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(records[0]["article"]["creativeWorkStatus"], "canceled")
        self.assertEqual(records[0]["source"]["id"], "urn:1")
        self.assertEqual(records[0].get("events", []), [])
        self.assertEqual(records[0].get("entities", []), [])

    def test_what_is_no_story_is_counted_and_does_not_fail(self):
        picture = json.dumps({"uri": "urn:1", "type": "picture", "description_text": "A dam"})
        code, records, err = run(self.write("p", picture))
        self.assertEqual((code, records), (0, []))
        self.assertIn("1 record holds no story", err)

    def test_captions_are_read_behind_the_text(self):
        feed = ("<rss xmlns:media='m'><channel><item><title>Dam</title>"
                f"<description>{STORY}</description><media:content medium='image'>"
                "<media:description>The dam at dawn</media:description></media:content></item></channel></rss>")
        record = run("--no-analysis", self.write("f", feed))[1][0]
        image = record["article"]["image"][0]
        self.assertEqual(record["text"][image["start"]:image["end"]], "The dam at dawn")
        self.assertEqual(record["blocks"][-1]["kind"], "caption")


class Bounds(InFolder):
    def test_a_record_of_a_gigabyte_is_refused_in_bounded_memory(self):
        count = 1024 if not sanitized() else 64

        def dump():
            yield b'{"text": "'
            for _ in range(count):
                yield b"x" * MIB
            yield b'"}\n' + json.dumps({"text": STORY}).encode() + b"\n"
        code, lines, messages, peak = run_streamed(dump(), "--jsonl")
        self.assertEqual((code, lines), (1, 1), messages)
        self.assertIn("the record has more than 16777216 bytes; raise --max-bytes", messages)
        if not sanitized():
            self.assertLess(peak, 200 * MIB)

    def test_a_bomb_is_refused_in_bounded_memory(self):
        member = gzip.compress(b" " * (64 * MIB))
        bomb = self.write("bomb", gzip.compress(b"".join([member] * 40)))
        process = subprocess.run(["/bin/sh", "-c", 'exec "$0" read "$1" 2>&1', DATELINE, bomb],
                                 capture_output=True, timeout=120, check=False)
        self.assertEqual(process.returncode, 1)
        self.assertRegex(process.stdout.decode(), "decompression bombs|more than 16777216 bytes")

    def test_streams_are_read_in_the_memory_of_a_record(self):
        record = json.dumps({"title": "Dam", "text": STORY * 20}).encode() + b"\n"
        chunk = record * 500
        count = 50 if not sanitized() else 2
        code, lines, messages, peak = run_streamed((chunk for _ in range(count)), "--jsonl")
        self.assertEqual((code, lines), (0, 500 * count), messages)
        # run_streamed's own Python holds what came out, but the peak is that of the program.
        if not sanitized():
            self.assertLess(peak, 200 * MIB)


if __name__ == "__main__":
    unittest.main()
