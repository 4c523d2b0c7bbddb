"""Viewers of a live board in a process of their own: each keeps its connection and polls as assets/board.js does."""

import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass

from dashboard.config import ROOT
from tests.bench.server import HOST, Server

EVERY = 0.4


@dataclass(frozen=True)
class Seen:
    """What all viewers were answered: boards, that nothing changed, and anything else."""

    boards: int
    unchanged: int
    failures: int


def watch(server: Server, path: str, cookies: list[str], seconds: float) -> "subprocess.Popen[str]":
    """Let one viewer for each cookie poll a board for some seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.viewers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdin is not None
    given = {"port": server.port, "path": path, "cookies": cookies, "seconds": seconds}
    process.stdin.write(json.dumps(given) + "\n")
    process.stdin.close()
    return process


def seen(process: "subprocess.Popen[str]") -> Seen:
    """Wait until the viewers go and return what they were answered."""
    assert process.stdout is not None
    said = process.stdout.read()
    process.wait(30)
    return Seen(**json.loads(said))


async def _view(port: int, path: str, cookie: str, late: float, until: float, counts: dict[str, int]) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.sleep(late)
    reader, writer = await asyncio.open_connection(HOST, port)
    etag, turn = "", loop.time()
    while loop.time() < until:
        known = f"If-None-Match: {etag}\r\n" if etag else ""
        head = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookie}\r\nAccept-Encoding: gzip, deflate, br\r\n"
        writer.write(f"{head}{known}\r\n".encode())
        status = int((await reader.readline()).split()[1])
        length = 0
        while (row := await reader.readline()) not in {b"\r\n", b""}:
            name, _, value = row.decode().partition(":")
            if name.lower() == "content-length":
                length = int(value)
            elif name.lower() == "etag":
                etag = value.strip()
        if status != 304 and length:
            await reader.readexactly(length)
        counts["boards" if status == 200 else "unchanged" if status == 304 else "failures"] += 1
        turn += EVERY
        await asyncio.sleep(max(0, turn - loop.time()))
    writer.close()


async def _all(given: dict[str, object]) -> dict[str, int]:
    counts = {"boards": 0, "unchanged": 0, "failures": 0}
    cookies = given["cookies"]
    assert isinstance(cookies, list)
    loop = asyncio.get_running_loop()
    until = loop.time() + float(str(given["seconds"]))
    port, path = int(str(given["port"])), str(given["path"])
    views = [
        _view(port, path, cookie, EVERY * place / len(cookies), until, counts)
        for place, cookie in enumerate(cookies)
    ]
    await asyncio.gather(*views)
    return counts


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_all(json.loads(sys.stdin.readline())))))
