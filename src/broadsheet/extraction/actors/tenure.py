"""Whether a person holds an office, held it or will hold it, by the words at the title and in the clause."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.titles import head_place
from broadsheet.extraction.dates import DateExpression, find_dates
from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.people import OfficeVerb, office_qualifiers, office_verbs

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.actors.titles import Title

_VERBS = frozenset({"VERB", "AUX"})
_UNREAL = frozenset(
    {"would", "could", "may", "might", "should", "can", "must", "shall", "to", "if", "whether", "unless"}
)
_DONE = frozenset({"had", "has", "have", "was", "were"})
_WILL = frozenset({"will", "shall", "'ll", "’ll"})
_AWAITED = frozenset({"nominee", "designate"})
_IN_A_NAME = frozenset({"appos", "compound", "nmod"})
_FROM_A_DAY = frozenset({"effective", "from", "of", "starting", "beginning"})
_DURING = frozenset({"between", "during", "from", "in", "till", "until"})
_MOST = 4  # words above a title, and dates after it, that are read
_NO_VERB = OfficeVerb("", "", "")
CURRENT = "current", Rule("actor_roles.tenure.current")


def tenure_of(document: Document, title: Title, people: Container[int]) -> tuple[str, Rule]:
    """Tenure of an office, and the rule; ``people`` are the tokens that name a person."""
    entry = title.qualifier or ""
    stated = office_qualifiers().get(entry)
    qualified = rule("actor_roles.tenure.qualified", file="office_qualifiers", entry=entry)
    if stated is not None and stated != "current":
        return stated, qualified
    awaited = next((t for t in document.tokens[title.head : title.last + 2] if t.lower in _AWAITED), None)
    if awaited is not None:
        return "nominated", rule("actor_roles.tenure.awaited", word=awaited.span)
    predicate = predicate_of(document, title)
    effect = effect_of(document, predicate[0])[1] if predicate is not None else ""
    if predicate is not None and (cue := _by_clause(document, predicate[0], effect)):
        return cue, rule(f"actor_roles.tenure.{cue}", verb=predicate[0].span)
    if (timed := _by_time(document, title, effect == "gains")) is not None:
        return timed[0], rule("actor_roles.tenure.timed", word=timed[1].span, tenure=timed[0])
    gone = _under(document, title, people) or (None if title.office.is_rank else _departure(document, title))
    if gone is not None:
        return "former", rule("actor_roles.tenure.gone", word=gone.span)
    return (stated, qualified) if stated is not None else CURRENT


def predicate_of(document: Document, title: Title) -> tuple[Token, str] | None:
    """The verb of the clause that states an office, and how: by *as*, or said of its subject or object."""
    head = document.tokens[head_place(document.tokens, title)]
    verb, how = document.head(head), "said"
    if head.dep == "pobj" and verb.lower == "as":
        verb, how = document.head(verb), "as"
    elif head.dep not in ("attr", "oprd", "xcomp", "acomp"):
        return None
    return (verb, how) if verb.pos in _VERBS and (is_real(document, verb) or is_ahead(document, verb)) else None


def effect_of(document: Document, verb: Token) -> tuple[Token | None, str]:
    """The object whose office a verb is about, None if it is the subject's; and what becomes of the office."""
    entry, named = _entry(document, verb), document.child(verb, "dobj")
    if document.child(verb, "auxpass") is not None or (verb.dep == "acl" and verb.tag == "VBN"):
        return None, entry.object
    return (named, entry.object) if named and entry.object in ("gains", "awaits") else (None, entry.subject)


def is_succession(document: Document, verb: Token) -> bool:
    """Whether a verb says that one person takes an office over from another (*replace*)."""
    return _entry(document, verb) == OfficeVerb("", "gains", "loses")


def is_real(document: Document, verb: Token) -> bool:
    """Whether a clause states a fact: no condition, wish or possibility, and not the contrary."""
    return not any(t.dep == "neg" or t.lower in _UNREAL for t in document.children(verb, "aux", "mark", "neg"))


