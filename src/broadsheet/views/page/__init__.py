"""Renders a package as one self-contained HTML page: the articles next to the tables, and charts."""

from __future__ import annotations

from broadsheet.views.page.write import Written, page, write_page

__all__ = ["Written", "page", "write_page"]
