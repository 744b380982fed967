"""The errors that Broadsheet raises on purpose; any other exception is a bug."""

from __future__ import annotations

DEFECT_FIX = "report it as a defect of broadsheet"
DEFECTS = "BROADSHEET_DEFECTS"
"""Environment variable: with the value ``raise``, an unexpected exception ends a run over many articles, as tests
need; otherwise only the article that caused it becomes a reject.
"""


class BroadsheetError(Exception):
    """Base of every error that a caller may want to catch.

    Example:
        >>> try:
        ...     read("nowhere.txt")
        ... except BroadsheetError as error:
        ...     print(error)
        'nowhere.txt': names no file; check the name; pass a text as text=…
    """


class InputError(BroadsheetError):
    """Input that cannot be used.

    Args:
        place: What was read, as the user named it: a file, ``FILE:key`` or an option.
        problem: What is wrong there.
        fix: What the user can do about it.

    Example:
        >>> try:
        ...     read("nowhere.txt")
        ... except InputError as error:
        ...     print(error.fix)
        check the name; pass a text as text=…
    """

    def __init__(self, place: str, problem: str, fix: str) -> None:
        self.place = place
        self.problem = problem
        self.fix = fix
        super().__init__(f"{place}: {problem}; {fix}")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        """Pickles the parts, so that the error can cross process boundaries."""
        return type(self), (self.place, self.problem, self.fix)
