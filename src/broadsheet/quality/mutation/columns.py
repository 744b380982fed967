"""Operators that damage whole columns and their Parquet types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.quality.mutation.damage import Damage, Mutant, Operator, Reach, columns, parquet_of
from broadsheet.quality.validation.structure import data_path
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    import pyarrow as pa

    from broadsheet.quality.mutation.damage import Draft

PACKAGE = Reach.PACKAGE


def _on_column(
    name: str, says: str, change: Callable[[pa.Table, str], pa.Table | None], *, parquet_alone: bool = False
) -> Operator:
    def make(table: str, column: str) -> Callable[[Draft, Random], Damage | None]:
        def damage(draft: Draft, _: Random) -> Damage | None:
            after = change(draft.tables[table], column)
            if after is None:
                return None
            if parquet_alone:
                return Damage(files={data_path(table, "parquet"): parquet_of(after)})
            return Damage({table: after})

        return damage

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        return (Mutant(operator, table, column, make(table, column)) for table, column in columns())

    return Operator(name, says, PACKAGE, aims)


def _on_table(name: str, says: str, change: Callable[[pa.Table], pa.Table]) -> Operator:
    def make(table: str) -> Callable[[Draft, Random], Damage | None]:
        return lambda draft, _: Damage({table: change(draft.tables[table])})

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        return (Mutant(operator, table, "", make(table)) for table in TABLES)

    return Operator(name, says, PACKAGE, aims)


def _cast(table: pa.Table, column: str, kind: pa.DataType) -> pa.Table | None:
    place = table.schema.get_field_index(column)
    old = table.schema.field(place)
    return table.set_column(place, old.with_type(kind), table.column(place).cast(kind, safe=False))


def _narrow(table: pa.Table, column: str) -> pa.Table | None:
    import pyarrow as pa

    return _cast(table, column, pa.int32()) if table.schema.field(column).type == pa.int64() else None


def _float(table: pa.Table, column: str) -> pa.Table | None:
    import pyarrow as pa

    return _cast(table, column, pa.float32()) if pa.types.is_decimal(table.schema.field(column).type) else None


def _dictionary(table: pa.Table, column: str) -> pa.Table | None:
    import pyarrow as pa

    if table.schema.field(column).type != pa.string():
        return None
    place = table.schema.get_field_index(column)
    cells = table.column(place).dictionary_encode()
    return table.set_column(place, table.schema.field(place).with_type(cells.type), cells)


def _text_dates(table: pa.Table, column: str) -> pa.Table | None:
    import pyarrow as pa

    return _cast(table, column, pa.string()) if pa.types.is_date(table.schema.field(column).type) else None


def _null_flag(table: pa.Table, column: str) -> pa.Table | None:
    place = table.schema.get_field_index(column)
    old = table.schema.field(place)
    return None if old.nullable else table.set_column(place, old.with_nullable(True), table.column(place))


def _other_words(table: pa.Table, column: str) -> pa.Table:
    place = table.schema.get_field_index(column)
    new = table.schema.field(place).with_metadata({"title": "Something", "description": "Something else."})
    return table.set_column(place, new, table.column(place))


def _renamed(table: pa.Table, column: str) -> pa.Table:
    return table.rename_columns([f"{name}_" if name == column else name for name in table.column_names])


def _dropped(table: pa.Table, column: str) -> pa.Table:
    return table.drop_columns([column])


def _added(table: pa.Table) -> pa.Table:
    import pyarrow as pa

    return table.append_column("remark", pa.array(["none"] * table.num_rows, pa.string()))


def _turned(table: pa.Table) -> pa.Table:
    return table.select([*reversed(table.column_names)])


def _without_metadata() -> Operator:
    def make(table: str) -> Callable[[Draft, Random], Damage | None]:
        def damage(draft: Draft, _: Random) -> Damage | None:
            import pyarrow as pa
            import pyarrow.parquet as pq

            out = pa.BufferOutputStream()
            pq.write_table(draft.tables[table].replace_schema_metadata(None), out)
            return Damage(files={data_path(table, "parquet"): bytes(out.getvalue())})

        return damage

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        return (Mutant(operator, table, "", make(table)) for table in schemas())

    return Operator("metadata_dropped", "Parquet without the metadata of table and columns", PACKAGE, aims)


OPERATORS = (
    _on_column("column_renamed", "a column of another name", _renamed),
    _on_column("column_dropped", "a column is gone", _dropped),
    _on_table("column_added", "a column more", _added),
    _on_table("columns_reordered", "the columns in reverse", _turned),
    _on_column("integer_narrowed", "Parquet with integers of 32 bits", _narrow, parquet_alone=True),
    _on_column("precision_lost", "Parquet with floats for exact decimals", _float, parquet_alone=True),
    _on_column("dictionary_encoded", "Parquet with a dictionary for text", _dictionary, parquet_alone=True),
    _on_column("dates_as_text", "Parquet with text for dates", _text_dates, parquet_alone=True),
    _on_column("nulls_allowed", "Parquet that lets a required column be null", _null_flag, parquet_alone=True),
    _on_column("column_described_otherwise", "Parquet with another description", _other_words, parquet_alone=True),
    _without_metadata(),
)
