"""What is wrong with gold is told with file, line and field before anything is scored."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from quality.evaluation.world import gold

from broadsheet.base.errors import InputError
from broadsheet.quality.evaluation.checks import TYPES
from broadsheet.quality.evaluation.forms import FORMS
from broadsheet.quality.evaluation.gold import read_gold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUOTES = {
    "doc_id": "a",
    "text": "“No,” she said.",
    "published_on": None,
    "quotes": [{"start": 1, "end": 4, "kind": "direct", "source": [[6, 9]], "source_text": "she"}],
}
EVENTS = {
    "id": "a",
    "text": "Peru met Chile.",
    "date": None,
    "gold": [{"type": "CONSULT", "actor_country": "PER", "recipient_country": "CHL"}],
}
FIGURES = {
    "id": "a",
    "source": "ours",
    "text": "It cost $3.",
    "kinds": ["money"],
    "gold": [{"start": 8, "end": 10, "text": "$3", "kind": "money", "value": 3, "currency": "USD"}],
}


def lines(*cases: object) -> str:
    """JSON Lines."""
    return "".join(f"{json.dumps(case)}\n" for case in cases)


@pytest.mark.parametrize(
    ("name", "content", "form", "cases"),
    [
        ("a.json", json.dumps(gold()), "article", 1),
        ("a.jsonl", lines(gold(), gold()), "article", 2),
        ("q.jsonl", lines(QUOTES), "quotes", 1),
        ("e.jsonl", lines(EVENTS, EVENTS) + "\n\n", "events", 2),
        ("f.jsonl", lines(FIGURES), "figures", 1),
        ("bom.jsonl", "\ufeff" + lines(FIGURES), "figures", 1),
        ("breaks.jsonl", json.dumps({**EVENTS, "text": "a\u2028b\x85c"}, ensure_ascii=False), "events", 1),
    ],
    ids=["article", "articles", "quotes", "events", "figures", "byte order mark", "line breaks inside of a text"],
)
def test_a_form_is_known_by_its_keys(tmp_path: Path, name: str, content: str, form: str, cases: int) -> None:
    """The name of a file says only whether it holds one object or one a line."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    read = read_gold(path)
    assert (read.form, len(read.cases)) == (form, cases)


def test_packed_gold_is_unpacked(tmp_path: Path) -> None:
    """Large gold comes as `.jsonl.gz`."""
    path = tmp_path / "q.jsonl.gz"
    path.write_bytes(gzip.compress(lines(QUOTES).encode()))
    assert read_gold(path).form == "quotes"


