"""Mentions without a name: pronouns by gender, recency and syntactic role; titles and nouns that lead to one bearer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.quotes.marks import find_stretches
from broadsheet.reference.organizations import body_nouns, head_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.actors.roles import RoleDraft
    from broadsheet.extraction.actors.titles import Title
    from broadsheet.extraction.entity_index import Form
    from broadsheet.reference.people import Gender

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_REACH = 4
"""How many sentences back an antecedent is searched."""
_MOST = 40
"""How many mentions are compared."""
_DISTANCE = (40.0, 30.0, 18.0, 10.0, 5.0)
_ENOUGH = 8.0
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_A_COMPANY, _A_GROUP = " company", " group"
"""Keys in the table of bodies named last: the last company, and the last body that belongs to no state."""
_LOOSE = frozenset({"group", "organisation", "organization"})
"""Nouns for any body that belongs to no state."""
_DEFINITE = frozenset({"the", "this", "that"})


@dataclass(frozen=True, slots=True)
class Naming:
    """Tokens ``first`` to ``last`` (exclusive) that refer to the entity with the key ``bearer``, and the rule."""

    bearer: str
    first: int
    last: int
    form: Form
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Bearer:
    """What is known of a person, body or state that a mention can refer to.

    Attributes:
        key: Key.
        kind: ``person``, ``organization``, ``group`` or ``country``.
        gender: Of a person.
        head: Noun that heads a body's name, in lower case.
        is_company: Whether a body trades.
        is_private: Whether a body belongs to no state.
    """

    key: str
    kind: str
    gender: Gender | None = None
    head: str = ""
    is_company: bool = False
    is_private: bool = False


def definite_descriptions(
    document: Document,
    namings: Iterable[Naming],
    bearers: Mapping[str, Bearer],
    titles: Mapping[int, Title],
    roles: Iterable[RoleDraft],
) -> list[Naming]:
    """Titles (*the prime minister*) and nouns (*the company*) that refer to a person or body named before.

    Args:
        document: The document.
        namings: Mentions by name.
        bearers: What is known of whom they name.
        titles: Titles by the first token of the office proper.
        roles: The offices that persons hold.
    """
    tokens = document.tokens
    ordered = sorted(namings, key=lambda n: n.first)
    bearer_at = {i: n.bearer for n in ordered for i in range(n.first, n.last)}
    taken = set(bearer_at)
    roles = list(roles)
    beside = {draft.title.head for draft in roles}
    holders: dict[str, list[RoleDraft]] = {}
    for draft in roles:
        holders.setdefault(_spelled(draft.title, tokens[draft.last - 1].lower), []).append(draft)
    found: list[Naming] = []
    recent = _RecentMentions(bearers)
    position = 0
    for token in tokens:
        while position < len(ordered) and ordered[position].first <= token.i:
            recent.add(ordered[position])
            position += 1
        title = titles.get(token.i)
        naming = None
        if title is not None and title.head not in beside and not title.is_plural and token.i not in taken:
            naming = _by_title(document, title, recent, holders)
            if naming is not None:
                recent.last_seen[naming.bearer] = token.i
        elif token.lower in body_nouns() and token.i not in taken:
            described = _described_by(document, token, bearer_at)
            if described is not None and bearers[described].kind in ("organization", "group"):
                recent.by_noun[token.lower] = described
            elif _is_alone_and_definite(document, token):
                naming = _by_noun(document, token, recent)
        if naming is not None:
            found.append(naming)
    return found


@dataclass(slots=True)
class _RecentMentions:
    """Who was mentioned last.

    Attributes:
        bearers: All that are mentioned.
        last_seen: Key of a bearer to the first token of its last mention.
        by_noun: Noun to the body named last that it heads or describes.
    """

    bearers: Mapping[str, Bearer]
    last_seen: dict[str, int] = field(default_factory=dict)
    by_noun: dict[str, str] = field(default_factory=dict)

    def add(self, naming: Naming) -> None:
        """Records a mention by name."""
        seen = self.bearers[naming.bearer]
        self.last_seen[seen.key] = naming.first
        if seen.kind == "organization":
            self.by_noun[seen.head] = seen.key
            if seen.is_company:
                self.by_noun[_A_COMPANY] = seen.key
            if seen.is_private:
                self.by_noun[_A_GROUP] = seen.key


def _by_title(
    document: Document,
    title: Title,
    recent: _RecentMentions,
    holders: Mapping[str, list[RoleDraft]],
) -> Naming | None:
    """A title as a mention of its holder."""
    person = _holder(document, title, holders, recent.last_seen)
    if person is None:
        return None
    why = rule(
        "mentions.title.holder",
        file="offices",
        entry=title.office.office,
        title=document.span(title.first, title.last),
        name=document.tokens[recent.last_seen[person]].span,
    )
    return Naming(person, title.first, title.last, "title", why)


def _by_noun(document: Document, noun: Token, recent: _RecentMentions) -> Naming | None:
    """A definite noun as a mention of the body named last that it fits."""
    how = "loose" if noun.lower in _LOOSE else "noun"
    body = recent.by_noun.get(_A_GROUP if how == "loose" else noun.lower)
    if body is None and body_nouns()[noun.lower] == "company":
        how, body = "company", recent.by_noun.get(_A_COMPANY)
    if body is None:
        return None
    name = document.tokens[recent.last_seen.get(body, noun.i)].span
    why = rule(f"mentions.description.{how}", file="body_nouns", entry=noun.lower, noun=noun.span, name=name)
    return Naming(body, noun.i, noun.i + 1, "description", why)


def _spelled(title: Title, closing: str) -> str:
    """The last word of a title, written out where it is abbreviated."""
    return (title.office.stands_for or closing).rpartition(" ")[2]


def _holder(
    document: Document, title: Title, holders: Mapping[str, list[RoleDraft]], last_seen: Mapping[str, int]
) -> str | None:
    tokens = document.tokens
    first = title.first
    opening = tokens[first - 1] if first else None
    if opening is not None and (opening.lower in ("'s", "’s") or opening.pos in ("ADJ", "PROPN")):
        opening = tokens[first - 2] if first > 1 and opening.pos != "PROPN" else opening
    if opening is None or opening.lower not in _DEFINITE:
        return None
    words = {t.lower for t in tokens[title.first : title.last]}
    best: tuple[int, str] | None = None
    for draft in holders.get(tokens[title.last - 1].lower, ()):
        own = {t.lower for t in tokens[draft.first : draft.last]}
        own.add(_spelled(draft.title, tokens[draft.last - 1].lower))
        if draft.person in last_seen and words <= own:
            seen = (last_seen[draft.person], draft.person)
            if best is None or seen > best:
                best = seen
    return best[1] if best is not None else None


def _described_by(document: Document, noun: Token, bearer_at: Mapping[int, str]) -> str | None:
    """The body that a noun describes: ``Fortuna, a Dutch lender``, ``the lender Fortuna``, ``Fortuna is a lender``."""
    tokens = document.tokens
    if noun.dep == "appos" and noun.head in bearer_at:
        return bearer_at[noun.head]
    if noun.i + 1 < len(tokens) and tokens[noun.i + 1].sentence == noun.sentence and noun.i + 1 in bearer_at:
        return bearer_at[noun.i + 1]
    verb = document.head(noun)
    if noun.dep == "attr" and verb.lemma == "be":
        subject = document.child(verb, "nsubj")
        return bearer_at.get(subject.i) if subject is not None else None
    return None


def _is_alone_and_definite(document: Document, token: Token) -> bool:
    """Whether a noun in the singular has only a definite article before it: ``the ministry``."""
    if token.i == 0 or token.tag != "NN" or token.text[0].isupper() or token.dep in ("compound", "nmod"):
        return False
    return document.tokens[token.i - 1].lower in _DEFINITE


@dataclass(slots=True)
class _MentionHistory:
    """The mentions of a document as pronouns see them."""

    document: Document
    bearers: Mapping[str, Bearer]
    quoted: frozenset[int]
    genders: dict[str, Gender]
    by_sentence: dict[int, list[Naming]] = field(default_factory=dict)
    named: dict[str, Naming] = field(default_factory=dict)

    def add(self, naming: Naming) -> None:
        if naming.form != "pronoun":
            self.named[naming.bearer] = naming
        sentence = self.document.tokens[naming.first].sentence
        self.by_sentence.setdefault(sentence, []).append(naming)


def resolve_pronouns(
    document: Document, namings: Iterable[Naming], bearers: Mapping[str, Bearer], genders: Mapping[str, Gender]
) -> list[Naming]:
    """Third-person pronouns with the person, body or state that they refer to; doubtful ones are left out.

    Candidates are the mentions of the sentence and of the few before it, weighed by distance, syntactic role and
    gender, as in Lappin and Leass, *An algorithm for pronominal anaphora resolution* (1994); a pronoun that is resolved
    becomes a candidate for the next.
    """
    ordered = sorted(namings, key=lambda n: n.first)
    covered = {i for n in ordered for i in range(n.first, n.last)}
    history = _MentionHistory(document, bearers, _quoted_tokens(document), dict(genders))
    found: list[Naming] = []
    position = 0
    for token in document.tokens:
        while position < len(ordered) and ordered[position].first <= token.i:
            history.add(ordered[position])
            position += 1
        if token.i in covered or token.pos not in ("PRON", "DET"):
            continue
        lower = token.lower
        if lower in _HE or lower in _SHE:
            meant = _person_for(history, token, "male" if lower in _HE else "female")
        elif lower in _IT:
            meant = _thing_for(history, token)
        else:
            continue
        if meant is not None:
            naming = Naming(meant[0], token.i, token.i + 1, "pronoun", meant[1])
            history.add(naming)
            found.append(naming)
    return found


def _quoted_tokens(document: Document) -> frozenset[int]:
    quoted: set[int] = set()
    for stretch in find_stretches(document.text, document.paragraphs):
        if stretch.depth == 0:
            quoted.update(range(*document.range_of(stretch.span)))
    return frozenset(quoted)


def _head_of(document: Document, naming: Naming) -> int:
    """The head of a mention's words: ``Bank`` in ``Bank of Peru``."""
    token = document.tokens[naming.last - 1]
    while token.head != token.i and naming.first <= token.head < naming.last:
        token = document.tokens[token.head]
    return token.i


