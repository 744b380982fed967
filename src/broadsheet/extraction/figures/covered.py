"""Finds the measure whose covered trade a sum is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.figures.cues import base, measures
from broadsheet.extraction.figures.reach import child_of, children, upwards

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token

_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl", "acl", "parataxis"})


def measure_over(document: Document, token: Token) -> Token | None:
    """The measure that applies to goods or a sum: tariffs on 5 billion dollars of imports, the imposition of them."""
    for head in upwards(document, token):
        if base(head) in measures():
            return head
        if token.dep == "prep" and token.lower in ("on", "against", "over", "for"):
            for child in children(document, head, "dobj", "nsubjpass", "prep"):
                child = (child_of(document, child, "pobj") or child) if child.lower == "of" else child
                if base(child) in measures():
                    return child
        if head.pos == "VERB" and head.dep in _CLAUSES:
            return None
        token = head
    return None
