"""Damages inputs as disks, networks and enemies do; each damage is a function of a seed."""

from __future__ import annotations

import gzip
import io
import json
import unicodedata
import warnings
import zipfile
import zlib
from random import Random
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from reading.inputs import samples

from broadsheet.reading.inputs import Found, InputOptions, Reject, Unit, read_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Damage = Callable[[bytes, Random], bytes]

_MARKS = [
    "\u202e",
    "\u2066",
    "\u200f",
    "\u202a",
    "\0",
    "\x01",
    "\x1b[31m",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ufffe",
    "\x7f",
]
_ENCODINGS = ["utf-16", "utf-16-be", "utf-32", "cp1252", "shift_jis", "utf-7", "cp037", "koi8-r"]
SECRET = "a line that only the host's own file has"
"""What the file says that hostile documents try to have included."""


def truncate(data: bytes, random: Random) -> bytes:
    """The file breaks off."""
    return data[: random.randrange(len(data) + 1)]


def flip(data: bytes, random: Random) -> bytes:
    """Some bits are wrong."""
    out = bytearray(data)
    for _ in range(random.choice((1, 3, 20, 200))):
        if out:
            out[random.randrange(len(out))] ^= 1 << random.randrange(8)
    return bytes(out)


def splice(data: bytes, random: Random) -> bytes:
    """A part is lost, stands twice, or is noise."""
    start = random.randrange(len(data) + 1)
    end = min(len(data), start + random.choice((1, 16, 256, 4096)))
    part = random.choice((b"", data[start:end] * random.choice((2, 40)), random.randbytes(end - start)))
    return data[:start] + part + data[end:]


def recode(data: bytes, random: Random) -> bytes:
    """The text is in another encoding than it says."""
    text = data.decode("utf-8", "replace")
    return text.encode(random.choice(_ENCODINGS), "replace")


def sprinkle(data: bytes, random: Random) -> bytes:
    """Control characters, marks of direction, and bytes that are no UTF-8 stand in it."""
    out = data
    for _ in range(random.choice((1, 5, 50))):
        at = random.randrange(len(out) + 1)
        mark = random.choice([*(mark.encode() for mark in _MARKS), b"\xed\xa0\x80", b"\xff", b"\xc0\xaf"])
        out = out[:at] + mark + out[at:]
    return out


def nest(data: bytes, random: Random) -> bytes:
    """Elements, objects or lists without end stand in it."""
    opening, closing = random.choice(
        [
            (b"<div>", b"</div>"),
            (b"<b>", b""),
            (b"[", b"]"),
            (b'{"a":', b"}"),
            (b"<p><i>", b""),
            (b'"', b""),
            (b"<!--", b""),
        ]
    )
    depth = random.choice((100, 1_000, 10_000))
    at = random.choice([0, random.randrange(len(data) + 1), max(data.find(b"<p>"), 0)])
    return data[:at] + opening * depth + data[at : at + 2_000] + closing * depth + data[at + 2_000 :]


