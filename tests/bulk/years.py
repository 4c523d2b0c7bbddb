"""The nation's cycles: stages, calendar, wishes, candidates, and the round that chose among them."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dashboard.rules.deciding import decide
from dashboard.rules.outcomes import Attendance, Decision, Votes
from dashboard.rules.rule_sets import read_rule_set, rules_of
from dashboard.store.loading.bulk import REFERENCE
from dashboard.store.tables.congress import Delegation, Department, Meeting, Membership, Term
from dashboard.store.tables.cycle import CalendarEntry, Cycle, CycleFunnel, CycleStage
from dashboard.store.tables.orders import Candidate, CandidateOrder, Order
from dashboard.store.tables.progress import Project
from dashboard.store.tables.voting import Count, RollEntry, Round, RoundOption, RoundProject
from tests.bulk.batch import Batch, batch, noon
from tests.bulk.nation import AS_OF, LAST_YEAR, Nation, One
from tests.bulk.people import DELEGATIONS, DEPARTMENTS, SEATS, TRADES
from tests.bulk.progress import WORKS, budget, serial

CANDIDATES, ORDERS = 12, 24
# One seat is suspended.
ENTITLED, PRESENT, VALID = SEATS - 1, SEATS - 2, SEATS - 3
RULE_SET = "adoption-mark-open@1"
CHANNELS = ("web", "phone", "station", "letter", "visit")


def years(nation: Nation) -> Iterator[Batch]:
    """Yield the cycles up to their candidates."""
    yield batch(Cycle, "congress_id id term_id year state", _cycles(nation))
    yield batch(CycleStage, "congress_id cycle_id stage opens_on closes_on state", _stages(nation))
    yield batch(
        CycleFunnel,
        "congress_id cycle_id collected merged reserve candidates published_at",
        ((one.id, one.key(Cycle, year), 400 + one.number % 300, 120, 20, CANDIDATES, noon(date(year - 1, 11, 1)))
         for one, year in each(nation)),
    )  # fmt: skip
    yield batch(
        Order,
        "congress_id id cycle_id number text category area_code channel received_on state published_at",
        _orders(nation),
    )
    yield batch(
        Candidate,
        "congress_id id cycle_id department_id number name category place target budget order_count state"
        " published_at",
        _candidates(nation),
    )
    yield batch(
        CandidateOrder,
        "congress_id candidate_id order_id published_at",
        ((one.id, one.key(Candidate, year * 32 + n), one.key(Order, year * 64 + n), noon(date(year - 1, 11, 20)))
         for one, year in each(nation) for n in range(1, CANDIDATES + 1)),
    )  # fmt: skip


def rounds(nation: Nation) -> Iterator[Batch]:
    """Yield the calendar and the adoption rounds, which name the projects."""
    yield batch(
        CalendarEntry,
        "congress_id id cycle_id project_id kind day title concerns published_at",
        _calendar(nation),
    )
    yield batch(
        Round,
        "congress_id id meeting_id cycle_id purpose title state rule_set rules places opened_at closed_at entitled"
        " present issued recovered valid invalid threshold box_digest announcement version on_paper published_at",
        _rounds(nation),
    )
    yield batch(
        RoundOption,
        "congress_id round_id number name candidate_id published_at",
        ((one.id, one.key(Round, year), n, _name(one, n), one.key(Candidate, year * 32 + n), _announced(year))
         for one, year in each(nation) for n in range(1, CANDIDATES + 1)),
    )  # fmt: skip
    yield batch(
        RollEntry,
        "congress_id round_id membership_id delegation_id",
        ((one.id, one.key(Round, year), one.key(Membership, n), one.key(Delegation, n % DELEGATIONS + 1))
         for one, year in each(nation) for n in range(1, ENTITLED + 1)),
    )  # fmt: skip
    yield batch(Count, "congress_id round_id number votes state reason facts published_at", _counts(nation))
    yield batch(
        RoundProject,
        "congress_id round_id number project_id published_at",
        ((one.id, one.key(Round, year), n, one.key(Project, serial(nation, year, n)), _announced(year))
         for one, year in each(nation) for n in range(1, nation.projects + 1)),
    )  # fmt: skip


def each(nation: Nation) -> Iterator[tuple[One, int]]:
    """Yield every cycle of every congress."""
    for one in nation.all:
        for year in nation.years:
            yield one, year


def _announced(year: int) -> Any:
    return noon(date(year, 1, 16))


def _name(one: One, number: int) -> str:
    return f"{one.name}{WORKS[(number - 1) % len(WORKS)]}{number}处"


def _cycles(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one, year in each(nation):
        yield (
            one.id,
            one.key(Cycle, year),
            one.key(Term, 1),
            year,
            "running" if year == LAST_YEAR else "ended",
        )


def _stages(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one, year in each(nation):
        is_last = year == LAST_YEAR
        for stage, opens, closes, state in (
            ("collect", date(year - 1, 9, 1), date(year - 1, 10, 31), "ended"),
            ("choose", date(year - 1, 11, 20), date(year, 1, 16), "announced"),
            ("deliver", date(year, 1, 17), date(year + 1, 1, 31), "running" if is_last else "ended"),
            ("judge", date(year + 1, 1, 20), date(year + 1, 2, 20), "upcoming" if is_last else "ended"),
        ):
            yield one.id, one.key(Cycle, year), stage, opens, closes, state


def _orders(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one, year in each(nation):
        for n in range(1, ORDERS + 1):
            day = date(year - 1, 9, 1) + timedelta(days=n)
            state = "candidate" if n <= CANDIDATES else ("reserve", "answered", "received")[n % 3]
            published = noon(day) if state != "received" else None
            text = f"希望{WORKS[n % len(WORKS)]}早日实施，方便周边居民。"
            key, cycle = one.key(Order, year * 64 + n), one.key(Cycle, year)
            yield (
                one.id, key, cycle, n, text, TRADES[n % len(TRADES)], one.code, CHANNELS[n % len(CHANNELS)],
                day, state, published,
            )  # fmt: skip


def _candidates(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one, year in each(nation):
        for n in range(1, CANDIDATES + 1):
            yield (
                one.id, one.key(Candidate, year * 32 + n), one.key(Cycle, year),
                one.key(Department, n % DEPARTMENTS + 1), n, _name(one, n), TRADES[n % len(TRADES)],
                f"{one.name}东片", f"完成{n}处", budget(one, n),
                3 + n, "chosen" if n <= nation.projects else "beyond",
                noon(date(year - 1, 11, 20)),
            )  # fmt: skip


def _calendar(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one, year in each(nation):
        for n in range(1, 7):
            day = date(year + 1, 1, 10) + timedelta(days=5 * n)
            project = one.key(Project, serial(nation, year, n)) if n % 2 else None
            kind, title = ("inspection", "代表视察") if n % 2 else ("assessment", "满意度测评")
            said = noon(min(day, AS_OF))
            key = one.key(CalendarEntry, year * 16 + n)
            yield one.id, key, one.key(Cycle, year), project, kind, day, f"{title}第{n}场", "全体代表", said


def _rounds(nation: Nation) -> Iterator[tuple[Any, ...]]:
    rules = _rules()
    threshold = _decision(nation).needed
    for one, year in each(nation):
        said = _announced(year)
        yield (
            one.id, one.key(Round, year), one.key(Meeting, year), one.key(Cycle, year), "adoption",
            f"{year}年度民生实事项目票决", "announced", RULE_SET, rules, nation.projects, said, said, ENTITLED,
            PRESENT, PRESENT, PRESENT, VALID, PRESENT - VALID, threshold, f"{one.number:032x}{year:032x}",
            f"{one.name}人大主席团公告（{year}年）", 1, True, said,
        )  # fmt: skip


def _counts(nation: Nation) -> Iterator[tuple[Any, ...]]:
    decision = _decision(nation)
    for one, year in each(nation):
        for outcome in decision.options:
            reason, facts = outcome.reason.code, dict(outcome.reason.facts)
            number, votes, state = outcome.number, outcome.votes, outcome.state
            yield one.id, one.key(Round, year), number, votes, state, reason, facts, _announced(year)


def _decision(nation: Nation) -> Decision:
    """Return the outcome, which is the same everywhere: the first candidates are chosen."""
    votes = {n: Votes(VALID - n) for n in range(1, CANDIDATES + 1)}
    attendance = Attendance(ENTITLED, PRESENT, PRESENT, PRESENT)
    return decide(rules_of(read_rule_set(_rules())), votes, attendance, VALID, nation.projects)


def _rules() -> Any:
    return json.loads((REFERENCE / "rule_sets" / f"{RULE_SET}.json").read_text("utf-8"))
