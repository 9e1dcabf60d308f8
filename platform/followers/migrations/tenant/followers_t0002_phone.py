"""Phones that follow a thing."""

import sqlalchemy as sa
from alembic import op

revision = "followers_t0002"
down_revision = "followers_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("followers_follower", sa.Column("phone", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column("followers_follower", "phone")
