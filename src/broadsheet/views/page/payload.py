"""The data for the scripts of a page: a small head that is read at once, and packs that are opened when needed."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.publishing.metadata.citation import cite
from broadsheet.publishing.metadata.facts import licences
from broadsheet.quality.validation.groups import tone, verdict
from broadsheet.quality.validation.report import Level
from broadsheet.tables.schema import schemas
from broadsheet.views.page.packing import frame
from broadsheet.views.page.reasons import reasons

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.views.page.gather import PageData
    from broadsheet.views.page.libraries import Bundle
    from broadsheet.views.page.pictures import PagePicture
    from broadsheet.views.page.sheets import Sheet

MOST_FAILURES = 2_000
"""The most validation failures that are listed one by one."""


@dataclass(frozen=True, slots=True)
class Payload:
    """The data of a page.

    Attributes:
        head: The part that is read at startup.
        packs: The parts that are opened on demand, by name: ``tables``, ``pictures``, and for the N-th of
            ``head["articles"]`` ``article-N`` and, if the rules of its rows are known, ``why-N``.
    """

    head: Mapping[str, Any]
    packs: Mapping[str, Any]


def payload(data: PageData, pictures: Sequence[PagePicture], bundle: Bundle) -> Payload:
    """The data of a package's page."""
    listed = _articles(data)
    head = {
        "head": _head(data),
        "schema": [_schema(name) for name in data.sheets if name != "evidence"],
        "articles": listed,
        "problems": [asdict(problem) for problem in data.problems],
        "failures": [
            {
                "table": f.table,
                "key": f.key,
                "column": f.column,
                "severity": str(f.severity),
                "message": f.message,
                "level": int(f.level),
            }
            for f in data.report.failures[:MOST_FAILURES]
        ],
        "more_failures": max(0, len(data.report.failures) - MOST_FAILURES),
        "curated": [asdict(row) for row in data.curated],
        "pictures": [picture.head() for picture in pictures],
        "libraries": [asdict(library) for library in bundle.libraries],
        "licences": dict(bundle.licences),
    }
    packs: dict[str, Any] = {
        "tables": {
            name: frame({column: sheet.texts(column) for column in sheet.cells}, len(sheet))
            for name, sheet in data.sheets.items()
            if name != "evidence"
        },
        "pictures": {picture.name: picture.data() for picture in pictures},
    }
    evidence = _evidence(data.sheets["evidence"])
    why = reasons(_made_by(data.descriptor), data.sheets, data.articles)
    for number, article in enumerate(listed):
        source = data.articles.get(article["id"])
        packs[f"article-{number}"] = {
            "text": source.text if source else None,
            "evidence": evidence.get(article["id"]) or frame(dict.fromkeys(_CITED, ()), 0),
        }
        if article["id"] in why:
            packs[f"why-{number}"] = why[article["id"]]
    return Payload(head, packs)


def _head(data: PageData) -> dict[str, Any]:
    descriptor = data.descriptor
    extractor, *model = _made_by(descriptor)
    title = _text(descriptor, "title") or _text(descriptor, "name") or "Untitled package"
    headlines = data.sheets["articles"].texts("title")
    return {
        "heading": (headlines[0] if len(headlines) == 1 else "") or title,
        "title": title,
        "name": _text(descriptor, "name"),
        "version": _text(descriptor, "version"),
        "created": _text(descriptor, "created")[:10],
        "checksum": data.checksum,
        "citation": _citation(data, "text"),
        "bibtex": _citation(data, "bibtex"),
        "extractor": extractor,
        "model": " ".join(filter(None, model)),
        "licence": _licence(data.descriptor),
        "valid": data.report.valid,
        "verdict": verdict(data.report),
        "tone": tone(data.report),
        "levels": _levels(data),
        "has_source": bool(data.articles),
        "strangers": data.strangers,
    }


def _made_by(descriptor: Mapping[str, Any]) -> tuple[str, str, str]:
    """The extractor version, model name and model version in an untrusted descriptor; empty if unknown."""
    made_by = descriptor.get("broadsheet")
    made_by = made_by if isinstance(made_by, dict) else {}
    model = made_by.get("model")
    model = model if isinstance(model, dict) else {}
    return _text(made_by, "extractor"), _text(model, "name"), _text(model, "version")


