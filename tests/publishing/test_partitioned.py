"""Partitioned packages: the part of each row, the descriptor, and reading them back."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from broadsheet import Tables, extract, load
from broadsheet.base.errors import InputError
from broadsheet.publishing import PackageInfo, iter_partitions, read_package, write_package, write_partitioned
from broadsheet.publishing.layout import bucket_of, is_part_path, n_parts, order_of, part_of, part_path, table_paths
from broadsheet.tables.schema import TABLES, schemas

ARTICLES = sorted((Path(__file__).parents[1] / "articles").glob("*.txt"))


@pytest.fixture(scope="module")
def tables() -> Tables:
    """The tables of several articles of our own."""
    return extract(ARTICLES)


@pytest.fixture(scope="module")
def package(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Them as a package of four parts with CSV."""
    return write_partitioned(tables, tmp_path_factory.mktemp("p") / "package", parts=4, csv=True).parent


def descriptor(package: Path) -> dict[str, Any]:
    """The content of its ``datapackage.json``."""
    content: dict[str, Any] = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize(
    ("articles", "parts"),
    [(0, 1), (1, 1), (500, 1), (501, 2), (1_000, 2), (1_001, 4), (100_000, 256), (1_000_000, 2_048)],
)
def test_number_of_parts(articles: int, parts: int) -> None:
    """It is the least power of two with 500 articles a part or fewer, and follows from their number alone."""
    assert n_parts(articles) == parts


@pytest.mark.parametrize(
    ("article_id", "parts", "part"),
    [
        ("art_0000000000000000", 1, 0),
        ("art_ffffffffffffffff", 1, 0),
        ("art_7fffffffffffffff", 2, 0),
        ("art_8000000000000000", 2, 1),
        ("art_ffffffffffffffff", 512, 511),
        ("art_0080000000000000", 512, 1),
    ],
)
def test_part_of_an_article(article_id: str, parts: int, part: int) -> None:
    """The leading bits of an article's key are its part, so that parts follow one another as the keys do."""
    assert part_of(article_id, parts) == part


def test_what_is_no_key_or_no_power_of_two_has_no_part() -> None:
    """Parts are computed only from valid keys, and for a power of two."""
    for article_id, parts in (("art_0", 2), ("quo_0000000000000000", 2), ("art_0000000000000000", 3)):
        with pytest.raises(ValueError, match="is no"):
            part_of(article_id, parts)


def test_bucket_of_an_actor() -> None:
    """The leading bits of the digest of an actor's key are its bucket, in UTF-8."""
    for actor_id in ("mark-carney", "são-tomé", "a"):
        digits = sha256(actor_id.encode("utf-8")).hexdigest()
        assert bucket_of(actor_id, 256) == int(digits[:2], 16)
        assert bucket_of(actor_id, 1) == 0


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("data/quotes/part-0000.parquet", True),
        ("data/quotes/part-0000.csv", True),
        ("data/quotes/part-12345.parquet", True),
        ("data/evidence/actors-0003.parquet", True),
        ("data/quotes/actors-0003.parquet", False),
        ("data/quotes/part-00003.parquet", False),
        ("data/quotes/part-0003.parquet.gz", False),
        ("data/others/part-0003.parquet", False),
        ("data/../part-0003.parquet", False),
    ],
)
def test_names_of_parts(path: str, is_one: bool) -> None:
    """A part has one name, and nothing else is taken for one."""
    assert is_part_path(path) is is_one


def test_rows_stand_in_their_parts_in_order(package: Path, tables: Tables) -> None:
    """Each row occurs once, in the part of its article or the bucket of its actor; empty parts are files too."""
    names: dict[str, int] = dict.fromkeys(TABLES, 0)
    for part in iter_partitions(package):
        for name, rows in part.tables.items():
            assert {part_of(key, 4) for key in rows.column("article_id").to_pylist()} <= {part.number}
            keys = list(zip(*(rows.column(column).to_pylist() for column in order_of(name)), strict=True))
            assert keys == sorted(keys)
            names[name] += rows.num_rows
        assert {bucket_of(key, 4) for key in part.actors.column("actor_id").to_pylist()} <= {part.number}
        assert {bucket_of(key, 4) for key in part.actors_evidence.column("row_id").to_pylist()} <= {part.number}
        assert set(part.actors_evidence.column("row_id").to_pylist()) <= set(part.actors.column("actor_id").to_pylist())
        names["actors"] += part.actors.num_rows
        names["evidence"] += part.actors_evidence.num_rows
    assert {name: rows for name, rows in names.items() if name != "countries"} == {
        name: len(tables[name]) for name in TABLES if name != "countries"
    }
    found = {p.relative_to(package).as_posix() for p in (package / "data").rglob("*") if p.is_file()}
    assert found == {path for name in TABLES for e in ("csv", "parquet") for path in table_paths(name, 4, e)}


def test_read_back_as_the_other_layout_has_it(package: Path, tables: Tables, tmp_path: Path) -> None:
    """What is read of a partitioned package is what is read of the package of one file a table."""
    write_package(tables, tmp_path / "single")
    for read in (read_package(package), load(source=package)):
        for name, frame in read_package(tmp_path / "single").frames.items():
            pd.testing.assert_frame_equal(read[name], frame)
        assert read.model == tables.model


