"""The file of weights: whole numbers of 4 to 8 bits with a scale for each row."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from broadsheet.analysis.encoder.encode import LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from network import Encoder

OF_VOCABULARY, OF_LAYERS, OF_RELATIONS, OF_PLACES = 7, 15, 31, 127
"""The largest whole numbers of weights. With fewer for layers the loss rises; with more it stays the same."""


def whole(weights: np.ndarray[Any, Any], limit: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Rows of weights as whole numbers from -limit to limit, and the scale of each row."""
    scale = np.maximum(np.abs(weights).max(axis=1), 1e-9) / limit
    return np.rint(weights / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def narrow(weights: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Vectors of the vocabulary as whole numbers of 4 bits, and the scale of each."""
    return whole(weights, OF_VOCABULARY)


def exported(model: Encoder, names: list[str], paths: dict[str, int]) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays of the file of weights."""
    state = {name: value.float().numpy() for name, value in model.state_dict().items()}
    out: dict[str, np.ndarray[Any, Any]] = {"layers": np.array(len(model.L))}
    out["vocabulary"] = np.frombuffer("\n".join(names).encode(), np.uint8)
    out["paths"] = np.frombuffer("\n".join(sorted(paths, key=paths.__getitem__)).encode(), np.uint8)
    out["tok.weight"], out["tok.scale"] = narrow(state["tok.weight"])
    out["pos"], out["pos.scale"] = whole(state["pos.weight"][:LENGTH], OF_PLACES)
    for name, value in state.items():
        if name.startswith("L.") and name.split(".")[2] not in ("n1", "n2") and value.ndim == 2:
            weights, scale = whole(value, OF_LAYERS)
            out[name], out[f"{name.removesuffix('.weight')}.scale"] = np.ascontiguousarray(weights.T), scale
        elif name.startswith(("L.", "n.")):
            out[name] = value
        elif name.startswith("relations.") and value.ndim == 2:
            short = name.removeprefix("relations.")
            out[short], out[f"{short}.scale"] = whole(value, OF_RELATIONS)
        elif name.startswith(("heads.", "relations.")):
            out[name.partition(".")[2]] = value.astype(np.float16)
    return out


def write(arrays: dict[str, np.ndarray[Any, Any]], path: Path) -> None:
    """Writes arrays as an NPZ file whose bytes depend on nothing else.

    Whole numbers of few bits repeat no sequences; many of these arrays take less room by Huffman's code alone.
    """
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(arrays):
            content = io.BytesIO()
            np.lib.format.write_array(content, np.asanyarray(arrays[name]), allow_pickle=False)
            strategies = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY)
            best = min(strategies, key=lambda strategy: len(_deflate(content.getvalue(), strategy)))
            about = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            about.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(about, "w") as member:
                vars(member)["_compressor"] = _deflater(best)  # zipfile has no parameter for it
                member.write(content.getvalue())


def _deflater(strategy: int) -> Any:
    return zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, strategy)


def _deflate(content: bytes, strategy: int) -> bytes:
    deflater = _deflater(strategy)
    compressed: bytes = deflater.compress(content) + deflater.flush()
    return compressed


def load(model: Encoder, arrays: Mapping[str, np.ndarray[Any, Any]]) -> None:
    """Sets a model to the arrays of a file of weights."""
    state = model.state_dict()
    for name, value in state.items():
        if name == "tok.weight":
            continue  # never learned
        stored = name.partition(".")[2] if name.startswith(("heads.", "relations.")) else name
        if name.startswith("relations.") and stored not in arrays:
            continue  # a relation that the stored model does not have
        found = arrays["pos" if name == "pos.weight" else stored].astype(np.float32)
        scale = arrays.get(f"{stored}.scale", arrays.get(f"{stored.removesuffix('.weight')}.scale"))
        if scale is not None and found.ndim == 2:
            found = (found.T if name.startswith("L.") else found) * scale[:, None]
        value[: len(found)] = torch.from_numpy(found)
    model.load_state_dict(state)
