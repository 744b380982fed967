"""Partitioned packages are checked part by part, with the verdict of one in memory, whoever made or spoilt them."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quality.validation.hostile import WAYS, Damage, Files, write

from broadsheet import Tables, extract
from broadsheet.base.errors import InputError
from broadsheet.publishing import PackageInfo, write_package, write_partitioned
from broadsheet.publishing.formats import csv_bytes, parquet_bytes
from broadsheet.publishing.layout import bucket_of, part_path, table_paths
from broadsheet.publishing.partitioned import PublishedPart, write_descriptor, write_part
from broadsheet.quality.valid_rows import extract_articles
from broadsheet.quality.validation.package import Settings, validate_package
from broadsheet.quality.validation.report import Level
from broadsheet.reading import Article, read, read_all
from broadsheet.tables.arrow import arrow_schema
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.quality.validation.reports import Report

PARTS = 4
ARTICLES = sorted((Path(__file__).parents[2] / "articles").glob("*.txt"))
SHORT = """
Norway opens talks

Norway's foreign minister met Chile's ambassador in Oslo on 3 May 2024.
“We will talk,” said Ada Lund, the foreign minister of Norway.
Norway will lend Chile 20 million euros.
===
Lund in Santiago

Ada Lund, the foreign minister of Norway, visited Chile on 9 May 2024.
Chile will impose a 10 percent tariff on Norwegian salmon in June 2024, said Bruno Vidal, Chile's trade minister.
===
Harbour Bank lends

Harbour Bank lent Costa Shipping 300 million dollars in 2023.
“It was a good year,” said Mara Ostin, chief executive of Harbour Bank.
Peru and Chile signed an agreement in Lima on 2 March 2023.
===
Peru answers

Peru accused Chile of dumping on 7 June 2024. “Nobody wins,” said Bruno Vidal.
Peru's trade minister Rosa Quispe told reporters that Peru would impose a 5 percent duty on Chilean wine.
===
A dinner

The mayor of Lima received Mara Ostin of Harbour Bank on Tuesday. She said: “Lima is a fine port.”
"""
"""Short texts, with a line between any two."""


@pytest.fixture(scope="module")
def sources() -> tuple[Article, ...]:
    """Articles of our own, some of which name the same actors."""
    return (*read_all(ARTICLES), *(read(text, published_on="2024-06-10") for text in SHORT.split("===")))


@pytest.fixture(scope="module")
def tables(sources: tuple[Article, ...]) -> Tables:
    """Their tables."""
    return extract(sources)


@pytest.fixture(scope="module")
def whole(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of more parts than so few articles have, with CSV: nothing else is wrong with it."""
    return write_partitioned(tables, tmp_path_factory.mktemp("whole") / "package", parts=PARTS, csv=True).parent


@pytest.fixture
def package(whole: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(whole, tmp_path / "package"))


def check(folder: Path, sources: Any = (), **options: Any) -> Report:
    """What validation says."""
    return validate_package(folder, sources, Settings(**options))


def rules(report: Report) -> set[str]:
    """The rules that failed, save that there are more parts than so few articles have."""
    return {failure.rule for failure in report.failures} - {"layout"}


def refresh(folder: Path) -> None:
    """Makes the descriptor tell the truth of the files again, so that no size or hash gives a change away."""
    files = []
    for table in TABLES:
        for path in table_paths(table, PARTS, "parquet"):
            rows = pq.read_metadata(folder / path).num_rows
            for ending in ("parquet", "csv"):
                name = path.removesuffix("parquet") + ending
                files.append(PublishedPart.of(name, (folder / name).read_bytes(), rows))
    content = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    model, created = content["broadsheet"]["model"], date.fromisoformat(content["created"][:10])
    write_descriptor(folder, PackageInfo(), files, parts=PARTS, model=(model["name"], model["version"]), latest=created)


def parts_with(folder: Path, table: str, *, actors: bool = False) -> list[int]:
    """The parts of a table that have rows."""
    paths = [folder / part_path(table, number, "parquet", actors=actors) for number in range(PARTS)]
    return [number for number, path in enumerate(paths) if pq.read_metadata(path).num_rows]


