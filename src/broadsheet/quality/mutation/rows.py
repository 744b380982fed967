"""Operators that duplicate, drop, add, renumber, rename or reorder rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.quality.mutation.damage import Damage, Mutant, Operator, Reach, key_at, put, shuffled, with_rows
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from broadsheet.quality.mutation.damage import Draft

Rows = list[dict[str, Any]]


def _operator(
    name: str, says: str, reach: Reach, change: Callable[[str, Rows, Random], tuple[Rows, int] | None]
) -> Operator:
    """Returns an operator whose change returns the new rows and the position of the changed row."""

    def make(table: str) -> Callable[[Draft, Random], Damage | None]:
        def damage(draft: Draft, random: Random) -> Damage | None:
            before = draft.tables[table]
            found = change(table, before.to_pylist(), random) if before.num_rows else None
            if found is None:
                return None
            rows, position = found
            after = with_rows(before, rows)
            return Damage({table: after}, key=key_at(table, after, position) if position >= 0 else "")

        return damage

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        return (Mutant(operator, table, "", make(table)) for table in TABLES)

    return Operator(name, says, reach, aims)


def _doubled(_: str, rows: Rows, random: Random) -> tuple[Rows, int]:
    position = random.randrange(len(rows))
    return [*rows[: position + 1], dict(rows[position]), *rows[position + 1 :]], position


def _key_doubled(table: str, rows: Rows, random: Random) -> tuple[Rows, int] | None:
    if len(rows) < 2:
        return None
    position, other = shuffled(len(rows), random)[:2]
    key = {name: rows[other][name] for name in schemas()[table].primary_key}
    return [{**row, **key} if place == position else row for place, row in enumerate(rows)], position


def _dropped(_: str, rows: Rows, random: Random) -> tuple[Rows, int]:
    position = random.randrange(len(rows))
    return [*rows[:position], *rows[position + 1 :]], -1


def _emptied(_: str, __: Rows, ___: Random) -> tuple[Rows, int]:
    return [], -1


def _added(table: str, rows: Rows, random: Random) -> tuple[Rows, int] | None:
    """Adds a copy of a row with a valid, unused key."""
    key = schemas()[table].primary_key
    position = random.randrange(len(rows))
    row = dict(rows[position])
    if table == "countries":
        row["country_code"] = "VUT"
    elif table == "event_participants":
        used = {(r["event_id"], r["actor_id"]) for r in rows}
        pairs = ((e["event_id"], a["actor_id"]) for e in rows for a in rows)
        pair = next((p for p in pairs if p not in used), None)
        if pair is None:
            return None
        row["event_id"], row["actor_id"] = pair
    elif table == "evidence":
        row["char_start"] += 1
    elif table == "actors":
        row["actor_id"] += "-2"
    else:
        row[key[0]] = row[key[0]][:4] + "0123456789abcdef"
    return [*rows[: position + 1], row, *rows[position + 1 :]], position + 1


def _reversed(_: str, rows: Rows, __: Random) -> tuple[Rows, int] | None:
    return ([*reversed(rows)], -1) if len(rows) > 1 else None


def _last_first(_: str, rows: Rows, __: Random) -> tuple[Rows, int] | None:
    return ([rows[-1], *rows[:-1]], 0) if len(rows) > 1 else None


def _swapped() -> Operator:
    """Returns the operator that swaps two rows' values of one column."""

    def make(table: str, column: str) -> Callable[[Draft, Random], Damage | None]:
        def damage(draft: Draft, random: Random) -> Damage | None:
            before = draft.tables[table]
            values = before.column(column).to_pylist()
            for position in shuffled(len(values), random):
                others = [p for p, value in enumerate(values) if value != values[position]]
                if others:
                    other = random.choice(others)
                    changed = put(before, column, {position: values[other], other: values[position]})
                    return Damage({table: changed}, key=key_at(table, changed, position))
            return None

        return damage

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        pairs = ((t, c) for t in TABLES for c in schemas()[t].columns if c not in ("char_start", "char_end"))
        return (Mutant(operator, table, column, make(table, column)) for table, column in pairs)

    return Operator("values_swapped", "two rows with each other's value of a column", Reach.SOURCE, aims)


