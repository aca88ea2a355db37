"""Trains the float model; one process, fixed seed.

    train.py --gold ../shared/gold --facts ../shared/facts --vectors work/vectors.npz --out work/model.pt

Batches hold words of one task (trees or names), so that an epoch is one pass over both; the moving
average of the weights is what is scored and saved, after every epoch.
"""
import argparse
import collections
import json
import math
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

import data
import evaluate
import gold
import lexicon
from data import IGNORE
from model import Model, distance_bucket, macs, tree_index, ROOT_BUCKET


NAME_SETS = ('worldwide', 'wikigold', 'crossner_politics')


def load(a):
    """Gold documents, the lexicon, and the numbered forms of everything."""
    docs = gold.read_conllu(os.path.join(a.gold, 'syntax', 'train.conllu.gz'))
    names = [d for s in a.names.split(',') for d in
             gold.read_names(os.path.join(a.gold, 'ner', s + '.train.conll.gz'))]
    labels = data.Labels(docs)
    count = collections.Counter(f for d in (docs, names) for s in data.sentences(d) for f in s.forms)
    common = {w for w, n in count.items() if w.islower() and n >= 3}
    words = lexicon.build(a.facts, common)
    archive = np.load(a.vectors)
    forms = data.Forms(archive['words'].tolist(), words)
    return docs, names, labels, forms, words, archive['vectors']


def batches(units, size, rng):
    """Shuffled units, packed to about `size` words."""
    order = list(range(len(units)))
    rng.shuffle(order)
    out, batch, n = [], [], 0
    for k in order:
        batch.append(units[k])
        n += len(units[k].forms)
        if n >= size:
            out.append(batch)
            batch, n = [], 0
    if batch:
        out.append(batch)
    return out


def joiner(rng):
    """For names: sentences that close like a sentence share a paragraph half of the time."""
    def join(unit, k):
        return unit.sources[k - 1][-1] in ('.', '!', '?', '"', '”') and rng.random() < 0.5
    return join


def groups(pack, capital):
    """Number of the group of equal capitalised forms in a document, -1 for other words."""
    key = pack.document * 10000000 + pack.forms
    _, g = np.unique(key, return_inverse=True)
    return np.where(capital[pack.forms], g, -1)


def label_places(heads, pack):
    """(row of each word's head, len for the root; distance bucket) as tensors."""
    position = np.arange(len(heads)) - pack.starts[pack.sentence]
    root = heads == 0
    row = np.where(root, len(root), pack.starts[pack.sentence] + heads - 1)
    bucket = np.where(root, ROOT_BUCKET, distance_bucket(np.where(root, 1, heads - 1 - position)))
    return torch.from_numpy(row), torch.from_numpy(bucket)


def tree_loss(model, rows, pack):
    middle, h = model.encode(rows, pack)
    ends = torch.from_numpy(pack.ends)
    inside = ends != IGNORE
    logits = model.end_logits(middle, pack)
    loss = F.binary_cross_entropy_with_logits(logits[inside], ends[inside].float()) if inside.any() else 0.0
    hd = model.dropout(h)

    def cross(layer, gold_labels):
        return F.cross_entropy(layer(hd), torch.from_numpy(gold_labels), ignore_index=IGNORE)
    loss = loss + 0.5 * cross(model.upos, pack.upos) + 0.5 * cross(model.feats, pack.feats) \
        + 0.5 * cross(model.script, pack.scripts)
    index, lengths = tree_index(pack)
    if index is not None:
        scores = model.arc_scores(h, index, lengths)
        real = torch.arange(index.shape[1])[None, :] < lengths[:, None]
        heads = torch.from_numpy(pack.heads)[index]
        loss = loss + F.cross_entropy(scores[real], heads[real])
    labels = model.label_logits(h, *label_places(pack.heads, pack))
    return loss + F.cross_entropy(labels, torch.from_numpy(pack.relations), ignore_index=IGNORE)


def name_loss(model, rows, pack, capital, name_weight):
    _, h = model.encode(rows, pack)
    logits = model.name_logits(h, pack, groups(pack, capital))
    allowed = torch.from_numpy(pack.allowed)
    free = logits.masked_fill(~allowed, -1e4)
    return name_weight * (torch.logsumexp(logits, 1) - torch.logsumexp(free, 1)).mean()


