"""The rules of events and of those who took part in them tell the branch that decided."""

from __future__ import annotations

import pytest
from firing import fired, says

TABLES = ("events", "event_participants")

CASES = [
    ("actor_id", "event_participants.actor_id.pronoun_goes_on", "Norway grew angry. Peru held talks with it."),
    (
        "actor_id",
        "event_participants.actor_id.state_of",
        "The Kenyan Foreign Ministry expelled a Ugandan envoy. Uganda responded by recalling its ambassador.",
    ),
    (
        "actor_id",
        "event_participants.actor_id.two_persons",
        "Ana Ruiz and Olaf Berg were in Lima, where they signed an accord.",
    ),
    (
        "actor_id",
        "event_participants.actor_id.uttered",
        "Peru said it would close the border. Chile condemned this statement.",
    ),
    (
        "role",
        "event_participants.role.according_to",
        "Chilean troops crossed the river, according to Peru. Chile denied the accusation.",
    ),
    (
        "role",
        "event_participants.role.answered",
        "Kenya expelled a Ugandan envoy. Uganda responded by recalling its ambassador.",
    ),
    ("role", "event_participants.role.cause", "Kenyans protested in defiance of Uganda."),
    (
        "role",
        "event_participants.role.charged",
        "Nordvik AB sued Tarn Motors in March. Nordvik dropped the case last week.",
    ),
    ("role", "event_participants.role.complement_subject", "Peru alleged that Chile had closed the bridge."),
    (
        "role",
        "event_participants.role.helped_before",
        "Japan will give Nepal 3 million dollars, and India is contributing a million dollars.",
    ),
    ("role", "event_participants.role.in_act_of", "Two Syrian medics were killed in Israeli shelling."),
    ("role", "event_participants.role.sent_from", "Oman hosted a delegation from Yemen."),
    ("role", "event_participants.role.speaker", "Finland said Russia must pay."),
    ("role", "event_participants.role.spoken_of", "Finland said Russia must pay."),
    ("date_text", "events.date_text.complement", "Peru began on Monday to withdraw troops from Chile."),
    (
        "date_text",
        "events.date_text.goes_on",
        "In March 2019 Norway banned Chilean salmon. In retaliation, Chile expelled Norway's ambassador.",
    ),
    ("date_start", "events.days.apposed", "Peru met Chile the day before, on June 9."),
    (
        "date_start",
        "events.days.lent_year",
        "Peru expelled two Chilean envoys in May 2015 and recalled its ambassador in July.",
    ),
    ("date_start", "events.days.moved", "Norway and Chile agreed to hold talks in May."),
    ("event_id", "events.joined.dates", "Norway gave Peru tents on Monday. Norway donated blankets to Peru on Monday."),
    ("status", "events.status.infinitive", "Japan to send envoys to Peru for talks."),
    ("status", "events.status.on_the_way", "Olaf Berg left for talks with Ana Ruiz."),
    ("status", "events.status.over", "Norway has been shelling Chile until May."),
    ("status", "events.status.planned_word", "Norway's planned visit to Chile drew crowds."),
    ("status", "events.status.stay", "Trade Minister Lena Okoro of Ghana is currently in Peru until June 20."),
    ("status", "events.status.vote", "Lawmakers in Peru voted 14-7 on Monday to impose sanctions on Chile."),
    ("trigger", "events.trigger.modal", "Finland said Russia must pay."),
    ("type", "events.type.accepted", "Chile accepted the resignation."),
    ("type", "events.type.answer_ahead", "Canada will take countermeasures against the United States."),
    ("type", "events.type.attack_with_words", "Lena Okoro attacked Marta Ruiz in a speech. Eritrea attacked Ethiopia."),
    ("type", "events.type.called_for", "Chile sought a ceasefire with Norway."),
    ("type", "events.type.charge", "Finland said Russia had violated its airspace."),
    ("type", "events.type.conditional", "Bahrain said it would expel Qatar's envoy if the broadcasts went on."),
    ("type", "events.type.demand", "Finland said Russia must pay."),
    ("type", "events.type.launch", "North Korea launched a missile."),
    ("type", "events.type.manoeuvre_alone", "North Korea held military drills near the border."),
    ("type", "events.type.refused", "Chile said it would not give aid to Peru."),
    ("type", "events.type.turned_down", "Norway dismissed the protest from Chile."),
]
"""Column, rule, and a text in which a cell of that column has it or rests on it: rules that no longer text fires."""

SAID = [
    (
        "Norway met Chile in Lima on Monday.",
        "events",
        "type",
        'the verb "met" is CONSULT by event_predicates.csv',
    ),
    ("Kenya will lift its ban on beef from Uganda in July.", "events", "status", '"will" puts it ahead: planned'),
    (
        "Peru and Chile are expected to sign a treaty.",
        "events",
        "status",
        'it depends on "expected", which event_operators.csv has for a verb of plans, decisions or promises: planned',
    ),
    ("Norway met Chile in Lima on Monday.", "events", "date_text", '"Monday" hangs on the word that names the event'),
    ("Norway met Chile in May 2019.", "events", "date_start", '"May 2019" names the days itself'),
    (
        "Norway met Chile yesterday.",
        "events",
        "date_start",
        '"yesterday" is counted from the day of publication, 2021-06-16',
    ),
    (
        "Norway met Chile in Lima on Monday.",
        "events",
        "place",
        '"Lima" stands behind "in" in a phrase of the words that tell the event',
    ),
    (
        "Norway met Chile in Lima on Monday.",
        "events",
        "country_code",
        '"Lima" is a capital whose country capitals.csv has',
    ),
    (
        "Chile was accused by Peru of theft.",
        "event_participants",
        "role",
        '"accused" is passive, and it stands behind by: actor',
    ),
    (
        "Chile was accused by Peru of theft.",
        "event_participants",
        "role",
        'it is what "accused" is done to, its object or the subject of the passive: recipient',
    ),
    (
        "Norway's minister met Chile.",
        "event_participants",
        "actor_id",
        'a common noun stands there, and "Norway", which possesses or qualifies it, names the actor for whom it stands',
    ),
]
"""Text, table, column, and what is said of a cell."""


@pytest.mark.parametrize(("column", "rule", "text"), CASES, ids=[rule for _, rule, _ in CASES])
def test_the_branch_that_decided_has_its_rule(column: str, rule: str, text: str) -> None:
    """A sentence in which one branch decides has the rule of that branch."""
    assert rule in fired(text, column)


@pytest.mark.parametrize(("text", "table", "column", "told"), SAID)
def test_what_is_said_of_a_cell(text: str, table: str, column: str, told: str) -> None:
    """The sentence of a rule has the words that made it fire."""
    assert told in says(text, table, column)
