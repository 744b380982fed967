"""Level 5 on a part: extracts its articles again and compares all cells that do not depend on other articles.

Actors are resolved over the whole corpus. A mention has the same key in both, so the mentions of an article map each
actor of the rebuilt part to an actor of the package. After this renaming, all other cells must agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.extraction.corpus import actor_columns
from broadsheet.publishing.layout import OF_ARTICLES, in_reading_order
from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.helpers import helper
from broadsheet.quality.validation.rebuild import (
    articles_of,
    compare,
    installed_model,
    missing_sources,
    sources_check,
)
from broadsheet.quality.validation.report import OTHER_MAKER, Level
from broadsheet.tables.frames import to_arrow, to_frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from broadsheet.quality.validation.rebuild import Extract
    from broadsheet.quality.validation.report import Findings
    from broadsheet.reading import Article
    from broadsheet.tables.frames import TableSet

CURATED = "corrections are of the whole package, and are not applied part by part"


def check_part_anew(
    findings: Findings,
    frames: Frames,
    sources: Sequence[Article],
    made_by: Mapping[str, Any],
    extract: Extract,
) -> None:
    """Reports every row and cell of a part that extraction from its articles does not reproduce.

    Args:
        findings: Collects the failures.
        frames: The tables of the part, with the actors that it names.
        sources: The available articles.
        made_by: Extractor and model from ``datapackage.json``, and the text of the package's corrections.
        extract: Extracts the tables.
    """
    model = installed_model(made_by)
    listed = frames["articles"]
    # The source folder may have more articles than the package, because a run leaves out rejected articles.
    kept = {*listed["text_sha256"]} if "text_sha256" in listed else set()
    articles = articles_of(listed, [source for source in sources if source.text_sha256 in kept])
    complete = sources_check(findings)
    if articles is None:
        findings.fail(complete, message=missing_sources(listed, sources))
        findings.skipped[Level.REBUILD] = "not all sources of the articles were given"
    elif model is None:
        findings.skipped[Level.REBUILD] = OTHER_MAKER
    elif str(made_by.get("curation") or "").strip():
        findings.skipped[Level.REBUILD] = CURATED
    elif articles:
        built = _named_alike(extract(articles, model), frames)
        for name in OF_ARTICLES:
            found = frames[name]
            if name == "evidence" and "row_id" in found:
                found = _of_content(found)
            compare(findings, name, found, built[name])


def _of_content(evidence: pd.DataFrame) -> pd.DataFrame:
    """Returns the evidence without that of actors, whose rows cover all articles."""
    return evidence[evidence["row_id"].str.contains("_", regex=False).fillna(True)].reset_index(drop=True)


def _named_alike(built: TableSet, frames: Frames) -> dict[str, pd.DataFrame]:
    """Returns the rebuilt tables with the package's actor ids, sorted as a build sorts them."""
    mentions = frames["mentions"]
    known = {}
    if {"mention_id", "actor_id"} <= set(mentions.columns):
        known = dict(zip(mentions["mention_id"], mentions["actor_id"], strict=True))
    ours: dict[tuple[str, str], str] = {}
    theirs = (built["mentions"][name] for name in ("mention_id", "article_id", "actor_id"))
    for mention, article, actor in zip(*theirs, strict=True):
        if isinstance(other := known.get(mention), str):
            ours.setdefault((article, actor), other)
    renamed = {}
    for name in OF_ARTICLES:
        frame = _of_content(built[name]) if name == "evidence" else built[name].copy()
        for column in actor_columns(name):
            pairs = zip(frame["article_id"], frame[column], strict=True)
            frame[column] = frame[column].astype(object)
            frame[column] = [ours.get(pair, pair[1]) for pair in pairs]
        # If two actors of an article are one actor in the corpus, it takes part only once.
        renamed[name] = to_frame(in_reading_order(name, to_arrow(name, frame.drop_duplicates())))
    actors = {"actors": frames["actors"]}
    summaries = helper("summary__of_row", "events", Frames({**renamed, **actors}))
    renamed["events"] = renamed["events"].assign(summary=summaries)
    return renamed
