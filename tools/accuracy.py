"""Writes `docs/accuracy.md`: `python3 dev.py run python tools/accuracy.py GOLD`.

GOLD is the folder of development gold: `articles/gold`, `articles/texts`, `quotes/dev.jsonl.gz`, `events/*.jsonl` and
`figures/dev.jsonl`. Figures and counts are computed, those of our own articles in `tests/gold` too; `tools/accuracy.md`
has the text around them.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet import __version__, extract
from broadsheet.quality.evaluation import Count, Evaluation, Fault, Gold, Scores, evaluate, read_gold
from broadsheet.quality.evaluation.checks import TYPES
from broadsheet.quality.evaluation.forms import FORMS, Field, GoldForm, Section
from broadsheet.quality.evaluation.quotes import surnames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROOT = Path(__file__).resolve().parents[1]
SETS = ("quotes/dev.jsonl.gz", "events/gsr_dev.jsonl", "events/afp.jsonl", "figures/dev.jsonl")
OWN = ROOT / "tests" / "gold"
"""Our own articles, one folder per set."""
SHORT = 3
"""Quotes of at most this many words are fragments."""

ARTICLE_GOALS: dict[str, tuple[str, str, str]] = {
    "actors": ("", "0.88", "0.95"),
    "actors.kind": ("", "0.95", "0.98"),
    "actors.country": ("", "0.92", "0.97"),
    "roles": ("", "0.75", "0.90"),
    "events": ("", "0.55", "0.75"),
    "events.date": ("", "0.90", "0.97"),
    "events.roles": ("", "0.75", "0.88"),
    "tariffs": ("", "0.70", "0.85"),
    "tariffs.strict": ("0.17", "0.60", "0.80"),
    "tariffs.clauses": ("0.39", "0.75", "0.90"),
    "tariffs.retaliation": ("", "0.85", "0.95"),
    "tariffs.status": ("", "0.85", "0.95"),
    "figures": ("0.74", "0.88", "0.95"),
    "figures.kind": ("", "0.85", "0.95"),
    "figures.parties": ("", "0.75", "0.90"),
}
"""For each measure: the best peer (a regular expression, on similar articles), the required score and the target."""

QUOTE_GOALS: dict[str, tuple[str, str, str]] = {
    "quotes": ("0.949", "0.96", ""),
    "quotes.speaker": ("0.927", "0.93", "0.97"),
    "quotes.joint": ("0.753", "0.88", "0.93"),
}

QUOTE_PEERS = (
    ("everything in marks, nearest name by a reporting verb", "0.949", "0.303"),
    ("the same with pronouns and the paragraph's other quotes", "0.949", "0.547"),
    ("textacy 0.13, whole document", "0.592", "0.513"),
    ("Gender Gap Tracker", "0.842", "0.609"),
    ("textacy 0.13, a paragraph at a time", "0.806", "0.737"),
    ("sayswho 0.1.4", "0.825", "0.753"),
)

EVENT_GOALS: dict[str, dict[str, tuple[str, str, str]]] = {
    "gsr_dev": {
        "events.type": ("0.492 (60 verbs, subject and object)", "0.62", "0.75"),
        "events.countries": ("0.457 (PETRARCH2)", "", ""),
        "events.joint": ("0.251 (PETRARCH2)", "0.45", "0.60"),
    },
    "afp": {
        "events.type": ("0.258 (60 verbs)", "", ""),
        "events.countries": ("0.147 (60 verbs)", "", ""),
        "events.joint": ("0.087 (60 verbs)", "", ""),
    },
}

FIGURE_GOALS: dict[str, tuple[str, str, str]] = {
    "rt-currency/money": ("0.889 (Recognizers)", "0.92", "0.96"),
    "rt-percent/percent": ("1.000 (Recognizers, quantulum3)", "1.0", "1.0"),
    "rt-date/date": ("0.740 (Recognizers)", "0.78", "0.88"),
    "q3/money": ("0.833 (quantulum3; trained 1.000)", "1.0", "1.0"),
    "q3/percent": ("", "1.0", "1.0"),
    "price-parser/money": ("0.961 (Recognizers)", "0.97", "0.99"),
    "dateparser/date": ("0.696 (dateparser, n-grams)", "0.80", "0.90"),
}

NO_GOALS = ("", "", "")


def written(folder: Path, day: str) -> str:
    """The page.

    Raises:
        InputError: If the folder lacks a set.
    """
    whole = [read_gold(path) for path in sorted((folder / "articles" / "gold").glob("*.json"))]
    sets = [read_gold(folder / path) for path in SETS]
    tables = extract(sorted((folder / "articles" / "texts").glob("*.txt")))
    outcome = evaluate([*whole, *sets], tables)
    articles, quotes = outcome.scores["articles"], outcome.scores["quotes/dev"]
    name, version = tables.model or ("", "")
    template = (Path(__file__).with_suffix(".md")).read_text(encoding="utf-8")
    parts = {
        "day": day,
        "version": __version__,
        "model": f"{name} {version}",
        "sets": _sets(whole, sets, outcome),
        "articles": _measures(articles, ARTICLE_GOALS),
        "own": _own(),
        "quotes": _measures(quotes, QUOTE_GOALS),
        "quote_peers": _table(("peer", "detection F1", "joint F1"), QUOTE_PEERS),
        "events": _events(outcome),
        "figures": _figures(outcome.scores["figures/dev"]),
        "article_faults": _article_faults(articles),
        "quote_faults": _causes(_quote_cause(sets[0]), quotes.faults),
        "event_faults": _event_faults(outcome.scores["events/gsr_dev"].faults),
        "date_faults": _causes(_date_cause, (f for f in outcome.scores["figures/dev"].faults if "date" in f.measure)),
        "forms": "\n\n".join(_form(form) for form in FORMS.values()),
    }
    for key, content in parts.items():
        template = template.replace(f"{{{key}}}", content)
    return template


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _sets(whole: Sequence[Gold], sets: Sequence[Gold], outcome: Evaluation) -> str:
    """A line for each set: how large it is, and from what years."""
    articles = [case for gold in whole for case in gold.cases]
    sizes = [sum(len(rows) for case in articles for rows in case.values() if isinstance(rows, list))]
    lines = [("whole articles", "articles", [case["article"] for case in articles])]
    names = ("quotes", "events, gsr_dev", "events, afp", "amounts and dates")
    for name, gold in zip(names, sets, strict=True):
        sizes.append(sum(len(case["quotes" if gold.form == "quotes" else "gold"]) for case in gold.cases))
        lines.append((name, "sentences" if gold.form == "events" else "texts", list(gold.cases)))
    assert sum(outcome.cases.values()) == sum(len(cases) for _, _, cases in lines)
    rows = [
        (name, f"{len(cases)} {unit}", size, _words(cases), _years(cases))
        for size, (name, unit, cases) in zip(sizes, lines, strict=True)
    ]
    return _table(("set", "cases", "rows of gold", "words", "texts of"), rows)


def _words(cases: Sequence[dict[str, Any]]) -> str:
    count = sum(len(case.get("text", "").split()) for case in cases)
    return f"{count:,}" if count else ""


def _years(cases: Sequence[dict[str, Any]]) -> str:
    days = (case.get("published_on") or case.get("date") or "" for case in cases)
    years = sorted({day[:4] for day in days if day})
    return "–".join(dict.fromkeys((years[0], years[-1]))) if years else ""


def _measures(scores: Scores, goals: dict[str, tuple[str, str, str]]) -> str:
    """A line per measure: its figures beside those of the peers, the required score and the target."""

    def line(measure: str, count: Count) -> tuple[str, ...]:
        peer, required, target = goals.get(measure, NO_GOALS)
        if measure in scores.fields:
            return (measure, f"{count.right} of {count.asked}", "", "", _share(count.recall), peer, required, target)
        counted = f"{count.right}, {count.given} given, {count.asked} asked"
        shares = map(_share, (count.precision, count.recall, count.f1))
        return (measure, counted, *shares, peer, required, target)

    heads = ("measure", "right", "P", "R", "F1 or share", "peer", "reach", "aim")
    return _table(heads, [line(measure, scores.counts[measure]) for measure in sorted(scores.counts, key=_place)])


def _own() -> str:
    """A line per measure, with the score of each set of our own articles."""
    scores: dict[str, Scores] = {}
    for folder in sorted(path for path in OWN.iterdir() if path.is_dir()):
        gold = [read_gold(path) for path in sorted(folder.glob("*.json"))]
        scores[folder.name] = evaluate(gold, extract(sorted(folder.glob("*.txt")))).scores["articles"]
    measures = sorted({m for found in scores.values() for m in found.counts}, key=_place)

    def score(found: Scores, measure: str) -> str:
        count = found.counts.get(measure)
        if count is None:
            return ""
        rows = measure not in found.fields
        return f"{_share(count.f1 if rows else count.recall)} ({count.right} of {count.asked})"

    rows = [(m, *(score(found, m) for found in scores.values()), *ARTICLE_GOALS.get(m, NO_GOALS)[1:]) for m in measures]
    return _table(("measure", *scores, "reach", "aim"), rows)


def _place(measure: str) -> tuple[str, int, str]:
    """Tables apart, each with its rows before its fields."""
    table = measure.split(".")[0].split("+")[0]
    rows = ("", "+speaker", ".joint", ".joint.strict", ".strict", ".clauses", ".clauses.strict")
    rest = measure.removeprefix(table)
    order = ("canonical_text", "actors", "roles", "quotes", "events", "tariffs", "figures")
    return f"{order.index(table)}", rows.index(rest) if rest in rows else len(rows), rest


def _events(outcome: Evaluation) -> str:
    blocks = []
    for name in ("gsr_dev", "afp"):
        scores = outcome.scores[f"events/{name}"]
        blocks.append(f"`{name}`, {outcome.cases[f'events/{name}']} sentences:")
        rows = []
        for measure, count in scores.counts.items():
            counted = f"{count.right}, {count.given} given, {count.asked} asked"
            shares = map(_share, (count.precision, count.recall, count.f1))
            rows.append((measure, counted, *shares, *EVENT_GOALS[name][measure]))
        blocks.append(_table(("measure", "right", "P", "R", "F1", "peer", "reach", "aim"), rows))
    return "\n\n".join(blocks)


def _figures(scores: Scores) -> str:
    rows = []
    for measure, count in scores.counts.items():
        if not measure.endswith(".found"):
            found = scores.counts[f"{measure}.found"]
            rows.append((measure, count.asked, _share(found.f1), _share(count.f1), *FIGURE_GOALS[measure]))
    return _table(("source/kind", "items", "detection F1", "joint F1", "joint F1 of a peer", "reach", "aim"), rows)


def _article_faults(scores: Scores) -> str:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fault in scores.faults:
        counts[fault.measure][fault.kind] += 1
    rows = [
        (measure, *(counts[measure][kind] or "" for kind in ("missed", "spurious", "wrong")))
        for measure in sorted(counts, key=_place)
    ]
    return _table(("measure", "missed", "spurious", "wrong"), rows)


def _causes(cause: Callable[[Fault], str], faults: Iterable[Fault]) -> str:
    return _by_count(Counter(cause(fault) for fault in faults))


def _by_count(counts: Counter[str]) -> str:
    most_first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return _table(("error", "count"), most_first)


def _quote_cause(gold: Gold) -> Callable[[Fault], str]:
    """Classifies errors of quotes by position, length and what was extracted instead."""
    headlines = {case["doc_id"]: case["text"].strip().split("\n", 1)[0] for case in gold.cases}

    def cause(fault: Fault) -> str:
        if fault.measure == "quotes.speaker":
            given = [value for value in fault.given or () if value] if isinstance(fault.given, list) else []
            if not given:
                return "speaker: nobody is given"
            named = any(surnames(str(value)) for value in given)
            return "speaker: another name is given" if named else "speaker: a phrase without a name is given"
        what = "missed" if fault.kind == "missed" else "taken for speech"
        if fault.row.rstrip("…") in headlines[fault.where]:
            return f"{what}, in the headline"
        short = len(fault.row.split()) <= SHORT
        return f"{what}, of up to {SHORT} words" if short else f"{what}, of more than {SHORT} words"

    return cause


def _event_faults(faults: Iterable[Fault]) -> str:
    """Joins what a sentence misses with what it has instead."""
    by_sentence: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_sentence[fault.where].append(fault)
    counts: Counter[str] = Counter()
    for members in by_sentence.values():
        missed = [fault.gold for fault in members if fault.kind == "missed"]
        extra = [fault.given for fault in members if fault.kind == "spurious"]
        for cause, alike in (
            ("the type is right, a side is without its country", _one_side_empty),
            ("the type is right, a country is another", lambda gold, given: gold[0] == given[0]),
            ("the countries are right, the type is another", lambda gold, given: gold[1:] == given[1:]),
        ):
            for gold in list(missed):
                given = next((item for item in extra if alike(gold, item)), None)
                if given is not None:
                    missed.remove(gold)
                    extra.remove(given)
                    counts[cause] += 1
        something = bool(extra)
        counts["another event of the sentence is found, this one is not"] += len(missed) if something else 0
        counts["nothing is found"] += 0 if something else len(missed)
        counts["one event more than the gold has"] += max(0, len(extra) - len(missed))
    return _by_count(+counts)


def _one_side_empty(gold: Any, given: Any) -> bool:
    """The same type, and each country given is the gold's, but one is not given."""
    if gold[0] != given[0]:
        return False
    pairs = [gold[1:], gold[:0:-1]] if gold[0] in ("AGREE", "CONSULT", "COOPERATE") else [gold[1:]]
    return any(all(b in (a, "") for a, b in zip(pair, given[1:], strict=True)) for pair in pairs)


