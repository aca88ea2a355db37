"""Scores a model file from raw text, by the gold sets' own scorers.

    score.py ../models/english.dlm --gold ../shared/gold [--syntax ewt,gum_news] [--names worldwide]

Syntax: the text of a set as `score_syntax.py --raw-text` prints it. Names, two ways: `raw` gives each
document's text, a blank line between its sentences (the sets mark no paragraphs); `tokens` gives the
gold words and sentences.
"""
import argparse
import importlib.util
import os

import numpy as np

import gold
from reference import Reference


def load_scorer(folder, name):
    spec = importlib.util.spec_from_file_location(name, os.path.join(folder, name + '.py'))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_syntax(reference, folder, name):
    scorer = load_scorer(os.path.join(folder, 'syntax'), 'score_syntax')
    text = scorer.read(os.path.join(folder, 'syntax', name + '.dev.conllu.gz'))
    system = reference.conllu(scorer.raw_text(text))
    return {n: f for n, _, _, f in scorer.score(text, system) if n != 'XPOS'}


def tagged(forms, tags):
    return ''.join('%s\t%s\n' % x for x in zip(forms, tags)) + '\n'


def score_names(reference, folder, name, raw):
    scorer = load_scorer(os.path.join(folder, 'ner'), 'score_ner')
    path = os.path.join(folder, 'ner', name + '.dev.conll.gz')
    tags = reference.header['names']
    out = []
    for doc in gold.read_names(path):
        sentences = [s for p in doc.paragraphs for s in p]
        if raw:
            text = '\n\n'.join(''.join(('' if k == 0 or x == gold.GLUED else ' ') + f
                                       for k, (f, x) in enumerate(zip(s.forms, s.spaces))) for s in sentences)
            out += [tagged(s.forms, [tags[k] for k in s.names]) for s in reference.analyse(text)]
        else:
            forms = [f for s in sentences for f in s.forms]
            number = np.repeat(np.arange(len(sentences)), [len(s.forms) for s in sentences])
            spaces = np.array([x for s in sentences for x in s.spaces])
            spaces[np.append(True, number[1:] != number[:-1])] = gold.UNKNOWN
            got = reference.run(forms, spaces, number, number)['names']
            out += [tagged(forms, [tags[k] for k in got])]
    rows = scorer.score(scorer.read(path), ''.join(out))
    return {r[0]: r[6] for r in rows}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('model')
    ap.add_argument('--gold', default='../shared/gold')
    ap.add_argument('--syntax', default='ewt,gum_news,gum_free,gum_other')
    ap.add_argument('--names', default='worldwide,uner_ewt,gum_named')
    a = ap.parse_args()
    reference = Reference(a.model)
    for name in filter(None, a.syntax.split(',')):
        r = score_syntax(reference, a.gold, name)
        print('%-14s %s' % (name + '.dev', '  '.join('%s %.2f' % x for x in r.items())), flush=True)
    for name in filter(None, a.names.split(',')):
        for raw in (True, False):
            r = score_names(reference, a.gold, name, raw)
            print('%-14s %-6s %s' % (name + '.dev', 'raw' if raw else 'tokens', '  '.join('%s %.2f' % x for x in r.items())),
                  flush=True)


if __name__ == '__main__':
    main()
