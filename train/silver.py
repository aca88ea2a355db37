"""What a group of trained models (the teachers) say about words: soft targets for a student.

    Teachers(['work/teacher1.pt', ...], labels, vectors, forms).annotate(units, capital, names=True)

Probabilities of the teachers are averaged. For each unit they are kept in half precision: tags,
labels (given the head: the gold one where there is one, else the teachers' best), names, and for each
sentence a matrix words x (1 + words) of heads.
"""
import gzip
import json
import os

import numpy as np
import torch
import torch.nn.functional as F

import data
import gold
import tokenizer
import train
from data import IGNORE
from model import LONGEST, Model, tree_index


class Soft:
    """Targets of one unit; see the module's head."""
    __slots__ = ('upos', 'relations', 'names', 'arcs', 'heads', 'feats', 'scripts')


def read_articles(path):
    """Documents of a JSON-lines file of articles ({"id", "text"}), one sentence a paragraph so far."""
    docs = []
    with gzip.open(path, 'rt', encoding='utf-8') as f:
        for line in f:
            article = json.loads(line)
            text = article['text']
            doc = gold.Document(article['id'], os.path.basename(path))
            for tokens in tokenizer.tokenize(text):
                s, last = gold.Sentence(), None
                for t in tokens:
                    for b, e in t.words:
                        s.forms.append(text[b:e])
                        s.spaces.append(gold.GLUED if b == last else gold.SPACED)
                        last = e
                if s.forms:
                    doc.paragraphs.append([s])
            docs.append(doc)
    return docs


class Teachers:
    def __init__(self, paths, labels, vectors, forms):
        self.forms, self.labels = forms, labels
        self.lines = None
        self.models = []
        for path in paths:
            saved = torch.load(path)
            assert saved['labels'] == vars(labels) and saved['masks'] == forms.masks, path
            model = Model(labels, data.UPOS, data.TAGS, vectors, **saved['sizes'])
            model.load_state_dict(saved['state'])
            model.eval()
            self.models.append(model)

    def table(self, ids):
        """Feature rows of form numbers; the forms may have grown since the last call."""
        if self.lines is None or len(self.lines) < len(self.forms.lines):
            self.lines = torch.from_numpy(self.forms.table())
        return self.lines[torch.from_numpy(ids)]

    @torch.no_grad()
    def split(self, docs):
        """Cuts the paragraphs of documents into sentences where the teachers see ends."""
        for doc in docs:
            unit = data.Unit(doc, doc.paragraphs, self.forms, self.labels)
            pack = data.Pack([unit])
            rows = self.table(pack.forms)
            logits = sum(m.end_logits(m.encode(rows, pack)[0], pack) for m in self.models).numpy()
            at, paragraphs = 0, []
            for (whole,) in doc.paragraphs:
                n, begin, out = len(whole.forms), 0, []
                for i in range(n):
                    if i + 1 == n or logits[at + i] > 0:
                        s = gold.Sentence()
                        s.forms, s.spaces = whole.forms[begin:i + 1], whole.spaces[begin:i + 1]
                        out.append(s)
                        begin = i + 1
                at += n
                paragraphs.append(out)
            doc.paragraphs = paragraphs

    @torch.no_grad()
    def annotate(self, units, capital, names):
        """Sets `soft` of each unit; names only where asked for."""
        for u in units:
            pack = data.Pack([u])
            rows = self.table(pack.forms)
            n = len(pack.forms)
            index, lengths = tree_index(pack)
            states = [m.encode(rows, pack)[1] for m in self.models]

            def mean(values):
                return sum(F.softmax(v, -1) for v in values) / len(self.models)
            soft = Soft()
            soft.upos = mean([m.upos(h) for m, h in zip(self.models, states)]).half().numpy()
            soft.feats = mean([m.feats(h) for m, h in zip(self.models, states)]).argmax(1).numpy()
            soft.scripts = mean([m.script(h) for m, h in zip(self.models, states)]).argmax(1).numpy()
            heads = np.full(n, IGNORE)
            soft.arcs = {}
            if index is not None:
                arcs = mean([m.arc_scores(h, index, lengths) for m, h in zip(self.models, states)])
                best = arcs.argmax(2).numpy()
                kept = [k for k, length in enumerate(pack.lengths) if length <= LONGEST]
                for row, k in enumerate(kept):
                    length = int(pack.lengths[k])
                    soft.arcs[k] = arcs[row, :length, :length + 1].half().numpy()
                    heads[pack.starts[k]:pack.starts[k] + length] = best[row, :length]
            soft.heads = u.heads if u.has_syntax else heads
            row, bucket = train.label_places(np.maximum(soft.heads, 0), pack)
            soft.relations = mean([m.label_logits(h, row, bucket) for m, h in zip(self.models, states)]).half().numpy()
            soft.names = None
            if names:
                g = train.groups(pack, capital)
                soft.names = mean([m.name_logits(h, pack, g) for m, h in zip(self.models, states)]).half().numpy()
            u.soft = soft
