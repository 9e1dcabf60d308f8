"""The first table of training."""

import sqlalchemy as sa
from alembic import op

revision = "training_t0001"
down_revision = None
branch_labels = ("training",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "training_lesson",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.LargeBinary()),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_lesson")),
        sa.UniqueConstraint(
            "request_id",
            name=op.f("uq_training_lesson_request_id"),
        ),
    )
    op.create_index(
        op.f("ix_training_lesson_author_id"),
        "training_lesson",
        ["author_id"],
    )


def downgrade() -> None:
    op.drop_table("training_lesson")
