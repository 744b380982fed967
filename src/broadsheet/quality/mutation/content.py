"""Content mutations: wrong facts in a package whose files, keys, counts and derived cells all agree.

The other operators damage a file, a column or one cell. These simulate mistakes of people and programs: two rows swap
identifiers, a scale word is misread, imposer and target are swapped, an event is lost with everything that belongs to
it. After each change, the derived cells are recomputed and the package is written as a build writes it.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.base.span import Span
from broadsheet.curation.corrections import Action, Correction
from broadsheet.curation.derived import derive
from broadsheet.curation.writing import with_correction
from broadsheet.extraction.corpus import country_rows, reading_order
from broadsheet.publishing.descriptor import PackageInfo
from broadsheet.publishing.package import CURATION, package_files
from broadsheet.quality.mutation.damage import Damage, Mutant, Operator, Reach
from broadsheet.tables.frames import TableSet
from broadsheet.tables.rows import ROW_TYPES
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from random import Random
    from typing import TypeAlias

    from broadsheet.quality.mutation.damage import Draft
    from broadsheet.tables.rows import Row

    Cells: TypeAlias = dict[str, Any]
    Change: TypeAlias = "Callable[[World, Cells], bool]"
    """Edits a row and everything that belongs to it; returns False if the change does not apply to the row."""


PER_OPERATOR = 2
"""Maximum number of mutants per operator and package, each from a different row."""


@dataclass(slots=True)
class World:
    """The rows of a package, which a change edits in place, and its corrections file.

    Attributes:
        rows: Maps table names to rows.
        curation: The text of the corrections; None if there are none.
        random: The source of random choices.
    """

    rows: dict[str, list[Cells]]
    curation: str | None
    random: Random

    def another(self, table: str, column: str, *not_these: Any, **where: Any) -> Any:
        """Returns another value of a column, from the rows with the given cells; None if there is none."""
        rows = (r for r in self.rows[table] if all(r[name] == value for name, value in where.items()))
        values = sorted({r[column] for r in rows} - {None, *not_these}, key=str)
        return self.random.choice(values) if values else None

    def of(self, table: str, **cells: Any) -> list[Cells]:
        """Returns the rows of a table that have the given cells."""
        return [r for r in self.rows[table] if all(r[name] == value for name, value in cells.items())]

    def remove(self, table: str, row: Cells) -> None:
        """Removes a row and its evidence."""
        self.rows[table] = [r for r in self.rows[table] if r is not row]
        if table != "event_participants":
            key = row[schemas()[table].primary_key[0]]
            self.rows["evidence"] = [e for e in self.rows["evidence"] if e["row_id"] != key]

    def exchange_evidence(self, row_id: str, one: str, other: str) -> None:
        """Swaps the evidence of two columns of a row."""
        names = {one: other, other: one}
        for cell in self.of("evidence", row_id=row_id):
            cell["column_name"] = names.get(cell["column_name"], cell["column_name"])

    def replace_links(self, table: str, column: str, new: Mapping[Any, Any]) -> None:
        """Replaces a key in every foreign key that refers to it."""
        for name, schema in schemas().items():
            links = [k.column for k in schema.foreign_keys if (k.target_table, k.target_column) == (table, column)]
            for link in links:
                for row in self.rows[name]:
                    row[link] = new.get(row[link], row[link])


def operator(name: str, says: str, table: str, column: str, change: Change, *, curated: bool = False) -> Operator:
    """Returns a content operator, which applies a change to rows of a table and writes the package again.

    Args:
        name: Name of the operator.
        says: Description of the change.
        table: The table to change.
        column: The changed column; empty for the whole row.
        change: The change.
        curated: Whether to record the change in the corrections file.
    """

    def make(number: int) -> Callable[[Draft, Random], Damage | None]:
        def damage(draft: Draft, random: Random) -> Damage | None:
            return _damage(draft, random, number, table, change, curated=curated)

        return damage

    def aims(self: Operator, draft: Draft) -> Iterator[Mutant]:
        most = min(PER_OPERATOR, draft.tables[table].num_rows)
        return (Mutant(self, table, column, make(number)) for number in range(most))

    return Operator(name, says, Reach.SOURCE, aims, is_content=True)


def _damage(draft: Draft, random: Random, number: int, table: str, change: Change, *, curated: bool) -> Damage | None:
    """Applies the change to the ``number``-th row that it fits, counted from 0; None if there is no such row."""
    before = {name: draft.tables[name].to_pylist() for name in TABLES}
    curation = draft.files.get(CURATION)
    order = list(range(len(before[table])))
    random.shuffle(order)
    for position in order:
        text = curation.decode("utf-8") if curation is not None else None
        world = World(deepcopy(before), text, random)
        row, old = world.rows[table][position], before[table][position]
        if (curated and old["origin"] != "extracted") or not change(world, row):
            continue
        if number:
            number -= 1
            continue
        if curated:
            _enter(world, table, row, old)
        key = "/".join(str(row[name]) for name in schemas()[table].primary_key)
        return Damage(files=_written(draft, world), key=key)
    return None


def _enter(world: World, table: str, row: Cells, old: Cells) -> None:
    """Marks a row as corrected and records the new cells in the corrections file."""
    derived = ("summary", "n_mentions", "sequence", "n_words")
    changed = [name for name in row if row[name] != old[name] and name not in derived]
    key = tuple(str(row[name]) for name in schemas()[table].primary_key)
    cited = [e for e in world.of("evidence", row_id=key[0]) if e["column_name"] in changed]
    place = cited[0] if cited else row
    span = Span(place["char_start"], place["char_end"])
    world.rows["evidence"] = [e for e in world.rows["evidence"] if e not in cited]
    for name in changed:
        if row[name] is not None:
            cells = {"row_id": key[0], "column_name": name, "article_id": row["article_id"]}
            world.rows["evidence"].append({**cells, "char_start": span.start, "char_end": span.end})
    row["origin"] = "corrected"
    correction = Correction(
        table,
        key,
        Action.CHANGE,
        "The article says so.",
        span,
        row["article_id"],
        {name: row[name] for name in changed},
        {name: old[name] for name in changed},
    )
    world.curation = with_correction(world.curation or "", correction)


def _written(draft: Draft, world: World) -> dict[str, bytes | None]:
    """Returns every file of the changed package as a build writes it: derived cells computed, rows in order."""
    rows: dict[str, list[Row]] = {
        name: [ROW_TYPES[name](**cells) for cells in world.rows[name]] for name in TABLES if name != "countries"
    }
    rows["countries"] = []
    rows = derive(rows)
    rows["countries"] = list(country_rows({name: rows[name] for name in TABLES if name != "countries"}))
    content = draft.descriptor
    model = content["broadsheet"].get("model")
    tables = TableSet.from_rows(
        {name: reading_order(name, rows[name]) for name in TABLES},
        model=(model["name"], model["version"]) if isinstance(model, dict) else None,
    )
    tables = TableSet(tables.frames, model=tables.model, curation=world.curation)
    return dict(package_files(tables, PackageInfo.of(content)))
