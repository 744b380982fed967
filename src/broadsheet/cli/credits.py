"""The options for the title, creators, licence and description of a package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.coerce import optional
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
    return PackageOptions(
        title=optional(check_text, options.package_title, "--package-title"),
        creators=optional(check_creators, options.creator, "--creator"),
        license=optional(check_license, options.license, "--license"),
        description=optional(check_text, options.description, "--description"),
    )
