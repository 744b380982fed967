"""Resolution takes time in proportion to the actors, also where all bear one name."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from growth import LINEAR, exponent, steps

from broadsheet.identity import LocalActor, LocalOffice, resolve

if TYPE_CHECKING:
    from collections.abc import Callable

LESS, MORE = 500, 2_000


def surname(draw: Random) -> str:
    """Somebody of a large family, often by initial or family name alone."""
    given = "".join(draw.choice(("ba", "ko", "ten", "mar", "vel")) for _ in range(4)).title()
    return draw.choice((f"{given} Wangford", f"{given} Wangford", "J. Wangford", "Wangford"))


NAMES: dict[str, Callable[[Random], str]] = {
    "a family": surname,
    "one full name": lambda _: "John Wangford",
    "one family name": lambda _: "Wangford",
}


def crowd(n: int, name_of: Callable[[Random], str]) -> list[LocalActor]:
    """Articles with one person each, in many variants."""
    draw = Random(1)
    out = []
    for number in range(n):
        name = name_of(draw)
        body = f"body-{draw.randrange(n)}-corp" if draw.random() < 0.5 else None
        office = LocalOffice(draw.choice(("finance minister", "CEO", "MP", "footballer", "spokesman")), body)
        code = draw.choice((None, "CHN", "USA", "GBR", "KEN"))
        slug = "-".join(name.lower().replace(".", "").split())
        out.append(
            LocalActor(f"art_{number:05}", slug, name, "person", code, draw.random() < 0.5, None, 1, (name,), (office,))
        )
    return out


@pytest.mark.parametrize("case", NAMES)
def test_time_is_linear(case: str) -> None:
    """Four times the articles take about four times the steps."""

    def cost(n: int) -> int:
        actors = crowd(n, NAMES[case])
        return steps(lambda: resolve(actors))

    cost(50)
    assert exponent(cost, LESS, MORE) < LINEAR
