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
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
            if readable
            else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    for name in ("werkzeug", "dash", "_granian"):
        logging.getLogger(name).setLevel(logging.WARNING)
