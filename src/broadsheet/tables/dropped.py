"""Rows that extraction left out because they break a validation rule."""

from __future__ import annotations

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True, order=True)
class DroppedRow:
    """A row that is not in the tables, and the first rule that it breaks.

    Attributes:
        article_id: Its article.
        table: Its table.
        key: Its primary key, the parts joined by ``/``.
        column: The column that the rule is about, or several joined by ``, ``.
        rule: Name of the rule, as in a report of validation.
        problem: What is wrong, in plain words.
        char_start: Start of the passage that the rule is about; None if unknown.
        char_end: End of that passage.

    Example:
        >>> extract("copper.txt").dropped
        ()
    """

    article_id: str
    table: str
    key: str
    column: str
    rule: str
    problem: str
    char_start: int | None = None
    char_end: int | None = None

    def __str__(self) -> str:
        place = f" at {self.char_start} to {self.char_end}" if self.char_start is not None else ""
        column = f".{self.column}" if self.column else ""
        return (
            f"{self.article_id}{place}: dropped {self.key} of {self.table}, which breaks the rule {self.rule} "
            f"({self.table}{column}: {self.problem})"
        )

    @property
    def is_article(self) -> bool:
        """Whether it is an article's own row, so that the whole article is left out."""
        return self.table == "articles"

    def cells(self) -> tuple[object, ...]:
        """The attributes in their order."""
        return astuple(self)


class DroppedRowWarning(UserWarning):
    """Warns of a row that extraction left out because it breaks a validation rule.

    Example:
        >>> import warnings
        >>> warnings.simplefilter("error", DroppedRowWarning)  # stop instead of dropping rows
    """
