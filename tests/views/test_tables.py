"""Tables as a notebook shows them."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

import broadsheet
from broadsheet import Tables
from broadsheet.tables.schema import TABLES, schema
from broadsheet.views.tables import SHOWN_ROWS

VOID = ("br", "hr", "img", "meta", "link")


class Tree(HTMLParser):
    """Reads HTML: the elements, the words of each, and whether all are closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends; cells end where the next begins."""
        while self.open and self.open[-1] in ("td", "th", "tr") and self.open[-1] != tag:
            self.open.pop()
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Words."""
        if self.open and self.open[-1] != "style" and data.strip():
            self.words.append((self.open[-1], data.strip()))


def words(html: str) -> str:
    """All words of HTML."""
    return "\n".join(text for _, text in Tree(html).words)


def test_each_table_is_there_with_its_rows() -> None:
    """Its name, how many rows it has, and the first of them, named as people name them."""
    published = broadsheet.load()
    tree = Tree(published._repr_html_())
    assert tree.open == []
    assert [text for tag, text in tree.words if tag == "code"] == ["tables.quotes", *TABLES]
    for name in TABLES:
        number = len(published[name])
        assert f"{number:,} row{'s' * (number != 1)}" in [text for _, text in tree.words]
    cells = [text for tag, text in tree.words if tag == "td"]
    assert published.actors.name[0] in cells
    assert {schema("quotes").field("speaker_id").title} <= {text for tag, text in tree.words if tag == "th"}
    speaker = published.quotes.speaker_id[0]
    assert published.actors.set_index("actor_id").name[speaker] in cells
    assert speaker not in cells or speaker in list(published.actors.actor_id[:SHOWN_ROWS])


def test_only_the_first_rows_are_shown() -> None:
    """And how many more there are."""
    published = broadsheet.load()
    tree = Tree(published._repr_html_())
    rows = sum(min(len(published[name]), SHOWN_ROWS) for name in TABLES)
    heads = sum(1 for name in TABLES if len(published[name]))
    assert sum(tag == "tr" for tag, _ in tree.elements) == rows + heads
    assert f"and {len(published.mentions) - SHOWN_ROWS:,} more" in words(published._repr_html_())


def test_nothing_runs_and_nothing_is_loaded() -> None:
    """No script, no address, and no rule that reaches beyond the output."""
    html = broadsheet.load()._repr_html_()
    assert {tag for tag, _ in Tree(html).elements} <= {
        "div", "style", "p", "details", "summary", "b", "code", "span", "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert "http" not in html
    assert "url(" not in html
    style = re.sub(r"@media[^{]*\{(.*?)\}\}", r"\1}", html[html.index("<style>") + 7 : html.index("</style>")])
    selectors = [one for rule in style.split("}") if "{" in rule for one in rule.split("{")[0].split(",")]
    assert selectors
    assert all(".bs-nb" in selector for selector in selectors)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("</td></table><b>out</b>", "</td></table><b>out</b>"),
        ("left \u202eright", "left \\u202eright"),
        ("x" * 500, "x" * 119 + "…"),
        ("&lt;", "&lt;"),
    ],
)
def test_a_hostile_cell_is_a_cell(cell: str, shown: str) -> None:
    """Markup, controls and length; in a name, in a title, and in the words of a quote."""
    published = broadsheet.load()
    frames = dict(published.frames)
    frames["actors"] = frames["actors"].assign(name=cell)
    frames["articles"] = frames["articles"].assign(title=cell)
    frames["quotes"] = frames["quotes"].assign(text=cell)
    tree = Tree(replace(published, frames=frames)._repr_html_())
    assert tree.open == []
    assert sum(text == shown for tag, text in tree.words if tag == "td") > 2 * SHOWN_ROWS
    assert "script" not in {tag for tag, _ in tree.elements}


def test_empty_tables_are_there() -> None:
    """With no rows each."""
    html = Tables.from_rows({})._repr_html_()
    assert words(html).count("0 rows") == len(TABLES) + 1
    assert "<table>" not in html
