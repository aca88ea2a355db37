"""Writes what the specification says about made-up inputs, for the tests of the C++ runtime.

    make_cases.py features > ../src/model/testdata/features.tsv
    make_cases.py trees > ../src/model/testdata/trees.tsv
    make_cases.py lemmas > ../src/syntax/testdata/lemma_scripts.tsv
"""
import sys

import numpy as np

import features
import lemmas
import tree

FORMS = '''a The THE McDonald-7 n't don't ‘tis “ ” `` '' … 1,234.5 20th U.S. São Zürich-12 ΑΒΓ İstanbul Ünal
naïve coöperate ﬁnance 北京 東京都 русский Москва 😀 😀😀 ½ €5 #CeasefireNow @desk https://example.org/a?b=1 aaaaaaaaaa
AAAAAaaaa1111---- x-X-x-X-x-X-x-X ß ẞ Ⅷ Å Å 1990s '90s I’ll rock'n'roll'''.split()
SCRIPTS = [('Running', 'run'), ('was', 'be'), ('cities', 'city'), ('Biden', 'Biden'), ('BIDEN', 'Biden'), ('’s', "'s"),
           ('n’t', 'not'), ('São', 'São'), ('ÉTATS', 'état'), ('“', '"'), ('better', 'good'), ('USA', 'USA'), ('İ', 'i'),
           ('ran', 'run'), ('talks', 'talk'), ('mice', 'mouse'), ('1990s', '1990')]


def feature_cases():
    print('# Forms and what train/features.py makes of them: the rows of the tables, vector key, lexicon key.')
    print('form\trows\tvector_key\tlexicon_key')
    for form in FORMS:
        print('%s\t%s\t%d\t%d' % (form, ' '.join(map(str, features.rows(form))), features.vector_key(form),
                                  features.lexicon_key(form)))


def tree_cases():
    print('# Scores of heads, a row of n + 1 for each of n words (the root first), and the tree of train/tree.py.')
    print('scores\theads')
    rng = np.random.default_rng(7)
    for k in range(120):
        n = int(rng.integers(1, 14))
        top = (3, 20, 5000)[k % 3]                        # small scores make many ties
        scores = rng.integers(-top, top, (n, n + 1))
        print('%s\t%s' % (' '.join(map(str, scores.flatten())), ' '.join(map(str, tree.greatest_tree(scores)))))


def lemma_cases():
    print('# Edit scripts applied to forms by train/lemmas.py.')
    print('script\tform\tlemma')
    for form, lemma in SCRIPTS:
        script = lemmas.make(form, lemma)
        for other in (form, 'Hitting', 'A', 'Ärzte'):
            print('%s\t%s\t%s' % (script, other, lemmas.apply(script, other)))


if __name__ == '__main__':
    {'features': feature_cases, 'trees': tree_cases, 'lemmas': lemma_cases}[sys.argv[1]]()
