"""Recordings that are sent while they are made; smaller files of a video."""

import sqlalchemy as sa
from alembic import op

revision = "videos_t0002"
down_revision = "videos_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    live = sa.Column("is_live", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    op.add_column("videos_upload", live)
    op.create_table(
        "videos_rendition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("video_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Uuid(), nullable=False),
        sa.Column("file_key", sa.Uuid(), nullable=True),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["video_id"], ["videos_video.id"], name=op.f("fk_videos_rendition_video_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_videos_rendition")),
        sa.UniqueConstraint("video_id", "kind", name=op.f("uq_videos_rendition_video_id_kind")),
    )


def downgrade() -> None:
    op.drop_table("videos_rendition")
    op.drop_column("videos_upload", "is_live")
