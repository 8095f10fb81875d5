"""Two-hand bids, both values of each once they were opened."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table of bids."""
    op.create_table(
        "bids",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("base", sa.Integer, sa.ForeignKey("versions.number"), nullable=False, index=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("marketing_name", sa.Text, nullable=False),
        sa.Column("marketing_value", sa.JSON, nullable=False),
        sa.Column("sales_name", sa.Text, nullable=False),
        sa.Column("sales_value", sa.JSON, nullable=False),
    )
