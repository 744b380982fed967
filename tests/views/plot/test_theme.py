"""The colours of pictures."""

from __future__ import annotations

from itertools import combinations

import pytest

from broadsheet.views.plot.theme import Theme, theme

THEMES = [theme(dark, on_page=on_page) for dark in (False, True) for on_page in (False, True)]
TONES = ("blue", "sky", "orange", "red", "green", "grey")

# How people without one kind of cones see light of red, green and blue (Viénot, Brettel and Mollon, 1999).
BLIND = {
    "protanopia": ((0.1124, 0.8876, 0.0), (0.1124, 0.8876, 0.0), (0.0040, -0.0040, 1.0)),
    "deuteranopia": ((0.2928, 0.7072, 0.0), (0.2928, 0.7072, 0.0), (-0.0223, 0.0223, 1.0)),
}


def light(colour: str) -> list[float]:
    """A colour as light of red, green and blue."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    """Of two colours, as WCAG counts it."""
    dim, bright = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(light, (one, other)))
    return (bright + 0.05) / (dim + 0.05)


def lab(parts: list[float]) -> tuple[float, float, float]:
    """Colours in CIE L*a*b*, in which distances match perception."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in parts)
    whites = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0890,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in whites)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("colours", THEMES)
def test_colours_stand_out_from_what_they_stand_on(colours: Theme) -> None:
    """Words 4.5 times, marks three times, as WCAG asks."""
    assert all(contrast(getattr(colours, name), colours.paper) >= 4.5 for name in ("ink", "soft"))
    assert all(contrast(getattr(colours, name), colours.paper) >= 3 for name in TONES)


@pytest.mark.parametrize("colours", THEMES)
@pytest.mark.parametrize("kind", BLIND)
def test_colours_of_one_picture_are_distinguishable(colours: Theme, kind: str) -> None:
    """Also by people who do not see red or green: those that stand side by side in one legend."""
    for names in (("sky", "blue", "orange", "red"), ("red", "orange", "blue"), ("grey", "blue", "orange")):
        seen = [
            lab([sum(map(float.__mul__, row, light(getattr(colours, name)))) for row in BLIND[kind]]) for name in names
        ]
        for one, other in combinations(seen, 2):
            assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 12
