"""Learns the weights of the models of figures from annotated articles.

    python -m broadsheet.extraction.figures.train CORPUS --also tests/gold/{first,second,sentences} --out WEIGHTS

WEIGHTS is ``src/broadsheet/reference/figure_weights.csv``. CORPUS has ``catalogue.jsonl``, ``texts/NAME.txt`` and
``gold/NAME.json``; the articles of the split ``train`` are learned from. Folders given with ``--also`` have the gold of
more articles beside their texts, and of single sentences in files of JSON lines. The same articles give the same file:
nothing is drawn by chance, and weights are rounded to hundredths.

Each model is a conditional logit with a Gaussian prior: between a row and none, between the kinds, and between the
pairs of payer and payee. Where the gold has further right values, each of them counts as right.
"""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.extraction.figures.features import FeatureReader
from broadsheet.extraction.figures.linking import (
    PAID_KINDS,
    PAYEE,
    PAYER,
    CandidateReader,
    pair_features,
    pairs,
    pattern,
    patterns,
)
from broadsheet.extraction.figures.scorer import KINDS, RATES, SUMS
from broadsheet.extraction.figures.sightings import sightings
from broadsheet.extraction.learning import Choice, learn_choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.features import Features
    from broadsheet.extraction.figures.linking import Parties
    from broadsheet.extraction.figures.scorer import Weights
    from broadsheet.extraction.figures.sightings import AmountMention
    from broadsheet.tables.rows import TariffRow

Gold = dict[str, Any]
"""A row of the gold, as in its file."""

SPLIT = "train"
MIN_COUNT = 2
MIN_COUNT_KIND = 3
PRIOR = 1.0
PRIOR_TIED = 0.3
"""Cue features are few and count for every kind, so their prior is weaker."""
PARTY_WEIGHT = 2.5
"""Weight of a sum that has a payer or payee: more than half have neither."""
FURTHER = 0.4
"""Weight of a further correct value relative to the first one."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of an article for each model."""

    row: list[Choice]
    kind: list[Choice]
    party: list[Choice]


def options(gold: Gold, name: str) -> list[Any]:
    """The correct values of a field: the gold's, then the further ones."""
    further = gold.get(f"{name}_alt", [])
    return [gold.get(name), *(further if isinstance(further, list) else [further])]


def choices_of(document: Document, cast: EntityIndex, tariffs: Sequence[TariffRow], gold: Gold) -> Choices:
    """The training choices of an annotated article."""
    out = Choices([], [], [])
    amounts = sightings(document)
    rows = gold.get("figures")
    if rows is None:
        return out
    reader, candidates = FeatureReader(document, cast, tariffs, amounts), CandidateReader(document, cast)
    names = named(cast, gold["actors"])
    keys = {name: key for key, name in names.items()}
    known: dict[str, Parties] = {}
    last: tuple[int, str] | None = None
    for index, (row, is_first) in enumerate(matched(document.text, amounts, rows)):
        mention = amounts[index]
        features = reader.read(index, last)
        again = row is not None and not is_first
        unasked = not gold.get("complete", True) if row is None else row.get("optional")
        if not unasked and not (again and not mention.amount.is_money):
            out.row.append(Choice((list(features.plain), []), (float(row is not None), float(row is None))))
        if row is None:
            continue
        kinds = options(row, "kind")
        last = index, kinds[0]
        out.kind.append(kind_choice(features, kinds, is_money=mention.amount.is_money))
        if is_first and PAYER in row and kinds[0] in PAID_KINDS and mention.amount.is_money:
            out.party.append(party_choice(candidates, mention, features, row, names, known))
            if row[PAYER] or row[PAYEE]:
                known[kinds[0]] = (keys.get(row[PAYER] or ""), keys.get(row[PAYEE] or ""))
    return out


def matched(text: str, amounts: Sequence[AmountMention], rows: Sequence[Gold]) -> Iterator[tuple[Gold | None, bool]]:
    """The gold's row of each amount, and whether this is the gold's own mention rather than a repetition."""
    places = [_place(text, row) for row in rows]
    taken: set[int] = set()
    found: list[tuple[Gold | None, bool]] = []
    for mention in amounts:
        span = mention.amount.span
        same = [n for n, row in enumerate(rows) if _is_same(row, mention)]
        ends = {n: places[n] + len(rows[n]["text"]) for n in same}
        here = [n for n in same if n not in taken and span.start < ends[n] and places[n] < span.end]
        taken.update(here[:1])
        found.append((rows[here[0]], True) if here else (None, False))
    for mention, (row, is_first) in zip(amounts, found, strict=True):
        same = [n for n, other in enumerate(rows) if row is None and _is_same(other, mention)]
        free = [n for n in same if n not in taken]
        taken.update(free[:1])
        if free:
            yield rows[free[0]], True
        elif len({rows[n]["kind"] for n in same}) == 1:
            yield rows[same[0]], False
        else:
            yield row, is_first


def _place(text: str, row: Gold) -> int:
    place = -1
    for _ in range(row.get("nth") or 1):
        place = text.find(row["text"], place + 1)
    return place


def _is_same(row: Gold, mention: AmountMention) -> bool:
    amount = mention.amount
    values = {abs(float(v)) for v in (amount.amount, amount.amount_high) if v is not None}
    said = {abs(float(v)) for v in options(row, "amount") if v is not None}
    return amount.unit in options(row, "unit") and any(abs(a - b) <= 1e-6 * max(1.0, b) for a in values for b in said)


