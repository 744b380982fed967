"""The measures of whole articles: what is found, what is right, what is charged, and where the fault stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from quality.evaluation.world import World, row

Change = Callable[[dict[str, Any]], object]


def test_tables_that_agree_have_no_fault(world: World) -> None:
    """Every measure is complete, and each kind of row is measured."""
    scores = world.scores()
    assert scores.faults == []
    assert {c.right == c.given == c.asked for c in scores.counts.values()} == {True}
    measured = {name.split(".")[0] for name in scores.counts}
    assert measured == {"actors", "roles", "quotes", "quotes+speaker", "events", "tariffs", "figures"}


def test_an_empty_package_misses_everything(world: World) -> None:
    """A gold row without a partner is missed; its fields are not asked for, since nothing was found."""
    world.rows = {"articles": world.rows["articles"]}
    assert world.count("actors") == (0, 0, 4)
    assert world.count("quotes") == (0, 0, 2)
    assert world.count("quotes.speaker") == (0, 0, 0)
    assert world.count("tariffs.clauses") == (0, 0, 2)


def change(table: str, number: int, **cells: object) -> Callable[[World], None]:
    """Changes cells of a row of the tables."""

    def do(world: World) -> None:
        old: Any = world.rows[table][number]
        world.rows[table][number] = replace(old, **cells)

    return do


def regold(section: str, number: int, **cells: object) -> Callable[[World], None]:
    """Changes keys of a row of the gold."""

    def do(world: World) -> None:
        world.gold[section][number].update(cells)

    return do


WRONG: dict[str, tuple[Callable[[World], None], str, object, object]] = {
    "actor's kind": (change("actors", 0, kind="group"), "actors.kind", "country", "group"),
    "actor's country": (change("actors", 2, country_code=None), "actors.country", "LVA", None),
    "role's body": (regold("roles", 0, organization="Latvia"), "roles.organization", "Latvia", None),
    "role's tenure": (change("actor_roles", 0, tenure="former"), "roles.tenure", "current", "former"),
    "role's country": (change("actor_roles", 0, country_code=None), "roles.country", "LVA", None),
    "speaker": (change("quotes", 0, speaker_id="jaan-sepp"), "quotes.speaker", "Ilze Kalna", "Jaan Sepp"),
    "speaker where none is": (regold("quotes", 0, speaker=None), "quotes.speaker", None, "Ilze Kalna"),
    "speaker whom the gold lacks": (change("actors", 2, name="Zane"), "quotes.speaker", "Ilze Kalna", "?ilze-kalna"),
    "printed speaker": (change("quotes", 0, speaker_text="Sepp"), "quotes.speaker_text", "Kalna", "Sepp"),
    "quote's kind": (change("quotes", 1, kind="partial"), "quotes.kind", "direct", "partial"),
    "cue": (change("quotes", 0, cue="say"), "quotes.cue", "tell", "say"),
    "addressee": (change("quotes", 0, addressee_id=None), "quotes.addressee", "Jaan Sepp", None),
    "utterance": (change("quotes", 1, utterance_id="quo_2"), "quotes.utterance", "that of the quote before", "its own"),
    "end of a date": (
        regold("events", 1, date_end="2024-03-11"),
        "events.date",
        ["2024-03-11", "2024-03-11"],
        ["2024-03-11", None],
    ),
    "precision": (change("events", 1, date_precision="month"), "events.precision", "day", "month"),
    "status": (change("events", 0, status="planned"), "events.status", "occurred", "planned"),
    "role of a participant": (
        change("event_participants", 3, role="actor"),
        "events.roles",
        ["actor Latvia", "recipient Estonia"],
        ["actor Estonia", "actor Latvia"],
    ),
    "rate": (change("tariffs", 0, rate_percent=Decimal("12.5")), "tariffs.rate", 12, 12.5),
    "action": (change("tariffs", 0, action="raise"), "tariffs.action", "impose", "raise"),
    "day of effect": (change("tariffs", 0, effective_on=None), "tariffs.effective", "2024-03-11", None),
    "retaliation": (change("tariffs", 0, is_retaliation=True), "tariffs.retaliation", False, True),
    "rate before": (regold("tariffs", 0, rate_before=5), "tariffs.rate_before", 5, None),
    "figure's kind": (change("financial_figures", 0, kind="price"), "figures.kind", "trade", "price"),
    "parties": (
        change("financial_figures", 0, payee_id=None),
        "figures.parties",
        ["Latvia", "Estonia"],
        ["Latvia", None],
    ),
    "parties where the text has none": (
        regold("figures", 0, payer=None, payee=None),
        "figures.no_parties",
        [None, None],
        ["Latvia", "Estonia"],
    ),
    "figure's date": (
        change("financial_figures", 0, date_end=None),
        "figures.date",
        ["2023-01-01", "2023-12-31"],
        ["2023-01-01", None],
    ),
    "upper end": (regold("figures", 0, high=5000000), "figures.high", 5000000, None),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_field_is_told(world: World, case: str) -> None:
    """The row stays found, the field counts as wrong, and the fault has both values."""
    make, measure, told, given = WRONG[case]
    before = world.count(measure)
    make(world)
    first, *_ = world.faults(measure)
    assert (first.kind, first.gold, first.given) == ("wrong", told, given)
    right, _, asked = world.count(measure)
    assert right < asked
    assert asked >= before[2]


def both(*changes: Callable[[World], None]) -> Callable[[World], None]:
    """Several changes."""

    def do(world: World) -> None:
        for make in changes:
            make(world)

    return do


def without_estonia(world: World) -> None:
    """The sanction loses its recipient."""
    world.rows["event_participants"].pop()


PARTICIPANTS: dict[str, tuple[Callable[[World], None], int, int]] = {
    "all right": (both(), 2, 2),
    "roles of a mutual event": (change("event_participants", 1, role="recipient"), 2, 2),
    "roles of another event": (change("event_participants", 3, role="actor"), 1, 1),
    "a minister for the country": (change("event_participants", 2, actor_id="ilze-kalna"), 1, 2),
    "a body without country": (
        both(regold("actors", 2, country=None), change("event_participants", 2, actor_id="ilze-kalna")),
        1,
        1,
    ),
    "a participant missing": (without_estonia, 1, 1),
    "another list": (regold("events", 1, actors=["Jaan Sepp"], actors_alt=[["Ilze Kalna"], ["Latvia"]]), 2, 2),
    "another name": (regold("events", 1, actors=["Jaan Sepp"], actors_alt="Latvia"), 2, 2),
    "no one": (both(regold("events", 1, recipients_alt=[None]), without_estonia), 2, 2),
    "no one, as an empty list": (both(regold("events", 1, recipients_alt=[[]]), without_estonia), 2, 2),
    "all names of a list together": (
        both(
            regold("events", 1, actors=["Latvia"], actors_alt=["Latvia", "Estonia"], recipients=[]),
            change("event_participants", 3, role="actor"),
        ),
        2,
        2,
    ),
}


@pytest.mark.parametrize("case", PARTICIPANTS)
def test_participants_of_events(world: World, case: str) -> None:
    """``strict`` expects all participants with their roles, ``dyads`` their countries; mutual events have no roles."""
    make, strict, dyads = PARTICIPANTS[case]
    make(world)
    assert world.count("events")[0] == 2
    assert world.count("events.strict") == (strict, 2, 2)
    assert world.count("events.dyads") == (dyads, 2, 2)


def test_strict_tariffs_have_the_right_company(world: World) -> None:
    """A row without the company that the gold names is found, but not strictly."""
    world.gold["tariffs"][0]["applies_to"] = "Jaan Sepp"
    assert world.count("tariffs") == (2, 2, 2)
    assert world.count("tariffs.strict") == (1, 2, 2)
    change("tariffs", 0, applies_to_id="jaan-sepp")(world)
    assert world.count("tariffs.strict") == (2, 2, 2)


def test_a_speaker_is_part_of_the_joint_measure(world: World) -> None:
    """A quote with another speaker is found, but does not count as quote and speaker."""
    change("quotes", 0, speaker_id="jaan-sepp")(world)
    assert world.count("quotes") == (2, 2, 2)
    assert world.count("quotes+speaker") == (1, 2, 2)


SPURIOUS = {
    "actor": ("actors", row("actors", actor_id="riga", name="Riga", kind="organization"), "actors", "Riga"),
    "role": ("actor_roles", row("actor_roles", actor_id="jaan-sepp", title="envoy"), "roles", "Jaan Sepp, envoy"),
    "quote": ("quotes", row("quotes", text="peat", kind="partial"), "quotes", "peat"),
    "event": ("events", row("events", event_id="eve_3", type="ACCUSE", trigger="taxes"), "events", "ACCUSE taxes"),
    "tariff": ("tariffs", row("tariffs", imposer_code="EST", action="impose"), "tariffs", "EST on all, goods"),
    "figure": (
        "financial_figures",
        row("financial_figures", amount=Decimal(12), unit="percent", kind="growth", amount_text="12 percent"),
        "figures",
        "12 percent",
    ),
}


@pytest.mark.parametrize("case", SPURIOUS)
def test_a_row_that_the_gold_lacks_is_charged(world: World, case: str) -> None:
    """It lowers precision alone, and is told with the place that it was read from."""
    table, extra, measure, name = SPURIOUS[case]
    before = world.count(measure)
    world.rows[table].append(extra)
    if table != "actors":
        change(table, -1, article_id=world.article.article_id)(world)
    right, given, asked = world.count(measure)
    assert (right, given, asked) == (before[0], before[1] + 1, before[2])
    (fault,) = world.faults(measure)
    assert (fault.kind, fault.row, fault.gold) == ("spurious", name, None)
    assert (fault.context is None) == (table == "actors")


MISSED = {
    "actor, at an alias": ("actors", "actors", 1, "[[Estonia]]"),
    "role": ("actor_roles", "roles", 0, "[[Trade Minister]]"),
    "quote": ("quotes", "quotes", 1, "[[It stands until June.]]"),
    "event": ("events", "events", 0, "[[met]]"),
    "tariff, at its evidence": ("tariffs", "tariffs", 1, "[[The duty on moss]]"),
    "figure": ("financial_figures", "figures", 0, "[[4 million euros]]"),
}


@pytest.mark.parametrize("case", MISSED)
def test_a_missed_row_is_shown_in_its_place(world: World, case: str) -> None:
    """It lowers recall alone; the context is the place where the gold's own words stand."""
    table, section, number, place = MISSED[case]
    world.rows[table].pop(number)
    right, given, asked = world.count(section)
    assert right == given == asked - 1
    fault = next(f for f in world.faults(section) if f.kind == "missed")
    assert place in (fault.context or "")


