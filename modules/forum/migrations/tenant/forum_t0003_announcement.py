"""What staff say by phone to the author of a post, and since when it waits."""

import sqlalchemy as sa
from alembic import op

revision = "forum_t0003"
down_revision = "forum_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = sa.Column("to_announce", sa.Text(), nullable=False, server_default="")
    op.add_column("forum_post", words)
    since = sa.Column("to_announce_since", sa.DateTime(timezone=True))
    op.add_column("forum_post", since)
    op.create_index(op.f("ix_forum_post_to_announce_since"), "forum_post", ["to_announce_since"])


def downgrade() -> None:
    op.drop_index(op.f("ix_forum_post_to_announce_since"), "forum_post")
    op.drop_column("forum_post", "to_announce_since")
    op.drop_column("forum_post", "to_announce")
