"""Decides which actor a speaker's noun phrase means: a name, a pronoun, an office, a description or a document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extraction.cues import noun_traits
from broadsheet.extraction.models import MODELS, Decision
from broadsheet.reference.organizations import body_nouns, is_party_member
from broadsheet.reference.people import offices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.extraction.entity_index import EntityIndex, Mention
    from broadsheet.extraction.links import Phrase, Relation
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

_BACK = 8
"""How many different actors named before a phrase are considered."""
_FAR = 16
"""How many other actors may be named between a phrase and a mention before it, which is far otherwise."""
_GENDERS = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female", "hers": "female"}
_NEUTRAL = frozenset({"it", "its", "they", "their", "them", "we", "i"})
_DISTANCES = ((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"))
_SUBJECTS = ("nsubj", "nsubjpass")
CONTEXT, VOICE = 20.0, 20.0
"""The weights of the encoder's scores of whom a phrase means and of who utters a quote in hundredths, the unit of the
linear model; chosen on the development articles."""
UNLINKED = -4.0
"""The encoder's score of an actor that is not named near the phrase or the quote."""
_TRADING = frozenset({"company", "bank", "media"})
_BY_NAME = frozenset({"name", "alias", "adjective", "metonym"})


def speakers_near(meaning: Meaning, quote: Quotation) -> list[Phrase]:
    """The mentions of actors near a quote and outside it."""
    near = meaning.actors_near(quote.first, quote.last)
    return [phrase for phrase in near if not quote.first <= phrase.first < quote.last]


@dataclass(frozen=True, slots=True)
class _Words:
    """The tokens ``first`` to ``end`` (exclusive) for a speaker, their ``head``, and what they name by themselves.

    ``last`` is the previous speaker; ``before`` has the actors named before, nearest first, each with the mention.
    """

    first: int
    end: int
    head: int
    named: str | None
    last: str | None
    before: Mapping[str, Mention]


