"""Following feeds and folders, with a server on this machine that misbehaves."""

import gzip
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
import unittest

from archive_cli_test import DATELINE, InFolder, SHORT_WAIT, VISIT, run

ATTACK = ("Russian forces shelled the Ukrainian city of Kharkiv on Monday. "
          "\"We will not yield to them,\" President Volodymyr Zelenskyy said in Kyiv.")
VISIT_ITEM = "China's foreign minister Wang Yi met Russian President Vladimir Putin in Moscow on Tuesday."


def rss(*items, base="http://127.0.0.1"):
    """A feed of (title, text) pairs."""
    parts = [f"<item><title>{title}</title><link>{base}/{i}.html</link><guid>g{i}-{title}</guid>"
             f"<pubDate>Mon, 07 Apr 2031 10:00:00 GMT</pubDate><description>{text}</description></item>"
             for i, (title, text) in enumerate(items)]
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>{''.join(parts)}</channel></rss>"


class Server(http.server.ThreadingHTTPServer):
    """Answers by a table of functions, and keeps what was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = {}
        self.asked = []
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """Programs that hang up are what is tested."""

    def times(self, path):
        return sum(asked[0] == path for asked in self.asked)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, body=""):
        self.server.asked.append((self.path, dict(self.headers), body, time.monotonic()))
        try:
            self.server.answers.get(self.path, lambda handler: handler.send(404))(self)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def send(self, status, body="", headers=(), length=True):
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if length:
            self.send_header("Content-Length", str(len(data)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)


class Following(InFolder):
    def setUp(self):
        super().setUp()
        self.server = Server()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def feed(self, path, answer):
        self.server.answers[path] = answer
        return self.server.base + path

    def follow(self, *arguments, code=0, pause="0"):
        done = run("follow", self.archive, "--once", "--pause", pause, *arguments)
        self.assertEqual(done.code, code, done.err)
        return done

    def count(self):
        return run("sql", self.archive, "SELECT count(*) AS n FROM stories").lines()[0]["n"]

    def forget_waits(self):
        """As if the time to the next visit had gone by."""
        path = self.folder / "news.db.follow"
        lines = path.read_text().splitlines()
        path.write_text("\n".join("\t".join([*cells[:3], "0", *cells[4:]]) if len(cells := line.split("\t")) == 7 else line
                                  for line in lines) + "\n")


class Feeds(Following):
    def test_new_items_are_added_once(self):
        items = [("One", VISIT_ITEM)]
        url = self.feed("/rss", lambda h: h.send(200, rss(*items)))
        self.assertIn("one story added", self.follow("--feed", url).err)
        items.append(("Two", ATTACK))
        self.assertIn("one story added", self.follow("--feed", url).err)
        self.assertNotIn("added", self.follow("--feed", url).err)
        self.assertEqual(self.count(), 2)
        self.assert_sound(2)
        self.assertEqual(run("sql", self.archive, "SELECT DISTINCT path FROM stories").lines(), [{"path": url}])

    def test_the_second_visit_is_conditional(self):
        def answer(handler):
            if handler.headers.get("If-None-Match") == '"v1"':
                return handler.send(304)
            return handler.send(200, rss(("One", VISIT_ITEM)),
                                [("ETag", '"v1"'), ("Last-Modified", "Mon, 07 Apr 2031 10:00:00 GMT")])

        url = self.feed("/rss", answer)
        self.follow("--feed", url)
        self.follow("--feed", url)
        second = [asked for asked in self.server.asked if asked[0] == "/rss"][1][1]
        self.assertEqual(second["If-None-Match"], '"v1"')
        self.assertEqual(second["If-Modified-Since"], "Mon, 07 Apr 2031 10:00:00 GMT")
        self.assertTrue(second["User-Agent"].startswith("dateline/"))
        self.assertEqual(self.count(), 1)

    def test_compressed_feeds_are_unpacked(self):
        body = gzip.compress(rss(("One", VISIT_ITEM)).encode())
        self.follow("--feed", self.feed("/rss", lambda h: h.send(200, body, [("Content-Encoding", "gzip")])))
        self.assertEqual(self.count(), 1)

    def test_redirects_are_followed_but_not_for_ever(self):
        target = self.feed("/rss", lambda h: h.send(200, rss(("One", VISIT_ITEM))))
        url = self.feed("/old", lambda h: h.send(302, headers=[("Location", "/rss")]))
        loop = self.feed("/loop", lambda h: h.send(301, headers=[("Location", "/loop")]))
        away = self.feed("/away", lambda h: h.send(302, headers=[("Location", "file:///etc/passwd")]))
        done = self.follow("--feed", url, "--feed", loop, "--feed", away)
        self.assertEqual(self.count(), 1)
        self.assertIn("more than five redirects", done.err)
        self.assertIn("no address of http or https", done.err)
        self.assertEqual(self.server.times("/loop"), 6)
        self.assertTrue(target)

    def test_a_failing_server_is_asked_ever_more_seldom(self):
        url = self.feed("/rss", lambda h: h.send(500))
        done = self.follow("--feed", url, "--every", "60")
        self.assertIn("answered 500", done.err)
        self.assertIn("asked again in 120 s", done.err)
        self.assertNotIn("500", self.follow("--feed", url, "--every", "60").err)
        self.assertEqual(self.server.times("/rss"), 1)
        self.forget_waits()
        self.assertIn("asked again in 240 s", self.follow("--feed", url, "--every", "60").err)
        self.assertEqual(self.server.times("/rss"), 2)

    def test_retry_after_is_heeded(self):
        url = self.feed("/rss", lambda h: h.send(503, headers=[("Retry-After", "5000")]))
        self.assertRegex(self.follow("--feed", url, "--every", "60").err, "asked again in (5000|4999) s")

    def test_what_is_gone_is_not_asked_again(self):
        url = self.feed("/rss", lambda h: h.send(410))
        self.assertIn("is gone", self.follow("--feed", url).err)
        self.follow("--feed", url)
        self.assertEqual(self.server.times("/rss"), 1)

    def test_broken_xml_costs_only_what_is_broken(self):
        whole = rss(("One", VISIT_ITEM), ("Two", ATTACK))
        cut = whole[: whole.index("<title>Two") + 12]
        bad = self.feed("/bad", lambda h: h.send(200, cut, [("ETag", '"x"')]))
        page = self.feed("/page", lambda h: h.send(200, "<!DOCTYPE html><html><body><p>Hello there.</p></body></html>"))
        done = self.follow("--feed", bad, "--feed", page)
        self.assertIn("is no feed", done.err)
        self.assertIn("is cut off", done.err)
        self.assertEqual(self.count(), 1)
        self.server.answers["/bad"] = lambda h: h.send(200, whole)
        self.follow("--feed", bad)
        self.assertEqual(self.count(), 2)
        again = [asked for asked in self.server.asked if asked[0] == "/bad"][1][1]
        self.assertNotIn("If-None-Match", again)

    def test_huge_and_endless_answers_are_cut(self):
        def endless(handler):
            handler.send(200, length=False)
            while True:
                handler.wfile.write(b"<item>" * 10000)

        bomb = gzip.compress(b" " * (64 << 20))
        said = self.feed("/said", lambda h: h.send(200, headers=[("Content-Length", str(1 << 40))], length=False))
        done = self.follow("--max-bytes", "1MB", "--feed", self.feed("/endless", endless), "--feed", said, "--feed",
                           self.feed("/bomb", lambda h: h.send(200, bomb, [("Content-Encoding", "gzip")])))
        self.assertEqual(done.err.count("is over 1000000 bytes") + done.err.count("is over 1048576 bytes"), 3, done.err)

    def test_slow_answers_end(self):
        def slow(handler):
            handler.send(200, length=False)
            for _ in range(100):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(0.2)

        begin = time.monotonic()
        done = self.follow("--timeout", "2s", "--feed", self.feed("/slow", slow))
        self.assertIn("no answer", done.err)
        self.assertLess(time.monotonic() - begin, SHORT_WAIT)

    def test_robots_are_heeded(self):
        self.feed("/robots.txt", lambda h: h.send(200, "User-agent: *\nDisallow: /private\n"))
        private = self.feed("/private/rss", lambda h: h.send(200, rss(("One", VISIT_ITEM))))
        url = self.feed("/rss", lambda h: h.send(200, rss(("Two", ATTACK))))
        self.assertIn("robots.txt does not allow it", self.follow("--feed", private, "--feed", url).err)
        self.assertEqual((self.server.times("/private/rss"), self.server.times("/robots.txt")), (0, 1))
        self.assertEqual(self.count(), 1)

    def test_a_host_that_cannot_tell_its_robots_is_left_alone(self):
        self.feed("/robots.txt", lambda h: h.send(500))
        self.follow("--feed", self.feed("/rss", lambda h: h.send(200, rss(("One", VISIT_ITEM)))))
        self.assertEqual(self.server.times("/rss"), 0)

    def test_one_host_is_not_hurried(self):
        urls = [self.feed(f"/{i}", lambda h: h.send(200, rss(("One", VISIT_ITEM)))) for i in range(3)]
        self.follow(*(word for url in urls for word in ("--feed", url)), pause="300")
        times = [asked[3] for asked in self.server.asked]
        self.assertEqual(len(times), 4)
        self.assertGreaterEqual(min(b - a for a, b in zip(times, times[1:])), 0.28)

    def test_pages_are_read_instead_of_items(self):
        body = "".join(f"<p>{VISIT_ITEM} The two spoke of matter {i} at some length.</p>" for i in range(4))
        page = f"<html><head><title>Envoys meet</title></head><body><article><h1>Envoys meet</h1>{body}</article></body></html>"
        self.feed("/0.html", lambda h: h.send(200, page, [("Content-Type", "text/html")]))
        url = self.feed("/rss", lambda h: h.send(200, rss(("One", "Short."), ("Two", "Gone."), base=self.server.base)))
        done = self.follow("--pages", "--feed", url)
        self.assertIn("/1.html: answered 404", done.err)
        [row] = run("sql", self.archive, "SELECT path, headline FROM articles").lines()
        self.assertEqual(row, {"path": self.server.base + "/0.html", "headline": "Envoys meet"})

    def test_a_page_that_fails_is_asked_for_again(self):
        page = f"<html><head><title>Envoys meet</title></head><body><h1>Envoys meet</h1><p>{VISIT_ITEM}</p></body></html>"
        self.feed("/0.html", lambda h: h.send(503))
        url = self.feed("/rss", lambda h: h.send(200, rss(("One", "Short."), base=self.server.base), [("ETag", '"1"')]))
        self.assertIn("/0.html: answered 503", self.follow("--pages", "--feed", url).err)
        self.server.answers["/0.html"] = lambda h: h.send(200, page)
        self.follow("--pages", "--feed", url)
        self.assertEqual(self.count(), 1)
        self.follow("--pages", "--feed", url)
        self.assertEqual(self.server.times("/0.html"), 2)

    def test_nobody_there(self):
        done = self.follow("--feed", "http://127.0.0.1:9/rss")
        self.assertIn("no answer", done.err)
        self.assertEqual(self.count(), 0)

    def test_usage(self):
        for arguments in ([], [self.archive], [self.archive, "--feed", "ftp://a/b"],
                          [self.archive, "--feed", "http://a/", "--every", "soon"]):
            self.assertEqual(run("follow", *arguments).code, 2, arguments)


class Alerts(Following):
    def setUp(self):
        super().setUp()
        self.url = self.feed("/rss", lambda h: h.send(200, rss(("One", VISIT_ITEM), ("Two", ATTACK))))

    def test_conditions_are_met_once_and_written(self):
        def hook(handler):
            handler.send(204)

        self.feed("/hook", hook)
        log, ran = self.folder / "log.jsonl", self.folder / "ran.json"
        alerts = self.write("alerts.txt", f"""# tests
