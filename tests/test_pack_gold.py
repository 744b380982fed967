"""`gold/` says what the readers wrote, and holds no text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from broadsheet.quality.evaluation.offsets import PRINTED, from_offsets
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOLD = ROOT / "gold"
SECTIONS = ("actors", "roles", "quotes", "events", "tariffs", "figures")
LONGEST = 20
"""Words of the longest string, as in `tools/pack_gold.py`."""


def lines() -> list[dict[str, Any]]:
    """All articles of `gold/`."""
    return [json.loads(line) for path in sorted(GOLD.glob("*.jsonl")) for line in path.open(encoding="utf-8")]


def strings(value: object) -> Iterator[str]:
    """All strings inside of a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def test_no_sentence_is_in_it() -> None:
    """Printed strings are offsets, titles of articles are absent, and no other string is as long as a sentence."""
    for line in lines():
        assert not {"title", "text"} & line["article"].keys()
        assert not any(key in row or "nth" in row for section, key in PRINTED.items() for row in line.get(section, ()))
        rows = {key: value for key, value in line.items() if key != "article"}
        assert max(len(string.split()) for string in strings(rows)) <= LONGEST


def test_every_article_is_in_one_split() -> None:
    """A file holds its own split, sorted by name; no article is in two."""
    assert len({line["article"]["text_sha256"] for line in lines()}) == len(lines())
    for path in GOLD.glob("*.jsonl"):
        about = [json.loads(line)["article"] for line in path.open(encoding="utf-8")]
        assert {row["split"] for row in about} == {path.name.removesuffix(".jsonl")}
        assert [row["name"] for row in about] == sorted(row["name"] for row in about)


def test_the_readme_counts_the_rows() -> None:
    """The table of `gold/README.md` has the articles and rows of each file."""
    readme = (GOLD / "README.md").read_text(encoding="utf-8")
    for path in GOLD.glob("*.jsonl"):
        articles = [json.loads(line) for line in path.open(encoding="utf-8")]
        sizes = [sum(len(line.get(section, ())) for line in articles) for section in SECTIONS]
        assert f"| `{path.name}` | {len(articles)} | {' | '.join(f'{size:,}' for size in sizes)} |" in readme


def test_the_texts_give_back_what_the_readers_wrote(shared: Path) -> None:
    """With its text, each line is the row for row original."""
    corpus, changed = shared / "corpus", []
    for line in lines():
        name = line["article"]["name"]
        if not (corpus / "gold" / f"{name}.json").is_file():
            continue  # annotated later than the corpus
        case = from_offsets(line, (corpus / "texts" / f"{name}.txt").read_bytes().decode())
        original = json.loads((corpus / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        about = {key: case["article"][key] for key in ("title", "published_on", "text_sha256")}
        if {**case, "article": {"source": name, **about}} != original:
            changed.append(name)  # Names only: the articles of sealed splits are not to be read.
    assert not changed
