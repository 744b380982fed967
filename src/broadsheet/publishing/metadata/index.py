"""The metadata files of a package that are derived from its ``datapackage.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.publishing.formats import json_bytes
from broadsheet.publishing.metadata.croissant import croissant
from broadsheet.publishing.metadata.csvw import csvw
from broadsheet.publishing.metadata.datacite import datacite
from broadsheet.publishing.metadata.facts import facts
from broadsheet.publishing.metadata.ro_crate import ro_crate
from broadsheet.publishing.metadata.schema_org import schema_org

if TYPE_CHECKING:
    from collections.abc import Mapping

CROISSANT = "metadata/croissant.json"
SCHEMA_ORG = "metadata/schema-org.jsonld"
CSVW = "metadata/csvw.json"
DATACITE = "metadata/datacite.json"
RO_CRATE = "ro-crate-metadata.json"
METADATA = (CROISSANT, SCHEMA_ORG, CSVW, DATACITE, RO_CRATE)
"""All paths; a package without a date has no ``metadata/datacite.json``."""


def metadata_contents(descriptor: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Maps the path of each metadata file to its content.

    Args:
        descriptor: The content of the package's ``datapackage.json``.

    Raises:
        InputError: If the descriptor was not written by Broadsheet.
    """
    known = facts(descriptor)
    contents = {
        CROISSANT: croissant(known, descriptor),
        SCHEMA_ORG: schema_org(known),
        CSVW: csvw(known),
        **({DATACITE: record} if (record := datacite(known)) is not None else {}),
    }
    return {**contents, RO_CRATE: ro_crate(known, contents)}


def metadata_files(descriptor: Mapping[str, Any]) -> dict[str, bytes]:
    """Maps the path of each metadata file to its bytes; the same descriptor gives the same bytes.

    Raises:
        InputError: If the descriptor was not written by Broadsheet.
    """
    return {path: json_bytes(content) for path, content in metadata_contents(descriptor).items()}
