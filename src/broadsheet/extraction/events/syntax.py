"""The arguments of a verb, whatever the construction: passive, relative clause, participle, control, coordination."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extraction.events.lexicon import controls_object, is_a, is_people, is_quantity

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token

RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
SUBJECT = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
VERBAL = frozenset({"VERB", "AUX"})

DASHES = frozenset({"—", "–", "--", "-"})
_DATELINE = 2
_DEPTH = 6
_CALLING = frozenset({"call", "describe", "term", "see", "regard", "characterise", "characterize", "consider", "label"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb and its arguments, as in the active voice.

    Attributes:
        verb: The head of the clause.
        passive: Whether the clause is passive.
        subjects: Heads of the phrases that act.
        objects: Heads of the phrases that are acted upon.
        datives: Heads of the indirect objects.
        prepositions: Preposition in lower case (``out of`` for two) and the head of its object.
        complement: Head of the complement clause.
        particles: Particles of the verb (``off`` of ``call off``).
    """

    verb: Token
    passive: bool
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]
    datives: tuple[Token, ...]
    prepositions: tuple[tuple[str, Token], ...]
    complement: Token | None
    particles: frozenset[str]


@dataclass(slots=True)
class Syntax:
    """The frames of a document's verbs, each worked out once.

    Attributes:
        document: The analysed article.
        levies: Whether the article tells of duties, so that a bare *rate* is one of theirs.
    """

    document: Document
    levies: bool = False
    _frames: dict[int, Frame] = field(default_factory=dict)

    def frame(self, verb: Token) -> Frame:
        """The arguments of ``verb``."""
        found = self._frames.get(verb.i)
        if found is None:
            found = self._frames[verb.i] = self._build(verb)
        return found

    def conjuncts(self, token: Token) -> tuple[Token, ...]:
        """The token and what is coordinated with it behind it."""
        out = [token]
        for current in out:
            out.extend(c for c in self.document.children(current, "conj") if c not in out)
            out.extend(c for c in self.document.children(current, "appos") if self._listed(current, c) and c not in out)
            if len(out) > 24:
                break
        return tuple(out)

    def _listed(self, first: Token, second: Token) -> bool:
        """``Chad, Mali and Niger``, of which the model makes an apposition with something coordinated to it."""
        names = first.ent == "GPE" and second.ent == "GPE"
        return names and self.document.child(second, "conj") is not None

    def core(self, noun: Token) -> Token:
        """The noun that says what a phrase is of: ``talks`` of ``a round of talks``."""
        for _ in range(_DEPTH):
            if not is_quantity(noun.lemma) and noun.pos != "NUM" and not self._great_deal(noun):
                break
            inner = self._of(noun) or self._in_kind(noun)
            if inner is None:
                break
            noun = inner
        return noun

    def _great_deal(self, noun: Token) -> bool:
        return noun.lemma == "deal" and any(c.lower in ("good", "great") for c in self.document.children(noun, "amod"))

    def _of(self, noun: Token) -> Token | None:
        for prep in self.document.children(noun, "prep"):
            if prep.lower == "of":
                return self.document.child(prep, "pobj")
        return None

    def _in_kind(self, noun: Token) -> Token | None:
        """``$3 million in aid``: what a sum consists of."""
        for prep in self.document.children(noun, "prep"):
            inner = self.document.child(prep, "pobj")
            if prep.lower == "in" and noun.pos == "NUM" and inner is not None and is_a(inner.lemma, "aid"):
                return inner
        return None

    def is_passive(self, verb: Token) -> bool:
        """Whether the clause of ``verb`` is passive, a bare participle behind a noun included."""
        while (found := self._own_passive(verb)) is None:
            verb = self.document.head(verb)
        return found

    def _own_passive(self, verb: Token) -> bool | None:
        """Whether a verb is passive by itself; None where that is decided by the verb that it is joined to."""
        doc = self.document
        if doc.child(verb, "auxpass", "nsubjpass", "csubjpass") is not None:
            return True
        if verb.tag != "VBN":
            return False
        if doc.child(verb, "nsubj") is not None and doc.child(verb, "dobj") is not None:
            return False  # extended by two years its duty
        if doc.child(verb, "agent") is not None:
            return True
        if verb.dep == "acl":
            return True
        has_aux = doc.child(verb, "aux") is not None
        if verb.dep == "advcl":
            return not has_aux and doc.child(verb, "nsubj", "dobj") is None
        if verb.dep == "conj" and not has_aux and doc.child(verb, *SUBJECT) is None:
            head = doc.head(verb)
            return None if head.tag == "VBN" and head.i != verb.i else False
        return False

    def surface_subjects(self, verb: Token, depth: int = _DEPTH) -> tuple[Token, ...]:
        """Heads of the phrases that stand as subject, also where it is understood."""
        doc = self.document
        own = doc.child(verb, *SUBJECT)
        if own is not None:
            # Of two subjects the model has taken a dateline for the first.
            own = next((c for c in reversed(list(doc.children(verb, *SUBJECT))) if own.i < c.i < verb.i), own)
            if own.dep == "expl":
                attr = doc.child(verb, "attr")
                return self.conjuncts(attr) if attr is not None else ()
            if own.lower in RELATIVE and self._relative_clause(verb) is not None:
                return self._antecedent(verb)
            return self.conjuncts(self._behind_dateline(own))
        for aux in doc.children(verb, "aux"):  # had in April booked: the subject hangs on the auxiliary
            if aux.i < verb.i and (own := doc.child(aux, "nsubj")) is not None:
                return self.conjuncts(own)
        if (named := self._bare_subject(verb)) is not None:
            return self.conjuncts(named)
        if not depth or verb.head == verb.i:
            return ()
        head = doc.head(verb)
        match verb.dep:
            case "relcl":
                return self._antecedent(verb)
            case "acl":
                if verb.tag == "VBN":
                    return self.conjuncts(head) if head.dep != "conj" else (head,)
                if verb.tag == "VBG" and (head.pos == "PROPN" or is_people(head)):
                    return self.conjuncts(head)
                return self._noun_agents(head, depth)
            case "conj":
                over = self._resumed(verb, head)
                if over.pos not in VERBAL and verb.tag == "VB":  # from 100 pct and lower …
                    over = next((a for a in doc.ancestors(over) if a.pos in VERBAL), over)
                return self.surface_subjects(over, depth - 1) if over.pos in VERBAL else ()
            case "xcomp" | "ccomp" | "advcl" | "prep" | "dep" | "oprd":
                return self._controller(head, verb, depth)
            case "pcomp":
                return self._around_preposition(head, verb, depth)
        return ()

    def _bare_subject(self, verb: Token) -> Token | None:
        """``Peru, the second-largest seller, last week halved``: the name that the model takes for an adverbial."""
        if verb.tag not in ("VBD", "VBZ", "VBP"):
            return None
        for child in self.document.children(verb, "npadvmod"):
            if child.i < verb.i and child.pos == "PROPN" and child.ent in ("GPE", "ORG", "NORP", "PERSON"):
                return child
        return None

    def _resumed(self, verb: Token, head: Token) -> Token:
        """``He said they are idle, and blamed Peru``: a past tense goes on with the verb of saying, not the said."""
        over = self.document.head(head)
        said = head.dep == "ccomp" and over.tag == "VBD" and over.i < head.i
        return over if said and verb.tag == "VBD" and (head.tag != "VBD" or head.lemma == "be") else head

    def _behind_dateline(self, subject: Token) -> Token:
        """``LIMA, May 3 — Peru said``: the model takes the place for the subject and the subject for its apposition."""
        document = self.document
        if subject.i - document.sentence_of(subject).first > _DATELINE:
            return subject
        dash = next((c for c in document.children(subject, "punct") if c.text in DASHES), None)
        if dash is None:
            return subject
        return next((c for c in document.children(subject, "appos") if c.i > dash.i), subject)

    def _controller(self, head: Token, verb: Token, depth: int) -> tuple[Token, ...]:
        """The understood subject of a clause under the verb ``head``."""
        if head.pos not in VERBAL:
            return self._noun_agents(head, depth) if head.pos in ("NOUN", "PROPN") else self._adjective(head, depth)
        if verb.dep != "advcl" and controls_object(head.lemma):
            if self.is_passive(head):
                return self.surface_subjects(head, depth - 1)
            objects = self._surface_objects(head)
            if objects:
                return objects
        return self.surface_subjects(head, depth - 1)

    def _adjective(self, head: Token, depth: int) -> tuple[Token, ...]:
        """Subject of ``ready to sign``: that of the verb over the adjective."""
        over = self.document.head(head)
        return self.surface_subjects(over, depth - 1) if over.i != head.i and over.pos in VERBAL else ()

    def _around_preposition(self, preposition: Token, verb: Token, depth: int) -> tuple[Token, ...]:
        over = self.document.head(preposition)
        if over.dep == "prep" and over.i != preposition.i:
            over = self.document.head(over)
        if over.pos not in VERBAL:
            return self._noun_agents(over, depth) if over.pos in ("NOUN", "PROPN") else ()
        if controls_object(over.lemma) and preposition.lower in ("of", "for", "from", "with", "into", "over"):
            if self.is_passive(over):
                return self.surface_subjects(over, depth - 1)
            objects = self._surface_objects(over)
            if objects and objects[0].i < verb.i:
                return objects
        return self.surface_subjects(over, depth - 1)

    def _noun_agents(self, noun: Token, depth: int) -> tuple[Token, ...]:
        """Who does what a noun names (``its decision to ban``): possessor, else the subject of the verb over it."""
        doc = self.document
        owner = doc.child(noun, "poss")
        if owner is not None:
            return self.conjuncts(owner)
        for prep in doc.children(noun, "prep"):
            if prep.lower in ("by", "from"):
                inner = doc.child(prep, "pobj")
                if inner is not None:
                    return self.conjuncts(inner)
        over = doc.head(noun)
        if over.i != noun.i and over.pos in VERBAL and noun.dep in ("dobj", "attr", "nsubjpass"):
            if noun.dep == "nsubjpass":
                return self._agents(over)
            return self.surface_subjects(over, depth - 1)
        return (noun,)

    def _relative_clause(self, verb: Token) -> Token | None:
        """The verb that is attached as relative clause: ``verb`` or, in coordination, the one before it."""
        for _ in range(_DEPTH):
            if verb.dep == "relcl":
                return verb
            if verb.dep not in ("conj", "ccomp", "xcomp") or verb.head == verb.i:
                return None
            verb = self.document.head(verb)
        return None

    def _antecedent(self, verb: Token) -> tuple[Token, ...]:
        clause = self._relative_clause(verb)
        if clause is None:
            return ()
        noun = self._larger(clause, self.document.head(clause))
        return self.conjuncts(noun) if noun.dep != "conj" else (noun,)

    def _larger(self, clause: Token, noun: Token) -> Token:
        """``an offer to visit Peru, which he took``: a clause behind a comma takes up the whole phrase."""
        document = self.document
        first = document.tokens[document.edges(clause)[0]]
        over = document.head(noun)
        behind_comma = first.i > 0 and document.tokens[first.i - 1].text == ","
        if first.lower == "which" and behind_comma and over.dep == "acl" and over.pos == "VERB":
            return document.head(over)
        return noun

    def _surface_objects(self, verb: Token) -> tuple[Token, ...]:
        found = self.document.child(verb, "dobj")
        if found is None:
            return ()
        if found.lower in RELATIVE and self._relative_clause(verb) is not None:
            return self._antecedent(verb)
        return self.conjuncts(found)

    def _agents(self, verb: Token) -> tuple[Token, ...]:
        out: list[Token] = []
        by = list(self.document.children(verb, "agent", "prep"))
        by.extend(c for prep in tuple(by) for c in self.document.children(prep, "conj"))
        for prep in by:
            if prep.lower == "by":
                inner = self.document.child(prep, "pobj")
                if inner is not None:
                    out.extend(self.conjuncts(inner))
        return tuple(out)

    def _build(self, verb: Token) -> Frame:
        doc = self.document
        passive = self.is_passive(verb)
        subjects = self.surface_subjects(verb)
        objects = self._surface_objects(verb)
        datives: list[Token] = []
        prepositions: list[tuple[str, Token]] = []
        complement: Token | None = None
        particles: set[str] = set()
        for child in doc.children(verb):
            match child.dep:
                case "dative":
                    if child.pos == "ADP":
                        inner = doc.child(child, "pobj")
                        if inner is not None:
                            prepositions.extend((child.lower, t) for t in self.conjuncts(inner))
                    else:
                        datives.extend(self.conjuncts(child))
                case "prep":
                    self._preposition(child, "", prepositions, particles)
                case "prt":
                    particles.add(child.lower)
                case "advmod":
                    if child.lower in ("out", "up", "down", "off", "away", "back", "in", "apart", "ablaze"):
                        particles.add(child.lower)
                        for inner in doc.children(child, "prep"):
                            self._preposition(inner, child.lower, prepositions, particles)
                case "xcomp" | "ccomp":
                    if complement is None or child.i > verb.i > complement.i:
                        complement = child
                case "agent" if not passive:
                    self._preposition(child, "", prepositions, particles)
        if passive:
            surface, subjects = subjects, self._agents(verb)
            if objects:
                datives = [*surface, *datives]
            else:
                objects = surface
            prepositions = [p for p in prepositions if p[0] != "by"]
        elif not objects:
            objects = (
                self._up_to(verb)
                or self._relativised_object(verb)
                or self._denounced(verb)
                or self._free_relative(complement)
            )
        return Frame(
            verb, passive, subjects, objects, tuple(datives), tuple(prepositions), complement, frozenset(particles)
        )

    def _denounced(self, verb: Token) -> tuple[Token, ...]:
        """``condemned as unacceptable the raid``: the object that the model takes for part of the ``as`` phrase."""
        if not is_a(verb.lemma, "denouncing"):
            return ()
        for prep in self.document.children(verb, "prep"):
            inner = list(self.document.children(prep, "pobj"))
            if prep.lower == "as" and inner:
                beside = self.document.child(inner[-1], "appos")
                return (beside,) if beside is not None else (inner[-1],)
        return ()

    def _up_to(self, verb: Token) -> tuple[Token, ...]:
        """``will lend up to 3 million kroner``: the sum that the model takes for a place to which one lends up."""
        tokens = self.document.tokens[verb.i + 1 : verb.i + 3]
        if tuple(t.lower for t in tokens) != ("up", "to"):
            return ()
        inner = self.document.child(tokens[1], "pobj")
        counted = inner is not None and (inner.pos == "NUM" or self.document.child(inner, "nummod") is not None)
        return (inner,) if inner is not None and counted else ()

    def _free_relative(self, clause: Token | None) -> tuple[Token, ...]:
        """``praised what it called Peru's restraint``: what the clause says the thing is."""
        if clause is None or clause.lemma not in _CALLING or clause.pos != "VERB":
            return ()
        if not any(c.lower == "what" for c in self.document.children(clause, "dobj", "nsubj", "attr")):
            return ()
        named = self.document.child(clause, "oprd", "attr")
        if named is not None and named.pos in ("NOUN", "PROPN"):
            return (named,)
        for prep in self.document.children(clause, "prep"):
            inner = self.document.child(prep, "pobj")
            if prep.lower == "as" and inner is not None:
                return (inner,)
        return ()

    def _preposition(self, prep: Token, before: str, out: list[tuple[str, Token]], particles: set[str]) -> None:
        doc = self.document
        pending = [(prep, before)]
        while pending:
            prep, before = pending.pop()
            if before == "according":
                continue
            name = f"{before} {prep.lower}".strip()
            inner = doc.child(prep, "pobj")
            if inner is not None:
                out.extend((name, t) for t in self.conjuncts(inner))
                if before:
                    out.extend((prep.lower, t) for t in self.conjuncts(inner))
                continue
            nested = list(doc.children(prep, "prep"))
            if nested or doc.child(prep, "pcomp") is None:
                particles.add(prep.lower)
            # A name of more words than this is in no table.
            pending.extend((child, name) for child in reversed(nested) if name.count(" ") < _DEPTH)

    def _relativised_object(self, verb: Token) -> tuple[Token, ...]:
        """``the sanctions that Japan lifted``: the noun before, where the clause has a subject and no object."""
        if verb.dep != "relcl" or self.document.child(verb, *SUBJECT) is None:
            return ()
        own = self.document.child(verb, *SUBJECT)
        if own is not None and own.lower in RELATIVE:
            return ()
        if any(c.lower in ("where", "when", "why") for c in self.document.children(verb)):
            return ()
        noun = self.document.head(verb)
        return (noun,)
