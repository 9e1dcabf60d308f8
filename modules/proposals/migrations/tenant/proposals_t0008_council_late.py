"""When staff were told that the council has not answered in time."""

import sqlalchemy as sa
from alembic import op

revision = "proposals_t0008"
down_revision = "proposals_t0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    late = sa.Column("told_late_at", sa.DateTime(timezone=True))
    op.add_column("proposals_milestone", late)


def downgrade() -> None:
    op.drop_column("proposals_milestone", "told_late_at")
