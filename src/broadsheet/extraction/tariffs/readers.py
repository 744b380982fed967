"""The readers that the parts of one reading share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.extraction.events.syntax import Syntax
    from broadsheet.extraction.tariffs.lists import GoodsReader
    from broadsheet.extraction.tariffs.nouns import NounReader
    from broadsheet.extraction.tariffs.parties import Parties
    from broadsheet.extraction.tariffs.predicates import PredicateReader
    from broadsheet.extraction.tariffs.scan import Scanner


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads one document: its syntax, countries, lists of goods, measure nouns, governing words, what follows."""

    document: Document
    syntax: Syntax
    parties: Parties
    goods: GoodsReader
    nouns: NounReader
    predicates: PredicateReader
    scanner: Scanner
