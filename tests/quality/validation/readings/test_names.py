"""Actors and countries of a row against the words at its evidence."""

from __future__ import annotations

from typing import Any

import pytest
from quality.validation.readings.rows import row

from broadsheet.quality.validation.readings.names import (
    can_name,
    code,
    codes_of,
    is_loud,
    link,
    mention,
    name,
    participant,
    plain_words,
)

TEXT = "Ada Lund of Peru met Erik Moe. Chile's trade minister spoke, and she agreed with the Sea Fund in Oslo."
ACTORS: dict[str, tuple[str, str, str | None]] = {
    "ada": ("Ada Lund", "person", "PER"),
    "erik": ("Erik Moe", "person", None),
    "peru": ("Peru", "country", "PER"),
    "chile": ("Chile", "country", "CHL"),
    "fund": ("Sea Fund", "organization", "NOR"),
    "minister": ("trade minister", "person", "CHL"),
}
MENTIONS = [
    ("Ada Lund", "ada", "name"),
    ("Peru", "peru", "name"),
    ("Erik Moe", "erik", "name"),
    ("Chile", "chile", "name"),
    ("she", "ada", "pronoun"),
    ("Sea Fund", "fund", "alias"),
]


def quote(evidence: dict[str, Any], **cells: Any) -> Any:
    """A quote of the article."""
    return row("quotes", TEXT, evidence=evidence, mentions=MENTIONS, actors=ACTORS, **cells)


@pytest.mark.parametrize(
    ("actor", "words", "said"),
    [
        ("ada", "Ada Lund", None),
        ("ada", "Ada", None),
        ("erik", "Ada Lund", "«Ada Lund» names Ada Lund"),
        ("erik", "she agreed", None),
        ("ada", "she agreed", None),
        ("erik", "Ada Lund of Peru", "«Ada Lund of Peru» names Ada Lund, Peru"),
        ("peru", "Ada Lund", None),
        ("fund", "Ada Lund", "«Ada Lund» names Ada Lund"),
        ("fund", "Peru", "«Peru» names Peru"),
        ("peru", "Sea Fund", "«Sea Fund» names Sea Fund"),
        ("chile", "Peru", "«Peru» names Peru"),
        ("minister", "Chile's trade minister", None),
        ("minister", "Chile", "«Chile» names Chile"),
        ("fund", "Chile's trade minister", "«Chile's trade minister» names Chile"),
        ("minister", "Erik Moe. Chile's trade", "«Erik Moe. Chile's trade» names Erik Moe, Chile"),
        ("ada", "spoke", None),
        ("nobody", "Ada Lund", None),
        (None, "Ada Lund", None),
    ],
)
def test_an_actor_at_its_evidence(actor: str | None, words: str, said: str | None) -> None:
    """Words that name another actor alone, and can describe no person of theirs, do not bear a link out."""
    assert link("speaker_id")(quote({"speaker_id": words}, speaker_id=actor)) == said
    cells: dict[str, Any] = {"actor_id": actor}
    part = row("event_participants", TEXT, words, mentions=MENTIONS, actors=ACTORS, **cells)
    assert participant(part) == said


def test_an_actor_without_words() -> None:
    """Without evidence or span nothing is said; of several pieces one that names the actor is enough."""
    assert link("speaker_id")(quote({}, speaker_id="erik")) is None
    assert participant(row("event_participants", TEXT, mentions=MENTIONS, actors=ACTORS, actor_id="erik")) is None
    assert link("speaker_id")(quote({"speaker_id": ["Ada Lund", "Erik Moe"]}, speaker_id="erik")) is None
    two = quote({"speaker_id": ["Ada Lund", "Peru"]}, speaker_id="erik")
    assert link("speaker_id")(two) == "«Ada Lund … Peru» names Ada Lund, Peru"
    all_of_them = quote({"speaker_id": TEXT[:60]}, speaker_id="fund")
    assert (link("speaker_id")(all_of_them) or "").endswith("names Ada Lund, Peru, Erik Moe")


