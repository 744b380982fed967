"""Learns the weights of the two quote models from attributed articles.

    python -m broadsheet.quality.training.quotes ATTRIBUTIONS.jsonl.gz --gold gold/train*.jsonl --articles TEXTS \
        --out src/broadsheet/reference/quote_weights.csv

ATTRIBUTIONS has a line an article: ``text`` and ``quotes``, each with ``start`` and ``end`` inside the marks and
``source``, the spans that name the speaker (PolNeAR's attributions have this form). TEXTS are folders with the texts of
the gold. Needs SciPy, a development dependency. Training is deterministic: there is no random choice, and weights are
rounded to two decimals.

The speaker model is a conditional logit over the candidates of a quote (Berger et al. 1996), the speech model a
logistic regression over stretches in marks; both with a Gaussian prior. The speech model sees the choice of a speaker
model that did not learn from the same articles. The features that are worth least are
dropped in three rounds and the rest learned again.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from broadsheet.analysis.pipeline import analyse
from broadsheet.analysis.raw import raw_article
from broadsheet.base.span import Span
from broadsheet.extraction.quotes.candidates import speaker_candidates
from broadsheet.extraction.quotes.features import context_of, features_of
from broadsheet.extraction.quotes.labels import layout_speaker
from broadsheet.extraction.quotes.phrases import RELATIVES, antecedent, noun_phrase
from broadsheet.extraction.quotes.quoted_document import MARKS, find_quotations
from broadsheet.extraction.quotes.rank import score
from broadsheet.extraction.quotes.speakers import best_candidate
from broadsheet.extraction.quotes.speech import is_named, speech_features
from broadsheet.quality.training.actors import read_articles
from broadsheet.quality.training.answers import place_of
from broadsheet.quality.training.linear import Choice, learn_choices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.quotes.features import QuoteContext
    from broadsheet.extraction.quotes.phrases import Candidate
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

FOLDS = 4
MIN_COUNT = 20
PRIOR = 3.0
SPEAKER_FEATURES = 600
SPEECH_FEATURES = 200
OVERLAP = 0.7
_FARTHEST = 1_000

_NAME = re.compile(r"[^\W\d_][\w.'’-]*")


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated quote: its words, the spans that name its speaker (none if no one is named), whether it may lack."""

    span: Span
    sources: tuple[Span, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A quoted stretch with its candidates and its annotation."""

    article: int
    quoted: QuotedDocument
    quote: Quotation
    context: QuoteContext
    candidates: tuple[Candidate, ...]
    features: tuple[list[str], ...]
    gold: Gold | None
    right: tuple[bool, ...]


def read_corpus(path: Path) -> Iterator[tuple[Document, list[Gold]]]:
    """Analysed articles with their annotated quotes."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            document = analyse(raw_article(entry["text"]))
            yield document, gold_of(entry["quotes"])


def gold_of(quotes: Sequence[Mapping[str, object]]) -> list[Gold]:
    """The annotated quotes of a line of the corpus."""
    out = []
    for quote in quotes:
        start, end = cast("int", quote["start"]), cast("int", quote["end"])
        sources = cast("list[list[int]]", quote["source"])
        out.append(Gold(Span(start, end), tuple(Span(*source) for source in sources)))
    return out


def gold_of_rows(text: str, rows: Sequence[Mapping[str, Any]]) -> list[Gold]:
    """The quotes of an annotated article; the printed name of a speaker is looked for nearest to the quote.

    Args:
        text: The canonical text.
        rows: Its quotes, of which each has ``text``, and ``speaker_text`` where the speaker is named.
    """
    out: list[Gold] = []
    for row in rows:
        span = Span(*place_of(text, row))
        if span.start < 0:
            continue
        if row.get("same_utterance_as_previous") and row.get("speaker_text") is None and out:
            sources = out[-1].sources
        else:
            sources = _nearest(text, row.get("speaker_text"), span)
        out.append(Gold(span, sources, bool(row.get("optional"))))
    return out


def _nearest(text: str, name: str | None, quote: Span) -> tuple[Span, ...]:
    """The place of a name outside a quote that is nearest to it, within a thousand characters."""
    if not name:
        return ()
    places = [m.start() for m in re.finditer(re.escape(name), text) if not quote.start <= m.start() < quote.end]
    gaps = [(quote.start - p - len(name) if p < quote.start else p - quote.end, p) for p in places]
    near = [(gap, p) for gap, p in gaps if gap <= _FARTHEST]
    return (Span(min(near)[1], min(near)[1] + len(name)),) if near else ()


def examples_of(number: int, document: Document, golds: Sequence[Gold]) -> list[Example]:
    """The stretches of an article; the previous speaker is the annotated one, so errors do not propagate."""
    quoted = find_quotations(document)
    out = []
    earlier: tuple[int, int] | None = None
    for quote in quoted.quotes:
        gold = next((g for g in golds if _overlap(g.span, quote.stretch.span) >= OVERLAP), None)
        context = context_of(quoted, quote)
        candidates = speaker_candidates(quoted, quote, earlier)
        features = features_of(quoted, quote, context, candidates)
        right = _right(document, candidates, gold.sources) if gold else [False] * len(candidates)
        out.append(Example(number, quoted, quote, context, tuple(candidates), tuple(features), gold, tuple(right)))
        if (
            not quote.stretch.double
            or quote.layout != MARKS
            or layout_speaker(quoted, quote)
            or is_named(quoted, quote)
            or (gold is not None and gold.optional)
        ):
            # The annotators marked only double marks, and the models need not learn what rules decide.
            out.pop()
        if gold is not None and (head := _head(document, gold.sources)) is not None:
            earlier = (quote.index, head)
    return out


def _overlap(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start))


