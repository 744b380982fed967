"""Pages of thousands of elements of any kind: what finds where a reader takes the square of their number."""

from __future__ import annotations

from random import Random

from reading.inputs import samples

ELEMENTS = 16_000
TAGS = (
    "a abbr article aside audio b base big blockquote body br button canvas caption center cite code col "
    "dd del details dialog div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 "
    "header hr i iframe img input ins kbd label legend li link main map mark menu meta nav noscript "
    "object ol optgroup option p param picture pre progress q s samp script section select small source "
    "span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time "
    "title tr track tt u ul var video wbr zz"
)
CLASSES = (
    "byline",
    "comment",
    "date",
    "entry-content",
    "footer",
    "nav",
    "newsletter",
    "post",
    "related",
    "share",
    "story",
)
WORDS = ("", "word ", "some words here. ", "By Ada Quill", "9 March 2024")
PARENTS = ("article", "blockquote", "div", "main", "p", "section", "table", "ul")


def page(seed: int) -> bytes:
    """The page of a seed: a piece of markup, over and over, in one element or in many, beside an article."""
    random = Random(seed)
    piece = "".join(_piece(random, 0) for _ in range(random.choice((1, 1, 2, 3))))
    elements = max(1, piece.count("<") - piece.count("</"))
    parent = random.choice(PARENTS)
    most = random.choice((100, 950, ELEMENTS))
    crowd = f"<{parent}>" + piece * max(1, most // elements) + f"</{parent}>"
    return samples.PAGE.replace("</article>", crowd * (ELEMENTS // most) + "</article>").encode()


def _piece(random: Random, depth: int) -> str:
    tag = random.choice(TAGS.split())
    attributes = f' class="{random.choice(CLASSES)}"' if random.random() < 0.4 else ""
    inner = random.choice(WORDS)
    if depth < 3:
        inner += "".join(_piece(random, depth + 1) for _ in range(random.choice((0, 0, 1, 2))))
    close = f"</{tag}>" if random.random() < 0.8 else ""
    return f"<{tag}{attributes}>{inner}{close}{random.choice(('', 'tail ', '.'))}"
