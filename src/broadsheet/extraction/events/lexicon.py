"""The predicates of events: which verbs and nouns name what kind of event, under which conditions, and who is who."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.reference import column, mapping, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analysis.document import Token

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types in which every side acts, unless the predicate says otherwise."""

COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
"""Types that a refusal withholds and a promise offers; the others a threat announces."""

ENDED = {
    "SANCTION": "CONCEDE",
    "COERCE": "CONCEDE",
    "PROTEST": "CONCEDE",
    "ACCUSE": "CONCEDE",
    "REJECT": "CONCEDE",
    "ASSAULT": "RETREAT",
    "CONSULT": "SANCTION",
    "COOPERATE": "SANCTION",
    "AID": "SANCTION",
    "SUPPORT": "SANCTION",
    "AGREE": "SANCTION",
}
"""What it is to end an event of a type: to lift a ban is to concede, to break off talks a sanction."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a participant stands, seen from the predicate.

    Attributes:
        name: A preposition (``with``, ``out of``) or one of ``obj`` (direct object), ``dative``, ``inner`` (inside the
            object's phrase), ``author`` (who made what the object names), ``comp`` (the complement clause's
            participants), ``subject``.
        role: ``actor`` or ``recipient``.
        inverse: The one found here acts, and the subject is the recipient.
    """

    name: str
    role: str = "recipient"
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Predicate:
    """A sense of a verb or a noun that names an event.

    Attributes:
        lemma: Lemma of the head word.
        words: Lemmas before it that belong to the expression (``hunger`` of ``hunger strike``).
        particle: Particle that the verb needs, or the empty string.
        subject: Classes or lemmas one of which the subject must have; none given: any subject.
        object: The same for the direct object. ``-`` means neither object nor complement clause, ``any`` some object,
            ``actor`` an object that names an actor.
        complement: ``any`` clause, ``clause`` (a clause and no object), ``to`` an infinitive, ``none``, or the lemmas
            of the complement's verb.
        prepositions: Preposition and class (or the empty string) of its object; one of them is needed.
        possessor: Of nouns: the role of the possessor.
        type: Type of the event, or the empty string: a sense that is no event and keeps others from matching.
        needs_recipient: Whether it is no event unless it is done to somebody who is named.
        slots: Where the other participants stand, the likeliest first.
        entry: The row of ``event_predicates.csv`` in words.
    """

    lemma: str
    words: tuple[str, ...]
    particle: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    complement: tuple[str, ...]
    prepositions: tuple[tuple[str, str], ...]
    possessor: str
    type: str
    needs_recipient: bool
    slots: tuple[Slot, ...]
    entry: str = ""

    @property
    def weight(self) -> int:
        """How specific the conditions are; the most specific sense that holds is taken."""
        return (
            8 * bool(self.particle)
            + 6 * bool(self.subject)
            + (_OBJECT_WEIGHT.get(self.object[0], 6) if self.object else 0)
            + (_CLAUSE_WEIGHT.get(self.complement[0], 5) if self.complement else 0)
            + 4 * bool(self.prepositions)
            + 8 * len(self.words)
        )


_OBJECT_WEIGHT = {"any": 3, "-": 3, "actor": 5}
_CLAUSE_WEIGHT = {"any": 3, "clause": 4, "none": 4}


def _slots(text: str, defaults: tuple[Slot, ...]) -> tuple[Slot, ...]:
    if not text:
        return defaults
    if text == "none":
        return ()
    out = []
    for name in text.split():
        if name[0] == "+":
            out.append(Slot(name[1:], "actor"))
        elif name[0] == "<":
            out.append(Slot(name[1:], "actor", inverse=True))
        else:
            out.append(Slot(name.replace("_", " ")))
    return tuple(out)


@cache
def _default_slots() -> Mapping[tuple[str, str], tuple[Slot, ...]]:
    return {(row["type"], row["pos"]): _slots(row["slots"], ()) for row in table("event_roles")}


def _entry(row: Mapping[str, str]) -> str:
    """A row of ``event_predicates.csv`` as one reads it: ``lift (verb, object: measure)``."""
    conditions = [f"{name}: {row[name]}" for name in ("particle", "subject", "object", "complement", "preposition")]
    told = [condition for condition in conditions if not condition.endswith(": ")]
    return f"{row['predicate']} ({', '.join([row['pos'], *told])})"


