"""How often an item was changed: a form says which state it saw."""

import sqlalchemy as sa
from alembic import op

revision = "news_t0002"
down_revision = "news_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    version = sa.Column("version", sa.Integer(), server_default="1", nullable=False)
    op.add_column("news_item", version)


def downgrade() -> None:
    op.drop_column("news_item", "version")
