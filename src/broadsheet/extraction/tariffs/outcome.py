"""What a clause makes of a measure in the end: its action and its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule
from broadsheet.extraction.tariffs.lexicon import FAMILY

if TYPE_CHECKING:
    from broadsheet.extraction.tariffs.nouns import MeasurePhrase
    from broadsheet.extraction.tariffs.predicates import Predicate
    from broadsheet.extraction.tariffs.stance import Stance


def fitting(predicate: Predicate, phrase: MeasurePhrase) -> str:
    """The action in terms of the measure: only numbers rise and fall; a ban is imposed or lifted, in part too."""
    action = predicate.action
    family = FAMILY[phrase.measures[0]] if phrase.measures else ""
    if family in ("ban", "control"):
        return {"raise": "impose", "lower": "remove"}.get(action, action)
    if (
        family == "duty"
        and action == "raise"
        and (predicate.token.lemma in ("improve", "expand") or predicate.token.lower == "improved")
    ):
        return "lower"
    return action


def settle(predicate: Predicate, stance: Stance) -> tuple[str, str, dict[str, Rule]]:
    """Action and status of a governed measure, and what gave them; the status is empty where the clause states no act
    of the imposer.
    """
    action, status, how = _settled(predicate, stance)
    word = stance.condition if how == "conditional" else stance.negation if how == "negated" else stance.word
    told = Rule(f"tariffs.status.{how or 'stated'}", (("word", (word or predicate.token).span),))
    rules = {"status": told}
    if how in ("denied", "negated", "threatened", "conditional") and action != predicate.action:
        rules["action"] = Rule(f"tariffs.action.{how}", told.words)
    return action, status, rules


def _settled(predicate: Predicate, stance: Stance) -> tuple[str, str, str]:
    """Action, status and what of the clause made it so; nothing where it is merely stated."""
    action = predicate.action
    if not action:
        return "", "", ""
    mood = stance.mood
    negated = stance.negated
    if mood == "denied":
        kept = action in ("remove", "suspend", "lower")
        return ("maintain", "in_force", "denied") if kept else (action, "", "denied")
    if negated:
        if action == "maintain":
            return "remove", "announced" if mood == "announced" else "in_force", "negated"
        if action in ("remove", "suspend", "lower") and mood in ("actual", "announced"):
            return "maintain", "in_force", "negated"
        return action, "", "negated"
    if mood in ("demanded", "hypothetical"):
        return action, "", ""
    if action == "threaten":
        return action, "threatened", "threat"
    if mood == "threatened" or (stance.conditional and mood in ("announced", "possible")):
        how = "threatened" if mood == "threatened" else "conditional"
        return ("threaten", "threatened", how) if action in ("impose", "raise") else (action, "", how)
    if mood == "possible":
        return action, "", ""
    if mood == "offered":
        return action, "unknown", "offered"
    if mood == "announced":
        return action, "announced", "announced"
    return action, "in_force", ""
