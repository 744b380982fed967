"""What a page carries comes out as it went in, cannot leave its element, and is the same each time."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest

from broadsheet.views.page.packing import coded, frame, packed, script_json

NASTY = ("</script><script>alert(1)</script>", "<!--", "]]>", "a\u2028b\u2029c", "&lt;", '"\\', "\u202e", "\0", "🧂")


@pytest.mark.parametrize("text", NASTY)
def test_json_stays_in_its_element(text: str) -> None:
    """No sign of markup or of the end of a line is left, and the text comes back."""
    made = script_json({text: [text]})
    assert not set("<>&\u2028\u2029\n") & set(made)
    assert json.loads(made) == {text: [text]}


def test_a_pack_comes_back_and_tells_no_time() -> None:
    """A pack is gzip in base64, without a time or a system in its header; the same content gives the same bytes."""
    content = {"texts": list(NASTY), "numbers": [1, -2.5, None, True]}
    made = base64.b64decode(packed(content))
    assert json.loads(gzip.decompress(made)) == content
    assert made[4:8] == b"\0\0\0\0"
    assert made[9] == 255
    assert packed(content) == packed(json.loads(json.dumps(content)))


COLUMNS: list[tuple[list[Any], bool]] = [
    ([], False),
    (["one"], False),
    (["direct", "partial", "direct", "direct"] * 3, True),
    (["", "", "", ""], False),
    ([1, 2, 3, 4], False),
    ([None, None, *["a long cell"] * 6], True),
    ([1, True, 1.0, "1", None] * 9, True),
    ([f"key_{number}" for number in range(50)], False),
    (["art_0123456789abcdef"] * 50, True),
]


@pytest.mark.parametrize(("cells", "short"), COLUMNS)
def test_columns_are_coded_where_that_is_shorter(cells: list[Any], short: bool) -> None:
    """The coded form is taken where it is shorter, never else, and gives the cells with their types."""
    made = coded(cells)
    assert isinstance(made, dict) is short
    back = [made["values"][at] for at in made["at"]] if isinstance(made, dict) else made
    assert [(type(cell), cell) for cell in back] == [(type(cell), cell) for cell in cells]
    assert len(json.dumps(made)) <= len(json.dumps(cells))


def test_a_frame_tells_its_rows() -> None:
    """A table without rows still has its columns."""
    assert frame({"a": [], "b": []}, 0) == {"n": 0, "columns": {"a": [], "b": []}}
