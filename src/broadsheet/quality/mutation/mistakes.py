"""The changes made by content mutations: the effects of human or program mistakes on the tables."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from broadsheet.base.span import Span
from broadsheet.tables.keys import row_key
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from broadsheet.quality.mutation.content import Cells, Change, World

_SCALES = {"million": ("billion", Decimal(1000)), "billion": ("million", Decimal("0.001"))}
"""Scale words of equal length, so that the printed amount still fits its span."""

_DATES = {
    "events": ("date_start", "date_end"),
    "financial_figures": ("date_start", "date_end"),
    "tariffs": ("effective_on", "announced_on", "ended_on"),
}


def exchanged_ids(table: str) -> Change:
    """Swaps the keys of two rows, in every table and in the corrections."""

    def change(world: World, row: Cells) -> bool:
        key = schemas()[table].primary_key[0]
        one, other = row[key], world.another(table, key, row[key])
        if other is None:
            return False
        new = {one: other, other: one}
        for cells in world.rows[table]:
            cells[key] = new.get(cells[key], cells[key])
        world.replace_links(table, key, new)
        for cells in world.rows["evidence"]:
            cells["row_id"] = new.get(cells["row_id"], cells["row_id"])
        if world.curation is not None:
            world.curation = world.curation.replace(one, "\0").replace(other, one).replace("\0", other)
        return True

    return change


def scaled(*columns: str, by: Decimal) -> Change:
    """Multiplies the non-null amounts of a row."""

    def change(_: World, row: Cells) -> bool:
        given = [name for name in columns if row[name] is not None]
        for name in given:
            row[name] = (row[name] * by).quantize(Decimal("0.0001"))
        return bool(given)

    return change


def scale_word_misread(world: World, row: Cells) -> bool:
    """Misreads the scale word: amount and printed amount agree, but the text differs."""
    for word, (other, by) in _SCALES.items():
        if word in row["amount_text"] and other not in row["amount_text"]:
            row["amount_text"] = row["amount_text"].replace(word, other)
            return scaled("amount", "amount_high", by=by)(world, row)
    return False


def transposed(_: World, row: Cells) -> bool:
    """Swaps two digits of the amount, also in the printed amount."""
    text = row["amount_text"]
    for place in range(len(text) - 1):
        one, other = text[place : place + 2]
        old = f"{row['amount'].normalize():f}"
        if one.isdigit() and other.isdigit() and one != other and old.startswith(text[place : place + 2]):
            new = other + one + old[2:]
            if row["amount_high"] is None and other != "0":
                row["amount_text"] = text[:place] + other + one + text[place + 2 :]
                row["amount"] = Decimal(new).quantize(Decimal("0.0001"))
                return True
    return False


def other_unit(_: World, row: Cells) -> bool:
    """Sets another currency, marked as stated."""
    if row["unit"] in ("percent", "percentage_points", "basis_points"):
        return False
    row["unit"], row["unit_basis"] = ("EUR" if row["unit"] == "USD" else "USD"), "stated"
    return True


def negated(_: World, row: Cells) -> bool:
    """Flips the sign of the amount."""
    if row["amount_high"] is not None:
        return False
    row["amount"] = -row["amount"]
    return True


def flipped(one: str, other: str) -> Change:
    """Swaps two columns of a row and their evidence."""

    def change(world: World, row: Cells) -> bool:
        if (
            None in (row[one], row[other])
            or row.get("is_retaliation")
            or world.of("tariffs", retaliates_for_id=_id(row))
        ):
            return False
        row[one], row[other] = row[other], row[one]
        world.exchange_evidence(_id(row), one, other)
        return True

    return change


def _id(row: Cells) -> Any:
    return next(iter(row.values()))


def one_filled(one: str, other: str) -> Change:
    """Moves the only known side of a payment to the other side."""

    def change(world: World, row: Cells) -> bool:
        if (row[one] is None) == (row[other] is None) or row["tariff_id"] is not None:
            return False
        row[one], row[other] = row[other], row[one]
        world.exchange_evidence(_id(row), one, other)
        return True

    return change


def other_target(table: str, column: str, target: str, target_column: str, **where: Any) -> Change:
    """Points the cell to another row of the target table."""

    def change(world: World, row: Cells) -> bool:
        if row[column] is None:
            return False
        taken = [row[name] for name in row if name != column and isinstance(row[name], str)]
        new = world.another(target, target_column, row[column], *taken, **where)
        if new is not None:
            row[column] = new
        return new is not None

    return change


def other_speaker(world: World, row: Cells) -> bool:
    """Sets another speaker in every part of the utterance."""
    if row["speaker_id"] is None:
        return False
    parts = world.of("quotes", utterance_id=row["utterance_id"])
    new = world.another("actors", "actor_id", row["speaker_id"], *(p["addressee_id"] for p in parts), kind="person")
    for part in parts:
        part["speaker_id"] = new or part["speaker_id"]
    return new is not None


def speakers_exchanged(world: World, row: Cells) -> bool:
    """Swaps the speakers of two quotes, with the printed words and the evidence."""
    columns = ("speaker_id", "speaker_text", "attribution")
    alone = [q for q in world.rows["quotes"] if len(world.of("quotes", utterance_id=q["utterance_id"])) == 1]
    others = [q for q in alone if None not in (q["speaker_id"], row["speaker_id"])]
    others = [q for q in others if q["speaker_id"] not in (row["speaker_id"], row["addressee_id"])]
    others = [q for q in others if row["speaker_id"] != q["addressee_id"] and q["article_id"] == row["article_id"]]
    if row not in alone or not others:
        return False
    other = world.random.choice(others)
    for name in columns:
        row[name], other[name] = other[name], row[name]
    new = {row["quote_id"]: other["quote_id"], other["quote_id"]: row["quote_id"]}
    for cited in world.rows["evidence"]:
        if cited["column_name"] in columns:
            cited["row_id"] = new.get(cited["row_id"], cited["row_id"])
    return True


def event_deleted(world: World, row: Cells) -> bool:
    """Deletes the event with its participants and evidence."""
    world.remove("events", row)
    parts = world.rows["event_participants"]
    world.rows["event_participants"] = [p for p in parts if p["event_id"] != row["event_id"]]
    return True


def quote_deleted(world: World, row: Cells) -> bool:
    """Deletes the quote; the next part of its utterance becomes the first, and quotes are renumbered."""
    world.remove("quotes", row)
    rest = world.of("quotes", utterance_id=row["quote_id"])
    for part in rest:
        part["utterance_id"] = rest[0]["quote_id"]
    return True


def deleted(table: str, links: tuple[tuple[str, str], ...] = ()) -> Change:
    """Deletes the row with its evidence and all references to it."""

    def change(world: World, row: Cells) -> bool:
        if any(world.of(name, **{column: _id(row)}) for name, column in links):
            return False
        world.remove(table, row)
        return True

    return change


def mention_deleted(world: World, row: Cells) -> bool:
    """Deletes the mention; the actor keeps at least one other mention."""
    if len(world.of("mentions", actor_id=row["actor_id"])) < 2:
        return False
    world.remove("mentions", row)
    return True


def merged(world: World, row: Cells) -> bool:
    """Merges two actors: every row that referred to the second refers to the first."""
    other = world.another("actors", "actor_id", row["actor_id"], kind=row["kind"])
    if other is None or row["kind"] == "country":
        return False
    one = row["actor_id"]
    world.remove("actors", world.of("actors", actor_id=other)[0])
    world.replace_links("actors", "actor_id", {other: one})
    seen: set[tuple[str, str]] = set()
    kept = []
    for part in world.rows["event_participants"]:
        if (place := (part["event_id"], part["actor_id"])) not in seen:
            kept.append(part)
            seen.add(place)
    world.rows["event_participants"] = kept
    return True


def shifted(table: str, months: int) -> Change:
    """Shifts every date of the row by ``months``; the precision stays."""

    def change(_: World, row: Cells) -> bool:
        precision = row.get("date_precision") or row.get("effective_precision")
        given = [name for name in _DATES[table] if row[name] is not None]
        if months % 12 and precision == "year":
            return False
        for name in given:
            row[name] = _moved(row[name], months, last=name == "date_end" and precision == "month")
        return bool(given)

    return change


def _moved(day: date, months: int, *, last: bool) -> date:
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    end = monthrange(year, month)[1]
    return date(year, month, end if last else min(day.day, end))


def other_word(table: str, column: str, *but: str) -> Change:
    """Sets another allowed value of an enumerated column."""

    def change(world: World, row: Cells) -> bool:
        if row[column] is None or row[column] in but:
            return False
        row[column] = world.random.choice(sorted({*schemas()[table].field(column).enum} - {row[column], *but}))
        return True

    return change


def other_action(world: World, row: Cells) -> bool:
    """Sets another action and moves the rate to the column that this action uses."""
    if row["action"] in ("threaten", "remove", "suspend") or row["rate_before_percent"] is not None:
        return False
    row["action"] = world.random.choice(sorted({"impose", "lower", "maintain", "raise", "remove"} - {row["action"]}))
    if row["action"] == "remove" and row["rate_percent"] is not None:
        row["rate_before_percent"] = row["rate_percent"]
        for name in ("rate_percent", "rate_high_percent", "rate_text", "rate_approximation", "rate_is_additional"):
            row[name] = None
        lost = ("rate_high_percent", "rate_text", "rate_approximation", "rate_is_additional")
        world.exchange_evidence(row["tariff_id"], "rate_percent", "rate_before_percent")
        cited = world.rows["evidence"]
        gone = [e for e in cited if e["row_id"] == row["tariff_id"] and e["column_name"] in lost]
        world.rows["evidence"] = [e for e in cited if e not in gone]
    return True


def other_country(world: World, row: Cells) -> bool:
    """Sets another country of an actor, also in its roles and, if it is a state, in the measures."""
    old = row["country_code"]
    taken = {a["country_code"] for a in world.of("actors", kind="country")}
    free = [code for code in ("VUT", "PRY", "ISL", "LAO") if code not in taken]
    if old in (None, "EUU"):
        return False
    row["country_code"] = new = world.random.choice(free)
    for role in world.of("actor_roles", actor_id=row["actor_id"], country_code=old):
        role["country_code"] = new
    if row["kind"] == "country":
        for tariff in world.rows["tariffs"]:
            for name in ("imposer_code", "target_code"):
                tariff[name] = new if tariff[name] == old else tariff[name]
    return True


def sides_flipped(world: World, row: Cells) -> bool:
    """Swaps the actors and recipients of an event."""
    parts = world.of("event_participants", event_id=row["event_id"])
    if {p["role"] for p in parts} != {"actor", "recipient"}:
        return False
    for part in parts:
        part["role"] = "actor" if part["role"] == "recipient" else "recipient"
    return True


def participant_lost(world: World, row: Cells) -> bool:
    """Deletes the participant."""
    world.remove("event_participants", row)
    return True


def other_participant(world: World, row: Cells) -> bool:
    """Replaces the participant by another actor."""
    taken = [p["actor_id"] for p in world.of("event_participants", event_id=row["event_id"])]
    new = world.another("actors", "actor_id", *taken)
    row["actor_id"] = new or row["actor_id"]
    return new is not None


def copied(table: str) -> Change:
    """Adds a row that the article does not support: a copy with its own key, evidence and participants."""

    def change(world: World, row: Cells) -> bool:
        key = schemas()[table].primary_key[0]
        span = Span(row["char_start"], row["char_end"])
        new = row_key(row[key][:3], row["article_id"], span, "copy")
        made = {**row, key: new}
        if "rate_percent" in row and row["rate_percent"] is None:
            return False
        world.rows[table].append(made)
        for name, column in (("evidence", "row_id"), ("event_participants", "event_id")):
            world.rows[name] += [{**cells, column: new} for cells in world.of(name, **{column: row[key]})]
        return True

    return change


def exchanged(table: str, *columns: str) -> Change:
    """Swaps related cells of two rows of an article; the evidence stays."""

    def change(world: World, row: Cells) -> bool:
        rows = world.of(table, article_id=row["article_id"])
        others = [r for r in rows if None not in (r[columns[0]], row[columns[0]]) and r[columns[0]] != row[columns[0]]]
        if not others:
            return False
        other = world.random.choice(others)
        for name in columns:
            row[name], other[name] = other[name], row[name]
        return True

    return change


def turned(column: str) -> Change:
    """Negates a boolean of a row."""

    def change(_: World, row: Cells) -> bool:
        if row[column] is None or row.get("retaliates_for_id") is not None:
            return False
        row[column] = not row[column]
        return True

    return change
