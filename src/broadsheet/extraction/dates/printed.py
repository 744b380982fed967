"""The grammar of calendar dates: days, months, years, quarters, seasons, decades, numeric dates.

Every function reads at one index of a run and returns a node with the index after it, or None. The lookahead is
bounded, so the time is linear in the length of the run.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.dates.nodes import Calendar, Relative
from broadsheet.extraction.dates.parts import Distance, Ending, Part
from broadsheet.extraction.dates.ranges import Range
from broadsheet.reference import column

if TYPE_CHECKING:
    from broadsheet.extraction.dates.run import Parsed, Run

# In capitals, little else than a month, year or season directly follows these prepositions.
FIRM = frozenset({"in", "since", "until", "by", "of", "mod", "part", "from", "during", "through", "between", "before"})
FIRM |= {"after", "commencing"}
_JOINED = re.compile(r"\d[-–/~ ]{1,4}\Z")
_DEPENDENCIES = FIRM | {"to", "and", "for", "the", "on", "at"}


def contained(run: Run, node: Calendar, j: int) -> tuple[Calendar, int]:
    """Adds the containing period if it follows: June next year, Friday of last week, the 9th of next month."""
    at = run.skip(j, "of", "in", "the")
    outer = run.point(at) if run.is_kind(at, "mod", "same") else None
    if outer is None or not isinstance(outer[0], Relative):
        return node, j
    unit = outer[0].unit
    fits = unit == "year"
    if node.unit == "day" and node.month is None:
        fits = unit == "month" or (node.day is None and unit in ("week", "year"))
    return (replace(node, outer=outer[0]), outer[1]) if fits else (node, j)


def with_year(run: Run, node: Calendar, j: int) -> tuple[Calendar, int]:
    """Adds the year after a month, day, season or quarter, or else the containing period."""
    at = run.skip(j, "of", "in", "the")
    if run.glue(at) in ("", ",", "-", "/", "(", "'", "’", "‘"):
        year = run.year(at)
        if year and not (run.kind(at) == "year" and (run.measured(at) or run.continues(at + 1))):
            return replace(node, year=year[0]), year[1]
        if run.kind(at) == "digits" and len(run.words[at]) == 2 and run.kind(j) == "of":
            return replace(node, year=_century(run.value(at))), at + 1
    return contained(run, node, j)


def _century(number: int) -> int:
    """The full year of two digits, as in POSIX: 69 to 99 are of the twentieth century."""
    return 1900 + number if number >= 69 else 2000 + number


def month(run: Run, i: int) -> Parsed:
    """March; March 3; March 3, 2016; March 2016; October-2018-09."""
    node, j = Calendar("month", month=run.value(i)), i + 1
    if run.is_word(j, "quarter") and run.spaced(j) and not run.dashed(i) and run.kind(i - 1) not in ("to", "and"):
        named, k = with_year(run, node, j + 1)
        return Ending(1, "quarter", named), k
    at = run.skip(j, "the")
    day = run.day(at) if run.plain(at) else None
    if day and not (run.kind(i - 1) == "in" and run.plural_follows(day[1])):
        return with_year(run, replace(node, unit="day", day=day[0]), day[1])
    dated, k = with_year(run, node, j)
    if k == j:
        return (node, j) if _lone_month(run, i) else None
    if dated.year is not None and run.kind(k) == "digits" and run.glue(k) in ("-", "/") and run.glue(j) == run.glue(k):
        day = run.day(k)
        return (replace(dated, unit="day", day=day[0]), day[1]) if day else None
    return dated, k


def _lone_month(run: Run, i: int) -> bool:
    """Whether a month without day and year is a month: may, march and April Jones are not."""
    before = run.kind(i - 1)
    if before == "per":
        return False
    capital = run.printed(i)[0].isupper()
    if run.tokens[i].note in ("ambiguous", "short"):
        ranged = run.kind(i + 1) in ("to", "until")
        ranged = ranged or (run.kind(i + 1) == "month" and run.dashed(i + 1))
        ranged = ranged or (run.kind(i - 1) == "month" and run.dashed(i))
        ranged = ranged or (run.is_word(i + 1, "and") and run.is_kind(i + 2, "month"))
        return capital and (before in FIRM or before in ("to", "and") or ranged)
    if before in FIRM or not capital:
        return before in _DEPENDENCIES
    following = run.next_word(i + 1)
    return not following[:1].isupper() or (run.kind(i + 1) != "" and run.spaced(i + 1))


def day_first(run: Run, i: int) -> Parsed:
    """3 March; the 3rd of March, 2016; 07-Mar-2019."""
    day = run.day(i)
    if day is None:
        return None
    j = day[1]
    at = run.skip(j, "of")
    joined = run.glue(at) in ("", "-", "/") or (run.glue(at) == "." and run.kind(at + 1) == "year")
    if run.kind(at) != "month" or not joined:
        return None
    if at == j:
        if run.tokens[at].note == "ambiguous" and not run.printed(at)[0].isupper():
            return None
        # Of two days around a month, the one after it is its own: 8 March 17.
        if run.kinds[i] == "digits" and run.kind(at + 1) == "digits" and run.spaced(at + 1) and run.day(at + 1):
            return None
    return with_year(run, Calendar("day", month=run.value(at), day=day[0]), at + 1)


def weekday(run: Run, i: int) -> Parsed:
    """Friday; Friday, Feb. 2; Friday the 13th; Friday (May 3); Friday 5/3; Sunday two days from now."""
    number, j = run.value(i), i + 1
    bare = Calendar("day", weekday=number)
    before, after = run.previous_word(i).lower(), run.next_word(j)
    if run.kind(i - 1) in ("per", "ordinal", "day_ordinal") or before in column("named_weekdays", "word"):
        return None
    if after.istitle() and after.lower() in column("weekday_papers", "word"):
        return None
    at = run.skip(j, "the")
    kind = run.kind(at)
    if run.glue(j) in ("", ",", "(", "-"):
        parsed = run.point(at)
        if parsed is not None and isinstance(parsed[0], Calendar) and parsed[0].day:
            return replace(parsed[0], weekday=number), parsed[1]
        if parsed is not None and isinstance(parsed[0], Distance) and parsed[0].unit == "day":
            return parsed  # The distance names the same day again.
        day = run.day(at) if parsed is None and run.spaced(at) else None
        if day and (at > j or kind in ("day_ordinal", "digits")):
            counted = kind in ("digits", "number") and run.next_word(day[1])[:1].islower() and not run.kind(day[1])
            return (bare, j) if counted else (replace(bare, day=day[0]), day[1])
    if run.tokens[i].note == "short":
        return None
    return contained(run, bare, j)


def year(run: Run, i: int) -> Parsed:
    """2016; 2011 May; 2011 the second quarter; 2011-apr-09; the 2019 fiscal year."""
    number, j = run.value(i), i + 1
    at = run.skip(j, "the")
    glue, kind = run.glue(j), run.kind(at)
    if glue in ("-", "/") and run.glue(at + 1) == glue and "month" in (kind, run.kind(at + 1)):
        month_at, day_at = (at, at + 1) if kind == "month" else (at + 1, at)
        if day := run.day(day_at):
            return Calendar("day", year=number, month=run.value(month_at), day=day[0]), at + 2
    if kind == "month" and glue in ("", "-", "/", ","):
        certain = run.tokens[at].note != "ambiguous" or run.printed(at)[0].isupper()
        alone = run.year(at + 1) is None and run.day(at + 1) is None
        if certain and alone and (glue != "," or run.closes(at + 1)):
            return Calendar("month", year=number, month=run.value(at)), at + 1
    if kind in ("quarter_code", "half_code") and glue in ("", "-", "/") and not isinstance(run.tokens[at].value, tuple):
        return Calendar(kind.removesuffix("_code"), year=number, number=run.value(at)), at + 1
    if kind == "ordinal" and not glue and (place := run.ordinal(at)) and run.is_word(place[1], "quarter"):
        return Calendar("quarter", year=number, number=place[0]), place[1] + 1
    if not glue and kind == "fiscal" and run.is_kind(at + 1, "unit"):
        return Part("fiscal", Calendar("year", year=number)), at + 2
    return (Calendar("year", year=number), j) if _bare_year(run, i) else None


def _bare_year(run: Run, i: int) -> bool:
    """Whether four digits alone are a year, and not a count, sum, time, or part of a longer number."""
    if run.measured(i) or run.continues(i + 1) or run.kind(i - 1) == "at":
        return False
    start = run.tokens[i].start
    dated = run.kind(i - 1) in ("year", "month", "day_ordinal")
    if not dated and _JOINED.search(run.text, max(0, start - 5), start):
        return False
    number = run.value(i)
    firm = run.kind(i - 1) in FIRM and run.plain(i)
    if not 1900 <= number <= 2100:
        return firm and not run.plural_follows(i + 1)
    return number <= 2060 or firm


def decade(run: Run, i: int) -> Parsed:
    """The 1990s, the '90s, the nineties; not ages and temperatures (in his seventies), which have no article."""
    number = run.value(i)
    if run.tokens[i].note == "short":
        if run.kind(i - 1) not in ("the", "part"):
            return None
        number += 2000 if number < 20 else 1900
    return Calendar("decade", year=number), i + 1


