"""A row is explained by its passage, the rule of each cell, and what a curator changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet import read_package
from broadsheet.base.errors import InputError
from broadsheet.reading import read, read_all
from broadsheet.tables.schema import TABLES, schemas
from broadsheet.views.explain import explain
from broadsheet.views.explain.run import NO_SOURCE
from broadsheet.views.explain.text import clean, render
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet import Tables
    from broadsheet.views.explain import CellExplanation, Explanation

GHANA = ROOT / "tests" / "articles" / "ghana-cocoa-levy.txt"


def _cell(told: Explanation, column: str) -> CellExplanation:
    return next(cell for cell in told.cells if cell.column == column)


def _rules(told: Explanation, column: str) -> list[str]:
    return [reason.rule for reason in _cell(told, column).reasons]


def _keys(tables: Tables, name: str) -> list[str]:
    frame = tables[name]
    return ["/".join(map(str, row)) for row in frame[list(schemas()[name].primary_key)].itertuples(index=False)]


@pytest.mark.parametrize("name", TABLES)
def test_rows_of_every_table_are_told(name: str, single: Path, tables: Tables) -> None:
    """Every cell that is not null has a reason, the passage is that of the row, and extraction agrees."""
    sources = [read(GHANA)]
    columns = schemas()[name].columns
    for key in _keys(tables, name)[:4]:
        told = explain(key, single, sources, [GHANA])
        assert (told.table, told.key) == (name, key)
        assert [cell.column for cell in told.cells] == list(columns)
        assert all(cell.reasons for cell in told.cells if cell.value is not None)
        assert not any(cell.differs for cell in told.cells)
        assert told.notes == ()
        if "char_start" in columns:
            assert told.passage is not None
            assert told.passage.around is not None
            start, end = told.passage.span.start, told.passage.span.end
            marked = told.passage.around[told.passage.before : told.passage.before + end - start]
            assert marked == sources[0].text[start:end]


def test_a_quote_is_explained(single: Path, tables: Tables) -> None:
    """The text has the passage with the span marked, the evidence, the rules and what they are based on."""
    told = explain(tables.quotes.quote_id[0], single, [read(GHANA)])
    text = render(told, 100)
    assert "‘«We can’t go on selling the bean and buying back the bar,»’ she told reporters" in text
    assert 'stated by "she" (284:287)' in text
    assert '  "she" is the noun phrase that the cue "told" introduces as the speaker' in text
    assert "    a learned ranker and the encoder preferred this to 6 other candidates, with score" in text
    assert '    the pronoun "she" (female) refers to the person' in text
    assert "null: addressee_id" in text
    assert max(map(len, text.splitlines())) <= 100
    assert "\x1b" not in text


def test_a_terminal_shows_the_span_in_reverse_video(single: Path, tables: Tables) -> None:
    """The mark continues over line breaks, and each line closes it."""
    told = explain(tables.quotes.quote_id[0], single, [read(GHANA)])
    text = render(told, 40, style=True)
    marked = [line for line in text.splitlines() if "\x1b[7m" in line]
    assert len(marked) > 1
    assert all(line.count("\x1b[7m") == line.count("\x1b[27m") == 1 for line in marked)
    assert "\x1b[1mcue\x1b[22m: tell" in text


def test_an_actor_of_several_articles_is_explained(several: Path, articles: list[Path]) -> None:
    """The explanation lists the articles that name an actor, with forms and words, and the rules of the given ones."""
    tables = read_package(several)
    counts = tables.mentions.groupby("actor_id")["article_id"].nunique()
    actor = sorted(counts.index, key=lambda key: (-counts[key], key))[0]
    told = explain(actor, several, read_all(articles))
    assert sum(named.mentions for named in told.named) == int(_cell(told, "n_mentions").value or 0)
    assert len(told.named) == counts[actor]
    assert all(named.printed for named in told.named)
    assert _rules(told, "kind")
    other = explain(actor, several, [read(articles[0])] if _names(told, articles[0]) else [read(articles[-1])])
    assert sum(bool(named.printed) for named in other.named) >= 1


def _names(told: Explanation, path: Path) -> bool:
    return read(path).article_id in {named.article_id for named in told.named}


def test_the_layout_makes_no_difference(several: Path, partitioned: Path, articles: list[Path]) -> None:
    """A row of a partitioned package has the same explanation as in the other layout."""
    tables = read_package(several)
    sources = {article.article_id: article for article in read_all(articles)}
    for name in ("quotes", "actors", "event_participants", "evidence", "articles", "countries"):
        key = _keys(tables, name)[0]
        assert explain(key, partitioned, sources).to_dict() == explain(key, several, sources).to_dict()


def test_a_curated_cell_is_explained(curated: Path, tables: Tables) -> None:
    """A curated cell has the curator's reason and the old value, and no rule of the parsers."""
    told = explain(tables.quotes.quote_id[0], curated, [read(GHANA)])
    cue = _cell(told, "cue")
    assert (told.action, told.curated) == ("change", "She answered a question.")
    assert (cue.value, cue.was) == ("answer", "tell")
    assert cue.reasons[0].says == "a curator set the cell: She answered a question."
    assert _rules(told, "kind") == ["quotes.kind.clause"]
    text = render(told, 100)
    assert "A curator changed this row: She answered a question." in text
    assert "  curated; extracted as tell" in text


