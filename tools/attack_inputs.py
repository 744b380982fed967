"""Attacks what is read: `python3 dev.py run python tools/attack_inputs.py [--what limits|work] [--size MB]`.

`limits` reads an article over the limit in every format, first a little over it, then of so many megabytes, each in a
process of its own with bounded address space; and pipes, devices and sockets. Each must come to one reject. `work`
damages every file and folder of a work folder in every way of a list (`tests/corpus/work_attacks.py`) and builds again:
the package must be that of an undisturbed build, or one clear error must say why not. Prints the counts, the peak of
memory and each fault, and ends with 1 if there is a fault.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from corpus.work_attacks import Field
from reading.inputs.over_limit import FORMATS, body, limit_fault, read_in_child, special_files

from broadsheet.base.limit import MAX_CHARACTERS

ADDRESS_SPACE = 4_000
"""Maximum address space of a process, in MB."""
MOST_MEMORY = 700
"""Maximum memory of a process, in MB, including its libraries."""
PATIENCE = 300.0
"""Seconds for one input; the machine may be busy."""


def limits(size: int) -> list[str]:
    """Reads articles over the limit.

    Args:
        size: MB of the large ones.

    Returns:
        The faults.
    """
    faults: list[str] = []
    peaks: dict[str, int] = {}
    with TemporaryDirectory() as place:
        folder = Path(place)
        little, large = body(MAX_CHARACTERS + MAX_CHARACTERS // 20), body(size << 20)
        for name, write in FORMATS.items():
            path = folder / name
            path.write_bytes(write(little))
            if fault := limit_fault(path, MAX_CHARACTERS):
                faults.append(f"{name}, a little over the limit: {fault[:300]}")
            path.write_bytes(write(large))
            peaks[name] = _tried(name, path, faults)
            path.unlink()
        for kind, path in special_files(folder).items():
            peaks[kind] = _tried(kind, path, faults)
    worst = max(peaks, key=peaks.__getitem__)
    print(
        f"limits: {len(FORMATS)} formats, of {MAX_CHARACTERS:,} characters and over and of {size} MB, and"
        f" {len(peaks) - len(FORMATS)} kinds of special files: {len(faults)} faults; peak {peaks[worst]} MB ({worst})",
        flush=True,
    )
    return faults


def _tried(name: str, path: Path, faults: list[str]) -> int:
    """Peak memory for an input, in MB."""
    peak, fault = read_in_child(path, MAX_CHARACTERS, ADDRESS_SPACE, PATIENCE)
    if fault is not None:
        faults.append(f"{name}: {fault[:300]}")
    elif peak > MOST_MEMORY:
        faults.append(f"{name}: takes {peak} MB")
    return peak


def work(seed: int) -> list[str]:
    """Damages a work folder.

    Args:
        seed: Determines the positions of flipped bits.

    Returns:
        The faults.
    """
    faults: list[str] = []
    with TemporaryDirectory() as place:
        field = Field.laid(Path(place))
        attacks = list(field.attacks())
        for attack in attacks:
            if fault := field.fault(attack, seed):
                faults.append(f"{attack}: {fault}")
    healed, refused = field.counts["healed"], field.counts["refused"]
    print(
        f"work: {len(attacks)} attacks, {healed} healed, {refused} refused with one error, {len(faults)} faults",
        flush=True,
    )
    return faults


def main() -> int:
    """Runs the attacks that the arguments name."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--what", choices=("limits", "work"), help="one of the two (default: both)")
    parser.add_argument("--size", type=int, default=50, metavar="MB", help="of the large articles")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    arguments = parser.parse_args()
    faults: list[str] = []
    if arguments.what != "work":
        faults += limits(arguments.size)
    if arguments.what != "limits":
        faults += work(arguments.seed)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