def edit(
    folder: Path, table: str, number: int, change: Callable[[pa.Table], pa.Table], *, actors: bool = False
) -> None:
    """Changes a part of a table, in all its files, and makes the descriptor agree."""
    path = folder / part_path(table, number, "parquet", actors=actors)
    rows = change(pq.ParquetFile(path).read()).cast(arrow_schema(table))
    write_part(folder, table, number, rows, csv=True, actors=actors)
    refresh(folder)


def setting(column: str, value: object, row: int = 0) -> Callable[[pa.Table], pa.Table]:
    """Sets a cell."""

    def change(rows: pa.Table) -> pa.Table:
        place = rows.column_names.index(column)
        cells = rows.column(column).to_pylist()
        cells[row] = value
        return rows.set_column(place, rows.schema.field(column), pa.array(cells, rows.schema.field(column).type))

    return change


def moved(folder: Path, table: str, source: int, target: int, *, keep: bool = False, actors: bool = False) -> None:
    """Moves the first row of a part to another part, or puts it there too."""
    taken: list[pa.Table] = []

    def take(rows: pa.Table) -> pa.Table:
        taken.append(rows.slice(0, 1))
        return rows if keep else rows.slice(1)

    edit(folder, table, source, take, actors=actors)
    edit(folder, table, target, lambda rows: pa.concat_tables([rows, taken[0]]), actors=actors)


def test_valid_package_is_valid(tables: Tables, sources: tuple[Article, ...], tmp_path: Path) -> None:
    """A package as a build makes it is valid in all five levels, with and without CSV, and counts as one in memory."""
    whole = write_package(tables, tmp_path / "single").parent
    single = validate_package(whole, sources, Settings(rebuild=extract_articles))
    for csv in (True, False):
        folder = write_partitioned(tables, tmp_path / f"p{csv}", csv=csv).parent
        report = check(folder, sources, rebuild=extract_articles)
        assert report.valid, report.render()
        assert report.rows == single.rows
        assert report.expectations == single.expectations
        assert not report.skipped
        kinds = {(c.table, c.rule, c.column) for c in report.checks if c.level in (Level.EXPECTATIONS, Level.GROUNDING)}
        assert kinds == {
            (c.table, c.rule, c.column) for c in single.checks if c.level in (Level.EXPECTATIONS, Level.GROUNDING)
        }


def test_number_of_parts_is_told(whole: Path, sources: tuple[Article, ...]) -> None:
    """So few articles are one part: of a sound package in four that is all that is found, against its sources too."""
    report = check(whole, sources, rebuild=extract_articles)
    assert [failure.rule for failure in report.failures] == ["layout"], report.render()
    assert report.failures[0].value == "4"


def test_same_report_from_two_processes(package: Path, sources: tuple[Article, ...]) -> None:
    """How the work is divided does not show in the report, nor in the order of its failures."""
    for number in parts_with(package, "quotes"):
        edit(package, "quotes", number, setting("n_words", 99))
    one, two = check(package, sources), check(package, sources, jobs=2)
    assert "word_count" in rules(one)
    assert one.to_dict() == two.to_dict()


def test_each_way_to_give_the_sources(whole: Path, sources: tuple[Article, ...]) -> None:
    """Articles come in a sequence, from an iterator, by key or from a function: the report is the same."""
    by_key = {article.article_id: article for article in sources}
    reports = [check(whole, given) for given in (sources, iter(sources), by_key, by_key.get)]
    assert all(report.to_dict() == reports[0].to_dict() for report in reports)
    assert Level.GROUNDING not in reports[0].skipped


def test_without_sources_two_levels_are_skipped(whole: Path) -> None:
    """Where no article is given, it is said that nothing was read against it."""
    report = check(whole)
    assert {*report.skipped} == {Level.GROUNDING, Level.REBUILD}


