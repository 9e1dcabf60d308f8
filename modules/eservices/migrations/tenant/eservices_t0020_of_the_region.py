"""Services that the region publishes, and versions that came into force on its day."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0020"
down_revision = "eservices_t0019"
branch_labels = None
depends_on = None

DESIGNED, TAKEN = "eservices_designed", "eservices_inherited"


def upgrade() -> None:
    op.add_column(DESIGNED, sa.Column("regional_at", sa.DateTime(timezone=True)))
    for name in ("is_regional", "came_by_date"):
        op.add_column(
            TAKEN, sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    for name in ("came_by_date", "is_regional"):
        op.drop_column(TAKEN, name)
    op.drop_column(DESIGNED, "regional_at")
