"""Flags of posts leave: the platform keeps them, and the release before read them there already."""

import sqlalchemy as sa
from alembic import op

revision = "forum_t0002"
down_revision = "forum_t0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
TABLE = "forum_flag"


def upgrade() -> None:
    bind = op.get_bind()
    if not bind.scalar(sa.text("SELECT to_regclass('moderation_flag')")) and bind.scalar(
        sa.text(f"SELECT EXISTS (SELECT FROM {TABLE})")
    ):
        # The two parts' migrations run in any order: from 0.15 straight to here they would be lost.
        raise RuntimeError("Flags of posts are not the platform's yet: migrate to 0.16.0 first.")
    op.drop_table(TABLE)


def downgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("done_at", AT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_flag")),
        sa.UniqueConstraint("request_id", name=op.f("uq_forum_flag_request_id")),
        sa.ForeignKeyConstraint(["post_id"], ["forum_post.id"], name=op.f("fk_forum_flag_post_id")),
    )
    op.create_index("ix_forum_flag_waiting", TABLE, ["done_at", "at"])
    op.create_index(op.f("ix_forum_flag_post_id"), TABLE, ["post_id"])
