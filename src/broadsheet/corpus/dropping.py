"""Drops the rows of a corpus that break a rule, and keeps the rest of their articles.

An article is left out only if its own row breaks a rule.

Blocks keep all that the parsers found. An article that loses rows is extracted again without them, into a block of this
run that replaces the earlier one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.pool import Died, run_tasks
from broadsheet.corpus.extraction import BATCH_ARTICLES, Extractor, batches

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

    from broadsheet.corpus.index import Index
    from broadsheet.identity import Resolved
    from broadsheet.quality.validation import Failure, Report
    from broadsheet.tables.dropped import DroppedRow

_MARK = ".fewer."
"""Separates the fingerprint of an article from the round in which it last lost rows."""


@dataclass(slots=True)
class RowDropper:
    """The rows that a run drops.

    Attributes:
        folder: The folder for the blocks of articles that lost rows.
        model: Name of the language model.
        changed: The articles that lost rows, or were left out, in the last round.
        rejected: The articles that are left out, with what is wrong with each and the fix.
    """

    folder: Path
    model: str
    changed: frozenset[str] = frozenset()
    rejected: dict[str, tuple[str, str]] = field(default_factory=dict)
    _keys: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    _dropped: dict[tuple[str, str], DroppedRow] = field(default_factory=dict)
    _rounds: int = 0

    def drop(self, report: Report, resolved: Resolved, parts: int) -> bool:
        """Drops the rows that a report finds wrong.

        Args:
            report: The validation of the package.
            resolved: The identities of its actors.
            parts: Its number of parts.

        Returns:
            Whether any of them was not dropped before.
        """
        from broadsheet.quality.valid_rows import broken_rows, located, split_rejected

        broken = broken_rows(report)
        self.rejected |= split_rejected(broken)[1]
        changed = set()
        for article_id, tables in located(broken, _homes(broken, resolved, parts)).items():
            known = self._keys.setdefault(article_id, {})
            for name, keys in tables.items():
                if not keys <= known.setdefault(name, set()):
                    known[name] |= keys
                    changed.add(article_id)
        for row in broken:
            self._dropped.setdefault((row.table, row.key), row)
        self.changed = frozenset(changed)
        return bool(changed)

    def dropped(self) -> tuple[DroppedRow, ...]:
        """All rows dropped so far, of articles that are kept."""
        rows = (row for row in self._dropped.values() if row.article_id not in self.rejected)
        return tuple(sorted(rows, key=lambda row: (row.article_id, row.table, row.key)))

    def blocks(self) -> list[Path]:
        """The blocks of the articles that lost rows."""
        return sorted(self.folder.glob("[!.]*.parquet"))

    def extract(self, index: Index, good: pa.Table, jobs: int) -> pa.Table:
        """Extracts the articles that lost rows again, and leaves out those whose own row breaks a rule.

        Args:
            index: The corpus.
            good: Its articles that are in the package.
            jobs: Number of processes.

        Returns:
            ``good``, with the fingerprints of the new blocks.

        Raises:
            InputError: If a process dies.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        self._rounds += 1
        rejected = pa.array(sorted(self.rejected), pa.string())
        good = good.filter(pc.invert(pc.is_in(good.column("article_id"), value_set=rejected)))
        self.folder.mkdir(parents=True, exist_ok=True)
        ids = good.column("article_id")
        rows = good.filter(pc.is_in(ids, value_set=pa.array(sorted(self.changed), pa.string())))
        marks = {key: f"{key}{_MARK}{self._rounds}" for key in self.changed - set(self.rejected)}
        extractor = Extractor(self.folder, self.model, {key: self._keys[key] for key in marks}, marks)
        jobs = min(jobs, max(1, -(-rows.num_rows // BATCH_ARTICLES)))
        for _, result in run_tasks(extractor, batches(index, rows, jobs), jobs):
            if isinstance(result, Died):
                problem = "a process that re-extracted articles here died (out of memory?)"
                raise InputError(str(self.folder), problem, "give it more memory, or fewer --jobs")
        pairs = zip(ids.to_pylist(), good.column("fingerprint").to_pylist(), strict=True)
        at = good.schema.get_field_index("fingerprint")
        return good.set_column(at, "fingerprint", pa.array([marks.get(*pair) for pair in pairs], pa.string()))


def _homes(broken: Iterable[DroppedRow], resolved: Resolved, parts: int) -> dict[str, list[tuple[str, str]]]:
    """Maps the id of each actor that the rows are about to the articles that name it, with its id in each."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = {row.key for row in broken if row.table == "actors"}
    wanted |= {row.key.split("/")[1] for row in broken if row.table == "event_participants"}
    homes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in range(parts) if wanted else ():
        mapping = resolved.mapping(part)
        known = mapping.filter(pc.is_in(mapping.column("actor_id"), value_set=pa.array(sorted(wanted), pa.string())))
        for row in known.select(["article_id", "local_id", "actor_id"]).to_pylist():
            homes[row["actor_id"]].append((row["article_id"], row["local_id"]))
    return homes


def with_grounding(report: Report, before: Report, changed: frozenset[str]) -> Report:
    """Adds the earlier grounding failures of unchanged articles to a report that checked only the changed ones.

    Args:
        report: The validation with the texts of the changed articles only.
        before: The previous validation, with all texts.
        changed: The articles that changed since.
    """
    from broadsheet.quality.validation.report import Level

    def is_kept(failure: Failure) -> bool:
        place = failure.place
        return failure.level is Level.GROUNDING and place is not None and place.article_id not in changed

    now = [f for f in report.failures if not (f.level is Level.GROUNDING and f.rule == "source_given")]
    failures = (*now, *filter(is_kept, before.failures))
    times = Counter((f.table, f.rule, f.column) for f in failures if f.level is Level.GROUNDING)
    checks = [
        replace(check, failed=times[check.table, check.rule, check.column]) if check.level is Level.GROUNDING else check
        for check in report.checks
    ]
    return replace(report, checks=tuple(checks), failures=failures)
