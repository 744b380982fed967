"""Metadata of a page in JSON-LD, in the terms of schema.org (https://schema.org/NewsArticle)."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

from broadsheet import reference
from broadsheet.reading.canonical import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

_LONGEST_BLOCK = 2 << 20
_MOST_NODES = 2_000
_MOST_DEEP = 12

Node = dict[str, object]


def article_values(root: HtmlElement, addresses: Sequence[str], headlines: Sequence[str]) -> dict[str, object]:
    """Field of the metadata to the value in the JSON-LD of the page's article; empty if there is none.

    Args:
        root: The page.
        addresses: Addresses of the page, to distinguish its own article from those that it lists.
        headlines: The page's headlines, for the same purpose.
    """
    nodes = list(_nodes(root))
    article = _main_article(nodes, addresses, headlines)
    if article is None:
        return {}
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    publisher = _resolved(article.get("publisher") or article.get("sourceOrganization"), by_id)
    values = {
        "title": article.get("headline") or article.get("name"),
        "published_on": article.get("datePublished") or article.get("dateCreated"),
        "publisher": publisher,
        "authors": _resolved(article.get("author") or article.get("creator"), by_id),
        "url": article.get("url") or _id(article.get("mainEntityOfPage")),
        "language": article.get("inLanguage"),
    }
    return {field: _plain(value) for field, value in values.items() if value}


def _nodes(root: HtmlElement) -> Iterator[Node]:
    """All objects of all blocks, block by block, outer objects before inner ones."""
    left = _MOST_NODES
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(text) > _LONGEST_BLOCK:
            continue
        level: list[object] = [_parsed(text)]
        for _ in range(_MOST_DEEP):
            inner: list[object] = []
            for value in level:
                if isinstance(value, dict):
                    left -= 1
                    if left < 0:
                        return
                    yield value
                    inner.extend(value.values())
                elif isinstance(value, list):
                    inner.extend(value)
            level = [value for value in inner if isinstance(value, (dict, list))]


def _parsed(text: str) -> object:
    """The value of a block, or None. Some writers wrap the JSON in comments and break lines within strings."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>")
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _main_article(nodes: Sequence[Node], addresses: Sequence[str], headlines: Sequence[str]) -> Node | None:
    """The page's own article: the one with its address or headline, else the first of the most specific type."""
    ranks = reference.mapping("article_types", "rank")
    found = []
    for number, node in enumerate(nodes):
        rank = min((int(ranks[kind]) for kind in _types(node) if kind in ranks), default=None)
        if rank is not None and (node.get("headline") or node.get("name")):
            own = {_bare(_id(node.get(key))) for key in ("url", "mainEntityOfPage", "@id")}
            title = tidy(html.unescape(str(node.get("headline") or node.get("name"))))
            is_other = own.isdisjoint(map(_bare, addresses)) and title not in headlines
            found.append((is_other, rank, number))
    return nodes[min(found)[2]] if found else None


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2].lower() for kind in listed if isinstance(kind, str)]


def _id(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) else ""


def _bare(address: str) -> str:
    """An address in comparable form: without scheme, query, fragment and final slash."""
    return address.partition("://")[2].partition("#")[0].partition("?")[0].rstrip("/").lower() or "?"


def _resolved(value: object, by_id: Mapping[str, Node]) -> object:
    """The value with references (``{"@id": …}``) resolved."""
    if isinstance(value, list):
        return [_referred(item, by_id) for item in value[:50]]
    return _referred(value, by_id)


def _referred(value: object, by_id: Mapping[str, Node]) -> object:
    if isinstance(value, dict) and "name" not in value:
        return by_id.get(str(value.get("@id")), value)
    return value


def _plain(value: object) -> object:
    """The value with HTML character references, which some writers leave in JSON, resolved."""
    if isinstance(value, list):
        return [_unescaped(item) for item in value]
    return _unescaped(value)


def _unescaped(value: object) -> object:
    if isinstance(value, str):
        return html.unescape(value)
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return {"name": html.unescape(value["name"])}
    return value