def test_the_context_is_the_occurrence_that_is_meant(world: World) -> None:
    """``nth`` tells which of several places with the same words it is."""
    world.rows["quotes"].clear()
    world.gold["quotes"] = [{**world.gold["quotes"][0], "text": "stands", "nth": 2}]
    (fault,) = world.faults("quotes")
    assert "It [[stands]] until" in (fault.context or "")


def test_without_texts_faults_have_no_context(world: World) -> None:
    """A package holds no text of its articles."""
    world.rows["quotes"].clear()
    assert [fault.context for fault in world.scores(sources=False).faults] == [None, None]


def test_optional_rows_are_neither_asked_for_nor_charged(world: World) -> None:
    """An optional row leaves the count whether the tables have it or not."""
    world.gold["quotes"][1]["optional"] = True
    assert world.count("quotes") == (1, 1, 1)
    world.rows["quotes"].pop()
    assert world.count("quotes") == (1, 1, 1)


ALSO_RIGHT = {
    "one more value": (regold("quotes", 0, cue="say", cue_alt=["tell", "add"]), "quotes.cue"),
    "one that is no list": (regold("figures", 0, kind="price", kind_alt="trade"), "figures.kind"),
    "null": (regold("tariffs", 0, target="LTU", target_alt=["EST", None]), "tariffs"),
    "another type": (regold("events", 0, type="AGREE", type_alt="CONSULT"), "events"),
    "another date": (regold("events", 1, date_end="2024-12-31", date_end_alt=[None]), "events.date"),
    "any action": (regold("tariffs", 0, action="raise", action_any=True), "tariffs.strict"),
    "a nominee": (both(regold("roles", 0, tenure="nominated"), change("actor_roles", 0, tenure="nominated")), "roles"),
    "another title": (regold("roles", 0, title="head of customs", title_alt=["Trade Minister"]), "roles"),
    "both ends of a quote": (regold("quotes", 1, text="It stands", text_end="until June.", n_words=4), "quotes"),
    "parties that may be left out": (
        both(change("financial_figures", 0, payer_id=None, payee_id=None), regold("figures", 0, payer_optional=True)),
        "figures.parties",
    ),
    "no parties": (
        both(
            change("financial_figures", 0, payer_id=None, payee_id=None), regold("figures", 0, payer=None, payee=None)
        ),
        "figures.no_parties",
    ),
    "a fall without its minus": (regold("figures", 0, direction="up"), "figures"),
}