def _text(properties: Mapping[str, Any], key: str) -> str:
    """A string in an untrusted descriptor; empty if it is anything else."""
    value = properties.get(key)
    return value if isinstance(value, str) else ""


def _citation(data: PageData, form: str) -> str:
    """The citation of the package; empty if its descriptor does not give one."""
    try:
        return cite(data.descriptor, data.checksum, form)
    except (InputError, KeyError):
        return ""


def _licence(descriptor: Mapping[str, Any]) -> str:
    try:
        found = licences(descriptor)
        return found[0].label if found else ""
    except InputError:
        return ""


def _levels(data: PageData) -> list[dict[str, Any]]:
    levels = []
    for level in Level:
        checks = [check for check in data.report.checks if check.level is level]
        skipped = data.report.skipped.get(level, "")
        levels.append(
            {
                "level": int(level),
                "name": level.title,
                "checks": len(checks),
                "failed": sum(1 for check in checks if check.failed),
                "remark": f"not run: {skipped}" if skipped and not checks else skipped,
            }
        )
    return levels


def _schema(name: str) -> dict[str, Any]:
    schema = schemas()[name]
    columns = [{"name": f.name, "title": f.title, "type": f.type, "description": f.description} for f in schema.fields]
    return {
        "name": name,
        "title": schema.title,
        "description": schema.description,
        "key": list(schema.primary_key),
        "columns": columns,
        "links": {link.column: [link.target_table, link.target_column] for link in schema.foreign_keys},
        "spans": {"article_id", "char_start", "char_end"} <= set(schema.columns),
    }


def _articles(data: PageData) -> list[dict[str, Any]]:
    """The articles for the picker: by day, undated ones last, then by title."""
    sheet = data.sheets["articles"]
    problems = Counter(problem.article for problem in data.problems)
    counts = _counts(data.sheets)
    columns = ("article_id", "title", "publisher", "published_on")
    listed = []
    rows = zip(*(sheet.texts(column) for column in columns), sheet.values("n_characters"), strict=True)
    for key, title, publisher, day, length in rows:
        source = data.articles.get(key)
        listed.append(
            {
                "id": key,
                "title": title,
                "publisher": publisher,
                "published_on": day,
                "n_characters": source.n_characters if source else length or 0,
                "rows": counts.get(key, {}),
                "problems": problems[key],
                "source": source is not None,
            }
        )
    return sorted(listed, key=lambda a: (not a["published_on"], a["published_on"], a["title"], a["id"]))


def _counts(sheets: Mapping[str, Sheet]) -> dict[str, dict[str, int]]:
    """Article to table to number of rows; for ``actors``, those that the article mentions."""
    found: dict[str, dict[str, int]] = {}
    mentions = sheets["mentions"]
    named = set(zip(mentions.texts("article_id"), mentions.texts("actor_id"), strict=True))
    for name, sheet in sheets.items():
        if name == "actors":
            keys = [article for article, actor in named if actor]
        elif "article_id" in sheet.cells and name not in ("articles", "evidence"):
            keys = sheet.texts("article_id")
        else:
            continue
        for article, number in Counter(keys).items():
            found.setdefault(article, {})[name] = number
    return found


_CITED = ("row_id", "column_name", "char_start", "char_end")


def _evidence(sheet: Sheet) -> dict[str, dict[str, Any]]:
    """Article to the evidence of its rows: the key of the row, its column, and the offsets of the words."""
    rows: dict[str, list[int]] = {}
    starts, ends = sheet.values("char_start"), sheet.values("char_end")
    for position, article in enumerate(sheet.texts("article_id")):
        if starts[position] is not None and ends[position] is not None:
            rows.setdefault(article, []).append(position)
    columns: dict[str, list[Any]] = {
        "row_id": sheet.texts("row_id"),
        "column_name": sheet.texts("column_name"),
        "char_start": starts,
        "char_end": ends,
    }
    return {
        article: frame({name: [cells[p] for p in places] for name, cells in columns.items()}, len(places))
        for article, places in rows.items()
    }
