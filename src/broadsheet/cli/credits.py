"""What the options say of whose a package is: title, creators, licence and description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.reading import PackageOptions
from broadsheet.reading.credits import check_creators, check_license
from broadsheet.reading.metadata import check_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path


def credit_options(options: argparse.Namespace) -> PackageOptions:
    """The values of the options that ``build_arguments.add_credits`` adds.

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


def default_title(sources: Sequence[Path]) -> str | None:
    """The title of a package that has none and is not of one titled article; it does not depend on where it is written.

    Returns:
        The name of the one file or folder that is read; of several files, that of the folder that they are all in.
    """
    files = [source for source in sources if source.is_file()]
    if len(sources) == 1:
        [source] = sources
        return source.stem if files else source.resolve().name if source.is_dir() else None
    folders = {source.resolve().parent for source in files}
    return folders.pop().name if len(folders) == 1 and len(files) == len(sources) else None
