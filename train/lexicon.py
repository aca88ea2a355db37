"""Word lists as one feature: which kinds of names a single word belongs to, as a bit mask.

Built from the reference tables (countries, cities, leaders, organisations ...). A word that is only
part of a longer name sets the part's bit. Words that are common in lower case in the training text
are left out by `build`'s `common`, so that 'Of' or 'March' say little.

    lexicon.build('../shared/facts', common)['Nairobi']   1 << CITY | ...
"""
import csv
import gzip
import os
import re

import features

COUNTRY, DEMONYM, CITY, TOWN, REGION, PERSON, ORG, ACRONYM, PLACE_PART = range(9)
NAMES = ('country', 'demonym', 'city', 'town', 'region', 'person', 'org', 'acronym', 'place_part')


def table(folder, name):
    """Rows of a tab-separated table as dicts."""
    path = os.path.join(folder, name)
    opener = gzip.open if name.endswith('.gz') else open
    with opener(path, 'rt', encoding='utf-8', newline='') as f:
        return list(csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE))


def cells(row, *columns):
    for c in columns:
        for value in (row[c] or '').split('|'):
            value = value.partition('~')[0].strip()
            if value:
                yield value


def build(folder, common=frozenset()):
    """{word: bit mask}; `common` holds lower-case words to leave out when they are parts."""
    mask = {}

    def add(name, whole, part):
        words = [w for w in re.split(r"[\s\-/,()]+", features.normalise(name)) if w]
        for w in words:
            if len(w) < 2 or not (ord(w[0]) in features.LOWER):
                continue
            bit = whole if len(words) == 1 else part
            if bit != whole and features.lower(w) in common:
                continue
            mask[w] = mask.get(w, 0) | 1 << bit

    for r in table(folder, 'countries.tsv'):
        for v in cells(r, 'name', 'other_names', 'former_names'):
            add(v, COUNTRY, PLACE_PART)
        for v in cells(r, 'demonym_noun', 'demonym_plural', 'adjectives'):
            add(v, DEMONYM, DEMONYM)
        for v in cells(r, 'capital', 'metonyms'):
            add(v, CITY, PLACE_PART)
    for r in table(folder, 'cities.tsv.gz'):
        people = int(r['population'] or 0)
        if people >= 50000:
            for v in cells(r, 'name', 'asciiname'):
                add(v, CITY, PLACE_PART)
        elif people >= 3000:
            for v in cells(r, 'name', 'asciiname'):
                add(v, TOWN, PLACE_PART)
    for r in table(folder, 'admin1.tsv'):
        for v in cells(r, 'name', 'asciiname'):
            add(v, REGION, PLACE_PART)
    for r in table(folder, 'regions.tsv'):
        for v in cells(r, 'name', 'other_names'):
            add(v, REGION, PLACE_PART)
    for r in table(folder, 'leaders.tsv'):
        for v in cells(r, 'name', 'variants'):
            add(v, PERSON, PERSON)
    for r in table(folder, 'organizations.tsv'):
        for v in cells(r, 'name', 'variants'):
            add(v, ORG, ORG)
        for v in cells(r, 'abbreviations'):
            add(v, ACRONYM, ACRONYM)
    return mask
