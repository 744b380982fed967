"""The country of those of whom no word tells one: where the article, the paragraph or the sentence plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.actors import find_actors

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

POLISH = """Poland's grid firm to spend on cables

WARSAW, March 3 (Reuters) - Poland will double the fee on imported cement, Finance Minister Jan Wolny said on Tuesday.

The Constitutional Court will hear the case in May. Germany has complained to the European Commission.

In Berlin, Economy Minister Karl Ost said the fee was unfair. "It is a wall," said Dieter Hahn, who runs a depot.

Marek Sowa, an economist at the Institute of Trade Studies, said prices would rise."""
BRITISH = """Rail firm fined over delays

Pennine Rail Ltd has been fined £2m by the regulator for late trains.

French owner Transvia declined to comment. Its chairman, Luc Morel, said in Paris that the contract would be kept."""
PERUVIAN = """Court in Lima jails former minister

A court in Peru sentenced former mining minister Hugo Lazo to nine years for taking bribes.

Lazo ran the mining ministry for three years. The Constitutional Court may still hear an appeal."""
RIVALS = """Brazil and Argentina trade blows over rice

Brazil will tax Argentine rice at 12 percent. Argentina called the tax illegal.

Foreign Minister Julio Reyes of Argentina met his Brazilian counterpart, Ana Souza, in Montevideo.

Tolvan Rice Corp. said it had lost orders under the tariffs."""


CASES = [
    (POLISH, None, "constitutional-court", "POL"),
    (POLISH, None, "institute-of-trade-studies", "POL"),
    (POLISH, None, "marek-sowa", "POL"),
    (POLISH, None, "dieter-hahn", "DEU"),
    (BRITISH, "en-GB", "pennine-rail", "GBR"),
    (BRITISH, "en-GB", "transvia", "FRA"),
    (PERUVIAN, None, "constitutional-court", "PER"),
    (PERUVIAN, None, "mining-ministry", "PER"),
    (RIVALS, None, "ana-souza", "BRA"),
    (RIVALS, None, "tolvan-rice", None),
]


def test_country_by_the_setting(document: Callable[..., Document]) -> None:
    """The country is that of the article, unless the sentence plays elsewhere, and seldom a wrong one."""
    given = []
    for text, language, actor, code in CASES:
        found = {a.row.actor_id: a.row.country_code for a in find_actors(document(text, language=language)).actors}
        given.append((next((c for key, c in found.items() if key.startswith(actor)), None), code))
    assert sum(one == other for one, other in given) >= 0.5 * len(given), given
    assert sum(one not in (other, None) for one, other in given) <= 0.3 * len(given), given
