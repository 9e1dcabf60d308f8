"""The picture that came with a suggestion."""

import sqlalchemy as sa
from alembic import op

revision = "events_t0003"
down_revision = "events_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events_suggestion", sa.Column("picture_id", sa.Uuid()))


def downgrade() -> None:
    op.drop_column("events_suggestion", "picture_id")
