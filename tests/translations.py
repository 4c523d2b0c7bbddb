"""Words: both languages say the same things, the code asks for words that are there, and holds none itself.

`python -m tests.translations` prints what is wrong, and how many words nobody asks for.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog

import dashboard
from dashboard.i18n import LOCALES, catalogue
from dashboard.rules.deciding import OPTION_REASONS, ROUND_REASONS
from dashboard.rules.marks import FAULTS
from dashboard.rules.plan_problems import CODES
from dashboard.rules.plans import BASES, KINDS, ORIGINAL, STATES, WEIGHT
from dashboard.rules.report_quality import MARKS as QUALITY
from dashboard.rules.roles import ACTIONS, Role
from dashboard.rules.round_problems import PROBLEMS, WARNINGS
from dashboard.rules.rule_sets import BELOW, INVALID
from dashboard.rules.typed_numbers import TYPED
from dashboard.web.parts.badge import TAGS
from dashboard.web.parts.light import LIGHTS
from dashboard.web.parts.plan_versions import DECIDED, PARTS
from dashboard.web.refusals import STATUS
from dashboard.web.typed_plan import UNREADABLE

ROOT = Path(dashboard.__file__).parent
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
FACT = re.compile(r"{(\w+)")
IDEOGRAPH = re.compile(r"[一-鿿]")
SENTENCE = re.compile(r"[A-Za-z]{2,}.* |.* [A-Za-z]{2,}")
# What asks for a word by its key: words("..."), language("..."), words.plural("..."), Sentence("...").
ASKING = {"words", "language", "plural", "Sentence"}
# What puts its arguments onto the page.
SHOWING = {"card", "notice", "empty", "heading", "field", "button", "Link", "anchor", "tag", "toned", "Fact"}
# The number forms of Chinese are made here, and nowhere else.
NUMBER_FORMS = "i18n.py"
# Refusals of the command line: printed as codes to whoever runs the server.
COMMAND_LINE = {"users.py", "founding.py", "existing.py"}
# Chinese names the year's end where English writes its day.
DIFFERING = {"curve.promise_year_end"}
FAMILIES = {
    "light.{}": LIGHTS,
    "light.short.{}": LIGHTS,
    "light.rule.{}": LIGHTS,
    "tag.{}": TAGS,
    "role.{}": tuple(role for role in Role if role is not Role.PUBLIC),
    "refused.{}": tuple(STATUS),
    "tally.reason.{}": OPTION_REASONS,
    "tally.round.{}": ROUND_REASONS,
    "tally.invalid.{}": FAULTS,
    "rule_set.below.{}": BELOW,
    "rule_set.invalid.{}": INVALID,
    "refused.ballot_{}": FAULTS[1:],
    "refused.ballot_{}.do": FAULTS[1:],
    "conduct.problem.{}": PROBLEMS,
    "conduct.problem.{}.do": PROBLEMS,
    "conduct.warning.{}": WARNINGS,
    "conduct.warning.{}.do": WARNINGS,
    "stage.{}.name": ("collect", "choose", "deliver", "judge"),
    "paper.how.{}": ("mark", "mark.exactly", "item", "item.limited", "rank"),
    "paper.read.{}": ("mark", "item", "rank"),
    "plan.problem.{}": (*CODES, *UNREADABLE),
    "plan.kind.{}": (ORIGINAL, *KINDS),
    "plan.kind.{}.long": KINDS,
    "plan.basis.{}": BASES,
    "plan.body.{}": WEIGHT,
    "plan.state.{}": (*STATES, "none", "cancelled"),
    "plan.side.{}": (*PARTS, *DECIDED),
    "refused.typed_{}": TYPED,
    "refused.typed_{}.do": TYPED,
    "curve.mark.{}": QUALITY,
    "quality.{}": QUALITY,
    "escalation.{}": ("talk", "notice", "accountability", "accountability_silent"),
    "quality.{}.do": QUALITY,
}


@cache
def sources(root: Path = ROOT) -> dict[Path, ast.Module]:
    """Return every module of a package, parsed."""
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(root.rglob("*.py"))}


@cache
def keys(language: str = "en") -> frozenset[str]:
    """Return every key of a language."""
    return frozenset(facts(catalogue(language)))


def facts(catalog: Catalog) -> dict[str, set[str]]:
    """Return each key with the facts that its words are filled with."""
    found = {}
    for message in catalog:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            forms = [message.string] if isinstance(message.string, str) else list(message.string or ("",))
            found[key] = set(chain.from_iterable(FACT.findall(form) for form in forms))
    return found


def untranslated() -> Iterator[str]:
    """Yield what one language lacks, or fills in differently."""
    known = {language: facts(catalogue(language)) for language in LOCALES}
    for key in sorted(set().union(*known.values())):
        lacking = [language for language in LOCALES if key not in known[language]]
        if lacking:
            yield f"{key}: not in {', '.join(lacking)}"
        elif key not in DIFFERING and len({frozenset(known[language][key]) for language in LOCALES}) > 1:
            yield f"{key}: other facts in each language"
    for language in LOCALES:
        for message in catalogue(language):
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and not all(strings):
                yield f"{message.id}: empty in {language}"


def name_of(called: ast.expr) -> str:
    """Return the last name of what is called; words(language)("key") is called as words."""
    if isinstance(called, ast.Call):
        return name_of(called.func)
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def keys_asked(tree: ast.Module) -> Iterator[str]:
    """Yield the keys that a module asks for, each as a pattern: a part in braces stands for anything."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in ASKING and node.args:
            yield from patterns(node.args[0])


