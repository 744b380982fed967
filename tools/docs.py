"""Runs every command and snippet of the README, the docs and the notebooks, and writes the outputs they show.

    python3 dev.py run --dev python tools/docs.py [PAGE…]

A page runs in a folder of its own, from top to bottom, as a reader would type it:

- a block with a title (```` ```toml title="copper.toml" ````) is a file that the reader saves;
- `sh`, `python` and `r` blocks are executed; a `text` block right after one is what it prints, and is rewritten;
- a `console` block is not executed, because it installs something or needs texts that are not in the repository;
  its commands are checked against the parsers instead.

Notebooks (`docs/tutorials/*.ipynb`) are executed cell by cell, and their outputs are replaced.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
    *(f"docs/tutorials/{path.name}" for path in sorted((ROOT / "docs" / "tutorials").glob("*.ipynb"))),
)
FENCED = re.compile(r'^```(\w*)(?: title="([^"\n]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
CORPUS = ROOT / "tests" / "identity" / "corpus"
PLAIN = re.compile(r"broadsheet [^|><$;&`*]*")
"""A command that needs no shell."""
NAME = re.compile(r"\{(\w+)\}")
"""A name in a command of a notebook, which stands for its value."""
PROGRAMS = ("broadsheet", "frictionless", "datasette")


class PageError(Exception):
    """A command or snippet of a page that does not work."""


@dataclass(slots=True)
class Desk:
    """The folder in which a page runs, and the names that its Python defines."""

    folder: Path
    environment: dict[str, str]
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})

    def shell(self, text: str) -> str:
        """What commands print to standard output."""
        lines = text.replace("\\\n", " ").splitlines()
        if all(PLAIN.fullmatch(line) for line in lines):
            return "".join(_command(shlex.split(line)[1:]) for line in lines)
        return self._run(["sh", "-euc", text])

    def r(self, text: str) -> str:
        """What R prints."""
        return self._run(["Rscript", "-e", text])

    def python(self, text: str) -> str:
        """What a snippet prints, with the value of each expression, as in an interactive session."""
        with _captured() as shown:
            for value in self.values(text):
                if value is not None:
                    is_frame = hasattr(value, "to_string")
                    print("\n" * (is_frame and shown.tell() > 0) + (str(value) if is_frame else repr(value)))
        return _text(shown)

    def values(self, text: str) -> Iterator[Any]:
        """The values of the expressions at the top level of a snippet, while it runs."""
        for line in ast.parse(text).body:
            if isinstance(line, ast.Expr):
                yield eval(compile(ast.Expression(line.value), "<page>", "eval"), self.names)  # noqa: S307 - our page
            else:
                exec(compile(ast.Module([line], []), "<page>", "exec"), self.names)  # noqa: S102 - our page

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise PageError(f"{command[-1]}\n{done.stdout}\n{done.stderr}")
        return done.stdout


def _command(words: list[str]) -> str:
    """Runs `broadsheet` in this process, which has the libraries and the language model loaded."""
    from broadsheet.cli import main

    with _captured() as out, contextlib.redirect_stderr(io.StringIO()) as log:
        code = main(words)
    if code:
        raise PageError(f"broadsheet {shlex.join(words)}\n{_text(out)}\n{log.getvalue()}")
    return _text(out)


@contextlib.contextmanager
def _captured() -> Iterator[io.TextIOWrapper]:
    """Standard output as a terminal of UTF-8 would show it."""
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)) as shown:
        yield shown


def _text(shown: io.TextIOWrapper) -> str:
    buffer = shown.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


@contextlib.contextmanager
def desk(environment: Mapping[str, str] | None = None) -> Iterator[Desk]:
    """An empty working folder, with the programs that the pages name on the path."""
    import pandas as pd

    with tempfile.TemporaryDirectory(prefix="broadsheet-docs-") as place, warnings.catch_warnings():
        folder, programs = Path(place, "desk"), Path(place, "bin")
        folder.mkdir()
        programs.mkdir()
        for name in PROGRAMS:
            (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {name} "$@"\n', encoding="utf-8")
            (programs / name).chmod(0o755)
        variables = {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "88", "PYTHONPATH": str(ROOT / "src")}
        variables |= environment or {}
        variables["PATH"] = f"{programs}:{variables['PATH']}"
        before = os.environ.get("COLUMNS")
        os.environ["COLUMNS"] = "88"
        try:
            with contextlib.chdir(folder), pd.option_context("display.width", 88, "display.max_colwidth", 44):
                yield Desk(folder, variables)
        finally:
            os.environ.pop("COLUMNS")
            if before is not None:
                os.environ["COLUMNS"] = before


def page_text(text: str, work: Desk) -> str:
    """The text of a page with the outputs that its blocks give today."""
    parts: list[str] = []
    end = after = 0
    output: str | None = None
    for block in FENCED.finditer(text):
        language, title, content = block.groups()
        parts.append(text[end : block.start(3)])
        end = block.end(3)
        if language == "text" and not title and output is not None and text[after : block.start()].isspace():
            content = output.rstrip("\n") + "\n"
        output, after = None, block.end()
        if title:
            (work.folder / title).parent.mkdir(parents=True, exist_ok=True)
            (work.folder / title).write_text(content, encoding="utf-8")
        elif language in ("sh", "python", "r"):
            output = getattr(work, {"sh": "shell"}.get(language, language))(content)
        parts.append(content)
    return "".join(parts) + text[end:]


def notebook_text(text: str, work: Desk) -> str:
    """The text of a notebook with the outputs that its cells give today."""
    notebook = json.loads(text)
    with (work.folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for path in sorted(CORPUS.glob("*.jsonl")):
            file.write(path.read_text(encoding="utf-8"))
    count = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        count += 1
        cell["execution_count"] = count
        cell["outputs"] = list(_outputs("".join(cell["source"]), count, work))
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _outputs(source: str, count: int, work: Desk) -> Iterator[dict[str, Any]]:
    """The outputs of a cell: what it prints, then its last value in the richest form."""
    value = None
    with _captured() as printed:
        for line in [line[1:] for line in source.splitlines() if line.startswith("!")]:
            print(work.shell(NAME.sub(lambda name: str(work.names[name[1]]), line)), end="")
        code = "\n".join(line for line in source.splitlines() if not line.startswith("!"))
        for value in work.values(code):  # noqa: B007 - the last one is shown
            pass
        if code.endswith(";") or (code and not isinstance(ast.parse(code).body[-1], ast.Expr)):
            value = None
    if text := _text(printed):
        yield {"name": "stdout", "output_type": "stream", "text": text.splitlines(keepends=True)}
    if value is not None:
        data = {kind: content.splitlines(keepends=True) for kind, content in _rich(value).items()}
        yield {"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"}


def _rich(value: Any) -> dict[str, str]:
    """A value as a notebook shows it: a chart as SVG, a table as HTML, anything else as text."""
    if "altair" in sys.modules and isinstance(value, sys.modules["altair"].TopLevelMixin):
        import vl_convert

        return {"image/svg+xml": vl_convert.vegalite_to_svg(value.to_dict()), "text/plain": "A chart."}
    html = getattr(value, "_repr_html_", lambda: None)()
    return ({"text/html": html} if html else {}) | {"text/plain": repr(value)}


def refreshed(name: str, environment: Mapping[str, str] | None = None) -> str:
    """The text of a page with today's outputs.

    Raises:
        PageError: If one of its commands or snippets does not work.
    """
    text = (ROOT / name).read_text(encoding="utf-8")
    with desk(environment) as work:
        return notebook_text(text, work) if name.endswith(".ipynb") else page_text(text, work)


def main(names: list[str]) -> int:
    """Rewrites the pages; returns the exit code."""
    if unknown := set(names) - set(PAGES):
        print(f"no page {', '.join(sorted(unknown))}; the pages are {', '.join(PAGES)}", file=sys.stderr)
        return 2
    failed = 0
    for name in names or PAGES:
        before = (ROOT / name).read_text(encoding="utf-8")
        if "$DATABASE" in before and "DATABASE" not in os.environ:
            print(f"{name}: skipped, because $DATABASE is not the address of a PostgreSQL database")
            continue
        try:
            after = refreshed(name)
        except Exception as error:
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            failed += 1
            continue
        (ROOT / name).write_text(after, encoding="utf-8")
        print(f"{name}: {'unchanged' if after == before else 'rewritten'}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
