"""What coordinated measures of a sentence share: whose they are, on whose goods, and what they answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.whose import ACCEPTING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.tariffs.parties import Party
    from broadsheet.extraction.tariffs.tellings import Telling

_BEFOREHAND = frozenset({"after", "since", "because", "when", "as", "following", "once"})


def shared(parties: Iterable[Party]) -> list[Party]:
    """The parties of a measure as those of one that is coordinated with it."""
    return [replace(p, role="coordinated") for p in parties]


class Sharer:
    """Shares among the tellings of the sentences of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens

    def in_passing(self, telling: Telling) -> bool:
        """Whether a clause of time or reason tells it (after Peru imposed)."""
        for above in self.document.ancestors(self.tokens[telling.place]):
            if above.dep == "pcomp":
                return True
            if above.dep == "advcl":
                marks = self.document.children(above, "mark", "advmod", "prep")
                return any(m.lower in _BEFOREHAND for m in marks if m.i < above.i)
        return False

    def share(self, tellings: list[Telling]) -> None:
        """Gives coordinated measures what is said of one of them: whose they are, and whose goods."""
        for a, b in pairwise(tellings):
            if b.retaliation is not None and a.retaliation is None and self._done_together(a, b):
                a.retaliation, a.provoked_by = b.retaliation, b.provoked_by
            if not self._coordinated(a, b):
                continue
            token = self.document.token_at(a.action_span.start)
            if token is not None and token.lemma in ACCEPTING and a.action_span == b.action_span:
                # "agreed to a 20 percent American tariff and a 40 percent levy"
                b.imposers, b.targets, b.status = shared(a.imposers), shared(a.targets), a.status
                b.note(status=a.rules["status"])
            if a.imposers and not b.imposers:
                b.imposers, b.unnamed_imposer = shared(a.imposers), False
            elif b.imposers and not a.imposers and not a.unnamed_imposer:
                a.imposers = shared(b.imposers)
            if not a.targets and not a.everyone and a.groups and a.action == b.action:
                mine = [o for g in a.groups for i in g.items for o in i.origins]
                theirs = {o.code: o for g in b.groups for i in g.items for o in i.origins}
                if not mine and len(theirs) == 1:
                    a.targets = shared(theirs.values())

    def _done_together(self, a: Telling, b: Telling) -> bool:
        """Whether one subject does both by coordinated verbs, behind which stands what they answer."""
        if a.standing or b.standing or b.retaliation is None or b.retaliation.start < b.action_span.end:
            return False
        first = self.document.token_at(a.action_span.start)
        second = self.document.token_at(b.action_span.start)
        if first is None or second is None or self.document.child(second, "nsubj", "nsubjpass") is not None:
            return False
        over = [first, *self.document.ancestors(first)][:3]
        return second.dep == "conj" and any(second.head == t.i for t in over)

    def _coordinated(self, a: Telling, b: Telling) -> bool:
        """Whether the noun of ``b`` is coordinated with that of ``a``, or depends on the same verb."""
        if a.standing != b.standing:
            return False
        if a.action_span == b.action_span:
            return True
        token = self.tokens[b.place]
        for _ in range(4):
            if token.dep != "conj":
                return False
            token = self.document.head(token)
            if token.i == a.place:
                return True
        return False
