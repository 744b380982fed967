"""Runs commands of an installed Broadsheet in one process: ``python installed_job.py COMMANDS.json RESULTS.json``.

It uses nothing but the standard library and the package, since it runs where only the package is installed.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

PLOT = "plot"
"""Placeholder for a command: draw a chart, which only the Python API does."""
ROW = "{row}"
"""Placeholder in a command: the key of a quote of the package in the folder `story`."""


def outcome(words: list[str]) -> dict[str, Any]:
    """Exit code, output and errors of a command; the code is 99 after a traceback."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        saved = os.dup(1), os.dup(2)
        os.dup2(out.fileno(), 1)
        os.dup2(errors.fileno(), 2)
        try:
            code = _run(words)
        except SystemExit as end:
            code = end.code
        except BaseException:
            traceback.print_exc()
            code = 99
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os.dup2(saved[0], 1)
            os.dup2(saved[1], 2)
        out.seek(0)
        errors.seek(0)
        texts = [stream.read().decode("utf-8", "replace") for stream in (out, errors)]
    return {"code": code, "out": texts[0], "errors": texts[1]}


def _run(words: list[str]) -> Any:
    words = [_row() if word == ROW else word for word in words]
    if words[0] == PLOT:
        return _plot(Path(words[1]))
    from broadsheet.cli import main

    return main(words)


def _row() -> str:
    with Path("story", "data", "quotes.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))["quote_id"]


def _plot(out: Path) -> int:
    import broadsheet

    try:
        broadsheet.load().plot.timeline().save(str(out))
    except broadsheet.InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    commands = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    import broadsheet

    assert Path(broadsheet.__file__).is_relative_to(sys.prefix), broadsheet.__file__
    results = {name: outcome(words) for name, words in commands.items()}
    Path(sys.argv[2]).write_text(json.dumps(results), encoding="utf-8")
