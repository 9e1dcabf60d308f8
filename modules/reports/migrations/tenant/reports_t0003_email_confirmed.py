"""When the reader of a sender's e-mail address asked for letters."""

import sqlalchemy as sa
from alembic import op

revision = "reports_t0003"
down_revision = "reports_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    at = sa.Column("email_confirmed_at", sa.DateTime(timezone=True))
    op.add_column("reports_report", at)
    # Whoever has had letters about a report goes on having them.
    op.execute("UPDATE reports_report SET email_confirmed_at = sent_at WHERE email IS NOT NULL")


def downgrade() -> None:
    op.drop_column("reports_report", "email_confirmed_at")
