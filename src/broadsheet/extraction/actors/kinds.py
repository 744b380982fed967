"""Decides for each form of a name whether a person, a body or neither has it; all its mentions decide together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from broadsheet.extraction.actors.context import context_features, count_band, head_sphere, printed_features
from broadsheet.extraction.actors.titles import appositive_titles
from broadsheet.extraction.models import MODELS, Decision
from broadsheet.reference import column
from broadsheet.reference.leaders import leads_now
from broadsheet.reference.names import is_acronym, puts_family_first, words_of
from broadsheet.reference.organizations import other_heads
from broadsheet.reference.people import given_names, name_suffixes, portfolios

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.names import Name
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.titles import Title

Kind = Literal["person", "organization", "other"]
KINDS: tuple[Kind, ...] = ("person", "organization", "other")
_SUFFIX = 3
_DOUBT = 40
"""What the score of ``other`` must be ahead, in hundredths: the choice of actors judges the rest."""


class KindReader:
    """Judges the forms of the names of one page."""

    def __init__(self, page: Page, names: Sequence[Name], hits: Mapping[int, Hit], titles: Mapping[int, Title]) -> None:
        self.page = page
        self.tokens = page.tokens
        self.hits = hits
        self.beside = appositive_titles(page.document, titles.values())
        self.ends = frozenset(title.last for title in titles.values())
        self.starts = {title.first: title for title in titles.values()}
        self.forms: dict[tuple[str, ...], list[Name]] = {}
        for name in names:
            self.forms.setdefault(words_of(page.text_of(name.first, name.last)), []).append(name)
        self.openings = Counter(words[0] for words in self.forms if len(words) > 1)
        self.closings = Counter(words[-1] for words in self.forms if len(words) > 1)

    def judge(self) -> dict[tuple[str, ...], Kind]:
        """The kind of each form."""
        forms = {words: names for words, names in self.forms.items() if words}
        vectors = self.page.vectors_of([[(name.first, name.last) for name in names] for names in forms.values()])
        return {words: self._judge(words, forms[words], own) for words, own in zip(forms, vectors, strict=True)}

    def _judge(self, words: tuple[str, ...], names: Sequence[Name], vector: NDArray[np.float64]) -> Kind:
        features = {*self._of_form(words, names), *(f for name in names for f in self._of_name(name))}
        texts = tuple(sorted({self.page.text_of(n.first, n.last) for n in names}, key=lambda t: (-len(t), t)))
        vectors = [*((kind, vector) for kind in KINDS[:-1]), None]
        scores = MODELS.scores(Decision("kind", texts, KINDS, vectors=vectors, shared=features))
        scores[-1] -= _DOUBT
        return KINDS[scores.index(max(scores))]

    def _of_form(self, words: tuple[str, ...], names: Sequence[Name]) -> Iterator[str]:
        page, name = self.page, names[0]
        text = page.text_of(name.first, name.last)
        yield f"words={min(len(words), 6)}"
        yield f"printed={count_band(len(names))}"
        yield from (f"word {word}" for word in words)
        yield f"opens {words[0]}"
        yield f"closes {words[-1]}"
        yield f"ending {words[-1][-_SUFFIX:]}"
        labels = Counter(self.tokens[i].ent for n in names for i in range(n.first, n.last))
        yield f"label {labels.most_common(1)[0][0]}"
        yield from (f"some label {label}" for label in sorted(labels))
        known = MODELS.known(text)
        if known is not None:
            yield f"in news {known.kind}"
            yield f"in news {known.kind} {count_band(known.articles)}"
        elif len(words) == 1:
            yield "unknown word"
        if len(words) == 1:
            yield from self._of_word(words[0], text)
        else:
            yield f"given name={words[0] in given_names()}"
            yield f"family first={puts_family_first(words)}"
            yield f"closing alone={words[-1:] in self.forms}"
            yield f"opening alone={words[:1] in self.forms}"
        yield from printed_features(text)
        yield f"head {head_sphere(words[-1])}"
        if words[-1] in other_heads():
            yield f"other head {other_heads()[words[-1]]}"
        if any(word in column("business_nouns", "noun") for word in words):
            yield "business"

    def _of_word(self, word: str, text: str) -> Iterator[str]:
        if is_acronym(text):
            yield f"acronym {min(len(text), 6)}"
        yield f"surname={self.closings[word] > 0}"
        yield f"opening={self.openings[word] > 0}"
        yield f"a given name={word in given_names()}"
        yield f"lower case elsewhere={word in self.page.lowercase}"
        if word in portfolios():
            yield "portfolio"
        if leads_now(word, self.page.document.article.published_on):
            yield "leads now"

    def _of_name(self, name: Name) -> Iterator[str]:
        yield f"shape {name.shape}"
        if name.honorific is not None:
            yield "addressed"
            yield f"honorific {name.honorific}"
        if name.title is not None:
            yield f"titled {name.title.office.sphere}"
        if name.hit is not None:
            yield f"hit {name.hit.kind}"
        if name.head is not None:
            yield f"body noun {name.head}"
        if any(i in self.beside for i in range(name.first, name.last)):
            yield "office in apposition"
        words = self.tokens[name.first : name.last]
        if any(len(w.text) == 2 and w.text[1] == "." for w in words[1:-1]):
            yield "middle initial"
        if words[-1].lower in name_suffixes():
            yield "suffix"
        inside = next((h for i in range(name.first + 1, name.last) if (h := self.hits.get(i)) is not None), None)
        if inside is not None:
            yield f"contains {inside.kind}"
        opening = self.hits.get(name.first)
        if opening is not None and opening.last < name.last:
            yield f"opens with {opening.kind}"
        yield from self._before_name(name)
        following = self.starts.get(name.last)
        if following is not None:
            yield f"before office {following.office.sphere}"
        yield from context_features(self.page, name.first, name.last)

    def _before_name(self, name: Name) -> Iterator[str]:
        link = name.first - 2 if self.page.word(name.first - 1) == "the" else name.first - 1
        if link in self.ends and self.page.word(link) in ("of", "for", "at", "with"):
            yield "holder's body"
