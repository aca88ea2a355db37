#!/usr/bin/env python3
"""Prints a table of story records: what stands in each, a row a story.

    dateline read --jsonl stories/ | tools/summary.py
    tools/summary.py RECORDS.jsonl
"""
import json
import sys

COLUMNS = ("sentences", "entities", "times", "places", "attributions", "events")


def main():
    lines = open(sys.argv[1], encoding="utf-8", newline="\n") if len(sys.argv) > 1 else sys.stdin
    print(f"{'date':<11}{'headline':<48}" + "".join(f"{name:>13}" for name in COLUMNS))
    for line in lines:
        record = json.loads(line)
        article = record.get("article", {})
        headline = article.get("headline", "(none)")
        headline = headline if len(headline) < 47 else headline[:45] + "…"
        counts = "".join(f"{len(record.get(name, [])):>13}" for name in COLUMNS)
        print(f"{article.get('datePublished', '')[:10]:<11}{headline:<48}{counts}")


if __name__ == "__main__":
    main()
