"""A command-line parser that suggests a correction for a misspelled word."""

from __future__ import annotations

import argparse
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable


_ALIKE = 0.7
"""The similarity, from 0 to 1, at which a word counts as a misspelling of a name."""


class Parser(argparse.ArgumentParser):
    """A parser that raises bad usage as an :class:`InputError`, and suggests a correction for a misspelled name."""

    def error(self, message: str) -> NoReturn:
        """Raises the error that argparse would print."""
        raise InputError("usage", message, f"see {self.prog} --help")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Parses, and refuses an unknown option here, since only this parser knows its own options."""
        options, unknown = super().parse_known_args(args, namespace)
        for word in unknown:
            if word.startswith("-") and word != "-":
                name = word.partition("=")[0]
                raise InputError("usage", f"{self.prog} has no option {name}", self._suggest(name, self._options()))
        return options, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        names = [str(choice) for choice in action.choices]
        if isinstance(action, argparse._SubParsersAction):
            raise InputError("usage", f"there is no command {value!r}", self._suggest(value, names))
        place = "/".join(action.option_strings) or str(action.metavar)
        near = get_close_matches(value, names, 1, _ALIKE)
        raise InputError(place, f"cannot be {value!r}", f"did you mean {near[0]}?" if near else _one_of(names))

    def _options(self) -> list[str]:
        return [name for name in self._option_string_actions if name.startswith("--")]

    def _suggest(self, word: str, names: Iterable[str]) -> str:
        near = get_close_matches(word, list(names), 1, _ALIKE)
        return f"did you mean {near[0]}?" if near else f"see {self.prog} --help"


def _one_of(names: list[str]) -> str:
    return f"write one of {', '.join(names)}"
