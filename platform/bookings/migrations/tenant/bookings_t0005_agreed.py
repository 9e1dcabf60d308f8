"""What was agreed at the time of a booking, and who wrote it."""

import sqlalchemy as sa
from alembic import op

revision = "bookings_t0005"
down_revision = "bookings_t0004"
branch_labels = None
depends_on = None
TABLE = "bookings_booking"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("agreement", sa.LargeBinary()))
    op.add_column(TABLE, sa.Column("agreement_at", sa.DateTime(timezone=True)))
    op.add_column(TABLE, sa.Column("agreement_by_id", sa.Uuid()))
    op.add_column(TABLE, sa.Column("agreement_by", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_bookings_booking_agreement_by_id"), TABLE, ["agreement_by_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_bookings_booking_agreement_by_id"), TABLE)
    for column in ("agreement_by", "agreement_by_id", "agreement_at", "agreement"):
        op.drop_column(TABLE, column)
