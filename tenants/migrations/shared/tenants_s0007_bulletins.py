"""What the region's team tells at the top of the pages: incidents, maintenance, read-only times."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "tenants_s0007"
down_revision = "tenants_s0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("tenant", "region"):
        column = sa.Column("bulletins", JSONB(), nullable=False, server_default="[]")
        op.add_column(table, column)
        op.execute(f"GRANT UPDATE (bulletins) ON {table} TO app_login")


def downgrade() -> None:
    for table in ("tenant", "region"):
        op.drop_column(table, "bulletins")
