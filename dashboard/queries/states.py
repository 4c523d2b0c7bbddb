"""The light of a project from the state that is kept of it, where its reports are not read."""

from datetime import date

from dashboard.queries.projects import ACCEPTED
from dashboard.rules.lights import CANCELLED
from dashboard.rules.standing import KeptState, kept_light
from dashboard.rules.supervision_rules import SupervisionRules
from dashboard.store.tables.progress import Project, ProjectState


def state_light(row: Project, state: ProjectState | None, last: date | None, rules: SupervisionRules) -> str:
    """Return a project's light as of the last month that its cycle reported, or, with None, as of its own."""
    if row.state == CANCELLED:
        return CANCELLED
    kept = None
    if state is not None:
        kept = KeptState(state.month, state.share, state.planned, state.grown, state.early)
    return kept_light(kept, last, rules, accepted=row.state == ACCEPTED)
