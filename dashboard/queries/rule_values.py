"""The values of a rule set as its readers are told them: as text, with the part of each source that may be linked."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.hosts import host_of
from dashboard.rules.round_frames import RuleValue
from dashboard.rules.rule_set_values import text_of
from dashboard.store.tables.reference import ReferencePress

ADDRESS = re.compile(r"https?://[^\s（）()，；]+")


def rule_values(session: Session, rules: Mapping[str, Any]) -> tuple[RuleValue, ...]:
    """Return the values of a rule set as text, in their order: true and false as yes and no, lists joined."""
    hosts = session.scalars(select(ReferencePress)).all()
    values = []
    for name, one in rules.get("values", {}).items():
        source = one.get("source") or ""
        address = next((found for found in ADDRESS.findall(source) if _is_named(found, hosts)), None)
        values.append(RuleValue(name, text_of(one.get("value")), source, one.get("note") or "", address))
    return tuple(values)


def _is_named(address: str, hosts: Iterable[ReferencePress]) -> bool:
    """Tell whether an address is official or of the named press: others are printed, never linked."""
    host = host_of(address) or ""
    return any(host == one.host or (one.match == "suffix" and host.endswith(f".{one.host}")) for one in hosts)
