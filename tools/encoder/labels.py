"""What the models of the encoder learn from an annotated article."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import torch
from examples import Classes, Links

from broadsheet.base.span import Span
from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.events.event_mention import CANDIDATES, STATUSES
from broadsheet.extraction.events.participants import TYPES
from broadsheet.extraction.figures.kinds import DATED, KINDS
from broadsheet.extraction.figures.sightings import sightings
from broadsheet.extraction.links import RATE, RELATIONS, Phrase, head_of
from broadsheet.extraction.meaning import HEADS, Meaning
from broadsheet.extraction.models import MODELS
from broadsheet.extraction.quotes.features import context_of
from broadsheet.extraction.quotes.quoted_document import find_quotations
from broadsheet.extraction.quotes.resolver import speakers_near
from broadsheet.extraction.tariffs.mentions import (
    ACTIONS,
    ANNOUNCED,
    EFFECTIVE,
    MEASURES,
    TARIFF_STATUSES,
    country_phrases,
    goods_phrases,
    is_near,
)
from broadsheet.extraction.tariffs.rates import find_rates
from broadsheet.quality.training.answers import Answers, GoldActors
from broadsheet.reference.trade import measures_named

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from examples import Truth

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.links import Relation
    from broadsheet.extraction.meaning import Head
    from broadsheet.extraction.models import Decision

Gold = dict[str, Any]
OFFICES: Mapping[str, Relation] = {"holder": "rhold", "organization": "rorg"}
SYMBOLS = ("percent", "percentage_points", "basis_points")


class Candidates:
    """The words and phrases of a document that models are asked about.

    Args:
        document: The analysed article.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.decisions: list[Decision] = []
        MODELS.listener = self._keep
        try:
            self.cast = find_actors(document).entities
        finally:
            MODELS.listener = None
        self.meaning = Meaning(document, self.cast)
        self.words = [t.i for t in document.tokens if t.pos in CANDIDATES or t.tag[:2] in ("VB", "NN")]
        self.amounts = sightings(document)
        self.amount_ranges = [document.range_of(a.amount.span) for a in self.amounts]
        self.countries = country_phrases(self.cast)
        found = find_rates(document.text)
        self.rates = [(r, *document.range_of(r.span)) for r in found]
        self.rate_phrases = [Phrase(first, last, RATE, n) for n, (_, first, last) in enumerate(self.rates)]

    def _keep(self, decision: Decision) -> None:
        """Keeps a decision without what it rests on, which takes much memory."""
        self.decisions.append(replace(decision, features=(), vectors=()))

    def of_measure(self, place: int) -> list[Phrase]:
        """The countries and rates near a word."""
        rates = [p for p in self.rate_phrases if p.first < p.last]
        return [p for p in (*self.countries, *rates) if is_near(self.document, place, p.first)]


COUNTRY_OR_RATE: Mapping[type, Sequence[Truth]] = {str: (0.0, 0.0, None, None), int: (None, None, 0.0, 0.0)}


