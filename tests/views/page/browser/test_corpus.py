"""The page of many articles, and pages whose articles are not at hand."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from views.page.browser.conftest import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from views.page.browser.looking import Look

    Open = Callable[..., Look]


def total(look: Look, table: str) -> int:
    """How many rows the tab of a table tells."""
    return int(look.page.locator(f"#tab-{table} small").inner_text().replace(",", ""))


def test_all_articles_at_first(look: Open, corpus_page: Path) -> None:
    """The tables are over all articles until one is chosen; its title, publisher and day are searched for."""
    seen = look(corpus_page)
    everything = total(seen, "mentions")
    box = seen.page.locator("#bs-pick")
    box.click()
    seen.page.keyboard.type(f"report 0-{ARTICLES - 1}")
    option = seen.page.locator("#bs-options [data-id]")
    title = option.first.locator("span").inner_text()
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_function(f"() => document.querySelector('#bs-text h2')?.innerText === {json.dumps(title)}")
    assert 0 < total(seen, "mentions") < everything / 20
    assert box.input_value() == title
    seen.page.locator("[data-scope=all]").click()
    assert total(seen, "mentions") == everything


def test_before_and_next(look: Open, corpus_page: Path) -> None:
    """The arrows go from article to article, and the way back leads back."""
    seen = look(corpus_page)
    first = seen.page.locator("#bs-pick").input_value()
    assert seen.page.locator("#bs-picker .before").is_disabled()
    seen.page.locator("#bs-picker .next").click()
    second = seen.page.locator("#bs-pick").input_value()
    assert second != first
    seen.page.locator("#bs-picker .before").click()
    assert seen.page.locator("#bs-pick").input_value() == first
    seen.page.go_back()
    seen.page.wait_for_function(f"() => document.querySelector('#bs-pick').value === {json.dumps(second)}")


def test_a_row_of_another_article(look: Open, corpus_page: Path) -> None:
    """A row of an article that is not open opens it; the tables stay over all."""
    seen = look(corpus_page)
    everything = total(seen, "quotes")
    seen.tab("quotes")
    seen.page.locator("#panel-quotes .dt-paging button.last").click()
    row = seen.rows("quotes").last
    words = row.locator('td[data-column="text"]').inner_text()
    row.click(position={"x": 15, "y": 10})
    seen.page.wait_for_selector("#bs-text .picked")
    assert seen.marked() == words
    assert seen.in_view("#bs-text .picked")
    assert total(seen, "quotes") == everything


_ELEMENTS = "() => document.getElementsByTagName('*').length"
_CLICK = """(selector) => new Promise((done) => {
  let changes = 0;
  const observer = new MutationObserver((seen) => {
    for (const one of seen) changes += 1 + one.addedNodes.length + one.removedNodes.length;
  });
  observer.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  document.querySelector(selector).click();
  requestAnimationFrame(() => setTimeout(() => { observer.disconnect(); done(changes); }));
})"""


def test_the_first_screen_does_not_grow_with_the_corpus(look: Open, sample_page: Path, corpus_page: Path) -> None:
    """What the browser lays out at first is of one article and one page of a table, however many there are."""
    one, many = (look(page).page.evaluate(_ELEMENTS) for page in (sample_page, corpus_page))
    assert many < 2 * one


def test_an_answer_changes_little(look: Open, corpus_page: Path) -> None:
    """To sort the longest table of a corpus, and to choose a row, changes the rows in view, not all that there are."""
    seen = look(corpus_page)
    seen.tab("mentions")
    everything = total(seen, "mentions")
    for selector in ("#panel-mentions th:nth-child(3)", "#panel-mentions th:nth-child(2)", "#panel-mentions tbody tr"):
        changes = seen.page.evaluate(_CLICK, selector)
        assert 0 < changes < everything / 4, selector


def test_without_the_article(look: Open, bare_page: Path) -> None:
    """Without the article its rows stand by their offsets, the page says so, and rows and places lead to each other."""
    seen = look(bare_page)
    assert "--source" in seen.page.locator("#bs-text .no-source").inner_text()
    starts = [int(re.match(r"\d+", text)[0]) for text in seen.page.locator(".place .where").all_inner_texts()]  # type: ignore[index]
    assert len(starts) > 100
    assert starts == sorted(starts)
    seen.tab("tariffs").nth(1).click(position={"x": 15, "y": 10})
    assert seen.in_view("#bs-text .place.picked")
    seen.page.locator(".place", has_text="Quotes").first.click()
    assert seen.row.startswith("quo_")
    assert seen.violations() == []
