"""Stores the actors of a corpus in files, so that a part loads only the actors that it names.

Each column is a file of concatenated texts and a file of their offsets, both memory-mapped. Parallel processes share
them, and the operating system can drop unused pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.partitions.keys import digests
from broadsheet.tables.arrow import arrow_schema

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    import pyarrow as pa

_KEY = "actor_id"


class ActorsWriter:
    """Writes the actors bucket by bucket; after :meth:`close`, :func:`open_actors` can read them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._files: dict[str, tuple[BinaryIO, BinaryIO, BinaryIO]] = {
            name: tuple((folder / f"{name}.{kind}").open("wb") for kind in ("text", "length", "given"))  # type: ignore[misc]
            for name in arrow_schema("actors").names
        }
        self._digests: list[Any] = []

    def add(self, actors: pa.Table) -> None:
        """Adds actors. An actor with a null key cannot be found."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        if not actors.num_rows:
            return
        self._digests.append(digests(key or "" for key in actors.column(_KEY).to_pylist()))
        for name, (text, length, given) in self._files.items():
            cells = pa.concat_arrays(actors.column(name).cast(pa.large_string()).chunks)
            given.write(cells.is_valid().to_numpy(zero_copy_only=False).tobytes())
            filled = cells.fill_null("")
            length.write(pc.binary_length(filled).to_numpy(zero_copy_only=False).astype(np.int64).tobytes())
            text.write("".join(filled.to_pylist()).encode("utf-8"))

    def close(self) -> None:
        """Writes the index that finds an actor by its key."""
        import numpy as np

        for files in self._files.values():
            for file in files:
                file.close()
        for name in self._files:
            lengths = np.fromfile(self._folder / f"{name}.length", np.int64)
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64).tofile(self._folder / f"{name}.offset")
        numbers = np.concatenate([np.zeros(0, np.uint64), *self._digests])
        order = np.argsort(numbers, kind="stable")
        np.save(self._folder / "places.npy", order.astype(np.int64))
        np.save(self._folder / "digests.npy", numbers[order])


@dataclass(frozen=True, slots=True)
class Actors:
    """All actors of a package.

    Attributes:
        columns: Maps each column to its texts and a mask of the cells that are not null.
        digests: Sorted digests of the keys.
        places: Index of the actor of each digest.
    """

    columns: dict[str, tuple[Any, Any]]
    digests: Any
    places: Any

    def __len__(self) -> int:
        return len(self.digests)

    def find(self, keys: pa.Array) -> Any:
        """Returns the index of the actor of each key (the first if a key is duplicated); -1 if there is none."""
        import numpy as np

        asked = keys.to_pylist()
        if not len(self) or not asked:
            return np.full(len(asked), -1, np.int64)
        wanted = digests(key or "" for key in asked)
        found = np.searchsorted(self.digests, wanted)
        near = np.minimum(found, len(self) - 1)
        known = (self.digests[near] == wanted) & np.array([key is not None for key in asked])
        return np.where(known, self.places[near], -1)

    def take(self, places: Any) -> pa.Table:
        """Returns the rows of the actors at these indexes."""
        import pyarrow as pa
        import pyarrow.compute as pc

        fields = [field.with_nullable(True) for field in arrow_schema("actors")]
        arrays = []
        for field in fields:
            texts, given = self.columns[field.name]
            cells = pc.if_else(pa.array(given[places]), texts.take(pa.array(places)), None)
            arrays.append(cells.cast(field.type))
        return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


@cache
def open_actors(folder: Path) -> Actors:
    """Opens the actors that were written into a folder."""
    import numpy as np
    import pyarrow as pa

    places = np.load(folder / "places.npy", mmap_mode="r")

    def mapped(name: str, kind: type) -> Any:
        path = folder / name
        return np.memmap(path, kind, "r") if path.stat().st_size else np.zeros(0, kind)

    columns = {}
    for name in arrow_schema("actors").names:
        buffers = [
            None,
            pa.py_buffer(mapped(f"{name}.offset", np.int64)),
            pa.py_buffer(mapped(f"{name}.text", np.uint8)),
        ]
        texts = pa.Array.from_buffers(pa.large_string(), len(places), buffers)
        columns[name] = texts, mapped(f"{name}.given", np.bool_)
    return Actors(columns, np.load(folder / "digests.npy", mmap_mode="r"), places)
