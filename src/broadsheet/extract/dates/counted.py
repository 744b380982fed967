"""The grammar of dates that count: distances, modified units, places and parts in a period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extract.dates.nodes import Calendar, Nearby, Relative
from broadsheet.extract.dates.parts import Around, Distance, Edge, Ending, Fiscal, Halved, Nth, Part, Rolling
from broadsheet.extract.dates.printed import ORDER, contained, day_first, decade, with_year, year_end

if TYPE_CHECKING:
    from broadsheet.extract.dates.run import Parsed, Run

Amounts = tuple[tuple[tuple[int | None, str], ...], int]

_OUTER_UNITS = frozenset({"week", "month", "quarter", "year", "decade", "century"})
_HALVES = {"year": (6, "month"), "decade": (5, "year"), "century": (50, "year"), "month": (15, "day")}


def numbered(run: Run, i: int) -> Parsed:
    """What begins with a number: 3 March, two weeks ago, the third quarter, a year earlier, the 20th of next month."""
    return distance(run, i) or day_first(run, i) or _place(run, i)


def amounts(run: Run, i: int) -> Amounts | None:
    """Counts of units in a row: 2 years, 1 month and 21 days; a few weeks; a year and a half; half a century."""
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
    """Two weeks ago, a year earlier, three days after June 12, the three months to June, two Sundays from now."""
    found = amounts(run, i)
    if found is None:
        return _weekdays(run, i) or _rolling(run, i)
    parts, j = found
    if not run.plain(j):
        return None
    kind = run.kind(j)
    if kind in ("ago", "hence"):
        return Distance(parts, -1 if kind == "ago" else 1), j + 1
    if run.is_word(j, "earlier", "later"):
        return Distance(parts, 1 if run.words[j] == "later" else -1, anchored=True), j + 1
    if kind in ("before", "after", "from") or run.is_word(j, "following"):
        return _from(run, parts, -1 if kind == "before" else 1, j)
    if kind in ("to", "through", "ended") and len(parts) == 1 and run.spaced(j + 1):
        count, unit = parts[0]
        at = run.skip(j + 1, "the")
        end = run.point(at) if count and unit != "day" and run.kind(at) in ("month", "digits", "numeric") else None
        if count and (count > 1 or kind == "ended") and end and isinstance(end[0], Calendar) and end[0].month:
            return Ending(count, unit, end[0]), end[1]
    return None


def _from(run: Run, parts: tuple[tuple[int | None, str], ...], sign: int, j: int) -> Parsed:
    """What a distance counts from: now, tomorrow, June 12, Tuesday; nothing where it leans on the date told last."""
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
    """The third quarter of 2016, the first Friday of July, the 21st century, the first ten days of June, the 27th."""
    ordinal = run.ordinal(i)
    if ordinal is None:
        return None
    number, j = ordinal
    if run.is_kind(j, "half") and number <= 2:
        return _halved(run, number, j + 1)
    if run.is_kind(j, "unit"):
        return _nth(run, number, str(run.tokens[j].value), j + 1)
    if run.is_kind(j, "weekday"):
        outer = _outer(run, j + 1)
        return (Nth(number, "day", outer[0], run.value(j)), outer[1]) if outer else None
    if number == 1 and run.plain(j) and (count := run.number(j)) and run.is_kind(count[1], "units", "unit"):
        outer = _outer(run, count[1] + 1)
        return (Edge(count[0], str(run.tokens[count[1]].value), 1, outer[0]), outer[1]) if outer else None
    if run.kinds[i] == "day_ordinal" and number <= 31:
        return _day_of_month(run, i, number, j)
    return None


def _day_of_month(run: Run, i: int, number: int, j: int) -> Parsed:
    """The 20th of next month; alone only behind a preposition of time, with nothing behind it that it could count."""
    inside = contained(run, Calendar("day", day=number), j)
    lead = run.kind(i - 2) if run.kind(i - 1) == "the" else run.kind(i - 1)
    led = lead in ("on", "until", "by", "for", "of", "before", "after", "since") and run.closes(j)
    return inside if inside[1] > j or led else None


def _nth(run: Run, number: int, unit: str, j: int) -> Parsed:
    if unit == "century":
        first = (number - 1) * 100
        return (Calendar("century", year=first), j) if 0 < first < 3000 else None
    if unit == "quarter":
        return with_year(run, Calendar("quarter", number=number), j) if number <= 4 else None
    outer = _outer(run, j)
    if outer is None or not _holds(outer[0].unit, unit):
        return None
    return Nth(number, unit, outer[0]), outer[1]


def _holds(outer: str, inner: str) -> bool:
    return outer in ORDER and ORDER.index(outer) > ORDER.index(inner) if inner in ORDER else False


def _outer(run: Run, j: int) -> Parsed:
    """The period that something is a place or part of: of 2027, of last month, in July, of the year; next year."""
    at = run.skip(j, "of") if run.kind(j) == "of" else run.skip(j, "in")
    at = run.skip(at, "the", "possessive")
    if not run.plain(at):
        return None
    if run.kinds[at] == "unit" and at > j:
        return _running(run, at)
    if run.kinds[at] == "number":
        year = run.year(at)
        return (Calendar("year", year=year[0]), year[1]) if year else None
    return run.point(at) if at > j or run.kinds[at] in ("mod", "year") else None


def _running(run: Run, i: int) -> Parsed:
    """The running year, month, week (the end of the year); the year of its own number (the end of the year 2008)."""
    unit = str(run.tokens[i].value)
    if unit not in _OUTER_UNITS:
        return None
    if unit == "year" and run.is_kind(i + 1, "year"):
        return Calendar("year", year=run.value(i + 1)), i + 2
    return Relative(unit, 0), i + 1


def _halved(run: Run, number: int, j: int) -> Parsed:
    outer = _outer(run, j)
    if outer is None or outer[0].unit not in ("year", "month", "decade", "century"):
        return None
    if isinstance(outer[0], Calendar) and outer[0].unit == "year":
        return Calendar("half", year=outer[0].year, number=number), outer[1]
    return Halved(number, outer[0]), outer[1]


def deictic(run: Run, i: int) -> Parsed:
    """Today, yesterday, tomorrow; not the Today of a title."""
    printed = run.printed(i)
    if printed[0].isupper():
        before = run.previous_word(i)
        if before[:1].isupper() and (before.isupper() or not printed.isupper()):
            return None
    return Relative("day", run.value(i)), i + 1


def same(run: Run, i: int) -> Parsed:
    """That day, the same month, that Friday: the date told last."""
    j = i + 1 + (run.kind(i + 1) == "same")
    if not run.plain(j):
        return None
    if run.kinds[j] == "unit":
        unit = str(run.tokens[j].value)
        known = unit in ("day", "week", "weekend", "month", "year")
        return (Relative(unit, 0, anchored=True, strict=True), j + 1) if known else None
    if run.tokens[j].note or run.kinds[j] not in ("weekday", "season", "month"):
        return None
    node = Calendar("season", number=run.value(j)), j + 1
    parsed = node if run.kinds[j] == "season" else run.point(j)
    if parsed is not None and isinstance(parsed[0], Calendar) and parsed[0].year is None:
        return Nearby(parsed[0], 0, anchored=True, strict=True), parsed[1]
    return None


def modified(run: Run, i: int, definite: bool = False) -> Parsed:
    """Last year, this fall, next Friday, the past three months, the last week of July.

    ``definite``: an article stands before it, as in the following week, the past year.
    """
    token = run.tokens[i]
    if run.kind(i - 1) == "possessive" and run.spaced(i):
        return None
    offset, rolling, j = run.value(i), token.note == "rolling", i + 1
    if offset == 0 and run.is_kind(j, "mod") and run.value(j):
        offset, rolling, j = run.value(j), True, j + 1
    if not run.plain(j):
        return None
    anchored = token.word in ("following", "preceding") or (definite and token.word in ("next", "previous"))
    if run.kinds[j] == "fiscal" and run.is_kind(j + 1, "unit"):
        return Fiscal(Relative("year", offset)), j + 2
    if offset and (counted := _modified_count(run, i, j, offset, anchored)):
        return counted
    kind = run.kinds[j]
    if kind == "unit":
        return _modified_unit(run, i, j, offset, rolling=rolling, definite=definite, anchored=anchored)
    if kind in ("night", "morning") and token.word in ("last", "this"):
        return Relative("day", offset), j + 1
    if kind == "season":
        vague = run.tokens[j].note == "ambiguous" and run.next_word(j + 1) in ("in", "of", "from")
        return None if vague else (Nearby(Calendar("season", number=run.value(j)), offset, rolling, anchored), j + 1)
    if kind in ("month", "weekday", "digits", "day_ordinal", "ordinal", "short_numeric"):
        return _modified_place(run, j, offset, rolling, anchored)
    return None


def _modified_count(run: Run, i: int, j: int, offset: int, anchored: bool) -> Parsed:
    """The past three months, the next few weeks, the last ten days of June, in the coming years."""
    if run.kinds[j] == "units":
        return Rolling(str(run.tokens[j].value), None, offset), j + 1
    at = run.skip(j, "a", "vague")
    count = None
    if run.kind(at - 1) != "vague":
        count = run.number(j)
        if count is None:
            return None
        at = run.skip(count[1], "of")
    if not run.is_kind(at, "units", "unit") or not run.spaced(at):
        return None
    unit = str(run.tokens[at].value)
    if count and run.words[i] == "last" and run.kind(at + 1) in ("of", "in"):
        outer = _outer(run, at + 1)
        if outer is not None and _holds(outer[0].unit, unit):
            return Edge(count[0], unit, offset, outer[0]), outer[1]
    return Rolling(unit, count[0] if count else None, offset, anchored), at + 1


def _modified_unit(
    run: Run, i: int, j: int, offset: int, *, rolling: bool, definite: bool, anchored: bool
) -> Parsed:
    unit, word = str(run.tokens[j].value), run.words[j - 1]
    if word == "last" and run.kind(j + 1) in ("of", "in") and unit != "quarter":
        outer = _outer(run, j + 1)
        if outer is not None and _holds(outer[0].unit, unit):
            return Nth(-1, unit, outer[0]), outer[1]
        if run.kinds[j + 1] == "of":
            return None
    if unit == "day":
        # The last day, these past days: no date without what they are the last of.
        return (Relative("day", offset, anchored=offset > 0 or anchored), j + 1) if not definite or anchored else None
    led = definite and run.kind(i - 2) in ("during", "in", "for")
    if word == "next" and led and unit in ("week", "month", "year"):
        return Rolling(unit, 1, 1), j + 1
    if offset < 0 and unit in ("week", "month", "year", "decade") and (rolling or (definite and not anchored)):
        return Rolling(unit, 1, offset), j + 1
    return _weekday_of(run, Relative(unit, offset, anchored=anchored), j + 1)


def _weekday_of(run: Run, week: Relative, j: int) -> Parsed:
    """Next week on Tuesday, this week Friday."""
    at = run.skip(j, "on")
    if week.unit == "week" and run.is_kind(at, "weekday") and not run.tokens[at].note:
        return Calendar("day", weekday=run.value(at), outer=week), at + 1
    return week, j


def _modified_place(run: Run, j: int, offset: int, rolling: bool, anchored: bool) -> Parsed:
    """Last January, this Friday, next 6th of April."""
    if run.tokens[j].note in ("short", "ambiguous") and not run.printed(j)[0].isupper():
        return None
    parsed = run.point(j)
    if parsed is None or not isinstance(parsed[0], Calendar) or parsed[0].unit not in ("day", "month"):
        return None
    inner = parsed[0]
    if inner.year is not None or inner.outer is not None:
        return parsed
    if inner.weekday is not None and inner.month is not None:
        return replace(inner, weekday=None), parsed[1]
    return Nearby(inner, offset, rolling, anchored), parsed[1]


def part(run: Run, i: int) -> Parsed:
    """Early January, mid-2019, late last year, the end of March, earlier this month, the rest of the week."""
    token = run.tokens[i]
    which = str(token.value)
    j = run.skip(i + 1, "of")
    if j == i + 1 and token.word in ("early", "late", "earlier", "later", "middle"):
        j = run.skip(j, "in")
    named = j > i + 1
    j = run.skip(j, "the", "possessive")
    if not run.plain(j):
        return None
    if run.is_word(j, "current") and run.is_kind(j + 1, "unit"):
        j += 1
    if run.kinds[j] == "unit":
        if str(run.tokens[j].value) == "day":
            return (Relative("day", 0), j + 1) if which in ("before", "after") and named else None
        ends = which == "rest" or token.word == "mid" or (named and token.word not in ("early", "late"))
        inner = _running(run, j) if ends else None
    elif run.kinds[j] == "season" and which in ("before", "after") and named:
        inner = Calendar("season", number=run.value(j)), j + 1
    elif run.kinds[j] in ("decade", "decade_word"):
        inner = decade(run, j)
    else:
        inner = run.point(j)
    if inner is None or inner[0].unit == "day" or isinstance(inner[0], (Rolling, Distance, Edge)):
        return None
    if isinstance(inner[0], Fiscal):
        return inner
    return Part(which, inner[0]), inner[1]


def article(run: Run, i: int) -> Parsed:
    """What an article leads: the last week of July, the 1990s, the week of Nov. 30, the day before yesterday."""
    j = i + 1
    if not run.spaced(j):
        return None
    kind = run.kinds[j]
    if kind == "mod":
        return modified(run, j, definite=True)
    if kind == "unit" and run.words[j] == "weekend":
        led = run.kind(i - 1) in ("during", "at", "for", "on", "by")
        return (Calendar("weekend"), j + 1) if led and run.kind(j + 1) != "of" else None
    return None if kind in ("half", "number", "digits", "a") else run.point(j)


def unit(run: Run, i: int) -> Parsed:
    """Week 31, the week of Nov. 30, the week after next, the year 2008, year-end, year to date, the day after."""
    name, j = str(run.tokens[i].value), i + 1
    kind = run.kind(j)
    # Leagues count their weeks in capitals; those of the calendar need a range to be told from them.
    weekly = run.printed(i) == "week" or run.kind(i - 1) in ("between", "from", "to", "and", "until")
    if name == "week" and weekly and kind == "digits" and run.spaced(j) and run.value(j) and run.kind(j + 1) != "of":
        return Calendar("week", number=run.value(j)), j + 1
    if kind in ("of", "commencing", "ended") and name in ("week", "month", "year") and run.spaced(j + 1):
        at = run.skip(run.skip(j + 1, "on"), "the")
        inner = run.point(at) if run.plain(at) else None
        if inner is None and run.kind(at) == "day_ordinal" and (day := run.day(at)):
            inner = Calendar("day", day=day[0]), day[1]
        if inner is not None and kind == "ended" and isinstance(inner[0], Calendar) and inner[0].month:
            return Ending(1, name, inner[0]), inner[1]
        if inner is not None and kind != "ended" and inner[0].unit == "day" and name != "year":
            return Around(name, inner[0]), inner[1]
    if name == "year":
        if kind == "year" and run.spaced(j):
            return Calendar("year", year=run.value(j)), j + 1
        if kind == "to" and run.kind(j + 1) == "date":
            return Part("before", Relative("year", 0)), j + 2
        if ended := year_end(run, i):
            return ended
    if kind == "after" and run.is_word(j + 1, "next") and name in ("week", "month", "year"):
        return Relative(name, 2), j + 2
    if name == "day" and run.spaced(j) and (kind in ("before", "after") or run.is_word(j, "earlier", "later")):
        sign = -1 if kind == "before" or run.words[j] == "earlier" else 1
        if kind in ("before", "after"):
            return _from(run, ((1, "day"),), sign, j)
        return Distance(((1, "day"),), sign, anchored=True), j + 1
    return None
