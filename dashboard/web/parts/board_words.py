"""The board in words: what assets/board.js draws, finished sentences and numbers in the page's language."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from dashboard.figures.tally_words import state_key, state_words, threshold_text
from dashboard.i18n import Words
from dashboard.rules.board import BOARD, CHECK_IN, FEWEST, Board, Code, Delegation, Shown, Turnout
from dashboard.rules.frames import Bar, Tally

Told = dict[str, Any]
WHOLE = 10_000
# In this order, on every screen; a figure that is not known yet is a dash.
FIGURES = ("entitled", "present", "issued", "recovered", "not_pressed")


def shown_told(found: Shown, words: Words, picture: Callable[[Code], str]) -> Told:
    """Return what a screen draws: its clerk's choice, or the meeting's title where there is nothing to draw.

    `picture` makes the QR code of a check-in code.
    """
    told: Told = {
        "view": found.shows,
        "version": found.version,
        "congress": found.congress,
        "meeting": found.meeting,
        "simulated": words("tag.simulated") if found.simulated else None,
    }
    if found.board is None:
        return told | ({"view": "title"} if found.shows in {BOARD, CHECK_IN} else {})
    told |= board_told(found.board, words) | {"version": found.version, "congress": found.congress}
    if found.shows == CHECK_IN:
        told |= {"view": CHECK_IN, "result": None, "state": words("board.check_in")}
        if found.code is not None:
            told["code"] = {
                "digits": found.code.digits,
                "until": _instant(found.code.until),
                "qr": picture(found.code),
            }
    return told


def board_told(board: Board, words: Words) -> Told:
    """Return what is drawn of one round, for whom its frame was made."""
    return {
        "view": board.view,
        "title": board.title,
        "meeting": board.meeting,
        "under": _under(board, words),
        "state": words(f"board.state.{board.state}"),
        "finding": _finding(board, words),
        "simulated": words("tag.simulated") if board.simulated else None,
        "figures": [_figure(board.turnout, name, words) for name in FIGURES],
        "turnout": _turnout(board.turnout, words),
        "quorum": _quorum(board.turnout, words),
        "closes": _instant(board.closes_at) if board.view == "voting" else None,
        "delegations": [_delegation(one, words) for one in board.delegations],
        "result": None if board.result is None else _result(board, board.result, words),
        "live": words("board.live") if board.live else None,
    }


def _instant(moment: datetime | None) -> int | None:
    """Return a moment as browsers count: milliseconds since 1970."""
    return None if moment is None else int(moment.timestamp() * 1000)


def _under(board: Board, words: Words) -> str:
    parts = [words(f"board.purpose.{board.purpose}")]
    if board.candidates:
        parts.append(words.plural("board.candidates", board.candidates))
    if board.places is not None and board.purpose != "assessment":
        parts.append(words.plural("board.places", board.places))
    return "｜".join(parts)


def _finding(board: Board, words: Words) -> str:
    """Return the sentence that stands above a view: the result in numbers, else how the round stands."""
    tally = board.result
    if board.view != "result" or tally is None:
        return words(f"board.state.{board.state}")
    chosen = sum(bar.state == "chosen" for bar in tally.bars)
    tied = sum(bar.state == "tied" for bar in tally.bars)
    if board.outcome in {"void", "no_quorum"}:
        return words(f"board.finding.{board.outcome}")
    facts = {"candidates": words.count(len(tally.bars)), "chosen": words.count(chosen)}
    if tied:
        return words("board.finding.tied", **facts, tied=words.count(tied))
    return words("board.finding", **facts)


def _figure(turnout: Turnout, name: str, words: Words) -> Told:
    return {
        "name": name,
        "label": words(f"board.figure.{name}"),
        "value": words.count(getattr(turnout, name)),
    }


def _turnout(turnout: Turnout, words: Words) -> Told | None:
    """Return the bar of ballots recovered out of those issued, with its numerator and denominator."""
    if not turnout.issued or turnout.recovered is None:
        return None
    share = turnout.recovered * WHOLE // turnout.issued
    facts = {"recovered": words.count(turnout.recovered), "issued": words.count(turnout.issued)}
    return {
        "share": min(share, WHOLE) / WHOLE,
        "text": words.share(share),
        "label": words("board.turnout", **facts),
    }


def _quorum(turnout: Turnout, words: Words) -> Told | None:
    if turnout.quorum is None or turnout.present is None or turnout.entitled is None:
        return None
    reached = turnout.present >= turnout.quorum
    facts = {"quorum": words.count(turnout.quorum), "missing": words.count(turnout.quorum - turnout.present)}
    return {
        "reached": reached,
        "text": words("board.quorum.reached" if reached else "board.quorum.missing", **facts),
        "at": turnout.quorum / max(turnout.entitled, 1),
        "share": turnout.present / max(turnout.entitled, 1),
        "label": words("board.quorum.label", **facts),
    }


def _delegation(one: Delegation, words: Words) -> Told:
    told = {
        "exact": words.count(one.voted),
        "few_voted": words("board.few", n=FEWEST),
        "few_left": words("board.few_left", n=FEWEST),
        "hidden": words("board.hidden"),
    }[one.told]
    return {
        "name": one.name,
        "none": words("board.no_delegation") if one.name is None else None,
        "entitled": words.count(one.entitled),
        "present": words.count(one.present),
        "voted": told,
        "share": None if one.voted is None else one.voted / max(one.present, 1),
        "text": None if one.voted is None else words.share(one.voted * WHOLE // max(one.present, 1)),
    }


def _result(board: Board, tally: Tally, words: Words) -> Told:
    """Return the bars with what decides them: all deputies as their whole, the threshold, the last place."""
    split = any(bar.against is not None or bar.abstained is not None for bar in tally.bars)
    highest = max((bar.votes or 0 for bar in tally.bars), default=0)
    whole = max(tally.entitled or 0, highest, tally.threshold or 0, 1)
    states = state_words(tally, words)
    places = tally.places or 0
    # Where every option has a place, or nothing is decided yet, or no votes are told, no line is drawn.
    told = all(bar.votes is not None for bar in tally.bars)
    cut = 0 < places < len(tally.bars) and told and not board.live
    return {
        "whole": whole,
        "split": split,
        "heads": [words(f"board.{name}") for name in ("for", "against", "abstained")] if split else [],
        "threshold": None if tally.threshold is None else tally.threshold / whole,
        "threshold_text": threshold_text(tally, words),
        "places": places if cut else None,
        "places_text": words.plural("tally.places", places) if cut else None,
        "valid": _valid(tally, words),
        "options": [_option(bar, whole, states[state_key(bar)], split, words) for bar in tally.bars],
    }


def _valid(tally: Tally, words: Words) -> str | None:
    if tally.valid is None or tally.invalid is None:
        return None
    return words("board.valid", valid=words.count(tally.valid), invalid=words.count(tally.invalid))


def _option(bar: Bar, whole: int, word: str, split: bool, words: Words) -> Told:
    parts = [bar.votes, bar.against, bar.abstained] if split else [bar.votes]
    return {
        "number": str(bar.number),
        "name": bar.name,
        "state": bar.state,
        "word": word if bar.state != "listed" else None,
        "counts": [words.count(part) for part in parts],
        "shares": [(part or 0) / whole for part in parts],
    }
