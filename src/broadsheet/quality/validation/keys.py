"""Level 3: recomputes the key of an extracted row, which is a digest of its article, span and some of its cells."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.base.span import Span
from broadsheet.quality.validation.helpers import linked
from broadsheet.quality.validation.report import Level
from broadsheet.quality.validation.rows import row_key_at, row_place
from broadsheet.quality.validation.statements import is_cell
from broadsheet.tables.keys import DIGITS, event_key, row_key, tariff_key
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from broadsheet.quality.validation.columns import Frames
    from broadsheet.quality.validation.report import Findings

_PREFIXES = {
    "mentions": "men",
    "actor_roles": "rol",
    "quotes": "quo",
    "events": "eve",
    "tariffs": "tar",
    "financial_figures": "fig",
}
"""The tables whose keys are digests, and the prefix of each key."""

_PLACE = ("article_id", "char_start", "char_end")
_MEASURE = ("imposer_code", "target_code", "product", "measure", "action", "applies_to_id")
_DIGESTED = {"actor_roles": ("actor_id",), "events": ("type",), "tariffs": _MEASURE}
"""The columns in the digest besides article and span."""

_ACTOR = {"actor_roles": 0, "tariffs": len(_MEASURE) - 1}
"""The index of the actor id in these columns."""

MOST_OF_ONE_SPAN = 64
"""Number of sequence numbers tried for the events or measures of one span."""


def check_keys(findings: Findings, tables: Frames, name: str, *, is_part: bool) -> None:
    """Reports the extracted rows whose key is not the digest of their cells.

    Args:
        findings: Receives the failures.
        tables: The tables.
        name: The table to check.
        is_part: Whether the tables are one part of a corpus whose actor ids are assigned over all its articles.
    """
    if name not in _PREFIXES:
        return
    key = schemas()[name].primary_key[0]
    rule = f"{key} is the digest of article, span and what distinguishes two rows of one span"
    check = findings.check(Level.EXPECTATIONS, name, "key_digest", rule, [key])
    columns = tables.columns(name)
    names = (*_PLACE, *_DIGESTED.get(name, ()))
    if any(column not in columns for column in (key, "origin", *names)):
        return
    parts = [columns[column] for column in names]
    if name == "events":
        parts += _trigger_spans(tables, columns[key])
    rows = _unexplained(tables, name, columns[key], parts)
    several = is_part or len(tables["articles"]) > 1
    renamed = _shared_slugs(tables) if rows and name in _ACTOR and not several else frozenset()
    cells = zip(*(part.take(rows).to_pylist() for part in (columns[key], *parts)), strict=True) if rows else ()
    for position, (found, article, start, end, *seen) in zip(rows, cells, strict=True):
        if None in (found, article, start, end) or not 0 <= start <= end:
            continue
        actor = seen[_ACTOR[name]] if name in _ACTOR else None
        if actor is not None and (several or actor in renamed):
            continue  # the digest uses the actor's id within its own article
        if name == "events" and None in seen:
            continue  # other rules require a type and the evidence of the trigger
        if found not in _possible_keys(name, article, Span(start, end), seen):
            frame = tables[name]
            message = f"{is_cell(key, found)}, but its article, span and cells give another key"
            findings.fail(check, row_key_at(name, frame, position), found, message, row_place(frame, position))


def _unexplained(tables: Frames, name: str, keys: pa.Array, parts: Sequence[pa.Array]) -> list[int]:
    """The extracted rows whose key is not simply the digest of all parts, so that they need a closer look."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns, text = tables.columns(name), pa.large_string()
    extracted = pc.fill_null(pc.equal(columns["origin"], "extracted"), False)
    if name == "tariffs":
        if "rate_text" not in columns:
            return []
        # A rate may apply to a company that is not an actor. Its printed name is then part of the digest.
        return pc.indices_nonzero(pc.and_(extracted, columns["rate_text"].is_null())).to_pylist()  # type: ignore[no-any-return]
    last = [pa.scalar("0", text)] if name == "events" else []
    joined = pc.binary_join_element_wise(*(part.cast(text) for part in parts), *last, pa.scalar("\x1f", text))
    prefix = _PREFIXES[name]
    return [
        row
        for row, (key, seen, is_extracted) in enumerate(
            zip(keys.to_pylist(), joined.to_pylist(), extracted.to_pylist(), strict=True)
        )
        if is_extracted and (seen is None or key != f"{prefix}_{sha256(seen.encode()).hexdigest()[:DIGITS]}")
    ]


def _possible_keys(name: str, article: str, span: Span, seen: Sequence[Any]) -> Iterator[str]:
    """Yields the keys that a row with these cells can have."""
    if name == "tariffs":
        yield from (tariff_key(article, span, seen, number) for number in range(MOST_OF_ONE_SPAN))
    elif name == "events":
        kind, start, end = seen
        yield from (event_key(article, span, kind, start, end, number) for number in range(MOST_OF_ONE_SPAN))
    else:
        yield row_key(_PREFIXES[name], article, span, *map(str, seen))


def _trigger_spans(tables: Frames, events: pa.Array) -> list[pa.Array]:
    """The start and end of each event's trigger; null if the trigger has no evidence."""
    import pyarrow as pa
    import pyarrow.compute as pc

    evidence, names = tables.columns("evidence"), ("row_id", "char_start", "char_end")
    if "column_name" not in evidence or any(name not in evidence for name in names):
        return [pa.nulls(len(events), pa.int64())] * 2
    is_trigger = pc.fill_null(pc.equal(evidence["column_name"], "trigger"), False)
    spans = pa.table({name: evidence[name].filter(is_trigger) for name in names}).drop_null()
    triggers = spans.group_by("row_id").aggregate([("char_start", "min"), ("char_end", "max")])
    ends = ("char_start_min", "char_end_max")
    return [linked(events, triggers["row_id"].combine_chunks(), triggers[end].combine_chunks()) for end in ends]


def _shared_slugs(tables: Frames) -> frozenset[str]:
    """Actors whose slug begins another's slug, or begins with one. Their ids may differ from those in the article."""
    actors = tables.columns("actors")
    ids = {actor for actor in actors["actor_id"].to_pylist() if actor} if "actor_id" in actors else set()
    found: set[str] = set()
    for actor in ids:
        words = actor.split("-")
        shorter = {"-".join(words[:count]) for count in range(1, len(words))} & ids
        found |= {actor, *shorter} if shorter else set()
    return frozenset(found)