@pytest.mark.parametrize("case", ALSO_RIGHT)
def test_further_right_values_are_right(world: World, case: str) -> None:
    """Gold may allow several values where a text can be read in several ways."""
    make, measure = ALSO_RIGHT[case]
    make(world)
    right, given, asked = world.count(measure)
    assert right == given == asked > 0


def test_a_fall_may_be_written_without_its_minus(world: World) -> None:
    """``direction`` makes the gold's amount negative, as the tables have it."""
    change("financial_figures", 0, amount=Decimal(-4000000))(world)
    assert world.count("figures") == (0, 1, 1)
    world.gold["figures"][0]["direction"] = "down"
    assert world.count("figures") == (1, 1, 1)


@pytest.mark.parametrize(
    ("name", "kind", "code", "found"),
    [
        ("the Latvia", "country", None, True),
        ("Republic of Latvia", "country", "LVA", True),
        ("Republic of Latvia", "organization", "LVA", False),
        ("Lettland", "country", None, False),
    ],
    ids=["the name with an article", "a country by its code", "no country by its code", "neither name nor code"],
)
def test_who_is_who(world: World, name: str, kind: str, code: str | None, found: bool) -> None:
    """An actor is found by name or alias, a country by its code too."""
    change("actors", 0, name=name, kind=kind, country_code=code)(world)
    assert (world.count("actors")[0] == 4) == found