def named(cast: EntityIndex, actors: Iterable[Gold]) -> dict[str, str]:
    """The actors of the cast to their names in the gold."""
    forms = {_plain(form): actor["name"] for actor in actors for form in (actor["name"], *actor.get("aliases", []))}
    states = {a["country"]: a["name"] for a in actors if a["kind"] == "country" and a.get("country")}
    out: dict[str, str] = {}
    for key, row in cast.actors.items():
        name = forms.get(_plain(row.name)) or (states.get(row.country_code or "") if row.kind == "country" else None)
        out[key] = name or f"?{key}"
    return out


def _plain(name: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in name.casefold().removeprefix("the ")).split())


def kind_choice(features: Features, right: Sequence[str | None], *, is_money: bool) -> Choice:
    """The choice between the kinds that an amount with such a unit can have."""
    kinds = [kind for kind in KINDS if kind not in (RATES if is_money else SUMS)]
    tied: dict[str, list[str]] = {}
    for name, kind in sorted({(name, kind) for name, kind, _ in features.cues}):
        tied.setdefault(kind, []).append(f"~{name}")
    alternatives = [[*(f"{kind} {name}" for name in features.plain), *tied.get(kind, [])] for kind in kinds]
    return Choice(alternatives, [_worth(kind, right) for kind in kinds])


def party_choice(
    reader: CandidateReader,
    mention: AmountMention,
    features: Features,
    row: Gold,
    names: Mapping[str, str],
    known: Mapping[str, Parties],
) -> Choice:
    """The choice between the pairs of payer and payee."""
    kind = row["kind"]
    found = reader.candidates(mention, kind, known)
    shapes = patterns(found, features, kind)
    payers, payees = options(row, PAYER), options(row, PAYEE)
    alternatives, right = [], []
    for one, other in pairs(found):
        payer, payee = found[one], found[other]
        together = (*pair_features(payer, payee, kind), *shapes[pattern(payer, payee)])
        alternatives.append([*payer.features[PAYER], *payee.features[PAYEE], *together])
        told = [names[c.actor_id] if c.actor_id is not None else None for c in (payer, payee)]
        right.append(_worth(told[0], payers) * _worth(told[1], payees))
    return Choice(alternatives, right, PARTY_WEIGHT if row[PAYER] or row[PAYEE] else 1.0)


def _worth(value: str | None, right: Sequence[str | None]) -> float:
    if value not in right:
        return 0.0
    return 1.0 if value == right[0] else FURTHER


def prior_of(feature: str) -> float:
    """The prior of a feature."""
    return PRIOR_TIED if feature.startswith("~") else PRIOR


def learn(articles: Sequence[Choices]) -> Weights:
    """The weights of all models."""
    out: Weights = {"row": {}, "kind": {}, "cue": {}, "party": {}}
    for name, weight in learn_choices([c for a in articles for c in a.row], MIN_COUNT, prior_of).items():
        out["row"][name] = {"": weight}
    for name, weight in learn_choices([c for a in articles for c in a.kind], MIN_COUNT_KIND, prior_of).items():
        if name.startswith("~"):
            out["cue"][name[1:]] = {"": weight}
        else:
            kind, _, feature = name.partition(" ")
            out["kind"].setdefault(feature, {})[kind] = weight
    for name, weight in learn_choices([c for a in articles for c in a.party], MIN_COUNT, prior_of).items():
        out["party"][name] = {"": weight}
    return out


def write_weights(weights: Weights, path: Path) -> None:
    """Writes the weights as a reference table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "feature", "weights"])
        for model in sorted(weights):
            for name, labels in sorted(weights[model].items()):
                writer.writerow([model, name, " ".join(f"{label}={labels[label]}" for label in sorted(labels))])


def read_corpus(corpus: Path, also: Iterable[Path]) -> Iterator[Choices]:
    """The training choices of each annotated article."""
    lines = (corpus / "catalogue.jsonl").read_text(encoding="utf-8").splitlines()
    for entry in sorted((e for e in map(json.loads, lines) if e["split"] == SPLIT), key=lambda e: str(e["name"])):
        told = {"published_on": entry["published_on"], "publisher": entry["publisher"]}
        gold = json.loads((corpus / "gold" / f"{entry['name']}.json").read_text(encoding="utf-8"))
        yield read_choices(corpus / "texts" / f"{entry['name']}.txt", gold, **told)
    for folder in also:
        for path in sorted(folder.glob("*.json")):
            yield read_choices(path.with_suffix(".txt"), json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.jsonl")):
            for sentence in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
                yield read_choices(sentence["text"], sentence)


def read_choices(
    text: Path | str, gold: Gold, *, published_on: str | None = None, publisher: str | None = None
) -> Choices:
    """The training choices of one annotated article or sentence."""
    from broadsheet.analysis.pipeline import analyse
    from broadsheet.extraction.actors import find_actors
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.extraction.tariffs import find_tariffs
    from broadsheet.reading import read

    document = analyse(read(text, published_on=published_on, publisher=publisher))
    cast = find_actors(document).entities
    tariffs = [found.row for found in find_tariffs(document, cast, Meaning(document, cast))]
    return choices_of(document, cast, tariffs, gold)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--also", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    write_weights(learn(list(read_corpus(arguments.corpus, arguments.also))), arguments.out)


if __name__ == "__main__":
    main()
