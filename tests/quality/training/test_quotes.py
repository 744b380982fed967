"""Learning the weights of the quote models, and the table of weights that ships."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from broadsheet.analysis.raw import raw_article
from broadsheet.extraction.quotes.rank import probability, score, weights
from broadsheet.quality.training.quotes import examples_of, gold_of, learn, read_corpus, write_weights
from broadsheet.reference import table

if TYPE_CHECKING:
    from pathlib import Path

SPEAKERS = ["Ada Lund", "Erik Moe", "Ines Paz", "Tom Baker"]
SENTENCES = [
    ("“We shall see,” {0} said on Monday.", "We shall see,"),
    ("{0} told {1} that the pier was “safe as a house.”", "safe as a house."),
    ("“It is late,” said {0} after {1} spoke.", "It is late,"),
    ("{0} described the plan of {1} as “a gamble.”", "a gamble."),
]


def corpus() -> list[dict[str, object]]:
    """Articles in which one of two people speaks, and a title that nobody utters."""
    out: list[dict[str, object]] = []
    for number in range(12):
        text = "Pier report\n\nThe film “Northern Light” was shown.\n"
        quotes = []
        for place, (pattern, words) in enumerate(SENTENCES):
            one, other = SPEAKERS[(number + place) % 4], SPEAKERS[(number + place + 1) % 4]
            start = len(text) + 1
            sentence = pattern.format(one, other)
            text += "\n" + sentence + "\n"
            at, who = start + sentence.index(words), start + sentence.index(one)
            quotes.append({"start": at, "end": at + len(words), "source": [[who, who + len(one)]]})
        out.append({"text": text, "quotes": quotes})
    return out


@pytest.fixture(scope="module")
def corpus_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as a file."""
    path = tmp_path_factory.mktemp("corpus") / "train.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(entry) + "\n" for entry in corpus())
    return path


def test_learned_models_find_the_speakers_that_they_were_shown(corpus_file: Path, tmp_path: Path) -> None:
    """Trained on a small corpus, the speaker model ranks an annotated speaker first, and learns the same each time."""
    examples = [
        example
        for number, (document, golds) in enumerate(read_corpus(corpus_file))
        for example in examples_of(number, document, golds)
    ]
    assert sum(e.gold is not None for e in examples) == 48
    models = learn(examples)
    ranked = [[score(models["speaker"], f) for f in e.features] for e in examples if e.gold]
    right = [e.right[int(np.argmax(scores))] for e, scores in zip((e for e in examples if e.gold), ranked, strict=True)]
    assert all(right)
    write_weights(models, tmp_path / "one.csv")
    write_weights(learn(examples), tmp_path / "two.csv")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_raw_article_keeps_offsets() -> None:
    """Lines become paragraphs where they stand, blank lines and blanks at their ends aside."""
    text = "Title \n\n  First  line.\n\n***\nSecond."
    article = raw_article(text)
    assert article.title_span is not None
    assert article.title_span.of(text) == "Title"
    assert [p.of(text) for p in article.paragraphs] == ["First  line.", "Second."]


def test_gold_without_a_speaker() -> None:
    """An annotated quote may have no source."""
    assert gold_of([{"start": 1, "end": 5, "source": []}])[0].sources == ()


def test_weights_table() -> None:
    """The shipped table has each feature of a model once, in order, with a weight of two decimals at most."""
    rows = table("quote_weights")
    keys = [(r["model"], r["feature"]) for r in rows]
    assert keys == sorted(set(keys))
    assert {model for model, _ in keys} == {"speaker", "speech"}
    assert all(round(float(r["weight"]), 2) == float(r["weight"]) for r in rows)
    assert weights("speaker")
    assert weights("speech")


@pytest.mark.parametrize(("value", "expected"), [(0.0, 0.5), (800.0, 1.0), (-800.0, 0.0)])
def test_probability_at_the_ends(value: float, expected: float) -> None:
    """The logistic function neither overflows nor leaves zero to one."""
    assert probability(value) == pytest.approx(expected)
