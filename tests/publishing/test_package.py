"""Data packages written and read."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from broadsheet import Tables
from broadsheet.base.errors import InputError
from broadsheet.publishing import PackageInfo, read_package, write_package
from broadsheet.publishing.metadata import METADATA
from broadsheet.tables.rows import ArticleRow
from broadsheet.tables.schema import TABLES, schemas


def article(number: int, published_on: date | None) -> ArticleRow:
    """An article of our own making."""
    return ArticleRow(
        f"art_{number:016x}", f"Title {number}", "Gazette", None, None, published_on, "en", f"{number:064x}", 9, 2, 1
    )


def tables(*days: date | None) -> Tables:
    """Tables of as many articles as there are days of publication."""
    return Tables.from_rows({"articles": [article(i, day) for i, day in enumerate(days)]}, model=("en_small", "3.8.0"))


def descriptor(path: Path) -> dict[str, object]:
    """The content of a ``datapackage.json``."""
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


def test_every_table_in_two_formats(tmp_path: Path) -> None:
    """A package holds schema, CSV and Parquet of every table; sizes and hashes agree."""
    path = write_package(tables(None), tmp_path / "p")
    files = {p.relative_to(tmp_path / "p").as_posix() for p in (tmp_path / "p").rglob("*") if p.is_file()}
    expected = {f"data/{t}.{e}" for t in TABLES for e in ("csv", "parquet")} | {f"schemas/{t}.json" for t in TABLES}
    # These articles have no day, which a record of DataCite needs.
    expected |= {*METADATA} - {"metadata/datacite.json"}
    assert files == expected | {"datapackage.json"}
    resources = descriptor(path)["resources"]
    assert isinstance(resources, list)
    assert len(resources) == 2 * len(TABLES)
    for resource in resources:
        raw = (tmp_path / "p" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(raw)
        assert resource["hash"] == f"sha256:{sha256(raw).hexdigest()}"


def test_frictionless_calls_it_valid(tmp_path: Path) -> None:
    """The public tool reports no problem."""
    from frictionless import Package

    report = Package(str(write_package(tables(date(2024, 5, 1)), tmp_path / "p"))).validate()
    assert report.valid, report.flatten(["title", "note"])


@pytest.mark.parametrize(
    ("days", "option", "created"),
    [
        ((date(2024, 5, 1), date(2024, 6, 2), None), None, "2024-06-02T00:00:00Z"),
        ((date(2024, 5, 1),), date(2025, 1, 1), "2025-01-01T00:00:00Z"),
        ((None,), None, None),
    ],
    ids=["latest publication", "option", "never the clock"],
)
def test_created(tmp_path: Path, days: tuple[date | None, ...], option: date | None, created: str | None) -> None:
    """The day of creation is the option, else the latest day of publication, else absent."""
    path = write_package(tables(*days), tmp_path / "p", PackageInfo(created=option))
    assert descriptor(path).get("created") == created


def test_same_tables_same_bytes(tmp_path: Path) -> None:
    """Two folders of the same tables are equal to the byte."""
    one, two = (write_package(tables(None), tmp_path / name).parent for name in ("one", "two"))
    for path in sorted(one.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (two / path.relative_to(one)).read_bytes(), path.name


def test_round_trip(tmp_path: Path) -> None:
    """What is read is what was written, with the same dtypes and the same model."""
    before = tables(date(2024, 5, 1))
    write_package(before, tmp_path / "p")
    after = read_package(tmp_path / "p")
    assert after.model == before.model
    for name in TABLES:
        assert after[name].dtypes.equals(before[name].dtypes)
        assert after.arrow(name).equals(before.arrow(name))


@pytest.mark.parametrize(
    "stranger", ["notes.txt", "data/more.csv", ".hidden"], ids=["beside", "among the tables", "hidden"]
)
def test_files_of_others_are_safe(tmp_path: Path, stranger: str) -> None:
    """A folder with a file that we did not write is refused by its name and stays as it is."""
    write_package(tables(None), tmp_path)
    (tmp_path / stranger).write_text("mine", encoding="utf-8")
    before = (tmp_path / "datapackage.json").read_bytes()
    with pytest.raises(InputError, match=Path(stranger).name):
        write_package(tables(date(2024, 5, 1)), tmp_path)
    assert (tmp_path / "datapackage.json").read_bytes() == before
    assert (tmp_path / stranger).read_text(encoding="utf-8") == "mine"


def test_in_place_writes_among_other_files(tmp_path: Path) -> None:
    """A repository's root gets the package among its own files, which stay."""
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    write_package(tables(None), tmp_path, in_place=True)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    assert len(read_package(tmp_path)["articles"]) == 1