def test_article_without_its_source(whole: Path, sources: tuple[Article, ...]) -> None:
    """An article whose source is not there, and a source of no article, are warnings; the others are read."""
    stranger = read("A stranger\n\nNobody has this text. “It is not here,” said Ada Lund of Norway on Monday.\n")
    report = check(whole, [*sources[1:], stranger])
    assert rules(report) == {"source_given", "source_known"}
    # What a run could not vouch for stands in the folder of its sources too.
    report = check(whole, [*sources, stranger], rebuild=extract_articles)
    assert rules(report) == {"source_known"}
    assert not report.errors or {failure.rule for failure in report.errors} == {"layout"}
    assert Level.REBUILD not in report.skipped


def spoil_missing(folder: Path) -> str:
    """A part is not there."""
    (folder / part_path("events", 1, "parquet")).unlink()
    return part_path("events", 1, "parquet")


def spoil_missing_actors(folder: Path) -> str:
    """The actors of a bucket are not there, though quotes and mentions name them."""
    number = parts_with(folder, "actors")[-1]
    for ending in ("parquet", "csv"):
        (folder / part_path("actors", number, ending)).unlink()
    return part_path("actors", number, "parquet")


def spoil_missing_evidence(folder: Path) -> str:
    """The evidence of the actors of a bucket is not there."""
    number = parts_with(folder, "evidence", actors=True)[-1]
    for ending in ("parquet", "csv"):
        (folder / part_path("evidence", number, ending, actors=True)).unlink()
    return part_path("evidence", number, "parquet", actors=True)


def spoil_evidence_parquet(folder: Path) -> str:
    """The Parquet of the evidence of actors is no Parquet, and the CSV beside it is sound."""
    number = parts_with(folder, "evidence", actors=True)[-1]
    path = part_path("evidence", number, "parquet", actors=True)
    (folder / path).write_bytes(b"PAR1 and no more")
    return path


def spoil_missing_csv(folder: Path) -> str:
    """A CSV is not there, where all others are."""
    (folder / part_path("events", 1, "csv")).unlink()
    return part_path("events", 1, "csv")


def spoil_extra(folder: Path) -> str:
    """A part more than the package has, which whoever reads the folder would take in."""
    shutil.copy(folder / part_path("quotes", 0, "parquet"), folder / part_path("quotes", PARTS, "parquet"))
    return part_path("quotes", PARTS, "parquet")


def spoil_other_file(folder: Path) -> str:
    """A file of another name among the parts."""
    shutil.copy(folder / part_path("quotes", 0, "parquet"), folder / "data/quotes/more.parquet")
    return "data/quotes/more.parquet"


def spoil_swapped(folder: Path) -> str:
    """Two parts have each other's name, and the descriptor says so too."""
    one, other, *_ = parts_with(folder, "mentions")
    for ending in ("parquet", "csv"):
        paths = [folder / part_path("mentions", number, ending) for number in (one, other)]
        contents = [path.read_bytes() for path in paths]
        paths[0].write_bytes(contents[1])
        paths[1].write_bytes(contents[0])
    refresh(folder)
    return f"part-{one:04}"


def spoil_wrong_part(folder: Path) -> str:
    """A row stands in the part of another article."""
    one, other, *_ = parts_with(folder, "mentions")
    moved(folder, "mentions", one, other)
    return f"part-{other:04}"


def spoil_article_twice(folder: Path) -> str:
    """An article stands in two parts."""
    one, other, *_ = parts_with(folder, "articles")
    moved(folder, "articles", one, other, keep=True)
    return f"part-{other:04}"


def spoil_wrong_bucket(folder: Path) -> str:
    """An actor stands in the bucket of others."""
    one, other, *_ = parts_with(folder, "actors")
    moved(folder, "actors", one, other)
    return f"part-{other:04}"


def spoil_wrong_evidence(folder: Path) -> str:
    """The evidence of an actor stands in the bucket of others."""
    one, other, *_ = parts_with(folder, "evidence", actors=True)
    moved(folder, "evidence", one, other, actors=True)
    return f"actors-{other:04}"


