#!/usr/bin/env python3
"""Pages a second of dateline and of other extractors over the same pages, in one run.

    python3 bench/pages_against_peers.py FOLDER [--build build/release] [--rounds 3] [--every 1]

FOLDER holds pages, ID.html or ID.html.gz; --every N takes each Nth. Peers are the Python packages trafilatura and
readability (readability-lxml); one that this Python does not have is named and passed over. All work from the bytes in
memory to text, headline, author and date as far as the program finds them, on one core; "libxml2's parse" is its HTML
parser alone (lxml), the usual ground of such programs. Printed are medians of the rounds, of CPU time.
"""

import argparse
import gzip
import importlib
import pathlib
import re
import statistics
import subprocess
import tempfile
import time


def pages_of(folder, every):
    pages = {}
    for path in sorted(pathlib.Path(folder).iterdir())[::every]:
        raw = path.read_bytes()
        pages[path.name.split(".")[0]] = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return pages


def trafilatura_reader():
    module = importlib.import_module("trafilatura")
    return lambda page: module.bare_extraction(page, with_metadata=True)


def readability_reader():
    document = importlib.import_module("readability").Document
    to_text = importlib.import_module("lxml.html").fromstring

    def read(page):
        parsed = document(page)
        return parsed.short_title(), to_text(parsed.summary()).text_content()

    return read


def libxml2_parse():
    return importlib.import_module("lxml.html").document_fromstring


PEERS = {"libxml2's parse": libxml2_parse, "trafilatura": trafilatura_reader, "readability": readability_reader}


def seconds(read, pages):
    failed = 0
    begin = time.process_time()
    for page in pages.values():
        try:
            read(page)
        except Exception:  # a peer's fault on a page is its own; the time counts
            failed += 1
    return time.process_time() - begin, failed


def dateline_speed(build, folder):
    """Pages a second of CPU time: the bare parse, and the whole of reading."""
    said = subprocess.run([build / "bin/read_pages", build / "share/dateline/dateline.tables", folder, "--time", "3"],
                          capture_output=True, text=True, check=True).stdout
    return tuple(float(x) for x in re.search(r"parse (\d+) pages/s +read (\d+) pages/s", said).groups())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    pages = pages_of(options.folder, options.every)
    readers, missing = {}, []
    for name, make in PEERS.items():
        try:
            readers[name] = make()
        except ImportError as error:
            missing.append(f"{name}: skipped, {error}")
    speeds = {name: [] for name in ("bare parse", "dateline", *readers)}
    with tempfile.TemporaryDirectory() as folder:
        for name, page in pages.items():
            pathlib.Path(folder, name + ".html").write_bytes(page)
        for _ in range(options.rounds):
            parse, read = dateline_speed(options.build, folder)
            speeds["bare parse"].append(parse)
            speeds["dateline"].append(read)
            for name, peer in readers.items():
                taken, failed = seconds(peer, pages)
                speeds[name].append(len(pages) / taken)
                if failed:
                    missing.append(f"{name}: failed on {failed} of {len(pages)} pages")
    ours = statistics.median(speeds["dateline"])
    print(f"{len(pages)} pages, {sum(map(len, pages.values())) / 1e6:.1f} MB, {options.rounds} rounds")
    for name, each in speeds.items():
        middle = statistics.median(each)
        print(f"{name:15} {middle:8.1f} pages/s   dateline / it {ours / middle:6.2f}")
    print("\n".join(dict.fromkeys(missing)))


if __name__ == "__main__":
    main()
