"""Learns the models of actors from annotated articles, and lists the people and bodies that the articles name.

    python -m broadsheet.quality.training.actors gold/train*.jsonl --partly gold/polnear.jsonl --articles TEXTS \
        --out src/broadsheet/reference

TEXTS are folders with the texts of the gold (``gold/README.md``). It writes ``actor_weights.csv``,
``actor_vectors.csv`` and ``news_actors.csv``. The same articles give the same files.

What a model sees depends on what others decided before it, and on which names are known. So the decisions about an
article are made by models, and with a list of names, that do not come from it.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from broadsheet.analysis.encoder import encode
from broadsheet.analysis.pipeline import analyse
from broadsheet.extraction.actors.resolve import resolve
from broadsheet.extraction.models import MODELS, Decision, Weights
from broadsheet.extraction.quotes import find_quotes
from broadsheet.quality.evaluation.gold import read_gold
from broadsheet.quality.evaluation.texts import find_texts
from broadsheet.quality.training import linear
from broadsheet.quality.training.linear import Choice
from broadsheet.reference.news_actors import NewsActor, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.actors.candidates import Candidate
    from broadsheet.extraction.actors.employers import Held
    from broadsheet.extraction.actors.holders import Holding
    from broadsheet.tables.rows import ActorRow

    Gold = dict[str, Any]
    Vectors = dict[str, dict[str, NDArray[np.float64]]]

PARTLY = ("actor", "holder")
"""Models that do not learn from gold whose readers list parties, and know offices, that the text does not tell."""
FOLDS = 5
PASSES = 3
OVERLAP, SAME_TITLE = 0.7, 0.5
MIN_COUNT = 3
LONGEST_NAME = 11
"""Words of a name that is listed, at most: a longer one is half a sentence of its article."""
PRIORS = {"actor": 2.0, "kind": 3.0, "span": 3.0, "country": 3.0, "holder": 3.0, "organization": 3.0, "speaker": 3.0}


@dataclass(frozen=True, slots=True)
class Article:
    """An analysed article with its gold, the vectors of its tokens, and the models that do not learn from it."""

    document: Document
    gold: Gold
    vectors: NDArray[np.float32]
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights of features and vectors, and known names."""

    weights: Weights
    vectors: Vectors
    names: Mapping[str, NewsActor]


def choices_of(article: Article, trained: Trained) -> dict[str, list[Choice]]:
    """The decisions about an article, with the right options, by model."""
    decisions: list[Decision] = []
    MODELS.weights, MODELS.vectors, MODELS.names = trained.weights, trained.vectors, trained.names
    MODELS.listener = decisions.append
    try:
        entities = resolve(article.document, article.vectors).entities
        find_quotes(article.document, entities)
    finally:
        MODELS.weights = MODELS.vectors = MODELS.names = MODELS.listener = None
    out: dict[str, list[Choice]] = defaultdict(list)
    golds = GoldActors(article.gold, article.document.text)
    actors = golds.matched([d.subject for d in decisions if d.model == "actor"])
    found = golds.matched([d.subject for d in decisions if d.model == "country"])
    for decision in decisions:
        if decision.model == "actor":
            right = actors[decision.subject.key]
            if right is None or not right.get("optional"):
                given = float(right is not None), float(right is None)
                out["actor"].append(Choice(decision.features, given, vectors=decision.vectors))
        elif decision.model == "country" and (actor := found[decision.subject.key]) is not None:
            right_codes = allowed(actor, "country")
            out["country"].append(Choice(decision.features, [float(code in right_codes) for code in decision.options]))
        elif decision.model == "speaker" and (quote := golds.quote(decision.subject)) is not None:
            meant = {golds.actor_of(entities.actors[a]) if a is not None else None: a for a in decision.options}
            speakers = {meant[name] for name in allowed(quote, "speaker") if name in meant}
            out["speaker"].append(Choice(decision.features, [float(a in speakers) for a in decision.options]))
        elif decision.model == "holder":
            holds = [golds.holds(decision.subject, actors.get(person)) for person in decision.options[:-1]]
            if golds.has_roles and None not in holds:
                held = [holding is True for holding in holds]
                stated = [person == decision.subject.by_rule for person in decision.options[:-1]]
                if any(map(bool.__and__, held, stated)):
                    held = stated  # others may hold the same office, which other titles say
                values = [*map(float, held), float(not any(held))]
                out["holder"].append(Choice(decision.features, values, vectors=decision.vectors))
        elif (
            decision.model == "organization"
            and (role := golds.role(decision.subject, actors.get(decision.subject.person))) is not None
        ):
            bodies = [str((actors.get(a) or {"name": f"?{a}"})["name"]) if a else None for a in decision.options]
            named = allowed(role, "organization")
            values = [float(body in named) for body in bodies]
            out["organization"].append(Choice(decision.features, values, vectors=decision.vectors))
        elif decision.model == "kind" and (kind := golds.kind(decision.subject)) is not None:
            named_so = [float(option == kind) for option in decision.options]
            out["kind"].append(Choice(decision.features, named_so, vectors=decision.vectors))
        elif decision.model == "span" and (taken := golds.better(*decision.subject)) is not None:
            outcome = float(taken), float(not taken)
            out["span"].append(Choice(decision.features, outcome, vectors=decision.vectors))
    return {model: found for model, found in out.items() if model not in article.without}


