"""The bodies of offices beside which none is named: by a description, or by what the text before speaks of."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.found import rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from broadsheet.extraction.actors.mentions import Naming
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.roles import RoleDraft

_OF_FIRMS = frozenset(
    {"ceo", "cfo", "coo", "chairman", "chairwoman", "chief executive", "chief executive officer", "finance director"}
    | {"chief financial officer", "chief operating officer", "executive chairman", "finance chief", "managing director"}
)
"""Offices that are of the firm that the article speaks of where it names none beside them."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "poss"})
_FARTHEST = 5
_OFTEN = 3
"""Mentions that the body of which an article speaks the most must have to be the one meant."""
_MOST = 12
"""How many bodies before an office, in its paragraph, are looked at."""


class Employers:
    """Looks for the bodies of offices on one page.

    Args:
        page: The page.
        namings: Every mention, descriptions and pronouns among them.
        private: Keys of the bodies that are no state's.
        bodies: Keys of all bodies.
    """

    def __init__(
        self, page: Page, namings: Iterable[Naming], private: Collection[str], bodies: Collection[str]
    ) -> None:
        self.tokens = page.tokens
        self.described: dict[int, Naming] = {}
        self.near: dict[int, list[Naming]] = {}
        counts: Counter[str] = Counter()
        self.first: dict[str, Naming] = {}
        for naming in sorted(namings, key=lambda n: n.first):
            if naming.form == "description" and naming.bearer in bodies:
                self.described[naming.last - 1] = naming
            if naming.bearer in private:
                counts[naming.bearer] += 1
                self.first.setdefault(naming.bearer, naming)
                self.near.setdefault(self.tokens[naming.first].paragraph, []).append(naming)

        ranked = counts.most_common(2)
        most = ranked[0] if ranked else ("", 0)
        second = ranked[1][1] if len(ranked) > 1 else 0
        self.foremost = most[0] if most[1] >= _OFTEN and most[1] >= 2 * second else None

    def completed(self, draft: RoleDraft) -> RoleDraft:
        """An office with its body, where no body, country or person is named beside it.

        *The group's researcher* · *chairman of the company* · *Fortuna shut its mill. Chief executive Ada Lund said*.
        """
        if draft.body is not None or draft.country_code is not None or draft.owner is not None:
            return draft
        naming, how = self.described.get(self._place(draft)), "described"
        if naming is None and draft.title.office.office in _OF_FIRMS:
            naming, how = self._subject_before(draft)
        if naming is None:
            return draft
        said = Span(self.tokens[naming.first].start, self.tokens[naming.last - 1].end)
        rules = {**draft.rules, "organization_id": rule(f"actor_roles.body.{how}", body=said)}
        return replace(draft, body=naming.bearer, body_at=naming.last - 1, rules=rules)

    def _place(self, draft: RoleDraft) -> int:
        """Where a description of the body of an office ends: before a genitive, or behind *of the*."""
        tokens = self.tokens
        i = draft.first - 1
        while i > 0 and draft.first - i < _FARTHEST and tokens[i].pos in ("ADJ", "NOUN", "NUM", "PROPN"):
            i -= 1
        if i > 0 and tokens[i].lower in ("'s", "’s"):
            return i - 1
        if draft.last + 2 >= len(tokens) or tokens[draft.last].lower not in ("of", "at", "for"):
            return -1
        return draft.last + (2 if tokens[draft.last + 1].lower in ("the", "this") else 1)

    def _subject_before(self, draft: RoleDraft) -> tuple[Naming | None, str]:
        """The private body that was the subject last, in the paragraph of an office, if no other is named since.

        Where the paragraph names none, it is the one of which the article speaks by far the most.
        """
        paragraph = self.tokens[draft.first].paragraph
        named = self.near.get(paragraph, [])
        stop = bisect_left(named, draft.first, key=lambda n: n.first)
        near = named[max(0, stop - _MOST) : stop]
        if not near and self.foremost is not None and self.first[self.foremost].first < draft.first:
            return self.first[self.foremost], "foremost"
        subjects = [n for n in near if any(self.tokens[i].dep in _SUBJECTS for i in range(n.first, n.last))]
        if not subjects or any(n.bearer != subjects[-1].bearer for n in near if n.first > subjects[-1].first):
            return None, ""
        return subjects[-1], "subject"
