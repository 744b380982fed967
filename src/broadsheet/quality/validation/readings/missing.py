"""Finds amounts of money, quotations and names of people and countries that an article prints but no row has.

It looks only for text that certainly needs a row, such as an amount with a scale word and a currency. It reports a
warning, since a parser may have missed the text or a row was deleted. Rows that a correction removed do not count.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from broadsheet.base.span import Span
from broadsheet.quality.validation.readings.printed import values
from broadsheet.quality.validation.readings.rows import World, records, short, span_of, touching
from broadsheet.quality.validation.report import Level, Place, Severity
from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from broadsheet.quality.validation.report import Findings
    from broadsheet.reading import Article

_QUOTED = re.compile(r"“([^”“\n]{9,})”|(?<!\w)\"([^\"\n]{9,})\"(?!\w)|(?<!\w)‘((?:[^’‘\n]|’(?=\w)){9,400})’(?!\w)")
_SAYS = re.compile(r"\b(?:said|says|told|added|asked|wrote|tweeted)\b")
_FEWEST_WORDS = 5
_BESIDE = 25
_IN_OTHER_NAME = re.compile(
    r"[A-Z][\w.]* $|[A-Z]\w+ (?:of|and|for|in|at) $|\b(?:in|the|from|at|near) $|,\s$|[^\s“\"‘(]$"
)
_NAME_GOES_ON = re.compile(r",| [A-Z]| (?:and|of|for|to) [A-Z]|[\w-]")
_SHORTEST_NAME = 4
_MOST_NAMES = 500
"""Maximum number of names to look for in one article; a news article has fewer."""

_RULES = {
    "financial_figures": "an amount of money with a scale word is a figure, or of a measure",
    "quotes": "words in marks beside a verb of saying are a quote",
    "mentions": "every name of a person or country is a mention",
}


def check_missing(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    sources: Sequence[Article],
    dropped: Mapping[str, Sequence[Span]],
) -> None:
    """Reports amounts, quotations and names that the articles print but no row has.

    Args:
        findings: Collects the warnings.
        frames: The tables.
        sources: The articles.
        dropped: Maps each article to the spans of rows that a curator removed.
    """
    given = set(frames["articles"]["article_id"]) if "article_id" in frames["articles"] else set()
    texts = {source.article_id: source for source in sources if source.article_id in given}
    world = World.of(frames, texts)
    spans = {name: _spans(frames[name]) for name in ("financial_figures", "tariffs", "quotes")}
    rates = _spans(frames["evidence"], "tar_")
    amounts = _amounts(frames["financial_figures"])
    checks = {
        name: findings.check(Level.GROUNDING, name, "missing", rule, severity=Severity.WARNING)
        for name, rule in _RULES.items()
    }
    for key, source in texts.items():
        if any(len(of_all.get(key, ())) > len(source.text) for of_all in spans.values()) or len(
            world.mentions.get(key, ())
        ) > len(source.text):
            continue  # another rule reports this; searching so many spans would take days
        of = {name: found.get(key, []) for name, found in spans.items()}
        money = [*of["financial_figures"], *of["tariffs"], *rates.get(key, [])]
        found = (
            ("financial_figures", money, [s for s in _money(source.text) if not values(s.of(source.text)) & amounts]),
            ("quotes", of["quotes"], _quoted(source.text)),
            ("mentions", [named.span for named in world.mentions.get(key, ())], _names(source.text, world, key)),
        )
        for name, known, printed in found:
            covered = [*known, *dropped.get(key, ())]
            for span in printed:
                if not any(one.start < span.end and span.start < one.end for one in covered):
                    said = f"{checks[name].description}: {short(span.of(source.text))}"
                    findings.fail(checks[name], value=span.of(source.text), message=said, place=Place(key, span))


def _spans(frame: pd.DataFrame, of: str = "") -> dict[str, list[Span]]:
    """Maps each article to the spans of its rows; for evidence, only rows whose keys start with ``of``."""
    found: dict[str, list[Span]] = {}
    for row in records(frame, ("article_id", "char_start", "char_end", *(["row_id"] if of else []))):
        if (span := span_of(row)) is not None and str(row.get("row_id", "")).startswith(of):
            found.setdefault(row["article_id"], []).append(span)
    return found


def _amounts(frame: pd.DataFrame) -> set[Any]:
    """Returns the numbers of all figures. Only the first mention of an amount has a row; repeats have none."""
    rows = records(frame, ("amount", "amount_high"))
    return {abs(cell).normalize() for row in rows for cell in row.values() if cell is not None}


def _money(text: str) -> Iterator[Span]:
    for found in _amount().finditer(text):
        yield Span(*found.span())


@cache
def _amount() -> re.Pattern[str]:
    """Matches a number with a scale word and a currency sign before it or a currency word after it."""
    scales = sorted((row["scale"] for row in table("amount_scales") if len(row["scale"]) > 1), key=len, reverse=True)
    words = sorted({row["word"] for row in table("currency_words") if len(row["word"]) > 2}, key=len, reverse=True)
    scale, word = ("|".join(map(re.escape, some)) for some in (scales, words))
    number = r"\d[\d,.]{0,20}"
    return re.compile(rf"[$£€¥]\s?{number}[\s-]?(?:{scale}|m)\b|\b{number}\s?(?:{scale})\s(?:{word})\b")


def _quoted(text: str) -> Iterator[Span]:
    """Yields quotations of five or more words with a reporting verb directly before or after."""
    for found in _QUOTED.finditer(text):
        span = Span(*found.span())
        before = text[max(0, span.start - _BESIDE) : span.start].rpartition("\n")[2]
        after = text[span.end : span.end + _BESIDE].partition("\n")[0]
        said = _SAYS.search(before) or _SAYS.search(after)
        if said and len(next(filter(None, found.groups())).split()) >= _FEWEST_WORDS:
            yield span


def _names(text: str, world: World, article: str) -> Iterator[Span]:
    """Yields unlinked occurrences of a person's or country's mention text that are not part of another name."""
    mentions = world.mentions.get(article, [])
    kinds = {actor: row["kind"] for actor, row in world.actors.items()}
    names = {m.span.of(text) for m in mentions if m.form == "name" and kinds.get(m.actor_id) in ("person", "country")}
    for name in sorted(name for name in names if len(name) >= _SHORTEST_NAME)[:_MOST_NAMES]:
        at = text.find(name)
        while at >= 0:
            span = Span(at, at + len(name))
            alone = not _NAME_GOES_ON.match(text, span.end)
            if alone and not _IN_OTHER_NAME.search(text[max(0, at - 20) : at]) and not touching(mentions, span):
                yield span
            at = text.find(name, span.end)
