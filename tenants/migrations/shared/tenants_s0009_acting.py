"""Under which mandate somebody acts in a session: a row of the municipality's schema, by value."""

import sqlalchemy as sa
from alembic import op

revision = "tenants_s0009"
down_revision = "tenants_s0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("acting_under", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("session", "acting_under")
