"""From story records to the forms that the scorers read. Pure functions, no files."""
import itertools
import re

BODY = {"paragraph", "subheading", "listItem", "question", "answer", "utterance"}


# ------------------------------------------------------------------------------------- documents

def document(gold):
    """What the engine is given of a line of gold: never an annotation.

    A title that the text does not open with is handed over as the headline; a date only where it
    is ISO 8601; the outlet's domain as the address."""
    fed = {"id": gold["id"], "text": gold["text"]}
    title = (gold.get("title") or "").strip()
    if title and not gold["text"].lstrip().startswith(title):
        fed["headline"] = title
    if gold.get("domain"):
        fed["url"] = f"https://{gold['domain']}/"
    date = gold.get("dct") or gold.get("date")
    if date and re.fullmatch(r"\d{4}(-\d\d(-\d\d(T.*)?)?)?", date):
        fed["date"] = date
    return fed


# ----------------------------------------------------------------------------------------- facts

def span(item):
    return {"start": item["start"], "end": item["end"]}


def times(records):
    return {"timexes": [{**span(t), "type": t["type"], "value": t["value"]} for r in records for t in r["times"]]}


def places(records):
    kept = ("lat", "lon", "geonameid", "name", "literal")
    return {"toponyms": [{**span(p), **{k: p[k] for k in kept if k in p}} for r in records for p in r["places"]]}


def attributions(records):
    roles = ("source", "cue", "content")
    return {"attributions": [{role: a[role]["spans"] for role in roles} for r in records for a in r["attributions"]]}


def actor_code(side, entities):
    """The CAMEO code of one side's actor: its own, else its entity's, else the entity's country."""
    entity = entities.get(side.get("entity"), {})
    return side.get("actor") or entity.get("actor") or entity.get("country")


def events(records):
    """One row for each ordered pair of a source and a target, most certain event first.

    What somebody is accused of is no row: the accusation is. What is said not to have happened is none either."""
    rows = []
    for record in records:
        entities = {e["id"]: e for e in record["entities"]}
        accused = any(e["cameo"].startswith("11") for e in record["events"])
        for event in record["events"]:
            if event.get("status") == "negated" or (accused and event.get("status") == "claimed"):
                continue
            for source in event["source"] or [{}]:
                for target in event["target"] or [{}]:
                    rows.append((-event["confidence"], {
                        "cameo": event.get("cameo"), "plover": event.get("plover"),
                        "source_code": actor_code(source, entities), "target_code": actor_code(target, entities)}))
    unique = []
    for _, row in sorted(rows, key=lambda r: r[0]):
        if row not in unique:
            unique.append(row)
    return {"events": unique}


# --------------------------------------------------------------------------------------- article

def squeeze(text):
    return " ".join(text.split())


def article(record):
    """The article of a record in the form of layouts/README.md."""
    data = record["text"].encode("utf-8")
    out = {k: v for k, v in record["article"].items() if k not in ("relatedLink", "image")}
    out["blocks"] = []
    body_starts = []
    for block in record["blocks"]:
        if block["kind"] in BODY:
            text = squeeze(data[block["start"]:block["end"]].decode("utf-8"))
            out["blocks"].append({"type": block["kind"], "text": text, **{k: block[k] for k in ("speaker",) if k in block}})
            body_starts.append(block["start"])
    for field in ("relatedLink", "image"):
        items = record["article"].get(field, [])
        if items:
            out[field] = [{**{k: v for k, v in item.items() if k not in ("start", "end")},
                           "position": sum(start < item.get("start", 0) for start in body_starts)} for item in items]
    return out


# ----------------------------------------------------------------------------------------- words

def rows_of(conllu):
    """The lines of words and ranges, None for a sentence's end."""
    for line in conllu.split("\n"):
        if not line.strip():
            yield None
        elif not line.startswith("#") or "\t" in line:
            yield line.split("\t")


def surfaces(conllu):
    """[row, ...] of what stands in the text: ranges, and words outside ranges."""
    until, out = 0, []
    for row in rows_of(conllu):
        if row is None:
            until = 0
        elif "-" in row[0]:
            until = int(row[0].split("-")[1])
            out.append(row)
        elif int(row[0]) > until:
            out.append(row)
    return out


def solid(text):
    return "".join(text.split())


def map_characters(system, gold, window=64, anchor=8):
    """For each character of `system`, and for its end, the place in `gold` that it stands for.

    The two are the same text but for what normalisation changed; where they differ, the nearest
    place from which both go on alike is sought."""
    places, i, j = [], 0, 0
    while i < len(system):
        if j < len(gold) and system[i] == gold[j]:
            places.append(j)
            i, j = i + 1, j + 1
            continue
        shifts = sorted(((a, b) for a in range(window) for b in range(window) if a or b), key=sum)
        di, dj = next(((a, b) for a, b in shifts if i + a <= len(system) and j + b <= len(gold)
                       and system[i + a:i + a + anchor] == gold[j + b:j + b + anchor]),
                      (len(system) - i, len(gold) - j))
        places += [min(j + k, j + dj) for k in range(di)]
        i, j = i + di, j + dj
    return places + [len(gold)]