def allowed(gold: Gold, name: str) -> list[Any]:
    """The right values of a field."""
    further = gold.get(f"{name}_alt", [])
    return [gold.get(name), *(further if isinstance(further, list) else [further])]


class GoldActors:
    """The annotated actors of an article, by name."""

    def __init__(self, gold: Gold, text: str) -> None:
        self.quotes = [(quote, *place_of(text, quote)) for quote in gold.get("quotes") or []]
        self.has_roles = gold.get("roles") is not None
        self.roles = gold.get("roles") or []
        self.actors = gold["actors"]
        self.forms: dict[str, Gold] = {}
        self.surnames: dict[str, Gold] = {}
        for actor in self.actors:
            for form in (actor["name"], *actor.get("aliases", [])):
                self.forms.setdefault(plain_name(form), actor)
        for actor in self.actors:
            if actor["kind"] == "person":
                self.surnames.setdefault(plain_name(actor["name"]).split()[-1], actor)
        self.states = {a["country"]: a for a in self.actors if a["kind"] == "country" and a.get("country")}

    def named(self, candidate: Candidate) -> Gold | None:
        """The annotated actor with the full name of a candidate, or the person with its surname."""
        if candidate.kind == "country":
            return self.states.get(candidate.key[1:]) or self.forms.get(plain_name(candidate.texts[0]))
        full = plain_name(candidate.texts[0])
        if not full:
            return None
        return self.forms.get(full) or (self.surnames.get(full.split()[-1]) if candidate.kind == "person" else None)

    def kind(self, texts: Sequence[str]) -> str | None:
        """Whether a name is a person's, a body's or neither's; None for the name of a state."""
        for form in (plain_name(text) for text in texts):
            actor = self.forms.get(form) or self.surnames.get(form)
            if actor is not None:
                return {"country": None, "person": "person"}.get(actor["kind"], "organization")
        words = plain_name(texts[0]).split()
        parts = self.surnames.get(words[-1]) if words else None
        return "person" if parts is not None and set(words) & set(plain_name(parts["name"]).split()[:-1]) else "other"

    def better(self, span: str, others: Sequence[str]) -> bool | None:
        """Whether a span is the name of an actor rather than those that it overlaps; None if both are."""
        rivals = [self._is_named(other) for other in others]
        return None if rivals and all(rivals) else self._is_named(span)

    def _is_named(self, name: str) -> bool:
        """Whether a name is an actor's, without titles."""
        form = plain_name(name)
        actor = self.forms.get(form) or self.surnames.get(form)
        if actor is None or actor["kind"] != "person":
            return actor is not None
        return set(form.split()) <= set(plain_name(actor["name"]).split())

    def quote(self, span: Span) -> Gold | None:
        """The annotated quote at a span."""
        for quote, start, end in self.quotes:
            shared = min(span.end, end) - max(span.start, start)
            if shared > OVERLAP * (max(span.end, end) - min(span.start, start)):
                found: Gold = quote
                return found
        return None

    def actor_of(self, row: ActorRow) -> str:
        """The name that the annotators have for an actor; a text that is none for one that they lack."""
        if row.kind == "country" and row.country_code in self.states:
            return str(self.states[row.country_code]["name"])
        actor = self.forms.get(plain_name(row.name))
        if actor is None and row.kind == "person":
            actor = self.surnames.get(plain_name(row.name).split()[-1])
        return str(actor["name"]) if actor is not None else f"?{row.actor_id}"

    def holds(self, held: Holding, person: Gold | None) -> bool | None:
        """Whether a person holds the office with a title; None where the annotators left that open."""
        words = set(plain_name(held.title).split())
        own = [r for r in self.roles if person is not None and r["actor"] == person["name"]]
        same = [r for r in own if any(_likeness(words, title) >= SAME_TITLE for title in allowed(r, "title"))]
        return None if same and all(r.get("optional") for r in same) else bool(same)

    def role(self, held: Held, person: Gold | None) -> Gold | None:
        """The annotated office of a person with most of the words of a title."""
        words = set(plain_name(held.title).split())
        own = [r for r in self.roles if person is not None and r["actor"] == person["name"]]
        shared = [(len(words & set(plain_name(r["title"]).split())), -k) for k, r in enumerate(own)]
        return own[-max(shared)[1]] if shared and max(shared)[0] else None

    def matched(self, candidates: Sequence[Candidate]) -> dict[str, Gold | None]:
        """The annotated actor of each candidate; of two for one, that with more mentions has it."""
        out: dict[str, Gold | None] = {}
        taken: set[int] = set()
        for candidate in sorted(candidates, key=lambda c: (-c.mentions, c.key)):
            actor = self.named(candidate)
            out[candidate.key] = None if actor is None or id(actor) in taken else actor
            if actor is not None:
                taken.add(id(actor))
        return out


