"""Events: the kind of event that a sentence tells, how it is told, and when and where it took place.

All sentences are ours. The cases stand in lists by what they try; participants have a module of their own.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.events import find_events

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document
    from broadsheet.tables.rows import EventRow

PUBLISHED = date(2021, 6, 16)
"""A Wednesday."""


@pytest.fixture(scope="module")
def events(document: Callable[..., Document]) -> Callable[..., list[EventRow]]:
    """The rows of ``events`` of a text."""

    def found(text: str, published_on: date | None = PUBLISHED) -> list[EventRow]:
        analysed = document(text, published_on=published_on)
        rows, _ = find_events(analysed, find_actors(analysed).entities)
        return [f.row for f in rows]

    return found


VERBS = [
    ("AGREE", "Norway and Chile agreed on Tuesday to share a research station."),
    ("AGREE", "Ghana and Togo signed a fisheries treaty in March."),
    ("AGREE", "Kenya has reached a water accord with Uganda."),
    ("AGREE", "Peru has promised to open its archives to Ecuador."),
    ("CONSULT", "Poland's foreign minister met her Latvian counterpart."),
    ("CONSULT", "The prime minister of Malta visited Tunisia last week."),
    ("CONSULT", "Oman hosted a delegation from Yemen."),
    ("SUPPORT", "Brazil praised Angola for its election."),
    ("SUPPORT", "Mexico has backed Colombia in the border dispute."),
    ("CONCEDE", "Vietnam lifted its ban on beef from Canada."),
    ("CONCEDE", "Thailand has eased restrictions on imports from Laos."),
    ("CONCEDE", "Chad allowed Sudan to reopen the crossing."),
    ("COOPERATE", "Estonia and Finland cooperated on cable repairs."),
    ("COOPERATE", "Spain extradited the banker to Portugal."),
    ("AID", "Japan gave Nepal 4 million dollars of aid."),
    ("AID", "Turkey sent blankets and medicine to Albania."),
    ("AID", "Kuwait lent Jordan 200 million dollars."),
    ("RETREAT", "Ethiopia withdrew its troops from Somalia."),
    ("RETREAT", "Iran released two Swedish sailors."),
    ("REQUEST", "Bolivia asked Argentina to return the documents."),
    ("REQUEST", "Ireland called on Israel to open the crossing."),
    ("REQUEST", "Germany demanded that Belarus free the reporter."),
    ("ACCUSE", "Pakistan accused India of jamming its radio signals."),
    ("ACCUSE", "Denmark condemned Russia for the overflight."),
    ("ACCUSE", "The Netherlands sued Syria over torture."),
    ("REJECT", "Egypt rejected an offer by Ethiopia to share the water."),
    ("REJECT", "Serbia refused to extradite the general to Croatia."),
    ("REJECT", "Hungary vetoed the European Union's loan to Ukraine."),
    ("THREATEN", "North Korea threatened to shell South Korea."),
    ("THREATEN", "Algeria warned Morocco not to cross the line."),
    ("PROTEST", "Thousands of Greek farmers marched against the European Union."),
    ("SANCTION", "Australia imposed sanctions on Myanmar."),
    ("SANCTION", "Rwanda expelled the ambassador of Burundi."),
    ("SANCTION", "Zambia suspended aid to Zimbabwe."),
    ("SANCTION", "Indonesia banned imports of Brazilian poultry."),
    ("SANCTION", "Japan has withdrawn from the International Whaling Commission."),
    ("MOBILIZE", "Armenia sent troops to its border with Azerbaijan."),
    ("COERCE", "Police in Cuba arrested a Spanish photographer."),
    ("COERCE", "Venezuela seized a Guyanese fishing boat."),
    ("ASSAULT", "Eritrean soldiers attacked an Ethiopian outpost."),
    ("ASSAULT", "Israeli jets bombed a Syrian airfield."),
]

LIGHT_VERBS = [
    ("CONSULT", "Latvia and Lithuania held talks in Riga."),
    ("CONSULT", "Uruguay's president paid a visit to Paraguay."),
    ("CONSULT", "Qatar has resumed negotiations with Bahrain."),
    ("AGREE", "Laos reached a deal with Cambodia on river traffic."),
    ("ASSAULT", "Sudan launched an attack on Chad."),
    ("ACCUSE", "Iceland opened an investigation into the Irish bank."),
    ("PROTEST", "Kurdish refugees staged a hunger strike against Turkey."),
    ("REQUEST", "Haiti made an appeal to the Dominican Republic."),
    ("THREATEN", "Libya issued an ultimatum to Malta."),
]

NOUNS = [
    ("COERCE", "The arrest of a Canadian diplomat by Belarus surprised the markets."),
    ("CONSULT", "A meeting between Slovakia and Slovenia is the talk of the town."),
    ("ASSAULT", "Iraq's invasion of Kuwait changed the price of oil."),
    ("AGREE", "A trade agreement between Peru and Singapore helped growers of avocados."),
    ("SANCTION", "Panama's sanctions against Nicaragua hurt hauliers."),
    ("CONCEDE", "The lifting of American sanctions on Myanmar pleased jewellers."),
]

SENSES_BY_OBJECT = [
    ("AGREE", "Fiji signed an accord with Tonga."),
    ("CONCEDE", "Gabon dropped the charges against the Cameroonian editor."),
    ("ASSAULT", "Russia dropped bombs on Ukraine."),
    ("SANCTION", "Mali broke off relations with Niger."),
    ("CONCEDE", "Benin dropped its objection to the Nigerian pipeline."),
    ("COERCE", "Jordan imposed a curfew on Iraq's refugee camp."),
    ("AGREE", "Taiwan accepted an invitation from Paraguay."),
    ("SUPPORT", "Malawi opened an embassy in Morocco."),
    ("RETREAT", "Croatia pulled its troops out of Bosnia."),
    ("SANCTION", "Britain pulled out of the European Union."),
]


PENALTIES_AND_EASINGS = [
    ("COERCE", "Chile fined Harbor Foods 4 million pesos for fixing prices."),
    ("COERCE", "Police in Ghana fired tear gas at the marchers."),
    ("COERCE", "Some 40 people were arrested, among them Ivo Lanz, the leader of the Green Front."),
    ("SANCTION", "Oman threw out three Yemeni diplomats."),
    ("SANCTION", "Canada suspended Fiji's sugar quota."),
    ("SANCTION", "Norway last month extended by three years its anti-dumping duty on steel from Turkey."),
    ("CONCEDE", "Norway suspended its own quota on beef from Chile."),
    ("CONCEDE", "Kenya increased its quota for sugar from Malawi."),
    ("CONCEDE", "Peru postponed duties on steel from Chile until March."),
    ("CONCEDE", "Latvia, the third-largest buyer, last week halved its export duty on timber."),
    ("AID", "The United States has given Nepal more than $2 million in aid."),
    ("AGREE", "Chad and Niger signed a ceasefire."),
]


@pytest.mark.parametrize(("kind", "text"), VERBS + LIGHT_VERBS + NOUNS + SENSES_BY_OBJECT + PENALTIES_AND_EASINGS)
def test_type(events: Callable[..., list[EventRow]], kind: str, text: str) -> None:
    """A sentence that tells one event gives one row of its type."""
    assert [row.type for row in events(text)] == [kind]


NO_EVENT = [
    ("what was once meant", "Norway was going to expel two Chilean envoys before the call."),
    ("alleged", "Oman punished nobody: two officials accused of torturing Yemenis went home."),
    ("regret is no demand", "“Chile should never have sold the mine,” Peru said."),
    ("negation", "Norway did not impose sanctions on Chile."),
    ("negation", "No deal between Ghana and Togo emerged."),
    ("negation", "Kenya never attacked Uganda."),
    ("condition", "If Peru invades Ecuador, prices will rise."),
    ("condition", "Prices would rise if Oman bombed Yemen."),
    ("possibility", "Poland could expel Belarus's ambassador."),
    ("possibility", "Denmark may lift its ban on Polish apples."),
    ("aim", "Mexico hopes to sign a treaty with Cuba."),
    ("aim", "Brazil wants to meet Bolivia's negotiators."),
    ("aim", "Vietnam is considering sanctions against Laos."),
    ("purpose", "The envoy flew home in order to attack Iceland's quota."),
    ("failure", "Spain failed to reach an agreement with Portugal."),
    ("speech", "Portugal said the weather in Spain was fine."),
    ("other sense", "The new plant meets Canada's requirements."),
    ("other sense", "Japan declined to comment on South Korea."),
    ("generic noun", "Talks are good for trade, and wars are not."),
    ("no actor", "The police arrested a burglar on Tuesday."),
    ("things", "A storm hit the coast of Cuba."),
    ("things", "The plane crash killed two Swedish nurses."),
    ("question", "Did Norway attack Chile?"),
    ("imperative", "Let Peru build the bridge first."),
    ("opinion", "Sixty percent of Danes support Ukraine."),
    ("opinion", "Lena Okoro agreed with Marta Ruiz that the film was long."),
    ("restraint", "Ghana declined to threaten Togo."),
    ("private", "Lena Okoro refused to open the window."),
    ("words", "Lena Okoro attacked the new budget."),
    ("duties that are no tariff", "The envoy performed his duties in Kenya."),
    ("great deal", "Peru has completed a good deal of the work."),
    ("interview", "A reporter asked Lena Okoro about her childhood in Norway."),
]


@pytest.mark.parametrize(("why", "text"), NO_EVENT, ids=[f"{w}-{i}" for i, (w, _) in enumerate(NO_EVENT)])
def test_no_event(events: Callable[..., list[EventRow]], why: str, text: str) -> None:
    """What did not happen, is only thought of, or names nobody gives no row."""
    assert events(text) == [], why


STATUS = [
    ("occurred", "Norway has imposed sanctions on Chile."),
    ("occurred", "Ghana attempted to assassinate Togo's envoy."),
    ("ongoing", "Venezuela is holding three Colombian pilots."),
    ("ongoing", "Turkish and Greek ministers are meeting in Cyprus."),
    ("planned", "Kenya's president will visit Uganda in August."),
    ("planned", "Peru plans to sign a treaty with Ecuador."),
    ("planned", "Oman is expected to send medicine to Yemen."),
    ("planned", "Poland said it would lift its ban on Belarusian steel."),
    ("planned", "Mexico is to expel the Cuban consul."),
    ("planned", "Norway is going to expel two Chilean envoys."),
    ("planned", "Norway said that it was going to expel two Chilean envoys."),
    ("denied", "Denmark denied having bombed a Norwegian ship."),
    ("denied", "Sudan denies that it attacked Chad."),
]


@pytest.mark.parametrize(("status", "text"), STATUS)
def test_status(events: Callable[..., list[EventRow]], status: str, text: str) -> None:
    """The status says whether an event occurred, lasts, is to come, or is denied."""
    assert [row.status for row in events(text)] == [status]


REFUSALS_AND_THREATS = [
    ("REJECT", "Chile said it would not give aid to Peru."),
    ("REJECT", "Portugal did not approve the fishing deal with Morocco."),
    ("SANCTION", "India will not allow imports from Pakistan."),
    ("THREATEN", "Bahrain said it would expel Qatar's envoy if the broadcasts went on."),
    ("THREATEN", "Canada will take countermeasures against the United States."),
    ("REQUEST", "Sweden's trade minister said Russia must open its market."),
    ("ACCUSE", "Finland said Russia had violated its airspace."),
    ("REJECT", "Austria is opposed to Hungary's plan."),
    ("REJECT", "Moldova said the Romanian offer was unacceptable."),
    ("ACCUSE", "Cyprus was outraged at Turkey's decision."),
]


@pytest.mark.parametrize(("kind", "text"), REFUSALS_AND_THREATS)
def test_stance(events: Callable[..., list[EventRow]], kind: str, text: str) -> None:
    """Refusing, demanding, charging and threatening are events of their own type, whatever the words."""
    assert [row.type for row in events(text)] == [kind]


DATES = [
    ("Norway and Chile signed a treaty on June 3.", "2021-06-03", "2021-06-03", "day", "published_on"),
    ("Ghana banned Brazilian poultry in March 2019.", "2019-03-01", "2019-03-31", "month", "stated"),
    ("Kenya bombed Somalia in 1998.", "1998-01-01", "1998-12-31", "year", "stated"),
    ("Oman expelled Yemen's envoy last week.", "2021-06-07", "2021-06-13", "approximate", "relative"),
    ("Poland's premier arrived in Latvia on Monday.", "2021-06-14", None, "day", "published_on"),
    (
        "Peru said on Monday that Ecuador had bombed a bridge in May 2020.",
        "2020-05-01",
        "2020-05-31",
        "month",
        "stated",
    ),
    (
        "In late 2018, when Spain arrested a Cuban banker, rates rose.",
        "2018-10-01",
        "2018-12-31",
        "approximate",
        "stated",
    ),
    (
        "Denmark's minister said on Monday Russia must open its market.",
        "2021-06-14",
        "2021-06-14",
        "day",
        "published_on",
    ),
    ("Peru agreed to send wheat to Haiti by 2030.", None, None, None, None),
    ("Mali has imposed sanctions on Niger.", None, None, None, None),
]


@pytest.mark.parametrize(("text", "start", "end", "precision", "basis"), DATES)
def test_date(
    events: Callable[..., list[EventRow]],
    text: str,
    start: str | None,
    end: str | None,
    precision: str | None,
    basis: str | None,
) -> None:
    """An event has the date of its own clause, not that of the verb of saying or of what was agreed."""
    (row,) = events(text)
    days = tuple(d and d.isoformat() for d in (row.date_start, row.date_end))
    assert (*days, row.date_precision, row.date_basis) == (start, end, precision, basis)


SHARED_DATES = [
    ("a second verb", "On Monday Chad raided the office and detained its head, Ivo Lanz.", "detained", (2021, 6, 14)),
    ("a gerund's date", "Norway fined Chad for selling oil in 2003.", "fined", None),
    ("the last time", "The last time Norway expelled a Chadian envoy was on May 3.", "expelled", (2021, 5, 3)),
    (
        "a month of last year",
        "Peru scrapped its tariff on barley in August and lifted a ban in May.",
        "scrapped",
        (2020, 8, 1),
    ),
    (
        "talks at the end of a trip",
        "Ana Ruiz will travel to Chad on Friday for talks with Ivo Lanz.",
        "talks",
        (2021, 6, 18),
    ),
    (
        "a date that opens the sentence",
        "In 1986 Chad expelled an Omani envoy, and Oman recalled its ambassador from Chad.",
        "recalled",
        (1986, 1, 1),
    ),
    (
        "a dateline",
        "LIMA, June 15 (Andina) - Peru expelled a Chilean envoy on Monday, the ministry said.",
        "expelled",
        (2021, 6, 14),
    ),
    ("what an act prompts", "Chad banned ore in May, prompting Oman to file a complaint.", "file", None),
]


@pytest.mark.parametrize(("why", "text", "trigger", "day"), SHARED_DATES, ids=[c[0] for c in SHARED_DATES])
def test_whose_date(
    events: Callable[..., list[EventRow]], why: str, text: str, trigger: str, day: tuple[int, int, int] | None
) -> None:
    """A date belongs to every verb that it stands over, and to no verb beside which it dates something else."""
    [row] = [r for r in events(text) if r.trigger.startswith(trigger)]
    assert row.date_start == (date(*day) if day else None), why


def test_date_of_the_sentence_before(events: Callable[..., list[EventRow]]) -> None:
    """A sentence that only answers the one before takes its date."""
    rows = events("In March 2019 Norway banned Chilean salmon. In retaliation, Chile expelled Norway's ambassador.")
    assert [(r.type, r.date_start, r.date_text) for r in rows] == [
        ("SANCTION", date(2019, 3, 1), "March 2019"),
        ("SANCTION", date(2019, 3, 1), "March 2019"),
    ]


def test_strike_called_for_a_day_is_to_come(events: Callable[..., list[EventRow]]) -> None:
    """A weekday behind *for* lies ahead where something was called, whatever the tense."""
    (row,) = events("The union, Sindicato Norte, has called a strike for Friday.")
    assert (row.status, row.date_start) == ("planned", date(2021, 6, 18))


def test_no_date_without_day_of_publication(events: Callable[..., list[EventRow]]) -> None:
    """A date that needs the day of publication stays null without it."""
    (row,) = events("Norway and Chile signed a treaty on Monday.", published_on=None)
    assert (row.date_start, row.date_text, row.date_basis) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("Latvia and Lithuania held talks in Norway.", "Norway", "NOR"),
        ("Uruguay's president visited Paraguay.", "Paraguay", "PRY"),
        ("Ghana and Togo signed a treaty in Nairobi.", "Nairobi", "KEN"),
        ("Farmers rallied outside the Chilean Embassy in Quito.", "Chilean Embassy", "ECU"),
        ("Peru and Chile signed a treaty.", None, None),
    ],
)
def test_place(events: Callable[..., list[EventRow]], text: str, place: str | None, code: str | None) -> None:
    """The place is what the predicate's own phrases name, with the country it lies in."""
    (row,) = events(text)
    assert (row.place, row.country_code) == (place, code)


