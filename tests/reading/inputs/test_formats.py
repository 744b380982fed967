"""Every format gives the same articles, with the same metadata, packed or not."""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING

import pytest
from reading.inputs import samples

from broadsheet.reading.article import Article
from broadsheet.reading.inputs import Found, InputOptions, Reject, Unit, read_unit

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = Article(
    samples.TEXT,
    title=samples.TITLE,
    publisher="The Harbour Gazette",
    authors=("Ada Quill", "Tom Marsh"),
    url="https://gazette.example/ferries",
    published_on=samples.PUBLISHED,
    language="en-GB",
)


def read(path: Path, data: bytes, options: InputOptions | None = None) -> list[Found | Reject]:
    """What a file of these bytes gives."""
    path.write_bytes(data)
    return list(read_unit(Unit(path.name, path), options or InputOptions()))


def articles(items: list[Found | Reject]) -> list[Article]:
    """The articles; fails where there is a reject."""
    assert not [item for item in items if isinstance(item, Reject)]
    return [item.article for item in items if isinstance(item, Found)]


@pytest.mark.parametrize("name", samples.ONE)
def test_one_article(name: str, tmp_path: Path) -> None:
    """A file of one article gives its text and all that the document says of it."""
    assert articles(read(tmp_path / name, samples.ONE[name])) == [ARTICLE]


@pytest.mark.parametrize("name", samples.TWO)
def test_two_articles(name: str, tmp_path: Path) -> None:
    """A file of several articles gives each, in its order."""
    first, second = articles(read(tmp_path / name, samples.TWO[name]))
    assert first == ARTICLE
    assert (second.text, second.title) == (samples.OTHER_TEXT, samples.OTHER_TITLE)


@pytest.mark.parametrize("packing", samples.PACKINGS)
@pytest.mark.parametrize("name", [*samples.ONE, *samples.TWO])
def test_packed(name: str, packing: str, tmp_path: Path) -> None:
    """Packing changes nothing, whether the name tells of it or not."""
    plain = read(tmp_path / name, samples.ONE.get(name) or samples.TWO[name])
    packed = samples.PACKINGS[packing](samples.ONE.get(name) or samples.TWO[name])
    found = read(tmp_path / f"{name}.{packing}", packed)
    assert articles(found) == articles(plain)
    assert articles(read(tmp_path / name, packed)) == articles(plain)
    assert [item.place for item in found] == [item.place.replace(name, f"{name}.{packing}") for item in plain]


@pytest.mark.parametrize("name", ["page.html", "table.csv", "dump.jsonl", "item.xml", "list.json", "wire.nitf"])
def test_format_is_told_by_content(name: str, tmp_path: Path) -> None:
    """A file that has lost its name's ending is read as what it is."""
    data = samples.ONE.get(name) or samples.TWO[name]
    assert articles(read(tmp_path / "download", data)) == articles(read(tmp_path / name, data))


@pytest.mark.parametrize("packing", samples.PACKINGS)
def test_members_and_frames(packing: str, tmp_path: Path) -> None:
    """A file packed in several pieces, as parallel writers and appenders leave it, is read to its end."""
    halves = [samples.PACKINGS[packing](samples.lines(each)) for each in (samples.RECORD, samples.OTHER_RECORD)]
    found = read(tmp_path / f"dump.jsonl.{packing}", b"".join(halves))
    assert [item.place for item in found] == [f"dump.jsonl.{packing}:1", f"dump.jsonl.{packing}:2"]
    assert len(articles(found)) == 2


@pytest.mark.parametrize("name", [*samples.ONE, *samples.TWO])
def test_standard_input(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes through a pipe is read as a file is."""

    class Pipe:
        buffer = io.BytesIO(samples.ONE.get(name) or samples.TWO[name])

    monkeypatch.setattr("sys.stdin", Pipe)
    assert articles(list(read_unit(Unit("-", None), InputOptions())))[0] == ARTICLE


def test_results_can_be_sent_to_other_processes(tmp_path: Path) -> None:
    """Units, options and results survive pickling, since pools of processes send them about."""
    path = tmp_path / "dump.jsonl"
    path.write_bytes(samples.lines(samples.RECORD) + b"{\n")
    options = InputOptions(columns={"text": "text"})
    for each in (Unit("dump.jsonl", path), options, *read_unit(Unit("dump.jsonl", path), options)):
        again = pickle.loads(pickle.dumps(each))
        assert again == each
        if isinstance(each, Found):
            assert again.article.text_sha256 == each.article.text_sha256
            assert again.article.paragraphs == each.article.paragraphs


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252", "utf-8-sig"])
@pytest.mark.parametrize("name", ["dump.jsonl", "table.csv", "page.html", "item.xml"])
def test_other_encodings(name: str, encoding: str, tmp_path: Path) -> None:
    """A text in another encoding is read if a byte order mark, the document or the user says which."""
    text = (samples.ONE.get(name) or samples.TWO[name]).decode()
    for declared in ("utf-8", "UTF-8"):
        text = text.replace(f'charset="{declared}"', "").replace(f' encoding="{declared}"', "")
    options = InputOptions(encoding=encoding if encoding == "windows-1252" else None)
    assert articles(read(tmp_path / name, text.encode(encoding), options))[0] == ARTICLE
