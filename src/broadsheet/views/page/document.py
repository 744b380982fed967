"""The HTML of a page, which works offline and runs only its own scripts, allowed by their hashes.

The content of packages and articles is text: escaped, or JSON in an element that does not run. Even if some of it were
taken for markup, the Content Security Policy would keep it from running, loading or sending anything.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.groups import printable
from broadsheet.views.page.packing import packed, script_json
from broadsheet.views.page.text import article_html, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.reading import Article
    from broadsheet.views.page.libraries import Bundle
    from broadsheet.views.page.payload import Payload

FRONT_STYLES = ("base.css", "head.css", "article.css", "tables.css", "details.css", "narrow.css", "print.css")
FRONT_FILES = (
    "elements.js",
    "payload.js",
    "store.js",
    "curated.js",
    "query.js",
    "state.js",
    "segments.js",
    "evidence.js",
    "lanes.js",
    "text.js",
    "offsets.js",
    "hover.js",
    "cells.js",
    "filters.js",
    "save.js",
    "grid.js",
    "why.js",
    "details.js",
    "tabs.js",
    "network.js",
    "pictures.js",
    "theme.js",
    "picker.js",
    "head.js",
    "print.js",
)
"""The style sheets and scripts in ``front/``, in the order in which they are joined; ``main.js`` comes last."""


def document(payload: Payload, bundle: Bundle, first: Article | None) -> str:
    """The HTML of a page.

    Args:
        payload: Its data.
        bundle: Its libraries.
        first: The first article of ``payload``, shown before any script runs; None if its text was not given.
    """
    scripts = (*bundle.scripts, own_script())
    head = payload.head["head"]
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts)}">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(printable(head['heading']))}</title>",
        f"<style>{bundle.style}\n{own_style()}</style>",
        "</head>",
        "<body>",
        *_head(head),
        *_main(payload.head, first),
        f'<script type="application/json" id="bs-payload">{script_json(payload.head)}</script>',
        *_packs(payload.packs),
        *(f'<script type="module">{script}</script>' for script in scripts),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(parts)


def policy(scripts: Sequence[str]) -> str:
    """The Content Security Policy of a page: only these scripts run, and nothing is loaded."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def own_script() -> str:
    """The page's own scripts, joined into one module."""
    return "\n".join(_front(FRONT_FILES, ".js", last="main.js"))


def own_style() -> str:
    """The page's own style sheets, joined."""
    return "\n".join(_front(FRONT_STYLES, ".css"))


def _front(names: Sequence[str], ending: str, last: str = "") -> Iterator[str]:
    folder = resources.files("broadsheet.views.page") / "front"
    present = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(ending))
    others = [name for name in present if name not in (*names, last)]
    for name in (*names, *others, last):
        if name in present:
            yield (folder / name).read_text(encoding="utf-8")


def _head(head: Mapping[str, Any]) -> Iterator[str]:
    """The title of the article, or of the package if it has several, and whether the package is valid."""
    word, _, figures = head["verdict"].partition(": ")
    version = f"{head['name']} {head['version']}".strip()
    named = version if head["heading"] == head["title"] else f"{head['title']}, {version}"
    yield f'<header id="bs-head" class="bs-{head["tone"]}">'
    yield f"<h1>{shown(head['heading'])}</h1>"
    yield f'<p class="bs-name">{shown(named)}</p>'
    yield f'<p class="bs-verdict"><strong>{shown(word)}</strong> <span>{shown(figures)}</span></p>'
    yield f'<p class="bs-checksum">SHA-256 <code>{head["checksum"]}</code></p>'
    if head["citation"]:
        yield f'<p class="bs-citation">{shown(head["citation"])}</p>'
    yield "</header>"


def _main(head: Mapping[str, Any], first: Article | None) -> Iterator[str]:
    yield '<main id="bs-main">'
    yield '<section id="bs-article" aria-label="Article">'
    listed = head["articles"]
    if first is not None:
        yield f'<div id="bs-text">{article_html(first)}</div>'
    elif listed:
        yield '<div id="bs-text"><p class="bs-no-source">The article was not given when this page was made.</p></div>'
    else:
        yield '<div id="bs-text"><p class="bs-no-source">The package has no article.</p></div>'
    yield "</section>"
    yield '<section id="bs-app" aria-label="Tables and pictures"></section>'
    yield "</main>"
    yield "<noscript><p>The tables and pictures need JavaScript, all of which is part of this file.</p></noscript>"


def _packs(packs: Mapping[str, Any]) -> Iterator[str]:
    for name, content in packs.items():
        yield f'<script type="text/plain" class="bs-pack" data-name="{escape(name)}">{packed(content)}</script>'
