"""The table of figures, and their comparison with recorded ones."""
import json

# What is shown of each kind of set: (column, path into its figures).
COLUMNS = {
    "seed": (("quotes", "total.quotes"), ("times", "total.times"), ("places", "total.places"), ("events", "total.events"),
             ("extra", "total.extra"), ("never", "total.never")),
    "layouts": (("stories right", "all right"), ("fields right", "fields right"), ("block F1", "block f1")),
    "articles": (("body F1", "zyte.f1"), ("samples F1", "trafilatura.f1"), ("headline", "headline.right"), ("date", "date.right"),
                 ("author", "author.right")),
    "syntax": (("words", "Words.f1"), ("sentences", "Sentences.f1"), ("UPOS", "UPOS.f1"), ("lemmas", "Lemmas.f1"),
               ("UAS", "UAS.f1"), ("LAS", "LAS.f1")),
    "ner": (("F1", "all.f1"), ("untyped", "untyped.f1")),
    "coref": (("CoNLL F1", "conll"), ("MUC", "muc.f1"), ("B3", "b3.f1"), ("CEAFe", "ceafe.f1"), ("mentions", "mentions.f1"),
              ("pronoun links", "person links.pronouns"), ("name links", "person links.names")),
    "links": (("people F1", "people.f1"), ("things F1", "things.f1"), ("descriptions F1", "nominals.f1"),
              ("descriptions P", "nominals.p")),
    "time": (("strict F1", "all.strict.f1"), ("relaxed F1", "all.relaxed.f1"), ("value F1", "all.value_f1")),
    "places": (("found F1", "recognition_overlap.f1"), ("acc161", "resolution.acc161"), ("end to end F1", "end_to_end.f1")),
    "actors": (("country", "plover_gsr.country.right"), ("sector", "plover_gsr.sector.right"), ("full", "plover_gsr.full.right")),
    "attributions": (("full F1", "all.spans.full attribution.all.F1"), ("direct F1", "all.spans.full attribution.direct.F1"),
                     ("speech full F1", "speech.spans.full attribution.all.F1")),
    "events": (("root F1", "levels.root.f1"), ("root R", "levels.root.r"), ("triple F1", "levels.triple.f1"),
               ("dyad F1", "levels.dyad.f1"), ("top1", "top1")),
}
COLUMNS["stories"] = COLUMNS["seed"]
COLUMNS["seed/article"] = COLUMNS["layouts"]
# Kinds whose scorer gives shares of 1; the others give per cent. The table shows per cent.
SHARES = ("layouts", "articles", "seed/article", "attributions", "events")
# Figures of which less is better.
LESS_IS_BETTER = ("total.extra", "total.never")


def figure(figures, path):
    """The figure at a dotted path; None where there is none. Keys may hold dots themselves."""
    for key in path.split("."):
        if not isinstance(figures, dict) or key not in figures:
            return None
        figures = figures[key]
    return figures


def kind(name):
    """The key of COLUMNS for a set."""
    return name if name in COLUMNS else name.split("/")[0]


def columns(name):
    return COLUMNS.get(kind(name), ())


def shown(name, value):
    if value is None:
        return "-"
    if isinstance(value, list):
        return f"{value[0]}/{value[1]}"
    return f"{100 * value if kind(name) in SHARES else value:.1f}"


def show(figures, skipped):
    width = max((len(n) for n in [*figures, *skipped]), default=0)
    for name, found in figures.items():
        if "error" in found:
            print(f"{name:<{width}}  error: {found['error']}")
        else:
            print(f"{name:<{width}}  " + "  ".join(f"{label} {shown(name, figure(found, path))}" for label, path in columns(name)))
    for name, reason in skipped.items():
        print(f"{name:<{width}}  skipped: {reason}")


def kept(figures):
    """{set: {path: figure}} of the figures that are shown: what is recorded and compared."""
    return {name: {path: figure(found, path) for _, path in columns(name) if figure(found, path) is not None}
            for name, found in figures.items() if "error" not in found}


def share(value):
    return value[0] / value[1] if isinstance(value, list) and value[1] else value[0] if isinstance(value, list) else value


def worse(path, now, before):
    """Whether `now` is worse than `before`; pairs [found, wanted] compare as shares, those of which
    less is better by their count."""
    if path in LESS_IS_BETTER:
        return now[0] > before[0]
    return share(now) < share(before) - 1e-9


def record(path, version, figures):
    path.write_text(json.dumps({"engine": version, "sets": kept(figures)}, indent=1) + "\n", encoding="utf-8")


def check(path, figures):
    """0 when no figure is worse than the recorded one of the same set, else 1; sets that were not
    scored this time are passed over."""
    recorded = json.loads(path.read_text(encoding="utf-8"))["sets"]
    found, bad = kept(figures), []
    for name, was in recorded.items():
        if name not in figures:
            continue
        for key, before in was.items():
            now = found.get(name, {}).get(key)
            if now is None or worse(key, now, before):
                bad.append(f"{name}: {key} is {json.dumps(now)}, recorded {json.dumps(before)}")
    print(*bad, sep="\n") if bad else print(f"no figure is worse than in {path.name}")
    return 1 if bad else 0
