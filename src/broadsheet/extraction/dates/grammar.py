"""The grammar of whole expressions: single dates, ranges, open ends, and prepositions before a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.dates import counted, modified, printed
from broadsheet.extraction.dates.nodes import Calendar, Nearby, Node, Relative
from broadsheet.extraction.dates.parts import Distance, Part
from broadsheet.extraction.dates.ranges import Bound, Range
from broadsheet.extraction.dates.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from broadsheet.extraction.dates.lexicon import Token
    from broadsheet.extraction.dates.run import Parsed

_POSSESSIVE = ("'s ", "’s ")
_READERS: dict[str, Callable[[Run, int], Parsed]] = {
    **dict.fromkeys(("a", "day_ordinal", "digits", "half", "number", "ordinal", "vague"), counted.numbered),
    **dict.fromkeys(("fiscal", "fiscal_code"), printed.fiscal),
    **dict.fromkeys(("half_code", "quarter_code"), printed.quarter_code),
    **dict.fromkeys(("numeric", "short_numeric"), printed.figures),
    "decade": printed.decade,
    "deictic": modified.deictic,
    "mod": modified.modified,
    "month": printed.month,
    "part": modified.part,
    "same": modified.same,
    "season": printed.season,
    "the": modified.article,
    "unit": modified.unit,
    "weekday": printed.weekday,
    "year": printed.year,
}


def read_point(run: Run, i: int) -> Parsed:
    """One date or period that begins at ``i``."""
    reader = _READERS.get(run.kind(i))
    return reader(run, i) if reader is not None else None


def expressions(text: str, tokens: Sequence[Token]) -> Iterator[tuple[Node, int, int]]:
    """The date expressions of a run of date words: node, start and end offset; the longest at each place."""
    run = Run(text, tokens, read_point)
    i = 0
    while i < len(tokens):
        parsed = _expression(run, i)
        if parsed is None:
            i += 1
            continue
        node, j = parsed
        yield node, run.tokens[i].start, run.tokens[j - 1].end
        i = j
        while isinstance(node, Calendar) and (further := _further_day(run, node, i)):
            first = i + run.is_word(i, "and", "or")
            node, i = further
            yield node, run.tokens[first].start, run.tokens[i - 1].end


def _further_day(run: Run, node: Calendar, j: int) -> tuple[Calendar, int] | None:
    """The next day in a list that names its month once: April 9, 10 and 12."""
    at = j + 1 if run.is_word(j, "and", "or") and run.spaced(j) and run.spaced(j + 1) else j
    if node.day is None or node.month is None or run.kind(at) != "digits" or (at == j and run.glue(j) != ","):
        return None
    day = run.day(at)
    if day is None or day[0] <= node.day or not (at == j or run.closes(at + 1) or run.kind(at + 1) in printed.FIRM):
        return None
    return printed.with_year(run, Calendar("day", year=node.year, month=node.month, day=day[0]), at + 1)


def _listed_day(run: Run, i: int) -> Calendar | None:
    """A day whose month follows the next day: 7 and 8 November 1987."""
    listed = run.is_word(i + 1, "and", "or") and run.is_kind(i + 2, "digits", "day_ordinal")
    day = run.day(i) if listed and run.kind(i - 1) != "between" else None
    other = run.point(i + 2) if day else None
    if day is None or other is None or not isinstance(other[0], Calendar) or not other[0].month:
        return None
    return Calendar("day", year=other[0].year, month=other[0].month, day=day[0])


def _expression(run: Run, i: int) -> Parsed:
    if listed := _listed_day(run, i):
        return listed, i + 1
    kind = run.kinds[i]
    if kind in ("from", "between"):
        return _opened(run, i, between=kind == "between")
    if kind in ("since", "until", "through", "before", "after"):
        # "Before the June 7 vote" is before June 7, but "before the 2016 convention" is not before 2016.
        at = i + 2 if run.kind(i + 1) == "the" and run.kind(i + 2) in ("month", "weekday", "numeric") else i + 1
        found = _span(run, at) if run.spaced(at) else None
        if found is None or isinstance(found[0], Range) or (at > i + 1 and found[0].unit != "day"):
            return None
        node, j = found
        if kind in ("before", "after") and run.text.startswith(_POSSESSIVE, run.tokens[j - 1].end):
            return None  # after last week's vote: the vote was last week
        return Bound("until" if kind == "through" else kind, node), j
    if kind == "in":
        return _ahead(run, i)
    if kind == "by" and run.spaced(i + 1) and (found := _span(run, i + 1)):
        node, j = found
        # By 2030 is rather the year in which a level is reached.
        dated = isinstance(node, (Nearby, Part, Relative)) or node.unit in ("day", "month", "quarter", "season")
        possessive = run.text.startswith(_POSSESSIVE, run.tokens[j - 1].end)
        return (Bound("by", node), j) if dated and not possessive else None
    return _span(run, i)


def _opened(run: Run, i: int, between: bool) -> Parsed:
    """From A to B, between A and B; from A alone has an open end."""
    found = _span(run, i + 1, between=between) if run.spaced(i + 1) else None
    if found is None or isinstance(found[0], Range):
        return found
    node, j = found
    if run.is_kind(j, "onward"):
        return Bound("since", node), j + 1
    # A base of comparison (up from a year earlier, from last year) does not start a period.
    if between or isinstance(node, (Distance, Relative)) or node.unit not in ("day", "month", "year"):
        return None
    return Bound("from", node), j


def _ahead(run: Run, i: int) -> Parsed:
    """In two months: a date if the verbs refer to the future."""
    found = counted.amounts(run, i + 1) if run.words[i] == "in" else None
    if found is None or run.is_kind(found[1], "ago", "hence", "before", "after", "from", "of", "part"):
        return None
    return Distance(found[0], 1, ahead=True), found[1]


def _span(run: Run, i: int, between: bool = False) -> Parsed:
    """A date, or two with a word or a dash between them."""
    left = run.point(i)
    for option in (left, _bare_day(run, i)):
        if option is not None and (found := _right(run, option[0], option[1], between)):
            # The April to June quarter.
            return found[0], found[1] + (run.is_word(found[1], "quarter") and run.plain(found[1]))
    return left


def _right(run: Run, left: Node, j: int, between: bool) -> Parsed:
    """The right end of a range whose left end stops before ``j``."""
    kind, glue = run.kind(j), run.glue(j)
    if left.unit == "week" and [run.kind(k) for k in range(j, j + 4)] == ["between", "weekday", "and", "weekday"]:
        first, last = (Calendar("day", weekday=run.value(k), outer=left) for k in (j + 1, j + 3))
        return Range(first, last), j + 4
    if isinstance(left, Calendar) and left.unit == "year" and (later := run.later_year(j)):
        return Range(left, Calendar("year", year=later)), j + 1
    if run.dashed(j) or (glue == "/" and kind == "month" and left.unit == "month"):
        at = j
    elif not glue and (kind in ("to", "until", "through") or (between and run.words[j] == "and")) and run.spaced(j + 1):
        at = j + 1
        if (kind == "to" and run.kind(at) == "date") or run.kind(at) == "now":
            return Range(left, Relative("day", 0)), at + 1
    else:
        return None
    if run.kind(at) == "the" and run.kind(at + 1) not in ("mod", "unit"):
        at += 1
    right = run.point(at)
    bare = isinstance(left, Calendar) and left.unit == "day" and left.month is None and left.weekday is None
    if right is not None and (not bare or (isinstance(right[0], Calendar) and right[0].day)):
        return Range(left, right[0]), right[1]
    day = _bare_day(run, at)
    if day is None or not isinstance(left, Calendar) or left.day is None:
        return None
    return (Range(left, day[0]), day[1]) if left.month or day[0].outer else None


def _bare_day(run: Run, i: int) -> tuple[Calendar, int] | None:
    """A day of the month that takes its month from the other end of a range."""
    day = run.day(i)
    if day is None or run.measured(day[1] - 1):
        return None
    return printed.contained(run, Calendar("day", day=day[0]), day[1])
