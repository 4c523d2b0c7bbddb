"""Many phones that each press once: requests made beforehand, sent over plain connections by one light loop."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.server import HOST


@dataclass(frozen=True)
class Pressed:
    """How long each press waited for its answer, how many were not taken, and how long all took."""

    waits: Sequence[float]
    refused: Sequence[bytes]
    seconds: float

    @property
    def rate(self) -> float:
        """Return answers a second."""
        return len(self.waits) / self.seconds


class _Phone(asyncio.Protocol):
    """One connection: sends what it is given and hands the answer's bytes over."""

    def __init__(self) -> None:
        self._read = b""
        self.transport: asyncio.Transport | None = None
        self.answer: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        if len(body) >= length and self.answer is not None:
            self._read = b""
            self.answer.set_result(head + body)

    def connection_lost(self, error: Exception | None) -> None:
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(error or ConnectionError("the server closed the connection"))

    async def press(self, request: bytes) -> bytes:
        """Send a request and return its answer."""
        assert self.transport is not None
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.answer


async def _phone(port: int) -> _Phone:
    _, phone = await asyncio.get_running_loop().create_connection(_Phone, HOST, port)
    return phone


def press_all(port: int, requests: Sequence[bytes], clients: int) -> Pressed:
    """Send requests from so many clients at once, each the next one as soon as it has its answer."""

    async def run() -> Pressed:
        waits, refused, left = list[float](), list[bytes](), iter(requests)
        phones = [await _phone(port) for _ in range(clients)]

        async def client(phone: _Phone) -> None:
            for request in left:
                begun = time.perf_counter()
                answer = await phone.press(request)
                waits.append(time.perf_counter() - begun)
                if b" 200 " not in answer[:16]:
                    refused.append(answer)

        begun = time.perf_counter()
        await asyncio.gather(*map(client, phones))
        return Pressed(waits, refused, time.perf_counter() - begun)

    return asyncio.run(run())


def press_within(port: int, requests: Sequence[bytes], seconds: float) -> Pressed:
    """Send requests evenly within some seconds, each over a connection of its own, whatever the others wait for."""

    async def run() -> Pressed:
        waits, refused = list[float](), list[bytes]()

        async def one(request: bytes, after: float) -> None:
            await asyncio.sleep(after)
            begun = time.perf_counter()
            phone = await _phone(port)
            answer = await phone.press(request)
            waits.append(time.perf_counter() - begun)
            if b" 200 " not in answer[:16]:
                refused.append(answer)
            assert phone.transport is not None
            phone.transport.close()

        begun = time.perf_counter()
        step = seconds / len(requests)
        await asyncio.gather(*(one(request, number * step) for number, request in enumerate(requests)))
        return Pressed(waits, refused, time.perf_counter() - begun)

    return asyncio.run(run())
