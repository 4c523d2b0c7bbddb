"""Small elections in Pabulib's format, written by hand, and where the real ones lie."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from dashboard.config import ROOT
from dashboard.rules.elections import Election
from dashboard.rules.pabulib import read_pabulib
from dashboard.rules.refused import Refused

# Beside the checkout; a worktree lies one folder deeper. They have no licence and are never committed.
FOLDERS = [above / "shared" / "pabulib" for above in list(ROOT.parents)[:3]]
WROCLAW = "Poland_Wroclaw_2015_150_-_500.pb"
MOKOTOW = "Poland_Warszawa_2021_Mokotow.pb"
# Those that are taken into a database in a moment.
SMALL = (
    "Netherlands_Assen_2024.pb",
    "Poland_Czestochowa_2024_Podjasnogorska.pb",
    "Poland_Gdynia_2022_Kamienna_Gora__small.pb",
    "Poland_Katowice_2024_Murcki.pb",
    "Poland_Krakow_2019_Bienczyce.pb",
    "Poland_Poznan_2023_9_-_Stare_Miasto.pb",
    "Poland_Warszawa_2017_Plac_Wojska_Polskiego.pb",
    "Poland_Warszawa_2026_Blonia_Wilanowskie.pb",
    "US_Stanford_Dataset_PB_Rochester_NY_2019_vote_rankings.pb",
)
MISSING = "the real elections are not there: a folder shared/pabulib beside the checkout holds them"

Found = TypeVar("Found")
META = {"description": "Test", "budget": "100", "vote_type": "approval", "rule": "greedy"}
PROJECTS = ("project_id;cost;votes;name;selected", "a;60;3;Ash;1", "b;50;2;Beech;0", "c;40;1;Cedar;1")
VOTES = ("voter_id;vote", "1;a,b,c", "2;a,b", "3;a")


def real_elections() -> Path | None:
    """Return the folder of the real elections, or None where it is absent."""
    return next((folder for folder in FOLDERS if folder.is_dir()), None)


def pb(
    meta: Mapping[str, str] | None = None,
    projects: Iterable[str] = PROJECTS,
    votes: Iterable[str] = VOTES,
) -> bytes:
    """Return a file; what `meta` gives stands over the usual, an empty value takes it away.

    Line 1 is META, the usual ones follow from line 3 on; PROJECTS is on line 7 unless more is given.
    """
    told = {key: value for key, value in {**META, **(meta or {})}.items() if value}
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in told.items())]
    lines += ["PROJECTS", *projects, "VOTES", *votes]
    return "".join(f"{line}\n" for line in lines).encode()


def read(raw: bytes) -> Election:
    """Read a file that is held in memory."""
    return read_pabulib(BytesIO(raw))


def attempted(step: Callable[..., Found], *given: object) -> Found | Refused:
    """Return what a step gives, or its refusal; anything else is a bug and rises."""
    try:
        return step(*given)
    except Refused as error:
        return error
