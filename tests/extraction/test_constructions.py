"""Every table on 534 passages with the wordings that reporters use most, written from the data model alone.

No model learns from them. Each is built by itself and scored as ``broadsheet evaluate`` scores articles.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from broadsheet.analysis.pipeline import DEFAULT_MODEL
from broadsheet.quality.evaluation import Evaluation, evaluate, read_gold
from broadsheet.quality.evaluation.render import to_json
from broadsheet.quality.valid_rows import extract_articles
from broadsheet.reading import read

CASES = Path(__file__).parents[1] / "gold" / "cases"
LEAST: dict[str, dict[str, float]] = {
    "actors": {"actors": 0.94, "actors.kind": 0.96, "actors.country": 0.91},
    "roles": {"roles": 0.93, "roles.organization": 0.84, "roles.tenure": 0.96, "actors.country": 0.82},
    "quotes": {"quotes": 0.97, "quotes+speaker": 0.9, "quotes.kind": 0.98, "quotes.cue": 0.97},
    "participants": {"events": 0.75, "events.strict": 0.49, "events.dyads": 0.47, "events.status": 0.95},
    "event-dates": {"events": 0.8, "events.strict": 0.62, "events.date": 0.84, "events.status": 0.97},
    "figures": {"figures": 0.95, "figures.kind": 0.82, "figures.parties": 0.53, "figures.date": 0.8},
    "measures": {"tariffs": 0.74, "tariffs.strict": 0.65, "tariffs.status": 0.84, "tariffs.effective": 0.82},
}
"""The least F1 of rows (``.strict``, ``.dyads`` and ``+speaker`` included) or share of right cells, by file."""


def _scored(area: str, folder: Path) -> dict[str, float]:
    """The scores of a file of passages, each built by itself."""
    evaluation = Evaluation()
    for number, line in enumerate((CASES / f"{area}.jsonl").read_text(encoding="utf-8").splitlines(), 1):
        case = json.loads(line)
        article = read(case.pop("text"), published_on=date.fromisoformat(case.pop("published_on")))
        file = folder / f"{area}-{number}.json"
        about = {"name": file.stem, "text_sha256": article.text_sha256}
        file.write_text(json.dumps({"article": about, **case}), encoding="utf-8")
        tables = extract_articles([article], DEFAULT_MODEL)
        evaluation.join(evaluate([read_gold(file)], tables, texts={article.article_id: article.text}))
    measures = to_json(evaluation)["articles"]["measures"]
    return {name: cell.get("f1", cell.get("share")) for name, cell in measures.items()}


@pytest.mark.parametrize("area", LEAST)
def test_most_rows_and_cells_are_right(area: str, tmp_path: Path) -> None:
    """Each measure of a file is at least as stated."""
    found = _scored(area, tmp_path)
    assert {name: found[name] for name, least in LEAST[area].items() if found[name] < least} == {}


@pytest.mark.parametrize("area", LEAST)
def test_printed_words_are_in_the_passage(area: str) -> None:
    """The words that the rows of a passage print stand in it, so that the gold cannot drift from the texts."""
    for number, line in enumerate((CASES / f"{area}.jsonl").read_text(encoding="utf-8").splitlines(), 1):
        case = json.loads(line)
        words = [form for actor in case["actors"] for form in actor["aliases"]]
        words += [
            row[key]
            for key in ("trigger", "text")
            for table in ("events", "quotes", "figures")
            for row in case.get(table, [])
            if key in row
        ]
        assert [word for word in words if word not in case["text"]] == [], f"{area}.jsonl, line {number}"
