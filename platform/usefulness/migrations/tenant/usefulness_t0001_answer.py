"""Whether what is published was of use."""

import sqlalchemy as sa
from alembic import op

revision = "usefulness_t0001"
down_revision = None
branch_labels = ("usefulness",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "usefulness_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("was_useful", sa.Boolean(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usefulness_answer")),
        sa.UniqueConstraint("request_id", name=op.f("uq_usefulness_answer_request_id")),
    )
    op.create_index("ix_usefulness_answer_thing", "usefulness_answer", ["part", "object_id"])
    op.create_index(op.f("ix_usefulness_answer_given_on"), "usefulness_answer", ["given_on"])


def downgrade() -> None:
    op.drop_table("usefulness_answer")
