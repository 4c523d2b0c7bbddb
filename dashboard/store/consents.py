"""Proposals to do an act together: those of a round that wait, and what ends them when the round moves on."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.store.tables.sealing import RoundConsent

PROPOSED, ASSENTED, WITHDRAWN, DECLINED, LAPSED = "proposed", "assented", "withdrawn", "declined", "lapsed"


def waiting_consents(session: Session, round_id: UUID) -> list[RoundConsent]:
    """Return the proposals on a round that nobody has decided, those too that have waited too long."""
    found = select(RoundConsent).where(RoundConsent.round_id == round_id, RoundConsent.state == PROPOSED)
    return list(session.scalars(found))


def lapse(consents: Iterable[RoundConsent]) -> None:
    """End proposals that were made to a round as it is no more; the act that ends them states the consents."""
    for one in consents:
        one.state = LAPSED
