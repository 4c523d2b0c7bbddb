"""The live board: 500 viewers, each with a session of its own, while somebody votes every second."""

import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from dashboard.store.passwords import token_digest
from dashboard.store.tables.accounts import Account, Appointment, SignInSession
from dashboard.store.transactions import Store, open_store
from tests.bench import report, viewers
from tests.bench.bed import Bed
from tests.bench.ground import settings_of
from tests.bench.server import Server, served
from tests.boards import cast, let_in, meeting_of
from tests.planting_rounds import Planted, open_round

VIEWERS, SECONDS, ROUNDS = 500, 8, 3
NAMES = [f"第{place}个项目" for place in range(1, 13)]


def measure(bed: Bed) -> None:
    """Print what the polls of a hall cost the server."""
    report.title(f"board: {VIEWERS} viewers poll every 0.4 s, one more deputy votes every second")
    folder = bed.folder()
    store = open_store(settings_of(folder).url)
    planted = open_round(store, options=NAMES, now=datetime.now(UTC))
    sessions = [f"session={token}" for token in _sessions(store)]
    token = secrets.token_urlsafe(32)
    let_in(store, planted.congress_id, meeting_of(store, planted), token)
    with served(folder) as server:
        server.wait()
        server.get("/health")
        voters = iter(planted.present)
        path = f"/board/{planted.code}/{planted.id}"
        runs = [_run(server, store, planted, path, sessions, voters) for _ in range(ROUNDS)]
        screens = [_run(server, store, planted, path, [f"screen={token}"] * VIEWERS, voters)]
    store.close()
    answers = [(run.boards + run.unchanged) / (SECONDS + 1) for run, _ in runs]
    report.figure("polls answered", answers, "1/s", digits=0)
    report.figure(
        "of them with a changed board", [run.boards / (SECONDS + 1) for run, _ in runs], "1/s", digits=0
    )
    report.figure("CPU of the server", [cpu for _, cpu in runs], "% of a core", most=50, digits=1)
    report.figure(
        "the same by a screen's token", [cpu for _, cpu in screens], "% of a core", most=50, digits=1
    )


def _run(
    server: Server, store: Store, planted: Planted, path: str, cookies: list[str], voters: Iterator[UUID]
) -> tuple[viewers.Seen, float]:
    """Let everybody watch while one votes every second; return what they saw, and CPU in percent of a core."""
    watching = viewers.watch(server, path, cookies, SECONDS + 1)
    # The first polls of all come at once, with nothing known: the hall has been open for a while.
    time.sleep(1)
    before, begun = server.cpu(), time.monotonic()
    for second in range(SECONDS):
        cast(store, planted, {next(voters): "1 2 3"})
        time.sleep(max(0, begun + second + 1 - time.monotonic()))
    cpu = (server.cpu() - before) / (time.monotonic() - begun) * 100
    found = viewers.seen(watching)
    if found.failures:
        raise RuntimeError(f"{found.failures} polls failed")
    return found, cpu


def _sessions(store: Store) -> list[str]:
    """Open a session for each viewer: those of the demonstration's leader."""
    now, tokens = datetime.now(UTC), [secrets.token_urlsafe(32) for _ in range(VIEWERS)]
    with store.system().writing() as session:
        account = session.scalars(select(Account).where(Account.name == "leader")).one()
        held = session.scalars(select(Appointment).where(Appointment.account_id == account.id)).one()
        session.add_all(
            SignInSession(
                id=token_digest(token),
                account_id=account.id,
                congress_id=held.congress_id,
                appointment_id=held.id,
                created_at=now,
                expires_at=now + timedelta(hours=12),
            )
            for token in tokens
        )
    return tokens
