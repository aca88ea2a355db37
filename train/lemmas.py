"""Lemmas as classes: an edit script from a word form to its lemma.

A script is text: a case letter, `<` and the number of characters to cut at the end, `>` and what to
append; or `=` and the whole lemma. The case letter: `l` lower-case the form first, `k` keep it,
`t` lower-case all but the first letter.

    make('Running', 'run')   'l<4>'        apply('l<4>', 'Hitting') 'hit'
    make('was', 'be')        '=be'
"""
import features


def cased(letter, form):
    if letter == 'l':
        return features.lower(form)
    if letter == 't':
        return form[:1] + features.lower(form[1:])
    return form


def make(form, lemma):
    """The script of fewest edits, lower-casing first; form is taken as normalised."""
    form = features.normalise(form)
    lemma = features.normalise(lemma)
    best = None
    for letter in 'lkt':
        base = cased(letter, form)
        n = 0
        while n < min(len(base), len(lemma)) and base[n] == lemma[n]:
            n += 1
        if n == 0 or len(base) - n > max(3, n):
            continue
        cost = (len(base) - n) + (len(lemma) - n)
        if best is None or cost < best[0]:
            best = (cost, '%s<%d>%s' % (letter, len(base) - n, lemma[n:]))
    if best is None or best[0] > 6:
        return '=' + lemma
    return best[1]


def apply(script, form):
    """The lemma of a form. A script that would cut everything leaves the cased form."""
    if script[0] == '=':
        return script[1:]
    base = cased(script[0], features.normalise(form))
    cut, _, tail = script[2:].partition('>')
    cut = int(cut)
    if cut >= len(base):
        return base
    return base[:len(base) - cut] + tail
