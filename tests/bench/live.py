"""How soon a change shows on a page that is open elsewhere."""

import time
from uuid import UUID

from playwright.sync_api import Page

from dashboard.commands.progress import NewReport, publish_report, submit_report
from dashboard.gate import Ground
from dashboard.queries.overview import overview
from dashboard.queries.progress import curve
from dashboard.rules.roles import Role
from tests.bench import report
from tests.bench.bed import Bed
from tests.bench.chromium import chromium
from tests.bench.ground import PATH, YEAR, call, opened

CHANGES, PATIENCE = 8, 15.0


def measure(bed: Bed) -> None:
    """Print how long a published report takes to show."""
    report.title("live: a report published by another process shows on an open page")
    with chromium() as browser, bed.server() as server, opened(server.folder) as ground:
        page = browser.new_page()
        page.goto(server.origin + PATH)
        page.wait_for_selector("#overview-curve .main-svg")
        # The department of the demonstration carries out the project furthest behind.
        rows = [row for row in overview(call(ground), YEAR).ranking if row.gap is not None]
        project = UUID(rows[-1].project_id)
        taken = []
        for number in range(CHANGES):
            # Changes fall anywhere within the two seconds between two questions.
            page.wait_for_timeout(2500 + 270 * number)
            taken.append(_change(page, ground, project, 5_010 + 110 * number))
    report.figure("published to shown", taken, "s", most=3)


def _change(page: Page, ground: Ground, project: UUID, share: int) -> float:
    """Publish a corrected share and return the seconds until the page shows it."""
    shown, body = f"{share / 100:.1f}%", page.locator("#overview-body")
    new = NewReport(
        project_id=project,
        month=curve(call(ground), project).as_of,
        share=share,
        done_text="更正",
        reason="更正数字",
        explanation="属实",
    )
    submitted = submit_report(call(ground, Role.DEPARTMENT, writes=True), new)
    assert shown not in body.inner_text()
    publish_report(call(ground, Role.CLERK, writes=True), submitted)
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        if shown in body.inner_text():
            return time.monotonic() - begun
        # Seldom: asking for the text of a page makes it lay itself out.
        page.wait_for_timeout(100)
    raise RuntimeError("the change never showed")
