"""Scores the tables of an article against gold for every table.

The gold of an article is a JSON object: ``article`` (``title``, ``text_sha256``, ``published_on``) and, each optional,
the lists ``actors``, ``roles``, ``quotes``, ``events``, ``tariffs`` and ``figures``. People and bodies are given by the
``name`` of their actor. In any row, ``optional`` says that it is neither asked for nor charged, and ``FIELD_alt`` lists
further right values of a field.
``docs/accuracy.md`` describes the format field by field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.evaluate.measure import Count, Fault, Scores, around
from broadsheet.evaluate.pairing import Pairs, allowed, fits, fits_number, pair, plain, shared, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from broadsheet.tables.frames import Tables

    Row = Mapping[str, Any]

QUOTE_LIKENESS = 0.7
TITLE_LIKENESS = 0.5
PRODUCT_LIKENESS = 0.3
_STOP_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "of",
        "other",
        "certain",
        "some",
        "all",
        "most",
        "many",
        "various",
        "new",
        "imported",
    ]
)
_GENERIC = frozenset(["product", "good", "import", "item", "commodity", "merchandise"])


class ArticleScorer:
    """Scores one article of a package.

    Args:
        tables: The package.
        article_id: The article in it, or ``None`` where the package lacks it: then everything is missed.
        gold: The gold of the article.
        where: Name of the article in reports.
        text: Canonical text, where it is at hand, for the context of faults.
    """

    def __init__(self, tables: Tables, article_id: str | None, gold: Row, where: str, text: str | None = None) -> None:
        self.gold = gold
        self.where = where
        self.text = text
        self.scores = Scores.empty()
        self._rows = {name: _rows_of(tables, name, article_id) for name in tables if name != "countries"}
        here = {row["actor_id"] for row in self._rows["mentions"]}
        alone = article_id is not None and len(tables["articles"]) == 1
        self._rows["actors"] = [r for r in _records(tables, "actors") if alone or r["actor_id"] in here]
        self._names: dict[str, str] = {}

    def score(self) -> Scores:
        """All measures of the article."""
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

    # -- what all tables share

    def _who(self, actor_id: str | None) -> str | None:
        """The gold's name of an actor; one that it does not have keeps its id, marked."""
        return None if actor_id is None else self._names.get(actor_id, f"?{actor_id}")

    def _count(self, measure: str, pairs: Pairs[Row], right: int | None = None) -> None:
        found = len(pairs.matched)
        given, asked = found + len(pairs.spurious), found + len(pairs.missed)
        self.scores.add(measure, Count(found if right is None else right, given, asked))

    def _faults(self, measure: str, pairs: Pairs[Row], show: Callable[[Row], object]) -> None:
        for gold in pairs.missed:
            self.scores.faults.append(Fault(measure, "missed", self.where, _told(gold), None))
        for row in pairs.spurious:
            self.scores.faults.append(Fault(measure, "spurious", self.where, None, show(row), self._context(row)))

    def _field(self, measure: str, right: bool, gold: object, given: object, row: Row) -> None:
        self.scores.add_field(measure, right)
        if not right:
            fault = Fault(measure, "wrong", self.where, gold, given, self._context(row))
            self.scores.faults.append(fault)

    def _context(self, row: Row) -> str | None:
        if self.text is None or row.get("char_start") is None:
            return None
        return around(self.text, int(row["char_start"]), int(row["char_end"]))

    # -- one table each

    def _actors(self) -> None:
        """Who is who: by name or alias, else a country by its code, else a person by the surname."""

        def likeness(gold: Row, row: Row) -> float:
            name = plain(row["name"])
            if name in {plain(form) for form in [gold["name"], *gold.get("aliases", [])]}:
                base = 2.0
            elif gold["kind"] == row["kind"] == "country" and gold.get("country") == row["country_code"]:
                base = 1.5
            elif gold["kind"] == row["kind"] == "person" and name.split()[-1:] == plain(gold["name"]).split()[-1:]:
                base = 1.0
            else:
                return 0.0
            return base + 0.1 * (fits(gold, "kind", row["kind"]) + fits(gold, "country", row["country_code"]))

        golds = self.gold["actors"]
        pairs = pair(golds, self._rows["actors"], likeness)
        self._names = {self._rows["actors"][j]["actor_id"]: golds[i]["name"] for i, j in pairs.links.items()}
        self._count("actors", pairs)
        self._faults("actors", pairs, lambda row: row["name"])
        for gold, row in pairs.matched:
            self._field("actors.kind", fits(gold, "kind", row["kind"]), [gold["name"], gold["kind"]], row["kind"], row)
            if gold.get("country"):
                right = fits(gold, "country", row["country_code"])
                self._field("actors.country", right, [gold["name"], gold["country"]], row["country_code"], row)

    def _roles(self) -> None:
        def likeness(gold: Row, row: Row) -> float:
            title: float = max(shared(words(row["title"]), words(str(t))) for t in allowed(gold, "title"))
            if self._who(row["actor_id"]) != gold["actor"] or title < TITLE_LIKENESS:
                return 0.0
            body = fits(gold, "organization", self._who(row["organization_id"]))
            return title + 0.1 * (fits(gold, "tenure", row["tenure"]) + body)

        pairs = pair(self.gold["roles"], self._rows["actor_roles"], likeness)
        self._count("roles", pairs)
        self._faults("roles", pairs, lambda row: [self._who(row["actor_id"]), row["title"]])
        for gold, row in pairs.matched:
            body = self._who(row["organization_id"])
            told = [gold["actor"], gold["title"]]
            right = fits(gold, "organization", body)
            self._field("roles.organization", right, [*told, gold.get("organization")], body, row)
            self._field(
                "roles.tenure", fits(gold, "tenure", row["tenure"]), [*told, gold["tenure"]], row["tenure"], row
            )

    def _quotes(self) -> None:
        def right_speaker(gold: Row, row: Row) -> bool:
            return fits(gold, "speaker", self._who(row["speaker_id"]))

        def likeness(gold: Row, row: Row) -> float:
            text = _quote_likeness(gold, row["text"])
            if text < QUOTE_LIKENESS:
                return 0.0
            return (
                text
                + 0.2 * right_speaker(gold, row)
                + 0.1 * (fits(gold, "kind", row["kind"]) + fits(gold, "cue", row["cue"]))
            )

        golds = self.gold["quotes"]
        pairs = pair(golds, self._rows["quotes"], likeness)
        self._count("quotes", pairs)
        self._count("quotes+speaker", pairs, sum(right_speaker(g, r) for g, r in pairs.matched))
        self._faults("quotes", pairs, lambda row: row["text"])
        for gold, row in pairs.matched:
            speaker = self._who(row["speaker_id"])
            self._field("quotes.speaker", right_speaker(gold, row), gold.get("speaker"), speaker, row)
            self._field("quotes.kind", fits(gold, "kind", row["kind"]), gold["kind"], row["kind"], row)
            for field, given in (("cue", row["cue"]), ("addressee", self._who(row["addressee_id"]))):
                if field in gold:
                    self._field(f"quotes.{field}", fits(gold, field, given), gold[field], given, row)

    def _events(self) -> None:
        parts: dict[str, set[tuple[str | None, str]]] = {}
        for part in self._rows["event_participants"]:
            parts.setdefault(part["event_id"], set()).add((self._who(part["actor_id"]), part["role"]))

        def asked(gold: Row) -> set[tuple[str | None, str]]:
            return {(name, role) for role in ("actor", "recipient") for name in gold.get(f"{role}s", [])}

        def dates(gold: Row, row: Row) -> bool:
            return all(fits(gold, field, _day(row[field])) for field in ("date_start", "date_end"))

        def likeness(gold: Row, row: Row) -> float:
            want, have = asked(gold), parts.get(row["event_id"], set())
            names, given = {n for n, _ in want}, {n for n, _ in have}
            if not fits(gold, "type", row["type"]) or (names and not names & given):
                return 0.0
            trigger = shared(words(gold["trigger"]), words(row["trigger"])) > 0
            overlap = len(names & given) / max(1, len(names | given))
            return (
                1.1
                + overlap
                + 0.5 * ((want == have) + dates(gold, row) + trigger)
                + 0.2 * fits(gold, "status", row["status"])
            )

        pairs = pair(self.gold["events"], self._rows["events"], likeness)
        self._count("events", pairs)
        self._faults(
            "events", pairs, lambda row: [row["type"], row["trigger"], sorted(map(str, parts.get(row["event_id"], ())))]
        )
        for gold, row in pairs.matched:
            given = [_day(row["date_start"]), _day(row["date_end"])]
            told = [gold["trigger"], gold.get("date_start"), gold.get("date_end")]
            self._field("events.date", dates(gold, row), told, given, row)
            have = parts.get(row["event_id"], set())
            self._field("events.roles", asked(gold) == have, sorted(map(str, asked(gold))), sorted(map(str, have)), row)
            if "status" in gold:
                right = fits(gold, "status", row["status"])
                self._field("events.status", right, [gold["trigger"], gold["status"]], row["status"], row)

    def _tariffs(self) -> None:
        judge = _TariffJudge(self.gold, self._who)
        for suffix, likeness in (("", judge.loose), (".strict", judge.strict)):
            golds, rows = self.gold["tariffs"], self._rows["tariffs"]
            pairs = pair(golds, rows, likeness)
            self._count(f"tariffs{suffix}", pairs)
            self.scores.add(f"tariffs.clauses{suffix}", _clauses(golds, rows, pairs))
            if not suffix:
                self._faults("tariffs", pairs, judge.told)
                for gold, row in pairs.matched:
                    for field, right in judge.fields(gold, row).items():
                        name = "effective_on" if field == "effective" else field
                        self._field(
                            f"tariffs.{field}", right, [gold.get("product"), gold.get(name)], judge.told(row), row
                        )

    def _figures(self) -> None:
        def checks(gold: Row, row: Row) -> dict[str, bool]:
            made = {"kind": fits(gold, "kind", row["kind"])}
            if "approximation" in gold:
                made["approximation"] = fits(gold, "approximation", row["approximation"])
            if gold.get("high") is not None:
                made["high"] = fits_number(gold, "high", _number(row["amount_high"]))
            if gold.get("payer") or gold.get("payee"):
                payer, payee = self._who(row["payer_id"]), self._who(row["payee_id"])
                none = bool(gold.get("payer_optional")) and payer is None and payee is None
                made["parties"] = none or (fits(gold, "payer", payer) and fits(gold, "payee", payee))
            return made

        def likeness(gold: Row, row: Row) -> float:
            if not fits(gold, "unit", row["unit"]) or not fits_number(_signed(gold), "amount", _number(row["amount"])):
                return 0.0
            return 1.0 + 0.3 * sum(checks(gold, row).values())

        pairs = pair(self.gold["figures"], self._rows["financial_figures"], likeness)
        self._count("figures", pairs)
        self._faults("figures", pairs, lambda row: [str(row["amount"]), row["unit"], row["amount_text"]])
        for gold, row in pairs.matched:
            given = [row["kind"], row["approximation"], self._who(row["payer_id"]), self._who(row["payee_id"])]
            told = [gold["text"], gold["kind"], gold.get("approximation"), gold.get("payer"), gold.get("payee")]
            for field, right in checks(gold, row).items():
                self._field(f"figures.{field}", right, told, given, row)


