"""Raw text to paragraphs and tokens, by the conventions of UD English EWT and GUM.

The executable specification of the C++ tokenizer; `testdata/tokenizer_cases.tsv` holds its cases.

    for paragraph in tokenize("We can't go. It's 5pm."):
        for token in paragraph:
            token.begin, token.end, token.words     # code points; words: [(begin, end), ...]

Text is cut at white space into chunks, and a chunk is read from the left: at each place the first
rule that matches takes a token. Sentences are not found here (the model's sentence head does that),
but blank lines part paragraphs. A token of several words ("can't": ca, n't) lists their spans, which
touch and fill it.

Rules, in order (see the functions `_url` ... `_word`): web and mail addresses; emoticons; runs of one
sign (..., !!, ?!, --, ==); numbers; words with what belongs to them (abbreviation stops, inner
apostrophes and stops, hyphens after prefixes); any other character alone.
"""
import features

SPACE = ' \t\n\r\f\v\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'
APOSTROPHES = "'’‘ʼ`´"

# Words that keep their stop wherever they stand.
ABBREVIATIONS = frozenset('''
mr mrs ms dr prof rev hon gen lt col maj capt sgt cpl cmdr adm gov sen sens rep reps st mt ft jr sr messrs mlle mme
jan feb mar apr jun jul aug sept sep oct nov dec tues tue thurs thur thu
inc corp ltd co bros dept univ est assn vs etc viz cf eg ie approx ave blvd rd
ph.d fig figs vol vols eds ed pp al ca attn ext esp conf div sec supt det insp pres adj
ariz calif colo conn fla ill mass mich minn okla penn tenn va wis
'''.split())
# Words that keep their stop only before a digit.
BEFORE_DIGIT = frozenset('no nos p art para ch op sect mon wed fri sat sun c m eq ver'.split())
# Prefixes that a hyphen does not part from what follows.
PREFIXES = frozenset('''
e non re anti co mid pre pro cross semi multi ex sub counter neo socio inter mini over super un micro intra proto
psycho post ultra trans extra pan uh
'''.split())
# Unit of a number written without a space: parted from it.
UNITS = frozenset('''
m k b bn mn tn pm am mm cm km kg mg ml ft lb lbs oz mph kph hz khz mhz ghz kb mb gb tb kw mw gw kwh mwh p.m a.m p.m. a.m. hrs hr min
mins sec secs yrs yr x sq usd eur gbp
'''.split())
CLITICS = ('s', 'm', 'd', 'll', 're', 've')
# Whole words of several words, without an apostrophe: lengths of the parts.
CONTRACTIONS = {
    'cannot': (3, 3), 'gonna': (3, 2), 'gotta': (3, 2), 'wanna': (3, 2), 'gimme': (3, 2), 'lemme': (3, 2),
    'dunno': (2, 1, 2), 'dont': (2, 2), 'didnt': (3, 2), 'doesnt': (4, 2), 'wont': (2, 2), 'cant': (2, 2),
    'couldnt': (5, 2), 'wouldnt': (5, 2), 'shouldnt': (6, 2), 'isnt': (2, 2), 'wasnt': (3, 2), 'arent': (3, 2),
    'werent': (4, 2), 'havent': (4, 2), 'hasnt': (3, 2), 'hadnt': (3, 2), 'aint': (2, 2), 'im': (1, 1),
    'ive': (1, 2), 'youre': (3, 2), 'theyre': (4, 2), 'youve': (3, 2), 'thats': (4, 1), 'theres': (5, 1),
    'whats': (4, 1), 'hes': (2, 1), 'shes': (3, 1), 'youll': (3, 2),
}
# Words that begin with an apostrophe.
APOSTROPHE_WORDS = frozenset('em til till cause cuz bout tis twas n round nother'.split())
EMOTICONS = (':-)', ':-(', ';-)', ':-D', ':-P', ':-/', ":'(", ':)', ':(', ';)', ':D', ':P', ':p', '=)', '=(', ':/',
             ':o)', ':]', '<3', ':*', '^^', 'xD', ':))', ':((', ';))')
RUNS = '$.-–—=_*~<>#+^|'
SUFFIX_DOMAINS = frozenset('''
com org net gov edu mil int info biz co io tv us uk ca au de fr eu in cn jp ru br za ng ke gh il ir pk ch nl se no
doc xls pdf txt html htm php asp jpg gif png zip exe ppt url csv xml js docx xlsx mp3
'''.split())
LONGEST = 200   # characters that a rule looks back or ahead
CURRENCY = '$€£¥₹₦₽₩'


class Token:
    """Span in code points, and the spans of its words (one, the token itself, as a rule)."""

    def __init__(self, begin, end, words=None):
        self.begin, self.end = begin, end
        self.words = words or [(begin, end)]


