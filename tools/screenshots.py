"""Takes the screenshots of the docs: `python3 dev.py run --dev python tools/screenshots.py`.

Builds the sample article, makes its page, and opens it in Chromium: a measure with its passage and the reasons for it,
the charts in the dark scheme, and the table on a phone. The bytes depend on the fonts and the browser of the machine.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet import extract
from broadsheet.reading import read
from broadsheet.reading.sample import sample_path
from broadsheet.views.page import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its file, its colour scheme, the elements to click first, and the size of the screen."""

    name: str
    scheme: str
    clicks: tuple[str, ...]
    size: tuple[int, int] = (1360, 820)


SHOTS = (
    Shot(
        "page-light.png",
        "light",
        ("role=tab[name=/^Tariffs/]", "td[data-column=product]:text('soybean'):visible", ".why summary"),
    ),
    Shot("page-dark.png", "dark", ("role=tab[name=/^Pictures/]",)),
    Shot("page-phone.png", "light", ("[data-pane-button=tables]", "role=tab[name=/^Tariffs/]"), (390, 620)),
)


def main() -> int:
    """Writes the pictures; returns the exit code."""
    from playwright.sync_api import sync_playwright

    browser_path = shutil.which("chromium")
    if browser_path is None:
        print("chromium is not installed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        article = read(sample_path())
        package = Path(place) / "package"
        extract(article).write(package)
        page_file = Path(place) / "page.html"
        write_page(package, [article], out=page_file)
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            size = {"width": shot.size[0], "height": shot.size[1]}
            page = browser.new_page(viewport=size, color_scheme=shot.scheme, reduced_motion="reduce")
            page.goto(page_file.as_uri())
            _click(page, shot.clicks)
            page.screenshot(path=ROOT / "docs" / shot.name)
            print(f"docs/{shot.name}")
        browser.close()
    return 0


def _click(page: Page, places: tuple[str, ...]) -> None:
    page.wait_for_selector("html[data-ready]")
    for place in places:
        page.locator(place).first.click()
        page.wait_for_timeout(1500)
    page.mouse.move(0, 0)


if __name__ == "__main__":
    sys.exit(main())
