"""Videos, uploads under way, chapters, captions."""

import sqlalchemy as sa
from alembic import op

revision = "videos_t0001"
down_revision = None
branch_labels = ("videos",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "videos_video",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("file_key", sa.Uuid(), nullable=True),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("has_captions", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_because", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_videos_video")),
        sa.UniqueConstraint("request_id", name=op.f("uq_videos_video_request_id")),
    )
    op.create_index(op.f("ix_videos_video_author_id"), "videos_video", ["author_id"])
    op.create_index(op.f("ix_videos_video_meeting_id"), "videos_video", ["meeting_id"])
    op.create_index(
        "ix_videos_video_published", "videos_video", [sa.text("published_at DESC"), "id"]
    )
    op.create_table(
        "videos_upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("video_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["video_id"], ["videos_video.id"], name=op.f("fk_videos_upload_video_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_videos_upload")),
        sa.UniqueConstraint("video_id", name=op.f("uq_videos_upload_video_id")),
    )
    op.create_index(op.f("ix_videos_upload_last_at"), "videos_upload", ["last_at"])
    op.create_index(op.f("ix_videos_upload_person_id"), "videos_upload", ["person_id"])
    op.create_table(
        "videos_chapter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("video_id", sa.Uuid(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["video_id"], ["videos_video.id"], name=op.f("fk_videos_chapter_video_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_videos_chapter")),
        sa.UniqueConstraint("video_id", "seconds", name=op.f("uq_videos_chapter_video_id_seconds")),
    )
    op.create_table(
        "videos_cue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("video_id", sa.Uuid(), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["video_id"], ["videos_video.id"], name=op.f("fk_videos_cue_video_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_videos_cue")),
        sa.UniqueConstraint("video_id", "start_ms", name=op.f("uq_videos_cue_video_id_start_ms")),
    )


def downgrade() -> None:
    for table in ("cue", "chapter", "upload", "video"):
        op.drop_table(f"videos_{table}")
