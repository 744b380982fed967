"""A package as one page of HTML: the articles beside the tables, and pictures of them. It opens anywhere."""

from __future__ import annotations

from broadsheet.views.page.write import Written, page, write_page

__all__ = ["Written", "page", "write_page"]
