"""The grammar of dates that begin with a number: distances, and positions in a larger period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.dates.cues import compares
from broadsheet.extraction.dates.nodes import Calendar, Nearby, Relative
from broadsheet.extraction.dates.parts import Compared, Distance, Edge, Ending, Nth, Rolling
from broadsheet.extraction.dates.printed import contained, day_first, with_year

if TYPE_CHECKING:
    from broadsheet.extraction.dates.run import Parsed, Run

Amount = tuple[tuple[int | None, str], int]
Amounts = tuple[tuple[tuple[int | None, str], ...], int]

_LASTING = frozenset({"for", "of"})
"""Words before a count that make it a period, not a distance: for five years, a term of five years."""


def numbered(run: Run, i: int) -> Parsed:
    """A date that begins with a number: 3 March, two weeks ago, the third quarter, the 9th of next month."""
    if run.kind(i) == "half" and run.is_kind(i + 1, "unit") and run.kind(i + 2) in ("to", "through", "ended"):
        return ending(run, (1, "half"), i + 2)
    return distance(run, i) or day_first(run, i) or _place(run, i) or _worded_year(run, i)


def _worded_year(run: Run, i: int) -> Parsed:
    """A year in words, after a preposition: nineteen eighty-four, two thousand and one."""
    year = run.year(i) if run.kind(i - 1) in ("in", "since", "until", "by") else None
    return (Calendar("year", year=year[0]), year[1]) if year and run.closes(year[1]) else None


def amounts(run: Run, i: int) -> Amounts | None:
    """Consecutive counts of units: 2 years, 1 month and 21 days; a few weeks; a year and a half."""
    parts: list[tuple[int | None, str]] = []
    j = i
    while len(parts) < 4:
        at = run.skip(j, "and") if parts else j
        step = amount(run, at) if not parts or run.glue(at) in ("", ",") else None
        if step is None:
            break
        parts.append(step[0])
        j = step[1]
        if [run.kind(k) for k in (j, j + 1, j + 2)] == ["and", "a", "half"] and parts[-1][1] == "year":
            parts.append((6, "month"))
            j += 3
            break
    return (tuple(parts), j) if parts else None


def amount(run: Run, i: int) -> Amount | None:
    """A count of units; the count is None if the text does not say how many."""
    at = i + 1 if run.kind(i) == "a" and run.is_kind(i + 1, "vague", "number") else i
    count = (None, at + 1) if run.kind(at) == "vague" else run.number(at)
    if count is None:
        return None
    at = run.skip(count[1], "of")
    if run.kind(at) not in ("unit", "units") or not run.spaced(at):
        return None
    return (count[0], run.unit(at)), at + 1


def distance(run: Run, i: int) -> Parsed:
    """A distance: two weeks ago, a year earlier, three days after June 12, two Sundays from now."""
    found = amounts(run, i)
    if found is None:
        count = run.number(i)
        return _weekdays(run, *count) or _rolling(run, *count) if count else None
    parts, j = found
    if not run.plain(j):
        return None
    kind = run.kind(j)
    again = run.spaced(j + 1) and (run.kinds[j + 1] in ("deictic", "weekday") or run.words[j + 1] == "this")
    if kind == "ago" and again and (base := run.point(j + 1)):
        # A year ago today, a week ago Tuesday, five years ago this week.
        return Distance(parts, -1, base[0], exact=True), base[1]
    if parts == ((1, "year"),) and run.is_word(j, "ago", "earlier") and compares(run.text, run.tokens[i].start):
        return Compared(Relative("year", -1)), j + 1  # from 3 million a year ago
    if kind in ("ago", "hence"):
        return Distance(parts, -1 if kind == "ago" else 1), j + 1
    if run.is_word(j, "earlier", "later"):
        return Distance(parts, 1 if run.words[j] == "later" else -1, anchored=True), j + 1
    if kind == "from" and i > 0 and run.words[i - 1] in _LASTING:
        return None  # for five years from Jan. 19: that is when it begins
    if kind in ("before", "after", "from"):
        return counted_from(run, parts, -1 if kind == "before" else 1, j)
    if kind in ("to", "through", "ended") and len(parts) == 1:
        return ending(run, parts[0], j)
    return None


def ending(run: Run, amount: tuple[int | None, str], j: int) -> Parsed:
    """A period up to a date: the three months to June, the twelve months ended Sept. 30, the quarter to March 1987."""
    count, unit = amount
    at = run.skip(j + 1, "on", "the")
    end = run.point(at) if count and run.spaced(j + 1) and run.plain(at) else None
    if not count or end is None or not isinstance(end[0], Calendar) or not end[0].month:
        return None
    return Ending(count, unit, end[0]), end[1]


def counted_from(run: Run, parts: tuple[tuple[int | None, str], ...], sign: int, j: int) -> Parsed:
    """The base of a distance: now, tomorrow, June 12, Tuesday; else the last date mentioned."""
    at = j + 1
    if not run.spaced(at):
        return (Distance(parts, sign, anchored=True), at) if run.closes(at) else None
    if run.kinds[at] == "now":
        return Distance(parts, sign, Relative("day", 0), exact=True), at + 1
    base = run.point(at)
    if base is None or isinstance(base[0], Distance):
        return None
    return Distance(parts, sign, base[0], exact=base[0].unit == "day"), base[1]


def _weekdays(run: Run, count: int, j: int) -> Parsed:
    """Two Sundays from now, three Fridays ago."""
    back = run.is_kind(j + 1, "ago")
    if not run.is_kind(j, "weekdays") or not (back or (run.is_kind(j + 1, "from") and run.is_kind(j + 2, "now"))):
        return None
    sign = -1 if back else 1
    nearest = Nearby(Calendar("day", weekday=run.value(j)), sign, rolling=True)
    return Distance(((count - 1, "week"),), sign, nearest, exact=True), j + (2 if back else 3)


def _rolling(run: Run, count: int, j: int) -> Parsed:
    """Five past years, three next weeks."""
    if run.is_kind(j, "mod") and run.is_kind(j + 1, "units") and run.value(j):
        return Rolling(run.unit(j + 1), count, run.value(j)), j + 2
    return None


def _place(run: Run, i: int) -> Parsed:
    """A position: the third quarter of 2016, the first Friday of July, the 21st century, the 27th."""
    ordinal = run.ordinal(i)
    if ordinal is None:
        return None
    number, j = ordinal
    kind = run.kind(j) if run.plain(j) else ""
    unit = run.unit(j) if kind == "unit" else "day"
    if unit == "century":
        return _century(run, number, j + 1)
    if unit == "quarter":
        return with_year(run, Calendar("quarter", number=number), j + 1) if number <= 4 else None
    if kind in ("half", "unit", "weekday"):
        outer = outer_period(run, j + 1)
        if outer is None and kind == "half" and run.kind(j + 1) != "of" and number <= 2:
            return Calendar("half", number=number), j + 1
        if outer is None or (kind == "half" and outer[0].unit != "year"):
            return None
        if kind == "half":
            year = outer[0].year if isinstance(outer[0], Calendar) else None
            return Calendar("half", year=year, number=number, outer=outer[0]), outer[1]
        return Nth(number, unit, outer[0], run.value(j) if kind == "weekday" else None), outer[1]
    if number == 1 and kind and (count := run.number(j)) and run.is_kind(count[1], "units"):
        unit, k = run.unit(count[1]), count[1] + 1
        outer = outer_period(run, k)
        if unit == "month" and run.kind(k) not in ("of", "after", "in", "since"):
            outer = outer or (Relative("year", 0), k)  # of the year of publication
        return (Edge(count[0], unit, 1, outer[0]), outer[1]) if outer else None
    return _day_of_month(run, i, number, j) if run.kinds[i] == "day_ordinal" and number <= 31 else None


def _century(run: Run, number: int, j: int) -> Parsed:
    named = run.printed(j - 1)[0].isupper() and run.next_word(j)[:1].isupper()  # 21st Century Press
    return (Calendar("century", year=(number - 1) * 100), j) if 1 < number <= 30 and not named else None


def _day_of_month(run: Run, i: int, number: int, j: int) -> Parsed:
    """A day of a month: the 20th of next month. Alone only after a preposition of time and without a noun to count."""
    inside = contained(run, Calendar("day", day=number), j)
    lead = run.kind(i - 2) if run.kind(i - 1) == "the" else run.kind(i - 1)
    led = lead in ("on", "until", "by", "for", "of", "before", "after", "since") and run.closes(j)
    return inside if inside[1] > j or led else None


def outer_period(run: Run, j: int) -> Parsed:
    """The period that contains a position or part: of 2027, of last month, in July, of the year; next year."""
    at = run.skip(j, "of", "in", "the", "possessive")
    if not run.plain(at):
        return None
    if run.kinds[at] == "unit" and at > j:
        return running_period(run, at)
    if run.kinds[at] == "number":
        year = run.year(at)
        return (Calendar("year", year=year[0]), year[1]) if year else None
    return run.point(at) if at > j or run.kinds[at] in ("a", "mod", "year") else None


def running_period(run: Run, i: int) -> Parsed:
    """The current year, month or week (the end of the year)."""
    return Relative(run.unit(i), 0), i + 1
