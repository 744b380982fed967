"""Looks rows up in a package of either layout, reading no more of it than a row needs."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import read_inside, regular_inside
from broadsheet.curation import parse_curation
from broadsheet.publishing.layout import bucket_of, is_partitioned, part_of, part_path, parts_of, table_paths
from broadsheet.publishing.package import CURATION, DESCRIPTOR, MOST_BYTES_OF_TEXT, read_descriptor
from broadsheet.tables.arrow import arrow_schema
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pyarrow as pa

    from broadsheet.curation import Correction

_PREFIXES = {
    "art": "articles",
    "men": "mentions",
    "rol": "actor_roles",
    "quo": "quotes",
    "eve": "events",
    "tar": "tariffs",
    "fig": "financial_figures",
}
_ALIKE = 6
"""Characters that a key begins with like another one, to be near it in a package too large to compare all."""
_MOST = 20_000
"""So many keys are compared."""
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A row: its table, its key and its cells."""

    table: str
    key: tuple[str, ...]
    cells: Mapping[str, Any]

    @property
    def written(self) -> str:
        """The key as a user writes it."""
        return "/".join(self.key)

    @property
    def article_id(self) -> str | None:
        """The article of a row of content; ``None`` for actors and countries."""
        found: str | None = self.cells.get("article_id")
        return found


class Package:
    """A package on disk.

    Args:
        folder: The folder that holds its ``datapackage.json``.

    Raises:
        InputError: If it holds none of ours.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.descriptor = read_descriptor(folder)
        self.parts = parts_of(self.descriptor, str(folder / DESCRIPTOR)) if is_partitioned(self.descriptor) else None

    def made_by(self) -> tuple[str, str, str]:
        """Version of the extractor, name and version of the model, as the package says; empty where it says none."""
        said = self.descriptor["broadsheet"]
        said = said if isinstance(said, dict) else {}
        model = said.get("model")
        model = model if isinstance(model, dict) else {}
        return str(said.get("extractor", "")), str(model.get("name", "")), str(model.get("version", ""))

    def find(self, key: str) -> Place:
        """The row of a key.

        Raises:
            InputError: If there is none; keys that look like it are named.
        """
        parts = tuple(key.strip().split("/"))
        likely = _likely(parts)
        for table in (*likely, *(name for name in TABLES if name not in likely)):
            if len(schemas()[table].primary_key) == len(parts):
                found = self._row(table, parts)
                if found is not None:
                    return Place(table, parts, found)
        near = self._near(key, likely)
        mend = f"near it are {', '.join(near)}" if near else "take a key from one of the package's tables"
        raise InputError(f"KEY {key}", f"is that of no row in {self.folder}", mend)

    def _row(self, table: str, key: tuple[str, ...]) -> dict[str, Any] | None:
        columns = schemas()[table].primary_key
        number = columns[-1] == "char_start"
        if number and not key[-1].isdecimal():
            return None
        cells = [int(part) if column == "char_start" else part for column, part in zip(columns, key, strict=True)]
        rows = self.rows(table, dict(zip(columns, cells, strict=True)))
        return rows[0] if rows else None

    def rows(self, table: str, wanted: Mapping[str, str | int]) -> list[dict[str, Any]]:
        """The rows of a table whose columns have the wanted cells, in the order of the files.

        Raises:
            InputError: If a file cannot be read.
        """
        out: list[dict[str, Any]] = []
        for path in self._paths(table, wanted):
            out += self._read(path, table, wanted).to_pylist()
        return out

    def _paths(self, table: str, wanted: Mapping[str, str | int]) -> Iterable[str]:
        """The files that rows with the wanted cells may stand in."""
        if self.parts is None:
            return (f"data/{table}.parquet",)
        if table == "actors" and "actor_id" in wanted:
            return (part_path(table, bucket_of(str(wanted["actor_id"]), self.parts), "parquet"),)
        if "article_id" in wanted:
            try:
                return (part_path(table, part_of(str(wanted["article_id"]), self.parts), "parquet"),)
            except ValueError:
                return ()
        return table_paths(table, self.parts, "parquet")

    def evidence(self, place: Place) -> list[dict[str, Any]]:
        """The evidence of a row's cells."""
        if place.table in ("event_participants", "evidence", "countries"):
            return []
        row_id = place.key[0]
        if self.parts is not None and place.table == "actors":
            path = part_path("evidence", bucket_of(row_id, self.parts), "parquet", actors=True)
            rows: list[dict[str, Any]] = self._read(path, "evidence", {"row_id": row_id}).to_pylist()
            return rows
        known = {"article_id": place.article_id} if place.article_id is not None else {}
        return self.rows("evidence", {"row_id": row_id, **known})

    def _read(
        self, path: str, table: str, wanted: Mapping[str, str | int], columns: list[str] | None = None
    ) -> pa.Table:
        import pyarrow as pa
        import pyarrow.parquet as pq

        file = self.folder / path
        filters = [(column, "=", cell) for column, cell in wanted.items()] or None
        try:
            found = pq.read_table(
                regular_inside(self.folder, path), columns=columns or list(arrow_schema(table).names), filters=filters
            )
        except (OSError, pa.ArrowException, ValueError) as error:
            problem = "cannot be read" if file.exists() else "is missing"
            raise InputError(str(file), problem, "build the package anew, or run `broadsheet validate`") from error
        return found

    def corrections(self) -> tuple[Correction, ...]:
        """The corrections that the package carries; none where it lists no file of them."""
        resources = self.descriptor.get("resources")
        listed = [r.get("path") for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []
        path = self.folder / CURATION
        if CURATION not in listed:
            return ()
        try:
            text = read_inside(self.folder, CURATION, MOST_BYTES_OF_TEXT).decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(str(path), "cannot be read as UTF-8 text", "build the package anew") from error
        return parse_curation(text, str(path)).corrections

    def _near(self, key: str, likely: Iterable[str]) -> list[str]:
        """Keys that look like one, of the tables that it is likely to be of."""
        keys: list[str] = []
        for table in likely:
            columns = list(schemas()[table].primary_key)
            for path in self._paths(table, {}):
                cells = self._read(path, table, {}, columns).to_pydict()
                every = ("/".join(map(str, parts)) for parts in zip(*(cells[c] for c in columns), strict=True))
                kept = list(every)
                if self.parts is not None:
                    kept = [k for k in kept if k[:_ALIKE] == key[:_ALIKE] or key in k]
                keys += kept
                if len(keys) > _MOST:
                    break
        near = get_close_matches(key, keys[:_MOST], n=_SHOWN)
        return near or sorted(k for k in keys if key and key in k)[:_SHOWN]


def _likely(key: tuple[str, ...]) -> tuple[str, ...]:
    """The tables that a key looks to be of, the likeliest first."""
    if len(key) == len(schemas()["evidence"].primary_key) and key[-1].isdecimal():
        return ("evidence",)
    if len(key) == len(schemas()["event_participants"].primary_key):
        return ("event_participants",)
    prefix, _, rest = key[0].partition("_")
    if rest and prefix in _PREFIXES:
        return (_PREFIXES[prefix],)
    code = len(key[0]) == 3 and key[0].isupper()
    return ("countries", "actors") if code else ("actors", "countries")
