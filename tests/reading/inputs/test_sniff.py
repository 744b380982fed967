"""The format of a file without a name that tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading.inputs import samples

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs.options import InputOptions
from broadsheet.reading.inputs.reading import opened
from broadsheet.reading.inputs.results import Unit
from broadsheet.reading.inputs.sniff import sniff

if TYPE_CHECKING:
    from pathlib import Path

NITF = samples.NITF[samples.NITF.index("<nitf ") :]
BROKEN = '{"text": "a"}\n{"text": "b"\n'


def kind(tmp_path: Path, data: str | bytes, name: str = "download", **options: object) -> str:
    """The format that a file is taken for."""
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with opened(Unit(name, path), InputOptions(**options)) as source:  # type: ignore[arg-type]
        return sniff(source)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", "text"),
        ("A story.\n", "text"),
        ("<!DOCTYPE HTML><p>x", "html"),
        ("\ufeff \n<HTML><body>x", "html"),
        ("<!-- a page --><p>x", "html"),
        ("<!-- <nitf> --><div>x", "html"),
        ("<?xml version='1.0'?><html xmlns='x'/>", "html"),
        ("<3 is what the mayor wrote.", "text"),
        ("<sigh> said the mayor.", "text"),
        (NITF, "nitf"),
        (f"<?xml version='1.0'?>\n<!-- <html> -->\n<!DOCTYPE nitf [<!ELEMENT html (x)>]>\n{NITF}", "nitf"),
        (f"<!DOCTYPE nitf SYSTEM 'a.dtd'>{NITF}", "nitf"),
        ("<n:newsItem xmlns:n='x'/>", "newsml"),
        ("<newsMessage/>", "newsml"),
        ("<packageItem/>", "newsml"),
        (NITF.encode("utf-16"), "nitf"),
        (b"PAR1x", "parquet"),
        (b"WARC/1.0\r\n", "warc"),
        (b"PK\x03\x04x", "zip"),
        (b"PK\x05\x06" + b"\0" * 18, "zip"),
        (b"a" + b"\0" * 256 + b"ustar\0", "tar"),
        ('[{"text": "a"},\n{"text": "b"}]', "json"),
        ('{"text": "a"}', "json"),
        ('{"text": "a"}\n \n', "json"),
        ('{"text": "a"}\n{"text": "b"}\n', "jsonl"),
        ('{"text": \n"a"}\n', "json"),
        ('{"text": "a}\n{"text": "b"}\n', "jsonl"),
        ('{"a": {}\n, "text": "b"}\n', "json"),
        ('{"text": "' + "a" * 300_000 + '"}\n', "jsonl"),
        ("title,text\nx,y\n", "csv"),
        ("title;text\r\nx;y\r\n", "csv"),
        ("title\ttext\nx\ty\n", "tsv"),
        ("title,title,text\nx,y,z\n", "text"),
        ("Text, he said, is all.\n", "text"),
        ("title,amount\n", "text"),
        ('title,"text\n', "text"),
    ],
)
def test_content_tells(data: str | bytes, expected: str, tmp_path: Path) -> None:
    """The first bytes tell the format, past byte order marks, comments and document types."""
    assert kind(tmp_path, data) == expected


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.json", '{"text": "a"}\n{"text": "b"}\n', "jsonl"),
        ("a.jsonl", '{"text": "a"}', "jsonl"),
        ("a.ndjson", "", "jsonl"),
        ("a.json", '{"text": "' + "a" * 300_000 + '"}', "json"),
        ("a.txt", '{"text": "a"}', "text"),
        ("a.TSV", "words\tmore", "tsv"),
        ("a.htm", "The story.", "html"),
        ("a.csv", "<p>x", "html"),
        ("a.nitf", "x", "nitf"),
        ("a.docx", "A story after all.", "text"),
    ],
)
def test_names_tell_the_rest(name: str, data: str, expected: str, tmp_path: Path) -> None:
    """Where the first bytes leave it open, the ending of the name decides."""
    assert kind(tmp_path, data, name) == expected


def test_a_named_column_makes_a_table(tmp_path: Path) -> None:
    """A header of unusual names is one where the user names the column of the text."""
    columns = {"text": "words", "title": "head"}
    assert kind(tmp_path, "head,words\nx,y\n") == "text"
    assert kind(tmp_path, "head,words\nx,y\n", columns=columns) == "csv"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a", b"%PDF-1.7\n", "PDF"),
        ("a", b"<?xml version='1.0'?><rss/>", "<rss>"),
        ("a", b"<?xml version='1.0'?><!-- x", "without an element"),
        ("a.css", b"p {}", "style sheet"),
    ],
)
def test_what_is_not_read(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    """The error names the file, says what it is and what to do."""
    with pytest.raises(InputError) as caught:
        kind(tmp_path, data, name)
    assert caught.value.place == name
    assert said in caught.value.problem
    assert caught.value.fix
