"""Decides which actor a speaker's noun phrase means: a name, a pronoun, an office, a description or a document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from broadsheet.extraction.models import MODELS, Decision
from broadsheet.extraction.quotes.cues import noun_traits
from broadsheet.extraction.quotes.features import context_of
from broadsheet.reference.organizations import body_nouns
from broadsheet.reference.people import offices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.analysis.document import Token
    from broadsheet.extraction.entity_index import EntityIndex, Mention
    from broadsheet.extraction.links import Phrase
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

_BACK = 8
"""How many different actors named before a phrase are considered."""
_GENDERS = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female", "hers": "female"}
_NEUTRAL = frozenset({"it", "its", "they", "their", "them", "we", "i"})
_DISTANCES = ((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"))
_SUBJECTS = ("nsubj", "nsubjpass")
CONTEXT, VOICE = 20.0, 20.0
"""The weights of the encoder's scores of whom a phrase means and of who utters a quote in hundredths, the unit of the
linear model; chosen on the development articles."""
UNLINKED = -4.0
"""The encoder's score of an actor that is not named near the phrase or the quote."""
_BY_NAME = frozenset({"name", "alias", "adjective", "metonym"})


def speakers_near(meaning: Meaning, quote: Quotation) -> list[Phrase]:
    """The mentions of actors near a quote and outside it."""
    near = meaning.actors_near(quote.first, quote.last)
    return [phrase for phrase in near if not quote.first <= phrase.first < quote.last]


