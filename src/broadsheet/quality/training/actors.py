"""Learns the models of actors from annotated articles, and lists the people and bodies that the articles name.

    python -m broadsheet.quality.training.actors gold/train*.jsonl --partly gold/polnear.jsonl --articles TEXTS \
        --passages tests/gold/passages/*-articles*.jsonl --out src/broadsheet/reference

TEXTS are folders with the texts of the gold (``gold/README.md``). It writes ``actor_weights.csv``,
``actor_vectors.csv`` and ``news_actors.csv``. The same articles give the same files. Passages hold their text; what
they name is invented, so it is not listed.

What a model sees depends on what others decided before it, and on which names are known. So the decisions about an
article are made by models, and with a list of names, that do not come from it.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Any

import numpy as np

from broadsheet.analysis.encoder import encode
from broadsheet.analysis.pipeline import analyse
from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.models import MODELS, Decision, Weights
from broadsheet.extraction.quotes import find_quotes
from broadsheet.quality.evaluation.gold import read_gold
from broadsheet.quality.evaluation.texts import find_texts
from broadsheet.quality.training import linear
from broadsheet.quality.training.answers import Answers
from broadsheet.quality.training.linear import Choice
from broadsheet.reading import read
from broadsheet.reference.news_actors import NewsActor, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document

    Gold = dict[str, Any]
    Vectors = dict[str, dict[str, NDArray[np.float64]]]

PARTLY = ("actor", "holder")
"""Models that do not learn from gold whose readers list parties, and know offices, that the text does not tell."""
FOLDS = 5
PASSES = 2
MIN_COUNT = 3
LONGEST_NAME = 11
"""Words of a name that is listed, at most: a longer one is half a sentence of its article."""
PRIORS = {
    "actor": 2.0,
    "kind": 3.0,
    "span": 3.0,
    "title": 3.0,
    "country": 3.0,
    "holder": 3.0,
    "speaker": 3.0,
}


@dataclass(frozen=True, slots=True)
class Article:
    """An analysed article with its gold, the vectors of its tokens, and the models that do not learn from it.

    ``is_invented`` is true if the people and bodies that it names are.
    """

    document: Document
    gold: Gold
    vectors: NDArray[np.float32]
    without: frozenset[str] = frozenset()
    is_invented: bool = False


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
        entities = find_actors(article.document, article.vectors).entities
        find_quotes(article.document, entities)
    finally:
        MODELS.weights = MODELS.vectors = MODELS.names = MODELS.listener = None
    out: dict[str, list[Choice]] = defaultdict(list)
    answers = Answers(article.gold, article.document.text, decisions, entities)
    for decision in decisions:
        learned = decision.features and decision.model not in article.without
        right = answers.right(decision) if learned else None
        if right is not None:
            features = [[*map(intern, names)] for names in decision.features]
            vectors = [given and (given[0], given[1].astype(np.float32)) for given in decision.vectors]
            out[decision.model].append(Choice(features, right, vectors=vectors))
    return out


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
    real = [(k, article.gold) for k, article in enumerate(articles) if not article.is_invented]
    names = [names_of(gold for k, gold in real if k % FOLDS != fold) for fold in range(FOLDS)]
    folds = [Trained({}, {}, n) for n in names]
    learned: tuple[Weights, Vectors] = {}, {}
    for number in range(PASSES):
        choices = [choices_of(article, folds[k % FOLDS]) for k, article in enumerate(articles)]
        learned = learn(choices, learned)
        if number < PASSES - 1:
            others = [[c for k, c in enumerate(choices) if k % FOLDS != fold] for fold in range(FOLDS)]
            folds = [Trained(*learn(some, learned), n) for some, n in zip(others, names, strict=True)]
    return Trained(*learned, names_of(gold for _, gold in real))


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


def read_passages(files: Iterable[Path]) -> Iterator[tuple[Document, Gold]]:
    """Analysed passages with their gold, in the order of the files: JSON Lines with ``text`` and ``published_on``."""
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield analyse(read(case["text"], published_on=case["published_on"])), case


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
    parser.add_argument("--passages", type=Path, nargs="*", default=[], help="annotated passages with their text")
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="folders with the texts of the gold")
    parser.add_argument("--out", type=Path, required=True, help="folder of the reference tables")
    options = parser.parse_args(arguments)
    partly = {case["article"]["name"] for path in options.partly for case in read_gold(path).cases}
    articles = []
    for document, gold in read_articles([*options.gold, *options.partly], options.articles):
        without = PARTLY if gold["article"]["name"] in partly else ()
        articles.append(Article(document, gold, encode(document).astype(np.float32), frozenset(without)))
    for document, gold in read_passages(options.passages):
        articles.append(Article(document, gold, encode(document).astype(np.float32), is_invented=True))
    write(train(articles), options.out)


if __name__ == "__main__":
    main()
