"""Learns the weights of ``reference/tariff_weights.csv`` from annotated articles.

    python -m broadsheet.extraction.tariffs.train CORPUS --out src/broadsheet/reference/tariff_weights.csv

CORPUS is a folder with ``catalogue.jsonl`` (a line an article: ``name``, ``split``, ``published_on``,
``publisher``), ``texts/NAME.txt`` and ``gold/NAME.json``, whose ``tariffs`` have the columns of the table and
``evidence``, the words of the clause. Only the articles of one split are read. The same corpus gives the same file.

What a model sees depends on what others decided before it, so each pass over the articles is made with models that have
not learned from the article at hand.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.analysis.pipeline import analyse
from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.tariffs import find_tariffs
from broadsheet.extraction.tariffs.drafts import product_key
from broadsheet.extraction.tariffs.learning import CHOICES, MODELS, PRIOR, PRIORS, learn
from broadsheet.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.tariffs.drafts import Draft
    from broadsheet.extraction.tariffs.learning import Decision, Example

    Weights = Mapping[str, Mapping[str, float]]
    Gold = dict[str, Any]
    Examples = dict[str, list[Example]]

FOLDS = 5
SHARED_WORDS = 0.3
_ACTIONS = ("impose", "raise", "lower", "remove", "suspend", "maintain", "threaten")
_STATUSES = ("in_force", "announced", "ended", "unknown", "threatened")
START: Weights = {
    "imposer": {"named": 4.0, "unnamed: rank=0": 1.0, "none: rank=0": 1.0},
    "target": {"bias": -1.0, "told": 2.0},
    "product": {"bias": 1.0},
    "row": {"bias": 1.0},
    "effective": {"date": 1.0},
    "status": {f"{status} rule={action} {status}": 1.0 for action in _ACTIONS for status in _STATUSES},
}
"""Weights of the first pass, which has nothing to go by: what the clause names is right, and every clause is a row."""


class Article:
    """An analysed article with its annotated measures and the characters of their clauses."""

    def __init__(self, document: Document, cast: EntityIndex, golds: Sequence[Gold]) -> None:
        self.document = document
        self.cast = cast
        self.golds = [(gold, *_clause(document.text, gold)) for gold in golds]

    def decisions(self, weights: Weights) -> list[Decision]:
        """What the models decide about the article."""
        out: list[Decision] = []
        MODELS.known, MODELS.listener = weights, out.append
        try:
            find_tariffs(self.document, self.cast)
        finally:
            MODELS.known = MODELS.listener = None
        return out

    def told_at(self, place: int) -> list[Gold]:
        """The annotated measures whose clause covers a token."""
        start = self.document.tokens[place].start
        return [gold for gold, first, last in self.golds if first <= start < last]

    def paired(self, drafts: Sequence[Draft]) -> dict[int, Gold]:
        """Of each draft that is a measure of the annotators: which; none of theirs has two."""
        out: dict[int, Gold] = {}
        for gold, first, last in self.golds:
            ranked = []
            for k, draft in enumerate(drafts):
                if k in out or not _same_measure(gold, draft):
                    continue
                start = self.document.tokens[draft.telling.place].start
                rate = None if draft.rate.percent is None else float(draft.rate.percent)
                same = draft.action in options(gold, "action"), gold.get("rate") == rate
                ranked.append((first <= start < last, *same, -k))
            if ranked:
                out[-max(ranked)[-1]] = gold
        return out


def options(gold: Gold, field: str) -> list[Any]:
    """The right values of a field, the annotator's first choice first."""
    more = gold.get(f"{field}_alt", [])
    return [gold.get(field), *(more if isinstance(more, list) else [more])]


def _clause(text: str, gold: Gold) -> tuple[int, int]:
    start = -1
    for _ in range(gold.get("nth", 1)):
        start = text.find(gold["evidence"], start + 1)
    return start, start + len(gold["evidence"]) if start >= 0 else -1


def _same_goods(one: str | None, other: str | None) -> bool:
    a, b = product_key(one), product_key(other)
    return a == b or (bool(a and b) and len(a & b) / len(a | b) >= SHARED_WORDS)


def _same_measure(gold: Gold, draft: Draft) -> bool:
    goods = any(_same_goods(product, draft.product) for product in options(gold, "product"))
    return goods and draft.imposer in options(gold, "imposer") and draft.target in options(gold, "target")


