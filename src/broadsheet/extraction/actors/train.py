"""Learns the models of actors from annotated articles, and lists the people and bodies that the articles name.

    python -m broadsheet.extraction.actors.train CORPUS --out src/broadsheet/reference

CORPUS has ``catalogue.jsonl``, ``texts/NAME.txt`` and ``gold/NAME.json``; it learns from the articles of the split
``train``. Writes ``actor_weights.csv`` and ``news_actors.csv``. The same articles give the same files.

What a model sees depends on what others decided before it, and on which names are known. So the decisions about an
article are made by models, and with a list of names, that do not come from it.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.extraction.actors.resolve import resolve
from broadsheet.extraction.learning import Choice, learn_choices
from broadsheet.extraction.models import MODELS, Decision, Weights
from broadsheet.extraction.quotes import find_quotes
from broadsheet.reference.news_actors import NewsActor, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.actors.candidates import Candidate
    from broadsheet.extraction.actors.employers import Held
    from broadsheet.tables.rows import ActorRow

    Gold = dict[str, Any]

SPLIT = "train"
FOLDS = 5
PASSES = 3
OVERLAP = 0.7
MIN_COUNT = 3
LONGEST_NAME = 11
"""Words of a name that is listed, at most: a longer one is half a sentence of its article."""
PRIORS = {"actor": 2.0, "kind": 3.0, "span": 3.0, "country": 3.0, "organization": 3.0, "speaker": 3.0}


@dataclass(frozen=True, slots=True)
class Article:
    """An analysed article with its gold."""

    document: Document
    gold: Gold


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights and known names."""

    weights: Weights
    names: Mapping[str, NewsActor]


def choices_of(article: Article, trained: Trained) -> dict[str, list[Choice]]:
    """The decisions about an article, with the right options, by model."""
    decisions: list[Decision] = []
    MODELS.weights, MODELS.names, MODELS.listener = trained.weights, trained.names, decisions.append
    try:
        entities = resolve(article.document).entities
        find_quotes(article.document, entities)
    finally:
        MODELS.weights = MODELS.names = MODELS.listener = None
    out: dict[str, list[Choice]] = defaultdict(list)
    golds = GoldActors(article.gold, article.document.text)
    actors = golds.matched([d.subject for d in decisions if d.model == "actor"])
    found = golds.matched([d.subject for d in decisions if d.model == "country"])
    for decision in decisions:
        if decision.model == "actor":
            right = actors[decision.subject.key]
            if right is None or not right.get("optional"):
                out["actor"].append(Choice(decision.features, (float(right is not None), float(right is None))))
        elif decision.model == "country" and (actor := found[decision.subject.key]) is not None:
            right_codes = allowed(actor, "country")
            out["country"].append(Choice(decision.features, [float(code in right_codes) for code in decision.options]))
        elif decision.model == "speaker" and (quote := golds.quote(decision.subject)) is not None:
            meant = {golds.actor_of(entities.actors[a]) if a is not None else None: a for a in decision.options}
            speakers = {meant[name] for name in allowed(quote, "speaker") if name in meant}
            out["speaker"].append(Choice(decision.features, [float(a in speakers) for a in decision.options]))
        elif (
            decision.model == "organization"
            and (role := golds.role(decision.subject, actors.get(decision.subject.person))) is not None
        ):
            bodies = [str((actors.get(a) or {"name": f"?{a}"})["name"]) if a else None for a in decision.options]
            named = allowed(role, "organization")
            out["organization"].append(Choice(decision.features, [float(body in named) for body in bodies]))
        elif decision.model == "kind" and (kind := golds.kind(decision.subject)) is not None:
            out["kind"].append(Choice(decision.features, [float(option == kind) for option in decision.options]))
        elif decision.model == "span" and (taken := golds.better(*decision.subject)) is not None:
            out["span"].append(Choice(decision.features, (float(taken), float(not taken))))
    return out


def allowed(gold: Gold, name: str) -> list[Any]:
    """The right values of a field."""
    further = gold.get(f"{name}_alt", [])
    return [gold.get(name), *(further if isinstance(further, list) else [further])]


class GoldActors:
    """The annotated actors of an article, by name."""

    def __init__(self, gold: Gold, text: str) -> None:
        self.quotes = [(quote, *_place(text, quote)) for quote in gold.get("quotes") or []]
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


def _place(text: str, quote: Gold) -> tuple[int, int]:
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


def learn(choices: Sequence[Mapping[str, Sequence[Choice]]]) -> Weights:
    """The weights of all models."""
    out: Weights = {}
    for model in sorted({model for some in choices for model in some}):
        prior = PRIORS[model]
        seen = [choice for some in choices for choice in some.get(model, ())]
        out[model] = learn_choices(seen, MIN_COUNT, lambda _, prior=prior: prior)  # type: ignore[misc]
    return out


def train(articles: Sequence[Article]) -> tuple[Trained, list[Trained]]:
    """The models; and for each fold those that did not learn from its articles."""
    others = [[a for k, a in enumerate(articles) if k % FOLDS != fold] for fold in range(FOLDS)]
    names = [names_of(a.gold for a in some) for some in others]
    folds = [Trained({}, n) for n in names]
    weights: Weights = {}
    for _ in range(PASSES):
        choices = [choices_of(article, folds[k % FOLDS]) for k, article in enumerate(articles)]
        weights = learn(choices)
        learned = [learn([c for k, c in enumerate(choices) if k % FOLDS != fold]) for fold in range(FOLDS)]
        folds = [Trained(w, n) for w, n in zip(learned, names, strict=True)]
    return Trained(weights, names_of(a.gold for a in articles)), folds


def read_corpus(corpus: Path) -> Iterator[Article]:
    """The annotated articles of the training split, in the order of their names."""
    from broadsheet.analysis.pipeline import analyse
    from broadsheet.reading import read

    entries = map(json.loads, (corpus / "catalogue.jsonl").read_text(encoding="utf-8").splitlines())
    for entry in sorted((e for e in entries if e["split"] == SPLIT), key=lambda e: str(e["name"])):
        gold = json.loads((corpus / "gold" / f"{entry['name']}.json").read_text(encoding="utf-8"))
        text = corpus / "texts" / f"{entry['name']}.txt"
        yield Article(analyse(read(text, published_on=entry["published_on"], publisher=entry["publisher"])), gold)


def write(trained: Trained, folder: Path) -> None:
    """Writes the two reference tables."""
    with (folder / "actor_weights.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "feature", "weight"])
        for model, weights in sorted(trained.weights.items()):
            writer.writerows([model, feature, weight] for feature, weight in sorted(weights.items()))
    with (folder / "news_actors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "kind", "country_code", "articles"])
        for name, actor in sorted(trained.names.items()):
            writer.writerow([name, actor.kind, actor.country_code or "", actor.articles])


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="folder of annotated articles")
    parser.add_argument("--out", type=Path, required=True, help="folder of the reference tables")
    options = parser.parse_args(arguments)
    write(train(list(read_corpus(options.corpus)))[0], options.out)


if __name__ == "__main__":
    main()