class SpeakerResolver:
    """Resolves the speakers of one document."""

    def __init__(self, quoted: QuotedDocument, entities: EntityIndex, meaning: Meaning | None = None) -> None:
        self.quoted = quoted
        self.meaning = meaning
        self.document = quoted.document
        self.entities = entities
        self._heard: dict[int, Mapping[str, float]] = {}
        self.counts = Counter(m.actor_id for m in entities.mentions)
        self.order = [actor for actor, _ in self.counts.most_common(4)]

    def resolve(
        self, quote: int, phrase: tuple[int, int], head: int, named: str | None, last: str | None
    ) -> str | None:
        """The actor that utters a quote; one that the printed words rule out is not a candidate.

        Args:
            quote: Index of the quote.
            phrase: First and last (exclusive) token of the noun phrase.
            head: Its head.
            named: The actor that it names by itself, if any.
            last: The previous speaker.
        """
        first, end = phrase
        near = self._candidates(first, end, head, named, last)
        allowed = self._allowed(near, first, end, head)
        kind = self._kind(head)
        features = [
            [f"{kind} {f}" for f in self._features(actor, first, end, head, named, last, near)] for actor in allowed
        ]
        subject = self.quoted.quotes[quote].stretch.span
        options = (*allowed, None)
        none = [f"{kind} none", *(f"{kind} none {f}" for f in self._of_phrase(first, end, head, named, last))]
        scores = MODELS.scores(Decision("speaker", subject, options, (*features, none)))
        context, voices = self._context(head), self._voices(quote)
        added = [CONTEXT * context.get(actor, UNLINKED) + VOICE * voices.get(actor, UNLINKED) for actor in allowed]
        weighed = [score + more for score, more in zip(scores, (*added, 0.0), strict=True)]
        return options[weighed.index(max(weighed))]

    def _context(self, head: int) -> dict[str, float]:
        """How well the actors near a phrase fit it, by the scores of the encoder above that of none."""
        if self.meaning is None:
            return {}
        links = self.meaning.links("rspk", head, 0, self.meaning.actors_near(head))
        return {str(link.phrase[0].group): link.scores[0] for link in links}

    def _voices(self, index: int) -> Mapping[str, float]:
        """How likely each actor near a quote utters it, by the scores of the encoder above that of none."""
        if self.meaning is None:
            return {}
        if index not in self._heard:
            quote = self.quoted.quotes[index]
            place = context_of(self.quoted, quote).head
            links = self.meaning.links("rquo", place, 0, speakers_near(self.meaning, quote))
            self._heard[index] = {str(link.phrase[0].group): link.scores[0] for link in links}
        return self._heard[index]

    def fit(self, index: int, source: int) -> float:
        """How well the actor that a word names fits as the speaker of a quote; 0 if it names none.

        Args:
            index: Index of the quote.
            source: The head of a noun phrase.
        """
        if self.meaning is None:
            return 0.0
        actor = self.entities.resolve(self.document.tokens[source])
        return self._voices(index).get(actor, UNLINKED) if actor is not None else 0.0

    def _kind(self, head: int) -> str:
        token = self.document.tokens[head]
        mention = self.entities.at(head)
        if mention is not None and mention.form in ("name", "alias"):
            return f"name of {self.entities.kind_of(mention.actor_id)}"
        if token.pos == "PRON" or token.tag in ("PRP", "PRP$"):
            return token.lower if token.lower in _GENDERS or token.lower in _NEUTRAL else "pronoun"
        if {"document", "speech"} & noun_traits(token):
            return "document"
        if token.lower in offices():
            return "office"
        if token.lower in body_nouns():
            return "body"
        return "plural" if token.tag in ("NNS", "NNPS") else "noun"

    def _candidates(self, first: int, end: int, place: int, named: str | None, last: str | None) -> list[str]:
        """The actors named by, in and around the phrase, and the previous speaker."""
        mentions = self.entities.mentions
        found: dict[str, None] = dict.fromkeys(a for a in (named, last) if a is not None)
        found.update((m.actor_id, None) for m in self.entities.within(first, end))
        sentence = self.document.tokens[place].sentence
        bounds = self.document.sentences[sentence]
        for mention in self.entities.within(bounds.first, bounds.last):
            found.setdefault(mention.actor_id)
        stop = bisect_right(mentions, first, key=lambda m: m.last)
        before: dict[str, None] = {}
        for mention in reversed(mentions[:stop]):
            before.setdefault(mention.actor_id)
            if len(before) == _BACK:
                break
        found.update(before)
        return list(found)

    def _allowed(self, actors: Sequence[str], first: int, end: int, head: int) -> list[str]:
        """The actors that the names in the phrase do not rule out.

        Those are the actors named in it or in apposition to it. Others must be of a country named there: words with
        the name of a state or body can also describe one of its people (Peru's minister), a person can act for a
        state, and a description (the bank) can be of another body.
        """
        beside = self.entities.in_apposition(self.document.tokens[head])
        names = [m for m in self.entities.touching(first, end) if m.form != "pronoun"]
        named = {m.actor_id for m in (*names, *([beside] if beside is not None else []))}
        if not names:
            return list(actors)
        codes = {self.entities.country_of(actor) for actor in named} - {None}
        by_name = [m for m in names if m.form in _BY_NAME]
        with_person = any(self.entities.is_person(m.actor_id) for m in by_name)
        described = not any(self.entities.is_person(m.actor_id) for m in names) and any(
            self._describes(i) for i in range(first, end)
        )

        def is_allowed(actor: str) -> bool:
            if self.entities.country_of(actor) not in codes:
                return False
            kind = self.entities.kind_of(actor)
            return not by_name or (kind == "country" and with_person) or (kind in ("person", "group") and described)

        return [actor for actor in actors if actor in named or is_allowed(actor)]

    def _describes(self, place: int) -> bool:
        """Whether a word of a phrase is a content word outside all names."""
        token = self.document.tokens[place]
        return self.entities.at(place) is None and token.pos in ("NOUN", "PROPN", "ADJ")

    def _features(
        self, actor: str, first: int, end: int, place: int, named: str | None, last: str | None, near: Sequence[str]
    ) -> Iterator[str]:
        entities = self.entities
        tokens = self.document.tokens
        row = entities.actors[actor]
        yield f"kind {row.kind}"
        if actor == named:
            yield "named by it"
        elif named is not None:
            yield "not named by it"
        if actor == last:
            yield "last speaker"
            yield f"last speaker {row.kind}"
        yield f"often {self.order.index(actor) if actor in self.order else 'no'}"
        peers = [other for other in near if entities.kind_of(other) == row.kind]
        yield f"peers {min(len(peers), 4)}"
        head = tokens[place]
        noun = head.lemma
        for mention in entities.within(first, end):
            if mention.actor_id == actor:
                yield f"inside {'head' if mention.first <= place < mention.last else self._side(mention, place)}"
                yield f"inside {noun} {row.kind}"
        yield from self._distance(actor, first, end, place)
        roles = entities.roles.get(actor, ())
        words = {t.lower for t in tokens[first:end]}
        for title, sphere in roles:
            yield f"sphere {sphere}"
            yield f"{noun} of {sphere}"
            if noun in title.split():
                yield "holds the office"
            if set(title.split()) <= words:
                yield "holds the whole office"
        if not roles:
            yield f"{noun} of {row.kind} without office"
        state = entities.state_of(first, end)
        if state is not None:
            yield f"state {'same' if state == row.country_code else 'other' if row.country_code else 'unknown'}"
        yield from self._gender(actor, head)
        if row.kind == "organization":
            yield f"{noun} is {row.name.lower().rpartition(' ')[2]}"

    def _gender(self, actor: str, head: Token) -> Iterator[str]:
        gender = _GENDERS.get(head.lower)
        if gender is not None:
            known = self.entities.gender(actor)
            yield f"gender {'unknown' if known in (None, 'either') else 'same' if known == gender else 'other'}"

    @staticmethod
    def _side(mention: Mention, place: int) -> str:
        return "before" if mention.last <= place else "behind"

    def _distance(self, actor: str, first: int, end: int, place: int) -> Iterator[str]:
        """How far the nearest mentions of an actor before and after the phrase are."""
        mentions, tokens = self.entities.mentions, self.document.tokens
        stop = bisect_right(mentions, first, key=lambda m: m.last)
        rank: dict[str, None] = {}
        kind = self.entities.kind_of(actor)
        for mention in reversed(mentions[:stop]):
            if mention.actor_id == actor:
                same = sum(self.entities.kind_of(other) == kind for other in rank)
                yield f"rank {min(len(rank), 4)}"
                yield f"rank {kind} {min(same, 4)}"
                yield from self._of_mention(mention, place)
                break
            rank.setdefault(mention.actor_id)
            if len(rank) > 2 * _BACK:
                yield "far"
                break
        else:
            yield "not before"
        start = bisect_left(mentions, end, key=lambda m: m.first)
        for mention in mentions[start : start + 4]:
            if mention.actor_id == actor and tokens[mention.first].sentence == tokens[place].sentence:
                yield "behind in sentence"
                if mention.first <= end + 1:
                    yield "right behind"

    def _of_mention(self, mention: Mention, place: int) -> Iterator[str]:
        tokens = self.document.tokens
        token = tokens[mention.last - 1]
        sentences = tokens[place].sentence - token.sentence
        yield f"sentences {next((name for most, name in _DISTANCES if sentences <= most), 'far')}"
        yield f"paragraphs {min(tokens[place].paragraph - token.paragraph, 3)}"
        yield f"form {mention.form}"
        yield f"role {'subject' if token.dep in _SUBJECTS else token.dep}"
        if self.quoted.quote_of[token.i] >= 0:
            yield "quoted"

    def _of_phrase(self, first: int, end: int, head: int, named: str | None, last: str | None) -> Iterator[str]:
        yield f"told={named is not None} last={last is not None}"
        yield f"told={named is not None}"
        token = self.document.tokens[head]
        yield f"noun {token.lemma}"
        yield f"tag {token.tag}"
        opening = self.document.tokens[first]
        yield f"opens {opening.lower if opening.pos in ('DET', 'PRON', 'NUM') else opening.pos}"
        inside = self.entities.within(first, end)
        yield f"inside {len(inside) > 0}"
        yield f"noun {token.lemma} inside {len(inside) > 0}"