def _head(document: Document, sources: Sequence[Span]) -> int | None:
    for span in sources:
        first, last = document.range_of(span)
        for i in range(first, last):
            if document.tokens[i].head == i or not first <= document.tokens[i].head < last:
                return i
    return None


def _right(document: Document, candidates: Sequence[Candidate], sources: Sequence[Span]) -> list[bool]:
    """Which candidates are in the annotated source; if none is, those with its name.

    If annotators marked a relative pronoun, the noun before it is correct.
    """
    marked = [_before_relative(document, source) for source in sources]
    right = [any(document.tokens[t.source].span.overlaps(s) for s in marked) for t in candidates]
    if any(right) or not sources:
        return right
    names = {n for s in sources for n in _names(s.of(document.text))[-1:]}
    return [bool(names & set(_names(document.text_of(*noun_phrase(document, t.source)))[-1:])) for t in candidates]


def _before_relative(document: Document, source: Span) -> Span:
    first, last = document.range_of(source)
    if last - first == 1 and document.tokens[first].lower in RELATIVES:
        return document.tokens[antecedent(document, first)].span
    return source


def _names(text: str) -> list[str]:
    return [w.removesuffix("'s").removesuffix("’s").lower() for w in _NAME.findall(text) if w[0].isupper()]


def learn_speaker(examples: Sequence[Example]) -> dict[str, float]:
    """Weights of the speaker model."""
    usable = [e for e in examples if any(e.right)]
    return _fit([Choice(e.features, [float(r) for r in e.right]) for e in usable], SPEAKER_FEATURES)


def learn_speech(rows: Sequence[Sequence[str]], spoken: Sequence[bool]) -> dict[str, float]:
    """Weights of the speech model."""
    choices = [Choice((row, ()), (float(said), float(not said))) for row, said in zip(rows, spoken, strict=True)]
    return _fit(choices, SPEECH_FEATURES)


def _fit(choices: Sequence[Choice], keep: int) -> dict[str, float]:
    """Weights of the ``keep`` most valuable features: by the square of the weight times the frequency."""
    counts = Counter(f for choice in choices for features in choice.features for f in set(features))
    weights: dict[str, int] = {}
    for kept in (4 * keep, 2 * keep, keep, keep):
        weights = learn_choices(choices, MIN_COUNT, lambda _: PRIOR)
        valued = sorted(weights, key=lambda n: (-weights[n] * weights[n] * counts[n], n))[:kept]
        best = frozenset(valued)
        choices = [replace(c, features=[[f for f in fs if f in best] for fs in c.features]) for c in choices]
    return {name: weight / 100 for name, weight in weights.items()}


def learn(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Weights of both models, by model."""
    rows: list[list[str]] = []
    spoken: list[bool] = []
    for fold in range(FOLDS):
        model = learn_speaker([e for e in examples if e.article % FOLDS != fold])
        for example in examples:
            if example.article % FOLDS == fold:
                rows.append(_speech_row(example, model))
                spoken.append(example.gold is not None)
    return {"speaker": learn_speaker(examples), "speech": learn_speech(rows, spoken)}


def _speech_row(example: Example, model: Mapping[str, float]) -> list[str]:
    scores = [score(model, f) for f in example.features]
    candidate = best_candidate(example.candidates, scores)
    return speech_features(example.quoted, example.quote, example.context, candidate, scores)


def write_weights(models: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """Writes the weights as a reference table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "feature", "weight"])
        for model in sorted(models):
            writer.writerows([model, name, f"{models[model][name]:g}"] for name in sorted(models[model]))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("attributions", type=Path, help="quotes with the spans of their speakers, JSON Lines")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="files of gold")
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="folders with the texts of the gold")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    articles = read_corpus(arguments.attributions)
    if arguments.gold:
        annotated = read_articles(arguments.gold, arguments.articles)
        articles = chain(articles, ((d, gold_of_rows(d.text, gold.get("quotes") or [])) for d, gold in annotated))
    examples: list[Example] = []
    for number, (document, golds) in enumerate(articles):
        examples.extend(examples_of(number, document, golds))
    write_weights(learn(examples), arguments.out)


if __name__ == "__main__":
    main()
