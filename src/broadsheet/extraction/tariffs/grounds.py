"""What gave a measure and its action: the rule, and the entry of the reference table that fired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.lexicon import actions, measure_modifiers, measure_nouns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.tariffs.items import Item
    from broadsheet.extraction.tariffs.nouns import MeasurePhrase
    from broadsheet.extraction.tariffs.parties import Party
    from broadsheet.extraction.tariffs.predicates import Predicate

PRESUPPOSED = Rule("tariffs.action.presupposed")
"""The clause takes the measure for granted: it stands."""

_MEASURES, _ACTIONS = "trade_measures", "trade_actions"
_BEHIND = 5
"""Words behind a verb among which the rest of its expression stands (do away with)."""
_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})


def measure_rule(document: Document, phrase: MeasurePhrase, measures: Sequence[str]) -> Rule | None:
    """What gave the measure of a phrase; None for one that recalls a measure told before.

    Args:
        document: The analysed article.
        phrase: The noun phrase.
        measures: What the clause takes it for.
    """
    if not measures:
        return None
    noun, named = document.tokens[phrase.noun], measures[0]
    words = (("word", noun.span), ("measure", named))
    modifier = phrase.modifier.lower if phrase.modifier is not None else ""
    entry = next((m for m in (modifier, f"{modifier} dumping") if measure_modifiers().get(m) == named), None)
    form = noun.lemma if noun.lemma in measure_nouns() else goods.singular(noun.lower)
    own = measure_nouns().get(form)
    if own is not None and own.measure == named:
        return Rule("tariffs.measure.noun", words, _MEASURES, f"{form} (noun)")
    if phrase.modifier is not None and named in measure_modifiers().values():
        words = (("word", phrase.modifier.span), ("measure", named))
        return Rule("tariffs.measure.modifier", words, _MEASURES, f"{entry or modifier} (modifier)")
    if own is None:
        return Rule("tariffs.measure.pro_form", words)
    if own.measure == "export_control":
        return Rule("tariffs.measure.import_control", words, _MEASURES, f"{form} (noun)")
    return Rule("tariffs.measure.trade_sanction", words, _MEASURES, f"{form} (noun)")


def action_rule(document: Document, predicate: Predicate, lemma: str) -> Rule:
    """What gave the action of a predicate.

    Args:
        document: The analysed article.
        predicate: The governing word.
        lemma: It with its particle, as ``trade_actions.csv`` may have it.
    """
    token, action = predicate.token, predicate.action
    noun = predicate.noun
    if noun is not None:
        said = (("word", token.span), ("noun", noun.span), ("action", action))
        if actions("noun").get(noun.lemma) == action:
            return Rule("tariffs.action.noun", said, _ACTIONS, f"{noun.lemma} (noun)")
        return Rule("tariffs.action.composed", said)
    words = (("word", token.span), ("action", action))
    pattern = actions(predicate.pattern)
    entry = next((form for form in (lemma, token.lemma, token.lower) if pattern.get(form) == action), None)
    if entry is None:
        behind = {t.lower for t in document.tokens[token.i + 1 : token.i + 1 + _BEHIND]}
        longer = (form for form in pattern if form.split()[0] == token.lemma and behind.issuperset(form.split()[1:]))
        entry = next((form for form in longer if pattern[form] == action), None)
    if entry is not None:
        return Rule(f"tariffs.action.{predicate.pattern}", words, _ACTIONS, f"{entry} ({predicate.pattern})")
    return Rule(f"tariffs.action.{predicate.pattern}_alone", words)


def verb_rules(word: Token, measure: str, part: str, lemma: str, action: str) -> dict[str, Rule]:
    """What gave measure and action of a verb that is a measure by itself."""
    words = (("word", word.span), ("measure", measure), ("action", action))
    named = Rule("tariffs.measure.verb", words, _MEASURES, f"{lemma} ({part})")
    return {"measure": named, "action": Rule("tariffs.action.verb", words)}


def because(column: str, how: str, of: Rule | None = None, **words: Span | str) -> Rule:
    """A rule of one column of a row of ``tariffs`` that rests on what gave it before."""
    told = rule(f"tariffs.{column}.{how}", because=of)
    return Rule(told.id, tuple(words.items()), because=told.because)


_STANDING_IN = frozenset({"pronoun", "its", "them"})
"""Roles of countries that no words of the clause name."""


def country_rule(document: Document, column: str, party: Party) -> Rule:
    """What made a country imposer or target, and what words name it."""
    words = document.span(party.first, party.last)
    if party.role in _STANDING_IN:
        return Rule(f"tariffs.{column}.{party.role}", (("word", words),))
    pronoun = document.tokens[party.first].tag in _PRONOUNS and party.last == party.first + 1
    named = Rule(f"tariffs.named.{'pronoun' if pronoun else party.form}", (("word", words),))
    return Rule(f"tariffs.{column}.{party.role}", (("word", words),), because=(named,))


def product_rule(document: Document, item: Item) -> Rule:
    """Where the clause names the goods."""
    how = "pronoun" if item.pronoun else "shared_head" if item.shared else "named"
    return Rule(f"tariffs.product.{how}", (("word", document.span(item.first, item.last)),))


def chapter_rule(product: str) -> Rule:
    """The entry of the table of goods that gave a product its chapter."""
    entry = goods.entry_of(product) or ""
    return Rule("tariffs.hs_chapter", (("product", product),), "goods", entry)
