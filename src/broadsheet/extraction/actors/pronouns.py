"""Mentions by a pronoun, resolved by gender, recency and syntactic role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.mentions import Naming
from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.links import head_of
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
_IMPERSONAL = frozenset({"appear", "be", "happen", "matter", "rain", "seem", "take", "turn"})
"""Verbs of which *it* is mostly no body or state, but a clause or the weather."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def resolve_pronouns(
    document: Document, namings: Iterable[Naming], bearers: Mapping[str, Bearer], genders: Mapping[str, Gender]
) -> list[Naming]:
    """Third-person pronouns with the person, body or state that they refer to; doubtful ones are left out.

    Candidates are the mentions of the sentence and of the few before it, weighed as in Lappin and Leass, *An algorithm
    for pronominal anaphora resolution* (1994); a pronoun that is resolved becomes a candidate for the next.
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
        if token.lower in _HE or token.lower in _SHE:
            meant = history.person_for(token, "male" if token.lower in _HE else "female")
        elif token.lower in _IT:
            meant = history.thing_for(token)
        else:
            continue
        if meant is not None:
            naming = Naming(meant[0], token.i, token.i + 1, "pronoun", meant[1])
            history.add(naming)
            found.append(naming)
    return found


def _quoted_tokens(document: Document) -> frozenset[int]:
    spans = [stretch.span for stretch in find_stretches(document.text, document.paragraphs)]
    return frozenset(i for span in spans for i in range(*document.range_of(span)))


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

    def person_for(self, token: Token, gender: Gender) -> tuple[str, Rule] | None:
        scores: dict[str, float] = {}
        for back in range(_REACH + 1):
            for naming in reversed(self.by_sentence.get(token.sentence - back, [])[-_MOST:]):
                if self.bearers[naming.bearer].kind == "person":
                    score = self._salience(naming, token, gender, back)
                    if score is not None:
                        scores[naming.bearer] = max(scores.get(naming.bearer, 0.0), score) + 1.0
        best = max(scores, key=lambda key: (scores[key], key), default=None)
        if best is None or scores[best] < _ENOUGH:
            return None
        last = self.named[best]
        why = rule(
            "mentions.pronoun.person",
            pronoun=token.span,
            gender=gender,
            name=self.document.span(last.first, last.last),
            score=f"{scores[best]:.0f}",
            rivals=str(len(scores) - 1),
        )
        self.genders.setdefault(best, gender)
        return best, why

    def _salience(self, naming: Naming, token: Token, gender: Gender, back: int) -> float | None:
        """How likely a pronoun refers to a person's mention ``back`` sentences before; None if it cannot."""
        known = self.genders.get(naming.bearer)
        if known is not None and known not in (gender, "either"):
            return None
        place = naming.last - 1
        role = _role(self.document, place)
        is_subject = role.dep in _SUBJECTS
        is_object = token.dep in ("dobj", "dative", "pobj") and token.lower in ("him", "her")
        if back == 0 and is_object and is_subject and _clause(self.document, role) == _clause(self.document, token):
            return None
        score = _DISTANCE[back] - 6 * (self.document.tokens[place].paragraph != token.paragraph)
        score += 12 if is_subject else 3 if role.dep in ("dobj", "dative") else 0
        score += 5 if known == gender else 0
        score += 4 if is_subject and token.dep in _SUBJECTS else 0
        is_quoted = token.i in self.quoted
        if (place in self.quoted) != is_quoted:
            score -= 22 if is_quoted and back == 0 else 12
        return score

    def thing_for(self, token: Token) -> tuple[str, Rule] | None:
        """The body or state that *it* refers to: the subject of the sentence so far, else of the sentence before."""
        document = self.document
        is_subject, is_quoted = token.dep in _SUBJECTS, token.i in self.quoted
        impersonal = is_subject and document.head(token).lemma in _IMPERSONAL
        if impersonal or (token.lower == "it" and (not is_subject or is_quoted)):
            return None
        best: tuple[float, Naming, str] | None = None
        for back in (0, 1):
            for naming in self.by_sentence.get(token.sentence - back, [])[-_MOST:]:
                subject = _role(document, head_of(document, naming.first, naming.last)).dep in _SUBJECTS
                is_person = self.bearers[naming.bearer].kind == "person"
                if is_person or naming.form == "adjective" or (back and not subject):
                    continue
                score = 20.0 + 8 * subject - 6 * ((naming.first in self.quoted) != is_quoted)
                score += -12 if back else 4 * naming.first / (len(document.tokens) + 1)
                if best is None or score > best[0]:
                    best = (score, naming, "before" if back else "subject" if subject else "same")
        if best is None:
            return None
        _, meant, how = best
        name = document.span(meant.first, meant.last)
        return meant.bearer, rule(f"mentions.pronoun.thing_{how}", pronoun=token.span, name=name)


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
    return next((above.i for above in document.ancestors(token) if above.pos in ("VERB", "AUX")), token.i)
