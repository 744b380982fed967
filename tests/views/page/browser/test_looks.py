"""Day and night, wide and narrow, on paper; labels and contrast."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from views.page.browser.looking import PHONE, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from views.page.browser.looking import Look

    Open = Callable[..., Look]


def row(look: Look, table: str) -> None:
    """Chooses the second row of a table."""
    look.tab(table).nth(1).click(position={"x": 15, "y": 10})


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", WIDE), ("dark", WIDE), ("dark", PHONE)], ids=["light", "dark", "narrow"]
)
def test_labels_and_contrast(look: Open, sample_page: Path, scheme: str, size: tuple[int, int]) -> None:
    """axe-core finds nothing wrong: with a row and a sheet open, and with pictures."""
    seen = look(sample_page, color_scheme=scheme, size=size)
    if size == PHONE:
        seen.page.locator("[data-pane-button=tables]").click()
    row(seen, "quotes")
    seen.page.locator(".bs-tools summary", has_text="About").click()
    seen.page.locator(".bs-tools .sheet h2", has_text="Made with").wait_for()
    found = seen.violations()
    seen.page.keyboard.press("Escape")
    if size == PHONE:
        seen.page.locator("[data-pane-button=tables]").click()
    seen.page.locator("#tab-pictures").click()
    seen.page.wait_for_selector("#picture-timeline svg.marks")
    assert found + seen.violations() == []


def test_labels_of_a_corpus(look: Open, corpus_page: Path) -> None:
    """The picker of articles, open and closed, is labelled."""
    seen = look(corpus_page)
    seen.page.locator("#bs-pick").click()
    assert seen.violations() == []


def test_the_head(look: Open, sample_page: Path, sample: Path) -> None:
    """Verdict, version, checksum and citation stand at the head; libraries are named with their licences."""
    seen = look(sample_page)
    head = seen.page.locator("#bs-head").inner_text()
    said = json.loads((sample / "datapackage.json").read_text(encoding="utf-8"))
    for part in ("valid", said["name"], said["version"], "sha-256", "[data set]"):
        assert part in head.lower()
    seen.page.locator(".bs-tools summary", has_text="About").click()
    seen.page.locator(".bs-tools .sheet h2", has_text="Made with").wait_for()
    about = seen.page.locator(".bs-tools .sheet:visible").inner_text()
    for name in ("DataTables", "Vega-Lite", "BSD-3-Clause", "MIT"):
        assert name in about
    seen.page.locator(".bs-tools summary", has_text="Cite").click()
    bibtex = seen.page.locator(".bs-tools pre", has_text="@")
    bibtex.wait_for()
    assert said["version"] in bibtex.inner_text()


def test_narrow(look: Open, sample_page: Path) -> None:
    """A phone shows one pane at a time and never scrolls sideways; a row turns to the article, its passage in view."""
    seen = look(sample_page, size=PHONE)
    wide = "() => document.documentElement.scrollWidth"
    assert seen.page.locator("#bs-article").is_visible()
    assert not seen.page.locator("#bs-tabs").is_visible()
    seen.page.locator("[data-pane-button=tables]").click()
    assert not seen.page.locator("#bs-article").is_visible()
    assert seen.page.evaluate(wide) <= PHONE[0]
    row(seen, "quotes")
    assert seen.page.locator("#bs-article").is_visible()
    assert seen.in_view("#bs-text .picked")
    under = "() => document.querySelector('#bs-text .picked').getBoundingClientRect().top"
    sheet = "() => document.querySelector('#bs-details').getBoundingClientRect().top"
    assert seen.page.evaluate(under) < seen.page.evaluate(sheet)
    seen.page.locator("#bs-details .to-table").click()
    assert seen.in_view("#panel-quotes tr[aria-current=true]")
    assert seen.page.evaluate(wide) <= PHONE[0]


def test_zoomed(look: Open, sample_page: Path) -> None:
    """At twice the size nothing is cut off sideways."""
    seen = look(sample_page, size=(WIDE[0] // 2, WIDE[1] // 2))
    assert seen.page.evaluate("() => document.documentElement.scrollWidth") <= WIDE[0] // 2
    seen.page.locator("[data-pane-button=tables]").click()
    row(seen, "events")
    assert seen.in_view("#bs-text .picked")


def test_dark(look: Open, sample_page: Path) -> None:
    """The page follows the system's scheme until its button says otherwise."""
    paper = "() => getComputedStyle(document.body).backgroundColor"
    light, dark = look(sample_page, color_scheme="light"), look(sample_page, color_scheme="dark")
    day, night = light.page.evaluate(paper), dark.page.evaluate(paper)
    assert day != night
    dark.page.locator("button.theme").click()
    assert dark.page.evaluate(paper) == day


def test_print(look: Open, sample_page: Path) -> None:
    """On paper stand the article and all rows of all tables, and no control; the screen is as before after it."""
    seen = look(sample_page)
    seen.page.emulate_media(media="print")
    printed = seen.page.locator("#bs-print section")
    printed.first.wait_for()
    titles = printed.locator("h2").all_inner_texts()
    assert any(title.startswith("Mentions") for title in titles)
    rows = {title: section.locator("tbody tr").count() for title, section in zip(titles, printed.all(), strict=True)}
    assert all(title.endswith(f"({count})") for title, count in rows.items())
    assert seen.page.locator("#bs-text").is_visible()
    for control in ("#bs-bar", "#bs-tabs", ".bs-tools", "#bs-legend input >> nth=0"):
        assert not seen.page.locator(control).is_visible()
    seen.page.emulate_media(media="screen")
    printed.first.wait_for(state="detached")
    assert seen.page.locator("#bs-tabs").is_visible()


def test_a_phone_shows_most_of_a_row(look: Open, sample_page: Path) -> None:
    """At least four columns of measures, and three of quotes, fit on a phone without scrolling."""
    seen = look(sample_page, size=PHONE)
    seen.page.locator("[data-pane-button=tables]").click()
    ends = "[...document.querySelectorAll(at)].map((cell) => cell.getBoundingClientRect().right)"
    fit = f"(at) => {ends}.filter((end) => end <= innerWidth).length"
    for table, columns in (("tariffs", 4), ("quotes", 3)):
        seen.tab(table)
        assert seen.page.evaluate(fit, f"#panel-{table} thead th:not(.go)") >= columns, table


def test_the_title_of_the_only_article_is_the_heading(look: Open, titled_page: Path, sample_article: Path) -> None:
    """Even if the package has a title of its own, which is then beside its name."""
    seen = look(titled_page)
    assert seen.page.locator("h1").inner_text() == sample_article.read_text(encoding="utf-8").splitlines()[0]
    assert seen.page.locator(".bs-name").inner_text().startswith("Farm news, ")
