"""Checks which days a date expression can mean: a small, independent reader that shares no code with the parsers.

It does not resolve dates. It uses the printed parts (years, months, days, weekdays, quarters, words such as yesterday)
to decide whether the text can mean a given day. It does not read words that count from another date in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEANS = re.compile(
    r"\b(?:before|earlier|later|previous|preceding|following|same|that|those|then|after|afterwards|subsequent|"
    r"ensuing|prior|eve|coming|upcoming|recent|recently|now|currently|date|so far|decades?|centur(?:y|ies)|anniversary|"
    r"comparable|corresponding|period|few|several|some|many|couple|dozens?|hence|his|her|its|their|my|our|your|"
    r"hours?|minutes?|overnight|(?:march|june|september|december) quarter|"
    r"spring|summer|autumn|fall|winter|season|ramadan|christmas|easter|election|weeks?|weekends?|fortnights?|"
    r"months|quarters|years|days|half|halves|H[12]|new year|"
    r"year (?:through|to)|ago|thanksgiving|ended|ending|the (?:next|last|past))\b",
    re.IGNORECASE,
)
"""Words whose days depend on more than the printed parts, or that have several readings."""

_YEAR = re.compile(r"(?<![\d$£€.,])(1[5-9]\d\d|20\d\d|21\d\d)(?:\s?[-‐‑–/]\s?(\d\d))?(?![\d%]|,\d|\.\d)(s?)")
_SHORT_YEAR = re.compile(r"[’'](\d\d)\b|\bFY\s?(\d\d)\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DIGITS = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_DAY = re.compile(
    r"(?<![\d.,/$£€])(\d{1,2})(?:st|nd|rd|th)?(?![\d%]|[.,/]\d|\s?(?:million|billion|percent))", re.IGNORECASE
)
_QUARTER = re.compile(
    r"\b(?:Q([1-4])|([1-4])Q|(first|second|third|fourth|last|1st|2nd|3rd|4th)[- ]quarter)\b", re.IGNORECASE
)
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_UNIT = re.compile(r"\b(last|past|this|current|next)[- ](year|month)\b", re.IGNORECASE)
_TODAY = re.compile(r"\b(today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening))\b", re.IGNORECASE)
_LOOSE = re.compile(
    r"\b(?:early|mid|middle|late|end|ended|ending|beginning|start|about|around|nearly|almost|or so|fiscal|financial|"
    r"FY\d*|part|rest|"
    r"remainder|year[- ]end|close|turn|through|throughout|until|till|since|from|by|between|to|and|during|per|"
    r"within|onwards?|"
    r"night|morning|evening|afternoon)\b|[-‐‑–—]",
    re.IGNORECASE,
)
_LOOSE_DATE = re.compile(r"\b(?:last|next|this|past|current|ago|day|week|month|quarter|year|time)\b", re.IGNORECASE)

LONGEST = 60
"""Longer texts are not dates and are not read."""

_WEEK_REACH = 15
_YEAR_REACH = 400
_DAY_REACH = 366
"""Maximum days between publication and a day and month without a year."""

_NEAREST_REACH = 198
"""Half a year and a fortnight. A day further from publication would be clearly nearer in another year."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a date that a text prints; all empty if the text is not read.

    Attributes:
        years: First and last year printed.
        months: Months in text order.
        days: Days of the month.
        weekdays: Weekdays, Monday is 0.
        offset: Days from the day of publication: 0 for today.
        unit: ``year`` or ``month``, with its offset from the publication date: last year is -1.
        is_loose: Whether nearby words turn the date into a period or leave one end open.
    """

    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    offset: int | None = None
    unit: tuple[str, int] | None = None
    quarters: tuple[int, ...] = ()
    is_loose: bool = False
    is_relative: bool = field(default=False)

    @property
    def is_empty(self) -> bool:
        """Whether the text has no date parts."""
        given = self.years or self.months or self.weekdays or self.quarters
        return not given and self.offset is None and self.unit is None


@lru_cache(maxsize=65536)
def parts(text: str) -> Parts:
    """Returns the date parts that a text prints.

    >>> parts("on Thursday, 31 October 2024").weekdays
    (3,)
    """
    if len(text) > LONGEST or _LEANS.search(text) or _DIGITS.search(text):
        return Parts()
    if iso := _ISO.search(text):
        return Parts((int(iso[1]),), (int(iso[2]),), (int(iso[3]),))
    years: list[int] = []
    for m in _YEAR.finditer(text):
        if m[3]:
            return Parts()
        years += [int(m[1]), *([int(m[1][:2] + m[2])] if m[2] else [])]
    rest = _YEAR.sub(" ", text)
    for m in _SHORT_YEAR.finditer(rest):
        years += [2000 + int(m[1] or m[2]), 1900 + int(m[1] or m[2])]
    rest = _SHORT_YEAR.sub(" ", rest)
    quarters = []
    for m in _QUARTER.finditer(rest):
        if (m[3] or "").lower() == "last":
            return Parts()
        quarters.append(int(m[1] or m[2] or _QUARTERS[m[3].lower()]))
    rest = _QUARTER.sub(" ", rest)
    if (named := _named(rest)) is None:
        return Parts()
    months, weekdays = named
    days = [int(m[1]) for m in _DAY.finditer(rest) if 1 <= int(m[1]) <= 31] if months else []
    today, unit = _TODAY.search(rest), _UNIT.search(rest)
    if not unit and re.search(r"\b(?:last|past|this|next|current)\b", rest, re.IGNORECASE) and not today:
        return Parts(weekdays=tuple(weekdays), is_loose=True, is_relative=True) if not months else Parts()
    offset = {"yesterday": -1, "tomorrow": 1}.get(today[1].lower(), 0) if today else None
    shift = {"last": -1, "past": -1, "next": 1}.get(unit[1].lower(), 0) if unit else 0
    if unit and unit[1].lower() == "past":
        return Parts()
    return Parts(
        tuple(years),
        tuple(months),
        tuple(days),
        tuple(weekdays),
        offset,
        (unit[2].lower(), shift) if unit else None,
        tuple(quarters),
        bool(_LOOSE.search(text)) or "quarter" in text.lower(),
        bool(today or unit),
    )


def _named(text: str) -> tuple[list[int], list[int]] | None:
    """Returns the months and weekdays in a text; None if it spells out a day, such as September first."""
    months, weekdays = [], []
    for word in re.findall(r"[A-Za-z]+", text):
        if word.lower() in _ordinals():
            return None
        kind, value = _words().get(word.lower(), ("", 0))
        if kind == "month" and (word[0].isupper() or len(word) > 3):
            months.append(value)
        elif kind == "weekday" and word[0].isupper():
            weekdays.append(value)
    return months, weekdays


def prints_none(text: str) -> bool:
    """Whether a text has no date parts and no word that depends on another date."""
    loose = _LEANS.search(text) or _DIGITS.search(text) or _YEAR.search(text) or _LOOSE_DATE.search(text)
    return parts(text).is_empty and not loose


@cache
def _words() -> Mapping[str, tuple[str, int]]:
    kinds = ("month", "weekday")
    return {row["word"]: (row["kind"], int(row["value"])) for row in table("date_words") if row["kind"] in kinds}


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(row["word"] for row in table("number_words") if row["kind"].startswith("ordinal"))


def allows(text: str, day: date, published_on: date | None) -> bool | None:
    """Whether the words can mean the day, also as first or last day of a period; None if they are not read."""
    found = parts(text)
    if found.is_empty:
        return None
    tests = (_year(found, day), _month(found, day), _day(found, day), _relative(found, day, published_on))
    return all(tests) and _near(found, day, published_on)


def _year(found: Parts, day: date) -> bool:
    if not found.years:
        return True
    slack = 1 if found.is_loose else 0  # a fiscal year, a winter
    return (
        min(found.years) - slack <= day.year <= max(found.years) + slack if slack else day.year in _between(found.years)
    )


def _between(years: tuple[int, ...]) -> range:
    return range(min(years), max(years) + 1)


def _month(found: Parts, day: date) -> bool:
    if found.quarters:
        first, last = min(found.quarters) * 3 - 2, max(found.quarters) * 3
        return first <= day.month <= last
    if not found.months:
        return True
    first, last = found.months[0], found.months[-1]
    inside = first <= day.month <= last if first <= last else day.month >= first or day.month <= last
    return inside or day.month in found.months


def _day(found: Parts, day: date) -> bool:
    if found.weekdays and not found.days and not found.is_loose and day.weekday() not in found.weekdays:
        return False
    if not found.days or not found.months:
        return True
    if len(found.days) == 1:
        return day.day == found.days[0] or found.is_loose
    return day.day in found.days or found.is_loose


def _relative(found: Parts, day: date, published_on: date | None) -> bool:
    if published_on is None:
        return True
    if found.offset is not None and not found.months and not found.weekdays:
        return day == published_on + timedelta(found.offset) or found.is_loose
    if found.unit is None or found.years:
        return True
    unit, shift = found.unit
    if unit == "year":
        return day.year == published_on.year + shift
    if found.months:
        return True
    months = (day.year - published_on.year) * 12 + day.month - published_on.month
    return months == shift


def _near(found: Parts, day: date, published_on: date | None) -> bool:
    """Whether the day is close enough to publication for an expression without a year."""
    if published_on is None or found.years or found.unit:
        return True
    apart = abs((day - published_on).days)
    if found.weekdays and not found.months and not found.quarters:
        return apart <= _WEEK_REACH or found.is_relative
    if found.months and found.days and not found.is_loose:
        return apart <= _DAY_REACH
    return apart <= _YEAR_REACH * (1 if found.months or found.quarters else 3)


def is_nearest(text: str, day: date, published_on: date | None) -> bool:
    """Whether the day is in the year nearest to publication, if the words print a month but no year."""
    found = parts(text)
    if published_on is None or found.years or found.unit or not found.months:
        return True
    return abs((day - published_on).days) <= _NEAREST_REACH


def precision(text: str) -> str | None:
    """Returns the precision of words that print the parts of a single date and nothing else; None otherwise."""
    found = parts(text)
    if found.is_empty or found.is_loose or found.quarters or found.unit:
        return None
    if found.days or found.weekdays or found.offset is not None:
        return "day"
    if found.months:
        return "month" if len(found.months) == 1 else None
    return "year" if len(found.years) == 1 else None


def basis(text: str) -> frozenset[str]:
    """Returns the possible values of ``date_basis``; empty if the words are not read."""
    found = parts(text)
    if found.is_empty:
        return frozenset()
    counted = found.offset is not None or bool(found.unit)
    if found.years:  # between today and 1 January 2007
        return frozenset({"stated", "relative"} if counted else {"stated"})
    if counted:
        return frozenset({"relative", "published_on"}) if found.months or found.weekdays else frozenset({"relative"})
    if found.days:
        return frozenset({"stated", "published_on"})
    return frozenset({"stated", "published_on", "relative"})
