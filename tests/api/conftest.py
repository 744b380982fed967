"""Articles of our own, in every form that the API reads, and the tables of one."""

from __future__ import annotations

import csv
import json
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

import broadsheet

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet import Tables

COPPER = """Peru answers on copper

LIMA — Peru imposed a 15 percent tariff on Chilean copper on Monday in answer to Chile's duties on Peruvian fruit.

“We had no choice,” Trade Minister Rosa Quispe said.
"""
FERRY = "The two ferry companies of the bay will merge, the mayor of the harbour town said on Monday in a speech."


def _html(path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in COPPER.split("\n\n")[1:])
    page = f"<html><body><article><h1>Peru answers on copper</h1>{paragraphs}</article></body></html>"
    path.write_text(page, encoding="utf-8")


def _jsonl(path: Path) -> None:
    lines = [{"text": COPPER}, {"text": ""}, {"text": FERRY}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def _csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text"], [COPPER], [" "], [FERRY]])


def _parquet(path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": [COPPER, None, FERRY]}), path)


def _warc(path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        for number, body in enumerate([COPPER, "12 345", FERRY]):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/plain; charset=utf-8")], "HTTP/1.1")
            address = f"https://example.org/{number}"
            payload = BytesIO(body.encode("utf-8"))
            writer.write_record(writer.create_warc_record(address, "response", payload, http_headers=headers))


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with the same articles as text, page, dump, table and crawl."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "copper.txt").write_text(COPPER, encoding="utf-8")
    for name, write in (("html", _html), ("jsonl", _jsonl), ("csv", _csv), ("parquet", _parquet), ("warc", _warc)):
        write(folder / f"copper.{name}")
    return folder


@pytest.fixture(scope="session")
def copper() -> Tables:
    """The tables of one article."""
    return broadsheet.extract(text=COPPER, published_on="2024-05-17")
