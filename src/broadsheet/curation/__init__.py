"""Curation: corrections of extracted tables, each with a reason and the characters that support it.

The corrections are in a TOML file with one ``[[correction]]`` per row; ``docs/curating.md`` describes it. Extraction
does not read it: a corrected cell is still an error of the extractor, and ``broadsheet evaluate`` counts it as one.
"""

from broadsheet.curation.apply import Curated, curate
from broadsheet.curation.corrections import Action, Correction, Curation
from broadsheet.curation.reading import parse_curation, read_curation

__all__ = ["Action", "Correction", "Curated", "Curation", "curate", "parse_curation", "read_curation"]
