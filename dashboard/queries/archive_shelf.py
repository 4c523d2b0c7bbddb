"""The rows of the published facts as frames, each with its place and where it was read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.archive_frames import Balloted, Cited, Figure, Listing, Node, Shelf, Way
from dashboard.rules.hosts import host_of
from dashboard.store.tables.reference import (
    Fact,
    ReferenceFunnel,
    ReferenceMilestone,
    ReferencePress,
    ReferenceProgress,
    ReferenceProject,
    ReferenceRegion,
    ReferenceSatisfaction,
)

# What stands in the place of an address that is not known, before the words that the file has instead.
WITHOUT_ADDRESS = "no-URL"

Share = tuple[int | None, str | None, date | None]


@dataclass(frozen=True)
class Sources:
    """Which hosts an address may link to: `exact` ones alone, those under `suffixes` too."""

    exact: dict[str, str]
    suffixes: tuple[str, ...]
    _known: dict[str, Cited] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[ReferencePress]) -> "Sources":
        """Return the hosts of the committed list."""
        listed = list(rows)
        named = {row.host: row.name for row in listed if row.match == "exact"}
        return cls(named, tuple(row.host for row in listed if row.match == "suffix"))

    def cited(self, address: str) -> Cited:
        """Return a source: linked where the host is official or named press, else its host as text."""
        known = self._known.get(address)
        if known is None:
            known = self._known[address] = self._read(address)
        return known

    def _read(self, address: str) -> Cited:
        host = host_of(address)
        if host is None:
            return Cited(address.removeprefix(WITHOUT_ADDRESS).strip(": "))
        official = any(host == one or host.endswith(f".{one}") for one in self.suffixes)
        named = self.exact.get(host)
        return Cited(named or host, address, address if named or official else None)


def shelf(session: Session) -> Shelf:
    """Return every published row in the order of its file."""
    regions = {row.name: row for row in session.scalars(select(ReferenceRegion))}
    sources = Sources.of(session.scalars(select(ReferencePress)))
    reported = list(session.scalars(select(ReferenceProgress).order_by(ReferenceProgress.id)))
    last = _last_shares(reported)

    def where(row: Fact) -> tuple[str, int | None, bool]:
        region = regions[row.region]
        return region.plain_name, row.year, region.inferred

    return Shelf(
        projects=tuple(
            Listing(
                *where(row), row.stage, row.name, row.category, row.category_guessed, row.kind, row.budget,
                row.department, row.votes_for, row.votes_total, sources.cited(row.source),
                *last.get(row.id, (None, None, None)),
            )
            for row in session.scalars(select(ReferenceProject).order_by(ReferenceProject.id))
        ),
        progress=tuple(
            Figure(
                *where(row), row.name, row.month, row.share, row.share_of, row.invested, row.note,
                row.project_id is not None, sources.cited(row.source),
            )
            for row in reported
        ),
        nodes=tuple(
            Node(*where(row), row.name, row.month, row.share, row.note, sources.cited(row.source))
            for row in session.scalars(select(ReferenceMilestone).order_by(ReferenceMilestone.id))
        ),
        ballots=tuple(
            Balloted(
                *where(row), row.name, row.satisfied, row.basically, row.dissatisfied, row.total,
                row.body or "", sources.cited(row.source),
            )
            for row in session.scalars(select(ReferenceSatisfaction).order_by(ReferenceSatisfaction.id))
        ),
        ways=tuple(
            Way(
                *where(row), row.collected, row.collected_text, row.steps, row.candidates, row.elected,
                row.deputies_voting, row.method, row.voters, sources.cited(row.source),
            )
            for row in session.scalars(select(ReferenceFunnel).order_by(ReferenceFunnel.id))
        ),
    )  # fmt: skip


def _last_shares(reported: Iterable[ReferenceProgress]) -> dict[int, Share]:
    """Return for each project the last share that was published under its very name."""
    found: dict[int, Share] = {}
    for row in reported:
        if row.project_id is None or row.share is None:
            continue
        before = found.get(row.project_id)
        if before is None or (row.month or date.min) >= (before[2] or date.min):
            found[row.project_id] = (row.share, row.share_of, row.month)
    return found
