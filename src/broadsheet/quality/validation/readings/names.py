"""Checks that the words at a row or its evidence name the actor or country in the cell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.readings.rows import short, touching
from broadsheet.reference import mapping
from broadsheet.reference.organizations import body_nouns, is_party_member

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.base.span import Span
    from broadsheet.quality.validation.readings.rows import Reading, Row

PRONOUNS = frozenset(
    re.findall(
        r"\w+",
        "i me my mine myself we us our ours ourselves you your yours he him his himself she her hers herself "
        "it its itself they them their theirs themselves who whom whose one both all some many someone "
        "somebody anyone anybody nobody none everyone everybody others another other each either neither few several "
        "most this that these those which what ",
    )
)
"""Words that count as a mention or speaker of the form ``pronoun``."""

_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?")
_LONGEST = 5
_SHOWN = 3
_ENDING = 2
"""Letters in which two spellings of a name may differ at its end."""
_STEM = 5
"""Letters that must then be the same, at least."""
_LONGEST_WORD = 20
_BY_NAME = frozenset({"name", "alias", "adjective", "metonym"})


def link(column: str) -> Reading:
    """Checks that the evidence names the actor; it contradicts the cell if it names only other actors."""
    return lambda row: _another(row, row[column], row.spans(column))


def participant(row: Row) -> str | None:
    """Checks that the span names the participant; it contradicts the row if it names only other actors."""
    return _another(row, row["actor_id"], [row.span] if row.span is not None else [])


def _another(row: Row, actor_id: str | None, spans: list[Span]) -> str | None:
    """Returns a message if the spans name only other actors. Pronouns do not count: they do not name their actor."""
    actor = row.world.actors.get(actor_id or "")
    if actor is None or any(actor in row.world.named_at(row.article, span) for span in spans):
        return None
    others = [other for span in spans for other in row.world.named_at(row.article, span, _BY_NAME)]
    named = [other["name"] or "" for other in others]
    if not named or (actor["kind"] == "country" and any(other["kind"] == "person" for other in others)):
        return None  # a leader or spokesperson can represent a state
    if actor["kind"] in ("person", "group") and all(_says_more(row, span) for span in spans):
        return None  # a description may name its state or body: ``Peru's trade minister``, ``critics in Peru``
    if actor["kind"] == "person" and all(is_party_member(name.lower()) for name in named):
        return None  # a party's name in the singular is one of its members: ``the Democrat``
    return f"{short(' … '.join(s.of(row.text) for s in spans))} names {', '.join(dict.fromkeys(named[:_SHOWN]))}"


def _says_more(row: Row, span: Span) -> bool:
    """Whether a span has more words than names of states and bodies, so that it can describe one of their people."""
    named = touching(row.world.mentions.get(row.article, ()), span)
    if any(row.world.actors.get(mention.actor_id, {}).get("kind") == "person" for mention in named):
        return False
    rest = span.of(row.text)
    for mention in named:
        rest = rest.replace(mention.span.of(row.text), " ")
    return bool(plain_words(rest))


def code(column: str, *beside: str) -> Reading:
    """Checks that the evidence names the country; it contradicts the code if it names only other countries.

    Args:
        column: The column of the cell.
        beside: Columns whose evidence is used if the cell has none.
    """

    def read(row: Row) -> str | None:
        spans = next((found for name in (column, *beside) if (found := row.spans(name))), [])
        if row[column] is None or not spans:
            return None
        codes: set[str] = set()
        sure: set[str] = set()
        people = False
        for span in spans:
            sure |= codes_of(span.of(row.text))
            codes |= _with_word_before(row.text, span)
            for named in touching(row.world.mentions.get(row.article, ()), span):
                actor = row.world.actors.get(named.actor_id)
                if actor is None or actor["country_code"] is None:
                    continue
                codes.add(actor["country_code"])
                if named.form in _BY_NAME:
                    sure.add(actor["country_code"])
                # Another article may give a different country for the same person or body.
                several = len(row.world.texts) > 1
                people |= actor["kind"] == "person" or (several and actor["kind"] != "country")
        if row[column] in codes | sure or not sure or people:
            return None  # the words alone do not resolve a pronoun or a common noun
        return f"{short(' … '.join(s.of(row.text) for s in spans))} names {', '.join(sorted(sure)[:_SHOWN])}"

    return read


def name(row: Row) -> str | None:
    """Checks that an actor's name is printed at its evidence, or is the reference tables' name for what is printed."""
    words = row.words("name")
    if not words or row["name"] is None or any(row["name"] == text or can_name(text, row.cells) for text in words):
        return None
    return f"the text has {short(words[0])}"


def mention(row: Row) -> str | None:
    """Checks that a mention is a pronoun if its form is ``pronoun``, and that a naming mention names its actor."""
    span, actor = row.span, row.world.actors.get(row["actor_id"])
    if span is None:
        return None
    text = span.of(row.text)
    is_pronoun = text.lower() in PRONOUNS
    loud = is_pronoun and is_loud(text)
    if (row["form"] == "pronoun") != is_pronoun and row["form"] in (*_BY_NAME, "pronoun") and not loud:
        return f"the text has {short(text)}"
    if actor is None or row["form"] not in _BY_NAME or can_name(text, actor):
        return None
    if (row["actor_id"], text) in row.world.given(row.article):
        return None
    return f"{short(text)} does not name {actor['name']}"


def is_loud(text: str) -> bool:
    """Whether a word in capitals that spells a pronoun can be a name, such as US or WHO."""
    return text.isupper() and len(text) > 1


def can_name(text: str, actor: Mapping[str, Any]) -> bool:
    """Whether words can name an actor: part of its name, its initials, or its country's name, people or seat.

    The reference tables' full name of a body and of a given name (*Andy*) serves as well as the words and as the name.
    """
    named = actor.get("name") or ""
    known = aliases() if actor.get("kind") != "person" else mapping("given_name_short_forms", "given_name")
    full, full_name = (known.get(_plain(x), x) for x in (text, named))
    if any(_can_stand_for(one, other) for one in {text, full} for other in {named, full_name}):
        return True
    if actor.get("kind") == "country" and set(_plain(text).split()[-1:]) & _governments():
        return True
    return actor.get("country_code") in codes_of(text)


def _can_stand_for(text: str, named: str) -> bool:
    """Whether words share a word with a name, spelled alike, or either has the initials of the other."""
    if any(_are_alike(one, other) for one in plain_words(named) for other in plain_words(text)):
        return True
    letters = _letters(text)
    initials = _initials(named)
    if len(letters) > 1 and _initials(text) == _letters(named):
        return True  # ``Northern Sea Fund`` if the name is NSF
    if letters and (_follows(letters, initials) or _follows(letters, _letters(named))):
        return True
    left_out = "o" if len(letters) > _ENDING else ""  # ``DOJ``, with its ``of``, if the name is Justice Department
    return len(letters) > 1 and not Counter(letters) - Counter(initials + left_out)


def _are_alike(one: str, other: str) -> bool:
    """Whether words are the same but for an ending that one lacks, or for two last letters (Zelenskyy, Zelenskiy)."""
    stem = max(len(one), len(other)) - _ENDING
    return (
        one == other
        or (len(other) > _ENDING and one.startswith(other))
        or (stem >= _STEM and one[:stem] == other[:stem])
    )


@cache
def _governments() -> frozenset[str]:
    """Returns common nouns for a government, as in ``the Haugen administration``."""
    return frozenset({*body_nouns(), "government", "regime", "cabinet"})


def _initials(text: str) -> str:
    return "".join(word[0] for word in _plain(text).replace("-", " ").split() if word[0].isalpha())


def _letters(text: str) -> str:
    return "".join(character for character in _plain(text) if character.isalpha())


def _follows(letters: str, of: str) -> bool:
    """Whether the letters occur in ``of`` in the same order and start with the same letter."""
    rest = iter(of)
    return letters[:1] == of[:1] and all(letter in rest for letter in letters)


def plain_words(text: str) -> frozenset[str]:
    """Returns the words of a text in lower case, without accents, possessive endings and function words."""
    return frozenset(w for w in re.findall(r"[^\W_]+", _plain(text)) if w not in ("the", "of", "and", "s", "a", "for"))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower().strip()


def codes_of(text: str) -> set[str]:
    """Returns the countries that the text names by name, people, capital, seat, place, office, body or leader."""
    words = [m.group().lower().removesuffix("'s").removesuffix("’s") for m in _WORD.finditer(text)]
    known = _codes()
    found: set[str] = set()
    for first in range(len(words)):
        for count in range(1, _LONGEST + 1):
            phrase = " ".join(words[first : first + count])
            found |= known.get(phrase) or known.get(phrase.rstrip(".")) or frozenset()
    return found


def _with_word_before(text: str, span: Span) -> frozenset[str]:
    """Returns the countries that a span names together with the word before it: ``«Yemeni»`` after ``South``."""
    before = text[max(0, span.start - _LONGEST_WORD) : span.start].split()
    return _codes().get(f"{before[-1]} {span.of(text)}".lower(), frozenset()) if before else frozenset()


@cache
def _codes() -> Mapping[str, frozenset[str]]:
    """Maps each phrase in lower case to the codes of the countries that it can name."""
    from broadsheet.reference import table

    found: dict[str, set[str]] = {}
    for name, phrase in (
        ("countries", "name"),
        ("country_names", "name"),
        ("demonyms", "demonym"),
        ("capitals", "capital"),
        ("government_seats", "seat"),
        ("places", "place"),
        ("offices", "office"),
        ("known_organizations", "organization"),
        ("leaders", "leader"),
    ):
        for row in table(name):
            if row["country_code"]:
                found.setdefault(row[phrase].lower(), set()).add(row["country_code"])
    found["brussels"].add("BEL")  # also a city, besides the metonym
    found["georgia"].add("USA")  # also a US state
    for row in table("organization_aliases"):
        if codes := found.get(row["organization"].lower()):
            found.setdefault(row["alias"].lower(), set()).update(codes)
    return {phrase: frozenset(codes) for phrase, codes in found.items()}


@cache
def aliases() -> Mapping[str, str]:
    """Maps each organization alias to the organization's name, both in lower case."""
    from broadsheet.reference import table

    return {_plain(row["alias"]): _plain(row["organization"]) for row in table("organization_aliases")}