def _likeness(words: set[str], title: str | None) -> float:
    """The share of the words of two titles that both have."""
    others = set(plain_name(title or "").split())
    return len(words & others) / max(1, len(words | others))


def place_of(text: str, quote: Mapping[str, Any]) -> tuple[int, int]:
    """The first and last (exclusive) character of an annotated quote; the first is -1 where the text lacks it."""
    if "char_start" in quote:
        return int(quote["char_start"]), int(quote["char_end"])
    start = -1
    for _ in range(quote.get("nth") or 1):
        start = text.find(quote["text"], start + 1)
    return start, start + len(quote["text"])


def names_of(golds: Iterable[Gold]) -> dict[str, NewsActor]:
    """The names of people and bodies in annotated articles that always mean one of one country."""
    seen: dict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
    for gold in golds:
        forms: dict[str, tuple[str, str | None]] = {}
        for actor in gold["actors"]:
            if actor["kind"] != "country":
                for form in (actor["name"], *actor.get("aliases", [])):
                    forms.setdefault(plain_name(form), (actor["kind"], actor.get("country")))
        for form, meaning in forms.items():
            seen[form][meaning] += 1
    out = {}
    for form, meanings in sorted(seen.items()):
        kind, country = meanings.most_common(1)[0][0]
        countries = {code for _, code in meanings if code is not None}
        if len(form.split()) > LONGEST_NAME:
            continue
        if len(countries) < 2 and (kind != "person" or " " in form) and len(form) > 1:
            out[form] = NewsActor(kind, country or next(iter(countries), None), meanings.total())
    return out


