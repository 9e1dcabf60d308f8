"""How often a municipality's modules were switched: a form says which state it saw."""

import sqlalchemy as sa
from alembic import op

revision = "tenants_s0003"
down_revision = "tenants_s0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tenant", sa.Column("switches", sa.Integer(), server_default="0", nullable=False))
    op.execute("GRANT UPDATE (switches) ON tenant TO app_login")


def downgrade() -> None:
    op.drop_column("tenant", "switches")
