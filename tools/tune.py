#!/usr/bin/env python3
"""Scores values of a constant of the extraction, such as a threshold, on annotated articles.

    python tools/tune.py gold/dev.jsonl --articles TEXTS --constant events.event_mention.GATE --values -1 -0.5 0

A constant is named by its module in `broadsheet.extraction`. Articles are analysed once, so that a value takes a
fraction of the time of `broadsheet evaluate`. Choose values on development articles only.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from broadsheet.analysis.encoder import encode
from broadsheet.analysis.pipeline import DEFAULT_MODEL, analyse, model_version
from broadsheet.extraction.pipeline import parse
from broadsheet.quality.evaluation import evaluate, read_gold
from broadsheet.quality.evaluation.texts import find_texts
from broadsheet.quality.valid_rows import valid_tables

MEASURES = (
    "actors", "actors.country", "roles", "roles.organization", "quotes+speaker", "events", "events.strict",
    "events.dyads", "events.date", "tariffs", "tariffs.strict", "tariffs.status", "tariffs.effective", "figures",
    "figures.kind", "figures.parties",
)  # fmt: skip


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+", help="files of gold with offsets")
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="folders with the texts of the gold")
    parser.add_argument("--constant", required=True, help="module in broadsheet.extraction, dot, name of a number")
    parser.add_argument("--values", type=float, nargs="+", required=True)
    given = parser.parse_args()
    where, _, name = given.constant.rpartition(".")
    module = import_module(f"broadsheet.extraction.{where}")
    if not isinstance(getattr(module, name, None), (int, float)):
        parser.error(f"{given.constant} is no number")
    texts = sorted(path for folder in given.articles for path in folder.glob("*.txt"))
    found = find_texts([read_gold(path) for path in given.gold], texts)
    documents = [analyse(article) for article in found.articles]
    vectors = [encode(document) for document in documents]
    print("\t".join((name, *MEASURES)))
    for value in given.values:
        setattr(module, name, value)
        parsed = [parse(*pair) for pair in zip(documents, vectors, strict=True)]
        tables = valid_tables(parsed, found.articles, model_version(DEFAULT_MODEL))
        counts = evaluate(found.golds, tables).scores["articles"].counts
        scores = [count.f1 if (count := counts.get(measure)) is not None else None for measure in MEASURES]
        print("\t".join((f"{value:g}", *("" if f1 is None else f"{f1:.3f}" for f1 in scores))))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