def season(run: Run, i: int) -> Parsed:
    """Summer 2016, the winter of 2018-19, the fall of last year; alone only after a preposition of time."""
    node, j = Calendar("season", number=run.value(i)), i + 1
    dated, k = with_year(run, node, j)
    if k > j:
        return dated, k + (dated.year is not None and run.kind(k) == "digits" and run.glue(k) in ("-", "/", "–"))
    lead = run.kind(i - 2) if run.kind(i - 1) == "the" else run.kind(i - 1)
    if lead not in ("in", "during", "by", "until", "since", "mod", "part"):
        return None
    if run.tokens[i].note == "ambiguous" and run.next_word(j) in ("in", "of", "to", "from", "apart", "below", "into"):
        return None
    return (node, j) if run.kind(j) != "of" else None


def quarter_code(run: Run, i: int) -> Parsed:
    """Q3 2024, 2024H1; H1 alone only after a preposition."""
    unit, value = run.kinds[i].removesuffix("_code"), run.tokens[i].value
    if isinstance(value, tuple):
        return Calendar(unit, year=value[0], number=value[1]), i + 1
    dated, j = with_year(run, Calendar(unit, number=int(value)), i + 1)
    return None if unit == "half" and j == i + 1 and run.kind(i - 1) not in FIRM else (dated, j)


