"""By when the written decision of a signal is told to its sender, and when it was."""

import sqlalchemy as sa
from alembic import op

revision = "reports_t0006"
down_revision = "reports_t0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reports_report", sa.Column("announce_by", sa.Date()))
    at = sa.Column("announced_at", sa.DateTime(timezone=True))
    op.add_column("reports_report", at)


def downgrade() -> None:
    op.drop_column("reports_report", "announced_at")
    op.drop_column("reports_report", "announce_by")
