"""What the team ordered of the keeper about backups."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "orders_s0001"
down_revision = None
branch_labels = ("orders",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "backup_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("moment", MOMENT),
        sa.Column("restoration_id", sa.Uuid()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("begun_at", MOMENT),
        sa.Column("done_at", MOMENT),
        sa.Column("progress", JSONB(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_order")),
        sa.UniqueConstraint("request_id", name=op.f("uq_backup_order_request_id")),
    )
    op.create_index(
        "uq_backup_order_open",
        "backup_order",
        ["municipality"],
        unique=True,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        op.f("ix_backup_order_municipality_asked_at"), "backup_order", ["municipality", "asked_at"]
    )
    op.execute("GRANT SELECT, INSERT, UPDATE (done_at, trouble) ON backup_order TO app_login")


def downgrade() -> None:
    op.drop_table("backup_order")
