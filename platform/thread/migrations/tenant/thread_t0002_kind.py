"""What a thing is called, where it is not the usual one of its component."""

import sqlalchemy as sa
from alembic import op

revision = "thread_t0002"
down_revision = "thread_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = sa.Column("kind", sa.Text(), server_default="", nullable=False)
    op.add_column("thread_thing", kind)


def downgrade() -> None:
    op.drop_column("thread_thing", "kind")