def test_an_added_row_is_explained(curated: Path) -> None:
    """The cells of an added row have no rule of the parsers."""
    mentions = read_package(curated).mentions
    key = mentions[mentions.origin == "added"].mention_id.iloc[0]
    told = explain(key, curated, [read(GHANA)])
    assert told.action == "add"
    assert {reason.rule for cell in told.cells for reason in cell.reasons} == {"curate.set"}
    assert told.notes == ()
    assert "A curator added this row: Accra stands for the government here." in render(told, 100)


def test_without_a_source_there_are_offsets(curated: Path, tables: Tables) -> None:
    """The row, its offsets and its correction need no article; a note says what one would add."""
    told = explain(tables.quotes.quote_id[0], curated)
    assert told.notes == (NO_SOURCE,)
    assert not told.with_source
    assert told.passage is not None
    assert told.passage.around is None
    assert _cell(told, "cue").was == "tell"
    assert _rules(told, "kind") == []
    assert "stated by characters 284:287" in render(told, 100)


def test_a_cell_that_extraction_no_longer_gives(single: Path, tables: Tables, tmp_path: Path) -> None:
    """In a package of another version, or one that was edited, both values of a cell are shown."""
    import shutil

    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    folder = shutil.copytree(single, tmp_path / "package")
    path = folder / "data" / "quotes.parquet"
    table = pq.read_table(path)
    cues = pc.if_else(pc.equal(table["cue"], "tell"), "whisper", table["cue"])
    place = table.schema.get_field_index("cue")
    pq.write_table(table.set_column(place, table.schema.field(place), cues.cast(pa.string())), path)
    told = explain(tables.quotes.quote_id[0], folder, [read(GHANA)])
    cue = _cell(told, "cue")
    assert (cue.value, cue.extracted, cue.differs, cue.reasons) == ("whisper", "tell", True, ())
    assert "  extraction now gives tell" in render(told, 100)


def test_a_package_of_another_version_gets_a_note(single: Path, tables: Tables, tmp_path: Path) -> None:
    """A note says that the rules are of another version than the package."""
    import json
    import shutil

    folder = shutil.copytree(single, tmp_path / "package")
    path = folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["broadsheet"]["extractor"] = "0.0.1"
    path.write_text(json.dumps(content), encoding="utf-8")
    (note,) = explain(tables.quotes.quote_id[0], folder, [read(GHANA)]).notes
    assert note.startswith("The package was made by broadsheet 0.0.1 with ")


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("abena-ofosu-mensa", "similar keys are abena-ofosu-mensah"),
        ("norwegia", "similar keys are norway"),
        ("nothing-of-the-kind-anywhere", "take a key from one of the package's tables"),
        ("", "take a key from one of the package's tables"),
        ("a/b/c/d", "take a key"),
        ("x/y/notanumber", "take a key"),
    ],
)
def test_an_unknown_key_is_refused(key: str, near: str, single: Path) -> None:
    """The error suggests similar keys."""
    with pytest.raises(InputError, match="is not the key of a row") as raised:
        explain(key, single)
    assert near in raised.value.fix


def test_a_source_of_another_article_is_refused(single: Path, tables: Tables) -> None:
    """The sources have to hold an article of the row."""
    with pytest.raises(InputError, match="has no article of quo_"):
        explain(tables.quotes.quote_id[0], single, [read("Another text, and a short one it is.\n")])


def test_metadata_have_an_origin(single: Path, tables: Tables) -> None:
    """A cell from the sidecar names it; the title comes from the text."""
    told = explain(tables.articles.article_id[0], single, [read(GHANA)], [GHANA])
    assert _cell(told, "publisher").reasons[0].says == "the sidecar ghana-cocoa-levy.toml says so"
    assert _rules(told, "title") == ["articles.title.printed"]
    assert _rules(told, "n_words") == ["articles.n_words"]


def test_a_country_is_explained_by_the_rows_that_use_it(single: Path) -> None:
    """The rows that use a code are counted, which needs no article."""
    told = explain("NOR", single)
    assert dict(told.used)["actors.country_code"] >= 1
    assert told.notes == ()


def test_control_characters_are_replaced() -> None:
    """Control characters and direction marks cannot affect the terminal."""
    assert clean("a\x1b[31mb\u202ec\x07") == "a�[31mb�c�"
