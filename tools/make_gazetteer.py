#!/usr/bin/env python3
"""Makes data/places/gazetteer.tsv.xz: the small towns and divisions that data/places/cities.tsv lacks.

  tools/make_gazetteer.py FACTS_DIR data/places/cities.tsv data/places/gazetteer.tsv.xz

FACTS_DIR holds tables made from GeoNames (geonames.org, CC BY 4.0): cities.tsv.gz, cities_extra.tsv.gz,
admin1.tsv, admin2.tsv, countries.tsv. Same input, same bytes. Python 3 standard library only."""
import csv
import gzip
import io
import lzma
import pathlib
import re
import sys
import unicodedata

HEADER = """\
# Towns, first- and second-order divisions of all states, beyond places/cities. names: other Latin spellings.
# lat, lon: degrees; of a division the mean of its places, weighted by inhabitants.
# Contains data from GeoNames (geonames.org), CC BY 4.0.
#: phrases = name|names
#: required = kind name country
#: enum kind = city,admin1,admin2
#: type lat = latitude
#: type lon = longitude
#: type population = int
"""
COLUMNS = ("geonameid", "kind", "name", "names", "lat", "lon", "country", "admin1", "population")
# Words that a division's name may be printed without: "Abia State", "Helmand Province".
GENERIC = re.compile(
    r"^(?:Provincia d[ei]l?|Province of|Departamento del?|Estado de|State of|Región de|Region of|Gouvernorat de|"
    r"Wilaya de|Oblast'?|Muhafazat|County)\s+(.+)$"
    r"|^(.+?)\s+(?:Province|Region|State|Oblast'?|Krai|Prefecture|Governorate|Department|District|Republic|Raion|Rayon|"
    r"Emirate|Division|Voivodeship|Sheng|Shi|Territory)$")
TOWN_NAMES = 2  # beside its own
DIVISION_NAMES = 8
LONGEST_NAME = 40


def fold(name):
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if c.isalnum()).lower()


def is_code(name):
    """Codes of airports and plates: "SHA"."""
    return len(name) <= 4 and name.upper() == name


def other_names(name, candidates, most):
    """One spelling for each folded form, without codes and whole phrases."""
    seen, kept = {fold(name)}, []
    for other in candidates:
        other = " ".join(other.replace("|", " ").split())
        if not other or is_code(other) or len(other) > LONGEST_NAME or fold(other) in seen or not fold(other):
            continue
        seen.add(fold(other))
        kept.append(other)
    return "|".join(kept[:most])


def rows_of(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def short_names(name):
    found = GENERIC.match(name)
    return [found.group(1) or found.group(2)] if found else []


def division_names(row):
    """Other names of a division: in plain letters, without its generic word, "Co." for "County"."""
    names = [row["asciiname"], *short_names(row["name"]), *short_names(row["asciiname"] or "")]
    for suffix, short in (("County", "Co."), ("Parish", "Par.")):
        if row["name"].endswith(" " + suffix):
            names.append(row["name"].removesuffix(suffix) + short)
    return names


def position(row):
    return {"lat": row["lat"], "lon": row["lon"]}


def city_rows(path, known, iso3, regions):
    for row in rows_of(path):
        if row.get("geonameid") in known and row.get("geonameid"):
            continue
        spelled = [row["asciiname"], *(row.get("alternates") or "").split("|")]
        yield {"geonameid": row.get("geonameid") or "", "kind": "city", "name": row["name"],
               "names": other_names(row["name"], spelled, TOWN_NAMES), **position(row), "country": iso3[row["country"]],
               "admin1": regions.get(f"{row['country']}.{row['admin1']}", ""), "population": row.get("population") or ""}


def division_rows(path, kind, iso3, regions):
    for row in rows_of(path):
        country = row["code"].split(".")[0]
        if not row["lat"] or country not in iso3:
            continue
        inside = ".".join(row["code"].split(".")[:2])
        yield {"geonameid": row["geonameid"], "kind": kind, "name": row["name"],
               "names": other_names(row["name"], division_names(row), DIVISION_NAMES), **position(row), "country": iso3[country],
               "admin1": regions.get(inside, ""), "population": ""}


def table(facts, known):
    iso3 = {row["iso2"]: row["iso3"] for row in rows_of(facts / "countries.tsv") if row["iso2"] and not row["valid_to"]}
    regions = {row["code"]: row["name"] for row in rows_of(facts / "admin1.tsv")}
    rows = [*division_rows(facts / "admin1.tsv", "admin1", iso3, regions),
            *division_rows(facts / "admin2.tsv", "admin2", iso3, regions),
            *city_rows(facts / "cities.tsv.gz", known, iso3, regions),
            *city_rows(facts / "cities_extra.tsv.gz", known, iso3, regions)]
    rows.sort(key=lambda r: (r["kind"], r["country"], r["admin1"], r["name"], r["geonameid"], r["lat"]))
    out = io.StringIO()
    out.write(HEADER + "\t".join(COLUMNS) + "\n")
    for row in rows:
        out.write("\t".join(" ".join(row[c].split()) for c in COLUMNS) + "\n")
    return unicodedata.normalize("NFC", out.getvalue()), len(rows)


def main(argv):
    if len(argv) != 4:
        sys.exit(__doc__)
    facts, cities, output = map(pathlib.Path, argv[1:])
    known = {row["geonameid"] for row in rows_of(cities)}
    text, count = table(facts, known)
    packed = lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)
    output.write_bytes(packed)
    print(f"{output}: {count} places, {len(text)} characters, {len(packed)} bytes packed")


if __name__ == "__main__":
    main(sys.argv)
