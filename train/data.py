"""Packs documents into flat arrays, the form in which both training and scoring feed the model.

A `Pack` is one run of words without padding: the paragraphs of some documents laid end to end.
`paragraph`, `sentence` and `document` number the segment that each word is in; the encoder's
convolutions look across words only inside a segment, so no padding is needed.
"""
import numpy as np

import features
import gold
import lemmas

UPOS = ('ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X').split()
TAGS = ['O'] + [p + '-' + t for t in gold.NAME_TYPES for p in 'BI']
FEATURE_NAMES = ('Case Definite Degree Gender Mood Number NumType Person Polarity Poss PronType '
                 'Reflex Tense VerbForm Voice').split()
IGNORE = -100


def clean_feats(feats):
    """Only the features that later stages use, '' for none."""
    return '|'.join(f for f in feats.split('|') if f.partition('=')[0] in FEATURE_NAMES)


class Labels:
    """The closed lists of classes, taken from the training set in order of frequency."""

    def __init__(self, docs, least=3):
        feats, scripts, relations = {}, {}, {}
        for s in sentences(docs):
            for f, form, lemma, relation in zip(s.feats, s.forms, s.lemmas, s.labels):
                for count, key in ((feats, clean_feats(f)), (scripts, lemmas.make(form, lemma)),
                                   (relations, relation)):
                    count[key] = count.get(key, 0) + 1

        def often(count, least):
            return [k for k, n in sorted(count.items(), key=lambda x: (-x[1], x[0])) if n >= least]
        self.feats, self.scripts = often(feats, least), often(scripts, least)
        self.relations = often(relations, least)


def sentences(docs):
    for doc in docs:
        for paragraph in doc.paragraphs:
            yield from paragraph


class Forms:
    """Numbers word forms and keeps their feature rows in one table.

    `rows` has a line per form: the columns of features.rows, the vector row, the lexicon row.
    """

    def __init__(self, vector_words, lexicon):
        self.ids, self.lines = {}, []
        # Row 0 of the vectors and of the lexicon stands for a word they lack.
        self.vector = {features.vector_key(w): i + 1 for i, w in enumerate(vector_words)}
        self.masks = sorted(set(lexicon.values()))
        number = {m: i + 1 for i, m in enumerate(self.masks)}
        self.lexicon = {features.lexicon_key(w): number[m] for w, m in lexicon.items()}
        assert len(self.masks) < features.LEXICON_ROWS

    def id(self, form):
        i = self.ids.get(form)
        if i is None:
            i = self.ids[form] = len(self.lines)
            self.lines.append(features.rows(form) + (self.vector.get(features.vector_key(form), 0),
                                                     self.lexicon.get(features.lexicon_key(form), 0)))
        return i

    def table(self):
        return np.array(self.lines, np.int64)


class Unit:
    """A paragraph (syntax) or document (names) as arrays, ready to be packed."""

    def __init__(self, doc, paragraphs, forms, labels):
        s_all = [s for p in paragraphs for s in p]
        self.forms = np.array([forms.id(f) for s in s_all for f in s.forms], np.int64)
        self.upper = np.array([forms.id(f.upper()) for s in s_all for f in s.forms], np.int64)
        self.spaces = np.array([x for s in s_all for x in s.spaces], np.int64)
        self.lengths = [len(s.forms) for s in s_all]
        self.paragraph_lengths = [sum(len(s.forms) for s in p) for p in paragraphs]
        self.sources = [s.forms for s in s_all]
        n = len(self.forms)
        self.has_syntax = bool(s_all and s_all[0].upos)
        self.has_names = bool(s_all and s_all[0].names)
        # Paragraph ends that nothing but a paragraph mark shows are no lesson for the sentence head.
        self.names = np.full(n, IGNORE, np.int64)
        self.allowed = np.ones((n, len(TAGS)), bool)
        if self.has_syntax:
            def index(table, key):
                return table.get(key, IGNORE)
            feats = {k: i for i, k in enumerate(labels.feats)}
            scripts = {k: i for i, k in enumerate(labels.scripts)}
            relations = {k: i for i, k in enumerate(labels.relations)}
            self.upos = np.array([UPOS.index(u) for s in s_all for u in s.upos], np.int64)
            self.feats = np.array([index(feats, clean_feats(f)) for s in s_all for f in s.feats], np.int64)
            self.scripts = np.array([index(scripts, lemmas.make(a, b)) for s in s_all
                                     for a, b in zip(s.forms, s.lemmas)], np.int64)
            self.relations = np.array([index(relations, r) for s in s_all for r in s.labels], np.int64)
            self.heads = np.array([h for s in s_all for h in s.heads], np.int64)   # 0 root, else 1..n
        if self.has_names:
            self.names = np.array([TAGS.index(t) for s in s_all for t in s.names], np.int64)
            free = [t for t in gold.NAME_TYPES if t not in doc.types]
            may = np.zeros((len(TAGS), len(TAGS)), bool)
            may[range(len(TAGS)), range(len(TAGS))] = True
            for t in free:
                for p in 'BI':
                    may[0, TAGS.index(p + '-' + t)] = True
            self.allowed = may[self.names]


def paragraph_units(docs, forms, labels):
    return [Unit(d, [p], forms, labels) for d in docs for p in d.paragraphs]


def document_units(docs, forms, labels):
    return [Unit(d, d.paragraphs, forms, labels) for d in docs]


class Pack:
    """Several units end to end; see the module's head."""

    def __init__(self, units, join=None):
        """`join(unit, k)`: whether sentence k of a names unit shares a paragraph with the one before."""
        cat = np.concatenate
        self.forms = cat([u.forms for u in units])
        self.spaces = cat([u.spaces for u in units])
        self.names = cat([u.names for u in units])
        self.allowed = cat([u.allowed for u in units])
        n = len(self.forms)
        sent, para, doc, starts = [], [], [], []
        ns = np_ = 0
        at = 0
        for d, u in enumerate(units):
            ends = set(np.cumsum(u.paragraph_lengths))
            done = 0
            for k, length in enumerate(u.lengths):
                if k == 0 or (done in ends and not (join and join(u, k))):
                    np_ += 1
                sent.append(np.full(length, ns))
                para.append(np.full(length, np_))
                starts.append(at)
                ns, at, done = ns + 1, at + length, done + length
            doc.append(np.full(len(u.forms), d))
        self.sentence, self.paragraph, self.document = cat(sent), cat(para), cat(doc)
        self.starts = np.array(starts)
        self.lengths = np.array([x for u in units for x in u.lengths])
        last_of_sentence = np.append(self.sentence[1:] != self.sentence[:-1], True)
        last_of_paragraph = np.append(self.paragraph[1:] != self.paragraph[:-1], True)
        # 1 and 0 inside paragraphs; a paragraph's last word ends a sentence anyway.
        self.ends = np.where(last_of_paragraph, IGNORE, last_of_sentence.astype(np.int64))
        self.spaces = np.where(np.append(True, self.paragraph[1:] != self.paragraph[:-1]), 2, self.spaces)
        # Words of a form in a document form a group (for the names head); lower-case words do not.
        self.has_syntax = units[0].has_syntax
        if self.has_syntax:
            for key in ('upos', 'feats', 'scripts', 'relations', 'heads'):
                setattr(self, key, cat([getattr(u, key) for u in units]))
        self.n = n
