"""What gave the type of an event: the rule and the entry of the reference table that fired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.events.lexicon import Predicate

SOUND = {"MOBILIZE": "launch", "ACCUSE": "attack_with_words"}
"""The types that an attack turns out to be, to what turned it."""

_DONE = {
    "reject": "turned_down",
    "refuse": "turned_down",
    "accept": "accepted",
    "end": "ended",
    "threaten": "called_for",
    "demand": "called_for",
}
"""What a verb does to the event of its object, where that makes an event of another type of it."""


def of_word(part: str, word: Token, predicate: Predicate) -> Rule:
    """The sense of a verb, noun or adjective: the type is that of its row in the table."""
    words = (("word", word.span), ("type", predicate.type))
    return Rule(f"events.type.{part}", words, "event_predicates", predicate.entry)


def turned(how: str, word: Token, kind: str, of: Rule) -> Rule:
    """The type that the clause makes of that which the word alone has."""
    return rule(f"events.type.{how}", because=of, word=word.span, type=kind)


def staged(done: str, verb: Token, noun: Token, predicate: Predicate, kind: str) -> Rule:
    """What a verb does to the event that its object names.

    Args:
        done: The operator of the verb.
        verb: The verb.
        noun: The noun that names the event.
        predicate: The sense of the noun.
        kind: The type that comes of it.
    """
    words = (("word", verb.span), ("noun", noun.span), ("type", kind))
    under = of_word("noun", noun, predicate)
    return Rule(f"events.type.{_DONE.get(done, 'staged')}", words, "event_operators", f"{verb.lemma}: {done}", (under,))


def operated(done: str, verb: Token) -> Rule:
    """The status that a verb gives the event of its object: it is denied, or planned."""
    why = "denied" if done == "deny" else "plan_verb"
    return Rule(f"events.status.{why}", (("word", verb.span),), "event_operators", verb.lemma)
