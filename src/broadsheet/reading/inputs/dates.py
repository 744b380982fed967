"""Reads the day of publication as documents state it: ISO 8601, RFC 5322, or English words.

The day is that of the stated time zone. An ambiguous date (03/04/2024) is not read.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache

from broadsheet import reference
from broadsheet.base.days import in_bounds

_LONGEST = 80
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])|(\d{4})/(\d{2})/(\d{2})(?![\d/])", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2})?(?:Z|[+-]\d{4})?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[ -]+([A-Za-z]{3,9})\.?,?[ -]+(\d{4})(?!\d)", re.ASCII)
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4})(?!\d)", re.ASCII)


def day(value: object) -> date | None:
    """The day that a value states; None if it states none, or one that the tables cannot hold."""
    found: date | None = None
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, str):
        found = _from_text(value.strip())
    return found if found is not None and in_bounds(found) else None


def _from_text(text: str) -> date | None:
    if len(text) > _LONGEST:
        return None
    if match := _ISO.match(text):
        year, month, of_month = (part for part in match.groups() if part is not None)
        return _date(int(year), int(month), int(of_month))
    if match := _BASIC.fullmatch(text):
        return _date(*(int(part) for part in match.groups()))
    return in_words(text)


def in_words(text: str) -> date | None:
    """The first day with the name of its month: 9 March 2024, Mar. 9, 2024."""
    found = []
    for pattern, (day_at, month_at) in ((_DAY_FIRST, (1, 2)), (_MONTH_FIRST, (2, 1))):
        for match in pattern.finditer(text):
            month = _month(match[month_at])
            if month and (written := _date(int(match[3]), month, int(match[day_at]))):
                found.append((match.start(), written))
                break
    return min(found)[1] if found else None


def is_date(line: str) -> bool:
    """Whether a line is only a date, with its weekday, a time, or a label such as ``Published on``."""
    words = {word.lower() for word in re.findall(r"[A-Za-z]+", line[: _LONGEST + 1])}
    return len(line) <= _LONGEST and in_words(line) is not None and words <= _words_of_dates()


def _month(word: str) -> int | None:
    row = _months().get(word.lower())
    return None if row is None else int(row)


@cache
def _words_of_dates() -> frozenset[str]:
    rows = reference.table("date_words")
    of_calendar = {row["word"] for row in rows if row["kind"] in ("month", "weekday")}
    return reference.column("date_line_words", "word") | of_calendar


@cache
def _months() -> dict[str, str]:
    return {row["word"]: row["value"] for row in reference.table("date_words") if row["kind"] == "month"}


def _date(year: int, month: int, of_month: int) -> date | None:
    try:
        return date(year, month, of_month)
    except ValueError:
        return None
