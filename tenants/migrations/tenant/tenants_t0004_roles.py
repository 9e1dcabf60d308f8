"""Roles that a municipality makes for itself."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "tenants_t0004"
down_revision = "tenants_t0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tenants_role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", ARRAY(sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants_role")),
        sa.UniqueConstraint("request_id", name=op.f("uq_tenants_role_request_id")),
    )


def downgrade() -> None:
    op.drop_table("tenants_role")
