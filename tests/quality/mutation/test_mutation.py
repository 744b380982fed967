"""Damaged copies of a valid package: the validation catches what it must, and would not catch it by accident."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet import extract
from broadsheet.base.errors import InputError
from broadsheet.publishing import write_package
from broadsheet.quality.mutation import CATALOGUE, CONTENT, Reach, prove
from broadsheet.quality.mutation.matrix import HEAD
from broadsheet.quality.mutation.run import _damage, read_draft
from broadsheet.quality.valid_rows import extract_articles
from broadsheet.quality.validation.package import Settings, validate_package
from broadsheet.quality.validation.report import Level
from broadsheet.reading import Article, read
from broadsheet.tables.schema import TABLES
from conftest import ROOT

if TYPE_CHECKING:
    from types import ModuleType

    from broadsheet.quality.mutation import Proof

ARTICLE = ROOT / "tests" / "articles" / "ghana-cocoa-levy.txt"
SAMPLE = 60


@pytest.fixture(scope="module")
def article() -> Article:
    """An article of our own."""
    return read(ARTICLE)


@pytest.fixture(scope="module")
def package(article: Article, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A valid package of it."""
    return write_package(extract(article), tmp_path_factory.mktemp("mutation") / "package").parent


@pytest.fixture(scope="module")
def proof(package: Path, article: Article) -> Proof:
    """What came of a seeded sample of the mutants."""
    return prove(package, [article], seed=6, sample=SAMPLE)


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The command that writes the matrix."""
    spec = importlib.util.spec_from_file_location("mutation_matrix", ROOT / "tools" / "mutation_matrix.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_catalogue() -> None:
    """At least a hundred operators, each with a name of its own and words that say what it does."""
    assert len({operator.name for operator in CATALOGUE}) == len(CATALOGUE) >= 100
    assert all(operator.says for operator in CATALOGUE)


def test_a_sample_has_no_survivor(proof: Proof) -> None:
    """Every mutant is caught with the source, the structural ones without.

    But one: a correction can give the words of a pronoun to another person, whom nothing printed contradicts.
    """
    assert len(proof.outcomes) == SAMPLE
    assert {(o.operator.name, o.table, o.column) for o in proof.survivors} <= {
        ("speaker_miscurated", "quotes", "speaker_id")
    }


def test_a_sample_is_named(proof: Proof) -> None:
    """Some failure names the table, the column and the row of each mutant."""
    assert [(o.operator.name, o.table, o.column, o.rules) for o in proof.unnamed] == []


@pytest.mark.parametrize(
    "operator",
    ["wrong_type", "required_emptied", "values_swapped", "precision_lost"],
)
def test_what_was_found_before_tells_no_lie(package: Path, article: Article, operator: str) -> None:
    """Checks that are recalled find what they find when they are made: the same levels, mutant by mutant."""
    made = prove(package, [article], operators=[operator], sample=15)
    kinds = {(o.table, o.column): (o.levels | o.warned, o.rules) for o in made.outcomes}
    draft = read_draft(package)
    known = {f.rule for f in validate_package(package, [article], Settings(rebuild=extract_articles)).failures}
    named = next(o for o in CATALOGUE if o.name == operator)
    mutants = [m for m in named.aims(named, draft) if (m.table, m.column) in kinds][-3:]
    for mutant in mutants:
        damage = _damage(draft, mutant, 0)
        assert damage is not None
        with TemporaryDirectory() as folder:
            damage.write(draft, Path(folder))
            failures = validate_package(Path(folder), [article], Settings(rebuild=extract_articles)).failures
        levels, rules = kinds[mutant.table, mutant.column]
        assert {f.level for f in failures if f.rule not in known} == levels
        assert sorted({f.rule for f in failures} - known) == list(rules)


def test_without_the_source_other_values_live(package: Path) -> None:
    """Without the article a value that could be right as well is out of reach: the figure is not faked."""
    proof = prove(package, operators=["month_and_day", "key_renamed", "span_moved", "byte_order_mark"])
    assert any(not o.caught for o in proof.outcomes if o.operator.reach is Reach.SOURCE)
    assert all(o.caught for o in proof.outcomes if o.operator.reach is Reach.PACKAGE)
    assert proof.survivors == ()


def test_what_nothing_can_tell_is_said(package: Path, article: Article) -> None:
    """An author that no source tells may be an option of the build: that is listed with its reason, not hidden."""
    proof = prove(package, [article], operators=["optional_filled"])
    assert {(o.table, o.column) for o in proof.beyond} == {("articles", "authors"), ("articles", "url")}
    assert all(o.excuse in proof.render() for o in proof.beyond)
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


def test_a_package_that_is_not_valid(package: Path, tmp_path: Path) -> None:
    """Only a valid package can be proved: in another one a failure would tell nothing."""
    draft = read_draft(package)
    damage: Any = next(o for o in CATALOGUE if o.name == "csv_cut")
    mutant = next(m for m in damage.aims(damage, draft) if m.table == TABLES[1])
    from random import Random

    made = mutant.make(draft, Random(0))
    assert made is not None
    made.write(draft, tmp_path)
    with pytest.raises(InputError, match="is not valid"):
        prove(tmp_path)


def test_the_page_shows_the_catalogue(tool: ModuleType) -> None:
    """The matrix has a line for each operator, with its words and reach; run `tools/mutation_matrix.py`."""
    page = tool.PAGE.read_text(encoding="utf-8").split(tool.BEGIN)[1].split(tool.END)[0]
    assert HEAD in page
    shown = re.findall(r"^\| `(\w+)` \| (.*?) \| (package|source) \|", page, re.MULTILINE)
    assert shown == [(o.name, o.says, str(o.reach)) for o in CATALOGUE]
    assert "None survived." in page


def test_packages_of_other_texts(shared: Path, tool: ModuleType) -> None:
    """Packages that nobody touched, of a seeded sample of texts, have no failure and no survivor."""
    for name, article in tool.texts(shared / "benchmarks" / "quotes" / "train.jsonl.gz", 2, seed=11):
        assert (name, tool.alarms(article)) == (name, [])
        assert [(name, o.operator.name, o.table, o.column) for o in tool.proved([article], 11, 10).survivors] == []


def test_content_mutations(package: Path, article: Article) -> None:
    """Wrong facts in a package whose files agree: told apart from structural damage, each with and without a source."""
    names = ["events_ids_exchanged", "event_deleted", "amount_miscurated"]
    proof = prove(package, [article], operators=names, content=True)
    assert {o.operator.name for o in proof.outcomes} == set(names)
    by_name = {name: [o for o in proof.outcomes if o.operator.name == name] for name in names}
    assert all(o.caught_without_source for o in by_name["events_ids_exchanged"])
    assert all(o.caught_by_rebuild_alone for o in by_name["event_deleted"])
    assert all(o.caught and Level.REBUILD not in o.levels for o in by_name["amount_miscurated"])
    structure = {"csv_hash", "parquet_hash", "descriptor", "csv_rows"}
    assert not any(structure & {*o.rules} for o in proof.outcomes), "files, hashes and counts agree"
    tally = proof.tallies["content"]
    assert (tally.mutants, tally.caught) == (len(proof.outcomes), len(proof.outcomes))
    assert list(proof.tallies) == ["content"]


def test_the_page_shows_the_content_mutations(tool: ModuleType) -> None:
    """Every content operator has its line; run `tools/mutation_matrix.py content` after a change."""
    page = tool.PAGE.read_text(encoding="utf-8").split(tool.CONTENT_BEGIN)[1].split(tool.CONTENT_END)[0]
    shown = re.findall(r"^\| `(\w+)` \| (.*?) \| (package|source) \|", page, re.MULTILINE)
    assert shown == [(o.name, o.says, str(o.reach)) for o in CONTENT]