PREDICATES = [
    ("SANCTION", "Peru revoked the visas of two Chilean officials."),
    ("SANCTION", "Norway ended an exemption for Togo."),
    ("SANCTION", "Brazil hit Argentina with a 20 percent tariff on milk."),
    ("SANCTION", "Kenya declared the Ugandan consul persona non grata."),
    ("SANCTION", "Ghana walked out of talks with Togo."),
    ("COERCE", "Turkey took 30 activists into custody."),
    ("COERCE", "Oman placed the cleric Ali Nasser under house arrest."),
    ("COERCE", "Norway blamed hackers, and Chad hacked Oman."),
    ("ASSAULT", "The group Nour Front claimed responsibility for the bombing in Chad."),
    ("PROTEST", "Teachers in Chad went on strike on Friday."),
    ("PROTEST", "The Farm Front said it would block highways on Saturday."),
    ("MOBILIZE", "North Korea held military drills near the border."),
    ("AID", "The World Bank said it would resume lending to Mali."),
    ("CONCEDE", "Norway forgave the debt of Togo."),
    ("REJECT", "Chad challenged the ruling by Oman."),
    ("SANCTION", "India notified retaliatory duties on American almonds."),
    ("REJECT", "Togo denied any part in the raid."),
    ("REJECT", "Norwegian prosecutors said Chad shelled a village. Chad denied this."),
    ("REJECT", "President Ana Ruiz of Peru ruled out a ceasefire."),
    ("SANCTION", "Beijing blocked a cargo of Brazilian soy, and Brazil complained to China."),
    ("ACCUSE", "India recalled its envoy to Nepal and lodged a protest with Nepal over the raid."),
    ("SUPPORT", "Ana Ruiz of Peru conveyed gratitude to Chile."),
    ("AID", "Turkey sent two planes carrying tents to Albania."),
    ("CONSULT", "Norway and Chile agreed to hold talks in May."),
]


