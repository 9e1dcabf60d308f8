"""The node of a municipality leaves: no release since 0.10 has read it."""

import sqlalchemy as sa
from alembic import op

revision = "tenants_s0010"
down_revision = "tenants_s0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("tenant", "node")


def downgrade() -> None:
    op.add_column("tenant", sa.Column("node", sa.Text()))
