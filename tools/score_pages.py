"""Scores the reading of web pages: `python3 dev.py run python tools/score_pages.py [FOLDER]`.

FOLDER (by default `tests/reading/inputs/pages`) holds pages and `gold.json`: for each, the metadata and the paragraphs
that a reader takes for the article. Prints for each page how many words of the paragraphs are right (precision and
recall over words in their order), which metadata are not, and the time; then the sums.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from broadsheet.reading.inputs import Found, InputOptions, Unit, read_unit

PAGES = Path(__file__).resolve().parents[1] / "tests" / "reading" / "inputs" / "pages"
FIELDS = ("title", "authors", "published_on", "publisher", "url", "language")


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one page.

    Attributes:
        name: The page.
        right: Words that are in the gold and in the extracted text.
        read: Words extracted.
        gold: Words of the gold.
        wrong: Field to the extracted value that differs from the gold.
        seconds: Time that it took.
    """

    name: str
    right: int
    read: int
    gold: int
    wrong: dict[str, object]
    seconds: float


def score(folder: Path, name: str, gold: dict[str, object]) -> Score:
    """The score of one page."""
    path = folder / f"{name}.html"
    start = time.perf_counter()
    found = next(read_unit(Unit(name, path), InputOptions()))
    seconds = time.perf_counter() - start
    paragraphs = gold["paragraphs"]
    assert isinstance(paragraphs, list)
    expected = " ".join(paragraphs).split()
    if not isinstance(found, Found):
        return Score(name, 0, 0, len(expected), dict.fromkeys(FIELDS, found.problem), seconds)
    article = found.article
    words = " ".join(span.of(article.text) for span in article.paragraphs).split()
    matcher = SequenceMatcher(None, words, expected, autojunk=False)
    right = sum(block.size for block in matcher.get_matching_blocks())
    stated: dict[str, object] = {
        **{field: getattr(article, field) for field in FIELDS},
        "authors": list(article.authors),
        "published_on": article.published_on and article.published_on.isoformat(),
    }
    wrong = {field: stated[field] for field in FIELDS if stated[field] != gold[field]}
    return Score(name, right, len(words), len(expected), wrong, seconds)


def scores(folder: Path = PAGES) -> list[Score]:
    """The scores of all pages of a folder."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return [score(folder, name, expected) for name, expected in gold.items()]


def main() -> int:
    """Prints the scores."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    found = scores(folder)
    print(f"{'page':22} {'precision':>9} {'recall':>7} {'ms':>6}  wrong metadata")
    for each in found:
        precision, recall = each.right / max(each.read, 1), each.right / each.gold
        print(f"{each.name:22} {precision:9.3f} {recall:7.3f} {each.seconds * 1000:6.0f}  {each.wrong or ''}")
    right, read, gold = (sum(getattr(each, key) for each in found) for key in ("right", "read", "gold"))
    wrong = sum(len(each.wrong) for each in found)
    fields = len(FIELDS) * len(found)
    print(f"{len(found)} pages: precision {right / max(read, 1):.3f}, recall {right / gold:.3f}, ", end="")
    print(f"metadata {fields - wrong} of {fields} right")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
