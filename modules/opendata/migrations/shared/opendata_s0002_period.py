"""The time that the data sets of the region tell of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "opendata_s0002"
down_revision = "opendata_s0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    period = sa.Column("period", JSONB(), server_default="[]", nullable=False)
    op.add_column("regional_dataset", period)


def downgrade() -> None:
    op.drop_column("regional_dataset", "period")
