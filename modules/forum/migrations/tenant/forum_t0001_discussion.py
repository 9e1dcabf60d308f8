"""Tables of the forum: discussions, posts, what is said against a post."""

import sqlalchemy as sa
from alembic import op

revision = "forum_t0001"
down_revision = None
branch_labels = ("forum",)
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "forum_discussion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("begun_at", AT, nullable=False),
        sa.Column("published_at", AT),
        sa.Column("last_at", AT),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("is_veiled", sa.Boolean(), nullable=False),
        sa.Column("awaiting_since", AT),
        sa.Column("heard_at", AT),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("assignee_id", sa.Uuid()),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("closed_at", AT),
        sa.Column("closed_why", sa.Text(), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("decided_at", AT),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("successor_number", sa.Text(), nullable=False),
        sa.Column("successor_path", sa.Text(), nullable=False),
        sa.Column("news_told_at", AT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_discussion")),
        sa.UniqueConstraint("request_id", name=op.f("uq_forum_discussion_request_id")),
    )
    op.create_index(
        "ix_forum_discussion_list", "forum_discussion", ["published_at", "heard_at", "last_at"]
    )
    op.create_index("ix_forum_discussion_place", "forum_discussion", ["settlement", "subject"])
    op.create_index("ix_forum_discussion_queue", "forum_discussion", ["awaiting_since", "id"])
    for column in ("assignee_id", "news_told_at"):
        op.create_index(op.f(f"ix_forum_discussion_{column}"), "forum_discussion", [column])
    op.create_table(
        "forum_post",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("discussion_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("code_index", sa.LargeBinary()),
        sa.Column("author_index", sa.LargeBinary()),
        sa.Column("author", sa.LargeBinary(), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("phone", sa.LargeBinary()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("hidden_words", sa.LargeBinary()),
        sa.Column("is_official", sa.Boolean(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("sent_at", AT, nullable=False),
        sa.Column("confirmed_at", AT),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("published_at", AT),
        sa.Column("hidden_at", AT),
        sa.Column("checked_at", AT),
        sa.Column("is_emptied", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_post")),
        sa.UniqueConstraint("request_id", name=op.f("uq_forum_post_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_forum_post_code_index")),
        sa.UniqueConstraint(
            "discussion_id", "number", name=op.f("uq_forum_post_discussion_id_number")
        ),
        sa.ForeignKeyConstraint(
            ["discussion_id"],
            ["forum_discussion.id"],
            name=op.f("fk_forum_post_discussion_id"),
        ),
    )
    op.create_index("ix_forum_post_waiting", "forum_post", ["published_at", "confirmed_at"])
    op.create_index("ix_forum_post_author", "forum_post", ["author_index", "sent_at"])
    for column in ("person_id", "entered_by_id", "hidden_at"):
        op.create_index(op.f(f"ix_forum_post_{column}"), "forum_post", [column])
    op.create_table(
        "forum_flag",
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
    op.create_index("ix_forum_flag_waiting", "forum_flag", ["done_at", "at"])
    op.create_index(op.f("ix_forum_flag_post_id"), "forum_flag", ["post_id"])


def downgrade() -> None:
    for table in ("flag", "post", "discussion"):
        op.drop_table(f"forum_{table}")
