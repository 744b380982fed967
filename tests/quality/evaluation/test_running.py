"""Extraction and scoring together, and what a reader and a program get to see."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from broadsheet import Tables
from broadsheet.base.errors import InputError
from broadsheet.quality.evaluation import Count, Evaluation, Fault, Scores, evaluate, read_gold
from broadsheet.quality.evaluation.pairing import pair, plain, shared, words
from broadsheet.quality.evaluation.render import render, to_json

if TYPE_CHECKING:
    from pathlib import Path

    from quality.evaluation.world import World

SPOKEN = "Mayor Dana Ruiz spoke on Friday. “We will keep the harbor open,” Ruiz said.\n"


def write(path: Path, *cases: object) -> Path:
    """A file of JSON Lines."""
    path.write_text("".join(f"{json.dumps(case)}\n" for case in cases), encoding="utf-8")
    return path


def test_texts_of_gold_are_extracted_as_they_stand(tmp_path: Path) -> None:
    """Quotes, events and figures bring their texts; their scores are kept apart by file."""
    start, who = SPOKEN.index("We will"), SPOKEN.index("Ruiz said")
    quotes = {
        "doc_id": "a",
        "text": SPOKEN,
        "published_on": "2024-05-04",
        "quotes": [
            {"start": start, "end": start + 29, "kind": "direct", "source": [[who, who + 4]], "source_text": "Ruiz"}
        ],
    }
    events = {
        "id": "a",
        "text": "The government of Norway accused Chile of spying on its fishing fleet.",
        "date": None,
        "gold": [{"type": "ACCUSE", "actor_country": "NOR", "recipient_country": "CHL"}],
    }
    text = "The yard paid $3 million on May 2, 2021."
    figures = {
        "id": "a",
        "source": "ours",
        "text": text,
        "reference_date": None,
        "kinds": ["money", "date"],
        "gold": [
            {"start": 14, "end": 24, "text": "$3 million", "kind": "money", "value": 3000000, "currency": "USD"},
            {
                "start": 28,
                "end": 39,
                "text": "May 2, 2021",
                "kind": "date",
                "date_start": "2021-05-02",
                "date_end": "2021-05-02",
            },
        ],
    }
    seen: list[tuple[int, int]] = []
    golds = [
        read_gold(write(tmp_path / "said.jsonl", quotes)),
        read_gold(write(tmp_path / "acts.jsonl", events)),
        read_gold(write(tmp_path / "sums.jsonl", figures, figures)),
    ]
    outcome = evaluate(golds, progress=lambda done, total: seen.append((done, total)))
    assert outcome.cases == {"quotes/said": 1, "events/acts": 1, "figures/sums": 2}
    assert outcome.scores["quotes/said"].counts["quotes.joint.strict"] == Count(1, 1, 1)
    assert outcome.scores["events/acts"].counts["events.joint"] == Count(1, 1, 1)
    assert outcome.scores["figures/sums"].counts["ours/date"] == Count(2, 2, 2)
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_whole_articles_need_tables(tmp_path: Path, world: World) -> None:
    """Gold of a whole article does not hold its text."""
    gold = read_gold(write(tmp_path / "peat.jsonl", world.gold))
    with pytest.raises(InputError, match="is gold of a whole article; name the package or the folder of articles"):
        evaluate([gold])


def test_whole_articles_are_counted_together(tmp_path: Path, world: World) -> None:
    """Several files, one sum; each fault keeps the name of its file."""
    tables = Tables.from_rows(world.rows)
    world.gold["quotes"][0]["cue"] = "say"
    golds = [read_gold(write(tmp_path / f"{name}.jsonl", world.gold)) for name in ("one", "two")]
    outcome = evaluate(golds, tables)
    assert outcome.cases == {"articles": 2}
    assert outcome.scores["articles"].counts["quotes"] == Count(4, 4, 4)
    assert [fault.where for fault in outcome.scores["articles"].faults] == ["one", "two"]


def scored() -> Evaluation:
    """A measure of rows, one of a field, and faults of all kinds."""
    scores = Scores.empty()
    scores.add("quotes", Count(1, 2, 2))
    scores.add("tariffs", Count(0, 0, 0))
    scores.add_field("quotes.kind", right=False)
    scores.faults += [
        Fault("quotes", "missed", "port", "“No”", {"text": "No", "speaker": None}, None, "said [[No]] twice"),
        Fault("quotes", "spurious", "port", "Yes", None, {"kind": "partial"}),
        Fault("quotes.kind", "wrong", "port", "Aye", "direct", "partial"),
    ]
    outcome = Evaluation()
    outcome.add("articles", scores)
    return outcome


def test_figures_for_people() -> None:
    """Table by table: rows have precision, recall and F1, fields a share; nothing asked is no zero."""
    assert render(scored()).split("\n") == [
        "articles: 1 case",
        "                                  P      R     F1",
        "  quotes                      0.500  0.500  0.500   1 right, 2 given, 2 asked",
        "  quotes.kind                               0.000   0 of 1",
        "  tariffs                         -      -      -   0 right, 0 given, 0 asked",
    ]


def test_faults_for_people() -> None:
    """As many of each measure as are wanted, with what the gold and the tables say."""
    assert render(scored(), 1).split("\n")[5:] == [
        "    quotes, port, missed: “No”",
        "      gold text: No",
        "      said [[No]] twice",
        "    quotes.kind, port, wrong: Aye",
        "      gold direct, given partial",
    ]


def test_json_has_all_of_it() -> None:
    """Every measure and every fault, with null for what there is not."""
    told = json.loads(json.dumps(to_json(scored())))["articles"]
    assert told["cases"] == 1
    assert told["measures"]["quotes"] == {
        "of": "row",
        "right": 1,
        "given": 2,
        "asked": 2,
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "f1_interval": None,
    }
    assert told["measures"]["quotes.kind"]["of"] == "field"
    assert told["measures"]["tariffs"]["f1"] is None
    assert [fault["kind"] for fault in told["faults"]] == ["missed", "spurious", "wrong"]
    assert told["faults"][1]["given"] == {"kind": "partial"}


def test_pairs_have_the_greatest_likeness_together() -> None:
    """Taking the best partner first would leave one row without any."""
    likeness = {("a", "x"): 0.9, ("a", "y"): 0.8, ("b", "x"): 0.7}
    pairs = pair([{"n": "a"}, {"n": "b"}], ["x", "y"], lambda g, p: likeness.get((g["n"], p), 0.0))
    assert dict(pairs.links) == {0: 1, 1: 0}


def test_required_rows_come_before_optional_ones() -> None:
    """Of two rows that fit equally, the one that is asked for is found."""
    pairs = pair([{"n": "a", "optional": True}, {"n": "b"}], ["x"], lambda g, p: 1.0)
    assert [gold["n"] for gold, _ in pairs.matched] == ["b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Duties’ Office", ["duty", "office"]),
        ("boxes, glasses and ships", ["box", "glass", "and", "ship"]),
        ("China's imports", ["china", "import"]),
        (None, []),
    ],
    ids=["article and possessive", "plurals", "genitive", "nothing"],
)
def test_words_for_comparison(text: str | None, expected: list[str]) -> None:
    """Lower case, without article, possessive and punctuation, plurals made singular."""
    assert words(text) == expected


def test_names_and_shares() -> None:
    """Equal names but for form; shared words over all words."""
    assert plain("The World  Bank") == plain("WORLD BANK,")
    assert shared(["a", "b", "b"], ["b", "c"]) == pytest.approx(1 / 4)
    assert shared([], ["a"]) == 0.0
