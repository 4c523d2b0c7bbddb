"""One filled folder, made once, and the folders and servers that ideas ask for."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import ground
from tests.bench.server import Server, served


@dataclass
class Bed:
    """What is shared between the ideas of one bench."""

    root: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def folder(self) -> Path:
        """Return a fresh folder with the demonstration."""
        template = self.root / "template"
        if not template.exists():
            template.mkdir()
            ground.make(template)
            # One start compresses the assets, which every copy then finds ready.
            with served(template) as server:
                server.wait()
                server.get("/health")
        return ground.copy(template, self.root / str(next(self._numbers)))

    @contextmanager
    def server(self, *, plain: bool = False) -> Iterator[Server]:
        """Serve a fresh folder, ready to answer."""
        with served(self.folder(), plain=plain) as server:
            server.wait()
            server.get("/health")
            yield server