def _date_cause(fault: Fault) -> str:
    if fault.kind != "wrong":
        return "not found" if fault.kind == "missed" else "found where the suite has none"
    if not fault.given:
        return "found without days"
    gold, given = _days(fault.gold), _days(fault.given)
    if gold and given and gold[0] == gold[1] and given[0] <= gold[0] <= given[1]:
        return "a longer span that holds the day"
    return "other days"


def _days(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) and len(value) == 2 else []


def _form(form: GoldForm) -> str:
    """A form of gold as Markdown."""
    title = {"article": "Whole articles", "quotes": "Quotes", "events": "Events", "figures": "Amounts and dates"}[
        form.name
    ]
    return "\n\n".join([f"### {title}", form.meaning, *(_section(section) for section in form.sections)])


def _section(section: Section) -> str:
    name = f"`{section.name}`" if section.name else "The object"
    listed = " (a list)" if section.name and section.many else ""
    need = "" if section.required or not section.name else " May be left out."
    rows = [(f"`{field.name}`", _asked(field), _type(field), field.meaning) for field in section.fields]
    return f"{name}{listed}: {section.meaning}{need}\n\n" + _table(("key", "required", "value", "meaning"), rows)


def _asked(field: Field) -> str:
    if not field.required:
        return ""
    return "yes, or null" if field.null else "yes"


def _type(field: Field) -> str:
    values = field.enum()
    return ", ".join(f"`{value}`" for value in values) if values else TYPES[field.type][1]


def main(arguments: Sequence[str]) -> None:
    """Writes the page."""
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    page = written(Path(arguments[0]), datetime.now(UTC).date().isoformat())
    (ROOT / "docs" / "accuracy.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
