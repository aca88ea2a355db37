"""Runs testdata/tokenizer_cases.tsv and some properties: tokens lie in order, touch nothing but space between them,
and their words fill them."""
import os
import random
import re

import tokenizer


def unescape(text):
    table = {'n': '\n', 'r': '\r', 't': '\t', '\\': '\\'}
    return re.sub(r'\\(?:u([0-9a-f]{4})|(.))', lambda m: chr(int(m[1], 16)) if m[1] else table[m[2]], text)


def printed(text):
    return ' // '.join(' '.join('|'.join(text[b:e] for b, e in t.words) for t in p) for p in tokenizer.tokenize(text))


def check_spans(text):
    at = 0
    for token in (t for p in tokenizer.tokenize(text) for t in p):
        assert at <= token.begin < token.end <= len(text), (text, token.begin)
        assert all(tokenizer.is_space(c) for c in text[at:token.begin]), text
        assert [b for b, _ in token.words] + [token.end] == [token.begin] + [e for _, e in token.words], text
        assert all(b < e for b, e in token.words), text
        at = token.end
    assert all(tokenizer.is_space(c) for c in text[at:]), text


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'testdata', 'tokenizer_cases.tsv')
    bad = n = 0
    with open(path, encoding='utf-8', newline='\n') as f:
        for line in f:
            if line.startswith('# '):
                continue
            name, text, want = line.rstrip('\n').split('\t')
            text = unescape(text)
            got = printed(text)
            n += 1
            if got != want:
                bad += 1
                print('%s: got  %s\n%s  want %s' % (name, got, ' ' * len(name), want))
            check_spans(text)
    rng = random.Random(1)
    for _ in range(3000):
        check_spans(''.join(rng.choice("aZ'’.,-/&$#@:()\" \n09n'tsé東!?`_") for _ in range(rng.randrange(30))))
    print('%d passed, %d failed' % (n - bad, bad))
    return bad


if __name__ == '__main__':
    raise SystemExit(main())
