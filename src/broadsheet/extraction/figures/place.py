"""Which country's dollar an article means, as far as its publisher shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.reference import mapping
from broadsheet.reference.geography import country_names, demonyms

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document

_WORD = re.compile(r"[A-Za-z][A-Za-z.'-]*")


def dollar_country(document: Document) -> str | None:
    """ISO 3166-1 alpha-3 code of the publisher's country; None if the language tag decides."""
    article = document.article
    if "-" in article.language or not article.publisher:
        return None
    publisher = article.publisher.lower()
    known = mapping("publishers", "country_code")
    for name in (publisher, publisher.removeprefix("the ")):
        if name in known:
            return known[name]
    names, peoples = country_names(), demonyms()
    words = _WORD.findall(publisher)
    for n in (2, 1):
        for i in range(len(words) - n + 1):
            name = " ".join(words[i : i + n])
            if name in peoples and peoples[name].form == "adjective":
                return peoples[name].country_code
            if name in names and names[name].form == "name":
                return names[name].country_code
    return None
