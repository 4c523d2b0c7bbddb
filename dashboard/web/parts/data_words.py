"""What every file and the page of files say of themselves: title, source, day, terms, whether it is simulated."""

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.rules.data_frames import About


def about_set(words: Words, call: Call, year: int, name: str) -> About:
    """Return what a file of a congress's cycle says of itself."""
    place = call.place
    simulated = place is not None and place.simulated
    return About(
        title=words(f"data.set.{name}"),
        of=words("data.of", congress=place.name if place else "", year=str(year)),
        source=words("data.source"),
        day=words("data.as_of", day=words.day(call.today)),
        terms=words("data.terms.simulated" if simulated else "data.terms.own"),
        mark=words("tag.simulated" if simulated else "data.own"),
        notes=(words("data.units"),),
    )


def about_archive(words: Words, name: str, version: str) -> About:
    """Return what a file of published facts says of itself; `version` begins with the day they were loaded."""
    return About(
        title=words(f"data.archive.{name}"),
        of=words("data.archive.of"),
        source=words("data.archive.source"),
        day=words("data.archive.as_of", day=version[:10]),
        terms=words("data.terms.archive"),
        mark=words("data.archive.mark"),
        notes=(words("data.units"), words(f"data.archive.{name}.line")),
    )
