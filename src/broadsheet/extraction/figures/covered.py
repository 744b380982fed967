"""Finds the measure whose covered trade a sum is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.figures.cues import DUTY
from broadsheet.extraction.figures.reach import child_of, children, upwards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.figures.cues import Cue

_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl", "acl", "parataxis"})
_MEASURES = frozenset({"sanction", "embargo", "countermeasure", "retaliatory measure"})


def measure_over(document: Document, token: Token, cues: Sequence[Cue]) -> Token | None:
    """The measure that applies to goods or a sum: tariffs on 5 billion dollars of imports, the imposition of them."""
    measures = {c.token for c in cues if c.kind == DUTY or c.phrase in _MEASURES}
    if not measures:
        return None
    for head in upwards(document, token):
        if head.i in measures:
            return head
        if token.dep == "prep" and token.lower in ("on", "against", "over", "for"):
            for child in children(document, head, "dobj", "nsubjpass", "prep"):
                child = (child_of(document, child, "pobj") or child) if child.lower == "of" else child
                if child.i in measures:
                    return child
        if head.pos == "VERB" and head.dep in _CLAUSES:
            return None
        token = head
    return None
