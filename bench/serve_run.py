#!/usr/bin/env python3
"""How fast `dateline serve` answers: bench/serve_run.py DATELINE ARCHIVE [SECONDS [CONNECTIONS [RATE]]]

Starts a server, asks each kind of question once that was not asked before (what a reader of the page waits for), then lets
wrk ask a mix of 2,850 of them for SECONDS (60), as fast as it can or at RATE a second, and tells what memory was held at the beginning and every minute.
"""

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time
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

    def wait(self):
        begin = time.monotonic()
        while True:
            try:
                return self.json(f"{API}/archive"), time.monotonic() - begin
            except OSError:
                time.sleep(0.1)


def questions(client, stories):
    """Paths by kind, made of what is in the archive."""
    pick = random.Random(1)
    words = []
    for _ in range(60):
        text = client.get(f"{API}/stories/{pick.randrange(1, stories + 1)}/text").decode().split()
        words += [w.strip(".,\"'") for w in pick.sample(text, min(6, len(text)))]
    words = [urllib.parse.quote(w) for w in words if w.isalnum()]
    names = [urllib.parse.quote(e["name"]) for e in client.json(f"{API}/entities?limit=200")["items"]]
    numbers = [e["entity"] for e in client.json(f"{API}/entities?limit=200&cursor=2000.0.0")["items"]] or [1]
    number = lambda: pick.randrange(1, stories + 1)
    who = lambda: pick.choice(COUNTRIES)
    day = lambda: f"2031-{pick.randrange(1, 8):02d}-{pick.randrange(1, 28):02d}"
    kinds = {
        "story": lambda: f"{API}/stories/{number()}?offsets=utf16",
        "story, around it": lambda: f"{API}/stories/{number()}/context",
        "stories, newest": lambda: f"{API}/stories?limit=50&from={day()}",
        "search, a word, facets": lambda: f"{API}/search?q={pick.choice(words)}&facets=true&limit=20",
        "search, two words, facets": lambda: f"{API}/search?q={pick.choice(words)}+{pick.choice(words)}&facets=true&limit=20",
        "search, a name": lambda: f"{API}/search?q=%22{pick.choice(names)}%22&limit=20",
        "search, all, a facet": lambda: f"{API}/search?country={who()}&event=04&from={day()}&facets=true&limit=20",
        "events, one actor": lambda: f"{API}/events?source={who()}&since={day()}&limit=50",
        "events, a pair, a code": lambda: f"{API}/events?source={who()}&target={who()}&code=0{pick.randrange(1, 6)}&limit=50",
        "events, a name": lambda: f"{API}/events?source={pick.choice(names)}&limit=50",
        "quotes, a speaker": lambda: f"{API}/quotes?by={pick.choice(names)}&limit=50",
        "quotes, days": lambda: f"{API}/quotes?since={day()}&limit=50",
        "timeline, a pair": lambda: f"{API}/timeline?one={who()}&other={who()}&by=week&since={day()}",
        "timeline, all, days": lambda: f"{API}/timeline?by=day&since={day()}",
        "network": lambda: f"{API}/network?since={day()}&limit=200",
        "network of actors": lambda: f"{API}/network?by=actor&about={who()}&since={day()}",
        "places": lambda: f"{API}/places?source={who()}&since={day()}&limit=500",
        "clusters": lambda: f"{API}/clusters?from={day()}&limit=20",
        "entities, beginning": lambda: f"{API}/entities?q={pick.choice(words)[:3]}&limit=20",
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


def main(dateline, archive, seconds="60", connections="16", rate="0"):
    process = subprocess.Popen([dateline, "serve", archive, "--listen", "127.0.0.1:0", "--quiet"], stdout=subprocess.PIPE)
    try:
        client = Client(process.stdout.readline().decode().strip())
        about, wait = client.wait()
        print(f"{about['stories']} stories, {about['events']} events: ready after {wait:.1f} s, {memory(process)} MB")
        kinds = questions(client, about["stories"])
        once(client, process, kinds)
        with tempfile.TemporaryDirectory() as folder:
            paths = pathlib.Path(folder) / "paths"
            paths.write_text("\n".join(path() for _ in range(150) for path in kinds.values()), encoding="utf-8")
            # Each connection waits so long between an answer and the next question.
            pause = round(1000 * int(connections) / int(rate)) if int(rate) else 0
            stop = threading.Event()

            def watch():
                while not stop.wait(60):
                    print(f"  {memory(process)} MB", flush=True)

            watcher = threading.Thread(target=watch)
            watcher.start()
            print(f"{memory(process)} MB before the mix")
            subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", pathlib.Path(__file__).with_name("serve_mix.lua"),
                            client.url], env={**os.environ, "SERVE_PATHS": str(paths), "SERVE_DELAY": str(pause)}, check=True)
            stop.set()
            watcher.join()
            print(f"{memory(process)} MB after it")
    finally:
        process.terminate()
        process.wait(60)


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
