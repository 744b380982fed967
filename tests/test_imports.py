"""What a command imports: libraries that it does not use would slow down its start."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from broadsheet.reading.sample import sample_path

if TYPE_CHECKING:
    from pathlib import Path

OPTIONAL = {"altair", "duckdb", "great_expectations", "hypothesis", "polars", "ray", "scipy", "tableauhyperapi"}
"""Libraries of extras, and what they bring."""
FORMATS = {"frictionless", "lxml", "trafilatura", "warcio", "zstandard"}
"""Libraries for inputs other than plain text, and for cross-checks."""
COMMAND_LINES = {"httpx", "jinja2", "requests", "rich", "spacy.cli", "typer", "weasel"}
"""What the command line of spaCy imports."""

RUN = """\
import json, sys
from broadsheet.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
assert code == 0, code
print("\\n" + json.dumps(sorted(sys.modules)))
"""
LOAD = "import json, sys, broadsheet; broadsheet.load('quotes'); print(json.dumps(sorted(sys.modules)))"
EXTRACT = """\
import json, sys, broadsheet
broadsheet.extract(text="Talks open\\n\\nNorway's minister met her Danish counterpart and her staff in the capital.\\n")
import spacy
assert callable(spacy.info)
print(json.dumps(sorted(sys.modules)))
"""


def imported(code: str, *words: str) -> set[str]:
    """The modules of a process that runs code."""
    done = subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True, text=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"]], ids=" ".join)
def test_help_imports_no_library(words: list[str]) -> None:
    """`--help` answers at once."""
    libraries = OPTIONAL | FORMATS | COMMAND_LINES | {"numpy", "pandas", "pyarrow", "spacy"}
    assert not imported(RUN, *words) & libraries


def test_a_build_imports_what_it_uses(tmp_path: Path) -> None:
    """A build of plain text, with its validation, needs neither optional libraries nor those of other formats."""
    out = str(tmp_path / "package")
    found = imported(RUN, "build", str(sample_path()), "--quiet", "--out", out)
    assert not found & (OPTIONAL | FORMATS | COMMAND_LINES)
    assert "spacy" in found


def test_extraction_imports_spacy_without_its_command_line() -> None:
    """Half of the time of an import of spaCy is that of its programs; they can still be used."""
    assert not imported(EXTRACT) & (OPTIONAL | FORMATS | COMMAND_LINES)


def test_loading_the_dataset_imports_no_language_model() -> None:
    """`load` reads the tables that come with the package."""
    assert not imported(LOAD) & (OPTIONAL | FORMATS | COMMAND_LINES | {"spacy", "thinc"})
