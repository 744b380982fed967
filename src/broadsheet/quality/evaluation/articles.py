"""Scores the tables of an article against gold for every table.

The gold of an article is a JSON object with ``article`` and the lists ``actors``, ``roles``, ``quotes``, ``events``,
``tariffs`` and ``figures``. Absent or null lists are not scored. ``forms.py`` defines the fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.quality.evaluation.measure import Count, Fault, Scores, around, brief, occurrence
from broadsheet.quality.evaluation.pairing import Pairs, allowed, fit, fit_number, pair, plain, shared, words
from broadsheet.quality.evaluation.participants import ParticipantJudge, Party, first_choice
from broadsheet.quality.evaluation.tariffs import GOLD_FIELDS, TariffJudge, clauses, day, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from broadsheet.quality.evaluation.index import PackageRows

    Row = Mapping[str, Any]
    Name = Callable[[Row], str]

QUOTE_LIKENESS = 0.7
TITLE_LIKENESS = 0.5


class ArticleScorer:
    """Scores one article of a package.

    Args:
        package: The rows of the package.
        gold: The gold of the article.
        where: Name of the article in reports.
        only: Whether there is no other gold, so that a package with one article must match.
    """

    def __init__(self, package: PackageRows, gold: Row, where: str, *, only: bool = False) -> None:
        self.gold = gold
        self.where = where
        self.scores = Scores.empty()
        self._article_id, self._same_text = package.find(gold, only=only)
        self._package = package
        self._text = package.texts.get(self._article_id or "")
        self._names: dict[str, str] = {}

    def score(self) -> Scores:
        """Returns all measures of the article; an article missing from the package counts as empty."""
        self._article()
        self._actors()
        for section, judge in (
            ("roles", self._roles),
            ("quotes", self._quotes),
            ("events", self._events),
            ("tariffs", self._tariffs),
            ("figures", self._figures),
        ):
            if self.gold.get(section) is not None:
                judge()
        return self.scores

    # -- shared by all tables

    def _rows(self, table: str) -> list[Row]:
        return self._package.of(table, self._article_id)

    def _who(self, actor_id: str | None) -> str | None:
        """Returns the gold's name of an actor, or ``?`` and the id if the gold lacks it."""
        return None if actor_id is None else self._names.get(actor_id, f"?{actor_id}")

    def _count(self, measure: str, pairs: Pairs[Row], right: int | None = None) -> None:
        found = len(pairs.matched)
        given, asked = found + len(pairs.spurious), found + len(pairs.missed)
        self.scores.add(measure, Count(found if right is None else right, given, asked))

    def _fault(
        self, measure: str, kind: str, row: str, gold: object, given: object, context: str | None = None
    ) -> None:
        self.scores.faults.append(Fault(measure, kind, self.where, brief(row), gold, given, context))

    def _rows_at_fault(
        self, measure: str, pairs: Pairs[Row], gold_name: Name, row_name: Name, describe: Callable[[Row], object]
    ) -> None:
        for gold in pairs.missed:
            self._fault(measure, "missed", gold_name(gold), _gold_values(gold), None, self._gold_context(gold))
        for row in pairs.spurious:
            self._fault(measure, "spurious", row_name(row), None, describe(row), self._context(row))

    def _field(self, measure: str, right: float, row: str, gold: object, given: object, place: Row) -> None:
        self.scores.add_field(measure, bool(right))
        if not right:
            self._fault(measure, "wrong", row, gold, given, self._context(place))

    def _dates(self, measure: str, name: str, gold: Row, row: Row) -> None:
        expected, given = ([day(x.get(field)) for field in ("date_start", "date_end")] for x in (gold, row))
        self._field(measure, _dates_fit(gold, row), name, expected, given, row)

    def _context(self, row: Row) -> str | None:
        if self._text is None or row.get("char_start") is None:
            return None
        return around(self._text, int(row["char_start"]), int(row["char_end"]))

    def _gold_context(self, gold: Row) -> str | None:
        """Returns the context of the gold row's words in the text; None if they are not found."""
        if self._text is None:
            return None
        said = (gold.get(key) for key in ("text", "trigger", "evidence", "title", "name"))
        for form in [next((x for x in said if x), None), *gold.get("aliases", [])]:
            at = occurrence(self._text, form, gold.get("nth") or 1) if form else None
            if form and at is not None:
                return around(self._text, at, at + len(form))
        return None

    # -- one method per table

    def _article(self) -> None:
        if self.gold["article"].get("text_sha256") is None and self._article_id is not None:
            return
        self.scores.add("canonical_text", Count(int(self._same_text), 1, 1))
        if not self._same_text:
            expected = self.gold["article"].get("title")
            problem = "is not in the package" if self._article_id is None else "has another canonical text"
            self._fault("canonical_text", "wrong", str(expected), self.gold["article"].get("text_sha256"), problem)

    def _actors(self) -> None:
        """Matches actors by name or alias, then countries by code, then people by surname."""

        def likeness(gold: Row, row: Row) -> float:
            name, code = plain(row["name"]), gold.get("country")
            if name in {plain(form) for form in [gold["name"], *gold.get("aliases", [])]}:
                base = 2.0
            elif gold["kind"] == row["kind"] == "country" and code and code == row["country_code"]:
                base = 1.5
            elif gold["kind"] == row["kind"] == "person" and name.split()[-1:] == plain(gold["name"]).split()[-1:]:
                base = 1.0
            else:
                return 0.0
            right = fit(gold, "kind", row["kind"]) + fit(gold, "country", row["country_code"])
            return base + 0.1 * ((name == plain(gold["name"])) + right)

        golds, rows = self.gold["actors"], self._package.actors(self._article_id)
        pairs = pair(golds, rows, likeness)
        self._names = {rows[j]["actor_id"]: golds[i]["name"] for i, j in pairs.links.items()}
        if self.gold["article"].get("partial_actors"):
            return
        self._count("actors", pairs)
        named: Name = lambda row: row["name"]  # noqa: E731 - a one-line key function
        self._rows_at_fault("actors", pairs, named, named, lambda row: {"kind": row["kind"], "id": row["actor_id"]})
        for gold, row in pairs.matched:
            self._field("actors.kind", fit(gold, "kind", row["kind"]), gold["name"], gold["kind"], row["kind"], row)
            if gold.get("country"):
                right = fit(gold, "country", row["country_code"])
                self._field("actors.country", right, gold["name"], gold["country"], row["country_code"], row)

    def _roles(self) -> None:
        def likeness(gold: Row, row: Row) -> float:
            title = max(shared(words(row["title"]), words(str(t))) for t in allowed(gold, "title"))
            if self._who(row["actor_id"]) != gold["actor"] or title < TITLE_LIKENESS:
                return 0.0
            body: bool = self._who(row["organization_id"]) == gold.get("organization")
            tenure: bool = row["tenure"] == gold["tenure"]
            return title + 0.1 * (tenure + body)

        def describe(row: Row) -> object:
            return {"title": row["title"], "organization": self._who(row["organization_id"]), "tenure": row["tenure"]}

        pairs = pair(self.gold["roles"], self._rows("actor_roles"), likeness)
        self._count("roles", pairs)
        self._rows_at_fault(
            "roles",
            pairs,
            lambda gold: f"{gold['actor']}, {gold['title']}",
            lambda row: f"{self._who(row['actor_id'])}, {row['title']}",
            describe,
        )
        for gold, row in pairs.matched:
            given = {
                "organization": self._who(row["organization_id"]),
                "tenure": row["tenure"],
                "country": row["country_code"],
            }
            for field, value in given.items():
                if field in gold or field != "country":
                    name = f"{gold['actor']}, {gold['title']}"
                    self._field(f"roles.{field}", fit(gold, field, value), name, gold.get(field), value, row)

    def _quotes(self) -> None:
        def speaker(gold: Row, row: Row) -> float:
            return fit(gold, "speaker", self._who(row["speaker_id"]))

        def likeness(gold: Row, row: Row) -> float:
            text = _quote_likeness(gold, row["text"])
            if text < QUOTE_LIKENESS:
                return 0.0
            fields = fit(gold, "kind", row["kind"]) + fit(gold, "cue", row["cue"])
            return text + 0.2 * speaker(gold, row) + 0.1 * fields

        golds, rows = self.gold["quotes"], self._rows("quotes")
        pairs = pair(golds, rows, likeness)
        self._count("quotes", pairs)
        self._count("quotes+speaker", pairs, sum(bool(speaker(g, r)) for g, r in pairs.matched))
        self._rows_at_fault(
            "quotes",
            pairs,
            lambda gold: gold["text"],
            lambda row: row["text"],
            lambda row: {"kind": row["kind"], "speaker": self._who(row["speaker_id"]), "cue": row["cue"]},
        )
        utterance = {i: rows[j]["utterance_id"] for i, j in pairs.links.items()}
        for i, gold in enumerate(golds):
            if i not in utterance or gold.get("optional"):
                continue
            row = rows[pairs.links[i]]
            who = self._who(row["speaker_id"])
            self._field("quotes.speaker", speaker(gold, row), gold["text"], gold["speaker"], who, row)
            self._field("quotes.kind", fit(gold, "kind", row["kind"]), gold["text"], gold["kind"], row["kind"], row)
            printed, addressee = row["speaker_text"], self._who(row["addressee_id"])
            for field, given in (("cue", row["cue"]), ("addressee", addressee), ("speaker_text", printed)):
                if field in gold:
                    right = fit(gold, field, given)
                    self._field(f"quotes.{field}", right, gold["text"], gold[field], given, row)
            if gold.get("same_utterance_as_previous") and i - 1 in utterance:
                right = float(utterance[i] is not None and utterance[i] == utterance[i - 1])
                self._field("quotes.utterance", right, gold["text"], "that of the quote before", "its own", row)

    def _events(self) -> None:
        actors, participants = self._package.actors(self._article_id), self._rows("event_participants")
        judge = ParticipantJudge(self.gold, actors, participants, self._who)

        def likeness(gold: Row, row: Row) -> float:
            want, have = first_choice(gold), judge.given(row)
            names, given = {n for n, _ in want}, {n for n, _ in have}
            kind = fit(gold, "type", row["type"])
            if not kind or (names and not names & given):
                return 0.0
            trigger = shared(words(gold["trigger"]), words(row["trigger"])) > 0
            overlap = len(names & given) / max(1, len(names | given))
            right = (want == have) + _dates_fit(gold, row) + trigger
            return 0.1 + kind + overlap + 0.5 * right + 0.2 * fit(gold, "status", row["status"])

        pairs = pair(self.gold["events"], self._rows("events"), likeness)
        self._count("events", pairs)
        self._count("events.strict", pairs, sum(judge.all_right(gold, row) for gold, row in pairs.matched))
        self._count("events.dyads", pairs, sum(judge.dyad_right(gold, row) for gold, row in pairs.matched))

        def describe(row: Row) -> object:
            return {"type": row["type"], "status": row["status"], "participants": _listed(judge.given(row))}

        self._rows_at_fault(
            "events",
            pairs,
            lambda gold: f"{gold['type']} {gold['trigger']}",
            lambda row: f"{row['type']} {row['trigger']}",
            describe,
        )
        for gold, row in pairs.matched:
            name = f"{gold['type']} {gold['trigger']}"
            self._dates("events.date", name, gold, row)
            want, have = _listed(first_choice(gold)), _listed(judge.given(row))
            self._field("events.roles", judge.all_right(gold, row), name, want, have, row)
            for field, column in (("status", "status"), ("precision", "date_precision")):
                if field in gold:
                    self._field(f"events.{field}", fit(gold, field, row[column]), name, gold[field], row[column], row)

    def _tariffs(self) -> None:
        judge = TariffJudge(self.gold, self._who)
        golds, rows = self.gold["tariffs"], self._rows("tariffs")
        for suffix, likeness in (("", judge.loose), (".strict", judge.strict)):
            pairs = pair(golds, rows, likeness)
            self._count(f"tariffs{suffix}", pairs)
            self.scores.add(f"tariffs.clauses{suffix}", clauses(golds, rows, pairs))
            if suffix:
                continue
            self._rows_at_fault(
                "tariffs",
                pairs,
                lambda gold: _measure(gold.get("imposer"), gold.get("target"), gold.get("product")),
                lambda row: _measure(row["imposer_code"], row["target_code"], row["product"]),
                lambda row: {n: row[n] for n in ("measure", "action", "rate_text", "status")},
            )
            for gold, row in pairs.matched:
                name = _measure(gold.get("imposer"), gold.get("target"), gold.get("product"))
                for field, right in judge.fields(gold, row).items():
                    expected = gold.get(GOLD_FIELDS.get(field, field))
                    self._field(f"tariffs.{field}", right, name, expected, judge.shown(row, field), row)

    def _figure_fields(self, gold: Row, row: Row) -> dict[str, float]:
        """Returns the score of each figure field that the gold states."""
        verdicts = {"kind": fit(gold, "kind", row["kind"])}
        if "approximation" in gold:
            verdicts["approximation"] = fit(gold, "approximation", row["approximation"])
        if gold.get("high") is not None:
            verdicts["high"] = fit_number(_signed(gold), "high", number(row["amount_high"]))
        if gold.get("payer") or gold.get("payee"):
            verdicts["parties"] = self._parties_right(gold, row)
        elif "payer" in gold:
            verdicts["no_parties"] = self._parties_right(gold, row)
        return verdicts

    def _parties_right(self, gold: Row, row: Row) -> float:
        payer, payee = self._who(row["payer_id"]), self._who(row["payee_id"])
        left_out = bool(gold.get("payer_optional")) and payer is None and payee is None
        return float(left_out or bool(fit(gold, "payer", payer) and fit(gold, "payee", payee)))

    def _figures(self) -> None:
        def likeness(gold: Row, row: Row) -> float:
            amount = fit_number(_signed(gold), "amount", number(row["amount"]))
            if not fit(gold, "unit", row["unit"]) or not amount:
                return 0.0
            high = fit_number(_signed(gold), "high", number(row["amount_high"]))
            return 1.0 + 0.1 * high + 0.3 * sum(self._figure_fields(gold, row).values())

        def shown(row: Row, field: str) -> object:
            if field.endswith("parties"):
                return [self._who(row["payer_id"]), self._who(row["payee_id"])]
            return number(row["amount_high"]) if field == "high" else row[field]

        pairs = pair(self.gold["figures"], self._rows("financial_figures"), likeness)
        self._count("figures", pairs)
        self._rows_at_fault(
            "figures",
            pairs,
            lambda gold: gold["text"],
            lambda row: row["amount_text"],
            lambda row: {"amount": str(row["amount"].normalize()), "unit": row["unit"], "kind": row["kind"]},
        )
        for gold, row in pairs.matched:
            for field, right in self._figure_fields(gold, row).items():
                expected = [gold.get("payer"), gold.get("payee")] if field.endswith("parties") else gold.get(field)
                self._field(f"figures.{field}", right, gold["text"], expected, shown(row, field), row)
            if "date_start" in gold or "date_end" in gold:
                self._dates("figures.date", gold["text"], gold, row)


