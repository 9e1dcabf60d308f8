"""Formats of a large edition that are still to be written."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "opendata_t0002"
down_revision = "opendata_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    awaited = sa.Column("awaited", ARRAY(sa.Text()), server_default="{}", nullable=False)
    op.add_column("opendata_edition", awaited)


def downgrade() -> None:
    op.drop_column("opendata_edition", "awaited")
