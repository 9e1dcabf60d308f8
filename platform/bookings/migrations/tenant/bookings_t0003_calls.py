"""Calls to bookers whom neither a letter nor an SMS reaches."""

import sqlalchemy as sa
from alembic import op

revision = "bookings_t0003"
down_revision = "bookings_t0002"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "bookings_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("until", AT, nullable=False),
        sa.Column("owed_at", AT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("called_at", AT),
        sa.Column("caller_id", sa.Uuid()),
        sa.Column("caller", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings_call")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings_booking.id"], name=op.f("fk_bookings_call_booking_id")
        ),
        sa.UniqueConstraint("booking_id", "cause", name=op.f("uq_bookings_call_booking_id_cause")),
    )
    op.create_index(op.f("ix_bookings_call_caller_id"), "bookings_call", ["caller_id"])
    op.create_index(
        "ix_bookings_call_owed",
        "bookings_call",
        ["until", "id"],
        postgresql_where=sa.text("state IN ('owed', 'again')"),
    )


def downgrade() -> None:
    op.drop_table("bookings_call")
