"""From a word form to the rows of the hashed feature tables: the executable specification.

Every feature is a function of the form alone, so a runtime may cache it (and the first layer) per
form. All hashes are FNV-1a, 64 bits, over a tag byte and UTF-8 bytes, then mixed; see `hash64`.

    normalise('“')       '"'
    shape('McDonald-7')  'XxXxxxx-d'   (runs cut at four)
"""
import functools
import hashlib
import json

MASK = (1 << 64) - 1

# name, rows, columns; the order is the order of the columns of the first layer's input.
# 'word' is read at two rows whose vectors are added, all others at one.
TABLES = (
    ('word', 16384, 64),
    ('prefix3', 4096, 32),
    ('suffix2', 1024, 16),
    ('suffix3', 8192, 48),
    ('suffix4', 8192, 32),
    ('shape', 2048, 32),
)
LEXICON_ROWS, LEXICON_COLUMNS = 512, 32   # row = the word's bit mask of lists, see lexicon.py
VECTOR_COLUMNS = 64

APOSTROPHES = '\u2018\u2019\u201b\u02bc\u00b4`'
QUOTES = '\u201c\u201d\u201e\u201f\u00ab\u00bb'


def lower_table():
    """[(code point, its simple lower case)] for all code points that have one of one character."""
    out = []
    for c in range(0x20, 0x1e944):
        low = chr(c).lower()
        if len(low) == 1 and ord(low) != c:
            out.append((c, ord(low)))
    return out


LOWER = dict(lower_table())


def is_letter_like(c):
    """Of the code points from 128 on: whether `c` counts as a letter (neither sign nor symbol)."""
    return not (c <= 0xbf or c in (0xd7, 0xf7) or 0x2000 <= c <= 0x2bff or 0x3000 <= c <= 0x303f
                or 0xfe00 <= c <= 0xfe6f or c >= 0x1f000)


def lower(text):
    return ''.join(chr(LOWER.get(ord(c), ord(c))) for c in text)


def normalise(form):
    """Apostrophes and quotation marks of all kinds become ' and ", two ' become "."""
    if form in ("''", '``'):
        return '"'
    return ''.join("'" if c in APOSTROPHES else '"' if c in QUOTES else c for c in form)


def hash64(tag, text):
    """FNV-1a of the tag byte and the UTF-8 bytes, then a final mix."""
    h = ((0xcbf29ce484222325 ^ ord(tag)) * 0x100000001b3) & MASK
    for b in text.encode('utf-8'):
        h = ((h ^ b) * 0x100000001b3) & MASK
    h ^= h >> 29
    h = (h * 0xbf58476d1ce4e5b9) & MASK
    return h ^ (h >> 32)


def shape(form):
    """X upper case, x other letters, d digits, p other signs beyond ASCII, else the character.

    A run of one class is cut at four; the whole at twelve.
    """
    out = []
    for c in form:
        code = ord(c)
        if code < 128:
            k = 'X' if c.isupper() else 'x' if c.islower() else 'd' if c.isdigit() else c
        elif code in LOWER:
            k = 'X'
        else:
            k = 'x' if is_letter_like(code) else 'p'
        if out[-4:] != [k] * 4:
            out.append(k)
            if len(out) == 12:
                break
    return ''.join(out)


def digits_to_zero(text):
    return ''.join('0' if '0' <= c <= '9' else c for c in text)


@functools.lru_cache(maxsize=None)
def rows(form):
    """Table rows of a form: word, word (second probe), then one for each further table."""
    norm = normalise(form)
    low = digits_to_zero(lower(norm))
    h = hash64('w', low)
    word_mask = TABLES[0][1] - 1
    out = [h & word_mask, (h >> 32) & word_mask]
    texts = {'prefix3': low[:3], 'suffix2': low[-2:], 'suffix3': low[-3:], 'suffix4': low[-4:],
             'shape': shape(norm)}
    for k, (name, n, _) in enumerate(TABLES[1:]):
        out.append(hash64('abcde'[k], texts[name]) & (n - 1))
    return tuple(out)


def vector_key(form):
    """Key of the word-vector table: the lower-cased normalised form, digits kept."""
    return hash64('v', lower(normalise(form)))


def lexicon_key(form):
    """Key of the lexicon: the normalised form, case kept."""
    return hash64('l', normalise(form))


def fingerprint():
    """A digest of everything above that a runtime must agree on."""
    probe = ['', 'a', 'The', "n't", '\u201cX', 'Zürich-12', 'ΑΒΓ', 'İstanbul', '…', '😀😀', '1,234.5']
    facts = [TABLES, LEXICON_ROWS, LEXICON_COLUMNS, VECTOR_COLUMNS, lower_table(),
             [(p, rows(p), vector_key(p), lexicon_key(p), shape(p)) for p in probe]]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]
