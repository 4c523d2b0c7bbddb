"""A server in processes of its own: started on a free port, measured, stopped by its own number."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from dashboard.config import ROOT
from tests.bench.ground import settings_of

HOST = "127.0.0.1"
PATIENCE = 180.0


@dataclass(frozen=True)
class Server:
    """One running server with its folder."""

    port: int
    folder: Path
    process: psutil.Process

    @property
    def origin(self) -> str:
        """Return where it is reached."""
        return f"http://{HOST}:{self.port}"

    def cpu(self) -> float:
        """Return the CPU seconds that all of its processes have used."""
        times = [one.cpu_times() for one in (self.process, *self.process.children(recursive=True))]
        return sum(one.user + one.system for one in times)

    def wait(self) -> None:
        """Wait until it takes connections."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            try:
                socket.create_connection((HOST, self.port), timeout=1).close()
                return
            except OSError:
                with suppress(psutil.TimeoutExpired):
                    self.process.wait(0.01)
                    break
        log = (self.folder / "server.log").read_text(errors="replace")
        raise RuntimeError(f"the server did not start: {log[-1000:]}")

    def get(self, path: str) -> bytes:
        """Return the body of an address."""
        with urllib.request.urlopen(self.origin + path, timeout=30) as answer:
            body: bytes = answer.read()
            return body


@contextmanager
def served(folder: Path, *, plain: bool = False, database: str | None = None) -> Iterator[Server]:
    """Serve a filled folder, or another database; `plain` as Dash would by itself: all of plotly.js, uncompressed."""
    settings, port = settings_of(folder), _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
    environment |= {
        "DASHBOARD_VAR": str(folder),
        "DASHBOARD_DATABASE_URL": database or settings.database_url,
        "DASHBOARD_PORT": str(port),
        # A load comes from one machine and stands for many senders, whose rates are limited each.
        "DASHBOARD_PROXIES": "1",
    }
    if database is not None:
        environment["DASHBOARD_DEMONSTRATION"] = "false"
    if plain:
        environment["BENCH_PLAIN"] = "1"
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.served"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    server = Server(port, folder, psutil.Process(process.pid))
    try:
        yield server
    finally:
        _stop(process, server)


def _stop(process: "subprocess.Popen[bytes]", server: Server) -> None:
    started = server.process.children(recursive=True) if process.poll() is None else []
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
    for one in psutil.wait_procs(started, timeout=5)[1]:
        one.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