def test_a_person_is_found_by_the_surname(world: World) -> None:
    """Unless another actor of the gold fits the name better."""
    change("actors", 2, name="I. Kalna")(world)
    assert world.count("actors") == (4, 4, 4)
    world.gold["actors"].append({"name": "I. Kalna", "kind": "person", "country": None, "aliases": []})
    assert [fault.row for fault in world.faults("actors")] == ["Ilze Kalna"]


def test_a_clause_of_many_rows_counts_once(world: World) -> None:
    """Found, and charged, by half of its rows."""
    moss: Any = world.rows["tariffs"].pop()
    goods = ("salt", "wool", "flax")
    world.gold["tariffs"] = [{**world.gold["tariffs"][1], "product": product} for product in ("moss", *goods)]
    world.rows["tariffs"] = [replace(moss, product=product) for product in ("moss", "salt", "soap", "silk", "sand")]
    assert world.count("tariffs") == (2, 5, 4)
    assert world.count("tariffs.clauses") == (1, 2, 1)


def test_a_section_that_is_absent_is_not_scored(world: World) -> None:
    """What the gold does not speak of is neither right nor wrong."""
    del world.gold["events"]
    world.gold["figures"] = None
    assert not [name for name in world.scores().counts if name.startswith(("events", "figures"))]


FINDS: dict[str, tuple[Change, bool]] = {
    "the title": (lambda about: about.update(title="latvia taxes  Estonian peat."), True),
    "most words of the title": (lambda about: about.update(title="Latvia taxes all Estonian peat"), True),
    "the address": (lambda about: about.update(title="Other", source="https://news.example/peat"), True),
    "nothing": (lambda about: about.update(title="Other", source="https://news.example/moss"), False),
}


@pytest.mark.parametrize("case", FINDS)
def test_an_article_is_found_by_what_the_gold_says_of_it(world: World, case: str) -> None:
    """By title or address where the text is another; else it is missing, and everything in it."""
    make, found = FINDS[case]
    make(world.gold["article"])
    assert (world.count("actors")[0] > 0) == found
    assert [f.given for f in world.faults("canonical_text")] == ([] if found else ["is not in the package"])


def test_the_text_is_compared_where_the_gold_knows_it(world: World) -> None:
    """Spans mean nothing in another text: that it is another is a fault of its own."""
    world.gold["article"]["text_sha256"] = world.article.text_sha256
    assert world.count("canonical_text") == (1, 1, 1)
    world.gold["article"]["text_sha256"] = "0" * 64
    assert [f.given for f in world.faults("canonical_text")] == ["has another canonical text"]


def test_the_only_article_is_meant_by_the_only_gold(world: World) -> None:
    """One article and one file of gold belong together, whatever their titles."""
    world.gold["article"] = {"title": "Other"}
    assert world.scores().counts["actors"].right == 0
    assert world.scores(only=True).counts["actors"].right == 4