def fiscal(run: Run, i: int) -> Parsed:
    """Fiscal 2019, the fiscal year 2018-19, FY2019, the fiscal year ended March 31."""
    if run.kinds[i] == "fiscal_code":
        return Part("fiscal", Calendar("year", year=run.value(i))), i + 1
    j = run.skip(i + 1, "unit")
    if run.is_kind(j, "year"):
        node = Calendar("year", year=run.value(j))
        if later := run.later_year(j + 1):
            return Part("fiscal", Range(node, replace(node, year=later))), j + 2
        return Part("fiscal", node), j + 1
    return run.point(i + 1) if run.kind(i + 1) == "unit" and run.kind(i + 2) == "ended" else None


def figures(run: Run, i: int) -> Parsed:
    """2018-09-23, 10/31/2025, 2016-11; 10/31 only if another word marks it as a date."""
    token = run.tokens[i]
    if not isinstance(token.value, tuple):
        return None
    if token.kind == "numeric":
        number, month_, day = token.value
        if not 1 <= month_ <= 12 or day > 31:
            return None
        number = _century(number + 100) if number < 0 else number
        return Calendar("day" if day else "month", year=number, month=month_, day=day or None), i + 1
    month_, day = token.value
    lead = run.kind(i - 1)
    if token.note == "/":
        ranged = "short_numeric" in (lead, run.kind(i + 1)) and (run.dashed(i) or run.dashed(i + 1))
        alone = day > 12 and not run.next_word(i + 1)
        marked = lead in ("weekday", "mod", "on", "from", "to", "until") or ranged or alone
    else:
        marked = lead == "weekday" or (lead == "on" and run.closes(i + 1))
    # 9/11 is the attacks, not a day of the current year.
    if not marked or (month_, day) == (9, 11):
        return None
    return with_year(run, Calendar("day", month=month_, day=day), i + 1)


def year_end(run: Run, i: int) -> Parsed:
    """Year-end, year's end, year-end 2018, starting at the word "year"."""
    j = i + 1
    if not run.is_word(j, "end") or run.glue(j) not in ("", "-", "'s", "’s"):
        return None
    if run.kind(j + 1) == "year" and run.spaced(j + 1):
        return Part("end", Calendar("year", year=run.value(j + 1))), j + 2
    return Part("end", Relative("year", 0)), j + 1
