"""The words of date expressions, and the split of a text into runs of such words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

YEARS = range(1000, 2200)
"""Four-digit numbers that can be a year."""

_NUMBER_KINDS = {"unit", "teen", "ten", "hundred", "scale", "dozen", "couple"}
# A run needs one of these to be read; the other kinds only accompany them.
_CORES = frozenset(
    {"month", "weekday", "weekdays", "unit", "units", "season", "deictic", "morning", "year", "half", "period"}
    | {"decade", "quarter_code", "half_code", "fiscal_code", "numeric", "short_numeric", "day_ordinal"}
)
# Words that can start a year without another date word.
_YEAR_WORDS = frozenset({"eighteen", "nineteen", "twenty", "thousand"})
_WORD = re.compile(r"\w+")
_LONGEST_GLUE = 10
_BLANKS = r"[ \t\u00a0]{0,4}"
_MARK = r"(?:['’]s\b|\.?,|[-‐‑–—/~.'’(])"
# A single newline is a blank (hard-wrapped copy); two end a paragraph.
_GLUE = re.compile(rf"{_BLANKS}\n?{_BLANKS}{_MARK}?{_BLANKS}|{_BLANKS}{_MARK}{_BLANKS}\n{_BLANKS}")
_SUFFIXED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DECADE = re.compile(r"(1[5-9]|2[01])?(\d)0s")
_YEAR_CODE = re.compile(r"(\d{4})([qh])([1-4])")
_FISCAL_CODE = re.compile(r"fy(\d{4}|\d{2})")
# The end of a range may follow a hyphen (3/9/2011-4/2/2012); other figures may not.
_LONG_NUMERIC = re.compile(
    r"(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(\d{4}|\d{2}))"
    r"(?!\d|[/.]\d|-\d(?!\d?/\d))"
)
_SEPARATED = re.compile(r"\d[-/.]\d{1,2}[-/.]\d")
_YEAR_MONTH = re.compile(r"(?:(\d{4}) ?[-/] ?(\d{1,2})|(\d{1,2}) ?[-/] ?(\d{4}))(?! ?[-/.]? ?\d)")
_COMPACT = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_SHORT_NUMERIC = re.compile(r"(\d{1,2})([/.])(\d{1,2})(?![/.,]?\d|\w|%)")

Value = int | str | tuple[int, ...]
Entry = tuple[str, Value, str]


class Token(NamedTuple):
    """A word or number of a date expression.

    ``kind`` is its role in a date: one of ``date_words.csv`` or of numbers. ``value`` is the number of the month, the
    name of the unit, the days from today and so on. ``note`` is ``short`` for an abbreviation, ``ambiguous`` for a word
    with another meaning (may), ``rolling`` for a modifier that counts from today rather than by the calendar. ``glue``
    is the mark between it and the previous token, without blanks.
    """

    kind: str
    value: Value
    note: str
    word: str
    start: int
    end: int
    glue: str


@cache
def _lexicon() -> Mapping[str, Entry]:
    """Every word in each casing (lower case, capitalised, capitals) to its kind, value and note."""
    entries: dict[str, Entry] = {}
    for row in table("number_words"):
        kind = row["kind"]
        if kind in _NUMBER_KINDS:
            entries[row["word"]] = ("number", 0, "year" if row["word"] in _YEAR_WORDS else "")
        elif kind.startswith("ordinal"):
            entries[row["word"]] = ("ordinal", 0, "")
    for row in table("date_words"):
        value = row["value"]
        entries[row["word"]] = (row["kind"], int(value) if value.lstrip("-").isdigit() else value, row["note"])
    for year in YEARS:
        entries[str(year)] = ("year", year, "")
    for number in range(100):
        entries[str(number)] = entries[f"{number:02}"] = ("digits", number, "")
    return {form: entry for word, entry in entries.items() for form in (word, word.capitalize(), word.upper())}


def _coded(piece: str) -> Entry | None:
    """The entry of a word that contains digits."""
    lower = piece.lower()
    if found := _SUFFIXED.fullmatch(lower):
        return "day_ordinal", int(found[1]), ""
    if found := _DECADE.fullmatch(lower):
        century = found[1]
        return "decade", int(century or 0) * 100 + int(found[2]) * 10, "" if century else "short"
    if found := _YEAR_CODE.fullmatch(lower):
        return ("quarter_code" if found[2] == "q" else "half_code"), (int(found[1]), int(found[3])), ""
    if found := _FISCAL_CODE.fullmatch(lower):
        number = int(found[1])
        return "fiscal_code", number if number > 999 else 2000 + number, ""
    if piece.isdecimal() and len(piece) < 4:
        return "digits", int(piece), ""
    return None


def _numeric(text: str, at: int, day_first: bool, ranged: bool) -> tuple[Entry, int] | None:
    """A numeric date that begins at ``at``: the token and its end; ``ranged``: right after another one."""
    before = text[at - 1] if at else " "
    if not ranged and before in ".,/-–$£€#" and (before not in "-–/" or (at > 1 and text[at - 2].isdigit())):
        return None
    if found := _LONG_NUMERIC.match(text, at):
        if found[1]:
            year, month, day = int(found[1]), int(found[3]), int(found[4])
        else:
            # Dots are continental European style, day first.
            day_month = ordered(int(found[5]), int(found[7]), day_first or found[6] == ".")
            if day_month is None:
                return None
            day, month = day_month
            year = int(found[8]) if len(found[8]) == 4 else int(found[8]) - 100
        return ("numeric", (year, month, day), ""), found.end()
    if found := _YEAR_MONTH.match(text, at):
        year, month = (int(found[1]), int(found[2])) if found[1] else (int(found[4]), int(found[3]))
        # 2003-04 is a season or school year, not a month.
        if 1 <= month <= 12 and year in YEARS and not (found[1] and month == (year + 1) % 100):
            return ("numeric", (year, month, 0), ""), found.end()
        return None
    if found := _COMPACT.match(text, at):
        digits = found.group()
        return ("numeric", (int(digits[:4]), int(digits[4:6]), int(digits[6:])), ""), found.end()
    if found := _SHORT_NUMERIC.match(text, at):
        day_month = ordered(int(found[1]), int(found[3]), day_first)
        # With a day above 12 first (22/04) the month needs two digits: 24/7 is not a date.
        if day_month and (int(found[1]) <= 12 or len(found[3]) == 2):
            return ("short_numeric", (day_month[1], day_month[0]), found[2]), found.end()
    return None


def ordered(a: int, b: int, day_first: bool) -> tuple[int, int] | None:
    """Day and month of two figures: the only order that the calendar allows, else the given one."""
    if a > 12 >= b or (day_first and not a <= 12 < b):
        a, b = b, a
    return (b, a) if 1 <= a <= 12 and 1 <= b <= 31 else None


def runs(text: str, day_first: bool) -> Iterator[list[Token]]:
    """Runs of date words that can hold a date, with only blanks and marks between them; looks each word up once."""
    lexicon = _lexicon()
    run: list[Token] = []
    core = False
    previous_end = -1
    for match in _WORD.finditer(text):
        start = match.start()
        if start < previous_end:
            continue
        piece = match.group()
        end = match.end()
        entry = lexicon.get(piece)
        if "0" <= piece[0] <= "9":
            ranged = previous_end == start - 1 and bool(run) and run[-1].kind in ("numeric", "short_numeric")
            found = _figures(text, piece, start, day_first, ranged=ranged)
            if found is not None:
                entry, end = found
        elif entry is None and "0" <= piece[-1] <= "9":
            entry = _coded(piece)
        if entry is None:
            continue
        glue = ""
        if run and (start - previous_end != 1 or text[previous_end] != " "):
            joint = _GLUE.fullmatch(text, previous_end, start) if start - previous_end < _LONGEST_GLUE else None
            if joint is not None:
                glue = joint.group().strip()
            else:
                if core:
                    yield run
                run = []
                core = False
        core = core or entry[0] in _CORES or entry[2] == "year"
        run.append(Token(*entry, piece.lower(), start, end, glue))
        previous_end = end
    if core:
        yield run


def _figures(text: str, piece: str, start: int, day_first: bool, *, ranged: bool) -> tuple[Entry, int] | None:
    """The entry of a word that begins with a digit, with the index after it."""
    end = start + len(piece)
    if text[end : end + 1] in ("-", "/", ".", " ") or len(piece) == 8:
        found = _numeric(text, start, day_first, ranged)
        if found is not None:
            return found
    if piece[-1] == "0" and text[end : end + 2] in ("'s", "’s"):
        piece, end = f"{piece}s", end + 2
    entry = _lexicon().get(piece) or _coded(piece)
    return (entry, end) if entry is not None else None


def numeric_order(text: str) -> bool:
    """Whether numeric dates put the day first: some date has a first figure above 12, none a second one above 12."""
    if not _SEPARATED.search(text):  # a much faster search, and hardly any article has such a date
        return False
    figures = [(int(f[5]), int(f[7])) for f in _LONG_NUMERIC.finditer(text) if f[5] and f[6] != "."]
    return any(first > 12 for first, _ in figures) and not any(second > 12 for _, second in figures)
