"""The fast pipeline: token for token what spaCy's own components say, and only where they are the known ones."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy
from shapes import SHAPES
from spacy.tokens import Doc

from broadsheet.analysis.fast import fast_pipeline
from broadsheet.analysis.fast.words import KEY, Words
from broadsheet.analysis.library import SpacyRunner
from broadsheet.analysis.pipeline import DEFAULT_MODEL, analyse_with, load_model
from broadsheet.analysis.raw import raw_article
from broadsheet.analysis.trees import subtree_bounds
from broadsheet.reading import read

if TYPE_CHECKING:
    from broadsheet.analysis.fast import FastPipeline

HERE = Path(__file__).parents[1]
ARTICLES = sorted([*HERE.glob("articles/*.txt"), *HERE.glob("gold/*/*.txt")])

RULED = """Gonna, got to, y'all

There's a lot they ain't said. C'mon, let's go, 'cause there are none; there is one. You gotta see it, y'all.
They've gone, he'd left, it isn't what we do. Doin' nothin' is somethin', says that man whom that woman knows.

I saw you and it saw us: have you done it?   Did he?\tHad she been? “Let’s,” there were 'em.
"""
"""What the rules of the pipeline on pairs of tokens, contractions and white space are about."""


@pytest.fixture(scope="module")
def runner() -> FastPipeline:
    """The fast pipeline of the default model."""
    found = fast_pipeline(load_model())
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [*(path.read_text("utf-8") for path in ARTICLES), *(shape(3_000) for shape in SHAPES.values()), RULED, "One."],
    ids=[*(path.stem for path in ARTICLES), *SHAPES, "words that rules name", "one word"],
)
def test_both_ways_give_the_same_document(text: str, runner: FastPipeline) -> None:
    """Tokens, sentences, entities and subtrees are those of spaCy's own components."""
    article = read(text)
    ours, theirs = analyse_with(article, runner), analyse_with(article, SpacyRunner(load_model()))
    assert ours.tokens == theirs.tokens
    assert ours == theirs


def test_what_was_read_before_changes_nothing(runner: FastPipeline) -> None:
    """An article gives the same document in a process that has read others as in a new one, to the last bit."""
    articles = [read(path.read_text("utf-8")) for path in ARTICLES[:4]]
    fresh = [fast_pipeline(load_model()) for _ in articles]
    assert [analyse_with(a, runner) for a in articles] == [
        analyse_with(a, w) for a, w in zip(articles, fresh, strict=True) if w
    ]


def test_the_vector_of_a_word_is_the_same_in_any_company(runner: FastPipeline) -> None:
    """Words that are learned one by one, from the last to the first, or all together, have the same bits."""
    nlp = load_model()
    doc = nlp.make_doc("Norway's minister didn't say when 1,200 tons of cod, worth $3.4m, would be sent to Lagos.")
    network = runner._networks[0]
    features = doc.to_array(list(network.columns)).astype(np.uint64)
    keys = list(map(tuple, doc.to_array(list(KEY)).tolist()))
    together, apart = Words([network]), Words([network])
    rows = together.numbers(keys, [features])
    lone = [apart.numbers(keys[i : i + 1], [features[i : i + 1]])[0] for i in reversed(range(len(doc)))][::-1]
    assert np.array_equal(together.tables[0].vectors[rows], apart.tables[0].vectors[lone])
    assert np.array_equal(together.tables[0].added[:, rows], apart.tables[0].added[:, lone])
    assert together.tables[0].added[:, rows].any(axis=2).all()


def test_a_full_memory_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more words and forms come than are kept, the documents are the same."""
    articles = [read(path.read_text("utf-8")) for path in ARTICLES[:6]]
    ample, scarce = fast_pipeline(load_model()), fast_pipeline(load_model())
    assert ample is not None
    assert scarce is not None
    expected = [analyse_with(article, ample) for article in articles]
    monkeypatch.setattr("broadsheet.analysis.fast.words.CAPACITY", 900)
    monkeypatch.setattr("broadsheet.analysis.fast.forms.CAPACITY", 900)
    assert [analyse_with(article, scarce) for article in articles] == expected
    assert 0 < len(scarce._words) < 900


@pytest.mark.parametrize(
    "change", ["a rule on three tokens", "a rule on other attributes", "no ruler", "another order"]
)
def test_a_pipeline_of_another_shape_is_run_by_the_library(change: str) -> None:
    """What the fast pipeline does not know it leaves to spaCy."""
    nlp = spacy.load(DEFAULT_MODEL, exclude=["senter"])
    assert fast_pipeline(nlp) is not None
    ruler = nlp.get_pipe("attribute_ruler")
    if change == "a rule on three tokens":
        ruler.add([[{"LOWER": "as"}, {"LOWER": "well"}, {"LOWER": "as"}]], {"POS": "CCONJ"})
    elif change == "a rule on other attributes":
        ruler.add([[{"LIKE_URL": True}]], {"POS": "X"})
    elif change == "no ruler":
        nlp.remove_pipe("attribute_ruler")
    else:
        nlp.add_pipe("sentencizer", before="parser")
    assert fast_pipeline(nlp) is None


@pytest.mark.parametrize("seed", range(30))
def test_subtrees_and_sentences_are_those_of_the_library(seed: int) -> None:
    """On trees whose arcs cross, too, and with several roots."""
    chance = random.Random(seed)
    count = chance.randint(1, 25)
    order = chance.sample(range(count), count)
    heads = list(range(count))
    for place, token in enumerate(order):
        if place and chance.random() < 0.85:
            heads[token] = order[chance.randrange(place)]
    doc = Doc(load_model().vocab, words=["x"] * count, heads=heads, deps=["dep"] * count)
    edges, opens = subtree_bounds([0] * 3 + [h + 3 for h in heads], 3, 3 + count)
    assert edges == [(t.left_edge.i + 3, t.right_edge.i + 4) for t in doc]
    assert [i for i in range(count) if opens[i]] == [s.start for s in doc.sents]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_the_parser_makes_the_same_trees_alone_and_side_by_side(article: Path, runner: FastPipeline) -> None:
    """A paragraph that stands alone has the heads and labels that it has among others."""
    text = article.read_text("utf-8")
    whole = analyse_with(read(text), runner)
    for number, span in enumerate(whole.paragraphs):
        words = span.of(whole.text)
        if whole.has_title and number == 0:
            continue
        lone = analyse_with(raw_article(words), runner)
        inside = [t for t in whole.tokens if t.paragraph == number]
        first = inside[0].i
        assert [(t.dep, t.head + first) for t in lone.tokens] == [(t.dep, t.head) for t in inside]


def test_a_grown_vocabulary_keeps_no_more_words(monkeypatch: pytest.MonkeyPatch, runner: FastPipeline) -> None:
    """Memory stays flat however many words a corpus has, and what is found stays the same."""
    article = read("Minister Zorblinka of Norway told Quexnip that the harbour of Oslo was open. They met on Monday.")
    monkeypatch.setattr("broadsheet.analysis.pipeline.VOCABULARY", 0)
    passing = [analyse_with(article, runner), analyse_with(article, SpacyRunner(load_model()))]
    assert "Zorblinka" not in load_model().vocab
    monkeypatch.undo()
    lasting = analyse_with(article, runner)
    assert "Zorblinka" in load_model().vocab
    assert passing == [lasting, lasting]
