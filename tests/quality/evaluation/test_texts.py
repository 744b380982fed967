"""Gold with offsets finds its texts by their SHA-256."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from quality.evaluation.world import TEXT, gold

from broadsheet.base.errors import InputError
from broadsheet.quality.evaluation.gold import Gold, read_gold
from broadsheet.quality.evaluation.offsets import to_offsets
from broadsheet.quality.evaluation.texts import find_texts, has_offsets

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "Ferries merge\n\nThe two ferries will merge in May, the harbor master said.\n"


def packed(text: str = TEXT, name: str = "peat", **about: Any) -> dict[str, Any]:
    """The gold of an article as a line of `gold/`."""
    case = to_offsets(gold(), text) if text.startswith(TEXT[:40]) else {"actors": []}
    about = {"published_on": "2024-03-12", "publisher": "Riga Post", **about}
    return {**case, "article": {"name": name, "text_sha256": hashlib.sha256(text.encode()).hexdigest(), **about}}


def read_lines(folder: Path, *cases: dict[str, Any]) -> Gold:
    """The gold of several articles, read from one file."""
    path = folder / "dev.jsonl"
    path.write_text("".join(f"{json.dumps(case)}\n" for case in cases), encoding="utf-8")
    return read_gold(path)


def write(folder: Path, name: str, text: str) -> Path:
    """A text file."""
    path = folder / f"{name}.txt"
    path.write_bytes(text.encode())
    return path


def test_strings_are_restored(tmp_path: Path) -> None:
    """Whatever the file is called; day and publisher come from the gold, and other texts are not read."""
    other = tmp_path / "binary.txt"
    other.write_bytes(b"\xff\0\xff")
    lines = read_lines(tmp_path, packed())
    assert has_offsets(lines)
    found = find_texts([lines], [other, write(tmp_path, "any", TEXT)])
    (case,) = found.golds[0].cases
    assert [quote["text"] for quote in case["quotes"]] == ["The duty stands,", "It stands until June."]
    assert case["article"]["title"] == "Latvia taxes Estonian peat"
    assert not has_offsets(found.golds[0])
    (article,) = found.articles
    assert (article.text, str(article.published_on), article.publisher) == (TEXT, "2024-03-12", "Riga Post")
    assert found.notes == ()


def test_a_text_is_found_by_its_canonical_form(tmp_path: Path) -> None:
    """Line ends and the like make no difference."""
    found = find_texts([read_lines(tmp_path, packed())], [write(tmp_path, "crlf", TEXT.replace("\n", "\r\n"))])
    assert [article.text for article in found.articles] == [TEXT]


def test_control_characters_count_where_the_gold_counts_them(tmp_path: Path) -> None:
    """The canonical text has none, but the readers may have had a text with some."""
    raw = TEXT.replace("peat on Monday", "peat\x02 on Monday")
    found = find_texts([read_lines(tmp_path, packed(raw))], [write(tmp_path, "raw", raw)])
    assert found.golds[0].cases[0]["quotes"][0]["text"] == "The duty stands,"
    assert [article.text for article in found.articles] == [TEXT]


def test_articles_without_their_text_are_left_out(tmp_path: Path) -> None:
    """One note names those that are missing, another those whose text was changed."""
    lines = read_lines(tmp_path, packed(), packed(OTHER, "ferries"), packed(OTHER + "\n\nMore.\n", "gone"))
    files = [write(tmp_path, "peat", TEXT), write(tmp_path, "ferries", OTHER.replace("May", "June"))]
    found = find_texts([lines], files)
    assert [case["article"]["name"] for case in found.golds[0].cases] == ["peat"]
    assert found.notes == (
        "1 of 3 articles have a text with another SHA-256, left out: ferries",
        "1 of 3 articles have no text here, left out: gone",
    )


def test_no_text_at_all_is_an_error(tmp_path: Path) -> None:
    """No folder, or one without any of the articles."""
    lines = read_lines(tmp_path, packed())
    with pytest.raises(InputError, match="has offsets in place of texts; name the folder of its texts"):
        find_texts([lines], [])
    with pytest.raises(InputError, match="none of its 1 articles has its text in --articles"):
        find_texts([lines], [write(tmp_path, "other", OTHER)])


def test_an_offset_beyond_the_text_is_an_error(tmp_path: Path) -> None:
    """The gold was changed."""
    case = packed()
    case["quotes"][0]["char_end"] = 9999
    with pytest.raises(InputError, match=r"dev.jsonl, peat: characters 140 to 9999 are not in a text of"):
        find_texts([read_lines(tmp_path, case)], [write(tmp_path, "peat", TEXT)])
