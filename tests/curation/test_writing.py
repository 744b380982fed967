"""Writing a correction down."""

from __future__ import annotations

from dataclasses import replace

from broadsheet.base.span import Span
from broadsheet.curation import Action, Correction, parse_curation
from broadsheet.curation.writing import merged, with_correction

CHANGE = Correction(
    "quotes",
    ("quo_0123456789abcdef",),
    Action.CHANGE,
    'He said "no", she\nsaid so.',
    Span(3, 9),
    "art_0123456789abcdef",
    {"cue": "deny", "char_start": 4},
    {"cue": None, "char_start": 3},
    {"cue": Span(20, 24)},
)


def read_back(text: str) -> list[Correction]:
    """The corrections of a text, without their places."""
    return [replace(c, place="") for c in parse_curation(text, "c.toml").corrections]


def test_what_is_written_is_read_back() -> None:
    """Quotation marks, line ends and null survive."""
    assert read_back(with_correction("", CHANGE)) == [CHANGE]


def test_a_curator_s_own_words_stay() -> None:
    """Comments and other entries are left as they are."""
    text = '# Checked by two readers.\n[[correction]]\ntable = "events" # a note\nrow = "eve_0123456789abcdef"\n'
    text += 'action = "drop"\nreason = "Told twice."\nspan = [1, 5]\n'
    written = with_correction(text, CHANGE)
    assert written.startswith(text)
    assert len(read_back(written)) == 2


def test_a_second_correction_of_a_row_changes_its_entry() -> None:
    """One entry a row, with the extractor's value as the old one."""
    again = replace(CHANGE, cells={"cue": "admit"}, was={"cue": "deny"}, evidence={}, reason="It was an admission.")
    [entry] = read_back(with_correction(with_correction("", CHANGE), merged(again, CHANGE)))
    assert entry.cells == {"cue": "admit", "char_start": 4}
    assert entry.was == {"cue": None, "char_start": 3}


def test_dropping_replaces_the_entry() -> None:
    """What was changed is gone with the row."""
    drop = replace(CHANGE, action=Action.DROP, cells={}, was={}, evidence={})
    assert read_back(with_correction(with_correction("", CHANGE), merged(drop, CHANGE))) == [drop]
