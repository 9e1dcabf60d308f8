"""Straw polls of a meeting: votes of the room's page and hands of the hall in one count."""

import sqlalchemy as sa
from alembic import op

revision = "meetings_t0003"
down_revision = "meetings_t0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
POLL, VOTE = "meetings_straw_poll", "meetings_straw_vote"


def upgrade() -> None:
    op.create_table(
        POLL,
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("id", "request_id", "meeting_id")
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("options", sa.ARRAY(sa.Text()), nullable=False),
        *(sa.Column(name, sa.ARRAY(sa.Integer()), nullable=False) for name in ("hands", "online")),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_straw_poll")),
        sa.UniqueConstraint("request_id", name=op.f("uq_meetings_straw_poll_request_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings_meeting.id"], name=op.f("fk_meetings_straw_poll_meeting_id")
        ),
    )
    op.create_index(op.f("ix_meetings_straw_poll_meeting_id"), POLL, ["meeting_id"])
    op.create_index(
        "uq_meetings_straw_poll_open",
        POLL,
        ["meeting_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        VOTE,
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("poll_id", "participant_id")),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "participant_id", name=op.f("pk_meetings_straw_vote")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_meetings_straw_vote_{column}")
            )
            for column, table in (("poll_id", POLL), ("participant_id", "meetings_participant"))
        ),
    )


def downgrade() -> None:
    op.drop_table(VOTE)
    op.drop_table(POLL)
