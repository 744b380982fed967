"""The git repository of a dataset: uncommitted changes, and older releases in its history."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.publishing.package import DESCRIPTOR
from broadsheet.publishing.release.snapshot import Snapshot, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


_SAFE = ("--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false")
"""Repositories are untrusted: their settings must not run programs, and reading them must not write anything."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository with a package at its root.

    Attributes:
        root: Its folder.
    """

    root: Path

    def exists(self) -> bool:
        """Whether the folder is the top of a git repository with a commit."""
        try:
            top = self._git("rev-parse", "--show-toplevel", "--verify", "HEAD").decode().splitlines()[0]
        except InputError:
            return False
        return self.root.resolve().samefile(top)

    def changed(self) -> list[str]:
        """The files that are modified or untracked."""
        status = self._git("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames").decode()
        return sorted(entry[3:] for entry in status.split("\0") if entry)

    def day(self) -> str:
        """The date of the last commit, by its committer's clock."""
        return self._git("log", "-1", "--format=%cs").decode().strip()

    def versions(self) -> Iterator[tuple[str, str]]:
        """Yields version and commit, newest first, for each commit that changed the package."""
        for commit in self._git("log", "--format=%H", "--", DESCRIPTOR).decode().split():
            descriptor = self._descriptor(commit)
            if descriptor is not None:
                yield str(descriptor.get("version")), commit

    def committed(self, commit: str = "HEAD") -> Snapshot | None:
        """The package in a commit; None if it has no Broadsheet package."""
        descriptor = self._descriptor(commit)
        if descriptor is None:
            return None
        return snapshot(descriptor, lambda path: self.content(path, commit), f"{self.root} at {commit[:12]}")

    def release(self, version: str) -> Snapshot:
        """The latest package of that version in the history.

        Raises:
            InputError: If no commit has that version.
        """
        known: list[str] = []
        for found, commit in self.versions():
            if found == version and (package := self.committed(commit)) is not None:
                return package
            if found not in known:
                known.append(found)
        fix = f"there are {', '.join(known)}" if known else "it holds no package"
        raise InputError(f"version {version}", f"is not in the history of {self.root}", fix)

    def content(self, path: str, commit: str = "HEAD") -> bytes:
        """The content of a file in a commit.

        Raises:
            OSError: If the commit has no such file.
        """
        try:
            return self._git("cat-file", "blob", f"{commit}:{path}")
        except InputError as error:
            raise FileNotFoundError(path) from error

    def _descriptor(self, commit: str) -> dict[str, Any] | None:
        try:
            content = json.loads(self.content(DESCRIPTOR, commit))
        except (OSError, ValueError):
            return None
        return content if isinstance(content, dict) and "broadsheet" in content else None

    def _git(self, *words: str) -> bytes:
        return _run(["git", *_SAFE, "-C", str(self.root), *words])


def _run(command: Sequence[str]) -> bytes:
    try:
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - git, with our own arguments
    except FileNotFoundError as error:
        raise InputError("git", "is not installed", "install it") from error
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError("git", lines[-1] if lines else "failed", "look at the repository") from error
    return done.stdout
