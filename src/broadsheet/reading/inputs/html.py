"""Articles as web pages, one per file.

trafilatura finds the story, :mod:`.page_metadata` the metadata. Lines that trafilatura keeps but that are not part of
the story (the byline, the date, ``Advertisement``) are removed.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from broadsheet import reference
from broadsheet.base.errors import InputError
from broadsheet.reading.canonical import tidy
from broadsheet.reading.inputs import page_metadata
from broadsheet.reading.inputs.assemble import article
from broadsheet.reading.inputs.byline import is_byline
from broadsheet.reading.inputs.dates import is_date
from broadsheet.reading.inputs.page import decoded, tree
from broadsheet.reading.inputs.pruning import prune
from broadsheet.reading.inputs.results import Found, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from broadsheet.reading.inputs.source import Source
    from broadsheet.reading.metadata import Metadata

_OPENING_LINES = 6
"""The headline, the byline and the date are looked for in this many lines."""
_LONGEST_FURNITURE = 80
_SENTENCE = 8
"""A line of this many words is more than a label; a page without one, such as a front page, is not an article."""
_INSET = re.compile(r"newsletter|\bpromo|-promo|sign-?up|also-?read|read-?more|more-?on\b", re.IGNORECASE)
_MOST_COMPARED = 3_000
"""On larger pages, trafilatura does not run its fallback extractors, which may take quadratic time."""
_LONGEST_INSET = 500
"""Characters of a box within the story; a longer element is not one, whatever its class."""


def read(source: Source) -> Iterator[Found | Reject]:
    """The article of a page."""
    data = source.whole(source.limits.article_bytes)
    yield page(source, source.place, decoded(data, source.encoding or source.declared))


def page(source: Source, place: str, markup: str) -> Found | Reject:
    """The article in a page's markup."""
    try:
        root = tree(markup, place, source.limits)
        stated = page_metadata.metadata(root, source.address)
        prune(root, place)
        text = _story(root, stated, place)
    except InputError as error:
        return Reject.of(error)
    return article(source, place, text, stated, titled=True)


def _story(root: HtmlElement, stated: Metadata, place: str) -> str:
    """The text of the article without its headline."""
    titles = {tidy(title).casefold() for title in (stated.title or "", *page_metadata.headlines(root)) if title}
    lines = [
        line for raw in _extracted(_without_insets(root), place).splitlines() if (line := tidy(raw).removeprefix("- "))
    ]
    for number, line in enumerate(lines[:_OPENING_LINES]):
        if line.casefold() in titles:
            del lines[: number + 1]
            break
    kept = [
        line
        for number, line in enumerate(lines)
        if not _is_furniture(line) and not (number < _OPENING_LINES and _is_credit_line(line, stated))
    ]
    if not any(len(line.split()) >= _SENTENCE for line in kept):
        raise InputError(place, "no text of an article is on the page", "get the page as a reader sees it")
    if any("\ufffd" in line for line in kept):
        raise InputError(place, "the text is not in the encoding that the page declares", "name it with --encoding")
    return "\n\n".join(kept)


def _without_insets(root: HtmlElement) -> HtmlElement:
    """Removes the boxes in the story that advertise something else, in place."""
    for element in root.findall(".//*[@class]"):
        if _INSET.search(element.get("class", "")) and element.getparent() is not None:
            text = element.text_content() if sum(1 for _ in element.iter()) < _LONGEST_INSET else None
            if text is not None and len(text) <= _LONGEST_INSET:
                element.drop_tree()
    return root


def _extracted(root: HtmlElement, place: str) -> str:
    """The text of the article that trafilatura finds."""
    import trafilatura

    # Keep its warnings off the terminal; a page that cannot be read is a reject.
    logger = logging.getLogger("trafilatura")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    try:
        found = trafilatura.bare_extraction(
            root,
            fast=sum(1 for _ in root.iter()) > _MOST_COMPARED,
            include_comments=False,
            include_tables=False,
            include_formatting=False,
            with_metadata=False,
        )
    # An exception on unusual markup must not end the run.
    except Exception as error:
        raise InputError(
            place, f"the page cannot be read ({type(error).__name__})", "save its text as a file"
        ) from error
    return "" if found is None or isinstance(found, dict) else found.text or ""


def _is_furniture(line: str) -> bool:
    """Whether a line, or its start, is in ``reference/page_furniture.csv``: it belongs to the page, not the article."""
    if len(line) > _LONGEST_FURNITURE:
        return False
    bare = line.casefold().strip(" .:…>»")
    kinds = reference.mapping("page_furniture", "kind")
    start, colon, _ = line.casefold().partition(":")
    return kinds.get(bare) == "line" or (bool(colon) and kinds.get(f"{start.strip()}:") == "start")


def _is_credit_line(line: str, stated: Metadata) -> bool:
    """Whether a line is only a byline or the date, which are in the metadata."""
    return is_date(line) or is_byline(line) or line.casefold() in {name.casefold() for name in stated.authors or ()}
