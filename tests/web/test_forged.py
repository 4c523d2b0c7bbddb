"""Whatever a browser sends, it writes and reads only what its role may; what it may not see is not there."""

import json
from uuid import UUID

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from dashboard.commands.progress import NewReport, submit_report
from dashboard.rules.roles import Role
from dashboard.store.tables import Base
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Report
from tests.commands.people import COUNTY, TOWNSHIP, call_of, projects
from tests.web.visitor import Site, Visitor, is_told, notice_of, plain

DESK = f"/{COUNTY}/2025/desk"
ELSEWHERE = f"/{TOWNSHIP}/2025/desk"


def counts(site: Site) -> dict[str, int]:
    """Return how many rows each table has, reports by state: what no refused request may change."""
    with site.store.system().reading() as session:
        found = {
            str(mapper.local_table): session.scalar(select(func.count()).select_from(mapper.class_)) or 0
            for mapper in Base.registry.mappers
        }
        for state, number in session.execute(select(Report.state, func.count()).group_by(Report.state)):
            found[f"reports {state}"] = number
    return found


def submitted(site: Site, who: str = "department", code: str = COUNTY) -> UUID:
    """Return a report of April that waits for the clerk of a congress."""
    project = projects(site.store, code)[2 if code == COUNTY else 0].id
    new = NewReport(
        project_id=project,
        month="2025-04-30",
        share=2_000,
        done_text="已开工。",
        reason="补报",
        explanation="补报",
    )  # type: ignore[arg-type]
    return submit_report(call_of(site.store, site.people[who].actor, code), new)


def publish(visitor: Visitor, report: UUID, page: dict[str, object]) -> TestResponse:
    return visitor.press("publish-send.n_clicks", page, publish_choice__value=[str(report)])


def pages(site: Site, who: str | None) -> tuple[Visitor, dict[str, object]]:
    visitor = site.visitor(who)
    return visitor, visitor.page(DESK)


@pytest.mark.parametrize("who", [None, *sorted(set(Role) - {Role.PUBLIC, Role.CLERK}), "township clerk"])
def test_a_forged_publication_writes_nothing(site: Site, who: str | None) -> None:
    report = submitted(site)
    visitor, page = pages(site, who)
    before = counts(site)
    answer = publish(visitor, report, page)
    assert is_told(answer, "sign_in_first" if who is None else "not_allowed")
    assert counts(site) == before


def test_the_clerk_publishes(site: Site) -> None:
    report = submitted(site)
    visitor, page = pages(site, "clerk")
    assert "check-told" in publish(visitor, report, page).text
    with site.store.system().reading() as session:
        assert session.scalars(select(Report.state).where(Report.id == report)).one() == "published"


def typed(**given: object) -> dict[str, object]:
    """Return what the form's script sends."""
    whole = {
        "n": 1, "mode": "send", "month": "2025-04-30", "editor": "a" * 32, "base": {},
        "typed": {"share": "30", "done": "已开工。"}, "seen": {"share": 0, "done": 0}, "request": "b" * 32,
    }  # fmt: skip
    return whole | given


@pytest.mark.parametrize(
    "who", [None, *sorted(set(Role) - {Role.PUBLIC, Role.DEPARTMENT}), "another department"]
)
@pytest.mark.parametrize("mode", ["save", "send"])
def test_a_forged_report_writes_nothing(site: Site, who: str | None, mode: str) -> None:
    visitor, page = pages(site, who)
    before = counts(site)
    form = page | {"path": f"/{COUNTY}/2025/report/{projects(site.store)[2].id}"}
    answer = visitor.press("report-typed.data", form, report_typed__data=typed(mode=mode))
    assert "notice-red" in plain(answer)
    assert "草稿已保存" not in plain(answer)
    assert counts(site) == before


@pytest.mark.parametrize(
    "given",
    [
        {"n": 0}, {"mode": "publish"}, {"month": "2025-02-30"}, {"editor": "me"}, {"typed": {"secret": "x"}},
        {"typed": {"share": 7}}, {"typed": "x"}, {"seen": {"share": -1}}, {"request": "x"},
        {"typed": {"share": "1" * 5000}},
    ],
)  # fmt: skip
def test_a_report_of_another_shape_is_malformed(site: Site, given: dict[str, object]) -> None:
    visitor, page = pages(site, "department")
    before = counts(site)
    form = page | {"path": f"/{COUNTY}/2025/report/{projects(site.store)[2].id}"}
    answer = visitor.press("report-typed.data", form, report_typed__data=typed(**given))
    assert (answer.status_code, answer.json["refused"]) == (400, "malformed")  # type: ignore[index]
    for path in (DESK, f"/{COUNTY}/2025/report/x", f"/{COUNTY}/2025/projects/{projects(site.store)[2].id}"):
        answer = visitor.press("report-typed.data", page | {"path": path}, report_typed__data=typed())
        assert answer.status_code in {400, 404}
    assert counts(site) == before


@pytest.mark.parametrize("who", [None, *sorted(set(Role) - {Role.PUBLIC, Role.DEPUTY})])
def test_a_forged_remark_writes_nothing(site: Site, who: str | None) -> None:
    visitor, page = pages(site, who)
    before = counts(site)
    answer = visitor.press(
        "remark-send.n_clicks",
        page,
        remark_project__value=str(projects(site.store)[0].id),
        remark_text__value="没有人施工。",
        remark_request__data="ab" * 16,
    )
    assert notice_of(answer) != "{}"
    assert counts(site) == before


