"""Curves that the tests of the progress curve are drawn from."""

from datetime import date

from dashboard.rules import progress
from dashboard.rules.frames import Curve, Forecast, PastPlan, Promise, Source
from dashboard.rules.lights import light

YEAR = progress.linear_plan(date(2025, 1, 1), date(2025, 12, 31))
DAYS = YEAR.days
MONTHLY = (500, 800, 1500, 2500, 3500, 4500, 5500, 6600, 7600, 8600, 9500, 10000)
STEPS = progress.stepped_plan(YEAR.start, YEAR.finish, list(zip(DAYS[1:], MONTHLY, strict=True)))
SOURCE = Source("承办单位月报", date(2025, 9, 30), simulated=True)


def curve_of(plan, days, actual, as_of=None, **more):
    """Return the curve of a plan and of what was reported, judged by the default rules."""
    known = [
        (day, share)
        for day, share in zip(days, actual, strict=True)
        if share is not None and day > plan.start
    ]
    share = known[-1][1] if known else None
    planned = progress.planned_share(plan, known[-1][0]) if known else None
    more.setdefault("forecast", progress.forecast(plan, list(zip(days, actual, strict=True))))
    return Curve(
        project_id="p",
        name="城区老旧小区改造24个",
        department="县住房城乡建设局",
        start=plan.start,
        planned_finish=plan.finish,
        as_of=as_of or days[-1],
        planned_days=plan.days,
        planned=plan.shares,
        actual_days=tuple(days),
        actual=tuple(actual),
        light=light(share, planned),
        gap=progress.deviation(share, planned),
        source=SOURCE,
        stepped=plan.stepped,
        **more,
    )


RENOVATION = curve_of(
    STEPS,
    DAYS[:10],
    (0, 400, 700, 1400, None, 2600, 2600, 3800, 4800, 5800),
    forecast=Forecast(date(2026, 1, 27), date(2026, 1, 5), date(2026, 3, 2), 27, 5, 61),
    promise=Promise(date(2025, 7, 22), DAYS[12], DAYS[7:], (3800, 5000, 6400, 7700, 9000, 10000)),
    marks=((DAYS[4], ("missing",)), (DAYS[6], ("repeated",)), (DAYS[7], ("jump",)), (DAYS[8], ("late",))),
)
# Two thirds of the way the plan was given three months more: what was due by then stays due.
LONGER = progress.stepped_plan(
    YEAR.start,
    date(2026, 3, 31),
    [
        *zip(DAYS[1:10], MONTHLY[:9], strict=True),
        *zip(
            (*DAYS[10:], date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)),
            (7600, 8000, 8400, 9000, 9500, 10000),
            strict=True,
        ),
    ],
)
REBASED = curve_of(
    LONGER,
    DAYS[:10],
    (0, 400, 700, 1400, None, 2600, 2600, 3800, 4800, 5800),
    past=(PastPlan(1, STEPS.days, STEPS.shares),),
)
_NODES = [(date(2024, 3, 31), 2860), (date(2024, 6, 30), 5710), (date(2024, 9, 30), 10000)]
SPARSE = curve_of(
    progress.stepped_plan(date(2024, 1, 1), date(2024, 9, 30), _NODES),
    (date(2024, 1, 1), date(2024, 9, 30)),
    (0, 18571),
)
TWO_NODES = curve_of(
    progress.stepped_plan(
        date(2024, 1, 1), date(2024, 12, 31), [(date(2024, 6, 30), 5000), (date(2024, 12, 31), 10000)]
    ),
    (date(2024, 1, 1), date(2024, 8, 31)),
    (0, 5000),
)
CURVES = {
    "renovation": RENOVATION,
    "rebased": REBASED,
    "rebased twice": curve_of(
        LONGER,
        DAYS[:12],
        (0, 400, 700, 1400, 2200, 3000, 4000, 5100, 6200, 7100, 8100, 8800),
        past=(PastPlan(1, YEAR.days, YEAR.shares, stepped=False), PastPlan(2, STEPS.days, STEPS.shares)),
    ),
    "sparse": SPARSE,
    "two nodes": TWO_NODES,
    "ahead": curve_of(YEAR, DAYS[:10], (0, 1000, 2000, 2900, 3900, 5000, 5800, 6800, 7600, 8400)),
    "done": curve_of(
        YEAR, DAYS, (0, 1000, 2000, 2900, 3900, 5000, 5800, 6800, 7600, 8400, 9200, 10000, 10500)
    ),
    "first month": curve_of(YEAR, DAYS[:2], (0, 400)),
    "no report": curve_of(YEAR, DAYS[:1], (0,), as_of=DAYS[2]),
    "nearly": curve_of(STEPS, DAYS[:12], (0, 400, 700, 1400, 2200, 3000, 4000, 5100, 6200, 7100, 8100, 8800)),
    "promise": curve_of(
        YEAR,
        DAYS[:7],
        (0, 400, 700, None, None, 2600, 3300),
        promise=Promise(
            date(2025, 6, 10), date(2025, 10, 31), DAYS[5:11], (2600, 4000, 5500, 7000, 8500, 10000)
        ),
    ),
}
