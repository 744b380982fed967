"""Hostile packages: ways to spoil a valid one so that reading it could hang, crash, leak or lie, drawn by hypothesis.

`tests/quality/validation/test_hostile.py` runs a fixed sample, `tools/fuzz_packages.py` as many as one likes.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from broadsheet.base.errors import InputError
from broadsheet.quality.validation.junit import junit
from broadsheet.quality.validation.package import validate_package
from broadsheet.quality.validation.page import page
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Files(dict[str, bytes]):
    """The files of a package, path to content; a report of a fault need not show them."""

    def __repr__(self) -> str:
        return f"{len(self)} files"


NASTY_TEXT = (
    "", " ", "\x00", "\r", "\n", '"', '""', ",", "'", "\\", "=1+1", "NaN", "null", "None", "-", "--", "1e999", "\u202e",
    "\ufeff", "\u200b", "e\u0301", "\U0001f600", "٣", "0x1F", "9" * 400, "-9223372036854775809", "2024-02-30",
    "12345-01-01", "0000-00-00", "../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "https://example.org/x",
    "a" * 70_000, "((a+)+)+$", "<script>", "%s%n", "{0}", "]]>", "art_" + "0" * 16, "true", "TRUE",
)  # fmt: skip
"""Cells and JSON strings that something might choke on."""

NASTY_JSON: tuple[object, ...] = (
    None, True, 0, -1, 1.5, 10**30, float("inf"), float("nan"), [], {}, [[]], {"": {}}, [None] * 1000, "\ud800",
    {"a": [{"b": [{"c": 1}]}]}, list(range(5000)), *NASTY_TEXT,
)  # fmt: skip


@dataclass
class Damage:
    """What is done to a package: names of the ways, files, and files that are something else."""

    ways: list[str] = field(default_factory=list)
    files: Files = field(default_factory=Files, repr=False)
    special: dict[str, str] = field(default_factory=dict)


@st.composite
def damaged(draw: st.DrawFn, files: Files) -> Damage:
    """A package spoilt in one to three ways; sizes and hashes are made to agree, or are not."""
    damage = Damage(files=Files(files))
    for _ in range(draw(st.integers(1, 3))):
        way = draw(st.sampled_from(sorted(WAYS)))
        damage.ways.append(way)
        WAYS[way](draw, damage)
    if draw(st.booleans()):
        damage.files = refreshed(damage.files)
    return damage


def refreshed(files: Files) -> Files:
    """The files with a descriptor whose sizes and hashes are theirs, where it can be read at all."""
    try:
        content = json.loads(files["datapackage.json"])
        for resource in content["resources"]:
            data = files[resource["path"]]
            resource |= {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
        return Files({**files, "datapackage.json": json.dumps(content).encode()})
    except (ValueError, KeyError, TypeError, RecursionError):
        return files


def _path(draw: st.DrawFn, damage: Damage, ending: str = "") -> str:
    """One of the files."""
    return draw(st.sampled_from(sorted(path for path in damage.files if path.endswith(ending))))


def _bytes(draw: st.DrawFn, damage: Damage) -> None:
    """Bytes are changed, cut out, put in or doubled anywhere."""
    path = _path(draw, damage)
    raw = damage.files[path]
    start = draw(st.integers(0, len(raw)))
    end = min(len(raw), start + draw(st.sampled_from([0, 1, 2, 8, 100, 10_000])))
    put = draw(st.one_of(st.binary(max_size=12), st.just(raw[start:end] * 3), st.just(b"\x00" * 100)))
    damage.files[path] = raw[:start] + put + raw[end:]


def _cut(draw: st.DrawFn, damage: Damage) -> None:
    """A file ends early."""
    path = _path(draw, damage)
    damage.files[path] = damage.files[path][: draw(st.integers(0, len(damage.files[path])))]


def _json_value(draw: st.DrawFn, damage: Damage) -> None:
    """A value anywhere in a JSON file becomes another one."""
    path = _path(draw, damage, ".json")
    try:
        content: Any = json.loads(damage.files[path])
    except (ValueError, RecursionError):
        return
    node, depth = content, draw(st.integers(1, 5))
    for _ in range(depth):
        keys = sorted(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
        if not keys:
            break
        key = draw(st.sampled_from(keys))
        if not isinstance(node[key], dict | list) or _ == depth - 1:
            node[key] = draw(st.sampled_from(NASTY_JSON))
            break
        node = node[key]
    damage.files[path] = json.dumps(content).encode()


def _json_deep(draw: st.DrawFn, damage: Damage) -> None:
    """A JSON file, or a value in the descriptor, is nested deeply."""
    depth = draw(st.sampled_from([50, 400, 900, 980, 1200, 100_000]))
    opening, closing = draw(st.sampled_from([(b"[", b"]"), (b'{"a":', b"}")]))
    deep = opening * depth + b"1" + closing * depth
    if draw(st.booleans()):
        damage.files[_path(draw, damage, ".json")] = deep
    else:
        key = draw(st.sampled_from([b"version", b"name", b"broadsheet", b"resources", b"sources", b"title"]))
        raw = damage.files["datapackage.json"]
        damage.files["datapackage.json"] = b'{"%s": %s, "x": ' % (key, deep) + raw.lstrip()[:0] + b"1," + raw[1:]


def _json_large(draw: st.DrawFn, damage: Damage) -> None:
    """The descriptor has a huge number, a long text or many members."""
    huge = draw(
        st.sampled_from([b"9" * 5000, b'"' + b"a" * 1_000_000 + b'"', b"[" + b"0," * 200_000 + b"0]", b"1e99999"])
    )
    raw = damage.files["datapackage.json"]
    key = draw(st.sampled_from([b"version", b"name", b"extra", b"created", b"id"]))
    damage.files["datapackage.json"] = b'{"%s": %s,' % (key, huge) + raw[1:]


def _csv_cell(draw: st.DrawFn, damage: Damage) -> None:
    """A cell is replaced by something odd, quoted or not."""
    path = _path(draw, damage, ".csv")
    lines = damage.files[path].split(b"\n")
    place = draw(st.integers(0, len(lines) - 1))
    cells = lines[place].split(b",")
    cell = draw(st.sampled_from(NASTY_TEXT)).encode("utf-8", "surrogatepass")
    if draw(st.booleans()):
        cell = b'"' + cell.replace(b'"', b'""') + b'"'
    cells[draw(st.integers(0, len(cells) - 1))] = cell
    lines[place] = b",".join(cells)
    damage.files[path] = b"\n".join(lines)


def _csv_shape(draw: st.DrawFn, damage: Damage) -> None:
    """A quote is never closed, a line has a million cells, lines are empty, rows come thousands of times."""
    path = _path(draw, damage, ".csv")
    raw = damage.files[path]
    head, _, rest = raw.partition(b"\n")
    damage.files[path] = draw(
        st.sampled_from(
            [
                raw + b'"' + b"a" * 100_000,
                head + b"\n" + b"," * 500_000 + b"\n" + rest,
                head + b"," * 200_000 + b"\n" + rest,
                raw + b"\n" * 150_000,
                raw + rest * 200,
                head + b"\n",
                rest,
                b"\xef\xbb\xbf" + raw,
                raw.replace(b"\n", b"\r\n"),
                raw.replace(b"\n", b"\r"),
                b"\x00" * 10_000,
                raw.decode("latin-1").encode("utf-16"),
                head + b"\n" + b'"' * 99_999 + b"\n",
                b",".join([head] * 500) + b"\n" + rest,
            ]
        )
    )


def _parquet(draw: st.DrawFn, damage: Damage) -> None:
    """The Parquet file is another one: bombs, other types, other codecs, strange values."""
    name = draw(st.sampled_from(TABLES))
    path = f"data/{name}.parquet"
    how = draw(st.sampled_from(sorted(PARQUETS)))
    number = draw(st.integers(0, 99))
    out = pa.BufferOutputStream()
    with contextlib.suppress(pa.ArrowException, OSError, KeyError, ValueError):
        table = pq.read_table(io.BytesIO(damage.files[path]))
        other, options = PARQUETS[how](table, number % table.num_columns)
        pq.write_table(other, out, **options)
        damage.files[path] = bytes(out.getvalue())
        if how == "bomb":
            damage.files[f"data/{name}.csv"] += b"\n" * 3000


Options = dict[str, Any]


def _column(table: pa.Table, place: int, cells: pa.Array) -> tuple[pa.Table, Options]:
    return table.set_column(place, table.schema.field(place).with_type(cells.type), cells), {}


def _bomb(table: pa.Table, place: int) -> tuple[pa.Table, Options]:
    """One text of a megabyte in thousands of rows is packed once."""
    codes = pa.array([0] * 3000, pa.int32())
    cells = pa.DictionaryArray.from_arrays(codes, pa.array(["x" * 1_000_000]))
    return pa.table(dict.fromkeys(table.column_names[: place + 1], cells)), {}


def _days(table: pa.Table, place: int) -> tuple[pa.Table, Options]:
    """Days that no calendar has."""
    places = [number for number, f in enumerate(table.schema) if pa.types.is_date(f.type)]
    day = (-(2**31), 2**31 - 1, 10**7, -(10**6))[place % 4]
    return _column(table, places[place % len(places)] if places else place, _int32(table, day).view(pa.date32()))


def _int32(table: pa.Table, value: int) -> pa.Array:
    return pa.array([value] * table.num_rows, pa.int32())


def _not_utf8(table: pa.Table, place: int) -> tuple[pa.Table, Options]:
    raw = pa.array([b"\xff\xfe\x00"] * table.num_rows, pa.binary())
    return _column(table, place, pa.Array.from_buffers(pa.string(), table.num_rows, raw.buffers()))


PARQUETS: dict[str, Callable[[pa.Table, int], tuple[pa.Table, Options]]] = {
    "bomb": _bomb,
    "many rows": lambda t, place: (pa.table({t.column_names[place]: pa.nulls(3_000_000, pa.string())}), {}),
    "zstd": lambda t, _: (t, {"compression": "zstd"}),
    "gzip": lambda t, _: (t, {"compression": "gzip"}),
    "nulls": lambda t, place: _column(t, place, pa.nulls(t.num_rows, t.schema.field(place).type)),
    "nested": lambda t, place: _column(t, place, pa.array([[{"a": [1]}]] * t.num_rows)),
    "not UTF-8": _not_utf8,
    "days": _days,
    "long name": lambda t, _: (t.append_column("x" * 100_000, pa.nulls(t.num_rows)), {}),
    "many columns": lambda t, _: (pa.table({f"c{n}": pa.nulls(1) for n in range(3000)}), {}),
    "row groups": lambda t, _: (t, {"row_group_size": 1}),
    "other pages": lambda t, _: (t, {"data_page_version": "2.0", "use_dictionary": False}),
}
"""Name to how a Parquet file becomes another one."""


def _special(draw: st.DrawFn, damage: Damage) -> None:
    """A file is a link to somewhere outside, a pipe, a folder, or is gone; or the folder of it is a link."""
    how = draw(st.sampled_from(["link", "pipe", "folder", "gone", "loop", "linked folder"]))
    path = _path(draw, damage)
    damage.special[path.partition("/")[0] if how == "linked folder" and "/" in path else path] = how


def _swap(draw: st.DrawFn, damage: Damage) -> None:
    """Two files have each other's content."""
    one, other = _path(draw, damage), _path(draw, damage)
    damage.files[one], damage.files[other] = damage.files[other], damage.files[one]


