"""Texts of any length with uniform content, which slow down a parser that looks too far in any direction."""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Shape = Callable[[int], str]

OPENING = "They said that the port and its workers should have been told about it. "
"""Enough English for any text to be accepted."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MARKS = "\"“”‘’'«»„`"


def _filled(size: int, parts: Iterable[str], separator: str = " ", opening: str = OPENING) -> str:
    """The opening and as many of the parts as fit into ``size`` characters."""
    text = [opening]
    length = len(opening)
    for part in parts:
        if length >= size:
            break
        text.append(part)
        length += len(part) + len(separator)
    return text[0] + separator.join(text[1:])


def _word(number: int) -> str:
    """A word that is unique to a number."""
    letters = ""
    while True:
        number, rest = divmod(number, len(_LETTERS))
        letters += _LETTERS[rest]
        if not number:
            return letters


def _numbered(template: str, size: int) -> Iterable[str]:
    """The template, repeated, with ``{n}`` a number, ``{w}`` a unique word and ``{s}`` a state."""
    states = cycle(("China", "Canada", "Norway", "Japan", "Brazil", "India"))
    for n, state in enumerate(islice(states, size)):
        yield template.format(n=n + 1, w=_word(n), s=state, day=n % 28 + 1, year=1900 + n % 120, rate=n % 40 + 1)


def _repeated(template: str, separator: str = " ", opening: str = OPENING) -> Shape:
    return lambda size: _filled(size, _numbered(template, size), separator, opening)


_NEWS = (
    "Minister Bo Lind{w} of {s} told reporters in Oslo that “we shall see about {n} ships” after Norway imposed"
    " a {rate} percent tariff on Danish cheese worth ${n} million on May {day}, {year}."
)

SHAPES: dict[str, Shape] = {
    "many paragraphs": _repeated(_NEWS, "\n\n"),
    "one paragraph": _repeated(_NEWS),
    "quotes": _repeated("“We shall see {n},” she said."),
    "quotes of many speakers": _repeated("“We shall see,” Ada {w} Lund said.", "\n\n"),
    "unclosed quotes": _repeated("“We shall see {n}, said Lund."),
    "turns of a transcript": _repeated("OSTIN: We shall see {n}.", "\n\n"),
    "quotation marks": lambda size: _filled(size, cycle(_MARKS), ""),
    "quotation marks and blanks": lambda size: _filled(size, cycle(_MARKS)),
    "one mark": _repeated('"', ""),
    "brackets": _repeated("(", ""),
    "one word": _repeated("the"),
    "one verb": _repeated("said"),
    "a sentence without a stop": _repeated("the minister of the port that was agreed by"),
    "commas": _repeated(","),
    "names": _repeated("Ada Lund{w}", ", "),
    "given names": _repeated("Ada{w} Lund", ", "),
    "persons with roles": _repeated("Trade Minister Ada Lund{w} met bank chairman Bo Ost{w} and he thanked her."),
    "bodies": _repeated("the {w} Bank of Norway", ", "),
    "states": _repeated("{s}", " and "),
    "titles": _repeated("minister"),
    "pronouns": _repeated("He told her that it was his."),
    "amounts": _repeated("${n} million", ", ", OPENING + "They paid "),
    "amounts in brackets": _repeated("$5 million ($6 million)", " ", OPENING + "They paid "),
    "percentages": _repeated("{n} percent", " and ", OPENING + "They rose by "),
    "dates": _repeated("May {day}, {year}", ", ", OPENING + "They met on "),
    "measures": _repeated("{s} imposed a {rate} percent tariff on U.S. steel on May {day}.", "\n\n"),
    "measures on many goods": _repeated("{s} imposed a {rate} percent tariff on Danish {w} oil.", "\n\n"),
    "a list of goods": _repeated("{w} oil", ", ", OPENING + "China imposed tariffs on "),
    "a list of rates": _repeated("{s} {rate} percent", ", ", OPENING + "Norway imposed tariffs on "),
    "events": _repeated("{s} accused Lund{w} Corp. of spying on May {day}, {year}.", "\n\n"),
    "one event": _repeated("Norway accused Canada of spying.", "\n\n"),
    "a long word": lambda size: OPENING + "x" * size,
    "a long name": lambda size: OPENING + "Ada " + "Xy" * (size // 2),
    "digits": _repeated("1,", ""),
    "hyphens": _repeated("ten-", ""),
    "apostrophes": _repeated("'a"),
    "short lines": _repeated("A{n}", "\n\n"),
    "capitals": _repeated("THE MINISTER OF NORWAY MET THE BANK IN OSLO AND SAID"),
    "combining marks": _repeated("\u0301", "", OPENING + "e"),
}
"""Name to a function that makes the text with a number of characters."""
