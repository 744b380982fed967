"""Decides who holds each office that an article names: people named in the title's sentence or before it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.context import count_band
from broadsheet.extraction.actors.namings import nearest
from broadsheet.extraction.actors.roles import draft_of, successive, with_offices_said
from broadsheet.extraction.actors.titles import head_place
from broadsheet.extraction.found import rule
from broadsheet.extraction.links import Phrase, frequency, mention_kind
from broadsheet.extraction.models import MODELS, Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.actors.findings import Findings
    from broadsheet.extraction.actors.mentions import Naming
    from broadsheet.extraction.actors.roles import RoleDraft, Surroundings
    from broadsheet.extraction.actors.titles import Title

CONTEXT = 130.0
"""The weight of the encoder's score in hundredths, the unit of the linear model; chosen on the development articles."""
_BACK = 3
"""How many different people named before a title's sentence are considered."""
_LONGEST_PATH = 5
_STATE_BEFORE = 3
_LONG = 6
_GAPS = ((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (16, "9-16"))
_MOST_WORDS = 2
_MARKS = frozenset({";", ":", ".", "”", "“", '"'})


@dataclass(frozen=True, slots=True)
class Holding:
    """An office in a decision about its holder or body.

    ``person`` holds it, by the rules where that is to be decided; ``title`` is as printed, ``place`` the first token of
    the office proper, ``sort`` 1 for the holders of a title in the plural. ``phrases`` are the mentions to choose from.
    """

    person: str | None
    title: str
    place: int
    sort: int
    phrases: tuple[Phrase, ...]


class Holders:
    """Finds the holders of the offices of one page; ``around`` says whom its pronouns name, too."""

    def __init__(self, found: Findings, around: Surroundings) -> None:
        self.found, self.around = found, around
        self.document: Document = around.document
        self.tokens = self.document.tokens
        people = (n for n in found.namings if n.bearer in found.people and n.form != "title")
        self.namings = sorted(people, key=lambda n: n.first)
        self.counts = Counter(n.bearer for n in self.namings)
        self.by_rule: Mapping[int, RoleDraft] = with_offices_said(around, found.drafts)

    def drafts(self) -> list[RoleDraft]:
        """The offices of the page with their holders; several may hold a title in the plural."""
        titles = [(title, successive(self.around, title)) for title in self.around.titles.values()]
        holding = self._holding([title for title, stated in titles if not stated])
        return [
            draft
            for title, stated in titles
            for draft in stated or [self._draft(title, naming) for naming in next(holding)]
        ]

    def _holding(self, titles: Sequence[Title]) -> Iterator[list[Naming]]:
        """The mentions of who holds each office, the best one first; of a title in the singular, one at most."""
        weighed = [self._weighed(title) for title in titles]
        asked = [(held.place, held.sort, held.phrases) for held, _, _ in weighed]
        of_each = self.found.page.links.each("rhold", asked)
        for title, (_, near, (*linear, least)), links in zip(titles, weighed, of_each, strict=True):
            scores = [score + CONTEXT * link.scores[0] for score, link in zip(linear, links, strict=True)]
            holding = [near[k] for _, k in sorted((-score, k) for k, score in enumerate(scores) if score > least)]
            if not title.is_plural or not holding:
                yield holding[:1]
            else:
                yield holding + [n for n in near if n not in holding and self._is_joined(n, holding[0])]

    def _weighed(self, title: Title) -> tuple[Holding, list[Naming], list[int]]:
        """An office, the people named near it, and the scores of the linear model for each of them and for none."""
        sentence = self.document.sentence_of(self.tokens[title.head])
        near = [*nearest(self.namings, sentence, title.first, title.last, _BACK).values()]
        head = self.tokens[head_place(self.tokens, title)]
        others = [draft for draft in self.by_rule.values() if draft.title.head != title.head]
        features = [sorted(set(self._features(title, head, others, naming))) for naming in near]
        features.append([*self._of_none(title, head, near)])
        stated = self.by_rule.get(title.head)
        page, person = self.found.page, stated.person if stated is not None else None
        phrases = phrases_of(near, "person", self.counts)
        held = Holding(person, page.text_of(title.first, title.last), title.head, int(title.is_plural), phrases)
        options = (*(naming.bearer for naming in near), None)
        *people, own = page.links.means([*((n.first, n.last) for n in near), (title.first, title.last)])
        vectors = [*(("person", vector) for vector in people), ("title", own)]
        return held, near, MODELS.scores(Decision("holder", held, options, features, vectors))

    def _is_joined(self, one: Naming, other: Naming) -> bool:
        """Whether *and* joins one person to another: ``Senators Lund and Moe``."""
        token = self.tokens[one.last - 1]
        while token.dep in ("conj", "appos"):
            token = self.document.head(token)
            if other.first <= token.i < other.last:
                return True
        return False

    def _draft(self, title: Title, naming: Naming) -> RoleDraft:
        by_rule = self.by_rule.get(title.head)
        if by_rule is not None and by_rule.person == naming.bearer:
            return by_rule
        held = naming.bearer, rule("actor_roles.holder.weighed", name=self.document.span(naming.first, naming.last))
        return draft_of(self.around, title, held)

    def _features(self, title: Title, governed: Token, others: Sequence[RoleDraft], naming: Naming) -> Iterator[str]:
        tokens = self.tokens
        before, head = naming.last <= title.first, tokens[title.head]
        same = tokens[naming.first].sentence == head.sentence
        side = ("before" if before else "behind" if naming.first >= title.last else "inside") if same else "earlier"
        by_rule = self.by_rule.get(title.head)
        own = f"rule {_how(by_rule)} {by_rule is not None and by_rule.person == naming.bearer}"
        yield from ("pair", own, f"{own} {title.office.sphere}", f"{side} {naming.form}")
        yield from self._of_title(title, governed, side)
        yield f"{side} {governed.dep} {'large' if head.text[0].isupper() else 'small'}"
        yield from self._of_person(title, others, naming, side)
        if same:
            number = _number(title)
            gap = title.first - naming.last if before else naming.first - title.last
            band = next((name for most, name in _GAPS if gap <= most), "far")
            yield f"{side} {number} gap {band}"
            path = self._path(governed, tokens[naming.last - 1])
            yield from (f"path {path}", f"path {path} {number}", f"path {path} {naming.form}")
            if side != "inside":
                yield from self._between(title, naming, side, number)
        else:
            yield f"earlier sentences {min(head.sentence - tokens[naming.first].sentence, 4)}"
            yield f"earlier paragraphs {min(head.paragraph - tokens[naming.first].paragraph, 3)}"

    def _of_none(self, title: Title, head: Token, near: list[Naming]) -> Iterator[str]:
        """What speaks for an office without a holder among the people who are named."""
        yield "none"
        yield from self._of_title(title, head, "none")
        yield f"none {_number(title)} {title.office.sphere}"
        yield from (f"none of {min(len(near), 3)}", f"none by rule {_how(self.by_rule.get(title.head))}")
        yield f"none then {self.tokens[title.last].lower if title.last < len(self.tokens) else ''}"

    def _of_title(self, title: Title, head: Token, side: str) -> Iterator[str]:
        """What an office is, and the words before and above its title, of which ``head`` governs the others."""
        opens = title.first == self.document.sentence_of(self.tokens[title.head]).first
        word = self.tokens[title.first - 1]
        opening = "" if opens else word.lower if len(word.lower) < _LONG else word.pos
        words = f"after {opening}", f"{head.dep} after {opening}", f"under {self.document.head(head).lemma}"
        said = (_number(title), title.office.office, *words, f"qualified {title.qualifier}")
        yield from (f"{side} {what}" for what in said)

    def _of_person(self, title: Title, elsewhere: Sequence[RoleDraft], naming: Naming, side: str) -> Iterator[str]:
        """What the article says elsewhere of a person's offices and country, and of the office's other holders."""
        office, person = title.office, naming.bearer
        holders = {d.person for d in elsewhere if d.title.office.office == office.office}
        yield f"{side} has the office {person in holders}, another {bool(holders - {person})}"
        spheres = {d.title.office.sphere for d in elsewhere if d.person == person}
        yield f"{side} has one of the sphere {office.sphere in spheres} {office.sphere}"
        leader = self.found.leaders.get(person)
        yield f"{side} leader {leader is not None} {office.sphere} {office.unique}"
        yield f"{side} mentions {count_band(self.counts[person])}"
        country = self.found.country_of(person)
        near = range(max(title.first - _STATE_BEFORE, 0), title.first)
        named = [self.around.state_at[i] for i in near if i in self.around.state_at]
        if named and country is not None:
            yield f"{side} of the same state {country in named}"
        yield f"{side} person {self.tokens[naming.last - 1].dep}"

    def _between(self, title: Title, naming: Naming, side: str, number: str) -> Iterator[str]:
        """The words between a title and a name in its sentence."""
        first, last = (naming.last, title.first) if side == "before" else (title.last, naming.first)
        words = self.tokens[first:last]
        if len(words) <= _MOST_WORDS:
            yield f"{side} {number} by {' '.join(t.lower for t in words)}"
        if words:
            yield f"{side} first {words[0].lower}"
            yield f"{side} last {words[-1].lower}"
        yield f"{side} across verb {any(t.pos in ('VERB', 'AUX') for t in words)}"
        yield f"{side} across mark {any(t.text in _MARKS for t in words)}"
        yield f"{side} across commas {min(sum(t.text == ',' for t in words), 3)}"
        people = {n.bearer for n in self.namings if first <= n.first < last and n.bearer != naming.bearer}
        yield f"{side} {number} across people {min(len(people), 2)}"
        titles = sum(t.head != title.head and first <= t.head < last for t in self.around.titles.values())
        yield f"{side} across titles {min(titles, 2)}"

    def _path(self, title: Token, name: Token) -> str:
        """The dependencies from a title's head up to the token above both, and down to the name's."""
        up, down = [title, *self.document.ancestors(title)], [name, *self.document.ancestors(name)]
        above = {token.i for token in down}
        shared = next((t for t in up if t.i in above), None)
        rising = [t.dep for t in takewhile(lambda t: t is not shared, up)]
        falling = [t.dep for t in takewhile(lambda t: t is not shared, down)]
        if len(rising) + len(falling) > _LONGEST_PATH:
            return "long"
        top = shared.pos if shared is not None else "none"
        return f"{'<'.join(rising)} {top} {'>'.join(reversed(falling))}"


def _number(title: Title) -> str:
    return "plural" if title.is_plural else "singular"


def _how(by_rule: RoleDraft | None) -> str:
    """By which rule someone holds an office."""
    return by_rule.rules["actor_id"].id.rpartition(".")[2] if by_rule is not None else "none"


def phrases_of(namings: Iterable[Naming], kind: str, counts: Mapping[str, int]) -> tuple[Phrase, ...]:
    """The mentions of persons or bodies as phrases from which the encoder chooses."""
    return tuple(
        Phrase(n.first, n.last, mention_kind(kind, n.form), n.bearer, frequency(counts[n.bearer])) for n in namings
    )