MONEY_AND_MARKETS = [
    ("AID", "The European Union gave Kenya $40 million to mend roads."),
    ("AID", "Norway, which sent Chad $60 million last month, said its help would go on."),
    ("AID", "The World Bank disbursed US$1.2 billion to Peru in May."),
    ("AID", "Norway will extend up to 30 million kroner in soft loans to Ghana."),
    ("AID", "The State Bank of Kenya sanctioned a loan to Uganda."),
    ("SANCTION", "Kenya shut out Ugandan eggs in January, citing a virus."),
    ("SANCTION", "Norway announced a hike in import tariffs on Danish cheese."),
    ("CONCEDE", "Norway announced a fresh cut in import duties on Danish cheese."),
    ("COERCE", "Swiss prosecutors froze $3.8 million held by Ivo Lanz."),
    ("ASSAULT", "Chinese coast guard ships fired water cannons at two Philippine boats in July."),
]

CROWDS = [
    ("PROTEST", "Students marched on Tuesday to demand lower fees."),
    ("PROTEST", "Hundreds of nurses walked off the job on Monday."),
    ("PROTEST", "The truckers' union, Sindicato Norte, has called a 48-hour strike for Friday."),
    ("COERCE", "Police detained nine students on Friday."),
]

STANDS_AND_STAYS = [
    ("SUPPORT", "Kenya's ambassador praised what he called Uganda's generous approach."),
    ("REJECT", 'Ivo Lanz dismissed as "nonsense" a report in the newspaper La Voz.'),
    ("REJECT", "Chile criticised Peru, retaliating for Lima's refusal to open its market to Chilean fish."),
    ("CONSULT", "The secretary general, Ana Ruiz, is due in Lima on Monday."),
    ("CONSULT", "Chile will say what it wants when talks with Peru resume next week."),
    ("COOPERATE", "Uganda's High Court ruled on Monday that Ivo Lanz can be extradited to Kenya."),
    ("AGREE", "Under a deal struck in March, Peru dropped its complaint while Chile lifted the tariff."),
]


