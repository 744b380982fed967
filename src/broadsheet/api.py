"""The Python API: the tables with everything that can be done with them, and the functions that make tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from broadsheet.analysis.pipeline import DEFAULT_MODEL
from broadsheet.base.limit import MAX_CHARACTERS
from broadsheet.quality.valid_rows import extract_articles, warn_of
from broadsheet.reading import Article, read_all
from broadsheet.tables.frames import TableSet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    import pandas as pd

    from broadsheet.quality.validation import Report
    from broadsheet.views.plot import Plots


@dataclass(frozen=True, slots=True, repr=False)
class Tables(TableSet):
    """All tables of a package, each a DataFrame: ``tables.quotes`` or ``tables["quotes"]``.

    Attributes:
        frames: Table name to frame, in the order of the data model.
        model: Name and version of the language model that the tables were made with, where it is known.
        curation: The text of the file of corrections that was applied to them, if any.
        dropped: The rows that extraction left out because they break a rule of validation.
        sources: The articles that the tables were made from, where they are known.
    """

    sources: tuple[Article, ...] = ()

    @classmethod
    def of(cls, tables: TableSet, sources: Sequence[Article] = ()) -> Tables:
        """The tables with everything that can be done with them."""
        return cls(tables.frames, tables.model, tables.curation, tables.dropped, tuple(sources))

    def _repr_html_(self) -> str:
        """The tables for a notebook: how many rows each has, and its first rows."""
        from broadsheet.views.tables import tables_html

        return tables_html(self)

    @property
    def plot(self) -> Plots:
        """Pictures of the tables, as charts of Altair: ``tables.plot.timeline()``."""
        from broadsheet.views.plot import Plots

        return Plots(self)

    def validate(self, sources: Sequence[Article] = ()) -> Report:
        """Checks the tables, against the articles that they were made from where these are known.

        Args:
            sources: Articles to check spans and values against, instead of :attr:`sources`.
        """
        from broadsheet.quality.validation import validate_tables

        return validate_tables(self, sources or self.sources)

    def curate(self, corrections: Path) -> Tables:
        """The tables with a file of corrections applied; ``docs/curating.md`` has its format.

        Raises:
            InputError: If the file is wrong, or one of its corrections is stale.
        """
        from broadsheet.curation import curate, read_curation

        return Tables.of(curate(self, read_curation(corrections)).tables, self.sources)

    def write(
        self, directory: Path, *, name: str = "broadsheet", version: str = "0.1.0", partitioned: bool = False
    ) -> Path:
        """Writes the data package into ``directory``, whole or not at all.

        See :func:`broadsheet.publishing.write_package` for what it refuses to overwrite.

        Args:
            directory: The folder.
            name: Name of the package, a slug.
            version: Its semantic version.
            partitioned: Whether it gets the layout of a corpus: Parquet alone, many files a table.

        Returns:
            The path of the ``datapackage.json``.
        """
        from broadsheet.publishing import PackageInfo, write_package
        from broadsheet.publishing.partitioned import write_partitioned

        if partitioned:
            return write_partitioned(self, directory, PackageInfo(name=name, version=version))
        return write_package(self, directory, PackageInfo(name=name, version=version))


def extract(
    source: Article | str | Path | Sequence[Article | str | Path],
    *,
    published_on: date | str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    authors: str | Sequence[str] | None = None,
    url: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    max_characters: int = MAX_CHARACTERS,
    model: str = DEFAULT_MODEL,
    progress: Callable[[int, int], None] | None = None,
) -> Tables:
    r"""Turns one article or several into tables.

    Args:
        source: An :class:`Article`, a ``str`` that is the text itself, a ``Path`` to a plain-text file, or a sequence
            of these. The metadata below hold for all of them; a sidecar ``ARTICLE.toml`` beside a file holds for it.
        published_on: Day of publication, against which the text's open dates are resolved.
        title: The title, where it is not the first line.
        publisher: Who published it.
        authors: Who wrote it.
        url: Where it was published.
        language: BCP 47 tag of the kind of English, such as ``en-CA``; a bare dollar is read by it.
        encoding: Encoding of the files, where it is not UTF-8.
        max_characters: The most code points that an article may have; time and memory grow with it.
        model: Name of an installed spaCy pipeline for English.
        progress: Called after each article with how many are done and how many there are.

    Returns:
        All tables, with the articles as their :attr:`Tables.sources`. A row that breaks a rule of validation is left
        out with a warning, and listed in :attr:`Tables.dropped`.

    Raises:
        InputError: If a source cannot be used; nothing is extracted then.

    Example:
        >>> tables = extract("Talks open\n\nNorway's foreign minister met her Danish counterpart.\n")
        >>> tables.actors[["actor_id", "kind"]]
    """
    sources = [source] if isinstance(source, (Article, str, Path)) else list(source)
    articles = read_all(
        sources,
        published_on=published_on,
        title=title,
        publisher=publisher,
        authors=authors,
        url=url,
        language=language,
        encoding=encoding,
        max_characters=max_characters,
    )
    tables = Tables.of(extract_articles(articles, model, progress), articles)
    warn_of(tables.dropped)
    return tables


def read_package(directory: Path) -> Tables:
    """The tables of a package, of either layout, with the right dtypes; all of them are held in memory.

    What it reads is not checked; ``broadsheet validate`` does that.

    Raises:
        InputError: If the folder holds no package of ours, or a table is missing or has other columns.
    """
    from broadsheet.publishing import read_package as read_tables

    return Tables.of(read_tables(directory))


@overload
def load(*, version: str | None = None, source: Path | None = None) -> Tables: ...
@overload
def load(table: str, *, version: str | None = None, source: Path | None = None, wide: bool = False) -> pd.DataFrame: ...


def load(
    table: str | None = None, *, version: str | None = None, source: Path | None = None, wide: bool = False
) -> Tables | pd.DataFrame:
    """The published dataset, or one of its tables.

    Args:
        table: Name of a table, such as ``"quotes"``; without it, all come.
        version: An older release, such as ``"0.1.0"``: the dataset as it was, with the columns that it had.
        source: Where to look for that release: its package, a folder of packages, or a repository with it in its
            history. By default the installed package, and the repository that holds it.
        wide: The table with the names that its keys stand for: speakers, actors, countries, and titles and dates of
            articles.

    Returns:
        :class:`Tables`, or a DataFrame with nullable integers, dates as dates and exact decimals.

    Raises:
        KeyError: If there is no table of that name.
        InputError: If there is no such release.

    Example:
        >>> load("tariffs")[["imposer_code", "target_code", "product"]]
    """
    from broadsheet.publishing.dataset import read_dataset

    tables = read_dataset(version, source)
    if table is None:
        return Tables.of(tables)
    if not wide:
        return tables[table]
    from broadsheet.tables.wide import widen

    tables[table]
    return widen(table, tables.frames)
