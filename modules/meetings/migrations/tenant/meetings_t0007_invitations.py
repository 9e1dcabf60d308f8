"""Invitations of groups to a meeting, and which of them a guest answers."""

import sqlalchemy as sa
from alembic import op

revision = "meetings_t0007"
down_revision = "meetings_t0006"
branch_labels = None
depends_on = None

TABLE, PARENT, GUEST = "meetings_invitation", "meetings_meeting", "meetings_guest"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("email_hash", sa.LargeBinary()),
        sa.Column("added_at", AT, nullable=False),
        sa.Column("sent_at", AT),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", AT),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], [f"{PARENT}.id"], name=op.f(f"fk_{TABLE}_meeting_id_{PARENT}")
        ),
        sa.UniqueConstraint("request_id", name=op.f(f"uq_{TABLE}_request_id")),
        sa.UniqueConstraint(
            "meeting_id", "email_hash", name=op.f(f"uq_{TABLE}_meeting_id_email_hash")
        ),
    )
    op.create_index(op.f(f"ix_{TABLE}_meeting_id"), TABLE, ["meeting_id"])
    op.add_column(GUEST, sa.Column("invitation_id", sa.Uuid()))
    op.create_foreign_key(
        op.f(f"fk_{GUEST}_invitation_id_{TABLE}"), GUEST, TABLE, ["invitation_id"], ["id"]
    )
    op.create_index(op.f(f"ix_{GUEST}_invitation_id"), GUEST, ["invitation_id"])


def downgrade() -> None:
    op.drop_column(GUEST, "invitation_id")
    op.drop_table(TABLE)
