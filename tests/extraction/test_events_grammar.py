"""Who takes part in an event, and whether it happened, where the grammar of a sentence makes it certain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.events.event_mention import find_mentions
from broadsheet.extraction.events.reality import retyped
from broadsheet.extraction.meaning import Meaning
from broadsheet.extraction.pipeline import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

    Parts = list[tuple[str, list[str], list[str], str]]

PUBLISHED = date(2024, 3, 21)


@pytest.fixture
def parts(document: Callable[..., Document]) -> Callable[[str], Parts]:
    """Type, actors, recipients and status of the events of a text, in reading order."""

    def read(text: str) -> Parts:
        tables = parse(document(f"{text}\n", PUBLISHED))

        def side(event_id: str, role: str) -> list[str]:
            return sorted(p.actor_id for p in tables.participants if (p.event_id, p.role) == (event_id, role))

        rows = [found.row for found in tables.events]
        return [(r.type, side(r.event_id, "actor"), side(r.event_id, "recipient"), r.status) for r in rows]

    return read


@pytest.mark.parametrize(
    ("text", "actor", "state"),
    [
        ("Foreign Minister Kari Lund travelled to Riga on Monday.", "kari-lund", "latvia"),
        ("Kenya's trade minister, Ruth Mwangi, made a two-day visit to Lisbon in May.", "ruth-mwangi", "portugal"),
        ("Peruvian Foreign Minister Luis Pardo visited Ottawa last week.", "luis-pardo", "canada"),
        ("Jordan recalled its envoy from Baghdad on Sunday.", "jordan", "iraq"),
    ],
)
def test_a_capital_that_one_goes_to_means_its_state(
    document: Callable[..., Document], text: str, actor: str, state: str
) -> None:
    """The state is the recipient, and an actor with a mention of its own."""
    tables = parse(document(f"{text}\n", PUBLISHED))
    assert [(p.actor_id, p.role) for p in tables.participants] == [(actor, "actor"), (state, "recipient")]
    [row] = [f.row for f in tables.actors if f.row.actor_id == state]
    mentions = [f.row for f in tables.mentions if f.row.actor_id == state]
    assert (row.kind, row.n_mentions, len(mentions)) == ("country", 1, 1)


def test_a_capital_in_which_something_happens_is_no_actor(document: Callable[..., Document]) -> None:
    """A place of talks takes no part, nor does the place that somebody is invited to."""
    for text in (
        "Spain and Portugal held talks in Rome on Monday.",
        "Spain's king, Luis Pardo, invited Chilean President Ana Soto to Madrid.",
    ):
        tables = parse(document(f"{text}\n", PUBLISHED))
        assert "metonym" not in {f.row.form for f in tables.mentions}


FIRMS = "Nordvik Energy and Halden Steel share a port. "
LISTS = "Peru, Chile and Bolivia met in Lima on Monday. "
PAIR = "Ethiopian and Eritrean troops clashed on Sunday. "


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        (PAIR + "The United States called on both sides to pull back.", "REQUEST", "united-states", "eritrea ethiopia"),
        (PAIR + "Japan urged the two countries to return to talks.", "REQUEST", "japan", "eritrea ethiopia"),
        (
            LISTS + "The three governments will ask the Paris Club for relief.",
            "REQUEST",
            "bolivia chile peru",
            "paris-club",
        ),
        (LISTS + "Kenya asked all three countries for relief.", "REQUEST", "kenya", "bolivia chile peru"),
        (FIRMS + "The two firms agreed in 2019 to merge.", "AGREE", "halden-steel nordvik-energy", ""),
        ("Rebels backed by Rwanda and Uganda attacked the Congolese town of Bunia.", "ASSAULT", "", "dr-congo"),
        ("Peru, supported by Chile and Mexico, called on Venezuela to free them.", "REQUEST", "peru", "venezuela"),
        ("Kenya welcomed a peace deal between Ethiopia and Eritrea.", "AGREE", "eritrea ethiopia", ""),
        ("Farmers protested in Latvia in a rally called by the union Zemnieki.", "PROTEST", "zemnieki", ""),
    ],
)
def test_sides_are_those_that_grammar_names(
    parts: Callable[[str], Parts], text: str, kind: str, actors: str, recipients: str
) -> None:
    """Both sides are the pair before, backers do not act, a deal is between its two sides, a rally is its caller's."""
    sides = [(found[1], found[2]) for found in parts(text) if found[0] == kind]
    assert sides == [(actors.split(), recipients.split())]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "Kenya brokered peace between Peru and Chile, Norway and Denmark, and Mali and Niger in 2019.",
            ["chile peru", "denmark norway", "mali niger"],
        ),
        ("Kenya brokered a deal between Peru and Chile on Monday.", ["chile peru"]),
        ("Talks between Peru, Chile and Norway began on Monday.", ["chile norway peru"]),
        ("Talks between Peru and Chile, Norway said, began on Monday.", ["chile peru"]),
    ],
)
def test_each_pair_after_between_has_an_event(parts: Callable[[str], Parts], text: str, sides: list[str]) -> None:
    """A list of pairs tells as many events, none with who brokered them; a list of names tells one."""
    assert sorted(" ".join(found[1]) for found in parts(text)) == sides


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Peru and Chile blamed each other for the collapse of talks.", "ACCUSE"),
        ("Peru and Chile expelled each other's ambassadors on Sunday.", "SANCTION"),
        ("Peru and Chile imposed export bans on one another in 2019.", "SANCTION"),
        ("Peru and Chile closed their border on Sunday, each accusing the other of sending saboteurs.", "ACCUSE"),
        ("Peru exchanged accusations with Chile on Monday over the fish dispute.", "ACCUSE"),
    ],
)
def test_what_two_do_to_each_other_is_an_event_each(parts: Callable[[str], Parts], text: str, kind: str) -> None:
    """Two rows with the sides swapped."""
    sides = sorted((*found[1], *found[2]) for found in parts(text) if found[0] == kind)
    assert sides == [("chile", "peru"), ("peru", "chile")]


