"""Decides for which body a person holds an office: one that is named near the title, or none."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.found import rule
from broadsheet.extraction.models import MODELS, Decision
from broadsheet.reference.organizations import head_of, known_organizations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.extraction.actors.findings import Findings
    from broadsheet.extraction.actors.mentions import Naming
    from broadsheet.extraction.actors.roles import RoleDraft

_BACK = 5
"""How many different bodies named before a title are considered."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "poss"})
_GAPS = ((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (16, "9-16"))
_MOST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Held:
    """An office in a decision: its holder, and the title as printed."""

    person: str
    title: str


class Employers:
    """Finds the bodies of the offices of one page."""

    def __init__(self, found: Findings) -> None:
        self.found = found
        self.tokens = found.page.tokens
        self.namings = sorted((n for n in found.namings if n.bearer in found.bodies), key=lambda n: n.first)
        self.counts = Counter(n.bearer for n in self.namings)
        self.most = next(iter(dict(self.counts.most_common(1))), None)

    def completed(self, draft: RoleDraft) -> RoleDraft:
        """The office with its body, or without one."""
        near = self._candidates(draft)
        features = [[*self._features(draft, key, naming)] for key, naming in near.items()]
        held = Held(draft.person, self.found.page.text_of(draft.first, draft.last))
        options = (*near, None)
        none = [*self._of_none(draft, near)]
        vectors = [("body", self.found.page.vector_of([(naming.first, naming.last)])) for naming in near.values()]
        vectors.append(("title", self.found.page.vector_of([(draft.first, draft.last)])))
        body = options[MODELS.best(Decision("organization", held, options, (*features, none), vectors))]
        if body is None or body == draft.body:
            return replace(draft, body=body, body_at=draft.body_at if body is not None else None)
        naming = near[body]
        said = Span(self.tokens[naming.first].start, self.tokens[naming.last - 1].end)
        rules = {**draft.rules, "organization_id": rule("actor_roles.body.weighed", body=said)}
        return replace(draft, body=body, body_at=naming.last - 1, rules=rules)

    def _candidates(self, draft: RoleDraft) -> dict[str, Naming]:
        """The bodies named in the sentence of a title or before it, with their mention nearest to it."""
        sentence = self.found.page.document.sentences[self.tokens[draft.first].sentence]
        stop = bisect_left(self.namings, draft.first, key=lambda n: n.first)
        near: dict[str, Naming] = {}
        for naming in self.namings[stop:]:
            if naming.first >= sentence.last:
                break
            near.setdefault(naming.bearer, naming)
        earlier = 0
        for naming in reversed(self.namings[:stop]):
            known = near.get(naming.bearer)
            if known is None or draft.first - naming.last < known.first - draft.last:
                near[naming.bearer] = naming
            earlier += known is None
            if earlier >= _BACK:
                break
        if draft.body is not None and draft.body not in near:
            own = [n for n in self.namings if n.bearer == draft.body]
            if own:
                near[draft.body] = min(own, key=lambda n: abs(n.first - draft.first))
        return near

    def _features(self, draft: RoleDraft, key: str, naming: Naming) -> Iterator[str]:
        tokens, office = self.tokens, draft.title.office
        body = self.found.bodies[key]
        before = naming.last <= draft.first
        gap = draft.first - naming.last if before else naming.first - draft.last
        side = "before" if before else "behind" if naming.first >= draft.last else "inside"
        band = next((name for most, name in _GAPS if gap <= most), "far")
        same = tokens[naming.first].sentence == tokens[draft.first].sentence
        where = f"{side} {'sentence' if same else 'text'}"
        if key == draft.body:
            yield "beside the title"
            yield f"beside the title {office.sphere}"
        elif draft.body is not None:
            yield "another is beside the title"
        yield where
        yield f"{where} {band}"
        yield f"{where} {naming.form}"
        yield f"{where} {office.sphere}"
        yield f"{side} {office.office}"
        head = head_of(body.words[-1])
        sphere = known_organizations()[body.known].sphere if body.known else head.sphere if head else "none"
        yield f"{office.sphere} of {sphere}"
        yield f"{office.office} of {sphere}"
        yield f"{where} paragraphs {min(abs(tokens[naming.first].paragraph - tokens[draft.first].paragraph), 3)}"
        if key == self.most:
            yield f"named most {where}"
        if any(tokens[i].dep in _SUBJECTS for i in range(naming.first, naming.last)):
            yield f"subject {where}"
        if same and gap > 0:
            yield from self._between(draft, naming, side)
        employs = any(d.body == key and d.person != draft.person for d in self.found.drafts)
        yield f"employs others {employs}"
        if any(d.body == key and d.person == draft.person for d in self.found.drafts):
            yield "employs the holder"

    def _between(self, draft: RoleDraft, naming: Naming, side: str) -> Iterator[str]:
        """The words between a title and a body in its sentence."""
        first, last = (naming.last, draft.first) if side == "before" else (draft.last, naming.first)
        words = self.tokens[first:last]
        if len(words) <= _MOST_WORDS:
            yield f"{side} by {' '.join(t.lower for t in words)}"
        yield f"{side} first {words[0].lower}"
        yield f"{side} last {words[-1].lower}"
        yield f"{side} across verb {any(t.pos in ('VERB', 'AUX') for t in words)}"
        yield f"{side} across mark {any(t.text in (';', ':', '.', '”', '“', chr(34)) for t in words)}"
        people = {n.bearer for n in self.found.namings if n.bearer in self.found.people and first <= n.first < last}
        yield f"{side} across {'nobody' if not people else 'holder' if people == {draft.person} else 'other'}"

    def _of_none(self, draft: RoleDraft, near: dict[str, Naming]) -> Iterator[str]:
        office = draft.title.office
        yield "none"
        yield f"none {office.sphere}"
        yield f"none {office.office}"
        yield f"none beside {draft.body is not None}"
        yield f"none country {draft.country_code is not None} {office.sphere}"
        yield f"none owner {draft.owner is not None}"
        yield f"none of {min(len(near), 3)}"
        opening = self.tokens[draft.first - 1].lower if draft.first else ""
        yield f"none behind {opening}"
        yield f"none title {self.found.page.lower_of(draft.first, draft.last)}"
        yield f"none tenure {draft.tenure}"
