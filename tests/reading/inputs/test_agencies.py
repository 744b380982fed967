"""What agencies send: messages of many items, and the variants of NITF, NewsML-G2 and ninjs that are in use."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from reading.inputs import samples

from broadsheet.reading.inputs import Found, InputOptions, Reject, Unit, read_unit

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.reading.article import Article

NAR = "http://iptc.org/std/nar/2006-10-01/"
ITEM = samples.NEWSML[samples.NEWSML.index("<newsItem") :].replace(f' xmlns="{NAR}"', "")
PLAIN = f'<contentSet><inlineData contenttype="text/plain">{samples.OTHER_BODY}</inlineData></contentSet>'
INLINE_NITF = (
    '<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>'
    f"<body.head><hedline><hl1>{samples.OTHER_TITLE}</hl1></hedline><byline>By Li Na, <byttl>Staff</byttl></byline>"
    f"</body.head><body.content><p>{samples.PARAGRAPHS[0]}</p></body.content></body></nitf></inlineXML></contentSet>"
)


def with_content(content: str) -> str:
    """The sample item with other content."""
    start, end = ITEM.index("<contentSet>"), ITEM.index("</contentSet>") + len("</contentSet>")
    return ITEM[:start] + content + ITEM[end:]


MESSAGE = f"""<newsMessage xmlns="{NAR}"><header><sent>2024-03-09T08:00:00Z</sent></header><itemSet>
<packageItem guid="p"><groupSet><group><itemRef residref="a"/></group></groupSet></packageItem>
{ITEM}{ITEM.replace("ninat:text", "ninat:picture")}{with_content(PLAIN)}{ITEM.replace("stat:usable", "stat:withheld")}
{with_content('<contentSet><remoteContent href="x.jpg"/></contentSet>')}</itemSet></newsMessage>"""


def read(path: Path, text: str) -> list[Found | Reject]:
    """What a file of this text gives."""
    path.write_text(text, encoding="utf-8")
    return list(read_unit(Unit(path.name, path), InputOptions()))


def one(path: Path, text: str) -> Article:
    """The one article of a file of this text."""
    (found,) = read(path, text)
    assert isinstance(found, Found), found
    return found.article


def test_message(tmp_path: Path) -> None:
    """Each item of text is a candidate with its number among all; pictures and packages are none."""
    found = read(tmp_path / "a.xml", MESSAGE)
    assert [(item.place, isinstance(item, Found)) for item in found] == [
        ("a.xml:item 1", True),
        ("a.xml:item 3", True),
        ("a.xml:item 4", False),
        ("a.xml:item 5", False),
    ]
    assert [item.problem for item in found if isinstance(item, Reject)] == [
        "is withheld by its publisher",
        "has no inline text",
    ]


def test_nitf_in_line(tmp_path: Path) -> None:
    """What the item says wins over the document in it, which fills the gaps."""
    item = with_content(INLINE_NITF).replace("<by>By Ada Quill and Tom Marsh</by>", "")
    article = one(tmp_path / "a.xml", item.replace("<newsItem", f'<newsItem xmlns="{NAR}"', 1))
    assert (article.title, article.authors, article.publisher) == (samples.TITLE, ("Li Na",), "The Harbour Gazette")
    assert article.text == f"{samples.TITLE}\n\n{samples.PARAGRAPHS[0]}\n"


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("<byline>By Ada Quill</byline>", ("Ada Quill",)),
        ("<byline>By <person>Ada Quill</person>, <byttl>Writer</byttl></byline>", ("Ada Quill",)),
        ("<byline>By Ada Quill<byttl>Political Editor</byttl></byline>", ("Ada Quill",)),
        ("<byline>ADA QUILL AND TOM MARSH</byline>", ("Ada Quill", "Tom Marsh")),
        ("<byline>Ada Quill</byline><byline>Tom Marsh</byline>", ("Ada Quill", "Tom Marsh")),
        ("<byline><byttl>The Coastal Press</byttl></byline>", ("The Coastal Press",)),
        ("", ()),
    ],
)
def test_bylines_of_nitf(byline: str, expected: tuple[str, ...], tmp_path: Path) -> None:
    """The names of a byline are the authors, whether they are marked up or not; titles are none."""
    start, end = samples.NITF.index("<byline>"), samples.NITF.index("</byline>") + len("</byline>")
    assert one(tmp_path / "a.nitf", samples.NITF[:start] + byline + samples.NITF[end:]).authors == expected


@pytest.mark.parametrize(
    ("old", "new", "day"),
    [
        ('<date.issue norm="20240309T080000Z"/>', '<date.issue norm="2024-03-08"/>', 8),
        ('<date.issue norm="20240309T080000Z"/>', '<date.release norm="20240307"/>', 7),
        ('<date.issue norm="20240309T080000Z"/>', '<date.issue norm="x"/><date.release norm="20240306"/>', 6),
        ('name="The Harbour Gazette"', 'name="The Harbour Gazette" date.publication="20240305T000000"', 9),
    ],
)
def test_dates_of_nitf(old: str, new: str, day: int, tmp_path: Path) -> None:
    """The first date of issue that can be read is the day."""
    found = one(tmp_path / "a.nitf", samples.NITF.replace(old, new)).published_on
    assert found is not None
    assert found.day == day


def test_named_characters(tmp_path: Path) -> None:
    """Characters that the DTD, which is not loaded, would name are read as HTML names them."""
    text = samples.NITF.replace("ninety years", "ninety&nbsp;years &mdash; all of&hellip; them")
    assert "ninety years — all of… them" in one(tmp_path / "a.nitf", text).text


def test_preformatted_text(tmp_path: Path) -> None:
    """Text that an agency wrapped by hand is made into paragraphs, as that of a file is."""
    lines = "The ferry was late on Monday, said the mayor,\nand it will be late again.\n\nNo pier is closed.\n"
    start, end = samples.NITF.index("<body.content>"), samples.NITF.index("</body.content>")
    article = one(tmp_path / "a.nitf", f"{samples.NITF[:start]}<body.content><pre>{lines}</pre>{samples.NITF[end:]}")
    body = "The ferry was late on Monday, said the mayor, and it will be late again.\n\nNo pier is closed.\n"
    assert article.text == f"{samples.TITLE}\n\n{body}"


def test_prefixes(tmp_path: Path) -> None:
    """Names may have prefixes: it is the same format."""
    text = samples.NEWSML.replace(f'xmlns="{NAR}"', f'xmlns:n="{NAR}"')
    for name in ("newsItem", "itemMeta", "itemClass", "contentMeta", "contentSet", "headline", "inlineXML"):
        text = text.replace(f"<{name}", f"<n:{name}").replace(f"</{name}", f"</n:{name}")
    assert one(tmp_path / "a", text).title == samples.TITLE


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"bodies": [{"contenttype": "text/plain", "value": samples.BODY}]}, samples.TEXT),
        (
            {"bodies": [{"role": "caption", "contenttype": "image/jpeg", "value": "x"}], "body_text": samples.BODY},
            samples.TEXT,
        ),
        ({"headlines": [{"role": "web", "value": "Web"}, {"role": "title", "value": samples.TITLE}]}, samples.TEXT),
        ({"headlines": None, "headline": samples.TITLE}, samples.TEXT),
        ({"headlines": [], "title": ""}, samples.TEXT.split("\n\n", 1)[1]),
        ({"type": None}, samples.TEXT),
    ],
    ids=["plain", "no text among the bodies", "roles", "version 1", "no headline", "no type"],
)
def test_variants_of_ninjs(changes: dict[str, object], expected: str, tmp_path: Path) -> None:
    """The main text and headline are taken, in whichever form an item has them."""
    assert one(tmp_path / "a.json", json.dumps({**samples.NINJS_2, **changes})).text == expected


HOLDER = '<doc.copyright holder="Harbour Holdings"/>'
OWNER = "<rights><rights.owner>Coastal Rights</rights.owner></rights>"
DISTRIBUTOR = "<distributor>Coastal Wire</distributor>"


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        ({"<hl1>": "", "</hl1>": ""}, "title", samples.TITLE),
        ({"</hl1>": "</hl1><hl2>A ticket for both</hl2>"}, "title", samples.TITLE),
        ({f"<hedline><hl1>{samples.TITLE}</hl1></hedline>": ""}, "title", "ferries"),
        ({' name="The Harbour Gazette"': "", "<docdata>": f"<docdata>{HOLDER}"}, "publisher", "Harbour Holdings"),
        ({' name="The Harbour Gazette"': "", "<body.head>": f"<body.head>{OWNER}"}, "publisher", "Coastal Rights"),
        (
            {' name="The Harbour Gazette"': "", "<body.head>": f"<body.head>{OWNER}{DISTRIBUTOR}"},
            "publisher",
            "Coastal Wire",
        ),
        ({"<docdata>": f"<docdata>{HOLDER}"}, "publisher", "The Harbour Gazette"),
        ({' xml:lang="en-GB"': "", "<body>": '<body xml:lang="en-NZ">'}, "language", "en-NZ"),
        ({' ex-ref="https://gazette.example/ferries"': ""}, "url", None),
    ],
    ids=[
        "headline",
        "main headline",
        "head",
        "copyright",
        "rights",
        "distributor",
        "publication first",
        "language of body",
        "no address",
    ],
)
def test_metadata_of_nitf(changes: dict[str, str], field: str, expected: str | None, tmp_path: Path) -> None:
    """Each field comes from the first element that has it."""
    text = samples.NITF
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    assert getattr(one(tmp_path / "a.nitf", text), field) == expected


@pytest.mark.parametrize("status", ["canceled", "cancelled", "withheld"])
def test_withdrawn_nitf(status: str, tmp_path: Path) -> None:
    """A document that its publisher withdrew is a reject."""
    text = samples.NITF.replace("<docdata>", f'<docdata management-status="{status}">')
    (found,) = read(tmp_path / "a.nitf", text)
    assert isinstance(found, Reject)
    assert status in found.problem


def test_several_documents_of_nitf(tmp_path: Path) -> None:
    """Each document of a file is an article with its number; one without text does not cost the others."""
    document = samples.NITF[samples.NITF.index("<nitf ") :]
    start, end = document.index("<body.content>"), document.index("</body.content>")
    empty = f"{document[:start]}<body.content>{document[end:]}"
    path = tmp_path / "a.nitf"
    path.write_text(f"<batch>{document}{empty}{document}</batch>", encoding="utf-8")
    found = list(read_unit(Unit("a.nitf", path), InputOptions(format="nitf")))
    assert [(each.place, isinstance(each, Found)) for each in found] == [
        ("a.nitf:item 1", True),
        ("a.nitf:item 2", False),
        ("a.nitf:item 3", True),
    ]


def without(*names: str, **more: object) -> dict[str, object]:
    """The sample item of ninjs without some of its keys, and with others."""
    return {key: value for key, value in samples.NINJS_2.items() if key not in names} | more


@pytest.mark.parametrize(
    ("item", "field", "expected"),
    [
        (without("headlines", title="Ferries"), "title", "Ferries"),
        (without("headlines", title="Web", headline="Ferries"), "title", "Ferries"),
        (without("copyrightholder", provider="Coastal Wire"), "publisher", "Coastal Wire"),
        (without("copyrightholder", infosources=[{"uri": "x"}, {"name": "Coastal Wire"}]), "publisher", "Coastal Wire"),
        (without("copyrightholder", infosources={"a": {"name": "Coastal Wire"}}), "publisher", "Coastal Wire"),
        (without("by", byline="By Li Na"), "authors", ("Li Na",)),
        (without("altids"), "url", None),
        (without("altids", altids=[{"role": "guid", "value": "https://x.example/1"}]), "url", None),
        (without("altids", canonicalurl="https://x.example/2"), "url", "https://x.example/2"),
        (without("firstcreated"), "published_on", date(2024, 3, 11)),
        (without("firstcreated", first_created="2024-03-08T01:00:00Z"), "published_on", date(2024, 3, 8)),
        (without(firstcreated="soon", contentcreated="2024-03-10"), "published_on", date(2024, 3, 10)),
    ],
)
def test_metadata_of_ninjs(item: dict[str, object], field: str, expected: object, tmp_path: Path) -> None:
    """Each field comes from the first key that has it, whatever the version calls it."""
    assert getattr(one(tmp_path / "a.json", json.dumps(item)), field) == expected


@pytest.mark.parametrize(
    "bodies",
    [
        [{"role": "summary", "value": samples.OTHER_BODY}, {"role": "main", "value": samples.BODY}],
        [{"contenttype": "text/markdown", "value": samples.OTHER_BODY}, {"contenttype": "text", "value": samples.BODY}],
        [{"contenttype": "text/html", "value": " "}, {"value": samples.BODY}],
    ],
    ids=["main", "unknown type", "empty"],
)
def test_body_of_ninjs(bodies: list[dict[str, str]], tmp_path: Path) -> None:
    """The main body is the text; one that is empty or of an unknown type is not."""
    assert one(tmp_path / "a.json", json.dumps(without("bodies", bodies=bodies))).text == samples.TEXT


def test_lines_of_ninjs(tmp_path: Path) -> None:
    """Items a line, or in a list, are an article each; a broken one is a reject with its line or number."""
    item = json.dumps(samples.NINJS_3)
    path = tmp_path / "wire"
    path.write_text(f"{item}\n{{\n7\n{item}\n", encoding="utf-8")
    found = list(read_unit(Unit("wire", path), InputOptions(format="ninjs")))
    assert [(each.place, isinstance(each, Found)) for each in found] == [
        ("wire:1", True),
        ("wire:2", False),
        ("wire:3", False),
        ("wire:4", True),
    ]
    path.write_text(f"[{item}, {json.dumps(without(type='video'))}]", encoding="utf-8")
    found = list(read_unit(Unit("wire", path), InputOptions(format="ninjs")))
    assert [(each.place, isinstance(each, Found)) for each in found] == [("wire:item 1", True), ("wire:item 2", False)]
    path.write_text("{\n", encoding="utf-8")
    (reject,) = read_unit(Unit("wire", path), InputOptions(format="ninjs"))
    assert isinstance(reject, Reject)


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        ({' xml:lang="en-GB"': ""}, "language", "en-GB"),
        ({'<language tag="en-GB"/>': ""}, "language", "en-GB"),
        ({'<language tag="en-GB"/>': '<language tag="en-NZ"/>'}, "language", "en-NZ"),
        ({"<provider><name>The Harbour Gazette</name></provider>": ""}, "publisher", "Gazette Holdings"),
        ({"<name>The Harbour Gazette</name>": "", "<provider>": '<provider literal="HG">'}, "publisher", "HG"),
        ({"<headline>": '<headline role="hldrole:short">Short</headline><headline>'}, "title", samples.TITLE),
        ({f"<headline>{samples.TITLE}</headline>": ""}, "title", None),
        ({"<firstCreated>2024-03-09T08:00:00Z</firstCreated>": ""}, "published_on", date(2024, 3, 11)),
        ({'rel="irel:canonical"': 'rel="irel:seeAlso"'}, "url", None),
        (
            {"<by>By Ada Quill and Tom Marsh</by>": "<creator><name>Li Na</name></creator><creator/>"},
            "authors",
            ("Li Na",),
        ),
    ],
)
def test_metadata_of_newsml(changes: dict[str, str], field: str, expected: object, tmp_path: Path) -> None:
    """Each field comes from the first element that has it."""
    text = samples.NEWSML
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    assert getattr(one(tmp_path / "a.xml", text), field) == expected


def test_data_in_line(tmp_path: Path) -> None:
    """Text in line is read, as HTML where it is such; what is encoded is no text."""
    body = "".join(f"&lt;p&gt;{paragraph}&lt;/p&gt;" for paragraph in samples.PARAGRAPHS)
    item = f'<newsItem xmlns="{NAR}"' + with_content(PLAIN)[len("<newsItem") :]
    assert one(tmp_path / "a.xml", item).text.endswith(f"{samples.OTHER_BODY}\n")
    marked = item.replace("text/plain", "text/html").replace(samples.OTHER_BODY, body)
    assert one(tmp_path / "a.xml", marked).text == samples.TEXT
    (found,) = read(tmp_path / "a.xml", item.replace('contenttype="text', 'encoding="base64" contenttype="text'))
    assert isinstance(found, Reject)
    assert found.fix
