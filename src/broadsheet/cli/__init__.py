"""The command line: a thin layer over the Python API.

Exit codes: 0 valid, 1 invalid, 2 bad usage or input, 130 interrupted. A user error is one line on standard error; with
``--json``, it is also printed as JSON on standard output.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.cli import streams
from broadsheet.cli.arguments import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

BAD_INPUT = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command.

    Args:
        arguments: The arguments of the program; those of this process if None.

    Returns:
        The exit code.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    streams.prepare()
    try:
        options = parse(words)
        if getattr(options, "verbose", False):
            streams.log_steps()
        code: int = options.run(options)
        streams.flush()
    except InputError as error:
        streams.complain(str(error))
        if "--json" in words:
            reason = {"place": error.place, "problem": error.problem, "fix": error.fix}
            streams.say_json({"valid": None, "error": reason})
        return BAD_INPUT
    except KeyboardInterrupt:
        streams.complain("interrupted")
        return INTERRUPTED
    return code
