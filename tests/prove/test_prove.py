"""Damaged copies of a valid package: the validation catches what it must, and would not catch it by accident."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.errors import InputError
from broadsheet.extract import extract
from broadsheet.prove import CATALOGUE, Reach, prove
from broadsheet.publish import write_package
from broadsheet.read import Article, read

ARTICLE = Path(__file__).parents[1] / "articles" / "ghana-cocoa-levy.txt"


@pytest.fixture(scope="module")
def article() -> Article:
    """An article of our own."""
    return read(ARTICLE)


@pytest.fixture(scope="module")
def package(article: Article, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A valid package of it."""
    return write_package(extract(article), tmp_path_factory.mktemp("prove") / "package").parent


def test_the_catalogue() -> None:
    """At least fifty operators, each with a name of its own and words that say what it does."""
    assert len({operator.name for operator in CATALOGUE}) == len(CATALOGUE) >= 50
    assert all(operator.says for operator in CATALOGUE)


def test_a_sample_has_no_survivor(package: Path, article: Article) -> None:
    """A seeded sample of the mutants, all caught with the source, the structural ones without."""
    proof = prove(package, [article], seed=6, sample=60)
    assert len(proof.outcomes) == 60
    assert [(o.operator.name, o.table, o.column) for o in proof.survivors] == []


def test_without_the_source_other_values_live(package: Path) -> None:
    """Without the article a value that could be right as well is out of reach: the figure is not faked."""
    proof = prove(package, operators=["month_and_day", "key_renamed", "span_moved", "byte_order_mark"])
    assert any(not o.caught for o in proof.outcomes if o.operator.reach is Reach.SOURCE)
    assert all(o.caught for o in proof.outcomes if o.operator.reach is Reach.PACKAGE)
    assert proof.survivors == ()


def test_the_package_is_only_read(package: Path) -> None:
    """Nothing is written into the package that is proved, and the same seed gives the same outcome."""
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    one, other = (prove(package, operators=["csv_cut"], seed=1).to_dict() for _ in range(2))
    assert one == other
    assert {path: path.read_bytes() for path in package.rglob("*") if path.is_file()} == before


def test_an_unknown_operator(package: Path) -> None:
    """The name of no operator is an error."""
    with pytest.raises(InputError, match="no operator"):
        prove(package, operators=["no_such"])
