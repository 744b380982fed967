"""Checks words that a row copies from the text, and words that triggered a lexicon rule."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

from broadsheet.quality.validation.readings.names import PRONOUNS, is_loud, plain_words
from broadsheet.quality.validation.readings.rows import short
from broadsheet.reference import mapping
from broadsheet.reference.trade import measures_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.quality.validation.readings.rows import Reading, Row

_MARKS = frozenset("\"'`´„‚〝〞〟＂＇")
_PAIRS = {"“": "”“", "„": "“”", "‘": "’", "«": "»", "»": "«", "‹": "›", "`": "'´", "〝": "〞〟"}
_CONTRACTED = {
    "'m": ("be",),
    "'re": ("be",),
    "'s": ("be", "have"),
    "'ve": ("have",),
    "'d": ("have", "would"),
    "'ll": ("will",),
}
"""Maps contracted verb forms to their possible lemmas."""
_CATEGORIES = frozenset({"Pi", "Pf", "Ps", "Pe"})


def copied(column: str) -> Reading:
    """Checks that the cell equals its evidence, character by character."""

    def read(row: Row) -> str | None:
        words = row.words(column)
        if row[column] is None or not words or row[column] in (*words, " ".join(words)):
            return None
        whole = row.whole(column)
        if whole is not None and row[column] == whole.of(row.text):
            return None
        return f"the text has {short(' … '.join(words))}"

    return read


def marks(row: Row) -> str | None:
    """Checks that a quote has quotation marks or is a block: a whole line, or the text after a speaker's label."""
    span = row.span
    if span is None:
        return None
    before, after = row.text[: span.start][-3:], row.text[span.end : span.end + 3]
    opened = _is_mark(before[-1:]) or _is_mark(before.rstrip()[-1:]) or not before or before[-1:].isspace()
    closed = _is_mark(after[:1]) or _is_mark(after.lstrip()[:1]) or not after or after[:1] == "\n"
    if opened and (closed or _left_open(row.text, before.rstrip()[-1:], span.end)):
        return None
    return f"no marks stand about {short(row.text[max(0, span.start - 3) : span.end + 3])}"


def _is_mark(character: str) -> bool:
    """Whether a character opens or closes a quotation in any script."""
    return bool(character) and (character in _MARKS or category(character) in _CATEGORIES)


def _left_open(text: str, opened: str, end: int) -> bool:
    """Whether the quotation has no closing mark: it ends with its sentence or a comma, or its paragraph has no mark
    that could close it.
    """
    stop = text.find("\n", end)
    rest = text[end : stop if stop >= 0 else len(text)]
    return text[end - 1] in ".?!…," or not any(character in rest for character in _PAIRS.get(opened, opened))


def attribution(row: Row) -> str | None:
    """Checks that ``speaker_text`` is a pronoun if and only if the attribution is ``pronoun``."""
    if row["speaker_text"] is None or row["attribution"] not in ("named", "pronoun"):
        return None
    is_pronoun = row["speaker_text"].lower() in PRONOUNS
    if is_pronoun and is_loud(row["speaker_text"]):
        return None  # ``US`` is a country, not a pronoun
    return None if is_pronoun == (row["attribution"] == "pronoun") else f"the text has {short(row['speaker_text'])}"


def cue(row: Row) -> str | None:
    """Checks that the cue is the lemma of the word at its evidence."""
    words = row.words("cue")
    if row["cue"] is None or not words or any(is_form(row["cue"], word) for word in words):
        return None
    return f"the text has {short(words[0])}"


def is_form(lemma: str, word: str) -> bool:
    """Whether a word can be a form of the lemma: it has the same stem, or is an irregular form."""
    lemma, word = lemma.lower(), word.lower().replace("’", "'")
    if lemma in _CONTRACTED.get(word, ()):
        return True
    stem = lemma[:-1] if lemma[-1:] in "ey" else lemma
    return lemma == word or mapping("irregular_forms", "lemma").get(word) == lemma or word.startswith(stem)


def product(row: Row) -> str | None:
    """Checks that every word of the product is in its evidence."""
    words = row.words("product")
    if row["product"] is None or row["applies_to_id"] is not None or not words:
        return None  # a company's rate shares the product of the neighbouring row
    if plain_words(row["product"]) <= plain_words(" ".join(words)):
        return None
    return f"the text has {short(' … '.join(words))}"


def chapter(row: Row) -> str | None:
    """Checks that the HS chapter is that of the good named by the product or its evidence."""
    known = mapping("goods", "hs_chapter")
    texts = (row["product"] or "", *row.words("hs_chapter"))
    possible = {chapter for words in texts for chapter in _of_goods(words.lower(), known)}
    if row["hs_chapter"] is None or not possible or row["hs_chapter"] in possible:
        return None
    return f"{short(row['product'] or '')} is of chapter {', '.join(sorted(possible))}"


def _of_goods(words: str, known: Mapping[str, str]) -> list[str]:
    return [known[form] for form in (words, words.removesuffix("s"), words.removesuffix("es")) if form in known]


def measure(row: Row) -> str | None:
    """Checks that the measure is one that the words at its evidence name, if they name any."""
    words = row.words("measure")
    possible = measures_named(words[0]) if len(words) == 1 else frozenset()
    if row["measure"] is None or not possible or row["measure"] in possible:
        return None
    return f"{short(words[0])} is {', '.join(sorted(possible))}"
