"""The pictures: each is drawn, and answers a click with its rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from views.page.browser.looking import Look

    Open = Callable[..., Look]

PICTURES = ("timeline", "speakers", "tariffs", "amounts", "network")


def drawn(look: Look, name: str) -> None:
    """Scrolls to a picture and waits until it stands."""
    look.page.locator("#tab-pictures").click()
    look.page.locator(f"#picture-{name} .drawing").scroll_into_view_if_needed()
    look.page.wait_for_selector(f"#picture-{name} svg.marks")


@pytest.mark.parametrize("name", PICTURES)
def test_a_mark_answers(look: Open, sample_page: Path, name: str) -> None:
    """By keys alone, a mark leads to as many rows as it tells, and the chip takes the filter away."""
    seen = look(sample_page)
    drawn(seen, name)
    drawing = seen.page.locator(f"#picture-{name} .drawing")
    drawing.focus()
    seen.page.keyboard.press("ArrowRight")
    assert seen.page.locator(f"#picture-{name} .walked").count() == 1
    told = re.search(r"(\d+) (?:rows?|quotes?|undated)\b", seen.page.locator("#bs-live").inner_text())
    seen.page.keyboard.press("Enter")
    chip = seen.page.locator("#bs-panels .panel:not([hidden]) .chip.from-picture")
    chip.wait_for()
    panel = chip.locator("xpath=ancestor::*[@role='tabpanel']").get_attribute("id") or ""
    table = panel.removeprefix("panel-")
    shown = seen.rows(table).count()
    assert chip.inner_text().startswith(f"Showing {shown} row")
    assert told is None or int(told[1]) == shown
    everything = int(seen.page.locator(f"#tab-{table} small").inner_text())
    assert 0 < shown <= everything
    chip.click()
    assert seen.page.locator(f"#{panel} .chip").count() == 0


def test_a_click_with_the_pointer(look: Open, sample_page: Path) -> None:
    """A click on the bar of a speaker shows the speaker's quotes."""
    seen = look(sample_page)
    drawn(seen, "speakers")
    bar = seen.page.locator("#picture-speakers svg .mark-rect path[aria-roledescription]").first
    bar.click()
    seen.page.locator("#panel-quotes .chip.from-picture").wait_for()
    assert len(set(seen.cells("quotes", "speaker_id"))) == 1


def test_pictures_of_one_article_and_of_all(look: Open, corpus_page: Path) -> None:
    """A picture is summed over all articles, or shows the chosen one alone."""
    seen = look(corpus_page)
    drawn(seen, "speakers")
    everything = seen.page.locator("#picture-speakers svg").inner_html()
    seen.page.locator("#bs-picker [data-scope=article]").click()
    seen.page.wait_for_function(
        "(before) => document.querySelector('#picture-speakers svg')?.innerHTML !== before", arg=everything
    )
    alone = seen.page.locator("#picture-speakers svg").inner_html()
    assert len(alone) < len(everything)


def test_the_network_is_placed(look: Open, sample_page: Path) -> None:
    """The actors of the network stand apart."""
    seen = look(sample_page)
    drawn(seen, "network")
    places = seen.page.evaluate(
        """() => [...document.querySelectorAll('#picture-network svg .mark-symbol path[aria-roledescription]')]
        .map((node) => node.getAttribute('transform'))"""
    )
    assert len(places) > 2
    assert len(set(places)) == len(places)


def test_pictures_follow_the_scheme(look: Open, sample_page: Path) -> None:
    """Another scheme draws the pictures in its colours."""
    seen = look(sample_page)
    drawn(seen, "speakers")
    before = seen.page.locator("#picture-speakers svg").inner_html()
    seen.page.locator("button.theme").click()
    seen.page.wait_for_function(
        "(before) => document.querySelector('#picture-speakers svg')?.innerHTML !== before", arg=before
    )
