"""What a clause makes of a measure in the end: its action and its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extract.tariffs.lexicon import FAMILY

if TYPE_CHECKING:
    from broadsheet.extract.tariffs.nouns import MeasurePhrase
    from broadsheet.extract.tariffs.predicates import Predicate
    from broadsheet.extract.tariffs.stance import Stance


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


def settle(predicate: Predicate, stance: Stance) -> tuple[str, str]:
    """Action and status of a governed measure; the status is empty where the clause states no act of the imposer."""
    action = predicate.action
    if not action:
        return "", ""
    mood = stance.mood
    negated = stance.negated
    if mood == "denied":
        return ("maintain", "in_force") if action in ("remove", "suspend", "lower") else (action, "")
    if negated:
        if action == "maintain":
            return "remove", "announced" if mood == "announced" else "in_force"
        if action in ("remove", "suspend", "lower") and mood in ("actual", "announced"):
            return "maintain", "in_force"
        return action, ""
    if mood in ("demanded", "hypothetical"):
        return action, ""
    if action == "threaten":
        return action, "threatened"
    if mood == "threatened" or (stance.conditional and mood in ("announced", "possible")):
        return ("threaten", "threatened") if action in ("impose", "raise") else (action, "")
    if mood == "possible":
        return action, ""
    if mood == "offered":
        return action, "unknown"
    if mood == "announced":
        return action, "announced"
    return action, "in_force"
