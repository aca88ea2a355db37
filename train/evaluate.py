"""Scores the float model on gold words: quick figures to choose by while training.

The figures that count, from raw text, come from `score.py`, by the gold sets' own scorers.
"""
import os

import numpy as np
import torch

import data
import features
import gold
from model import ROOT_BUCKET, distance_bucket, tree_index

TREE_SETS = ('ewt', 'gum_news', 'gum_free')
NAME_SETS = ('worldwide', 'uner_ewt')


def capitals(forms):
    """Whether each numbered form begins with an upper-case letter."""
    return np.array([ord(features.normalise(f)[0]) in features.LOWER for f in forms.ids])


def decode_names(logits):
    """Best BIO sequence: an I tag only after a B or I of its type."""
    n, k = logits.shape
    may = np.zeros((k, k))
    for j, tag in enumerate(data.TAGS):
        if tag[0] == 'I':
            may[:, j] = -1e9
            may[data.TAGS.index('B' + tag[1:]), j] = may[j, j] = 0
    start = np.where([t[0] == 'I' for t in data.TAGS], -1e9, 0.0)
    score, back = logits[0] + start, []
    for i in range(1, n):
        both = score[:, None] + may
        back.append(both.argmax(0))
        score = both.max(0) + logits[i]
    path = [int(score.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return path[::-1]


def spans(tags):
    """{(begin, end, type)} of a tag sequence."""
    out, begin = set(), None
    for i, t in enumerate(list(tags) + [0]):
        name = data.TAGS[t]
        if begin is not None and name[0] != 'I':
            out.add((begin, i, data.TAGS[tags[begin]][2:]))
            begin = None
        if name[0] == 'B':
            begin = i
    return out


def f1(hit, system, right):
    return round(200.0 * hit / max(1, system + right), 2)


class DevSets:
    def __init__(self, folder, forms, labels, packs_of=3000):
        self.trees = {s: self.pack(data.paragraph_units(
            gold.read_conllu(os.path.join(folder, 'syntax', s + '.dev.conllu.gz')), forms, labels), packs_of)
            for s in TREE_SETS}
        self.names = {s: self.pack(data.document_units(
            gold.read_names(os.path.join(folder, 'ner', s + '.dev.conll.gz')), forms, labels), packs_of)
            for s in NAME_SETS}

    @staticmethod
    def pack(units, size):
        out, batch, n = [], [], 0
        for u in units:
            batch.append(u)
            n += len(u.forms)
            if n >= size:
                out.append(data.Pack(batch))
                batch, n = [], 0
        return out + ([data.Pack(batch)] if batch else [])

    @torch.no_grad()
    def score(self, model, table, capital):
        import train
        out = {}
        for name, packs in self.trees.items():
            n = upos = feats = lemma = uas = las = hit = sys = right = 0
            for p in packs:
                middle, h = model.encode(table[torch.from_numpy(p.forms)], p)
                end = model.end_logits(middle, p).numpy() > 0
                last = p.ends == data.IGNORE
                found, true = end & ~last, p.ends == 1
                # A sentence is right when both its ends are.
                starts = np.flatnonzero(np.append(True, (true | last)[:-1]))
                got = np.append(True, (found | last)[:-1])
                stop = np.flatnonzero(true | last)
                got_end = found | last
                for b, e in zip(starts, stop):
                    hit += got[b] and got_end[e] and not got_end[b:e].any()
                right, sys = right + len(starts), sys + int(got_end.sum())
                n += len(p.upos)
                upos += (model.upos(h).argmax(1).numpy() == p.upos).sum()
                feats += (model.feats(h).argmax(1).numpy() == p.feats).sum()
                lemma += (model.script(h).argmax(1).numpy() == p.scripts).sum()
                heads = np.zeros(len(p.upos), np.int64)
                index, lengths = tree_index(p, 10 ** 6)
                best = model.arc_scores(h, index, lengths).argmax(2).numpy()
                for k, (b, length) in enumerate(zip(p.starts, p.lengths)):
                    heads[b:b + length] = best[k, :length]
                position = np.arange(len(heads)) - p.starts[p.sentence]
                root = heads == 0
                row = np.where(root, len(heads), p.starts[p.sentence] + heads - 1)
                bucket = np.where(root, ROOT_BUCKET, distance_bucket(np.where(root, 1, heads - 1 - position)))
                relation = model.label_logits(h, torch.from_numpy(row), torch.from_numpy(bucket)).argmax(1).numpy()
                base = np.array([hash(r.split(':')[0]) for r in model.relations])
                ok = heads == p.heads
                gold_base = np.where(p.relations < 0, -1, base[np.maximum(p.relations, 0)])
                uas += ok.sum()
                las += (ok & (base[relation] == gold_base)).sum()
            out[name] = {'sent': f1(hit, sys, right), **{k: round(100.0 * v / n, 2) for k, v in (
                ('upos', upos), ('feats', feats), ('lemma', lemma), ('uas', uas), ('las', las))}}
        for name, packs in self.names.items():
            counts = np.zeros(5)
            for p in packs:
                _, h = model.encode(table[torch.from_numpy(p.forms)], p)
                logits = model.name_logits(h, p, train.groups(p, capital)).numpy()
                for b, length in zip(p.starts, p.lengths):
                    gold_spans = spans(p.names[b:b + length].tolist())
                    system = spans(decode_names(logits[b:b + length]))
                    free = p.allowed[b:b + length].sum() > length   # types that are not annotated
                    if free:
                        system = {s for s in system if s[2] in ('PER', 'ORG', 'LOC')}
                    counts += [len(gold_spans & system), len(system), len(gold_spans),
                               len({s[:2] for s in gold_spans} & {s[:2] for s in system}), 0]
            out[name] = {'f1': f1(counts[0], counts[1], counts[2]), 'spans': f1(counts[3], counts[1], counts[2])}
        return out


