"""Marked-up text becomes paragraphs."""

from __future__ import annotations

import pytest
from lxml import etree

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs.blocks import check_depth, line, local_name, paragraphs


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One  \n two</p>", "One two"),
        ("<div><p>One</p>two<p>three</p></div>", "One\n\ntwo\n\nthree"),
        ("<div>One<br/>two</div>", "One\n\ntwo"),
        ("<p>One <b>two</b> three</p>", "One two three"),
        ("<div>a <pre>b\n  c</pre> d\n e</div>", "a \n\nb\n  c\n\n d e"),
        ("<div><pre>a\n <b>b\n c</b>\n d</pre>e\n f</div>", "a\n b\n c\n d\n\ne f"),
        ("<div>One<table><tr><td>x</td></tr></table>two</div>", "One\n\ntwo"),
        ("<div><figure><p>x</p></figure> One\n two<!-- c --> three</div>", "One two three"),
        ("<a:div xmlns:a='x'><a:P>One</a:P><a:p>two</a:p></a:div>", "One\n\ntwo"),
    ],
)
def test_paragraphs(markup: str, expected: str) -> None:
    """Blocks are paragraphs, other elements are not; only preformatted text keeps its blanks and lines."""
    found = paragraphs(etree.fromstring(markup))
    assert [part.strip(" ") for part in found.split("\n\n") if part] == [p.strip(" ") for p in expected.split("\n\n")]


def test_line() -> None:
    """A headline over several blocks is one line; there is none where there is no element."""
    assert line(etree.fromstring("<hedline><hl1>One\n two</hl1><hl2>three</hl2></hedline>")) == "One two three"
    assert line(None) == ""


def test_names() -> None:
    """A name is compared without its namespace and case."""
    assert local_name(etree.fromstring("<x:Body.Content xmlns:x='y'/>")) == "body.content"
    assert local_name(etree.Comment("x")) == ""


def test_depth() -> None:
    """Elements may be nested to the limit, and no deeper."""
    root = etree.fromstring("<a>" * 5 + "</a>" * 5)
    check_depth(root, 4, "a.xml")
    with pytest.raises(InputError) as caught:
        check_depth(root, 3, "a.xml")
    assert caught.value.place == "a.xml"
