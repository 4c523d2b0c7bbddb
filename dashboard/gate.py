"""The gate: nothing is read or written without a call whose action the table allows."""

from collections.abc import Callable, Hashable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from dashboard.call import PUBLIC, Actor, Call, Ground, Place
from dashboard.relations import RELATIONS, stage_is_open
from dashboard.rules.refused import Refused
from dashboard.rules.roles import ACTIONS, BEFORE_PASSWORD_CHANGE, Relation, Role, may, relation

__all__ = ["PUBLIC", "Actor", "Call", "Ground", "Place", "allow", "command", "query", "relate"]

NATION_SECONDS = 300
P = ParamSpec("P")
R = TypeVar("R")


def allow(call: Call, action: str) -> None:
    """Let a call do an action, or refuse: to the public as `sign_in_first`, to members as `not_allowed`."""
    if not may(call.role, action):
        raise Refused("sign_in_first" if call.actor.role is Role.PUBLIC else "not_allowed")
    if call.actor.must_change and action not in BEFORE_PASSWORD_CHANGE:
        raise Refused("change_password_first")
    call.allowed = action


def relate(call: Call, action: str, *, read: Relation = Relation.NONE, **subject: UUID | None) -> None:
    """Check the actor's relation to the subject and the stage it is in, as the table demands for the role.

    `read` is a relation that the command's own statements in this transaction have refused without: it is not asked
    for again. Should the table demand another, that one is.
    """
    needed = relation(call.role, action)
    if needed not in {Relation.NONE, read} and not RELATIONS[needed](
        call.session, call.actor, call.today, subject
    ):
        raise Refused("sign_in_first" if call.actor.role is Role.PUBLIC else "not_yours")
    stage = ACTIONS[action].stage
    if stage is not None and not stage_is_open(call.session, stage, subject):
        raise Refused("stage_closed", stage=stage)
    call.related = True


def command(
    action: str, *, together: bool = False
) -> Callable[[Callable[Concatenate[Call, P], R]], Callable[Concatenate[Call, P], R]]:
    """Mark a function as the command of an action: it writes in one transaction, after the gate.

    `together` lets that transaction share its commit with those of the same kind that wait behind it.
    """

    def decorate(function: Callable[Concatenate[Call, P], R]) -> Callable[Concatenate[Call, P], R]:
        @wraps(function)
        def run(call: Call, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not call.writes:
                raise RuntimeError(f"{function.__name__} writes, the call only reads")
            allow(call, action)
            call.related = False
            with call.transaction(together=together):
                result = function(call, *args, **kwargs)
                if _is_related(call.role, action) and not call.related:
                    raise RuntimeError(f"{function.__name__} never looked at the relation of {action}")
            return result

        run.action = action  # type: ignore[attr-defined]  # Read by the test that walks the commands.
        return run

    return decorate


def query(
    action: str, *topics: str, personal: bool = False, reach: str = "own"
) -> Callable[[Callable[Concatenate[Call, P], R]], Callable[Concatenate[Call, P], R]]:
    """Mark a function as a query of an action: it reads one snapshot, after the gate.

    With topics its frame is kept by (function, arguments, scope, versions, today); `personal` adds the actor. `reach`
    is own, below (with what the congresses under the address's have published) or nation (what all have published):
    a nation has too many versions to follow, so its frame is kept for some minutes and no answer made of it.
    """

    def decorate(function: Callable[Concatenate[Call, P], R]) -> Callable[Concatenate[Call, P], R]:
        @wraps(function)
        def run(call: Call, /, *args: P.args, **kwargs: P.kwargs) -> R:
            allow(call, action)
            opened = call.transaction if reach == "own" else partial(call.widened, reach)
            if not topics:
                with opened():
                    return function(call, *args, **kwargs)
            who = call.actor.appointment_id if personal else None
            key = (run, args, *kwargs.items(), who, *_seen(call), _read_versions(call, topics, reach))
            frame: R | None = call.ground.frames.get(key)
            if frame is None:
                with opened():
                    frame = function(call, *args, **kwargs)
                # Within a writing transaction the frame may hold what is not committed.
                if not call.writes:
                    call.ground.frames.put(key, frame)
            return frame

        run.action = action  # type: ignore[attr-defined]  # Read by the test that walks the queries.
        return run

    return decorate


def _is_related(role: Role, action: str) -> bool:
    return relation(role, action) is not Relation.NONE or ACTIONS[action].stage is not None


def _seen(call: Call) -> tuple[Hashable, ...]:
    """Return what else a kept frame depends on: where the call stands, as what, on which day."""
    return (call.place, call.year, call.is_member, call.role, call.today)


def _read_versions(call: Call, topics: tuple[str, ...], reach: str) -> tuple[Hashable, ...]:
    if reach == "nation":
        call.lasting = False
        return (int(call.now.timestamp()) // NATION_SECONDS,)
    if call.place is None:
        return ()
    congresses = (call.place.congress_id, *(call.below if reach == "below" else ()))
    call.ground.versions.gather(congresses)
    stamps = []
    for congress in congresses:
        stamp = call.ground.versions.stamp(congress, topics)
        for topic, version in zip(topics, stamp, strict=True):
            call.topics[congress, topic] = version
        stamps.append(stamp)
    return tuple(stamps)
