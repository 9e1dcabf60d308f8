"""When a moderator has read a proposal; versions that were mended while they were hidden."""

import sqlalchemy as sa
from alembic import op

revision = "proposals_t0005"
down_revision = "proposals_t0004"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("proposals_proposal", sa.Column("checked_at", AT))
    op.execute("UPDATE proposals_proposal SET checked_at = hidden_at WHERE hidden_at IS NOT NULL")
    op.add_column("proposals_version", sa.Column("hidden_at", AT))


def downgrade() -> None:
    op.drop_column("proposals_version", "hidden_at")
    op.drop_column("proposals_proposal", "checked_at")
