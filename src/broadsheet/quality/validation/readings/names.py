"""Actors and countries: whether the words at a row or its evidence name the one that the cell names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.readings.rows import short, touching
from broadsheet.reference.organizations import body_nouns

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
"""What a mention or a speaker of the form ``pronoun`` is."""

_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?")
_LONGEST = 5
_SHOWN = 3
_LONGEST_WORD = 20
_BY_NAME = frozenset({"name", "alias", "adjective", "metonym"})


def link(column: str) -> Reading:
    """The words at the evidence name the actor; where they name another one alone, they do not bear the cell out."""
    return lambda row: _another(row, row[column], row.spans(column))


def participant(row: Row) -> str | None:
    """A participant is named at its span; where others alone are, it is none."""
    return _another(row, row["actor_id"], [row.span] if row.span is not None else [])


def _another(row: Row, actor_id: str | None, spans: list[Span]) -> str | None:
    """What is named at the spans, where it is another actor alone; whom a pronoun stands for is not told by itself."""
    actor = row.world.actors.get(actor_id or "")
    if actor is None or any(actor in row.world.named_at(row.article, span) for span in spans):
        return None
    others = [other for span in spans for other in row.world.named_at(row.article, span, _BY_NAME)]
    named = [other["name"] or "" for other in others]
    if not named or (actor["kind"] == "country" and any(other["kind"] == "person" for other in others)):
        return None  # who leads a state or speaks for it stands for it
    if actor["kind"] in ("person", "group") and all(_says_more(row, span) for span in spans):
        return None  # an office may name whose it is: ``Peru's trade minister``, ``critics in Peru``
    return f"{short(' … '.join(s.of(row.text) for s in spans))} names {', '.join(dict.fromkeys(named[:_SHOWN]))}"


def _says_more(row: Row, span: Span) -> bool:
    """Whether more stands at a span than names of states and bodies, so that it can describe one of their people."""
    named = touching(row.world.mentions.get(row.article, ()), span)
    if any(row.world.actors.get(mention.actor_id, {}).get("kind") == "person" for mention in named):
        return False
    rest = span.of(row.text)
    for mention in named:
        rest = rest.replace(mention.span.of(row.text), " ")
    return bool(plain_words(rest))


def code(column: str, *beside: str) -> Reading:
    """The words at the evidence name the country; where they name another one alone, they do not bear the code out.

    Args:
        column: The cell.
        beside: Columns whose evidence tells where the cell has none.
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
                # Another article may tell another country of the same person, and of the same body.
                several = len(row.world.texts) > 1
                people |= actor["kind"] == "person" or (several and actor["kind"] != "country")
        if row[column] in codes | sure or not sure or people:
            return None  # whom a pronoun or a common noun stands for, the words do not tell
        return f"{short(' … '.join(s.of(row.text) for s in spans))} names {', '.join(sorted(sure)[:_SHOWN])}"

    return read


def name(row: Row) -> str | None:
    """The name of an actor is printed at its evidence, or is that of the reference tables for what is printed."""
    words = row.words("name")
    if not words or row["name"] is None or any(row["name"] == text or stands_for(text, row.cells) for text in words):
        return None
    return f"the text has {short(words[0])}"


def mention(row: Row) -> str | None:
    """The words of a mention are a pronoun where its form is, and name its actor where they name at all."""
    span, actor = row.span, row.world.actors.get(row["actor_id"])
    if span is None:
        return None
    text = span.of(row.text)
    is_pronoun = text.lower() in PRONOUNS
    loud = is_pronoun and is_loud(text)
    if (row["form"] == "pronoun") != is_pronoun and row["form"] in (*_BY_NAME, "pronoun") and not loud:
        return f"the text has {short(text)}"
    if actor is None or row["form"] not in _BY_NAME or stands_for(text, actor):
        return None
    if (row["actor_id"], text) in row.world.given(row.article):
        return None
    return f"{short(text)} does not name {actor['name']}"


def is_loud(text: str) -> bool:
    """Whether a word in capitals can be a name though it spells a pronoun: the US, a body called WHO."""
    return text.isupper() and len(text) > 1


def stands_for(text: str, actor: Mapping[str, Any]) -> bool:
    """Whether words can name an actor: a part of its name, its initials, or its country's name, people or seat."""
    named = actor.get("name") or ""
    ours, theirs = plain_words(text), plain_words(named)
    if ours & theirs or any(one.startswith(other) for one in theirs for other in ours if len(other) > 2):
        return True
    letters = _letters(text)
    initials = _initials(named)
    if len(letters) > 1 and _initials(text) == _letters(named):
        return True  # Northern Sea Fund, where the name is NSF
    if letters and (_follows(letters, initials) or _follows(letters, _letters(named))):
        return True
    known = aliases()
    if known.get(_plain(text)) in (_plain(named), known.get(_plain(named), "")):
        return True
    if len(letters) > 1 and not Counter(letters) - Counter(initials):
        return True
    if actor.get("kind") == "country" and set(_plain(text).split()[-1:]) & _governments():
        return True
    return actor.get("country_code") in codes_of(text)


@cache
def _governments() -> frozenset[str]:
    """What a state's government is called by a common noun: the Haugen administration."""
    return frozenset({*body_nouns(), "government", "regime"})


def _initials(text: str) -> str:
    return "".join(word[0] for word in _plain(text).replace("-", " ").split() if word[0].isalpha())


def _letters(text: str) -> str:
    return "".join(character for character in _plain(text) if character.isalpha())


def _follows(letters: str, of: str) -> bool:
    """Whether the letters stand in ``of`` in their order, the first of them first."""
    rest = iter(of)
    return letters[:1] == of[:1] and all(letter in rest for letter in letters)


def plain_words(text: str) -> frozenset[str]:
    """The words of a text in small letters without accents, possessive endings and words that name nothing."""
    return frozenset(w for w in re.findall(r"[^\W_]+", _plain(text)) if w not in ("the", "of", "and", "s", "a", "for"))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower().strip()


def codes_of(text: str) -> set[str]:
    """The countries that words of the text name by themselves: by name, people, capital, seat, place, office, body."""
    words = [m.group().lower().removesuffix("'s").removesuffix("’s") for m in _WORD.finditer(text)]
    known = _codes()
    found: set[str] = set()
    for first in range(len(words)):
        for count in range(1, _LONGEST + 1):
            phrase = " ".join(words[first : first + count])
            found |= known.get(phrase) or known.get(phrase.rstrip(".")) or frozenset()
    return found


def _with_word_before(text: str, span: Span) -> frozenset[str]:
    """The countries that a span names together with the word before it: ``«Yemeni»`` behind ``South``."""
    before = text[max(0, span.start - _LONGEST_WORD) : span.start].split()
    return _codes().get(f"{before[-1]} {span.of(text)}".lower(), frozenset()) if before else frozenset()


@cache
def _codes() -> Mapping[str, frozenset[str]]:
    """Phrase in lower case to the codes of the countries that it can name."""
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
    found["brussels"].add("BEL")  # a city of its own, besides what it stands for
    found["georgia"].add("USA")  # one of its states
    for row in table("organization_aliases"):
        if codes := found.get(row["organization"].lower()):
            found.setdefault(row["alias"].lower(), set()).update(codes)
    return {phrase: frozenset(codes) for phrase, codes in found.items()}


@cache
def aliases() -> Mapping[str, str]:
    """Alias of an organization to its name, both in lower case."""
    from broadsheet.reference import table

    return {_plain(row["alias"]): _plain(row["organization"]) for row in table("organization_aliases")}
