"""Stories as spaCy documents, where spaCy is installed.

    from dateline.spacy import to_doc

    doc = to_doc(story)
    [(entity.text, entity.label_) for entity in doc.ents]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline._native import Story, Token

if TYPE_CHECKING:
    import spacy.tokens
    import spacy.vocab

#: What dateline's types of names are called in OntoNotes, as spaCy's English models name them.
_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "GPE", "NORP": "NORP", "MISC": "MISC"}


def _words(story: Story) -> tuple[list[str], list[bool], list[Token | None]]:
    """Words that together are the story's text; what lies between tokens (line ends, marks) are words too."""
    words: list[str] = []
    spaces: list[bool] = []
    tokens: list[Token | None] = []

    def add(text: str, token: Token | None) -> None:
        words.append(text)
        spaces.append(False)
        tokens.append(token)

    at = 0
    for token in story.tokens:
        gap = story.text[at : token.start]
        if gap.startswith(" ") and words:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            add(gap, None)
        add(token.text, token)
        at = token.end
    if at < len(story.text):
        add(story.text[at:], None)
    return words, spaces, tokens


def to_doc(story: Story, vocab: spacy.vocab.Vocab | None = None) -> spacy.tokens.Doc:
    """A document with the story's words, tags, lemmas, trees, sentences and names; doc.text is story.text."""
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    words, spaces, tokens = _words(story)
    place = {token.index: i for i, token in enumerate(tokens) if token is not None}
    heads: list[int] = []
    ents: list[str] = []
    for i, token in enumerate(tokens):
        if token is None:  # hangs on its neighbour, so that it begins no sentence
            heads.append(i - 1 if i > 0 else min(1, len(tokens) - 1))
            ents.append("O")
            continue
        heads.append(place[token.head.index] if token.head is not None else i)
        tag, _, kind = token.ner.partition("-")
        ents.append(f"{tag}-{_LABELS.get(kind, kind)}" if kind else "O")
    return Doc(
        vocab or Vocab(),
        words=words,
        spaces=spaces,
        pos=[token.upos if token is not None else "SPACE" for token in tokens],
        lemmas=[token.lemma if token is not None else word for word, token in zip(words, tokens)],
        morphs=[token.feats if token is not None else "" for token in tokens],
        deps=[token.deprel or "dep" if token is not None else "dep" for token in tokens],
        heads=heads,
        ents=ents,
    )
