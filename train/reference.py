"""Inference in numpy alone, exactly as ../docs/formats/model.md states it: the oracle of the C++ runtime.

    reference.py MODEL --conllu < TEXT     analyses raw text
    reference.py MODEL --self-test         runs the tests that the file carries

Sums of products are integers; everything in float is float32, one operation at a time, in the
order written here, no fused multiply-add. Matrix products run in float32 BLAS only because all
their partial sums are integers below 2^24, hence exact in any order.
"""
import argparse
import sys

import numpy as np

import container
import features
import lemmas
import tokenizer
import tree

F = np.float32
SCORE_UNIT = F(1024)      # scores become integers by this factor before trees and names are decoded
LANES = 16


def round8(x, low=-127):
    """float32 to int8: nearest, ties to even, clamped."""
    return np.clip(np.rint(x), F(low), F(127)).astype(np.int8)


def lane_sum(x):
    """Sum over columns: 16 running sums (column c goes to lane c mod 16), then halves added: 8, 4, 2, 1."""
    lanes = x[:, :LANES].copy()
    for k in range(LANES, x.shape[1], LANES):
        lanes += x[:, k:k + LANES]
    n = LANES
    while n > 1:
        n //= 2
        lanes = lanes[:, :n] + lanes[:, n:]
    return lanes


def layer_norm(x, gamma, beta):
    width = F(x.shape[1])
    d = x - lane_sum(x) / width
    r = F(1) / np.sqrt(lane_sum(d * d) / width + F(1e-5))
    return d * r * gamma + beta


def sigmoid(g):
    """A rational function within 0.0004 of the logistic one, made of single float32 operations."""
    x = np.clip(g * F(0.5), F(-4), F(4))
    x2 = x * x
    top = x * ((x2 + F(105)) * x2 + F(945))
    low = (F(15) * x2 + F(420)) * x2 + F(945)
    return np.clip(top / low, F(-1), F(1)) * F(0.5) + F(0.5)


def shift(x, d, segment):
    """Row i becomes row i + d, zero where that is not in the segment of i."""
    out = np.zeros_like(x)
    if abs(d) >= len(x):
        pass
    elif d > 0:
        ok = segment[d:] == segment[:-d]
        out[:-d][ok] = x[d:][ok]
    elif d < 0:
        ok = segment[:d] == segment[-d:]
        out[-d:][ok] = x[:d][ok]
    else:
        out = x
    return out


def window(q, offsets, segment):
    return np.concatenate([shift(q, d, segment) for d in offsets], 1)


def distance_bucket(delta):
    """Bucket 0-13 for a head 1, 2, 3, 4, 5-6, 7-8, 9-12, 13-16, 17-24 ... 97+ to the left, 14-27 right."""
    edges = np.array([1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97])
    k = np.searchsorted(edges, np.abs(delta), side='right') - 1
    return np.where(delta < 0, k, k + 14)


class Sentence:
    """Words of one sentence: spans and, by index into the model's lists, everything found."""
    __slots__ = ('words', 'tokens', 'forms', 'upos', 'feats', 'lemma', 'heads', 'labels', 'names', 'paragraph')