@cache
def _predicates() -> Mapping[str, Mapping[str, tuple[Predicate, ...]]]:
    found: dict[str, dict[str, list[Predicate]]] = {pos: {} for pos in ("verb", "noun", "adjective", "charge")}
    for row in table("event_predicates"):
        *words, lemma = row["predicate"].split()
        noun = row["pos"] == "noun"
        defaults = _default_slots().get((row["type"], row["pos"]), ())
        prepositions = tuple(tuple(p.partition(":")[::2]) for p in row["preposition"].split())
        predicate = Predicate(
            lemma,
            tuple(words),
            row["particle"],
            () if noun else tuple(row["subject"].split()),
            tuple(row["object"].split()),
            tuple(row["complement"].split()),
            prepositions,  # type: ignore[arg-type]
            (row["subject"] or "actor") if noun else "",
            row["type"],
            "needed" in row["slots"].split(),
            _slots(row["slots"].removesuffix("needed").strip(), defaults),
            _entry(row),
        )
        found[row["pos"]].setdefault(lemma, []).append(predicate)
    return {
        pos: {lemma: tuple(sorted(senses, key=lambda p: -p.weight)) for lemma, senses in lemmas.items()}
        for pos, lemmas in found.items()
    }


def verb_senses(lemma: str) -> tuple[Predicate, ...]:
    """The senses of a verb, the most specific first; none for a verb that names no event."""
    return _predicates()["verb"].get(lemma, ())


def noun_senses(lemma: str) -> tuple[Predicate, ...]:
    """The senses of a noun, the most specific first; none for a noun that names no event."""
    return _predicates()["noun"].get(lemma, ())


def adjective_senses(word: str) -> tuple[Predicate, ...]:
    """The senses of an adjective or participle that takes a stand (``opposed to``, ``unacceptable``)."""
    return _predicates()["adjective"].get(word, ())


def charge_senses(lemma: str) -> tuple[Predicate, ...]:
    """The senses of a verb that is a charge where somebody says it of another (``X said that Y broke the treaty``)."""
    return _predicates()["charge"].get(lemma, ())


@cache
def _operators() -> Mapping[tuple[str, str], tuple[tuple[str, str], ...]]:
    out: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in table("event_operators"):
        out.setdefault((row["predicate"], row["pos"]), []).append((row["particle"], row["operator"]))
    return {key: tuple(found) for key, found in out.items()}


def operators(lemma: str, particles: frozenset[str]) -> frozenset[str]:
    """What a verb does to the event that its object or complement names (``start``, ``refuse``, ``plan`` …)."""
    rows = _operators().get((lemma, "verb"), ())
    with_particle = frozenset(op for particle, op in rows if particle and particle in particles)
    return with_particle or frozenset(op for particle, op in rows if not particle)


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    predicates = _predicates()
    verbs = {lemma for lemma, pos in _operators() if pos == "verb"}
    effects = {lemma for lemma, pos in _operators() if pos == "noun"}
    return frozenset(verbs | predicates["verb"].keys() | predicates["charge"].keys()), frozenset(
        effects | predicates["noun"].keys()
    )


def is_event_verb(lemma: str) -> bool:
    """Whether a verb can tell an event, by itself or with an object."""
    return lemma in _known()[0]


def is_event_noun(lemma: str) -> bool:
    """Whether a noun can tell an event, by itself or with what it does to another."""
    return lemma in _known()[1]


def modifier_effect(word: str) -> str | None:
    """What an adjective says of the event of its noun: ``planned``, ``unreal`` or ``new``."""
    return _modifiers().get(word)


@cache
def _modifiers() -> Mapping[str, str]:
    return mapping("event_modifiers", "effect")


def controls_object(verb: str) -> bool:
    """Whether a verb's object does what its complement or its ``of``, ``for`` or ``from`` phrase says."""
    return verb in column("object_control", "verb")


def is_quantity(noun: str) -> bool:
    """Whether a noun only counts, measures or groups what its ``of`` phrase names."""
    return noun in column("quantity_nouns", "noun")


@cache
def _currency() -> frozenset[str]:
    return column("currency_words", "word") | frozenset(sign.lower() for sign in column("currency_signs", "sign"))


def is_currency(word: str) -> bool:
    """Whether a word in lower case is the name or the sign of a currency."""
    return word in _currency()


def noun_operators(lemma: str) -> frozenset[str]:
    """What a noun does to the event that its ``of`` phrase names (``the lifting of sanctions``)."""
    return frozenset(op for _, op in _operators().get((lemma, "noun"), ()))


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for row in table("event_classes"):
        out.setdefault(row["lemma"], set()).add(row["class"])
    return {lemma: frozenset(found) for lemma, found in out.items()}


_NONE: frozenset[str] = frozenset()


def classes(lemma: str) -> frozenset[str]:
    """The classes of objects that a noun belongs to (``agreement``, ``force``, ``prisoner`` …)."""
    return _classes().get(lemma, _NONE)


_PEOPLE = frozenset(
    {"person", "public", "body", "force", "collective", "prisoner", "envoy", "inspector", "peacekeeper"}
)


def is_people(token: Token) -> bool:
    """Whether a noun names persons, bodies or forces."""
    return not _PEOPLE.isdisjoint(classes(token.lemma))


def is_a(lemma: str, wanted: str) -> bool:
    """Whether a lemma is of a class or is itself what is wanted."""
    return lemma == wanted or wanted in classes(lemma)
