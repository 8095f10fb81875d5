"""Plans: MQLs and SQLs of a month, each change kept."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the table of plans."""
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("month_on", sa.Date, nullable=False),
        sa.Column("mqls", sa.Integer, nullable=False),
        sa.Column("sqls", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