def spoil_evidence_of_actor(folder: Path) -> str:
    """The evidence of an actor stands among that of the rows of an article."""
    bucket = parts_with(folder, "evidence", actors=True)[0]
    row = pq.ParquetFile(folder / part_path("evidence", bucket, "parquet", actors=True)).read().slice(0, 1)
    part = next(
        number
        for number in parts_with(folder, "articles")
        if row["article_id"][0].as_py()
        in pq.ParquetFile(folder / part_path("articles", number, "parquet")).read()["article_id"].to_pylist()
    )
    edit(folder, "evidence", bucket, lambda rows: rows.slice(1), actors=True)
    edit(folder, "evidence", part, lambda rows: pa.concat_tables([rows, row.cast(rows.schema)]))
    return f"part-{part:04}"


def spoil_duplicate(folder: Path) -> str:
    """A key stands in two parts, each in its right place otherwise."""
    one, other, *_ = parts_with(folder, "mentions")
    key = pq.ParquetFile(folder / part_path("mentions", one, "parquet")).read()["mention_id"][0].as_py()
    edit(folder, "mentions", other, setting("mention_id", key))
    return f"part-{min(one, other):04} and part-{max(one, other):04}"


def spoil_hash(folder: Path) -> str:
    """The descriptor says another hash."""
    path = folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    resource = next(r for r in content["resources"] if r["name"] == "quotes-parquet")
    resource["parts"][1]["hash"] = "sha256:" + "0" * 64
    path.write_text(json.dumps(content), encoding="utf-8")
    return part_path("quotes", 1, "parquet")


def spoil_rows(folder: Path) -> str:
    """The descriptor says another number of rows."""
    path = folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    resource = next(r for r in content["resources"] if r["name"] == "quotes-parquet")
    resource["parts"][1]["rows"] += 1
    path.write_text(json.dumps(content), encoding="utf-8")
    return part_path("quotes", 1, "parquet")


def spoil_path(folder: Path) -> str:
    """The descriptor names a file outside."""
    path = folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    resource = next(r for r in content["resources"] if r["name"] == "quotes-parquet")
    resource["path"][1] = resource["parts"][1]["path"] = "../../outside.parquet"
    path.write_text(json.dumps(content), encoding="utf-8")
    return "../../outside.parquet"


def spoil_truncated(folder: Path) -> str:
    """A file ends early."""
    path = folder / part_path("quotes", 1, "parquet")
    path.write_bytes(path.read_bytes()[:-100])
    return part_path("quotes", 1, "parquet")


def spoil_many_rows(folder: Path) -> str:
    """A small file stands for millions of rows, and the descriptor says that it has none."""
    path = part_path("countries", 0, "parquet")
    table = pa.table({name: pa.nulls(6_000_000, pa.string()) for name in arrow_schema("countries").names})
    pq.write_table(table, folder / path)
    (folder / part_path("countries", 0, "csv")).write_bytes(csv_bytes(arrow_schema("countries").empty_table()))
    return "6,000,000 rows"


def spoil_link(folder: Path) -> str:
    """A part is a link to a file outside."""
    path = folder / part_path("quotes", 1, "parquet")
    path.rename(folder.parent / "outside.parquet")
    path.symlink_to(folder.parent / "outside.parquet")
    return "is a link"


def spoil_linked_folder(folder: Path) -> str:
    """The folder of a table is a link to outside."""
    (folder / "data" / "tariffs").rename(folder.parent / "tariffs")
    (folder / "data" / "tariffs").symlink_to(folder.parent / "tariffs")
    return "is a link"


def spoil_order(folder: Path) -> str:
    """The rows of a part stand in another order."""
    number = parts_with(folder, "mentions")[0]
    path = folder / part_path("mentions", number, "parquet")
    rows = pq.ParquetFile(path).read().cast(arrow_schema("mentions"))
    turned = rows.take(pa.array(range(rows.num_rows - 1, -1, -1)))
    path.write_bytes(parquet_bytes(turned))
    path.with_suffix(".csv").write_bytes(csv_bytes(turned))
    refresh(folder)
    return f"part-{number:04}"


