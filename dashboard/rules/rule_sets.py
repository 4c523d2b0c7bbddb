"""The rules of a ballot as data: one JSON file a version, each value with its source; read whole or refused."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from dashboard.rules.reasons import Reason

ADOPTION = "adoption"
# Marks a number that is kept in basis points and read and typed as percent.
POINTS = "points"
HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
INVALID = ("not_a_rule_set", "unknown_value", "missing_value", "bad_value", "contradiction", "other_kind")
BELOW = ("base_present", "base_valid_ballots", "threshold", "exact_half", "quorum")

Form = Literal["mark", "item", "rank"]
Limit = Literal["places", "any"] | Annotated[int, Field(ge=1, le=999)]


class RuleSetInvalid(ValueError):
    """A rule set cannot be used: `code` is one of INVALID, `name` the value that is wrong (or two that disagree).

    `facts` fill the refusal rule_set_invalid.
    """

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(f"{code}: {name}")
        self.code = code
        self.name = name
        self.facts = {"problem": code, "name": name}


def _share(value: object) -> Fraction:
    """Read a share written as a fraction of whole numbers; a float is no share."""
    if not isinstance(value, str) or not value.isascii() or len(value) > 9:
        raise ValueError("not a share")
    upper, _, lower = value.partition("/")
    if not upper.isdigit() or not (lower or "1").isdigit() or int(lower or "1") == 0:
        raise ValueError("not a share")
    share = Fraction(int(upper), int(lower or "1"))
    if share > 1:
        raise ValueError("more than the whole")
    return share


Share = Annotated[Fraction, BeforeValidator(_share)]


def _both(name: dict[str, str]) -> dict[str, str]:
    if set(name) != {"zh-CN", "en"} or not all(name.values()):
        raise ValueError("a name in both languages")
    return name


def _never(value: bool) -> bool:
    if value:
        raise ValueError("not offered: no source shows write-in for projects")
    return value


class Strict(BaseModel):
    """A model that takes nothing but what it names, in the type it names."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)


class RuleValue(Strict):
    """One value of a rule set, where it comes from, and what it says."""

    value: bool | int | str | list[str]
    source: Annotated[str, Field(min_length=1, max_length=2000)]
    note: Annotated[str, Field(max_length=2000)]


