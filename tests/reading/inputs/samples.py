"""Small articles, written for the tests, in every format that is read."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TITLE = "Ferry lines of the bay to merge"
PARAGRAPHS = (
    "The two ferry companies of the bay said on Monday that they would merge, and that no pier would be closed.",
    "“We have been neighbours for ninety years,” said Ada Roth, who runs the larger of them. “Now we share a ticket.”",
    "Passengers paid 41 million pounds for tickets last year, a tenth less than the year before.",
)
BODY = "\n\n".join(PARAGRAPHS)
TEXT = f"{TITLE}\n\n{BODY}\n"
PUBLISHED = date(2024, 3, 9)
OTHER_TITLE = "Bridge at Orrin to close for repairs"
OTHER_BODY = (
    "The old bridge at Orrin will be closed from May, the county said, because its cables have rusted.\n\n"
    "Lorries must take the road by the dam, which is forty miles longer."
)
OTHER_TEXT = f"{OTHER_TITLE}\n\n{OTHER_BODY}\n"

RECORD = {
    "title": TITLE,
    "text": BODY,
    "date": "2024-03-09T08:00:00Z",
    "publisher": "The Harbour Gazette",
    "author": "Ada Quill; Tom Marsh",
    "url": "https://gazette.example/ferries",
    "language": "en-GB",
}
OTHER_RECORD = {"title": OTHER_TITLE, "text": OTHER_BODY, "date": "2024-03-10"}

PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE} | The Harbour Gazette</title>
<meta property="og:site_name" content="The Harbour Gazette"><meta property="article:published_time"
content="2024-03-09T08:00:00Z"><meta name="author" content="Ada Quill; Tom Marsh">
<link rel="canonical" href="https://gazette.example/ferries"></head><body><nav><a href="/">Home</a></nav>
<article><h1>{TITLE}</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article><footer>All rights reserved</footer>
</body></html>"""

NITF = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.3/specification/dtd/nitf-3-3.dtd">
<nitf xml:lang="en-GB"><head><title>ferries</title><docdata><date.issue norm="20240309T080000Z"/></docdata>
<pubdata name="The Harbour Gazette" ex-ref="https://gazette.example/ferries"/></head>
<body><body.head><hedline><hl1>{TITLE}</hl1></hedline><byline>By <person>Ada Quill</person> and
<person>Tom Marsh</person><byttl>Staff reporters</byttl></byline></body.head>
<body.content><block class="lead_paragraph"><p>{PARAGRAPHS[0]}</p></block><block class="full_text">
{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}<media media-type="image"><media-caption>A pier</media-caption></media>
</block></body.content><body.end><tagline>tm/aq</tagline></body.end></body></nitf>"""

_INLINE = f"""<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>x</title></head><body>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</body></html></inlineXML>"""
NEWSML = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:1" version="2" xml:lang="en-GB">
<rightsInfo><copyrightHolder><name>Gazette Holdings</name></copyrightHolder></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider><name>The Harbour Gazette</name></provider>
<versionCreated>2024-03-11T09:00:00Z</versionCreated><firstCreated>2024-03-09T08:00:00Z</firstCreated>
<pubStatus qcode="stat:usable"/><link rel="irel:canonical" href="https://gazette.example/ferries"/></itemMeta>
<contentMeta><by>By Ada Quill and Tom Marsh</by><language tag="en-GB"/><headline>{TITLE}</headline></contentMeta>
<contentSet>{_INLINE}</contentSet></newsItem>"""

