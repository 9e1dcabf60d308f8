"""What stood in people's way."""

import sqlalchemy as sa
from alembic import op

revision = "accessibility_t0001"
down_revision = None
branch_labels = ("accessibility",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accessibility_barrier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told_by_id", sa.Uuid()),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessibility_barrier")),
        sa.UniqueConstraint("request_id", name=op.f("uq_accessibility_barrier_request_id")),
    )
    op.create_index(
        op.f("ix_accessibility_barrier_told_by_id"), "accessibility_barrier", ["told_by_id"]
    )
    op.create_index(
        "ix_accessibility_barrier_waiting",
        "accessibility_barrier",
        ["told_on"],
        postgresql_where=sa.text("answered_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("accessibility_barrier")
