"""Other names for the people, states and bodies of an article, so that models learn from the words around a name.

A model that has read mostly of two states would otherwise know by their names who imposes and who answers, and not by
what the text says of them.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.entity_index import EntityIndex

FORMS = frozenset({"name", "alias", "adjective", "metonym"})


class Names:
    """The names of an article, each as its sort and its tokens.

    Args:
        document: The analysed article.
        cast: Its actors.
        split: The pieces of each token.
        known: The pieces of all known names by sort and spelling, to which those of the article are added.
        often: How often the article is to be read with other names, from 0 to 1.
    """

    def __init__(
        self,
        document: Document,
        cast: EntityIndex,
        split: Sequence[Sequence[int]],
        known: dict[str, dict[str, Sequence[int]]],
        often: float,
    ) -> None:
        self.split, self.known, self.often = split, known, often
        self.found: list[tuple[str, str, list[int]]] = []
        for sort, places in _names(document, cast):
            spelling = " ".join(document.tokens[i].lower for i in places)
            self.found.append((sort, spelling, places))
            if len(places) == 1:
                known.setdefault(sort, {})[spelling] = split[places[0]]

    def changed(self) -> Sequence[Sequence[int]]:
        """The pieces of each token, with a random share of the names replaced; one and the same by the same other."""
        if random.random() >= self.often:
            return self.split
        share = random.random()
        out = list(self.split)
        chosen: dict[tuple[str, str], Sequence[int] | None] = {}
        for sort, spelling, places in self.found:
            if (sort, spelling) not in chosen:
                others = list(self.known.get(sort, {}).values())
                chosen[sort, spelling] = random.choice(others) if others and random.random() < share else None
            other = chosen[sort, spelling]
            if other is not None:
                for place in places[:-1]:
                    out[place] = []
                out[places[-1]] = other
        return out


def _names(document: Document, cast: EntityIndex) -> Iterator[tuple[str, list[int]]]:
    """The sorts and tokens of names: a state's as a whole, a person's one by one, a body's of one word."""
    for mention in cast.mentions:
        places = [i for i in range(mention.first, mention.last) if document.tokens[i].text[:1].isupper()]
        if mention.form not in FORMS or not places:
            continue
        kind = cast.kind_of(mention.actor_id)
        if kind == "country":
            yield ("adjective" if mention.form == "adjective" else "country"), places
        elif kind == "person":
            for place in places:
                yield ("last name" if place == places[-1] else "first name"), [place]
        elif kind == "organization" and mention.last - mention.first == 1:
            yield "organization", places