def lengthen(data: bytes, random: Random, most: int = 1 << 21) -> bytes:
    """A line, a word or an attribute goes on and on."""
    piece = random.choice(
        [b"a", b"word ", b"=\xc3\xa9", b"<b>x</b> ", b"\xcc\x81", b"&amp;", b"\\u00e9", b"-", b"'", b"\t"]
    )
    at = random.choice([random.randrange(len(data) + 1), max(data.find(b"ferry"), 0)])
    return data[:at] + piece * (random.randrange(most) // len(piece)) + data[at:]


DAMAGES: dict[str, Damage] = {f.__name__: f for f in (truncate, flip, splice, recode, sprinkle, nest, lengthen)}
WHOLE: dict[str, bytes] = {**samples.ONE, **samples.TWO, "plain.txt": samples.TEXT.encode()}
"""The files that are damaged."""


def damaged(seed: int) -> tuple[str, str, bytes]:
    """The name, the kinds of damage and the bytes of the input of a seed."""
    random = Random(seed)
    name = random.choice(sorted(WHOLE))
    data = WHOLE[name]
    kinds = random.choices(sorted(DAMAGES), k=random.choice((1, 1, 2)))
    packing = random.choice((None, None, "gz", "zst"))
    outside = packing is not None and random.random() < 0.5
    if packing and not outside:
        data, name = samples.PACKINGS[packing](data), f"{name}.{packing}"
    for kind in kinds:
        data = DAMAGES[kind](data, random)
    if packing and outside:
        data, name = samples.PACKINGS[packing](data), f"{name}.{packing}"
    return name, "+".join(kinds), data


def faults(path: Path, options: InputOptions | None = None) -> tuple[list[str], int, int]:
    """What is wrong with how a file is read, and how many articles and rejects it gives."""
    articles = rejects = 0
    found: list[str] = []
    try:
        for item in read_unit(Unit(path.name, path), options or InputOptions()):
            articles += isinstance(item, Found)
            rejects += isinstance(item, Reject)
            found += _faults_of(item, path.name)
    except Exception as error:
        found.append(f"raised {type(error).__name__}: {error}")
    if not articles + rejects:
        found.append("gave nothing")
    return found, articles, rejects


def _faults_of(item: Found | Reject, name: str) -> Iterable[str]:
    if not item.place.startswith(name):
        yield f"the place {item.place!r} does not begin with the file's name"
    if isinstance(item, Reject):
        if not item.problem or not item.fix:
            yield "a reject without a reason"
        return
    article = item.article
    said = [article.text, article.title or "", article.publisher or "", article.url or "", *article.authors]
    if any((c < " " or c == "\x7f" or unicodedata.category(c) == "Cs") and c != "\n" for text in said for c in text):
        yield "a control character or a lone surrogate"
    if any(SECRET in text for text in said):
        yield "the host's own file is in the article"


def gzip_bomb(size: int) -> bytes:
    """Zeros packed by gzip."""
    packer = zlib.compressobj(9, wbits=31)
    block = bytes(1 << 20)
    return b"".join([*(packer.compress(block) for _ in range(size >> 20)), packer.flush()])


def zstandard_bomb(size: int) -> bytes:
    """Zeros packed by Zstandard, which packs them thousands of times smaller."""
    packer = zstandard.ZstdCompressor(level=19).compressobj()
    block = bytes(1 << 20)
    return b"".join([*(packer.compress(block) for _ in range(size >> 20)), packer.flush()])


def _parquet_bomb(rows: int) -> bytes:
    out = io.BytesIO()
    text = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["word " * 200_000]))
    pq.write_table(pa.table({"text": text}), out)
    return out.getvalue()


