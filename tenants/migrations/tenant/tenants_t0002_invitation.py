"""People asked to work here who have not signed in yet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "tenants_t0002"
down_revision = "tenants_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tenants_invitation",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", ARRAY(sa.Text()), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_tenants_invitation")),
    )


def downgrade() -> None:
    op.drop_table("tenants_invitation")
