"""The photograph at the top of the home page."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "tenants_t0006"
down_revision = "tenants_t0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tenants_photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("alt_text", sa.Text(), nullable=False),
        sa.Column("words", postgresql.JSONB(), nullable=False),
        sa.Column("focus_x", sa.Integer(), nullable=False),
        sa.Column("focus_y", sa.Integer(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("is_ready", sa.Boolean(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants_photo")),
        sa.UniqueConstraint("request_id", name=op.f("uq_tenants_photo_request_id")),
    )
    op.create_index(
        "uq_tenants_photo_shown",
        "tenants_photo",
        ["is_shown"],
        unique=True,
        postgresql_where=sa.text("is_shown"),
    )


def downgrade() -> None:
    op.drop_table("tenants_photo")
