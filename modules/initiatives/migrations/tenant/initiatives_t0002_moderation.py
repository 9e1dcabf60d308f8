"""When the words of an initiative were hidden, and when a moderator has read them."""

import sqlalchemy as sa
from alembic import op

revision = "initiatives_t0002"
down_revision = "initiatives_t0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("initiatives_initiative", sa.Column("hidden_at", AT))
    op.add_column("initiatives_initiative", sa.Column("checked_at", AT))


def downgrade() -> None:
    op.drop_column("initiatives_initiative", "checked_at")
    op.drop_column("initiatives_initiative", "hidden_at")
