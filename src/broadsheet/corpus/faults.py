"""Articles whose rows break a rule: they cost themselves, not the corpus that they are part of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.read.inputs import Reject

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from broadsheet.validate import Report
    from broadsheet.validate.report import Failure


def faults_of(report: Report | None) -> dict[str, str]:
    """The articles whose rows are not valid, with the first rule that each breaks.

    None for what is no article's own fault: then it is the package that is wrong.
    """
    faulty: dict[str, str] = {}
    for failure in report.errors if report is not None else ():
        if failure.place is None:
            continue
        column = f".{failure.column}" if failure.column else ""
        faulty.setdefault(failure.place.article_id, f"{failure.table}{column}: {failure.message}")
    return faulty


def with_grounding(report: Report, before: Report) -> Report:
    """A report of articles, with what an earlier one of these and others found of them in their texts.

    Args:
        report: Of the articles that are left, without their texts.
        before: Of these and of articles that were left out since it found them faulty.
    """
    from broadsheet.validate.report import Ring

    gone = faults_of(before)
    kept = [
        failure
        for failure in before.failures
        if failure.ring is Ring.GROUNDING and (failure.place is None or failure.place.article_id not in gone)
    ]
    checks = [replace(check, failed=0) for check in before.checks if check.ring is Ring.GROUNDING]
    skipped = {ring: why for ring, why in before.skipped.items() if ring >= Ring.GROUNDING}
    shown = {_identity(failure): failure.place for failure in before.failures}
    told = [replace(failure, place=shown.get(_identity(failure), failure.place)) for failure in report.failures]
    return replace(
        report,
        checks=tuple(sorted([*report.checks, *checks], key=lambda check: check.ring)),
        failures=(*told, *kept),
        skipped={**{ring: why for ring, why in report.skipped.items() if ring < Ring.GROUNDING}, **skipped},
    )


def _identity(failure: Failure) -> tuple[object, ...]:
    return failure.ring, failure.table, failure.key, failure.rule, failure.column


def without(articles: pa.Table, faulty: Mapping[str, str]) -> tuple[pa.Table, list[Reject]]:
    """The articles (columns ``article_id``, ``place``) without the faulty ones, and these as rejects."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wrong = pc.is_in(articles.column("article_id"), value_set=pa.array(sorted(faulty), pa.string()))
    rejects = [
        Reject(
            row["place"],
            f"what was extracted is not valid ({faulty[row['article_id']]})",
            "report it as a defect of broadsheet",
        )
        for row in articles.filter(wrong).select(["article_id", "place"]).to_pylist()
    ]
    return articles.filter(pc.invert(wrong)), rejects
