"""Events of plain sentences, and how mentions of one event come together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from broadsheet.analysis.encoder import encode
from broadsheet.base.span import Span
from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.events.dating import Date
from broadsheet.extraction.events.event_mention import EventMention
from broadsheet.extraction.events.measures import with_measures
from broadsheet.extraction.events.merging import DatedMention, Event
from broadsheet.extraction.events.participants import TYPES, Party, participants
from broadsheet.extraction.links import Link, Linked
from broadsheet.extraction.meaning import Meaning
from broadsheet.extraction.pipeline import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.links import Phrase, Relation
    from broadsheet.extraction.pipeline import ArticleTables

PUBLISHED = date(2024, 5, 15)
LEAST = 0.75

SENTENCES = [
    ("Norwegian Prime Minister Ada Lund met President Juan Vega of Chile in Oslo on Monday.", "CONSULT", "ada-lund"),
    ("Peru and Bolivia signed a trade agreement on Tuesday.", "AGREE", "peru"),
    ("Kenya accused Somalia of violating its border.", "ACCUSE", "kenya"),
    ("Japan rejected a proposal by South Korea for joint patrols.", "REJECT", "japan"),
    ("Denmark sent medical supplies worth $3 million to Malawi.", "AID", "denmark"),
    ("Canada imposed sanctions on Belarus on Friday.", "SANCTION", "canada"),
    ("Mexico lifted its ban on beef from Brazil.", "CONCEDE", "mexico"),
    ("Police in Uruguay arrested opposition leader Pedro Sosa on Monday.", "COERCE", "pedro-sosa"),
    ("Ethiopian forces attacked Eritrea on Sunday, killing 20 people.", "ASSAULT", "ethiopia"),
    ("Finland urged Hungary to approve the treaty.", "REQUEST", "finland"),
    ("Turkey threatened to close its border with Syria.", "THREATEN", "turkey"),
    ("Ghana withdrew its troops from Mali on Tuesday.", "RETREAT", "ghana"),
    ("Thousands of people protested against the government of Serbia in Belgrade.", "PROTEST", "serbia"),
    ("India deployed 5,000 soldiers along its border with China.", "MOBILIZE", "india"),
    ("French President Marie Duval visited Vietnam on Wednesday.", "CONSULT", "marie-duval"),
    ("Australia expelled two diplomats from Iran.", "SANCTION", "australia"),
]


@pytest.fixture(scope="module")
def parsed(document: Callable[..., Document]) -> list[tuple[str, str, ArticleTables]]:
    """Type and a participant of each sentence, and the tables of it."""
    return [(kind, who, parse(document(f"{text}\n", PUBLISHED))) for text, kind, who in SENTENCES]


def test_most_events_have_their_type_and_a_participant(parsed: list[tuple[str, str, ArticleTables]]) -> None:
    """Plain sentences give the event that they tell."""
    right = 0
    for kind, who, tables in parsed:
        events = {f.row.event_id for f in tables.events if f.row.type == kind}
        right += any(p.event_id in events and p.actor_id == who for p in tables.participants)
    assert right / len(parsed) >= LEAST


def test_every_event_has_a_participant_and_evidence(parsed: list[tuple[str, str, ArticleTables]]) -> None:
    """No event is without a participant, and its cells are told by words."""
    for _, _, tables in parsed:
        taking_part = {p.event_id for p in tables.participants}
        for found in tables.events:
            assert found.row.event_id in taking_part
            assert {"type", "trigger", "status"} <= set(found.evidence)
            assert (found.row.date_text is not None) == ("date_text" in found.evidence)
            start, end = found.row.char_start, found.row.char_end
            assert all(start <= s.start and s.end <= end for s in found.evidence["trigger"])


def test_nobody_acts_and_receives_in_one_event(parsed: list[tuple[str, str, ArticleTables]]) -> None:
    """An actor has one role in an event."""
    for _, _, tables in parsed:
        keys = [(p.event_id, p.actor_id) for p in tables.participants]
        assert len(keys) == len(set(keys))


class _AllAct(Linked):
    """Says that everybody acts, the last named likeliest."""

    def __call__(self, relation: Relation, place: int, kind: int, phrases: Sequence[Phrase]) -> list[Link]:
        """One link for each actor."""
        last = {phrase.group: phrase for phrase in phrases}
        return [Link((phrase, phrase), (5.0 + phrase.first / 100, -5.0)) for phrase in last.values()]


def test_a_state_and_its_own_are_never_on_one_side(document: Callable[..., Document]) -> None:
    """Of a state and its people and bodies the likelier acts; others act beside them."""
    read = document(
        "Mexico warns\n\nMexico, the Mexican Foreign Ministry and the government of Norway warned on Monday.\n",
        PUBLISHED,
    )
    cast = find_actors(read, encode(read)).entities
    warned = next(token for token in read.tokens if token.text == "warned")
    meaning = Meaning(read, cast)
    meaning.links = _AllAct(read, meaning.links.vectors)
    actors, recipients = participants(cast, meaning, warned, TYPES.index("ACCUSE") + 1)
    kinds = [(cast.kind_of(party.actor_id), cast.country_of(party.actor_id)) for party in actors]
    assert kinds == [("country", "NOR"), ("organization", "MEX")]
    assert not recipients


class _Scored(Linked):
    """Gives the scores as actor and recipient by the keys of the actors; the others take no part."""

    scores: Mapping[str, tuple[float, float]] = MappingProxyType({})

    def __call__(self, relation: Relation, place: int, kind: int, phrases: Sequence[Phrase]) -> list[Link]:
        """One link for each actor, with its last mention."""
        last = {str(phrase.group): phrase for phrase in phrases}
        return [Link((phrase, phrase), self.scores.get(key, (-9.0, -9.0))) for key, phrase in last.items()]


@pytest.mark.parametrize(
    ("text", "word", "kind", "scores", "sides"),
    [
        (
            "Kenya accused Peru and Chile of fraud.",
            "accused",
            "ACCUSE",
            {"peru": (-5, 1), "chile": (-5, -0.9)},
            "/chile peru",
        ),
        (
            "Kenya accused Peru and Chile of fraud.",
            "accused",
            "ACCUSE",
            {"peru": (-5, 1), "chile": (-5, -2)},
            "/peru",
        ),
        (
            "Chile and Kenya accused Peru of fraud.",
            "accused",
            "ACCUSE",
            {"peru": (-5, 1), "chile": (-5, -0.9)},
            "/peru",
        ),
        (
            "After talks with Peru, Kenya was glad.",
            "talks",
            "CONSULT",
            {"peru": (1, -5), "kenya": (-0.9, -5)},
            "kenya peru/",
        ),
        ("After talks with Peru, Kenya was glad.", "talks", "CONSULT", {"peru": (1, -5), "kenya": (-2, -5)}, "peru/"),
        (
            "Kenya was glad. Talks with Peru went well.",
            "Talks",
            "CONSULT",
            {"peru": (1, -5), "kenya": (-0.9, -5)},
            "peru/",
        ),
        (
            "Kenya left the African Union summit.",
            "summit",
            "CONSULT",
            {"african-union": (1, -5), "kenya": (2, -5)},
            "african-union/",
        ),
        (
            "Kenya left the summit of the African Union.",
            "summit",
            "CONSULT",
            {"african-union": (1, -5), "kenya": (2, -5)},
            "african-union/",
        ),
        (
            "Kenya met the African Union.",
            "met",
            "CONSULT",
            {"african-union": (1, -5), "kenya": (2, -5)},
            "african-union kenya/",
        ),
        (
            "Peruvian President Ana Soto froze the funds of Kenya.",
            "froze",
            "SANCTION",
            {"kenya": (-5, 1)},
            "peru/kenya",
        ),
        ("Kenya suffers from Peru's bans.", "bans", "SANCTION", {"kenya": (-5, 1)}, "peru/kenya"),
        ("Peru said that the bans hurt Kenya.", "bans", "SANCTION", {"kenya": (-5, 1)}, "/kenya"),
    ],
)
def test_scores_and_syntax_give_the_sides(
    document: Callable[..., Document],
    text: str,
    word: str,
    kind: str,
    scores: dict[str, tuple[float, float]],
    sides: str,
) -> None:
    """The rest of a list takes part, and the other side of a meeting; a body's summit is its own, a ban its maker's."""
    read = document(f"{text}\n", PUBLISHED)
    cast = find_actors(read, encode(read)).entities
    meaning = Meaning(read, cast)
    meaning.links = _Scored(read, meaning.links.vectors)
    meaning.links.scores = scores
    anchor = next(token for token in read.tokens if token.text == word)
    found = participants(cast, meaning, anchor, TYPES.index(kind) + 1)
    assert "/".join(" ".join(sorted(party.actor_id for party in side)) for side in found) == sides


def test_a_row_of_tariffs_gives_who_imposed_the_measure(document: Callable[..., Document]) -> None:
    """An event of which nobody is known to act has the imposer of its row; one that has an actor keeps it."""
    read = document("Norway raised the duty on fish from Peru to 20 percent on Friday.\n", PUBLISHED)
    rows = [found.row for found in parse(read).tariffs]
    cast = find_actors(read, encode(read)).entities
    raised = read.tokens[1]
    mention = EventMention("SANCTION", 1.0, "CONCEDE", raised, raised.span, raised, "occurred", (), ())
    own = replace(mention, actors=(Party("norway", Span(0, 6), "name", 1.0),))
    for one, source in ((mention, "imposer_of_row"), (own, "scored")):
        events = [Event([DatedMention(one, Date(), None, in_title=False)])]
        [event] = with_measures(events, rows, cast)
        assert [(p.actor_id, p.source) for p in event.actors] == [("norway", source)]
        assert [p.actor_id for p in event.recipients] == ["peru"]


def test_an_event_told_twice_is_one_row(document: Callable[..., Document]) -> None:
    """The headline and the text tell one event."""
    text = "Peru and Chile sign agreement\n\nPeru and Chile signed an agreement on Monday. They signed it in Lima.\n"
    events = [f.row for f in parse(document(text, PUBLISHED)).events if f.row.type == "AGREE"]
    assert len(events) == 1


def test_a_date_is_moved_to_the_year_that_its_tense_asks_for(document: Callable[..., Document]) -> None:
    """A month without a year can be that of the year before; one with a year cannot."""
    from broadsheet.extraction.dates import find_dates

    [august] = find_dates("It ended in August.", published_on=PUBLISHED, max_characters=100)
    date_of_event = Date.of(august)
    assert date_of_event.start is not None
    moved = date_of_event.moved(-1)
    assert moved.start == date_of_event.start.replace(year=date_of_event.start.year - 1)
    assert moved.end is not None
    assert moved.end.day == 31
    [stated] = find_dates("It ended in August 2023.", published_on=PUBLISHED, max_characters=100)
    assert not Date.of(stated).moved(-1).known


def test_dates_of_one_event_have_a_day_in_common() -> None:
    """Dates fit if a day is in both, or one is unknown."""
    may = Date(date(2024, 5, 1), date(2024, 5, 31), "month", "stated")
    day = Date(date(2024, 5, 3), date(2024, 5, 3), "day", "stated")
    later = Date(date(2024, 6, 3), date(2024, 6, 3), "day", "stated")
    assert may.fits(day)
    assert day.fits(Date())
    assert not day.fits(later)


def test_an_event_is_that_of_its_fullest_mention(document: Callable[..., Document]) -> None:
    """More of date, actor and recipient counts before a higher score, and the body before the title."""
    analysed = document("Peru sued Chile.\n")
    party = Party("peru", Span(0, 4), "name", 1.0)
    sued = analysed.tokens[1]
    plain = EventMention("ACCUSE", 9.0, "REJECT", sued, sued.span, sued, "occurred", (party,), ())
    full = replace(plain, score=0.5, recipients=(replace(party, actor_id="chile"),))
    short, long = (DatedMention(m, Date(), None, in_title=False) for m in (plain, full))
    dated = replace(short, date=Date(date(2024, 5, 3), date(2024, 5, 3), "day", "stated"), mention=full)
    assert Event([short, long]).best is long
    assert Event([long, dated, short]).best is dated
    assert Event([replace(dated, in_title=True), short]).best is short
    assert Event([long, replace(long, mention=replace(full, score=0.6))]).best.mention.score == 0.6


def test_a_mutual_event_has_both_sides_where_any_mention_tells_them(document: Callable[..., Document]) -> None:
    """The sides are those of the mention that has two, if the best one has one of them alone."""
    met = document("Peru met Chile.\n").tokens[1]
    peru, chile, kenya = (Party(key, Span(0, 4), "name", 1.0) for key in ("peru", "chile", "kenya"))
    best = EventMention("CONSULT", 9.0, "AGREE", met, met.span, met, "occurred", (peru,), ())
    for others, sides in (((peru, chile), {"peru", "chile"}), ((chile, kenya), {"peru"})):
        mentions = [best, replace(best, score=1.0, actors=others)]
        event = Event([DatedMention(m, Date(), None, in_title=False) for m in mentions])
        assert {p.actor_id for p in event.actors} == sides
