"""The tables and all their methods."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from broadsheet.base.coerce import StrPath, as_path
from broadsheet.tables.frames import TableSet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from broadsheet.publishing import PackageInfo
    from broadsheet.publishing.release import Difference
    from broadsheet.quality.validation import Report
    from broadsheet.reading import Article
    from broadsheet.reading.inputs import Reject
    from broadsheet.views.explain import Explanation
    from broadsheet.views.page import Written
    from broadsheet.views.plot import Plots


@dataclass(frozen=True, slots=True, repr=False)
class Tables(TableSet):
    """All tables of a package, each a DataFrame: ``tables.quotes`` or ``tables["quotes"]``.

    Attributes:
        frames: Table name to frame, in the order of the data model.
        model: Name and version of the language model that the tables were made with, if known.
        curation: The text of the corrections file that was applied to them, if any.
        dropped: The rows that extraction dropped because they break a validation rule.
        sources: The articles that the tables were made from, if known.
        rejects: Inputs that could not be read or extracted: place, problem and fix of each.
        info: Name, version and day of creation of the package that they were read from, if any.

    Example:
        >>> tables = extract("copper.txt")
        >>> len(tables.quotes), tables["quotes"].kind[0]
        (1, 'direct')
    """

    sources: tuple[Article, ...] = ()
    rejects: tuple[Reject, ...] = ()
    info: PackageInfo | None = None

    @classmethod
    def of(
        cls,
        tables: TableSet,
        sources: Sequence[Article] = (),
        rejects: Sequence[Reject] = (),
        info: PackageInfo | None = None,
    ) -> Tables:
        """Adds sources, rejects, package metadata and methods to a ``TableSet``."""
        return cls(tables.frames, tables.model, tables.curation, tables.dropped, tuple(sources), tuple(rejects), info)

    def _repr_html_(self) -> str:
        """The HTML of the tables for a notebook: the number of rows of each, and the first rows."""
        from broadsheet.views.tables import tables_html

        return tables_html(self)

    @property
    def plot(self) -> Plots:
        """Charts of the tables, made with Altair.

        Example:
            >>> extract("copper.txt").plot.timeline().save("timeline.svg")
        """
        from broadsheet.views.plot import Plots

        return Plots(self)

    def validate(self, sources: Sequence[Article] = ()) -> Report:
        """Validates the tables, also against the articles that they were made from if these are known.

        Args:
            sources: Articles to check spans and values against, instead of :attr:`sources`.

        Example:
            >>> extract("copper.txt").validate().valid
            True
        """
        from broadsheet.quality.validation import validate_tables

        return validate_tables(self, tuple(sources) or self.sources)

    def curate(self, corrections: StrPath) -> Tables:
        """The tables with a corrections file applied; ``docs/curating.md`` describes its format.

        Raises:
            InputError: If the file is invalid, or one of its corrections is stale.

        Example:
            >>> extract("copper.txt").curate("curation.toml").quotes.kind[0]
            'partial'
        """
        from broadsheet.curation import curate, read_curation

        curated = curate(self, read_curation(as_path(corrections, "corrections"))).tables
        return Tables.of(curated, self.sources, self.rejects, self.info)

    def correct(
        self,
        table: str,
        key: str | None,
        cells: Mapping[str, object] | None = None,
        *,
        reason: str,
        action: str = "change",
        span: tuple[int, int] | None = None,
        article: str | None = None,
        evidence: Mapping[str, tuple[int, int]] | None = None,
        inferred: Sequence[str] = (),
    ) -> Tables:
        """The tables with one row corrected; the correction is added to :attr:`curation`.

        Args:
            table: The table.
            key: Key of the row; join the columns of a compound key with ``/``. If None, one is generated for an added
                row.
            cells: Column to new value; None for null.
            reason: Why the row is wrong.
            action: ``change``, ``drop`` or ``add``.
            span: Start and end of the supporting passage, in code points; the row's span by default.
            article: ``article_id`` of an added row, if there are several articles.
            evidence: Column to the span that states its new value, if it differs from ``span``.
            inferred: Columns whose new value is not in the text.

        Raises:
            InputError: If there is no such row, or a value does not fit its column.

        Example:
            >>> tables = extract("copper.txt")
            >>> key = tables.quotes.quote_id[0]
            >>> better = tables.correct("quotes", key, {"kind": "partial"}, reason="It is a part of what she said.")
            >>> better.quotes[["kind", "origin"]].values.tolist()
            [['partial', 'corrected']]
        """
        from broadsheet.base.span import Span
        from broadsheet.curation import Curation, curate, parse_curation
        from broadsheet.curation.apply import rows_by_key
        from broadsheet.curation.making import action_of, make_correction
        from broadsheet.curation.writing import merged, with_correction

        wanted = make_correction(
            rows_by_key(self),
            table,
            key,
            action=action_of(action),
            cells=cells or {},
            reason=reason,
            span=None if span is None else Span(*span),
            article=article,
            evidence={column: Span(*place) for column, place in (evidence or {}).items()},
            inferred=tuple(inferred),
        )
        text = self.curation or ""
        earlier = parse_curation(text, "curation").corrections
        before = next((c for c in earlier if (c.table, c.key) == (wanted.table, wanted.key)), None)
        # The tables already have the earlier corrections, so only the new one is applied.
        curated = curate(self, Curation((wanted,))).tables
        text = with_correction(text, merged(wanted, before))
        parse_curation(text, "curation")
        return Tables.of(replace(curated, curation=text), self.sources, self.rejects, self.info)

    def write(
        self,
        directory: StrPath,
        *,
        name: str | None = None,
        version: str | None = None,
        title: str | None = None,
        creators: str | Sequence[str] | None = None,
        license: str | None = None,  # noqa: A002 - the name in the command, the sidecar and the standard
        description: str | None = None,
        partitioned: bool = False,
    ) -> Path:
        """Writes the data package into ``directory``: all of it or nothing.

        See :func:`broadsheet.publishing.write_package` for what it refuses to overwrite.

        Args:
            directory: The folder.
            name: Name of the package, a slug; by default the one in :attr:`info`, or ``broadsheet``.
            version: Its semantic version; by default the one in :attr:`info`, or ``0.1.0``.
            title: Its title; by default the one in :attr:`info`, or that of the only article.
            creators: Who made it, such as ``Ada Lovelace (https://orcid.org/0000-0002-1825-0097)``.
            license: Its licence: an SPDX identifier such as ``CC-BY-4.0``, or a URL.
            description: What it contains.
            partitioned: Whether to use the layout for corpora: Parquet only, several files per table.

        Returns:
            The path of the ``datapackage.json``.

        Raises:
            InputError: If a value is wrong, or the folder holds other files or cannot be written.

        Example:
            >>> extract("copper.txt").write("written", name="harbour-news", version="1.0.0", license="CC-BY-4.0")
            PosixPath('written/datapackage.json')
        """
        from broadsheet.publishing import write_package
        from broadsheet.publishing.partitioned import write_partitioned
        from broadsheet.reading.credits import check_creators, check_license

        folder, info = as_path(directory, "directory"), self._info(name, version)
        given: dict[str, Any] = {}
        if creators is not None:
            given["creators"] = check_creators(creators, "creators")
        if license is not None:
            given["license"] = check_license(license, "license")
        given |= {key: text for key, text in (("title", title), ("description", description)) if text is not None}
        info = replace(info, **given)
        return write_partitioned(self, folder, info) if partitioned else write_package(self, folder, info)

    def export(self, to: str, out: StrPath | None = None) -> Path:
        """Exports the tables to another format, like :func:`broadsheet.export`.

        Example:
            >>> extract("copper.txt").export("sqlite", "news.sqlite")
            PosixPath('news.sqlite')
        """
        from broadsheet.api.packages import export

        with self._package() as package:
            return export(package, to, out)

    def page(self, out: StrPath | None = None, *, sources: Sequence[Article] = ()) -> Written:
        """Writes the tables as one HTML page, like :func:`broadsheet.page`.

        The page shows the text of ``sources``, or of :attr:`sources`.

        Example:
            >>> extract("copper.txt").page("page.html").path
            PosixPath('page.html')
        """
        from broadsheet.api.packages import page

        with self._package() as package:
            return page(package, out, sources=tuple(sources) or self.sources)

    def explain(self, key: str, *, sources: Sequence[Article] = ()) -> Explanation:
        """Explains a row, like :func:`broadsheet.explain`; ``sources`` are :attr:`sources` by default.

        Example:
            >>> explanation = extract("copper.txt").explain("rosa-quispe")
            >>> [cell.value for cell in explanation.cells if cell.column == "kind"]
            ['person']
        """
        from broadsheet.api.packages import explain

        with self._package() as package:
            return explain(key, package, sources=tuple(sources) or self.sources)

    def diff(self, new: Tables | StrPath) -> Difference:
        """Compares the tables with newer ones, or with the package in a folder, like :func:`broadsheet.diff`.

        Example:
            >>> [row.table for row in extract("copper.txt").diff("corrected").of_kind("changed")]
            ['quotes']
        """
        from broadsheet.api.packages import diff

        with self._package() as package:
            if not isinstance(new, Tables):
                return diff(package, new)
            with new._package() as other:
                return diff(package, other)

    def cite(self, *, form: str = "text", row: str | None = None) -> str:
        """The citation of the package that :meth:`write` makes, or of a row, like :func:`broadsheet.cite`.

        Example:
            >>> extract("copper.txt").cite()
            'Peru answers on copper (version 0.1.0) [Data set] (2024). urn:uuid:...'
        """
        from broadsheet.api.packages import cite

        with self._package() as package:
            return cite(package, form=form, row=row)

    def _info(self, name: str | None = None, version: str | None = None) -> PackageInfo:
        from broadsheet.publishing import PackageInfo

        info = self.info or PackageInfo()
        return replace(info, name=name or info.name, version=version or info.version)

    @contextmanager
    def _package(self) -> Iterator[Path]:
        """Writes the tables as a package in a temporary folder."""
        from broadsheet.base.scratch import scratch_folder

        with scratch_folder() as folder:
            self.write(folder / "package")
            yield folder / "package"
