"""Companies with a rate of their own: what they face or pay, and what is set *for* or *on* them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.reference.organizations import known_organizations
from broadsheet.reference.trade import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex, Mention
    from broadsheet.extraction.tariffs.rates import Rate

_FOR = re.compile(r" (?:for|on|against) (?:the )?(?:exporter |producer |maker )?")
_GAP = re.compile(r",? (?:one of |at |to |with |got |gets )?")
"""What stands between a company and its rate where the verb is left out."""
_STATES = frozenset({"intergovernmental", "government"})
_STEPS, _NEAR = 6, 50
"""Steps up the tree from a rate to the verb that a company bears it by, and tokens around it, that are looked at."""


def companies_of(document: Document, cast: EntityIndex, rates: Sequence[tuple[Rate, int, int]]) -> dict[int, Mention]:
    """Where each rate of a company begins, to the company; ``rates`` have their first and last (exclusive) tokens."""
    out: dict[int, Mention] = {}
    listed: dict[str, int] = {}
    listing: int | None = None
    for rate, first, last in rates:
        sentence = document.sentences[document.tokens[first].sentence]
        near = cast.within(max(sentence.first, first - _NEAR), min(sentence.last, last + _NEAR))
        bodies = [m for m in near if listed.get(m.actor_id) != sentence.index and _is_company(cast, m)]
        found = next((m for m in bodies if _FOR.fullmatch(document.text, rate.span.end, m.span.start)), None)
        if found is None and listing == sentence.index:
            found = next((m for m in bodies if _GAP.fullmatch(document.text, m.span.end, rate.span.start)), None)
        elif found is None:
            found = _subject(document, bodies, document.tokens[last - 1])
        if found is not None:
            out[rate.span.start] = found
            listing = listed[found.actor_id] = sentence.index
    return out


def _is_company(cast: EntityIndex, mention: Mention) -> bool:
    """Whether words name a body that is no state, union or body of states."""
    actor = cast.actor(mention.actor_id)
    known = known_organizations().get(actor.name)
    is_state = actor.country_code == "EUU" or (known is not None and known.sphere in _STATES)
    return actor.kind == "organization" and mention.form != "pronoun" and not is_state


def _subject(document: Document, bodies: Sequence[Mention], rate: Token) -> Mention | None:
    """The only body in the subject of the verb that a rate is borne by: *Acme's steel faces a duty of 12%*."""
    verbs = [t for t in islice(document.ancestors(rate), _STEPS) if t.pos in ("VERB", "AUX")]
    subject = next((t for verb in verbs for t in document.children(verb, "nsubj", "nsubjpass")), None)
    if subject is None or document.child(verbs[0], "neg") is not None:
        return None
    is_passive = document.child(verbs[0], "nsubjpass") is not None
    if subject.tag in ("WDT", "WP"):
        subject = document.head(document.head(subject))  # what the clause belongs to
    first, last = document.edges(subject)
    # Acme's goods, not Acme goods
    named = [m for m in bodies if first <= m.first < m.last <= last and document.tokens[m.last - 1].dep != "compound"]
    is_borne = verbs[0].lemma in word_set("borne" if is_passive else "bearing")
    return named[0] if is_borne and len({m.actor_id for m in named}) == 1 else None
