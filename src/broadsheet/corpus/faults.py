"""Articles whose rows break a rule: they cost themselves, not the corpus that they are part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.read.inputs import Reject

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from broadsheet.validate import Report


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
