"""Wrapped data keys."""

import sqlalchemy as sa
from alembic import op

revision = "keys_s0001"
down_revision = None
branch_labels = ("keys",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tenant_key",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("kid", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("slug", "kid", name=op.f("pk_tenant_key")),
    )
    op.execute("GRANT SELECT ON tenant_key TO app_login")


def downgrade() -> None:
    op.drop_table("tenant_key")