@pytest.mark.parametrize(
    ("value", "words", "said"),
    [
        ("PER", "Peru", None),
        ("CHL", "Peru", "«Peru» names PER"),
        ("CHL", "Chile's trade minister", None),
        ("NOR", "Sea Fund", None),
        ("PER", "Sea Fund", "«Sea Fund» names NOR"),
        ("NOR", "Oslo", None),
        ("PER", "Oslo", "«Oslo» names NOR"),
        ("CHL", "Ada Lund", None),
        ("CHL", "she agreed", None),
        ("CHL", "spoke", None),
        ("NOR", "Erik Moe. Chile", "«Erik Moe. Chile» names CHL"),
        (None, "Peru", None),
    ],
)
def test_a_country_at_its_evidence(value: str | None, words: str, said: str | None) -> None:
    """Words that name another country, and no person, do not bear a code out."""
    given = row("tariffs", TEXT, evidence={"imposer_code": words}, mentions=MENTIONS, actors=ACTORS, imposer_code=value)
    assert code("imposer_code")(given) == said


def test_evidence_of_another_column() -> None:
    """The country of a place follows from the place where it has no evidence of its own."""
    read = code("country_code", "place")
    assert read(row("events", TEXT, evidence={"place": "Oslo"}, country_code="PER")) == "«Oslo» names NOR"
    assert read(row("events", TEXT, evidence={"place": "Oslo"}, country_code="NOR")) is None
    own = {"country_code": "Peru", "place": "Oslo"}
    assert read(row("events", TEXT, evidence=own, country_code="NOR")) == "«Peru» names PER"
    assert read(row("events", TEXT, evidence={"date_text": "Oslo"}, country_code="PER")) is None
    many = {"country_code": "Peru met Erik Moe. Chile's trade minister spoke, and she agreed with the Sea Fund in Oslo"}
    assert (read(row("events", TEXT, evidence=many, country_code="FRA")) or "").endswith("names CHL, NOR, PER")


def test_a_name_with_the_word_before_it() -> None:
    """South before a people can be another country."""
    text = "The South Korean envoy left."
    for value, is_right in (("KOR", True), ("PER", False)):
        given = row("tariffs", text, evidence={"imposer_code": "Korean"}, imposer_code=value)
        assert (code("imposer_code")(given) is None) is is_right
    first = row("tariffs", "Korean envoys left.", evidence={"imposer_code": "Korean"}, imposer_code="PER")
    assert code("imposer_code")(first) is not None


@pytest.mark.parametrize(
    ("given", "words", "said"),
    [
        ("Ada Lund", "Ada Lund", None),
        ("Lund", "Ada Lund", None),
        ("Erik Moe", "Ada Lund", "the text has «Ada Lund»"),
        (None, "Ada Lund", None),
        ("Erik Moe", None, None),
    ],
)
def test_the_name_of_an_actor(given: str | None, words: str | None, said: str | None) -> None:
    """A name is printed, or can stand for what is printed."""
    evidence = {"name": words} if words else {}
    assert name(row("actors", TEXT, evidence=evidence, name=given, kind="person")) == said


@pytest.mark.parametrize(
    ("words", "form", "actor", "said"),
    [
        ("Ada Lund", "name", "ada", None),
        ("Ada Lund", "pronoun", "ada", "the text has «Ada Lund»"),
        ("she", "pronoun", "ada", None),
        ("she", "name", "ada", "the text has «she»"),
        ("she", "description", "ada", None),
        ("Ada Lund", "name", "erik", "«Ada Lund» does not name Erik Moe"),
        ("Ada Lund", "alias", "erik", "«Ada Lund» does not name Erik Moe"),
        ("Ada Lund", "description", "erik", None),
        ("Ada Lund", "name", "nobody", None),
        ("Oslo", "metonym", "fund", None),
        ("Oslo", "metonym", "peru", "«Oslo» does not name Peru"),
    ],
)
def test_the_form_of_a_mention(words: str, form: str, actor: str, said: str | None) -> None:
    """A pronoun is printed as one, and a name can stand for its actor."""
    assert mention(row("mentions", TEXT, words, mentions=MENTIONS, actors=ACTORS, form=form, actor_id=actor)) == said
    assert mention(row("mentions", TEXT, mentions=MENTIONS, actors=ACTORS, form=form, actor_id=actor)) is None


