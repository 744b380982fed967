"""Companies with a rate of their own: what they face or pay, and what is set *for* or *on* them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.lexicon import word_set
from broadsheet.reference.organizations import known_organizations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex, Mention
    from broadsheet.extraction.tariffs.rates import Rate

_FOR = re.compile(r" (?:for|on|against) (?:the )?(?:exporter |producer |maker )?")
_GAP = re.compile(r",? (?:one of |at |to |with |got |gets )?")
"""What stands between a company and its rate where the verb is left out."""
_STEPS = 6
"""Maximum number of steps up the tree from a rate to the verb that a company bears it by."""


def companies_of(document: Document, cast: EntityIndex, rates: Sequence[tuple[Rate, int, int]]) -> dict[int, Mention]:
    """Where each rate of a company begins, to the company.

    Args:
        document: The analysed article.
        cast: Its actors.
        rates: Its rates, each with its first and last (exclusive) token.
    """
    out: dict[int, Mention] = {}
    listing: int | None = None
    for rate, first, last in rates:
        sentence = document.sentences[document.tokens[first].sentence]
        bodies = [m for m in cast.within(sentence.first, sentence.last) if _is_company(cast, m)]
        found = next((m for m in bodies if _FOR.fullmatch(document.text, rate.span.end, m.span.start)), None)
        if found is None and listing == sentence.index:
            found = next((m for m in bodies if _GAP.fullmatch(document.text, m.span.end, rate.span.start)), None)
        elif found is None:
            found = _subject(document, bodies, document.tokens[last - 1])
        if found is not None:
            out[rate.span.start], listing = found, sentence.index
    return out


def _is_company(cast: EntityIndex, mention: Mention) -> bool:
    """Whether a mention names a body that is no state, union or body of states."""
    actor = cast.actor(mention.actor_id)
    known = known_organizations().get(actor.name)
    is_state = known is not None and known.sphere in ("intergovernmental", "government")
    is_union = actor.country_code is not None and cast.country_actor(actor.country_code) == mention.actor_id
    return actor.kind == "organization" and not is_state and not is_union


def _subject(document: Document, bodies: Sequence[Mention], rate: Token) -> Mention | None:
    """The only body in the subject of the verb that a rate is borne by: *Acme's steel faces a duty of 12%*."""
    verbs = [t for t in islice(document.ancestors(rate), _STEPS) if t.pos in ("VERB", "AUX")]
    subject = next((t for verb in verbs for t in document.children(verb, "nsubj", "nsubjpass")), None)
    if subject is None or not _bears(document, verbs[0]):
        return None
    named = list(_inside(document, bodies, subject))
    return named[0] if len({m.actor_id for m in named}) == 1 else None


def _bears(document: Document, verb: Token) -> bool:
    """Whether a verb says that its subject bears a duty."""
    if document.child(verb, "neg") is not None:
        return False
    is_passive = document.child(verb, "nsubjpass") is not None
    return verb.lemma in word_set("borne" if is_passive else "bearing")


def _inside(document: Document, bodies: Sequence[Mention], subject: Token) -> Iterator[Mention]:
    """The bodies in a noun phrase; of a relative pronoun, those that it stands for."""
    if subject.tag in ("WDT", "WP"):
        clause = document.head(subject)
        subject = document.head(clause) if clause.dep == "relcl" else subject
    first, last = document.edges(subject)
    named = [m for m in bodies if first <= m.first and m.last <= last and m.form != "pronoun"]
    return (m for m in named if document.tokens[m.last - 1].dep != "compound")  # Acme's, not Acme products
