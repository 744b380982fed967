"""No metadata file can contradict the data: level 1 derives each again and compares."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from quality.validation.conftest import world

from broadsheet import Tables
from broadsheet.base.errors import InputError
from broadsheet.publishing import PackageInfo, write_package
from broadsheet.publishing.metadata import METADATA, metadata_files
from broadsheet.publishing.metadata.index import CROISSANT, CSVW, DATACITE, RO_CRATE, SCHEMA_ORG
from broadsheet.publishing.package import DESCRIPTOR
from broadsheet.quality.validation import Level, validate_package
from broadsheet.quality.validation.metadata import RULE, check_metadata
from broadsheet.quality.validation.report import Findings
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = Callable[[Any], object]


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> Path:
    """A copy of the small package, to spoil."""
    return shutil.copytree(small, tmp_path / "copy")


def failures(folder: Path) -> list[str]:
    """What is wrong with the metadata alone."""
    findings = Findings(TABLES)
    check_metadata(findings, folder, json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8")))
    return [failure.message for failure in findings.report().failures]


def edit(path: Path, change: Change) -> None:
    """Changes a JSON file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def put(*way: str | int, value: object) -> Change:
    """Another value where the way leads."""

    def change(content: Any) -> None:
        for step in way[:-1]:
            content = content[step]
        assert content[way[-1]] != value
        content[way[-1]] = value

    return change


def entity(content: Any, identifier: str) -> Any:
    """An entity of the crate."""
    return next(found for found in content["@graph"] if found["@id"] == identifier)


OTHER = "https://creativecommons.org/publicdomain/zero/1.0/"
FACTS: list[tuple[str, str, Change, str]] = [
    ("version", CROISSANT, put("version", value="1.2.1"), "/version"),
    ("day", CROISSANT, put("datePublished", value="2024-05-11"), "/datePublished"),
    ("licence", CROISSANT, put("license", 0, "url", value=OTHER), "/license/0/url"),
    ("hash", CROISSANT, put("distribution", 4, "sha256", value="0" * 64), "/distribution/4/sha256"),
    ("path", CROISSANT, put("distribution", 4, "contentUrl", value="../q.parquet"), "/distribution/4/contentUrl"),
    ("type", CROISSANT, put("recordSet", 4, "field", 2, "dataType", value="sc:Text"), "/recordSet/4/field/2/dataType"),
    ("key", CROISSANT, put("recordSet", 4, "key", value=[]), "/recordSet/4/key"),
    ("link", CROISSANT, lambda c: c["recordSet"][4]["field"][1].pop("references"), "/recordSet/4/field/1/references"),
    ("citation", CROISSANT, put("citeAs", value="@dataset{x}"), "/citeAs"),
    ("version", SCHEMA_ORG, put("version", value="1.2.1"), "/version"),
    ("hash", SCHEMA_ORG, put("distribution", 0, "sha256", value="0" * 64), "/distribution/0/sha256"),
    ("rows", SCHEMA_ORG, put("distribution", 0, "size", "value", value=7), "/distribution/0/size/value"),
    ("licence", SCHEMA_ORG, put("license", 0, "url", value=OTHER), "/license/0/url"),
    ("file gone", SCHEMA_ORG, lambda c: c["distribution"].pop(), "/distribution"),
    ("source", SCHEMA_ORG, put("isBasedOn", 0, "headline", value="Other"), "/isBasedOn/0/headline"),
    ("version", CSVW, put("schema:version", value="1.2.1"), "/schema:version"),
    ("licence", CSVW, put("dc:license", 0, "@id", value=OTHER), "/dc:license/0/@id"),
    ("rows", CSVW, put("tables", 0, "dc:extent", value="7 rows"), "/tables/0/dc:extent"),
    ("hash", CSVW, put("tables", 0, "schema:sha256", value="0" * 64), "/tables/0/schema:sha256"),
    (
        "type",
        CSVW,
        put("tables", 4, "tableSchema", "columns", 2, "datatype", "base", value="string"),
        "/tables/4/tableSchema/columns/2/datatype/base",
    ),
    ("key", CSVW, put("tables", 4, "tableSchema", "primaryKey", value=[]), "/tables/4/tableSchema/primaryKey"),
    ("link", CSVW, lambda c: c["tables"][4]["tableSchema"]["foreignKeys"].pop(), "/tables/4/tableSchema/foreignKeys"),
    ("version", DATACITE, put("version", value="1.2.1"), "/version"),
    ("year", DATACITE, put("publicationYear", value="1999"), "/publicationYear"),
    ("licence", DATACITE, put("rightsList", 0, "rightsIdentifier", value="CC0-1.0"), "/rightsList/0/rightsIdentifier"),
    ("rows", DATACITE, put("sizes", 0, value="data/articles.csv: 7 rows"), "/sizes/0"),
    ("version", RO_CRATE, lambda c: entity(c, "./").update(version="1.2.1"), "/@graph/1/version"),
    ("licence", RO_CRATE, lambda c: entity(c, "./")["license"][0].update({"@id": OTHER}), "/@graph/1/license/0/@id"),
    ("hash", RO_CRATE, lambda c: entity(c, "data/articles.csv").update(sha256="0" * 64), "/@graph/2/sha256"),
    ("rows", RO_CRATE, lambda c: entity(c, "data/articles.csv").update(size="7 rows"), "/@graph/2/size"),
    ("file gone", RO_CRATE, lambda c: entity(c, "./")["hasPart"].pop(), "/@graph/1/hasPart"),
]


