"""Not before: the day until which recycled leads are left alone."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the day to the routings."""
    op.add_column("routings", sa.Column("not_before", sa.Date))
