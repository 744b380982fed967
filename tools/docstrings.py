"""An extension of Griffe: turns the docstrings' marks into those that the site's Markdown knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import griffe

if TYPE_CHECKING:
    from griffe import Object

ROLE = re.compile(r":(?:class|func|meth|attr|mod|data):`~?([\w.]+)`")
BARE_EXAMPLE = re.compile(r"\n\n(?=( *)>>> )")


class Docstrings(griffe.Extension):
    """Rewrites references, and examples without or with the usual heading."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Rewrites the docstring of a function, class or module."""
        if obj.docstring:
            text = ROLE.sub(r"`\1`", obj.docstring.value).replace("Example:\n", "Examples:\n")
            obj.docstring.value = BARE_EXAMPLE.sub(r"\n\nExamples:\n", text)
