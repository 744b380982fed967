"""Names that the entity recogniser, or a plain row of capitals, delimits otherwise than the runs of capitals do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.actors.context import count_band, head_sphere
from broadsheet.extraction.actors.names import OF_A_LEADER
from broadsheet.extraction.actors.titles import name_behind
from broadsheet.extraction.models import MODELS, Decision
from broadsheet.reference.organizations import is_head
from broadsheet.reference.people import portfolios

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.extraction.actors.names import Name, Segmenter
    from broadsheet.extraction.actors.page import Page

_LABELS = frozenset({"PERSON", "ORG", "FAC", "PRODUCT", "NORP", "GPE", "LOC"})
_EDGES = frozenset({"the", "'s", "’s", "'", "’", '"', "“", "”", ",", ".", "(", ")", "-", "–", "—", ":", "*"})
_LINKS = frozenset({"of", "for", "the", "and", "on", "in", "to", "at", "'s", "’s", "'", "’", ","})
_CLOSED = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "INTJ", "PUNCT", "NUM", "ADV", "AUX"})
_LONGEST = 12
EASE = 100
"""How much less than what it replaces another span may score, in hundredths; chosen on used-up articles."""


def with_other_spans(page: Page, names: Sequence[Name], segmenter: Segmenter) -> list[Name]:
    """The names, with those of other spans added or put in place of the ones that they overlap."""
    at = {i: name for name in names for i in range(name.first, name.last)}
    kept = {(name.first, name.last): name for name in names}
    apposed = {name_behind(page.document, title) for title in segmenter.titles.values()}
    for first, last, source in _spans(page):
        if last - 1 in apposed and any(t.text == "," for t in page.tokens[first:last]):
            continue  # a body and its head: the secretary of Moe Hall, Ada Lund, said
        if segmenter.origin_of_firm(first, last) is not None or segmenter.place_of_office(first, last):
            continue
        if (first, last) in kept or page.tokens[last - 1].lower in OF_A_LEADER:
            continue
        others = sorted({(n.first, n.last) for i in range(first, last) if (n := at.get(i)) is not None})
        addressed = any(_is_addressed(kept[other]) and first < other[0] and other[1] == last for other in others)
        if addressed and not is_head(page.tokens[last - 1].lower):
            continue  # a form of address is no part of a name: Dr Lund, but Lady Lund Hospital
        hits = [hit for other in others if (hit := kept[other].hit) is not None]
        if any(hit.first <= first and last < hit.last for hit in hits):
            continue  # cuts a name of the reference tables short: McDonald's
        features = set(_features(page, first, last, source, [kept[other] for other in others]))
        subject = page.text_of(first, last), tuple(page.text_of(*other) for other in others)
        means = page.vectors_of([[(first, last)], others] if others else [[(first, last)]])
        vectors = ("span", means[0]), (("other", means[1]) if others else None)
        decision = Decision("span", subject, ("take", "leave"), sets=(features, set()), vectors=vectors)
        take, leave = MODELS.scores(decision)
        if take + EASE <= leave:
            continue
        for other in others:
            name = kept.pop(other)
            for i in range(name.first, name.last):
                del at[i]
        kept[first, last] = name = segmenter.name_at(first, last)
        at.update(dict.fromkeys(range(first, last), name))
    return [kept[key] for key in sorted(kept)]


def _is_addressed(name: Name) -> bool:
    """Whether a form of address, or an abbreviated office (*Rep Lund*), is right before a name."""
    return name.honorific is not None or (name.title is not None and name.title.office.stands_for is not None)


def _spans(page: Page) -> Iterator[tuple[int, int, str]]:
    """First and last (exclusive) token of each other span, and what delimits it; the longest ones first."""
    seen: dict[tuple[int, int], str] = {}
    for entity in page.document.entities:
        if entity.label in _LABELS and entity.last - entity.first <= _LONGEST:
            span = _trimmed(page, entity.first, entity.last)
            if span is not None:
                seen.setdefault(span, entity.label)
    for first, last, source in _plain_runs(page):
        seen.setdefault((first, last), source)
    for (first, last), source in sorted(seen.items(), key=lambda item: (item[0][0] - item[0][1], item[0])):
        if not page.silent.intersection(range(first, last)):
            yield first, last, source


def _plain_runs(page: Page) -> Iterator[tuple[int, int, str]]:
    """Words with capitals in a row: alone, with the small words that link two such rows, and with a noun for a body."""
    tokens = page.tokens
    rows: list[tuple[int, int]] = []
    for place in page.large:
        token = tokens[place]
        opens = place == 0 or tokens[place - 1].sentence != token.sentence
        if not token.text[0].isupper() or (opens and token.pos in _CLOSED) or token.lower in _EDGES:
            continue
        if rows and _goes_on(page, rows[-1][1], place):
            rows[-1] = rows[-1][0], place + 1
        else:
            rows.append((place, place + 1))
    for index, (first, last) in enumerate(rows):
        yield first, last, "row"
        end = last
        for following in rows[index + 1 : index + 4]:
            if not _links(page, end, following[0]):
                break
            end = following[1]
            yield first, end, "rows"
        if is_head(page.word(last)) and tokens[last].sentence == tokens[first].sentence:
            yield first, last + 1, "noun"
        elif page.word(last) in portfolios() and is_head(page.word(last + 1)):
            yield first, last + 2, "noun"


def _goes_on(page: Page, end: int, place: int) -> bool:
    """Whether a word continues a row that ends before token ``end``: at once, or after a hyphen or ``&``."""
    tokens = page.tokens
    if tokens[place].sentence != tokens[end - 1].sentence:
        return False
    return place == end or (place == end + 1 and tokens[end].text in ("-", "&", "‐", "–", "/", "."))


def _links(page: Page, end: int, start: int) -> bool:
    """Whether only small words of names are between two rows: ``Institute for the Study of War``."""
    between = page.tokens[end:start]
    same = page.tokens[start].sentence == page.tokens[end - 1].sentence
    return same and 0 < len(between) <= 2 and all(t.lower in _LINKS for t in between)


def _trimmed(page: Page, first: int, last: int) -> tuple[int, int] | None:
    tokens = page.tokens
    kept = [i for i in range(first, last) if tokens[i].lower not in _EDGES]
    return (kept[0], kept[-1] + 1) if any(tokens[i].text[0].isupper() for i in kept) else None


def _features(page: Page, first: int, last: int, source: str, others: Sequence[Name]) -> Iterator[str]:
    tokens = page.tokens
    words = [t.lower for t in tokens[first:last]]
    known = MODELS.known(page.text_of(first, last))
    where = "headline" if tokens[first].paragraph in page.headline else "text"
    relation = _relation(first, last, others)
    yield f"{where} {relation}"
    yield f"{source} {relation}"
    yield f"{source} in {tokens[last - 1].ent or 'nothing'} {relation}"
    yield f"{source} words={min(len(words), 6)} {relation}"
    yield f"known={known is not None} {relation}"
    yield f"closes {words[-1]}"
    yield f"opens {words[0]}"
    yield f"small start={tokens[first].text[0].islower()}"
    yield f"small end={tokens[last - 1].text[0].islower()}"
    yield f"tags {tokens[first].tag} {tokens[last - 1].tag}"
    yield f"head {head_sphere(words[-1])} {relation}"
    printed = page.lower_of(first, last)
    yield f"printed={count_band(page.lowered.count(printed))} {relation}"
    yield f"before {page.word(first - 1)}"
    yield f"then {page.word(last)}"
    for other in others:
        hit = other.hit.kind if other.hit is not None else "none"
        yield f"over {other.shape} hit {hit} {relation}"
        yield f"over known={MODELS.known(page.text_of(other.first, other.last)) is not None} {relation}"
        if other.title is not None:
            yield f"over titled {relation}"
    covered = {i for other in others for i in range(other.first, other.last)}
    for i in range(first, last):
        if i not in covered:
            yield f"adds {tokens[i].lower}"
            yield f"adds {tokens[i].pos} {'large' if tokens[i].text[0].isupper() else 'small'}"
    for i in sorted(covered - set(range(first, last))):
        yield f"loses {tokens[i].lower}"
        yield f"loses {tokens[i].pos}"


def _relation(first: int, last: int, others: Sequence[Name]) -> str:
    if not others:
        return "new"
    if others[0].first >= first and others[-1].last <= last:
        return "joins" if len(others) > 1 else "extends"
    return "cuts" if len(others) == 1 and others[0].first <= first and others[0].last >= last else "crosses"