class Reference:
    def __init__(self, path):
        self.header, self.t = container.read(path)
        if self.header['fingerprint'] != features.fingerprint():
            raise ValueError('%s: made with other features (%s, here %s)'
                             % (path, self.header['fingerprint'], features.fingerprint()))
        self.vector = {int(k): i + 1 for i, k in enumerate(self.t['vector.keys'])}
        self.lexicon = {int(k): int(r) for k, r in zip(self.t['lexicon.keys'], self.t['lexicon.rows'])}
        self.cache = {}
        self.float_weights = {k: v.astype(F).T.copy() for k, v in self.t.items() if k.endswith('.weight')}
        root = self.header['deprel'].index('root')
        self.root_label = root

    def products(self, name, q):
        """int8 rows times int8 weights; integer values held in float32."""
        return q.astype(F) @ self.float_weights[name + '.weight']

    def linear(self, name, q):
        return self.products(name, q) * self.t[name + '.scale'] + self.t[name + '.bias']

    def form_rows(self, form):
        """int8 input of the first layer."""
        rows = features.rows(form)
        t = self.t
        parts = [t['table.word'][rows[0]] + t['table.word'][rows[1]]]
        parts += [t['table.' + name][r] for (name, _, _), r in zip(features.TABLES[1:], rows[2:])]
        parts.append(t['table.vector'][self.vector.get(features.vector_key(form), 0)])
        parts.append(t['table.lexicon'][self.lexicon.get(features.lexicon_key(form), 0)])
        return np.concatenate(parts)

    def embed(self, forms):
        """float32 state of each form, before the space feature."""
        new = [f for f in dict.fromkeys(forms) if f not in self.cache]
        if new:
            y = self.linear('input', np.stack([self.form_rows(f) for f in new]))
            self.cache.update(zip(new, layer_norm(y, self.t['input.gamma'], self.t['input.beta'])))
        return np.stack([self.cache[f] for f in forms])

    def norm8(self, name, x):
        return round8(layer_norm(x, self.t[name + '.gamma'], self.t[name + '.beta']))

    def block(self, k, x, segment):
        d = self.header['sizes']['dilations'][k]
        q = self.norm8('block%d' % k, x)
        z = self.linear('block%d' % k, window(q, (-d, 0, d), segment))
        half = z.shape[1] // 2
        return x + z[:, :half] * sigmoid(z[:, half:])

    def hidden(self, name, q):
        """A layer with max(0, x) whose output is int8 again."""
        return round8(self.linear(name, q), 0)

    # -- whole documents -------------------------------------------------------------------------

    def run(self, forms, spaces, paragraph, sentence=None):
        """Everything about the words of one document.

        forms, spaces (0 spaced, 1 glued, 2 unknown; 2 at a paragraph's begin), paragraph: per word.
        sentence: number of each word's sentence; found by the model when absent.
        """
        x = self.embed(forms) + self.t['space'][spaces]
        k0 = self.header['sizes']['paragraph_blocks']
        for k in range(k0):
            x = self.block(k, x, paragraph)
        end_logit = None
        if sentence is None:
            q = self.norm8('end', x)
            end_logit = self.linear('end.out', self.hidden('end.hidden', window(q, (-2, -1, 0, 1, 2), paragraph)))[:, 0]
            sentence = self.cut(end_logit, paragraph)
        for k in range(k0, len(self.header['sizes']['dilations'])):
            x = self.block(k, x, sentence)
        h = self.norm8('final', x)
        out = {'sentence': sentence}
        out['upos'] = self.linear('upos', h).argmax(1)
        feats = self.linear('feats', h)
        feats = np.where(self.t['feats.allowed'][out['upos']] > 0, feats, F(-np.inf))
        out['feats'] = feats.argmax(1)
        out['lemma'] = self.linear('lemma', h).argmax(1)
        starts = np.flatnonzero(np.append(True, sentence[1:] != sentence[:-1]))
        bounds = np.append(starts, len(sentence))
        out['heads'] = self.heads(h, bounds)
        out['labels'] = self.labels(h, out['heads'], starts[np.searchsorted(starts, np.arange(len(h)), 'right') - 1])
        out['names'] = self.names(h, forms, sentence, bounds)
        return out

    def cut(self, end_logit, paragraph):
        """Sentence numbers: a word with a positive logit ends one, so does a paragraph's last word,
        and so does the word that brings a sentence to its greatest length."""
        out, n, length = np.zeros(len(paragraph), np.int64), 0, 0
        for i in range(len(paragraph)):
            out[i] = n
            length += 1
            last = i + 1 == len(paragraph) or paragraph[i + 1] != paragraph[i]
            if last or end_logit[i] > 0 or length == self.header['sizes']['longest_sentence']:
                n, length = n + 1, 0
        return out

    def heads(self, h, bounds):
        dep, head = self.hidden('arc.dep', h), self.hidden('arc.head', h)
        u = round8(self.linear('arc.u', dep))
        far = self.linear('arc.distance', dep)
        bias = self.linear('arc.bias', head)[:, 0]
        root = self.t['arc.root'][None, :]
        root_bias = self.linear('arc.bias', root)[0, 0]
        out = np.zeros(len(h), np.int64)
        for b, e in zip(bounds, bounds[1:]):
            n = e - b
            hs = np.concatenate([root, head[b:e]])
            score = (u[b:e].astype(F) @ hs.astype(F).T) * self.t['arc.scale'][0]
            score = score + np.concatenate([[root_bias], bias[b:e]]).astype(F)[None, :]
            i = np.arange(n)
            delta = i[None, :] - i[:, None]
            bucket = np.full((n, n + 1), self.header['sizes']['buckets'] - 1)
            bucket[:, 1:] = distance_bucket(np.where(delta == 0, 1, delta))
            score = score + np.take_along_axis(far[b:e], bucket, 1)
            out[b:e] = tree.greatest_tree(np.rint(score * SCORE_UNIT).astype(np.int64))
        return out

    def labels(self, h, heads, start):
        """start: first word of each word's sentence."""
        d, far = self.linear('label.dep', h), self.linear('label.head', h)
        i = np.arange(len(h))
        root = heads == 0
        head = np.where(root, 0, start + heads - 1)
        bucket = np.where(root, self.header['sizes']['buckets'] - 1,
                          distance_bucket(np.where(root, 1, head - i)))
        f = np.where(root[:, None], self.t['label.root'][None, :], far[head])
        z = (d + f) + self.t['label.distance'][bucket]
        q = round8(np.maximum(z, F(0)) * self.t['label.inverse'][0], 0)
        logits = self.linear('label.out', q)
        logits[:, self.root_label] = F(-np.inf)
        return np.where(root, self.root_label, logits.argmax(1))

    def names(self, h, forms, sentence, bounds):
        u = self.hidden('name.hidden', window(h, (-1, 0, 1), sentence))
        mean = np.zeros_like(u)
        groups = {}
        for i, form in enumerate(forms):
            if ord(features.normalise(form)[0]) in features.LOWER:
                groups.setdefault(form, []).append(i)
        for rows in groups.values():
            total = u[rows].astype(np.int32).sum(0)
            mean[rows] = round8(total.astype(F) / F(len(rows)), 0)
        logits = self.linear('name.out', self.hidden('name.join', np.concatenate([u, mean], 1)))
        scores = np.rint(logits * SCORE_UNIT).astype(np.int64)
        out = np.zeros(len(h), np.int64)
        for b, e in zip(bounds, bounds[1:]):
            out[b:e] = self.viterbi(scores[b:e])
        return out

    def viterbi(self, scores):
        """Best sequence in which I-X follows only B-X or I-X; ties to the lower tag, last word first."""
        tags = self.header['names']
        never = -(1 << 40)
        may = np.zeros((len(tags), len(tags)), np.int64)     # from, to
        for j, tag in enumerate(tags):
            if tag[0] == 'I':
                for i, before in enumerate(tags):
                    if before[1:] != tag[1:]:
                        may[i, j] = never
        best = scores[0] + np.array([never if t[0] == 'I' else 0 for t in tags])
        back = []
        for row in scores[1:]:
            both = best[:, None] + may
            back.append(both.argmax(0))
            best = both.max(0) + row
        path = [int(best.argmax())]
        for b in reversed(back):
            path.append(int(b[path[-1]]))
        return path[::-1]

    # -- raw text --------------------------------------------------------------------------------

    def analyse(self, text):
        """Sentences of a raw text (one document)."""
        forms, spaces, paragraph, words, token_of = [], [], [], [], []
        tokens = []
        for p, found in enumerate(tokenizer.tokenize(text)):
            last_end = None
            for token in found:
                tokens.append(token)
                for b, e in token.words:
                    spaces.append(2 if last_end is None else 1 if b == last_end else 0)
                    forms.append(text[b:e])
                    words.append((b, e))
                    paragraph.append(p)
                    token_of.append(len(tokens) - 1)
                    last_end = e
        if not forms:
            return []
        out = self.run(forms, np.array(spaces), np.array(paragraph))
        sentences = []
        bounds = np.flatnonzero(np.append(True, out['sentence'][1:] != out['sentence'][:-1])).tolist() + [len(forms)]
        for b, e in zip(bounds, bounds[1:]):
            s = Sentence()
            s.words, s.forms, s.paragraph = words[b:e], forms[b:e], paragraph[b]
            s.tokens = token_of[b:e]
            for key in ('upos', 'feats', 'lemma', 'heads', 'labels', 'names'):
                setattr(s, key, [int(v) for v in out[key][b:e]])
            sentences.append(s)
        return sentences

    def conllu(self, text):
        """CoNLL-U lines of a raw text; names stand in MISC."""
        h = self.header
        out, last = [], None
        for s in self.analyse(text):
            if s.paragraph != last:
                out.append('# newpar')
                last = s.paragraph
            for i, form in enumerate(s.forms):
                if i == 0 or s.tokens[i] != s.tokens[i - 1]:
                    n = s.tokens.count(s.tokens[i])
                    if n > 1:
                        out.append('\t'.join(['%d-%d' % (i + 1, i + n), text[s.words[i][0]:s.words[i + n - 1][1]]] + ['_'] * 8))
                out.append('\t'.join([
                    str(i + 1), form, lemmas.apply(h['lemma'][s.lemma[i]], form), h['upos'][s.upos[i]], '_',
                    h['feats'][s.feats[i]] or '_', str(s.heads[i]), h['deprel'][s.labels[i]], '_',
                    'Name=' + h['names'][s.names[i]]]))
            out.append('')
        return '\n'.join(out) + '\n'

    def self_test(self):
        for k, test in enumerate(self.header['self_test']):
            got = expected(self, test['text'])
            for key in got:
                if got[key] != test[key]:
                    raise ValueError('self-test %d differs in %s: %r, want %r' % (k + 1, key, got[key], test[key]))


