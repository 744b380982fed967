"""Offices that persons hold: titles beside a name, offices said of someone, with body, country and tenure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.tenure import CHOOSING, tenure_at, tenure_of_clause
from broadsheet.extraction.actors.titles import head_place
from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.people import honorifics, offices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.actors.titles import Title

_BODY_LINKS = frozenset({"of", "for", "at", "with", "in", "to"})
_GENITIVES = frozenset({"'s", "’s", "'", "’"})
_SUBJECTS = ("nsubj", "nsubjpass")
_LEAVING = frozenset(
    {"resign", "retire", "quit", "leave", "oust", "fire", "dismiss", "sack", "depose", "step", "replace"}
)
_PAST_STINTS = frozenset({"serve", "work"})
_BEING = frozenset({"be", "become", "remain", "serve", "work", "act", "appoint", "name", "elect", "make", "resign"})
_LONGEST_APPOSITION = 12
_CLOSING = frozenset({"VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PUNCT", "PRON"})
_STINTS = frozenset({"capacity", "role", "job", "post", "tenure", "time", "stint", "term", "position", "years", "days"})
_GRADES = frozenset({"acting", "assistant", "deputy"})
_LONGEST_LEAD = 7
"""How many tokens before a title are searched for its body, country or owner."""
_LEADING_WORDS = frozenset({"'s", "’s", "'", "’", "-", "party", "government", "the"})
_UNREAL = frozenset({"would", "could", "may", "might", "should", "can", "must", "shall"})


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """An office, who holds it, and the tokens ``first`` to ``last`` (exclusive) of its title.

    Attributes:
        person: Key of the holder.
        first: First token of the title.
        last: Token after the last one.
        title: What is known of the office.
        tenure: ``current``, ``former`` or ``nominated``.
        body: Key of the organization, where one is named beside the title.
        body_at: A token of that organization's name.
        country_code: Country named beside the title.
        country_at: First token that names it.
        owner: Key of the person under whom the office is (``Lund's spokesman``).
        rules: Column of ``actor_roles`` to the rule that gave the cell.
    """

    person: str
    first: int
    last: int
    title: Title
    tenure: str
    body: str | None = None
    body_at: int | None = None
    country_code: str | None = None
    country_at: int | None = None
    owner: str | None = None
    rules: Mapping[str, Rule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Who and what the tokens of a document name, for the reader of titles.

    Attributes:
        document: The document.
        titles: Titles by the first token of the office proper.
        person_at: Token to the key of the person named there, pronouns included once they are resolved.
        body_at: Token to the key of the organization named there.
        state_at: Token to the code of the state named there.
        name_starts: First token of a person's name to its key.
    """

    document: Document
    titles: Mapping[int, Title]
    person_at: Mapping[int, str]
    body_at: Mapping[int, str]
    state_at: Mapping[int, str]
    name_starts: Mapping[int, str]


def titles_beside_names(around: Surroundings) -> list[RoleDraft]:
    """Offices printed right beside the name of their holder: before it, or in apposition to it."""
    out = []
    for title in around.titles.values():
        if title.is_plural:
            continue
        held = _named_behind(around, title) or _in_apposition(around, title)
        if held is not None:
            out.append(draft_of(around, title, held, tenure_at(around.document, title)))
    return out


def offices_said_of(around: Surroundings, known: Iterable[RoleDraft]) -> list[RoleDraft]:
    """Offices that a sentence says of someone: *she is*, *as*, *while*, *was appointed*; and the second of two."""
    done = {draft.title.head: draft for draft in known}
    out: list[RoleDraft] = []
    for title in around.titles.values():
        if title.is_plural or title.head in done:
            continue
        said = _said(around, title)
        if said is None:
            head = around.document.tokens[head_place(around.document.tokens, title)]
            first = (
                next((t for t in done.values() if t.title.last - 1 == head.head), None) if head.dep == "conj" else None
            )
            if first is None:
                continue
            other = around.document.span(first.title.head, first.title.last)
            said = (
                (first.person, rule("actor_roles.holder.joined", because=first.rules["actor_id"], other=other)),
                (first.tenure, rule("actor_roles.tenure.joined", because=first.rules["tenure"], other=other)),
            )
        draft = draft_of(around, title, *said)
        done[title.head] = draft
        out.append(draft)
    return out


def _held(around: Surroundings, how: str, place: int) -> tuple[str, Rule] | None:
    """The person named at a token, as the holder of an office, with the rule; None if no one is named there."""
    person = around.person_at.get(place)
    if person is None:
        return None
    return person, rule(f"actor_roles.holder.{how}", name=around.document.tokens[place].span)


def _named_behind(around: Surroundings, title: Title) -> tuple[str, Rule] | None:
    """The person whose name follows the title at once or after a form of address."""
    tokens = around.document.tokens
    for i in (title.last, title.last + 1):
        if i < len(tokens) and i in around.name_starts and tokens[i].sentence == tokens[title.head].sentence:
            between = tokens[title.last]
            addressed = between.text.endswith(".") or between.lower in honorifics()
            if i == title.last or (between.text[0].isupper() and addressed):
                return _starting(around, "before" if i == title.last else "addressed", i)
    return None


def _starting(around: Surroundings, how: str, place: int) -> tuple[str, Rule]:
    """The person whose name starts at a token, as the holder of an office, with the rule."""
    return around.name_starts[place], rule(f"actor_roles.holder.{how}", name=around.document.tokens[place].span)


def _in_apposition(around: Surroundings, title: Title) -> tuple[str, Rule] | None:
    document = around.document
    tokens = document.tokens
    head = tokens[head_place(tokens, title)]
    if head.dep == "appos" and head.head in around.person_at and head.head < title.first:
        return _held(around, "apposition", head.head)
    for child in document.children(head, "appos"):
        if child.i in around.person_at:
            return _held(around, "apposition", child.i)
    return _behind_comma(around, title)


def _behind_comma(around: Surroundings, title: Title) -> tuple[str, Rule] | None:
    """The person whose name ends at the comma before the title, with nothing but its own modifiers between."""
    tokens = around.document.tokens
    i = title.first - 1
    for _ in range(2 * _LONGEST_APPOSITION):
        if i < 1 or tokens[i].sentence != tokens[title.head].sentence:
            return None
        token = tokens[i]
        if i in around.body_at:
            i -= 1
            continue
        if token.text == ",":
            person = around.person_at.get(i - 1)
            if person is None or tokens[i - 1].dep == "poss":
                return None
            return _held(around, "comma", i - 1)
        harmless = token.lower in ("of", "the", "-") or token.tag in ("PRP$", "VBN")
        if token.pos in _CLOSING and not harmless:
            return None
        i -= 1
    return None


def _said(around: Surroundings, title: Title) -> tuple[tuple[str, Rule], tuple[str, Rule]] | None:
    """Holder and tenure of an office that the clause predicates of someone, each with its rule."""
    document = around.document
    head = document.tokens[head_place(document.tokens, title)]
    governor = document.head(head)
    if head.dep in ("attr", "oprd", "xcomp", "acomp") and governor.pos in ("VERB", "AUX"):
        holder = _subject(around, governor) if governor.lemma in _BEING or head.dep == "attr" else None
        if holder is not None and not document.child(governor, "neg") and _is_real(document, governor):
            why = rule("actor_roles.holder.said", verb=governor.span)
            return (holder, why), tenure_of_clause(document, title, governor)
    if head.dep == "pobj" and governor.lower == "as":
        verb = document.head(governor)
        holder = None
        if verb.pos in ("VERB", "AUX"):
            named = (
                document.child(verb, "dobj")
                if verb.lemma in ("appoint", "name", "elect", "nominate", "hire", "pick")
                else None
            )
            holder = around.person_at.get(named.i) if named is not None else _subject(around, verb)
        elif verb.lower in _STINTS:
            owner = document.child(verb, "poss")
            holder = around.person_at.get(owner.i) if owner is not None else None
        if holder is not None and _is_real(document, verb):
            former = verb.lemma in _LEAVING or (verb.lemma in _PAST_STINTS and verb.tag in ("VBD", "VBN"))
            former = former or verb.lower in ("tenure", "time", "stint", "years", "days")
            cue = "former" if former else "nominated" if verb.lemma in CHOOSING else None
            why = rule("actor_roles.holder.as", verb=verb.span)
            return (holder, why), tenure_at(document, title, cue, verb)
    return None


def _is_real(document: Document, verb: Token) -> bool:
    """Whether a clause states a fact: no condition, wish or possibility."""
    for token in (verb, *document.ancestors(verb)):
        if token.pos not in ("VERB", "AUX"):
            continue
        for child in document.children(token):
            if child.dep == "aux" and (child.lower in _UNREAL or (child.lower == "to" and token.i == verb.i)):
                return False
            if child.dep == "mark" and child.lower in ("if", "whether", "unless"):
                return False
        if token.lemma in ("want", "hope", "wish", "seek", "run", "vie", "imagine"):
            return False
        if token.dep not in ("conj", "xcomp", "ccomp", "advcl", "pcomp"):
            return True
    return True


def _subject(around: Surroundings, verb: Token) -> str | None:
    """The person that is the verb's subject, also across a relative pronoun or a shared subject."""
    document = around.document
    for _ in range(4):
        subject = document.child(verb, *_SUBJECTS)
        if subject is not None:
            if subject.lower in ("who", "that", "which") and verb.dep == "relcl":
                return around.person_at.get(verb.head)
            return around.person_at.get(subject.i)
        if verb.dep in ("conj", "xcomp", "advcl", "aux", "pcomp", "prep", "ccomp") and verb.head != verb.i:
            verb = document.head(verb)
        else:
            return None
    return None


def draft_of(around: Surroundings, title: Title, held: tuple[str, Rule], tenure: tuple[str, Rule]) -> RoleDraft:
    """The office of a holder, with the body, country and owner that the words beside the title name."""
    tokens = around.document.tokens
    draft = RoleDraft(
        held[0], title.first, title.last, title, tenure[0], rules={"actor_id": held[1], "tenure": tenure[1]}
    )
    draft = _with_words_before(around, draft)
    rules = dict(draft.rules)
    body, body_at, country, country_at = draft.body, draft.body_at, draft.country_code, draft.country_at
    for place in _behind(around, title):
        if body is None and place in around.body_at:
            body, body_at = around.body_at[place], place
            rules["organization_id"] = rule("actor_roles.body.behind", body=tokens[place].span)
        if country is None and place in around.state_at and place not in around.body_at:
            country, country_at = around.state_at[place], place
            rules["country_code"] = rule("actor_roles.country.behind", state=tokens[place].span)
    first = title.first
    if title.office.with_country and country_at is not None and country_at == first - 1:
        first = country_at
        while first > 0 and around.state_at.get(first - 1) == country:
            first -= 1
        if first > 0 and tokens[first - 1].lower in _GRADES:
            first -= 1
    return replace(
        draft, first=first, body=body, body_at=body_at, country_code=country, country_at=country_at, rules=rules
    )


def _with_words_before(around: Surroundings, draft: RoleDraft) -> RoleDraft:
    """The draft with the body, country or owner named in the words before the title: ``Norway's trade minister``."""
    tokens = around.document.tokens
    title, owner = draft.title, None
    for i in range(title.first - 1, max(title.first - 1 - _LONGEST_LEAD, -1), -1):
        token = tokens[i]
        if token.sentence != tokens[title.head].sentence:
            break
        if i in around.body_at:
            rules = {**draft.rules, "organization_id": rule("actor_roles.body.before", body=token.span)}
            draft = replace(draft, body=around.body_at[i], body_at=i, rules=rules)
            break
        if i in around.state_at:
            rules = {**draft.rules, "country_code": rule("actor_roles.country.before", state=token.span)}
            draft = replace(draft, country_code=around.state_at[i], country_at=i, rules=rules)
            break
        if i in around.person_at:
            owner = around.person_at[i] if tokens[i + 1].lower in _GENITIVES else None
            break
        if token.pos not in ("NOUN", "ADJ", "PROPN") and (
            token.pos in ("VERB", "ADP", "AUX") or token.lower not in _LEADING_WORDS
        ):
            break
    return replace(draft, owner=owner)


def _behind(around: Surroundings, title: Title) -> list[int]:
    """Tokens of the phrase that says of or for what body or country an office is, its head first."""
    document = around.document
    tokens = document.tokens
    last = title.last
    if last >= len(tokens) or tokens[last].lower not in _BODY_LINKS:
        return []
    closing = offices().get(tokens[last - 1].lower, title.office)
    if tokens[last].lower == "to" and closing.sphere == "diplomatic":
        return []  # an ambassador to Peru is none of Peru's
    if tokens[last].sentence != tokens[last - 1].sentence:
        return []
    prep = tokens[last]
    inner = document.child(prep, "pobj")
    nearby = range(last + 1, min(last + 8, len(tokens)))
    out = [inner.i] if inner is not None and inner.i in nearby else []
    for i in nearby:
        if tokens[i].text in (",", ";", ".", "—", "--") or tokens[i].pos in ("VERB", "AUX") or tokens[i].lower == "and":
            break
        out.append(i)
    return out


def distinct(drafts: Iterable[RoleDraft], text_of: Callable[[int, int], str]) -> list[RoleDraft]:
    """One draft for each office of a person, at its fullest title; what a repetition adds is kept.

    Two titles are of one office where the words of one are among the other's and they name no two bodies.
    """
    kept: dict[str, list[RoleDraft]] = {}
    for draft in sorted(drafts, key=lambda d: d.first):
        own = kept.setdefault(draft.person, [])
        words = set(text_of(draft.first, draft.last).lower().split())
        for k, other in enumerate(own):
            others = set(text_of(other.first, other.last).lower().split())
            bodies = {draft.body, other.body} - {None}
            if (words <= others or others <= words) and len(bodies) < 2:
                fuller = other if others >= words else draft
                tenured = draft if other.tenure == "current" and draft.body else other
                own_rules = {"actor_id": fuller.rules["actor_id"], "tenure": tenured.rules["tenure"]}
                own[k] = replace(
                    fuller,
                    body=other.body or draft.body,
                    body_at=other.body_at if other.body else draft.body_at,
                    country_code=other.country_code or draft.country_code,
                    country_at=other.country_at if other.country_code else draft.country_at,
                    tenure=tenured.tenure,
                    rules={**draft.rules, **other.rules, **own_rules},
                )
                break
        else:
            own.append(draft)
    return sorted((d for own in kept.values() for d in own), key=lambda d: d.first)