def _role(document: Document, place: int) -> Token:
    """The token that carries the syntactic role of a mention: the first of joined nouns."""
    token = document.tokens[place]
    for _ in range(6):
        if token.dep in ("conj", "appos", "compound") and token.head < token.i:
            token = document.tokens[token.head]
        elif token.dep == "compound" and document.tokens[token.head].dep in _SUBJECTS and token.head - token.i < 3:
            return document.tokens[token.head]
        else:
            break
    return token


def _clause(document: Document, token: Token) -> int:
    for ancestor in document.ancestors(token):
        if ancestor.pos in ("VERB", "AUX"):
            return ancestor.i
    return token.i


def _person_for(history: _MentionHistory, token: Token, gender: Gender) -> tuple[str, Rule] | None:
    document = history.document
    scores: dict[str, float] = {}
    strongest: dict[str, tuple[float, Naming]] = {}
    examined = 0
    for back in range(_REACH + 1):
        for naming in reversed(history.by_sentence.get(token.sentence - back, ())):
            if examined > _MOST:
                break
            if history.bearers[naming.bearer].kind != "person":
                continue
            examined += 1
            score = _salience(history, naming, token, gender, back)
            if score is None:
                continue
            scores[naming.bearer] = max(scores.get(naming.bearer, 0.0), score) + 1.0
            if naming.bearer not in strongest or score > strongest[naming.bearer][0]:
                strongest[naming.bearer] = score, naming
    best = max(scores, key=lambda key: (scores[key], key), default=None)
    if best is None or scores[best] < _ENOUGH:
        return None
    last = history.named.get(best, strongest[best][1])
    why = rule(
        "mentions.pronoun.person",
        pronoun=token.span,
        gender=gender,
        name=document.span(last.first, last.last),
        score=f"{scores[best]:.0f}",
        rivals=str(len(scores) - 1),
    )
    history.genders.setdefault(best, gender)
    return best, why


