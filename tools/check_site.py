"""Checks a built site: every link leads to a file and a place in it, and nothing loads from a network.

python tools/check_site.py site
"""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "video": "src"}
"""Elements that a browser fetches, and the attribute that names what."""


class Page(HTMLParser):
    """The links, loaded files and places of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.places = {""}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Notes what the element names."""
        given = {name: value or "" for name, value in attributes}
        self.places |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if LOADED.get(tag) in given and given.get("rel") != "canonical":
            self.loaded.append(given[LOADED[tag]])


def faults(site: Path) -> list[str]:
    """What is wrong with the pages of a site."""
    pages = {path.resolve(): Page(path) for path in sorted(site.rglob("*.html"))}
    found = [f"{site}: has no page"] if not pages else []
    for path, page in pages.items():
        name = path.relative_to(site.resolve())
        found += [f"{name}: loads {url}" for url in page.loaded if urlsplit(url).netloc]
        for url in {*page.links, *(url for url in page.loaded if not url.startswith("data:"))}:
            parts = urlsplit(url)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if path.name == "404.html":
                continue  # its links are relative to where the site is served
            if not target.is_file():
                found.append(f"{name}: there is no {url}")
            elif target in pages and unquote(parts.fragment) not in pages[target].places:
                found.append(f"{name}: {url} leads to no place in that page")
    return found


if __name__ == "__main__":
    wrong = faults(Path(sys.argv[1]))
    print("\n".join(wrong) or "All links lead somewhere, and nothing loads from a network.")
    sys.exit(bool(wrong))
