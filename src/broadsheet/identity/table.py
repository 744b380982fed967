"""Local actors in Arrow form, as the work folder keeps them; never published."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from broadsheet.identity.local import LocalActor, LocalOffice

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa


@cache
def local_schema() -> pa.Schema:
    """The Arrow schema of local actors: the fields of :class:`LocalActor`, in its order."""
    import pyarrow as pa

    text = pa.string()
    office = pa.struct(
        [
            pa.field("title", text, nullable=False),
            pa.field("organization_id", text),
            pa.field("country_code", text),
            pa.field("tenure", text, nullable=False),
        ]
    )
    return pa.schema(
        [
            pa.field("article_id", text, nullable=False),
            pa.field("actor_id", text, nullable=False),
            pa.field("name", text, nullable=False),
            pa.field("kind", text, nullable=False),
            pa.field("country_code", text),
            pa.field("country_is_told", pa.bool_(), nullable=False),
            pa.field("wikidata_id", text),
            pa.field("n_mentions", pa.int64(), nullable=False),
            pa.field("aliases", pa.list_(text), nullable=False),
            pa.field("offices", pa.list_(office), nullable=False),
            pa.field("published_on", pa.date32()),
        ]
    )


def to_table(actors: Iterable[LocalActor]) -> pa.Table:
    """Local actors as an Arrow table, in the given order."""
    import pyarrow as pa

    schema = local_schema()
    kept = list(actors)
    columns = []
    for field in schema:
        if field.name == "offices":
            cells: list[object] = [
                [
                    {
                        "title": office.title,
                        "organization_id": office.organization_id,
                        "country_code": office.country_code,
                        "tenure": office.tenure,
                    }
                    for office in actor.offices
                ]
                for actor in kept
            ]
        else:
            cells = [getattr(actor, field.name) for actor in kept]
        columns.append(pa.array(cells, field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def from_table(table: pa.Table) -> list[LocalActor]:
    """The local actors of an Arrow table, in its order."""
    out = []
    for row in table.to_pylist():
        offices = tuple(LocalOffice(**office) for office in row.pop("offices"))
        aliases = tuple(row.pop("aliases"))
        out.append(LocalActor(**row, aliases=aliases, offices=offices))
    return out
