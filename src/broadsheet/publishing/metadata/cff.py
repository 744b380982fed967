"""``CITATION.cff`` in the Citation File Format 1.2.0 (https://citation-file-format.github.io) for a dataset."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from broadsheet.publishing.metadata.facts import licences, parties

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.reading.credits import Contributor, Licence

MESSAGE = "If you use this dataset, please cite it as below."


def citation_cff(descriptor: Mapping[str, Any], digest: str | None = None) -> str:
    """The citation file of a package; the package needs at least one creator, as the format requires one.

    Args:
        descriptor: The content of its ``datapackage.json``.
        digest: The SHA-256 of that file, which is the hash of the package.
    """
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        f"title: {_quoted(descriptor['title'])}",
        f"abstract: {_quoted(descriptor['description'])}",
        f"message: {_quoted(MESSAGE)}",
        "authors:",
        *(line for party in parties(descriptor) for line in _author(party)),
        f"version: {_quoted(descriptor['version'])}",
    ]
    if created := descriptor.get("created"):
        lines.append(f"date-released: {_quoted(created[:10])}")
    lines += _licence(licences(descriptor))
    lines += [
        "identifiers:",
        "  - type: other",
        f"    value: {_quoted('urn:uuid:' + descriptor['id'])}",
        "    description: Identifier of this version of the data package",
        *(_digest(digest) if digest else ()),
        "keywords:",
        *(f"  - {_quoted(word)}" for word in descriptor["keywords"]),
    ]
    return "\n".join(lines) + "\n"


def _digest(digest: str) -> list[str]:
    """The hash as an identifier of type other, as the format has no field for a checksum."""
    return [
        "  - type: other",
        f"    value: {_quoted('sha256:' + digest)}",
        "    description: SHA-256 of its datapackage.json, which lists those of all its files",
    ]


def _author(party: Contributor) -> list[str]:
    cells = {"given-names": party.given, "family-names": party.family, "orcid": party.orcid}
    if party.given is None and party.family is None:
        cells = {"name": party.name, "orcid": party.orcid}
    first, *rest = (f"{key}: {_quoted(value)}" for key, value in cells.items() if value is not None)
    return [f"  - {first}", *(f"    {line}" for line in rest)]


def _licence(found: tuple[Licence, ...]) -> list[str]:
    """The SPDX identifiers, or the URL of a licence without one."""
    names = [licence.name for licence in found if licence.name]
    if not found:
        return []
    if not names:
        return [f"license-url: {_quoted(found[0].url or '')}"]
    return [f"license: {names[0]}"] if len(names) == 1 else ["license:", *(f"  - {name}" for name in names)]


def _quoted(text: str) -> str:
    """A text in double quotation marks, with JSON's escapes, which YAML reads."""
    return json.dumps(text, ensure_ascii=False)
