"""The finding as title, by rule: what the numbers mean in one sentence, or None where no rule fires."""

from collections import Counter
from collections.abc import Sequence

from dashboard.i18n import Words
from dashboard.rules.frames import Curve, Overview, Standing, Tally
from dashboard.rules.lights import STATES, STEADY, is_late, plan_tone, tone, tones
from dashboard.rules.rounds import NOT_DECIDED
from dashboard.web.parts.text import Sentence, short_name

# What a stage that is running counts, before any project has reported.
_RUNNING = {"collect": "suggestions", "choose": "candidates"}


def finding(words: Words, ranking: Sequence[Standing]) -> Sentence:
    """Return what a ranking means: how many are on schedule and what is not; without reports the page's plain name.

    The gravest light alone is named: red before amber before not reported; a single project by its name.
    """
    lights = tones(row.light for row in ranking)
    steady = sum(lights[name] for name in STEADY)
    facts = {"n": words.count(len(ranking)), "steady": words.count(steady)}
    if lights["grey"] == len(ranking):
        return Sentence("place.overview")
    if not all(STATES[row.light].by_plan for row in ranking) and not all(row.is_done for row in ranking):
        return _counted(words, ranking)
    if steady == len(ranking):
        return Sentence(
            "finding.all_done" if all(row.is_done for row in ranking) else "finding.all_steady", facts
        )
    gravest = next(name for name in ("red", "amber", "grey") if lights[name])
    facts["few"] = words.count(lights[gravest])
    start = "finding.none" if steady == 0 else "finding.some"
    if lights[gravest] > 1:
        return Sentence(f"{start}.{gravest}", facts)
    name = next(row.name for row in ranking if tone(row.light) == gravest)
    return Sentence(f"{start}.{gravest}.one", facts, {"name": short_name(name)})


def _counted(words: Words, ranking: Sequence[Standing]) -> Sentence:
    """Return how many projects have each light, of a set that says nothing about the plan."""
    counts = Counter(row.light for row in ranking)
    lights = [
        words("light.counted", word=words(f"light.short.{name}"), n=words.count(counts[name]))
        for name in STATES
        if counts[name]
    ]
    facts = {"n": words.count(len(ranking)), "lights": words("summary.list").join(lights)}
    return Sentence("finding.counted", facts)


def overview_finding(words: Words, overview: Overview) -> Sentence:
    """Return what a cycle's overview means: its ranking, or, before any report, the stage that it is in."""
    found = finding(words, overview.ranking)
    if found.key != "place.overview":
        return found
    running = next((stage for stage in overview.stages if stage.state == "running"), None)
    if running is None or running.key not in _RUNNING:
        return found
    n = running.facts.get(_RUNNING[running.key])
    if not isinstance(n, int):
        return found
    return Sentence(f"finding.running.{running.key}", {"year": str(running.cycle), "n": words.count(n)})


def curve_finding(words: Words, curve: Curve) -> Sentence:
    """Return what one project's curve means: done, late by its forecast, behind, on schedule, or its plain name."""
    names = {"name": curve.name}
    forecast = curve.forecast
    if curve.is_done:
        return Sentence("finding.curve.done", {}, names)
    if curve.actual and (share := curve.actual[-1]) is not None and curve.as_of >= curve.planned_finish:
        return Sentence("finding.curve.unfinished", {"share": words.share(share)}, names)
    if forecast and forecast.slip > 0:
        whole_year = (curve.planned_finish.month, curve.planned_finish.day) == (12, 31)
        facts = {"days": words.count(forecast.slip)}
        return Sentence("finding.curve.not_this_year" if whole_year else "finding.curve.late", facts, names)
    if curve.gap is not None and is_late(curve.light, curve.gap):
        return Sentence("finding.curve.behind", {"gap": words.gap(abs(curve.gap)).lstrip("+")}, names)
    return Sentence(
        "finding.curve.steady" if plan_tone(curve.light, curve.gap) == "green" else "finding.curve.plain",
        {},
        names,
    )


def tally_finding(words: Words, tally: Tally) -> Sentence:
    """Return what a round decided: how many candidates stood and how many were chosen."""
    if any(bar.state == NOT_DECIDED for bar in tally.bars):
        return Sentence("round.finding.undecided", {}, {"title": tally.title})
    chosen = sum(bar.state == "chosen" for bar in tally.bars)
    if tally.candidates is not None and tally.places is not None and len(tally.bars) < tally.places:
        # A source that prints some of the projects only, but says how many were chosen.
        chosen = tally.places
    candidates = len(tally.bars) if tally.candidates is None else tally.candidates
    facts = {"candidates": words.count(candidates), "chosen": words.count(chosen)}
    return Sentence("finding.tally", facts, {"title": tally.title})
