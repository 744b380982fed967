"""What a run tells of the articles that it has not in the tables: rejects, repetitions, and actors of another name now.

The files stand in ``run/`` of the package. ``datapackage.json`` lists their hashes and nothing else of them: what was
read depends on how the user's files are named, and renames on what stood there before.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from broadsheet.corpus.extraction import DEFECT
from broadsheet.tables.dropped import DroppedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

    from broadsheet.corpus.index import Index
    from broadsheet.reading.inputs import Reject

FOLDER = "run"

@dataclass(frozen=True, slots=True)
class Counts:
    """What became of all that was read: ``read`` is the sum of the three that follow.

    Attributes:
        read: Candidates for an article.
        articles: Articles in the tables.
        rejects: What could not be read or extracted.
        duplicates: Texts that are an article already.
        near_duplicates: Articles in the tables that nearly repeat another.
        renames: Actors of the package that stood here before whose id is another now.
        dropped_rows: Rows that were left out, since they break a rule of validation.
        defects: Rejects on which a parser failed: a defect of broadsheet.
    """

    read: int
    articles: int
    rejects: int
    duplicates: int
    near_duplicates: int
    renames: int
    dropped_rows: int = 0
    defects: int = 0


def sums(counts: Counts) -> str:
    """The line that shows that nothing was lost."""
    parts = f"{counts.articles:,} articles + {counts.rejects:,} rejects + {counts.duplicates:,} duplicates"
    return f"{counts.read:,} read = {parts}"


def losses(counts: Counts) -> list[str]:
    """Lines that say what was left out for a defect, of rows and of articles; none where nothing was."""
    lines = []
    if counts.dropped_rows:
        lines.append(f"{counts.dropped_rows:,} rows break a rule of validation and were dropped: run/dropped_rows.csv.")
    if counts.defects:
        lines.append(f"{counts.defects:,} articles could not be extracted, a defect of broadsheet: run/rejects.csv.")
    return lines


def log_files(
    index: Index,
    articles: pa.Table,
    rejects: Sequence[Reject],
    renames: Sequence[tuple[str, str, str, int]] = (),
    dropped: Sequence[DroppedRow] = (),
) -> tuple[Counts, dict[str, bytes]]:
    """The counts of a run, and the files of ``run/``: path inside the package to content.

    Args:
        index: What was read.
        articles: Rows of ``index.kept`` that are in the tables.
        rejects: What is not.
        renames: Old id, new id, what happened, and in how many articles.
        dropped: Rows that were left out.
    """
    known = set(articles.column("article_id").to_pylist()) if index.near else set()
    both = (n for n in index.near if {n.article_id, n.repeats_id} <= known)
    near = [(n.article_id, n.repeats_id, f"{n.similarity:.3f}") for n in both]
    repeated = sorted(zip(*(index.repeated.column(c).to_pylist() for c in ("place", "article_id")), strict=True))
    told = sorted((r.place, r.problem, r.mend) for r in rejects)
    n_articles, n_rejects, n_repeated = articles.num_rows, len(told), len(repeated)
    n_read = n_articles + n_rejects + n_repeated
    defects = sum(reject.problem.startswith(DEFECT) for reject in rejects)
    counts = Counts(
        n_read, n_articles, n_rejects, n_repeated, len(near), len(renames), dropped_rows=len(dropped), defects=defects
    )
    # Renames are of this run and not of the corpus: without them the file says the same however the corpus came about.
    said = {name: value for name, value in asdict(counts).items() if name != "renames"}
    files = {
        "summary.json": (json.dumps(said, indent=2) + "\n").encode("utf-8"),
        "rejects.csv": _csv(("place", "problem", "mend"), told),
        "duplicates.csv": _csv(("place", "article_id"), repeated),
        "near_duplicates.csv": _csv(("article_id", "repeats_id", "similarity"), near),
        "dropped_rows.csv": _csv([f.name for f in fields(DroppedRow)], [row.cells() for row in dropped]),
        "renames.csv": _csv(("old_id", "new_id", "what", "n_articles"), renames),
    }
    return counts, {f"{FOLDER}/{name}": content for name, content in files.items()}


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV as the tables have it; what no UTF-8 can hold of a file's name is escaped."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "backslashreplace")
