"""Table of the promises of all municipalities."""

import sqlalchemy as sa
from alembic import op

revision = "promises_s0002"
down_revision = "promises_s0001"
branch_labels = None
depends_on = None

TEXTS = ("municipality", "part", "word", "thing", "title", "owes", "reason")
DAYS = ("due_on", "first_due_on", "reached_on", "dropped_on")


def upgrade() -> None:
    op.create_table(
        "regional_promise",
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        *(sa.Column(name, sa.Date()) for name in DAYS),
        sa.Column("promise_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("comes_by_itself", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "promise_id", name=op.f("pk_regional_promise")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_promise TO app_login")


def downgrade() -> None:
    op.drop_table("regional_promise")
