"""Offices that persons hold: titles beside a name, offices said of someone, with body, country and tenure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.tenure import CURRENT, effect_of, is_ahead, is_succession, predicate_of, tenure_of
from broadsheet.extraction.actors.titles import head_place, name_behind
from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.people import honorifics, offices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.titles import Title

_BODY_LINKS = frozenset({"of", "for", "at", "with", "in", "to"})
_GENITIVES = ("'s", "’s", "'", "’")
_VERBS = frozenset({"VERB", "AUX"})
_CLOSING = frozenset({"VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PUNCT", "PRON"})
_NEAR = 7
"""How many tokens before a title, and after the word that follows it, are searched for its body, country or owner."""


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """An office, who holds it, and the tokens ``first`` to ``last`` (exclusive) of its title.

    Attributes:
        person: Key of the holder.
        title: What is known of the office.
        tenure: ``current``, ``former`` or ``nominated``.
        body: Key of the organization, where one is named beside the title.
        country_code: Country named beside the title.
        country_at: First token that names it.
        owner: Key of the person under whom the office is (``Lund's spokesman``).
        body_at: A token of the organization's name; known where the encoder chose it.
        rules: Column of ``actor_roles`` to the rule that gave the cell.
    """

    person: str
    first: int
    last: int
    title: Title
    tenure: str
    body: str | None = None
    country_code: str | None = None
    country_at: int | None = None
    owner: str | None = None
    body_at: int | None = None
    rules: Mapping[str, Rule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Who and what the tokens of a document name, for the reader of titles.

    Attributes:
        titles: Titles by the first token of the office proper.
        person_at: Token to the key of the person named there, pronouns included once they are resolved.
        body_at: Token to the key of the organization named there.
        state_at: Token to the code of the state named there.
    """

    document: Document
    titles: Mapping[int, Title]
    person_at: Mapping[int, str]
    body_at: Mapping[int, str]
    state_at: Mapping[int, str]


def titles_beside_names(around: Surroundings) -> list[RoleDraft]:
    """Offices printed right beside the name of their holder: before it, or in apposition to it."""
    single = [title for title in around.titles.values() if not title.is_plural]
    held = ((title, _named_behind(around, title) or _in_apposition(around, title)) for title in single)
    return [draft_of(around, title, holder) for title, holder in held if holder is not None]


def with_offices_said(around: Surroundings, known: Iterable[RoleDraft]) -> dict[int, RoleDraft]:
    """Known offices, and those that a sentence says of someone (*she is*, *as*) or joins to one, by their heads."""
    done = {draft.title.head: draft for draft in known}
    for title in around.titles.values():
        if not title.is_plural and title.head not in done:
            said = _said(around, title)
            drafted = _joined(around, title, done.values()) if said is None else draft_of(around, title, said)
            if drafted is not None:
                done[title.head] = drafted
    return done


def _joined(around: Surroundings, title: Title, known: Iterable[RoleDraft]) -> RoleDraft | None:
    """An office with the holder of the one to which *and* joins it, and with its tenure if it states none itself."""
    head = around.document.tokens[head_place(around.document.tokens, title)]
    first = next((d for d in known if head.dep == "conj" and d.title.last - 1 == head.head), None)
    if first is None:
        return None
    other = around.document.span(first.title.head, first.title.last)
    holder = rule("actor_roles.holder.joined", because=first.rules["actor_id"], other=other)
    tenure = first.tenure, rule("actor_roles.tenure.joined", because=first.rules["tenure"], other=other)
    return draft_of(around, title, (first.person, holder), tenure if title.qualifier is None else None)


def _held(around: Surroundings, how: str, place: int) -> tuple[str, Rule] | None:
    """The person named at a token, as the holder of an office, with the rule; None if no one is named there."""
    person = around.person_at.get(place)
    if person is None:
        return None
    return person, rule(f"actor_roles.holder.{how}", name=around.document.tokens[place].span)


def _named_behind(around: Surroundings, title: Title) -> tuple[str, Rule] | None:
    """The person whose name follows the title at once, or after a rank or form of address."""
    tokens = around.document.tokens
    while (rank := around.titles.get(title.last)) is not None and rank.first == title.last and rank.office.is_rank:
        title = rank
    behind = [t for t in tokens[title.last : title.last + 2] if t.sentence == tokens[title.head].sentence]
    if behind and behind[0].i in around.person_at:
        return _held(around, "before", title.last)
    word = behind[0] if len(behind) > 1 else None
    if word is None or not word.text[0].isupper() or not (word.text.endswith(".") or word.lower in honorifics()):
        return None
    return _held(around, "addressed", title.last + 1)


def _in_apposition(around: Surroundings, title: Title) -> tuple[str, Rule] | None:
    """The person in apposition to the title, or named before the last comma with nothing but modifiers between."""
    document = around.document
    head = document.tokens[head_place(document.tokens, title)]
    if head.dep == "appos" and head.head in around.person_at and head.head < title.first:
        return _held(around, "apposition", head.head)
    for place in (*(child.i for child in document.children(head, "appos")), name_behind(document, title)):
        if place is not None and place in around.person_at:
            return _held(around, "apposition", place)
    for token in reversed(document.tokens[document.sentence_of(head).first : title.first]):
        if token.text == ",":
            return _held(around, "comma", token.i - 1)
        if token.pos in _CLOSING:
            return None
    return None


def _said(around: Surroundings, title: Title) -> tuple[str, Rule] | None:
    """The holder of an office that the clause predicates of its subject or object."""
    predicate = predicate_of(around.document, title)
    if predicate is None:
        return None
    verb, how = predicate
    named = effect_of(around.document, verb)[0]
    holder = around.person_at.get(named.i) if named is not None else _subject(around, verb)
    return (holder, rule(f"actor_roles.holder.{how}", verb=verb.span)) if holder is not None else None


def successive(around: Surroundings, title: Title) -> list[RoleDraft]:
    """The office of who takes it over, and that of who leaves it: ``Lund replaces Moe as mayor``."""
    document, predicate = around.document, predicate_of(around.document, title)
    if predicate is None or predicate[1] != "as" or not is_succession(document, predicate[0]):
        return []
    verb, head = predicate[0], document.tokens[head_place(document.tokens, title)]
    passive, ahead = document.child(verb, "auxpass") is not None, is_ahead(document, verb)
    by = [t for parent in (verb, head) for t in document.children(parent) if passive and t.lower == "by"]
    other = document.child(by[0], "pobj") if by else document.child(verb, "dobj")
    sides = _subject(around, verb), None if other is None else around.person_at.get(other.i)
    new, old = reversed(sides) if passive else sides
    if new is None:
        return []
    held = rule("actor_roles.holder.as", verb=verb.span)
    stated = {t: (t, rule(f"actor_roles.tenure.{t}", verb=verb.span)) for t in ("nominated", "former")}
    drafts = [draft_of(around, title, (new, held), stated["nominated"] if ahead else CURRENT)]
    if old is not None and old != new:
        drafts.append(draft_of(around, title, (old, held), CURRENT if ahead else stated["former"]))
    return drafts


def _subject(around: Surroundings, verb: Token) -> str | None:
    """The person that is the verb's subject, also across a relative pronoun or a shared subject."""
    document = around.document
    for clause in (verb, *document.ancestors(verb)):
        subject = document.child(clause, "nsubj", "nsubjpass")
        if subject is not None:
            relative = subject.lower in ("who", "that", "which") and clause.dep == "relcl"
            return around.person_at.get(clause.head if relative else subject.i)
        if clause.dep not in ("conj", "xcomp", "advcl", "aux", "pcomp", "prep", "ccomp"):
            return None
    return None


def draft_of(
    around: Surroundings, title: Title, held: tuple[str, Rule], stated: tuple[str, Rule] | None = None
) -> RoleDraft:
    """The office of a holder, with its tenure, and with the body, country and owner that the words beside it name."""
    tenure, why = stated or tenure_of(around.document, title, around.person_at)
    person, rules = held[0], {"actor_id": held[1], "tenure": why}
    tokens, first = around.document.tokens, title.first
    body = country = country_at = owner = None
    for place in (*_before(around, title), *_behind(around.document, title)):
        if place in around.body_at:
            body = body or around.body_at[place]
        elif place in around.state_at and country_at is None:
            country, country_at = around.state_at[place], place
            side = "before" if place < first else "behind"
            rules["country_code"] = rule(f"actor_roles.country.{side}", state=tokens[place].span)
        elif place < first and tokens[place + 1].lower in _GENITIVES and around.person_at[place] != person:
            owner = around.person_at[place]
    if title.office.with_country and country_at == first - 1:
        first = country_at
    return RoleDraft(person, first, title.last, title, tenure, body, country, country_at, owner, rules=rules)


def _before(around: Surroundings, title: Title) -> Iterator[int]:
    """The nearest token before a title that names its body, country or owner: ``Norway's trade minister``."""
    tokens = around.document.tokens
    start = max(around.document.sentence_of(tokens[title.head]).first, title.first - _NEAR)
    for token in reversed(tokens[start : title.first]):
        if any(token.i in named for named in (around.body_at, around.state_at, around.person_at)):
            yield token.i
            return
        if token.pos not in ("NOUN", "ADJ", "PROPN") and token.lower not in ("-", *_GENITIVES):
            return


def _behind(document: Document, title: Title) -> Iterator[int]:
    """Tokens of the phrase that says of or for what body or country an office is."""
    tokens, last = document.tokens, title.last
    if last >= len(tokens) or tokens[last].lower not in _BODY_LINKS:
        return
    closing = offices().get(tokens[last - 1].lower, title.office)
    if tokens[last].lower == "to" and closing.sphere == "diplomatic":
        return  # an ambassador to Peru is none of Peru's
    for token in tokens[last + 1 : last + 1 + _NEAR]:
        if token.text in (",", ";", ".", "—", "--") or token.pos in _VERBS or token.lower == "and":
            return
        yield token.i


def distinct(drafts: Iterable[RoleDraft], page: Page) -> list[RoleDraft]:
    """One draft for each office of a person, at its fullest title, with what its first mention says.

    Two titles are of one office where the words of one are among the other's and they name no two bodies.
    """
    kept: list[RoleDraft] = []
    for draft in sorted(drafts, key=lambda d: d.first):
        words = {*page.lower_of(draft.first, draft.last).split()}
        for k, other in enumerate(kept):
            others = {*page.lower_of(other.first, other.last).split()}
            same = draft.person == other.person and (words <= others or others <= words)
            if same and len({draft.body, other.body} - {None}) < 2:
                if others < words:
                    rules = {**other.rules, "actor_id": draft.rules["actor_id"]}
                    kept[k] = replace(other, first=draft.first, last=draft.last, title=draft.title, rules=rules)
                break
        else:
            kept.append(draft)
    return sorted(kept, key=lambda d: d.first)