def examples_of(article: Article, weights: Weights) -> Examples:
    """What the models can learn from an article, by model."""
    out: Examples = defaultdict(list)
    rows: list[Decision] = []
    settled: dict[str, list[Decision]] = defaultdict(list)
    for decision in article.decisions(weights):
        if decision.model == "row":
            rows.append(decision)
        elif decision.model in ("status", "effective"):
            settled[decision.model].append(decision)
        elif (right := _of_clause(article, decision)) is not None:
            out[decision.model].append(list(zip(decision.features, right, strict=True)))
    paired = article.paired([d.draft for d in rows])
    for k, decision in enumerate(rows):
        if not paired.get(k, {}).get("optional"):
            out["row"].append([(decision.features[0], k in paired)])
    for model, decisions in settled.items():
        for k, gold in article.paired([d.draft for d in decisions]).items():
            right = [_settles(gold, model, option) for option in decisions[k].options]
            out[model].append(list(zip(decisions[k].features, right, strict=True)))
    return out


def _of_clause(article: Article, decision: Decision) -> list[bool] | None:
    """Which options are right of a decision about a clause; None where the annotators say nothing of it."""
    golds = article.told_at(decision.telling.place)
    if not golds:
        return None
    product = decision.item.product if decision.item is not None else None
    same = [g for g in golds if any(_same_goods(p, product) for p in options(g, "product"))]
    if decision.model == "product":
        return [True] if same else [False] if any(g["product"] is None for g in golds) else None
    if decision.model == "imposer":
        codes = {code for g in golds for code in options(g, "imposer")}
    else:
        codes = {g["target"] for g in same or golds}
    return [code in codes for code in decision.options]


def _settles(gold: Gold, model: str, option: Any) -> bool:
    if model == "status":
        return option[1] in options(gold, "status")
    name = "effective" if "effective" in gold else "effective_on"
    return (None if option is None else option.value.isoformat()) in options(gold, name)


def learn_all(articles: Sequence[Article]) -> tuple[Weights, list[Weights]]:
    """The weights of all models; and of each fold, for cross-validation, those not learned from its articles."""
    weights: list[dict[str, Mapping[str, float]]] = [dict(START) for _ in range(FOLDS)]
    passes = (("imposer", "target", "product", "row"), ("imposer", "target", "product", "row"), tuple(START))
    learned: dict[str, Mapping[str, float]] = {}
    for models in passes:
        seen = [examples_of(article, weights[k % FOLDS]) for k, article in enumerate(articles)]
        learned = {model: _learn(model, seen) for model in models}
        for fold in range(FOLDS):
            others = [examples for k, examples in enumerate(seen) if k % FOLDS != fold]
            weights[fold] |= {model: _learn(model, others) for model in models}
    return learned, list(weights)


def _learn(model: str, seen: Sequence[Examples]) -> dict[str, float]:
    groups = [group for examples in seen for group in examples[model]]
    return learn(groups, choice=model in CHOICES, prior=PRIORS.get(model, PRIOR))


def read_corpus(folder: Path, split: str) -> Iterator[Article]:
    """The annotated articles of a split, in the order of the catalogue."""
    for line in (folder / "catalogue.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        path = folder / "gold" / f"{entry['name']}.json"
        if entry["split"] != split or not path.is_file():
            continue
        golds = json.loads(path.read_text(encoding="utf-8")).get("tariffs")
        if golds is not None:
            text = (folder / "texts" / f"{entry['name']}.txt").read_text(encoding="utf-8")
            document = analyse(read(text, published_on=entry["published_on"], publisher=entry["publisher"]))
            yield Article(document, find_actors(document).entities, golds)


def write_weights(weights: Weights, path: Path) -> None:
    """Writes the weights as a reference table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "feature", "weight"])
        for model in sorted(weights):
            writer.writerows([model, name, f"{weights[model][name]:.2f}"] for name in sorted(weights[model]))


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="folder of annotated articles")
    parser.add_argument("--split", default="train", help="split to learn from")
    parser.add_argument("--out", type=Path, required=True, help="table to write")
    given = parser.parse_args(arguments)
    write_weights(learn_all(list(read_corpus(given.corpus, given.split)))[0], given.out)


if __name__ == "__main__":
    main()
