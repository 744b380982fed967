"""What the finders of events share about one document."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extraction.events.event_mention import Taken
from broadsheet.extraction.events.lexicon import is_a, operators, verb_senses
from broadsheet.extraction.events.parties import Parties
from broadsheet.extraction.events.party import Party, placed
from broadsheet.extraction.events.roles import Roles
from broadsheet.extraction.events.syntax import Syntax

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.tables.rows import TariffRow


_NAMINGS = 50
"""Among how many nouns that name the same thing one is sought that says whose it is."""


def _thing(noun: Token) -> str:
    """What a noun names, as far as one takes up another."""
    return "agreement" if is_a(noun.lemma, "agreement") else noun.lemma


@dataclass(slots=True)
class Scene:
    """A document and its cast, with what the finders look up in them."""

    document: Document
    cast: EntityIndex
    tariffs: tuple[TariffRow, ...] = ()
    syntax: Syntax = field(init=False)
    parties: Parties = field(init=False)
    roles: Roles = field(init=False)
    taken: Taken = field(default_factory=Taken)
    _named: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.syntax = Syntax(self.document, levies=bool(self.tariffs))
        self.parties = Parties(self.document, self.cast, self.syntax)
        self.roles = Roles(self.document, self.syntax, self.parties)

    def named_before(self, noun: Token) -> list[Token]:
        """The nouns before one that name such a thing as it does, the nearest first; all agreements are one thing."""
        if not self._named:
            for token in self.document.tokens:
                if token.pos == "NOUN":
                    self._named.setdefault(_thing(token), []).append(token.i)
        places = self._named.get(_thing(noun), [])
        before = bisect_left(places, noun.i)
        return [self.document.tokens[i] for i in reversed(places[max(0, before - _NAMINGS) : before])]

    def accuser(self, verb: Token, sentences: int = 1) -> tuple[Party, ...]:
        """Who made the charge that a clause takes up: the last who accuses or says something before it."""
        document = self.document
        first = document.sentences[max(0, verb.sentence - sentences)].first
        for other in reversed(document.tokens[first : verb.i]):
            if other.lower == "according" and (found := self._according(other)):
                return found
            if other.pos != "VERB" or other.paragraph < verb.paragraph - 1:
                continue
            charges = any(p.type == "ACCUSE" for p in verb_senses(other.lemma))
            if charges or "say" in operators(other.lemma, frozenset()):
                found = self.parties.all_of(self.syntax.surface_subjects(other))
                if found:
                    return placed(found, "speaker_before")
        return ()

    def _according(self, word: Token) -> tuple[Party, ...]:
        """``injuring three, according to Lima``: whose word it is."""
        to = self.document.child(word, "prep")
        inner = self.document.child(to, "pobj") if to is not None else None
        return placed(self.parties.of(inner), "according_to") if inner is not None else ()

    def imposer(self, verb: Token) -> tuple[Party, ...]:
        """Whose measure a verb lifts or imposes that names nobody: the imposer of the row whose clause it stands in."""
        for row in self.tariffs:
            if row.char_start <= verb.start < row.char_end:
                actor_id = self.cast.country_actor(row.imposer_code)
                named = [m for m in self.cast.mentions if m.actor_id == actor_id]
                if named:
                    chosen = next((m for m in reversed(named) if m.first < verb.i), named[0])
                    return (Party(chosen.actor_id, chosen.span, chosen.form, slot="imposer_of_row"),)
        return ()

    def clause_of(self, token: Token) -> Token:
        """The verb whose clause the token stands in; the token itself where there is none."""
        return next((a for a in self.document.ancestors(token) if a.pos in ("VERB", "AUX")), token)

    def take(self, token: Token, owner: Token) -> None:
        """Takes the subtree of ``token``, save relative clauses behind a comma, which tell something of their own."""
        tokens = self.document.tokens
        first, last = self.document.edges(token)
        for clause in tokens[first:last]:
            if clause.dep != "relcl" or clause.i <= owner.i:
                continue
            start, end = self.document.edges(clause)
            over = self.document.head(clause)
            if over.dep == "appos":
                start = max(first, self.document.edges(over)[0])
            told = clause.tag == "VBD" and self.document.child(clause, "nsubj") is not None
            if start > first and (tokens[start - 1].text == "," or told):
                self.taken.range(first, start, owner)
                first = max(first, end)
        self.taken.range(first, last, owner)