@pytest.mark.parametrize(
    "trigger", ["password-send.n_clicks", "sign-out.n_clicks", "sign-out-everywhere.n_clicks"]
)
def test_the_public_has_no_account_to_change(site: Site, trigger: str) -> None:
    visitor = site.visitor()
    answer = visitor.press(trigger, visitor.page("/account"), password_old__value="x")
    assert is_told(answer, "sign_in_first")
    assert "Set-Cookie" not in answer.headers


def test_another_persons_appointment_cannot_be_chosen(site: Site) -> None:
    visitor = site.visitor("deputy")
    page = visitor.page("/account")
    for wanted in (site.people["clerk"].actor.appointment_id, new_id()):
        answer = visitor.press("appointment-send.n_clicks", page, appointment__value=str(wanted))
        assert answer.status_code == 404
    assert visitor.page("/account") == page


def test_a_foreign_congress_and_an_unknown_one_are_told_alike(site: Site) -> None:
    """A page's state is the browser's to forge: a code that stands nowhere answers 404."""
    visitor, page = pages(site, "clerk")
    report = submitted(site)
    for path in ("/123456/2025/desk", "/990199", "/junk", "/990121/2025/desk/more", "../990121"):
        answer = visitor.press(
            "publish-send.n_clicks", page | {"path": path}, publish_choice__value=[str(report)]
        )
        assert (answer.status_code, answer.json["refused"]) == (404, "not_found")  # type: ignore[index]
    # In another congress that exists the clerk is the public, and the congress is no secret.
    answer = visitor.press(
        "publish-send.n_clicks", page | {"path": ELSEWHERE}, publish_choice__value=[str(report)]
    )
    assert is_told(answer, "not_allowed")


def test_a_foreign_report_and_an_absent_one_answer_byte_for_byte_alike(site: Site) -> None:
    theirs = submitted(site, "township department", TOWNSHIP)
    visitor, page = pages(site, "clerk")
    before = counts(site)
    foreign, absent = (publish(visitor, report, page) for report in (theirs, new_id()))
    assert foreign.status_code == absent.status_code == 404
    assert foreign.data == absent.data
    assert counts(site) == before


@pytest.mark.parametrize("who", [None, "deputy"])
def test_a_foreign_project_and_an_absent_one_answer_byte_for_byte_alike(site: Site, who: str | None) -> None:
    visitor = site.visitor(who)
    page = visitor.page(f"/{COUNTY}")
    answers = [
        visitor.press("overview-project.value", page, overview_project__value=str(project))
        for project in (projects(site.store, TOWNSHIP)[0].id, new_id())
    ]
    assert answers[0].status_code == 200
    assert answers[0].data == answers[1].data


def test_a_page_of_an_older_build_is_told_to_reload(site: Site) -> None:
    report = submitted(site)
    visitor, page = pages(site, "clerk")
    before = counts(site)
    answer = publish(visitor, report, page | {"build": "0" * 16})
    assert is_told(answer, "reload")
    assert counts(site) == before


@pytest.mark.parametrize(("sent_by", "opened_by"), [("clerk", None), ("clerk", "leader"), (None, "clerk")])
def test_a_page_that_somebody_else_opened_is_told_so(
    site: Site, sent_by: str | None, opened_by: str | None
) -> None:
    """Signed in or out in another tab: the act is not done under another appointment than the page shows."""
    report = submitted(site)
    _, page = pages(site, opened_by)
    before = counts(site)
    answer = publish(site.visitor(sent_by), report, page)
    assert is_told(answer, "signed_out")
    assert counts(site) == before


def test_a_button_that_nobody_pressed_does_nothing(site: Site) -> None:
    """Dash runs a callback when its button appears: nothing is updated, nothing written."""
    report = submitted(site)
    visitor, page = pages(site, "clerk")
    before = counts(site)
    body = visitor.body("publish-send.n_clicks", page, publish_choice__value=[str(report)])
    for nothing in (0, None):
        body["inputs"][0]["value"] = nothing
        answer = visitor.send(body)
        assert answer.json == {"multi": True, "response": {}}
    assert counts(site) == before


def test_a_text_that_no_database_takes_is_malformed(site: Site) -> None:
    visitor = site.visitor()
    page = visitor.page("/sign-in")
    given = {"sign_in_name__value": "a\0b", "sign_in_password__value": "x"}
    answer = visitor.press("sign-in-send.n_clicks", page, **given)
    assert (answer.status_code, answer.json["refused"]) == (400, "malformed")  # type: ignore[index]


def test_values_of_the_wrong_kind_are_malformed(site: Site) -> None:
    visitor, page = pages(site, "clerk")
    before = counts(site)
    for value in ("not a uuid", 7, ["x"], {"a": 1}, True, [7], [None]):
        answer = visitor.press("publish-send.n_clicks", page, publish_choice__value=value)
        assert (answer.status_code, answer.json["refused"]) == (400, "malformed")  # type: ignore[index]
    broken: list[object] = [
        None,
        [],
        "x",
        {**page, "more": 1},
        {**page, "theme": "pink"},
        {**page, "path": 7},
    ]
    broken += [{**page, "narrow": 1}, {**page, "path": "/" + "9" * 300}, {**page, "actor": None}]
    for state in broken:
        answer = visitor.press("publish-send.n_clicks", state)  # type: ignore[arg-type]
        assert answer.status_code == 400, json.dumps(state)
    assert counts(site) == before


@pytest.mark.parametrize("who", [None, "deputy", "township clerk"])
def test_a_desk_is_not_shown_to_who_has_none_here(site: Site, who: str | None) -> None:
    submitted(site)
    shown = site.visitor(who).open(DESK).text
    assert "desk-waiting" not in shown
    assert "report-due" not in shown
    assert "publish-send" not in site.visitor(who).open(f"/{COUNTY}/2025/checking").text
    assert ("remark-send" in shown) == (who == "deputy")
