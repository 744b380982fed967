"""Decides which persons, bodies and states found on a page are actors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.bodies import kind_of
from broadsheet.extraction.actors.context import context_features, count_band, head_sphere, printed_features
from broadsheet.extraction.actors.states import named_states
from broadsheet.extraction.models import MODELS, Decision
from broadsheet.reference import column
from broadsheet.reference.names import is_acronym
from broadsheet.reference.organizations import known_organizations, other_heads
from broadsheet.reference.people import given_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.extraction.actors.bodies import Body
    from broadsheet.extraction.actors.findings import Findings
    from broadsheet.extraction.actors.mentions import Naming

_MODIFIERS = frozenset({"amod", "compound", "nmod"})
LEAST = MappingProxyType({"person": -75, "body": -25, "country": 0})
"""The least score of an actor above that of none, in hundredths: a speaker or employer who is left out costs other
tables a cell, too. Chosen on used-up articles."""
_WHOLE_ARTICLE = 70
"""Tokens of the shortest text that is judged: the model learned from whole articles, and a note has less evidence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible actor: its key on the page, kind, printed forms, the longest first, and number of mentions."""

    key: str
    kind: str
    texts: tuple[str, ...]
    mentions: int


def drop_non_actors(found: Findings) -> None:
    """Removes the candidates that the model takes for something else, with their mentions and offices."""
    if len(found.page.tokens) < _WHOLE_ARTICLE:
        for code in {use.country_code for use in found.uses} - named_states(found.uses):
            found.drop(f"c{code}")
        return
    by_key = found.by_bearer()
    for key in [*found.people, *found.bodies, *sorted(k for k in by_key if k.startswith("c"))]:
        namings = by_key.get(key, [])
        if namings and not _is_actor(found, key, namings):
            found.drop(key)


def _is_actor(found: Findings, key: str, namings: list[Naming]) -> bool:
    features = set(candidate_features(found, key, namings))
    subject = candidate_of(found, key, namings)
    kind = subject.kind if subject.kind in ("country", "person") else "body"
    vectors = (kind, found.page.vectors_of([[(n.first, n.last) for n in namings]])[0]), None
    decision = Decision("actor", subject, ("actor", "other"), sets=(features, set()), vectors=vectors)
    return MODELS.scores(decision)[0] >= LEAST[kind]


def candidate_of(found: Findings, key: str, namings: list[Naming]) -> Candidate:
    """What a decision is about, for who learns from it."""
    named = [n for n in namings if n.form in ("name", "alias")] or namings
    texts = sorted({found.page.text_of(n.first, n.last) for n in named}, key=lambda t: (-len(t), t))
    return Candidate(key, _kind(found, key), tuple(texts), len(named))


def candidate_features(found: Findings, key: str, namings: list[Naming]) -> Iterator[str]:
    """What speaks for and against a candidate, from its names and where they are printed."""
    kind = _kind(found, key)
    yield f"kind={kind}"
    yield f"{kind} mentions={count_band(len(namings))}"
    tokens = found.page.tokens
    paragraphs = {tokens[n.first].paragraph for n in namings}
    yield f"{kind} paragraphs={count_band(len(paragraphs))}"
    yield f"{kind} first={'top' if min(paragraphs) < 2 else 'later'}"
    if min(paragraphs) == tokens[-1].paragraph:
        yield f"{kind} last paragraph"
    if 0 in paragraphs:
        yield f"{kind} title"
    for naming in namings:
        yield from (f"{kind} {feature}" for feature in context_features(found.page, naming.first, naming.last))
    if kind == "country":
        yield from _state_features(found, key)
    else:
        yield from _name_features(found, key, kind, namings)


def _kind(found: Findings, key: str) -> str:
    if key in found.people:
        return "person"
    return kind_of(found.bodies[key])[0] if key in found.bodies else "country"


def _state_features(found: Findings, key: str) -> Iterator[str]:
    forces = Counter(use.force for use in found.uses if use.country_code == key[1:])
    forms = Counter(use.form for use in found.uses if use.country_code == key[1:])
    for force, count in forces.items():
        yield f"force {force}={count_band(count)}"
    for form in forms:
        yield f"form {form}"
    if len(forces) == 1:
        yield f"only force {next(iter(forces))}"
    if len(forces) == len(forms) == 1:
        yield f"only {next(iter(forces))} {next(iter(forms))}"
    yield f"country {key}"
    yield f"states={count_band(len(found.states))}"


def _name_features(found: Findings, key: str, kind: str, namings: list[Naming]) -> Iterator[str]:
    bearer = found.people.get(key) or found.bodies[key]
    tokens = found.page.tokens
    texts = sorted({found.page.text_of(n.first, n.last) for n in namings})
    words = bearer.words
    yield f"{kind} words={min(len(words), 6)}"
    for word in words:
        yield f"{kind} word {word}"
    yield f"{kind} opens {words[0]}"
    yield f"{kind} closes {words[-1]}"
    known = [actor for text in texts if (actor := MODELS.known(text)) is not None]
    if known:
        yield f"{kind} in news as {known[0].kind}"
        yield f"{kind} in news {count_band(max(a.articles for a in known))}"
    if key in found.leaders:
        yield "leader"
    labels = Counter(tokens[i].ent for n in namings for i in range(n.first, n.last))
    yield f"{kind} label {labels.most_common(1)[0][0]}"
    tags = {tokens[n.last - 1].tag for n in namings}
    yield from (f"{kind} tag {tag}" for tag in sorted(tags))
    if all(tokens[n.last - 1].dep in _MODIFIERS for n in namings):
        yield f"{kind} only modifies"
    full = max(texts, key=len)
    if all(is_acronym(text) for text in texts):
        yield f"{kind} acronym {min(len(full), 6)}"
    yield from (f"{kind} {feature}" for feature in printed_features(full))
    if len(words) > 1 and words[0] in given_names():
        yield f"{kind} given name"
    lowercase = words[-1] in found.page.words
    yield f"{kind} lower case elsewhere={lowercase}"
    if key in found.bodies:
        yield from _body_features(found.bodies[key], kind)
    drafts = [d for d in found.drafts if d.person == key]
    yield f"{kind} offices={count_band(len(drafts)) if drafts else 0}"
    yield from (f"{kind} office {d.title.office.sphere}" for d in drafts)
    if any(d.body == key for d in found.drafts):
        yield f"{kind} employs"
    titled = any(found.names[k].title is not None or found.names[k].honorific is not None for k in bearer.names)
    yield f"{kind} titled={titled}"


def _body_features(body: Body, kind: str) -> Iterator[str]:
    if body.known is not None:
        yield f"known {known_organizations()[body.known].sphere}"
        yield f"known as {body.known}"
    yield f"{kind} head {head_sphere(body.words[-1])}"
    if body.words[-1] in other_heads():
        yield f"{kind} other head"
    if any(word in column("business_nouns", "noun") for word in body.words):
        yield f"{kind} business"
