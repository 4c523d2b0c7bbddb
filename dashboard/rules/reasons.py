"""Why something was decided as it was: a code whose sentence i18n holds, and the facts that fill it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One decision's why. Facts are whole numbers, so that they can be stored and are written in any language."""

    code: str
    facts: Mapping[str, int]
