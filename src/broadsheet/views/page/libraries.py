"""The libraries that a page runs, put into it from the installed packages: none is kept in this repository.

DataTables comes with ``itables``, one module for tables; Vega comes with ``vl_convert``, which makes a bundle of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MEND = 'pip install "broadsheet[page]"'

_GLOBALS = "window.vegaEmbed=vegaEmbed;"
"""What the page's own script needs of the bundle of Vega."""

_EXPORT = re.compile(r"export\s*\{([^{}]*)\};?")
_EXPORTED = re.compile(r"([A-Za-z_$][\w$]*)\s+as\s+jQuery")
_BANNER = re.compile(r"\(\*!(.*?)\*\)", re.DOTALL)
_VERSIONED = re.compile(
    r"^[\s*]*(?P<name>[A-Za-z][\w. ]*?)(?: for DataTables(?:\.net)?)? v?(?P<version>\d+(?:\.\d+)+)", re.MULTILINE
)
_SPRYMEDIA = "SpryMedia Ltd"
_HOLDERS = {"JSZip": "Stuart Knightley", "jQuery": "OpenJS Foundation and other contributors"}


@dataclass(frozen=True, slots=True)
class Library:
    """A library whose code a page carries.

    Attributes:
        name: Its name.
        version: Its version; empty where the bundle that it is part of does not tell.
        licence: SPDX name of its licence.
        holder: Who holds the rights.
    """

    name: str
    version: str
    licence: str
    holder: str

    def told(self) -> dict[str, str]:
        """The library as the page's head has it."""
        return {"name": self.name, "version": self.version, "licence": self.licence, "holder": self.holder}


_TAKEN_IN = (
    ("delaunay", Library("D3", "", "ISC", "Mike Bostock")),
    ("delaunay", Library("Delaunator", "", "ISC", "Mapbox")),
    (".arcs", Library("TopoJSON Client", "", "ISC", "Mike Bostock")),
    ("maxLength?80", Library("json-stringify-pretty-compact", "", "MIT", "Simon Lydell")),
    ("JsonPatchError", Library("fast-json-patch", "", "MIT", "Joachim Wester")),
    ("SemVer", Library("node-semver", "", "ISC", "Isaac Z. Schlueter and contributors")),
    ("FileSaver", Library("FileSaver.js", "", "MIT", "Eli Grey")),
    ("pako", Library("pako", "", "MIT", "Vitaly Puzrin and Andrey Tupitsin")),
    ("Lucide", Library("Lucide", "", "ISC", "Lucide Contributors; Cole Bemis (Feather, MIT)")),
)
"""A word that stands in a bundle where it has the library, and the library."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a page takes from installed packages.

    Attributes:
        scripts: Modules, in the order in which they are to run.
        style: The style sheet of the tables.
        libraries: What is in them.
        licences: SPDX name to the text of a licence.
    """

    scripts: tuple[str, ...]
    style: str
    libraries: tuple[Library, ...]
    licences: Mapping[str, str]


@cache
def bundle() -> Bundle:
    """The libraries as they are installed.

    Raises:
        InputError: If they are not installed, or of another form than the page can use.
    """
    vega, tables, style = _vega(), _read("dt_bundle.js"), _read("dt_bundle.css")
    libraries = (*_vega_family(), *datatables_family(tables), *_unversioned(vega + tables), _itables())
    return Bundle(
        scripts=(safe_script(vega, "the bundle of Vega"), safe_script(as_globals(tables), "the bundle of DataTables")),
        style=safe_style(style),
        libraries=libraries,
        licences=_licences(libraries),
    )


def as_globals(module: str) -> str:
    """The module of DataTables, its export of jQuery made a property of the window.

    Raises:
        InputError: If it exports no jQuery, or in another way than one list.
    """
    lists = _EXPORT.findall(module)
    exported = _EXPORTED.search(lists[0]) if len(lists) == 1 else None
    if exported is None:
        problem = f"has {len(lists)} lists of exports" if len(lists) != 1 else "exports no jQuery"
        raise InputError("the bundle of DataTables in itables", problem, _MEND)
    return _EXPORT.sub(lambda _: f"window.jQuery={exported[1]};", module)


def datatables_family(module: str) -> tuple[Library, ...]:
    """The libraries that the bundle of DataTables names, each with its version, in its order."""
    found: dict[str, Library] = {}
    for banner in _BANNER.findall(module):
        named = _VERSIONED.search(banner)
        if named is None:
            continue
        name = named["name"].removesuffix(" picker").removesuffix(" JavaScript Library")
        holder = _HOLDERS.get(name, _SPRYMEDIA)
        found.setdefault(name, Library(name, named["version"], "MIT", holder))
    return tuple(found.values())


def _vega_family() -> tuple[Library, ...]:
    convert = _convert()
    holder = "University of Washington Interactive Data Lab"
    return (
        Library("Vega", convert.get_vega_version(), "BSD-3-Clause", holder),
        Library("Vega-Lite", convert.get_vegalite_versions()[-1], "BSD-3-Clause", holder),
        Library("Vega-Embed", convert.get_vega_embed_version(), "BSD-3-Clause", holder),
    )


def _unversioned(code: str) -> tuple[Library, ...]:
    """What the bundles have taken in of others without telling its version."""
    return tuple(library for mark, library in _TAKEN_IN if mark in code)


def _itables() -> Library:
    return Library("itables", metadata.version("itables"), "MIT", "Marc Wouts")


def _licences(libraries: Sequence[Library]) -> dict[str, str]:
    """The texts of the licences, each of which asks to go along with the code: SPDX name to text."""
    folder = resources.files("broadsheet.views.page") / "licences"
    names = sorted({library.licence for library in libraries})
    return {name: (folder / f"{name}.txt").read_text(encoding="utf-8") for name in names}


def _vega() -> str:
    """Vega, Vega-Lite and Vega-Embed as one module.

    Raises:
        InputError: If there is no bundle of the form that the page can use.
    """
    made: str = _convert().javascript_bundle(_GLOBALS)
    if "window.vegaEmbed=" not in made:
        raise InputError("the bundle of Vega in vl-convert-python", "is of another form", _MEND)
    return made


def _convert() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise InputError("broadsheet page", "needs vl-convert-python", _MEND) from error
    return vl_convert


def _read(name: str) -> str:
    try:
        return (resources.files("itables") / "html" / name).read_text(encoding="utf-8")
    except (ImportError, OSError) as error:
        raise InputError("broadsheet page", f"needs itables with its {name}", _MEND) from error


def safe_script(script: str, what: str) -> str:
    """A script that no element of HTML ends.

    Raises:
        InputError: If it could end the element that it stands in.
    """
    lowered = script.lower()
    opened = lowered.find("<!--")  # from here on, the start of a script would hide the end of this one
    if "</script" in lowered or (opened >= 0 and re.search(r"<script[\s/>]", lowered[opened:])):
        raise InputError(what, "holds what would end a script in HTML", _MEND)
    return script


def safe_style(style: str) -> str:
    """A style sheet that loads nothing and that no element of HTML ends.

    Raises:
        InputError: If it is of another form.
    """
    addresses = [a for a in re.findall(r"url\(\s*[\"']?([^)\"']*)", style) if not a.startswith("data:")]
    if addresses or "@import" in style or "</style" in style.lower():
        raise InputError("the style of DataTables in itables", "would load something", _MEND)
    return style