def spoil_mentions(folder: Path) -> str:
    """An actor has one mention more than all parts together give."""
    number = parts_with(folder, "actors")[0]
    rows = pq.ParquetFile(folder / part_path("actors", number, "parquet")).read()
    edit(folder, "actors", number, setting("n_mentions", rows["n_mentions"][0].as_py() + 1))
    return f"part-{number:04}"


def spoil_speaker(folder: Path) -> str:
    """A quote has a speaker who is in no bucket."""
    number = parts_with(folder, "quotes")[0]
    edit(folder, "quotes", number, setting("speaker_id", "nobody-at-all"))
    return f"part-{number:04}"


def spoil_country(folder: Path) -> str:
    """A country that no part names."""
    edit(
        folder,
        "countries",
        0,
        lambda rows: pa.concat_tables(
            [
                rows,
                pa.table([["TUV"], ["Tuvalu"], ["TV"], ["Oceania"]], schema=arrow_schema("countries")).cast(
                    rows.schema
                ),
            ]
        ),
    )
    return "part-0000"


def spoil_no_country(folder: Path) -> str:
    """A country that the parts name is not there."""
    edit(folder, "countries", 0, lambda rows: rows.filter(pc.not_equal(rows["country_code"], "CHL")))
    return "part-"


def spoil_country_twice(folder: Path) -> str:
    """Two actors of different buckets are one country."""
    numbers = parts_with(folder, "actors")
    rows = {n: pq.ParquetFile(folder / part_path("actors", n, "parquet")).read() for n in numbers}
    one, place = next((n, i) for n in numbers for i, row in enumerate(rows[n].to_pylist()) if row["kind"] == "country")
    code = rows[one]["country_code"][place].as_py()
    other = next(n for n in numbers if n != one)
    edit(folder, "actors", other, setting("kind", "country"))
    edit(folder, "actors", other, setting("country_code", code))
    return f"part-{min(one, other):04} and part-{max(one, other):04}"


def spoil_item_twice(folder: Path) -> str:
    """Two actors of different buckets are one Wikidata item."""
    one, other, *_ = parts_with(folder, "actors")
    for number in (one, other):
        edit(folder, "actors", number, setting("wikidata_id", "Q42"))
    return f"part-{one:04} and part-{other:04}"


def spoil_actors_article(folder: Path) -> str:
    """The evidence of an actor points into an article that the package does not have."""
    number = parts_with(folder, "evidence", actors=True)[0]
    edit(folder, "evidence", number, setting("article_id", "art_0123456789abcdef"), actors=True)
    return "art_0123456789abcdef"


def spoil_actors_span(folder: Path) -> str:
    """The evidence of an actor lies behind the end of its article, which is in another part."""
    number = parts_with(folder, "evidence", actors=True)[0]
    edit(folder, "evidence", number, setting("char_end", 10**6), actors=True)
    return "1000000"


def spoil_summary(folder: Path) -> str:
    """An actor has a name that the summaries of other parts do not give it."""
    for number in parts_with(folder, "actors"):
        rows = pq.ParquetFile(folder / part_path("actors", number, "parquet")).read().to_pylist()
        for place, row in enumerate(rows):
            if row["actor_id"] == "chile":
                edit(folder, "actors", number, setting("name", "Republic of Chile", place))
    return "part-"


def spoil_csv_cell(folder: Path) -> str:
    """A cell of a CSV is not that of the Parquet file."""
    number = parts_with(folder, "quotes")[0]
    path = folder / part_path("quotes", number, "csv")
    path.write_bytes(path.read_bytes().replace(b",extracted\n", b",corrected\n", 1))
    refresh(folder)
    return f"part-{number:04}"


def spoil_null(folder: Path) -> str:
    """A cell that must be given is empty."""
    number = parts_with(folder, "quotes")[0]
    path = folder / part_path("quotes", number, "parquet")
    nullable = pa.schema([field.with_nullable(True) for field in arrow_schema("quotes")])
    rows = setting("kind", None)(pq.ParquetFile(path).read().cast(nullable))
    pq.write_table(rows, path)
    (folder / part_path("quotes", number, "csv")).write_bytes(csv_bytes(rows))
    refresh(folder)
    return f"part-{number:04}"


