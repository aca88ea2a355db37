"""Stories as spaCy documents."""

import pytest

pytest.importorskip("spacy")

from dateline.spacy import to_doc  # noqa: E402


def test_the_document_has_the_story_s_text_and_tokens(stories):
    for story in stories:
        doc = to_doc(story)
        assert doc.text == story.text
        at = {token.start: token for token in story.tokens}
        known = [word for word in doc if word.idx in at and word.pos_ != "SPACE"]
        assert len(known) == len(story.tokens)
        for word in known:
            token = at[word.idx]
            assert (word.text, word.lemma_, word.pos_, word.dep_) == (
                token.text, token.lemma, token.upos, token.deprel or "dep")
            if token.head is not None:
                assert word.head.idx == token.head.start


def test_sentences_and_names(engine):
    doc = to_doc(engine.read("Zoë Brandão met envoys in Luanda. Ruth Achieng left on Monday."))
    assert [sentence.text for sentence in doc.sents] == [
        "Zoë Brandão met envoys in Luanda.", "Ruth Achieng left on Monday."]
    assert [(name.text, name.label_) for name in doc.ents if name.label_ == "PERSON"] == [
        ("Zoë Brandão", "PERSON"), ("Ruth Achieng", "PERSON")]
