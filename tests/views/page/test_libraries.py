"""The libraries of a page are those that are installed, in a form that can stand in HTML, with their licences."""

from __future__ import annotations

import sys

import needs
import pytest

from broadsheet.base.errors import InputError
from broadsheet.views.page.libraries import as_globals, bundle, datatables_family, safe_script, safe_style

MODULES = [
    ("var a=1;export{a as jQuery};", "var a=1;window.jQuery=a;"),
    ("var $1=1,b=2;export{b as default,$1 as jQuery}\n/* end */", "var $1=1,b=2;window.jQuery=$1;\n/* end */"),
]


@pytest.mark.parametrize(("module", "made"), MODULES)
def test_a_module_becomes_one_that_exports_nothing(module: str, made: str) -> None:
    """The export of jQuery is a property of the window, under whatever name the module has it."""
    assert as_globals(module) == made


@pytest.mark.parametrize("module", ["var a=1;", "export{a as b};", "export{a as jQuery};export{b as c};"])
def test_a_module_of_another_form_is_refused(module: str) -> None:
    """A bundle that exports no jQuery, or in several lists, is a clear error."""
    with pytest.raises(InputError, match="DataTables"):
        as_globals(module)


@pytest.mark.parametrize(
    "script", ["a='</script>'", "a='</SCRIPT '", "a=/<!--/;b='<script>'", "a='<!--';b=/<script/i", "<!--\n<SCRIPT "]
)
def test_a_script_that_html_would_end_is_refused(script: str) -> None:
    """What would end the element of the script, or hide its end, is not put into a page."""
    with pytest.raises(InputError, match="would end a script"):
        safe_script(script, "the bundle")


@pytest.mark.parametrize("script", ["a=/<script/i;b='<!--'", r"a=/<!--|<script\b/", r"a=/<\/script>/", "a<b"])
def test_a_script_that_html_reads_to_its_end_is_taken(script: str) -> None:
    """What a parser of HTML does not take for an end stays as it is."""
    assert safe_script(script, "the bundle") == script


@pytest.mark.parametrize(
    "style", ["@import 'x.css'", "a{background:url(x.png)}", "a{b:url( 'https://x.example/' )}", "</STYLE>"]
)
def test_a_style_that_loads_is_refused(style: str) -> None:
    """A style sheet that would ask for something, or end its element, is not put into a page."""
    with pytest.raises(InputError, match="style"):
        safe_style(style)


def test_banners_tell_libraries_and_versions() -> None:
    """Each library that a banner names comes once, with its version."""
    banners = (
        "(*! DataTables 2.3.8\n * © SpryMedia Ltd *) (*! DataTables styling integration\n *) "
        "(*! Buttons for DataTables 3.2.6\n *) (*!\n * jQuery JavaScript Library v4.0.0\n *) (*! DataTables 2.3.8 *)"
    )
    assert [(one.name, one.version) for one in datatables_family(banners)] == [
        ("DataTables", "2.3.8"),
        ("Buttons", "3.2.6"),
        ("jQuery", "4.0.0"),
    ]


def test_all_libraries_have_their_licence() -> None:
    """What is installed can be used, has the libraries that the page runs, and the text of each licence."""
    needs.module("itables")
    needs.module("vl_convert")
    made = bundle()
    assert {"Vega", "Vega-Lite", "Vega-Embed", "DataTables", "jQuery", "itables"} <= {
        one.name for one in made.libraries
    }
    assert {one.licence for one in made.libraries} == made.licences.keys()
    assert all(one.holder for one in made.libraries)
    assert "IN NO EVENT" in made.licences["MIT"]


@pytest.mark.parametrize("missing", ["itables", "vl_convert"])
def test_a_missing_library_names_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the error says what to install."""
    needs.module("itables")
    needs.module("vl_convert")
    bundle.cache_clear()
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(InputError, match=r"broadsheet\[page\]"):
        bundle()
    bundle.cache_clear()
