"""Texts of an old site, and what was made of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "moving_t0001"
down_revision = None
branch_labels = ("moving",)
depends_on = None

WAITING = "verdict = '' AND new_path IS NULL"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "moving_export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("as_drafts", sa.Boolean(), nullable=False),
        sa.Column("shelves", JSONB(), nullable=False),
        sa.Column("sent_at", moment, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moving_export")),
        sa.UniqueConstraint("request_id", name=op.f("uq_moving_export_request_id")),
    )
    op.create_index(op.f("ix_moving_export_sent_at"), "moving_export", ["sent_at"])
    op.create_table(
        "moving_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("old_key", sa.Text(), nullable=False),
        sa.Column("old_path", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("markdown", sa.Text(), nullable=False),
        sa.Column("published_at", moment),
        sa.Column("pictures", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("new_path", sa.Text()),
        sa.ForeignKeyConstraint(
            ["export_id"], ["moving_export.id"], name=op.f("fk_moving_item_export_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moving_item")),
    )
    op.create_index("ix_moving_item_export", "moving_item", ["export_id", "number"])
    op.create_index(
        "ix_moving_item_waiting",
        "moving_item",
        ["export_id", "number"],
        postgresql_where=sa.text(WAITING),
    )
    op.create_table(
        "moving_moved",
        sa.Column("old_key", sa.Text(), nullable=False),
        sa.Column("old_path", sa.Text(), nullable=False),
        sa.Column("new_path", sa.Text(), nullable=False),
        sa.Column("moved_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("old_key", name=op.f("pk_moving_moved")),
    )
    op.create_index(op.f("ix_moving_moved_old_path"), "moving_moved", ["old_path"])


def downgrade() -> None:
    for table in ("moving_moved", "moving_item", "moving_export"):
        op.drop_table(table)
