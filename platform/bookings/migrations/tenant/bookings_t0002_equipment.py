"""What a booker asked to be set out."""

import sqlalchemy as sa
from alembic import op

revision = "bookings_t0002"
down_revision = "bookings_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bookings_booking", sa.Column("equipment", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column("bookings_booking", "equipment")
