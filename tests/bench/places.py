"""Where the nation's pages are: an address of every page for any congress, of one thing on it, and what is asked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from dashboard.queries.data import SETS
from dashboard.store.tables.congress import Department, Membership
from dashboard.store.tables.inquiry import Inquiry
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.supervision import Inspection, Remark
from dashboard.store.tables.voting import Round
from dashboard.web.addresses import COMMON, Address
from dashboard.web.pages import PAGES
from tests.bulk.nation import LAST_YEAR, Nation, One
from tests.bulk.people import DEPARTMENTS, SEATS

# One thing of a page: a page with things that is not named here is told, not passed over.
ITEMS: Mapping[str, Callable[[Nation, One, Random], object]] = {
    "projects": lambda nation, _one, luck: luck.randint(1, nation.projects),
    "candidates": lambda nation, one, luck: one.key(
        Candidate, LAST_YEAR * 32 + luck.randint(1, nation.projects)
    ),
    "rounds": lambda _nation, one, _luck: one.key(Round, LAST_YEAR),
    "inquiries": lambda _nation, one, _luck: one.key(Inquiry, LAST_YEAR),
    "inspections": lambda _nation, one, _luck: one.key(Inspection, LAST_YEAR * 8 + 1),
    "departments": lambda _nation, one, luck: one.key(Department, luck.randint(1, DEPARTMENTS)),
    "deputies": lambda _nation, one, luck: one.key(Membership, luck.randint(1, SEATS)),
    "remarks": lambda _nation, one, _luck: one.key(Remark, LAST_YEAR * 8 + 1),
    **dict.fromkeys(("board", "conduct", "papers"), lambda _nation, one, _luck: one.key(Round, LAST_YEAR)),
}
# One thing of these is a session that runs or a sealed box, of which the nation has none: the parts `hall`, `casting`
# and `recount` measure them.
# The forms of a plan and of a report are for who fills them in, whom the nation does not have; nor has it supervision
# weeks and tasks.
ELSEWHERE = frozenset({"hall", "paper", "plan", "report", "tasks", "vote", "weeks", "what-if"})
# What is asked of a page beside its plain address, one of these each time.
SEARCHES: Mapping[str, tuple[str, ...]] = {
    "archive": (
        "",
        "?region=江苏省张家港市",
        "?region=浙江省宁海县",
        "?category=教育",
        "?stage=elected&sort=budget",
    ),
    "congresses": ("", "?q=样本", "?q=样本0003", "?q=county"),
    "deputies": ("", "?q=春", "?page=2"),
    "orders": ("", "?q=居民", "?page=2"),
    "departments": ("", "?view=compare"),
    "projects": (
        "",
        "?q=改造",
        "?sort=gap",
        "?light=red",
        "?view=rank",
        "?view=slip",
        "?view=heat",
        "?view=money",
        "?view=curves",
    ),
    "townships": ("", "?sort=gap", "?sort=-paid"),
}
SIGNED_IN = frozenset(
    {"account", "board", "candidates", "checking", "conduct", "desk", "report", "rule-sets", "tasks"}
)
# Of a page that is public its one thing may not be: the papers of a round are until they are published.
SIGNED_IN_ITEMS = SIGNED_IN | {"papers"}
# A round is conducted from the list of rounds, forms are reached from the desk: these pages have no list for leaders.
WITHOUT_LIST = frozenset({"candidates", "conduct", "plan", "report"})
# The uncached sum over the nation may take longer.
NATIONAL = frozenset({"congresses"})
MOST, MOST_NATIONAL = 300.0, 1_000.0


@dataclass(frozen=True, slots=True)
class Place:
    """A page, or the one thing on it, as it is asked for in any congress."""

    name: str
    page: str
    is_item: bool = False
    is_front: bool = False
    is_file: bool = False

    @property
    def is_public(self) -> bool:
        """Tell whether the page shows the public more than the way to sign in."""
        return self.page not in (SIGNED_IN_ITEMS if self.is_item else SIGNED_IN)

    @property
    def most(self) -> float:
        """Return what the page may take, in milliseconds."""
        return MOST_NATIONAL if self.page in NATIONAL and not self.is_item else MOST

    def path(self, nation: Nation, one: One, luck: Random) -> str:
        """Return the path of the page in a congress, in either language."""
        language = luck.choice(("zh-CN", "en"))
        if self.is_front:
            return Address(language).path()
        if self.is_file:
            name, kind = luck.choice(sorted(SETS)), luck.choice(("csv", "json"))
            return f"/download/{one.code}/{LAST_YEAR}/{name}.{kind}"
        item = str(ITEMS[self.page](nation, one, luck)) if self.is_item else None
        return Address(language, one.code, LAST_YEAR, self.page, item).path()

    def search(self, luck: Random) -> str:
        """Return what the address asks beside its path."""
        is_plain = self.is_item or self.is_front or self.is_file
        return "" if is_plain else luck.choice(SEARCHES.get(self.page, ("",)))


def places() -> Iterator[Place]:
    """Yield every page of the product, those that stand beside the congresses last."""
    yield Place("front page", "overview", is_front=True)
    for name in sorted(PAGES, key=lambda name: (name in COMMON, name)):
        if name not in WITHOUT_LIST:
            yield Place(name, name)
        if PAGES[name].item is not None and name in ITEMS:
            yield Place(f"{name}, one", name, is_item=True)
    yield Place("data, one file", "data", is_file=True)


def untold() -> set[str]:
    """Return the pages with things of which this table knows no sample."""
    return {name for name, page in PAGES.items() if page.item is not None} - ITEMS.keys() - ELSEWHERE
