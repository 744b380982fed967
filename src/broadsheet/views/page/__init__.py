"""Shows a package as one self-contained HTML page: the articles beside the tables, and charts of them."""

from __future__ import annotations

from broadsheet.views.page.write import Written, page, write_page

__all__ = ["Written", "page", "write_page"]
