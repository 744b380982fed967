"""Identity across articles: which actors of different articles are the same person, body or country, and their ids.

``docs/identity.md`` describes the rules. The result is a function of the set of articles: it depends neither on their
order nor on how the work was divided.
"""

from __future__ import annotations

from broadsheet.identity.local import LocalActor, LocalOffice, local_actors
from broadsheet.identity.renames import Rename, renames
from broadsheet.identity.run import Identities, Resolved, mapping_schema, resolve, resolve_stream
from broadsheet.identity.table import from_table, local_schema, to_table

__all__ = [
    "Identities",
    "LocalActor",
    "LocalOffice",
    "Rename",
    "Resolved",
    "from_table",
    "local_actors",
    "local_schema",
    "mapping_schema",
    "renames",
    "resolve",
    "resolve_stream",
    "to_table",
]
