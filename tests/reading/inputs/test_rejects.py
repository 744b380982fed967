"""What cannot be read is a reject with its place and reason, and what stands beside it is read."""

from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING

import pytest
import zstandard
from reading.inputs import samples

from broadsheet.reading.inputs import Found, InputOptions, Limits, Reject, Unit, read_unit
from broadsheet.reading.metadata import Metadata

if TYPE_CHECKING:
    from pathlib import Path

GOOD = samples.lines(samples.RECORD)
FRENCH = "Le ministre a dit que les deux pays ont signé un accord sur le prix du blé, et que la ville en est contente."
OTHER_NEWSML = samples.NEWSML.replace("stat:usable", "stat:canceled")
PICTURE_NEWSML = samples.NEWSML.replace("ninat:text", "ninat:picture")

NINJS = samples.NINJS_2
SHORT_CRAWL = b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
TAR = samples.tarred({"d.txt": samples.TEXT.encode()})
WITH_ENTITY = samples.NITF.replace('dtd">', 'dtd" [<!ENTITY a "b">]>').encode()
MENU = b"<html><body><nav><a href='/'>Home</a></nav></body></html>"
PACKAGE = b'<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>'
OFFICE = samples.zipped({"[Content_Types].xml": b"<Types/>"})
CUT_FRAME = zstandard.compress(GOOD) + zstandard.compress(GOOD)[:-4]
MANY_TAGS = b"<html><body>" + b"<b>x</b>" * 30_000
ROWS = samples.table()
Cases = dict[str, tuple[str, bytes, list[tuple[str, str]]]]

