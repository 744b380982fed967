"""Every place in a document where an event is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events import nouns, stances, stays, verbs
from broadsheet.extraction.events.lexicon import adjective_senses, is_event_noun, is_event_verb
from broadsheet.extraction.events.reality import OBLIGATION
from broadsheet.extraction.events.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.events.event_mention import EventMention
    from broadsheet.tables.rows import TariffRow

_NO_CLAUSE = frozenset({"aux", "auxpass", "amod", "compound"})


def _is_mistaken(document: Document, token: Token) -> bool:
    """Whether the model tags a finite verb as a noun (``when the two meet``)."""
    subject = document.child(token, "nsubj")
    clause = token.dep in ("advcl", "ccomp", "relcl") and token.tag == "NN"
    return clause and subject is not None and subject.i < token.i


def sightings(document: Document, cast: EntityIndex, tariffs: Sequence[TariffRow] = ()) -> list[EventMention]:
    """All tellings of events in reading order, those that another one takes up left out."""
    scene = Scene(document, cast, tuple(tariffs))
    found = scene.parties.definite.told
    tokens = document.tokens
    for token in tokens:
        match token.pos:
            case "NOUN" | "PROPN":
                if is_event_noun(token.lemma):
                    found.extend(nouns.find(scene, token))
                if token.tag[:2] != "VB" and not _is_mistaken(document, token):
                    continue
            case "ADJ":
                if adjective_senses(token.lower) and (stand := stances.find(scene, token)) is not None:
                    found.append(stand)
                continue
            case "AUX":
                if (
                    token.lemma == "be"
                    and token.dep not in _NO_CLAUSE
                    and (stay := stays.find(scene, token)) is not None
                ):
                    found.append(stay)
                continue
            case "VERB":
                pass
            case _:
                continue
        if token.dep in _NO_CLAUSE:
            continue
        told = is_event_verb(token.lemma)
        if told or adjective_senses(token.lower) or any(tokens[c].lower in OBLIGATION for c in token.children):
            stand = stances.find(scene, token)
            if stand is not None:
                found.append(stand)
            elif told:
                found.extend(verbs.find(scene, token))
    return scene.taken.kept(found)