def is_space(c):
    return c in SPACE


def is_digit(c):
    return '0' <= c <= '9'


def is_letter(c):
    """Letters of any script, combining marks too (nothing below says more about scripts)."""
    return 'a' <= c <= 'z' or 'A' <= c <= 'Z' or (ord(c) >= 128 and features.is_letter_like(ord(c)) and c not in APOSTROPHES)


def is_upper(c):
    return ord(c) in features.LOWER


def paragraphs(text):
    """Spans (begin, end) of the stretches between blank lines."""
    out, begin, i, n = [], 0, 0, len(text)
    while i < n:
        if text[i] == '\n':
            j, blank = i + 1, False
            while j < n and is_space(text[j]):
                blank |= text[j] == '\n'
                j += 1
            if blank:
                out.append((begin, i))
                begin = j
            i = j
        else:
            i += 1
    out.append((begin, n))
    return [(b, e) for b, e in out if text[b:e].strip(SPACE)]


def tokenize(text):
    """Lists of tokens, one for each paragraph."""
    out = []
    for begin, end in paragraphs(text):
        tokens, i = [], begin
        while i < end:
            if is_space(text[i]):
                i += 1
                continue
            j = i
            while j < end and not is_space(text[j]):
                j += 1
            Chunk(text, i, j, begin, end, tokens).read()
            i = j
        out.append(tokens)
    return out