BROKEN: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.jsonl", b"", "a.jsonl: holds no case"),
    "no JSON": ("a.jsonl", b'\n{"id": ', "a.jsonl:2: is not JSON (Expecting value at column 8)"),
    "no JSON in its third line": ("a.json", b'{\n"article":\n}', "a.json:3: is not JSON"),
    "no object": ("a.jsonl", b"[1]", "a.jsonl:1: is not a JSON object"),
    "no number of JSON": ("a.jsonl", b'{"id": NaN}', "a.jsonl:1: is not JSON (NaN is no number of JSON)"),
    "too deep": ("a.json", b'{"a":' + b"[" * 200_000, "a.json:1: is not JSON"),
    "no form": ("a.jsonl", b'{"a": 1}', "a.jsonl:1: has the keys of no form of gold (article: article; quotes:"),
    "another form further down": ("a.jsonl", (lines(EVENTS) + lines(QUOTES)).encode(), "a.jsonl:2: date is missing"),
    "not UTF-8": ("a.jsonl", b'{"id": "\xe9"}', "a.jsonl: byte 8 is not UTF-8"),
    "not packed": ("a.jsonl.gz", b"{}", "a.jsonl.gz: cannot be read (Not a gzipped file"),
    "half of a packed file": ("a.jsonl.gz", gzip.compress(lines(QUOTES).encode())[:40], "a.jsonl.gz: cannot be read"),
    "damaged": ("a.jsonl.gz", gzip.compress(b"{}")[:10] + b"\xff" * 20, "a.jsonl.gz: cannot be read"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused(tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line that names file, line and problem."""
    monkeypatch.chdir(tmp_path)
    name, content, message = BROKEN[case]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        read_gold(path.relative_to(tmp_path))
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As the system says it."""
    with pytest.raises(InputError, match=r"cannot be read \(No such file or directory\)"):
        read_gold(tmp_path / "none.json")


def article(change: Callable[[dict[str, Any]], object]) -> tuple[str, dict[str, Any]]:
    """Gold of an article with a change."""
    made = gold()
    change(made)
    return "a.json", made


MALFORMED = {
    "no actors": (article(lambda g: g.pop("actors")), "a.json:1: actors is missing"),
    "null for the actors": (article(lambda g: g.update(actors=None)), "a.json:1: actors is null"),
    "a section that is no list": (article(lambda g: g.update(quotes={})), "a.json:1: quotes is not a list"),
    "a row that is no object": (article(lambda g: g["quotes"].append("No")), "quotes[2] is not a JSON object"),
    "a field is missing": (article(lambda g: g["events"][1].pop("type")), "events[1].type is missing"),
    "null for what must be there": (
        article(lambda g: g["events"][1].update(trigger=None)),
        "events[1].trigger is null",
    ),
    "a value of another type": (
        article(lambda g: g["figures"][0].update(amount="4m")),
        "figures[0].amount is '4m', not a",
    ),
    "true for a number": (
        article(lambda g: g["tariffs"][0].update(rate=True)),
        "tariffs[0].rate is True, not a number",
    ),
    "a value that the data model lacks": (
        article(lambda g: g["events"][0].update(status="happened")),
        "events[0].status is 'happened', not one of occurred, ongoing, planned, denied",
    ),
    "the same among further values": (
        article(lambda g: g["events"][0].update(status_alt=["planned", "happened"])),
        "events[0].status_alt is 'happened', not one of",
    ),
    "a day that does not exist": (
        article(lambda g: g["events"][1].update(date_start="2023-02-29")),
        "events[1].date_start is '2023-02-29', not a day, YYYY-MM-DD",
    ),
    "a country by its name": (
        article(lambda g: g["tariffs"][0].update(imposer="Latvia")),
        "tariffs[0].imposer is 'Latvia', not a code of three letters",
    ),
    "the zeroth occurrence": (
        article(lambda g: g["quotes"][0].update(nth=0)),
        "quotes[0].nth is 0, not a whole number",
    ),
    "one actor where a list is due": (
        article(lambda g: g["events"][0].update(actors="Latvia")),
        "events[0].actors is 'Latvia', not a list of names of actors",
    ),
    "a number among other lists": (
        article(lambda g: g["events"][0].update(actors_alt=[["Latvia"], [3]])),
        "events[0].actors_alt is [3], not a list of names of actors",
    ),
    "an offset without an end": (
        article(lambda g: g["quotes"].append({"kind": "direct", "speaker": None, "char_start": 3})),
        "quotes[2].char_end is missing",
    ),
    "an offset that ends before it begins": (
        article(lambda g: g["quotes"].append({"kind": "direct", "speaker": None, "char_start": 3, "char_end": 3})),
        "quotes[2].char_end is not after char_start",
    ),
    "a span beyond the text": (
        ("q.jsonl", {**QUOTES, "quotes": [{**QUOTES["quotes"][0], "end": 99}]}),  # type: ignore[dict-item,index]
        "q.jsonl:1: quotes[0].end is 99, but the text ends at 15",
    ),
    "a span that ends before it begins": (
        ("q.jsonl", {**QUOTES, "quotes": [{**QUOTES["quotes"][0], "end": 1}]}),  # type: ignore[dict-item,index]
        "q.jsonl:1: quotes[0].end is not behind start",
    ),
    "a source that is no span": (
        ("q.jsonl", {**QUOTES, "quotes": [{**QUOTES["quotes"][0], "source": [6, 9]}]}),  # type: ignore[dict-item,index]
        "q.jsonl:1: quotes[0].source is [6, 9], not a list of [start, end]",
    ),
    "words that stand elsewhere": (
        ("f.jsonl", {**FIGURES, "gold": [{**FIGURES["gold"][0], "start": 7}]}),  # type: ignore[dict-item]
        "f.jsonl:1: gold[0].text is not the text at 7 to 10",
    ),
    "a case that lacks a key": (
        ("f.jsonl", {k: v for k, v in FIGURES.items() if k != "source"}),
        "f.jsonl:1: source is missing",
    ),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_row_is_refused(tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message has the path of the field and what it should be."""
    monkeypatch.chdir(tmp_path)
    (name, content), message = MALFORMED[case]
    path = tmp_path / name
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_gold(path.relative_to(tmp_path))
    assert message in str(raised.value)
    assert raised.value.fix == "see docs/gold.md for the formats of gold"


def test_the_line_is_that_of_the_row(tmp_path: Path) -> None:
    """In a file that is printed for people, a row is many lines away from the file's beginning."""
    path = tmp_path / "a.json"
    made = gold()
    made["events"][1]["type"] = "INVADE"
    path.write_text(json.dumps(made, indent=1), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_gold(path)
    line = int(raised.value.place.rsplit(":", 1)[1])
    following = path.read_text(encoding="utf-8").split("\n")[line - 1 : line + 1]
    assert [x.strip() for x in following] == ["{", '"type": "INVADE",']


def test_every_type_and_column_of_the_forms_exists() -> None:
    """The declaration of the forms cannot name what there is not."""
    fields = [field for form in FORMS.values() for section in form.sections for field in section.fields]
    assert {field.type for field in fields} <= TYPES.keys()
    assert [field.name for field in fields if field.column and not field.enum()] == []
