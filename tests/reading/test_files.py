"""Reading a file whole, within a limit."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from broadsheet.base.errors import InputError
from broadsheet.reading.files import read_bytes, read_up_to

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = bytes(range(256)) * (12 << 10)


class Slow(io.BytesIO):
    """A stream that gives less than it is asked for, as pipes do."""

    def read(self, size: int | None = -1, /) -> bytes:
        """At most seven bytes."""
        assert size is not None
        assert size > 0, "a read of no bytes looks like the end, and one without a limit has none"
        return super().read(min(size, 7))


@pytest.mark.parametrize("most", [0, 1, 7, 20, 100, 1000])
def test_no_more_than_the_limit_is_taken(most: int) -> None:
    """What comes in small pieces is read up to the limit; the rest is left in the stream."""
    stream = Slow(CONTENT[:100])
    assert read_up_to(stream, most) == CONTENT[: min(most, 100)]
    assert stream.tell() == min(most, 100)


def test_large_pieces() -> None:
    """A stream of several megabytes is read to its limit."""
    assert read_up_to(io.BytesIO(CONTENT), len(CONTENT) - 1) == CONTENT[:-1]


def test_the_limit_of_a_file(tmp_path: Path) -> None:
    """A file of exactly the limit is read; a longer one is an error that names it and both sizes."""
    path = tmp_path / "a.toml"
    path.write_bytes(b"x" * 1234)
    assert read_bytes(path, 1234) == b"x" * 1234
    with pytest.raises(InputError) as caught:
        read_bytes(path, 1233)
    assert caught.value.place == str(path)
    assert "1,234" in caught.value.problem
    assert "1,233" in caught.value.problem
    with pytest.raises(InputError, match="mine 1234"):
        read_bytes(path, 1233, lambda place, size: InputError(place, f"mine {size}", "x"))


@pytest.mark.parametrize(
    ("name", "said"), [("none", "no such file"), (".", "folder"), ("x" * 300, "name too long"), ("a\0b", "null")]
)
def test_what_cannot_be_read(name: str, said: str, tmp_path: Path) -> None:
    """The error names the file, says why in the words of the system, and what to do."""
    with pytest.raises(InputError) as caught:
        read_bytes(tmp_path / name)
    assert str(tmp_path) in caught.value.place
    assert said in caught.value.problem.lower()
    assert "errno" not in caught.value.problem.lower()
    assert caught.value.fix
