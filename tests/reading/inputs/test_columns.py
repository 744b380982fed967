"""Which columns say what: those that the user names, and the usual names for the rest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from reading.inputs import samples

from broadsheet.reading.inputs import Found, InputOptions, Reject, Unit, column_mapping, read_unit
from broadsheet.reading.metadata import Metadata

if TYPE_CHECKING:
    from pathlib import Path

BODY = samples.BODY
HEADER = b"id,heading,words,day,paper,desk\n"
ROW = b'1,Ferries,"' + samples.BODY.encode() + b'",2024-03-09,Gazette,Ada Quill\n'
NAMED = {"text": "words", "title": "heading", "published_on": "day", "publisher": "paper", "authors": "desk"}
NESTED = {
    "meta": {
        "head": "Ferries",
        "by": [{"name": "Ada Quill"}, {"name": "Tom Marsh"}],
        "at": "2024-03-09T23:59:59-05:00",
    },
    "parts": [{"kind": "lead", "value": ""}, {"kind": "body", "value": BODY}],
    "a.b": "Gazette",
}
PATHS = {
    "text": "parts.1.value",
    "title": "meta.head",
    "authors": "meta.by",
    "published_on": "meta.at",
    "publisher": "a.b",
}


def read(path: Path, data: bytes, options: InputOptions) -> list[Found | Reject]:
    """What a file of these bytes gives."""
    path.write_bytes(data)
    return list(read_unit(Unit(path.name, path), options))


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_named_columns(name: str, tmp_path: Path) -> None:
    """Columns of any name are read for what the user says that they are."""
    values = dict(
        zip(
            ("heading", "words", "day", "paper", "desk"),
            ("Ferries", BODY, "2024-03-09", "Gazette", "Ada Quill"),
            strict=True,
        )
    )
    data = {"a.csv": HEADER + ROW, "a.jsonl": samples.lines(values), "a.parquet": samples.parquet([dict(values)])}[name]
    (found,) = read(tmp_path / name, data, InputOptions(columns=NAMED))
    assert isinstance(found, Found)
    article = found.article
    assert (article.title, article.publisher, article.authors) == ("Ferries", "Gazette", ("Ada Quill",))
    assert (article.published_on, article.text) == (date(2024, 3, 9), f"Ferries\n\n{BODY}\n")


def test_dotted_paths(tmp_path: Path) -> None:
    """Values of nested JSON are named by their path; the day is the one that is written, in its own zone."""
    (found,) = read(tmp_path / "a.jsonl", samples.lines(NESTED), InputOptions(columns=PATHS))
    assert isinstance(found, Found)
    article = found.article
    assert (article.title, article.publisher, article.authors) == ("Ferries", "Gazette", ("Ada Quill", "Tom Marsh"))
    assert article.published_on == date(2024, 3, 9)


def test_a_path_in_a_document(tmp_path: Path) -> None:
    """A document with a text at the named path is one record, whatever lists are beside it."""
    document = {"story": {"body": BODY}, "tags": [{"text": "ferries"}, {"text": "bay"}]}
    options = InputOptions(columns={"text": "story.body"})
    (found,) = read(tmp_path / "a.json", samples.lines(document), options)
    assert isinstance(found, Found)
    assert found.place == "a.json"
    (missing,) = read(tmp_path / "a.jsonl", samples.lines({"story": {}, "id": 1}), options)
    assert isinstance(missing, Reject)
    assert missing.problem == "has nothing at 'story.body'"
    assert missing.fix == "its keys are story, id"


@pytest.mark.parametrize(
    ("columns", "data", "place", "problem"),
    [
        ({"text": "body"}, HEADER + ROW, "a.csv", "has no column 'body'"),
        ({**NAMED, "published_on": "id"}, HEADER + ROW, "a.csv:row 2", "'1' cannot be read as published_on"),
        ({**NAMED, "url": "paper"}, HEADER + ROW, "a.csv:row 2", "'Gazette' cannot be read as url"),
        ({**NAMED, "language": "desk"}, HEADER + ROW, "a.csv:row 2", "'Ada Quill' cannot be read as language"),
    ],
)
def test_what_is_named_must_be_readable(
    columns: dict[str, str], data: bytes, place: str, problem: str, tmp_path: Path
) -> None:
    """A column that is not there, or a cell in it that says nothing of its kind, is a reject with its row."""
    (found,) = read(tmp_path / "a.csv", data, InputOptions(columns=columns))
    assert isinstance(found, Reject)
    assert (found.place, found.problem) == (place, problem)


@pytest.mark.parametrize("value", ["yesterday", "03/04/2024", "2024-13-01", "0999-01-01", 1709971200, True, {"a": 1}])
def test_what_is_only_found_is_dropped(value: object, tmp_path: Path) -> None:
    """A malformed value under a usual name is null: the article is kept, and nothing is guessed."""
    (found,) = read(tmp_path / "a.jsonl", samples.lines({**samples.RECORD, "date": value}), InputOptions())
    assert isinstance(found, Found)
    assert found.article.published_on is None


@pytest.mark.parametrize(
    ("record", "title"),
    [
        ({"title": "Ferries", "text": BODY}, "Ferries"),
        ({"title": "Ferries", "text": f"Ferries\n\n{BODY}"}, "Ferries"),
        ({"title": "", "text": BODY}, None),
        ({"text": f"Ferries\n\n{BODY}"}, "Ferries"),
        ({"headline": "FERRIES", "text": f"Ferries\n\n{BODY}"}, "FERRIES"),
    ],
    ids=["beside", "in both", "empty", "on the first line", "in capitals"],
)
def test_headline(record: dict[str, str], title: str | None, tmp_path: Path) -> None:
    """The headline stands once, on the first line; where its place is empty, the first line is no headline."""
    (found,) = read(tmp_path / "a.jsonl", samples.lines(record), InputOptions())
    assert isinstance(found, Found)
    assert found.article.title == title
    assert found.article.n_paragraphs == 3
    assert found.article.text.count("erries") == (1 if title and title[1] == "e" else 0 if title is None else 1)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_an_empty_headline(name: str, tmp_path: Path) -> None:
    """Where the place of the headline is empty, the first line of the text is none, in any format."""
    values = {"title": "", "text": f"Ferries\n\n{BODY}"}
    header = b'title,text\n,"' + values["text"].encode() + b'"\n'
    data = {"a.csv": header, "a.jsonl": samples.lines(values), "a.parquet": samples.parquet([dict(values)])}[name]
    (found,) = read(tmp_path / name, data, InputOptions(columns={"title": "title"}))
    assert isinstance(found, Found)
    assert found.article.title is None


def test_options_and_sidecar_win(tmp_path: Path) -> None:
    """What the user says for all articles wins over the sidecar, and the sidecar over the document."""
    (tmp_path / "a.toml").write_text('publisher = "The Sidecar"\nlanguage = "en-NZ"')
    options = InputOptions(metadata=Metadata(publisher="The Option"))
    (found,) = read(tmp_path / "a.jsonl", samples.lines(samples.RECORD), options)
    assert isinstance(found, Found)
    assert (found.article.publisher, found.article.language) == ("The Option", "en-NZ")
    assert found.article.title == samples.TITLE


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.csv", samples.table(), {"text": "text", "title": "title", "published_on": "date"}),
        ("a.tsv", samples.table("\t"), {"text": "text", "authors": "author"}),
        ("a.jsonl.gz", samples.PACKINGS["gz"](samples.lines(samples.RECORD)), {"url": "url", "language": "language"}),
        ("a.parquet", samples.parquet(), {"publisher": "publisher"}),
        ("a.csv", b"title,text,caf\xe9\n", {"text": "text", "title": "title"}),
        ("a.html", samples.PAGE.encode(), {}),
        ("a.csv.gz", samples.PACKINGS["gz"](samples.table())[:9], {}),
    ],
)
def test_what_was_taken_can_be_told(name: str, data: bytes, expected: dict[str, str], tmp_path: Path) -> None:
    """A user can be shown which column is taken for what."""
    path = tmp_path / name
    path.write_bytes(data)
    taken = column_mapping(Unit(name, path), InputOptions())
    assert {role: column for role, column in taken.items() if role in expected} == expected
    assert bool(taken) == bool(expected)


def test_markup_in_a_cell(tmp_path: Path) -> None:
    """A cell of HTML gives its paragraphs, without what is no running text; a text that only speaks of tags is text."""
    cell = "<p>The ferry <b>will</b> run.<br>It is late.</p><script>x()</script><ul><li>No pier is closed.</li></ul>"
    spoken = "The tag <p> opens a paragraph, and the editor said that </p> closes it."
    first, second = read(tmp_path / "a.jsonl", samples.lines({"text": cell}, {"text": spoken}), InputOptions())
    assert isinstance(first, Found)
    assert first.article.text == "The ferry will run.\n\nIt is late.\n\nNo pier is closed.\n"
    assert isinstance(second, Found)
    assert second.article.text == f"{spoken}\n"
