"""Table of the open consultations of the region."""

import sqlalchemy as sa
from alembic import op

revision = "consultations_s0001"
down_revision = None
branch_labels = ("consultations",)
depends_on = None

TEXTS = ("municipality", "kind", "title", "summary", "path")


def upgrade() -> None:
    op.create_table(
        "regional_consultation",
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "municipality", "consultation_id", name=op.f("pk_regional_consultation")
        ),
    )
    op.create_index(
        op.f("ix_regional_consultation_closes_at"), "regional_consultation", ["closes_at"]
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_consultation TO app_login")


def downgrade() -> None:
    op.drop_table("regional_consultation")
