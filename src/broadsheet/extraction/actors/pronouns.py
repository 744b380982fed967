"""Mentions by a pronoun, resolved by gender, recency and syntactic role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.mentions import Naming
from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.quotes.marks import find_stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.actors.mentions import Bearer
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