@pytest.mark.parametrize(
    "text",
    [
        "Had Egypt bombed the dam in 2013, Ethiopia would have fought back.",
        "Egypt was to have signed the accord with Sudan in May.",
        "Egypt nearly signed an accord with Sudan in 2019.",
        "Egypt considered bombing the dam in Ethiopia in 2013.",
        "Kuwait stopped short of expelling the Iranian envoy.",
        "Canada congratulated Ghana's president, Yaw Boateng, on his election.",
    ],
)
def test_what_did_not_happen_is_no_event(parts: Callable[[str], Parts], text: str) -> None:
    """Hypotheticals, what failed to happen, and congratulations."""
    assert parts(text) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Burundi left the treaty in March.", ("SANCTION", ["burundi"], [], "occurred")),
        ("Mali withdrew its ambassador from Ghana.", ("SANCTION", ["mali"], ["ghana"], "occurred")),
        ("Turkey will not recognise Cyprus, a spokesman said.", ("REJECT", ["turkey"], ["cyprus"], "occurred")),
        ("Kenya called off talks with Uganda.", ("REJECT", ["kenya"], ["uganda"], "occurred")),
        (
            "Egypt and Sudan will hold joint military exercises in May.",
            ("COOPERATE", ["egypt", "sudan"], [], "planned"),
        ),
        ("Chad denied shelling a Libyan village.", ("ASSAULT", ["chad"], ["libya"], "denied")),
    ],
)
def test_grammar_settles_type_and_status(parts: Callable[[str], Parts], text: str, row: object) -> None:
    """Leaving a treaty is a sanction, a refusal has occurred, and one act is one row."""
    assert parts(text) == [row]


@pytest.mark.parametrize(
    ("text", "kind", "rows"),
    [
        ("Egypt closed its border with Sudan. It also expelled the Sudanese consul.", "SANCTION", 2),
        ("Iraq closed the crossing with Turkey on Tuesday and expelled two Turkish diplomats.", "SANCTION", 2),
        ("Kenya banned sugar imports from Uganda. Kenya imposed the measure after a dispute.", "SANCTION", 1),
        ("Iran condemned the sanctions imposed by Canada, calling them illegal.", "ACCUSE", 1),
    ],
)
def test_another_act_is_another_row(parts: Callable[[str], Parts], text: str, kind: str, rows: int) -> None:
    """Verbs with new objects tell acts of their own; what was named before, and a charge told twice, do not."""
    assert [found[0] for found in parts(text)].count(kind) == rows


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Norway lost money, its prime minister, Kari Lund, said. Lund threatened to raise the tariff on steel.",
            ("THREATEN", ["kari-lund"], [], "occurred"),
        ),
        (
            "President Ana Soto of Chile called for an inquiry into prices in Chile on Monday.",
            ("REQUEST", ["ana-soto"], [], "occurred"),
        ),
        (
            "The European Parliament voted on Monday to weaken the European Union's rules on toys.",
            ("SUPPORT", ["european-parliament"], [], "occurred"),
        ),
        (
            "Ana Soto, a lawyer, called for an inquiry by Chile into prices on Monday.",
            ("REQUEST", ["ana-soto"], ["chile"], "occurred"),
        ),
        (
            "U.S. Senator Ana Soto criticized the United States on Monday over its tariffs.",
            ("ACCUSE", ["ana-soto"], ["united-states"], "occurred"),
        ),
    ],
)
def test_who_governs_a_state_does_not_act_on_it(parts: Callable[[str], Parts], text: str, row: object) -> None:
    """A leader's own state is no recipient, nor is the EU of its institutions; that of a citizen or senator can be."""
    assert parts(text) == [row]


def test_the_owner_of_what_is_named_takes_no_part(parts: Callable[[str], Parts]) -> None:
    """A company is sued, and not who owns it; two that are sued both are."""
    [owned] = parts("Regulators sued Kari Lund's Nordvik over its prices on Monday.")
    assert owned[2] == ["nordvik"]
    [both] = parts("Regulators sued Kari Lund and Nordvik over prices on Monday.")
    assert both[2] == ["kari-lund", "nordvik"]


