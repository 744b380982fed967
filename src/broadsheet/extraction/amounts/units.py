"""Reads the unit of an amount: signs, codes and words, before the number and after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from broadsheet.extraction.amounts.lexer import BREAK
from broadsheet.extraction.amounts.lexicon import MAX_PHRASE, Unit
from broadsheet.extraction.amounts.quantities import HYPHENS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.extraction.amounts.lexer import Stretch
    from broadsheet.extraction.amounts.lexicon import Lexicon, Phrase
    from broadsheet.extraction.amounts.quantities import Quantity

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit and its tokens.

    Attributes:
        unit: The unit.
        first: Index of its first token.
        last: Index after its last token.
        stated: Whether a sign, code or adjective identifies the currency, or the word alone does.
        scale: Scale given with the unit: of a code (MUSD), or after it (75 USD million).
        evidence: What identifies it, as ``united`` in :class:`Amount`.
    """

    unit: Unit
    first: int
    last: int
    stated: bool
    scale: Decimal | None = None
    evidence: str = "word"


class UnitReader:
    """Reads units of one stretch."""

    def __init__(self, stretch: Stretch, lexicon: Lexicon) -> None:
        self.tokens = stretch
        self.lexicon = lexicon

    def before(self, i: int, quantity: Quantity, barrier: int) -> UnitFound | None:
        """The unit before the number at ``i``: US$, Rs., EUR, dollar. Tokens before ``barrier`` are taken."""
        tokens = self.tokens
        j = i - 1
        if j < barrier or tokens.words[j] == BREAK:
            return None
        if tokens.words[j] == "." and j - 1 >= barrier and f"{tokens.words[j - 1]}." in self.lexicon.signs:
            return self._checked(f"{tokens.words[j - 1]}.", j - 1, i, quantity)
        if tokens.words[j] in HYPHENS and tokens.glued(j) and tokens.glued(i) and j - 1 >= barrier:
            # A hyphen between code and number; after a word, a hyphen belongs to a compound, not to a unit.
            if tokens.words[j - 1] not in self.lexicon.codes:
                return None
            j -= 1
        token = tokens.words[j]
        if token in self.lexicon.signs or (j > barrier and tokens.words[j - 1] + token in self.lexicon.signs):
            return self._sign(j, i, quantity, barrier)
        entry = self.lexicon.codes.get(token)
        if entry is not None:
            unit, factor = entry
            if unit.use == "large" and not quantity.is_large:
                return None
            if unit.use == "large" and quantity.is_year_like:
                return None
            return UnitFound(unit, j, i, True, None if factor == _ONE else factor, "code")
        if tokens.lower[j] in ("dollar", "euro") and not quantity.is_year_like:
            return UnitFound(self.lexicon.words[(tokens.lower[j],)], j, i, False)
        return None

    def _sign(self, j: int, i: int, quantity: Quantity, barrier: int) -> UnitFound | None:
        """A sign at ``j``, with the letters before it (HK $)."""
        tokens, signs = self.tokens, self.lexicon.signs
        sign = tokens.words[j]
        if sign.isalpha():
            if tokens.glued(j) and tokens.words[j - 1][-1].isalnum():
                return None
            return self._checked(sign, j, i, quantity)
        prefixed = self.prefixed(j, barrier)
        if prefixed is not None:
            return UnitFound(signs[tokens.words[prefixed] + sign], prefixed, i, True, evidence="sign")
        return UnitFound(signs[sign], j, i, bool(signs[sign].code), evidence="sign")

    def prefixed(self, j: int, barrier: int) -> int | None:
        """Index of the letters that belong to the sign at ``j``; single letters only if glued: "a $" has none."""
        tokens = self.tokens
        k = j - 1
        if k < barrier:
            return None
        letters = tokens.words[k]
        if letters + tokens.words[j] not in self.lexicon.signs:
            return None
        near = tokens.starts[j] - tokens.ends[k] <= 1 and letters != "us"
        return k if tokens.glued(j) or (near and (len(letters) > 1 or letters in "Cc")) else None

    def _checked(self, sign: str, first: int, last: int, quantity: Quantity) -> UnitFound | None:
        """A sign made of letters, if the number looks like money where the table requires it."""
        unit = self.lexicon.signs[sign]
        glued = self.tokens.glued(last)
        if unit.use == "large" and (not quantity.is_large or quantity.is_year_like):
            return None
        if unit.use == "scaled" and quantity.scale is None:
            return None
        if unit.use != "free" and len(sign) == 1 and not glued:
            return None
        return UnitFound(unit, first, last, bool(unit.code), evidence="sign")

    def after(self, quantity: Quantity, before: UnitFound | None) -> UnitFound | None:
        """The unit after the number: %, per cent, dollars, Hong Kong dollars, p, USD, R$."""
        tokens = self.tokens
        j = quantity.last
        if j >= len(tokens) or tokens.words[j] == BREAK:
            return None
        if tokens.words[j] in HYPHENS and tokens.glued(j):
            j += 1
            if j >= len(tokens) or not tokens.glued(j):
                return None
        if quantity.kind == "part":
            # Half of a percentage point, a quarter of one per cent.
            k = j + 1 if tokens.low(j) == "of" else j
            k = k + 1 if tokens.low(k) in ("a", "one") else k
            k = k + 1 if tokens.low(k) in HYPHENS else k
            return self._rate(k, quantity) or self._move(k, quantity)
        if before is not None:
            return self._repeated(j, before)
        found = self._rate(j, quantity) or self._word(j, quantity) or self._symbol(j) or self._code(j, quantity)
        if found is None and quantity.kind == "digits":
            found = self._letter(j, quantity)
        return found

    def _rate(self, j: int, quantity: Quantity) -> UnitFound | None:
        found = self._phrase(self.lexicon.rates, j)
        if found is None:
            return None
        unit, last = found
        word = self.tokens.low(j)
        if unit.use == "guarded":
            # Letters with other meanings (PC, pages) count if they are glued to digits or the digits have decimals.
            whole = quantity.mantissa == quantity.mantissa.to_integral_value()
            if self.tokens.words[j] != word or quantity.kind != "digits" or (whole and not self.tokens.glued(j)):
                return None
        if word == "percentage" and last == j + 1 and self.tokens.low(last).isalpha():
            return None
        if quantity.scale is not None and quantity.scale >= 1000:
            return None
        return UnitFound(unit, j, last, True, evidence="rate")

    def _move(self, j: int, quantity: Quantity) -> UnitFound | None:
        """A quarter-point cut: of an interest rate, in percentage points."""
        tokens = self.tokens
        if tokens.low(j) != "point" or tokens.low(j - 1) not in HYPHENS:
            return None
        if tokens.low(j + 1) not in self.lexicon.change_words and tokens.low(j + 1) not in ("rate", "move"):
            return None
        unit = self.lexicon.rates[("percentage", "point")]
        return UnitFound(unit, j, j + 1, True, evidence="rate")

    def _phrase(self, table: Mapping[Phrase, Unit], j: int) -> tuple[Unit, int] | None:
        """The longest phrase of a table at ``j``; hyphens between its words are ignored."""
        tokens = self.tokens
        words: list[str] = []
        best: tuple[Unit, int] | None = None
        k = j
        while k < len(tokens) and len(words) < MAX_PHRASE:
            if words and tokens.words[k] in HYPHENS and tokens.glued(k):
                k += 1
                continue
            words.append(tokens.lower[k].rstrip(".") if len(tokens.lower[k]) > 1 else tokens.lower[k])
            k += 1
            unit = table.get(tuple(words))
            if unit is not None:
                best = (unit, k)
        return best

    def _word(self, j: int, quantity: Quantity) -> UnitFound | None:
        """A currency name, with or without a national adjective."""
        tokens = self.tokens
        direct = self._phrase(self.lexicon.words, j)
        if direct is not None:
            unit, last = direct
            if not self._means_money(unit, j, last, quantity):
                return None
            return self._with_scale(UnitFound(unit, j, last, unit.use == "stated"), quantity)
        for n in (1, 2, 3):
            k = j + n
            if k >= len(tokens) or tokens.words[k] == BREAK:
                return None
            if tokens.words[k] in HYPHENS:
                continue
            found = self._phrase(self.lexicon.words, k)
            if found is None:
                continue
            unit, last = found
            adjective = " ".join(w for w in tokens.lower[j:k] if w not in HYPHENS)
            code = self.lexicon.adjectives.get((adjective, unit.root))
            if code is None:
                return None
            return self._with_scale(UnitFound(replace(unit, code=code), j, last, True, evidence="adjective"), quantity)
        return None

    def _with_scale(self, found: UnitFound, quantity: Quantity) -> UnitFound:
        """Adds a scale that follows the unit: 75 USD million."""
        entry = self.lexicon.scales.get(self.tokens.low(found.last))
        if quantity.scale is not None or entry is None or len(self.tokens.words[found.last]) < 4:
            return found
        return replace(found, last=found.last + 1, scale=entry[0])

    def _means_money(self, unit: Unit, j: int, last: int, quantity: Quantity) -> bool:
        tokens = self.tokens
        name = tokens.words[j]
        if name[0].isupper() and not name.isupper() and tokens.word(last)[:1].isupper() and not quantity.is_large:
            # A list number before a person's name: "8 Rand Paul".
            return False
        if unit.use == "large":
            return quantity.is_large and not quantity.is_year_like
        if unit.use == "national":
            # Only with a national adjective, or joined: "the 1 billion mark", but "a 300-million-mark loan".
            return j > quantity.last and quantity.is_large
        if unit.use != "weight":
            return True
        plays, following = self.lexicon.plays, tokens.low(last)
        if plays(following, "heavy") or any(plays(tokens.low(quantity.first - n), "weighs") for n in range(1, 5)):
            return False
        if following == "of":
            # "pound" as a currency rather than a weight
            return plays(tokens.low(last + 1), "in_pounds")
        if following == "per" and tokens.low(last + 1) == "square":
            return False
        if j > quantity.last:
            # "a 20-pound note", but "a 500-pound bomb"
            return quantity.scale is not None or plays(following, "pound_thing")
        return True

    def _symbol(self, j: int) -> UnitFound | None:
        """A sign after the number: 10 $, 1 R$; not one that belongs to the next number."""
        tokens, signs = self.tokens, self.lexicon.signs
        k = j
        token = tokens.words[j]
        if token.isalpha() and tokens.word(j + 1) and token + tokens.words[j + 1] in signs and tokens.glued(j + 1):
            k = j + 1
        sign = "".join(tokens.words[j : k + 1])
        unit = signs.get(sign)
        if unit is None or (sign.isalpha() and (unit.use != "free" or sign not in ("zł", "Kč"))):
            return None
        following = tokens.word(k + 1)
        if following[:1].isdigit() and tokens.glued(k + 1) and not tokens.glued(j):
            return None
        return UnitFound(unit, j, k + 1, bool(unit.code), evidence="sign")

    def _code(self, j: int, quantity: Quantity) -> UnitFound | None:
        entry = self.lexicon.codes.get(self.tokens.words[j])
        if entry is None:
            return None
        unit, factor = entry
        if unit.use == "large" and (not quantity.is_large or quantity.is_year_like):
            return None
        following = self.tokens.word(j + 1)
        if following[:1].isdigit() and self.tokens.glued(j + 1):
            return None
        found = UnitFound(unit, j, j + 1, True, None if factor == _ONE else factor, "code")
        return self._with_scale(found, quantity)

    def country_alone(self, quantity: Quantity, root: str) -> UnitFound | None:
        """A country that means its currency at the end of a bracket: (almost 10 billion US)."""
        tokens = self.tokens
        for n in (1, 2):
            j = quantity.last
            code = self.lexicon.adjectives.get((" ".join(tokens.lower[j : j + n]), root))
            if code is not None and tokens.word(j + n) in (")", "]"):
                return UnitFound(Unit(root, code), j, j + n, True, evidence="country")
        return None

    def _letter(self, j: int, quantity: Quantity) -> UnitFound | None:
        """A glued letter: 45p, 12¢, and 45c in a price."""
        tokens = self.tokens
        letter = tokens.words[j]
        if letter == "¢":
            return UnitFound(self.lexicon.words[("cents",)], j, j + 1, False, evidence="letter")
        if not tokens.glued(j) or quantity.scale is not None:
            return None
        if letter == "p" and quantity.mantissa < 1000 and str(quantity.mantissa) not in _SCREEN_LINES:
            return UnitFound(self.lexicon.words[("pence",)], j, j + 1, True, evidence="letter")
        if letter == "c" and tokens.low(j + 1) in ("a", "per", "/") and tokens.low(j + 2) in self.lexicon.price_units:
            return UnitFound(self.lexicon.words[("cents",)], j, j + 1, False, evidence="letter")
        return None

    def _repeated(self, j: int, before: UnitFound) -> UnitFound | None:
        """What repeats or narrows, after the number, the unit before it: $5 million dollars, $80 U.S., $5m (Cdn)."""
        tokens, lexicon = self.tokens, self.lexicon
        found = self._phrase(lexicon.words, j)
        if found is not None and found[0].root == before.unit.root and found[0].subunits == 1:
            return replace(before, last=found[1])
        for n in (1, 2):
            narrowed = " ".join(tokens.lower[j : j + n])
            code = lexicon.adjectives.get((narrowed, before.unit.root))
            if code is None or len(narrowed) == 1:
                continue
            if not (before.stated and before.unit.code != code):
                again = self._phrase(lexicon.words, j + n)
                if again is not None and again[0].root == before.unit.root:
                    return UnitFound(replace(before.unit, code=code), before.first, again[1], True, evidence="narrowed")
                following = tokens.low(j + n)
                if not following.isalpha() or lexicon.plays(following, "goes_on"):
                    return UnitFound(replace(before.unit, code=code), before.first, j + n, True, evidence="narrowed")
            return None
        if tokens.word(j) == "(" and tokens.word(j + 2) == ")":
            code = lexicon.adjectives.get((tokens.low(j + 1), before.unit.root))
            entry = lexicon.codes.get(tokens.word(j + 1))
            code = code or (entry[0].code if entry else None)
            if code and not before.stated:
                return UnitFound(replace(before.unit, code=code), before.first, j + 3, True, evidence="narrowed")
        entry = lexicon.codes.get(tokens.word(j))
        if entry is None:
            return None
        same = entry[0].code == before.unit.code
        if same or (not before.stated and entry[0].root == before.unit.root):
            return UnitFound(replace(before.unit, code=entry[0].code), before.first, j + 1, True, evidence="narrowed")
        return None


_SCREEN_LINES = frozenset({"240", "360", "480", "540", "576", "720"})