class Chunk:
    """Reads the tokens of one stretch without white space, text[begin:end], of the paragraph text[first:limit].

    What a rule looks at from a place is bounded (LONGEST), so that the time is linear in the text.
    """

    def __init__(self, text, begin, end, first, limit, out):
        self.text, self.begin, self.end, self.first, self.limit, self.out = text, begin, end, first, limit, out

    def at(self, i):
        return self.text[i] if i < self.end else ''

    def read(self):
        i = self.begin
        while i < self.end:
            for rule in (self.address, self.emoticon, self.run, self.number, self.word):
                j = rule(i)
                if j > i:
                    break
            else:
                j = i + 1
                self.out.append(Token(i, j))
            i = j

    # -- addresses -------------------------------------------------------------------------------

    def address(self, i):
        """http://..., www..., a@b.c; closing punctuation stays outside."""
        if i > self.begin and (is_letter(self.text[i - 1]) or is_digit(self.text[i - 1])):
            return i
        rest = self.text[i:min(self.end, i + 9)].lower()
        stop = i
        if rest.startswith(('http://', 'https://', 'ftp://', 'mailto:', 'www.')):
            while stop < self.end and self.text[stop] not in '<>"“”«»':
                stop += 1
        elif is_letter(self.text[i]) or is_digit(self.text[i]):
            stop = self.mail(i)
        if stop == i:
            return i
        while stop > i and self.text[stop - 1] in '.,;:!?\'’”")]}*' and not (
                self.text[stop - 1] == ')' and self.text[i:stop].count('(') >= self.text[i:stop].count(')')):
            stop -= 1
        if stop > i:
            self.out.append(Token(i, stop))
        return stop

    def mail(self, i):
        """End of a mail address that begins at i, else i."""
        j, end = i, min(self.end, i + LONGEST)
        while j < end and (is_letter(self.text[j]) or is_digit(self.text[j]) or self.text[j] in '._+%-'):
            j += 1
        if self.at(j) != '@':
            return i
        j += 1
        k = j
        while k < self.end and (is_letter(self.text[k]) or is_digit(self.text[k]) or self.text[k] in '._-'):
            k += 1
        return k if k > j and is_letter(self.text[j]) else i

    # -- signs -----------------------------------------------------------------------------------

    def emoticon(self, i):
        """A smiley, if nothing but closing signs follows it."""
        if i > self.begin and self.text[i - 1] not in '.!?,)':
            return i
        best = max((e for e in EMOTICONS if self.text.startswith(e, i) and i + len(e) <= self.end), key=len, default='')
        j = i + len(best)
        if best and all(c in '.,!?")' for c in self.text[j:self.end]) and not (i == self.begin and j == self.end and best == ':/'):
            self.out.append(Token(i, j))
            return j
        return i

    def run(self, i):
        """..., !?!, --, '' and ``."""
        c, j = self.text[i], i
        if c in '.!?':
            while j < self.end and self.text[j] in '.!?':
                j += 1
            if j == i + 1 and c == '.':
                return i
        elif c in RUNS:
            while j < self.end and self.text[j] == c:
                j += 1
            if j == i + 1:
                return i
        elif c in '\'’`‘' and self.at(i + 1) and self.at(i + 1) in '\'’`‘' and self.at(i + 1) in (c, '’'):
            j = i + 2
        if j > i:
            self.out.append(Token(i, j))
        return j

    # -- numbers ---------------------------------------------------------------------------------

    def number(self, i):
        """1,000.5  10:30  3/4/2004  555-1234-99  20th  1990s  '90s  .5  +44; units are parted."""
        j = i
        alone = i == self.begin or not (is_letter(self.text[i - 1]) or is_digit(self.text[i - 1]))
        if not alone:
            return i
        if self.text[j] in "'’" and is_digit(self.at(j + 1) or ' ') and is_digit(self.at(j + 2) or ' ') \
                and not is_digit(self.at(j + 3) or ' '):
            j += 1
        elif self.text[j] == '.' and is_digit(self.at(j + 1) or ' '):
            j += 1
        elif self.text[j] == '+' and is_digit(self.at(j + 1) or ' '):
            j += 1
        if not is_digit(self.at(j) or ' '):
            return i
        hyphens = self.hyphened(j)
        if hyphens:
            self.out.append(Token(i, hyphens))
            return hyphens
        while j < self.end:
            if is_digit(self.text[j]):
                j += 1
            elif self.text[j] in '.,:/' and is_digit(self.at(j + 1) or ' '):
                j += 1
            else:
                break
        k = j
        while k < self.end and (is_letter(self.text[k]) or is_digit(self.text[k])
                                or (self.text[k] == '.' and k > j and is_letter(self.at(k + 1) or ' '))):
            k += 1
        tail = features.lower(self.text[j:k])
        if tail in UNITS:
            self.out.append(Token(i, j))
            return j
        if k > j:   # 20th, 1990s, 3D
            j = k
        if self.at(j) and self.at(j) in "'’" and self.at(j + 1) == 's' and not is_letter(self.at(j + 2) or ' '):
            j += 2
        self.out.append(Token(i, j))
        return j

    def hyphened(self, i):
        """End of digits joined by two hyphens or more, or as 555-1234, else 0."""
        j, parts, end = i, 0, min(self.end, i + LONGEST)
        while True:
            k = j
            while k < end and is_digit(self.text[k]):
                k += 1
            if k == j:
                return 0
            parts += 1
            if self.at(k) == '-' and is_digit(self.at(k + 1) or ' '):
                j = k + 1
                continue
            joined = parts >= 3 or (parts == 2 and k - i == 8 and j - i == 4)    # 555-1234
            return k if joined and not is_letter(self.at(k) or ' ') else 0

    # -- words -----------------------------------------------------------------------------------

    def word(self, i):
        """A word from i; splits clitics and contractions, keeps abbreviation stops."""
        text = self.text
        c = text[i]
        j = i
        if c in "'’‘`":
            k = i + 1
            while k < self.end and is_letter(text[k]):
                k += 1
            if features.lower(text[i + 1:k]) not in APOSTROPHE_WORDS or k == i + 1:
                return self.clitic_after(i)
            j = i + 1
        elif c in '#@' and is_letter(self.at(i + 1) or ' ') and (i == self.begin or not is_letter(text[i - 1])):
            j = i + 1
            while j < self.end and (is_letter(text[j]) or is_digit(text[j]) or text[j] == '_'):
                j += 1
            self.out.append(Token(i, j))
            return j
        elif not is_letter(c) and not (is_digit(c)):
            return i
        j = self.span(i, max(j, i))
        low = features.lower(text[i:j])
        j = self.stop(i, j, low)
        if self.at(j) and self.at(j) in CURRENCY and j - i <= 3 and all(is_upper(x) for x in text[i:j]):
            j += 1                                      # US$
        elif self.text[j - 1] == '.' and self.at(j) and self.at(j) in "'’" and features.lower(self.at(j + 1)) == 's' \
                and not is_letter(self.at(j + 2) or ' '):
            j += 2                                      # U.S.'s
        return self.clitics(i, j)

    def clitic_after(self, i):
        """'s standing alone or after a sign: one token."""
        k = i + 1
        while k < self.end and is_letter(self.text[k]):
            k += 1
        if features.lower(self.text[i + 1:k]) in CLITICS and i > self.begin and self.text[i - 1] in ')]"”%.':
            self.out.append(Token(i, k))
            return k
        return i

    def span(self, i, j):
        """End of the word at i: letters, digits, and inner signs that do not part."""
        text = self.text
        while j < self.end:
            c, after = text[j], self.at(j + 1) or ' '
            before = text[j - 1] if j > i else ' '
            if is_letter(c) or is_digit(c):
                j += 1
            elif c == '_' and j > i and (is_letter(after) or is_digit(after)):
                j += 1
            elif c in APOSTROPHES and is_letter(after) and is_letter(before):
                j += 1
            elif c == '&' and is_letter(after) and is_upper(before) and is_upper(after):
                j += 1
            elif c == '.' and j > i and is_letter(before) and is_letter(after) and self.dotted(i, j):
                j += 1
            elif c == '-' and j > i and (is_letter(after) or is_digit(after)) and features.lower(text[i:j]) in PREFIXES:
                j += 1
            elif c == '/' and j == i + 1 and is_letter(before) and self.at(j + 2) == '' \
                    and (is_letter(after) or features.lower(before) == 'w'):
                j += 1                                  # b/c   w/
            else:
                break
        return j

    def dotted(self, i, j):
        """Whether the stop at j belongs inside: U.S., e.g., example.com, report.doc."""
        text = self.text
        if j - i > LONGEST:
            return False
        b = j
        while b > i and (is_letter(text[b - 1]) or is_digit(text[b - 1])):
            b -= 1
        k = j + 1
        while k < self.end and (is_letter(text[k]) or is_digit(text[k])):
            k += 1
        tail = features.lower(text[j + 1:k])
        if j - b == 1 and k - j - 1 == 1:
            return True                                 # U.S
        if b > i and (j - b == 1 and self.at(k) == '.' or features.lower(text[i:k]) == text[i:k]):
            return True
        if text[b:j] == 'Ph' and tail == 'd':
            return True
        if tail in SUFFIX_DOMAINS and not (self.at(k) and self.at(k) in APOSTROPHES):
            return True
        return is_letter(text[j + 1]) and not is_upper(text[j + 1]) and self.at(k) == '.' and is_letter(self.at(k + 1) or ' ')

    def stop(self, i, j, low):
        """Takes in the stop after an abbreviation or an initial."""
        text = self.text
        if self.at(j) != '.' or (self.at(j + 1) == '.' and (self.at(j + 2) == '.' or not ('.' in low or low in ABBREVIATIONS))):
            return j
        bare = low
        if '.' in bare and len(bare.rsplit('.', 1)[1]) == 1:
            return j + 1                                # U.S.   Ph.D.   a.m.
        if bare == 'etc' and (j + 1 < self.end or is_upper(self.next_char(j + 1) or 'X')):
            return j if j + 1 == self.end else j + 1
        if bare in ABBREVIATIONS:
            return j + 1
        if j - i == 1 and is_upper(text[i]) and (i == self.begin or text[i - 1] in '("“\'‘[-.'):
            if text[i] != 'I' and self.next_char(j + 1):
                return j + 1                            # J. Smith
        if bare in BEFORE_DIGIT and is_digit(self.next_char(j + 1) or ' '):
            return j + 1
        return j

    def next_char(self, j):
        """The next character of the paragraph from j on that is no space, '' at its end."""
        while j < self.limit and is_space(self.text[j]):
            j += 1
        return self.text[j] if j < self.limit else ''

    def clitics(self, i, j):
        """Writes the word i:j, parted where it is a contraction."""
        text = self.text
        low = features.lower(features.normalise(text[i:j]))
        cuts = []
        if low in CONTRACTIONS and not (low in ('hes', 'shes', 'im', 'ive', 'cant', 'wont') and is_upper(text[j - 1]) and j - i > 2):
            at = i
            for n in CONTRACTIONS[low][:-1]:
                at += n
                cuts.append(at)
        elif low.endswith("n't") and len(low) > 3:
            cuts = [j - 3]
        elif "'" in low[1:]:
            k = low.rindex("'")
            tail = low[k + 1:]
            if tail in CLITICS and k > 0:
                cuts = [i + k]
                head = low[:k]
                if head.endswith("n't") and len(head) > 3:
                    cuts = [i + k - 3, i + k]
                elif head.endswith(("'d", "'ll", "'ve")):
                    cuts = [i + head.rindex("'"), i + k]
        if not cuts and self.at(j) and self.at(j) in "'’" and self.possessive(j, low):
            cuts, j = [j], j + 1
        bounds = [i] + cuts + [j]
        self.out.append(Token(i, j, list(zip(bounds, bounds[1:]))))
        return j

    def possessive(self, j, low):
        """Whether the apostrophe at j after a plural is a possessive, not a closing quotation mark."""
        if not low.endswith(('s', 'z', 'x')) or is_letter(self.at(j + 1) or ' ') or is_digit(self.at(j + 1) or ' '):
            return False
        # An open single quotation mark earlier in the paragraph makes this one its end.
        k = j - 1
        while k >= self.first and j - k < LONGEST:
            c = self.text[k]
            before = self.text[k - 1] if k > self.first else ' '
            if c in "'‘`" and (is_space(before) or before in '("“[—-') and not is_space(self.text[k + 1]):
                return False
            k -= 1
        after = self.next_char(j + 1)
        return bool(after) and self.at(j + 1) == '' and (is_letter(after) or is_digit(after) or after in '"“(')