@pytest.mark.parametrize(("kind", "text"), PREDICATES + MONEY_AND_MARKETS + CROWDS + STANDS_AND_STAYS)
def test_predicate(events: Callable[..., list[EventRow]], kind: str, text: str) -> None:
    """Verbs with a fixed noun, a particle or a class of objects have the type of the whole expression."""
    assert kind in [row.type for row in events(text)], [(row.type, row.trigger) for row in events(text)]


TAKEN_UP = [
    ("REJECT", "Prime Minister Ana Ruiz accused Peru of spying. Peru dismissed the accusation."),
    ("REJECT", "Prime Minister Ana Ruiz accused Chile of theft. Chile called the charge absurd."),
    ("REQUEST", "President Ana Ruiz met Prime Minister Olaf Berg on Monday and asked him to open the border."),
    ("ACCUSE", "President Ana Ruiz said the talks are going badly and blamed Chile for it."),
]


@pytest.mark.parametrize(("kind", "text"), TAKEN_UP)
def test_act_that_takes_up_another(events: Callable[..., list[EventRow]], kind: str, text: str) -> None:
    """An act told beside another, of which it takes up a charge, a person or the subject, is a row of its own."""
    assert kind in [row.type for row in events(text)]


MERGED = [
    (
        "a complaint and a duty given up",
        "Peru dropped its complaint against Chile. Peru ended its duties on Chilean wine.",
        2,
    ),
    (
        "two acts side by side",
        "Norway expelled two Chadian envoys and froze the assets of three Chadian firms.",
        2,
    ),
    (
        "the same meeting told twice",
        (
            "Norway's minister met Chile's minister in Lima on June 3. "
            "The meeting between Norway and Chile lasted two hours."
        ),
        1,
    ),
    (
        "headline and body",
        "Ghana lifts ban on Togo's cocoa\n\nGhana on Monday lifted its ban on cocoa from Togo, the ministry said.",
        1,
    ),
    (
        "two years, two events",
        "Kenya banned Ugandan sugar in 2004. Kenya banned Ugandan maize in 2009.",
        2,
    ),
    (
        "two partners, two meetings",
        "Oman's sultan met Yemen's president. Oman's sultan met Qatar's emir.",
        2,
    ),
    (
        "one attack in one sentence",
        "Eritrean gunmen opened fire on an Ethiopian convoy, killing one Ethiopian driver.",
        1,
    ),
]