class SpeakerResolver:
    """Resolves the speakers of one document."""

    def __init__(self, quoted: QuotedDocument, entities: EntityIndex, meaning: Meaning | None = None) -> None:
        self.quoted = quoted
        self.meaning = meaning
        self.document = quoted.document
        self.entities = entities
        self._meant: dict[int, Mapping[str, float]] = {}
        self.order = [actor for actor, _ in Counter(m.actor_id for m in entities.mentions).most_common(4)]

    def resolve(
        self, quote: int, phrase: tuple[int, int], head: int, named: str | None, last: str | None
    ) -> str | None:
        """The actor that utters a quote; one that the printed words rule out is not a candidate.

        ``phrase`` and ``head`` are the words for the speaker, ``named`` is the actor that they name by themselves, if
        any, and ``last`` the previous speaker.
        """
        words = _Words(*phrase, head, named, last, self._named_before(phrase[0]))
        near = self._candidates(words)
        allowed = self._allowed(near, words)
        kind = self._kind(head)
        features = [[f"{kind} {f}" for f in self._features(actor, words, near)] for actor in allowed]
        subject = self.quoted.quotes[quote].stretch.span
        options = (*allowed, None)
        none = [f"{kind} none", *(f"{kind} none {f}" for f in self._of_phrase(words))]
        scores = MODELS.scores(Decision("speaker", subject, options, (*features, none)))
        self.read([head])
        context, voices = self._meant[head], self._voices[quote]
        added = [CONTEXT * context.get(actor, UNLINKED) + VOICE * voices.get(actor, UNLINKED) for actor in allowed]
        weighed = [score + more for score, more in zip(scores, (*added, 0.0), strict=True)]
        return options[weighed.index(max(weighed))]

    def read(self, heads: Iterable[int]) -> None:
        """Scores the actors near words for speakers, which takes much less time for all of them at once."""
        new = [head for head in dict.fromkeys(heads) if head not in self._meant]
        meaning = self.meaning
        near = [(head, meaning.actors_near(head) if meaning is not None else []) for head in new]
        self._meant.update(zip(new, self._fits("rspk", near), strict=True))

    def _fits(self, relation: Relation, asked: Sequence[tuple[int, list[Phrase]]]) -> list[Mapping[str, float]]:
        """How well the actors near words fit them, by the scores of the encoder above that of none."""
        if self.meaning is None:
            return [{} for _ in asked]
        links = self.meaning.links.each(relation, [(place, 0, near) for place, near in asked])
        return [{str(link.phrase[0].group): link.scores[0] for link in of_word} for of_word in links]

    @cached_property
    def _voices(self) -> list[Mapping[str, float]]:
        """How likely each actor near a quote utters it, for each quote."""
        meaning = self.meaning
        near = [(q.head, speakers_near(meaning, q) if meaning is not None else []) for q in self.quoted.quotes]
        return self._fits("rquo", near)

    def fit(self, index: int, source: int) -> float:
        """How well the actor that a word names fits as the speaker of a quote; 0 if it names none."""
        actor = self.entities.resolve(source) if self.meaning is not None else None
        return self._voices[index].get(actor, UNLINKED) if actor is not None else 0.0

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

    def _named_before(self, first: int) -> dict[str, Mention]:
        """The actors named before a token, nearest first, each with the mention."""
        mentions = self.entities.mentions
        found: dict[str, Mention] = {}
        for mention in reversed(mentions[: bisect_right(mentions, first, key=lambda m: m.last)]):
            found.setdefault(mention.actor_id, mention)
            if len(found) > _FAR:
                break
        return found

    def _candidates(self, words: _Words) -> list[str]:
        """The actors named by, in and around the phrase, and the previous speaker."""
        sentence = self.document.sentences[self.document.tokens[words.head].sentence]
        inside = self.entities.within(words.first, words.end)
        around = self.entities.within(sentence.first, sentence.last)
        spoken = [actor for actor in (words.named, words.last) if actor is not None]
        named = [mention.actor_id for mention in (*inside, *around)]
        return list(dict.fromkeys((*spoken, *named, *islice(words.before, _BACK))))

    def _allowed(self, actors: Sequence[str], words: _Words) -> list[str]:
        """The actors that the names in the phrase do not rule out.

        Those are the actors named in it or in apposition. Others must be of a country named there: words with a state
        or body can describe one of its people (Peru's minister), and a description (the bank) another body.
        """
        head = self.document.tokens[words.head]
        beside = self.entities.in_apposition(head)
        names = [m for m in self.entities.touching(words.first, words.end) if m.form != "pronoun"]
        named = {m.actor_id for m in (*names, *([beside] if beside is not None else []))}
        if head.pos != "PRON" and words.named is None:
            actors = self.entities.not_ruled_out(actors, head, range(words.first, words.end), words.before)
        if not names:
            return list(actors)
        codes = {self.entities.country_of(actor) for actor in named} - {None}
        by_name = [m for m in names if m.form in _BY_NAME]
        with_person = any(self.entities.is_person(m.actor_id) for m in by_name)
        outside = (t for t in self.document.tokens[words.first : words.end] if self.entities.at(t.i) is None)
        described = any(token.pos in ("NOUN", "PROPN", "ADJ") for token in outside) and not any(
            self.entities.is_person(m.actor_id) for m in names
        )
        is_company = body_nouns().get(head.lower) in _TRADING and not with_person
        is_member = head.tag in ("NN", "NNP") and is_party_member(head.lower)

        def is_allowed(actor: str) -> bool:
            kind, code = self.entities.kind_of(actor), self.entities.country_of(actor)
            if is_company and actor not in named:
                return kind == "organization" and code in (None, *codes)
            if is_company or is_member:
                return kind != "country" and (kind == "person") >= is_member and (actor in named or code in codes)
            if actor in named:
                return True
            is_other = not by_name or (kind == "country" and with_person) or (kind in ("person", "group") and described)
            return code in codes and is_other

        return list(filter(is_allowed, actors))

    def _features(self, actor: str, words: _Words, near: Sequence[str]) -> Iterator[str]:
        entities = self.entities
        row = entities.actors[actor]
        yield f"kind {row.kind}"
        if words.named is not None:
            yield "named by it" if actor == words.named else "not named by it"
        if actor == words.last:
            yield "last speaker"
            yield f"last speaker {row.kind}"
        yield f"often {self.order.index(actor) if actor in self.order else 'no'}"
        yield f"peers {min(sum(entities.kind_of(other) == row.kind for other in near), 4)}"
        head = self.document.tokens[words.head]
        noun = head.lemma
        for mention in entities.within(words.first, words.end):
            if mention.actor_id == actor:
                side = "before" if mention.last <= head.i else "head" if mention.first <= head.i else "behind"
                yield f"inside {side}"
                yield f"inside {noun} {row.kind}"
        yield from self._distance(actor, words)
        yield from self._offices(actor, words, noun)
        state = entities.state_of(words.first, words.end)
        if state is not None:
            yield f"state {'same' if state == row.country_code else 'other' if row.country_code else 'unknown'}"
        gender = _GENDERS.get(head.lower)
        if gender is not None:
            known = entities.gender(actor)
            yield f"gender {'unknown' if known in (None, 'either') else 'same' if known == gender else 'other'}"
        if row.kind == "organization":
            yield f"{noun} is {row.name.lower().rpartition(' ')[2]}"

    def _offices(self, actor: str, words: _Words, noun: str) -> Iterator[str]:
        """What the offices of an actor have to do with the words."""
        roles = self.entities.roles.get(actor, ())
        printed = {t.lower for t in self.document.tokens[words.first : words.end]}
        for title, sphere in roles:
            yield f"sphere {sphere}"
            yield f"{noun} of {sphere}"
            if noun in title.split():
                yield "holds the office"
            if set(title.split()) <= printed:
                yield "holds the whole office"
        if not roles:
            yield f"{noun} of {self.entities.kind_of(actor)} without office"

    def _distance(self, actor: str, words: _Words) -> Iterator[str]:
        """How far the nearest mentions of an actor before and after the phrase are."""
        mentions, tokens = self.entities.mentions, self.document.tokens
        if actor in words.before:
            nearer = list(words.before)[: list(words.before).index(actor)]
            kind = self.entities.kind_of(actor)
            yield f"rank {min(len(nearer), 4)}"
            yield f"rank {kind} {min(sum(self.entities.kind_of(other) == kind for other in nearer), 4)}"
            yield from self._of_mention(words.before[actor], words.head)
        else:
            yield "far" if len(words.before) > _FAR else "not before"
        start = bisect_left(mentions, words.end, key=lambda m: m.first)
        for mention in mentions[start : start + 4]:
            if mention.actor_id == actor and tokens[mention.first].sentence == tokens[words.head].sentence:
                yield "behind in sentence"
                if mention.first <= words.end + 1:
                    yield "right behind"

    def _of_mention(self, mention: Mention, place: int) -> Iterator[str]:
        tokens = self.document.tokens
        token = tokens[mention.last - 1]
        sentences = tokens[place].sentence - token.sentence
        yield f"sentences {next((name for most, name in _DISTANCES if sentences <= most), 'far')}"
        yield f"paragraphs {min(tokens[place].paragraph - token.paragraph, 3)}"
        yield from (f"form {mention.form}", f"role {'subject' if token.dep in _SUBJECTS else token.dep}")
        if self.quoted.quote_of[token.i] >= 0:
            yield "quoted"

    def _of_phrase(self, words: _Words) -> Iterator[str]:
        head, opening = self.document.tokens[words.head], self.document.tokens[words.first]
        inside = len(self.entities.within(words.first, words.end)) > 0
        yield from (f"told={words.named is not None} last={words.last is not None}", f"told={words.named is not None}")
        yield from (f"noun {head.lemma}", f"tag {head.tag}")
        yield f"opens {opening.lower if opening.pos in ('DET', 'PRON', 'NUM') else opening.pos}"
        yield from (f"inside {inside}", f"noun {head.lemma} inside {inside}")