def test_a_name_that_spells_a_pronoun() -> None:
    """The US is no pronoun, and us is."""
    for form in ("name", "pronoun"):
        actors: dict[str, tuple[str, str, str | None]] = {"usa": ("United States", "country", "USA")}
        assert mention(row("mentions", "The US won.", "US", actors=actors, form=form, actor_id="usa")) is None
    assert is_loud("US")
    assert not is_loud("I")
    assert not is_loud("Us")


def test_a_name_in_brackets() -> None:
    """The article itself may give another name of an actor behind its name."""
    text = "The Sea Fund (Havfond) paid. Havfonn did not."
    actors: dict[str, tuple[str, str, str | None]] = {"fund": ("Sea Fund", "organization", None)}
    both = [("Sea Fund", "fund", "name"), ("Havfond", "fund", "alias")]
    for words, is_right in (("Havfond", True), ("Havfonn", False)):
        given = row("mentions", text, words, mentions=both, actors=actors, form="alias", actor_id="fund")
        assert (mention(given) is None) is is_right


@pytest.mark.parametrize(
    ("text", "named", "kind", "country", "can"),
    [
        ("Lund", "Ada Lund", "person", None, True),
        ("lund’s", "Ada Lund", "person", None, True),
        ("Lu", "Ada Lund", "person", None, False),
        ("Lun", "Ada Lund", "person", None, True),
        ("the of", "Bank of Oslo", "organization", None, False),
        ("Northern Sea Fund", "NSF", "organization", None, True),
        ("Northern Sea", "NSF", "organization", None, False),
        ("NSF", "Northern Sea Fund", "organization", None, True),
        ("N.S.F.", "Northern Sea Fund", "organization", None, True),
        ("SNF", "Northern Sea Fund", "organization", None, True),
        ("NSX", "Northern Sea Fund", "organization", None, False),
        ("X", "Northern Sea Fund", "organization", None, False),
        ("S", "Northern Sea Fund", "organization", None, False),
        ("NRTH", "Northern Sea Fund", "organization", None, True),
        ("RTH", "Northern Sea Fund", "organization", None, False),
        ("1", "Northern Sea Fund", "organization", None, False),
        ("the Haugen administration", "Norway", "country", "NOR", True),
        ("the administration of it", "Norway", "country", "NOR", False),
        ("the government offices", "Norway", "country", "NOR", False),
        ("the Haugen government", "Norway", "country", "NOR", True),
        ("the Haugen regime", "Norway", "country", "NOR", True),
        ("the Haugen regime", "Ada Lund", "person", None, False),
        ("Oslo", "Norway", "country", "NOR", True),
        ("Lima", "Norway", "country", "NOR", False),
        ("Maslenskyy", "Ilya Maslenskiy", "person", "UKR", True),
        ("Maslova", "Ilya Maslenskiy", "person", "UKR", False),
        ("Andy", "Andrew Maslen", "person", "GBR", True),
        ("Andy", "Andrew Maslen", "organization", "GBR", False),
        ("Chile", "China", "organization", None, False),
        ("DOJ", "Justice Department", "organization", None, True),
        ("DOT", "Justice Department", "organization", None, False),
        ("Islamic State", "ISIL", "group", None, True),
        ("Islamic State", "OPEC", "organization", None, False),
        ("fish", "Xyz", "person", None, False),
        ("fish", None, "person", None, False),
    ],
)
def test_words_that_can_stand_for_an_actor(
    text: str, named: str | None, kind: str, country: str | None, can: bool
) -> None:
    """Parts of a name, initials both ways, and what a country is called by."""
    assert can_name(text, {"name": named, "kind": kind, "country_code": country}) is can


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the U.S.", {"USA"}),
        ("Chile's", {"CHL"}),
        ("Chile’s", {"CHL"}),
        ("Papua New Guinea", {"PNG", "GIN"}),
        ("Brussels", {"BEL"}),
        ("Georgia", {"GEO", "USA"}),
        ("chile", {"CHL"}),
        ("Xchile", set()),
    ],
)
def test_countries_by_their_words(text: str, codes: set[str]) -> None:
    """By name, with a full stop or a possessive ending, in several words."""
    assert codes_of(text) >= codes
    assert bool(codes_of(text)) is bool(codes)


def test_words_that_name() -> None:
    """In small letters, without accents and without words that name nothing."""
    assert plain_words("The Bank of São Tomé's, and a Fund for X_Y") == {"bank", "sao", "tome", "fund", "x", "y"}
