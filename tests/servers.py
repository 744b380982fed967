"""A PostgreSQL server for the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import needs
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server on a socket in its own folder; stopped afterwards."""
    psycopg = needs.module("psycopg")
    binaries = Path(needs.program("initdb", "usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")).parent
    folder = Path(tempfile.mkdtemp(prefix="broadsheet-pg-", dir="/tmp"))
    # PostgreSQL refuses to run as root.
    user = _unprivileged() if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    initdb = [str(binaries / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "desk", "-E", "UTF8", "-N"]
    subprocess.run([*initdb, "--locale=C"], check=True, capture_output=True, user=user, cwd=folder)
    server = [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), "-c", "listen_addresses="]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([*server, "-F"], stdout=log, stderr=log, user=user, cwd=folder)
    address = f"postgresql://desk@/postgres?host={folder}"
    try:
        for _ in range(200):
            try:
                psycopg.connect(address).close()
                break
            except psycopg.OperationalError:
                time.sleep(0.05)
        else:
            pytest.fail((folder / "log").read_text())
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
        shutil.rmtree(folder)


def _unprivileged() -> str:
    """The name of a user that is not root."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)
