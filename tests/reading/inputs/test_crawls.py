"""Crawls: which records hold an article, and what the transfer did to their pages."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import pytest
from reading.inputs import samples

from broadsheet.reading.inputs import Found, InputOptions, Reject, Unit, read_unit

if TYPE_CHECKING:
    from pathlib import Path

PAGE = samples.PAGE.encode()
ADDRESS = "https://gazette.example/ferries?from=crawl"
NO_LINK = samples.PAGE.replace('<link rel="canonical" href="https://gazette.example/ferries">', "").encode()


def record(block: bytes, kind: str = "application/http; msgtype=response", **fields: str) -> bytes:
    """A record of a crawl."""
    named = {
        "WARC-Type": "response",
        "WARC-Target-URI": f"<{ADDRESS}>",
        "Content-Type": kind,
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def fetched(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """The block of a response."""
    lines = [f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html; charset=utf-8",))]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def read(tmp_path: Path, *records: bytes) -> list[Found | Reject]:
    """What a crawl gives."""
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(records))
    return list(read_unit(Unit("a.warc", path), InputOptions()))


def chunked(body: bytes, size: int, newline: bytes = b"\r\n") -> bytes:
    """A body in chunks."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;x=1%s%s%s" % (len(each), newline, each, newline) for each in pieces) + b"0\r\n\r\n"


def raw_deflate(body: bytes) -> bytes:
    """A body packed without the header of zlib, as some servers do."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


HTML = "Content-Type: text/html"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (PAGE, ()),
        (chunked(PAGE, 100), (HTML, "Transfer-Encoding: chunked")),
        (chunked(PAGE, 100, b"\n"), (HTML, "Transfer-Encoding: Chunked")),
        (PAGE, (HTML, "Transfer-Encoding: chunked")),
        (gzip.compress(PAGE, mtime=0), (HTML, "Content-Encoding: gzip")),
        (gzip.compress(PAGE, mtime=0), (HTML, "Content-Encoding: identity, X-GZIP")),
        (PAGE, (HTML, "Content-Encoding: gzip")),
        (zlib.compress(PAGE), (HTML, "Content-Encoding: deflate")),
        (raw_deflate(PAGE), (HTML, "Content-Encoding: deflate")),
        (gzip.compress(zlib.compress(PAGE), mtime=0), (HTML, "Content-Encoding: deflate, gzip")),
        (chunked(gzip.compress(PAGE, mtime=0), 50), (HTML, "Content-Encoding: gzip", "Transfer-Encoding: chunked")),
        (PAGE, ("Server: x",)),
        (PAGE, ("Content-Type: application/xhtml+xml",)),
        (PAGE, ('Content-Type: text/html; charset="no-such-set"',)),
    ],
)
def test_transfer_is_undone(body: bytes, headers: tuple[str, ...], tmp_path: Path) -> None:
    """A page that was sent packed or in chunks is the page, also where the crawler undid that and kept the header."""
    (found,) = read(tmp_path, record(fetched(body, *headers)))
    assert isinstance(found, Found), found
    assert (found.place, found.article.text) == ("a.warc:record 1", samples.TEXT)


@pytest.mark.parametrize(
    "block",
    [
        fetched(gzip.compress(PAGE, mtime=0)[:-9], HTML, "Content-Encoding: gzip"),
        fetched(gzip.compress(PAGE, mtime=0)[:40] + b"\0" * 40, HTML, "Content-Encoding: gzip"),
        fetched(PAGE, HTML, "Content-Encoding: br"),
        fetched(gzip.compress(b" " * (11 << 20), mtime=0), HTML, "Content-Encoding: gzip"),
        b"no response",
    ],
    ids=["breaks off", "damaged", "unknown packing", "too large", "no status"],
)
def test_a_bad_page_is_a_reject(block: bytes, tmp_path: Path) -> None:
    """A page that cannot be unpacked is named with its record, and the next one is read."""
    bad, good = read(tmp_path, record(block), record(fetched(PAGE)))
    assert isinstance(bad, Reject)
    assert bad.place == "a.warc:record 1"
    assert bad.problem
    assert bad.fix
    assert isinstance(good, Found)


@pytest.mark.parametrize(
    "passed_over",
    [
        record(fetched(PAGE, status="404 Not Found")),
        record(fetched(b"  ")),
        record(fetched(b"%PDF", "Server: x")),
        record(fetched(b"a{}", "Content-Type: text/css")),
        record(
            fetched(samples.TEXT.encode(), "Content-Type: text/plain"), WARC_Target_URI="https://x.example/robots.txt"
        ),
        record(PAGE, "text/html", WARC_Type="metadata"),
        record(PAGE, "text/html"),
    ],
    ids=["not found", "empty", "unknown type", "style sheet", "robots.txt", "metadata", "no response"],
)
def test_records_without_a_page(passed_over: bytes, tmp_path: Path) -> None:
    """What is no page that was fetched with success is passed over without a word."""
    (found,) = read(tmp_path, passed_over, record(fetched(PAGE)))
    assert isinstance(found, Found)
    assert found.place == "a.warc:record 2"


def test_a_resource(tmp_path: Path) -> None:
    """A page that a crawler stored without its response is a candidate, and has the address of its record."""
    (found,) = read(tmp_path, record(NO_LINK, "text/html", WARC_Type="resource"))
    assert isinstance(found, Found)
    assert found.article.url == ADDRESS


def test_a_plain_text(tmp_path: Path) -> None:
    """A plain text has the encoding that its server declared, and the address it was fetched from."""
    body = samples.TEXT.encode("cp1252")
    (found,) = read(tmp_path, record(fetched(body, 'Content-Type: text/plain; charset="windows-1252"')))
    assert isinstance(found, Found)
    assert (found.article.text, found.article.url) == (samples.TEXT, ADDRESS)


def test_a_page_that_was_cut_off(tmp_path: Path) -> None:
    """A page that the crawler cut off is a reject; so is a record that does not give its length."""
    cut = record(fetched(PAGE), WARC_Truncated="length")
    endless = record(b"", Content_Length="")
    found = read(tmp_path, cut, endless, record(fetched(PAGE)))
    assert [(each.place, isinstance(each, Found)) for each in found] == [
        ("a.warc:record 1", False),
        ("a.warc:record 2", False),
        ("a.warc:record 3", True),
    ]


def test_a_crawl_that_breaks_off(tmp_path: Path) -> None:
    """The pages before the break are read, and the record that breaks off is named."""
    found = read(tmp_path, record(fetched(PAGE)), record(b"x" * 3_000_000, WARC_Type="request")[:-2_000_000])
    assert [(each.place, isinstance(each, Found)) for each in found] == [
        ("a.warc:record 1", True),
        ("a.warc:record 2", False),
    ]
