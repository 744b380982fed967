"""The readings share no code with the parsers: an error of a parser cannot hide itself."""

from __future__ import annotations

import ast
from pathlib import Path

import broadsheet

ROOT = Path(broadsheet.__file__).parent
PARSERS = ("broadsheet.analysis", "broadsheet.extraction", "broadsheet.identity")
GROUNDING = ("quality/validation/grounding.py", "quality/validation/readings/__init__.py")


def imported(path: Path) -> set[str]:
    """Every module of ours that a file names in an import, at any level and also for type checkers."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            module = node.module or ""
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.startswith("broadsheet.")}


def file_of(module: str) -> Path | None:
    """The file of a module; None for a name inside one."""
    place = ROOT.joinpath(*module.split(".")[1:])
    return next((p for p in (place.with_suffix(".py"), place / "__init__.py") if p.is_file()), None)


def test_the_readings_reach_no_parser() -> None:
    """Grounding and readings import, directly or through others, no parser, no analysis and no joining of actors."""
    waiting = [ROOT / name for name in GROUNDING] + sorted((ROOT / "quality" / "validation" / "readings").glob("*.py"))
    seen: dict[Path, str] = {path: path.name for path in waiting}
    while waiting:
        path = waiting.pop()
        for module in sorted(imported(path)):
            chain = f"{seen[path]} -> {module}"
            assert not module.startswith(PARSERS), chain
            found = file_of(module)
            if found is not None and found not in seen:
                seen[found] = chain
                waiting.append(found)
    assert ROOT / "quality" / "validation" / "readings" / "printed.py" in seen
