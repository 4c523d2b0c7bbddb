"""The command line: `python -m dashboard migrate | load | serve | recount | import-round | congress | user | ...`."""

import argparse
import io
import sys
from collections.abc import Callable, Sequence

from dashboard.reports import recount_command
from dashboard.reports.recount_text import printable
from dashboard.rules.refused import Refused

# What the other commands import is imported where they run: a recount needs neither database nor web, and starts in a
# tenth of the time without them.
# ruff: noqa: PLC0415


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what a person can mend is one line, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal's letters do not hold is told with what they do.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    asked = list(sys.argv[1:] if arguments is None else arguments)
    alone = asked[:1] == ["recount"]
    given = (_recount() if alone else _parser()).parse_args(asked)
    try:
        return int(given.command(given)) if alone else _run(given)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        line = _line(error)
        if line is None:
            raise
        print(printable(f"dashboard: {line}"), file=sys.stderr)
        return 1


def _run(given: argparse.Namespace) -> int:
    """Run a command that has settings."""
    from dashboard.config import Settings, check

    command: Callable[[Settings, argparse.Namespace], int] = given.command
    settings = Settings()
    check(settings)
    return command(settings, given)


def _line(error: Exception) -> str | None:
    """Return what stands in the way, in one line; None where it is a bug, which keeps its traceback."""
    if isinstance(error, Refused):
        facts = ", ".join(f"{name}={value}" for name, value in error.facts.items())
        return error.code + (f" ({facts})" if facts else "")
    if isinstance(error, OSError):
        return f"{error.filename or 'system'}: {error.strerror or error}"
    from pydantic import ValidationError
    from sqlalchemy.exc import DBAPIError

    from dashboard.config import Misconfigured
    from dashboard.store.loading.rows import BadRow
    from dashboard.store.migrations import SchemaChanged
    from dashboard.web.serving import CannotServe

    if isinstance(error, ValidationError):
        wrong = error.errors()[0]
        return f"DASHBOARD_{str(wrong['loc'][0]).upper()}: {wrong['msg']}"
    if isinstance(error, DBAPIError):
        return f"the database does not answer: {(str(error.orig).splitlines() or ['?'])[0]}"
    return str(error) if isinstance(error, Misconfigured | SchemaChanged | BadRow | CannotServe) else None


def _recount() -> argparse.ArgumentParser:
    """Return the command line of a recount alone."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    recount_command.add_to(parser.add_subparsers(required=True, metavar="COMMAND"))
    return parser


def _parser() -> argparse.ArgumentParser:
    """Return the whole command line."""
    from dashboard.web import founding, importing, serving, users, verifying
    from dashboard.work import reminding

    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, line in (
        ("migrate", serving.migrate_only, "bring the schema to the newest revision"),
        ("load", serving.load_only, "load the published facts, and the demonstration into an empty database"),
        ("serve", serving.serve, "migrate, load and serve"),
        ("doctor", serving.doctor, "say what this installation stands on"),
    ):
        commands.add_parser(name, help=line).set_defaults(command=command)
    founding.add_to(commands)
    importing.add_to(commands)
    recount_command.add_to(commands)
    reminding.add_to(commands)
    users.add_to(commands)
    verifying.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
