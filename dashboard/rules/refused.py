"""People's mistakes: a code and its facts; the words are made at the edge."""


class Refused(Exception):
    """What a person asked for cannot be done; `code` names the notice that says what to do instead."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
