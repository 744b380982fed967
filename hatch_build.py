"""Compiles the loops in C for a wheel or an editable installation, where there is a compiler."""

import runpy
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LoopsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled library; without it, the wheel runs on every system."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles before the files of the wheel are chosen."""
        script = Path(self.root, "src", "broadsheet", "analysis", "native", "build.py")
        made = runpy.run_path(str(script))["compile_all"]()
        if made and version != "editable":
            build_data["artifacts"].extend(str(path.relative_to(self.root)) for path in made)
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
