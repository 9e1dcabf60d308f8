"""What was said and what follows; three questions after a meeting."""

import sqlalchemy as sa
from alembic import op

revision = "meetings_t0008"
down_revision = "meetings_t0007"
branch_labels = None
depends_on = None

TABLE, QUESTIONS = "meetings_report", ("heard", "clear", "again")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("published_at", AT, nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings_meeting.id"],
            name=op.f(f"fk_{TABLE}_meeting_id_meetings_meeting"),
        ),
    )
    op.create_index(op.f(f"ix_{TABLE}_changed_by_id"), TABLE, ["changed_by_id"])
    for name in QUESTIONS:
        column = sa.Column(name, sa.Text(), server_default="", nullable=False)
        op.add_column("meetings_feedback", column)
    op.add_column("meetings_meeting", sa.Column("asked_at", AT))


def downgrade() -> None:
    op.drop_column("meetings_meeting", "asked_at")
    for name in QUESTIONS:
        op.drop_column("meetings_feedback", name)
    op.drop_table(TABLE)