WAYS: dict[str, Callable[[st.DrawFn, Damage], None]] = {
    "bytes": _bytes,
    "cut": _cut,
    "json value": _json_value,
    "json deep": _json_deep,
    "json large": _json_large,
    "csv cell": _csv_cell,
    "csv shape": _csv_shape,
    "parquet": _parquet,
    "special": _special,
    "swap": _swap,
}
"""What can be done to a package."""


def write(damage: Damage, folder: Path, outside: Path) -> None:
    """Writes the package; links lead to ``outside``, which must never be opened."""
    for path, content in damage.files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        (outside / path).parent.mkdir(parents=True, exist_ok=True)
        (outside / path).write_bytes(content)
    for path, how in sorted(damage.special.items()):
        place = folder / path
        if not place.exists() and not place.is_symlink():
            continue
        if place.is_dir() and not place.is_symlink():
            place.rename(outside.parent / f"moved-{path}")
        elif not place.parent.is_symlink():
            place.unlink()
        if place.exists() or place.parent.is_symlink():
            continue
        match how:
            case "link" | "linked folder":
                place.symlink_to(outside / path)
            case "pipe":
                os.mkfifo(place)
            case "folder":
                place.mkdir()
            case "loop":
                place.symlink_to(place.name)


_watched: list[tuple[Path, list[str]]] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched:
        return
    forbidden, seen = _watched[-1]
    if event == "open" and isinstance(arguments[0], str | bytes):
        path, mode = os.fsdecode(arguments[0]), arguments[1] or ""
        if path.startswith(str(forbidden)) or ("package" in path and any(letter in str(mode) for letter in "wax+")):
            seen.append(f"{event} {path} {mode}")
    elif event.startswith(("socket.", "urllib.", "subprocess.", "os.system", "os.exec", "os.remove", "os.rename")):
        seen.append(f"{event} {arguments}"[:200])


