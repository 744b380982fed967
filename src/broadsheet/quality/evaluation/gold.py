"""Reads gold: JSON files for whole articles, or JSON Lines for quotes, events or figures."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import open_regular
from broadsheet.quality.evaluation.checks import problems
from broadsheet.quality.evaluation.forms import FORMS, Form

if TYPE_CHECKING:
    from pathlib import Path

_MEND = "see docs/gold.md for the formats of gold"


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold file: its form and its cases (a single case for a whole article)."""

    path: Path
    form: Form
    cases: tuple[dict[str, Any], ...]


def read_gold(path: Path) -> Gold:
    """Reads and checks a gold file; unpacks ``.gz``.

    Raises:
        InputError: If the file cannot be read, has none of the four forms, or a case does not fit its form. The place
            is ``FILE:LINE``.
    """
    try:
        with open_regular(path) as file:
            raw = file.read()
        text = (gzip.decompress(raw) if path.name.endswith(".gz") else raw).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"byte {error.start} is not UTF-8", "save the file as UTF-8") from error
    except (OSError, EOFError, zlib.error) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(str(path), f"cannot be read ({why})", "name a JSON or JSON Lines file of gold") from error
    whole = path.name.removesuffix(".gz").endswith(".json")
    # Not splitlines(): texts in a line of JSON may contain other Unicode line breaks.
    lines = [(1, text)] if whole else [(n, x) for n, x in enumerate(text.split("\n"), 1) if x.strip()]
    cases = [(number, _parse(path, number, line)) for number, line in lines if line.strip()]
    if not cases:
        raise InputError(str(path), "holds no case", "name a JSON or JSON Lines file of gold")
    form = _form(path, cases)
    for (number, case), (_, line) in zip(cases, lines, strict=True):
        for field, row, problem in problems(form, case):
            raise InputError(f"{path}:{number + _line_of(row, line)}", f"{field} {problem}", _MEND)
    return Gold(path, form, tuple(case for _, case in cases))


def _form(path: Path, cases: list[tuple[int, dict[str, Any]]]) -> Form:
    """Returns the form of the first case; all other cases must have the same form."""
    _, first = cases[0]
    form = next((form.name for form in FORMS.values() if form.keys <= first.keys()), None)
    if form is None:
        known = "; ".join(f"{form.name}: {', '.join(sorted(form.keys))}" for form in FORMS.values())
        raise InputError(f"{path}:{cases[0][0]}", f"has the keys of no form of gold ({known})", _MEND)
    for number, case in cases:
        if missing := sorted(FORMS[form].keys - case.keys()):
            raise InputError(f"{path}:{number}", f"{missing[0]} is missing", _MEND)
    return form


def _line_of(row: object, text: str) -> int:
    """Returns the number of lines before the JSON object equal to ``row``; 0 if it is not found."""
    decoder = json.JSONDecoder()
    start = text.find("{")
    while start >= 0:
        try:
            if decoder.raw_decode(text, start)[0] == row:
                return text.count("\n", 0, start)
        except ValueError:
            pass
        start = text.find("{", start + 1)
    return 0


def _parse(path: Path, line: int, text: str) -> dict[str, Any]:
    try:
        case = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        place = f"{path}:{line + error.lineno - 1}"
        raise InputError(place, f"is not JSON ({error.msg} at column {error.colno})", "fix the file") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}:{line}", f"is not JSON ({error})", "fix the file") from error
    if not isinstance(case, dict):
        raise InputError(f"{path}:{line}", "is not a JSON object", "fix the file")
    return case


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")
