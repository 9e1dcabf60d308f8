"""Words of a short message to many, where its subject alone says too little."""

import sqlalchemy as sa
from alembic import op

revision = "notify_t0004"
down_revision = "notify_t0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notify_text", sa.Column("short", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column("notify_text", "short")
