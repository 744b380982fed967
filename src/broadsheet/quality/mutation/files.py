"""Operators that damage the files of a package: encoding, format, size, hash, descriptor, schemas and suites."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from broadsheet.publishing.formats import json_bytes
from broadsheet.publishing.metadata.index import METADATA, metadata_files
from broadsheet.publishing.package import CURATION, DESCRIPTOR
from broadsheet.quality.mutation.damage import Damage, Mutant, Operator, Reach, parquet_of, put
from broadsheet.quality.validation.structure import data_path
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random
    from typing import TypeAlias

    from broadsheet.quality.mutation.damage import Draft

    Change: TypeAlias = Callable[[Draft, str, Random], Damage | None]

PACKAGE, SOURCE = Reach.PACKAGE, Reach.SOURCE


def _of_table(name: str, says: str, change: Change) -> Operator:
    def make(table: str) -> Callable[[Draft, Random], Damage | None]:
        return lambda draft, random: change(draft, table, random)

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        return (Mutant(operator, table, "", make(table)) for table in TABLES)

    return Operator(name, says, PACKAGE, aims)


def _of_package(name: str, says: str, change: Change, reach: Reach = PACKAGE) -> Operator:
    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        yield Mutant(operator, "", "", lambda draft, random: change(draft, "", random))

    return Operator(name, says, reach, aims)


def _csv(change: Callable[[bytes], bytes]) -> Change:
    def changed(draft: Draft, table: str, _: Random) -> Damage | None:
        path = data_path(table, "csv")
        after = change(draft.files[path])
        return Damage(files={path: after}) if after != draft.files[path] else None

    return changed


def _other_dialect(content: bytes, **dialect: Any) -> bytes:
    out = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(content.decode(), newline=""))
    csv.writer(out, lineterminator="\n", **dialect).writerows(rows)
    return out.getvalue().encode()


def _cut_line(content: bytes) -> bytes:
    lines = content.split(b"\n")
    return b"\n".join([*lines[:-2], lines[-2][: len(lines[-2]) // 2]]) if len(lines) > 2 else content


def _without_last_row(content: bytes) -> bytes:
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows[:-1])
    return out.getvalue().encode() if len(rows) > 1 else content


def _latin(content: bytes) -> bytes:
    return content.decode().encode("cp1252", errors="replace")


def _one_side(side: str) -> Change:
    """Returns a change to one cell in either the CSV or the Parquet file of a table."""

    def changed(draft: Draft, table: str, random: Random) -> Damage | None:
        before = draft.tables[table]
        if not before.num_rows:
            return None
        column = before.column_names[-1]
        position = random.randrange(before.num_rows)
        cell = before.column(column)[position].as_py()
        after = put(before, column, {position: cell + (1 if isinstance(cell, int) else "x")})
        path = data_path(table, side)
        from broadsheet.publishing.formats import csv_bytes

        return Damage(files={path: csv_bytes(after) if side == "csv" else parquet_of(after)})

    return changed


def _parquet_cut(draft: Draft, table: str, _: Random) -> Damage:
    path = data_path(table, "parquet")
    return Damage(files={path: draft.files[path][: len(draft.files[path]) // 2]})


def _missing(ending: str) -> Change:
    def changed(draft: Draft, table: str, _: Random) -> Damage:
        return Damage(files={data_path(table, ending): None}, descriptor=draft.files[DESCRIPTOR])

    return changed


def _link(draft: Draft, table: str, _: Random) -> Damage:
    return Damage(links={data_path(table, "csv"): "/etc/hostname"}, descriptor=draft.files[DESCRIPTOR])


def _schema_missing(_: Draft, table: str, __: Random) -> Damage:
    return Damage(files={f"schemas/{table}.json": None})


def _schema(change: Callable[[dict[str, Any]], None]) -> Change:
    def changed(draft: Draft, table: str, _: Random) -> Damage:
        path = f"schemas/{table}.json"
        content = json.loads(draft.files[path])
        change(content)
        return Damage(files={path: json_bytes(content)})

    return changed


def _constraint_dropped(content: dict[str, Any]) -> None:
    for field in content["fields"]:
        field.pop("constraints", None)


def _enum_widened(content: dict[str, Any]) -> None:
    for field in content["fields"]:
        if "enum" in field.get("constraints", {}):
            field["constraints"]["enum"].append("anything")
            return
    content["fields"][0]["constraints"] = {}


def _type_changed(content: dict[str, Any]) -> None:
    content["fields"][-1]["type"] = "any"


def _link_dropped(content: dict[str, Any]) -> None:
    content["foreignKeys"] = []
    content["description"] = "Another one."


def _key_dropped(content: dict[str, Any]) -> None:
    content.pop("primaryKey")


def _resource(key: str, value: object) -> Change:
    def changed(draft: Draft, table: str, _: Random) -> Damage:
        content = draft.descriptor
        for resource in content["resources"]:
            if resource["name"] == table:
                resource[key] = resource[key] + 1 if value is None else value
        return Damage(descriptor=json_bytes(content))

    return changed


def _resource_gone(draft: Draft, table: str, _: Random) -> Damage:
    content = draft.descriptor
    content["resources"] = [r for r in content["resources"] if r["name"] != table]
    return Damage(descriptor=json_bytes(content))


def _descriptor(change: Callable[[dict[str, Any]], None]) -> Change:
    def changed(draft: Draft, _: str, __: Random) -> Damage:
        content = draft.descriptor
        change(content)
        return Damage(descriptor=json_bytes(content))

    return changed


def _set(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda content: content.update({key: value})


def _extractor(content: dict[str, Any]) -> None:
    content["broadsheet"]["extractor"] = "latest"


def _other_extractor(content: dict[str, Any]) -> None:
    content["broadsheet"]["extractor"] = "0.0.1"


def _other_model(content: dict[str, Any]) -> None:
    content["broadsheet"]["model"]["version"] = "0.0.1"


def _source_hash(content: dict[str, Any]) -> None:
    content["sources"][0]["textHash"] = "sha256:" + "0" * 64


def _key_twice(draft: Draft, _: str, __: Random) -> Damage:
    return Damage(descriptor=draft.files[DESCRIPTOR].replace(b"{", b'{"name": "other",', 1))


def _stray(_: Draft, __: str, ___: Random) -> Damage:
    return Damage(files={"data/more.csv": b"a\n1\n"})


def _corrections_added(_: Draft, __: str, ___: Random) -> Damage:
    return Damage(files={CURATION: b'[[correct]]\nreason = "none"\n'})


def _metadata(name: str, says: str, change: Callable[[bytes, Random], bytes | None]) -> Operator:
    """Returns an operator on each metadata file for other tools."""

    def make(path: str) -> Callable[[Draft, Random], Damage | None]:
        def changed(draft: Draft, random: Random) -> Damage | None:
            content = metadata_files(draft.descriptor).get(path)
            return None if content is None else Damage(files={path: change(content, random)})

        return changed

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        return (Mutant(operator, "", "", make(path)) for path in METADATA)

    return Operator(name, says, PACKAGE, aims)


def _other_value(content: bytes, random: Random) -> bytes:
    """Changes one random value of a JSON file."""
    found = json.loads(content)
    holder, key = random.choice(list(_values(found)))
    value = holder[key]
    holder[key] = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"
    return json_bytes(found)


def _values(content: Any) -> Iterator[tuple[Any, Any]]:
    """Yields the container and the key or index of every string, number, boolean and null."""
    for key, value in content.items() if isinstance(content, dict) else enumerate(content):
        if isinstance(value, dict | list):
            yield from _values(value)
        else:
            yield content, key


def _suite(change: Callable[[dict[str, Any]], None]) -> Change:
    def changed(_: Draft, table: str, __: Random) -> Damage:
        from broadsheet.quality.validation.suites import shipped_suites

        suites = shipped_suites()
        change(suites[table][1])
        return Damage(suites=suites)

    return changed


def _suite_emptied(suite: dict[str, Any]) -> None:
    suite["expectations"] = []


def _misspelt(suite: dict[str, Any]) -> None:
    suite["expectations"][0]["type"] += "s"


def _wrong_keyword(suite: dict[str, Any]) -> None:
    suite["expectations"][0]["kwargs"]["colum"] = "x"


def _wrong_column(suite: dict[str, Any]) -> None:
    suite["expectations"].append({"type": "expect_column_values_to_be_unique", "kwargs": {"column": "no_such"}})


OPERATORS = (
    _of_table("byte_order_mark", "CSV with a byte order mark", _csv(lambda content: b"\xef\xbb\xbf" + content)),
    _of_table("crlf", "CSV with CRLF at each line's end", _csv(lambda content: content.replace(b"\n", b"\r\n"))),
    _of_table("windows_1252", "CSV in Windows-1252", _csv(_latin)),
    _of_table("semicolons", "CSV with semicolons", _csv(lambda content: _other_dialect(content, delimiter=";"))),
    _of_table(
        "all_quoted",
        "CSV with marks about each cell",
        _csv(lambda content: _other_dialect(content, quoting=csv.QUOTE_ALL)),
    ),
    _of_table("csv_cut", "CSV that breaks off in its last line", _csv(_cut_line)),
    _of_table("csv_row_lost", "CSV without its last row", _csv(_without_last_row)),
    _of_table("csv_empty", "CSV of no bytes", _csv(lambda _: b"")),
    _of_table("csv_cell", "one cell of the CSV unlike the Parquet", _one_side("csv")),
    _of_table("parquet_cell", "one cell of the Parquet unlike the CSV", _one_side("parquet")),
    _of_table("parquet_cut", "half of a Parquet file", _parquet_cut),
    _of_table("csv_missing", "no CSV", _missing("csv")),
    _of_table("parquet_missing", "no Parquet", _missing("parquet")),
    _of_table("link", "a link to a file outside in the place of a CSV", _link),
    _of_table("wrong_hash", "another hash", _resource("hash", "sha256:" + "0" * 64)),
    _of_table("wrong_size", "another size", _resource("bytes", None)),
    _of_table("wrong_count", "another number of rows", _resource("rows", None)),
    _of_table("path_outside", "a path that leads outside", _resource("path", "../../etc/passwd")),
    _of_table("other_schema", "an address as schema", _resource("schema", "https://example.org/schema.json")),
    _of_table("resource_gone", "no resource for a table", _resource_gone),
    _of_table("schema_missing", "no schema file", _schema_missing),
    _of_table("constraints_dropped", "a schema without constraints", _schema(_constraint_dropped)),
    _of_table("enum_widened", "a schema that allows another word", _schema(_enum_widened)),
    _of_table("type_changed", "a schema with another type for a column", _schema(_type_changed)),
    _of_table("links_dropped", "a schema without foreign keys, described otherwise", _schema(_link_dropped)),
    _of_table("key_dropped", "a schema without primary key", _schema(_key_dropped)),
    _of_package("version_changed", "another version, the id as it was", _descriptor(_set("version", "9.9.9"))),
    _of_package("version_malformed", "a version that is none", _descriptor(_set("version", "one"))),
    _of_package("name_changed", "another name, the id as it was", _descriptor(_set("name", "other"))),
    _of_package("profile_changed", "another profile", _descriptor(_set("$schema", "https://example.org/profile.json"))),
    _of_package("license_dropped", "no licence", _descriptor(_set("licenses", []))),
    _of_package("extractor_malformed", "an extractor version that is none", _descriptor(_extractor)),
    _of_package("other_extractor", "another version of the extractor", _descriptor(_other_extractor), SOURCE),
    _of_package("other_model", "another version of the model", _descriptor(_other_model), SOURCE),
    _of_package("source_hash", "another hash of the source", _descriptor(_source_hash)),
    _of_package("key_twice", "a key twice in datapackage.json", _key_twice),
    _metadata("metadata_missing", "a file that other tools read is not there", lambda _, __: None),
    _metadata("metadata_value", "a value in a file that other tools read is another", _other_value),
    _of_package("stray_file", "a file among the tables that is none", _stray),
    _of_package("corrections_added", "corrections that the package does not list", _corrections_added),
    _of_table("suite_emptied", "a suite without expectations", _suite(_suite_emptied)),
    _of_table("expectation_misspelt", "a type of expectation misspelt", _suite(_misspelt)),
    _of_table("keyword_misspelt", "a keyword of an expectation misspelt", _suite(_wrong_keyword)),
    _of_table("expectation_of_no_column", "an expectation on a column that is not there", _suite(_wrong_column)),
)
