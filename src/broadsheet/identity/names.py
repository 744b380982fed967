"""Normalizes names for comparison across articles, and builds the keys for looking up short forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from broadsheet.base.slugs import ascii_of, slug_of
from broadsheet.reference import mapping, table
from broadsheet.reference.geography import countries, country_names, demonyms
from broadsheet.reference.names import body_slug, is_acronym, is_generic, person_slug, puts_family_first, words_of
from broadsheet.reference.organizations import head_of, known_organizations, without_suffix, words_of_body
from broadsheet.reference.people import given_names, leaders, surname_particles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_REMEMBERED = 50_000
"""Size of the caches of parsed names: most articles share a few."""
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})
_ARTICLES = ("al-", "el-", "ad-", "ar-", "as-", "ash-", "an-", "at-", "az-")
_VOWELS = frozenset("aeiouy")
_NO_CONTENT = frozenset({"of", "the", "and", "for", "on", "affairs"})
"""Words that other names of the same office may omit (Ministry of Foreign Affairs, Foreign Ministry)."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, folded for comparison: ASCII, lower case, one spelling for variants.

    Attributes:
        given: First given name; empty if only a family name, or one name, is known.
        middles: The names between it and the family name.
        family: Family name without particles and articles; the lookup key of the person.
        suffix: ``jr``, ``ii`` and the like, which distinguish a son from his father.
    """

    given: str
    middles: tuple[str, ...]
    family: str
    suffix: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it is a single name."""
        return not self.given

    @property
    def is_spelled(self) -> bool:
        """Whether any given name is written out."""
        return any(len(word) > 1 for word in (self.given, *self.middles))

    @property
    def usual(self) -> str:
        """The full form of the given name (William for Bill)."""
        return mapping("given_name_short_forms", "given_name").get(self.given, self.given)


@cache
def _folds(place: str) -> tuple[tuple[str, str], ...]:
    return tuple((row["printed"], row["folded"]) for row in table("spelling_folds") if row["place"] == place)


def fold_given(word: str) -> str:
    """A given name in its canonical spelling."""
    word = mapping("given_name_spellings", "given_name").get(word, word)
    for printed, folded in _folds("end"):
        if word.endswith(printed):
            return word.removesuffix(printed) + folded
    return word


def fold_family(word: str) -> str:
    """A family name with umlauts and endings folded to one transliteration (Schröder, Schroeder)."""
    for printed, folded in _folds("family"):
        word = word.replace(printed, folded)
    for printed, folded in _folds("end"):
        if word.endswith(printed):
            return word.removesuffix(printed) + folded
    return word


@lru_cache(_REMEMBERED)
def person_name(name: str, slug: str) -> PersonName:
    """Parses a person's name.

    Args:
        name: The printed name.
        slug: The id in the article, which may end with a suffix that the name lacks.
    """
    words = words_of(ascii_of(name.replace("‘", "’"))) or (slug,)
    tail = slug.removesuffix("-person").rpartition("-")[2]
    suffix = tail if tail in _GENERATIONS and len(words) > 1 else ""
    if puts_family_first(words):
        given = "".join(words[1:]).replace("-", "")
        return PersonName(fold_given(given), (), fold_family(words[0]), suffix)
    family = _bare(words[-1])
    before = [part for word in words[:-1] for part in _initials(word)]
    while before and (before[-1] in surname_particles() or before[-1] == ""):
        if len(before) == 1 and before[0] in given_names():  # Ben and Al are given names if no other word is
            break
        before.pop()
    given_words = [fold_given(part) for word in before for part in word.split("-") if part]
    return PersonName(given_words[0] if given_words else "", tuple(given_words[1:]), fold_family(family), suffix)


def _initials(word: str) -> tuple[str, ...]:
    """The word, or two initials that are printed without a space (HW)."""
    return tuple(word) if len(word) == 2 and word.isalpha() and not _VOWELS & set(word) else (word,)


def _bare(word: str) -> str:
    return word.partition("-")[2] if word.startswith(_ARTICLES) else word


def one_fits(first: str, second: str) -> bool:
    """Whether two given names are compatible: equal, or one is the other's initial."""
    return (
        first == second
        or (len(first) == 1 and second.startswith(first))
        or (len(second) == 1 and first.startswith(second))
    )


