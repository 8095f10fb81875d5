"""Scout samples: who was drawn, by which rule and seed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table of scout samples."""
    op.create_table(
        "scout_samples",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("as_of", sa.DateTime, nullable=False),
        sa.Column("base", sa.Integer, sa.ForeignKey("versions.number"), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("share", sa.Float, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("leads", sa.JSON, nullable=False),
    )
