"""Reads the unit of an amount: signs, codes and words, before the number and after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.amounts.lexer import BEFORE, BREAK
from broadsheet.extraction.amounts.lexicon import MAX_PHRASE, Unit
from broadsheet.extraction.amounts.modifiers import price_unit
from broadsheet.extraction.amounts.quantities import HYPHENS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from broadsheet.extraction.amounts.lexer import Stretch
    from broadsheet.extraction.amounts.lexicon import Lexicon, Phrase
    from broadsheet.extraction.amounts.quantities import Quantity


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
        tokens, signs = self.tokens, self.lexicon.signs
        j = i - 1
        if j < barrier or tokens.words[j] == BREAK:
            return None
        if tokens.words[j] == "." and j - 1 >= barrier and f"{tokens.words[j - 1]}." in signs:
            return self._sign(f"{tokens.words[j - 1]}.", j - 1, i, quantity)
        if tokens.words[j] in HYPHENS and tokens.glued(j) and tokens.glued(i) and j - 1 >= barrier:
            # A hyphen between code and number; after a word, a hyphen belongs to a compound, not to a unit.
            if tokens.words[j - 1] not in self.lexicon.codes:
                return None
            j -= 1
        token = tokens.words[j]
        if token in signs:
            if not token.isalpha():
                return self._symbol_before(j, i, barrier)
            if not (tokens.glued(j) and tokens.words[j - 1][-1].isalnum()):
                return self._sign(token, j, i, quantity)
            return None
        if token in self.lexicon.codes:
            unit, factor = self.lexicon.codes[token]
            return UnitFound(unit, j, i, True, factor, "code") if _is_meant(unit, quantity) else None
        if tokens.lower[j] in ("dollar", "euro") and not quantity.is_year_like:
            return UnitFound(self.lexicon.words[(tokens.lower[j],)], j, i, False)
        return None

    def _symbol_before(self, j: int, i: int, barrier: int) -> UnitFound:
        """A symbol at ``j`` with the letters before it (HK $); single letters only if glued: "a $" has none."""
        tokens, signs = self.tokens, self.lexicon.signs
        sign = tokens.words[j]
        letters = tokens.words[j - 1] if j > barrier else ""
        apart = letters in ("C", "c") or (len(letters) > 1 and letters != "us")
        if letters and letters + sign in signs and (tokens.glued(j) or apart):
            return UnitFound(signs[letters + sign], j - 1, i, True, evidence="sign")
        return UnitFound(signs[sign], j, i, bool(signs[sign].code), evidence="sign")

    def _sign(self, sign: str, first: int, last: int, quantity: Quantity) -> UnitFound | None:
        """A sign made of letters, if the number looks like money where the table requires it."""
        unit = self.lexicon.signs[sign]
        priced = self.tokens.glued(last) and price_unit(self.tokens, self.lexicon, quantity.last) is not None
        meant = priced or _is_meant(unit, quantity)
        return UnitFound(unit, first, last, bool(unit.code), evidence="sign") if meant else None

    def after(self, quantity: Quantity, before: UnitFound | None) -> UnitFound | None:
        """The unit after the number: %, per cent, dollars, Hong Kong dollars, p, USD, R$."""
        tokens = self.tokens
        j = quantity.last
        if tokens.word(j) in HYPHENS and tokens.glued(j):
            j += 1
            if not tokens.glued(j):
                return None
        if tokens.word(j) in ("", BREAK):
            return None
        if quantity.kind == "part":
            # Half of a percentage point, a quarter of one per cent.
            k = j + 1 if tokens.low(j) == "of" else j
            k = k + 1 if tokens.low(k) in ("a", "one") else k
            k = k + 1 if tokens.low(k) in HYPHENS else k
            return self._rate(k, quantity) or self._move(k)
        if before is not None:
            return self._repeated(j, before)
        return self._rate(j, quantity) or self._word(j, quantity) or self._symbol(j) or self._code(j, quantity)

    def exchanged(self, quantity: Quantity) -> UnitFound | None:
        """The currency of an exchange rate, which comes before it: the won fell to 1,083 per dollar."""
        tokens, j = self.tokens, quantity.last
        if tokens.low(j) in ("to", "against") and tokens.low(j + 1) in ("the", "one"):
            j += 1
        elif tokens.low(j) not in ("per", "/"):
            return None
        other = self._word(j + 1, quantity)
        if other is None or other.unit.root not in ("dollar", "euro"):
            return None
        for k in range(quantity.first - 1, max(quantity.first - BEFORE, 0) - 1, -1):
            if tokens.words[k] in (BREAK, "."):
                break
            found = self._word(k, quantity)
            if found is not None and found.unit.root not in ("dollar", "euro") and found.unit.subunits == 1:
                return self._word(k - 1, quantity) or found
        return None

    def _rate(self, j: int, quantity: Quantity) -> UnitFound | None:
        found = self._phrase(self.lexicon.rates, j)
        if found is None or (quantity.scale is not None and quantity.scale >= 1000):
            return None
        unit, last = found
        if unit.use == "guarded" and quantity.is_whole and not self.tokens.glued(j):
            # Letters with other meanings (PC, pages) count if they are glued to digits or the digits have decimals.
            return None
        return UnitFound(unit, j, last, True, evidence="rate")

    def _move(self, j: int) -> UnitFound | None:
        """A quarter-point cut: of an interest rate, in percentage points."""
        tokens, following = self.tokens, self.tokens.low(j + 1)
        if tokens.low(j) != "point" or tokens.low(j - 1) not in HYPHENS:
            return None
        if following not in self.lexicon.change_words and following not in ("rate", "move"):
            return None
        return UnitFound(self.lexicon.rates[("percentage", "point")], j, j + 1, True, evidence="rate")

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
            stated = unit.use in ("stated", "glued")
            return UnitFound(unit, j, last, stated) if self._means_money(unit, j, last, quantity) else None
        for k in range(j + 1, min(j + 4, len(tokens))):
            if tokens.words[k] == BREAK:
                return None
            found = self._phrase(self.lexicon.words, k)
            if found is None:
                continue
            unit, last = found
            adjective = " ".join(w for w in tokens.lower[j:k] if w not in HYPHENS)
            code = self.lexicon.adjectives.get((adjective, unit.root))
            if code is None:
                return None
            return UnitFound(replace(unit, code=code), j, last, True, evidence="adjective")
        return None

    def _means_money(self, unit: Unit, j: int, last: int, quantity: Quantity) -> bool:
        """Whether a word that can mean other things means money without an adjective: 12 crowns, 500-pound bombs."""
        tokens = self.tokens
        if unit.use == "national":
            return False
        if unit.use == "glued":
            return tokens.glued(j) and tokens.words[j].islower() and quantity.value < 1000
        if unit.use != "weight":
            return _is_meant(unit, quantity)
        weighed = any(self.lexicon.plays(tokens.low(quantity.first - n), "weighs") for n in range(1, 5))
        joined = j > quantity.last and quantity.scale is None
        return not weighed and not joined and tokens.low(last) != "of"

    def _symbol(self, j: int) -> UnitFound | None:
        """A sign after the number: 10 $, 1 R$; not one that belongs to the next number."""
        tokens, signs = self.tokens, self.lexicon.signs
        last = j + 2 if tokens.word(j + 1) and tokens.words[j] + tokens.words[j + 1] in signs else j + 1
        sign = "".join(tokens.words[j:last])
        unit = signs.get(sign)
        if unit is None or sign.isalpha():
            return None
        if tokens.word(last)[:1].isdigit() and tokens.glued(last) and not tokens.glued(j):
            return None
        return UnitFound(unit, j, last, bool(unit.code), evidence="sign")

    def _code(self, j: int, quantity: Quantity) -> UnitFound | None:
        """A code after the number, with a scale before or after it: 40 MUSD, 75 USD million."""
        unit, scale = self.lexicon.codes.get(self.tokens.words[j], (None, None))
        if unit is None or not _is_meant(unit, quantity):
            return None
        found = UnitFound(unit, j, j + 1, True, scale, "code")
        following = self.lexicon.scales.get(self.tokens.low(j + 1))
        if quantity.scale is not None or following is None:
            return found
        return replace(found, last=j + 2, scale=following[0])

    def _repeated(self, j: int, before: UnitFound) -> UnitFound | None:
        """What repeats or narrows, after the number, the unit before it: $5 million dollars, $80 U.S., $5m (Cdn)."""
        tokens, lexicon, root = self.tokens, self.lexicon, before.unit.root
        again = self._phrase(lexicon.words, j)
        if again is not None and again[0].root == root and again[0].subunits == 1:
            return replace(before, last=again[1])
        bracketed = tokens.word(j) == "(" and tokens.word(j + 2) == ")"
        first = j + 1 if bracketed else j
        code, _ = lexicon.codes.get(tokens.word(first), (None, None))
        if code is not None and code.root == root and (not before.stated or code.code == before.unit.code):
            return _narrowed(before, code.code, first + 2 if bracketed else first + 1)
        for last in (first + 1, first + 2):
            name = " ".join(tokens.lower[first:last])
            adjective = lexicon.adjectives.get((name, root)) if len(name) > 1 else None
            if adjective is None:
                continue
            again = self._phrase(lexicon.words, last)
            if again is not None and again[0].root == root:
                return _narrowed(before, adjective, again[1])
            if tokens.low(last).isalpha() and not lexicon.plays(tokens.low(last), "goes_on"):
                return None
            return _narrowed(before, adjective, last + 1 if bracketed else last)
        return None


def _is_meant(unit: Unit, quantity: Quantity) -> bool:
    """Whether a number is of the size that the tables require for a sign, code or word to mean money."""
    if unit.use == "scaled":
        return quantity.scale is not None
    return unit.use != "large" or quantity.is_large


def _narrowed(before: UnitFound, code: str, last: int) -> UnitFound:
    return UnitFound(replace(before.unit, code=code), before.first, last, True, evidence="narrowed")
