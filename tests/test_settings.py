"""What stops a start is said in one line before the first request; every setting is in the README."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from dashboard.config import ROOT, Misconfigured, Settings, check

SECRET = "s" * 32
PRODUCTION = {"DASHBOARD_ENV": "production", "DASHBOARD_SECRET": SECRET, "DASHBOARD_DEMONSTRATION": "false"}


def started(command: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the product with these settings alone."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
    defaults = {
        "DASHBOARD_DATABASE_URL": f"sqlite:///{folder}/data.sqlite3",
        "DASHBOARD_VAR": str(folder / "var"),
    }
    return subprocess.run(
        [sys.executable, "-m", "dashboard", command],
        cwd=ROOT, env=own | defaults | settings, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line with which a start was refused."""
    assert done.returncode == 1, done
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("dashboard: ")
    return line


def production(**given: object) -> Settings:
    return Settings.model_validate(
        {"env": "production", "secret": SecretStr(SECRET), "demonstration": False} | given
    )


def test_production_refuses_what_is_unsafe() -> None:
    check(production())
    check(Settings(env="development"))
    for given, named in (
        ({"secret": SecretStr("")}, "DASHBOARD_SECRET"),
        ({"secret": SecretStr(SECRET[:-1])}, "DASHBOARD_SECRET"),
        ({"demonstration": True}, "DASHBOARD_DEMONSTRATION"),
    ):
        with pytest.raises(Misconfigured, match=named):
            check(production(**given))


def test_several_workers_need_postgresql() -> None:
    check(production(workers=4, database_url="postgresql://somewhere/data"))
    with pytest.raises(Misconfigured, match="DASHBOARD_WORKERS"):
        check(production(workers=2))
    with pytest.raises(Misconfigured, match="DASHBOARD_WORKERS"):
        check(Settings(workers=2))


@pytest.mark.parametrize(
    "given", [{"port": 70000}, {"port": -1}, {"workers": 0}, {"threads": 0}, {"env": "test"}, {"proxies": 9}]
)
def test_values_out_of_range_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(given)


def test_the_address_of_the_database_is_completed() -> None:
    assert Settings(database_url="sqlite:///data/x.sqlite3").url == f"sqlite:///{ROOT}/data/x.sqlite3"
    assert Settings(database_url="sqlite:////tmp/x.sqlite3").url == "sqlite:////tmp/x.sqlite3"
    for given in ("postgres://a@b/c", "postgresql://a@b/c"):
        assert Settings(database_url=given).url == "postgresql+psycopg://a@b/c"


def test_a_secret_is_not_shown() -> None:
    assert SECRET not in repr(production())
    assert production().pepper == SECRET.encode()


def test_a_secret_that_nobody_set_is_drawn_once_for_its_folder(tmp_path: Path) -> None:
    """What hall codes are hashed with must be the same after the next start, and in every process."""
    one, again, other = (Settings(var=tmp_path / name) for name in ("a", "a", "b"))
    assert one.pepper == again.pepper != other.pepper
    assert len(one.pepper) == 64
    (file,) = (tmp_path / "a").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.fixture
def taken() -> Iterator[str]:
    """A port that somebody else listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield str(listener.getsockname()[1])


def test_a_taken_port_is_said_in_one_line(tmp_path: Path, taken: str) -> None:
    line = refused(started("serve", tmp_path, DASHBOARD_PORT=taken))
    assert f"127.0.0.1:{taken} is taken" in line
    assert "DASHBOARD_PORT" in line
    assert not (tmp_path / "data.sqlite3").exists()


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    """A file stands where the folder should be: that stops every user, the all-powerful one too."""
    (tmp_path / "var").write_text("")
    for command in ("serve", "load", "migrate", "doctor"):
        done = started(command, tmp_path)
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert "DASHBOARD_VAR" in line


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("nonsense", "DASHBOARD_DATABASE_URL"),
        ("mysql://somewhere/data", "DASHBOARD_DATABASE_URL"),
        ("postgresql://somewhere:port/data", "DASHBOARD_DATABASE_URL"),
        ("postgresql://127.0.0.1:1/data", "database does not answer"),
        ("sqlite:////proc/nowhere/data.sqlite3", "database does not answer"),
    ],
)
def test_a_bad_database_is_said_in_one_line(tmp_path: Path, url: str, named: str) -> None:
    assert named in refused(started("migrate", tmp_path, DASHBOARD_DATABASE_URL=url))


def test_a_password_in_the_address_is_not_told(tmp_path: Path) -> None:
    line = refused(
        started("migrate", tmp_path, DASHBOARD_DATABASE_URL="postgresql://u:hidden-word@127.0.0.1:1/d")
    )
    assert "hidden-word" not in line


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (PRODUCTION | {"DASHBOARD_SECRET": ""}, "DASHBOARD_SECRET"),
        (PRODUCTION | {"DASHBOARD_DEMONSTRATION": "true"}, "DASHBOARD_DEMONSTRATION"),
        ({"DASHBOARD_WORKERS": "2"}, "DASHBOARD_WORKERS"),
        ({"DASHBOARD_PORT": "eight"}, "DASHBOARD_PORT"),
    ],
)
def test_settings_that_do_not_go_are_said_in_one_line(
    tmp_path: Path, settings: dict[str, str], named: str
) -> None:
    assert named in refused(started("serve", tmp_path, **settings))
    assert list(tmp_path.iterdir()) == []


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [name for name in Settings.model_fields if f"DASHBOARD_{name.upper()}" not in readme]
    assert missing == []
