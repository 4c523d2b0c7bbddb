"""The command line: `python -m dashboard migrate | load | serve | congress | user | verify | doctor`."""

import argparse
import sys
from collections.abc import Callable, Sequence

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from dashboard.config import Misconfigured, Settings, check
from dashboard.rules.refused import Refused
from dashboard.store.loading.rows import BadRow
from dashboard.store.migrations import SchemaChanged
from dashboard.web import founding, serving, users, verifying

# What a person can mend; anything else is a bug and keeps its traceback.
EXPECTED = (
    ValidationError,
    Misconfigured,
    SchemaChanged,
    BadRow,
    Refused,
    DBAPIError,
    OSError,
    serving.CannotServe,
)
Command = Callable[[Settings, argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what a person can mend is one line, never a traceback."""
    given = _parser().parse_args(arguments)
    command: Command = given.command
    try:
        settings = Settings()
        check(settings)
        return command(settings, given)
    except KeyboardInterrupt:
        return 130
    except EXPECTED as error:
        print(f"dashboard: {_line(error)}", file=sys.stderr)
        return 1


def _line(error: Exception) -> str:
    """Return what stands in the way, in one line."""
    if isinstance(error, ValidationError):
        wrong = error.errors()[0]
        return f"DASHBOARD_{str(wrong['loc'][0]).upper()}: {wrong['msg']}"
    if isinstance(error, Refused):
        facts = ", ".join(f"{name}={value}" for name, value in error.facts.items())
        return error.code + (f" ({facts})" if facts else "")
    if isinstance(error, DBAPIError):
        return f"the database does not answer: {str(error.orig).splitlines()[0]}"
    if isinstance(error, OSError):
        return f"{error.filename or 'system'}: {error.strerror or error}"
    return str(error)


def _parser() -> argparse.ArgumentParser:
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
    users.add_to(commands)
    verifying.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
