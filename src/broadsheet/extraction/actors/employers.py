"""Decides for which body a person holds an office, by the encoder: one that is named near the title, or none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.holders import Holding, phrases_of
from broadsheet.extraction.actors.namings import nearest
from broadsheet.extraction.found import rule
from broadsheet.extraction.models import MODELS, Decision

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.extraction.actors.findings import Findings
    from broadsheet.extraction.actors.mentions import Naming
    from broadsheet.extraction.actors.roles import RoleDraft

_BACK = 5
"""How many different bodies named before a title are considered."""


class Employers:
    """Finds the bodies of the offices of one page."""

    def __init__(self, found: Findings) -> None:
        self.found, self.document = found, found.page.document
        self.namings = sorted((n for n in found.namings if n.bearer in found.bodies), key=lambda n: n.first)
        self.counts = Counter(n.bearer for n in self.namings)

    def completed(self, drafts: Sequence[RoleDraft]) -> Iterator[RoleDraft]:
        """The offices with their bodies, or without one."""
        asked = [self._asked(draft) for draft in drafts]
        phrases = [(held.place, held.sort, held.phrases) for held, _ in asked]
        of_each = self.found.page.links.each("rorg", phrases)
        for draft, (_, near), links in zip(drafts, asked, of_each, strict=True):
            best = max(links, key=lambda link: link.scores[0], default=None)
            if best is None or best.scores[0] <= 0:
                yield replace(draft, body=None)
                continue
            naming = near[str(best.phrase[0].group)]
            said = self.document.span(naming.first, naming.last)
            rules = {**draft.rules, "organization_id": rule("actor_roles.body.weighed", body=said)}
            yield replace(draft, body=naming.bearer, body_at=naming.last - 1, rules=rules)

    def _asked(self, draft: RoleDraft) -> tuple[Holding, Mapping[str, Naming]]:
        """An office with the bodies named near it."""
        sentence = self.document.sentence_of(self.document.tokens[draft.first])
        near = nearest(self.namings, sentence, draft.first, draft.last, _BACK)
        phrases = phrases_of(near.values(), "organization", self.counts)
        held = Holding(draft.person, self.document.text_of(draft.first, draft.last), draft.title.head, 0, phrases)
        MODELS.hear(Decision("organization", held, (*near, None)))
        return held, near
