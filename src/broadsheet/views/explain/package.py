"""Looks up rows in a package of either layout, reading only the files that a row needs."""

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
_PREFIX = 6
"""In a partitioned package, similar keys share this many first characters."""
_MOST = 20_000
"""The most keys that are compared."""
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a package: its table, its key and its cells."""

    table: str
    key: tuple[str, ...]
    cells: Mapping[str, Any]

    @property
    def written(self) -> str:
        """The key as a user writes it."""
        return "/".join(self.key)

    @property
    def article_id(self) -> str | None:
        """The article of the row; ``None`` for actors and countries."""
        found: str | None = self.cells.get("article_id")
        return found


class Package:
    """A package on disk.

    Args:
        folder: The folder that holds its ``datapackage.json``.

    Raises:
        InputError: If it does not hold a Broadsheet package.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.descriptor = read_descriptor(folder)
        self.parts = parts_of(self.descriptor, str(folder / DESCRIPTOR)) if is_partitioned(self.descriptor) else None

    def made_by(self) -> tuple[str, str, str]:
        """The extractor version, model name and model version in the descriptor; empty if unknown."""
        made_by = self.descriptor["broadsheet"]
        made_by = made_by if isinstance(made_by, dict) else {}
        model = made_by.get("model")
        model = model if isinstance(model, dict) else {}
        return str(made_by.get("extractor", "")), str(model.get("name", "")), str(model.get("version", ""))

    def find(self, key: str) -> FoundRow:
        """The row with a key.

        Raises:
            InputError: If there is none; the error suggests similar keys.
        """
        parts = tuple(key.strip().split("/"))
        likely = _likely(parts)
        for table in (*likely, *(name for name in TABLES if name not in likely)):
            if len(schemas()[table].primary_key) == len(parts):
                found = self._row(table, parts)
                if found is not None:
                    return FoundRow(table, parts, found)
        near = self._near(key, likely)
        fix = f"similar keys are {', '.join(near)}" if near else "take a key from one of the package's tables"
        raise InputError(f"KEY {key}", f"is not the key of a row in {self.folder}", fix)

    def _row(self, table: str, key: tuple[str, ...]) -> dict[str, Any] | None:
        columns = schemas()[table].primary_key
        if columns[-1] == "char_start" and not key[-1].isdecimal():
            return None
        cells = [int(part) if column == "char_start" else part for column, part in zip(columns, key, strict=True)]
        rows = self.rows(table, dict(zip(columns, cells, strict=True)))
        return rows[0] if rows else None

    def rows(self, table: str, wanted: Mapping[str, str | int]) -> list[dict[str, Any]]:
        """The rows of a table with the wanted cells, in the order of the files.

        Raises:
            InputError: If a file cannot be read.
        """
        out: list[dict[str, Any]] = []
        for path in self._paths(table, wanted):
            out += self._read(path, table, wanted).to_pylist()
        return out

    def _paths(self, table: str, wanted: Mapping[str, str | int]) -> Iterable[str]:
        """The files that may hold rows with the wanted cells."""
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

    def evidence(self, row: FoundRow) -> list[dict[str, Any]]:
        """The evidence of a row's cells."""
        if row.table in ("event_participants", "evidence", "countries"):
            return []
        row_id = row.key[0]
        if self.parts is not None and row.table == "actors":
            path = part_path("evidence", bucket_of(row_id, self.parts), "parquet", actors=True)
            rows: list[dict[str, Any]] = self._read(path, "evidence", {"row_id": row_id}).to_pylist()
            return rows
        known = {"article_id": row.article_id} if row.article_id is not None else {}
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
            raise InputError(str(file), problem, "build the package again, or run `broadsheet validate`") from error
        return found

    def corrections(self) -> tuple[Correction, ...]:
        """The corrections that the package lists, if any."""
        resources = self.descriptor.get("resources")
        listed = [r.get("path") for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []
        path = self.folder / CURATION
        if CURATION not in listed:
            return ()
        try:
            text = read_inside(self.folder, CURATION, MOST_BYTES_OF_TEXT).decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(str(path), "cannot be read as UTF-8 text", "build the package again") from error
        return parse_curation(text, str(path)).corrections

    def _near(self, key: str, likely: Iterable[str]) -> list[str]:
        """Keys of the likely tables that are similar to one."""
        keys: list[str] = []
        for table in likely:
            columns = list(schemas()[table].primary_key)
            for path in self._paths(table, {}):
                cells = self._read(path, table, {}, columns).to_pydict()
                found = ["/".join(map(str, parts)) for parts in zip(*(cells[c] for c in columns), strict=True)]
                if self.parts is not None:
                    found = [k for k in found if k[:_PREFIX] == key[:_PREFIX] or key in k]
                keys += found
                if len(keys) > _MOST:
                    break
        near = get_close_matches(key, keys[:_MOST], n=_SHOWN)
        return near or sorted(k for k in keys if key and key in k)[:_SHOWN]


def _likely(key: tuple[str, ...]) -> tuple[str, ...]:
    """The tables that a key may belong to, the likeliest first."""
    if len(key) == len(schemas()["evidence"].primary_key) and key[-1].isdecimal():
        return ("evidence",)
    if len(key) == len(schemas()["event_participants"].primary_key):
        return ("event_participants",)
    prefix, _, rest = key[0].partition("_")
    if rest and prefix in _PREFIXES:
        return (_PREFIXES[prefix],)
    code = len(key[0]) == 3 and key[0].isupper()
    return ("countries", "actors") if code else ("actors", "countries")
