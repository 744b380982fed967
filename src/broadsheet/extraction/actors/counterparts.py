"""Holders of an office named as somebody's counterpart: *Peru's minister and her Chilean counterpart, Ada Lund*."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.found import rule
from broadsheet.reference.geography import EUROPEAN_UNION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.extraction.actors.findings import Findings
    from broadsheet.extraction.actors.roles import RoleDraft

_COUNTERPARTS = frozenset({"counterpart", "opposite"})
_OFFICES = frozenset({"state", "government", "diplomatic", "military"})
_FARTHEST_OWNER = 6
_REACH = 2
"""Sentences before in which the office of a counterpart may be told."""


def counterparts(found: Findings, named_at: Mapping[int, str]) -> list[RoleDraft]:
    """The offices of named counterparts, each with the title of whom it is a counterpart.

    Who is called a counterpart twice has one office all the same.
    """
    out: list[RoleDraft] = []
    for noun, person in _named(found):
        office = None if any(d.person == person for d in out) else _office(found, noun, person, named_at)
        if office is None:
            continue
        out.append(
            replace(
                office,
                person=person,
                tenure="current",
                body=None,
                body_at=None,
                country_code=None,
                country_at=None,
                owner=None,
                rules={
                    "actor_id": rule("actor_roles.holder.counterpart", noun=found.page.tokens[noun].span),
                    "tenure": rule("actor_roles.tenure.counterpart"),
                },
            )
        )
    return out


def _named(found: Findings) -> Iterator[tuple[int, str]]:
    """Tokens of the noun and whom the name behind it names."""
    tokens = found.page.tokens
    starts = {n.first: n.bearer for n in found.namings if n.bearer in found.people and n.form == "name"}
    for token in tokens:
        if token.lower not in _COUNTERPARTS:
            continue
        i = token.i + 1
        if token.lower == "opposite" and i < len(tokens) and tokens[i].lower == "number":
            i += 1
        if i < len(tokens) and tokens[i].text == ",":
            i += 1
        if i in starts and tokens[i].sentence == token.sentence:
            yield token.i, starts[i]


def _office(found: Findings, noun: int, person: str, named_at: Mapping[int, str]) -> RoleDraft | None:
    """The office of whom the genitive before the noun tells, or of the one told last before it."""
    tokens = found.page.tokens
    owner = next(
        (
            named_at[i]
            for i in range(noun - 1, max(-1, noun - _FARTHEST_OWNER), -1)
            if named_at.get(i) in found.people and tokens[i].sentence == tokens[noun].sentence
        ),
        None,
    )
    held = [
        d
        for d in found.drafts
        if d.person != person
        and d.title.office.sphere in _OFFICES
        and d.country_code != EUROPEAN_UNION
        and "commissioner" not in d.title.office.office
    ]
    if any(d.person == person for d in found.drafts):
        return None
    of_owner = [d for d in held if d.person == owner]
    if of_owner:
        return of_owner[0]
    near = [d for d in held if d.first < noun and tokens[noun].sentence - tokens[d.first].sentence <= _REACH]
    return max(near, key=lambda d: d.first) if near and owner is None else None
