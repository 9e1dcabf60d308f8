"""What was agreed at the time of a booking, and who wrote it."""

import sqlalchemy as sa
from alembic import op

revision = "bookings_t0005"
down_revision = "bookings_t0004"
branch_labels = None
depends_on = None
TABLE = "bookings_booking"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("agreed", sa.LargeBinary()))
    op.add_column(TABLE, sa.Column("agreed_at", sa.DateTime(timezone=True)))
    op.add_column(TABLE, sa.Column("agreed_by_id", sa.Uuid()))
    op.add_column(TABLE, sa.Column("agreed_by", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_bookings_booking_agreed_by_id"), TABLE, ["agreed_by_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_bookings_booking_agreed_by_id"), TABLE)
    for column in ("agreed_by", "agreed_by_id", "agreed_at", "agreed"):
        op.drop_column(TABLE, column)