TEXTS = (
    'The finance ministers of Kenya and Uganda met in Nairobi on Tuesday, 3 May 2022, to sign a trade pact.',
    '"We can\'t accept these terms," said Maria Petrova, who leads the opposition in Tiraspol. Talks go on.',
    'Police in São Paulo arrested 1,200 striking dockers after clashes near the port; three officers were hurt.',
    'U.S. President Joe Biden\'s envoy, Mr. J. P. Okafor, will fly to Addis Ababa at 5pm.\n\nNo other details were given.',
    'Rebels shelled the northern outskirts overnight. Residents fled. "It\'s worse than in 2014," one of them told Reuters.',
    'Protest in Dhaka turns violent\n\nBANGLADESH — Garment workers, angry over unpaid wages, blocked a highway on Sunday.',
    'Hasn\'t the African Union\'s peace council said it wouldn\'t recognise the self-declared government?',
    'the un security council voted 14-0 to extend sanctions... russia abstained',
    'Contact press@example.org or see https://example.org/a?b=1. #CeasefireNow @desk',
    'Zürich’s “quiet” diplomats, non-aligned and well-paid, don’t talk – they’ve never talked!? (See p. 4.) 東京',
)


def expected(reference, text):
    """What a runtime must find, as lists of integers: word spans are in UTF-8 bytes."""
    at = [0]
    for c in text:
        at.append(at[-1] + len(c.encode('utf-8')))
    out = {k: [] for k in ('words', 'sentence_lengths', 'upos', 'feats', 'lemma', 'heads', 'deprel', 'names')}
    for s in reference.analyse(text):
        out['words'] += [[at[b], at[e]] for b, e in s.words]
        out['sentence_lengths'].append(len(s.forms))
        for key, name in (('upos', 'upos'), ('feats', 'feats'), ('lemma', 'lemma'), ('heads', 'heads'),
                          ('deprel', 'labels'), ('names', 'names')):
            out[key] += getattr(s, name)
    return out


def self_tests(path):
    reference = Reference(path)
    return [{'text': text, **expected(reference, text)} for text in TEXTS]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('model')
    ap.add_argument('--conllu', action='store_true')
    ap.add_argument('--self-test', action='store_true')
    a = ap.parse_args()
    reference = Reference(a.model)
    if a.self_test:
        reference.self_test()
        print('self-test passed: %d texts' % len(reference.header['self_test']))
    if a.conllu:
        sys.stdout.write(reference.conllu(sys.stdin.buffer.read().decode('utf-8')))


if __name__ == '__main__':
    main()
