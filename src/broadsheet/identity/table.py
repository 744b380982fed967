"""Local actors as Arrow tables, for the work folder; they are never published."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.identity.local import LocalActor, LocalOffice

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa


@cache
def local_schema() -> pa.Schema:
    """The Arrow schema of local actors: the fields of :class:`LocalActor`."""
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
            pa.field("country_is_stated", pa.bool_(), nullable=False),
            pa.field("wikidata_id", text),
            pa.field("n_mentions", pa.int64(), nullable=False),
            pa.field("aliases", pa.list_(text), nullable=False),
            pa.field("offices", pa.list_(office), nullable=False),
            pa.field("published_on", pa.date32()),
        ]
    )


def to_table(actors: Iterable[LocalActor]) -> pa.Table:
    """Converts local actors to an Arrow table."""
    import pyarrow as pa

    kept = list(actors)
    cells = {name: [getattr(actor, name) for actor in kept] for name in local_schema().names}
    cells["offices"] = [[asdict(office) for office in offices] for offices in cells["offices"]]
    return pa.table(cells, local_schema())


def from_table(table: pa.Table) -> list[LocalActor]:
    """Converts an Arrow table to local actors."""
    out = []
    for row in table.to_pylist():
        offices = tuple(LocalOffice(**office) for office in row.pop("offices"))
        aliases = tuple(row.pop("aliases"))
        out.append(LocalActor(**row, aliases=aliases, offices=offices))
    return out
