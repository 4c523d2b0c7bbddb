"""The words of a tally: states, names and votes, for its bars, its hover and its text summary alike."""

from functools import lru_cache
from html import escape
from typing import NamedTuple

from dashboard.figures.boxes import ems
from dashboard.i18n import Words
from dashboard.rules.frames import Bar, Tally

_STATES = ("chosen", "tied", "beyond", "failed", "listed", "undecided")
_KEPT = 4096
# As wide as a digit, so that numbers of one and two digits line up.
_FIGURE_SPACE = "\u2007"


class Fixed(NamedTuple):
    """The words of a tally that hold no number."""

    states: dict[str, str]
    plain: dict[str, str]
    unpublished: str
    split: str
    no_entitled: str
    no_threshold: str


@lru_cache(maxsize=8)
def fixed(words: Words) -> Fixed:
    """Return the words of a language that hold no number; `plain` names states where no half is known."""
    states = {state: words(f"tally.state.{state}") for state in _STATES}
    states |= {
        f"{state}.runoff": words(f"round.runoff.{state}") for state in ("chosen", "beyond", "failed", "tied")
    }
    plain = {state: words(f"tally.state.{state}_plain") for state in ("beyond", "failed")}
    rest = (words(f"tally.{key}") for key in ("unpublished", "split", "no_entitled", "no_threshold"))
    unpublished, split, no_entitled, no_threshold = rest
    return Fixed(states, {**states, **plain}, unpublished, split, no_entitled, no_threshold)


def state_words(tally: Tally, words: Words) -> dict[str, str]:
    """Return the word of each state: over and under half only where half of all deputies is the threshold."""
    return fixed(words).states if is_half(tally) else fixed(words).plain


def state_key(bar: Bar) -> str:
    """Return the key of a bar's word: what a run-off decided says so."""
    return f"{bar.state}.runoff" if bar.runoff else bar.state


def is_half(tally: Tally) -> bool:
    """Tell whether the threshold is more than half of all deputies."""
    return tally.entitled is not None and tally.threshold == tally.entitled // 2 + 1


def threshold_text(tally: Tally, words: Words) -> str:
    """Return the name of the threshold with its votes, empty where it is not known."""
    if tally.threshold is None:
        return ""
    return words("tally.half" if is_half(tally) else "tally.threshold", n=words.count(tally.threshold))


def no_threshold_text(tally: Tally, words: Words) -> str:
    """Return why no threshold is drawn: a run-off has none, or the source does not print what it follows from."""
    if tally.runoff:
        return words("round.runoff.no_threshold")
    return fixed(words).no_entitled if tally.entitled is None else fixed(words).no_threshold


@lru_cache(maxsize=_KEPT)
def hover_text(bar: Bar, state: str, unpublished: str, words: Words) -> str:
    """Return what the hover says of a bar; it repeats the words of the labels."""
    lines = [f"<b>{escape(bar.name, quote=False)}</b>"]
    votes = unpublished if bar.votes is None else words("tally.hover_votes", n=words.count(bar.votes))
    lines.append(votes)
    if bar.against is not None:
        lines.append(words("tally.hover_against", n=words.count(bar.against)))
    if bar.abstained is not None:
        lines.append(words("tally.hover_abstained", n=words.count(bar.abstained)))
    lines.append(state)
    return "<br>".join(lines)


def split_text(bar: Bar) -> str:
    """Return votes for, against and abstained; a dash where one is not published."""
    return "/".join("—" if part is None else str(part) for part in (bar.votes, bar.against, bar.abstained))


@lru_cache(maxsize=_KEPT)
def short_name(name: str, room: float = 16.2) -> str:
    """Return a name that fits its column; the hover has it whole."""
    text = name
    while ems(text) > room:
        text = text[:-1]
    return escape(text if text == name else text[:-1] + "…", quote=False)


@lru_cache(maxsize=_KEPT)
def narrow_texts(bar: Bar, state: str, unpublished: str, split: bool, faint: str) -> tuple[str, str]:
    """Return what stands above a bar on a phone: number and name at left, state and votes at right."""
    votes = unpublished if bar.votes is None else split_text(bar) if split else str(bar.votes)
    word = "" if bar.state == "chosen" else f'<span style="color:{faint}">{state}</span>\u3000'
    name = short_name(bar.name, 20.5 - ems(votes) - (ems(state) + 1 if word else 0))
    number = f"{bar.number:>2}".replace(" ", _FIGURE_SPACE)
    return f'<span style="color:{faint}">{number}</span>\u3000{name}', f"{word}<b>{votes}</b>"
