"""Sorting, searching, filtering and saving the tables."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from views.page.browser.looking import Look

    Open = Callable[..., Look]

TABLES = (
    "actors", "actor_roles", "articles", "countries", "event_participants", "events", "financial_figures", "mentions",
    "quotes", "tariffs",
)  # fmt: skip


def saved(look: Look, press: str, at: int = 0) -> bytes:
    """What a click on a button saves."""
    with look.page.expect_download() as coming:
        look.page.locator(press).nth(at).click()
    with open(coming.value.path(), "rb") as file:  # noqa: PTH123  (where the browser put it)
        return file.read()


def searched(look: Look, table: str) -> None:
    """Waits until a search shows."""
    look.page.locator(f"#panel-{table} .dt-info", has_text="(of").wait_for()


def test_csv(look: Open, sample_page: Path, sample: Path) -> None:
    """Each table is saved as the bytes of the package's own file."""
    seen = look(sample_page)
    for table in TABLES:
        seen.tab(table)
        seen.page.locator(f"#panel-{table} .tools summary", has_text="Save").click()
        assert saved(seen, f"#panel-{table} .sheet button") == (sample / "data" / f"{table}.csv").read_bytes(), table


def test_csv_of_evidence(look: Open, sample_page: Path, sample: Path) -> None:
    """Evidence has no tab, and is saved all the same."""
    seen = look(sample_page)
    seen.page.locator(".bs-tools summary", has_text="Save").click()
    assert saved(seen, ".files li:last-child button") == (sample / "data" / "evidence.csv").read_bytes()


def test_csv_as_filtered(look: Open, sample_page: Path, sample: Path) -> None:
    """What is filtered and sorted is saved so, with all its columns."""
    seen = look(sample_page)
    seen.tab("quotes")
    seen.page.locator("#panel-quotes .dt-search input").fill("partial")
    searched(seen, "quotes")
    seen.page.locator('#panel-quotes th[data-name="n_words"]').click()
    seen.page.locator('#panel-quotes th[data-name="n_words"][aria-sort=ascending]').wait_for()
    shown = seen.cells("quotes", "quote_id")
    seen.page.locator("#panel-quotes .tools summary", has_text="Save").click()
    rows = list(csv.DictReader(io.StringIO(saved(seen, "#panel-quotes .sheet button", 1).decode("utf-8"))))
    whole = list(csv.DictReader(io.StringIO((sample / "data" / "quotes.csv").read_text(encoding="utf-8"))))
    partial = [row for row in whole if row["kind"] == "partial"]
    assert [row["quote_id"] for row in rows] == shown
    assert rows == sorted(partial, key=lambda row: int(row["n_words"]))


@pytest.mark.parametrize(
    ("table", "column"), [("quotes", "n_words"), ("mentions", "char_start"), ("financial_figures", "amount")]
)
def test_numbers_are_sorted_as_numbers(look: Open, sample_page: Path, table: str, column: str) -> None:
    """Ascending, then descending."""
    seen = look(sample_page)
    seen.tab(table)
    head = f'#panel-{table} th[data-name="{column}"]'
    for way in ("ascending", "descending"):
        seen.page.locator(head).click()
        seen.page.locator(f"{head}[aria-sort={way}]").wait_for()
        numbers = [float(text.replace(",", "")) for text in seen.cells(table, column)]
        assert len(numbers) > 1
        assert numbers == sorted(numbers, reverse=way == "descending")


def test_names_are_searched(look: Open, sample_page: Path) -> None:
    """A search finds an actor by the name that a cell shows, though the cell holds a key."""
    seen = look(sample_page)
    seen.tab("quotes")
    seen.page.locator("#panel-quotes .dt-search input").fill("arvind raman")
    searched(seen, "quotes")
    assert set(seen.cells("quotes", "speaker_id")) == {"Arvind Raman"}


def test_a_column_is_filtered(look: Open, sample_page: Path) -> None:
    """A filter of a column leaves its rows alone, tells so, and is taken away by its chip."""
    seen = look(sample_page)
    everything = seen.tab("quotes").count()
    panel = seen.page.locator("#panel-quotes")
    panel.locator(".tools summary", has_text="Filter").click()
    panel.locator(".sheet select").first.select_option("kind")
    panel.locator(".control select").select_option("=direct")
    seen.page.keyboard.press("Escape")
    assert set(seen.cells("quotes", "kind")) == {"direct"}
    assert seen.rows("quotes").count() < everything
    panel.locator(".chip").click()
    assert seen.rows("quotes").count() == everything


def test_ranges_are_filtered(look: Open, sample_page: Path) -> None:
    """A column of numbers is filtered by a range."""
    seen = look(sample_page)
    seen.tab("quotes")
    panel = seen.page.locator("#panel-quotes")
    panel.locator(".tools summary", has_text="Filter").click()
    panel.locator(".sheet select").first.select_option("n_words")
    panel.locator(".control input").first.fill("9")
    assert min(int(text) for text in seen.cells("quotes", "n_words")) >= 9


def test_columns_are_chosen(look: Open, sample_page: Path) -> None:
    """A column without a value is hidden until a reader asks for it, and any can be hidden."""
    seen = look(sample_page)
    seen.tab("tariffs")
    assert seen.page.locator('#panel-tariffs td[data-column="measure"]').count()
    seen.page.locator("#panel-tariffs .tools summary", has_text="Columns").click()
    seen.page.locator("#panel-tariffs .boxes label", has_text="Measure").first.locator("input").uncheck()
    assert not seen.page.locator('#panel-tariffs td[data-column="measure"]').count()
    assert seen.page.locator("#panel-tariffs tbody tr").count()


def test_empty_cells_are_seen(look: Open, sample_page: Path) -> None:
    """What is missing shows a dash that is no text of the cell."""
    seen = look(sample_page)
    seen.tab("actors")
    empty = seen.page.locator("#panel-actors td.null").first
    assert empty.inner_text() == ""
    assert "–" in empty.evaluate("(e) => getComputedStyle(e, '::after').content")


def test_pages_of_a_table(look: Open, sample_page: Path) -> None:
    """A long table has pages; a row that is asked for is on the page that is turned to."""
    seen = look(sample_page)
    assert seen.tab("mentions").count() == 25
    keys = seen.cells("mentions", "mention_id")
    seen.page.locator("#panel-mentions .dt-paging button.next").click()
    assert not set(keys) & set(seen.cells("mentions", "mention_id"))
    seen.page.locator("#bs-text .seg").first.click()
    seen.page.evaluate(f"location.hash = '#row={keys[0]}'")
    seen.page.wait_for_function(f"() => document.querySelector('#bs-details code')?.innerText === '{keys[0]}'")
    assert seen.in_view("#panel-mentions tr[aria-current=true]")
