"""Reads the gold sets: CoNLL-U for syntax, two-column BIO files for names.

Both come out as the same values, so that one packing routine serves all heads: a `Document` holds
paragraphs, a paragraph holds sentences, a sentence holds parallel lists, one entry per word.

    for doc in read_conllu('../shared/gold/syntax/gum_news.dev.conllu.gz'):
        for paragraph in doc.paragraphs:
            for sentence in paragraph:
                sentence.forms, sentence.upos, sentence.heads

Gold text is read, never copied into this repository.
"""
import gzip
import os

NAME_TYPES = ('PER', 'ORG', 'LOC', 'NORP', 'MISC')

# Whether white space stands before a word. UNKNOWN: the source does not say.
SPACED, GLUED, UNKNOWN = 0, 1, 2


class Sentence:
    """Parallel lists over the words of one sentence; lists a source lacks stay empty."""

    def __init__(self):
        self.forms, self.spaces = [], []
        self.upos, self.feats, self.lemmas, self.heads, self.labels = [], [], [], [], []
        self.names = []


class Document:
    def __init__(self, name, source=''):
        self.name, self.source = name, source
        self.paragraphs = []      # lists of Sentence
        self.types = NAME_TYPES   # the name types that were annotated


def open_text(path):
    """The text of a file, gzipped or not."""
    with (gzip.open if path.endswith('.gz') else open)(path, 'rb') as f:
        return f.read().decode('utf-8')


def read_conllu(path):
    """Documents of a CoNLL-U file. Words of a multiword token are separate, glued words."""
    docs, doc = [], None
    new_paragraph, rows = True, []
    glued = False
    for line in open_text(path).split('\n'):
        if line.startswith('#'):
            if line.startswith('# newdoc'):
                doc = Document(line.split('=', 1)[-1].strip(), os.path.basename(path))
                docs.append(doc)
                new_paragraph = True
            elif line.startswith('# newpar'):
                new_paragraph = True
        elif line:
            rows.append(line.split('\t'))
        elif rows:
            sentence, glued = _sentence(rows, False if new_paragraph else glued)
            if doc is None:
                doc = Document('', os.path.basename(path))
                docs.append(doc)
            if new_paragraph or not doc.paragraphs:
                doc.paragraphs.append([])
            doc.paragraphs[-1].append(sentence)
            new_paragraph, rows = False, []
    return docs


def _sentence(rows, glued):
    """One sentence of CoNLL-U rows, and whether the next word is glued to it."""
    s = Sentence()
    until, glue_after = 0, False
    for row in rows:
        no_space = 'SpaceAfter=No' in row[9].split('|')
        if '-' in row[0]:
            until, glue_after = int(row[0].split('-')[1]), no_space
            continue
        if '.' in row[0]:
            continue
        s.forms.append(row[1])
        s.spaces.append(GLUED if glued else SPACED)
        s.lemmas.append(row[2])
        s.upos.append(row[3])
        s.feats.append(row[5])
        s.heads.append(int(row[6]))
        s.labels.append(row[7])
        i = int(row[0])
        glued = True if i < until else (glue_after if i == until else no_space)
    return s, glued


def read_names(path):
    """Documents of a BIO file, one sentence a paragraph (paragraphs are not marked there).

    Files without true documents are cut in pieces: `wikigold` in runs of ten sentences, others that
    hold under five documents in single sentences.
    """
    docs, rows, glued = [], [], False
    for line in open_text(path).split('\n'):
        if line.startswith('# newdoc'):
            docs.append(Document(line.split('=', 1)[-1].strip(), os.path.basename(path)))
            glued = False
        elif line.startswith('# types ='):
            docs[-1].types = tuple(line.split('=', 1)[1].split())
        elif line.startswith(('# license', '# source')) and '\t' not in line:
            pass
        elif line:
            rows.append(line.split('\t'))
        elif rows:
            s = Sentence()
            known = any(r[3] == 'SpaceAfter=No' for r in rows)
            for r in rows:
                s.forms.append(r[0])
                s.names.append(r[1])
                s.spaces.append(GLUED if glued else SPACED)
                glued = r[3] == 'SpaceAfter=No'
            if not known:
                s.spaces = [UNKNOWN] * len(rows)
            docs[-1].paragraphs.append([s])
            rows = []
    if len(docs) >= 5:
        return docs
    run = 10 if 'wikigold' in path else 1
    out = []
    for doc in docs:
        for k in range(0, len(doc.paragraphs), run):
            piece = Document('%s-%d' % (doc.name, k), doc.source)
            piece.types, piece.paragraphs = doc.types, doc.paragraphs[k:k + run]
            out.append(piece)
    return out
