"""What validation keeps of all parts of a package: keys as numbers, the actors, their evidence, and what is alike."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from quality.validation.conftest import world

from broadsheet.base.errors import InputError
from broadsheet.publishing.layout import bucket_of, part_of
from broadsheet.quality.validation.partitions import distinct, evidence
from broadsheet.quality.validation.partitions.actors import ActorsWriter, open_actors
from broadsheet.quality.validation.partitions.keys import buckets_of, digests, key_numbers, parts_of_articles
from broadsheet.quality.validation.partitions.suites import divide
from broadsheet.quality.validation.suites import shipped_suites
from broadsheet.tables.arrow import arrow_schema

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    "quo_0000000000000000": 0,
    "quo_00000000000000ff": 255,
    "art_ffffffffffffffff": 2**64 - 1,
    "art_0123456789abcdef": 0x0123456789ABCDEF,
}
NO_KEYS = (None, "", "quo_", "quo_00000000000000fF", "quo_00000000000000f", "quo-00000000000000ff", "é" * 10, "x" * 20)


@pytest.mark.parametrize("sliced", [0, 1, 3])
def test_keys_are_numbers(sliced: int) -> None:
    """The digits of a key are its number, wherever in a column it stands; what is no key has none."""
    cells = [cell for pair in zip([*KEYS, *KEYS], NO_KEYS, strict=True) for cell in pair]
    numbers, fitting = key_numbers(pa.array(cells).slice(sliced))
    assert fitting.tolist() == [cell in KEYS for cell in cells[sliced:]]
    assert [int(n) for n, fits in zip(numbers, fitting, strict=True) if fits] == [
        KEYS[cell] for cell in cells[sliced:] if cell in KEYS
    ]
    assert key_numbers(pa.array([], pa.string()))[0].tolist() == []


@pytest.mark.parametrize("parts", [1, 2, 512, 1 << 20])
def test_parts_of_columns_are_those_of_cells(parts: int) -> None:
    """Whole columns lead to the parts that each cell leads to; cells that are no keys lead to none."""
    articles = [f"art_{sha256(bytes([n])).hexdigest()[:16]}" for n in range(50)]
    found = parts_of_articles(pa.array([*articles, None, "quo_0000000000000000"]), parts)
    assert found.tolist() == [*(part_of(article, parts) for article in articles), -1, -1]
    actors = [f"são-{n}" for n in range(50)]
    assert buckets_of(pa.array([*actors, None, *actors]), parts).tolist() == [
        *(bucket_of(actor, parts) for actor in actors),
        -1,
        *(bucket_of(actor, parts) for actor in actors),
    ]


def test_actors_are_found_by_key(tmp_path: Path) -> None:
    """Each actor comes back cell by cell, by its key, the first where a key is doubled; others are not found."""
    table = world().arrow("actors")
    nullable = pa.schema([field.with_nullable(True) for field in table.schema])
    doubled = table.slice(0, 1).set_column(1, nullable.field("name"), pa.array(["Another"])).cast(nullable)
    unnamed = pa.table([pa.nulls(1, field.type) for field in nullable], schema=nullable)
    writer = ActorsWriter(tmp_path / "actors")
    for part in (table.slice(0, 2), table.slice(2, 0), table.slice(2).cast(nullable), unnamed, doubled):
        writer.add(part)
    writer.close()
    actors = open_actors(tmp_path / "actors")
    assert len(actors) == table.num_rows + 2
    asked = [*reversed(table["actor_id"].to_pylist()), "nobody", None]
    places = actors.find(pa.array(asked))
    assert places.tolist() == [*reversed(range(table.num_rows)), -1, -1]
    assert actors.take(places[:-2]).to_pylist() == table.to_pylist()[::-1]
    assert actors.take(np.array([table.num_rows])).to_pylist() == unnamed.to_pylist()
    open_actors.cache_clear()


def test_no_actors_at_all(tmp_path: Path) -> None:
    """A package without actors has none to find."""
    ActorsWriter(tmp_path / "actors").close()
    assert open_actors(tmp_path / "actors").find(pa.array(["canada"])).tolist() == [-1]
    assert open_actors(tmp_path / "actors").take(np.zeros(0, np.int64)).num_rows == 0
    open_actors.cache_clear()


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_evidence_comes_to_its_articles(at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence is found in the part of its article, all of it once, however many files it went through."""
    monkeypatch.setattr(evidence, "_AT_ONCE", at_once)
    articles = [f"art_{sha256(bytes([n])).hexdigest()[:16]}" for n in range(40)]
    rows = [
        {"row_id": f"a-{n}", "column_name": "name", "article_id": a, "char_start": n, "char_end": n + 1}
        for n, a in enumerate(articles)
    ]
    nullable = pa.schema([field.with_nullable(True) for field in arrow_schema("evidence")])
    scatter = evidence.Scatter(tmp_path / "evidence", 4)
    for start in range(0, 40, 10):
        schema = nullable if start else arrow_schema("evidence")
        scatter.add(pa.Table.from_pylist(rows[start : start + 10], schema=schema))
    scatter.flush()
    found: list[dict[str, Any]] = []
    for part in range(4):
        there = evidence.scattered(tmp_path / "evidence", part).to_pylist()
        assert {part_of(row["article_id"], 4) for row in there} <= {part}
        found += there
    assert sorted(found, key=lambda row: row["char_start"]) == rows
    evidence.open_runs.cache_clear()


