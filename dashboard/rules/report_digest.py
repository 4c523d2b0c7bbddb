"""The digest of what a report says, which the record states: a report that was changed behind it no longer has it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date

# What a version says and when it came in; what happens to it later is stated by acts of its own.
SAID = (
    "project_id", "month", "version", "share", "quantity", "paid", "started", "finished", "done_text", "next_text",
    "problem_text", "leader", "expected_on", "plan_text", "plan_share", "received_on", "reason", "explanation",
)  # fmt: skip


def report_digest(columns: Mapping[str, object], files: Iterable[str]) -> str:
    """Return the SHA-256 of a report's columns and of its files' digests, as canonical JSON."""
    said = {name: _plain(columns[name]) for name in SAID} | {"files": sorted(files)}
    body = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, (int, str)) else str(value)
