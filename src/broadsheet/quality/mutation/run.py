"""Runs the catalogue: applies each operator to every table and column that it fits, and validates each mutant."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.scratch import scratch_folder
from broadsheet.publishing.package import CURATION, DESCRIPTOR, read_package
from broadsheet.quality.mutation import cells, columns, files, rows, spans
from broadsheet.quality.mutation.catalogue import CONTENT
from broadsheet.quality.mutation.damage import Draft
from broadsheet.quality.mutation.outcome import Outcome, Proof
from broadsheet.quality.valid_rows import extract_articles
from broadsheet.quality.validation.files import UnreadableError, read_inside
from broadsheet.quality.validation.memory import Memory
from broadsheet.quality.validation.package import Settings, validate_package
from broadsheet.quality.validation.report import Level, Severity
from broadsheet.quality.validation.structure import data_path
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from broadsheet.quality.mutation.damage import Damage, Mutant
    from broadsheet.quality.validation.report import Failure
    from broadsheet.reading import Article
    from broadsheet.tables.frames import TableSet

OPTIONS = ("publisher", "authors", "url", "published_on")
"""Article columns that may come only from build options."""

CATALOGUE = (*cells.OPERATORS, *spans.OPERATORS, *rows.OPERATORS, *columns.OPERATORS, *files.OPERATORS)
"""The structural operators: on a cell, span, row, column or file."""


def prove(
    package: Path,
    sources: Sequence[Article] = (),
    *,
    seed: int = 0,
    sample: int | None = None,
    operators: Sequence[str] = (),
    content: bool | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Proof:
    """Applies every operator of the catalogue to copies of a valid package, and validates each copy.

    The package itself is only read.

    Args:
        package: Its folder.
        sources: Its articles. Without them, plausible wrong values cannot be detected.
        seed: Random seed for the choice of rows and the sample.
        sample: Number of mutants to draw at random; None for all.
        operators: Names of operators; empty for all.
        content: True for only the content operators, False for only the others; None for all.
        progress: Called after each mutant with the number of mutants done and the total.

    Raises:
        InputError: If the folder has no valid package, or an operator name is unknown.
    """
    if unknown := sorted(set(operators) - {operator.name for operator in (*CATALOGUE, *CONTENT)}):
        fix = "see docs/mutation-matrix.md for the catalogue"
        raise InputError("--operator", f"there is no operator {unknown[0]}", fix)
    draft = read_draft(package)
    settings = _Shared(sources)
    before = validate_package(package, sources, settings.of())
    if not before.valid:
        raise InputError(str(package), "is not valid", "run `broadsheet validate` and name a valid package")
    known = Counter(map(_identity, before.failures))
    mutants = [
        mutant
        for operator in (*CATALOGUE, *CONTENT)
        if (not operators or operator.name in operators) and content in (None, operator.is_content)
        for mutant in operator.aims(operator, draft)
    ]
    made = [(mutant, damage) for mutant in mutants if (damage := _damage(draft, mutant, seed)) is not None]
    if sample is not None and sample < len(made):
        kept = sorted(Random(seed).sample(range(len(made)), sample))  # noqa: S311 - not for security
        made = [made[place] for place in kept]
    outcomes = []
    for number, (mutant, damage) in enumerate(made, start=1):
        outcomes.append(_outcome(draft, mutant, damage, settings, known))
        if progress is not None:
            progress(number, len(made))
    return Proof(tuple(outcomes), bool(sources), seed)


def _damage(draft: Draft, mutant: Mutant, seed: int) -> Damage | None:
    choice = Random(f"{seed}/{mutant.operator.name}/{mutant.table}/{mutant.column}")  # noqa: S311 - seeded for repeatability
    return mutant.make(draft, choice)


def read_draft(package: Path) -> Draft:
    """Reads the package into memory.

    Raises:
        InputError: If one of its files cannot be read.
    """
    tables = read_package(package)
    paths = [DESCRIPTOR, *(f"schemas/{name}.json" for name in TABLES)]
    paths += [data_path(name, ending) for name in TABLES for ending in ("csv", "parquet")]
    paths += [CURATION] if (package / CURATION).is_file() else []
    try:
        content = {path: read_inside(package, path) for path in paths}
    except UnreadableError as error:
        raise InputError(str(package), f"a file of it {error}", "run `broadsheet validate`") from error
    return Draft(content, {name: tables.arrow(name) for name in TABLES})


class _Shared:
    """Shared state of a campaign's validations: results for unchanged tables, and the rebuilt tables."""

    def __init__(self, sources: Sequence[Article]) -> None:
        self.sources = sources
        self._memory = Memory()
        self._made: dict[tuple[tuple[Article, ...], str], TableSet] = {}

    def of(self, damage: Damage | None = None) -> Settings:
        """Returns the settings for a mutant."""
        if damage is not None and damage.suites is not None:
            return Settings(shipped=damage.suites, memory=self._memory)
        return Settings(rebuild=self._extract if self.sources else None, memory=self._memory)

    def _extract(self, articles: tuple[Article, ...], model: str) -> TableSet:
        if (articles, model) not in self._made:
            self._made[articles, model] = extract_articles(articles, model)
        return self._made[articles, model]


def _identity(failure: Failure) -> tuple[Level, str, str, str, str, str]:
    return failure.level, failure.table, failure.rule, failure.column, failure.key, failure.message


def _outcome(
    draft: Draft, mutant: Mutant, damage: Damage, shared: _Shared, known: Counter[tuple[Level, str, str, str, str, str]]
) -> Outcome:
    with scratch_folder() as folder:
        damage.write(draft, folder)
        try:
            report = validate_package(folder, shared.sources, shared.of(damage))
        except InputError as error:
            # The whole package or a suite is rejected; the error names the file.
            level = Level.TABLE_SCHEMA if damage.suites is None else Level.EXPECTATIONS
            named = DESCRIPTOR in error.place or mutant.table in error.place
            return Outcome(
                mutant.operator, mutant.table, "", "", frozenset({level}), frozenset(), named, (error.problem,)
            )
    new = [f for f in report.failures if _identity(f) not in known]
    named = mutant.operator.is_content or not damage.key or any(_points_to(f, damage.key) for f in new)
    return Outcome(
        mutant.operator,
        mutant.table,
        mutant.column,
        damage.key,
        frozenset(f.level for f in new if f.severity is Severity.ERROR),
        frozenset(f.level for f in new if f.severity is Severity.WARNING),
        any(_names(f, mutant) for f in new) and named,
        tuple(sorted({f.rule for f in new})),
        "" if new else _excuse(mutant, shared.sources),
    )


def _names(failure: Failure, mutant: Mutant) -> bool:
    """Whether a failure names the table and the column; for a changed key, the row's key is enough."""
    if failure.table != mutant.table:
        return False
    columns = {*mutant.column.split(", ")}
    if not mutant.column or columns & {*failure.column.split(", ")}:
        return True
    if failure.key and mutant.table in schemas() and columns & {*schemas()[mutant.table].primary_key}:
        return True
    return mutant.column in failure.message or mutant.column in (failure.value or "")


def _points_to(failure: Failure, key: str) -> bool:
    """Whether a failure names the row by its key, or by its number if the key cannot be read."""
    return failure.key == key or failure.key.startswith("row ")


def _excuse(mutant: Mutant, sources: Sequence[Article]) -> str:
    """Returns why nothing can distinguish this mutant from a valid package; empty if something should."""
    option = mutant.table == "articles" and mutant.column in OPTIONS
    if option and sources and not any(getattr(source, mutant.column) for source in sources):
        return "no source gives it and no text prints it: a build takes it as an option"
    return ""
