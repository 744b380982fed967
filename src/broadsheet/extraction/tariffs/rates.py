"""Rates of duty in a text: percentages, ranges, rates by weight or piece, with how exact they are.

A pure reader of characters: it knows nothing of measures. Which rate belongs to which measure is decided where the
clause is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.numbers import parse_words
from broadsheet.extraction.tariffs.lexicon import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = r"\d{1,5}(?:,\d{3}){0,2}(?:[.·]\d{1,4})?(?:\s?½|\s1/2)?"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORDS = (
    rf"(?:(?:a|one|two|three)[- ]hundred|(?:{_TENS})(?:[- ](?:{_UNITS}))?|{_TEENS}|{_UNITS}|zero)"
    r"(?:[- ]and[- ](?:a[- ]half|one[- ]half)|[- ]point[- ](?:" + _UNITS + "))?"
)
_NUMBER = rf"(?:{_DIGITS}|{_WORDS})"
_PERCENT = r"(?:\s?[%٪]|[\s-]?(?:per[\s-]cent|percent|pct\.?|p\.c\.)(?![^\W\d_]))"
_POINTS = r"(?:[\s-](?:percentage[\s-]points?|points?|basis[\s-]points?)(?![^\W\d_]))"
_TO = r"(?:\s?[-–—]\s?|\s(?:to|and|or)\s)"
_HEDGE = (
    r"(?:(?P<hedge>up to|as much as|as high as|as many as|a maximum of|maximum|no more than|not more than|at most|"
    r"a top|at least|a minimum of|minimum|no less than|not less than|more than|over|above|as low as|"
    r"about|around|roughly|approximately|nearly|almost|some|close to|an estimated|an average of|averaging|average|"
    r"under|below|less than)\s+)?"
)
_NO_YEAR = r"(?!(?:19|20)\d\d\s(?:and|or|to)\s)"
"""``in 2007 and 5 percent``: the first number is no rate."""
_RATE = re.compile(
    rf"(?<![\w.,$£€¥]){_HEDGE}(?P<between>between\s+)?{_NO_YEAR}(?P<low>{_NUMBER})(?P<unit1>{_PERCENT})?"
    rf"(?:(?P<to>{_TO})(?P<high>{_NUMBER}))?(?P<unit>{_PERCENT})?(?P<points>{_POINTS})?",
    re.IGNORECASE,
)
_ZERO = re.compile(r"(?<![\w.,-])(?:zero|nil)(?![\w-])(?!\s(?:tolerance|emission|carbon|growth|per))", re.IGNORECASE)
_COIN = (
    r"cents?|dlrs?|dollars?|euros?|ecus?|pence|yen|yuan|rupees?|pesos?|won|rand|marks?|francs?|baht|ringgit|roubles?|"
    r"rubles?|U\.S\. (?:dollars?|dlrs?|cents?)"
)
_MONEY = rf"(?:(?:US|C|A|NZ|HK|R)?[$£€¥₹]\s?{_NUMBER}(?:\s(?:cents?))?|{_NUMBER}\s(?:{_COIN}))"
_SPECIFIC = re.compile(
    rf"(?<![\w.,]){_MONEY}(?:\s(?:from|to)\s{_MONEY})?\s(?:a|an|per|for each|for every)\s"
    r"(?:(?:metric|short|long|imperial|proof|live|dry|hundred|100|U\.S\.)\s)?[a-z]{2,14}(?![^\W\d_])",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\s(?:from|to)\s(?P<number>\d{1,3}(?:\.\d{1,4})?)"
    r"(?=\s?[,.;:)](?!\d)|\s(?:and|on|for|while|in|as|with|effective|starting|beginning|by|but|when|under|after)\s|\s(?:from|until|till|through)\s[A-Z]|\s?$)"
)
"""The other end of a change, its unit left out: ``to 35 pct from 40``."""
_UPWARD = re.compile(r"\b(?:go|goes|went|gone|going|move|moves|moved|put|push|pushed|climb|climbed)\s$", re.IGNORECASE)
_FROM = re.compile(r"(?<![^\W\d_])from\s$", re.IGNORECASE)
_RANGING = re.compile(
    r"(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|differ(?:s|ed|ing)?|anywhere|of)\sfrom\s$", re.IGNORECASE
)
_EXPLICIT_NUMBER = re.compile(r"\d")

_AT_MOST = word_set("at_most")
_AT_LEAST = word_set("at_least")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as printed.

    Attributes:
        span: Its characters with the hedge before it (``up to 25 percent``).
        number: Its characters without the hedge.
        percent: The rate in percent, the lower end of a range; ``None`` for one by weight or piece.
        high: The other end of a range.
        approximation: ``exact`` ``about`` ``at_most`` ``at_least`` or ``range``.
        points: Whether it counts percentage points, which are a change and no rate.
    """

    span: Span
    number: Span
    percent: Decimal | None
    high: Decimal | None = None
    approximation: str = "exact"
    points: bool = False


