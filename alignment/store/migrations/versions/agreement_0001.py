"""Versions, edits and signatures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the three tables of the agreement."""
    op.create_table(
        "versions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("definition", sa.JSON, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("effective_on", sa.Date),
        sa.Column("prediction", sa.JSON, nullable=False),
        sa.Column("signed_seq", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime),
    )
    op.create_table(
        "edits",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("base", sa.Integer, sa.ForeignKey("versions.number"), nullable=False, index=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("edits.seq")),
    )
    op.create_table(
        "signatures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("base", sa.Integer, nullable=False, index=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