@pytest.mark.parametrize("version", ["1", "1.0", "v1.0.0", "1.0.0 ", "01.0.0"])
def test_versions_are_semantic(tmp_path: Path, version: str) -> None:
    """A version that is not SemVer is refused and nothing is written."""
    with pytest.raises(InputError, match="semantic"):
        write_package(tables(None), tmp_path / "p", PackageInfo(version=version))
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda folder: None, "no such folder"),
        (lambda folder: folder.mkdir(), "holds no datapackage.json"),
        (lambda folder: (folder.mkdir(), (folder / "datapackage.json").write_text("{")), "is not JSON"),
        (
            lambda folder: (folder.mkdir(), (folder / "datapackage.json").write_text("{}")),
            "does not describe a Broadsheet package",
        ),
        (lambda folder: (write_package(tables(None), folder), (folder / "data/quotes.parquet").unlink()), "is missing"),
        (
            lambda folder: (write_package(tables(None), folder), (folder / "data/quotes.parquet").write_bytes(b"PAR1")),
            "is not the table",
        ),
        (lambda folder: folder.write_text("x"), "p: is not a folder"),
        (
            lambda folder: (folder.mkdir(), (folder / "datapackage.json").write_text("[]")),
            "does not describe a Broadsheet package",
        ),
        (
            lambda folder: (write_package(corrected(), folder), (folder / "data/curation.toml").write_bytes(b"\xff")),
            "curation.toml: cannot be read as UTF-8",
        ),
    ],
    ids=[
        "no folder",
        "empty folder",
        "broken JSON",
        "another package",
        "table missing",
        "not Parquet",
        "a file",
        "a list",
        "corrections that are no text",
    ],
)
def test_what_is_no_package_is_refused(tmp_path: Path, prepare: object, said: str) -> None:
    """Reading anything but a Broadsheet package is an error that names the place."""
    assert callable(prepare)
    prepare(tmp_path / "p")
    with pytest.raises(InputError, match=said):
        read_package(tmp_path / "p")


def test_a_file_is_no_target(tmp_path: Path) -> None:
    """A package is not written in place of a file, which stays."""
    (tmp_path / "p").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="p: is a file, not a folder; name a folder"):
        write_package(tables(None), tmp_path / "p")
    assert (tmp_path / "p").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
@pytest.mark.parametrize("linked", ["data", "data/quotes.csv"])
def test_links_are_never_replaced(tmp_path: Path, linked: str) -> None:
    """A folder or file of the package that is a link to elsewhere is refused, and what it leads to stays."""
    package, elsewhere = tmp_path / "p", tmp_path / "elsewhere"
    write_package(tables(None), package)
    (package / linked).rename(elsewhere)
    (package / linked).symlink_to(elsewhere)
    with pytest.raises(InputError, match="was not written by broadsheet"):
        write_package(tables(date(2024, 5, 1)), package)
    assert elsewhere.exists()


def test_corrections_are_read_back_where_the_package_lists_them(tmp_path: Path) -> None:
    """A file of the same name that the descriptor does not list belongs to someone else."""
    write_package(corrected(), tmp_path / "p")
    assert read_package(tmp_path / "p").curation == CORRECTIONS
    write_package(tables(None), tmp_path / "q")
    (tmp_path / "q" / "data" / "curation.toml").write_text(CORRECTIONS, encoding="utf-8")
    assert read_package(tmp_path / "q").curation is None


CORRECTIONS = "# none yet\n"


def corrected() -> Tables:
    """Tables with corrections."""
    return replace(tables(None), curation=CORRECTIONS)


def test_the_descriptor_says_where_articles_come_from(tmp_path: Path) -> None:
    """Each source has the title, or the key where there is none, and whatever else is known of it."""
    full = replace(article(0, date(2024, 5, 1)), url="https://example.org/a")
    bare = replace(article(1, None), title=None, publisher=None)
    made = Tables.from_rows({"articles": [full, bare]}, model=("en_small", "3.8.0"))
    content = descriptor(write_package(made, tmp_path / "p"))
    assert content["sources"] == [
        {
            "title": "Title 0",
            "path": "https://example.org/a",
            "publisher": "Gazette",
            "publishedOn": "2024-05-01",
            "textHash": f"sha256:{full.text_sha256}",
        },
        {"title": bare.article_id, "textHash": f"sha256:{bare.text_sha256}"},
    ]


def test_the_descriptor_describes_both_files_of_a_table(tmp_path: Path) -> None:
    """Names, titles, media types and form are what Data Package tools look for."""
    path = write_package(tables(None), tmp_path / "p")
    resources = {one["name"]: one for one in descriptor(path)["resources"]}  # type: ignore[attr-defined]
    for name, schema in schemas().items():
        csv, parquet = resources[name], resources[f"{name}-parquet"]
        assert (csv["title"], csv["description"]) == (schema.title, schema.description)
        assert (csv["type"], csv["path"], csv["format"]) == ("table", f"data/{name}.csv", "csv")
        assert (csv["mediatype"], csv["encoding"], csv["schema"]) == ("text/csv", "utf-8", f"schemas/{name}.json")
        assert (parquet["type"], parquet["path"], parquet["format"]) == ("file", f"data/{name}.parquet", "parquet")
        assert parquet["mediatype"] == "application/vnd.apache.parquet"
        assert schema.title in parquet["title"]
        assert csv["scheme"] == parquet["scheme"] == "file"
    assert (resources["articles"]["rows"], resources["quotes"]["rows"]) == (1, 0)