def find_rates(text: str, start: int = 0, end: int | None = None) -> list[Rate]:
    """Every rate in ``text[start:end]``, in reading order, without overlap; linear in its length.

    >>> [(str(r.percent), r.approximation) for r in find_rates("duties of up to 37.6 per cent")]
    [('37.6', 'at_most')]
    """
    end = len(text) if end is None else end
    found = [*_specific(text, start, end), *_percentages(text, start, end)]
    found.sort(key=lambda r: (r.span.start, -r.span.end))
    out: list[Rate] = []
    for rate in found:
        if not out or rate.span.start >= out[-1].span.end:
            out.append(rate)
    bare = [_without_unit(text, rate, end) for rate in out]
    return sorted([*out, *(b for b in bare if b is not None)], key=lambda r: r.span.start)


def _without_unit(text: str, rate: Rate, end: int) -> Rate | None:
    """The bare number that a percentage changes from or to."""
    if rate.percent is None or rate.points:
        return None
    m = _BARE.match(text, rate.span.end, min(end, rate.span.end + 40))
    if m is None:
        return None
    number = Span(m.start("number"), m.end("number"))
    return Rate(number, number, Decimal(m["number"]))


def _percentages(text: str, start: int, end: int) -> Iterator[Rate]:
    at = start
    while (m := _RATE.search(text, at, end)) is not None:
        at = m.end()
        if m["unit"] is None and m["high"] is not None:
            # "10 percent to 2 million": only the first number is a rate; look at the second one anew.
            at = m.start("to")
            if m["unit1"] is None:
                at = m.end("low")
        if m["unit"] is None and m["unit1"] is None and m["points"] is None:
            continue
        if m["unit"] is None and m["points"] is None and m["high"] is not None:
            high = None
            number = Span(m.start("low"), m.end("unit1"))
        else:
            high = m["high"]
            number = Span(m.start("low"), m.end())
        if high is not None and not m["between"] and _are_two(text, start, m):
            # "10 percent and 25 percent" are two rates, and so are "from 25 percent to 10 percent".
            high = None
            if m["unit1"] is not None:
                number = Span(m.start("low"), m.end("unit1"))
                at = m.start("to")
            else:
                points = m["points"] is not None
                closing = m.end("high" if m["unit"] is None else "unit")
                for part in (Span(*m.span("low")), Span(m.start("high"), m.end() if points else closing)):
                    yield Rate(part, part, value(m["low" if part.start == m.start("low") else "high"]), points=points)
                continue
        low = value(m["low"])
        top = value(high) if high is not None else None
        if low is None:
            continue
        hedge = " ".join((m["hedge"] or "").lower().split())
        if hedge == "up to" and _UPWARD.search(text, max(start, m.start() - 12), m.start()):
            # "goes up to 50 percent" says where it stops
            hedge = ""
        begin = m.start("between") if m["between"] else number.start
        span = Span(m.start("hedge") if hedge else begin, number.end)
        approximation = _approximation(hedge, top)
        yield Rate(span, Span(begin, number.end), low, top, approximation, m["points"] is not None)
    for m in _ZERO.finditer(text, start, end):
        yield Rate(Span(*m.span()), Span(*m.span()), Decimal(0))


def _are_two(text: str, start: int, m: re.Match[str]) -> bool:
    """Whether two numbers are two rates, or a change from one to the other, rather than the ends of a range."""
    word = m["to"].strip()
    if word != "to":
        return word == "and"
    before = text[max(start, m.start() - 20) : m.start()]
    return _FROM.search(before) is not None and _RANGING.search(before) is None


def _specific(text: str, start: int, end: int) -> Iterator[Rate]:
    for m in _SPECIFIC.finditer(text, start, end):
        yield Rate(Span(*m.span()), Span(*m.span()), None)


def _approximation(hedge: str, high: Decimal | None) -> str:
    if high is not None:
        return "range"
    if hedge in _AT_MOST:
        return "at_most"
    if hedge in _AT_LEAST:
        return "at_least"
    return "about" if hedge else "exact"


def value(printed: str) -> Decimal | None:
    """The number that digits or words stand for; ``None`` where they stand for none.

    >>> value("thirty-seven and a half")
    Decimal('37.5')
    """
    half = Decimal(0)
    if _EXPLICIT_NUMBER.search(printed):
        digits = printed.replace(",", "").replace("·", ".")
        for tail in ("½", "1/2"):
            if digits.endswith(tail):
                digits, half = digits.removesuffix(tail).strip(), Decimal("0.5")
        return Decimal(digits) + half
    words = printed.lower().replace("-", " ").split()
    if words == ["zero"]:
        return Decimal(0)
    if "point" in words:
        at = words.index("point")
        whole, part = parse_words(words[:at]), parse_words(words[at + 1 :])
        return None if whole is None or part is None else whole.value + part.value / 10
    number = parse_words(words)
    return None if number is None else number.value
