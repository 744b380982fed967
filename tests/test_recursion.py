"""No input decides how deep the code recurses: every function that can call itself is known, and bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from recursion import Calls, circles

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_COUNTS = "a parameter counts how many levels are left"
_JSON = "base.strict_json refuses values that are nested deeper than 100 levels"
_CHART = "walks a chart of ours, which has a few levels"

BOUNDED = {
    "cli.arguments": "printing a completion script builds the parser again, once",
    "cli.completion._complete_files": "as deep as our parser has commands",
    "extraction.actors.names.Segmenter": "a run has at most 14 words and a known name, and each piece of it fewer",
    "extraction.dates.ranges.Range.resolve": "the ends of a range are parts, never ranges",
    "extraction.events.where.Placing": _COUNTS,
    "extraction.quotes.kinds.kind_of": "once: the quote that another continues is judged by itself",
    "publishing.package._entries": "only enters folders that a package has",
    "quality.evaluation.render._value": "a fault's values are a row of gold, or lists of them",
    "quality.mutation.files._values": "walks a file of a package that was found valid",
    "quality.validation.files.differences": "as deep as what is expected, which is ours",
    "quality.validation.helpers.columns_of": _JSON,
    "quality.validation.reports.Report.to_dict": "calls those of failures and checks",
    "quality.validation.vectors._holds": _JSON,
    "quality.validation.vectors._is_condition": _JSON,
    "reading.inputs.byline.names": "once: the parts of a byline have no semicolon",
    "reading.inputs.json_records._listed": _COUNTS,
    "reading.inputs.xml_tree.below": "as deep as the path that a caller gives",
    "views.explain.cells.reason_of": _COUNTS,
    "views.page.reasons._lines": "as deep as rules rest on rules, which parsers make",
    "views.explain.explanation._reason": "walks what views.explain.cells.reason_of gives",
    "views.explain.text._Renderer._reason": "walks what views.explain.cells.reason_of gives",
    "views.page.pictures.without_addresses": _CHART,
    "views.plot.charts._renamed": _CHART,
    "views.plot.charts.merged": _CHART,
    "views.plot.picture._unclipped": _CHART,
    "views.plot.placing._symbols": _CHART,
}
"""Function, or the class whose methods call each other, to why no input decides its depth."""


def test_every_recursive_function_is_bounded() -> None:
    """A new one has to be a loop, or to be bounded by construction and say here how."""
    found = {_named(circle) for circle in circles(Calls(ROOT / "src" / "broadsheet").edges)}
    assert found == BOUNDED.keys()


def _named(circle: frozenset[str]) -> str:
    """The function of a circle, or the one class that all of it is in; more are named in full."""
    names = sorted(name.removeprefix("broadsheet.") for name in circle)
    owners = {name.rpartition(".")[0] for name in names}
    return names[0] if len(names) == 1 else owners.pop() if len(owners) == 1 else " ".join(names)


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    return f(x)\n",
        "def f(x):\n    return g(x)\ndef g(x):\n    return [f(y) for y in x]\n",
        "def f(x):\n    return list(map(f, x))\n",
        "def f(x):\n    def inner(y):\n        return inner(y)\n    return inner(x)\n",
        "class Tree:\n    def f(self):\n        return [child.f() for child in self.children]\n",
        "class Tree:\n    @property\n    def f(self):\n        return self.first.f\n",
        "class A:\n    def f(self, b: B):\n        b.g(self)\nclass B:\n    def g(self, a):\n        a.f(self)\n",
        "class Base:\n    def f(self):\n        self.g()\nclass Child(Base):\n    def g(self):\n        self.f()\n",
    ],
)
def test_recursion_is_found(tmp_path: Path, text: str) -> None:
    """Functions that call themselves by name, as an argument, by way of another one, of a child or of a base class."""
    (tmp_path / "module.py").write_text(text)
    assert circles(Calls(tmp_path).edges)


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    return g(x)\ndef g(x):\n    return x.append(1)\n",
        "def f(f):\n    return f()\n",
        "class A:\n    def f(self, b: B):\n        b.f()\nclass B:\n    def f(self):\n        return 1\n",
    ],
)
def test_other_calls_are_not_recursion(tmp_path: Path, text: str) -> None:
    """A parameter or another class's method of the same name is something else."""
    (tmp_path / "module.py").write_text(text)
    assert not circles(Calls(tmp_path).edges)