@pytest.mark.parametrize(("why", "text", "n"), MERGED, ids=[m[0] for m in MERGED])
def test_one_row_for_one_event(events: Callable[..., list[EventRow]], why: str, text: str, n: int) -> None:
    """An event of the world is one row however often it is told; two of them stay two."""
    rows = events(text)
    assert len(rows) == n, (why, rows)


def test_most_specific_telling_wins(events: Callable[..., list[EventRow]]) -> None:
    """The body's telling, which has the date, gives the row, not the headline's."""
    (row,) = events(
        "Ghana lifts ban on Togo's cocoa\n\nGhana on Monday lifted its ban on cocoa from Togo, the ministry said."
    )
    assert (row.trigger, row.date_start) == ("lifted its ban", date(2021, 6, 14))


def test_trigger_inside_clause(document: Callable[..., Document]) -> None:
    """Each trigger stands in the row's own span, and each span in the text."""
    text = (
        "Norway's premier met Chile's president on Monday, and Peru, which had accused Bolivia of spying, "
        "expelled two diplomats after the arrest of a Peruvian reporter by Bolivian police."
    )
    analysed = document(text, published_on=PUBLISHED)
    rows, participants = find_events(analysed, find_actors(analysed).entities)
    assert len(rows) >= 3
    for found in rows:
        row = found.row
        assert row.trigger in analysed.text[row.char_start : row.char_end]
        assert all(span.of(analysed.text) for spans in found.evidence.values() for span in spans)
    assert {p.event_id for p in participants} <= {f.row.event_id for f in rows}


