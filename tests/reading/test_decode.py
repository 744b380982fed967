"""From bytes to text."""

from __future__ import annotations

import codecs

import pytest

from broadsheet.base.errors import InputError
from broadsheet.reading.decode import decode

TEXT = "Añejo – “dry”\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), None),
        (codecs.BOM_UTF8 + TEXT.encode(), None),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), None),
        (TEXT.encode("windows-1252"), "windows-1252"),
        (TEXT.encode("utf-16-le"), "UTF-16-LE"),
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16 LE", "UTF-16 BE", "UTF-32 LE", "named", "named, without mark"],
)
def test_text_in_any_form(data: bytes, encoding: str | None) -> None:
    """The mark at the start, or the option, tells the encoding; the mark is no part of the text."""
    assert decode(data, place="a.txt", encoding=encoding) == TEXT


@pytest.mark.parametrize(
    ("data", "encoding", "problem"),
    [
        (b"It\x92s late", None, "byte 0x92 at offset 2 is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", None, "byte 0x89 at offset 0 is not UTF-8"),
        (b"PK\x03\x04\x00\x00", None, "binary: a NUL at offset 4"),
        ("é\0".encode(), None, "binary: a NUL at offset 2"),
        ("é\0".encode("utf-16"), None, "binary: a NUL at offset 4"),
        (codecs.BOM_UTF16_LE + b"a\x00b", None, "at offset 4 is not UTF-16"),
        (b"caf\xe9", "ascii", "byte 0xe9 at offset 3 is not ASCII"),
    ],
    ids=[
        "Windows quotation mark",
        "image",
        "archive",
        "NUL after a letter",
        "NUL in UTF-16",
        "half a code unit",
        "wrong override",
    ],
)
def test_bytes_that_are_no_text(data: bytes, encoding: str | None, problem: str) -> None:
    """The error names the file, the first bad byte's offset and the option that mends it."""
    with pytest.raises(InputError) as caught:
        decode(data, place="a.txt", encoding=encoding)
    assert caught.value.place == "a.txt"
    assert problem in caught.value.problem
    assert "--encoding" in caught.value.fix


@pytest.mark.parametrize("encoding", ["klingon", "base64", "rot13", "utf\0"], ids=repr)
def test_names_of_no_encoding(encoding: str) -> None:
    """A name that is no text encoding is an error of the option, not of the file."""
    with pytest.raises(InputError, match="is not a known text encoding") as caught:
        decode(b"text", place="a.txt", encoding=encoding)
    assert caught.value.place == "--encoding"


@pytest.mark.parametrize("offset", [0, 3])
def test_a_nul_is_no_text(offset: int) -> None:
    """Wherever it is, the first byte included."""
    with pytest.raises(InputError, match=r"a\.txt"):
        decode(b"a" * offset + b"\0 the", place="a.txt")
