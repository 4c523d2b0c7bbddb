"""The schema of the whole cycle.

Until the first tag this revision creates what the tables say and is edited in place with them (a stamp refuses a
database made by an earlier state); at the tag it is frozen into explicit operations and only added to.
"""

from alembic import op

from dashboard.store.tables import Base

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    Base.metadata.create_all(op.get_bind())


def downgrade() -> None:
    """Drop every table."""
    Base.metadata.drop_all(op.get_bind())
