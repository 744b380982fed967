"""Learning the weights of the models of figures, and the table of weights that ships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.figures.scorer import KINDS, Scorer
from broadsheet.extraction.figures.train import learn, read_choices, write_weights
from broadsheet.reference import table

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.extraction.figures.train import Gold

STATES = ("Peru", "Chile", "Kenya", "Japan", "Malta", "Norway")


def sentences() -> list[Gold]:
    """Sentences in which a state lends another one a sum, and sentences about votes."""
    out: list[Gold] = []
    for one, other in zip(STATES, STATES[1:] + STATES[:1], strict=True):
        actors = [{"name": name, "kind": "country", "aliases": [name]} for name in (one, other)]
        loan = {"amount": 3, "unit": "USD", "kind": "loan", "text": "$3", "payer": one, "payee": other}
        out.append({"text": f"{one} lent {other} $3 on Monday.", "actors": actors, "figures": [loan]})
        out.append({"text": f"In {one} he won 53 percent of the vote.", "actors": actors, "figures": []})
    return out


def test_learned_models_tell_what_they_were_shown(tmp_path: Path) -> None:
    """Trained on few sentences, the models tell loans from votes, and the same sentences give the same file."""
    examples = [read_choices(gold["text"], gold) for gold in sentences()]
    weights = learn(examples)
    scorer = Scorer(weights)
    for example in examples:
        [row] = example.row
        assert (scorer.total("row", row.features[0]) >= 0) == (row.right[0] == 1)
        for choice in example.party:
            scores = [scorer.total("party", set(names)) for names in choice.features]
            assert choice.right[scores.index(max(scores))] == 1
    write_weights(weights, tmp_path / "one.csv")
    write_weights(learn(examples), tmp_path / "other.csv")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes()


def test_weights_that_ship_are_of_known_kinds() -> None:
    """Each weight is of a model, and of a kind where the model has several."""
    models = {row["model"] for row in table("figure_weights")}
    assert models == {"row", "kind", "cue", "party"}
    told = [row["weights"] for row in table("figure_weights") if row["model"] == "kind"]
    labels = {entry.partition("=")[0] for weights in told for entry in weights.split()}
    assert labels == set(KINDS)
