"""What the models of the encoder learn from an annotated article, as tensors of places, numbers and right answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.events.event_mention import CANDIDATES, STATUSES, TYPES
from broadsheet.extraction.figures.scorer import KINDS
from broadsheet.extraction.figures.sightings import sightings
from broadsheet.extraction.figures.train import named, options
from broadsheet.extraction.meaning import PATHS, RATE, THING, Meaning, dependency_path, distance, head_of, mention_kind
from broadsheet.extraction.tariffs.mentions import (
    ACTIONS,
    ANNOUNCED,
    EFFECTIVE,
    MEASURES,
    TARIFF_STATUSES,
    countries,
    goods_heads,
    is_near,
)
from broadsheet.extraction.tariffs.rates import find_rates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.analysis.document import Document

Gold = dict[str, Any]
FIGURES = len(TYPES) + 1
"""The number of the first kind of figure among the types of what has a date."""
SYMBOLS = ("percent", "percentage_points", "basis_points")
EXCLUDED = -1e9


@dataclass
class Classes:
    """A choice of a class for words or phrases: their tokens, and 0 for right classes, else a large negative."""

    ranges: list[tuple[int, int]]
    right: Tensor


@dataclass
class Links:
    """Links of words with phrases: a row each, and the targets of groups of rows of which the best counts.

    Attributes:
        words: The token of each row's word.
        ranges: The tokens of each row's phrase.
        numbers: Distance, kind of mention, type and path of each row.
        group: The group of each row.
        right: For each group, how right each part is, 0 or 1.
        counted: For each group, whether each part counts.
    """

    words: list[int]
    ranges: list[tuple[int, int]]
    numbers: dict[str, list[int]]
    group: list[int]
    right: Tensor
    counted: Tensor


@dataclass
class DateLinks:
    """Links of words with one date or none; ``group`` and ``right`` count first each word's none, then the rows."""

    words: list[int]
    types: list[int]
    links: Links


@dataclass
class Labels:
    """All that an article teaches."""

    document: Document
    classes: dict[str, Classes]
    links: dict[str, Links]
    dates: DateLinks | None


