"""Amounts written in every way that the reader knows are read back with the same value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from broadsheet.extraction.amounts import find_amounts

SCALES = {
    Decimal(10) ** 3: ("k", " thousand"),
    Decimal(10) ** 6: ("m", "mn", " mln", " million", "-million", " m"),
    Decimal(10) ** 9: ("bn", "b", " bln", " billion", "-billion"),
    Decimal(10) ** 12: ("tn", " trillion", "-trillion"),
    Decimal(10) ** 7: (" crore", " cr"),
    Decimal(10) ** 5: (" lakh",),
}
BEFORE = {
    "USD": ("US$", "US $", "U.S.$", "USD ", "USD"),
    "CAD": ("C$", "CA$", "CAD "),
    "HKD": ("HK$", "HK $"),
    "EUR": ("€", "€ ", "EUR ", "EUR"),
    "GBP": ("£", "£ ", "GBP "),
    "INR": ("₹", "INR "),
    "CNY": ("RMB ", "CNY ", "CN¥"),
    "CHF": ("CHF ", "SFr "),
}
BEHIND = {
    "USD": (" U.S. dollars", " U.S. dlrs", " US dollars", " USD", "-US-dollar"),
    "CAD": (" Canadian dollars", " Canadian dlrs", " CAD"),
    "TWD": (" Taiwan dollars", " NT dollars", " New Taiwan dollars"),
    "EUR": (" euros", "-euro", " EUR", " €"),
    "GBP": (" pounds sterling", " sterling", " stg"),
    "JPY": (" yen", "-yen", " Japanese yen"),
    "CNY": (" yuan", " Chinese yuan", " renminbi"),
    "SEK": (" Swedish kronor", " Swedish crowns"),
    "percent": ("%", " %", " percent", " per cent", "-percent", " pct"),
    "percentage_points": (" percentage points", " percentage point"),
    "basis_points": (" basis points",),
}
WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(n: int) -> str:
    """An integer from 1 to 999 in words."""
    if n >= 100:
        rest = f" and {spelled(n % 100)}" if n % 100 else ""
        return f"{WORDS[n // 100 - 1]} hundred{rest}"
    if n >= 20:
        return TENS[n // 10 - 2] + (f"-{WORDS[n % 10 - 1]}" if n % 10 else "")
    return WORDS[n - 1]


@dataclass(frozen=True)
class Written:
    """A number as printed, and what it is worth."""

    text: str
    value: Decimal
    by_word: bool = False


@st.composite
def numbers(draw: st.DrawFn) -> Written:
    """Digits plain, grouped, with decimals, or words."""
    style = draw(st.sampled_from(["plain", "grouped", "decimals", "indian", "words", "half"]))
    if style == "plain":
        n = draw(st.integers(0, 10**9))
        return Written(str(n), Decimal(n))
    if style == "grouped":
        n = draw(st.integers(1000, 10**11))
        return Written(f"{n:,}", Decimal(n))
    if style == "decimals":
        n, places = draw(st.integers(0, 10**6)), draw(st.integers(1, 3))
        value = Decimal(n).scaleb(-places)
        return Written(f"{value:,.{places}f}", value)
    if style == "indian":
        n = draw(st.integers(100_000, 10**9))
        head, tail = divmod(n, 1000)
        groups = f"{head:d}"
        parts = [groups[max(0, i - 2) : i] for i in range(len(groups), 0, -2)][::-1]
        return Written(f"{','.join(parts)},{tail:03d}", Decimal(n))
    if style == "words":
        n = draw(st.integers(1, 999))
        return Written(spelled(n), Decimal(n), by_word=True)
    n = draw(st.integers(1, 99))
    return Written(f"{spelled(n)} and a half", Decimal(n) + Decimal("0.5"), by_word=True)


@st.composite
def amounts(draw: st.DrawFn) -> tuple[str, Decimal, str]:
    """An amount as printed, its value and its unit."""
    number = draw(numbers())
    unit = draw(st.sampled_from(sorted({*BEFORE, *BEHIND})))
    value, text = number.value, number.text
    is_money = unit.isupper()
    # In words a number and its unit alone can be a phrase of another kind ("two and a half dollars" is one, though).
    if is_money and draw(st.booleans()):
        scale = draw(st.sampled_from(sorted(SCALES)))
        forms = [f for f in SCALES[scale] if f[0] in " -" and len(f) > 4] if number.by_word else list(SCALES[scale])
        if forms:
            form = draw(st.sampled_from(forms))
            text, value = text + form, value * scale
    if unit in BEFORE and not number.by_word and (unit not in BEHIND or draw(st.booleans())):
        return draw(st.sampled_from(BEFORE[unit])) + text, value, unit
    if unit not in BEHIND:
        unit = "EUR"
    form = draw(st.sampled_from(BEHIND[unit]))
    if number.by_word and not form[0].isspace():
        form = " euros" if is_money else " percent"
        unit = "EUR" if is_money else "percent"
    return text + form, value, unit


SENTENCES = (
    "{}",
    "The board approved {}.",
    "It came to {} in the end",
    "({})",
    "“{}”, she said",
    "worth {}, or so they say",
)


@settings(max_examples=600, deadline=None)
@given(amounts(), st.sampled_from(SENTENCES))
@example(("US$276 million", Decimal(276_000_000), "USD"), "{}")
def test_reads_back_what_was_written(written: tuple[str, Decimal, str], sentence: str) -> None:
    """Number, unit, scale and style go into a text, and the same value comes out of it."""
    text, value, unit = written
    found = find_amounts(sentence.format(text))
    assert [(a.amount, a.amount_high, a.unit, a.unit_basis) for a in found] == [(value, None, unit, "stated")]
    assert found[0].text == text


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 400),
    st.integers(1, 400),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(
        ["${a}{s} to ${b}{s}", "${a} to ${b}{s}", "${a}-{b}{s}", "between ${a}{s} and ${b}{s}", "{a} to {b}{s} dollars"]
    ),
)
def test_reads_back_ranges(a: int, b: int, scale: Decimal, style: str) -> None:
    """Two ends of one size are one range, whether the scale stands once or twice."""
    low, high = sorted((a, b + 400))
    (amount,) = find_amounts(style.format(a=low, b=high, s=SCALES[scale][-1]))
    assert (amount.amount, amount.amount_high) == (low * scale, high * scale)
    assert amount.approximation == "range"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789.,-–/$€£¥% \n()'mbnkt pcdolarsuehif½"), max_size=60))
def test_any_text_gives_amounts_inside_it(text: str) -> None:
    """Whatever the text, amounts stand in order inside it, do not overlap, fit the column and say what is printed."""
    end = 0
    for amount in find_amounts(text):
        assert end <= amount.span.start < amount.span.end <= len(text)
        assert amount.span.of(text) == amount.text
        assert amount.unit_span.end <= len(text)
        end = amount.span.end
        for value in (amount.amount, amount.amount_high):
            if value is not None:
                assert abs(value) < Decimal(10) ** 24
                assert value == value.quantize(Decimal("0.0001"))
                assert "E" not in str(value)
        assert amount.amount_high is None or amount.amount < amount.amount_high
