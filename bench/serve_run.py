#!/usr/bin/env python3
"""How fast `dateline serve` answers:

    bench/serve_run.py DATELINE ARCHIVE [--seconds 60] [--connections 16] [--rate 0] [--mix new|readers]

Starts a server and asks each kind of question 25 times, no two the same (what a reader of the page waits for). Then wrk asks
a mix of all kinds, as fast as it can or at a rate a second, and the memory held is told at the beginning and every minute.

  new      no question is asked twice, so that no answer is known: the worst case
  readers  20,000 questions, the n-th most wanted asked in proportion to 1/n, as readers of one newsroom ask for what is in the
           news; most are asked again before the run ends, and then the answer is known
"""

import argparse
import bisect
import datetime
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

API = "/api/v1"
COUNTRIES = "USA CHN RUS UKR GBR FRA DEU ISR IRN IND JPN BRA TUR SYR EGY KEN".split()


class Client:
    def __init__(self, url):
        self.url = url.rstrip("/")

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=120) as answer:
            return answer.read()

    def json(self, path):
        return json.loads(self.get(path))

    def wait(self, seconds=300):
        """What is in the archive, once the server is ready, and how long that took."""
        begin = time.monotonic()
        while True:
            try:
                return self.json(f"{API}/archive"), time.monotonic() - begin
            except urllib.error.HTTPError as error:
                if error.code != 503 or time.monotonic() - begin > seconds:
                    raise
                time.sleep(0.1)


def questions(client, about):
    """Paths by kind, made of what is in the archive."""
    pick = random.Random(1)
    stories = about["stories"]
    first, last = (datetime.date.fromisoformat(about[which][:10]) for which in ("first_published", "last_published"))
    words = []
    for _ in range(60):
        text = client.get(f"{API}/stories/{pick.randrange(1, stories + 1)}/text").decode().split()
        words += [w.strip(".,\"'") for w in pick.sample(text, min(6, len(text)))]
    words = [urllib.parse.quote(w) for w in words if w.isalnum()]
    names = [urllib.parse.quote(e["name"]) for e in client.json(f"{API}/entities?limit=200")["items"]]
    numbers = [e["entity"] for at in range(500, 20000, 500) for e in client.json(f"{API}/entities?limit=500&cursor={at}.0.0")["items"]]
    number = lambda: pick.randrange(1, stories + 1)
    who = lambda: pick.choice(COUNTRIES)
    day = lambda: first + datetime.timedelta(days=pick.randrange((last - first).days + 1))
    # Some days, and lists of about the length that the page asks for.
    span = lambda: "since={}&until={}".format(*sorted([day(), day()]))
    some = lambda limit: f"limit={limit - pick.randrange(10)}"
    kinds = {
        "story": lambda: f"{API}/stories/{number()}?offsets=utf16",
        "story, around it": lambda: f"{API}/stories/{number()}/context",
        "stories, newest": lambda: f"{API}/stories?{some(50)}&from={day()}",
        "search, a word, facets": lambda: f"{API}/search?q={pick.choice(words)}&facets=true&{some(20)}",
        "search, two words, facets": lambda: f"{API}/search?q={pick.choice(words)}+{pick.choice(words)}&facets=true&{some(20)}",
        "search, a name": lambda: f"{API}/search?q=%22{pick.choice(names)}%22&{some(20)}",
        "search, all, a facet": lambda: f"{API}/search?country={who()}&event=04&from={day()}&facets=true&{some(20)}",
        "events, one actor": lambda: f"{API}/events?source={who()}&since={day()}&{some(50)}",
        "events, a pair, a code": lambda: f"{API}/events?source={who()}&target={who()}&code=0{pick.randrange(1, 6)}&{some(50)}",
        "events, a name": lambda: f"{API}/events?source={pick.choice(names)}&{some(50)}",
        "quotes, a speaker": lambda: f"{API}/quotes?by={pick.choice(names)}&{some(50)}",
        "quotes, days": lambda: f"{API}/quotes?since={day()}&{some(50)}",
        "timeline, a pair": lambda: f"{API}/timeline?one={who()}&other={who()}&by=week&since={day()}",
        "timeline, all, days": lambda: f"{API}/timeline?by=day&{span()}",
        "network": lambda: f"{API}/network?{span()}&limit=200",
        "network of actors": lambda: f"{API}/network?by=actor&about={who()}&since={day()}",
        "places": lambda: f"{API}/places?source={who()}&since={day()}&limit=500",
        "clusters": lambda: f"{API}/clusters?from={day()}&{some(20)}",
        "entities, beginning": lambda: f"{API}/entities?q={pick.choice(words)[:3]}&{some(20)}",
        "entity": lambda: f"{API}/entities/{pick.choice(numbers)}",
    }
    return kinds