def _measure(imposer: str | None, target: str | None, product: str | None) -> str:
    return f"{imposer} on {target or 'all'}, {product or 'goods'}"


def _listed(parties: set[Party]) -> list[str]:
    return sorted(f"{role} {name}" for name, role in parties)


def _quote_likeness(gold: Row, text: str) -> float:
    """Returns the share of common words; if the gold has only both ends of a quote, compares the ends and length."""
    if "text_end" not in gold:
        return shared(words(gold["text"]), words(text))
    head, tail, given = words(gold["text"]), words(gold["text_end"]), words(text)
    ends = [shared(head, given[: len(head)]), shared(tail, given[-len(tail) :])]
    if count := gold.get("n_words"):
        n = len(text.split())
        ends.append(min(n, count) / max(n, count))
    return min(ends)


def _dates_fit(gold: Row, row: Row) -> float:
    return min(fit(gold, field, day(row[field])) for field in ("date_start", "date_end"))


def _signed(gold: Row) -> Row:
    """Returns the gold with negative amounts for a fall."""
    if gold.get("direction") != "down":
        return gold
    signed: dict[str, object] = {}
    for field in ("amount", "high"):
        first, *others = [None if v is None else -abs(v) for v in allowed(gold, field)]
        signed |= {field: first, f"{field}_alt": others}
    return {**gold, **signed}


def _gold_values(gold: Row) -> dict[str, Any]:
    return {key: value for key, value in gold.items() if value is not None and not key.endswith(("_alt", "aliases"))}