NINJS_2 = {
    "uri": "urn:gazette:1",
    "type": "text",
    "pubstatus": "usable",
    "versioncreated": "2024-03-11T09:00:00Z",
    "firstcreated": "2024-03-09T08:00:00Z",
    "copyrightholder": "The Harbour Gazette",
    "language": "en-GB",
    "by": "By Ada Quill and Tom Marsh",
    "altids": [{"role": "canonical", "value": "https://gazette.example/ferries"}],
    "headlines": [{"role": "short", "value": "Ferries"}, {"role": "main", "value": TITLE}],
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": " ".join(PARAGRAPHS)},
        {"role": "rich", "contenttype": "text/html", "value": "".join(f"<p>{p}</p>" for p in PARAGRAPHS)},
    ],
}
NINJS_3 = {
    "uri": "urn:gazette:1",
    "standard": {"name": "ninjs", "version": "3.0"},
    "type": "text",
    "pubStatus": "usable",
    "firstCreated": "2024-03-09T08:00:00Z",
    "copyrightHolder": "The Harbour Gazette",
    "language": "en-GB",
    "by": "Ada Quill and Tom Marsh",
    "altIds": [{"role": "canonical", "value": "https://gazette.example/ferries"}],
    "headlines": [{"value": TITLE}],
    "bodies": [{"contentType": "text/plain", "value": BODY}],
}
NINJS_1 = {
    "uri": "urn:gazette:1",
    "versioncreated": "2024-03-09T08:00:00Z",
    "provider": "The Harbour Gazette",
    "language": "en-GB",
    "byline": "By Ada Quill and Tom Marsh",
    "canonicalurl": "https://gazette.example/ferries",
    "headline": TITLE,
    "body_xhtml": "".join(f"<p>{p}</p>" for p in PARAGRAPHS),
}


def table(delimiter: str = ",") -> bytes:
    """Two articles as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(RECORD), delimiter=delimiter)
    writer.writeheader()
    writer.writerow(RECORD)
    writer.writerow(OTHER_RECORD)
    return out.getvalue().encode()


def lines(*records: object) -> bytes:
    """JSON Lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def parquet(records: list[dict[str, object]] | None = None) -> bytes:
    """Articles as Parquet; by default the two."""
    out = io.BytesIO()
    rows = records or [{**RECORD, "date": PUBLISHED}, {**dict.fromkeys(RECORD), **OTHER_RECORD, "date": None}]
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def warc(*, packed: bool = True) -> bytes:
    """A crawl: a page, what is no article, and a plain text."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)

    def add(url: str, status: str, kind: str, body: bytes, record: str = "response") -> None:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, record, payload=io.BytesIO(body), http_headers=headers))

    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "a crawler"}))
    add("https://gazette.example/ferries?from=crawl", "200 OK", "text/html; charset=utf-8", PAGE.encode())
    add("https://gazette.example/old", "301 Moved", "text/html", b"<html><body>moved</body></html>")
    add("https://gazette.example/logo.png", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n")
    add("https://gazette.example/robots.txt", "200 OK", "text/plain", b"User-agent: *\nDisallow: /\n")
    add("https://gazette.example/ferries", "200 OK", "text/html", PAGE.encode(), "revisit")
    add("https://gazette.example/bridge.txt", "200 OK", "text/plain; charset=windows-1252", OTHER_TEXT.encode("cp1252"))
    return out.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """A tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


PACKINGS: dict[str, Callable[[bytes], bytes]] = {"gz": partial(gzip.compress, mtime=0), "zst": zstandard.compress}

ONE: dict[str, bytes] = {
    "page.html": PAGE.encode(),
    "item.xml": NEWSML.encode(),
    "wire.nitf": NITF.encode(),
    "one.json": json.dumps(RECORD, indent=2).encode(),
    "ninjs1.json": json.dumps(NINJS_1).encode(),
    "ninjs2.json": json.dumps(NINJS_2, indent=1).encode(),
    "ninjs3.json": json.dumps(NINJS_3).encode(),
}
"""Files that hold the first article, with all of its metadata."""

TWO: dict[str, bytes] = {
    "list.json": json.dumps([RECORD, OTHER_RECORD], indent=1).encode(),
    "feed.json": json.dumps({"status": "ok", "articles": [RECORD, OTHER_RECORD]}).encode(),
    "dump.jsonl": lines(RECORD, OTHER_RECORD),
    "table.csv": table(),
    "semicolons.csv": table(";"),
    "table.tsv": table("\t"),
    "table.parquet": parquet(),
    "crawl.warc": warc(packed=False),
    "crawl.warc.gz": warc(),
    "pages.zip": zipped({"a/page.html": PAGE.encode(), "a/._page.html": b"x", "b.txt": OTHER_TEXT.encode()}),
    "pages.tar": tarred({"a/page.html": PAGE.encode(), "b.txt": OTHER_TEXT.encode(), "c/.d": b"x"}),
}
"""Files that hold the first article and another."""
