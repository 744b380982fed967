#!/usr/bin/env python3
"""Writes `gold/SPLIT.jsonl` from annotated articles: offsets and facts, no sentences.

python3 dev.py run python tools/pack_gold.py GOLD TEXTS CATALOGUE [--out FOLDER]

GOLD holds NAME.json for each article, in the form that `broadsheet evaluate` takes; TEXTS holds NAME.txt in canonical
form; CATALOGUE is a JSON Lines file with the name, split, publisher, published_on, origin and text_sha256 of each. The
strings that gold quotes from a text become offsets into it, and the title is left out. The same input gives the same
bytes. Prints the articles and rows of each file, as `gold/README.md` shows them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.quality.evaluation.offsets import to_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
ABOUT = ("name", "split", "publisher", "published_on", "origin", "text_sha256")
SECTIONS = ("actors", "roles", "quotes", "events", "tariffs", "figures")
SENTENCE = 12
"""Words from which a printed speaker may be most of a sentence."""
LONGEST = 20
"""Words of the longest string allowed: names, titles and products are shorter, sentences often are not."""


def packed(name: str, gold: Mapping[str, Any], text: bytes, about: Mapping[str, Any]) -> dict[str, Any]:
    """The line of an article.

    Raises:
        ValueError: If gold, text and catalogue do not match, or a long string would remain.
    """
    for key in ("published_on", "text_sha256"):
        if gold["article"][key] != about[key]:
            raise ValueError(f"{name}: {key} of the gold and of the catalogue differ")
    if hashlib.sha256(text).hexdigest() != about["text_sha256"]:
        raise ValueError(f"{name}: the text has another SHA-256")
    partial = {"partial_actors": True} if gold["article"].get("partial_actors") else {}
    line = {**to_offsets(gold, text.decode()), "article": {key: about[key] for key in ABOUT} | partial}
    if "quotes" in line:
        line["quotes"] = [_without_long_speakers(quote) for quote in line["quotes"]]
    for string in _strings({key: value for key, value in line.items() if key != "article"}):
        if len(string.split()) > LONGEST:
            raise ValueError(f"{name}: a string of more than {LONGEST} words would stay: {string[:40]!r}")
    return line


def _without_long_speakers(quote: dict[str, Any]) -> dict[str, Any]:
    """The quote without alternative forms of its speaker that are as long as a sentence."""
    forms = quote.get("speaker_text_alt")
    if forms is None:
        return quote
    listed = forms if isinstance(forms, list) else [forms]
    kept = [form for form in listed if form is None or len(form.split()) < SENTENCE]
    if kept == listed:
        return quote
    rest = {key: value for key, value in quote.items() if key != "speaker_text_alt"}
    return {**rest, "speaker_text_alt": kept} if kept else rest


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def by_split(gold: Path, texts: Path, catalogue: Path) -> dict[str, list[dict[str, Any]]]:
    """Split to the lines of its articles, in the order of their names."""
    rows = map(json.loads, catalogue.open(encoding="utf-8"))
    about = {row["name"]: row for row in rows}
    splits: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in sorted(gold.glob("*.json")):
        name = path.stem
        case = json.loads(path.read_text(encoding="utf-8"))
        line = packed(name, case, (texts / f"{name}.txt").read_bytes(), about[name])
        splits[about[name]["split"]].append(line)
    return splits


def main(arguments: Sequence[str]) -> int:
    """Writes the files.

    Returns:
        1 if an article cannot be packed, else 0.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "texts", "catalogue"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "gold")
    options = parser.parse_args(arguments)
    try:
        splits = by_split(options.gold, options.texts, options.catalogue)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    options.out.mkdir(exist_ok=True)
    for split, lines in sorted(splits.items()):
        content = "".join(json.dumps(x, ensure_ascii=False, separators=(",", ":")) + "\n" for x in lines)
        (options.out / f"{split}.jsonl").write_text(content, encoding="utf-8", newline="\n")
        rows = (f"{sum(len(line.get(section, ())) for line in lines):,}" for section in SECTIONS)
        print(f"| `{split}.jsonl` | {len(lines)} | {' | '.join(rows)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