def restore(conllu, text):
    """`conllu` with the characters of `text`, as scorers ask: the reading stage decodes entities and
    drops soft hyphens, after which the words no longer spell the text that was given."""
    forms = [solid(row[1]) for row in surfaces(conllu)]
    gold = solid(text)
    if "".join(forms) == gold:
        return conllu
    places = map_characters("".join(forms), gold)
    ends = [places[end] for end in itertools.accumulate(map(len, forms))]
    fixed = iter([gold[begin:end] for begin, end in zip([0, *ends], ends)])
    out, until = [], 0
    for line in conllu.split("\n"):
        cells = line.split("\t")
        if len(cells) != 10:
            until = until if line.strip() else 0
        elif "-" in cells[0] or int(cells[0]) > until:
            until = int(cells[0].split("-")[1]) if "-" in cells[0] else 0
            cells[1] = next(fixed)
            if not cells[1]:
                continue
        out.append("\t".join(cells))
    return "\n".join(out)


def bio_lines(conllu):
    """Form and BIO tag a line, an empty line after each sentence. A multiword token whose words do
    not spell it is one line with its first word's tag."""
    out, whole, parts, until = [], None, [], 0

    def flush():
        nonlocal whole, parts
        if whole is not None:
            spelt = "".join(solid(form) for form, _ in parts) == solid(whole)
            out.extend(parts if spelt else [(whole, parts[0][1] if parts else "O")])
        whole, parts = None, []

    for row in rows_of(conllu):
        if row is None:
            flush()
            until = 0
            if out and out[-1] is not None:
                out.append(None)
            continue
        if "-" in row[0]:
            flush()
            whole, until = row[1], int(row[0].split("-")[1])
            continue
        tag = next((m[4:] for m in row[9].split("|") if m.startswith("NER=")), "O")
        if int(row[0]) <= until:
            parts.append((row[1], tag))
        else:
            flush()
            out.append((row[1], tag))
    flush()
    return "".join("\n" if item is None else f"{solid(item[0])}\t{item[1]}\n" for item in out if item is None or solid(item[0]))


def conll_documents(text):
    """[{"id", "text"}, ...] of a file of tokens and tags: a paragraph a sentence, words parted by
    blanks but where SpaceAfter=No."""
    documents, words = [], []

    def paragraph():
        if words:
            if not documents:
                documents.append([])
            documents[-1].append("".join(words).rstrip())
            words.clear()

    for line in text.split("\n"):
        line = line.rstrip("\r")
        if line.startswith("# newdoc") and "\t" not in line:
            paragraph()
            documents.append([])
        elif not line.strip():
            paragraph()
        elif "\t" in line:
            cells = line.split("\t")
            words.append(cells[0] + ("" if "SpaceAfter=No" in cells[3:4] else " "))
    paragraph()
    return [{"id": f"d{n}", "text": "\n\n".join(paragraphs)} for n, paragraphs in enumerate(documents) if paragraphs]


# ------------------------------------------------------------------------------------------ chains

def word_spans(conllu, text):
    """[(begin, end, misc), ...] in bytes of `text` of every word; those of a range part its letters
    where their forms spell it, else each has all of them. `conllu` spells `text` (see restore)."""
    at, offset = [], 0  # byte offset of each character that is no space
    for character in text:
        if not character.isspace():
            at.append((offset, offset + len(character.encode("utf-8"))))
        offset += len(character.encode("utf-8"))
    spans, place, pending, until = [], 0, 0, 0
    for row in rows_of(conllu):
        if row is None:
            until = 0
            continue
        form = solid(row[1])
        if "-" in row[0]:
            until, pending, whole = int(row[0].split("-")[1]), place, len(form)
            place += whole
            continue
        if int(row[0]) <= until:
            first, last = pending, min(pending + len(form), place)
            pending = last
            if int(row[0]) == until:
                last = place
        else:
            first, last = place, place + len(form)
            place = last
        first = min(first, len(at) - 1)
        spans.append((at[first][0], at[max(first, last - 1)][1], row[9]))
    return spans


def chains(conllu, text):
    """The chains of CorefUD marks in MISC: [[[begin, end, head], ...], ...], offsets in bytes."""
    words = word_spans(conllu, text)
    found, opened = {}, {}
    for i, (_, _, misc) in enumerate(words):
        marks = next((f[7:] for f in misc.split("|") if f.startswith("Entity=")), "")
        for opening, head, closing, end in re.findall(r"\((e\d+)-(\d+)(\)?)|(e\d+)\)", marks):
            if opening and not closing:
                opened.setdefault(opening, []).append((i, int(head)))
                continue
            first, head = (i, int(head)) if opening else opened[end].pop()
            found.setdefault(opening or end, []).append([words[first][0], words[i][1], words[first + head - 1][0]])
    return list(found.values())
