"""Pairs of an official and a person who know each other, by a keyed index alone."""

import sqlalchemy as sa
from alembic import op

revision = "dataprotection_t0003"
down_revision = "dataprotection_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dataprotection_acquaintance",
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("subject_index", sa.LargeBinary(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "by_id", "subject_index", name=op.f("pk_dataprotection_acquaintance")
        ),
    )


def downgrade() -> None:
    op.drop_table("dataprotection_acquaintance")
