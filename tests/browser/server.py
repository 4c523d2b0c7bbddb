"""The product's own server as a process of its own: started on a free port, stopped by its own id."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
PAUSE = 0.1
LOADED = "loaded.sqlite3"


def free_port() -> int:
    """Return a port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One installation in a folder of its own, on SQLite."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the server and the command line run with."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
        return inherited | {
            "DASHBOARD_PORT": str(self.port),
            "DASHBOARD_VAR": str(self.folder),
            "DASHBOARD_DATABASE_URL": f"sqlite:///{self.folder / 'dashboard.sqlite3'}",
            "PYTHONUNBUFFERED": "1",
        }

    def borrow(self, static: Path) -> None:
        """Take over files that were compressed before: they are named by what they were made from."""
        if static.is_dir() and not (self.folder / "static").exists():
            shutil.copytree(static, self.folder / "static", ignore=shutil.ignore_patterns("*.half"))

    def keep_as_loaded(self) -> None:
        """Keep a copy of the database as it is now, before any test has touched it."""
        self.back_up(self.folder / LOADED)

    def copy_of(self, other: "Server") -> None:
        """Start from what another server held when it was loaded, its accounts included."""
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(other.folder / LOADED, self.folder / "dashboard.sqlite3")
        shutil.copyfile(other.folder / "demo-accounts.txt", self.folder / "demo-accounts.txt")
        self.borrow(other.folder / "static")

    def back_up(self, into: Path) -> None:
        """Write a whole copy of the database, that of a running server too."""
        with sqlite3.connect(self.folder / "dashboard.sqlite3") as source, sqlite3.connect(into) as target:
            source.backup(target)

    def start(self) -> None:
        """Start, and wait until it is ready."""
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "app.py"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._is_ready():
                return
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(PAUSE)
                raise AssertionError(f"the server ended at its start:\n{self.log()}")
        self.stop()
        raise AssertionError(f"the server was not ready within {PATIENCE:.0f} s:\n{self.log()}")

    def stop(self) -> None:
        """Stop this server and no other one."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def command(self, *arguments: str) -> str:
        """Run a command of the command line on this installation and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "dashboard", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def passwords(self) -> dict[str, str]:
        """Return the demonstration's passwords by account."""
        lines = (self.folder / "demo-accounts.txt").read_text("utf-8").splitlines()
        return {line.split("\t")[0]: line.split("\t")[3] for line in lines}

    def at(self, path: str) -> re.Pattern[str]:
        """Return what an address of a page looks like, whichever project its curve shows."""
        return re.compile(re.escape(self.address + path) + r"(\?project=[0-9a-f-]+)?$")

    def log(self) -> str:
        """Return the last lines that the server wrote."""
        return "\n".join((self.folder / "server.log").read_text("utf-8").splitlines()[-20:])

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
