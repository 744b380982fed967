"""Scores a second reading against the first: `python3 dev.py run python tools/agreement.py TEXTS [GOLD SECOND]`.

GOLD and SECOND are folders of gold in offsets (`gold` and `gold/second`), TEXTS the folder of the canonical texts. The
required rows of the second reading are scored as the tables of a build are; what two people agree on is what a program
can be expected to reach. Prints each measure with its 95 % interval over articles.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.quality.evaluation import evaluate, read_gold
from broadsheet.quality.evaluation.measure import occurrence
from broadsheet.quality.evaluation.render import render
from broadsheet.quality.evaluation.texts import find_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.quality.evaluation import Gold

    Row = dict[str, Any]

SECTIONS = ("actors", "roles", "quotes", "events", "tariffs", "figures")


class Rows(list["Row"]):
    """The rows of a table."""

    def to_pylist(self) -> list[Row]:
        """The rows, as from an Arrow table."""
        return list(self)


class Reading:
    """A reading in the columns of the data model, limited to the scored ones."""

    def __init__(self, gold: Sequence[Gold], texts: Mapping[str, str]) -> None:
        self._tables: dict[str, Rows] = {}
        for case in (case for one in gold for case in one.cases):
            self._add(case, texts[case["article"]["title"]])

    def arrow(self, table: str) -> Rows:
        """A table."""
        return self._tables.setdefault(table, Rows())

    def _add(self, case: Mapping[str, Any], text: str) -> None:
        digest, title = case["article"]["text_sha256"], case["article"]["title"]
        article = {"article_id": digest}
        ids = {actor["name"]: f"{digest}/{actor['name']}" for actor in case["actors"]}
        required = {name: [row for row in case[name] if not row.get("optional")] for name in SECTIONS}
        self.arrow("articles").append({**article, "text_sha256": digest, "title": title, "url": None})
        self.arrow("mentions").extend({**article, "actor_id": ids[row["name"]]} for row in required["actors"])
        for row in required["actors"]:
            self.arrow("actors").append(
                {"actor_id": ids[row["name"]], "name": row["name"], "kind": row["kind"], "country_code": row["country"]}
            )
        for row in required["roles"]:
            links = {"actor_id": ids[row["actor"]], "organization_id": ids.get(row["organization"])}
            self.arrow("actor_roles").append({**row, **article, **links, "country_code": row["country"]})
        self.arrow("quotes").extend({**article, **quote} for quote in _quotes(required["quotes"], ids))
        for number, row in enumerate(required["events"]):
            key = {**article, "event_id": f"{digest}/{number}"}
            more = {"date_precision": row["precision"], "country_code": row["country"]}
            self.arrow("events").append({**row, **key, **more})
            for role, names in (("actor", row["actors"]), ("recipient", row["recipients"])):
                self.arrow("event_participants").extend({**key, "actor_id": ids[name], "role": role} for name in names)
        self.arrow("tariffs").extend({**article, **_tariff(row, ids, text)} for row in required["tariffs"])
        for row in required["figures"]:
            links = {"payer_id": ids.get(row["payer"]), "payee_id": ids.get(row["payee"])}
            self.arrow("financial_figures").append(
                {**row, **article, **links, "amount_high": row["high"], "amount_text": row["text"]}
            )


def _quotes(rows: list[Row], ids: Mapping[str, str]) -> Iterator[Row]:
    utterance = 0
    for row in rows:
        utterance += not row.get("same_utterance_as_previous")
        links = {"speaker_id": ids.get(row["speaker"]), "addressee_id": ids.get(row.get("addressee"))}
        yield {**row, **links, "utterance_id": str(utterance)}


def _tariff(row: Row, ids: Mapping[str, str], text: str) -> Row:
    start = occurrence(text, row["evidence"], row["nth"]) or 0
    renamed = {
        "char_start": start,
        "char_end": start + len(row["evidence"]),
        "imposer_code": row["imposer"],
        "target_code": row["target"],
        "rate_text": row["rate"],
        "rate_percent": row["rate"],
        "rate_before_percent": row.get("rate_before"),
        "rate_is_additional": row.get("additional", False),
        "rate_approximation": row.get("rate_approximation"),
        "effective_on": row.get("effective_on"),
        "applies_to_id": ids.get(row.get("applies_to")),
    }
    return {**row, **renamed}


def main() -> int:
    """Command line."""
    parser = ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path, nargs="?", default=Path("gold"))
    parser.add_argument("second", type=Path, nargs="?", default=Path("gold/second"))
    arguments = parser.parse_args()
    files = sorted(arguments.texts.glob("*.txt"))
    second = find_texts([read_gold(path) for path in sorted(arguments.second.glob("*.jsonl"))], files)
    read_twice = {case["article"]["name"] for gold in second.golds for case in gold.cases}
    first = find_texts([read_gold(arguments.gold / gold.path.name) for gold in second.golds], files)
    golds = [
        type(gold)(gold.path, gold.form, tuple(case for case in gold.cases if case["article"]["name"] in read_twice))
        for gold in first.golds
    ]
    texts = {article.text.split("\n", 1)[0]: article.text for article in second.articles}
    print(render(evaluate(golds, Reading(second.golds, texts)), intervals=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