class Labeller:
    """Makes the labels of one annotated article.

    Args:
        document: The analysed article.
        gold: Its annotation in the form with strings (``docs/gold.md``).
    """

    def __init__(self, document: Document, gold: Gold) -> None:
        self.document, self.gold = document, gold
        self.cast = find_actors(document).entities
        self.meaning = Meaning(document, self.cast)
        self.ids: dict[str, list[str]] = {}
        for actor_id, name in named(self.cast, gold["actors"]).items():
            self.ids.setdefault(name, []).append(actor_id)
        self.candidates = [t.i for t in document.tokens if t.pos in CANDIDATES or t.tag[:2] in ("VB", "NN")]
        self.classes: dict[str, Classes] = {}
        self.links: dict[str, Links] = {}
        self.dated: list[tuple[int, int, set[Any], bool]] = []

    def labels(self, paths: dict[str, int]) -> Labels:
        """The labels; ``paths`` numbers the dependency paths."""
        self._events()
        self._figures()
        self._measures()
        dates = self._dates()
        every = [*self.links.values(), *([dates.links] if dates is not None else [])]
        for links in every:
            pairs = zip(links.words, links.ranges, strict=True)
            links.numbers["path"] = [paths.get(self._path(word, *phrase), 0) for word, phrase in pairs]
        return Labels(self.document, self.classes, self.links, dates)

    def paths(self) -> Counter[str]:
        """How often each dependency path joins a word and a phrase of the labels."""
        labels = self.labels({})
        every = [*labels.links.values(), *([labels.dates.links] if labels.dates is not None else [])]
        pairs = [pair for links in every for pair in zip(links.words, links.ranges, strict=True)]
        return Counter(self._path(word, *phrase) for word, phrase in pairs)

    def _path(self, word: int, first: int, last: int) -> str:
        return dependency_path(self.document, word, head_of(self.document, first, last))

    def _anchor(self, row: Gold, key: str) -> tuple[int, set[int]] | None:
        """The token that names a row of the gold, and all tokens of its words."""
        start = -1
        for _ in range(row.get("nth") or 1):
            start = self.document.text.find(row[key], start + 1)
        if start < 0:
            return None
        inside = [t for t in self.document.tokens if t.start < start + len(row[key]) and t.end > start]
        if not inside:
            return None
        places = {t.i for t in inside}
        heads = [t for t in inside if t.head not in places or t.head == t.i]
        empty = ("PUNCT", "DET", "PART", "AUX", "ADP", "SPACE", "SCONJ", "CCONJ", "ADV", "PRON")
        for token in (
            *(h for h in heads if h.pos not in empty),
            *(t for t in inside if t.pos in ("VERB", "NOUN", "PROPN")),
        ):
            return token.i, places
        return inside[0].i, places

    def _roles(self, row: Gold, fields: tuple[str, str]) -> dict[tuple[str, int], float | None]:
        """Actor and part to 1 where the gold names it, None where it is only one of further right values."""
        out: dict[tuple[str, int], float | None] = {}
        for part, field in enumerate(fields):
            given = row.get(field) or []
            for name in given if isinstance(given, list) else [given]:
                out |= {(key, part): 1.0 for key in self.ids.get(name, ())}
            further = row.get(f"{field}_alt") or []
            for value in further if isinstance(further, list) else [further]:
                for name in value if isinstance(value, list) else [value]:
                    for key in self.ids.get(name, ()) if name else ():
                        out.setdefault((key, part), None)
        return out

    def _parties(self, words: Sequence[tuple[int, int, dict[tuple[str, int], float | None]]]) -> Links | None:
        """The links of words with the actors mentioned around them."""
        rows, groups, right, counted = [], {}, [], []
        for number, (place, kind, roles) in enumerate(words):
            for mention in self.meaning.around(place):
                key = (number, mention.actor_id)
                if key not in groups:
                    groups[key] = len(groups)
                    told = [roles.get((mention.actor_id, part), 0.0) for part in (0, 1)]
                    right.append([value or 0.0 for value in told])
                    counted.append([float(value is not None) for value in told])
                mentioned = mention_kind(self.cast.kind_of(mention.actor_id), mention.form)
                rows.append((place, mention.first, mention.last, mentioned, kind, groups[key]))
        return self._make_links(rows, right, counted)

    def _make_links(
        self, rows: Sequence[tuple[int, int, int, int, int, int]], right: list[list[float]], counted: list[list[float]]
    ) -> Links | None:
        if not rows:
            return None
        numbers = {
            "dist": [distance(self.document, word, first, last) for word, first, last, *_ in rows],
            "kf": [row[3] for row in rows],
            "ty": [row[4] for row in rows],
        }
        return Links(
            [row[0] for row in rows],
            [row[1:3] for row in rows],
            numbers,
            [row[5] for row in rows],
            torch.tensor(right),
            torch.tensor(counted),
        )

    def _classes(self, name: str, ranges: Iterable[tuple[int, int]], right: Sequence[Sequence[int]], size: int) -> None:
        if right:
            mask = torch.full((len(right), size), EXCLUDED)
            for row, classes in enumerate(right):
                mask[row, list(classes)] = 0.0
            self.classes[name] = Classes(list(ranges), mask)

    def _words(self, places: Iterable[int]) -> list[tuple[int, int]]:
        return [(place, place + 1) for place in places]

    def _events(self) -> None:
        tokens = self.document.tokens
        right: dict[int, set[int]] = {}
        skipped: set[int] = set()
        found = []
        for event in self.gold["events"]:
            anchor = self._anchor(event, "trigger")
            types = [TYPES.index(t) for t in options(event, "type") if t in TYPES]
            if anchor is None or not types:
                continue
            place, words = anchor
            skipped |= words
            if not event.get("optional"):
                right.setdefault(place, set()).update(types)
                days = {(a, b) for a in options(event, "date_start") for b in options(event, "date_end")}
                self.dated.append((place, types[0] + 1, days, False))
            statuses = [STATUSES.index(s) for s in options(event, "status") if s in STATUSES]
            found.append((place, types[0] + 1, self._roles(event, ("actors", "recipients")), statuses))
        # A word of the same lemma may be one more mention of the event, which the gold has at one place only.
        lemmas = {tokens[f[0]].lemma for f in found}
        asked = [i for i in self.candidates if i in right or (i not in skipped and tokens[i].lemma not in lemmas)]
        types = [[t + 1 for t in sorted(right[i])] if i in right else [0] for i in asked]
        self._classes("trig", self._words(asked), types, len(TYPES) + 1)
        told = [f for f in found if f[3]]
        self._classes("stat", self._words(f[0] for f in told), [f[3] for f in told], len(STATUSES))
        if (links := self._parties([f[:3] for f in found])) is not None:
            self.links["rev"] = links

    def _figures(self) -> None:
        amounts = sightings(self.document)
        ranges = [self.document.range_of(a.amount.span) for a in amounts]
        taken: set[int] = set()
        kinds: list[tuple[tuple[int, int], list[int]]] = []
        paid = []
        for figure in self.gold["figures"]:
            anchor = self._anchor(figure, "text")
            known = [KINDS.index(k) for k in options(figure, "kind") if k in KINDS]
            if anchor is None or not known:
                continue
            number = next(
                (n for n, (first, last) in enumerate(ranges) if any(first <= i < last for i in anchor[1])), -1
            )
            if number < 0:
                continue
            taken.add(number)
            if not figure.get("optional"):
                kinds.append((ranges[number], [k + 1 for k in known]))
                days = {(a, b) for a in options(figure, "date_start") for b in options(figure, "date_end")}
                self.dated.append((ranges[number][0], FIGURES + known[0], days, False))
            if amounts[number].amount.unit not in SYMBOLS:
                paid.append((ranges[number][0], known[0] + 1, self._roles(figure, ("payer", "payee"))))
        kinds += [(r, [0]) for n, r in enumerate(ranges) if n not in taken]
        self._classes("fig", [r for r, _ in kinds], [k for _, k in kinds], len(KINDS) + 1)
        if (links := self._parties(paid)) is not None:
            self.links["rfig"] = links

    def _measures(self) -> None:
        measures: dict[int, list[Gold]] = {}
        skipped: set[int] = set()
        for measure in self.gold["tariffs"]:
            anchor = self._anchor(measure, "evidence")
            if anchor is not None:
                skipped |= anchor[1]
                if not measure.get("optional"):
                    measures.setdefault(anchor[0], []).append(measure)
        asked = [i for i in self.candidates if i in measures or i not in skipped]

        def numbers(place: int, field: str, names: Sequence[str]) -> list[int]:
            values = {value for row in measures[place] for value in options(row, field)}
            return [n for n, name in enumerate(names) if name in values]

        actions = [[n + 1 for n in numbers(i, "action", ACTIONS)] if i in measures else [0] for i in asked]
        self._classes("tact", self._words(asked), actions, len(ACTIONS) + 1)
        places = sorted(measures)
        for head, field, names in (("tst", "status", TARIFF_STATUSES), ("tms", "measure", MEASURES)):
            self._classes(head, self._words(places), [numbers(i, field, names) for i in places], len(names))
        answers = [[int(any(row.get("is_retaliation") for row in measures[i]))] for i in places]
        self._classes("tret", self._words(places), answers, 2)
        for place in places:
            for number, field in ((EFFECTIVE, "effective_on"), (ANNOUNCED, "announced_on")):
                days = {day for row in measures[place] for day in options(row, field)}
                self.dated.append((place, number, days, True))
        self._measure_links(measures)

    def _measure_links(self, measures: dict[int, list[Gold]]) -> None:
        named_countries = list(countries(self.cast))
        spans = [self.document.paragraphs[p] for p in sorted({self.document.tokens[i].paragraph for i in measures})]
        rates = [
            (r, *self.document.range_of(r.span)) for s in spans for r in find_rates(self.document.text, s.start, s.end)
        ]
        rows, groups, right, counted = [], {}, [], []
        goods, of_goods = [], []
        for place, golds in sorted(measures.items()):
            values = {
                f: {v for row in golds for v in [row.get(f)]} for f in ("imposer", "target", "rate", "rate_before")
            }
            for first, last, code, kind in named_countries:
                if is_near(self.document, place, first):
                    if (place, code) not in groups:
                        groups[place, code] = len(groups)
                        right.append([float(code in values["imposer"]), float(code in values["target"]), 0.0, 0.0])
                        counted.append([1.0, 1.0, 0.0, 0.0])
                    rows.append((place, first, last, kind, 0, groups[place, code]))
            for rate, first, last in rates:
                if first < last and is_near(self.document, place, first):
                    percent = None if rate.percent is None else float(rate.percent)
                    right.append([0.0, 0.0, float(percent in values["rate"]), float(percent in values["rate_before"])])
                    counted.append([0.0, 0.0, 1.0, 1.0])
                    rows.append((place, first, last, RATE, 0, len(right) - 1))
                    groups[place, first] = len(right) - 1
            heads = self._heads(golds)
            if not heads and all(row.get("product") is not None for row in golds):
                continue
            for token in goods_heads(self.document, place):
                goods.append((place, token.i, token.i + 1, THING, 0, len(of_goods)))
                of_goods.append([float(token.i in heads)])
        if (links := self._make_links(rows, right, counted)) is not None:
            self.links["rtar"] = links
        if (links := self._make_links(goods, of_goods, [[1.0]] * len(of_goods))) is not None:
            self.links["rprod"] = links

    def _heads(self, golds: Sequence[Gold]) -> set[int]:
        """The heads of the phrases that name the goods of a clause, where they stand nearest to it."""
        text = self.document.text.lower()
        out: set[int] = set()
        for row in golds:
            anchor = self._anchor(row, "evidence")
            if anchor is None:
                continue
            near = self.document.tokens[min(anchor[1])].start
            for product in (p for p in options(row, "product") if p):
                words = product.split()
                for form in (product, " ".join(words[-2:]), words[0], words[-1]):
                    starts = [k for k in range(len(text)) if text.startswith(form, k) and not text[k - 1 : k].isalnum()]
                    if starts:
                        start = min(starts, key=lambda k: abs(k - near))
                        inside = [t for t in self.document.tokens if t.start < start + len(form) and t.end > start]
                        places = {t.i for t in inside}
                        heads = [t.i for t in inside if t.head not in places] or [t.i for t in inside]
                        out.update(heads[-1:])
                        break
        return out

    def _dates(self) -> DateLinks | None:
        words, types, none, rows, right = [], [], [], [], []
        for place, kind, days, first_only in self.dated:
            near = self.meaning.dates_near(place)
            told = []
            for date, _, _ in near:
                start, end = (None if d is None else d.isoformat() for d in (date.date_start, date.date_end))
                told.append(start in days if first_only else (start, end) in days)
            empty = None in days if first_only else (None, None) in days
            if not near or not (empty or any(told)):
                continue
            for (_, first, last), good in zip(near, told, strict=True):
                rows.append((place, first, last, 0, kind, len(words)))
                right.append([float(good)])
            words.append(place)
            types.append(kind)
            none.append([float(empty)])
        links = self._make_links(rows, [*none, *right], [])
        return None if links is None else DateLinks(words, types, links)


def number_paths(counts: Counter[str], least: int = 4) -> dict[str, int]:
    """The most frequent paths with their numbers from 1; 0 stands for all others."""
    known = [path for path, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= least]
    return {path: number for number, path in enumerate(known[: PATHS - 1], 1)}