REJECTS: Cases = {
    "empty": ("a.txt", b"", [("a.txt", "is empty")]),
    "empty pack": ("a.txt.gz", gzip.compress(b""), [("a.txt.gz", "is empty")]),
    "not English": ("a.txt", FRENCH.encode(), [("a.txt", "not English but French")]),
    "not UTF-8": ("a.txt", samples.TEXT.encode("cp1252"), [("a.txt", "byte 0x93 at offset 141 is not UTF-8")]),
    "binary": ("a.txt", b"words\0words", [("a.txt", "binary: a NUL at offset 5")]),
    "PDF under another name": ("a.txt", b"%PDF-1.7\n", [("a.txt", "is a PDF file")]),
    "picture": ("a", b"\x89PNG\r\n\x1a\n", [("a", "is a PNG image")]),
    "bzip2": ("a.txt.bz2", b"BZh91AY&SY", [("a.txt.bz2", "packed by bzip2")]),
    "office document": ("a.docx", OFFICE, [("a.docx", "is an office document")]),
    "style sheet": ("a.css", b"p { color: red; }", [("a.css", "is a style sheet by its name")]),
    "settings of a site": ("package.json", b'{"name": "site", "version": "1.0.0"}', [("package.json", "has no text")]),
    "feed": ("a.xml", b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', [("a.xml", "not read, <rss>")]),
    "too long": ("a.txt", b"The and of. " * 30_000, [("a.txt", "is 360,000 characters long")]),
    "JSON of a list of words": ("a.json", b'["a"]', [("a.json:item 1", "is not a JSON object")]),
    "broken line": ("a.jsonl", b'{"text": "\n' + GOOD, [("a.jsonl:1", "is not JSON: invalid control character")]),
    "line without text": ("a.jsonl", b'{"title": "x"}\n' + GOOD, [("a.jsonl:1", "has no text")]),
    "text of a number": ("a.jsonl", b'{"text": 7}\n' + GOOD, [("a.jsonl:1", "the text is a number")]),
    "line nested too deeply": (
        "a.jsonl",
        b'{"text": ' + b"[" * 100_000 + b"\n" + GOOD,
        [("a.jsonl:1", "is nested too deeply")],
    ),
    "sidecar too long": (
        "a.zip",
        samples.zipped({"b.txt": samples.TEXT.encode(), "b.toml": b"#" * 70_000, "c.txt": samples.TEXT.encode()}),
        [("a.zip:b.txt", "sidecar that is too long")],
    ),
    "cell of too many elements": (
        "a.jsonl",
        samples.lines({"text": "<p>" + "<b>x</b>" * 30_000 + "</p>"}) + GOOD,
        [("a.jsonl:1", "over 20,000 elements")],
    ),
    "Parquet cell not UTF-8": (
        "a.parquet",
        samples.parquet([{"text": b"caf\xe9", "title": "x"}, {"text": samples.BODY.encode(), "title": "x"}]),
        [("a.parquet:row 1", "is not UTF-8")],
    ),
    "empty text": ("a.jsonl", b'{"text": " "}\n' + GOOD, [("a.jsonl:1", "has no text")]),
    "lone surrogate": ("a.jsonl", b'{"text": "the \\ud800 of it"}\n' + GOOD, [("a.jsonl:1", "a lone surrogate")]),
    "line not UTF-8": ("a.jsonl", b'{"text": "caf\xe9"}\n' + GOOD, [("a.jsonl:1", "byte 0xe9 at offset 13")]),
    "gzip breaks off": ("a.jsonl.gz", gzip.compress(GOOD * 2000)[:-9], [("a.jsonl.gz", "the gzip data is truncated")]),
    "zstd breaks off": ("a.jsonl.zst", CUT_FRAME, [("a.jsonl.zst", "is truncated")]),
    "gzip is damaged": (
        "a.jsonl.gz",
        gzip.compress(GOOD)[:-8] + b"\0" * 8,
        [("a.jsonl.gz", "the gzip data is damaged")],
    ),
    "no column for the text": (
        "a.csv",
        b"date,amount\n2024-01-01,3\n",
        [("a.csv", "has no column for the text")],
    ),
    "header alone": ("a.csv", b"title,text\n", [("a.csv", "has no article in it")]),
    "row too long": ("a.csv", ROWS + b"a,b,c,d,e,f,g,h\n", [("a.csv:row 4", "has 8 cells, where the header has 7")]),
    "open quotation mark": ("a.csv", ROWS + b'x,"The', [("a.csv:row 4", "is not a row of the table")]),
    "row not UTF-8": ("a.csv", ROWS + b"x,caf\xe9,,,,,\n", [("a.csv:row 4", "byte 0xe9 in line 10 is not UTF-8")]),
    "row without text": ("a.csv", ROWS + b"x,,,,,,\n", [("a.csv:row 4", "has no text")]),
    "Parquet breaks off": ("a.parquet", samples.parquet()[:-5], [("a.parquet", "is not a readable Parquet file")]),
    "Parquet row without text": (
        "a.parquet",
        samples.parquet([{"text": None, "title": "x"}, {"text": samples.BODY, "title": "x"}]),
        [("a.parquet:row 1", "has no text")],
    ),
    "crawl breaks off": ("a.warc", samples.warc(packed=False)[:1200], [("a.warc:record 2", "the record is truncated")]),
    "noise in a crawl": (
        "a.warc",
        samples.warc(packed=False).replace(b"\r\n\r\nWARC/1.0", b"\r\n\r\nnoise\nnoise\nWARC/1.0", 2),
        [("a.warc:after record 1", "is not a WARC record"), ("a.warc:after record 2", "is not a WARC record")],
    ),
    "crawl of pictures": ("a.warc", SHORT_CRAWL, [("a.warc", "has no article in it")]),
    "page without an article": ("a.html", MENU, [("a.html", "no text")]),
    "page of too many elements": ("a.html", MANY_TAGS, [("a.html", "over 20,000 elements")]),
    "page in no encoding": (
        "a.html",
        samples.PAGE.replace("timetable", "timet\xe9ble").replace("ninety", "nin\xe9ty").encode("latin-1", "replace"),
        [("a.html", "the text is not in the encoding that the page declares")],
    ),
    "withdrawn item": ("a.xml", OTHER_NEWSML.encode(), [("a.xml", "is canceled by its publisher")]),
    "picture item": ("a.xml", PICTURE_NEWSML.encode(), [("a.xml", "has no news item of text")]),
    "package": ("a.xml", PACKAGE, [("a.xml", "has no news item")]),
    "XML breaks off": ("a.nitf", samples.NITF.encode()[:900], [("a.nitf", "is not well-formed XML")]),
    "entities": ("a.nitf", WITH_ENTITY, [("a.nitf", "declares entities")]),
    "ninjs picture": ("a.json", json.dumps({**NINJS, "type": "picture"}).encode(), [("a.json", "is of type picture")]),
    "ninjs withheld": ("a.json", json.dumps({**NINJS, "pubstatus": "withheld"}).encode(), [("a.json", "is withheld")]),
    "ninjs without a body": ("a.json", json.dumps({**NINJS, "bodies": []}).encode(), [("a.json", "has no body")]),
    "archive in an archive": (
        "a.zip",
        samples.zipped({"b.zip": samples.zipped({"c.txt": b"x"}), "d.txt": samples.TEXT.encode()}),
        [("a.zip:b.zip", "is an archive in an archive")],
    ),
    "bad member": (
        "a.tar.gz",
        gzip.compress(samples.tarred({"b.txt": b"\xff\xfe\0", "d.txt": samples.TEXT.encode()})),
        [("a.tar.gz:b.txt", "is not UTF-16")],
    ),
    "archive breaks off": (
        "a.tar",
        TAR[:700],
        [("a.tar:d.txt", "cannot be unpacked"), ("a.tar", "is a damaged tar archive")],
    ),
    "line within an archive": (
        "a.zip",
        samples.zipped({"b.jsonl": GOOD + b"{\n"}),
        [("a.zip:b.jsonl:2", "is not JSON")],
    ),
}


def read(path: Path, data: bytes, options: InputOptions | None = None) -> list[Found | Reject]:
    """What a file of these bytes gives."""
    path.write_bytes(data)
    return list(read_unit(Unit(path.name, path), options or InputOptions()))


@pytest.mark.parametrize("case", REJECTS)
def test_place_and_problem(case: str, tmp_path: Path) -> None:
    """A reject says where, as the user named it, and what is wrong there; there are no others."""
    name, data, expected = REJECTS[case]
    found = [item for item in read(tmp_path / name, data) if isinstance(item, Reject)]
    assert [item.place for item in found] == [place for place, _ in expected]
    for item, (_, problem) in zip(found, expected, strict=True):
        assert problem in item.problem
        assert item.fix


@pytest.mark.parametrize(
    ("case", "articles"),
    [
        ("broken line", 1),
        ("line not UTF-8", 1),
        ("zstd breaks off", 1),
        ("open quotation mark", 2),
        ("row not UTF-8", 2),
        ("Parquet row without text", 1),
        ("noise in a crawl", 2),
        ("archive in an archive", 1),
        ("bad member", 1),
        ("line nested too deeply", 1),
        ("sidecar too long", 1),
        ("cell of too many elements", 1),
        ("Parquet cell not UTF-8", 1),
        ("line within an archive", 1),
    ],
)
def test_reading_goes_on(case: str, articles: int, tmp_path: Path) -> None:
    """What is whole before and behind a reject is read."""
    name, data, _ = REJECTS[case]
    assert sum(isinstance(item, Found) for item in read(tmp_path / name, data)) == articles


def test_complete_lines_of_a_truncated_file(tmp_path: Path) -> None:
    """Of a packed file that breaks off, the complete lines are articles, and the end is one reject."""
    data = gzip.compress(b"".join(samples.lines({"text": f"{samples.BODY} {n}"}) for n in range(50)))
    *lines, last = read(tmp_path / "a.jsonl.gz", data[: len(data) * 9 // 10])
    assert lines
    assert all(isinstance(item, Found) for item in lines)
    assert last == Reject("a.jsonl.gz", "the gzip data is truncated", "get the whole file")


def test_bound_of_a_line(tmp_path: Path) -> None:
    """A line over the bound is passed over, and the next one read."""
    data = b'{"text": "' + b"x" * 5_000 + b'"}\n' + GOOD
    found = read(tmp_path / "a.jsonl", data, InputOptions(limits=Limits(line_bytes=2_000)))
    assert isinstance(found[0], Reject)
    assert found[0].problem == "the line is over 2,000 bytes long"
    assert isinstance(found[1], Found)


def test_bound_of_a_cell(tmp_path: Path) -> None:
    """A cell of more HTML than the limit is a reject with its place, and the next one is read."""
    long = "<p>" + "The ferry was late. " * 500 + "</p>"
    options = InputOptions(limits=Limits(article_bytes=5_000))
    bad, good = read(tmp_path / "a.jsonl", samples.lines({"text": long}, samples.RECORD), options)
    assert isinstance(bad, Reject)
    assert (bad.place, "5,000" in bad.problem) == ("a.jsonl:1", True)
    assert isinstance(good, Found)


def test_bound_of_a_document(tmp_path: Path) -> None:
    """A document of exactly the limit is read whole; one byte more is a reject."""
    data = json.dumps(samples.RECORD).encode()
    (found,) = read(tmp_path / "a.json", data, InputOptions(limits=Limits(document_bytes=len(data))))
    assert isinstance(found, Found)
    (found,) = read(tmp_path / "a.json", data + b"\n", InputOptions(limits=Limits(document_bytes=len(data))))
    assert isinstance(found, Reject)
    assert f"{len(data):,}" in found.problem


def test_bound_of_a_text(tmp_path: Path) -> None:
    """A text of far too many bytes is a reject that names the limit; its size is given if it is known."""
    options = InputOptions(limits=Limits.of(1_000))
    data = b"The ferry was late. " * 500
    (found,) = read(tmp_path / "a.txt", data, options)
    assert isinstance(found, Reject)
    assert found.place == "a.txt"
    assert "10,000 bytes" in found.problem
    assert "1,000 characters" in found.problem
    (found,) = read(tmp_path / "a.txt.gz", gzip.compress(data), options)
    assert isinstance(found, Reject)
    assert found.place == "a.txt.gz"
    assert "over 5,024 bytes" in found.problem
    assert "1,000 characters" in found.problem


def test_members_of_an_archive_share_one_budget(tmp_path: Path) -> None:
    """Members that are each within the bound may be too much together; the rest of the archive is not read."""
    text = samples.TEXT + "\n\n" + "The ferry was late. " * 200
    data = samples.zipped({f"{name}.txt": f"{text} {name}".encode() for name in "abc"})
    bounds = Limits(expansion=0, expansion_floor=2 * len(text) + 100)
    *found, last = read(tmp_path / "a.zip", data, InputOptions(limits=bounds))
    assert [item.place for item in found if isinstance(item, Found)] == ["a.zip:a.txt", "a.zip:b.txt"]
    assert isinstance(last, Reject)
    assert (last.place, last.problem) == ("a.zip", "unpacks to far more bytes than it has")


def test_a_number_without_an_end(tmp_path: Path) -> None:
    """A number that is too long for Python rejects its line, with a fix."""
    bad, good = read(tmp_path / "a.jsonl", b'{"text": ' + b"1" * 5_000 + b"}\n" + GOOD)
    assert isinstance(bad, Reject)
    assert bad.problem.startswith("is not readable JSON")
    assert bad.fix
    assert isinstance(good, Found)


@pytest.mark.parametrize(("number", "others"), [(20, False), (21, True)])
def test_columns_in_an_error(number: int, others: bool, tmp_path: Path) -> None:
    """The fix names twenty columns at most, and says if there are others."""
    (found,) = read(tmp_path / "a.csv", (",".join(f"c{n}" for n in range(number)) + "\n").encode())
    assert isinstance(found, Reject)
    assert found.fix.count("c") >= 20
    assert found.fix.endswith("and others") is others


def test_a_line_without_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is passed over for too long ends the reading of its file, with the number of the line."""
    monkeypatch.setattr("broadsheet.reading.inputs.source._LONGEST_REST", 1 << 20)
    data = GOOD + b'{"text": "' + b"x" * (12 << 20)
    first, last = read(tmp_path / "a.jsonl", data, InputOptions(limits=Limits(line_bytes=5_000)))
    assert isinstance(first, Found)
    assert isinstance(last, Reject)
    assert last.place == "a.jsonl:2"
    assert "no end" in last.problem
    assert last.fix


def test_a_column_that_unpacks_to_much(tmp_path: Path) -> None:
    """A Parquet file whose column is small packed and large unpacked is a reject before it is unpacked."""
    data = samples.parquet([{"text": samples.BODY * 2_000, "title": "x"}])
    options = InputOptions(limits=Limits(expansion=2, expansion_floor=10_000))
    (found,) = read(tmp_path / "a.parquet", data, options)
    assert isinstance(found, Reject)
    assert found.place == "a.parquet"
    assert "'text'" in found.problem
    assert found.fix


def test_where_xml_is_not_in_its_encoding(tmp_path: Path) -> None:
    """The error gives the offset of the first bad byte."""
    data = samples.NITF.replace("ninety", "nin\xe9ty").replace("“", "'").replace("”", "'").encode("latin-1")
    (found,) = read(tmp_path / "a.nitf", data)
    assert isinstance(found, Reject)
    assert str(data.index(b"\xe9")) in found.problem


def test_control_characters_in_xml(tmp_path: Path) -> None:
    """Characters that XML may not hold are dropped, as they are from any text."""
    data = samples.NITF.replace("ninety", "nine\x01\x02ty").encode()
    (found,) = read(tmp_path / "a.nitf", data)
    assert isinstance(found, Found)
    assert found.article.text == samples.TEXT


def test_sidecars_in_an_archive(tmp_path: Path) -> None:
    """A sidecar in a ZIP archive holds for the article beside it and no other."""
    members = {"a/b.txt": samples.TEXT, "a/b.toml": 'publisher = "Beside"', "b.txt": samples.TEXT}
    data = samples.zipped({name: text.encode() for name, text in members.items()})
    first, second = read(tmp_path / "a.zip", data)
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert (first.article.publisher, second.article.publisher) == ("Beside", None)


def test_long_names_of_columns(tmp_path: Path) -> None:
    """An error that lists the columns of a table stays readable, however many and long they are."""
    header = ",".join(f"{number}{'x' * 500}" for number in range(500))
    (found,) = read(tmp_path / "a.csv", f"{header}\n".encode())
    assert isinstance(found, Reject)
    assert "0xxx" in found.fix
    assert len(found.fix) < 1_500


def test_title_of_one_article_alone(tmp_path: Path) -> None:
    """A title that the user gives is taken by one article; more of them are rejects, not articles of a wrong title."""
    options = InputOptions(metadata=Metadata(title="Ferries"))
    first, second = read(tmp_path / "a.jsonl", samples.lines(samples.RECORD, samples.OTHER_RECORD), options)
    assert isinstance(first, Found)
    assert first.article.title == "Ferries"
    assert isinstance(second, Reject)


def test_a_file_that_goes_while_it_is_read(tmp_path: Path) -> None:
    """A file that was listed and is gone is a reject, since a run over many files cannot stop for it."""
    (found,) = read_unit(Unit("gone.txt", tmp_path / "gone.txt"), InputOptions())
    assert found == Reject("gone.txt", "cannot be read (no such file or directory)", "check your right to read it")


def test_bad_sidecar(tmp_path: Path) -> None:
    """A sidecar that cannot be read rejects its article: what the user says must not be lost in silence."""
    (tmp_path / "a.toml").write_text("published = 2024-02-30")
    (found,) = read(tmp_path / "a.txt", samples.TEXT.encode())
    assert isinstance(found, Reject)
    assert "a.toml" in found.place


def test_pipe_that_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe that fails in the middle is a reject behind what came through it."""

    class Broken(io.RawIOBase):
        sent = False

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1, /) -> bytes:
            if self.sent:
                raise OSError(5, "Input/output error")
            self.sent = True
            return GOOD * 20

    class Pipe:
        buffer = Broken()

    monkeypatch.setattr("sys.stdin", Pipe)
    *_, last = read_unit(Unit("-", None), InputOptions())
    assert last == Reject("-", "cannot be read to its end (input/output error)", "try again, or copy it")


def test_a_table_with_two_columns_of_one_name_is_a_reject(tmp_path: Path) -> None:
    """The file is not read, and the run goes on."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "twice.parquet"
    texts = pa.array([samples.TEXT])
    pq.write_table(pa.Table.from_arrays([texts, texts], names=["text", "text"]), path)
    (found,) = read_unit(Unit(str(path), path), InputOptions())
    assert isinstance(found, Reject)
    assert "2 columns called text" in found.problem


def test_an_unexpected_exception_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that fails costs its file, and says with what and where; under test it is an error."""
    from broadsheet.base.errors import DEFECTS
    from broadsheet.reading.inputs import plain

    def fails(source: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr(plain, "read", fails)
    path = tmp_path / "a.txt"
    path.write_text(samples.TEXT, encoding="utf-8")
    with pytest.raises(KeyError):
        list(read_unit(Unit(str(path), path), InputOptions()))
    monkeypatch.delenv(DEFECTS)
    (found,) = read_unit(Unit(str(path), path), InputOptions())
    assert isinstance(found, Reject)
    assert "KeyError at test_rejects.py:" in found.problem
