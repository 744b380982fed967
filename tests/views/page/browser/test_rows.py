"""From rows to passages and back."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from views.page.browser.looking import Look

    Open = Callable[..., Look]

SPANNED = ("quotes", "events", "tariffs", "financial_figures", "actor_roles", "event_participants", "mentions")


def rows_of(package: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table of a package."""
    with (package / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_leads_to_its_passage(look: Open, sample_page: Path, sample: Path, sample_article: Path) -> None:
    """A click on the last row of any table marks just its words, in view."""
    seen = look(sample_page)
    text = sample_article.read_text(encoding="utf-8")
    for table in SPANNED:
        row = seen.tab(table).last
        row.click(position={"x": 15, "y": 10})
        wanted = rows_of(sample, table)[int(row.get_attribute("data-row") or -1)]
        assert seen.marked() == text[int(wanted["char_start"]) : int(wanted["char_end"])], table
        assert seen.in_view("#bs-text .picked"), table
        assert row.get_attribute("aria-current") == "true", table


def test_the_source_article(look: Open, source_page: Path, shared: Path) -> None:
    """In the published dataset, too, each quote leads to its words."""
    seen = look(source_page)
    text = (shared / "source" / "article.txt").read_text(encoding="utf-8")
    rows = seen.tab("quotes")
    quoted = seen.cells("quotes", "text")
    assert len(quoted) == 21
    for at in (0, 10, 20):
        rows.nth(at).click(position={"x": 15, "y": 10})
        assert seen.marked() == quoted[at]
        assert quoted[at] in text
        assert seen.in_view("#bs-text .picked")


def test_a_passage_leads_to_its_rows(look: Open, sample_page: Path) -> None:
    """A click on words that several rows share lists these, chooses the shortest, and turns its table to it."""
    seen = look(sample_page)
    seen.page.locator("#bs-text .seg", has_text="rice").first.click()
    kinds = seen.page.locator(".places-here button b").all_inner_texts()
    assert {"Events", "Tariffs"} <= set(kinds)
    assert seen.page.locator(".places-here button[aria-pressed=true]").count() == 1
    current = seen.page.locator("#bs-panels .panel:not([hidden]) tr[aria-current=true]")
    assert current.count() == 1
    assert seen.in_view("#bs-panels .panel:not([hidden]) tr[aria-current=true]")
    other = seen.page.locator(".places-here button", has_text="Tariffs").first
    other.click()
    assert seen.page.locator("#tab-tariffs").get_attribute("aria-selected") == "true"
    assert seen.row.startswith("tar_")


def test_every_row_has_a_passage(look: Open, sample_page: Path, sample: Path) -> None:
    """The legend counts the rows of each table, and the passages together hold each of them."""
    seen = look(sample_page)
    lanes = ("mentions", "actor_roles", "quotes", "events", "tariffs", "financial_figures")
    assert seen.page.locator("#bs-legend small").all_inner_texts() == [str(len(rows_of(sample, one))) for one in lanes]
    lines = seen.page.evaluate(
        """() => [...document.querySelectorAll('#bs-text .seg')].map((node) => getComputedStyle(node).backgroundSize)"""
    )
    assert all(lines)
    words = seen.page.locator("#bs-text .seg").all_inner_texts()
    assert len(words) > len(rows_of(sample, "mentions"))


def test_lanes_are_switched_off(look: Open, sample_page: Path) -> None:
    """A table that is switched off has no lines, and its rows are not asked for."""
    seen = look(sample_page)
    passage = seen.page.locator("#bs-text .seg", has_text="Brazil").first
    before = passage.evaluate("(e) => getComputedStyle(e).backgroundImage")
    seen.page.locator('#bs-legend [data-lane="mentions"] input').uncheck()
    assert passage.evaluate("(e) => getComputedStyle(e).backgroundImage") != before
    passage.click()
    assert "men_" not in seen.row


def test_evidence_of_a_cell(look: Open, sample_page: Path, sample: Path, sample_article: Path) -> None:
    """The pointer over a cell marks what gave it."""
    seen = look(sample_page)
    cell = seen.tab("quotes").nth(0).locator('td[data-column="speaker_text"]')
    printed = cell.inner_text()
    cell.hover()
    assert seen.marked("cited") == printed


def test_details(look: Open, sample_page: Path, sample: Path) -> None:
    """The chosen row shows every cell with its meaning, and links along its keys."""
    seen = look(sample_page)
    seen.tab("quotes").nth(2).click(position={"x": 15, "y": 10})
    row = rows_of(sample, "quotes")[2]
    assert seen.row == row["quote_id"]
    assert seen.page.locator("#bs-details .cells dt").count() == len(row)
    assert seen.page.locator("#bs-details .meaning").first.inner_text()
    speaker = seen.page.locator('#bs-details dd[data-column="speaker_id"] a')
    assert speaker.get_attribute("title") == row["speaker_id"]
    speaker.click()
    assert seen.row == row["speaker_id"]
    assert seen.page.locator("#tab-actors").get_attribute("aria-selected") == "true"
    assert seen.page.locator("#bs-text .picked").count() > 1


def test_addresses(look: Open, sample_page: Path, sample: Path) -> None:
    """A row has an address, which opens it; the way back leads to the row before."""
    quotes = rows_of(sample, "quotes")
    seen = look(sample_page, f"#row={quotes[5]['quote_id']}")
    assert seen.row == quotes[5]["quote_id"]
    assert seen.marked() == quotes[5]["text"]
    seen.rows("quotes").nth(6).click(position={"x": 15, "y": 10})
    assert seen.page.url.endswith(f"#row={quotes[6]['quote_id']}")
    seen.page.go_back()
    assert seen.row == quotes[5]["quote_id"]
    seen.page.go_forward()
    assert seen.row == quotes[6]["quote_id"]


def test_curated(look: Open, source_page: Path) -> None:
    """A curated cell tells so, with the reason and what it was."""
    seen = look(source_page)
    seen.tab("actors")
    curated = seen.page.locator("#panel-actors td.curated").first
    assert curated.get_attribute("title").startswith("Curated: ")  # type: ignore[union-attr]
    curated.click()
    assert seen.page.locator("#bs-details .notice.curation").first.inner_text().startswith("✎ Curated: ")
    assert "Was" in seen.page.locator("#bs-details .curated-note").first.inner_text()


def test_keys_alone(look: Open, sample_page: Path) -> None:
    """Passages and rows are reached, opened and closed without a pointer."""
    seen = look(sample_page)
    press = seen.page.keyboard.press
    seen.page.locator("#bs-legend input").last.focus()
    press("Tab")
    first = seen.focused()
    assert "seg" in first
    press("ArrowRight")
    press("ArrowRight")
    assert not seen.page.locator("#bs-card").is_hidden()
    press("Enter")
    key = seen.row
    assert key
    press("Escape")
    assert not seen.row
    assert "seg" in seen.focused()
    seen.page.locator("#tab-quotes").focus()
    press("ArrowRight")
    assert seen.page.locator("#tab-events").get_attribute("aria-selected") == "true"
    press("/")
    assert seen.focused().startswith("INPUT")
    seen.page.keyboard.type("agree")
    seen.page.locator("#panel-events .dt-info", has_text="(of").wait_for()
    press("Tab")
    while "go" not in seen.focused().split():
        press("Tab")
    press("ArrowDown")
    press("Enter")
    assert seen.row.startswith("eve_")
    assert seen.in_view("#bs-text .picked")
    press("Escape")
    assert "go" in seen.focused().split()


def test_why_a_row_is_there(look: Open, sample_page: Path) -> None:
    """One click on a chosen row shows the rule of its cells, and the next row keeps them open."""
    seen = look(sample_page)
    rows = seen.tab("quotes")
    rows.first.click(position={"x": 15, "y": 10})
    seen.page.locator(".why summary").click()
    seen.page.wait_for_selector(".reasons dt")
    assert {"Speaker", "Kind"} <= set(seen.page.locator(".reasons dt").all_inner_texts())
    assert all(seen.page.locator(".reasons dd").all_inner_texts())
    rows.nth(1).click(position={"x": 15, "y": 10})
    assert seen.page.locator(".why[open] .reasons dt").first.is_visible()


def test_why_names_the_command_where_the_text_was_not_given(look: Open, bare_page: Path) -> None:
    """Without the article there are no rules, and the page says how to see them."""
    seen = look(bare_page)
    seen.tab("quotes").first.click(position={"x": 15, "y": 10})
    seen.page.locator(".why summary").click()
    seen.page.wait_for_selector(".reasons code")
    assert "broadsheet explain quo_" in seen.page.locator(".reasons code").inner_text()


def test_one_measure_lights_its_own_words(look: Open, sample_page: Path) -> None:
    """The words that state the cells of a measure stand out; the rest of its passage does not."""
    seen = look(sample_page)
    seen.tab("tariffs").nth(1).click(position={"x": 15, "y": 10})
    strong = "[...document.querySelectorAll('#bs-text .picked.backed')].map((node) => node.textContent)"
    words = seen.page.evaluate(strong)
    assert words
    assert len("".join(words)) < len(seen.marked())
