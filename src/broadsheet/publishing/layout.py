"""The layout of a partitioned package: the number of its parts, the part of each row, and the names of the files.

The leading bits of ``article_id`` give the part of an article, which holds all its rows. An actor belongs to many
articles; the leading bits of the SHA-256 of ``actor_id`` give the part, here called its bucket, of the actor and of the
evidence of its row. ``countries`` is one part. The number of parts depends on the number of articles alone, so the
files do not depend on how the work was divided or ordered.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.tables.keys import DIGITS
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

KIND = "partitioned"
"""The value of ``broadsheet.layout.kind`` in the descriptor."""

ARTICLES_A_PART = 500
"""The maximum number of articles per part, on average."""

MOST_PARTS = 1 << 20
"""The maximum number of parts, enough for five hundred million articles."""

OF_ARTICLES: tuple[str, ...] = tuple(name for name in TABLES if "article_id" in schemas()[name].columns)
"""The tables whose rows belong to one article each; ``evidence`` also has rows of actors."""

_BITS = 4 * DIGITS
_KEY = re.compile(rf"art_[0-9a-f]{{{DIGITS}}}")
_FILE = re.compile(r"data/([a-z_]{1,30})/(part|actors)-([0-9]{4,7})\.(parquet|csv)")


def n_parts(n_articles: int) -> int:
    """The number of parts for a number of articles: the least power of two with at most 500 articles per part."""
    parts = 1
    while parts * ARTICLES_A_PART < n_articles:
        parts *= 2
    return parts


def part_of(article_id: str, parts: int) -> int:
    """The part of an article among ``parts``, a power of two.

    Raises:
        ValueError: If it is not the key of an article.
    """
    if not _KEY.fullmatch(article_id):
        raise ValueError(f"{article_id!r} is not the key of an article")
    return int(article_id[-DIGITS:], 16) >> (_BITS - _width(parts))


def bucket_of(actor_id: str, parts: int) -> int:
    """The part of an actor, and of the evidence of its row, among ``parts``, a power of two."""
    return int.from_bytes(sha256(actor_id.encode("utf-8")).digest()[:8]) >> (_BITS - _width(parts))


def is_of_actor(row_id: str) -> bool:
    """Whether a row of evidence is of an actor: only slugs have no underscore."""
    return "_" not in row_id


def _width(parts: int) -> int:
    if parts < 1 or parts & (parts - 1):
        raise ValueError(f"{parts} is not a power of two")
    return parts.bit_length() - 1


def part_path(table: str, number: int, ending: str, *, actors: bool = False) -> str:
    """The path of a part inside the package.

    Args:
        table: The table.
        number: Number of the part, from 0.
        ending: ``parquet`` or ``csv``.
        actors: Whether it is the evidence of actors.
    """
    return f"data/{table}/{'actors' if actors else 'part'}-{number:04}.{ending}"


def table_paths(table: str, parts: int, ending: str) -> tuple[str, ...]:
    """The paths of all parts of a table, in order."""
    if table == "countries":
        return (part_path(table, 0, ending),)
    paths = [part_path(table, number, ending) for number in range(parts)]
    if table == "evidence":
        paths += [part_path(table, number, ending, actors=True) for number in range(parts)]
    return tuple(paths)


def parquet_paths(content: Mapping[str, Any], table: str, place: str) -> tuple[str, ...]:
    """The paths of a table's Parquet files in a package of either layout.

    Args:
        content: The content of ``datapackage.json``.
        table: The table.
        place: Where the descriptor is, for the error.

    Raises:
        InputError: If the descriptor of a partitioned package has no valid number of parts.
    """
    if is_partitioned(content):
        return table_paths(table, parts_of(content, place), "parquet")
    return (f"data/{table}.parquet",)


def is_part_path(path: str, parts: int = MOST_PARTS) -> bool:
    """Whether a path could be that of a part of a package with that many parts."""
    found = _FILE.fullmatch(path)
    if found is None or (name := found[1]) not in TABLES:
        return False
    number, actors = int(found[3]), found[2] == "actors"
    of_table = name == "evidence" or not actors
    return (
        of_table
        and number < (1 if name == "countries" else parts)
        and path == part_path(name, number, found[4], actors=actors)
    )


def is_partitioned(content: Mapping[str, Any]) -> bool:
    """Whether a descriptor is that of a partitioned package."""
    return isinstance(_layout(content), dict)


def parts_of(content: Mapping[str, Any], place: str) -> int:
    """The number of parts in a descriptor.

    Args:
        content: The content of ``datapackage.json``.
        place: Where the descriptor is, for the error.

    Raises:
        InputError: If there is no valid number.
    """
    layout = _layout(content)
    parts = layout.get("parts") if isinstance(layout, dict) and layout.get("kind") == KIND else None
    if not isinstance(parts, int) or isinstance(parts, bool) or not 1 <= parts <= MOST_PARTS or parts & (parts - 1):
        problem = f"has no valid number of parts: a power of two up to {MOST_PARTS:,}"
        raise InputError(place, problem, "rebuild the package")
    return parts


def _layout(content: Mapping[str, Any]) -> object:
    made_by = content.get("broadsheet")
    return made_by.get("layout") if isinstance(made_by, dict) else None


def order_of(table: str) -> tuple[str, ...]:
    """The columns by which the files of a table are sorted, as in ``extraction.corpus.reading_order``."""
    schema = schemas()[table]
    placed = table != "evidence" and "char_start" in schema.columns
    return (*(("article_id", "char_start", "char_end") if placed else ()), *schema.primary_key)


def in_reading_order(table: str, rows: pa.Table) -> pa.Table:
    """The rows of a table in the order of its files."""
    return rows.sort_by([(column, "ascending") for column in order_of(table)])