def spoil_sources(folder: Path) -> str:
    """The descriptor lists sources, which the articles are."""
    path = folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, "sources": [{"title": "Mine"}]}), encoding="utf-8")
    return "sources"


def spoil_stray(folder: Path) -> str:
    """A file beside the folders of the tables."""
    (folder / "data" / "notes.txt").write_text("mine", encoding="utf-8")
    return "data/notes.txt"


SPOILT = {
    "missing": (spoil_missing, "parquet_file"),
    "missing actors": (spoil_missing_actors, "parquet_file"),
    "missing evidence": (spoil_missing_evidence, "parquet_file"),
    "no Parquet": (spoil_evidence_parquet, "parquet_read"),
    "missing CSV": (spoil_missing_csv, "csv_file"),
    "extra": (spoil_extra, "extra_part"),
    "other file": (spoil_other_file, "extra_part"),
    "swapped": (spoil_swapped, "placed"),
    "wrong part": (spoil_wrong_part, "placed"),
    "article twice": (spoil_article_twice, "placed"),
    "wrong bucket": (spoil_wrong_bucket, "placed"),
    "wrong bucket of evidence": (spoil_wrong_evidence, "placed"),
    "evidence of an actor": (spoil_evidence_of_actor, "placed"),
    "duplicate key": (spoil_duplicate, "unique"),
    "hash": (spoil_hash, "parquet_hash"),
    "rows": (spoil_rows, "parquet_rows"),
    "path outside": (spoil_path, "parquet_path"),
    "truncated": (spoil_truncated, "parquet_read"),
    "many rows": (spoil_many_rows, "parquet_read"),
    "link": (spoil_link, "parquet_file"),
    "linked folder": (spoil_linked_folder, "parquet_file"),
    "order": (spoil_order, "row_order"),
    "mentions": (spoil_mentions, "mention_count"),
    "speaker": (spoil_speaker, "foreign_key"),
    "unused country": (spoil_country, "used"),
    "missing country": (spoil_no_country, "foreign_key"),
    "country twice": (spoil_country_twice, "country_once"),
    "item twice": (spoil_item_twice, "identity_once"),
    "article of an actor's evidence": (spoil_actors_article, "foreign_key"),
    "span of an actor's evidence": (spoil_actors_span, "span_inside"),
    "summary": (spoil_summary, "summary"),
    "cell of CSV": (spoil_csv_cell, "same_cells"),
    "empty cell": (spoil_null, "required"),
    "sources": (spoil_sources, "descriptor"),
    "stray": (spoil_stray, "stray_file"),
}
"""Name to what spoils a package and returns words that a failure has, and the rule that finds it."""


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_package(name: str, package: Path) -> None:
    """Each fault is found by the rule that is made for it, which says where it is."""
    spoil, rule = SPOILT[name]
    words = spoil(package)
    report = check(package)
    found = [failure for failure in report.failures if failure.rule == rule]
    assert found, report.render()
    assert any(words in f"{failure.message} {failure.value}" for failure in found), found


def test_only_what_is_wrong_is_told(package: Path) -> None:
    """A key that stands in two parts is all that is said of it, once for each row."""
    one, other, *_ = parts_with(package, "actor_roles")
    key = pq.ParquetFile(package / part_path("actor_roles", one, "parquet")).read()["role_id"][0].as_py()
    last = pq.read_metadata(package / part_path("actor_roles", other, "parquet")).num_rows - 1
    edit(package, "actor_roles", other, setting("role_id", key, last))
    found = [f for f in check(package).failures if f.rule == "unique"]
    assert [(failure.table, failure.key, failure.value) for failure in found] == [("actor_roles", key, key)]


