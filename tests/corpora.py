"""Corpora of any size: articles assembled at random from the paragraphs of our own gold articles.

They contain news prose with everything that the parsers look for. The same people, bodies and countries occur in many
articles, as in real news. Used by the tests of corpus runs, and by the commands that measure and kill them.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from broadsheet.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLD = Path(__file__).parent / "gold"
PUBLISHERS = ("The Harbour Gazette", "Eastport Echo", "Norland Wire", "Straits Courier")
FIRST_DAY = date(2015, 1, 1)
_DAYS = 3_650


@cache
def paragraphs() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The titles and the paragraphs of our gold articles."""
    titles, bodies = [], []
    for path in sorted(GOLD.glob("*/*.txt")):
        article = read(path)
        if article.title:
            titles.append(article.title)
        bodies += [span.of(article.text) for span in article.paragraphs]
    return tuple(titles), tuple(bodies)


def records(count: int, *, words: int = 600, seed: int = 0, first: int = 0) -> Iterator[dict[str, str]]:
    """Articles with their metadata, in the form of JSON Lines.

    Args:
        count: Number of articles.
        words: Approximate number of words of each.
        seed: The random seed.
        first: Number of the first one: the articles of a seed are an endless series; each depends only on its number.
    """
    titles, bodies = paragraphs()
    for number in range(first, first + count):
        random = Random(f"{seed} {number}")
        parts: list[str] = []
        so_far = 0
        while so_far < words:
            parts.append(random.choice(bodies))
            so_far += len(parts[-1].split())
        title = f"{random.choice(titles)}: report {seed}-{number}"
        yield {
            "id": f"{seed}-{number}",
            "text": "\n\n".join([title, *parts]),
            "published_on": (FIRST_DAY + timedelta(days=random.randrange(_DAYS))).isoformat(),
            "publisher": random.choice(PUBLISHERS),
        }


def write_jsonl(path: Path, count: int, *, words: int = 600, seed: int = 0, first: int = 0) -> Path:
    """The articles as a file of JSON Lines."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records(count, words=words, seed=seed, first=first):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def write_folder(folder: Path, count: int, *, words: int = 600, seed: int = 0, first: int = 0) -> Path:
    """The articles as a folder of plain text with sidecars."""
    folder.mkdir(parents=True, exist_ok=True)
    for record in records(count, words=words, seed=seed, first=first):
        (folder / f"{record['id']}.txt").write_text(record["text"] + "\n", encoding="utf-8", newline="\n")
        said = f'published_on = {record["published_on"]}\npublisher = "{record["publisher"]}"\n'
        (folder / f"{record['id']}.toml").write_text(said, encoding="utf-8", newline="\n")
    return folder
