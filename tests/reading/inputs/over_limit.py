"""Articles over the limit in every format, and sources that are no files: what each must come to, and in what memory.

Used by the tests, with small sizes, and by `tools/attack_inputs.py`, with large ones.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from reading.inputs import samples

from broadsheet.reading.inputs import Found, InputOptions, Limits, Unit, read_unit

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCE = "The ferry was late again on Monday, said the mayor of the town, and it was full. "


def body(size: int) -> str:
    """A text of so many characters, in paragraphs."""
    paragraph = (SENTENCE * 5).strip()
    # Numbered, since a first paragraph that is repeated would be taken for a headline that is printed twice.
    numbered = (f"{paragraph} {number}" for number in range(size // len(paragraph) + 1))
    return "\n\n".join(numbered)[:size].strip()


def markup(text: str) -> str:
    """The text as paragraphs of HTML."""
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


def warc(page: bytes, kind: str) -> bytes:
    """A crawl of one page."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


def _page(text: str) -> bytes:
    return samples.PAGE.replace(f"<p>{samples.PARAGRAPHS[0]}</p>", markup(text), 1).encode()


def _nitf(text: str) -> bytes:
    return samples.NITF.replace(f"<p>{samples.PARAGRAPHS[0]}</p><p>", f"{markup(text)}<p>", 1).encode()


def _newsml(text: str) -> bytes:
    return samples.NEWSML.replace("<body><p>", f"<body>{markup(text)}<p>", 1).encode()


def _ninjs(text: str) -> bytes:
    return json.dumps({**samples.NINJS_3, "bodies": [{"value": text}]}).encode()


def _record(text: str) -> dict[str, object]:
    return {**samples.RECORD, "text": text}


def _csv(text: str, delimiter: str = ",") -> bytes:
    return f'title{delimiter}text\nx{delimiter}"{text}"\n'.encode()


FORMATS: dict[str, Callable[[str], bytes]] = {
    "a.txt": str.encode,
    "utf-16.txt": lambda text: text.encode("utf-16"),
    "one-paragraph.txt": lambda text: text.replace("\n\n", " ").encode(),
    "a.txt.gz": lambda text: samples.PACKINGS["gz"](text.encode()),
    "a.txt.zst": lambda text: samples.PACKINGS["zst"](text.encode()),
    "a.html": _page,
    "a.jsonl": lambda text: samples.lines(_record(text)),
    "a.json": lambda text: json.dumps(_record(text)).encode(),
    "list.json": lambda text: json.dumps([_record(text)]).encode(),
    "a.csv": _csv,
    "a.tsv": lambda text: _csv(text, "\t"),
    "a.parquet": lambda text: samples.parquet([_record(text)]),
    "ninjs.json": _ninjs,
    "newsml.xml": _newsml,
    "a.nitf": _nitf,
    "text.warc": lambda text: warc(text.encode(), "text/plain"),
    "page.warc": lambda text: warc(_page(text), "text/html"),
    "a.zip": lambda text: samples.zipped({"a.txt": text.encode()}),
    "page.zip": lambda text: samples.zipped({"a.html": _page(text)}),
    "a.tar": lambda text: samples.tarred({"a.txt": text.encode()}),
    "a.tar.gz": lambda text: samples.tarred({"a.txt": text.encode()}, "w:gz"),
}
"""Name to what writes an article of a text in its format."""


def limit_fault(path: Path, limit: int) -> str | None:
    """What is wrong with how an article over the limit is taken; None if it is one reject that says all."""
    found = list(read_unit(Unit(path.name, path), InputOptions(limits=Limits.of(limit))))
    if len(found) != 1 or isinstance(found[0], Found):
        return f"gave {found}"
    reject = found[0]
    if not reject.place.startswith(path.name) or "--max-characters" not in reject.fix:
        return f"says {reject}"
    return None if "over the limit of" in reject.problem else f"says {reject.problem}"


def refusal_fault(path: Path, limit: int) -> str | None:
    """What is wrong with how a very large input is taken; None if it gives nothing but one reject."""
    found = list(read_unit(Unit(path.name, path), InputOptions(limits=Limits.of(limit))))
    return None if len(found) == 1 and not isinstance(found[0], Found) else f"gave {found}"


def special_files(folder: Path) -> dict[str, Path]:
    """Kind to a path that is no regular file."""
    pipe, link = folder / "pipe.txt", folder / "link.txt"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    found = {"pipe": pipe, "link to a pipe": link}
    for kind, name in (("zeros", "/dev/zero"), ("random", "/dev/urandom")):
        if Path(name).exists():
            found[kind] = Path(name)
    server = socket.socket(socket.AF_UNIX)
    at = Path.cwd()
    os.chdir(folder)  # the address of a socket is short
    try:
        server.bind("socket.txt")
    finally:
        os.chdir(at)
        server.close()
    return {**found, "socket": folder / "socket.txt"}


_CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[3]) << 20,) * 2)
from pathlib import Path
from reading.inputs.over_limit import refusal_fault
fault = refusal_fault(Path(sys.argv[1]), int(sys.argv[2]))
# The count of getrusage would begin with the parent's.
status = Path("/proc/self/status").read_text().splitlines()
peak = next(int(line.split()[1]) >> 10 for line in status if line.startswith("VmHWM:"))
print(fault or f"{peak}")
"""


def read_in_child(path: Path, limit: int, most_mb: int, seconds: float) -> tuple[int, str | None]:
    """Reads an input in a process that may have so much address space.

    Returns:
        The peak of its memory in MB, and what was wrong.
    """
    tests = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", _CHILD, str(path), str(limit), str(most_mb)]
    path_of_tests = os.pathsep.join([str(tests), *filter(None, [os.environ.get("PYTHONPATH")])])
    # Each library of linear algebra takes address space by the thread.
    environment = {**os.environ, "PYTHONPATH": path_of_tests, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        return 0, f"not done in {seconds:.0f} s"
    said = done.stdout.strip()
    if done.returncode != 0 or not said.isdecimal():
        return 0, (said or done.stderr.strip().splitlines()[-1:] or f"ended with {done.returncode}").__str__()
    return int(said), None
