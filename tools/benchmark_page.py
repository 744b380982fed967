"""Measures pages: `python3 dev.py run --dev python tools/benchmark_page.py [NUMBER…]`.

Builds a corpus of each number of articles of 600 words (`tests/corpora.py`; 1 is the sample article), makes its page in
a process of its own, and opens it in Chromium. Prints a row each: what the making took, the size of the file, and what
a reader waits for.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from corpora import write_jsonl

from broadsheet.reading.sample import sample_path

NUMBERS = (1, 200, 1000)
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
HEAD = "articles", "rows", "made, s", "memory, MB", "file, MB", "first paint, s", "usable, s", "tab, ms", "pictures, s"
TABS = ("Quotes", "Events", "Mentions")


def main(numbers: list[int]) -> int:
    """Prints the table; returns the exit code."""
    print("| " + " | ".join(HEAD) + " |\n|" + "---:|" * len(HEAD))
    for number in numbers:
        with tempfile.TemporaryDirectory() as place:
            print(f"| {number:,} | " + " | ".join(row(Path(place), number)) + " |", flush=True)
    return 0


def row(folder: Path, number: int) -> tuple[str, ...]:
    """The figures of one corpus."""
    source = sample_path() if number == 1 else write_jsonl(folder / "articles.jsonl", number)
    package, page = folder / "package", folder / "page.html"
    command = [sys.executable, "-m", "broadsheet"]
    subprocess.run([*command, "build", str(source), "--out", str(package), "--quiet"], check=True)
    began = perf_counter()
    making = subprocess.Popen(
        [*command, "page", str(package), "--source", str(source), "--out", str(page), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert making.stdout is not None
    result = json.loads(making.stdout.read())
    _, _, usage = os.wait4(making.pid, 0)
    made = perf_counter() - began
    paint, ready, tab, pictures = opened(page)
    return (
        f"{result['rows']:,}",
        f"{made:.1f}",
        f"{usage.ru_maxrss / 1024:,.0f}",
        f"{page.stat().st_size / 1e6:.1f}",
        f"{paint:.2f}",
        f"{ready:.2f}",
        f"{tab * 1000:.0f}",
        f"{pictures:.1f}",
    )


def opened(page_file: Path) -> tuple[float, float, float, float]:
    """Seconds to the first paint, to a responsive page, to another tab (the slowest), and to all pictures."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        began = perf_counter()
        page.goto(page_file.as_uri(), wait_until="commit")
        page.wait_for_selector("html[data-ready]", state="attached")
        ready = perf_counter() - began
        paint = page.evaluate(FIRST_PAINT) / 1000
        slowest = 0.0
        for name in TABS:
            began = perf_counter()
            page.locator(f"role=tab[name=/^{name}/]").click()
            page.locator("[role=tabpanel]:visible tbody tr").first.wait_for()
            slowest = max(slowest, perf_counter() - began)
        began = perf_counter()
        page.locator("role=tab[name=/^Pictures/]").click()
        for picture in page.locator("[role=tabpanel]:visible figure").all():
            picture.scroll_into_view_if_needed()
            picture.locator("svg, canvas").first.wait_for()
        pictures = perf_counter() - began
        browser.close()
    return paint, ready, slowest, pictures


if __name__ == "__main__":
    sys.exit(main([int(word) for word in sys.argv[1:]] or list(NUMBERS)))
