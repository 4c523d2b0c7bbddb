"""The nation's areas and congresses, who sits in them, which departments answer to them, and who signs in."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from dashboard.rules.topics import PUBLIC_TOPICS
from dashboard.store.passwords import token_digest
from dashboard.store.tables.accounts import Account, Appointment, SignInSession
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import (
    Congress,
    Delegation,
    Department,
    Meeting,
    Membership,
    MembershipState,
    Term,
)
from dashboard.store.tables.record import TopicVersion
from tests.bulk.batch import Batch, batch
from tests.bulk.nation import AS_OF, LEVEL_NAMES, Nation, One

SEATS, DELEGATIONS, DEPARTMENTS = 40, 4, 12
TERM, BEGAN = 18, date(2022, 1, 5)
FAMILY_NAMES = "丁万卫马王方石田冯朱江许孙李何汪沈张陆陈林周郑赵胡姚钱徐高唐黄梁彭程曾谢赖谭黎薛"
GIVEN_NAMES = ("春", "夏", "秋", "冬", "东", "南", "西", "北")
TRADES = ("教育", "水利", "住建", "交通", "卫健", "民政", "农业", "环保", "文旅", "人社", "公安", "城管")


def people(nation: Nation, now: datetime) -> Iterator[Batch]:
    """Yield what does not change with a cycle."""
    every = nation.all
    by_code = {one.code: one for one in every}
    yield batch(Area, "code parent_code level name_zh name_en", (_area(one) for one in every))
    yield batch(
        Congress,
        "id code area_code parent_id level name_zh name_en provenance as_of created_at",
        (_congress(one, by_code, now) for one in every),
    )
    yield batch(
        Term,
        "congress_id id number from_day to_day",
        ((one.id, one.key(Term, 1), TERM, BEGAN, date(2026, 12, 31)) for one in every),
    )
    yield batch(Meeting, "congress_id id term_id number name opens_on closes_on", _meetings(nation))
    yield batch(
        Delegation,
        "congress_id id term_id name position",
        ((one.id, one.key(Delegation, n), one.key(Term, 1), f"第{n}代表团", n)
         for one in every for n in range(1, DELEGATIONS + 1)),
    )  # fmt: skip
    yield batch(
        Department,
        "congress_id id name short_name position",
        ((one.id, one.key(Department, n), f"{one.name}{trade}局", f"{trade}局", n)
         for one in every for n, trade in enumerate(TRADES, 1)),
    )  # fmt: skip
    yield batch(Membership, "congress_id id term_id delegation_id name position", _seats(nation))
    yield batch(
        MembershipState,
        "congress_id id membership_id state from_day",
        ((one.id, one.key(MembershipState, n), one.key(Membership, n),
          "suspended" if n == SEATS else "in_office", BEGAN) for one in every for n in range(1, SEATS + 1)),
    )  # fmt: skip
    yield batch(
        TopicVersion,
        "congress_id topic version",
        ((one.id, topic, 1) for one in every for topic in sorted(PUBLIC_TOPICS)),
    )


def accounts(nation: Nation, now: datetime) -> Iterator[Batch]:
    """Yield one leader for each congress, signed in: no password opens the account."""
    every = nation.all
    yield batch(
        Account,
        "id name display_name password_hash must_change created_at",
        ((account_of(one), f"leader-{one.code}", f"{one.name}领导", "!", False, now) for one in every),
    )
    yield batch(
        Appointment,
        "congress_id id account_id role from_day",
        ((one.id, one.key(Appointment, 1), account_of(one), "leader", BEGAN) for one in every),
    )
    yield batch(
        SignInSession,
        "id account_id congress_id appointment_id created_at expires_at terminal",
        ((token_digest(token_of(one)), account_of(one), one.id, one.key(Appointment, 1), now, now + timedelta(days=1),
          False)
         for one in every),
    )  # fmt: skip


def account_of(one: One) -> UUID:
    """Return the account of a congress's leader."""
    return one.key(Account, 1)


def token_of(one: One) -> str:
    """Return the token of the session in which a congress's leader is signed in."""
    return f"bulk-{one.code}"


def _area(one: One) -> tuple[Any, ...]:
    return one.code, one.parent, one.level, one.name, f"Sample {LEVEL_NAMES[one.level][1]} {one.number}"


def _congress(one: One, by_code: dict[str, One], now: datetime) -> tuple[Any, ...]:
    return (
        one.id,
        one.code,
        one.code,
        by_code[one.parent].id if one.parent else None,
        one.level,
        f"{one.name}人民代表大会",
        f"Sample {LEVEL_NAMES[one.level][1]} {one.number} People's Congress",
        "simulated",
        AS_OF,
        now,
    )


def _meetings(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one in nation.all:
        for number, year in enumerate(nation.years, 1):
            name = f"第{TERM}届人大第{number}次会议"
            opens, closes = date(year, 1, 14), date(year, 1, 16)
            yield one.id, one.key(Meeting, year), one.key(Term, 1), number, name, opens, closes


def _seats(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one in nation.all:
        for n in range(1, SEATS + 1):
            name = FAMILY_NAMES[n % len(FAMILY_NAMES)] + GIVEN_NAMES[(n + one.number) % len(GIVEN_NAMES)]
            delegation = one.key(Delegation, n % DELEGATIONS + 1)
            yield one.id, one.key(Membership, n), one.key(Term, 1), delegation, name, n