@pytest.mark.parametrize(("path", "change", "pointer"), [f[1:] for f in FACTS], ids=[f"{f[1]}: {f[0]}" for f in FACTS])
def test_another_fact_is_named(copy: Path, path: str, change: Change, pointer: str) -> None:
    """One failure, which names the file and the JSON pointer."""
    assert failures(copy) == []
    edit(copy / path, change)
    [failure] = failures(copy)
    assert failure.startswith(f"{path}#{pointer} is ")


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (("version",), "9.0.0"),
        (("created",), "2020-01-01T00:00:00Z"),
        (("title",), "Other tables"),
        (("licenses", 0, "path"), OTHER),
        (("contributors", 0, "title"), "Another desk"),
        (("resources", 0, "rows"), 77),
        (("resources", 1, "hash"), f"sha256:{'0' * 64}"),
        (("broadsheet", "extractorLicense"), "MIT"),
        (("broadsheet", "sourceRights"), "None."),
    ],
    ids=lambda way: "/".join(map(str, way)) if isinstance(way, tuple) else "",
)
def test_another_descriptor_makes_the_others_untrue(copy: Path, way: tuple[str | int, ...], value: object) -> None:
    """What is changed in `datapackage.json` alone is a failure of the files that tell it too."""
    edit(copy / DESCRIPTOR, put(*way, value=value))
    assert failures(copy)


@pytest.mark.parametrize("path", METADATA)
@pytest.mark.parametrize("how", ["gone", "no JSON", "a list", "a link"])
def test_a_file_that_is_none(copy: Path, path: str, how: str) -> None:
    """What is missing or cannot be read is named."""
    content = (copy / path).read_bytes()
    (copy / path).unlink()
    match how:
        case "no JSON":
            (copy / path).write_bytes(content[:-3])
        case "a list":
            (copy / path).write_bytes(b"[]")
        case "a link":
            (copy / "twin.json").write_bytes(content)
            (copy / path).symlink_to(copy / "twin.json")
    assert [failure.startswith(path) for failure in failures(copy)] == [True]


def test_the_whole_validation_tells_it(copy: Path) -> None:
    """It is an error of level 1, of the package; and a package as it was written has none."""
    assert validate_package(copy).valid
    edit(copy / CROISSANT, put("version", value="1.2.1"))
    report = validate_package(copy)
    found = {(f.level, f.table, f.rule) for f in report.errors}
    assert found == {(Level.TABLE_SCHEMA, "", RULE), (Level.TABLE_SCHEMA, "", "file_hash")}


def test_other_data_have_other_metadata(small: Path, tmp_path: Path) -> None:
    """A row less: every file differs, and those of before do not fit."""
    tables = world()
    fewer = Tables({**tables.frames, "evidence": tables["evidence"].iloc[:-1]}, tables.model, sources=tables.sources)
    described = json.loads((small / DESCRIPTOR).read_text(encoding="utf-8"))
    folder = write_package(fewer, tmp_path / "fewer", PackageInfo.of(described)).parent
    assert failures(folder) == []
    for path in METADATA:
        assert (folder / path).read_bytes() != (small / path).read_bytes()
        shutil.copy(small / path, folder / path)
    assert {message.split("#")[0] for message in failures(folder)} == {*METADATA}