class Labeller:
    """Makes the labels of one annotated article.

    Args:
        document: The analysed article.
        gold: Its annotation in the form with strings (``docs/gold.md``).
    """

    def __init__(self, document: Document, gold: Gold) -> None:
        self.document, self.gold = document, gold
        self.found = Candidates(document)
        self.meaning = self.found.meaning
        self.ids: dict[str, list[str]] = {}
        for actor_id, name in named(self.found.cast, gold["actors"]).items():
            self.ids.setdefault(name, []).append(actor_id)
        self.classes: dict[Head, Classes] = {}
        self.links: dict[Relation, Links] = {name: Links() for name in RELATIONS}

    def label(self) -> None:
        """Makes the labels, in which dependency paths are still strings."""
        self._events()
        self._figures()
        self._measures()
        self._speakers()
        self._quotes()
        self._offices()

    def labels(self, paths: Mapping[str, int]) -> tuple[dict[Head, Classes], dict[Relation, Links]]:
        """The labels; ``paths`` numbers the dependency paths."""
        return self.classes, {name: links.close(paths) for name, links in self.links.items() if links.words}

    def paths(self) -> Counter[str]:
        """How often each dependency path joins a word and a phrase of the labels."""
        return Counter(path for links in self.links.values() for path in links.paths)

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

    def _parties(self, relation: Relation, place: int, kind: int, row: Gold, fields: tuple[str, str]) -> None:
        """Labels who has which part in what a row of the gold says."""
        right: dict[Hashable, list[Truth]] = {}
        empty: list[bool | None] = []
        for part, column in enumerate(fields):
            given = row.get(column) or []
            names = given if isinstance(given, list) else [given]
            empty.append(not names)
            for name in names:
                for key in self.ids.get(name, ()):
                    right.setdefault(key, [0.0, 0.0])[part] = 1.0
            further = row.get(f"{column}_alt") or []
            for value in further if isinstance(further, list) else [further]:
                for name in value if isinstance(value, list) else [value]:
                    for key in self.ids.get(name, ()) if name else ():
                        known = right.setdefault(key, [0.0, 0.0])
                        known[part] = known[part] or None
        near = self.meaning.actors_near(place)
        self.links[relation].add(self.document, place, kind, near, right, (0.0, 0.0), empty)

    def _classes(self, name: Head, ranges: Iterable[tuple[int, int]], right: Sequence[Sequence[int]]) -> None:
        if right:
            shares = torch.zeros(len(right), HEADS[name])
            for row, classes in enumerate(right):
                shares[row, list(classes)] = 1.0 / len(classes)
            self.classes[name] = Classes(list(ranges), shares)

    def _date(self, place: int, kind: int, days: set[Any], *, start_only: bool = False) -> None:
        """Labels the date of what a word names: that of the text with the right days, or none."""
        near = self.meaning.dates_near(place)
        right: dict[Hashable, list[Truth]] = {}
        for date, phrase in near:
            start, end = (None if d is None else d.isoformat() for d in (date.date_start, date.date_end))
            if (start in days) if start_only else ((start, end) in days):
                right[phrase.group] = [1.0]
        empty = (None in days) if start_only else ((None, None) in days)
        if right or empty:
            phrases = [phrase for _, phrase in near]
            self.links["rdate"].add(self.document, place, kind, phrases, right, (0.0,), (empty,))

    def _events(self) -> None:
        tokens = self.document.tokens
        right: dict[int, set[int]] = {}
        skipped: set[int] = set()
        statuses: list[tuple[int, list[int]]] = []
        lemmas: set[str] = set()
        for event in self.gold["events"]:
            anchor = self._anchor(event, "trigger")
            types = [TYPES.index(t) + 1 for t in options(event, "type") if t in TYPES]
            if anchor is None or not types:
                continue
            place, words = anchor
            skipped |= words
            lemmas.add(tokens[place].lemma)
            if not event.get("optional"):
                right.setdefault(place, set()).update(types)
                days = {(a, b) for a in options(event, "date_start") for b in options(event, "date_end")}
                self._date(place, types[0], days)
            if right_statuses := [STATUSES.index(s) for s in options(event, "status") if s in STATUSES]:
                statuses.append((place, right_statuses))
            self._parties("rev", place, types[0], event, ("actors", "recipients"))
        # A word of the same lemma may be one more mention of the event, which the gold has at one place only.
        words = self.found.words
        asked = [i for i in words if i in right or (i not in skipped and tokens[i].lemma not in lemmas)]
        self._classes("trig", self._single(asked), [sorted(right.get(i, {0})) for i in asked])
        self._classes("stat", self._single(place for place, _ in statuses), [right for _, right in statuses])

    def _single(self, places: Iterable[int]) -> list[tuple[int, int]]:
        return [(place, place + 1) for place in places]

    def _figures(self) -> None:
        amounts, ranges = self.found.amounts, self.found.amount_ranges
        taken: set[int] = set()
        kinds: list[tuple[tuple[int, int], list[int]]] = []
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
                self._date(ranges[number][0], DATED[KINDS[known[0]]], days)
            if amounts[number].amount.unit not in SYMBOLS:
                self._parties("rfig", ranges[number][0], known[0] + 1, figure, ("payer", "payee"))
        kinds += [(r, [0]) for n, r in enumerate(ranges) if n not in taken]
        self._classes("fig", [r for r, _ in kinds], [k for _, k in kinds])

    def _measures(self) -> None:
        measures: dict[int, list[Gold]] = {}
        skipped: set[int] = set()
        for measure in self.gold["tariffs"]:
            anchor = self._anchor(measure, "evidence")
            if anchor is not None:
                skipped |= anchor[1]
                if not measure.get("optional"):
                    measures.setdefault(self._naming(anchor), []).append(measure)
        asked = [i for i in self.found.words if i in measures or i not in skipped]

        def numbers(place: int, field: str, names: Sequence[str]) -> list[int]:
            values = {value for row in measures[place] for value in options(row, field)}
            return [n for n, name in enumerate(names) if name in values]

        actions = [[n + 1 for n in numbers(i, "action", ACTIONS)] if i in measures else [0] for i in asked]
        self._classes("tact", self._single(asked), actions)
        places = sorted(measures)
        heads: tuple[tuple[Head, str, Sequence[str]], ...] = (
            ("tst", "status", TARIFF_STATUSES),
            ("tms", "measure", MEASURES),
        )
        for head, column, names in heads:
            known = [(place, right) for place in places if (right := numbers(place, column, names))]
            self._classes(head, self._single(place for place, _ in known), [right for _, right in known])
        answers = [[int(any(row.get("is_retaliation") for row in measures[i]))] for i in places]
        self._classes("tret", self._single(places), answers)
        for place in places:
            for number, column in ((EFFECTIVE, "effective_on"), (ANNOUNCED, "announced_on")):
                days = {day for row in measures[place] for day in options(row, column)}
                self._date(place, number, days, start_only=True)
            self._measure_links(place, measures[place])

    def _naming(self, anchor: tuple[int, set[int]]) -> int:
        """The word of a clause that names its measure, as *tariff* does; else its head."""
        tokens = self.document.tokens
        named = (i for i in sorted(anchor[1]) if tokens[i].dep not in ("amod", "compound"))
        return next((i for i in named if measures_named(tokens[i].text)), anchor[0])

    def _measure_links(self, place: int, golds: Sequence[Gold]) -> None:
        values = {f: {row.get(f) for row in golds} for f in ("imposer", "target", "rate", "rate_before")}
        right: dict[Hashable, list[Truth]] = {}
        for part, column in enumerate(("imposer", "target")):
            for code in values[column] - {None}:
                right.setdefault(code, [0.0, 0.0, None, None])[part] = 1.0
        for number, (rate, _, _) in enumerate(self.found.rates):
            percent = -1.0 if rate.percent is None else float(rate.percent)
            right[number] = [None, None, float(percent in values["rate"]), float(percent in values["rate_before"])]
        empty = [values[column] == {None} for column in ("imposer", "target", "rate", "rate_before")]
        self.links["rtar"].add(self.document, place, 0, self.found.of_measure(place), right, COUNTRY_OR_RATE, empty)
        heads = self._heads(golds)
        if heads or any(row.get("product") is None for row in golds):
            goods = {head: [1.0] for head in heads}
            empty = [all(row.get("product") is None for row in golds)]
            self.links["rprod"].add(self.document, place, 0, goods_phrases(self.document, place), goods, (0.0,), empty)

    def _speakers(self) -> None:
        """Labels whom the words for the speaker of each quote mean."""
        text = self.document.text
        for quote in self.gold.get("quotes") or ():
            words, place = quote.get("speaker_text"), self._start(quote)
            if not words or place is None or quote.get("optional"):
                continue
            starts = [k for k in range(len(text)) if text.startswith(words, k)]
            if not starts:
                continue
            start = min(starts, key=lambda k: abs(k - place))
            first, last = self.document.range_of(Span(start, start + len(words)))
            if first == last:
                continue
            right: dict[Hashable, list[Truth]] = {}
            for name in options(quote, "speaker"):
                right |= {key: [None] for key in self.ids.get(name, ())}
            right |= {key: [1.0] for key in self.ids.get(quote.get("speaker"), ())}
            head = head_of(self.document, first, last)
            near = self.meaning.actors_near(head)
            self.links["rspk"].add(self.document, head, 0, near, right, (0.0,), (quote.get("speaker") is None,))

    def _quotes(self) -> None:
        """Labels who utters each quote."""
        golds = GoldActors(self.gold, self.document.text)
        quoted = find_quotations(self.document)
        for quote in quoted.quotes:
            gold = golds.quote(quote.stretch.span)
            if gold is None or gold.get("optional"):
                continue
            right: dict[Hashable, list[Truth]] = {}
            for name in options(gold, "speaker"):
                right |= {key: [None] for key in self.ids.get(name, ())}
            right |= {key: [1.0] for key in self.ids.get(gold.get("speaker"), ())}
            near = speakers_near(self.meaning, quote)
            place = context_of(quoted, quote).head
            self.links["rquo"].add(self.document, place, 0, near, right, (0.0,), (gold.get("speaker") is None,))

    def _offices(self) -> None:
        """Labels who holds each office, and for which body."""
        decisions = [d for d in self.found.decisions if d.model in OFFICES]
        answers = Answers(self.gold, self.document.text, self.found.decisions, self.found.cast)
        for decision in decisions if self.gold.get("roles") else ():
            right = answers.right(decision)
            if right is not None:
                subject = decision.subject
                groups = {option: [value] for option, value in zip(decision.options[:-1], right, strict=False)}
                empty = (right[-1] > 0,)
                self.links[OFFICES[decision.model]].add(
                    self.document, subject.place, subject.sort, subject.phrases, groups, (0.0,), empty
                )

    def _start(self, quote: Gold) -> int | None:
        """Where a quote begins."""
        if "char_start" in quote:
            return int(quote["char_start"])
        start = -1
        for _ in range(quote.get("nth") or 1):
            start = self.document.text.find(quote["text"], start + 1)
        return start if start >= 0 else None

    def _heads(self, golds: Sequence[Gold]) -> set[int]:
        """The heads of the phrases that name the goods of a clause, at the mention nearest to it."""
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


def options(gold: Gold, name: str) -> list[Any]:
    """The correct values of a field: the gold's, then the further ones."""
    further = gold.get(f"{name}_alt", [])
    return [gold.get(name), *(further if isinstance(further, list) else [further])]


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
