"""Who supports which thing under a pseudonym, and how many do."""

import sqlalchemy as sa
from alembic import op

revision = "support_t0001"
down_revision = None
branch_labels = ("support",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "support_support",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("pseudonym", sa.LargeBinary(), nullable=False),
        sa.Column("support_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("part", "object_id", "pseudonym", name=op.f("pk_support_support")),
    )
    for column in ("support_id", "person_id", "entered_by_id"):
        op.create_index(op.f(f"ix_support_support_{column}"), "support_support", [column])
    op.create_table(
        "support_count",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("online", sa.Integer(), server_default="0", nullable=False),
        sa.Column("entered", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("part", "object_id", name=op.f("pk_support_count")),
    )


def downgrade() -> None:
    op.drop_table("support_count")
    op.drop_table("support_support")