def test_empty_folder_of_a_million_parts(package: Path) -> None:
    """A descriptor that speaks of a million parts is not believed a million times."""
    path = package / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["broadsheet"]["layout"]["parts"] = 1 << 20
    path.write_text(json.dumps(content), encoding="utf-8")
    report = check(package)
    assert "layout" in {failure.rule for failure in report.failures}
    assert Level.EXPECTATIONS in report.skipped


def test_number_of_parts_that_is_none(package: Path) -> None:
    """A number of parts that is no power of two is an error of the input."""
    path = package / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["broadsheet"]["layout"]["parts"] = 6
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="power of two"):
        check(package)


def test_text_that_says_something_else(package: Path, sources: tuple[Article, ...]) -> None:
    """A quote that the article does not have is shown with the words that it has there."""
    number = parts_with(package, "quotes")[0]
    rows = pq.ParquetFile(package / part_path("quotes", number, "parquet")).read()
    text = rows["text"][0].as_py()
    edit(package, "quotes", number, setting("text", text[:-1] + "x"))
    found = [failure for failure in check(package, sources).failures if failure.rule == "at_span"]
    assert [failure.key for failure in found] == [rows["quote_id"][0].as_py()]
    assert found[0].place is not None
    assert text in str(found[0].place.passage)
    assert f"part-{number:04}" in found[0].message


def test_name_that_the_article_does_not_have(package: Path, sources: tuple[Article, ...]) -> None:
    """The evidence of an actor is read where its article is, whatever part the actor is in."""
    bucket = bucket_of("ada-lund", PARTS)
    rows = pq.ParquetFile(package / part_path("actors", bucket, "parquet")).read()["actor_id"].to_pylist()
    edit(package, "actors", bucket, setting("name", "Zoltan Quark", rows.index("ada-lund")))
    found = [f for f in check(package, sources).failures if f.rule == "says" and f.table == "actors"]
    assert "ada-lund" in {failure.key for failure in found}


def test_built_anew(package: Path, sources: tuple[Article, ...]) -> None:
    """What no other level can tell is found by extracting the articles of the part again."""
    number = parts_with(package, "mentions")[0]
    rows = pq.ParquetFile(package / part_path("mentions", number, "parquet")).read().to_pylist()
    place = next(i for i, row in enumerate(rows) if row["form"] == "name")
    edit(package, "mentions", number, setting("form", "alias", place))
    report = check(package, sources, rebuild=extract_articles)
    found = [failure for failure in report.failures if failure.rule == "rebuilt_cells"]
    assert [failure.key for failure in found] == [rows[place]["mention_id"]]


def test_actors_may_be_called_otherwise(tables: Tables, sources: tuple[Article, ...], tmp_path: Path) -> None:
    """Who is who is decided over the whole corpus: another key of an actor, given throughout, is no fault of a part."""
    frames = {name: frame.copy() for name, frame in tables.frames.items()}
    for frame in frames.values():
        for column in frame.columns:
            if column.endswith("_id"):
                frame[column] = frame[column].replace("ada-lund", "ada-lund-nor")
    renamed = Tables(frames, tables.model, sources=tables.sources)
    folder = write_partitioned(renamed, tmp_path / "p", parts=PARTS).parent
    assert rules(check(folder, sources, rebuild=extract_articles)) == set()


def test_package_of_nothing(tmp_path: Path) -> None:
    """A corpus without an article is a package of one empty part."""
    assert check(write_partitioned(Tables.from_rows({}, ("model", "1.0.0")), tmp_path / "p").parent).valid


def test_cross_check_agrees(tables: Tables, tmp_path: Path) -> None:
    """Frictionless and Great Expectations find in a part what is found without them."""
    quotes = tables["quotes"].assign(n_words=0)
    changed = Tables({**tables.frames, "quotes": quotes}, tables.model, sources=tables.sources)
    folder = write_partitioned(changed, tmp_path / "p", csv=True).parent
    plain, crossed = check(folder), check(folder, cross_check=True)
    assert plain.to_dict()["rules"] == crossed.to_dict()["rules"]
    assert rules(plain) == {"bounds", "word_count"}