kharkiv: RUS does root 19 to UKR near Kharkiv,50km
  print
  append {log}
  post {self.server.base}/hook
  run {sys.executable} -c "import sys; open('{ran}', 'w').write(sys.stdin.read())"
speech: anyone quotes Zelenskyy on yield
far: anyone does root 19 near Lisbon,50km
fails: RUS does root 19
  run {sys.executable} -c "raise SystemExit(3)"
""")
        done = self.follow("--feed", self.url, "--alerts", alerts)
        lines = done.lines()
        self.assertEqual(sorted(line["alert"] for line in lines), ["kharkiv", "speech"])
        attack = [line for line in lines if line["alert"] == "kharkiv"][0]
        self.assertEqual(attack["condition"], "RUS does root 19 to UKR near Kharkiv,50km")
        self.assertEqual(attack["fact"]["event"]["cameo"][:2], "19")
        stored = run("story", self.archive, str(attack["number"])).lines()[0]
        self.assertEqual(stored["source"]["id"], attack["fact"]["story"])
        self.assertEqual(json.loads(log.read_text()), attack)
        self.assertEqual(json.loads(ran.read_text()), attack)
        posted = [asked for asked in self.server.asked if asked[0] == "/hook"]
        self.assertEqual([json.loads(asked[2]) for asked in posted], [attack])
        self.assertEqual(posted[0][1]["Content-Type"], "application/json")
        self.assertIn("alert fails:", done.err)
        self.assertIn("ended with status 3", done.err)
        self.assertEqual(self.follow("--feed", self.url, "--alerts", alerts).out, "")

    def test_mistakes_in_the_file_are_named(self):
        for text, message in (("a: RUS hits UKR\n", "alerts.txt:1: there is no does"),
                              ("a: RUS does 19\n  post http://example.org/\n", "speaks to this machine alone"),
                              ("\na: RUS does 19 near Nowhereville Upon Xyz\n", "alerts.txt:2: no place is called")):
            done = self.follow("--feed", self.url, "--alerts", self.write("alerts.txt", text), code=2)
            self.assertIn(message, done.err)
        self.assertEqual(self.server.asked, [])


class Folders(Following):
    def test_files_are_added_as_they_come_until_the_end(self):
        inbox = self.folder / "in"
        inbox.mkdir()
        alerts = self.write("alerts.txt", "met: CHN does 04 to RUS\n")
        process = subprocess.Popen([DATELINE, "follow", self.archive, "--dir", inbox, "--alerts", alerts],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        try:
            path = inbox / "a.txt"
            path.write_text(VISIT)
            os.utime(path, (time.time() - 10, time.time() - 10))
            line = json.loads(process.stdout.readline())
            self.assertEqual(line["alert"], "met")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(SHORT_WAIT)
        self.assertEqual(process.returncode, 143)
        self.assert_sound(1)

    def test_once_takes_what_is_there(self):
        self.write("in/a.txt", VISIT)
        self.follow("--dir", self.folder / "in")
        self.follow("--dir", self.folder / "in")
        self.assertEqual(self.count(), 1)
        self.assertIn("follow", run("sql", self.archive, "SELECT options FROM runs").out)


if __name__ == "__main__":
    unittest.main()
