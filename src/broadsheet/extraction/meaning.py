"""What the encoder says of an article: which words name events and measures, and who takes what part in them.

Linear models and small networks (``links``) on the encoder's vectors give scores, which are compared and never turned
into probabilities. All numbers are rounded so that sums are exact (``analysis.encoder``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from broadsheet.analysis.encoder import Affine, encode
from broadsheet.extraction.dates import find_dates
from broadsheet.extraction.links import DATE, Linked, Phrase, frequency, mention_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.entity_index import EntityIndex

    Act = tuple[int, int] | None
    Test = Callable[[Phrase], bool]
    Doubles = NDArray[np.float64]
    Ranges = Sequence[tuple[int, int]]

Head = Literal["trig", "stat", "fig", "tact", "tst", "tms", "tret"]
HEADS: Mapping[Head, int] = MappingProxyType(
    {"trig": 17, "stat": 4, "fig": 16, "tact": 8, "tst": 5, "tms": 9, "tret": 2}
)
"""Linear models on a word or phrase, and how many classes they have: type of event, status of event, kind of figure,
action, status and kind of a measure, and whether it answers another."""

SENTENCES_BEFORE, SENTENCES_AFTER = 3, 1
"""How many sentences around a word those who take part may be mentioned in."""
ACT = 0.7
"""How much the date of an act counts for the day of effect; chosen on the development articles."""
DATES_BEFORE, DATES_AFTER, OPENING = 3, 3, 1
"""How many sentences around a word may have its date, and the last of the first sentences, which may have it, too."""
DATED, DATED_ELSEWHERE = 1.0, 1.5
"""The least score of a date in the sentence of a word, and of one outside it; chosen on the development articles."""


@dataclass(frozen=True, slots=True)
class Undated:
    """A word whose date is asked for.

    Attributes:
        place: The token of the word.
        kind: Number of its type among those of events, figures and measures.
        act: Token and type of the word for an act whose date counts, too.
        least: The least score of a date, which must then be in the sentence of the word.
        without: Which dates cannot be its.
    """

    place: int
    kind: int
    act: Act = None
    least: float | None = None
    without: Test = lambda _: False


@cache
def _head(name: Head) -> Affine:
    return Affine(name)


class Meaning:
    """The encoder's view of one article.

    Args:
        document: The analysed article.
        cast: Its actors.
        vectors: The encoder's vectors of its tokens; they are computed if not given.

    Attributes:
        links: What phrases have to do with its words.
    """

    def __init__(self, document: Document, cast: EntityIndex, vectors: Doubles | None = None) -> None:
        self.document, self.cast = document, cast
        self.links = Linked(document, encode(document) if vectors is None else vectors)

    def with_cast(self, cast: EntityIndex) -> Meaning:
        """The same article with other actors."""
        other = Meaning(self.document, cast, self.links.vectors)
        other.links, other.dates = self.links, self.dates
        return other

    def scores(self, head: Head, places: Sequence[int]) -> Doubles:
        """The scores of the classes of a head for the tokens at ``places``, a row each."""
        return _head(head)(self.links.vectors.take(places, axis=0))

    def phrase_scores(self, head: Head, ranges: Ranges) -> Doubles:
        """The scores of the classes of a head for ranges of tokens."""
        return _head(head)(self.links.means(ranges))

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [m.first for m in self.cast.mentions]

    def actors_near(self, place: int, end: int | None = None) -> list[Phrase]:
        """Mentions of actors near a word, or near the words up to ``end``.

        Those are the ones in the title, in the same sentences, three sentences before and one after.
        """
        document = self.document
        opening = document.tokens[place].sentence
        closing = opening if end is None else document.tokens[end - 1].sentence
        first = document.sentences[max(0, opening - SENTENCES_BEFORE)].first
        last = document.sentences[min(len(document.sentences) - 1, closing + SENTENCES_AFTER)].last
        low, high = (bisect_left(self._mention_starts, edge) for edge in (first, last))
        title = takewhile(lambda p: document.in_title(document.tokens[p.first]), self._mentions[:low])
        return [*title, *self._mentions[low:high]]

    @cached_property
    def _mentions(self) -> list[Phrase]:
        """The mentions of actors as phrases."""
        counts, kind_of = Counter(m.actor_id for m in self.cast.mentions), self.cast.kind_of
        return [
            Phrase(
                m.first, m.last, mention_kind(kind_of(m.actor_id), m.form), m.actor_id, frequency(counts[m.actor_id])
            )
            for m in self.cast.mentions
        ]

    @cached_property
    def dates(self) -> tuple[tuple[DateExpression, int, int], ...]:
        """The date expressions of the document with their tokens, in reading order."""
        document = self.document
        text = document.text
        found = find_dates(text, published_on=document.article.published_on, max_characters=len(text))
        ranged = [(date, *document.range_of(date.span)) for date in found]
        return tuple(r for r in ranged if r[1] < r[2])

    def dates_near(self, place: int) -> list[tuple[DateExpression, Phrase]]:
        """The dates that can tell when what a word names takes place, as phrases."""
        sentence = self.document.tokens[place].sentence
        opening, low, high = (
            bisect_right(self._date_sentences, last)
            for last in (OPENING, sentence - DATES_BEFORE - 1, sentence + DATES_AFTER)
        )
        return [*self._date_phrases[:opening], *self._date_phrases[max(opening, low) : high]]

    @cached_property
    def _date_phrases(self) -> list[tuple[DateExpression, Phrase]]:
        return [(date, Phrase(first, last, DATE, number)) for number, (date, first, last) in enumerate(self.dates)]

    @cached_property
    def _date_sentences(self) -> list[int]:
        return [self.document.tokens[first].sentence for _, first, _ in self.dates]

    def date_of(self, place: int, kind: int, *, least: float | None = None) -> DateExpression | None:
        """The date expression that says when what a word names takes place; None where there is none.

        The arguments are those of ``Undated``.
        """
        word = Undated(place, kind, least=least)
        near = self._possible(word)
        links = self.links("rdate", place, kind, [phrase for _, phrase in near])
        return self._likeliest(word, near, [link.scores[0] for link in links])

    def dates_of(self, words: Sequence[Undated]) -> list[DateExpression | None]:
        """The same for several words, which takes much less time than one after the other."""
        near = [self._possible(word) for word in words]
        phrases = [[phrase for _, phrase in dates] for dates in near]
        asked = [(w.place, w.kind, p) for w, p in zip(words, phrases, strict=True)]
        asked += [(*act, p) for w, p in zip(words, phrases, strict=True) if (act := w.act) is not None]
        scores = [[link.scores[0] for link in links] for links in self.links.each("rdate", asked)]
        acting = [k for k, word in enumerate(words) if word.act is not None]
        for k, of_act in zip(acting, scores[len(words) :], strict=True):
            scores[k] = [score + ACT * more for score, more in zip(scores[k], of_act, strict=True)]
        return [self._likeliest(*of_word) for of_word in zip(words, near, scores, strict=False)]

    def _possible(self, word: Undated) -> list[tuple[DateExpression, Phrase]]:
        """The dates that can be a word's: those of its sentence, and of others that say which days they are."""
        tokens = self.document.tokens
        here = tokens[word.place].sentence
        elsewhere = word.least is None
        return [
            (date, at)
            for date, at in self.dates_near(word.place)
            if (tokens[at.first].sentence == here or (elsewhere and date.precision)) and not word.without(at)
        ]

    def _likeliest(
        self, word: Undated, near: Sequence[tuple[DateExpression, Phrase]], scores: Sequence[float]
    ) -> DateExpression | None:
        tokens = self.document.tokens
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is None:
            return None
        date, phrase = near[best]
        near_by = tokens[phrase.first].sentence == tokens[word.place].sentence
        usual = DATED if near_by else DATED_ELSEWHERE
        return date if scores[best] > (usual if word.least is None else word.least) else None