def test_attack_in_words(events: Callable[..., list[EventRow]]) -> None:
    """A person who attacks a person accuses; a state that attacks a state assaults."""
    rows = events("Lena Okoro attacked Marta Ruiz in a speech. Eritrea attacked Ethiopia.")
    assert [r.type for r in rows] == ["ACCUSE", "ASSAULT"]


def test_stay(events: Callable[..., list[EventRow]]) -> None:
    """Somebody who is in a country until a day is on a visit that goes on."""
    (row,) = events("Trade Minister Lena Okoro of Ghana is currently in Peru until June 20.")
    assert (row.type, row.status, row.place, row.country_code) == ("CONSULT", "ongoing", "Peru", "PER")
    assert (row.date_start, row.date_end) == (None, date(2021, 6, 20))


def test_home_is_no_stay(events: Callable[..., list[EventRow]]) -> None:
    """To be in a place, with no word that says for how long or why, is no event."""
    assert events("Lena Okoro is in Peru.") == []


class TestMeasures:
    """Events of the measures that the rows of ``tariffs`` describe."""

    @pytest.fixture
    def rows(self, document: Callable[..., Document]) -> Callable[[str], list[tuple[EventRow, set[str], set[str]]]]:
        """Events of a text with the names of both sides."""
        from broadsheet.extraction.tariffs import find_tariffs

        def found(text: str) -> list[tuple[EventRow, set[str], set[str]]]:
            analysed = document(text, published_on=PUBLISHED)
            cast = find_actors(analysed).entities
            rows, parts = find_events(analysed, cast, [t.row for t in find_tariffs(analysed, cast)])
            return [
                (
                    f.row,
                    {cast.actors[p.actor_id].name for p in parts if (p.event_id, p.role) == (f.row.event_id, "actor")},
                    {
                        cast.actors[p.actor_id].name
                        for p in parts
                        if (p.event_id, p.role) == (f.row.event_id, "recipient")
                    },
                )
                for f in rows
            ]

        return found

    def test_targets_are_recipients(self, rows: Callable[[str], list[tuple[EventRow, set[str], set[str]]]]) -> None:
        """Every country that a measure aims at is a recipient of its one event."""
        ((row, actors, recipients),) = rows("Norway imposed a duty of 12 percent on salmon from Chile and Peru.")
        assert (row.type, actors, recipients) == ("SANCTION", {"Norway"}, {"Chile", "Peru"})

    def test_lower_is_a_concession(self, rows: Callable[[str], list[tuple[EventRow, set[str], set[str]]]]) -> None:
        """A lower rate is a concession to those whose goods it is for."""
        ((row, actors, recipients),) = rows("Ghana will cut its tariff on Togolese cocoa from 20 percent to 5 percent.")
        assert (row.type, row.status, actors, recipients) == ("CONCEDE", "planned", {"Ghana"}, {"Togo"})

    def test_measure_in_a_noun_phrase(self, rows: Callable[[str], list[tuple[EventRow, set[str], set[str]]]]) -> None:
        """A measure that only a noun phrase tells is an event too."""
        ((row, actors, recipients),) = rows("Exporters complain of Kenyan tariffs placed on Ugandan sugar.")
        assert (row.type, actors, recipients) == ("SANCTION", {"Kenya"}, {"Uganda"})

    def test_day_that_its_own_verb_puts_ahead(
        self, rows: Callable[[str], list[tuple[EventRow, set[str], set[str]]]]
    ) -> None:
        """A day of effect to come stays ahead, though the act itself is told in the past."""
        told = "Peru adopted a duty on plates from Chile. The duty, which will enter into force on 1 August, is high."
        ((row, _, _),) = rows(told)
        assert (row.status, row.date_start) == ("planned", date(2021, 8, 1))
