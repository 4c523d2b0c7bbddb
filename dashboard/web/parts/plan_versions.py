"""Versions of a plan side by side: what was voted, every version with its decision, what is proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.plan_frames import PlanVersion, UnderWay, Voted
from dashboard.rules.plans import ORIGINAL, Content
from dashboard.web.parts.badge import toned
from dashboard.web.parts.plan_words import quantity_text, step_text
from dashboard.web.parts.table import scrolled
from dashboard.web.parts.text import Content as Shown
from dashboard.web.parts.text import carried, data

# What is compared, in its order; each row of the table is one of them.
PARTS = ("target", "quantity", "budget", "due", "leader", "lead", "partners", "milestones")
DECIDED = ("kind", "reason", "decided_by", "decided_on", "document", "decision")
NONE = "—"


@dataclass(frozen=True, slots=True)
class Side:
    """One column: a version of the plan, or what was voted, of which a plan's parts are not known."""

    head: str
    content: Content | None
    lead: str | None = None
    partners: tuple[str, ...] = ()
    voted: Voted | None = None
    version: PlanVersion | None = None
    waits: UnderWay | None = None


def sides(
    words: Words,
    voted: Voted,
    versions: Sequence[PlanVersion],
    waits: UnderWay | None = None,
    names: Mapping[UUID, str] | None = None,
) -> list[Side]:
    """Return the columns: what was voted, each version that was in force, and what is proposed."""
    made = [Side(words("plan.side.voted"), None, voted=voted)]
    for one in versions:
        head = words("plan.side.version", n=words.count(one.number))
        made.append(Side(head, one.content, one.lead, one.partners, version=one))
    if waits is not None:
        known = names or {}
        lead = known.get(waits.content.department) if waits.content.department else None
        partners = tuple(known.get(one, NONE) for one in waits.content.partners)
        head = words("plan.side.proposed", n=words.count(waits.number))
        made.append(Side(head, waits.content, lead, partners, waits=waits))
    return made


def side_by_side(words: Words, columns: Sequence[Side], caption: str) -> Component:
    """Return a table with a column for each version; what differs from the one before it says so."""
    head = [html.Th(words("plan.side.part"), scope="col", role="columnheader")]
    head += [html.Th(one.head, scope="col", role="columnheader") for one in columns]
    heads = [one.head for one in columns]
    rows = [_row(words, name, heads, [_part(words, name, one) for one in columns]) for name in PARTS]
    rows += [
        _row(words, name, heads, [_decided(words, name, one) for one in columns], compared=False)
        for name in DECIDED
    ]
    table = html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr(head, role="row"), role="rowgroup"),
            html.Tbody([row for row in rows if row is not None], role="rowgroup"),
        ],
        className="rows stacks plan-sides",
        role="table",
    )
    return scrolled(table, caption)


def months_beside(words: Words, columns: Sequence[Side], caption: str) -> Component:
    """Return the planned share and money of every month, version beside version."""
    known = [replace(one) for one in columns if one.content is not None]
    months = sorted({month.month for one in known if one.content for month in one.content.months})
    by_month = [{month.month: month for month in one.content.months} if one.content else {} for one in known]
    head = [html.Th(words("plan.months.month"), scope="col")]
    head += [html.Th(one.head, scope="col", className="number") for one in known]
    rows = []
    for day in months:
        cells: list[Component] = []
        before: str | None = None
        for place in by_month:
            month = place.get(day)
            share = words.share(month.share) if month is not None else NONE
            money = words.money(month.money) if month is not None and month.money is not None else ""
            told = f"{share}｜{money}" if money else share
            changed = before is not None and told != before
            cells.append(html.Td(told, className="number changed" if changed else "number"))
            before = told
        name = words("plan.months.of", year=str(day.year), month=words.month(day))
        rows.append(html.Tr([html.Th(name, scope="row"), *cells]))
    table = html.Table(
        [html.Caption(caption, className="visually-hidden"), html.Thead(html.Tr(head)), html.Tbody(rows)],
        className="rows rows-dense plan-sides",
    )
    summary = html.Summary(words("plan.months.beside"))
    return html.Details([summary, scrolled(table, caption)], className="plan-more")


def _row(
    words: Words, name: str, heads: Sequence[str], cells: Sequence[Shown | None], compared: bool = True
) -> Component | None:
    """Return one part in every version; a part that none of them has is left out."""
    if not any(cell is not None for cell in cells):
        return None
    made: list[Component] = []
    before: Shown | None = None
    for head, cell in zip(heads, cells, strict=True):
        changed = compared and before is not None and cell is not None and str(cell) != str(before)
        shown: list[Component | str] = [toned(words("plan.changed"), "amber")] if changed else []
        shown += [cell] if isinstance(cell, (str, Component)) else list(cell or [NONE])
        style = "nothing" if cell is None else "changed" if changed else None
        made.append(html.Td(shown, className=style, role="cell", **carried(head=head)))
        before = cell if cell is not None else before
    named = html.Th(words(f"plan.side.{name}"), scope="row", role="rowheader")
    return html.Tr([named, *made], role="row")


def _part(words: Words, name: str, one: Side) -> Shown | None:
    content = one.content
    if content is None:
        known = {"target": one.voted.target, "budget": words.money(one.voted.budget)} if one.voted else {}
        text = known.get(name)
        return data(words, text) if text is not None and name == "target" else text
    if name == "milestones":
        if not content.milestones:
            return None
        return [html.P(data(words, step_text(words, step))) for step in content.milestones]
    told = {
        "target": content.target,
        "quantity": quantity_text(words, content),
        "budget": words.money(content.budget),
        "due": words.day(content.due),
        "leader": content.leader or None,
        "lead": one.lead,
        "partners": words("summary.list").join(one.partners) or None,
    }[name]
    return (
        data(words, told) if told and name in {"target", "quantity", "leader", "lead", "partners"} else told
    )


def _decided(words: Words, name: str, one: Side) -> Shown | None:
    if one.waits is not None:
        known = {"kind": words(f"plan.kind.{one.waits.kind}"), "reason": one.waits.reason or None}
        text = known.get(name)
        return data(words, text) if text and name == "reason" else text
    version = one.version
    if version is None:
        return None
    if version.kind == ORIGINAL:
        return words("plan.kind.original") if name == "kind" else None
    told = {
        "kind": words(f"plan.kind.{version.kind}"),
        "reason": version.reason,
        "decided_by": words(f"plan.body.{version.decided_by}") if version.decided_by else None,
        "decided_on": words.day(version.decided_on) if version.decided_on else None,
        "document": version.document,
        "decision": version.decision,
    }[name]
    return data(words, told) if told and name in {"reason", "document", "decision"} else told
