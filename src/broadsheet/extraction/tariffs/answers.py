"""Measures that answer an act of their target: what the words of one say holds for others of the two countries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.extraction.tariffs.drafts import Draft

_EASING = frozenset({"lower", "remove"})
"""Actions that are no answer in kind."""


def with_answers(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts; one answers its target if its own words say so, or if at least half of the measures against it do."""
    votes: dict[tuple[str, str | None], dict[int, bool]] = defaultdict(dict)
    for draft in drafts:
        if draft.mention.action not in _EASING:
            votes[_sides(draft)][draft.mention.anchor.i] = draft.mention.retaliation
    out = []
    for draft in drafts:
        given = votes.get(_sides(draft), {}).values()
        if draft.target is not None and given and not draft.mention.is_called_answer:
            agreed = 2 * sum(given) >= len(given)
            source = draft.answer_from if agreed == draft.mention.retaliation else "agreed"
            draft = replace(draft, mention=replace(draft.mention, retaliation=agreed), answer_from=source)
        out.append(draft)
    return out


def _sides(draft: Draft) -> tuple[str, str | None]:
    return draft.imposer.code, draft.target_code
