"""Where a picture of what is published is sent from, for feeds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "search_t0003"
down_revision = "search_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("search_entry", sa.Column("picture", JSONB()))


def downgrade() -> None:
    op.drop_column("search_entry", "picture")
