"""The time that the rows of an edition tell of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "opendata_t0003"
down_revision = "opendata_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    period = sa.Column("period", JSONB(), server_default="[]", nullable=False)
    op.add_column("opendata_edition", period)


def downgrade() -> None:
    op.drop_column("opendata_edition", "period")
