"""Reads gold: JSON files of whole articles, or JSON Lines of quotes, events or figures."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from broadsheet.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

Form = Literal["article", "quotes", "events", "figures"]

_MARKS: dict[Form, frozenset[str]] = {
    "article": frozenset(["article"]),
    "quotes": frozenset(["doc_id", "text", "quotes"]),
    "events": frozenset(["id", "text", "date", "gold"]),
    "figures": frozenset(["id", "text", "kinds", "gold"]),
}
"""The keys by which a form is known."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A file of gold: its form and its cases (one, of a whole article)."""

    path: Path
    form: Form
    cases: tuple[dict[str, Any], ...]


def read_gold(path: Path) -> Gold:
    """Reads a file of gold; ``.gz`` is unpacked.

    Raises:
        InputError: If it cannot be read, or is of none of the four forms.
    """
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.name.endswith(".gz") else raw).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read ({error})", "name a JSON or JSON Lines file of gold") from error
    whole = path.name.removesuffix(".gz").endswith(".json")
    cases = (
        [_parse(path, 0, text)]
        if whole
        else [_parse(path, n, x) for n, x in enumerate(text.splitlines(), 1) if x.strip()]
    )
    if not cases:
        raise InputError(str(path), "holds no case", "name a JSON or JSON Lines file of gold")
    forms = [form for form, keys in _MARKS.items() if all(keys <= case.keys() for case in cases)]
    if not forms:
        known = "; ".join(f"{form}: {', '.join(sorted(keys))}" for form, keys in _MARKS.items())
        raise InputError(str(path), "is gold of no form that is known", f"give its cases the keys of one ({known})")
    return Gold(path, forms[0], tuple(cases))


def _parse(path: Path, line: int, text: str) -> dict[str, Any]:
    place = f"{path}:{line}" if line else str(path)
    try:
        case = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(place, f"is not JSON ({error})", "mend the file") from error
    if not isinstance(case, dict):
        raise InputError(place, "is not a JSON object", "mend the file")
    return case
