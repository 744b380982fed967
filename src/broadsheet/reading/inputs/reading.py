"""Reads one input: opens it, unpacks it, detects its format, and calls the reader of that format."""

from __future__ import annotations

import io
import os
import sys
import traceback
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, cast

from broadsheet.base.errors import DEFECTS, InputError
from broadsheet.base.safe_files import open_regular
from broadsheet.reading.inputs.expand import BombError, packing, unpacked
from broadsheet.reading.inputs.recode import recoded
from broadsheet.reading.inputs.results import STANDARD_INPUT, Found, Reject, Unit
from broadsheet.reading.inputs.sniff import sniff
from broadsheet.reading.inputs.source import HEAD, Source
from broadsheet.reading.sidecar import read_sidecar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from typing_extensions import Buffer

    from broadsheet.reading.inputs.options import InputOptions

    Reader = Callable[[Source], Iterator[Found | Reject]]

READERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "text": ("plain", "read"),
        "html": ("html", "read"),
        "jsonl": ("json_records", "read_lines"),
        "json": ("json_records", "read_document"),
        "ninjs": ("ninjs", "read"),
        "csv": ("delimited", "read_csv"),
        "tsv": ("delimited", "read_tsv"),
        "parquet": ("parquet", "read"),
        "newsml": ("newsml", "read"),
        "nitf": ("nitf", "read"),
        "warc": ("warc", "read"),
        "zip": ("archives", "read_zip"),
        "tar": ("archives", "read_tar"),
    }
)
"""Format to the module and function that read it; a reader's libraries are loaded when it is first used."""

_PACKINGS = 3
"""A file compressed this many times is refused."""
_PACKED_SUFFIXES = frozenset([".gz", ".zst", ".zstd", ".gzip"])
_ARCHIVES = frozenset(["zip", "tar"])
_BY_LINE = frozenset(["jsonl", "csv", "tsv"])
_MOST_REJECTS = 100_000
"""The most rejects that are reported for one file."""
_ALONE = ("title", "url")


def read_unit(unit: Unit, options: InputOptions) -> Iterator[Found | Reject]:
    """The articles of a file, and a reject for each part that cannot be read, in the order of the file.

    Memory is bounded by the size of one article. Reading continues after a reject where it can; a file without any
    article is one reject.

    Args:
        unit: The file.
        options: The user's options.
    """
    try:
        with opened(unit, options) as source:
            yield from _bounded(source, one_title(source, items(source, options.format)))
    except InputError as error:
        yield Reject.of(error)
    except Exception as error:
        # A bug in our code or in a library must not stop the other files.
        if os.environ.get(DEFECTS) == "raise":
            raise
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {PurePath(frame.filename).name}:{frame.lineno}"
        yield Reject(unit.name, f"cannot be read ({place})", "report it as a defect of broadsheet")


def items(source: Source, forced: str | None = None) -> Iterator[Found | Reject]:
    """The articles and rejects of an open input, at least one.

    Args:
        source: The input; it may be compressed.
        forced: The format given by the user.

    Raises:
        BombError: If the archive that the input is in unpacks to too much.
    """
    any_found = False
    try:
        source = unpack(source)
        kind = forced or sniff(source)
        if kind in _ARCHIVES:
            _refuse_nesting(source)
        if kind in _BY_LINE:
            source = replace(source, stream=recoded(source.stream, source.encoding))
        for item in reader(kind)(source):
            any_found = True
            yield item
    except BombError:
        raise
    except InputError as error:
        any_found = True
        yield Reject.of(error)
    if not any_found:
        yield Reject(source.place, "has no article in it", "check its content")


def _refuse_nesting(source: Source) -> None:
    if source.in_archive:
        raise InputError(source.place, "is an archive in an archive", "unpack it yourself")


def _bounded(source: Source, found: Iterator[Found | Reject]) -> Iterator[Found | Reject]:
    """The items, up to a number of rejects that bounds the memory for them."""
    n_rejects = 0
    for item in found:
        n_rejects += isinstance(item, Reject)
        if n_rejects > _MOST_REJECTS:
            problem = f"has over {_MOST_REJECTS:,} rejects; the rest is not read"
            yield Reject(source.place, problem, "check its content, or split it into smaller files")
            return
        yield item


def one_title(source: Source, found: Iterator[Found | Reject]) -> Iterator[Found | Reject]:
    """The items. If a title or an address is given, which belongs to one article, further articles become rejects."""
    alone = next((role for role in _ALONE if getattr(source.given, role)), None)
    n_articles = 0
    for item in found:
        n_articles += isinstance(item, Found)
        if alone and isinstance(item, Found) and n_articles > 1:
            yield Reject(item.place, f"{alone} is given, which belongs to one article", "leave it out")
        else:
            yield item


def reader(kind: str) -> Reader:
    """The function that reads a format."""
    module, function = READERS[kind]
    return cast("Reader", getattr(import_module(f"broadsheet.reading.inputs.{module}"), function))


def unpack(source: Source) -> Source:
    """The input, decompressed.

    Raises:
        InputError: If it is compressed too many times.
    """
    for _ in range(_PACKINGS):
        kind = packing(source.head())
        if kind is None:
            return source
        stem = PurePath(source.name)
        source = replace(
            source,
            stream=unpacked(cast("BinaryIO", source.stream), kind, source.place, source.limits),
            name=stem.with_suffix("").name if stem.suffix.lower() in _PACKED_SUFFIXES else source.name,
            path=None,
        )
    raise InputError(source.place, f"is packed over {_PACKINGS - 1} times", "unpack it yourself")


@contextmanager
def opened(unit: Unit, options: InputOptions) -> Iterator[Source]:
    """Opens a unit and its sidecar.

    Raises:
        InputError: If the file or its sidecar cannot be read.
    """
    given, encoding = options.metadata, options.encoding
    if unit.path is None:
        stream = io.BufferedReader(_Guarded(sys.stdin.buffer, unit.name), HEAD)
    else:
        sidecar = read_sidecar(unit.path)
        given, encoding = given.over(sidecar.metadata), encoding or sidecar.encoding
        stream = io.BufferedReader(_Guarded(_open(unit.path, unit.name), unit.name), HEAD)
    source = Source(
        place=unit.name,
        name=unit.path.name if unit.path else STANDARD_INPUT,
        stream=stream,
        limits=options.limits,
        given=given,
        encoding=encoding,
        columns=dict(options.columns),
        path=unit.path,
    )
    try:
        yield source
    finally:
        if unit.path is not None:
            stream.close()


def _open(path: Path, name: str) -> BinaryIO:
    try:
        return open_regular(path)
    except OSError as error:
        raise InputError(name, f"cannot be read ({_reason(error)})", "check your right to read it") from error


class _Guarded(io.RawIOBase):
    """A raw stream that raises failures to read (a disk, a network drive, a broken pipe) as :class:`InputError`."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: Buffer, /) -> int:
        target = memoryview(buffer).cast("B")
        try:
            data = self._stream.read(len(target)) or b""
        except OSError as error:
            raise InputError(
                self._name, f"cannot be read to its end ({_reason(error)})", "try again, or copy it"
            ) from error
        target[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed and self._stream is not sys.stdin.buffer:
            self._stream.close()
        super().close()


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
