"""The quotes of an article: who uttered which words, to whom."""

from broadsheet.extraction.quotes.find import find_quotes

__all__ = ["find_quotes"]
