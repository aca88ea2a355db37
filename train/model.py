"""The network in float: hashed features, a convolutional encoder, and its heads.

Words come as a Pack (see data.py): one run of T words, no padding. Two blocks read across the
sentences of a paragraph; the sentence-end head stands on them; two further blocks stay inside the
sentences so found, and carry all other heads. One pass over a text therefore gives everything.

    x0 = LayerNorm(W [tables of the form]) + space        320 -> width, a function of the form alone
    x  = x + GLU(W [q(-d), q, q(+d)]),  q = LayerNorm(x)  d = 1, 2 in the paragraph; 4, 1 in the sentence
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import features

DILATIONS = (1, 2, 4, 1)
PARAGRAPH_BLOCKS = 2
BUCKETS = 29          # 14 distances each way and the root
ROOT_BUCKET = 28
LONGEST = 120         # longer sentences teach no tree


def distance_bucket(delta):
    """Bucket of head position minus dependent position: 0-13 to the left, 14-27 to the right."""
    d = np.abs(delta)
    edges = np.array([1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97])
    k = np.searchsorted(edges, d, side='right') - 1
    return np.where(delta < 0, k, k + 14)


class Block(nn.Module):
    def __init__(self, width, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.linear = nn.Linear(3 * width, 2 * width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, left, right, d):
        q = self.norm(x)
        return x + self.dropout(F.glu(self.linear(window(q, ((-d, left), (0, None), (d, right))))))


def shift(x, d):
    """Row i of the result is row i + d of x, zero beyond the ends."""
    if abs(d) >= len(x):
        return torch.zeros_like(x)
    zero = x.new_zeros(abs(d), x.shape[1])
    return torch.cat([x[d:], zero]) if d > 0 else torch.cat([zero, x[:d]])


def window(x, parts):
    """Neighbours side by side; `parts` are (offset, mask of rows whose neighbour is in the segment)."""
    return torch.cat([x if d == 0 else shift(x, d) * mask for d, mask in parts], 1)


class Model(nn.Module):
    def __init__(self, labels, upos, tags, vectors, width=144, dropout=0.2, arc=96, label=128, ner=128):
        super().__init__()
        self.relations = list(labels.relations)
        self.sizes = dict(width=width, arc=arc, label=label, ner=ner)
        self.tables = nn.ModuleList([nn.Embedding(n, c) for _, n, c in features.TABLES])
        self.lexicon = nn.Embedding(features.LEXICON_ROWS, features.LEXICON_COLUMNS)
        for e in list(self.tables) + [self.lexicon]:
            nn.init.normal_(e.weight, 0, 0.3)
        self.register_buffer('vectors', torch.from_numpy(np.concatenate([np.zeros((1, 100), np.float32), vectors])),
                             persistent=False)
        self.project = nn.Linear(100, features.VECTOR_COLUMNS, bias=False)
        self.unknown = nn.Parameter(torch.randn(features.VECTOR_COLUMNS) * 0.3)
        columns = sum(c for _, _, c in features.TABLES) + features.VECTOR_COLUMNS + features.LEXICON_COLUMNS
        self.input = nn.Linear(columns, width)
        self.input_norm = nn.LayerNorm(width)
        self.space = nn.Embedding(3, width)
        nn.init.normal_(self.space.weight, 0, 0.1)
        self.blocks = nn.ModuleList([Block(width, dropout) for _ in DILATIONS])
        self.end_norm = nn.LayerNorm(width)
        self.end_hidden = nn.Linear(5 * width, 32)
        self.end_out = nn.Linear(32, 1)
        self.final_norm = nn.LayerNorm(width)
        self.upos = nn.Linear(width, len(upos))
        self.feats = nn.Linear(width, len(labels.feats))
        self.script = nn.Linear(width, len(labels.scripts))
        self.arc_dep, self.arc_head = nn.Linear(width, arc), nn.Linear(width, arc)
        self.arc_root = nn.Parameter(torch.randn(arc) * 0.1)
        self.arc_u = nn.Linear(arc, arc, bias=False)
        self.arc_bias = nn.Linear(arc, 1, bias=False)
        self.arc_distance = nn.Linear(arc, BUCKETS)
        self.label_dep, self.label_head = nn.Linear(width, label), nn.Linear(width, label)
        self.label_root = nn.Parameter(torch.randn(label) * 0.1)
        self.label_distance = nn.Embedding(BUCKETS, label)
        nn.init.normal_(self.label_distance.weight, 0, 0.1)
        self.label_out = nn.Linear(label, len(labels.relations))
        self.ner_hidden = nn.Linear(3 * width, ner)
        self.ner_join = nn.Linear(2 * ner, 96)
        self.ner_out = nn.Linear(96, len(tags))
        self.dropout = nn.Dropout(dropout)
        self.word_drop = 0.1

    def embed(self, rows):
        """rows: T x columns of Forms.table()."""
        def drop(e):
            if not self.training:
                return e
            return e * (torch.rand(len(e), 1) >= self.word_drop)
        parts = [drop(self.tables[0](rows[:, 0]) + self.tables[0](rows[:, 1]))]
        parts += [t(rows[:, k + 2]) for k, t in enumerate(self.tables[1:])]
        v = rows[:, -2]
        if self.training:
            v = v * (torch.rand(len(v)) >= self.word_drop)
        known = (v > 0).unsqueeze(1).float()
        parts.append(self.project(self.vectors[v]) + (1 - known) * self.unknown)
        parts.append(drop(self.lexicon(rows[:, -1])))
        return self.dropout(torch.cat(parts, 1))

    def encode(self, rows, pack):
        """(state after the paragraph blocks, state h for all other heads)."""
        x = self.input_norm(self.input(self.embed(rows))) + self.space(torch.from_numpy(pack.spaces))
        middle = None
        for k, (block, d) in enumerate(zip(self.blocks, DILATIONS)):
            segment = pack.paragraph if k < PARAGRAPH_BLOCKS else pack.sentence
            left, right = same(segment, -d), same(segment, d)
            x = block(x, left, right, d)
            if k + 1 == PARAGRAPH_BLOCKS:
                middle = x
        return middle, self.final_norm(x)

    def end_logits(self, middle, pack):
        q = self.end_norm(middle)
        w = window(q, [(d, None if d == 0 else same(pack.paragraph, d)) for d in (-2, -1, 0, 1, 2)])
        return self.end_out(self.dropout(F.relu(self.end_hidden(w)))).squeeze(1)

    def arc_scores(self, h, index, lengths):
        """Scores S x L x (1 + L) of heads; column 0 is the root. index: S x L rows of h, 0-padded."""
        dep, head = self.dropout(F.relu(self.arc_dep(h))), self.dropout(F.relu(self.arc_head(h)))
        s, n = index.shape
        d, hd = dep[index], head[index]
        hd = torch.cat([self.arc_root.expand(s, 1, -1), hd], 1)
        scores = torch.matmul(self.arc_u(d), hd.transpose(1, 2)) + self.arc_bias(hd).transpose(1, 2)
        i = np.arange(n)
        bucket = np.full((n, n + 1), ROOT_BUCKET)
        delta = i[None, :] - i[:, None]
        bucket[:, 1:] = distance_bucket(np.where(delta == 0, 1, delta))
        far = self.arc_distance(d)
        scores = scores + torch.gather(far, 2, torch.from_numpy(bucket).expand(s, n, n + 1))
        mask = torch.zeros(s, n, n + 1)
        mask[:, i, i + 1] = -1e4
        mask.masked_fill_((torch.arange(n + 1)[None, :] > lengths[:, None])[:, None, :], -1e4)
        return scores + mask

    def label_logits(self, h, heads, buckets):
        """heads: row of h of each word's head, len(h) for the root."""
        far = torch.cat([self.label_head(h), self.label_root.unsqueeze(0)])
        z = self.label_dep(h) + far[heads] + self.label_distance(buckets)
        return self.label_out(self.dropout(F.relu(z)))

    def name_logits(self, h, pack, groups):
        """groups: number of each word's group of equal forms in its document, -1 for none."""
        w = window(h, ((-1, same(pack.sentence, -1)), (0, None), (1, same(pack.sentence, 1))))
        u = F.relu(self.ner_hidden(w))
        n = int(groups.max()) + 2
        g = torch.from_numpy(np.where(groups < 0, n - 1, groups))
        total = torch.zeros(n, u.shape[1]).index_add(0, g, u)
        count = torch.bincount(g, minlength=n).clamp(min=1).unsqueeze(1)
        mean = (total / count)[g] * torch.from_numpy(groups >= 0).unsqueeze(1)
        z = F.relu(self.ner_join(self.dropout(torch.cat([u, mean], 1))))
        return self.ner_out(self.dropout(z))


def same(segment, d):
    """T x 1 mask: word i + d exists and is in the segment of word i."""
    m = np.zeros((len(segment), 1), np.float32)
    if abs(d) >= len(segment):
        pass
    elif d > 0:
        m[:-d, 0] = segment[d:] == segment[:-d]
    else:
        m[-d:, 0] = segment[:d] == segment[-d:]
    return torch.from_numpy(m)


def tree_index(pack, longest=LONGEST):
    """(index S x L into words, lengths S) of the sentences that are not too long."""
    keep = [k for k, n in enumerate(pack.lengths) if n <= longest]
    if not keep:
        return None, None
    lengths = pack.lengths[keep]
    starts = pack.starts[keep]
    width = int(lengths.max())
    index = starts[:, None] + np.minimum(np.arange(width)[None, :], lengths[:, None] - 1)
    return torch.from_numpy(index), torch.from_numpy(lengths)


def macs(model):
    """Multiply-accumulates per word, the first layer and all heads counted, arcs at 25 words a sentence."""
    linear = sum(m.weight.numel() for m in model.modules() if isinstance(m, nn.Linear))
    return linear - model.project.weight.numel() + 25 * model.sizes['arc']
