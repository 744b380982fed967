"""Curation: corrections of extracted tables, each with a reason and the characters that bear it out.

The file of corrections is TOML, one ``[[correction]]`` a row; ``docs/curating.md`` describes it. Extraction knows
nothing of it: what is corrected here stays an error of the extractor, and ``broadsheet evaluate`` counts it as one.
"""

from broadsheet.curation.apply import Curated, curate
from broadsheet.curation.corrections import Action, Correction, Curation
from broadsheet.curation.reading import parse_curation, read_curation

__all__ = ["Action", "Correction", "Curated", "Curation", "curate", "parse_curation", "read_curation"]
