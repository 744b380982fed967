"""Finds the texts for gold that has offsets instead of strings, such as ``gold/*.jsonl``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import open_regular
from broadsheet.quality.evaluation.offsets import PRINTED, from_offsets
from broadsheet.reading import read
from broadsheet.reading.canonical import canonical
from broadsheet.reading.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from broadsheet.quality.evaluation.gold import Gold
    from broadsheet.reading import Article

_LISTED = 10


@dataclass(frozen=True, slots=True)
class GoldWithTexts:
    """Gold with restored strings.

    Attributes:
        golds: The gold, without articles whose text was not found.
        articles: The found articles, in the order of the gold.
        notes: Messages for the user about omitted articles.
    """

    golds: tuple[Gold, ...]
    articles: tuple[Article, ...]
    notes: tuple[str, ...]


def has_offsets(gold: Gold) -> bool:
    """Whether the gold needs the texts of its articles."""
    return gold.form == "article" and any(
        "char_start" in row for case in gold.cases for section in PRINTED for row in case.get(section) or ()
    )


def find_texts(golds: Sequence[Gold], files: Iterable[Path]) -> GoldWithTexts:
    """Matches gold with texts by SHA-256, reads these articles, and restores the strings of the gold.

    The articles get the day and publisher from the gold. A file matches by its raw text or its canonical form: some
    texts have control characters of ASCII that the canonical text drops, but the offsets of their gold count them.

    Args:
        golds: Gold for which :func:`has_offsets` is true.
        files: Text files; may include files of other articles.

    Raises:
        InputError: If no text is found, a file cannot be read, or an offset is beyond the end of its text.
    """
    paths = list(files)
    if not paths:
        raise InputError(
            str(golds[0].path), "has offsets in place of texts", "name the folder of its texts with --articles"
        )
    abouts = [case["article"] for gold in golds for case in gold.cases]
    texts = _texts({about.get("text_sha256") for about in abouts}, paths)
    found = {about["text_sha256"]: about for about in abouts if about.get("text_sha256") in texts}
    if not found:
        raise InputError(
            str(golds[0].path),
            f"none of its {len(abouts)} articles has its text in --articles",
            "name the folder of texts; gold/README.md says how to obtain them",
        )
    articles = [
        read(texts[digest][0], published_on=about.get("published_on"), publisher=about.get("publisher"))
        for digest, about in found.items()
    ]
    left_out = [about.get("name") or "?" for about in abouts if about.get("text_sha256") not in texts]
    restored = [
        replace(gold, cases=tuple(_restored(gold, case, texts) for case in gold.cases if _digest(case) in texts))
        for gold in golds
    ]
    return GoldWithTexts(tuple(restored), tuple(articles), tuple(_notes(left_out, len(abouts), paths)))


def _digest(case: Mapping[str, Any]) -> str | None:
    digest: str | None = case["article"].get("text_sha256")
    return digest


def _texts(wanted: set[str | None], paths: Sequence[Path]) -> dict[str, tuple[Path, str]]:
    """Maps each wanted SHA-256 to its file and text."""
    texts: dict[str, tuple[Path, str]] = {}
    others = []
    for path in paths:
        data = _read(path)
        digest = hashlib.sha256(data).hexdigest()
        if digest in wanted:
            texts.setdefault(digest, (path, data.decode()))
        else:
            others.append(path)
    if len(texts) == len(wanted):
        return texts
    for path in others:
        try:
            text = canonical(decode(_read(path), place=str(path)))
        except InputError:
            continue  # Not UTF-8, so not the canonical text of any gold.
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest in wanted:
            texts.setdefault(digest, (path, text))
    return texts


def _read(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            return file.read()
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror or error})", "name a text file") from error


def _restored(gold: Gold, case: dict[str, Any], texts: Mapping[str, tuple[Path, str]]) -> dict[str, Any]:
    about = case["article"]
    try:
        return from_offsets(case, texts[about["text_sha256"]][1])
    except ValueError as error:
        place = f"{gold.path}, {about.get('name') or about['text_sha256']}"
        raise InputError(place, str(error), "take the file from the repository again") from error


def _notes(left_out: Sequence[str], total: int, paths: Sequence[Path]) -> list[str]:
    files = {path.stem for path in paths}
    changed = [name for name in left_out if name in files]
    missing = [name for name in left_out if name not in files]
    notes = [(changed, "have a text with another SHA-256"), (missing, "have no text here")]
    return [f"{len(names)} of {total} articles {what}, left out: {_list(names)}" for names, what in notes if names]


def _list(names: Sequence[str]) -> str:
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")
