"""Roles: the title as printed, with body, country and tenure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.analysis.pipeline import analyse
from broadsheet.base.limit import MAX_CHARACTERS
from broadsheet.extraction.actors import find_actors
from broadsheet.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

    Analyse = Callable[..., Document]

# Each: what is tried, the text, its roles as (holder, title, body, country, tenure). All names are invented.
ROLES = [
    (
        "before the name, with field and country",
        "Chilean Mining Minister Ana Rojas agreed.",
        [("ana-rojas", "Mining Minister", None, "CHL", "current")],
    ),
    (
        "lower case, possessive country",
        "Chile's deputy farm minister Ana Rojas agreed.",
        [("ana-rojas", "deputy farm minister", None, "CHL", "current")],
    ),
    (
        "body before the title in one run of capitals",
        "U.S. Grain Export Federation President Sol Marsh agreed.",
        [("sol-marsh", "President", "us-grain-export-federation", "USA", "current")],
    ),
    (
        "the country is part of this office's name",
        "U.S. Trade Representative Sol Marsh agreed.",
        [("sol-marsh", "U.S. Trade Representative", None, "USA", "current")],
    ),
    (
        "apposition behind the name",
        "Sol Marsh, chairman of the Harbour Pilots Association, agreed.",
        [("sol-marsh", "chairman", "harbour-pilots-association", None, "current")],
    ),
    (
        "apposition with a long body before the title",
        "Sol Marsh, the Federation of Harbour Pilots and Ferrymen's chief economist, agreed.",
        [("sol-marsh", "chief economist", "federation-of-harbour-pilots-and-ferrymen", None, "current")],
    ),
    (
        "country behind the name",
        "President Luis Monteverde of Paraguay arrived.",
        [("luis-monteverde", "President", None, "PRY", "current")],
    ),
    (
        "name behind the title and a comma",
        "Peru's president, Luis Monteverde, arrived.",
        [("luis-monteverde", "president", None, "PER", "current")],
    ),
    (
        "said of somebody",
        "Sol Marsh is chairman of Lakeside Corp. and a member of the Harbour Pilots Association.",
        [
            ("sol-marsh", "chairman", "lakeside-corp", None, "current"),
            ("sol-marsh", "member", "harbour-pilots-association", None, "current"),
        ],
    ),
    (
        "former",
        "Former Peruvian president Luis Monteverde wrote a book.",
        [("luis-monteverde", "president", None, "PER", "former")],
    ),
    (
        "interim belongs to the title",
        "Bolivian interim President Ana Rojas arrived.",
        [("ana-rojas", "interim President", None, "BOL", "current")],
    ),
    (
        "former before acting",
        "Former acting president Luis Monteverde wrote a book.",
        [("luis-monteverde", "acting president", None, None, "former")],
    ),
    (
        "ex before a hyphen",
        "Ex-finance minister Sol Marsh wrote a book.",
        [("sol-marsh", "finance minister", None, None, "former")],
    ),
    (
        "numbered deputy",
        "Russian First Deputy Prime Minister Sol Marsh arrived.",
        [("sol-marsh", "First Deputy Prime Minister", None, "RUS", "current")],
    ),
    (
        "office and rank",
        "Defence Ministry spokesman Maj. Gen. Sol Marsh said Russia had shot down two drones.",
        [
            ("sol-marsh", "spokesman", "defence-ministry-rus", "RUS", "current"),
            ("sol-marsh", "Maj. Gen.", None, "RUS", "current"),
        ],
    ),
    (
        "name between commas behind the town of an office",
        "The mayor of Kharkiv, Oleh Stadnyk, said the river was rising.",
        [("oleh-stadnyk", "mayor", None, None, "current")],
    ),
    (
        "acting is current",
        "Acting Chilean Mining Minister Ana Rojas agreed.",
        [("ana-rojas", "Mining Minister", None, "CHL", "current")],
    ),
    (
        "then with a hyphen",
        "He had asked then-Finance Minister Roger Holt of New Zealand.",
        [("roger-holt", "Finance Minister", None, "NZL", "former")],
    ),
    (
        "repeated office is one role",
        "Prime Minister Ada Lund of Norway came. Lund, the prime minister, left.",
        [("ada-lund", "Prime Minister", None, "NOR", "current")],
    ),
    (
        "spokesman of another is not that other",
        "Ada Lund's spokesman, Kit Vane, declined.",
        [("kit-vane", "spokesman", None, None, "current")],
    ),
    (
        "form of address between",
        "The former British farm minister Lord Marsh agreed.",
        [("marsh", "farm minister", None, "GBR", "former")],
    ),
    (
        "words that make another office of it",
        "Shadow farm secretary Sol Marsh met acting president Luis Monteverde.",
        [
            ("sol-marsh", "Shadow farm secretary", None, None, "current"),
            ("luis-monteverde", "acting president", None, None, "current"),
        ],
    ),
    (
        "grade before the country",
        "Assistant U.S. Trade Representative Sol Marsh agreed.",
        [("sol-marsh", "Assistant U.S. Trade Representative", None, "USA", "current")],
    ),
    (
        "field after the office",
        "Sol Marsh, head of research and wealth management at Tarn Bank, agreed.",
        [("sol-marsh", "head of research and wealth management", "tarn-bank", None, "current")],
    ),
    (
        "rank, region and office",
        "Sol Marsh, chief Europe economist at Tarn Bank, met senior market analyst Ana Rojas.",
        [
            ("sol-marsh", "chief Europe economist", "tarn-bank", None, "current"),
            ("ana-rojas", "senior market analyst", None, None, "current"),
        ],
    ),
    ("boss", "Dovrin Motors boss Sol Marsh agreed.", [("sol-marsh", "boss", "dovrin-motors", None, "current")]),
    (
        "member of a body that is named",
        "Sol Marsh, a member of the European Parliament, agreed.",
        [("sol-marsh", "member", "european-parliament", "EUU", "current")],
    ),
    (
        "its head",
        'The Guild of Tarn Pilots struck. "We had to," its head, Sol Marsh, said.',
        [("sol-marsh", "head", "guild-of-tarn-pilots", None, "current")],
    ),
    (
        "the group's, whatever its name",
        'Sea Rights Monitor counted nine boats. "We saw them," said Sol Marsh, the group\'s east coast researcher.',
        [("sol-marsh", "researcher", "sea-rights-monitor", None, "current")],
    ),
    (
        "of the company",
        "Tarn Rail Group will hire. Sol Marsh, chairman of the company, said so.",
        [("sol-marsh", "chairman", "tarn-rail-group", None, "current")],
    ),
    (
        "the body that a noun described",
        "Fortuna Mutual, a lender with nine branches, failed. Sol Marsh, head of the lender, left.",
        [("sol-marsh", "head", "fortuna-mutual", None, "current")],
    ),
    (
        "office of the firm that is the subject before",
        "Tarn Rail Group cut 50 jobs. Chief executive Sol Marsh said it had to.",
        [("sol-marsh", "Chief executive", "tarn-rail-group", None, "current")],
    ),
    (
        "office of the firm of the article",
        "Fortuna Foods fell by 8%. Its owner waits. Fortuna cut jobs.\n\nFinance chief Sol Marsh said it had to.",
        [("sol-marsh", "Finance chief", "fortuna-foods", None, "current")],
    ),
    (
        "bank of a state before the office",
        "Prices rose. State Bank of Pakistan Governor Sol Marsh agreed.",
        [("sol-marsh", "Governor", "state-bank-of-pakistan", "PAK", "current")],
    ),
    (
        "secretary of a ministry",
        "Kenya's principal secretary Sol Marsh agreed.",
        [("sol-marsh", "principal secretary", None, "KEN", "current")],
    ),
    (
        "secretary-general before a comma",
        "The U.N. secretary-general, Sol Marsh, agreed.",
        [("sol-marsh", "secretary-general", "united-nations", None, "current")],
    ),
    (
        "field of two nouns before minister",
        "New Zealand's climate change minister, Sol Marsh, agreed.",
        [("sol-marsh", "climate change minister", None, "NZL", "current")],
    ),
    (
        "Nigerian form of address",
        "The governor of Kwara, Malam Sol Bello, agreed.",
        [("sol-bello", "governor", None, None, "current")],
    ),
    ("a wish is no office", "Ada Lund wants to be president. If Ada Lund were minister, taxes would fall.", []),
    ("several holders, nobody named", "Ministers met. The president spoke.", []),
]


def test_roles(document: Analyse) -> None:
    """Holder, title, body, country and tenure of three offices in four are those that the sentence tells."""
    wrong = []
    for name, text, expected in ROLES:
        rows = [r.row for r in find_actors(document(f"News of the day\n\n{text}\n")).roles]
        found = [(r.actor_id, r.title, r.organization_id, r.country_code, r.tenure) for r in rows]
        wrong += [name] if found != expected else []
    assert len(wrong) <= 0.25 * len(ROLES), wrong


@pytest.mark.parametrize(
    ("year", "tenure"), [(1988, "current"), (1995, "current"), (1996, "former"), (None, "current")]
)
def test_a_leader_whose_terms_are_over_is_a_former_one(document: Analyse, year: int | None, tenure: str) -> None:
    """President Mitterrand, who left office in 1995, is a former president in articles of later years."""
    day = None if year is None else date(year, 7, 1)
    rows = find_actors(document("President Mitterrand opened the line with France's first ferry.", day)).roles
    assert [(r.row.actor_id, r.row.tenure) for r in rows] == [("francois-mitterrand", tenure)]


# Each: a sentence of 12 March 2025 and the tenures of its offices by their holders' family names.
TENURES = [
    ("Ferry Minister Sol Marsh will become chairman of Lakeside Corp. in May.", ["marsh current", "marsh nominated"]),
    ("The owners said on Monday that director Sol Marsh would become chairman.", ["marsh current", "marsh nominated"]),
    ("Sol Marsh is expected to be named as finance minister.", ["marsh nominated"]),
    ("Lakeside Corp. named Sol Marsh as finance chief with effect from 1 March.", ["marsh current"]),
    ("Sol Marsh will remain as chairman of Lakeside Corp.", ["marsh current"]),
    ("Sol Marsh, the next chairman of Lakeside Corp., agreed.", ["marsh nominated"]),
    ("The king fired Prime Minister Sol Marsh on Friday.", ["marsh former"]),
    ("Defence Minister Sol Marsh was sacked on Friday.", ["marsh former"]),
    ("Peru's prime minister, Luis Monteverde, has resigned.", ["monteverde former"]),
    ("Finance Minister Sol Marsh said he would resign.", ["marsh current"]),
    ("Finance Minister Sol Marsh did not step down.", ["marsh current"]),
    ("Senator Sol Marsh resigned as chairman of Lakeside Corp.", ["marsh current", "marsh former"]),
    ("Sol Marsh is stepping down as chairman of Lakeside Corp.", ["marsh current"]),
    ("Sol Marsh, a farmer and former mayor of Denver, agreed.", ["marsh former"]),
    ("Sol Marsh, a former two-term governor of Montana, agreed.", ["marsh former"]),
    ("Sol Marsh, then the finance minister, agreed.", ["marsh former"]),
    ("Sol Marsh, once governor of Utah, agreed to run.", ["marsh former"]),
    ("Sol Marsh, Norway's trade minister from 2001 to 2005, agreed.", ["marsh former"]),
    ("Sol Marsh, Norway's trade minister until last year, agreed.", ["marsh former"]),
    ("Sol Marsh, Norway's trade minister since 2021, agreed.", ["marsh current"]),
    ("Next week Foreign Minister Sol Marsh will visit Lima.", ["marsh current"]),
    ("Lakeside Corp. named Sol Marsh as finance chief with effect from 1 April.", ["marsh nominated"]),
    ("Sol Marsh, the trade minister at the time, agreed.", ["marsh former"]),
    ("Sol Marsh replaces Kit Vane as finance minister.", ["marsh current", "vane former"]),
    ("Sol Marsh will replace Kit Vane as finance minister.", ["marsh nominated", "vane current"]),
    ("Sol Marsh was named to replace Kit Vane as finance minister.", ["marsh nominated", "vane current"]),
    ("Kit Vane has been replaced as finance minister by Sol Marsh.", ["marsh current", "vane former"]),
]


@pytest.mark.parametrize(("text", "tenures"), TENURES)
def test_the_clause_and_the_time_say_whether_an_office_is_held(
    document: Analyse, text: str, tenures: list[str]
) -> None:
    """Appointments to come are nominated; who has left, or held the office in the past, is former."""
    rows = [r.row for r in find_actors(document(text, date(2025, 3, 12))).roles]
    assert sorted(f"{row.actor_id.rpartition('-')[2]} {row.tenure}" for row in rows) == tenures


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("“It is weak,” said Kit Vane, MD of Lakeside Forex.", ["MD"]),
        ("Chilean PM Ada Lund agreed.", ["PM"]),
        ("Kit Vane, MD, treats patients in Oslo.", []),
        ("Md Vane met Ada Lund at 6 PM on Monday.", []),
    ],
)
def test_abbreviations_that_are_offices(document: Analyse, text: str, titles: list[str]) -> None:
    """*MD* and *PM* are offices, but no degree, given name or time of day is."""
    assert [r.row.title for r in find_actors(document(f"News of the day\n\n{text}\n")).roles] == titles


def test_evidence_points_to_what_tells_a_role(document: Analyse) -> None:
    """Title, body and country of a role lead to the words that say them."""
    text = "Norwegian Ferry Minister Ada Lund met Kit Vane, chairman of Lakeside Corp."
    roles = {r.row.actor_id: r for r in find_actors(document(text)).roles}
    said = {
        key: {column: [s.of(text) for s in spans] for column, spans in r.evidence.items()} for key, r in roles.items()
    }
    assert said["ada-lund"]["country_code"] == ["Norwegian"]
    assert said["kit-vane"]["title"] == ["chairman"]
    assert said["kit-vane"]["organization_id"] == ["Lakeside"] or said["kit-vane"]["organization_id"] == ["Corp."]


def test_offices_of_a_long_text_are_read() -> None:
    """An article may be longer than what a caller may pass to `find_dates`, if the limit of reading is raised."""
    text = "Sol Marsh, mayor of Bergen, agreed.\n\n" + "It rained all day in the old harbour of the town.\n\n" * 2_100
    assert len(text) > MAX_CHARACTERS
    article = read(text, published_on=date(2024, 3, 12), max_characters=len(text))
    assert find_actors(analyse(article)).roles
