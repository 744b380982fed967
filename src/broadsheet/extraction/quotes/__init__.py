"""The quotes of an article: who says what, and to whom."""

from broadsheet.extraction.quotes.find import find_quotes

__all__ = ["find_quotes"]