sys.addaudithook(_hook)


@contextlib.contextmanager
def watching(forbidden: Path) -> Iterator[list[str]]:
    """What the interpreter does meanwhile that validation must not: files outside, writing, the network."""
    seen: list[str] = []
    _watched.append((forbidden, seen))
    try:
        yield seen
    finally:
        _watched.pop()


def state(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Everything in a folder: what it is, how large, when it was changed."""
    found = {}
    for place in sorted(folder.rglob("*")):
        status = place.lstat()
        found[str(place.relative_to(folder))] = (status.st_mode, status.st_size, status.st_mtime_ns)
    return found


def judge(folder: Path, outside: Path, sources: list[Any]) -> tuple[str, float]:
    """Validates, and asserts that it ends as it must: with a report or a clear error, and nothing touched.

    Returns:
        ``valid``, ``invalid`` or ``refused``, and the seconds of processor time that it took.
    """
    before = state(folder)
    begin = time.process_time()
    with watching(outside) as seen:
        try:
            report = validate_package(folder, sources)
        except InputError as error:
            verdict, said = "refused", str(error)
        else:
            verdict = "valid" if report.valid else "invalid"
            said = json.dumps(report.to_dict()) + report.render(80)
            junit(report).encode()
            page(report, str(folder)).encode()
    seconds = time.process_time() - begin
    assert seen == [], seen
    assert state(folder) == before
    assert said
    assert len(said) < 20_000_000
    return verdict, seconds
