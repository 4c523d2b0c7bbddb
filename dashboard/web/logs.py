"""Structured logs: what happened and how long it took; never who, never a body, a parameter or a query string."""

import logging
import sys

import structlog


def configure(*, readable: bool) -> None:
    """Log one line an event to standard error: as JSON, or readable in development."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(_for_people() if readable else _for_machines()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    for name in ("werkzeug", "dash", "_granian"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _for_people() -> list[structlog.typing.Processor]:
    # The plain traceback: the coloured one would print the local variables, a typed password among them.
    return [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    ]


def _for_machines() -> list[structlog.typing.Processor]:
    tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return [structlog.processors.ExceptionRenderer(tracebacks), structlog.processors.JSONRenderer()]
