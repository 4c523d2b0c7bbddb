"""One application over the demonstration for all tests of the web, with a session for each role."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from dashboard.config import Settings
from dashboard.rules.roles import Role
from dashboard.store.accounts import appointments_of, open_session
from dashboard.store.passwords import token_digest
from dashboard.store.transactions import Store, open_store
from dashboard.web.create import create
from tests.commands.people import TOWNSHIP, person, projects, seats
from tests.conftest import SqliteTemplates
from tests.web.visitor import Member, Site

Makes = Callable[..., Site]


def _people(store: Store) -> dict[str, Member]:
    lagging, other = projects(store)[2], projects(store)[0]
    actors = {str(role): person(store, role) for role in Role if role not in {Role.PUBLIC, Role.DEPARTMENT}}
    actors |= {
        "department": person(store, Role.DEPARTMENT, department=lagging.department_id),
        "another department": person(store, Role.DEPARTMENT, department=other.department_id),
        "another deputy": person(store, Role.DEPUTY, seat=seats(store)[1]),
        "township clerk": person(store, Role.CLERK, TOWNSHIP),
        "township department": person(
            store, Role.DEPARTMENT, TOWNSHIP, department=projects(store, TOWNSHIP)[0].department_id
        ),
    }
    now, found = datetime.now(UTC), {}
    with store.system().writing() as session:
        for name, actor in actors.items():
            assert actor.account_id is not None
            (held,) = appointments_of(session, actor.account_id, now)
            token = f"token-of-{name.replace(' ', '-')}"
            open_session(session, token_digest(token), actor.account_id, held, now)
            found[name] = Member(actor, token, actor.name or "")
    return found


@pytest.fixture(scope="session")
def make_site(
    sqlite_templates: SqliteTemplates,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Makes]:
    """Make an application over a database of its own; the compressed files are kept between runs."""
    opened: list[Store] = []
    shelf: Path = request.config.cache.mkdir("site")  # type: ignore[union-attr]

    def make(**settings: Any) -> Site:
        url = sqlite_templates.copy("loaded", tmp_path_factory.mktemp("site"))
        store = open_store(url)
        people = _people(store)
        front = create(Settings(database_url=url, var=shelf, **settings))
        web = front._web
        opened.extend([store, web.ground.store])
        site = Site(front, web, store, people)
        for one in json.loads(site.visitor().ask("/_dash-dependencies").text):
            if not one["clientside_function"]:
                trigger = f"{one['inputs'][0]['id']}.{one['inputs'][0]['property']}"
                # Two pages follow the live number.
                site.callbacks[f"{trigger}>{one['output']}" if trigger in site.callbacks else trigger] = one
        return site

    yield make
    for store in opened:
        store.close()


@pytest.fixture(scope="session")
def site(make_site: Makes) -> Site:
    """The application that most tests share: each compares before and after itself."""
    return make_site()


@pytest.fixture(scope="session")
def behind_proxy(make_site: Makes) -> Site:
    """The application as production runs it: a secret, one trusted proxy in front."""
    return make_site(env="production", secret=SecretStr("s" * 40), demonstration=False, proxies=1)
