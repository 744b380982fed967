"""Learning the weights of the tariff models, and the table of weights that ships."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.tariffs.learning import MODELS, learn, score, weights
from broadsheet.extraction.tariffs.train import START, learn_all, read_corpus, write_weights
from broadsheet.reference import table

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = [
    ("{0} imposed tariffs on {1} goods.", "tariffs on {1} goods", "impose"),
    ("{0} lowered its duties on {1} goods.", "duties on {1} goods", "lower"),
]
COUNTRIES = [("Norway", "NOR", "Danish", "DNK"), ("Chile", "CHL", "Peruvian", "PER"), ("Japan", "JPN", "Korean", "KOR")]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of short annotated articles."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "texts").mkdir()
    (folder / "gold").mkdir()
    lines = []
    for number in range(12):
        name, imposer, adjective, target = COUNTRIES[number % 3]
        pattern, evidence, action = SENTENCES[number % 2]
        (folder / "texts" / f"a{number}.txt").write_text(pattern.format(name, adjective) + f" Case {number}.\n")
        row = {
            "imposer": imposer, "target": target, "product": None, "measure": "tariff", "action": action, "rate": None,
            "status": "in_force", "evidence": evidence.format(name, adjective), "nth": 1,
        }  # fmt: skip
        (folder / "gold" / f"a{number}.json").write_text(json.dumps({"tariffs": [row]}))
        split = "train" if number else "dev"
        lines.append({"name": f"a{number}", "split": split, "published_on": "2025-06-16", "publisher": "Post"})
    (folder / "catalogue.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


def test_the_same_articles_give_the_same_weights(corpus: Path, tmp_path: Path) -> None:
    """Only the articles of the split are read; every model learns; two runs write the same table."""
    tables = []
    for run in ("one.csv", "two.csv"):
        articles = list(read_corpus(corpus, "train"))
        assert len(articles) == 11
        learned, _ = learn_all(articles)
        assert set(learned) == set(START)
        write_weights(learned, tmp_path / run)
        tables.append((tmp_path / run).read_bytes())
    assert tables[0] == tables[1]
    assert MODELS.known is None
    assert MODELS.listener is None


def test_a_choice_learns_what_right_options_have_in_common() -> None:
    """A conditional logit ranks the option with the telling feature first; a rare feature gets no weight."""
    examples = [[(["near"], True), (["far"], False)] for _ in range(8)] + [[(["far", "rare"], True), (["far"], False)]]
    known = learn(examples, choice=True)
    assert score(known, ["near"]) > score(known, ["far"])
    assert "rare" not in known


def test_a_judgement_learns_from_both_answers() -> None:
    """A logistic regression gives wrong things a negative score."""
    examples = [[(["goods"], True)] for _ in range(9)] + [[(["week"], False)] for _ in range(9)]
    known = learn(examples, choice=False)
    assert score(known, ["goods"]) > 0 > score(known, ["week"])


def test_the_table_of_weights_has_every_model() -> None:
    """Weights are sorted, rounded to two decimals and finite."""
    keys = [(row["model"], row["feature"]) for row in table("tariff_weights")]
    assert keys == sorted(keys)
    assert {model for model, _ in keys} == set(START)
    for model in START:
        assert all(value == round(value, 2) and abs(value) < 20 for value in weights(model).values())
