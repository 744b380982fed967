"""schema.org, RO-Crate and DataCite, each read by a public library, and the Data Package by Frictionless."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.publishing.metadata.index import DATACITE, METADATA, RO_CRATE, SCHEMA_ORG
from broadsheet.publishing.package import DESCRIPTOR
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from pathlib import Path

SDO = "https://schema.org/"


def files_of(package: Path) -> set[str]:
    """The paths of all files of a package."""
    return {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def graph(package: Path) -> Any:
    """The statements of the file; nothing is fetched to understand it."""
    from rdflib import Graph

    return Graph().parse(package / SCHEMA_ORG, format="json-ld", publicID="https://example.org/metadata/x.jsonld")


@pytest.fixture(scope="module")
def dataset(graph: Any) -> Any:
    """The one data set."""
    from rdflib import RDF, URIRef

    [node] = graph.subjects(RDF.type, URIRef(f"{SDO}Dataset"))
    return node


@pytest.fixture(scope="module")
def crate(package: Path) -> Any:
    """The package as a crate; a warning would be our error."""
    import warnings

    from rocrate.rocrate import ROCrate

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return ROCrate(package)


@pytest.fixture(scope="module")
def record(package: Path) -> dict[str, Any]:
    """The record."""
    content: dict[str, Any] = json.loads((package / DATACITE).read_text(encoding="utf-8"))
    return content


def test_frictionless_calls_the_package_valid(package: Path) -> None:
    """The package has more files than a Data Package must, and is one."""
    from frictionless import Package

    assert Package(str(package / DESCRIPTOR)).validate().valid


class TestSchemaOrg:
    """JSON-LD, parsed by rdflib."""

    def test_what_search_engines_require(self, graph: Any, dataset: Any, descriptor: dict[str, Any]) -> None:
        """Name and a description of 50 to 5,000 characters; and what they recommend, once each."""
        from rdflib import URIRef

        def values_of(name: str) -> list[str]:
            return [str(value) for value in graph.objects(dataset, URIRef(f"{SDO}{name}"))]

        assert values_of("name") == [descriptor["title"]]
        assert 50 <= len(values_of("description")[0]) <= 5000
        assert values_of("version") == [descriptor["version"]]
        assert values_of("datePublished") == [descriptor["created"][:10]]
        assert values_of("identifier") == [f"urn:uuid:{descriptor['id']}"] == [str(dataset)]
        assert sorted(values_of("keywords")) == sorted(descriptor["keywords"])
        licences = [str(graph.value(e, URIRef(f"{SDO}url"))) for e in graph.objects(dataset, URIRef(f"{SDO}license"))]
        assert licences == [entry["path"] for entry in descriptor.get("licenses", [])]
        creators = [str(graph.value(e, URIRef(f"{SDO}name"))) for e in graph.objects(dataset, URIRef(f"{SDO}creator"))]
        assert sorted(creators) == sorted(entry["title"] for entry in descriptor.get("contributors", []))
        assert len(values_of("variableMeasured")) == sum(len(schema.fields) for schema in schemas().values())
        assert len(values_of("isBasedOn")) == len(descriptor["sources"])

    def test_every_file_can_be_found_and_is_that(self, graph: Any, dataset: Any, package: Path) -> None:
        """Address, size and digest of every download, and the rows of the tables."""
        from rdflib import URIRef

        found = {}
        for download in graph.objects(dataset, URIRef(f"{SDO}distribution")):
            address, size, digest = (
                str(graph.value(download, URIRef(f"{SDO}{name}"))) for name in ("contentUrl", "contentSize", "sha256")
            )
            content = (package / "metadata" / address).read_bytes()
            assert (size, digest) == (f"{len(content)} B", sha256(content).hexdigest())
            found[address.removeprefix("../")] = graph.value(download, URIRef(f"{SDO}size"))
        assert set(found) == {path for path in files_of(package) if path.startswith("data/")}
        for path, size in found.items():
            if path.endswith(".csv"):
                rows = int(graph.value(size, URIRef(f"{SDO}value")))
                assert rows == len(_parquet(package, path.replace(".csv", ".parquet")))


def _parquet(package: Path, path: str) -> list[Any]:
    import pyarrow.parquet as pq

    rows: list[Any] = pq.read_table(package / path).to_pylist()
    return rows


class TestCrate:
    """RO-Crate, read by the `rocrate` library."""

    def test_it_lists_every_file(self, crate: Any, package: Path) -> None:
        """All but itself, with size and digest where the descriptor has them."""
        listed = {entity.id: entity for entity in crate.data_entities}
        assert set(listed) == files_of(package) - {RO_CRATE}
        for path, entity in listed.items():
            content = (package / path).read_bytes()
            if path.startswith("data/"):
                assert entity["contentSize"] == str(len(content))
                assert entity["sha256"] == sha256(content).hexdigest()

    def test_the_root_has_what_the_specification_requires(self, crate: Any, descriptor: dict[str, Any]) -> None:
        """Name, description, day and licence."""
        root = crate.root_dataset
        assert (crate.version, root["name"], root["description"]) == (
            "1.2",
            descriptor["title"],
            descriptor["description"],
        )
        assert root["datePublished"] == descriptor["created"][:10]
        licences = [entity.id for entity in root.get("license", [])]
        assert licences == [entry["path"] for entry in descriptor.get("licenses", [])]
        authors = [entity["name"] for entity in root.get("author", [])]
        assert authors == [entry["title"] for entry in descriptor.get("contributors", [])]

    def test_the_licence_of_the_program_stands_apart(self, crate: Any) -> None:
        """The tables have one licence, the program another, and the articles none that we could give."""
        assert crate.get("#broadsheet")["license"].id == "https://spdx.org/licenses/Apache-2.0"
        assert "https://spdx.org/licenses/Apache-2.0" not in [e.id for e in crate.root_dataset.get("license", [])]
        assert "copyright in them stays with their publishers" in crate.root_dataset["copyrightNotice"]
        assert crate.get("#article-1").get("license") is None

    def test_every_reference_leads_to_an_entity(self, package: Path) -> None:
        """The graph is flat and whole."""
        content = json.loads((package / RO_CRATE).read_text(encoding="utf-8"))
        known = {entity["@id"] for entity in content["@graph"]}
        assert len(known) == len(content["@graph"])
        links = [link for entity in content["@graph"] for link in _links(entity)]
        assert {link for link in links if link not in known} == {"https://w3id.org/ro/crate/1.2"}


def _links(entity: dict[str, Any]) -> list[str]:
    values = [value for value in entity.values() if isinstance(value, dict | list)]
    return [part["@id"] for value in values for part in (value if isinstance(value, list) else [value])]


class TestDataCite:
    """DataCite, by the JSON schema of the `datacite` package."""

    def test_valid(self, record: dict[str, Any]) -> None:
        """After schema 4.5, and it becomes the XML that DataCite takes."""
        from datacite import schema45

        assert [error.message for error in schema45.validator.iter_errors(record)] == []
        assert "<resourceType " in schema45.tostring(record)

    @pytest.mark.parametrize("key", ["creators", "titles", "publisher", "publicationYear", "types", "schemaVersion"])
    def test_the_schema_would_miss_it(self, record: dict[str, Any], key: str) -> None:
        """The validator finds what a record lacks."""
        from datacite import schema45

        assert not schema45.validate({name: value for name, value in record.items() if name != key})

    def test_the_facts(self, record: dict[str, Any], descriptor: dict[str, Any], package: Path) -> None:
        """Version, year, rights and the size of every table are those of the package."""
        assert record["version"] == descriptor["version"]
        assert record["publicationYear"] == descriptor["created"][:4]
        rights = [entry["rightsIdentifier"] for entry in record.get("rightsList", [])]
        assert rights == [entry["name"] for entry in descriptor.get("licenses", [])]
        creators = [entry["name"] for entry in record["creators"]]
        assert creators == [entry["title"] for entry in descriptor.get("contributors", [{"title": ":unav"}])]
        for table, size in zip(schemas(), record["sizes"], strict=True):
            rows = len(_parquet(package, f"data/{table}.parquet"))
            size_of = (package / f"data/{table}.csv").stat().st_size
            assert size == f"data/{table}.csv: {rows} rows, {size_of} bytes"


def test_a_persons_orcid_id_is_in_every_form_that_has_a_place_for_it(small: Path) -> None:
    """By the URL, as each of the formats asks."""
    for path in ("datapackage.json", SCHEMA_ORG, DATACITE, RO_CRATE):
        assert '"https://orcid.org/0000-0002-1825-0097"' in (small / path).read_text(encoding="utf-8"), path


def test_a_package_of_no_one_names_no_one(anonymous: Path) -> None:
    """Without `--creator` and `--license` no file credits anyone or has a licence."""
    for path in (DESCRIPTOR, *METADATA):
        text = (anonymous / path).read_text(encoding="utf-8")
        assert "contributors" not in text, path
        assert "CC-BY" not in text, path
        assert "The license covers" not in text, path


def test_licences_are_stated_apart_in_every_form(package: Path, descriptor: dict[str, Any]) -> None:
    """The data's licence where it has one, the program's, and that the articles are not ours to license."""
    for path in METADATA:
        text = (package / path).read_text(encoding="utf-8")
        assert ("creativecommons.org/licenses/by/4.0" in text) == ("licenses" in descriptor), path
        assert "Apache-2.0" in text, path
        assert "copyright in them stays with their publishers" in text, path
