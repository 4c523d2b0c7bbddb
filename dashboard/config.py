"""Settings, read once from the environment (`DASHBOARD_*`)."""

import os
import secrets
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32
KNOWN_DATABASES = frozenset({"sqlite", "postgresql", "postgres", "postgresql+psycopg"})


class Misconfigured(Exception):
    """The settings do not allow serving; the message says which one and what to do."""


class Settings(BaseSettings):
    """Every setting of the product; a test fails when one is missing from the README."""

    model_config = SettingsConfigDict(env_prefix="DASHBOARD_", frozen=True, extra="ignore")

    database_url: str = Field(
        default="sqlite:///data/var/dashboard.sqlite3",
        description="where the data live: SQLite or PostgreSQL",
    )
    host: str = Field(default="127.0.0.1", description="address that the server binds to")
    port: int = Field(default=8050, ge=0, le=65535, description="port that the server binds to")
    env: Literal["development", "production"] = Field(
        default="development", description="`production` demands a secret and refuses the demonstration"
    )
    secret: SecretStr = Field(
        default=SecretStr(""),
        description="32 characters or more; the key of hall codes and of the count of failures",
    )
    workers: int = Field(
        default=1, ge=1, le=64, description="server processes; more than one needs PostgreSQL"
    )
    threads: int = Field(default=8, ge=1, le=256, description="threads of each process")
    var: Path = Field(
        default=ROOT / "data" / "var",
        description="folder for compressed files, files of reports and the demonstration's passwords",
    )
    proxies: int = Field(
        default=0, ge=0, le=5, description="trusted proxies in front that set X-Forwarded-For"
    )
    demonstration: bool = Field(
        default=True, description="load the simulated congress into an empty database"
    )

    @field_validator("database_url")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            known = make_url(value).drivername in KNOWN_DATABASES
        except (ArgumentError, ValueError):
            known = False
        if not known:
            raise ValueError("the address must begin with sqlite:/// or postgresql://")
        return value

    @cached_property
    def url(self) -> str:
        """Return the database address with a relative SQLite path resolved against the project."""
        prefix = "sqlite:///"
        if self.database_url.startswith(prefix) and not self.database_url.startswith(prefix + "/"):
            return prefix + str(ROOT / self.database_url.removeprefix(prefix))
        if self.database_url.startswith(("postgresql://", "postgres://")):
            return "postgresql+psycopg://" + self.database_url.split("://", 1)[1]
        return self.database_url

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the embedded database is used."""
        return self.url.startswith("sqlite")

    @cached_property
    def pepper(self) -> bytes:
        """Return the secret that keyed hashes use; where none is set a random one, kept in the folder `var`.

        Hall codes that were printed must open after the next start too, and in every process.
        """
        return (self.secret.get_secret_value() or _kept_secret(self.var)).encode()


def _kept_secret(folder: Path) -> str:
    """Return the secret of a folder, made at the first use and readable by its owner alone."""
    path = folder / "secret"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"secret.{secrets.token_hex(4)}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        # Of processes that start at once the first one's stands.
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text("ascii")


def check(settings: Settings) -> None:
    """Raise Misconfigured where the settings would serve unsafely."""
    if settings.workers > 1 and settings.is_sqlite:
        raise Misconfigured("DASHBOARD_WORKERS over 1 needs PostgreSQL: SQLite has one writing process.")
    if settings.env != "production":
        return
    if len(settings.secret.get_secret_value()) < SHORTEST_SECRET:
        raise Misconfigured(
            f"DASHBOARD_SECRET is missing or shorter than {SHORTEST_SECRET} characters, which production demands."
        )
    if settings.demonstration:
        raise Misconfigured("Production refuses the demonstration: set DASHBOARD_DEMONSTRATION=false.")
