"""Earlier texts of news, and their pictures and files."""

import sqlalchemy as sa
from alembic import op

revision = "news_t0005"
down_revision = "news_t0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _version()
    _attachment()


def _of_item(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_news_{table}_item_id")
    return sa.ForeignKeyConstraint(["item_id"], ["news_item.id"], name=name)


def _version() -> None:
    op.create_table(
        "news_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("markdown", sa.Text(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_by_id", sa.Uuid()),
        sa.Column("replaced_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_version")),
        _of_item("version"),
    )
    newest_first = ["item_id", sa.text("replaced_at DESC")]
    op.create_index("ix_news_version_item", "news_version", newest_first)
    op.create_index(op.f("ix_news_version_saved_by_id"), "news_version", ["saved_by_id"])


def _attachment() -> None:
    op.create_table(
        "news_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("is_picture", sa.Boolean(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_attachment")),
        sa.UniqueConstraint("request_id", name=op.f("uq_news_attachment_request_id")),
        _of_item("attachment"),
    )
    op.create_index(op.f("ix_news_attachment_item_id"), "news_attachment", ["item_id"])


def downgrade() -> None:
    op.drop_table("news_attachment")
    op.drop_table("news_version")
