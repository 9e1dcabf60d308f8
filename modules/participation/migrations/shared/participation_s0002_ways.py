"""Figures of each way of the years that the region shows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "participation_s0002"
down_revision = "participation_s0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ways = sa.Column("ways", JSONB(), server_default="{}", nullable=False)
    op.add_column("regional_participation", ways)


def downgrade() -> None:
    op.drop_column("regional_participation", "ways")
