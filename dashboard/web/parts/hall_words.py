"""What the pages of the hall say: the finding, what is under it, where a deputy stands."""

from dashboard.i18n import Words
from dashboard.rules.hall import RUNNING
from dashboard.rules.hall_frames import PRESENT, Quorum, Standing
from dashboard.web.parts.text import Sentence


def finding(words: Words, standing: Standing) -> Sentence:
    """Return to a deputy where the deputy stands, to others how many are there and whether that is enough."""
    quorum = standing.quorum
    if quorum is None:
        return own_finding(standing)
    facts = {"present": words.count(quorum.present), "missing": words.count(quorum.missing)}
    if standing.state not in RUNNING:
        return Sentence(
            "hall.finding.not_running" if standing.state == "draft" else "hall.finding.over", facts
        )
    return Sentence("hall.finding.reached" if quorum.is_reached else "hall.finding.missing", facts)


def own_finding(standing: Standing) -> Sentence:
    """Return where the deputy stands and what comes next."""
    if standing.state == "draft":
        return Sentence("hall.own.draft")
    if standing.state not in RUNNING:
        return Sentence("hall.own.over")
    if standing.own == PRESENT:
        return Sentence(f"hall.own.present.{standing.state}")
    return Sentence(f"hall.own.{standing.own}")


def quorum_line(words: Words, quorum: Quorum) -> str:
    """Return the numbers behind the finding: entitled, present, needed."""
    return words(
        "hall.quorum.line",
        entitled=words.count(quorum.entitled),
        present=words.count(quorum.present),
        needed=words.count(quorum.needed),
    )
