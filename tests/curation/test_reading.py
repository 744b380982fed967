"""Files of corrections, right and wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet.base.errors import InputError
from broadsheet.base.span import Span
from broadsheet.curation import Action, parse_curation, read_curation

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
# A note of the curator.
[[correction]]
table = "tariffs"
row = "tar_0123456789abcdef"
action = "change"
reason = "The rate is another measure's."
span = [10, 40]
was = {rate_percent = "25", product = ""}
set = {rate_percent = "", product = "copper"}
evidence = {product = [30, 36]}

[[correction]]
table = "event_participants"
row = "eve_0123456789abcdef/peru/actor"
action = "drop"
reason = "It did not take part."
span = [10, 40]
"""

ENTRY = {
    "table": '"quotes"',
    "row": '"quo_0123456789abcdef"',
    "action": '"change"',
    "reason": '"Somebody else said it."',
    "span": "[3, 9]",
    "was": '{speaker_id = "peru"}',
    "set": '{speaker_id = "chile"}',
}

BAD = {
    "no table of rows": ({"table": '"evidence"'}, "table: cannot be 'evidence'"),
    "no key of the table": ({"row": '"a/b"'}, "row: is not a key of that table"),
    "another action": ({"action": '"repair"'}, "write one of change, drop, add"),
    "no reason": ({"reason": '" "'}, "reason: is missing"),
    "span of one end": ({"span": "[3]"}, "span: is not a span"),
    "span that ends first": ({"span": "[9, 3]"}, "span: is not a span"),
    "column that is not there": ({"set": '{speakr_id = "x"}'}, "did you mean speaker_id"),
    "column that follows from others": ({"set": "{n_words = 3}"}, "has an unknown key 'n_words'"),
    "key set": ({"set": '{quote_id = "x"}'}, "has an unknown key 'quote_id'"),
    "old value unsaid": ({"was": "{}"}, "does not have `set` and `was` for the same columns"),
    "drop that sets": ({"action": '"drop"'}, "drops a row and sets its cells"),
    "add that says what was": ({"action": '"add"'}, "adds a row and has `was`"),
    "key misspelt": ({"resaon": '"x"'}, "did you mean reason"),
    "evidence of another column": ({"evidence": "{cue = [1, 2]}"}, "is not for columns that are set"),
}


def entry(changes: dict[str, str]) -> str:
    """A correction in TOML, with some of its keys written otherwise."""
    return "[[correction]]\n" + "\n".join(f"{key} = {value}" for key, value in {**ENTRY, **changes}.items())


def test_a_file_gives_its_corrections_in_order(tmp_path: Path) -> None:
    """Keys, cells, old values, spans and evidence come out typed."""
    path = tmp_path / "curation.toml"
    path.write_text(GOOD, encoding="utf-8")
    first, second = read_curation(path).corrections
    assert (first.table, first.key, first.action) == ("tariffs", ("tar_0123456789abcdef",), Action.CHANGE)
    assert first.cells == {"rate_percent": None, "product": "copper"}
    assert first.evidence == {"product": Span(30, 36)}
    assert second.key == ("eve_0123456789abcdef", "peru", "actor")


@pytest.mark.parametrize(("changes", "message"), BAD.values(), ids=BAD)
def test_what_is_no_correction_is_refused(changes: dict[str, str], message: str) -> None:
    """The error names the file, the entry, the key and the fix."""
    with pytest.raises(InputError, match=r"^c\.toml: correction 1") as refused:
        parse_curation(entry(changes), "c.toml")
    assert message in str(refused.value)


@pytest.mark.parametrize("text", ["correction = 3", "[[correction]", "corection = []", "[correction]\ntable = 1"])
def test_what_is_no_file_of_corrections_is_refused(text: str) -> None:
    """Neither broken TOML nor another key passes as an empty file."""
    with pytest.raises(InputError, match=r"^c\.toml"):
        parse_curation(text, "c.toml")


def test_two_corrections_of_one_row_are_refused() -> None:
    """Their order would matter."""
    with pytest.raises(InputError, match="is the second correction of its row"):
        parse_curation(entry({}) + "\n" + entry({}), "c.toml")


def test_an_empty_file_corrects_nothing() -> None:
    """A project may start with one."""
    assert parse_curation("", "c.toml").corrections == ()
