"""Load on one server, bounded in time: by wrk where it is installed, else by plain sockets in another process."""

import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field

from dashboard.config import ROOT
from tests.bench.server import HOST, Server

CONNECTIONS = 8
SECONDS = 1.0

LUA = """
local calls, turn = {}, 0
function init()
%s
end
function request()
  turn = turn %% #calls + 1
  return calls[turn]
end
function done(summary)
  local errors = summary.errors
  io.write(string.format("\\nRESULT %%d %%d %%d\\n", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"""


@dataclass(frozen=True)
class Request:
    """One request of a load."""

    path: str
    method: str = "GET"
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def raw(self) -> bytes:
        """Return the request as it goes over the wire."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {HOST}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.method == "POST":
            lines.append(f"Content-Length: {len(self.body.encode())}")
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


@dataclass(frozen=True)
class Run:
    """What one run gave: answers, seconds, failures, CPU seconds of the server."""

    answers: int
    seconds: float
    failures: int
    cpu: float

    @property
    def rate(self) -> float:
        """Return answers a second."""
        return self.answers / self.seconds

    @property
    def cpu_each(self) -> float:
        """Return the server's CPU for one answer in microseconds."""
        return self.cpu / self.answers * 1e6


def generator() -> str:
    """Return what makes the load here."""
    return "wrk" if shutil.which("wrk") else "plain sockets (wrk is not installed)"


def run(server: Server, *requests: Request, seconds: float = SECONDS) -> Run:
    """Send requests in turn on a few connections for some seconds; a failed one makes the figure worthless."""
    before = server.cpu()
    answers, took, failures = (_wrk if shutil.which("wrk") else _sockets)(server, requests, seconds)
    found = Run(answers, took, failures, server.cpu() - before)
    if found.failures or not found.answers:
        raise RuntimeError(f"{found.failures} of {found.answers} requests failed: {requests[0].path}")
    return found


def _wrk(server: Server, requests: tuple[Request, ...], seconds: float) -> tuple[int, float, int]:
    calls = []
    for number, one in enumerate(requests, 1):
        headers = ", ".join(
            f"[{json.dumps(name)}] = {json.dumps(value)}" for name, value in one.headers.items()
        )
        body = f"[==[{one.body}]==]" if one.method == "POST" else "nil"
        calls.append(f"  calls[{number}] = wrk.format({one.method!r}, {one.path!r}, {{{headers}}}, {body})")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA % "\n".join(calls))
        script.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{max(1, round(seconds))}s",
            "-s",
            script.name,
            server.origin,
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    result = re.search(r"RESULT (\d+) (\d+) (\d+)", said)
    assert result is not None, said
    answers, microseconds, failures = map(int, result.groups())
    return answers, microseconds / 1e6, failures


def _sockets(server: Server, requests: tuple[Request, ...], seconds: float) -> tuple[int, float, int]:
    given = {"port": server.port, "seconds": seconds, "requests": [asdict(one) for one in requests]}
    command = [sys.executable, "-m", "tests.bench.load"]
    said = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    ).stdout
    answers, took, failures = json.loads(said)
    return answers, took, failures


def _client(port: int, raws: list[bytes], until: float, counts: list[int]) -> None:
    with (
        socket.create_connection((HOST, port), timeout=10) as connection,
        connection.makefile("rb") as answers,
    ):
        turn = 0
        while time.monotonic() < until:
            connection.sendall(raws[turn % len(raws)])
            turn += 1
            status = int(answers.readline().split()[1])
            length = 0
            while (row := answers.readline()) not in {b"\r\n", b""}:
                if row.lower().startswith(b"content-length:"):
                    length = int(row.split(b":")[1])
            if status != 304:
                answers.read(length)
            counts[0] += 1
            counts[1] += status >= 400


def _main() -> None:
    given = json.load(sys.stdin)
    raws = [Request(**one).raw() for one in given["requests"]]
    started = time.monotonic()
    until = started + given["seconds"]
    counts = [[0, 0] for _ in range(CONNECTIONS)]
    clients = [threading.Thread(target=_client, args=(given["port"], raws, until, each)) for each in counts]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took = time.monotonic() - started
    print(json.dumps([sum(each[0] for each in counts), took, sum(each[1] for each in counts)]))


if __name__ == "__main__":
    _main()
