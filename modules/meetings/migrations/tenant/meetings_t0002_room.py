"""Rooms of meetings, and who is in them."""

import sqlalchemy as sa
from alembic import op

revision = "meetings_t0002"
down_revision = "meetings_t0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "meetings_meeting",
        sa.Column("has_room", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.alter_column("meetings_meeting", "has_room", server_default=None)
    op.create_table(
        "meetings_room",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("has_waiting_room", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_meetings_room")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings_meeting.id"], name=op.f("fk_meetings_room_meeting_id")
        ),
    )
    op.create_index(op.f("ix_meetings_room_closed_at"), "meetings_room", ["closed_at"])
    op.create_table(
        "meetings_participant",
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("id", "request_id", "meeting_id")
        ),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("shown_name", "reason")),
        sa.Column("is_phone", sa.Boolean(), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        *(
            sa.Column(name, MOMENT, nullable=True)
            for name in (
                *("admitted_at", "hand_at", "called_at", "speaks_until", "left_at", "removed_at"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_participant")),
        sa.UniqueConstraint("request_id", name=op.f("uq_meetings_participant_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_meetings_participant_code_index")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings_meeting.id"],
            name=op.f("fk_meetings_participant_meeting_id"),
        ),
    )
    op.create_index(
        op.f("ix_meetings_participant_meeting_id"), "meetings_participant", ["meeting_id"]
    )


def downgrade() -> None:
    op.drop_table("meetings_participant")
    op.drop_table("meetings_room")
    op.drop_column("meetings_meeting", "has_room")