def soft_cross(logits, soft, hard=None, share=0.3):
    """Cross-entropy with the teachers' probabilities; with gold classes they count for `share`."""
    log = F.log_softmax(logits, -1)
    loss = -(log * soft).sum(-1).mean()
    if hard is None:
        return loss
    return share * loss + (1 - share) * F.nll_loss(log, hard, ignore_index=IGNORE)


def student_loss(model, rows, pack, capital, name_weight):
    """Trees and names at once, from gold where there is gold, and from the teachers."""
    units = pack.units
    middle, h = model.encode(rows, pack)

    def joined(key):
        return torch.from_numpy(np.concatenate([getattr(u.soft, key) for u in units])).float()

    def hard(key):
        return torch.from_numpy(getattr(pack, key)) if pack.has_syntax else None
    hd = model.dropout(h)
    loss = 0.5 * soft_cross(model.upos(hd), joined('upos'), hard('upos'))
    for layer, key in ((model.feats, 'feats'), (model.script, 'scripts')):
        target = hard(key)
        loss = loss + 0.5 * F.cross_entropy(layer(hd), joined(key).long() if target is None else target, ignore_index=IGNORE)
    heads = np.concatenate([u.soft.heads for u in units])
    index, lengths = tree_index(pack)
    if index is not None:
        scores = model.arc_scores(h, index, lengths)
        n = index.shape[1]
        target = np.zeros((len(index), n, n + 1), np.float32)
        arcs = [a for u in units for _, a in sorted(u.soft.arcs.items())]
        for k, a in enumerate(arcs):
            target[k, :len(a), :len(a) + 1] = a
        real = torch.arange(n)[None, :] < lengths[:, None]
        gold_heads = torch.from_numpy(heads)[index][real] if pack.has_syntax else None
        loss = loss + soft_cross(scores[real], torch.from_numpy(target)[real], gold_heads)
    labels = model.label_logits(h, *label_places(np.maximum(heads, 0), pack))
    loss = loss + soft_cross(labels, joined('relations'), hard('relations'))
    if pack.teaches_ends:
        ends = torch.from_numpy(pack.ends)
        inside = ends != IGNORE
        if inside.any():
            logits = model.end_logits(middle, pack)
            loss = loss + F.binary_cross_entropy_with_logits(logits[inside], ends[inside].float())
    if units[0].soft.names is not None:
        logits = model.name_logits(h, pack, groups(pack, capital))
        soft = soft_cross(logits, joined('names'))
        if units[0].has_names:
            free = logits.masked_fill(~torch.from_numpy(pack.allowed), -1e4)
            soft = 0.3 * soft + 0.7 * (torch.logsumexp(logits, 1) - torch.logsumexp(free, 1)).mean()
        loss = loss + name_weight * soft
    return loss