def is_ahead(document: Document, verb: Token) -> bool:
    """Whether a clause states what is to come: by *will*, *is to*, *is expected to*, or *would* in reported speech."""
    if document.child(verb, "neg") is not None:
        return False
    words = _helpers(document, verb)
    if "to" in words and verb.dep in ("xcomp", "ccomp", "advcl"):
        above = document.head(verb)
        chosen = "awaits gains" if is_succession(document, verb) else "awaits"  # named to replace Lund
        return (above.lemma == "be" or (_entry(document, above).object or "no") in chosen) and is_real(document, above)
    return bool(words & _WILL) or ("would" in words and verb.dep == "ccomp")


def _entry(document: Document, verb: Token) -> OfficeVerb:
    """What the table says of a verb with its particle."""
    entry = office_verbs().get(verb.lemma, _NO_VERB)
    particles = entry.particles.split()
    return entry if not particles or any(t.lower in particles for t in document.children(verb)) else _NO_VERB


def _by_clause(document: Document, verb: Token, effect: str) -> str | None:
    """Tenure by the verb of the clause that states an office; None if it is held."""
    ahead, helpers = is_ahead(document, verb), _helpers(document, verb)
    past = verb.tag == "VBD" or "had" in helpers or (verb.tag == "VBN" and verb.pos == "VERB")
    if effect in ("loses", "leaves"):
        return None if ahead or (verb.tag == "VBG" and helpers) else "former"
    if effect in ("holds", "keeps") and past and not ahead:
        return "former"
    return "nominated" if effect == "awaits" or (ahead and effect in ("gains", "holds")) else None


@lru_cache(maxsize=2)
def _dates(text: str, day: date) -> tuple[list[int], list[DateExpression]]:
    found = find_dates(text, published_on=day, max_characters=len(text))
    return [d.span.start for d in found], found


def _by_time(document: Document, title: Title, gained: bool) -> tuple[str, Token] | None:
    """Tenure by a time behind a title: ``from 2001 to 2005``, ``until last year``, ``effective from 1 April``."""
    tokens, day = document.tokens, document.article.published_on
    if day is None:
        return None
    starts, dates = _dates(document.text, day)
    at = bisect_left(starts, tokens[title.head].end)
    for found in dates[at : min(bisect_left(starts, document.sentence_of(tokens[title.head]).span.end), at + _MOST)]:
        first = document.range_of(found.span)[0]
        link = tokens[first] if tokens[first].lower in _DURING else tokens[first - 1]
        if gained and link.lower in _FROM_A_DAY and found.date_start is not None and found.date_start > day:
            return "nominated", link
        last = found.date_end if link.lower in _DURING and title.head <= link.head < title.last else None
        if last is not None and (last < day if link.lower in ("till", "until") else last.year < day.year):
            return "former", link
    return None


def _under(document: Document, title: Title, people: Container[int]) -> Token | None:
    """What says that an office was held under someone, or at the time stated."""
    for link in document.children(document.tokens[head_place(document.tokens, title)], "prep"):
        noun = document.child(link, "pobj")
        if noun is not None and ((link.lower == "under" and noun.i in people) or noun.lower == "time"):
            return link
    return None


def _departure(document: Document, title: Title) -> Token | None:
    """The verb by which the holder named with a title resigned or was dismissed: ``Minister Lund was sacked``."""
    noun = document.tokens[head_place(document.tokens, title)]
    for _ in range(_MOST):
        noun = document.head(noun) if noun.dep in _IN_A_NAME else noun
    for verb in (document.head(noun), *document.children(noun, "relcl", "acl")):
        inside, entry = document.child(verb, "nsubj", "nsubjpass", "dobj"), _entry(document, verb)
        side = noun.dep if verb.i == noun.head else inside.dep if inside is not None else "nsubjpass"
        effect = entry.subject if side == "nsubj" else entry.object if side in ("nsubjpass", "dobj") else ""
        # Who resigned as or from something else, or quit a race, may hold this office still.
        away = any(t.lower in ("as", "from") or (t.dep, side) == ("dobj", "nsubj") for t in document.children(verb))
        done = verb.tag == "VBD" or (verb.tag == "VBN" and (verb.dep == "acl" or _helpers(document, verb) & _DONE))
        if effect == "loses" and done and not away and is_real(document, verb):
            return verb
    return None


def _helpers(document: Document, verb: Token) -> set[str]:
    return {t.lower for t in document.children(verb, "aux", "auxpass")}
