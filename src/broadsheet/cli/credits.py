"""The options for the title, creators, licence and description of a package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.reading import PackageOptions
from broadsheet.reading.credits import check_creators, check_license
from broadsheet.reading.metadata import check_text

if TYPE_CHECKING:
    import argparse


def credit_options(options: argparse.Namespace) -> PackageOptions:
    """The values of the options that ``options.add_credits`` adds.

    Raises:
        InputError: If one has a wrong value.
    """
    title, creators, licence, description = (
        options.package_title,
        options.creator,
        options.license,
        options.description,
    )
    return PackageOptions(
        title=None if title is None else check_text(title, "--package-title"),
        creators=None if creators is None else check_creators(creators, "--creator"),
        license=None if licence is None else check_license(licence, "--license"),
        description=None if description is None else check_text(description, "--description"),
    )