class RuleSet(Strict):
    """One version of a rule set as it stands in its file, in a congress's own row, or frozen into a round."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
    version: Annotated[int, Field(ge=1)]
    kind: str
    name: Annotated[dict[str, str], AfterValidator(_both)]
    values: dict[str, RuleValue]

    @property
    def reference(self) -> str:
        """Name the rule set and its version: adoption-mark@1."""
        return f"{self.key}@{self.version}"


class Rules(Strict):
    """The values of an adoption rule set, typed. What does not belong to the form is None."""

    form: Form
    quorum: Share
    quorum_base: Literal["in_office"]
    threshold: Share
    threshold_test: Literal["more_than", "at_least"]
    threshold_base: Literal["in_office", "present", "valid_ballots"]
    recovered_at_most_issued: Literal["valid"]
    recovered_over_issued: Literal["void"]
    unclear_mark: Literal["void", "blank"]
    blank_ballot: Literal["valid", "void"]
    blank_item: Literal["abstain"]
    order: Literal["votes", "votes_then_ranks"]
    tie: Literal["runoff", "list_order"]
    second_tie: Literal["presidium"]
    shortfall: Literal["vacant", "second_ballot"]
    write_in: Annotated[bool, AfterValidator(_never)]
    secret: bool
    live_board: bool
    show_at_seal: bool
    publish_votes: Literal["list", "order", "numbers"]
    receipt: Literal["none", "counted_only", "with_marks"]
    publish_box: Literal["digest", "scrutineers", "deputies", "public"]
    shuffled: bool
    change_allowed: bool
    marks_at_most: Limit | None = None
    marks_exactly: bool = False
    over_marked: Literal["void"] | None = None
    under_marked: Literal["valid", "void"] | None = None
    answers: list[Literal["for", "against", "abstain"]] | None = None
    for_marks_at_most: Limit | None = None
    double_answer: Literal["item_void", "void"] | None = None
    ranks_at_most: Limit | None = None
    threshold_counts: Literal["among_places"] | None = None
    same_rank_twice: Literal["void"] | None = None
    gap_in_ranks: Literal["close_up", "keep", "void"] | None = None


# A limit on for-marks may be set, and then the rule set also says what going beyond it does.
OPTIONAL: Mapping[str, frozenset[str]] = {
    "mark": frozenset[str](),
    "item": frozenset({"for_marks_at_most", "over_marked"}),
    "rank": frozenset[str](),
}
OF_FORM: Mapping[str, frozenset[str]] = {
    "mark": frozenset({"marks_at_most", "marks_exactly", "over_marked", "under_marked"}),
    "item": frozenset({"answers", "double_answer", "for_marks_at_most", "over_marked"}),
    "rank": frozenset(
        {"ranks_at_most", "over_marked", "threshold_counts", "same_rank_twice", "gap_in_ranks"}
    ),
}
_COMMON = frozenset(name for name, field in Rules.model_fields.items() if field.is_required())


def read_rule_set(raw: Mapping[str, Any]) -> RuleSet:
    """Read a rule set; raise RuleSetInvalid where it names what is unknown, lacks a value or contradicts itself.

    The values of kinds other than adoption are not looked at: they belong to other rules.
    """
    try:
        rule_set = RuleSet.model_validate(raw)
    except ValidationError as error:
        raise RuleSetInvalid("not_a_rule_set", _place(error)) from error
    if rule_set.kind == ADOPTION:
        rules_of(rule_set)
    return rule_set


def rules_of(rule_set: RuleSet) -> Rules:
    """Return the typed values of an adoption rule set; raise RuleSetInvalid as read_rule_set does."""
    if rule_set.kind != ADOPTION:
        raise RuleSetInvalid("other_kind", rule_set.kind)
    values = {name: one.value for name, one in rule_set.values.items()}
    form = values.get("form")
    if not isinstance(form, str) or form not in OF_FORM:
        raise RuleSetInvalid("bad_value" if "form" in values else "missing_value", "form")
    for name in sorted(values.keys() - _COMMON - OF_FORM[form]):
        raise RuleSetInvalid("unknown_value", name)
    for name in sorted((_COMMON | OF_FORM[form]) - OPTIONAL[form] - values.keys()):
        raise RuleSetInvalid("missing_value", name)
    try:
        rules = Rules.model_validate(values)
    except ValidationError as error:
        raise RuleSetInvalid("bad_value", _place(error)) from error
    for names in _contradictions(rules):
        raise RuleSetInvalid("contradiction", names)
    return rules


def _place(error: ValidationError) -> str:
    return ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"][:3])


def _contradictions(rules: Rules) -> list[str]:
    """Name the values that cannot stand together, in pairs."""
    exactly = rules.form == "mark" and rules.marks_exactly != (rules.under_marked == "void")
    found = {
        "threshold threshold_test": rules.threshold == 1 and rules.threshold_test == "more_than",
        "secret live_board": rules.secret and rules.live_board,
        # The box is every vote: whoever takes it away counts what the rules do not publish.
        "publish_votes publish_box": rules.publish_votes != "numbers" and rules.publish_box == "public",
        "receipt change_allowed": rules.receipt == "none" and rules.change_allowed,
        "marks_exactly under_marked": exactly,
        "marks_exactly marks_at_most": rules.marks_exactly and rules.marks_at_most != "places",
        "for_marks_at_most over_marked": rules.form == "item"
        and (rules.for_marks_at_most is None) != (rules.over_marked is None),
        "form order": (rules.form == "rank") != (rules.order == "votes_then_ranks"),
        "form answers": rules.form == "item" and rules.answers != ["for", "against", "abstain"],
    }
    return [names for names, holds in found.items() if holds]


def needs_confirmation(rules: Rules) -> tuple[Reason, ...]:
    """Return what is below the law and so needs a leader's confirmation and a printed warning; none by default.

    Source: 地方组织法（2022）第十四条 (三分之二以上的代表出席), 第二十五条 (全体代表的过半数).
    """
    found = []
    facts = {"numerator": rules.threshold.numerator, "denominator": rules.threshold.denominator}
    if rules.threshold_base != "in_office":
        found.append(Reason(f"rule_set.below.base_{rules.threshold_base}", facts))
    if rules.threshold < HALF:
        found.append(Reason("rule_set.below.threshold", facts))
    elif rules.threshold == HALF and rules.threshold_test == "at_least":
        found.append(Reason("rule_set.below.exact_half", facts))
    if rules.quorum < TWO_THIRDS:
        quorum = {"numerator": rules.quorum.numerator, "denominator": rules.quorum.denominator}
        found.append(Reason("rule_set.below.quorum", quorum))
    return tuple(found)
