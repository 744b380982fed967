"""Crowded pages: their words are kept where they are text, and long tables and lists are dropped."""

from __future__ import annotations

import pytest
from lxml import html

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs.pruning import LONGEST_RUN, MOST_CHILDREN, MOST_ROWS, prune


def thinned(body: str) -> str:
    """The body of a page after it was thinned out."""
    root = html.document_fromstring(f"<html><body>{body}</body></html>")
    prune(root, "page.html")
    text: str = html.tostring(root.find("body"), encoding="unicode")
    return text.removeprefix("<body>").removesuffix("</body>")


@pytest.mark.parametrize(("outer", "inner"), [("table", "tr"), ("ul", "li"), ("ol", "li"), ("dl", "dd")])
def test_long_tables_and_lists_are_dropped(outer: str, inner: str) -> None:
    """One over the limit is no article; one at the limit is left, and so is the text around both."""
    item = f"<{inner}><p>x</p></{inner}>"
    long = f"<{outer}>{item * (MOST_ROWS + 1)}</{outer}>"
    assert thinned(f"<p>before</p>{long}<p>after</p>") == "<p>before</p><p>after</p>"
    assert thinned(f"<{outer}>{item * MOST_ROWS}</{outer}>").count(f"<{inner}>") == MOST_ROWS


def test_runs_of_inline_elements_become_text() -> None:
    """Every word of a paragraph of marked words is kept in its place; what is silent, such as a script, is not."""
    words = [f"w{number}" for number in range(LONGEST_RUN + 1)]
    run = "".join(f"<span>{word}</span> " for word in words)
    plain = " ".join(words)
    assert thinned(f"<p>Start {run}end</p>") == f"<p>Start {plain} end</p>"
    assert thinned(f"<p>a<script>x()</script>{run}</p>") == f"<p>a{plain} </p>"
    div = thinned(f"<div>a {run}<p>own</p> b {run}<p>last</p></div>")
    assert div == f"<div>a {plain} <p>own</p> b {plain} <p>last</p></div>"


def test_short_runs_are_left() -> None:
    """A paragraph with some marked words is not touched."""
    run = "<b>x</b> " * LONGEST_RUN
    assert thinned(f"<p>{run}</p>") == f"<p>{run}</p>"


def test_a_crowd_of_blocks_is_refused() -> None:
    """An element of more blocks than any article has paragraphs is an error that names the page."""
    assert thinned(f"<div>{'<p>x</p>' * MOST_CHILDREN}</div>").count("<p>") == MOST_CHILDREN
    with pytest.raises(InputError) as caught:
        thinned(f"<div>{'<p>x</p>' * (MOST_CHILDREN + 1)}</div>")
    assert caught.value.place == "page.html"