class _TariffJudge:
    """What is right of a row of ``tariffs``."""

    def __init__(self, gold: Row, who: Callable[[str | None], str | None]) -> None:
        self.names = {actor["name"] for actor in gold["actors"]}
        self.who = who

    def fields(self, gold: Row, row: Row) -> dict[str, bool]:
        """Verdict of each field on which the gold speaks."""
        made = {
            "action": self._action(gold, row),
            "rate": fits_number(gold, "rate", _number(row["rate_percent"])),
            "measure": fits(gold, "measure", row["measure"]),
            "status": fits(gold, "status", row["status"]),
        }
        if gold.get("is_retaliation") is not None:
            made["retaliation"] = fits(gold, "is_retaliation", bool(row["is_retaliation"]))
        if "rate_before" in gold:
            made["rate_before"] = fits_number(gold, "rate_before", _number(row["rate_before_percent"]))
        if "rate_approximation" in gold:
            made["rate_approximation"] = fits(gold, "rate_approximation", row["rate_approximation"])
        if "additional" in gold:
            made["additional"] = fits(gold, "additional", row["rate_is_additional"])
        if gold.get("effective_on", gold.get("effective")):
            dated = {**gold, "effective_on": gold.get("effective_on", gold.get("effective"))}
            made["effective"] = fits(dated, "effective_on", _day(row["effective_on"]))
        if gold.get("applies_to") in self.names:
            made["company"] = fits(gold, "applies_to", self.who(row["applies_to_id"]))
        return made

    def _action(self, gold: Row, row: Row) -> bool:
        return bool(gold.get("action_any")) or fits(gold, "action", row["action"])

    def loose(self, gold: Row, row: Row) -> float:
        """Imposer, target and product are right."""
        product = max(_product_likeness(option, row["product"]) for option in allowed(gold, "product"))
        if not fits(gold, "imposer", row["imposer_code"]) or not fits(gold, "target", row["target_code"]):
            return 0.0
        if product < PRODUCT_LIKENESS:
            return 0.0
        exact = 0.1 * (plain(gold.get("product")) == plain(row["product"]))
        verdicts = self.fields(gold, row)
        return product + exact + 0.5 * (verdicts["action"] + verdicts["rate"]) + 0.2 * sum(verdicts.values())

    def strict(self, gold: Row, row: Row) -> float:
        """And action, rate and, where one is named, the company; as many pairs as can be."""
        loose, verdicts = self.loose(gold, row), self.fields(gold, row)
        right = verdicts["action"] and verdicts["rate"] and verdicts.get("company", True)
        return 10.0 + loose if loose and right else 0.0

    @staticmethod
    def told(row: Row) -> list[object]:
        """The row in short."""
        names = ("imposer_code", "target_code", "product", "measure", "action", "rate_text", "status")
        return [row[name] for name in names]