def middles_fit(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether middle names are compatible; each may be missing."""
    return all(one_fits(a, b) for a, b in zip(first, second, strict=False))


def is_part_of(part: PersonName, whole: PersonName) -> bool:
    """Whether a name of initials, or of two family names, can be part of another.

    *J. Smith* and *J. D. Smith* are parts of *John Smith*, *López Obrador* of *Andrés Manuel López Obrador*.
    """
    if part.suffix != whole.suffix or not whole.is_spelled:
        return False
    if not part.is_spelled:
        return one_fits(part.given, whole.given) and middles_fit(part.middles, whole.middles)
    return bool(
        not part.middles and whole.middles and part.given == whole.middles[-1] and part.given not in given_names()
    )


@cache
def known_leaders() -> frozenset[str]:
    """Slugs of the heads of state and government in the reference table."""
    return frozenset(slug_of(leader.leader) for leader in leaders())


@cache
def known_bodies() -> Mapping[str, str]:
    """Slug to sphere of the organizations in the reference table."""
    return {slug_of(name): known.sphere for name, known in known_organizations().items()}


@lru_cache(_REMEMBERED)
def person_base(name: str, slug: str) -> str:
    """The slug of a person without the ending that an article adds to distinguish two actors."""
    if slug in known_leaders():
        return slug
    kept = _without_kind(slug, name, "person")
    if kept == slug_of(name):
        return person_slug(name)
    return kept


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name for comparison.

    Attributes:
        key: Key that the names of one body share.
        base: The slug before homonyms are distinguished.
        is_known: Whether it is in the reference table and always means this body.
        is_generic: Whether the name only says what kind of office it is.
        is_short: Whether it is one word, which may be the short form of a longer name.
        is_acronym: Whether it is printed as an abbreviation.
        is_official: Whether it is an organ of a state or a party, whose country is where the article is set.
        is_company: Whether its last word says that it is a company.
    """

    key: str
    base: str
    is_known: bool
    is_generic: bool
    is_short: bool
    is_acronym: bool
    is_official: bool
    is_company: bool


_OF_STATES = frozenset({"government", "legislature", "military", "party"})


@lru_cache(_REMEMBERED)
def body_name(name: str, slug: str, kind: str, country_code: str | None) -> BodyName:
    """Parses a body's name.

    Args:
        name: The printed name.
        slug: The id in the article.
        kind: ``organization`` or ``group``.
        country_code: Its country.
    """
    kept = slug if slug in known_bodies() else _without_kind(slug, name, kind)
    if (known := known_bodies().get(kept)) is not None:
        official = known in _OF_STATES
        own = [w for w in kept.split("-") if w not in _demonyms_of(country_code)]
        generic = official and is_generic(" ".join(own))
        key = _generic_key(own) if generic else kept
        return BodyName(key, kept, not official, generic, False, False, official, known == "company")
    words = words_of_body(ascii_of(name)) or (kept,)
    own = [w for w in words if w not in _demonyms_of(country_code)] or list(words)
    generic = is_generic(name) or is_generic(" ".join(own))
    heads = [head for w in (words[-1], _head_word(words)) if (head := head_of(w)) is not None]
    official = any(head.sphere in _OF_STATES for head in heads)
    company = bool(heads) and heads[0].sphere == "company"
    if generic:
        return BodyName(_generic_key(own), kept, False, True, False, False, official, company)
    plain = slug_of(name)
    if country_code is not None and kept == f"{plain}-{country_code.lower()}":
        kept = body_slug(name, country_code)
    short = without_suffix(words)
    key = " ".join(short)
    return BodyName(key, kept, False, False, len(short) == 1, is_acronym(name), official, company)


def _generic_key(words: Iterable[str]) -> str:
    """The key shared by the names of one office: its content words, sorted."""
    return "-".join(sorted(w for w in words if w not in _NO_CONTENT)) + " of a state"


def _head_word(words: tuple[str, ...]) -> str:
    return words[words.index("of", 1) - 1] if "of" in words[1:] else words[-1]


@cache
def _demonyms_of(country_code: str | None) -> frozenset[str]:
    """The words for a country in the names of its bodies."""
    if country_code is None:
        return frozenset()
    found = {word for word, row in demonyms().items() if row.country_code == country_code}
    if country_code in countries():
        found.add(countries()[country_code].name.lower())
    found.update(name.replace(".", "") for name, row in country_names().items() if row.country_code == country_code)
    return frozenset(found)


def short_key(printed: str) -> str:
    """The key by which a short form of a body is looked up."""
    return " ".join(without_suffix(words_of_body(ascii_of(printed))))


def _without_kind(slug: str, name: str, kind: str) -> str:
    """The slug without the kind that an article adds if another of its actors has the same slug."""
    ending = f"-{kind}"
    return slug.removesuffix(ending) if slug.endswith(ending) and not slug_of(name).endswith(ending) else slug
