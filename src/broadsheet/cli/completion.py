"""``broadsheet completion``: prints a script that lets a shell complete commands, options and file names."""

from __future__ import annotations

import argparse
from pathlib import Path

import shtab

from broadsheet.cli import streams


def completion(parser: argparse.ArgumentParser, shell: str) -> int:
    """Prints the script.

    Args:
        parser: The parser of all commands.
        shell: ``bash``, ``zsh`` or ``tcsh``.

    Returns:
        0.
    """
    _complete_files(parser)
    streams.say(shtab.complete(parser, shell))
    return 0


def _complete_files(parser: argparse.ArgumentParser) -> None:
    """Marks the arguments that take a path, so that the shell completes file names."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                _complete_files(command)
        elif action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