def _clauses(golds: Sequence[Row], rows: Sequence[Row], pairs: Pairs[Row]) -> Count:
    """Clauses instead of rows: one is found, or charged, by at least half of its rows."""
    asked: dict[object, list[int]] = {}
    for i, gold in enumerate(golds):
        if not gold.get("optional"):
            asked.setdefault(gold.get("group") or (gold.get("evidence"), gold.get("nth")), []).append(i)
    given: dict[object, list[int]] = {}
    for j, row in enumerate(rows):
        given.setdefault((row["char_start"], row["char_end"]), []).append(j)
    taken = set(pairs.links.values())
    found = sum(2 * sum(i in pairs.links for i in members) >= len(members) for members in asked.values())
    wrong = sum(2 * sum(j in taken for j in members) < len(members) for members in given.values())
    return Count(found, found + wrong, len(asked))


def _quote_likeness(gold: Row, text: str) -> float:
    """Shared words; of a gold that gives only both ends of a quote, of the ends and of the length."""
    if "text_end" not in gold:
        return shared(words(gold["text"]), words(text))
    head, tail, given = words(gold["text"]), words(gold["text_end"]), words(text)
    ends = [shared(head, given[: len(head)]), shared(tail, given[-len(tail) :])]
    if count := gold.get("n_words"):
        n = len(text.split())
        ends.append(min(n, count) / max(n, count))
    return min(ends)


def _product_likeness(gold: str | None, product: str | None) -> float:
    """Shared words, generic ones aside; 1 where neither names a product."""
    one, other = ([w for w in words(x) if w not in _STOP_WORDS | _GENERIC] for x in (gold, product))
    return shared(one, other) if one or other else 1.0


def _signed(gold: Row) -> Row:
    """The gold with a fall as a negative amount."""
    return {**gold, "amount": -abs(gold["amount"])} if gold.get("direction") == "down" else gold


def _told(gold: Row) -> dict[str, Any]:
    return {key: value for key, value in gold.items() if value is not None and not key.endswith(("_alt", "aliases"))}


def _day(value: object) -> str | None:
    return None if value is None else str(value)[:10]


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _records(tables: Tables, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tables.arrow(name).to_pylist()
    return rows


def _rows_of(tables: Tables, name: str, article_id: str | None) -> list[Row]:
    return [row for row in _records(tables, name) if row.get("article_id") == article_id and article_id is not None]
