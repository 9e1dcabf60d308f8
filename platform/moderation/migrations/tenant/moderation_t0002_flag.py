"""Flags: somebody says that a thing breaks a rule; those of the forum's posts come along."""

import sqlalchemy as sa
from alembic import op

revision = "moderation_t0002"
down_revision = "moderation_t0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
TABLE = "moderation_flag"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("done_at", AT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_flag")),
        sa.UniqueConstraint("request_id", name=op.f("uq_moderation_flag_request_id")),
    )
    op.create_index("ix_moderation_flag_thing", TABLE, ["part", "object_id", "done_at"])
    # A new municipality has no table of the forum yet, or an empty one.
    if op.get_bind().scalar(sa.text("SELECT to_regclass('forum_flag')")):
        op.execute(
            "INSERT INTO moderation_flag (id, request_id, part, object_id, rule, at, done_at)"
            " SELECT id, request_id, 'forum', post_id, rule, at, done_at FROM forum_flag"
        )


def downgrade() -> None:
    op.drop_table(TABLE)