def test_descriptor_tells_layout_sizes_and_hashes(package: Path, tables: Tables) -> None:
    """Each part is listed with its size, hash and rows, and the sums are those of the tables."""
    content = descriptor(package)
    assert content["broadsheet"]["layout"] == {"kind": "partitioned", "parts": 4}
    assert "sources" not in content
    resources = {resource["name"]: resource for resource in content["resources"]}
    assert set(resources) == {*TABLES, *(f"{name}-parquet" for name in TABLES)}
    for name in TABLES:
        for resource, kind in ((resources[name], "table"), (resources[f"{name}-parquet"], "file")):
            assert (resource["type"], resource["scheme"]) == (kind, "file")
            assert resource["path"] == [part["path"] for part in resource["parts"]]
            assert sum(part["rows"] for part in resource["parts"]) == len(tables[name])
            for part in resource["parts"]:
                raw = (package / part["path"]).read_bytes()
                assert (part["bytes"], part["hash"]) == (len(raw), f"sha256:{sha256(raw).hexdigest()}")
        assert resources[name]["rows"] == len(tables[name])
        assert resources[name]["schema"] == f"schemas/{name}.json"


def test_frictionless_calls_it_valid(package: Path, tables: Tables, tmp_path: Path) -> None:
    """The public tool reads the parts of a CSV as one table, and takes a package without CSV."""
    from frictionless import Package

    for folder in (package, write_partitioned(tables, tmp_path / "p", parts=2).parent):
        report = Package(str(folder / "datapackage.json")).validate()
        assert report.valid, report.flatten(["title", "note"])
    quotes = Package(str(package / "datapackage.json")).get_resource("quotes").read_rows()
    assert [row["quote_id"] for row in quotes] == list(tables.quotes["quote_id"])


def test_same_tables_same_bytes(tables: Tables, tmp_path: Path) -> None:
    """Neither the order of the rows nor an earlier package in the folder shows in a file."""
    turned = Tables({name: frame.iloc[::-1].reset_index(drop=True) for name, frame in tables.frames.items()})
    one = write_partitioned(tables, tmp_path / "one", parts=2).parent
    write_package(tables, tmp_path / "two")
    other = write_partitioned(Tables(turned.frames, model=tables.model), tmp_path / "two", parts=2).parent
    contents = [
        {p.relative_to(f).as_posix(): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (one, other)
    ]
    assert contents[0] == contents[1]
    write_package(tables, tmp_path / "two")
    assert (tmp_path / "two" / "data" / "quotes.csv").is_file()
    assert not (tmp_path / "two" / "data" / "quotes").exists()


def test_corrections_come_with_the_package(tables: Tables, tmp_path: Path) -> None:
    """They are a file that the descriptor lists with its size and hash, part of the id, and are read back."""
    text = "# Ünchecked\n"
    corrected = Tables(tables.frames, model=tables.model, curation=text)
    plain, folder = (write_partitioned(of, tmp_path / name).parent for of, name in ((tables, "a"), (corrected, "b")))
    listed = descriptor(folder)["resources"][-1]
    raw = (folder / listed["path"]).read_bytes()
    assert raw == text.encode("utf-8")
    assert (listed["name"], listed["format"], listed["mediatype"]) == ("curation", "toml", "application/toml")
    assert (listed["bytes"], listed["hash"]) == (len(raw), f"sha256:{sha256(raw).hexdigest()}")
    assert descriptor(folder)["id"] != descriptor(plain)["id"]
    assert read_package(folder).curation == text
    assert read_package(plain).curation is None


def test_tables_write_themselves(tables: Tables, tmp_path: Path) -> None:
    """A user asks for the layout where he writes; few articles are one part."""
    path = tables.write(tmp_path / "p", name="mine", version="2.0.0", partitioned=True)
    content = descriptor(path.parent)
    assert (content["name"], content["version"]) == ("mine", "2.0.0")
    assert content["broadsheet"]["layout"]["parts"] == 1
    assert (path.parent / part_path("quotes", 0, "parquet")).is_file()


def test_foreign_files_are_kept(tables: Tables, tmp_path: Path) -> None:
    """A folder with any other file is not replaced."""
    folder = write_partitioned(tables, tmp_path / "p").parent
    (folder / "data" / "quotes" / "part-0000.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="was not written by broadsheet"):
        write_partitioned(tables, folder)
    assert (folder / "data" / "quotes" / "part-0000.txt").read_text(encoding="utf-8") == "mine"


def test_version_must_be_semantic(tables: Tables, tmp_path: Path) -> None:
    """A version of no such form is refused, and nothing is written."""
    with pytest.raises(InputError, match="semantic version"):
        write_partitioned(tables, tmp_path / "p", PackageInfo(version="two"))
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    "layout",
    [
        {"kind": "partitioned", "parts": 3},
        {"kind": "partitioned", "parts": 0},
        {"kind": "partitioned", "parts": True},
        {"kind": "partitioned", "parts": "4"},
        {"kind": "partitioned", "parts": 1 << 30},
        {"kind": "other"},
        {},
    ],
)
def test_layouts_of_others_are_refused(tables: Tables, tmp_path: Path, layout: object) -> None:
    """An invalid number of parts is an input error, and is not looped over."""
    path = write_partitioned(tables, tmp_path / "p")
    content = descriptor(path.parent)
    content["broadsheet"]["layout"] = layout
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="number of parts"):
        read_package(path.parent)


def test_missing_part_is_named(tables: Tables, tmp_path: Path) -> None:
    """The error names a missing part."""
    folder = write_partitioned(tables, tmp_path / "p", parts=2).parent
    (folder / "data" / "events" / "part-0001.parquet").unlink()
    with pytest.raises(InputError, match=r"part-0001\.parquet"):
        read_package(folder)


def test_order_is_that_of_a_build() -> None:
    """A file is sorted by place and key, as the tables of several articles are."""
    assert order_of("evidence") == schemas()["evidence"].primary_key
    assert order_of("actors") == ("actor_id",)
    assert order_of("quotes") == ("article_id", "char_start", "char_end", "quote_id")