def test_a_stranger_beside_them_is_named(copy: Path) -> None:
    """As among the tables."""
    (copy / "metadata" / "notes.txt").write_text("x", encoding="utf-8")
    report = validate_package(copy)
    assert {(f.rule, f.value) for f in report.failures} == {
        ("stray_file", "metadata/notes.txt"),
        ("file_listed", "metadata/notes.txt"),
    }


def test_a_package_without_a_day(tmp_path: Path) -> None:
    """DataCite requires a year, and none is guessed: there is no record. The other files leave out the date."""
    tables = world()
    articles = tables["articles"].assign(published_on=None)
    undated = Tables({**tables.frames, "articles": articles}, tables.model, sources=tables.sources)
    folder = write_package(undated, tmp_path / "package").parent
    assert not (folder / DATACITE).exists()
    assert failures(folder) == []
    assert not re.search("datePublished|dc:issued", "".join((folder / p).read_text("utf-8") for p in (CROISSANT, CSVW)))
    (folder / DATACITE).write_text("{}", encoding="utf-8")
    assert [message.split(" ")[0] for message in failures(folder)] == [DATACITE]


def test_a_package_overwrites_its_own(tmp_path: Path) -> None:
    """The files are known as ours where a package is written over another."""
    for day in (date(2024, 6, 1), date(2024, 6, 2)):
        write_package(world(), tmp_path / "package", PackageInfo(created=day))
    assert '"datePublished": "2024-06-02"' in (tmp_path / "package" / CROISSANT).read_text(encoding="utf-8")


def test_the_same_descriptor_gives_the_same_bytes(package: Path, descriptor: dict[str, Any]) -> None:
    """Neither clock nor place shows: the files follow from the descriptor alone."""
    files = metadata_files(descriptor)
    assert list(files) == list(METADATA)
    assert {path: (package / path).read_bytes() for path in files} == files
    assert not any(str(package).encode() in content for content in files.values())


@pytest.mark.parametrize(
    ("way", "value", "pointer"),
    [
        (("title",), None, "/title"),
        (("version",), 7, "/version"),
        (("keywords",), "news", "/keywords"),
        (("licenses",), ["CC-BY-4.0"], "/licenses"),
        (("licenses",), [], "/licenses"),
        (("licenses", 0), {}, "/licenses/0"),
        (("contributors",), [], "/contributors"),
        (("contributors", 0), {"roles": ["creator"]}, "/contributors/0"),
        (("broadsheet",), 7, "/broadsheet"),
        (("broadsheet", "model"), {"name": "x"}, "/broadsheet/model/version"),
        (("resources",), None, "/resources"),
        (("resources", 0, "hash"), "0" * 32, "/resources/0/hash"),
        (("resources", 0, "bytes"), "many", "/resources/0/bytes"),
        (("resources", 0, "path"), "a.csv", "/resources"),
    ],
)
def test_a_descriptor_of_another_form(small: Path, way: tuple[str | int, ...], value: object, pointer: str) -> None:
    """It is refused with the place, never with a traceback."""
    content = json.loads((small / DESCRIPTOR).read_text(encoding="utf-8"))
    put(*way, value=value)(content)
    with pytest.raises(InputError) as refused:
        metadata_files(content)
    assert refused.value.place == f"{DESCRIPTOR}#{pointer}"


def test_persons_and_publishers(small: Path) -> None:
    """A person has given and family name, a publisher need not be who made it, a licence may have a name alone."""
    content = json.loads((small / DESCRIPTOR).read_text(encoding="utf-8"))
    content["contributors"] = [
        {"givenName": "Nguyễn", "familyName": "Lan", "roles": ["creator"]},
        {"title": "The Harbour Archive", "roles": ["publisher"]},
    ]
    content["licenses"] = [{"name": "ODbL-1.0"}]
    files = {path: json.loads(data) for path, data in metadata_files(content).items()}
    assert files[SCHEMA_ORG]["creator"][0] == {
        "@type": "Person",
        "name": "Nguyễn Lan",
        "givenName": "Nguyễn",
        "familyName": "Lan",
    }
    assert [party["name"] for party in files[SCHEMA_ORG]["publisher"]] == ["The Harbour Archive"]
    assert files[DATACITE]["publisher"] == {"name": "The Harbour Archive"}
    assert entity(files[RO_CRATE], "#license-ODbL-1.0")["name"] == "ODbL-1.0"
    assert files[CSVW]["dc:license"] == ["ODbL-1.0"]
    content["licenses"] = [{"path": OTHER}]
    assert json.loads(metadata_files(content)[SCHEMA_ORG])["license"][0]["url"] == OTHER
