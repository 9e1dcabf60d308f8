"""Who changed an item last, by id: a name alone cannot be found when its person goes."""

import sqlalchemy as sa
from alembic import op

revision = "news_t0003"
down_revision = "news_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("news_item", sa.Column("changed_by_id", sa.Uuid()))
    op.create_index(op.f("ix_news_item_changed_by_id"), "news_item", ["changed_by_id"])
    # Of what was changed since it was begun nobody knows whose the name is.
    op.execute("UPDATE news_item SET changed_by_id = author_id WHERE version = 1")
    op.execute("UPDATE news_item SET changed_by = '' WHERE version > 1")


def downgrade() -> None:
    op.drop_index(op.f("ix_news_item_changed_by_id"), "news_item")
    op.drop_column("news_item", "changed_by_id")
