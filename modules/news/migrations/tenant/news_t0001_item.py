"""News."""

import sqlalchemy as sa
from alembic import op

revision = "news_t0001"
down_revision = None
branch_labels = ("news",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "news_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("translation_of", sa.Uuid()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("markdown", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("corrected_at", sa.DateTime(timezone=True)),
        sa.Column("correction", sa.Text()),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_item")),
        sa.ForeignKeyConstraint(
            ["translation_of"], ["news_item.id"], name=op.f("fk_news_item_translation_of")
        ),
        sa.UniqueConstraint("request_id", name=op.f("uq_news_item_request_id")),
    )
    op.create_index(
        "uq_news_item_translation",
        "news_item",
        ["translation_of", "language"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_news_item_published",
        "news_item",
        [sa.text("published_at DESC")],
        postgresql_where=sa.text("deleted_at IS NULL AND translation_of IS NULL"),
    )
    op.create_index(op.f("ix_news_item_author_id"), "news_item", ["author_id"])
    op.create_index(op.f("ix_news_item_deleted_at"), "news_item", ["deleted_at"])


def downgrade() -> None:
    op.drop_table("news_item")
