"""Table of the networks of all municipalities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "transit_s0001"
down_revision = None
branch_labels = ("transit",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "regional_timetable",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_regional_timetable")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_timetable TO app_login")


def downgrade() -> None:
    op.drop_table("regional_timetable")
