#!/usr/bin/env python3
"""Takes words away from the patterns and acts, to see what the learned classifier makes of words that nobody knows.

    withhold.py OUT [--share 30]      writes OUT/data (tables without them) and OUT/words.txt

Which lemmas go is drawn by hash, so that all patterns lose the same. How the figures of docs/RESULTS.md are made stands there."""
import argparse
import hashlib
import pathlib
import shutil

DATA = pathlib.Path(__file__).resolve().parent.parent.parent / "data"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--share", type=int, default=30, help="of 100 lemmas")
    options = parser.parse_args()
    data = options.out / "data"
    shutil.copytree(DATA, data, dirs_exist_ok=True)
    classes = {}
    for line in (data / "events" / "words.tsv").read_text("utf-8").splitlines():
        if "\t" in line and not line.startswith("#"):
            classes[line.split("\t")[0]] = line.split("\t")[1].split("|")
    gone = set()

    def expanded(item):
        single = item.startswith("@") and " " not in item
        return [w for member in classes.get(item[1:], []) for w in expanded(member)] if single else [item]

    def kept(cell):
        items = [w for item in cell.split("|") for w in expanded(item)]
        for word in {item.split(" ")[0] for item in items}:
            if int(hashlib.md5(("x" + word).encode()).hexdigest(), 16) % 100 < options.share:
                gone.add(word)
        return "|".join(item for item in items if item.split(" ")[0] not in gone)

    for name in ("patterns", "acts"):
        path = data / "events" / (name + ".tsv")
        out, header = [], None
        for line in path.read_text("utf-8").splitlines():
            cells = line.split("\t")
            if line.startswith("#") or header is None:
                header = header or (None if line.startswith("#") else cells)
                out.append(line)
                continue
            at = header.index("trigger")
            cells[at] = kept(cells[at])
            if cells[at]:
                out.append("\t".join(cells))
        path.write_text("\n".join(out) + "\n", "utf-8")
    (options.out / "words.txt").write_text("\n".join(sorted(gone)) + "\n", "utf-8")
    print(f"{len(gone)} words taken away")


if __name__ == "__main__":
    main()