def _zipped_twice() -> bytes:
    """An archive with two members of one name, which are a folder and a file besides."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for name in ("a.txt", "a.txt", "a.txt/", "a.txt/b.txt"):
            archive.writestr(name, samples.TEXT)
    return out.getvalue()


def _odd_parquets() -> dict[str, bytes]:
    """Tables that Parquet allows and that hardly anyone means, with the text of an article in most of them."""
    text = pa.array([samples.TEXT] * 2)
    nested = pa.array([{"text": samples.TEXT}] * 2)
    pages = pa.table({"text": text, "title": ["Ferry late", "Ferry lost"]})
    noted = pages.replace_schema_metadata({"pandas": "{", "ARROW:schema": "AAAA", "": "\0"})
    tables = {
        "twice": pa.Table.from_arrays([text, text], names=["text", "text"]),
        "other-twice": pa.Table.from_arrays([text, text, text], names=["text", "note", "note"]),
        "title-twice": pa.Table.from_arrays([text, text, text], names=["text", "title", "title"]),
        "case": pa.Table.from_arrays([text, text], names=["text", "TEXT"]),
        "nameless": pa.Table.from_arrays([text, text], names=["", "text"]),
        "dotted": pa.Table.from_arrays([text, text], names=["text", "text.text"]),
        "no-column": pa.table({}),
        "no-row": pages.slice(0, 0),
        "null": pa.table({"text": pa.nulls(2)}),
        "struct": pa.table({"text": nested}),
        "list": pa.table({"text": pa.array([[samples.TEXT], []])}),
        "map": pa.table({"text": pa.array([[("text", samples.TEXT)]] * 2, pa.map_(pa.string(), pa.string()))}),
        "number": pa.table({"text": pa.array([1.5, float("nan")])}),
        "bytes": pa.table({"text": pa.array([b"\xff\xfe", samples.TEXT.encode("utf-16")])}),
        "date": pa.table({"text": text, "date": pa.array([2**62, -(2**62)], pa.timestamp("us"))}),
        "noted": noted,
    }
    found = {}
    for name, table in tables.items():
        out = io.BytesIO()
        pq.write_table(table, out)
        found[f"{name}.parquet"] = out.getvalue()
    return found


def hostile(secret: Path, size: int = 1 << 28) -> dict[str, bytes]:
    """Inputs that are made to harm.

    Args:
        secret: A file of the host with :data:`SECRET` in it, that documents try to include.
        size: Bytes that the bombs unpack to.
    """
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    including = f'<!DOCTYPE nitf [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    xxe = samples.NITF.replace("<p>", "<p>&x;", 1)
    start = samples.NITF.index("<!DOCTYPE")
    page = samples.PAGE
    words = b"The ferry said that it was late. "
    return {
        "zeros.jsonl.gz": gzip_bomb(size),
        "zeros.jsonl.zst": zstandard_bomb(size),
        "zeros.txt.gz.gz": gzip.compress(gzip_bomb(size)),
        "zeros.txt.gz.gz.gz.gz": gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x")))),
        "words.html.gz": gzip.compress(words * (size >> 6)),
        "zeros.zip": samples.zipped({f"{n}.txt": bytes(size >> 3) for n in range(8)}),
        "outside.zip": samples.zipped({"../../../tmp/outside.txt": samples.TEXT.encode(), "/etc/x.txt": b"x"}),
        "outside.tar": samples.tarred({"../../outside.txt": samples.TEXT.encode()}),
        "inner.zip": samples.zipped({"inner.zip": samples.zipped({"a.txt": samples.TEXT.encode()})}),
        "zeros.tar.gz": gzip.compress(samples.tarred({"a.txt": bytes(size >> 2)})),
        "xxe.xml": (including + xxe[xxe.index("<nitf") :]).encode(),
        "xxe-utf16.xml": (including + xxe[xxe.index("<nitf") :]).encode("utf-16"),
        "parameter.xml": (
            f'<!DOCTYPE nitf [<!ENTITY % p SYSTEM "{secret.as_uri()}">%p;]>'
            + samples.NITF[samples.NITF.index("<nitf") :]
        ).encode(),
        "laughs.xml": (
            samples.NITF[:start] + f'<!DOCTYPE nitf [<!ENTITY l0 "ha">{laughs}]><nitf><body><body.content><p>&l9;</p>'
            "</body.content></body></nitf>"
        ).encode(),
        "xinclude.xml": samples.NITF.replace(
            "<p>", f'<p><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>', 1
        ).encode(),
        "deep.json": b"[" * 10_000 + b"]" * 10_000,
        "deep.jsonl": b'{"text":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b"}\n" + samples.lines(samples.RECORD),
        "deep.html": page.replace("<p>", "<div>" * 10_000 + "<p>", 1).encode(),
        "deep.xml": b"<nitf>" + b"<block>" * 10_000 + b"</block>" * 10_000 + b"</nitf>",
        "number.jsonl": b'{"text": ' + b"9" * 1_000_000 + b"}\n" + samples.lines(samples.RECORD),
        "line.jsonl": b'{"text": "' + words * (min(size, 100 << 20) // 33) + b'"}\n' + samples.lines(samples.RECORD),
        "line.csv": b"title,text\nx," + b"a" * min(size, 100 << 20) + b"\n" + b'y,"' + samples.BODY.encode() + b'"\n',
        "quote.csv": b'title,text\nx,"' + (words + b"\n") * (min(size, 100 << 20) // 34),
        "attribute.html": page.replace("<p>", f'<p class="{"a " * 1_000_000}" style="{"b" * 2_000_000}">', 1).encode(),
        "tags.html": page.replace("<p>", "<p>" + "<b>x</b>" * 200_000, 1).encode(),
        "spans.html": page.replace("<p>", "<p>" + '<span class="w">x </span>' * 15_000, 1).encode(),
        "images.html": page.replace("<p>", "<p>" + "x<img src=x>" * 15_000, 1).encode(),
        "rows.html": page.replace("<p>", "<table>" + "<tr><td>x</td></tr>" * 8_000 + "</table><p>", 1).encode(),
        "attributes.html": page.replace("<p>", "<p " + " ".join(f"a{n}='>'" for n in range(100_000)) + ">", 1).encode(),
        "entities.html": page.replace("<p>", "<p>" + "&nbsp;&#1;&#0;&#xD800;" * 50_000, 1).encode(),
        "marks.txt": samples.TEXT.encode() + b"e" + "\u0301\u0323".encode() * 100_000,
        "bidi.txt": samples.TEXT.replace(" ", " \u202e\u2066").encode(),
        "line.warc": samples.warc(packed=False).replace(
            b"WARC-Target-URI: ", b"X: " + b"a" * 5_000_000 + b"\r\nY: ", 1
        ),
        "length.warc": samples.warc(packed=False).replace(b"Content-Length: ", b"Content-Length: 99999999999", 3),
        "rows.parquet": _parquet_bomb(2_000),
        **_odd_parquets(),
        "twice.csv": f'text,text\n"{samples.BODY}","{samples.BODY}"\n'.encode(),
        "nameless.csv": f',,text\n,,"{samples.BODY}"\n'.encode(),
        "twice.jsonl": b'{"text": 1, "text": ' + json.dumps(samples.TEXT).encode() + b"}\n",
        "twice.zip": _zipped_twice(),
        "laughs.json": json.dumps({"text": "\ud800" * 1_000}).encode(),
        "empty.gz": gzip.compress(b"") * 20_000,
    }
