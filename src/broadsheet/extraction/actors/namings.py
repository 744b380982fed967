"""Mentions by name, and those of states by their governments and administrations."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.gazetteer import reported_from
from broadsheet.extraction.actors.mentions import Naming
from broadsheet.extraction.actors.names import OF_A_LEADER
from broadsheet.extraction.actors.states import GOVERNMENT
from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.geography import EUROPEAN_UNION
from broadsheet.reference.names import words_of
from broadsheet.reference.organizations import known_organizations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.analysis.document import Sentence
    from broadsheet.extraction.actors.findings import Findings

_TABLES = {
    "country": ("country_names", ""),
    "demonym": ("demonyms", "adjective"),
    "people": ("demonyms", "people"),
    "seat": ("government_seats", "seat"),
    "capital": ("capitals", "capital"),
}
"""Kind of a known name of a state to its table, and how a name of that kind names a state."""
_SHORTER = 4
"""How many characters shorter than the fullest form a body's name must be to count as short for it."""


def namings_of(found: Findings) -> list[Naming]:
    """All mentions by name of persons, bodies and states, and of states by ``the government``; none overlap."""
    out = disjoint([*_people(found), *_bodies(found), *_states(found)])
    return disjoint([*out, *_governments(found, out)])


def _people(found: Findings) -> Iterable[Naming]:
    page = found.page
    for index, person in found.bearers.person_of.items():
        name = found.names[index]
        key = found.key_of(person)
        code = found.leaders[key].country_code if key in found.leaders else found.country_of(key)
        if page.word(name.last) in OF_A_LEADER and code is not None:
            found.states.add(code)
            leader = page.document.span(name.first, name.last)
            reason = rule("mentions.state.administration", noun=page.tokens[name.last].span, leader=leader)
            yield Naming(found.state_key(code), name.first, name.last + 1, "metonym", reason)
            continue
        words = words_of(found.text_of(name))
        full = words == person.words or (len(words) > 1 and words[0] == person.words[0])
        reason = _printed_rule(f"mentions.person.{found.bearers.linked[index]}", person.words)
        yield Naming(key, name.first, name.last, "name" if full else "alias", reason)


def _bodies(found: Findings) -> Iterable[Naming]:
    longest = {key: max(len(found.text_of(found.names[k])) for k in body.names) for key, body in found.bodies.items()}
    for index, body in found.bearers.body_of.items():
        name, linked = found.names[index], found.bearers.linked[index]
        key, printed = found.key_of(body), found.text_of(name)
        reason = _printed_rule(f"mentions.body.{linked}", body.words)
        if name.hit is not None and name.hit.kind == "organization" and linked == "full" and not name.hit.is_stranger:
            file = "known_organizations" if printed in known_organizations() else "organization_aliases"
            reason = rule("mentions.body.known", file=file, entry=printed, name=name.hit.key)
        short = len(printed) < longest[key] - _SHORTER
        yield Naming(key, name.first, name.last, "alias" if short else "name", reason)


@lru_cache(maxsize=256)
def _printed_rule(key: str, words: tuple[str, ...]) -> Rule:
    """A rule that all mentions by one part of a name share."""
    return rule(key, name=" ".join(words))


def _states(found: Findings) -> Iterable[Naming]:
    page = found.page
    for use in found.uses:
        if use.force == "people":
            continue
        file, how = _TABLES[use.hit.kind]
        force = f"mentions.force.{use.force.replace(' ', '_')}"
        reason = _state_rule(f"mentions.state.{how or use.form}", file, use.hit.key, force, use.country_code)
        noun = use.last + 1 if page.word(use.last) in ("'s", "’s") else use.last
        last, form = use.last, use.form
        if page.word(noun) in GOVERNMENT:
            last, form = noun + 1, "description"
            reason = rule("mentions.state.government", because=reason, noun=page.tokens[noun].span)
        yield Naming(found.state_key(use.country_code), use.first, last, form, reason)


@cache
def _state_rule(key: str, file: str, entry: str, force: str, code: str) -> Rule:
    """A rule that all mentions of a state by one name and with one force share."""
    return rule(key, file=file, entry=entry, because=Rule(force), code=code)


def _governments(found: Findings, namings: list[Naming]) -> Iterable[Naming]:
    """*The government* without a name: that of the state named with it, of the dateline or named last."""
    document = found.page.document
    states = {found.state_key(code) for code in found.states}
    at = {i: n.bearer for n in namings if n.bearer in states for i in range(n.first, n.last)}
    taken = {i for n in namings for i in range(n.first, n.last)}
    dateline = reported_from(found.page)
    home = found.state_key(dateline) if dateline is not None else None
    latest: str | None = None
    for token in document.tokens:
        latest = at.get(token.i, latest)
        if token.lower not in ("government", "regime") or token.i in taken or token.tag != "NN":
            continue
        below = [token, *(prep for prep in document.children(token, "prep") if prep.lower == "of")]
        bearer, how = next((at[c] for parent in below for c in parent.children if c in at), None), "owned"
        if bearer is None:
            definite = found.page.word(token.i - 1) in ("the", "central", "federal")
            if not definite or token.dep in ("compound", "nmod") or document.child(token, "prep", "poss") is not None:
                continue
            bearer, how = (home, "home") if home in at.values() else (latest, "latest")
        if bearer is not None:
            code = bearer[1:] if bearer.startswith("c") else EUROPEAN_UNION
            reason = rule(f"mentions.government.{how}", noun=token.span, code=code)
            yield Naming(bearer, token.i, token.i + 1, "description", reason)


def disjoint(namings: Iterable[Naming]) -> list[Naming]:
    """The namings without those that overlap a longer one, or an equal one before them, in reading order."""
    taken: set[int] = set()
    kept = []
    for naming in sorted(namings, key=lambda n: (n.first - n.last, n.first, n.bearer)):
        if not taken.intersection(range(naming.first, naming.last)):
            taken.update(range(naming.first, naming.last))
            kept.append(naming)
    return sorted(kept, key=lambda n: n.first)


def nearest(namings: Sequence[Naming], sentence: Sentence, first: int, last: int, back: int) -> dict[str, Naming]:
    """Who or what is named in a sentence or before it, each with the mention nearest to tokens ``first`` to ``last``.

    Of those that only earlier sentences name, as many as ``back`` are considered. The mentions are in reading order.
    """
    stop = bisect_left(namings, first, key=lambda n: n.first)
    near: dict[str, Naming] = {}
    for naming in namings[stop:]:
        if naming.first >= sentence.last:
            break
        near.setdefault(naming.bearer, naming)
    earlier = 0
    for naming in reversed(namings[:stop]):
        same = naming.first >= sentence.first
        if not same and earlier >= back:
            break
        known = near.get(naming.bearer)
        if known is None or (same and first - naming.last < known.first - last):
            near[naming.bearer] = naming
        earlier += known is None and not same
    return near
