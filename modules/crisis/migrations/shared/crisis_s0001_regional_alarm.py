"""Dangers that stand now in some municipality."""

import sqlalchemy as sa
from alembic import op

revision = "crisis_s0001"
down_revision = None
branch_labels = ("crisis",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "regional_alarm",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "places", "path")),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "crisis_id", name=op.f("pk_regional_alarm")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_alarm TO app_login")


def downgrade() -> None:
    op.drop_table("regional_alarm")
