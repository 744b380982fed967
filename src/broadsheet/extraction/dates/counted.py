"""The grammar of dates that begin with a number: distances, and positions in a larger period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.dates.nodes import Calendar, Nearby, Relative
from broadsheet.extraction.dates.parts import Distance, Edge, Ending, Halved, Nth, Part, Rolling
from broadsheet.extraction.dates.printed import ORDER, contained, day_first, with_year

if TYPE_CHECKING:
    from broadsheet.extraction.dates.run import Parsed, Run

Amounts = tuple[tuple[tuple[int | None, str], ...], int]

_OUTER_UNITS = frozenset({"week", "month", "quarter", "year", "decade", "century"})
_HALVES = {"year": (6, "month"), "decade": (5, "year"), "century": (50, "year"), "month": (15, "day")}


def numbered(run: Run, i: int) -> Parsed:
    """A date that begins with a number: 3 March, two weeks ago, the third quarter, the 9th of next month."""
    return distance(run, i) or day_first(run, i) or _place(run, i) or _worded_year(run, i)


def _worded_year(run: Run, i: int) -> Parsed:
    """A year in words, after a preposition: nineteen eighty-four, two thousand and one."""
    if run.kinds[i] != "number" or run.kind(i - 1) not in ("in", "since", "until", "by") or not run.spaced(i):
        return None
    year = run.year(i)
    return (Calendar("year", year=year[0]), year[1]) if year and run.closes(year[1]) else None


def amounts(run: Run, i: int) -> Amounts | None:
    """Consecutive counts of units: 2 years, 1 month and 21 days; a few weeks; a year and a half; half a century."""
    parts: list[tuple[int | None, str]] = []
    j = i
    while len(parts) < 4:
        at = j
        if parts:
            at = run.skip(at, "and")
            if run.glue(at) not in ("", ","):
                break
        step = _half_amount(run, at) or _amount(run, at)
        if step is None:
            break
        parts.append(step[0])
        j = step[1]
        if [run.kind(k) for k in (j, j + 1, j + 2)] == ["and", "a", "half"] and parts[-1][1] in _HALVES:
            parts.append(_HALVES[parts[-1][1]])
            j += 3
            break
    return (tuple(parts), j) if parts else None


def _amount(run: Run, i: int) -> tuple[tuple[int | None, str], int] | None:
    at = i + 1 if run.kind(i) == "a" and run.is_kind(i + 1, "vague", "number") else i
    if run.is_word(at, "few", "several"):
        count: tuple[int | None, int] | None = (None, at + 1)
    else:
        count = run.number(i)
    if count is None:
        return None
    at = run.skip(count[1], "of")
    if run.kind(at) not in ("unit", "units") or not run.spaced(at):
        return None
    return (count[0], str(run.tokens[at].value)), at + 1


def _half_amount(run: Run, i: int) -> tuple[tuple[int, str], int] | None:
    """Half a year, half a century."""
    if run.kind(i) != "half":
        return None
    at = run.skip(i + 1, "a")
    part = _HALVES.get(str(run.tokens[at].value)) if run.kind(at) == "unit" and run.spaced(at) else None
    return (part, at + 1) if part else None


def distance(run: Run, i: int) -> Parsed:
    """A distance: two weeks ago, a year earlier, three days after June 12, two Sundays from now."""
    found = amounts(run, i)
    if found is None:
        return _weekdays(run, i) or _rolling(run, i)
    parts, j = found
    if not run.plain(j):
        return None
    kind = run.kind(j)
    again = run.spaced(j + 1) and (run.kinds[j + 1] in ("deictic", "weekday") or run.words[j + 1] == "this")
    if kind == "ago" and again:
        # A year ago today, a week ago Tuesday, five years ago this week.
        base = run.point(j + 1)
        if base is not None and base[0].unit in ORDER:
            return Distance(parts, -1, base[0], exact=True), base[1]
    if kind in ("ago", "hence"):
        return Distance(parts, -1 if kind == "ago" else 1), j + 1
    if run.is_word(j, "earlier", "later"):
        return Distance(parts, 1 if run.words[j] == "later" else -1, anchored=True), j + 1
    if kind in ("before", "after", "from") or run.is_word(j, "following"):
        return counted_from(run, parts, -1 if kind == "before" else 1, j)
    if kind in ("to", "through", "ended") and len(parts) == 1 and run.spaced(j + 1):
        return _ending(run, parts[0], j)
    return None


def _ending(run: Run, amount: tuple[int | None, str], j: int) -> Parsed:
    """A period up to a date: the three months to June, the twelve months ended Sept. 30, to end-March 1987."""
    count, unit = amount
    at = run.skip(j + 1, "the")
    if not count or unit == "day" or (count == 1 and run.kinds[j] != "ended"):
        return None
    end = run.point(at) if run.kind(at) in ("month", "digits", "numeric", "part") else None
    node = end[0].inner if end and isinstance(end[0], Part) else end and end[0]
    return (Ending(count, unit, node), end[1]) if end and isinstance(node, Calendar) and node.month else None


def counted_from(run: Run, parts: tuple[tuple[int | None, str], ...], sign: int, j: int) -> Parsed:
    """The base of a distance: now, tomorrow, June 12, Tuesday; else the last date mentioned."""
    at = j + 1
    if not run.spaced(at):
        alone = run.kinds[j] in ("before", "after") and run.closes(at)
        return (Distance(parts, sign, anchored=True), at) if alone else None
    if run.kinds[at] == "now":
        return Distance(parts, sign, Relative("day", 0), exact=True), at + 1
    base = run.point(at)
    if base is None or isinstance(base[0], Distance):
        return None
    return Distance(parts, sign, base[0], exact=base[0].unit == "day"), base[1]


def _weekdays(run: Run, i: int) -> Parsed:
    """Two Sundays from now, three Fridays ago."""
    count = run.number(i)
    if count is None or not run.is_kind(count[1], "weekdays"):
        return None
    j = count[1] + 1
    day = Calendar("day", weekday=run.value(count[1]))
    weeks = ((count[0] - 1, "week"),)
    if run.is_kind(j, "ago"):
        return Distance(weeks, -1, Nearby(day, -1, rolling=True), exact=True), j + 1
    if run.is_kind(j, "from") and run.is_kind(j + 1, "now", "deictic"):
        return Distance(weeks, 1, Nearby(day, 1, rolling=True), exact=True), j + 2
    return None


def _rolling(run: Run, i: int) -> Parsed:
    """Five past years, three next weeks."""
    count = run.number(i)
    if count is None or run.kinds[i] == "a":
        return None
    j = count[1]
    if run.is_kind(j, "mod") and run.is_kind(j + 1, "units") and run.value(j):
        return Rolling(str(run.tokens[j + 1].value), count[0], run.value(j)), j + 2
    return None


def _place(run: Run, i: int) -> Parsed:
    """A position: the third quarter of 2016, the first Friday of July, the 21st century, the 27th."""
    ordinal = run.ordinal(i)
    if ordinal is None:
        return None
    number, j = ordinal
    if run.is_kind(j, "half") and number <= 2:
        return _halved(run, number, j + 1)
    if run.is_kind(j, "unit"):
        return _nth(run, number, str(run.tokens[j].value), j + 1)
    if run.is_kind(j, "weekday"):
        outer = outer_period(run, j + 1)
        return (Nth(number, "day", outer[0], run.value(j)), outer[1]) if outer else None
    if number == 1 and run.plain(j) and (count := run.number(j)) and run.is_kind(count[1], "units", "unit"):
        outer = outer_period(run, count[1] + 1)
        return (Edge(count[0], str(run.tokens[count[1]].value), 1, outer[0]), outer[1]) if outer else None
    if run.kinds[i] == "day_ordinal" and number <= 31:
        return _day_of_month(run, i, number, j)
    return None


def _day_of_month(run: Run, i: int, number: int, j: int) -> Parsed:
    """A day of a month: the 20th of next month. Alone only after a preposition of time and without a noun to count."""
    inside = contained(run, Calendar("day", day=number), j)
    lead = run.kind(i - 2) if run.kind(i - 1) == "the" else run.kind(i - 1)
    led = lead in ("on", "until", "by", "for", "of", "before", "after", "since") and run.closes(j)
    return inside if inside[1] > j or led else None


def _nth(run: Run, number: int, unit: str, j: int) -> Parsed:
    if unit == "century":
        first = (number - 1) * 100
        if run.printed(j - 1)[0].isupper() and run.next_word(j)[:1].isupper():
            return None
        return (Calendar("century", year=first), j) if 0 < first < 3000 else None
    if unit == "quarter":
        return with_year(run, Calendar("quarter", number=number), j) if number <= 4 else None
    outer = outer_period(run, j)
    if outer is None or not holds(outer[0].unit, unit):
        return None
    return Nth(number, unit, outer[0]), outer[1]


def holds(outer: str, inner: str) -> bool:
    """Whether one calendar unit is larger than another."""
    return outer in ORDER and ORDER.index(outer) > ORDER.index(inner) if inner in ORDER else False


def outer_period(run: Run, j: int) -> Parsed:
    """The period that contains a position or part: of 2027, of last month, in July, of the year; next year."""
    at = run.skip(j, "of") if run.kind(j) == "of" else run.skip(j, "in")
    at = run.skip(at, "the", "possessive")
    if not run.plain(at):
        return None
    if run.kinds[at] == "unit" and at > j:
        return running_period(run, at)
    if run.kinds[at] == "number":
        year = run.year(at)
        return (Calendar("year", year=year[0]), year[1]) if year else None
    return run.point(at) if at > j or run.kinds[at] in ("mod", "year") else None


def running_period(run: Run, i: int) -> Parsed:
    """The current year, month or week (the end of the year), or a numbered year (the end of the year 2008)."""
    unit = str(run.tokens[i].value)
    if unit not in _OUTER_UNITS:
        return None
    if unit == "year" and run.is_kind(i + 1, "year"):
        return Calendar("year", year=run.value(i + 1)), i + 2
    return Relative(unit, 0), i + 1


def _halved(run: Run, number: int, j: int) -> Parsed:
    outer = outer_period(run, j)
    if outer is None or outer[0].unit not in ("year", "month", "decade", "century"):
        return None
    if isinstance(outer[0], Calendar) and outer[0].unit == "year":
        return Calendar("half", year=outer[0].year, number=number), outer[1]
    return Halved(number, outer[0]), outer[1]
