"""Participants: who acts and who is acted upon, through the constructions in which news tells it.

All sentences are ours. Each case names its mechanism, the actors and the recipients by their names in the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.events import find_events

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

    Sides = tuple[set[str], set[str]]


@pytest.fixture(scope="module")
def sides(document: Callable[..., Document]) -> Callable[[str], list[Sides]]:
    """Names of the actors and of the recipients of each event of a text."""

    def found(text: str) -> list[Sides]:
        analysed = document(text)
        cast = find_actors(analysed).entities
        rows, parts = find_events(analysed, cast)

        def names(event_id: str, role: str) -> set[str]:
            return {cast.actors[p.actor_id].name for p in parts if (p.event_id, p.role) == (event_id, role)}

        return [(names(f.row.event_id, "actor"), names(f.row.event_id, "recipient")) for f in rows]

    return found


CASES = [
    ("active", "Norway accused Chile of dumping salmon.", {"Norway"}, {"Chile"}),
    ("passive with agent", "Chile was accused by Norway of dumping salmon.", {"Norway"}, {"Chile"}),
    ("passive with dative", "Haiti was given medicine by Cuba.", {"Cuba"}, {"Haiti"}),
    ("dative", "Cuba gave Haiti two tons of medicine.", {"Cuba"}, {"Haiti"}),
    ("to", "Cuba donated two tons of medicine to Haiti.", {"Cuba"}, {"Haiti"}),
    ("coordinated subjects", "Ghana and Togo signed a treaty.", {"Ghana", "Togo"}, set()),
    ("coordinated objects", "Kenya condemned Uganda and Rwanda.", {"Kenya"}, {"Uganda", "Rwanda"}),
    ("list of three", "Chad, Mali and Niger signed a treaty.", {"Chad", "Mali", "Niger"}, set()),
    ("with", "Ghana signed a treaty with Togo.", {"Ghana", "Togo"}, set()),
    ("between", "Talks between Ghana and Togo were held on Friday.", {"Ghana", "Togo"}, set()),
    ("noun, possessor and with", "Ghana's talks with Togo took place on Friday.", {"Ghana", "Togo"}, set()),
    ("noun, of and by", "The arrest of Lena Okoro by Belarus angered her family.", {"Belarus"}, {"Lena Okoro"}),
    (
        "noun, possessor is the patient",
        "Lena Okoro's arrest by Belarus angered her family.",
        {"Belarus"},
        {"Lena Okoro"},
    ),
    ("noun, adjective and of", "The Russian invasion of Georgia lasted five days.", {"Russia"}, {"Georgia"}),
    ("measure against", "Denmark's sanctions against Belarus hurt traders.", {"Denmark"}, {"Belarus"}),
    ("visit to", "Oman's foreign minister paid a visit to Yemen.", {"Oman"}, {"Yemen"}),
    ("arrival in a capital", "Peru's premier arrived in Quito.", {"Peru"}, {"Ecuador"}),
    ("named official", "Foreign Minister Lena Okoro of Ghana visited Togo.", {"Lena Okoro"}, {"Togo"}),
    ("office before the name", "Ghanaian Foreign Minister Lena Okoro visited Togo.", {"Lena Okoro"}, {"Togo"}),
    ("officials stand for the state", "Ghanaian officials met Togolese negotiators.", {"Ghana", "Togo"}, set()),
    ("people of a state", "Thai police arrested two Lao traders.", {"Thailand"}, {"Laos"}),
    ("control of the subject", "Peru agreed to send doctors to Haiti.", {"Peru"}, {"Haiti"}),
    ("control of the object", "Poland urged Belarus to free the reporter.", {"Poland"}, {"Belarus"}),
    ("that-clause", "Poland demanded that Belarus free the reporter.", {"Poland"}, {"Belarus"}),
    ("call on", "Poland called on Belarus to free the reporter.", {"Poland"}, {"Belarus"}),
    ("author of a proposal", "Egypt rejected an Ethiopian proposal.", {"Egypt"}, {"Ethiopia"}),
    ("author behind by", "Egypt rejected a proposal by Ethiopia.", {"Egypt"}, {"Ethiopia"}),
    ("invitation received", "Lena Okoro received an invitation from Togo.", {"Togo"}, {"Lena Okoro"}),
    ("loan from", "Jordan borrowed 200 million dollars from Kuwait.", {"Kuwait"}, {"Jordan"}),
    ("threat with a condition", "Iran threatened to close the strait if Oman signed the pact.", {"Iran"}, {"Oman"}),
    ("goods of a country", "Indonesia banned imports of Brazilian poultry.", {"Indonesia"}, {"Brazil"}),
    ("goods from a country", "Indonesia banned imports of poultry from Brazil.", {"Indonesia"}, {"Brazil"}),
    ("gerund of time", "Speaking after visiting Togo, Lena Okoro smiled.", {"Lena Okoro"}, {"Togo"}),
    ("speaker charges", "Finland said Russia had violated its airspace.", {"Finland"}, {"Russia"}),
    ("speaker demands", "Finland said Russia must pay.", {"Finland"}, {"Russia"}),
    ("pronoun of the speaker", "Norway said it would expel Chile's envoy.", {"Norway"}, {"Chile"}),
    ("killed in shelling", "Two Syrian medics were killed in Israeli shelling.", {"Israel"}, {"Syria"}),
    (
        "lifting of a measure",
        "The lifting of American sanctions on Myanmar pleased traders.",
        {"United States"},
        {"Myanmar"},
    ),
    ("target by name", "Denmark announced new Belarus sanctions.", {"Denmark"}, {"Belarus"}),
    ("behind a dateline", "QUITO, May 3 — Peru and Ecuador agreed to share water.", {"Peru", "Ecuador"}, set()),
    ("behind a dateline without a day", "GENEVA -- Peru accused Chile of spying.", {"Peru"}, {"Chile"}),
    ("country bombed", "Eritrean jets bombed a village in Ethiopia.", {"Eritrea"}, {"Ethiopia"}),
]


@pytest.mark.parametrize(("why", "text", "actors", "recipients"), CASES, ids=[c[0] for c in CASES])
def test_sides(
    sides: Callable[[str], list[Sides]], why: str, text: str, actors: set[str], recipients: set[str]
) -> None:
    """The one event of the sentence has these actors and these recipients."""
    assert sides(text) == [(actors, recipients)], why


RELATIVE_CLAUSES = [
    ("Norway, which accused Chile of dumping, reports on Friday.", [({"Norway"}, {"Chile"})]),
    ("The envoy whom Belarus expelled from Poland is at home.", []),
    ("Chile, accused by Norway of dumping, kept silent.", [({"Norway"}, {"Chile"})]),
]


@pytest.mark.parametrize(("text", "expected"), RELATIVE_CLAUSES)
def test_relative_clause(sides: Callable[[str], list[Sides]], text: str, expected: list[Sides]) -> None:
    """A relative or participial clause takes its missing argument from the noun before it."""
    found = sides(text)
    assert [s for s in found if s in expected] == expected


def test_two_leaders(sides: Callable[[str], list[Sides]]) -> None:
    """``The two leaders`` are the two persons that a sentence before named together."""
    found = sides("Lena Okoro met Marta Ruiz in Lima. The two leaders agreed to reopen the consulates.")
    assert found == [({"Lena Okoro", "Marta Ruiz"}, set())] * 2


def test_repeated_noun(sides: Callable[[str], list[Sides]]) -> None:
    """A bare noun of people repeats the full one before it."""
    found = sides("Chilean negotiators arrived in Quito on Monday. The negotiators accused Peru of delay.")
    assert ({"Chile"}, {"Peru"}) in found


def test_nobody_on_both_sides(document: Callable[..., Document]) -> None:
    """No actor stands on both sides of one event."""
    analysed = document("Norway's army attacked Norway's rebels and Norway praised Norway.")
    _, parts = find_events(analysed, find_actors(analysed).entities)
    keys = [(p.event_id, p.actor_id) for p in parts]
    assert len(keys) == len(set(keys))


TAKEN_UP = [
    (
        "both sides",
        "Norway expelled a Chadian envoy. Ghana urged both sides to show restraint.",
        ({"Ghana"}, {"Norway", "Chad"}),
    ),
    (
        "both governments",
        "Kenya recalled its envoy from Uganda. Oman appealed to both governments to open talks.",
        ({"Oman"}, {"Kenya", "Uganda"}),
    ),
    (
        "the two, of persons",
        "Prime Minister Ana Ruiz wrote to President Olaf Berg. They are at odds, but the two met on Monday.",
        ({"Ana Ruiz", "Olaf Berg"}, set()),
    ),
    (
        "the administration",
        "The White House banned Peruvian asparagus. The Growers Association asked the administration to reconsider.",
        ({"Growers Association"}, {"United States"}),
    ),
    (
        "a former colony",
        "Chad asked for help. Portugal, which sent troops to its former colony in May, is silent.",
        ({"Portugal"}, {"Chad"}),
    ),
    (
        "the duties",
        "Peru imposed a 10 percent tariff on Chilean grapes. Chile rejected the duties.",
        ({"Chile"}, {"Peru"}),
    ),
    ("the move", "Norway said it would ban Polish apples. Poland condemned the move.", ({"Poland"}, {"Norway"})),
    (
        "a move that",
        "Norway will ban apples grown in Poland, a move that Warsaw denounced as shameful.",
        ({"Poland"}, {"Norway"}),
    ),
    (
        "which denies a charge",
        "Kenya accused Uganda of arming rebels, which Kampala denies.",
        ({"Uganda"}, {"Kenya"}),
    ),
    ("accepted", "Oman invited Yemen to the summit. Yemen accepted.", ({"Yemen"}, {"Oman"})),
    (
        "a complaint at a forum",
        "Chile halted imports of beef from Togo. Togo will file a complaint with the World Trade Organization.",
        ({"Togo"}, {"Chile"}),
    ),
    (
        "the target goes on",
        "Peru scrapped its tariff on Chilean barley in May and lifted a ban on timber in June.",
        ({"Peru"}, {"Chile"}),
    ),
    (
        "a denial by whoever is accused",
        "Peru accused Nordvik AB of fraud, a charge that the company denies.",
        ({"Nordvik AB"}, {"Peru"}),
    ),
    (
        "the one who would act threatens",
        "Ana Ruiz warned that Peru would close its ports to Chile if Chile kept the tax.",
        ({"Peru"}, {"Chile"}),
    ),
    (
        "a condition upon somebody",
        "Ana Ruiz said Peru would break off diplomatic relations if Chile failed to respond.",
        ({"Peru"}, {"Chile"}),
    ),
    ("an offer taken", "Oman offered to mediate. Yemen accepted.", ({"Yemen"}, {"Oman"})),
    (
        "responded by",
        "Kenya expelled a Ugandan envoy. Uganda responded by recalling its ambassador.",
        ({"Uganda"}, {"Kenya"}),
    ),
    (
        "a deed characterised",
        "Kenya expelled two Ugandan envoys. The Foreign Ministry in Kampala called the expulsions unjustified.",
        ({"Foreign Ministry"}, {"Kenya"}),
    ),
    (
        "a case dropped",
        "Nordvik AB sued Tarn Motors in March. Nordvik dropped the case last week.",
        ({"Nordvik AB"}, {"Tarn Motors"}),
    ),
    ("each other", "Ghana and Togo accused each other of starting the clash.", ({"Ghana", "Togo"}, set())),
    (
        "soldiers of a third state",
        "Norway sent 200 British soldiers to Mali.",
        ({"Norway"}, {"Mali"}),
    ),
    (
        "two people are no pair",
        "Ivo Lanz met Ana Ruiz of Peru. Two people were killed in Chad.",
        ({"Ivo Lanz", "Ana Ruiz"}, set()),
    ),
    (
        "a subject before the auxiliary",
        "The Fraud Bureau had in April booked Ivo Lanz for cheating a bank.",
        ({"Fraud Bureau"}, {"Ivo Lanz"}),
    ),
    (
        "its is not one's own where one attacks",
        "Peru blamed Chile for the raid and shelled two of its camps on Tuesday.",
        ({"Peru"}, {"Chile"}),
    ),
    (
        "the rebels",
        "The Azawad Front denied any part in the raid. Mali's army shelled the rebels on Monday.",
        ({"Mali"}, {"Azawad Front"}),
    ),
    (
        "both sides of a truce",
        "A truce between Mali and the Azawad Front fell apart. Ghana was dismayed. Kenya urged both sides to talk.",
        ({"Kenya"}, {"Mali", "Azawad Front"}),
    ),
    (
        "the truce was signed",
        "The ceasefire between Mali and the Azawad Front has failed. The truce was signed in Accra in May.",
        ({"Mali", "Azawad Front"}, set()),
    ),
    (
        "the proposal of the sentence",
        "Chile had offered in April to talk, but Peru turned the proposal down.",
        ({"Peru"}, {"Chile"}),
    ),
    (
        "the decision of another",
        'Uganda banned Kenyan milk on Friday. Kenya called the decision "regrettable".',
        ({"Kenya"}, {"Uganda"}),
    ),
    (
        "a threat to its own tariff's target",
        "China has threatened to raise its tariff on wine from Peru.",
        ({"China"}, {"Peru"}),
    ),
    ("somebody fined", "Denmark fined Nordvik AB 3 million euros.", ({"Denmark"}, {"Nordvik AB"})),
    ("at the urging of", "Peru freed the sailors at Chile's urging.", ({"Chile"}, {"Peru"})),
    (
        "persons that an apposition names",
        "Oman arrested two Kenyans, the priest Ivo Lanz and the nurse Mary Odhiambo.",
        ({"Oman"}, {"Ivo Lanz", "Mary Odhiambo"}),
    ),
]


@pytest.mark.parametrize(("why", "text", "expected"), TAKEN_UP, ids=[c[0] for c in TAKEN_UP])
def test_definite_phrase(sides: Callable[[str], list[Sides]], why: str, text: str, expected: Sides) -> None:
    """A phrase that names nobody stands for those whom the text before names or whose act it takes up."""
    assert expected in sides(text), (why, sides(text))


def test_place_of_an_attack_is_not_its_author(sides: Callable[[str], list[Sides]]) -> None:
    """Whoever condemns an attack somewhere does not accuse the country where it took place."""
    assert ({"Ghana"}, {"Togo"}) not in sides("Ghana condemned the attack in Togo.")