def learn(choices: Sequence[Mapping[str, Sequence[Choice]]], start: tuple[Weights, Vectors]) -> tuple[Weights, Vectors]:
    """The weights of all models; ``start`` are weights to begin with."""
    out: Weights = {}
    vectors: dict[str, dict[str, NDArray[np.float64]]] = {}
    for model in sorted({model for some in choices for model in some}):
        seen = [choice for some in choices for choice in some.get(model, ())]
        begin = start[0].get(model, {}), start[1].get(model, {})
        prior_of = partial(_same, PRIORS[model])
        out[model], vectors[model] = linear.learn(seen, MIN_COUNT, prior_of, begin)
    return out, vectors


def _same(value: float, _: str) -> float:
    return value


def train(articles: Sequence[Article]) -> Trained:
    """The models. In each pass, those of a fold that did not learn from its articles decide about them."""
    names = [names_of(a.gold for k, a in enumerate(articles) if k % FOLDS != fold) for fold in range(FOLDS)]
    folds = [Trained({}, {}, n) for n in names]
    learned: tuple[Weights, Vectors] = {}, {}
    for number in range(PASSES):
        choices = [choices_of(article, folds[k % FOLDS]) for k, article in enumerate(articles)]
        learned = learn(choices, learned)
        if number < PASSES - 1:
            others = [[c for k, c in enumerate(choices) if k % FOLDS != fold] for fold in range(FOLDS)]
            folds = [Trained(*learn(some, learned), n) for some, n in zip(others, names, strict=True)]
    return Trained(*learned, names_of(a.gold for a in articles))


def read_articles(golds: Sequence[Path], folders: Sequence[Path]) -> Iterator[tuple[Document, Gold]]:
    """Analysed articles with their annotated actors, by name.

    Args:
        golds: Files of gold, such as those in ``gold/``; articles without annotated roles are left out.
        folders: Where their texts are.
    """
    texts = sorted(path for folder in folders for path in folder.glob("*.txt"))
    found = find_texts([read_gold(path) for path in golds], texts)
    cases = [case for gold in found.golds for case in gold.cases]
    pairs = [pair for pair in zip(found.articles, cases, strict=True) if pair[1].get("roles") is not None]
    for article, case in sorted(pairs, key=lambda pair: str(pair[1]["article"]["name"])):
        yield analyse(article), case


def write(trained: Trained, folder: Path) -> None:
    """Writes the three reference tables."""
    with (folder / "actor_weights.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "feature", "weight"])
        for model, weights in sorted(trained.weights.items()):
            writer.writerows([model, feature, weight] for feature, weight in sorted(weights.items()))
    with (folder / "actor_vectors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "of", "place", "weight"])
        for model, parts in sorted(trained.vectors.items()):
            for of, numbers in sorted(parts.items()):
                writer.writerows([model, of, place, int(number)] for place, number in enumerate(numbers))
    with (folder / "news_actors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "kind", "country_code", "articles"])
        for name, actor in sorted(trained.names.items()):
            writer.writerow([name, actor.kind, actor.country_code or "", actor.articles])


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="*", help="files of gold")
    parser.add_argument("--partly", type=Path, nargs="*", default=[], help=f"gold that does not teach {PARTLY}")
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="folders with the texts of the gold")
    parser.add_argument("--out", type=Path, required=True, help="folder of the reference tables")
    options = parser.parse_args(arguments)
    partly = {case["article"]["name"] for path in options.partly for case in read_gold(path).cases}
    articles = []
    for document, gold in read_articles([*options.gold, *options.partly], options.articles):
        without = PARTLY if gold["article"]["name"] in partly else ()
        articles.append(Article(document, gold, encode(document).astype(np.float32), frozenset(without)))
    write(train(articles), options.out)


if __name__ == "__main__":
    main()
