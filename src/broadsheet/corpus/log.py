"""The log of a run: rejects, duplicates, dropped rows, and actors whose id changed.

Its files are in ``run/`` of the package. ``datapackage.json`` lists only their hashes, since they depend on how the
user's files are named and on the package that was there before.
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
    """Counts of everything that was read, by outcome; ``read`` is the sum of the next three.

    Attributes:
        read: Candidate articles.
        articles: Articles in the tables.
        rejects: What could not be read or extracted.
        duplicates: Repeats of an article's text.
        near_duplicates: Articles in the tables that nearly repeat another.
        renames: Actors of the previous package whose id changed.
        dropped_rows: Rows dropped because they break a rule of validation.
        defects: Rejects on which a parser failed, a defect of broadsheet.
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
    """The line that accounts for everything that was read."""
    parts = f"{counts.articles:,} articles + {counts.rejects:,} rejects + {counts.duplicates:,} duplicates"
    return f"{counts.read:,} read = {parts}"


def losses(counts: Counts) -> list[str]:
    """Lines that report dropped rows and defects, if there are any."""
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
        index: The articles that were read.
        articles: Rows of ``index.kept`` that are in the tables.
        rejects: The inputs that could not be read or extracted.
        renames: Old id, new id, what happened, and in how many articles.
        dropped: The dropped rows.
    """
    known = set(articles.column("article_id").to_pylist()) if index.near else set()
    both = (n for n in index.near if {n.article_id, n.repeats_id} <= known)
    near = [(n.article_id, n.repeats_id, f"{n.similarity:.3f}") for n in both]
    repeated = sorted(zip(*(index.repeated.column(c).to_pylist() for c in ("place", "article_id")), strict=True))
    rejected = sorted((r.place, r.problem, r.fix) for r in rejects)
    counts = Counts(
        read=articles.num_rows + len(rejects) + len(repeated),
        articles=articles.num_rows,
        rejects=len(rejects),
        duplicates=len(repeated),
        near_duplicates=len(near),
        renames=len(renames),
        dropped_rows=len(dropped),
        defects=sum(reject.problem.startswith(DEFECT) for reject in rejects),
    )
    # Renames depend on the run, the other counts on the corpus alone.
    summary = {name: value for name, value in asdict(counts).items() if name != "renames"}
    files = {
        "summary.json": (json.dumps(summary, indent=2) + "\n").encode("utf-8"),
        "rejects.csv": _csv(("place", "problem", "fix"), rejected),
        "duplicates.csv": _csv(("place", "article_id"), repeated),
        "near_duplicates.csv": _csv(("article_id", "repeats_id", "similarity"), near),
        "dropped_rows.csv": _csv([f.name for f in fields(DroppedRow)], [row.cells() for row in dropped]),
        "renames.csv": _csv(("old_id", "new_id", "what", "n_articles"), renames),
    }
    return counts, {f"{FOLDER}/{name}": content for name, content in files.items()}


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV in the dialect of the tables; bytes of file names that are not UTF-8 are escaped."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "backslashreplace")