@pytest.mark.parametrize("at_once", [1, 5, 1 << 22])
def test_alike_in_several_parts(at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What several parts have is found with these parts, at the ends of the range too, however it is divided."""
    monkeypatch.setattr(distinct, "_AT_ONCE", at_once)
    numbers = {
        0: [0, 7, 7, 2**63, 2**64 - 1],
        1: [1, 8, 2**63 - 1, 2**64 - 1],
        5: [0, 9, 2**63, 2**64 - 1],
        6: [],
    }
    for part, values in numbers.items():
        made = np.array(values, np.uint64)
        distinct.keep(tmp_path, 3, part, distinct.Cells(np.arange(len(made)), made))
    assert distinct.alike(tmp_path, 3) == {0: [0, 5], 2**63: [0, 5], 2**64 - 1: [0, 1, 5]}


def test_digests_are_leading_bits() -> None:
    """A digest is the first eight bytes of the SHA-256, by which actors are put into buckets too."""
    assert [int(number) for number in digests(["canada"])] == [int(sha256(b"canada").hexdigest()[:16], 16)]


def test_shipped_suites_are_divided() -> None:
    """Of the suites under `validation/` each expectation is checked in one way, and no key is left to chance."""
    suites = shipped_suites()
    rules = divide(suites)
    loaded = sum(len(suite["expectations"]) for given in suites.values() for suite in given)
    of_rows = sum(len(suite["expectations"]) for given in rules.of_rows.values() for suite in given)
    assert sum(rules.loaded.values()) == loaded == of_rows + len(rules.shares) + len(rules.counts)
    assert {(rule.table, *rule.columns) for rule in rules.unique} == {
        ("mentions", "mention_id"),
        ("actor_roles", "role_id"),
        ("quotes", "quote_id"),
        ("events", "event_id"),
        ("tariffs", "tariff_id"),
        ("financial_figures", "figure_id"),
        ("actors", "country_code"),
        ("actors", "wikidata_id"),
    }


@pytest.mark.parametrize(
    "expectation",
    [
        {"type": "expect_column_mean_to_be_between", "kwargs": {"column": "n_words", "min_value": 1}},
        {"type": "expect_column_values_to_be_increasing", "kwargs": {"column": "n_words"}},
        {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "kind", "value_set": ["a"], "mostly": 0.9}},
    ],
    ids=lambda expectation: str(expectation["type"]),
)
def test_what_cannot_be_told_part_by_part(expectation: dict[str, Any]) -> None:
    """Means, orders and shares of rows over a whole table are refused, since parts do not tell them."""
    with pytest.raises(InputError, match="part by part"):
        divide({"quotes": [{"name": "quotes.mine", "expectations": [expectation]}]})
