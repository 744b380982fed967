"""Tries the page on hostile packages: `python3 dev.py run --dev python tools/fuzz_pages.py [NUMBER] [SEED]`.

Each is a valid package that hypothesis spoilt in one to three ways (`tests/quality/validation/hostile.py`). A page
has to come of it, with our scripts and no other, or a clear error. Prints how many of which way ended how, the
slowest, the largest page, and everything that went wrong.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from lxml.html import HTMLParser, fromstring
from quality.validation.hostile import damaged, write
from quality.validation.test_hostile import ARTICLE, FILES

from broadsheet.base.errors import InputError
from broadsheet.views.page import page
from broadsheet.views.page.document import own_script
from broadsheet.views.page.libraries import bundle

NUMBER = 500
RUN = '//script[not(@type="application/json" or @type="text/plain")]'
"""Elements that a browser would run as scripts (XPath)."""


def judge(folder: Path, *, with_source: bool) -> tuple[str, int]:
    """The outcome of a package's page, and its number of characters.

    Raises:
        AssertionError: If it contains a script that is not ours.
    """
    try:
        html = page(folder, [ARTICLE] if with_source else [])
    except InputError:
        return "refused", 0
    assert html.endswith("</html>\n"), "the page is not whole"
    found = [element.text for element in fromstring(html, parser=HTMLParser(huge_tree=True)).xpath(RUN)]
    assert found == [*bundle().scripts, own_script()], f"{len(found)} scripts, not those of the page"
    return "page", len(html)


def main(number: int, start: int) -> int:
    """Runs the campaign; returns the exit code."""
    ended: Counter[tuple[str, str]] = Counter()
    slowest: list[tuple[float, str]] = []
    faults: Counter[str] = Counter()
    largest = 0

    @seed(start)
    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def campaign(data: st.DataObject) -> None:
        nonlocal largest
        damage = data.draw(damaged(FILES))
        with_source = data.draw(st.booleans())
        with tempfile.TemporaryDirectory() as place:
            folder, outside = Path(place) / "package", Path(place) / "outside"
            folder.mkdir()
            outside.mkdir()
            write(damage, folder, outside)
            began = perf_counter()
            try:
                end, size = judge(folder, with_source=with_source)
                largest = max(largest, size)
            except Exception as error:
                end = "FAULT"
                faults[f"{type(error).__name__}: {str(error)[:150]} ({', '.join(damage.ways)})"] += 1
            slowest.append((perf_counter() - began, ", ".join(damage.ways)))
        for way in {*damage.ways, "all"}:
            ended[way, end] += 1
        slowest.sort(reverse=True)
        del slowest[5:]

    with contextlib.suppress(KeyboardInterrupt):  # print the results so far
        campaign()
    ends = ("page", "refused", "FAULT")
    print(f"{'way':14}" + "".join(f"{end:>10}" for end in ends))
    for way in sorted({way for way, _ in ended}, key=lambda way: (way == "all", way)):
        print(f"{way:14}" + "".join(f"{ended[way, end]:>10}" for end in ends))
    print("slowest: " + "; ".join(f"{seconds:.1f} s ({ways})" for seconds, ways in slowest))
    print(f"largest page: {largest / 1e6:.1f} million characters")
    for fault, times in faults.most_common():
        print(f"{times} x {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(int(words[0]) if words else NUMBER, int(words[1]) if len(words) > 1 else 0))
