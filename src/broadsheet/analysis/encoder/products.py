"""Exact products of matrices of small whole numbers, by the 8-bit kernels of ONNX Runtime.

Activations are bytes, one of which means 0, and weights are whole numbers from -63 to 63. No kernel can overflow
with these: the sum of two products that some processors hold in 16 bits is at most 2 * 255 * 63 = 32,130, and sums are
held in 32 bits. So every processor gives the same whole numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


_IR_VERSION, _OPSET = 8, 13
_UINT8, _INT8, _INT32 = 2, 3, 6
"""Numbers of types in ONNX."""


class Product:
    """Multiplies rows of whole numbers by fixed weights.

    Args:
        weights: Whole numbers from -63 to 63, a row for each input and a column for each output.
        zero: The byte for 0 in the rows.
    """

    def __init__(self, weights: NDArray[np.int8], zero: int = 128) -> None:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = InferenceSession(model(weights, zero), options, providers=["CPUExecutionProvider"])

    def __call__(self, rows: NDArray[np.uint8]) -> NDArray[np.int32]:
        """The products of the rows, a row each."""
        found: NDArray[np.int32] = self._session.run(None, {"rows": rows})[0]
        return found


def model(weights: NDArray[np.int8], zero: int) -> bytes:
    """An ONNX model of one operation, ``MatMulInteger``, with its weights (https://onnx.ai, ``onnx.proto``)."""
    inputs, outputs = weights.shape
    node = b"".join(
        [_text(1, "rows"), _text(1, "weights"), _text(1, "zero"), _text(2, "sums"), _text(4, "MatMulInteger")]
    )
    graph = [
        _message(1, node),
        _text(2, "product"),
        _message(5, _tensor("weights", _INT8, weights.shape, np.ascontiguousarray(weights).tobytes())),
        _message(5, _tensor("zero", _UINT8, (), bytes([zero]))),
        _message(11, _value("rows", _UINT8, inputs)),
        _message(12, _value("sums", _INT32, outputs)),
    ]
    return b"".join(
        [_number(1, _IR_VERSION), _message(7, b"".join(graph)), _message(8, _text(1, "") + _number(2, _OPSET))]
    )


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _text(field: int, content: str) -> bytes:
    return _message(field, content.encode())


def _tensor(name: str, kind: int, shape: tuple[int, ...], content: bytes) -> bytes:
    dimensions = b"".join(_number(1, size) for size in shape)
    return b"".join([dimensions, _number(2, kind), _text(8, name), _message(9, content)])


def _value(name: str, kind: int, width: int) -> bytes:
    """A matrix of any number of rows."""
    shape = _message(1, _text(2, "rows")) + _message(1, _number(1, width))
    return _text(1, name) + _message(2, _message(1, _number(1, kind) + _message(2, shape)))
