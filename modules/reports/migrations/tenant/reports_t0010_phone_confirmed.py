"""Confirmation of the phone of who sent a report, and what is asked for it."""

import sqlalchemy as sa
from alembic import op

revision = "reports_t0010"
down_revision = "reports_t0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    at = sa.Column("phone_confirmed_at", sa.DateTime(timezone=True))
    op.add_column("reports_report", at)
    # Whoever has had short messages about a report goes on having them.
    op.execute("UPDATE reports_report SET phone_confirmed_at = sent_at WHERE phone IS NOT NULL")


def downgrade() -> None:
    op.drop_column("reports_report", "phone_confirmed_at")
