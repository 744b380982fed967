"""Runs over a corpus: the package equals that of one build in memory, whatever happened on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from corpora import records, write_folder, write_jsonl
from runs import content, rows_of, run

import broadsheet
from broadsheet import extract
from broadsheet.base.errors import DEFECTS, InputError
from broadsheet.corpus.log import losses
from broadsheet.extraction import pipeline
from broadsheet.publishing import layout, read_package
from broadsheet.quality import valid_rows
from broadsheet.quality.validation import validate_tables
from broadsheet.reading import Metadata, read
from broadsheet.reading.inputs import InputOptions
from broadsheet.tables.dropped import DroppedRowWarning

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document
    from broadsheet.corpus import Outcome
    from broadsheet.extraction.pipeline import ArticleTables

COUNT, WORDS = 12, 120


def test_the_rows_equal_those_of_a_build_in_memory(built: tuple[Path, Outcome]) -> None:
    """Every table has the cells that `extract` returns for the same articles."""
    out, outcome = built
    tables = read_package(out)
    kept = set(tables["articles"]["article_id"])
    sources = [
        read(r["text"], published_on=r["published_on"], publisher=r["publisher"]) for r in records(COUNT, words=WORDS)
    ]
    expected = broadsheet.extract([a for a in sources if a.article_id in kept])
    for name in tables:
        assert tables.arrow(name).to_pylist() == expected.arrow(name).to_pylist(), name
    assert outcome.extracted == COUNT


def test_nothing_is_lost(built: tuple[Path, Outcome]) -> None:
    """Everything that was read is an article, a reject or a duplicate."""
    out, outcome = built
    counts = outcome.counts
    assert counts.read == COUNT == counts.articles + counts.rejects + counts.duplicates
    assert json.loads((out / "run" / "summary.json").read_text(encoding="utf-8"))["articles"] == counts.articles
    assert len(rows_of(out / "run" / "rejects.csv")) == counts.rejects
    assert outcome.report is not None
    assert outcome.report.valid


def test_order_and_division_make_no_difference(
    built: tuple[Path, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same articles as a folder, in two processes and added in two steps, give the same bytes."""
    one = write_folder(tmp_path / "one", COUNT // 3, words=WORDS)
    two = write_jsonl(tmp_path / "two.jsonl", COUNT - COUNT // 3, words=WORDS, first=COUNT // 3)
    out = tmp_path / "package"
    first = run(two, out, csv=True, jobs=2)
    second = run(one, out, csv=True, add=True)
    assert first.extracted + second.extracted == COUNT
    assert second.extracted == COUNT // 3
    assert content(out, log=False) == content(built[0], log=False)
    third = run(one, out, csv=True, add=True)
    assert third.extracted == 0
    assert content(out, log=False) == content(built[0], log=False)


def test_parts(built: tuple[Path, Outcome], dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of several parts has the rows of one of one part, and is valid."""
    monkeypatch.setattr(layout, "ARTICLES_A_PART", 4)
    out = tmp_path / "package"
    outcome = run(dump, out)
    assert len(list((out / "data" / "quotes").glob("*.parquet"))) == layout.n_parts(outcome.counts.articles) > 1
    assert outcome.report is not None
    assert outcome.report.valid
    parted, whole = read_package(out), read_package(built[0])
    for name in whole:
        assert parted.arrow(name).to_pylist() == whole.arrow(name).to_pylist(), name


def test_rejects_and_duplicates(tmp_path: Path) -> None:
    """Rejects are logged with their place and reason, duplicates with the article that they repeat."""
    folder = write_folder(tmp_path / "news", 4, words=WORDS)
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "binary.bin").write_bytes(bytes(range(256)))
    (folder / "again.txt").write_bytes((folder / "0-1.txt").read_bytes())
    cut = (folder / "0-2.txt").read_text(encoding="utf-8").split("\n\n")
    (folder / "cut.txt").write_text("\n\n".join(["Another headline here", *cut[1:]]), encoding="utf-8")
    out = tmp_path / "package"
    counts = run(folder, out).counts
    assert counts.read == 8
    rejects = {Path(row["place"]).name: row["problem"] for row in rows_of(out / "run" / "rejects.csv")}
    assert "empty" in rejects["empty.txt"]
    assert "binary.bin" in rejects
    again = rows_of(out / "run" / "duplicates.csv")
    assert [Path(row["place"]).name for row in again] == ["again.txt"]
    near = rows_of(out / "run" / "near_duplicates.csv")
    assert len(near) == counts.near_duplicates <= 1


def test_the_copy_with_more_metadata_wins(tmp_path: Path) -> None:
    """Of two copies of a text, the one with more metadata becomes the article."""
    (record,) = records(1, words=WORDS)
    bare, full = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in (bare, full):
        path.write_text(record["text"], encoding="utf-8")
    full.with_suffix(".toml").write_text('publisher = "The Harbour Gazette"\n', encoding="utf-8")
    for sources in ([bare, full], [full, bare]):
        out = tmp_path / "package"
        run(sources, out)
        assert list(read_package(out)["articles"]["publisher"]) == ["The Harbour Gazette"]


def test_changed_metadata_causes_a_new_extraction(dump: Path, tmp_path: Path) -> None:
    """Only the article whose metadata changed is extracted again."""
    out = tmp_path / "package"
    few = write_jsonl(tmp_path / "few.jsonl", 3, words=WORDS)
    assert run(few, out).extracted == 3
    assert run(few, out).extracted == 0
    changed = few.read_text(encoding="utf-8").splitlines()
    record = json.loads(changed[0])
    record["publisher"] = "Another Gazette"
    few.write_text("\n".join([json.dumps(record), *changed[1:]]) + "\n", encoding="utf-8")
    assert run(few, out).extracted == 1
    assert "Another Gazette" in set(read_package(out)["articles"]["publisher"])
    assert run(few, out, options=InputOptions(Metadata(publisher="All of Them"))).extracted == 3


def test_without_add_the_sources_are_the_corpus(tmp_path: Path) -> None:
    """Articles that are no longer among the sources are dropped; the others are not extracted again."""
    four, two = (write_jsonl(tmp_path / f"{n}.jsonl", n, words=WORDS) for n in (4, 2))
    out = tmp_path / "package"
    run(four, out)
    second = run(two, out)
    assert second.extracted == 0
    assert second.counts.articles <= 2


def test_fail_fast(tmp_path: Path) -> None:
    """The first reject ends the run, and nothing is written."""
    folder = write_folder(tmp_path / "news", 2, words=WORDS)
    (folder / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"empty\.txt"):
        run(folder, tmp_path / "package", fail_fast=True)
    assert not (tmp_path / "package").exists()


def test_nothing_readable(tmp_path: Path) -> None:
    """A folder without a single article is bad input."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "empty.txt").touch()
    with pytest.raises(InputError, match="no article could be read"):
        run(tmp_path / "news", tmp_path / "package")
    assert not (tmp_path / "package.work").exists()


NAMESAKES = (
    """Court hears the case

In Lyon, the French footballer Marc Dubois told the court on Monday that he had never seen the contract. Dubois, who
plays for Lyon, said the club had asked him to sign it.
""",
    """Minister opens the port

Canada's Fisheries Minister Marc Dubois opened the port of Eastport on Monday. Dubois said the government had paid for
it, and that the Canadian fleet would use it.
""",
)


def test_renames_are_logged(tmp_path: Path) -> None:
    """An actor whose id changed with an addition is listed with its old and new id."""
    first, second = (tmp_path / name for name in ("one.txt", "two.txt"))
    for path, text in zip((first, second), NAMESAKES, strict=True):
        path.write_text(text, encoding="utf-8")
    out = tmp_path / "package"
    run(first, out)
    before = set(read_package(out)["actors"]["actor_id"])
    outcome = run(second, out, add=True)
    after = set(read_package(out)["actors"]["actor_id"])
    renamed = rows_of(out / "run" / "renames.csv")
    assert outcome.counts.renames == len(renamed) > 0
    assert {row["old_id"] for row in renamed} == before - after
    assert {row["new_id"] for row in renamed} <= after


BROKEN = """Talks open in Lima

Peru's trade minister Ana Ruiz met Chile's foreign minister Olaf Berg in Lima on Monday.

"We will cut the duty," Ruiz said. "It is good news," Berg told reporters.
"""


def test_a_row_that_breaks_a_rule_is_dropped_and_its_article_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package is valid without the row, which is logged; the tables equal those of a build in memory."""
    whole = pipeline.parse

    def broken(document: Document) -> ArticleTables:
        tables = whole(document)
        return replace(tables, quotes=[replace(q, row=replace(q.row, cue="denounce")) for q in tables.quotes[:1]])

    monkeypatch.setattr(pipeline, "parse", broken)
    monkeypatch.setattr(valid_rows, "parse", broken)
    (tmp_path / "news").mkdir()
    for name, text in (("a.txt", BROKEN), ("b.txt", BROKEN.replace("Monday", "Tuesday"))):
        (tmp_path / "news" / name).write_text(text, encoding="utf-8")
    out = tmp_path / "package"
    outcome = run(tmp_path / "news", out)
    assert (outcome.counts.articles, outcome.counts.rejects, outcome.counts.dropped_rows) == (2, 0, 2)
    logged = rows_of(out / "run" / "dropped_rows.csv")
    assert [(row["table"], row["rule"], row["column"]) for row in logged] == [("quotes", "says", "cue")] * 2
    package = read_package(out)
    assert validate_tables(package).valid
    assert len(package["quotes"]) == 0
    with pytest.warns(DroppedRowWarning):
        in_memory = extract(sorted((tmp_path / "news").glob("*.txt")))
    for name in in_memory:
        assert len(package[name]) == len(in_memory[name]), name


def broken_article(document: Document, whole: Callable[[Document], ArticleTables]) -> ArticleTables:
    """What the parsers find, with a number of words that is wrong if the text has "Monday" in it."""
    tables = whole(document)
    n_words = 1 if "Monday" in document.text else tables.article.row.n_words
    return replace(tables, article=replace(tables.article, row=replace(tables.article.row, n_words=n_words)))


@pytest.mark.parametrize("layout", ["package", "partitioned"])
def test_an_article_whose_own_row_breaks_a_rule_is_a_reject(
    layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package is valid without the article, and the log names where it is from and the rule that it breaks."""
    whole = pipeline.parse
    monkeypatch.setattr(pipeline, "parse", lambda document: broken_article(document, whole))
    (tmp_path / "news").mkdir()
    for name, text in (("a.txt", BROKEN), ("b.txt", BROKEN.replace("Monday", "Tuesday"))):
        (tmp_path / "news" / name).write_text(text, encoding="utf-8")
    out = tmp_path / "package"
    result = broadsheet.build(tmp_path / "news", out, layout=layout)
    assert result.valid
    assert result.counts is not None
    assert (result.counts.articles, result.counts.rejects, result.counts.dropped_rows) == (1, 1, 0)
    (reject,) = rows_of(out / "run" / "rejects.csv")
    assert reject["place"].endswith("a.txt")
    assert "breaks the rule of_text (articles.n_words: " in reject["problem"]
    assert [Path(one.place).name for one in result.rejects] == ["a.txt"]
    assert validate_tables(read_package(out)).valid
    tables = extract(tmp_path / "news")
    assert [Path(one.place).name for one in tables.rejects] == ["a.txt"]
    assert len(tables.articles) == 1
    with pytest.raises(InputError, match="breaks the rule of_text"):
        broadsheet.build(tmp_path / "news" / "a.txt", tmp_path / "one")
    (tmp_path / "news" / "b.txt").unlink()
    with pytest.raises(InputError, match="breaks the rule of_text"):
        broadsheet.build(tmp_path / "news", tmp_path / "none", layout=layout)


def test_an_unexpected_exception_costs_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run continues, and the reject names the exception and its place."""
    whole = pipeline.parse

    def failing(document: Document) -> ArticleTables:
        if "Tuesday" in document.text:
            raise KeyError("lost")
        return whole(document)

    monkeypatch.setattr(pipeline, "parse", failing)
    monkeypatch.delenv(DEFECTS)
    (tmp_path / "news").mkdir()
    for name, text in (("a.txt", BROKEN), ("b.txt", BROKEN.replace("Monday", "Tuesday"))):
        (tmp_path / "news" / name).write_text(text, encoding="utf-8")
    out = tmp_path / "package"
    counts = run(tmp_path / "news", out).counts
    assert (counts.articles, counts.rejects, counts.defects) == (1, 1, 1)
    (reject,) = rows_of(out / "run" / "rejects.csv")
    assert "KeyError at test_run.py:" in reject["problem"]
    assert losses(counts)