def rate(step, total):
    """Warm-up over 300 steps, flat to a tenth, then linear down to 1 %."""
    if step < 300:
        return (step + 1) / 300
    flat = 0.1 * total
    return 1.0 if step < flat else 1.0 - 0.99 * (step - flat) / (total - flat)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--gold', default='../shared/gold')
    ap.add_argument('--facts', default='../shared/facts')
    ap.add_argument('--vectors', default='work/vectors.npz')
    ap.add_argument('--out', default='work/model.pt')
    ap.add_argument('--names', default=','.join(NAME_SETS))
    ap.add_argument('--epochs', type=int, default=14)
    ap.add_argument('--stop', type=int, default=0, help='end after this epoch of --epochs, before the rate has fallen')
    ap.add_argument('--width', type=int, default=144)
    ap.add_argument('--dropout', type=float, default=0.2)
    ap.add_argument('--batch', type=int, default=1500)
    ap.add_argument('--lr', type=float, default=2e-3)
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--name-weight', type=float, default=1.5, help='of the loss of names, trees counting 1')
    ap.add_argument('--threads', type=int, default=1)
    ap.add_argument('--start', default='', help='a model to go on from')
    ap.add_argument('--without', default='', help='for ablations: some of vectors,lexicon,document')
    ap.add_argument('--teachers', default='', help='models to learn from, separated by commas')
    ap.add_argument('--articles', default='attributions/train.jsonl.gz', help='raw news below --gold for the teachers')
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    begun = time.time()

    docs, name_docs, labels, forms, words, vectors = load(a)
    trees = data.paragraph_units(docs, forms, labels)
    names = data.document_units(name_docs, forms, labels)
    articles = []
    if a.teachers:
        import silver   # it imports this module
        teachers = silver.Teachers(a.teachers.split(','), labels, vectors, forms)
        raw = silver.read_articles(os.path.join(a.gold, a.articles))
        teachers.split(raw)
        articles = data.document_units(raw, forms, labels)
        capital = evaluate.capitals(forms)
        for units, with_names in ((trees, False), (names, True), (articles, True)):
            teachers.annotate(units, capital, with_names)
            print('annotated %d units, %.0f s' % (len(units), time.time() - begun), flush=True)
    dev = evaluate.DevSets(a.gold, forms, labels)
    table = torch.from_numpy(forms.table())
    capital = evaluate.capitals(forms)
    if 'vectors' in a.without:
        table[:, -2] = 0
    if 'lexicon' in a.without:
        table[:, -1] = 0
    if 'document' in a.without:
        capital[:] = False
    model = Model(labels, data.UPOS, data.TAGS, vectors, a.width, a.dropout)
    print('%d forms, %d tree units, %d name units, %.0f k MACs; read in %.0f s'
          % (len(table), len(trees), len(names), macs(model) / 1e3, time.time() - begun), flush=True)
    if a.start:
        model.load_state_dict(torch.load(a.start)['state'])
    optimiser = torch.optim.Adam(model.parameters(), a.lr, betas=(0.9, 0.98))
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    def plan_epoch():
        if not a.teachers:
            plan = [(tree_loss, b) for b in batches(trees, a.batch, rng)] \
                + [(name_loss, b) for b in batches(names, a.batch, rng)]
        else:       # gold trees twice, so that the teachers' do not drown them
            plan = [(student_loss, b) for units in (trees, trees, names, articles)
                    for b in batches(units, a.batch, rng)]
        rng.shuffle(plan)
        return plan
    steps_per_epoch = len(plan_epoch())
    total = a.epochs * steps_per_epoch
    step = 0
    for epoch in range(1, a.epochs + 1):
        plan = plan_epoch()
        model.train()
        sums, seen, start = collections.Counter(), collections.Counter(), time.time()
        for task, batch in plan:
            pack = data.Pack(batch, joiner(rng) if batch[0].has_names else None)
            pack.units, pack.teaches_ends = batch, not batch[0].has_names
            if rng.random() < 0.02:
                pack.forms = np.concatenate([u.upper for u in batch])
            rows = table[torch.from_numpy(pack.forms)]
            loss = task(model, rows, pack) if task is tree_loss else task(model, rows, pack, capital, a.name_weight)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            for g in optimiser.param_groups:
                g['lr'] = a.lr * rate(step, total)
            if math.isfinite(float(norm)):
                optimiser.step()
            sums[task.__name__] += float(loss) * len(rows)
            seen[task.__name__] += len(rows)
            step += 1
            if step % 5 == 0:
                keep = min(0.99, (1 + step / 5) / (10 + step / 5))
                with torch.no_grad():
                    for k, v in model.state_dict().items():
                        average[k].lerp_(v, 1 - keep)
        took = time.time() - start
        live = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        model.eval()
        scores = dev.score(model, table, capital)
        torch.save({'state': model.state_dict(), 'labels': vars(labels), 'sizes': model.sizes, 'masks': forms.masks,
                    'lexicon': words, 'scores': scores, 'options': vars(a), 'epoch': epoch}, a.out)
        model.load_state_dict(live)
        print(json.dumps({'epoch': epoch, 'loss': {k: round(sums[k] / seen[k], 3) for k in sums},
                          'words_per_s': round(sum(seen.values()) / took), **scores}), flush=True)
        if epoch == a.stop:
            break
    print('trained in %.0f s' % (time.time() - begun), flush=True)


if __name__ == '__main__':
    main()