def _salience(history: _MentionHistory, naming: Naming, token: Token, gender: Gender, back: int) -> float | None:
    """How likely a pronoun refers to a person's mention ``back`` sentences before; None if it cannot."""
    document = history.document
    known = history.genders.get(naming.bearer)
    if known is not None and known not in (gender, "either"):
        return None
    place = naming.last - 1
    role = _role(document, place)
    is_subject = role.dep in _SUBJECTS
    is_object = token.dep in ("dobj", "dative", "pobj") and token.lower in ("him", "her")
    if back == 0 and is_object and is_subject and _clause(document, role) == _clause(document, token):
        return None
    score = _DISTANCE[back] - 6 * (document.tokens[place].paragraph != token.paragraph)
    score += 12 if is_subject else 3 if role.dep in ("dobj", "dative") else 0
    score += 5 if known == gender else 0
    score += 4 if is_subject and token.dep in _SUBJECTS else 0
    is_quoted = token.i in history.quoted
    if (place in history.quoted) != is_quoted:
        score -= 22 if is_quoted and back == 0 else 12
    return score


def _thing_for(history: _MentionHistory, token: Token) -> tuple[str, Rule] | None:
    """The body or state that *it* refers to: the subject of the sentence so far, else of the sentence before."""
    document = history.document
    if token.dep == "expl" or (token.dep in _SUBJECTS and _is_impersonal(document, token)):
        return None
    if token.lower not in ("its", "itself") and (token.dep not in _SUBJECTS or token.i in history.quoted):
        return None
    best: tuple[float, Naming, str] | None = None
    for back in (0, 1):
        for naming in history.by_sentence.get(token.sentence - back, ())[-_MOST:]:
            if history.bearers[naming.bearer].kind == "person" or naming.form == "adjective":
                continue
            role = _role(document, _head_of(document, naming))
            subject = role.dep in _SUBJECTS
            if back and not subject:
                continue
            if document.tokens[naming.first].paragraph != token.paragraph and back == 0:
                continue
            score = 20.0 - 12 * back + (8 if subject else 0)
            score += (naming.first / (len(document.tokens) + 1)) * 4 if back == 0 else 0
            if (naming.first in history.quoted) != (token.i in history.quoted):
                score -= 6
            if best is None or score > best[0]:
                best = (score, naming, "before" if back else "subject" if subject else "same")
    if best is None or (token.lower == "it" and best[0] < _ENOUGH):
        return None
    _, meant, how = best
    name = document.span(meant.first, meant.last)
    return meant.bearer, rule(f"mentions.pronoun.thing_{how}", pronoun=token.span, name=name)


def _is_impersonal(document: Document, token: Token) -> bool:
    """Whether *it* refers to a clause (it is clear that, it was time to) or the weather."""
    verb = document.head(token)
    if verb.lemma in ("seem", "appear", "happen", "turn", "rain", "take", "matter"):
        return True
    if verb.lemma != "be":
        return False
    complement = document.child(verb, "acomp", "attr")
    if complement is None:
        return any(c.dep in ("ccomp", "advcl", "csubj") for c in document.children(verb))
    return any(
        c.dep in ("ccomp", "xcomp", "advcl", "csubj", "relcl", "acl") for c in document.children(complement)
    ) or any(c.dep in ("ccomp", "xcomp", "advcl", "csubj") for c in document.children(verb))


def is_company(head: str, sphere: str | None) -> bool:
    """Whether a body trades, by the table of known bodies or by the noun that heads its name."""
    if sphere is not None:
        return sphere in ("company", "media")
    found = head_of(head)
    return found is not None and found.sphere in ("company", "media")
