"""The readers that the parts of one reading share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.analyse.document import Document
    from broadsheet.extract.events.syntax import Syntax
    from broadsheet.extract.tariffs.lists import GoodsReader
    from broadsheet.extract.tariffs.nouns import NounReader
    from broadsheet.extract.tariffs.parties import Parties
    from broadsheet.extract.tariffs.predicates import PredicateReader
    from broadsheet.extract.tariffs.scan import Scanner


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
