"""What another municipality may take over of a published thing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "search_s0003"
down_revision = "search_s0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Rows that are there have one after the next renewal, which is every night.
    op.add_column("public_entry", sa.Column("pattern", JSONB()))


def downgrade() -> None:
    op.drop_column("public_entry", "pattern")
