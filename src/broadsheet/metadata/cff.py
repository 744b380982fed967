"""``CITATION.cff`` in the Citation File Format 1.2.0 (https://citation-file-format.github.io), of a dataset."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGE = "If you use this dataset, please cite it as below."


def citation_cff(descriptor: Mapping[str, Any]) -> str:
    """The citation file of a package.

    Args:
        descriptor: The content of its ``datapackage.json``.
    """
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        f"title: {_quoted(descriptor['title'])}",
        f"abstract: {_quoted(descriptor['description'])}",
        f"message: {_quoted(MESSAGE)}",
        "authors:",
        *(f"  - name: {_quoted(person['title'])}" for person in descriptor["contributors"]),
        f"version: {_quoted(descriptor['version'])}",
    ]
    if created := descriptor.get("created"):
        lines.append(f"date-released: {_quoted(created[:10])}")
    lines += [f"license: {licence['name']}" for licence in descriptor["licenses"]]
    lines += [
        "identifiers:",
        "  - type: other",
        f"    value: {_quoted('urn:uuid:' + descriptor['id'])}",
        "    description: Identifier of this version of the data package",
        "keywords:",
        *(f"  - {_quoted(word)}" for word in descriptor["keywords"]),
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text in double quotation marks; what JSON escapes so, YAML reads so."""
    return json.dumps(text, ensure_ascii=False)
