"""More pictures of a place."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "places_t0003"
down_revision = "places_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    gallery = sa.Column("gallery", postgresql.JSONB(), server_default="[]", nullable=False)
    op.add_column("places_place", gallery)


def downgrade() -> None:
    op.drop_column("places_place", "gallery")
