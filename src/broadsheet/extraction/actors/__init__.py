"""Actors of an article, resolved over the whole of it: persons, organizations, groups and states.

Names are found by their capitals, by what is next to them and by the reference tables; the model's labels only vote.
All mentions of one form vote together on its kind, so that a wrong label of one mention is outvoted. Then come the
offices that the persons hold, and the pronouns and descriptions that refer to a named person or body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.extraction.actors.resolve import resolve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.entity_index import FoundActors


__all__ = ["find_actors"]


def find_actors(document: Document, vectors: NDArray[Any] | None = None) -> FoundActors:
    """The actors of an article with their mentions and roles. Pure: the same document gives the same rows.

    Args:
        document: The document.
        vectors: The encoder's vectors of its tokens; they are computed if not given.
    """
    return resolve(document, vectors)
