"""``broadsheet evaluate`` as a user runs it, on articles of our own."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from broadsheet.cli import main
from broadsheet.quality.evaluation.offsets import to_offsets
from broadsheet.reading import read
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = ROOT / "tests" / "articles"
NAMES = ("brazil-argentina-wire", "finland-cartel-fine", "ghana-cocoa-levy")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the three articles."""
    out = tmp_path_factory.mktemp("evaluate") / "package"
    assert main(["build", "--quiet", "--out", str(out), *(str(ARTICLES / f"{name}.txt") for name in NAMES)]) == 0
    return out


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    code = main(["evaluate", *map(str, words)])
    streams = capsys.readouterr()
    return code, streams.out, streams.err


def test_articles_are_extracted_and_scored(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of gold against a folder of articles gives what the package built from them gives."""
    code, extracted, told = run(capsys, ARTICLES, "--articles", ARTICLES)
    assert code == 0
    assert "extracted 3 of 3" in told
    assert "scored 3 of 3" in told
    assert extracted.startswith("articles: 3 cases\n")
    code, built, told = run(capsys, ARTICLES, "--package", package, "--quiet")
    assert (code, built, told) == (0, extracted, "")


def test_the_tables_are_those_of_a_careful_reader_for_the_most_part(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every table is measured, and none is far worse than on other articles."""
    code, out, _ = run(capsys, ARTICLES, "--package", package, "--json", "--quiet")
    measures = json.loads(out)["articles"]["measures"]
    assert code == 0
    assert all(measures[name]["asked"] for name in ("actors", "roles", "quotes", "events", "tariffs", "figures"))
    tables = {name: told["f1"] for name, told in measures.items() if "." not in name}
    low = {name: f1 for name, f1 in tables.items() if f1 is not None and f1 < 0.4}
    assert low == {}


def test_texts_give_faults_their_context(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A package holds no text: with the articles at hand, a missed row is shown in its place."""
    gold = json.loads((ARTICLES / f"{NAMES[1]}.json").read_text(encoding="utf-8"))
    gold["quotes"].append({"kind": "partial", "text": "former chief executive", "speaker": None})
    path = tmp_path / "more.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    words = [path, "--package", package, "--json", "--quiet"]

    def contexts(*more: object) -> list[str | None]:
        faults = json.loads(run(capsys, *words, *more)[1])["articles"]["faults"]
        return [f["context"] for f in faults if f["row"] == "former chief executive"]

    assert contexts() == [None]
    (context,) = contexts("--source", ARTICLES / f"{NAMES[1]}.txt")
    assert "its [[former chief executive]]." in (context or "")
    shown = run(capsys, path, "--package", package, "--source", ARTICLES, "--faults", 1, "--quiet")[1]
    assert "quotes, more, missed: former chief executive\n      gold kind: partial; text: former" in shown


def test_gold_with_offsets_scores_the_same(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It needs the texts for its strings; an article without a text is left out with a note."""
    lines = []
    for name in NAMES:
        article = read(ARTICLES / f"{name}.txt")
        case = to_offsets(json.loads((ARTICLES / f"{name}.json").read_text(encoding="utf-8")), article.text)
        about = {"name": name, "text_sha256": article.text_sha256}
        lines.append(json.dumps({**case, "article": about}))
    gone = {"article": {"name": "gone", "text_sha256": "0" * 64}, "actors": []}
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join([*lines, json.dumps(gone)]), encoding="utf-8")
    words = ["--package", package, "--articles", ARTICLES, "--json", "--quiet"]
    whole = json.loads(run(capsys, ARTICLES, *words)[1])["articles"]
    code, out, note = run(capsys, path, *words)
    assert code == 0
    assert note == "broadsheet: 1 of 4 articles have no text here, left out: gone\n"
    scores = json.loads(out)["articles"]
    assert scores["cases"] == 3
    same = {name: scores["measures"][name] for name in whole["measures"]}
    assert same == whole["measures"]
    low, high = scores["measures"]["quotes"]["f1_interval"]
    assert 0 <= low <= scores["measures"]["quotes"]["f1"] <= high <= 1


def test_intervals_are_shown(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column more; the same for every run."""
    words = [ARTICLES, "--package", package, "--quiet", "--intervals"]
    out = run(capsys, *words)[1]
    assert out.split("\n")[1].endswith("F1  95 % interval")
    assert re.search(r"^  quotes +1\.000  1\.000  1\.000  1\.000 to 1\.000   ", out, re.MULTILINE)
    assert run(capsys, *words)[1] == out


def test_gold_that_is_named_twice_counts_once(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its folder and by its name."""
    code, out, _ = run(capsys, ARTICLES, ARTICLES / f"{NAMES[0]}.json", "--package", package, "--quiet")
    assert code == 0
    assert out.startswith("articles: 3 cases\n")


BAD = {
    "no gold": ([], "usage: the following arguments are required: GOLD"),
    "no such file": (["none.json"], "none.json: cannot be read (No such file or directory)"),
    "a folder without gold": (["empty"], "empty: holds no gold"),
    "no JSON": (["broken.jsonl"], "broken.jsonl:2: is not JSON"),
    "an unknown form": (["odd.json"], "odd.json:1: has the keys of no form of gold"),
    "a malformed row": (["bad.json", "--articles", "a.txt"], "bad.json:3: actors[0].name is missing"),
    "no articles": (["good.json"], "good.json: is gold of a whole article"),
    "no such article": (["good.json", "--articles", "none.txt"], "none.txt: no such file"),
    "a folder without articles": (["good.json", "--articles", "empty"], "empty: holds no article"),
    "no such package": (["good.json", "--package", "none"], "none: there is no such folder"),
    "no such model": (["good.json", "--articles", "a.txt", "--model", "xx_none"], "--model xx_none: no spaCy pipeline"),
    "no number of faults": (["good.json", "--faults", "all"], "usage: argument --faults: invalid int value"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_takes_one_line(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the place, the problem and the remedy, and the exit code is 2."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("Ferries merge\n\nThe ferries will merge in May, he said.\n", encoding="utf-8")
    (tmp_path / "broken.jsonl").write_text('{"id": 1}\n{', encoding="utf-8")
    (tmp_path / "odd.json").write_text("{}", encoding="utf-8")
    (tmp_path / "good.json").write_text('{"article": {}, "actors": []}', encoding="utf-8")
    (tmp_path / "bad.json").write_text('{"article": {},\n "actors": [\n  {"kind": "person"}]}', encoding="utf-8")
    words, message = BAD[case]
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith(f"broadsheet: {message}")
    assert err.count("\n") == 1


def test_bad_input_comes_as_json_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A program that asked for JSON gets JSON."""
    code, out, _ = run(capsys, tmp_path / "none.json", "--json")
    assert code == 2
    assert json.loads(out)["error"]["place"] == str(tmp_path / "none.json")


def test_each_article_can_be_built_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Together, an actor has its fullest name in any article; alone, the one that its own article gives."""
    texts = {
        "full": "The Democratic Party asked the Senate on Monday to delay the vote.",
        "short": "Democrats asked the Senate on Tuesday to delay the vote again.",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(f"Vote\n\n{text}\n", encoding="utf-8")
        article = read(f"Vote\n\n{text}\n")
        party = {"name": text.split(" asked")[0].removeprefix("The "), "kind": "organization", "country": "USA"}
        gold = {"article": {"title": "Vote", "text_sha256": article.text_sha256}, "actors": [party]}
        (tmp_path / f"{name}.json").write_text(json.dumps(gold), encoding="utf-8")

    def right(*more: str) -> int:
        code, out, _ = run(capsys, tmp_path, "--articles", tmp_path, "--json", "--quiet", *more)
        assert code == 0
        found: int = json.loads(out)["articles"]["measures"]["actors"]["right"]
        return found

    assert (right(), right("--separately")) == (1, 2)
    code, _, told = run(capsys, tmp_path / "full.json", "--articles", tmp_path / "short.txt", "--separately")
    assert (code, "has no text for 'Vote'" in told) == (2, True)
    code, _, told = run(capsys, tmp_path, "--package", tmp_path, "--separately")
    assert (code, "not allowed with argument" in told) == (2, True)
