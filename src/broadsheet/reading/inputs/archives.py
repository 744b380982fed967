"""The members of ZIP and tar archives, each read as a file.

No member is written to disk, so a malicious name does no harm. The unpacked size of all members is bounded by the size
of the archive. An archive in an archive is not opened.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, cast

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import open_regular
from broadsheet.reading.inputs.expand import Budget
from broadsheet.reading.inputs.reading import items
from broadsheet.reading.inputs.results import Found, Reject
from broadsheet.reading.inputs.source import HEAD, Source
from broadsheet.reading.sidecar import LONGEST_SIDECAR, Sidecar, parse_sidecar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Buffer

_SIDECAR = ".toml"
_LONGEST_DIRECTORY = 64 << 20
"""Bytes, enough for some 600,000 members."""
_LONGEST_NAME = 1 << 16
_LONG_HEADERS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_WHOLE = "get the whole archive"


def read_zip(source: Source) -> Iterator[Found | Reject]:
    """The articles of a ZIP archive, in the order of its directory."""
    file = (
        _Directory(cast("io.BufferedReader", open_regular(source.path)).detach())
        if source.path is not None
        else (io.BytesIO(source.whole(source.limits.document_bytes)))
    )
    size = file.seek(0, io.SEEK_END)
    spend = Budget(source.place, source.limits, size).spend
    with file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise InputError(source.place, f"is not a readable ZIP archive ({error})", _WHOLE) from error
        with archive:
            yield from _zip_members(source, archive, spend)


def _zip_members(source: Source, archive: zipfile.ZipFile, spend: Callable[[int], None]) -> Iterator[Found | Reject]:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names or "META-INF/manifest.xml" in names or "mimetype" in names:
        raise InputError(source.place, "is an office document or an e-book, which is not supported", "save it as text")
    for member in archive.infolist():
        if member.is_dir() or not _is_input(member.filename):
            continue
        place = f"{source.place}:{member.filename}"
        try:
            sidecar = _zip_sidecar(archive, names, member.filename, place)
            stream: IO[bytes] = archive.open(member)
        except InputError as error:
            yield Reject.of(error)
        except RuntimeError:
            yield Reject(place, "is encrypted", "unpack it yourself")
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            yield Reject(place, f"cannot be unpacked ({error})", _WHOLE)
        else:
            with stream:
                yield from _member(source, place, member.filename, stream, spend, sidecar)


def read_tar(source: Source) -> Iterator[Found | Reject]:
    """The articles of a tar archive, in order. Sidecars in it are not read: they may come after their article."""
    # The stream bounds its own unpacked size.
    try:
        with tarfile.open(fileobj=source.stream, mode="r|", tarinfo=_Member) as archive:
            for member in archive:
                # tarfile would keep all members in memory.
                archive.members = []  # type: ignore[attr-defined]
                if member.issparse():
                    # The packed size does not bound the size of its holes.
                    yield Reject(f"{source.place}:{member.name}", "is a sparse file", "unpack it yourself")
                elif member.isreg() and _is_input(member.name) and (stream := archive.extractfile(member)) is not None:
                    yield from _member(
                        source, f"{source.place}:{member.name}", member.name, stream, _spend_nothing, None
                    )
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise InputError(source.place, f"is a damaged tar archive ({error})", _WHOLE) from error


def _member(
    source: Source, place: str, name: str, stream: IO[bytes], spend: Callable[[int], None], sidecar: Sidecar | None
) -> Iterator[Found | Reject]:
    sidecar = sidecar or Sidecar()
    member = replace(
        source,
        place=place,
        name=PurePosixPath(name).name,
        stream=io.BufferedReader(_Counted(stream, place, spend), HEAD),
        given=source.given.over(sidecar.metadata),
        encoding=source.encoding or sidecar.encoding,
        path=None,
        in_archive=True,
    )
    yield from items(member)


def _is_input(name: str) -> bool:
    """Whether to read a member: not a sidecar, a hidden file or one left by a file manager."""
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts) or "__MACOSX" in parts
    return not hidden and PurePosixPath(name).suffix.lower() != _SIDECAR


def _zip_sidecar(archive: zipfile.ZipFile, names: set[str], name: str, place: str) -> Sidecar | None:
    path = PurePosixPath(name)
    beside = str(path.with_suffix(_SIDECAR)) if path.name else ""
    if beside not in names:
        return None
    with archive.open(beside) as stream:
        data = stream.read(LONGEST_SIDECAR + 1)
    if len(data) > LONGEST_SIDECAR:
        raise InputError(place, "has a sidecar that is too long", "shorten it")
    return parse_sidecar(data, Path(place).with_suffix(_SIDECAR))


def _spend_nothing(_: int) -> None:
    """For streams that are already bounded."""


class _Directory(io.BufferedReader):
    """A ZIP archive's file whose directory is bounded: zipfile reads all of it into memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LONGEST_DIRECTORY:
            raise zipfile.BadZipFile(f"its directory is {size:,} bytes long, over the limit of {_LONGEST_DIRECTORY:,}")
        return super().read(size)


class _Counted(io.RawIOBase):
    """The stream of a member that counts its bytes and raises errors as :class:`InputError`."""

    def __init__(self, stream: IO[bytes], place: str, spend: Callable[[int], None]) -> None:
        self._stream = stream
        self._place = place
        self._spend = spend

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        target = memoryview(buffer).cast("B")
        try:
            data = self._stream.read(len(target))
        except InputError:
            raise
        # Each decompressor raises its own errors.
        except Exception as error:
            raise InputError(self._place, f"cannot be unpacked ({type(error).__name__})", _WHOLE) from error
        self._spend(len(data))
        target[: len(data)] = data
        return len(data)


class _Member(tarfile.TarInfo):
    """A member whose extended header is bounded: tarfile reads all of it into memory."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _LONG_HEADERS and self.size > _LONGEST_NAME:
            raise tarfile.ReadError("a header is too long")
        return super()._proc_member(archive)  # type: ignore[misc, no-any-return]
