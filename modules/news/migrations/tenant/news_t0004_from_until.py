"""News show from an hour until an hour; `announced_at` says that it was told."""

import sqlalchemy as sa
from alembic import op

revision = "news_t0004"
down_revision = "news_t0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("news_item", sa.Column("until", sa.DateTime(timezone=True)))
    op.add_column("news_item", sa.Column("announced_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE news_item SET announced_at = published_at")
    op.create_index(
        "ix_news_item_waiting",
        "news_item",
        ["published_at"],
        postgresql_where=sa.text("announced_at IS NULL AND published_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_news_item_waiting", "news_item")
    op.drop_column("news_item", "announced_at")
    op.drop_column("news_item", "until")
