"""The kinds of figures, and what may be of which kind."""

KINDS = (
    *("aid", "budget", "debt", "fine", "growth", "interest_rate", "investment", "loan", "market", "other", "price"),
    *("profit", "revenue", "share", "trade"),
)
DATED = {kind: number for number, kind in enumerate(KINDS, 17)}
"""Numbers of the links between a figure and its date (``Meaning.date_of``)."""
FLOWS = frozenset({"growth", "profit", "revenue", "trade"})
"""Kinds that add up over a period; the others have one amount on one day."""
RATES = frozenset({"growth", "share", "interest_rate"})
"""Kinds that are percentages or points."""
SUMS = frozenset({"loan", "aid", "fine", "debt", "investment", "budget"})
"""Kinds that are sums of money."""
PAID = frozenset({"loan", "investment", "trade", "aid", "budget", "revenue", "profit", "fine", "debt", "other"})
"""Kinds that may have a payer or payee."""
PRICED = frozenset({"share", "barrel", "ounce", "ton", "tonne", "pound", "gallon", "bushel", "kilogram"})
"""What is priced one by one (``financial_figures.per``): such an amount is a price or a profit, and no sum."""
