"""Alembic's entry; the connection comes from dashboard.store.migrations."""

from alembic import context

context.run_migrations()