def test_suite_of_a_user(whole: Path) -> None:
    """A user's rules on rows, on shares and on numbers of rows hold over all parts together."""
    suite = {
        "name": "mentions.mine",
        "expectations": [
            {
                "type": "expect_column_values_to_be_in_set",
                "kwargs": {"column": "form", "value_set": ["nothing"]},
                "meta": {"rule": "form_set"},
            },
            {
                "type": "expect_column_proportion_of_non_null_values_to_be_between",
                "kwargs": {"column": "form", "max_value": 0.5},
                "meta": {"rule": "form_share"},
            },
            {
                "type": "expect_table_row_count_to_be_between",
                "kwargs": {"max_value": 3},
                "meta": {"rule": "few_rows"},
            },
            {
                "type": "expect_column_values_to_be_unique",
                "kwargs": {"column": "actor_id"},
                "meta": {"rule": "named_once"},
            },
        ],
    }
    report = check(whole, suites={"mentions": [suite]})
    assert rules(report) == {"form_set", "form_share", "few_rows", "named_once"}
    by_rule = {c.rule: c.failed for c in report.checks}
    assert by_rule["form_set"] == report.rows["mentions"]
    assert by_rule["form_share"] == by_rule["few_rows"] == 1


def test_suite_that_needs_the_whole_table(whole: Path) -> None:
    """A rule that cannot be told part by part is refused, with its name."""
    suite = {
        "name": "mentions.mine",
        "expectations": [
            {"type": "expect_column_mean_to_be_between", "kwargs": {"column": "char_start", "min_value": 1}}
        ],
    }
    with pytest.raises(InputError, match="part by part"):
        check(whole, suites={"mentions": [suite]})


def test_nothing_is_left_behind(whole: Path, sources: tuple[Article, ...]) -> None:
    """What validation keeps aside is gone when it is done, and the package is untouched."""
    before = {p: p.stat().st_mtime_ns for p in whole.rglob("*")}
    left = {*Path(tempfile.gettempdir()).glob("broadsheet-*")}
    check(whole, sources)
    assert {*Path(tempfile.gettempdir()).glob("broadsheet-*")} <= left
    assert {p: p.stat().st_mtime_ns for p in whole.rglob("*")} == before


def test_progress_is_told(whole: Path) -> None:
    """Whoever waits hears of each part, once for its articles and once for its actors."""
    told: list[tuple[int, int]] = []
    check(whole, progress=lambda done, total: told.append((done, total)))
    assert told == [(number, 2 * PARTS) for number in range(1, 2 * PARTS + 1)]


def test_articles_by_key_are_for_partitioned_packages(tables: Tables, tmp_path: Path) -> None:
    """The other layout is checked with all articles at hand."""
    folder = write_package(tables, tmp_path / "p").parent
    with pytest.raises(InputError, match="partitioned"):
        check(folder, {})


HOSTILE = ("bytes", "cut", "json value", "json deep", "special", "swap")
"""Ways to spoil files that know nothing of their layout."""


@st.composite
def spoilt_blindly(draw: st.DrawFn, files: Files) -> Damage:
    """Files spoilt in one to three ways."""
    damage = Damage(files=Files(files))
    for _ in range(draw(st.integers(1, 3))):
        WAYS[draw(st.sampled_from(HOSTILE))](draw, damage)
    return damage


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_any_damage(data: st.DataObject, whole: Path) -> None:
    """Whatever the files hold, validation ends with a report or an error of the input."""
    paths = [path for path in sorted(whole.rglob("*")) if path.is_file()]
    damage = data.draw(spoilt_blindly(Files({p.relative_to(whole).as_posix(): p.read_bytes() for p in paths})))
    with tempfile.TemporaryDirectory() as place:
        folder, outside = Path(place) / "package", Path(place) / "outside"
        folder.mkdir()
        outside.mkdir()
        write(damage, folder, outside)
        try:
            check(folder)
        except InputError:
            return
        finally:
            for path in folder.rglob("*"):
                if path.is_fifo():
                    path.unlink()
