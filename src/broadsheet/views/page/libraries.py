"""The JavaScript libraries of a page, taken from installed packages.

DataTables comes with ``itables`` as one module; ``vl_convert`` bundles Vega.
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

_FIX = 'pip install "broadsheet[page]"'

_GLOBALS = "window.vegaEmbed=vegaEmbed;"
"""What the page's own script needs from Vega's bundle."""

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
    """A library in a page.

    Attributes:
        name: Its name.
        version: Its version; empty if its bundle does not state it.
        licence: SPDX name of its licence.
        holder: The copyright holder.
    """

    name: str
    version: str
    licence: str
    holder: str


_BUNDLED = (
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
"""A string by which a bundle shows that it includes a library, and the library."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The code that a page takes from installed packages.

    Attributes:
        scripts: Modules, in the order in which they run.
        style: The style sheet of the tables.
        libraries: The libraries in them.
        licences: SPDX name to the text of a licence.
    """

    scripts: tuple[str, ...]
    style: str
    libraries: tuple[Library, ...]
    licences: Mapping[str, str]


@cache
def bundle() -> Bundle:
    """The installed libraries.

    Raises:
        InputError: If they are not installed, or the page cannot use their form.
    """
    vega, tables, style = _vega(), _read("dt_bundle.js"), _read("dt_bundle.css")
    code = vega + tables
    libraries = (
        *_vega_family(),
        *datatables_family(tables),
        *(library for mark, library in _BUNDLED if mark in code),
        Library("itables", metadata.version("itables"), "MIT", "Marc Wouts"),
    )
    return Bundle(
        scripts=(safe_script(vega, "the bundle of Vega"), safe_script(as_globals(tables), "the bundle of DataTables")),
        style=safe_style(style),
        libraries=libraries,
        licences=_licences(libraries),
    )


def as_globals(module: str) -> str:
    """The module of DataTables, with its export of jQuery turned into a property of the window.

    Raises:
        InputError: If it has no single export list with jQuery.
    """
    lists = _EXPORT.findall(module)
    exported = _EXPORTED.search(lists[0]) if len(lists) == 1 else None
    if exported is None:
        problem = f"has {len(lists)} lists of exports" if len(lists) != 1 else "exports no jQuery"
        raise InputError("the bundle of DataTables in itables", problem, _FIX)
    return _EXPORT.sub(lambda _: f"window.jQuery={exported[1]};", module)


def datatables_family(module: str) -> tuple[Library, ...]:
    """The libraries that DataTables' bundle names with their versions, in its order."""
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


def _licences(libraries: Sequence[Library]) -> dict[str, str]:
    """SPDX name to text of the licences, which have to accompany the code."""
    folder = resources.files("broadsheet.views.page") / "licences"
    names = sorted({library.licence for library in libraries})
    return {name: (folder / f"{name}.txt").read_text(encoding="utf-8") for name in names}


def _vega() -> str:
    """Vega, Vega-Lite and Vega-Embed as one module.

    Raises:
        InputError: If the bundle does not have the form that the page needs.
    """
    code: str = _convert().javascript_bundle(_GLOBALS)
    if "window.vegaEmbed=" not in code:
        raise InputError("the bundle of Vega in vl-convert-python", "does not export vegaEmbed", _FIX)
    return code


def _convert() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise InputError("broadsheet page", "needs vl-convert-python", _FIX) from error
    return vl_convert


def _read(name: str) -> str:
    try:
        return (resources.files("itables") / "html" / name).read_text(encoding="utf-8")
    except (ImportError, OSError) as error:
        raise InputError("broadsheet page", f"needs itables with its {name}", _FIX) from error


def safe_script(script: str, what: str) -> str:
    """Checks that a script is safe in a ``script`` element, and returns it.

    Raises:
        InputError: If it could end that element.
    """
    lowered = script.lower()
    opened = lowered.find("<!--")  # after this, a nested script start would hide the end of the script
    if "</script" in lowered or (opened >= 0 and re.search(r"<script[\s/>]", lowered[opened:])):
        raise InputError(what, "has text that would end a script element in HTML", _FIX)
    return script


def safe_style(style: str) -> str:
    """Checks that a style sheet loads nothing and is safe in a ``style`` element, and returns it.

    Raises:
        InputError: If it is not.
    """
    addresses = [a for a in re.findall(r"url\(\s*[\"']?([^)\"']*)", style) if not a.startswith("data:")]
    if addresses or "@import" in style or "</style" in style.lower():
        raise InputError("the style of DataTables in itables", "would load something", _FIX)
    return style
