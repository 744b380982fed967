"""Gold without texts: offsets for printed strings, and back."""

from __future__ import annotations

import pytest

from broadsheet.quality.evaluation.offsets import from_offsets, to_offsets

TEXT = "Peat duty\n\nLatvia put a duty on peat. A duty on moss follows.\n"
CASE = {
    "article": {"title": "Peat duty", "text_sha256": "0"},
    "actors": [{"name": "Latvia", "kind": "country"}],
    "events": [{"type": "SANCTION", "trigger": "duty", "nth": 3}],
    "tariffs": [{"imposer": "LVA", "evidence": "a duty on peat", "nth": 1}],
    "figures": None,
}


def test_strings_become_offsets_and_come_back() -> None:
    """The third "duty" is found by its offset; sections without printed strings, or null, stay."""
    packed = to_offsets(CASE, TEXT)
    assert packed["events"] == [{"char_start": 40, "char_end": 44, "type": "SANCTION"}]
    assert packed["actors"] == CASE["actors"]
    assert packed["figures"] is None
    assert from_offsets(packed, TEXT) == CASE


def test_a_string_that_is_not_there_is_an_error() -> None:
    """There is no fourth "duty"."""
    case = {"article": {}, "events": [{"trigger": "duty", "nth": 4}]}
    with pytest.raises(ValueError, match="occurrence 4 of 'duty' is not in the text"):
        to_offsets(case, TEXT)


def test_offsets_beyond_the_text_are_an_error() -> None:
    """They belong to another text."""
    with pytest.raises(ValueError, match="characters 60 to 90 are not in a text of 62"):
        from_offsets({"article": {}, "events": [{"char_start": 60, "char_end": 90}]}, TEXT)