@pytest.mark.parametrize(
    ("text", "scored", "kind"),
    [
        ("India fined Nordvik on Monday.", "COERCE", "SANCTION"),
        ("India imposed a fine on Nordvik on Monday.", "COERCE", "SANCTION"),
        ("India arrested Kari Lund on Monday.", "COERCE", "COERCE"),
        ("Peru halted tariffs on copper from Chile on Monday.", "SANCTION", "CONCEDE"),
        ("Peru lifted its ban on copper from Chile on Monday.", "SANCTION", "CONCEDE"),
        ("Peru withdrew a waiver that let Chile sell steel on Monday.", "CONCEDE", "SANCTION"),
        ("Peru revoked exemptions for Chile on Monday.", "CONCEDE", "SANCTION"),
        ("Peru suspended the licence of Nordvik on Monday.", "SANCTION", "SANCTION"),
        ("Chile granted Peru an exemption on Monday.", "CONCEDE", "CONCEDE"),
        ("Chile called Peru's claim about the fish absurd.", "ACCUSE", "REJECT"),
        ("Chile described the accusation by Peru as absurd.", "ACCUSE", "REJECT"),
        ("Chile called Peru's plan for the dam absurd.", "ACCUSE", "ACCUSE"),
    ],
)
def test_what_a_verb_governs_settles_the_type(
    document: Callable[..., Document], text: str, scored: str, kind: str
) -> None:
    """Fines and ended exemptions are sanctions, ended tariffs concessions, calling a claim false rejects it."""
    read = document(f"{text}\n", PUBLISHED)
    cast = find_actors(read).entities
    mention = next(iter(find_mentions(read, cast, Meaning(read, cast))))
    assert retyped(read, cast, replace(mention, type=scored)).type == kind


def test_a_measure_on_all_origins_has_no_recipient(parts: Callable[[str], Parts]) -> None:
    """A state named nearby is none; the target of the measure is one."""
    before = "Chile's exporters fear for their sales. "
    assert parts(before + "Peru imposed a 20% tariff on all imports of steel on Monday.")[-1][2] == []
    assert parts(before + "Peru imposed a 20% tariff on Chilean steel on Monday.")[-1][2] == ["chile"]


@pytest.mark.parametrize(
    ("second", "rows"),
    [
        ("It also announced a 30 percent tariff on Chilean steel.", 2),
        ("It announced a 20 percent tariff on Bolivian copper in May.", 2),
        ("It announced the tariff after talks failed.", 1),
    ],
)
def test_tariffs_on_other_goods_or_another_target_are_rows_of_their_own(
    parts: Callable[[str], Parts], second: str, rows: int
) -> None:
    """The same verb tells another measure where the rows of tariffs differ."""
    found = parts(f"Peru announced a 20 percent tariff on Chilean copper on Monday. {second}")
    assert [kind for kind, *_ in found] == ["SANCTION"] * rows


def test_a_verb_and_the_noun_that_it_governs_are_one_event(parts: Callable[[str], Parts]) -> None:
    """To open an investigation is one charge; two charges are two."""
    subject = "The European Commission said on Monday it had opened an investigation into Nordvik, "
    assert [kind for kind, *_ in parts(subject + "which sells toys across the European Union.")] == ["ACCUSE"]
    both = parts("Chile opened an investigation into Nordvik on Monday and sued Haldor on Tuesday.")
    assert [kind for kind, *_ in both] == ["ACCUSE", "ACCUSE"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "The European Union and the European Commission signed an accord with Chile on Monday.",
            ("AGREE", ["chile", "european-commission"], [], "occurred"),
        ),
        (
            "A summit of European Union energy ministers will be held in May, the European Commission said.",
            ("CONSULT", ["european-union"], [], "planned"),
        ),
        (
            "The European Commission asked Peru on Monday to lift its ban. The European Union had asked Peru before.",
            ("REQUEST", ["european-commission"], ["peru"], "occurred"),
        ),
    ],
)
def test_the_eu_and_its_institutions_are_one_side(parts: Callable[[str], Parts], text: str, row: object) -> None:
    """Never both on one side, and what one and the other do is one event, as of a state and its ministries."""
    assert parts(text) == [row]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Deutsche Welle cited Kari Lund as urging Norway to leave the treaty.",
            ("REQUEST", ["kari-lund"], ["norway"], "occurred"),
        ),
        (
            "Bloomberg said on Monday that it had sued Nordvik over its prices.",
            ("ACCUSE", ["bloomberg"], ["nordvik"], "occurred"),
        ),
        ("Reuters sued Nordvik on Monday, the paper said.", ("ACCUSE", ["reuters"], ["nordvik"], "occurred")),
    ],
)
def test_an_agency_that_only_reports_takes_no_part(parts: Callable[[str], Parts], text: str, row: object) -> None:
    """It acts where it reports on itself, and where it is the subject of the act."""
    assert parts(text) == [row]
