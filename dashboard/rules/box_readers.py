"""Who may take a sealed box away: the rule set frozen into the round names them."""

# From the seal on; an annulled round is sealed uncounted, and nobody looks into it.
COUNTED = frozenset({"closed", "counted", "signed", "reported", "announced"})


def may_read_box(
    publish_box: str, state: str, *, is_announced: bool, is_deputy: bool, is_scrutineer: bool
) -> bool:
    """Tell whether somebody may read the box of a round.

    digest: nobody. scrutineers: those of the round, from the seal on. deputies: beside them every deputy of the
    congress, once it is announced. public: then everyone. A value that is not known opens it to nobody.
    """
    if state not in COUNTED or publish_box not in {"scrutineers", "deputies", "public"}:
        return False
    if is_scrutineer:
        return True
    return is_announced and (publish_box == "public" or (publish_box == "deputies" and is_deputy))
