"""A small transformer that gives every token a vector for its meaning in context, the same on every processor."""

from broadsheet.analysis.encoder.affine import GRID, Affine, array
from broadsheet.analysis.encoder.encode import encode, parts

__all__ = ["GRID", "Affine", "array", "encode", "parts"]
