"""Table of promises that staff entered."""

import sqlalchemy as sa
from alembic import op

revision = "promises_t0001"
down_revision = None
branch_labels = ("promises",)
depends_on = None

TEXTS = ("title", "words", "settlement", "owes", "office", "outcome", "reason", "after_part")


def upgrade() -> None:
    op.create_table(
        "promises_promise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        *(
            sa.Column(name, sa.Date(), nullable=False)
            for name in ("given_on", "due_on", "first_due_on")
        ),
        *(sa.Column(name, sa.Date()) for name in ("kept_on", "dropped_on")),
        sa.Column("after_id", sa.Uuid()),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises_promise")),
        sa.UniqueConstraint("request_id", name=op.f("uq_promises_promise_request_id")),
    )


def downgrade() -> None:
    op.drop_table("promises_promise")
