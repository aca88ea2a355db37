"""Who is who, against the actor codes of event gold: the engine reads each sentence, and what it says of the
text of each source and target is compared with the gold's country and sector."""
import re

SAME_ROLE = {"CIV": "CVL"}  # the manual's civilians under both names
FIELDS = ("country", "sector", "full")


def find_span(text, actor):
    """Where the actor's text stands, in bytes; None where the gold's words are not the sentence's."""
    at = text.find(actor) if actor else -1
    if at < 0:
        return None
    begin = len(text[:at].encode("utf-8"))
    return begin, begin + len(actor.encode("utf-8"))


def said_of(record, span):
    """The actor code of the entity whose mention shares most bytes with the span; of two such the one
    that ends last: "Greek farmers" are farmers. A place is told by its country."""
    best, code = (0, 0), None
    for entity in record["entities"]:
        for mention in entity["mentions"]:
            shared = min(span[1], mention["end"]) - max(span[0], mention["start"])
            rank = (shared, mention["end"])
            if shared > 0 and rank > best:
                best, code = rank, entity.get("actor") or entity.get("country")
    if code is None:
        places = [p for p in record["places"] if p["start"] < span[1] and span[0] < p["end"] and p.get("country")]
        code = places[-1]["country"] if places else None
    return code


def roles(sector, known):
    """The role triples in order; names of peoples, faiths and bodies are no roles. The gold's lower
    case is that of peoples."""
    triples = re.findall("...", (sector or "").upper())
    return [SAME_ROLE.get(t, t) for t in triples if t in known]


def compare(gold, code, scorer):
    """{"country", "sector" (first role), "full" (country and all roles)}: whether each is right."""
    country = scorer.country(gold["code"])
    found_country = scorer.country(code)
    wanted = roles(gold.get("sector"), scorer.ROLES)
    found = roles((code or "")[3:], scorer.ROLES)
    same_country = country == found_country
    return {"country": same_country, "sector": wanted[:1] == found[:1], "full": same_country and wanted == found}


def actors_of(document):
    for event in document["events"]:
        for side in ("source", "target"):
            for actor in event[side] or []:
                yield side, actor


def score(documents, records, scorer, errors=None):
    """Accuracy of each field over the actors whose text stands in the sentence, with counts."""
    right, total = dict.fromkeys(FIELDS, 0), 0
    for document in documents:
        for side, actor in actors_of(document):
            span = find_span(document["text"], actor.get("text"))
            if span is None:
                continue
            total += 1
            code = next((c for r in records[document["id"]] if (c := said_of(r, span))), None)
            result = compare(actor, code, scorer)
            for field in FIELDS:
                right[field] += result[field]
            if errors is not None and not result["full"]:
                errors.append((document["id"], side, actor["text"], actor["code"], actor.get("sector"), code))
    return {f: {"accuracy": round(100 * right[f] / total, 2) if total else 0.0, "right": [right[f], total]} for f in FIELDS}