def processor(process):
    """Milliseconds of processor time so far."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def once(client, process, kinds, rounds=25):
    worst = 0
    for kind, path in kinds.items():
        times = []
        before = processor(process)
        for _ in range(rounds):
            begin = time.monotonic()
            client.get(path())
            times.append((time.monotonic() - begin) * 1000)
        times.sort()
        worst = max(worst, times[-1])
        spent = (processor(process) - before) / rounds
        print(f"  {kind:28} processor time {spent:5.1f} ms; median {times[rounds // 2]:6.1f} ms, slowest of {rounds} {times[-1]:6.1f} ms", flush=True)
    print(f"  slowest of all {worst:.1f} ms")


def memory(process):
    text = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(text.split("VmRSS:")[1].split()[0]) // 1024


def distinct(kinds, count):
    """So many paths, no two the same, the kinds by turns; a kind that has no more to ask is passed over."""
    seen = set()
    paths = []
    left = dict(kinds)
    while len(paths) < count and left:
        for kind, path in list(left.items()):
            new = next((p for p in (path() for _ in range(50)) if p not in seen), None)
            if new is None:
                del left[kind]
                continue
            seen.add(new)
            paths.append(new)
    return paths[:count]


def mixed(kinds, mix, requests):
    paths = distinct(kinds, requests if mix == "new" else 20000)
    if mix == "new":
        return paths
    pick = random.Random(2)
    sums = list(itertools.accumulate(1 / n for n in range(1, len(paths) + 1)))
    return [paths[bisect.bisect(sums, pick.random() * sums[-1])] for _ in range(requests)]


def ask(url, paths, given):
    """Lets wrk ask for the paths, each once. Each connection waits so long between an answer and the next question."""
    pause = round(1000 * given.connections / given.rate) if given.rate else 0
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "paths"
        file.write_text("\n".join(paths), encoding="utf-8")
        subprocess.run(["wrk", "-t1", f"-c{given.connections}", f"-d{given.seconds}s", "-s",
                        pathlib.Path(__file__).with_name("serve_mix.lua"), url],
                       env={**os.environ, "SERVE_PATHS": str(file), "SERVE_DELAY": str(pause)}, check=True)


def run(client, process, given):
    about, wait = client.wait()
    print(f"{about['stories']} stories, {about['events']} events: ready after {wait:.1f} s, {memory(process)} MB")
    kinds = questions(client, about)
    if given.each:
        once(client, process, kinds)
    stop = threading.Event()

    def watch():
        while not stop.wait(60):
            print(f"  {memory(process)} MB", flush=True)

    watcher = threading.Thread(target=watch, daemon=True)
    # More than can be asked in the time.
    paths = mixed(kinds, given.mix, given.seconds * (given.rate or 1500) + 1000)
    print(f"{len(paths)} questions, {len(set(paths))} different; {memory(process)} MB before them", flush=True)
    watcher.start()
    before = processor(process)
    ask(client.url, paths, given)
    stop.set()
    print(f"{memory(process)} MB after them; processor time {(processor(process) - before) / 1000:.1f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("archive")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--rate", type=int, default=0)
    parser.add_argument("--mix", choices=["new", "readers"], default="new")
    parser.add_argument("--no-each", dest="each", action="store_false", help="the mix alone")
    given = parser.parse_args()
    process = subprocess.Popen([given.program, "serve", given.archive, "--listen", "127.0.0.1:0", "--quiet"],
                               stdout=subprocess.PIPE)
    try:
        url = process.stdout.readline().decode().strip()
        if not url:
            sys.exit("the server did not start; see above")
        run(Client(url), process, given)
    finally:
        process.terminate()
        process.wait(60)


if __name__ == "__main__":
    main()