def _renumbered() -> Operator:
    def damage(draft: Draft, _: Random) -> Damage | None:
        quotes = draft.tables["quotes"]
        if not quotes.num_rows:
            return None
        numbers = quotes.column("sequence").to_pylist()
        return Damage({"quotes": put(quotes, "sequence", {p: n + 10 for p, n in enumerate(numbers)})})

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        yield Mutant(operator, "quotes", "sequence", damage)

    return Operator("renumbered", "a sequence that does not begin at 1", Reach.PACKAGE, aims)


def _in_order(table: str, rows: Rows) -> Rows:
    """Sorts the rows as a build sorts them, so that their order does not reveal the change."""
    schema = schemas()[table]
    placed = table != "evidence" and "char_start" in schema.columns
    keys = [*(("article_id", "char_start", "char_end") if placed else ()), *schema.primary_key]
    return sorted(rows, key=lambda row: tuple(row[key] for key in keys))


def _renamed() -> Operator:
    """Returns the operator that changes a key in its own table and in every cell that refers to it."""

    def make(table: str) -> Callable[[Draft, Random], Damage | None]:
        def damage(draft: Draft, random: Random) -> Damage | None:
            before = draft.tables[table]
            if not before.num_rows or table == "countries":
                return None
            column = schemas()[table].primary_key[0]
            old = random.choice(before.column(column).to_pylist())
            new = f"{old}-the-second" if table == "actors" else old[:4] + "0123456789abcdef"
            changed = {}
            for name, schema in schemas().items():
                named = [k.column for k in schema.foreign_keys if (k.target_table, k.target_column) == (table, column)]
                named += [column] if name == table else ["row_id"] if name == "evidence" else []
                after = draft.tables[name]
                for link in named:
                    cells = {p: new for p, v in enumerate(after.column(link).to_pylist()) if v == old}
                    after = put(after, link, cells)
                if named and not after.equals(draft.tables[name]):
                    changed[name] = with_rows(after, _in_order(name, after.to_pylist()))
            return Damage(changed, key=new)

        return damage

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        singles = [name for name in TABLES if len(schemas()[name].primary_key) == 1]
        return (Mutant(operator, table, schemas()[table].primary_key[0], make(table)) for table in singles)

    return Operator("key_renamed", "a key changed wherever it stands", Reach.SOURCE, aims)


def _parent_deleted() -> Operator:
    """Returns the operator that deletes a row that other rows refer to."""

    def make(table: str) -> Callable[[Draft, Random], Damage | None]:
        def damage(draft: Draft, random: Random) -> Damage | None:
            key = schemas()[table].primary_key[0]
            links = [(n, k.column) for n, s in schemas().items() for k in s.foreign_keys if k.target_table == table]
            own = draft.tables[table].to_pylist()
            named = {cell for name, column in links for cell in draft.tables[name].column(column).to_pylist()}
            parents = [place for place, row in enumerate(own) if row[key] in named]
            if not parents:
                return None
            place = random.choice(parents)
            return Damage({table: with_rows(draft.tables[table], [*own[:place], *own[place + 1 :]])})

        return damage

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        targets = {key.target_table for schema in schemas().values() for key in schema.foreign_keys}
        return (Mutant(operator, table, "", make(table)) for table in TABLES if table in targets)

    return Operator("parent_deleted", "a row that others name is gone", Reach.SOURCE, aims)


OPERATORS = (
    _operator("row_doubled", "a row twice", Reach.PACKAGE, _doubled),
    _operator("key_doubled", "a row with the key of another", Reach.PACKAGE, _key_doubled),
    _operator("row_dropped", "a row is gone: parents leave orphans, the others a gap", Reach.SOURCE, _dropped),
    _operator("table_emptied", "all rows of a table are gone", Reach.SOURCE, _emptied),
    _operator("row_added", "a row more, like another but with a key of its own", Reach.SOURCE, _added),
    _operator("rows_reversed", "the rows in reverse", Reach.PACKAGE, _reversed),
    _operator("last_row_first", "the last row before all others", Reach.PACKAGE, _last_first),
    _parent_deleted(),
    _swapped(),
    _renumbered(),
    _renamed(),
)