def patterns(node: ast.expr) -> Iterator[str]:
    """Yield the patterns of an argument: a literal, a literal with parts, either branch of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            re.escape(str(one.value)) if isinstance(one, ast.Constant) else "[a-z_.]+" for one in node.values
        )
    elif isinstance(node, ast.IfExp):
        yield from patterns(node.body)
        yield from patterns(node.orelse)


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the texts of a module that are no docstrings."""
    plain = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in plain:
            yield node


def refusals(tree: ast.Module) -> Iterator[str]:
    """Yield the codes that a module refuses with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) == "Refused" and node.args:
            code = node.args[0]
            branches = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
            yield from (str(one.value) for one in branches if isinstance(one, ast.Constant))


def alerts(tree: ast.Module) -> Iterator[str]:
    """Yield the codes of the warnings that a module makes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) == "Alert":
            yield from (str(one.value) for one in node.args[1:2] if isinstance(one, ast.Constant))


def families() -> Iterator[str]:
    """Yield the keys that are made from lists of the code."""
    for pattern, members in FAMILIES.items():
        yield from (pattern.format(member) for member in members)
    for path, tree in sources().items():
        if path.name not in COMMAND_LINE:
            yield from (f"refused.{code}{end}" for code in refusals(tree) for end in ("", ".do"))
        yield from (f"alert.{code}{end}" for code in alerts(tree) for end in ("", ".reason"))


@cache
def asked() -> dict[str, Path]:
    """Return the pattern of every key that the code asks for, with one module that does."""
    found = {pattern: path for path, tree in sources().items() for pattern in keys_asked(tree)}
    prefixes = {key.split(".")[0] for key in keys()}
    for path, tree in sources().items():
        if path.parent.name in {"figures", "parts", "pages"} or path.parent == ROOT / "web":
            for one in literals(tree):
                # A key on its way into words(...), through a table or a variable.
                if (
                    KEY.fullmatch(one.value)
                    and one.value.split(".")[0] in prefixes
                    and one.value not in ACTIONS
                ):
                    found[re.escape(one.value)] = path
    return found | {re.escape(key): ROOT for key in families()}


def unknown() -> Iterator[str]:
    """Yield what the code asks for and no catalogue holds."""
    known = keys() | {f"{key}.plural" for key in keys()}
    for pattern, path in asked().items():
        # A stem is finished where it is used: "finding.none" grows to "finding.none.red".
        if not any(re.fullmatch(rf"{pattern}(\.[a-z_.]+)?", key) for key in known):
            yield f"{path.relative_to(ROOT.parent)}: {pattern} is in no catalogue"


def unasked() -> list[str]:
    """Return the keys that nothing in the code asks for."""
    wanted = re.compile("|".join(f"(?:{one})" for one in asked() if not one.startswith("[")))
    return sorted(key for key in keys() if not wanted.fullmatch(key))


def forgotten() -> Iterator[str]:
    """Yield the areas of the catalogues of which nothing is asked for any more."""
    left = set(unasked())
    for prefix in sorted({key.split(".")[0] for key in left}):
        if all(key in left for key in keys() if key.split(".")[0] == prefix):
            yield f"{prefix}.*: nobody asks for these words"


def ideographs() -> Iterator[str]:
    """Yield Chinese words that stand in code."""
    for path, tree in sources().items():
        if path.name != NUMBER_FORMS:
            for one in literals(tree):
                if IDEOGRAPH.search(one.value):
                    yield f"{path.relative_to(ROOT.parent)}:{one.lineno}: {one.value!r}"


def shown(node: ast.Call) -> Iterator[ast.Constant]:
    """Yield the texts that a call puts onto the page: its arguments, its children, lists of them."""
    waiting = [*node.args, *(one.value for one in node.keywords if one.arg == "children")]
    for one in waiting:
        if isinstance(one, ast.List | ast.Tuple):
            waiting.extend(one.elts)
        elif isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one


def sentences(modules: dict[Path, ast.Module] | None = None) -> Iterator[str]:
    """Yield English sentences that a page shows without asking for their words."""
    for path, tree in (modules or sources()).items():
        if modules is None and ROOT / "web" not in path.parents:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (is_html(node.func) or name_of(node.func) in SHOWING):
                yield from (
                    f"{path.name}:{one.lineno}: {one.value!r}"
                    for one in shown(node)
                    if SENTENCE.search(one.value)
                )


def is_html(called: ast.expr) -> bool:
    """Tell whether an element of HTML or a component of Dash is made."""
    return isinstance(called, ast.Attribute) and getattr(called.value, "id", "") in {"html", "dcc"}


CHECKS = (untranslated, unknown, forgotten, ideographs, sentences)


def main() -> int:
    """Print what is wrong and return an exit code."""
    wrong = [line for check in CHECKS for line in check()]
    for line in wrong:
        print(line)
    print(f"{len(keys())} words, {len(unasked())} of them asked for by nothing in the code")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
