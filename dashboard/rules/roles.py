"""The one table of permissions: which role may do what, and by which relation to its subject.

The README's table, the navigation and the tests are made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who acts: the public, or one of an account's appointments."""

    PUBLIC = "public"
    DEPUTY = "deputy"
    LEADER = "leader"
    CLERK = "clerk"
    PRESIDIUM = "presidium"
    COORDINATOR = "coordinator"
    DEPARTMENT = "department"
    ADMIN = "admin"


class Relation(StrEnum):
    """What ties an actor to the subject of an action, beyond the role."""

    NONE = "none"
    OWN_ACCOUNT = "own_account"
    IN_OFFICE = "in_office"
    RESPONSIBLE = "responsible"
    LEADING = "leading"
    CONCERNED = "concerned"
    AUTHOR = "author"
    ON_ROLL = "on_roll"
    OFFICER = "officer"
    SCRUTINEER = "scrutineer"
    CHIEF = "chief"
    TELLER = "teller"
    SCREEN = "screen"
    HEADING = "heading"
    GOING = "going"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done: by whom, in which stage of the cycle, and whether it writes."""

    name: str
    roles: Mapping[Role, Relation]
    writes: bool = False
    stage: str | None = None


# Who reads what the congress prepares before it is published; deputies read what they ask and visit.
PREPARING = frozenset({Role.LEADER, Role.CLERK, Role.PRESIDIUM})
ASKING = PREPARING | {Role.DEPUTY}
MEMBERS = tuple(role for role in Role if role is not Role.PUBLIC)


def _by(*roles: Role, relation: Relation = Relation.NONE) -> dict[Role, Relation]:
    return dict.fromkeys(roles, relation)


_TABLE = (
    Action("congress.read", _by(*Role)),
    Action("overview.read", _by(*Role)),
    Action("project.read", _by(*Role)),
    Action("order.read", _by(*Role)),
    # Plans and documents, to others once a round on them is announced (queries/candidates.py).
    Action("candidate.read", _by(*Role)),
    Action("candidate.describe", _by(Role.CLERK), writes=True),
    Action("round.read", _by(*Role)),
    # Whom the rule set frozen into the round names (rules/box_readers.py).
    Action("box.read", _by(*Role)),
    Action("box.recount", _by(*Role)),
    Action("deputy.read", _by(*Role)),
    Action("rollup.read", _by(*Role)),
    Action("reference.read", _by(*Role)),
    Action("inquiry.read", _by(*Role)),
    Action("assessment.read", _by(*Role)),
    Action("department.read", _by(*Role)),
    # What is not published of a round, to those inside it alone (queries/inside.py).
    Action("document.read", _by(*Role)),
    Action("document.make", _by(Role.CLERK), writes=True),
    # The month as it is sent out: by the clerk who sends it, and the leaders.
    Action("bulletin.read", _by(Role.LEADER, Role.CLERK)),
    Action("rank.read", _by(Role.LEADER, Role.CLERK, Role.PRESIDIUM, Role.DEPARTMENT)),
    Action("topic.read", _by(*Role)),
    Action("data.read", _by(*Role)),
    Action("desk.read", _by(*MEMBERS)),
    # What is due to whom (督办, 整改) is internal.
    Action(
        "task.read",
        _by(Role.LEADER, Role.CLERK, Role.PRESIDIUM, Role.COORDINATOR, Role.DEPARTMENT),
    ),
    Action("hall.read", _by(*Role)),
    Action("check_in.read", _by(Role.DEPUTY, Role.LEADER, Role.CLERK, Role.PRESIDIUM)),
    Action("check_in.turnout", _by(Role.LEADER, Role.CLERK)),
    Action("check_in.names", _by(Role.CLERK)),
    Action("check_in.review", _by(Role.DEPUTY, relation=Relation.SCRUTINEER)),
    Action("account.sign_in", _by(*Role), writes=True),
    Action("account.read", _by(*MEMBERS, relation=Relation.OWN_ACCOUNT)),
    Action("account.sign_out", _by(*MEMBERS, relation=Relation.OWN_ACCOUNT), writes=True),
    Action("account.change_password", _by(*MEMBERS, relation=Relation.OWN_ACCOUNT), writes=True),
    Action("account.choose_appointment", _by(*MEMBERS, relation=Relation.OWN_ACCOUNT), writes=True),
    Action(
        "report.submit", _by(Role.DEPARTMENT, relation=Relation.RESPONSIBLE), writes=True, stage="deliver"
    ),
    Action("report.publish", _by(Role.CLERK), writes=True, stage="deliver"),
    Action("report.return", _by(Role.CLERK), writes=True, stage="deliver"),
    Action("report.draft", _by(Role.DEPARTMENT, relation=Relation.RESPONSIBLE), writes=True, stage="deliver"),
    # A report before it is published: whoever writes it, and who checks it.
    Action("report.form", _by(Role.CLERK) | _by(Role.DEPARTMENT, relation=Relation.RESPONSIBLE)),
    Action("report.check", _by(Role.CLERK, Role.LEADER, Role.COORDINATOR)),
    # Published ones to everyone, others to whom their report is shown.
    Action("attachment.read", _by(*Role)),
    Action(
        "objection.raise",
        _by(Role.DEPUTY, relation=Relation.IN_OFFICE) | _by(Role.DEPARTMENT, relation=Relation.RESPONSIBLE),
        writes=True,
        stage="deliver",
    ),
    Action("objection.answer", _by(Role.CLERK), writes=True, stage="deliver"),
    # One's own, those on one's own projects, all to those who check.
    Action(
        "objection.read",
        _by(Role.DEPUTY, Role.DEPARTMENT, Role.CLERK, Role.LEADER, Role.COORDINATOR),
    ),
    # A plan, and a change of one, before it is in force; joint departments read along.
    Action(
        "plan.read",
        _by(Role.LEADER, Role.CLERK, Role.PRESIDIUM, Role.COORDINATOR)
        | _by(Role.DEPARTMENT, relation=Relation.RESPONSIBLE),
    ),
    Action("plan.draft", _by(Role.CLERK) | _by(Role.DEPARTMENT, relation=Relation.LEADING), writes=True),
    Action("plan.submit", _by(Role.CLERK) | _by(Role.DEPARTMENT, relation=Relation.LEADING), writes=True),
    Action("plan.approve", _by(Role.CLERK), writes=True),
    Action("plan.return", _by(Role.CLERK, Role.COORDINATOR), writes=True),
    Action("plan.record_approval", _by(Role.COORDINATOR), writes=True),
    Action("plan.record_decision", _by(Role.CLERK), writes=True),
    Action(
        "paper.read",
        {Role.CLERK: Relation.NONE, Role.DEPUTY: Relation.OFFICER},
    ),
    Action("paper.issue", _by(Role.DEPUTY, relation=Relation.OFFICER), writes=True),
    Action("paper.enter", _by(Role.DEPUTY, relation=Relation.TELLER), writes=True),
    Action("paper.seal", _by(Role.DEPUTY, relation=Relation.CHIEF), writes=True),
    Action("paper.settle", _by(Role.DEPUTY, relation=Relation.SCRUTINEER), writes=True),
    Action("what_if.read", _by(Role.LEADER, Role.CLERK)),
    Action("remark.add", _by(Role.DEPUTY, relation=Relation.IN_OFFICE), writes=True, stage="deliver"),
    # One's own and those on one's own projects, all to those who supervise; the public what is published.
    Action("remark.read", _by(*Role)),
    Action("remark.answer", _by(Role.DEPARTMENT, relation=Relation.RESPONSIBLE), writes=True),
    Action("remark.judge", _by(Role.DEPUTY, relation=Relation.AUTHOR), writes=True),
    Action("remark.publish", _by(Role.CLERK), writes=True),
    Action("week.read", _by(*Role)),
    Action("week.turnout", _by(Role.DEPUTY, Role.LEADER, Role.CLERK, Role.PRESIDIUM)),
    Action("week.open", _by(Role.CLERK), writes=True),
    Action("group.set", _by(Role.CLERK), writes=True),
    # Whom a group or an inspection can be made of.
    Action("supervision.form", _by(Role.CLERK, Role.DEPUTY)),
    # Published ones to everyone, others to who goes, the project's group, and who prepares (queries/inspections.py).
    Action("inspection.read", _by(*Role)),
    Action("inspection.plan", _by(Role.CLERK) | _by(Role.DEPUTY, relation=Relation.HEADING), writes=True),
    Action("inspection.cancel", _by(Role.CLERK) | _by(Role.DEPUTY, relation=Relation.HEADING), writes=True),
    Action("inspection.record", _by(Role.DEPUTY, relation=Relation.GOING), writes=True),
    Action("inspection.publish", _by(Role.CLERK), writes=True),
    Action("inspection.correct", _by(Role.CLERK), writes=True),
    Action("round.announce", _by(Role.PRESIDIUM), writes=True),
    Action("round.assent", _by(Role.CLERK) | _by(Role.DEPUTY, relation=Relation.CHIEF), writes=True),
    # Who counts, signs and receives a round reads how it goes; what it came to is for fewer (queries/conduct.py).
    Action(
        "round.conduct",
        _by(Role.CLERK, Role.LEADER, Role.PRESIDIUM) | _by(Role.DEPUTY, relation=Relation.OFFICER),
    ),
    Action("round.confirm_rules", _by(Role.LEADER), writes=True),
    Action("round.prepare", _by(Role.CLERK), writes=True),
    Action("round.propose", _by(Role.CLERK) | _by(Role.DEPUTY, relation=Relation.CHIEF), writes=True),
    Action("round.recount", _by(Role.CLERK) | _by(Role.DEPUTY, relation=Relation.SCRUTINEER), writes=True),
    Action("round.report", _by(Role.CLERK), writes=True),
    Action("round.settle", _by(Role.PRESIDIUM), writes=True),
    Action("round.sign", _by(Role.DEPUTY, relation=Relation.SCRUTINEER), writes=True),
    Action(
        "board.read",
        _by(*sorted(PREPARING))
        | _by(Role.DEPUTY, relation=Relation.SCRUTINEER)
        | _by(Role.PUBLIC, relation=Relation.SCREEN),
    ),
    # Who voted, by delegation: the clerk, who knows by name who is there, is told the whole alone.
    Action("board.delegations", _by(Role.LEADER)),
    Action("board.control", _by(Role.CLERK), writes=True),
    Action("hall.issue", _by(Role.CLERK), writes=True),
    Action("hall.enter", _by(*Role), writes=True),
    Action("check_in.record", _by(Role.CLERK), writes=True),
    Action("check_in.confirm", _by(Role.DEPUTY, relation=Relation.SCRUTINEER), writes=True),
    Action("teller.replace", _by(Role.CLERK), writes=True),
    Action("teller.confirm", _by(Role.DEPUTY, relation=Relation.SCRUTINEER), writes=True),
    Action("check_in.self", _by(Role.DEPUTY, relation=Relation.IN_OFFICE), writes=True),
    Action("rule_set.approve", _by(Role.LEADER), writes=True),
    Action("rule_set.edit", _by(Role.CLERK), writes=True),
    Action("rule_set.read", _by(Role.LEADER, Role.CLERK, Role.PRESIDIUM)),
    # What the rules propose of those who are behind is internal until a leader confirms it.
    Action("escalation.read", _by(Role.LEADER, Role.CLERK, Role.PRESIDIUM)),
    Action("escalation.propose", _by(Role.CLERK), writes=True),
    Action("escalation.decide", _by(Role.LEADER), writes=True),
    Action("task.open", _by(Role.LEADER, Role.CLERK), writes=True),
    Action("task.report", _by(Role.DEPARTMENT, relation=Relation.CONCERNED), writes=True),
    Action("task.close", _by(Role.LEADER, Role.CLERK), writes=True),
    # By which rules projects are watched: the clerk chooses, a leader lets it hold.
    Action("rules.choose", _by(Role.CLERK), writes=True),
    Action("rules.confirm", _by(Role.LEADER), writes=True),
    Action("receipt.read", _by(*Role)),
    Action("vote.read", _by(Role.DEPUTY, relation=Relation.ON_ROLL)),
    Action("vote.cast", _by(Role.DEPUTY, relation=Relation.ON_ROLL), writes=True),
    Action("vote.change", _by(Role.DEPUTY, relation=Relation.ON_ROLL), writes=True),
)

ACTIONS: Mapping[str, Action] = {action.name: action for action in _TABLE}

# What a person who has not changed the first password may do.
BEFORE_PASSWORD_CHANGE = frozenset(
    {"congress.read", "account.read", "account.sign_in", "account.sign_out", "account.change_password"}
)


def may(role: Role, action: str) -> bool:
    """Tell whether a role may do an action at all, before any relation is looked at."""
    return role in ACTIONS[action].roles


def relation(role: Role, action: str) -> Relation:
    """Return the relation that a role's permission depends on."""
    return ACTIONS[action].roles[role]
