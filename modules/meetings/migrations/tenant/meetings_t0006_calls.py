"""Calls to guests of a meeting whom neither a letter nor an SMS reaches."""

import sqlalchemy as sa
from alembic import op

revision = "meetings_t0006"
down_revision = "meetings_t0005"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "meetings_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("guest_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("until", AT, nullable=False),
        sa.Column("owed_at", AT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("called_at", AT),
        sa.Column("caller_id", sa.Uuid()),
        sa.Column("caller", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_call")),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["meetings_guest.id"], name=op.f("fk_meetings_call_guest_id")
        ),
        sa.UniqueConstraint("guest_id", "cause", name=op.f("uq_meetings_call_guest_id_cause")),
    )
    op.create_index(op.f("ix_meetings_call_caller_id"), "meetings_call", ["caller_id"])
    op.create_index(
        "ix_meetings_call_owed",
        "meetings_call",
        ["until", "id"],
        postgresql_where=sa.text("state IN ('owed', 'again')"),
    )


def downgrade() -> None:
    op.drop_table("meetings_call")
